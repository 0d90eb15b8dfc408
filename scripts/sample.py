"""Makes the sample that `comity serve` shows where no ledger is given: texts that may be passed on, and their records.

Run it from the repository's root: `python scripts/sample.py NEWS_FOLDER`. It reads short reports in the project's own
words (sample_reports.tsv), releases of the US government (public domain) and Wikinews articles (CC BY 2.5, each with
its address), and writes src/comity/site/sample.jsonl.gz: a line about the whole, then one a document with its records.
"""

import gzip
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comity.document.document import Document
from comity.document.sources import documents
from comity.knowledge.names import mentioned
from comity.ledger.intake import reader_version
from comity.ledger.statement import block_of
from comity.reading import read_document
from comity.records.lines import plain

OWN = Path("scripts/sample_reports.tsv")
OUT = Path("src/comity/site/sample.jsonl.gz")
MOST = {"whitehouse.jsonl.gz": 260, "wikinews_2019_2020.jsonl.gz": 130}
LONGEST, SHORTEST = 5000, 400


def own() -> Iterator[dict[str, Any]]:
    """The project's own reports as documents."""
    for n, line in enumerate(OWN.read_text(encoding="utf-8").splitlines(), 1):
        date, title, text = line.split("\t")
        yield {"id": f"sample:{n:03d}", "title": title, "date": date, "text": text}


def public(path: Path, most: int) -> Iterator[dict[str, Any]]:
    """Articles that name two states or more, spread over the file by the hash of their id."""
    held = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if SHORTEST <= len(row["text"]) <= LONGEST and len(mentioned(row["text"], row["title"], row["date"])) > 1:
                held.append(row)
    held.sort(key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest())
    for row in held[:most]:
        yield {k: row[k] for k in ("id", "title", "date", "text", "url")}


def main() -> None:
    news = Path(sys.argv[1])
    rows = list(own())
    for name, most in MOST.items():
        rows += public(news / name, most)
    given = Path(tempfile.mkdtemp()) / "reports.jsonl"
    given.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    made = [json.dumps({"reader": reader_version(), "licences": "own words Apache-2.0; whitehouse.gov public domain; "
                        "en.wikinews.org CC BY 2.5, by its contributors, at the address of each article"})]  # fmt: skip
    kept = 0
    try:
        for document in documents(given):
            if not isinstance(document, Document):
                sys.exit(f"{document.source}: {document.reason}")
            reading = read_document(document)
            between = sum(" " in block_of(r) for r in reading.records)
            if between < (1 if document.id.startswith("sample:") else 2):
                if document.id.startswith("sample:"):
                    print(f"nothing between states: {document.id} {document.title}", file=sys.stderr)
                continue
            kept += 1
            line = {"document": plain(reading.source), "records": [plain(r) for r in reading.records]}
            made.append(json.dumps(line, ensure_ascii=False))
    finally:
        given.unlink()
    with OUT.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0, filename="") as out:
        out.write(("\n".join(made) + "\n").encode())
    print(f"{kept} of {len(rows)} documents, {OUT.stat().st_size / 1e6:.2f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
