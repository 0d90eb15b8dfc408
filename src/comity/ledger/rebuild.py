"""Rebuilding a ledger from its own content: written aside, and put in place only when complete."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from comity.document.document import Failure
from comity.ledger import grouping, import_run, ingest, word_index
from comity.ledger.addition import Acknowledgement, Notify
from comity.ledger.store import Writer, publish, refusals
from comity.records.lines import from_json
from comity.records.record import Record
from comity.settings import DEFAULTS, Settings


def rebuild(
    path: Path, *, read_again: bool, jobs: int = 1, settings: Settings = DEFAULTS, notify: Notify | None = None
) -> list[Failure]:
    """Rebuilds a ledger from its documents and records, or from its documents read again; judgements are kept.

    The documents that could not be read again are returned with their reasons, and keep their former records. The
    ledger is replaced only once the new one is complete; after an interruption it is unchanged. Raises `LedgerError`.
    """
    aside = path.with_name(path.name + ".rebuild")
    old = Writer(path)
    try:
        _remove(aside)
        new = Writer(aside)
        try:
            _observations(old, new)
            failed = _copied(old, new, read_again=read_again, jobs=jobs, settings=settings, notify=notify)
        except BaseException:
            new.close()
            _remove(aside)
            raise
        new.close()
        with refusals(path):
            old.replace_by(aside)
            aside.with_name(aside.name + ".lock").unlink(missing_ok=True)
            publish(path)
        word_index.remove(path)
    finally:
        old.close()
    return failed


def _copied(
    old: Writer, new: Writer, *, read_again: bool, jobs: int, settings: Settings, notify: Notify | None
) -> list[Failure]:
    failed: list[Failure] = []
    total = 0
    for part, stored in _parts(old, settings.batch_documents):
        documents = [ingest.document_of(row) for row in _rows(old, part)]
        records = _records(old, part)
        entries = ingest.Batch(places=_places(old, part))
        if read_again:
            from comity.reading import read_documents

            results = read_documents(documents, jobs=jobs, settings=settings)
            for document, result in zip(documents, results, strict=True):
                if isinstance(result, Failure):
                    failed.append(result)
                    entries.readings.append((document, records.get(ingest.key_of(document), [])))
                else:
                    entries.readings.append((result.source, result.records))
        else:
            entries.readings = [(d, records.get(ingest.key_of(d), [])) for d in documents]
        number = ingest.store(new, entries, settings)
        # the ledger has known a report since it was added, not since the rebuild
        new.execute("UPDATE batch SET stored = ? WHERE number = ?", [stored, number])
        total += len(documents)
        if notify is not None:
            notify(Acknowledgement(number, len(documents), sum(len(r) for _, r in entries.readings), total))
    judged = old.execute("FROM judgement ORDER BY number").fetchall()
    if judged:
        with new.transaction():
            for row in judged:
                new.execute("INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    grouping.keep(new, settings)
    return failed


def _parts(old: Writer, most: int) -> Iterator[tuple[list[str], Any]]:
    """The keys of the documents by the batch that added them, at most so many at once, and when it was stored."""
    query = """SELECT d.key, b.number, b.stored FROM document d LEFT JOIN batch b ON b.number = d.batch
               ORDER BY d.batch, d.key"""
    for (_, stored), rows in groupby(old.execute(query).fetchall(), key=lambda r: (r[1], r[2])):
        keys = [row[0] for row in rows]
        for at in range(0, len(keys), most):
            yield keys[at : at + most], stored


def _observations(old: Writer, new: Writer) -> None:
    """Copies the imported data unchanged: only its files could be read again."""
    with tempfile.TemporaryDirectory(prefix="comity-rebuild-") as folder, new.transaction():
        for table in import_run.TABLES:
            path = str(Path(folder) / f"{table}.parquet").replace("'", "''")
            old.execute(f"COPY {table} TO '{path}' (FORMAT parquet)")
            new.execute(f"INSERT INTO {table} SELECT * FROM '{path}'")  # noqa: S608 - our own names


_DOCUMENT = "key, id, title, text, text_sha256, published, language, body"


def _rows(writer: Writer, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    query = f"SELECT {_DOCUMENT} FROM document WHERE key IN (SELECT unnest(?)) ORDER BY key"  # noqa: S608
    yield from writer.execute(query, [list(keys)]).fetchall()


def _records(writer: Writer, keys: Iterable[str]) -> dict[str, list[Record]]:
    query = "SELECT document, body FROM statement WHERE document IN (SELECT unnest(?)) ORDER BY document, id"
    out: dict[str, list[Record]] = {}
    for document, body in writer.execute(query, [list(keys)]).fetchall():
        out.setdefault(document, []).append(from_json(body))
    return out


def _places(writer: Writer, keys: Iterable[str]) -> list[tuple[str, str]]:
    query = "SELECT document, place FROM origin WHERE document IN (SELECT unnest(?)) ORDER BY ALL"
    return [(d, p) for d, p in writer.execute(query, [list(keys)]).fetchall()]


def _remove(path: Path) -> None:
    for suffix in ("", ".wal", ".lock", ".snapshot"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
