"""Writes se.csv, no.csv, dk.csv, fi.csv and is.csv beside this file: the holidays of 1990-2050 as the package `holidays`
computes them, which knows nothing of our rules.

    pip install holidays==0.109
    python generate.py

Columns: date, category of the package, name in the country's language. A day with two holidays takes two rows.
"""

import csv
import pathlib

import holidays

VERSION = "0.109"
YEARS = range(1990, 2051)
COUNTRIES = {
    "SE": ("sv", ["public", "de_facto"]),
    "NO": ("no", ["public"]),
    "DK": ("da", ["public", "optional"]),
    "FI": ("fi", ["public"]),
    "IS": ("is", ["public", "half_day"]),
}

if holidays.__version__ != VERSION:
    raise SystemExit(f"written for holidays {VERSION}, this is {holidays.__version__}")

for code, (language, categories) in COUNTRIES.items():
    rows = []
    for category in categories:
        days = holidays.country_holidays(
            code, years=YEARS, categories=category, language=language
        )
        for day in days:
            rows += [(day.isoformat(), category, name) for name in days.get_list(day)]
    path = pathlib.Path(__file__).with_name(f"{code.lower()}.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["date", "category", "name"])
        writer.writerows(sorted(rows))
