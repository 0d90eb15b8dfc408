"""Makes the sample that `comity serve` shows where no ledger is given: reports in our own words, and their records.

Run it from the repository's root: `python scripts/sample.py`. It reads `sample_reports.jsonl`, 367 short reports on 27
pairs of states from 1945 to this year, as eight imagined outlets of different bias would report them (their addresses
end in `.example`), with copies, contradictions, corrections and later knowledge. It writes
src/comity/site/sample.jsonl.gz: a line about the whole, then one a document with its records.
"""

import gzip
import json
import sys
from pathlib import Path

from comity.document.document import Document
from comity.document.inputs import documents
from comity.ledger.statement import block_of
from comity.reading import read_document
from comity.records.lines import plain
from comity.versions import versions

REPORTS = Path("scripts/sample_reports.jsonl")
OUT = Path("src/comity/site/sample.jsonl.gz")
LICENCE = "reports of imagined outlets on known facts, in the project's own words; Apache-2.0"


def main() -> None:
    made, between = [json.dumps({"reader": str(versions()), "licences": LICENCE})], 0
    for document in documents(REPORTS):
        if not isinstance(document, Document):
            sys.exit(f"{document.source}: {document.reason}")
        reading = read_document(document)
        count = sum(" " in block_of(r) for r in reading.records)
        between += count
        if not count:
            print(f"nothing between states: {document.id} {document.title}", file=sys.stderr)
        line = {"document": plain(reading.source), "records": [plain(r) for r in reading.records]}
        made.append(json.dumps(line, ensure_ascii=False))
    with OUT.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0, filename="") as out:
        out.write(("\n".join(made) + "\n").encode())
    print(
        f"{len(made) - 1} documents, {between} records between states, {OUT.stat().st_size / 1e6:.2f} MB",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
