"""An import: the rows of a data set's files are stored in bulk, none of them twice."""

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from comity.data_sets.catalogue import data_set as data_set_of
from comity.data_sets.data_set import DataSet, Malformed, Mention, Tally, read, release, releases
from comity.document.document import Failure
from comity.errors import InputError
from comity.ledger.store import Writer, refusals
from comity.records.observation import DataSource, Observation
from comity.settings import DEFAULTS, Settings

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
class Rows:
    """The outcome of the rows of files, each counted once; `read` is the sum of the others.

    `stored` rows gave something new, `known` rows only what was stored already; `differing` rows differ from what is
    stored under the same key, `malformed` ones could not be parsed, `left_out` ones contain nothing to store (a group
    of states, a zero that means missing, a note, a blank row).
    """

    stored: int = 0
    known: int = 0
    differing: int = 0
    malformed: int = 0
    left_out: int = 0

    @property
    def read(self) -> int:
        """All rows of the files."""
        return self.stored + self.known + self.differing + self.malformed + self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The result of an import: `rows` read, `added` observations (and mentions), `known` ones that were stored already.

    `differing` is how many of the known differ from what is stored under the same key; `malformed` counts rows that
    could not be parsed, the first of which are `listed`; `unknown` counts names that are in no table; `failed` are
    files that could not be read. `outcome` counts whole rows, each of which may give many observations. `continued`
    counts the lines that continue a cell of the row before; `encodings` is the encoding of each file that is not
    UTF-8.
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
    outcome: Rows = field(default_factory=Rows)
    continued: int = 0
    encodings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a file is on disk so far."""

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
    rows_stored: int = 0
    rows_known: int = 0
    rows_differing: int = 0
    left_out: int = 0


_COUNTS = (
    "rows",
    "added",
    "known",
    "differing",
    "malformed",
    "rows_stored",
    "rows_known",
    "rows_differing",
    "left_out",
)


def import_into(
    path: Path,
    kind: str | DataSet,
    files: Iterable[Path],
    version: str | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    settings: Settings = DEFAULTS,
    notify: Callable[[Progress], None] | None = None,
) -> Imported:
    """Imports files of a data set into the ledger at a path, as `import_files` does; creates the ledger if necessary.

    Raises `InputError` for an unknown kind, and for a custom data set that names no release.
    """
    wanted = kind if isinstance(kind, DataSet) else data_set_of(kind)
    source = _release(wanted, version)
    writer = Writer(path)
    try:
        with refusals(path):
            try:
                return import_files(writer, wanted, source, files, columns=columns, settings=settings, notify=notify)
            finally:
                writer.publish_if_stale()
    finally:
        writer.close()


def _release(wanted: DataSet, version: str | None) -> DataSource:
    """The release to import: the requested version, otherwise the data set's own, otherwise the newest known."""
    own = wanted.release
    if own is None:
        try:
            return release(wanted.kind, version)
        except InputError:
            if wanted.kind in {r.kind for r in releases()}:
                raise
            raise InputError(f"data set {wanted.kind!r} has no release; give it one: DataSet(…, release=…)") from None
    if own.kind != wanted.kind or own.key != f"{own.kind}@{own.version}":
        raise InputError(f"data set {wanted.kind!r}: its release is of kind {own.kind!r} under the key {own.key!r}")
    if version is None or version == own.version:
        return own
    return replace(own, key=f"{own.kind}@{version}", version=version, first=None, last=None)


def import_files(
    writer: Writer,
    data_set: DataSet,
    source: DataSource,
    files: Iterable[Path],
    *,
    columns: Mapping[str, str] | None = None,
    settings: Settings = DEFAULTS,
    notify: Callable[[Progress], None] | None = None,
) -> Imported:
    """Imports files one after the other; those that cannot be read are returned, the others are stored.

    `columns` maps the data set's column names to those in the files.

    Rows are committed in batches, so that an interrupted import resumes when it is run again. Raises `LedgerError` if
    the store fails.
    """
    total, failed, tally = _Run(), list[Failure](), Tally()
    for path in files:
        run, done = _Run(), Tally(unknown=tally.unknown, encodings=tally.encodings)
        try:
            digest = _digest(path)
            for rows in _stretches(read(path, data_set, source, done, settings, columns), done, run, settings):
                with writer.transaction():
                    _enter(writer, source)
                    _put(writer, rows, run)
                if notify is not None:
                    notify(Progress(str(path), done.rows, run.added))
        except InputError as error:
            text = str(error)
            failed.append(Failure(str(path), text.removeprefix(f"{path}: ")))
            digest = None
        run.rows, run.left_out = done.rows, done.left_out
        tally.continued += done.continued
        if digest is not None:
            with writer.transaction():
                _enter(writer, source)
                _log(writer, source, path, digest, run)
        for name in _COUNTS:
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
        outcome=Rows(
            stored=total.rows_stored,
            known=total.rows_known,
            differing=total.rows_differing,
            malformed=total.malformed,
            left_out=total.left_out,
        ),
        continued=tally.continued,
        encodings=tuple(sorted(tally.encodings.items())),
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except IsADirectoryError:
        raise InputError("is a folder; name its files") from None
    except OSError as error:
        raise InputError("does not exist" if isinstance(error, FileNotFoundError) else str(error.strerror)) from error


Numbered = tuple[int, Observation | Mention]
"""What a row states, with the row's number in its file."""


def _stretches(
    found: Iterator[Observation | Mention | Malformed], done: Tally, run: _Run, settings: Settings
) -> Iterator[list[Numbered]]:
    """What whole rows state, some ten thousand at a time; malformed rows are counted, the first ones listed."""
    stretch: list[Numbered] = []
    for item in found:
        if isinstance(item, Malformed):
            run.malformed += 1
            if len(run.listed) < settings.malformed_listed:
                run.listed.append(item)
            continue
        if len(stretch) >= settings.import_rows and stretch[-1][0] != done.rows:
            yield stretch
            stretch = []
        stretch.append((done.rows, item))
    if stretch:
        yield stretch


def _put(writer: Writer, rows: Sequence[Numbered], run: _Run) -> None:
    """Stores what rows state; of several with one key the first is kept and the others are compared with it."""
    fresh: dict[str, dict[tuple[str, ...], Numbered]] = {"observation": {}, "mention": {}}
    added, differing = set[int](), set[int]()
    for number, item in rows:
        table = "observation" if isinstance(item, Observation) else "mention"
        name = (item.source, item.row) if isinstance(item, Observation) else (item.source, item.row, item.url)
        first = fresh[table].setdefault(name, (number, item))
        if first[1] is not item:
            run.known += 1
            if _compared(table)(first[1]) != _compared(table)(item):
                run.differing += 1
                differing.add(number)
    for table, items in fresh.items():
        if items:
            stored, unlike = _insert(writer, table, list(items.values()), run)
            added |= stored
            differing |= unlike
    run.rows_differing += len(differing)
    run.rows_stored += len(added - differing)
    run.rows_known += len({n for n, _ in rows} - added - differing)


@cache
def _compared(table: str) -> Callable[[Any], Any]:
    """The fields that are compared if two have the same key."""
    return attrgetter(*(n for n in SHAPES[table][0] if n not in {*SHAPES[table][1], "censored", "block"}))


SHAPES = {"observation": (OBSERVATION, ("source", "row")), "mention": (MENTION, ("source", "row", "url"))}
"""Columns and keys of what imports fill."""


def _insert(writer: Writer, table: str, rows: Sequence[Numbered], run: _Run) -> tuple[set[int], set[int]]:
    """Inserts rows whose key is new into a table, by way of a CSV file, which DuckDB reads fastest.

    Returns the numbers of the rows that were new and of those that differ from what is stored.
    """
    shape, key = SHAPES[table]
    names = list(shape)
    same = " AND ".join(f"h.{k} = f.{k}" for k in key)
    cells = attrgetter(*names)
    with tempfile.TemporaryDirectory(prefix="comity-import-") as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows((n, *cells(item)) for n, item in rows)
        columns = ", ".join(f"'{n}': '{t}'" for n, t in {"number": "BIGINT", **shape}.items())
        # an empty cell is null; a block is never null
        fresh = f"""(SELECT * REPLACE ({_NEVER_NULL[table]}) FROM read_csv($path, header=false, delim=',', quote='"',
                     escape='"', nullstr='', new_line='\\n', auto_detect=false, strict_mode=true, parallel=false,
                     max_line_size=20000000, columns={{{columns}}})) f"""  # noqa: S608 - our own names
        unlike = " OR ".join(f"h.{n} IS DISTINCT FROM f.{n}" for n in names if n not in {*key, "censored", "block"})
        query = f"SELECT f.number, f.{', f.'.join(key)}, {unlike} FROM {fresh} JOIN {table} h ON {same}"  # noqa: S608
        stored_before = writer.execute(query, {"path": str(path)}).fetchall()
        absent = "" if not stored_before else f" ANTI JOIN {table} h ON {same}"
        query = f"""INSERT INTO {table} ({", ".join(names)})
                    SELECT {", ".join("f." + n for n in names)} FROM {fresh}{absent}"""  # noqa: S608
        added = int(writer.execute(query, {"path": str(path)}).fetchone()[0])
    there = {tuple(r[1:-1]) for r in stored_before}
    differing = {r[0] for r in stored_before if r[-1]}
    run.known += len(rows) - added
    run.added += added
    run.differing += len({tuple(r[1:-1]) for r in stored_before if r[-1]})
    keys = attrgetter(*key)
    return {n for n, item in rows if not there or keys(item) not in there}, differing


_NEVER_NULL = {"observation": "coalesce(block, '') AS block", "mention": "coalesce(url, '') AS url"}


def _enter(writer: Writer, source: DataSource) -> None:
    """Inserts the data set's own row if it is not stored yet."""
    if writer.execute("SELECT 1 FROM source WHERE key = ?", [source.key]).fetchone() is None:
        row = [getattr(source, n) for n in SOURCE]
        writer.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


SOURCE = ("key", "kind", "title", "version", "licence", "citation", "url", "first", "last")
"""The columns of a data set in the store."""


def _cover(writer: Writer, source: DataSource) -> None:
    """Sets the coverage of a release to the days of its rows if it is not known."""
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
