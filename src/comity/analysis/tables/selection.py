"""The facts of a kind that match a selection, each with the statement that represents it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.analysis.tables.choice import Choice, codes_of, directed
from comity.knowledge.states import continuing
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN, Answer, Interval
from comity.ledger.ledger import Ledger
from comity.ledger.period import Period, asked_period
from comity.ledger.statement import Statement
from comity.records.codes import Status
from comity.records.record import Event, Figure, Record, Visit

Kind = Literal["event", "visit", "figure"]
NOT_ASKED: frozenset[str | None] = frozenset({Status.PLANNED, Status.HYPOTHETICAL, Status.DENIED})
"""The statuses of what is not reported to have taken place, which are counted only on request."""


@dataclass(frozen=True, slots=True)
class Found:
    """A selected fact, the statement that represents it, its days, and whether it is in the requested time.

    `sides` are actor and recipient by code, pair by pair; null if a side has no named state.
    """

    fact: Fact
    statement: Statement
    in_window: Answer
    when: Interval
    sides: tuple[tuple[str | None, str | None], ...]

    @property
    def year(self) -> str | None:
        """The certain year; null if its days leave that open."""
        return self._within(4)

    @property
    def month(self) -> str | None:
        """The certain month; null if its days leave that open."""
        return self._within(7)

    def _within(self, length: int) -> str | None:
        first, last = self.when.first, self.when.last
        if first is None or last is None or str(first)[:length] != str(last)[:length]:
            return None
        return str(first)[:length]


def select(ledger: Ledger, kind: Kind, choice: Choice, known: date | None = None) -> list[Found]:
    """The facts of a kind that match a selection, as known on a day, in the order of their days."""
    families, ahead = ledger.family(), asked_period(ledger.settings.planned_ahead)
    out = []
    for fact in ledger.facts(*choice.about, kinds=(kind,), known=known):
        when = days_of(fact, ahead)
        in_window = choice.in_window(when)
        if in_window == "no" or not choice.coded(fact):
            continue
        doers, receivers = sides_of(fact.record)
        if not choice.sides(doers, receivers):
            continue
        statement = choice.statement(fact, families)
        if statement is not None:
            sides = tuple(directed(doers, receivers)) or ((None, _one(receivers)),)
            out.append(Found(fact, statement, in_window, when, sides))
    out.sort(key=lambda f: (f.when.last or f.fact.known or date.max, f.fact.id))
    return out


def days_of(fact: Fact, ahead: Period) -> Interval:
    """The possible days of a fact.

    An act that is only planned, without a day, is expected from its first report until a period after its last; if no
    report is dated, at any time.
    """
    if fact.kind == "figure" or fact.status != Status.PLANNED or fact.when != OPEN or fact.last_reported is None:
        return fact.when
    return Interval(fact.known, ahead.after(fact.last_reported))


def sides_of(record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two sides of a record: actors and recipients, visitors and host, reporter and partner."""
    if isinstance(record, Event):
        return codes_of(record.actor), codes_of(record.recipient)
    if isinstance(record, Visit):
        return codes_of(record.visitors), _codes(record.host)
    return (_codes(record.reporter), _codes(record.partner)) if isinstance(record, Figure) else ((), ())


def not_counted(found: Sequence[Found]) -> tuple[list[Found], str | None]:
    """Those reported to have taken place, and the number of others left out, in words."""
    kept = [f for f in found if f.fact.status not in NOT_ASKED]
    left = Counter(f.fact.status for f in found if f.fact.status in NOT_ASKED)
    if not left:
        return kept, None
    others = ", ".join(f"{n:,} {status}" for status, n in sorted(left.items(), key=str))
    return kept, f"not counted: {others}; --status counts them"


def _codes(code: str | None) -> tuple[str, ...]:
    return (continuing(code),) if code else ()


def _one(codes: Sequence[str]) -> str | None:
    return codes[0] if codes else None
