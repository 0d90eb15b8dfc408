"""The observations of data sets in a ledger, queried directly by SQL."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from comity.ledger.import_run import OBSERVATION, SOURCE
from comity.records.observation import DataSource, Observation

_COLUMNS = ", ".join(OBSERVATION)
_AT_ONCE = 10_000
_ALL = f"SELECT {_COLUMNS} FROM observation"  # noqa: S608 - our own names


def holds(connection: Any) -> bool:
    """Whether a ledger has the tables of observations; the first format has none."""
    query = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'observation' AND NOT temporary"
    return connection.execute(query).fetchone() is not None


def sources(connection: Any) -> list[DataSource]:
    """The data sets that were imported, by key."""
    found = connection.execute(f"SELECT {', '.join(SOURCE)} FROM source ORDER BY key").fetchall()  # noqa: S608
    return [DataSource(**dict(zip(SOURCE, row, strict=True))) for row in found]


def stream(
    connection: Any,
    codes: Sequence[str],
    *,
    kinds: Sequence[str] = (),
    measures: Sequence[str] = (),
    sources: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
    most: int | None = None,
) -> Iterator[Observation]:
    """The observations about all of some states (continuing ones), one by one, in the order of time, source and row.

    The connection cannot run another query until the last is read.

    `sources` are keys (`cow_trade@4.0`) or kinds (`cow_trade`, all its versions). `first` and `last` select those that
    cover any day between them; one that states no day is included only if neither is given. `most` is the largest
    number of rows.
    """
    where, parameters = ["true"], list[Any]()
    for code in codes:
        where.append("(' ' || block || ' ') LIKE ?")
        parameters.append(f"% {code} %")
    for column, wanted in (("kind", kinds), ("measure", measures)):
        if wanted:
            where.append(f"{column} IN (SELECT unnest(?))")
            parameters.append(list(wanted))
    if sources:
        where.append("(source IN (SELECT unnest(?)) OR split_part(source, '@', 1) IN (SELECT unnest(?)))")
        parameters += [list(sources), list(sources)]
    if first is not None:
        # without a last day a tie or agreement continues, and an event ends on its first day
        where.append("(last >= ? OR (last IS NULL AND (first >= ? OR kind IN ('tie', 'agreement')) AND first NOTNULL))")
        parameters += [first, first]
    if last is not None:
        where.append("first <= ?")
        parameters.append(last)
    query = f"{_ALL} WHERE {' AND '.join(where)} ORDER BY first, last, source, row"
    if most is not None:
        query += f" LIMIT {int(most)}"
    found = connection.execute(query, parameters)
    while rows := found.fetchmany(_AT_ONCE):
        yield from (_of(r) for r in rows)


def ask(connection: Any, codes: Sequence[str], **asked: Any) -> list[Observation]:
    """The same as `stream`, as a list."""
    return list(stream(connection, codes, **asked))


def roles(connection: Any) -> dict[str, set[tuple[str, str]]]:
    """The kinds and measures of each data set, by its key; a data set without rows has none."""
    out: dict[str, set[tuple[str, str]]] = {s.key: set() for s in sources(connection)}
    for source, kind, measure in connection.execute(
        "SELECT DISTINCT source, kind, measure FROM observation"
    ).fetchall():
        out.setdefault(source, set()).add((kind, measure))
    return out


def speakers(connection: Any, code: str, kind: str) -> set[str]:
    """The data sets with rows of a kind about a state (the continuing one)."""
    query = "SELECT DISTINCT source FROM observation WHERE kind = ? AND (' ' || block || ' ') LIKE ?"
    return {r[0] for r in connection.execute(query, [kind, f"% {code} %"]).fetchall()}


def event_counts(connection: Any, codes: Sequence[str], last: date | None) -> list[tuple[str, int, str, int, str]]:
    """The numbers of events of all of some states by data set, year and measure, until a day.

    The last value is the day and the row key of the latest of them, with a space between.
    """
    where = " AND ".join("(' ' || block || ' ') LIKE ?" for _ in codes)
    parameters: list[Any] = [f"% {c} %" for c in codes]
    if last is not None:
        where += " AND first <= ?"
        parameters.append(last)
    query = f"""SELECT source, year(first)::INTEGER AS y, measure, count(*), max(first::VARCHAR || ' ' || row)
                FROM observation
                WHERE kind = 'event' AND {where} GROUP BY ALL ORDER BY ALL"""  # noqa: S608 - our own names
    found: list[tuple[str, int, str, int, str]] = connection.execute(query, parameters).fetchall()
    return found


def one(connection: Any, key: str) -> Observation | None:
    """The observation of an id (`source/row`); null if there is none."""
    source, _, row = key.partition("/")
    found = connection.execute(f"{_ALL} WHERE source = ? AND row = ?", [source, row]).fetchone()
    return None if found is None else _of(found)


def mentions(connection: Any, key: str) -> list[tuple[str, str | None, date | None]]:
    """The reports that mention the event of an id: address, outlet and day."""
    source, _, row = key.partition("/")
    query = "SELECT url, outlet, day FROM mention WHERE source = ? AND row = ? ORDER BY day, url"
    found: list[tuple[str, str | None, date | None]] = connection.execute(query, [source, row]).fetchall()
    return found


def mentioned(connection: Any) -> Iterator[tuple[str, str, str, str | None, date | None]]:
    """All mentions by data set, event and address: source, row, url, outlet, day."""
    found = connection.execute("SELECT source, row, url, outlet, day FROM mention ORDER BY source, row, url")
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def every(connection: Any) -> Iterator[Observation]:
    """All observations by source and row, fetched in batches."""
    found = connection.execute(f"{_ALL} ORDER BY source, row")
    while rows := found.fetchmany(_AT_ONCE):
        yield from (_of(r) for r in rows)


def _of(row: tuple[Any, ...]) -> Observation:
    return Observation(**dict(zip(OBSERVATION, row, strict=True)))
