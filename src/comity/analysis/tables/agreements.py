"""Agreements by subject, kind and end of term, and by the reports that mention them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from comity.analysis import listing
from comity.analysis.absence import absence
from comity.analysis.tables import source
from comity.analysis.tables.arrangement import holding, in_order, stretch
from comity.analysis.tables.choice import Choice, among, outlet_named, speaker
from comity.errors import InputError
from comity.knowledge.plain_words import codes, phrase
from comity.knowledge.subjects import areas, names, subjects
from comity.ledger.fact import Fact
from comity.ledger.interval import Answer, Interval, asked, interval
from comity.ledger.ledger import Ledger
from comity.ledger.period import asked_period
from comity.ledger.relative_day import spoken
from comity.ledger.statement import Statement
from comity.ledger.table import Table
from comity.records.record import Agreement

MORE = ("means", "ends", *(c if c != "title" else "report" for c in source.COLUMNS))
"""The columns in addition to those of the list of agreements; `report` is the title of the report."""
_PERIOD = re.compile(r"P\d.*")


def agreements(
    ledger: Ledger,
    *states: str,
    on: date,
    known: date | None = None,
    stages: Iterable[str] = (),
    subject: str | None = None,
    types: Iterable[str] = (),
    ends: str | None = None,
    min_confidence: float = 0.0,
    outlet: str | None = None,
    said_by: str | None = None,
    search: str | None = None,
    sort: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Table:
    """The agreements of some states with their status on a day, a row each.

    `subject` is an area of cooperation or a word for it in titles; `ends` the time in which the term ends or the
    agreement has ended: EDTF, `this year`, `next year`, or a period from the day on (`P12M`); the column `ends` says
    whether it certainly or possibly does. Raises `CodeError` for an unknown stage, kind or outlet.
    """
    if not 0 <= min_confidence <= 1:
        raise InputError(f"a confidence lies between 0 and 1, not at {min_confidence:g}")
    wanted = among("stage", stages, {*codes("stage"), *codes("text"), *codes("effect"), *codes("heading")})
    kinds = among("kind", types, codes("agreement"))
    span = time_asked(ends, on) if ends else None
    choice = Choice(
        min_confidence=min_confidence, outlet=outlet_named(outlet, ledger.family()), said_by=speaker(said_by)
    )
    facts = {f.id: f for f in ledger.facts(*states, kinds=("agreement",), known=known)}
    base = listing.agreements(ledger, *states, on=on, known=known, stages=wanted)
    kept: list[tuple[tuple[Any, ...], Statement, Answer | None]] = []
    for values, row in zip(base.rows, base, strict=True):
        fact = facts[row["id"]]
        statement = choice.statement(fact, ledger.family())
        in_window = _ends(row, span)
        if statement is None or in_window == "no" or (kinds and row["type"] not in kinds):
            continue
        if subject and not about(subject, fact, row["title"], row["areas"]):
            continue
        kept.append((values, statement, in_window))
    table = _table(ledger, base.columns, kept)
    table = Table(table.columns, tuple(table.rows[i] for i in holding(table, search)), base.notes)
    if not table.rows:
        asked: dict[str, str | None] = {"on": subject, "of kind": " or ".join(sorted(kinds))}
        asked |= {"at stage": " or ".join(sorted(wanted)), "that end in": ends, "holding": search}
        asked |= {"": choice.words, "known by": str(known) if known else None}
        words = " ".join(f"{k} {v}".strip() for k, v in asked.items() if v)
        notes = [absence(ledger, "agreement", states, asked=words, known=known), *_subjects(subject)]
        table = Table(table.columns, table.rows, tuple(notes))
    return stretch(in_order(table, sort), limit, offset)


def about(subject: str, fact: Fact, title: str, named: str) -> bool:
    """Whether an agreement is on a subject: it is one of its areas, or named in a title."""
    titles = {title, *(s.as_a(Agreement).title or "" for s in fact.account)}
    return subject.casefold().strip() in named.split() or any(names(subject, t) for t in titles)


def time_asked(text: str, on: date) -> Interval:
    """The time of a user's expression on a day: EDTF, this or next week, month or year, or a period from the day on.

    >>> str(time_asked("next year", date(2026, 11, 29))), str(time_asked("next month", date(2026, 12, 1)))
    ('2027-01-01/2027-12-31', '2027-01-01/2027-01-31')
    >>> str(time_asked("P6M", date(2026, 11, 29)))
    '2026-11-29/2027-05-29'
    """
    if (said := spoken(text, on)) is not None:
        return said
    if _PERIOD.fullmatch(text.strip().upper()):
        return Interval(on, asked_period(text.strip().upper()).after(on))
    return asked(text)


def _ends(row: dict[str, Any], span: Interval | None) -> Answer | None:
    """Whether the term ends, or the agreement has ended, within a time; null if none is given."""
    if span is None:
        return None
    day = row["ended"] or row["term_end"]
    return interval(day).within(span) if day else "no"


def _table(
    ledger: Ledger, columns: Sequence[str], kept: Sequence[tuple[tuple[Any, ...], Statement, Answer | None]]
) -> Table:
    documents = ledger.documents(s.document for _, s, _ in kept)
    stage = columns.index("stage")

    def rows() -> Iterator[tuple[Any, ...]]:
        for values, s, in_window in kept:
            means = phrase("stage", values[stage])
            yield (*values, means, in_window, *source.source(s, documents, ledger.family()))

    return Table((*columns, *MORE), tuple(rows()))


def _subjects(subject: str | None) -> tuple[str, ...]:
    """The available subjects, for a message if nothing is on the requested one."""
    if not subject:
        return ()
    known = sorted({*areas(), *subjects()})
    near = get_close_matches(subject.casefold().strip(), known, n=2)
    meant = f"did you mean {' or '.join(near)}? " if near else ""
    return (f"{meant}subjects are {', '.join(known)}, or any word of a title",)
