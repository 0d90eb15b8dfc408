"""How much there is: documents, and events of data sets by pair, counted by year or month in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from comity.ledger.observations import holds

Unit = Literal["year", "month"]


@dataclass(frozen=True, slots=True)
class EventCount:
    """How many events of one type and mode a data set reports of what `a` did to `b` in the time from `start` on."""

    source: str
    start: date
    a: str
    b: str
    event: str
    mode: str | None
    number: int


@dataclass(frozen=True, slots=True)
class ReportingVolume:
    """How many documents, and how many events of each data set, there are in each year or month, by its first day."""

    documents: dict[date, int]
    events: dict[tuple[str, date], int]


def volume(connection: Any, unit: Unit, known: date | None = None) -> ReportingVolume:
    """How much a ledger's sources read of each year or month, whatever states it is about."""
    return ReportingVolume(documents(connection, unit, known), records(connection, unit, "event"))


def documents(connection: Any, unit: Unit, known: date | None = None) -> dict[date, int]:
    """How many documents were published in each year or month, by its first day; the undated are left out."""
    limit = " AND known <= ?" if known else ""
    query = f"""SELECT date_trunc('{unit}', known)::DATE, count(*) FROM document
                WHERE known IS NOT NULL{limit} GROUP BY ALL"""  # noqa: S608 - our own words
    return dict(connection.execute(query, [known] if known else []).fetchall())


def records(connection: Any, unit: Unit, kind: str) -> dict[tuple[str, date], int]:
    """How many records of a kind each data set has in each year or month, whatever states they are about."""
    if not holds(connection):
        return {}
    query = f"""SELECT source, date_trunc('{unit}', first)::DATE, count(*) FROM observation
                WHERE kind = ? AND first IS NOT NULL GROUP BY ALL"""  # noqa: S608 - our own words
    return {(s, d): n for s, d, n in connection.execute(query, [kind]).fetchall()}


def dyad_events(
    connection: Any, unit: Unit, codes: Sequence[str] = (), sources: Sequence[str] = ()
) -> list[EventCount]:
    """The events between two different states in data sets, counted; of all of some states where codes are given."""
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
