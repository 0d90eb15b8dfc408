"""From readings to rows: how a document and its records are stored, batch by batch."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.document.document import Document, Skipped
from comity.ledger import readout, sketch, statement
from comity.ledger.candidates import candidates, decided
from comity.ledger.interval import interval
from comity.ledger.store import Writer
from comity.mentions.publication import WORKED_OUT
from comity.records.lines import dumps, plain
from comity.records.record import Record
from comity.settings import DEFAULTS, Settings
from comity.versions import versions

BATCH = {"number": "INTEGER", "documents": "INTEGER", "statements": "INTEGER", "reader": "VARCHAR"}
DOCUMENT = {
    **dict.fromkeys(["key", "id", "title", "text", "text_sha256", "published"], "VARCHAR"),
    "known": "DATE",
    "language": "VARCHAR",
    "sketch": "UBIGINT[]",
    "body": "VARCHAR",
    "batch": "INTEGER",
}
ORIGIN = {"document": "VARCHAR", "place": "VARCHAR"}
STATEMENT = {
    **dict.fromkeys(["document", "id", "fact", "kind", "block", "type", "mode", "status"], "VARCHAR"),
    **dict.fromkeys(["first", "last", "known"], "DATE"),
    "confidence": "DOUBLE",
    "quote": "VARCHAR",
    "body": "VARCHAR",
    "batch": "INTEGER",
}
_COPY = {"document": "VARCHAR", "other": "VARCHAR", "share": "DOUBLE"}


@dataclass(slots=True)
class Batch:
    """What is stored at once: documents with their records, and places of documents already stored."""

    readings: list[tuple[Document, Sequence[Record]]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)


def key_of(document: Document) -> str:
    """The ledger's key of a document, from its id, text, title and the day of publication given with it.

    A day inferred from the text is not part of it, so that the key is the same before and after reading.
    """
    came = document.published if document.published_basis not in WORKED_OUT else None
    parts = (document.id, document.title or "", came or "", document.text_sha256)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


def store(writer: Writer, entries: Batch, settings: Settings = DEFAULTS) -> int:
    """Stores entries in one transaction, the batch's own row last; returns its number.

    It returns only once everything is on disk. Raises `LedgerError`; then nothing of the batch is stored.
    """
    with writer.transaction():
        number = int(writer.execute("SELECT coalesce(max(number), 0) + 1 FROM batch").fetchone()[0])
        documents = [document_row(d, number) for d, _ in entries.readings]
        statements = [row for d, records in entries.readings for row in statement_rows(d, records, number)]
        for table, shape, rows in (
            ("document", DOCUMENT, documents),
            ("statement", STATEMENT, statements),
            ("origin", ORIGIN, _origins(writer, entries)),
        ):
            if rows:
                writer.insert(table, shape, json.dumps(rows, ensure_ascii=False))
        if documents:
            find_copies(writer, number, settings)
            row = {
                "number": number,
                "documents": len(documents),
                "statements": len(statements),
                "reader": str(versions()),
            }
            writer.insert("batch", BATCH, json.dumps([row]))
            writer.execute("UPDATE batch SET stored = now()::TIMESTAMP WHERE number = ?", [number])
    return number


def statement_rows(document: Document, records: Iterable[Record], batch: int) -> list[dict[str, Any]]:
    """The rows of the records of a document, without the document's own record.

    Acts that a readout states without a time are dated to its day (`readout`).
    """
    key, out = key_of(document), []
    known = interval(document.published).last
    for record in readout.dated(document, records):
        if record.kind == "document":
            continue
        sort, mode, status, when = statement.traits(record)
        out.append(
            {
                "document": key,
                "id": record.id,
                "fact": statement.fact_id(key, record.id, record.kind),
                "kind": record.kind,
                "block": statement.block_of(record),
                "type": sort,
                "mode": mode,
                "status": status,
                "first": when.first.isoformat() if when.first else None,
                "last": when.last.isoformat() if when.last else None,
                "known": known.isoformat() if known else None,
                "confidence": round(record.confidence, 6),
                "quote": record.quote,
                "body": dumps(plain(record)),
                "batch": batch,
            }
        )
    return out


def document_row(document: Document, batch: int) -> dict[str, Any]:
    """The row of a document."""
    known = interval(document.published).last
    rest = {
        "published_basis": document.published_basis,
        "extractor": document.extractor,
        "extractor_version": document.extractor_version,
        "title_span": document.title_span,
        "skipped": [[s.start, s.end, s.why] for s in document.skipped],
    }
    return {
        "key": key_of(document),
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "text_sha256": document.text_sha256,
        "published": document.published,
        "known": known.isoformat() if known else None,
        "language": document.language,
        "sketch": sketch.sketch(document.text),
        "body": json.dumps(rest, ensure_ascii=False),
        "batch": batch,
    }


def document_of(row: tuple[Any, ...], source: str | None = None) -> Document:
    """The document of a row of the store, as it was taken in.

    The row is key, id, title, text, hash, day of publication, language and the rest as JSON.
    """
    _, name, title, text, digest, published, language, body = row
    rest = json.loads(body)
    span = rest["title_span"]
    return Document(
        id=name,
        text=text,
        title=title,
        published=published,
        published_basis=rest["published_basis"],
        source=source,
        language=language,
        text_sha256=digest,
        extractor=rest["extractor"],
        extractor_version=rest["extractor_version"],
        title_span=(span[0], span[1]) if span else None,
        skipped=tuple(Skipped(*s) for s in rest["skipped"]),
    )


def _origins(writer: Writer, entries: Batch) -> list[dict[str, str]]:
    places = [(key_of(d), d.source) for d, _ in entries.readings if d.source] + entries.places
    if not places:
        return []
    keys = list({k for k, _ in places})
    there = set(
        writer.execute("SELECT document, place FROM origin WHERE document IN (SELECT unnest(?))", [keys]).fetchall()
    )
    return [{"document": k, "place": p} for k, p in dict.fromkeys(places) if (k, p) not in there]


def find_copies(writer: Writer, batch: int, settings: Settings) -> None:
    """Stores the pairs of a document of a batch and any other that share enough text.

    They are the same whichever of the two was added first.
    """
    fresh = "SELECT key, known, sketch FROM document WHERE batch = $batch"
    likely = list(candidates(writer, fresh, "SELECT key, known, sketch FROM document", settings, {"batch": batch}))
    if not likely:
        return
    pairs = [[a for a, _ in likely], [b for _, b in likely]]
    if rows := list(decided(writer, "(SELECT unnest(?) AS a, unnest(?) AS b)", "document", settings, pairs)):
        writer.insert("copy", _COPY, json.dumps(rows))
