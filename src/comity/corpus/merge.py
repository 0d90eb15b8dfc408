"""The merge: which documents of all coded shards are one source, found on disk.

The rules are those of a ledger (`ledger.candidates`, `ledger.copies`), so that a ledger made of merged shards is the
one that would have found the pairs itself. Documents of a month meet those of the `copy_days` before; so much is in
memory at once, and what does not fit is on disk.
"""

import calendar
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from comity.corpus.coding import remove_left
from comity.document.collection import literal
from comity.errors import InputError
from comity.ledger.bulk import refuse_others
from comity.ledger.candidates import candidates, decided, share_of, texts_of
from comity.ledger.shard import COPIES, COPIES_NAME, CopiesSeal, copies_seal, placed, sealed, shards_in, table
from comity.ledger.store import insertion, refusals
from comity.settings import DEFAULTS, Settings

_PAIR = {"a": "VARCHAR", "b": "VARCHAR"}
_AT_ONCE = 5000
"""So many pairs go into a table at once."""
_WINDOW = 512
"""So many pairs wait for the processes that compare their texts."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge found: documents of all shards, how many of them stand there twice, and pairs of copies."""

    shards: int
    documents: int
    twice: int
    compared: int
    copies: int


def merge(
    out: str | Path, *, jobs: int = 1, settings: Settings = DEFAULTS, say: Callable[[str], None] | None = None
) -> Merged:
    """Finds the copies among all coded shards of a folder and writes them beside these as one table.

    `comity add` then takes the pairs from there. Raises `InputError` where there are no shards, `LedgerError` where
    some were coded by another version.
    """
    folder, say = Path(out), say or _silent
    shards = shards_in(folder) if folder.is_dir() else {}
    if not shards:
        raise InputError(f"{folder}: holds no coded shards; make them with: comity code-corpus FILES… {folder}")
    refuse_others(shards)
    seal = copies_seal({str(p.relative_to(folder)): s for p, s in shards.items()}, settings)
    remove_left(folder)
    part = folder / f".merge.{socket.gethostname()}.{os.getpid()}.part"
    part.mkdir()
    try:
        with refusals(folder):
            return _merged(folder, list(shards), seal, part, jobs, settings, say)
    finally:
        shutil.rmtree(part)


def _merged(
    folder: Path,
    shards: list[Path],
    seal: CopiesSeal,
    part: Path,
    jobs: int,
    settings: Settings,
    say: Callable[[str], None],
) -> Merged:
    import duckdb

    with duckdb.connect(
        str(part / "merge.duckdb"),
        config={"threads": str(jobs), "memory_limit": settings.merge_memory, "temp_directory": str(part)},
    ) as connection:
        connection.execute(
            f"""CREATE TABLE sketched AS SELECT DISTINCT ON (document) document AS key, known, sketch, filename AS file,
                file_row_number AS place FROM {table(*shards, numbered=True)}
                WHERE kind = 'document' ORDER BY document, file, place"""  # noqa: S608 - our own names
        )
        rows = _count(connection, f"{table(*shards)} WHERE kind = 'document'")
        documents = _count(connection, "sketched")
        say(f"{documents:,} documents in {len(shards)} shards, {rows - documents:,} of them there twice")
        connection.execute("CREATE TABLE pair (a VARCHAR, b VARCHAR)")
        for month in _months(connection):
            _candidates(connection, month, settings)
        compared = _count(connection, "pair")
        say(f"{compared:,} pairs to compare")
        connection.execute(
            f"""CREATE TABLE text AS SELECT s.key, p.title, p.text, p.known
                FROM {table(*shards, numbered=True)} p
                JOIN (SELECT * FROM sketched WHERE key IN (SELECT a FROM pair UNION ALL SELECT b FROM pair)) s
                ON p.filename = s.file AND p.file_row_number = s.place"""  # noqa: S608 - our own names
        )
        connection.execute(f"CREATE TABLE copy ({', '.join(f'{n} {t}' for n, t in COPIES.items())})")
        found = _decided(connection, jobs, settings)
        while rows_found := list(islice(found, _AT_ONCE)):
            connection.execute(insertion("copy", COPIES), [json.dumps(rows_found)])
        new = part / COPIES_NAME
        connection.execute(
            f"COPY (FROM copy ORDER BY document, other) TO {literal(new)} "
            f"(FORMAT parquet, COMPRESSION zstd, {sealed(seal)})"
        )
        copies = _count(connection, "copy")
    placed(new, folder / COPIES_NAME)
    return Merged(len(shards), documents, rows - documents, compared, copies)


def _months(connection: Any) -> Iterator[date | None]:
    """The first day of each month in which documents were published; null for those without a day."""
    query = "SELECT DISTINCT date_trunc('month', known)::DATE AS month FROM sketched ORDER BY month NULLS LAST"
    for (month,) in connection.execute(query).fetchall():
        yield month


def _candidates(connection: Any, month: date | None, settings: Settings) -> None:
    """Stores the pairs of a document of a month and one of it or of the days before.

    Those without a day of publication meet all.
    """
    columns = "SELECT key, known, sketch FROM sketched"
    if month is None:
        fresh, near = f"{columns} WHERE known IS NULL", columns
    else:
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        before = date.fromordinal(max(1, month.toordinal() - settings.copy_days))
        fresh = f"{columns} WHERE known BETWEEN '{month}' AND '{last}'"
        near = f"{columns} WHERE known BETWEEN '{before}' AND '{last}'"
    found = candidates(connection.cursor(), fresh, near, settings)
    while pairs := list(islice(found, _AT_ONCE)):
        connection.execute(insertion("pair", _PAIR), [json.dumps([{"a": a, "b": b} for a, b in pairs])])


def _decided(connection: Any, jobs: int, settings: Settings) -> Iterator[dict[str, Any]]:
    """The pairs that are one source, their texts compared by so many processes."""
    if jobs == 1:
        yield from decided(connection.cursor(), "pair", "text", settings)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        found = texts_of(connection.cursor(), "pair", "text")
        while rows := list(islice(found, _WINDOW)):
            yield from (pair for pair in pool.map(partial(share_of, settings=settings), rows, chunksize=32) if pair)


def _count(connection: Any, what: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608 - our own names


def _silent(line: str) -> None:
    """Says nothing."""
