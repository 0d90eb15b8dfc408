"""Builds the ledger of 125 articles on which it is checked that the ledger says nothing untrue.

usage: python scripts/ledger_of_125.py NEWS LEDGER

NEWS is the folder of the collections (JSON Lines, packed with gzip). Taken are the items of Wikinews and of the White
House that name Mexico, Turkey, Greece or Egypt, the first 125 by their id; printed are the agreements between two
states that are in force today, each with its quote, to be read one by one.
"""

import csv
import gzip
import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = ("wikinews_2019_2020.jsonl.gz", "gum_wikinews.jsonl.gz", "whitehouse.jsonl.gz")
NAMES = re.compile(r"\b(?:Mexico|Turkey|Türkiye|Greece|Egypt)\b")
MANY, BETWEEN = 125, 2


def chosen(news: Path) -> list[dict]:
    by_id = {}
    for name in FILES:
        with gzip.open(news / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                d = json.loads(line)
                if NAMES.search(f"{d['title']}\n{d['text']}"):
                    by_id[d["id"]] = d
    return [by_id[i] for i in sorted(by_id)[:MANY]]


def run(*words: object) -> str:
    return subprocess.run(
        [sys.executable, "-m", "comity.cli", *map(str, words)], check=True, capture_output=True, text=True
    ).stdout


def main() -> None:
    news, ledger = map(Path, sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(d) + "\n" for d in chosen(news)), encoding="utf-8")
        sys.stderr.write(run("add", ledger, path))
    rows = list(csv.DictReader(io.StringIO(run("agreements", ledger, "--format", "csv"))))
    two = [r for r in rows if r["effect"] == "in force" and len(r["parties"].split()) == BETWEEN]
    for r in two:
        print(json.dumps(r, ensure_ascii=False))
    sys.stderr.write(f"{len(rows)} agreements, {len(two)} between two states in force\n")


if __name__ == "__main__":
    main()
