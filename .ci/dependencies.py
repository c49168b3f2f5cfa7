"""The walls between crates, the number of dependencies, and their licences."""
import json
import subprocess
import sys

ALLOWED = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "Unicode-3.0", "Unlicense", "CC0-1.0", "0BSD", "MIT-0", "BSL-1.0", "MPL-2.0", "Apache-2.0 WITH LLVM-exception"}


def tree(*arguments):
    out = subprocess.run(["cargo", "tree", "-e", "normal", "--prefix", "none", *arguments], check=True, capture_output=True, text=True)
    return {line.split()[0] + " " + line.split()[1] for line in out.stdout.splitlines() if line.strip()}


def names(crates):
    return {crate.split()[0] for crate in crates}


faults = []
model = names(tree("-p", "framdrift-model"))
for unwanted in ("petgraph", "serde", "serde_json", "schemars"):
    if unwanted in model:
        faults.append(f"framdrift-model depends on {unwanted} by default")
third_party = {crate for crate in tree("-p", "framdrift") if not crate.startswith("framdrift")}
print(f"the facade's default features bring {len(third_party)} third-party crates")
if len(third_party) > 30:
    faults.append("more than 30 third-party crates")
for unwanted in ("framdrift-interchange", "quick-xml", "encoding_rs"):
    if unwanted in names(tree("-p", "framdrift")):
        faults.append(f"framdrift depends on {unwanted} by default")
plain = names(tree("-p", "framdrift", "--no-default-features"))
for unwanted in ("serde_json", "saphyr-parser", "framdrift-source"):
    if unwanted in plain:
        faults.append(f"framdrift without features depends on {unwanted}")
for engine in ("framdrift-schedule", "framdrift-source"):
    others = {"framdrift-interchange", "framdrift-schedule", "framdrift-source"} - {engine}
    if others & names(tree("-p", engine)):
        faults.append(f"{engine} sees {others}")

metadata = json.loads(subprocess.run(["cargo", "metadata", "--format-version", "1", "--locked"], check=True, capture_output=True, text=True).stdout)
for package in metadata["packages"]:
    licence = (package["license"] or "").replace("/", " OR ").replace("(", "").replace(")", "")
    # One alternative of which every part is allowed is enough.
    choices = [{part.strip() for part in choice.split(" AND ")} for choice in licence.split(" OR ")]
    if not any(choice <= ALLOWED for choice in choices):
        faults.append(f"{package['name']}: licence {package['license']}")

for fault in faults:
    print("FAULT:", fault)
sys.exit(1 if faults else 0)
