"""Which statements are worth comparing: only those that share a key can report the same fact.

The keys follow the rules of `similarity` and the row of the kind in `records/kinds.py`: statements without a common key
would score 0 there, so the keys save time and change no fact.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from comity.ledger.interval import OPEN, Interval
from comity.ledger.similarity import PLANNED_DAYS, Features
from comity.records.codes import Kind, Stage, Status
from comity.records.kinds import KINDS
from comity.records.record import Agreement, Commemoration

Key = tuple[str | int | None, ...]
_YEARS = 40


def keys(one: Features[Any]) -> tuple[set[Key], set[Key]]:
    """The keys under which a statement is filed, and those under which similar ones are looked up."""
    if isinstance(one.record, Agreement):
        return _agreement(one)
    kind = one.statement.kind
    if kind == Kind.FIGURE:
        days = one.days if one.days != OPEN else Interval(one.known, one.known)
        put: set[Key] = {(*one.alike, year) for year in _span(days)}
        return put, put
    if (apart := KINDS[kind].apart) is None:
        occurred = one.record.occurred if isinstance(one.record, Commemoration) else None
        words: set[Key] = {("word", w) for w in one.words} | {("year", (occurred or "")[:4])}
        return words, words
    if kind == Kind.VISIT and one.statement.status == Status.PLANNED and one.days == OPEN and one.known is not None:
        # it may take place on any day from then on
        one = replace(one, days=Interval(one.known, _moved(one.known, PLANNED_DAYS)))
    return _weeks(one, apart)


def _weeks(one: Features[Any], reach: int) -> tuple[set[Key], set[Key]]:
    """Keys of the weeks in which a statement may lie, looked up as far around as statements of one fact may differ."""
    what, days = one.alike, one.days if one.days != OPEN else Interval(one.known, one.known)
    first, last = days.first or days.last, days.last or days.first
    if first is None or last is None:
        return {(*what, None)}, {(*what, None)}
    if (last - first).days > _YEARS * 366:
        return {(*what, "long")}, {(*what, "long")}
    put: set[Key] = {(*what, week) for week in range(first.toordinal() // 7, last.toordinal() // 7 + 1)}
    low, high = _moved(first, -reach), _moved(last, reach)
    sought: set[Key] = {(*what, week) for week in range(low.toordinal() // 7, high.toordinal() // 7 + 1)}
    return put, sought


def _agreement(one: Features[Agreement]) -> tuple[set[Key], set[Key]]:
    """An agreement is found by two words of its title, or one if it has no more; without a title, by its time."""
    words = sorted(one.words)
    pairs: set[Key] = {("two", *p) for p in combinations(words, 2)}
    near, around = set[Key](), set[Key]()
    for day in {one.known, one.days.first, one.days.last} - {None}:
        month = day.year * 12 + day.month  # type: ignore[union-attr]
        near.add(("month", month))
        around.update(("month", m) for m in range(month - 3, month + 4))
    year: set[Key] = {("called", int(one.year))} if one.year else set()
    signed: set[Key] = set()
    if one.record.stage == Stage.SIGNED:
        signed = {("signed", y) for y in _span(one.days)}
    # "the 1993 treaty" is the one signed in 1993, and the other way round
    year |= {("called", k[1]) for k in signed}
    if not words:
        # "the treaty", "the 1993 treaty"
        put = {("untitled", k[1]) for k in near} | near | year | {("untitled", *k) for k in signed}
        return put, around | year | signed | {("untitled", *k) for k in signed} | {("untitled", k[1]) for k in around}
    single: set[Key] = {("one", words[0])} if len(words) == 1 else set()
    every: set[Key] = {("any", w) for w in words}
    titled = every if single else pairs | {("one", w) for w in words}
    put = pairs | single | every | near | year | signed
    return put, titled | {("untitled", k[1]) for k in around} | year | {("untitled", *k) for k in signed}


def _span(days: Interval) -> range:
    first, last = days.first or days.last, days.last or days.first
    if first is None or last is None:
        return range(0)
    return range(first.year, min(last.year, first.year + _YEARS) + 1)


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
