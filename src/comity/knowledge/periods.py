"""Named periods and turning points of world history, with their years."""

import csv
from functools import cache
from importlib.resources import files


@cache
def periods() -> dict[str, str]:
    """Names in lower case with the years in EDTF.

    >>> periods()["cold war"]
    '1947/1991'
    """
    table = files("comity.knowledge").joinpath("tables/periods.csv").read_text(encoding="utf-8")
    return {
        r["name"].lower(): r["from"] if r["from"] == r["to"] else f"{r['from']}/{r['to']}"
        for r in csv.DictReader(table.splitlines())
    }
