"""Queries by kind with validated options: events, visits, figures."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict, Unpack

from comity.analysis.tables.answer import answer
from comity.analysis.tables.choice import Choice, among, days_asked, outlet_named, speaker, states_named
from comity.analysis.tables.selection import Kind
from comity.errors import InputError
from comity.knowledge import plover
from comity.knowledge.plain_words import codes
from comity.ledger.interval import as_day
from comity.ledger.ledger import Ledger
from comity.ledger.table import Table

Words = Iterable[str] | str


class Asked(TypedDict, total=False):
    """The options of every kind.

    Days are EDTF: from `since`, to `until`, `during` a year, month or interval, `on` one day. `by` counts by some keys
    instead of listing. `min_confidence`, `outlet` and `said_by` (a state, or words of a name) must be met by one
    report of a fact. `search` selects rows that contain all of its words, `sort` names a column (`-column`:
    descending), `limit` and `offset` give a page. `known` restricts the answer to reports up to that day.
    """

    since: str | None
    until: str | None
    during: str | None
    on: str | None
    statuses: Words
    by: Words
    min_confidence: float
    outlet: str | None
    said_by: str | None
    search: str | None
    sort: str | None
    limit: int | None
    offset: int
    known: str | None


def events(
    ledger: Ledger,
    *states: str,
    actors: Words = (),
    recipients: Words = (),
    types: Words = (),
    modes: Words = (),
    **asked: Unpack[Asked],
) -> Table:
    """The events about all of some states, by any of some actors to any of some recipients, of some types and modes.

    Raises `CodeError` for an unknown type, mode, status, state or outlet.
    """
    kinds = among("type", words(types), plover.events())
    of = {m for e, ms in plover.modes().items() if not kinds or e in kinds for m in ms}
    choice = _choice(ledger, states, actors, recipients, asked)
    choice = replace(choice, types=kinds, modes=among("mode", words(modes), of))
    return _answered(ledger, "event", choice, asked)


def visits(
    ledger: Ledger,
    *states: str,
    visitors: Words = (),
    hosts: Words = (),
    levels: Words = (),
    **asked: Unpack[Asked],
) -> Table:
    """The visits about all of some states, of any of some visitors to any of some hosts, of some ranks.

    Raises `CodeError` for an unknown rank, status, state or outlet.
    """
    choice = _choice(ledger, states, visitors, hosts, asked)
    choice = replace(choice, modes=among("rank", words(levels), codes("level")))
    return _answered(ledger, "visit", choice, asked)


def figures(
    ledger: Ledger,
    *states: str,
    reporters: Words = (),
    partners: Words = (),
    measures: Words = (),
    **asked: Unpack[Asked],
) -> Table:
    """The figures about all of some states, of any of some reporters and partners, of some measures.

    Raises `CodeError` for an unknown measure, state or outlet.
    """
    if words(asked.get("statuses", ())):
        raise InputError("a figure has no status; ask for events or visits by it")
    choice = _choice(ledger, states, reporters, partners, asked)
    choice = replace(choice, types=among("measure", words(measures), codes("measure")))
    return _answered(ledger, "figure", choice, asked)


def _choice(ledger: Ledger, states: Iterable[str], doers: Words, receivers: Words, asked: Asked) -> Choice:
    least = asked.get("min_confidence") or 0.0
    if not 0 <= least <= 1:
        raise InputError(f"a confidence lies between 0 and 1, not at {least:g}")
    return Choice(
        states=tuple(dict.fromkeys(code for s in states for code in states_named([s]))),
        doers=states_named(words(doers)),
        receivers=states_named(words(receivers)),
        statuses=among("status", words(asked.get("statuses", ())), codes("status")),
        days=days_asked(asked.get("since"), asked.get("until"), asked.get("during"), asked.get("on")),
        min_confidence=least,
        outlet=outlet_named(asked.get("outlet"), ledger.family()),
        said_by=speaker(asked.get("said_by")),
    )


def _answered(ledger: Ledger, kind: Kind, choice: Choice, asked: Asked) -> Table:
    known = asked.get("known")
    return answer(
        ledger,
        kind,
        choice,
        by=words(asked.get("by", ())),
        search=asked.get("search"),
        sort=asked.get("sort"),
        limit=asked.get("limit"),
        offset=asked.get("offset") or 0,
        known=as_day(known) if known else None,
    )


def words(given: Words) -> tuple[str, ...]:
    """Values given separately, or in one comma-separated string.

    >>> words("CHN, RUS"), words(["CHN"])
    (('CHN', 'RUS'), ('CHN',))
    """
    several = (given,) if isinstance(given, str) else given
    return tuple(w.strip() for text in several for w in text.split(",") if w.strip())
