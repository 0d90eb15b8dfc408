"""The index of the words of a ledger's reports and quotes: a file beside the ledger, made from it and never part of it.

It is SQLite's FTS5 and contains no text. The ledger's batches record what it was built from: if the ledger has more,
they are added, and if it has others (it was rebuilt or replaced), the index is rebuilt.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.data_sets.provider import cache_folder
from comity.errors import LedgerError, LockedError
from comity.ledger.search_terms import folded
from comity.settings import DEFAULTS, Settings

TOKENIZER = "tokenize = 'unicode61 remove_diacritics 2'"
"""Words regardless of case and accents, in an index and in highlighted hits."""
_APPLICATION, _EDITION = 0x436F6D57, 2
_SCHEMA = (
    "CREATE TABLE batch (number INTEGER PRIMARY KEY, mark TEXT)",
    "CREATE TABLE document (id INTEGER PRIMARY KEY, key TEXT, batch INTEGER, day TEXT)",
    "CREATE TABLE statement (id INTEGER PRIMARY KEY, document INTEGER, key TEXT)",
    "CREATE INDEX document_key ON document (key)",
    "CREATE INDEX statement_document ON statement (document)",
    f"CREATE VIRTUAL TABLE report USING fts5 (title, text, content = '', {TOKENIZER})",
    f"CREATE VIRTUAL TABLE sentence USING fts5 (quote, content = '', {TOKENIZER})",
    "CREATE VIRTUAL TABLE report_word USING fts5vocab (report, 'row')",
    # a word of the title counts as much as four of the text
    "INSERT INTO report (report, rank) VALUES ('rank', 'bm25(4.0, 1.0)')",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_EDITION}",
)
_TABLES = ("report_word", "report", "sentence", "batch", "document", "statement")
_BATCHES = """SELECT number, concat_ws(' ', stored, documents, statements, reader), documents FROM batch
              ORDER BY number"""
_DOCUMENTS = "SELECT key, title, text, batch, known FROM document WHERE batch BETWEEN ? AND ? ORDER BY batch, key"
_STATEMENTS = """SELECT document, id, quote FROM statement WHERE batch BETWEEN ? AND ? AND quote <> ''
                 ORDER BY batch, document, id"""
_WAIT = 60.0

Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
"""Runs one of Comity's own queries on the ledger."""
Progress = Callable[[int, int], None]
"""Called after each step with the number of indexed reports and of all reports."""


@dataclass(frozen=True, slots=True)
class IndexCoverage:
    """The coverage of an index: `indexed` of the `reports` of the ledger, up to its batch `last`."""

    indexed: int
    reports: int
    last: int

    @property
    def whole(self) -> bool:
        """Whether every report of the ledger can be found."""
        return self.indexed >= self.reports


def index_path(ledger: Path) -> Path:
    """The path of a ledger's index: next to it or, if nothing can be written there, in the cache folder."""
    beside = ledger.with_name(ledger.name + ".words")
    if _may_write(ledger.parent) and (not beside.exists() or _may_write(beside)):
        return beside
    name = hashlib.sha256(str(ledger.resolve()).encode()).hexdigest()[:16]
    return cache_folder() / "words" / f"{ledger.name}-{name}.words"


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def remove(ledger: Path) -> None:
    """Removes the index of a ledger; the next search rebuilds it."""
    index_path(ledger).unlink(missing_ok=True)


@contextmanager
def opened(path: Path, wait: float = _WAIT) -> Iterator[sqlite3.Connection]:
    """A connection to an index, for one thread. Raises `LedgerError` if the file is something else or damaged."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=wait, isolation_level=None)) as connection:
            # additions stay in memory until they are committed, so that readers only wait for the commit
            connection.execute("PRAGMA cache_spill = OFF")
            yield connection
    except OSError as error:
        raise LedgerError(
            f"{path}: the index of words cannot be written ({error.strerror}); name another folder in COMITY_CACHE"
        ) from error
    except sqlite3.Error as error:
        raise _refusal(error, path) from error


def _refusal(error: sqlite3.Error, path: Path) -> LedgerError:
    text = str(error)
    if "no such module" in text:
        return LedgerError("this Python's SQLite has no full-text search (FTS5); use a Python whose sqlite3 has it")
    if "locked" in text:
        return LockedError(
            f"{path}: the index of words is being made by another process; ask again when that has ended"
        )
    if "full" in text:
        return LedgerError(f"{path}: the disk is full; make room and search again")
    if "readonly" in text or "unable to open" in text:
        return LedgerError(f"{path}: the index of words cannot be written ({text}); name a folder in COMITY_CACHE")
    return LedgerError(
        f"{path}: is damaged or no index of words ({text}); remove it, and the next search makes it anew"
    )


def bring_up(
    path: Path,
    ask: Ask,
    *,
    patience: float | None = None,
    notify: Progress | None = None,
    settings: Settings = DEFAULTS,
) -> IndexCoverage:
    """Adds the ledger's missing reports to an index; returns its coverage.

    It covers the whole ledger if `patience`, in seconds, is null; otherwise what could be added within that time.
    Each step is stored, so that an interrupted search resumes where it was.
    """
    batches = ask(_BATCHES, [])
    reports, last = sum(n for _, _, n in batches), max((number for number, _, _ in batches), default=0)
    ends = None if patience is None else time.monotonic() + patience
    with opened(path, _WAIT if patience is None else patience) as connection:
        while True:
            if not (lacking := _lacking(connection, path, batches)):
                return IndexCoverage(reports, reports, last)
            indexed = reports - sum(n for _, _, n in lacking)
            if ends is not None and time.monotonic() >= ends:
                return IndexCoverage(indexed, reports, last)
            try:
                _step(connection, path, ask, batches, settings)
            except sqlite3.OperationalError as error:
                if ends is not None and "locked" in str(error):
                    return IndexCoverage(indexed, reports, last)
                raise
            if notify is not None:
                notify(reports - sum(n for _, _, n in _lacking(connection, path, batches)), reports)


def _lacking(connection: sqlite3.Connection, path: Path, batches: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The batches of the ledger that are not in the index; all of them if it was built from others."""
    if not _is_index(connection, path):
        return batches
    indexed = dict(connection.execute("SELECT number, mark FROM batch").fetchall())
    if not _fits(indexed, batches):
        return batches
    return [b for b in batches if b[0] not in indexed]


def _fits(indexed: dict[int, str], batches: list[tuple[Any, ...]]) -> bool:
    """Whether an index was built from these batches; an index of a later state of the ledger fits, too."""
    there = {number: mark for number, mark, _ in batches}
    last = max(there, default=0)
    return all(number > last or there.get(number) == mark for number, mark in indexed.items())


def _is_index(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether there is an index of this edition. Raises `LedgerError` if the file is something else."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application != _APPLICATION:
        raise LedgerError(f"{path}: is no index of words; move it away, and the next search makes one")
    return bool(tables) and connection.execute("PRAGMA user_version").fetchone()[0] == _EDITION


def _step(
    connection: sqlite3.Connection, path: Path, ask: Ask, batches: list[tuple[Any, ...]], settings: Settings
) -> None:
    """Adds some of the missing reports to the index in one transaction; creates the index if none fits."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # its state now that nobody else writes
        lacking = _lacking(connection, path, batches)
        if len(lacking) == len(batches):
            _make(connection)
        count = 0
        for at, (_, _, documents) in enumerate(lacking):
            count += documents
            if count >= settings.index_documents or at == len(lacking) - 1:
                _put(connection, ask, lacking[: at + 1])
                break
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _make(connection: sqlite3.Connection) -> None:
    """Replaces any index by an empty one."""
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA:
        connection.execute(statement)


def _put(connection: sqlite3.Connection, ask: Ask, batches: list[tuple[Any, ...]]) -> None:
    numbers = {number for number, _, _ in batches}
    bounds = [min(numbers), max(numbers)]
    at = connection.execute("SELECT coalesce(max(id), 0) FROM document").fetchone()[0]
    ids: dict[str, int] = {}
    for key, title, text, batch, day in ask(_DOCUMENTS, bounds):
        if batch not in numbers:
            continue
        at += 1
        ids[key] = at
        row = (at, key, batch, day.isoformat() if day else None)
        connection.execute("INSERT INTO document VALUES (?, ?, ?, ?)", row)
        words = (at, folded(title or ""), folded(text))
        connection.execute("INSERT INTO report (rowid, title, text) VALUES (?, ?, ?)", words)
    at = connection.execute("SELECT coalesce(max(id), 0) FROM statement").fetchone()[0]
    for document, key, quote in ask(_STATEMENTS, bounds):
        if document not in ids:
            continue
        at += 1
        connection.execute("INSERT INTO statement VALUES (?, ?, ?)", (at, ids[document], key))
        connection.execute("INSERT INTO sentence (rowid, quote) VALUES (?, ?)", (at, folded(quote)))
    connection.executemany("INSERT INTO batch VALUES (?, ?)", [(n, mark) for n, mark, _ in batches])


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The reports to search: those up to a batch, of some days, and of some keys if any are given.

    With `quotes` the words must occur in one quote; `statements` restricts which.
    """

    last: int
    first_day: str | None = None
    last_day: str | None = None
    documents: Sequence[str] | None = None
    quotes: bool = False
    statements: Sequence[tuple[str, str]] | None = None
    without: Sequence[tuple[str, str]] = ()


class Search:
    """Queries of an index for one selection of reports."""

    def __init__(self, connection: sqlite3.Connection, choice: Choice):
        self._connection, self._choice = connection, choice
        where, values = ["d.batch <= ?"], list[Any]([choice.last])
        for bound, sign in ((choice.first_day, ">="), (choice.last_day, "<=")):
            if bound is not None:
                where.append(f"d.day {sign} ?")
                values.append(bound)
        for name, chosen in (("chosen", choice.documents), ("among", choice.statements), ("without", choice.without)):
            if chosen is not None and (chosen or name != "without"):
                self._fill(name, chosen)
        if choice.documents is not None:
            where.append("+d.id IN (SELECT id FROM temp.chosen)")
        if choice.quotes:
            where += ["+s.id IN (SELECT id FROM temp.among)"] if choice.statements is not None else []
            where += ["+s.id NOT IN (SELECT id FROM temp.without)"] if choice.without else []
        self._where, self._values = " AND ".join(where), values

    def _fill(self, name: str, chosen: Sequence[Any]) -> None:
        """A temporary table with the ids of reports, or of statements, by their keys."""
        connection, pairs = self._connection, name != "chosen"
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN")
        connection.execute(f"CREATE TEMP TABLE {name} (id INTEGER PRIMARY KEY)")
        connection.execute(f"CREATE TEMP TABLE {name}_key (document TEXT, statement TEXT)")
        rows = chosen if pairs else [(key, None) for key in chosen]
        connection.executemany(f"INSERT INTO temp.{name}_key VALUES (?, ?)", rows)  # noqa: S608 - our own names
        joined = f"temp.{name}_key AS k CROSS JOIN document AS d ON d.key = k.document"
        if pairs:
            joined += " CROSS JOIN statement AS s ON s.document = d.id AND s.key = k.statement"
        found = "s.id" if pairs else "d.id"
        connection.execute(f"INSERT OR IGNORE INTO temp.{name} SELECT {found} FROM {joined}")  # noqa: S608
        connection.execute("COMMIT")

    def _joined(self) -> str:
        # the words first, then the selection: a cross join is executed in the order in which it is written
        if self._choice.quotes:
            return (
                "sentence CROSS JOIN statement AS s ON s.id = sentence.rowid "
                "CROSS JOIN document AS d ON d.id = s.document"
            )
        return "report CROSS JOIN document AS d ON d.id = report.rowid"

    def searched(self) -> int:
        """The number of reports in the selection."""
        where = self._where
        if self._choice.quotes:
            where = f"EXISTS (SELECT 1 FROM statement AS s WHERE s.document = d.id AND {where})"  # noqa: S608
        query = f"SELECT count(*) FROM document AS d WHERE {where}"  # noqa: S608 - our own names
        return int(self._connection.execute(query, self._values).fetchone()[0])

    def count(self, expression: str) -> int:
        """The number of reports in the selection that match."""
        table = "sentence" if self._choice.quotes else "report"
        counted = "count(DISTINCT d.id)" if self._choice.quotes else "count(*)"
        query = f"SELECT {counted} FROM {self._joined()} WHERE {table} MATCH ? AND {self._where}"  # noqa: S608
        return int(self._connection.execute(query, [expression, *self._values]).fetchone()[0])

    def keys(self, expression: str, *, newest: bool, limit: int, offset: int) -> tuple[list[str], int]:
        """The keys of matching reports, and their number; the best matches or the newest first."""
        quotes = self._choice.quotes
        table = "sentence" if quotes else "report"
        best = ("min(sentence.rank)" if quotes else "report.rank") if not newest else "d.day DESC"
        grouped = "GROUP BY d.id" if quotes else ""
        query = f"""SELECT d.key, count(*) OVER () FROM {self._joined()} WHERE {table} MATCH ? AND {self._where}
                    {grouped} ORDER BY {best}, d.key LIMIT ? OFFSET ?"""  # noqa: S608 - our own names
        rows = self._connection.execute(query, [expression, *self._values, limit, offset]).fetchall()
        # past the last page there is no row with the total
        return [key for key, _ in rows], rows[0][1] if rows else self.count(expression)

    def near(self, word: str, most: int = 3) -> list[str]:
        """Words of the reports similar to a possibly mistyped one: those that begin with the same letter."""
        from difflib import get_close_matches

        low = folded(word).casefold()
        query = "SELECT term FROM report_word WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
        bounds = [low[:1], low[:1] + chr(0x10FFFF), len(low) - 2, len(low) + 2]
        return get_close_matches(low, [t for (t,) in self._connection.execute(query, bounds)], n=most, cutoff=0.75)
