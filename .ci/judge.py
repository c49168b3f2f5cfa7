"""Holds dates computed from other tools' files against those that the tools saved, with a floor on the score.

    judge.py ORACLE PROGRAM

ORACLE holds the cases, their index and their own judge; PROGRAM is the framdrift program.
"""
import json
import re
import subprocess
import sys

oracle, program = sys.argv[1:]


def judge(cases, *options):
    command = " ".join([program, "schedule", "{file}", "--profile", "{profile}", "--format", "json", *options])
    out = subprocess.run([sys.executable, f"{oracle}/judge.py", "--json", "--cmd", command, *cases], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)


def cases(pattern):
    """The cases of the index whose row matches."""
    rows = open(f"{oracle}/INDEX.md", encoding="utf-8").read()
    return [f"{oracle}/{name}.json" for name in re.findall(pattern, rows, re.M)]


synthetic = subprocess.run(["sh", "-c", f"ls {oracle}/synthetic/*.json"], check=True, capture_output=True, text=True).stdout.split()
# What differs on purpose, switched to the other voice's way: see the guide to other tools' rules.
their_way = ["--rule", "precedence=constraints", "--rule", "elapsed-start=working-time"]
held = [
    ("all", judge([]), {"dates_percent": 98.0, "forward_percent": 99.9, "full_percent": 98.0}),
    ("class A", judge(cases(r"^\| ((?:msp|p6)-\S+) \| A \|")), {"dates_percent": 99.5}),
    ("P6", judge(cases(r"^\| (p6-\S+) \|")), {"dates_percent": 100.0, "full_percent": 100.0}),
    ("synthetic", judge(synthetic, *their_way), {"dates_percent": 99.0, "forward_percent": 99.9}),
]
below = 0
for name, score, floors in held:
    print(
        f"{name}: {score['cases']} cases, {score['n']} activities: all six dates {score['dates_percent']} %, "
        f"forward {score['forward_percent']} %, with floats {score['full_percent']} %"
    )
    for key, floor in floors.items():
        if score[key] < floor:
            print(f"FAULT: {name}: {key} is {score[key]}, below {floor}")
            below += 1
sys.exit(1 if below else 0)
