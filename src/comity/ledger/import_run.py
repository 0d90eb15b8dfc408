"""An import: the rows of a data set's files put into the store in bulk, none of them twice."""

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from comity.document.document import Failure
from comity.errors import InputError
from comity.ledger.store import Writer
from comity.records.observation import DataSource, Observation
from comity.settings import DEFAULTS, Settings
from comity.sources.data_set import DataSet, Malformed, Mention, Tally, read

OBSERVATION = {
    **dict.fromkeys(["source", "row", "kind", "measure", "a", "b", "block"], "VARCHAR"),
    "directed": "BOOLEAN",
    **dict.fromkeys(["first", "last"], "DATE"),
    "censored": "BOOLEAN",
    "value": "DOUBLE",
    **dict.fromkeys(["unit", "standing", "url", "body"], "VARCHAR"),
}
"""The columns of an observation in the store, in the order of its fields."""
MENTION = {
    **dict.fromkeys(["source", "row", "url", "outlet"], "VARCHAR"),
    "day": "DATE",
    "body": "VARCHAR",
}


TABLES = ("source", "observation", "mention", "import_run")
"""The tables that imports fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: `rows` read, `added` observations (and mentions), `known` that were there already.

    `differing` of the known say something else than what is held under the same key; `malformed` counts rows that
    could not be understood, of which the first are `listed`; `unknown` counts names that no table knows; `failed` are
    files that could not be read.
    """

    source: DataSource
    rows: int = 0
    added: int = 0
    known: int = 0
    differing: int = 0
    malformed: int = 0
    listed: tuple[Malformed, ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """What of a file is on disk so far."""

    file: str
    rows: int
    added: int


@dataclass(slots=True)
class _Run:
    rows: int = 0
    added: int = 0
    known: int = 0
    differing: int = 0
    malformed: int = 0
    listed: list[Malformed] = field(default_factory=list)


def import_files(
    writer: Writer,
    data_set: DataSet,
    source: DataSource,
    files: Iterable[Path],
    *,
    settings: Settings = DEFAULTS,
    tell: Callable[[Progress], None] | None = None,
) -> Imported:
    """Imports files one after the other; those that cannot be read are given back, the others are stored.

    Rows are committed in stretches, so that an import that was interrupted goes on where it was run again. Raises
    `LedgerError` where the store refuses.
    """
    total, failed, tally = _Run(), list[Failure](), Tally()
    for path in files:
        run, done = _Run(), Tally(unknown=tally.unknown)
        try:
            digest = _digest(path)
            for rows in _stretches(read(path, data_set, source, done, settings), run, settings):
                with writer.transaction():
                    _enter(writer, source)
                    _put(writer, rows, run)
                if tell is not None:
                    tell(Progress(str(path), done.rows, run.added))
        except InputError as error:
            text = str(error)
            failed.append(Failure(str(path), text.removeprefix(f"{path}: ")))
            digest = None
        run.rows = done.rows
        if digest is not None:
            with writer.transaction():
                _enter(writer, source)
                _log(writer, source, path, digest, run)
        for name in ("rows", "added", "known", "differing", "malformed"):
            setattr(total, name, getattr(total, name) + getattr(run, name))
        total.listed += run.listed
    with writer.transaction():
        _cover(writer, source)
    return Imported(
        source=source,
        rows=total.rows,
        added=total.added,
        known=total.known,
        differing=total.differing,
        malformed=total.malformed,
        listed=tuple(total.listed[: settings.malformed_listed]),
        unknown=tuple(sorted(tally.unknown.items(), key=lambda x: (-x[1], x[0]))),
        failed=tuple(failed),
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except IsADirectoryError:
        raise InputError("is a folder; name its files") from None
    except OSError as error:
        raise InputError("does not exist" if isinstance(error, FileNotFoundError) else str(error.strerror)) from error


def _stretches(
    found: Iterator[Observation | Mention | Malformed], run: _Run, settings: Settings
) -> Iterator[list[Observation | Mention]]:
    """Observations and mentions, some ten thousand at a time; malformed rows are counted, the first kept."""

    def sound() -> Iterator[Observation | Mention]:
        for item in found:
            if isinstance(item, Malformed):
                run.malformed += 1
                if len(run.listed) < settings.malformed_listed:
                    run.listed.append(item)
            else:
                yield item

    rows = sound()
    while stretch := list(islice(rows, settings.import_rows)):
        yield stretch


def _put(writer: Writer, rows: Sequence[Observation | Mention], run: _Run) -> None:
    observations = {(o.source, o.row): o for o in reversed(rows) if isinstance(o, Observation)}
    mentions = {(m.source, m.row, m.url): m for m in reversed(rows) if isinstance(m, Mention)}
    if observations:
        # reversed twice: of rows with one key the first stays, in the order of the file
        _insert(writer, "observation", OBSERVATION, list(observations.values())[::-1], ("source", "row"), run)
    if mentions:
        _insert(writer, "mention", MENTION, list(mentions.values())[::-1], ("source", "row", "url"), run)
    run.known += len(rows) - len(observations) - len(mentions)


def _insert(
    writer: Writer, table: str, shape: dict[str, str], rows: Sequence[Any], key: tuple[str, ...], run: _Run
) -> None:
    """Puts rows into a table by a file of cells, which DuckDB reads fastest, those left out whose key is there."""
    names = list(shape)
    same = " AND ".join(f"h.{k} = f.{k}" for k in key)
    with tempfile.TemporaryDirectory(prefix="comity-import-") as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(map(attrgetter(*names), rows))
        columns = ", ".join(f"'{n}': '{t}'" for n, t in shape.items())
        # an empty cell is null; a block is never null
        fresh = f"""(SELECT * REPLACE ({_NEVER_NULL[table]}) FROM read_csv($path, header=false, delim=',', quote='"',
                     escape='"', nullstr='', auto_detect=false, strict_mode=true, parallel=false,
                     max_line_size=20000000, columns={{{columns}}})) f"""  # noqa: S608 - our own names
        query = f"""INSERT INTO {table} ({", ".join(names)})
                    SELECT {", ".join("f." + n for n in names)} FROM {fresh} ANTI JOIN {table} h ON {same}"""  # noqa: S608
        added = int(writer.execute(query, {"path": str(path)}).fetchone()[0])
        if added < len(rows):
            told = [n for n in names if n not in key and n not in {"censored", "block"}]
            unlike = " OR ".join(f"h.{n} IS DISTINCT FROM f.{n}" for n in told)
            query = f"SELECT count(*) FROM {fresh} JOIN {table} h ON {same} WHERE {unlike}"  # noqa: S608
            run.differing += int(writer.execute(query, {"path": str(path)}).fetchone()[0])
    run.known += len(rows) - added
    run.added += added


_NEVER_NULL = {"observation": "coalesce(block, '') AS block", "mention": "coalesce(url, '') AS url"}


def _enter(writer: Writer, source: DataSource) -> None:
    """The data set's own row, where it is not there yet."""
    if writer.execute("SELECT 1 FROM source WHERE key = ?", [source.key]).fetchone() is None:
        row = [getattr(source, n) for n in SOURCE]
        writer.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


SOURCE = ("key", "kind", "title", "version", "licence", "citation", "url", "first", "last")
"""The columns of a data set in the store."""


def _cover(writer: Writer, source: DataSource) -> None:
    """Where the release's coverage is not known, the days that its rows tell of."""
    if source.first is None or source.last is None:
        writer.execute(
            """UPDATE source SET first = coalesce($first, x.first), last = coalesce($last, x.last)
               FROM (SELECT min(first) AS first,
                            max(CASE WHEN kind IN ('figure', 'tie') THEN coalesce(last, first) ELSE first END) AS last
                     FROM observation WHERE source = $key) AS x
               WHERE key = $key""",
            {"key": source.key, "first": source.first, "last": source.last},
        )


def _log(writer: Writer, source: DataSource, path: Path, digest: str, run: _Run) -> None:
    number = int(writer.execute("SELECT coalesce(max(number), 0) + 1 FROM import_run").fetchone()[0])
    row = [number, source.key, path.name, digest, run.rows, run.added, run.malformed]
    writer.execute("INSERT INTO import_run VALUES (?, ?, ?, ?, ?, ?, ?, now()::TIMESTAMP)", row)
