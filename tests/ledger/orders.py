"""Stores the documents of a ledger again in other orders and batches, and in shards, and compares the exports.

    python tests/ledger/orders.py LEDGER [--times 3]

Reading is a function of one document, so the records are taken as they are; what could depend on the order is how they
are stored, joined and counted.
"""

import argparse
import hashlib
import random
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from comity.document.document import Document
from comity.ledger import grouping, ingest
from comity.ledger.ingest import document_of
from comity.ledger.ledger import Ledger
from comity.ledger.store import Writer
from comity.records.lines import from_json
from comity.records.record import Record
from comity.settings import DEFAULTS

Reading = tuple[Document, Sequence[Record]]


def readings(path: Path) -> list[Reading]:
    """All documents of a ledger with their records."""
    with Ledger(path) as led:
        documents = led._ask("SELECT key, id, title, text, text_sha256, published, language, body FROM document", [])
        bodies: dict[str, list[Record]] = {}
        for key, body in led._ask("SELECT document, body FROM statement", []):
            bodies.setdefault(key, []).append(from_json(body))
    return [(document_of(row), bodies.get(row[0], [])) for row in sorted(documents)]


def places(path: Path) -> dict[str, list[str]]:
    """Where each document was found."""
    out: dict[str, list[str]] = {}
    with Ledger(path) as led:
        for key, place in led._ask("SELECT document, place FROM origin", []):
            out.setdefault(key, []).append(place)
    return out


def stored(path: Path, found: Iterable[Reading], size: int, where: Mapping[str, list[str]]) -> None:
    """Adds readings to a ledger in batches."""
    writer = Writer(path)
    try:
        batch: list[Reading] = []
        for reading in [*found, None]:
            if reading is not None:
                batch.append(reading)
            if batch and (reading is None or len(batch) == size):
                keys = [ingest.key_of(d) for d, _ in batch]
                at = [(k, p) for k in keys for p in where.get(k, [])]
                ingest.store(writer, ingest.Batch(readings=batch, places=at))
                batch = []
        grouping.keep(writer)
        writer.publish()
    finally:
        writer.close()


def digest(path: Path) -> str:
    """The SHA-256 of the canonical export."""
    made = hashlib.sha256()
    with Ledger(path) as led:
        for line in led.export():
            made.update(line.encode())
    return made.hexdigest()


def compare(path: Path, times: int, *, seed: int = 1) -> list[str]:
    """The digests of the ledger and of those made from it in other orders."""
    found, where, out = readings(path), places(path), [digest(path)]
    chance = random.Random(seed)
    for n in range(times):
        chance.shuffle(found)
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder) / "other.duckdb"
            size = chance.choice((7, DEFAULTS.batch_documents, 500))
            # every other time in three shards, one after the other
            shards = [found[i::3] for i in range(3)] if n % 2 else [found]
            for shard in shards:
                stored(other, shard, size, where)
            out.append(digest(other))
    return out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--times", type=int, default=3)
    reported = parser.parse_args()
    digests = compare(reported.ledger, reported.times)
    print("\n".join(digests))
    sys.exit(0 if len(set(digests)) == 1 else 1)
