"""The volume of reporting: documents, and events of data sets by pair, counted by year or month in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from comity.ledger.observations import holds

Unit = Literal["year", "month"]


@dataclass(frozen=True, slots=True)
class EventCount:
    """The number of events of a type and mode by `a` towards `b` in a data set, in the time unit from `start` on."""

    source: str
    start: date
    a: str
    b: str
    event: str
    mode: str | None
    number: int


@dataclass(frozen=True, slots=True)
class ReportingVolume:
    """The numbers of documents, and of events of each data set, in each year or month, by its first day."""

    documents: dict[date, int]
    events: dict[tuple[str, date], int]


def volume(connection: Any, unit: Unit, known: date | None = None) -> ReportingVolume:
    """The volume of a ledger's sources in each year or month, whatever the states."""
    return ReportingVolume(documents(connection, unit, known), records(connection, unit, "event"))


def documents(connection: Any, unit: Unit, known: date | None = None) -> dict[date, int]:
    """The number of documents published in each year or month, by its first day, without undated ones."""
    limit = " AND known <= ?" if known else ""
    query = f"""SELECT date_trunc('{unit}', known)::DATE, count(*) FROM document
                WHERE known IS NOT NULL{limit} GROUP BY ALL"""  # noqa: S608 - our own words
    return dict(connection.execute(query, [known] if known else []).fetchall())


def records(connection: Any, unit: Unit, kind: str) -> dict[tuple[str, date], int]:
    """The number of records of a kind in each data set in each year or month, whatever the states."""
    if not holds(connection):
        return {}
    query = f"""SELECT source, date_trunc('{unit}', first)::DATE, count(*) FROM observation
                WHERE kind = ? AND first IS NOT NULL GROUP BY ALL"""  # noqa: S608 - our own words
    return {(s, d): n for s, d, n in connection.execute(query, [kind]).fetchall()}


def dyad_events(
    connection: Any, unit: Unit, codes: Sequence[str] = (), sources: Sequence[str] = ()
) -> list[EventCount]:
    """The events between two different states in data sets, counted; of all of some states if codes are given."""
    if not holds(connection):
        return []
    where = ["kind = 'event' AND first IS NOT NULL AND a IS NOT NULL AND b IS NOT NULL AND a <> b"]
    parameters: list[str | list[str]] = []
    for code in codes:
        where.append("(' ' || block || ' ') LIKE ?")
        parameters.append(f"% {code} %")
    if sources:
        where.append("(source IN (SELECT unnest(?)) OR split_part(source, '@', 1) IN (SELECT unnest(?)))")
        parameters += [list(sources), list(sources)]
    query = f"""SELECT source, date_trunc('{unit}', first)::DATE AS start, a, b, measure,
                       json_extract_string(body, '$.mode') AS mode, count(*)
                FROM observation WHERE {" AND ".join(where)} GROUP BY ALL ORDER BY ALL"""  # noqa: S608
    return [EventCount(*row) for row in connection.execute(query, parameters).fetchall()]
