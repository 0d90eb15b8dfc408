"""The chronicle of two states: every fact about them as one row in time, and selections from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from datetime import date as day
from typing import Any

from comity.knowledge.states import continuing
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN, Interval, interval
from comity.ledger.provenance import Provenance, provenance
from comity.ledger.table import Table
from comity.records.record import Actor, Event, Figure, Record, Visit

COLUMNS = (
    "id", "kind", "date", "first", "last", "type", "mode", "status", "side", "value", "independent", "statements",
    "quote", "document", "known", "reports", "outlets", "reporting_parties",
)  # fmt: skip
"""The columns of a chronicle's table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A fact as a point in time.

    `when` are the possible days by its sources. `side` says who acts: `a` on `b`, `b` on `a`, both, or a third party
    (`ab`, `ba`, `both`, `other`); for a visit, who travels. `value` is an event's intensity on its scale or a figure's
    number; `level` the rank of a visit.
    """

    fact: str
    kind: str
    when: Interval
    date: str | None
    type: str | None
    mode: str | None
    status: str | None
    side: str
    value: float | None
    level: str | None
    provenance: Provenance
    statements: int
    quote: str
    document: str
    known: "day | None" = None

    @property
    def independent(self) -> int:
        """The number of independent sources; 0 if only a party to it reports it."""
        return self.provenance.independent

    @property
    def exact(self) -> bool:
        """Whether its day is known exactly."""
        return self.when.days == 1

    @property
    def day(self) -> str:
        """Its days in words; an undated fact took place, or was planned, by the day of its report."""
        if self.when.first is not None:
            return self.date or "day not reported"
        last = self.when.last or self.known
        if last is None:
            return "day not reported"
        return f"by {last}" if self.status != "planned" else f"reported by {last}"

    @property
    def place(self) -> Interval:
        """Its position in time: the days of the fact, or the day of its first report if it is undated."""
        undated = self.known is not None and self.when.first is None and self.when.last in {None, self.known}
        return Interval(self.known, self.known) if undated else self.when


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A selection from a chronicle; empty means everything. `kinds` and `types` are exact codes.

    An undated fact is on the day of its first report.
    """

    first: date | None = None
    last: date | None = None
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    least: int = 0

    def holds(self, item: Item) -> bool:
        """Whether an item is selected; one without any date is in no window."""
        if self.kinds and item.kind not in self.kinds:
            return False
        if self.types and item.kind == "event" and item.type not in self.types:
            return False
        if self.statuses and item.status is not None and item.status not in self.statuses:
            return False
        return item.independent >= self.least and self.within(item.place)

    def within(self, when: Interval) -> bool:
        """Whether an interval overlaps the window."""
        if self.first is None and self.last is None:
            return True
        return when != OPEN and when.meets(Interval(self.first, self.last))


def chronicle(facts: Iterable[Fact], a: str, b: str, family: Mapping[str, str]) -> tuple[Item, ...]:
    """The facts of two states as items, the latest first."""
    items = [_item(f, a, b, family) for f in facts]
    items.sort(key=lambda i: (i.place.last or date.min, i.fact), reverse=True)
    return tuple(items)


def table(items: Iterable[Item]) -> Table:
    """Items as rows."""
    return Table(COLUMNS, tuple(_row(i) for i in items))


def edtf(when: Interval) -> str:
    """An interval as EDTF, a whole year or month as such.

    >>> edtf(interval("2019")), edtf(interval("2019-02")), edtf(interval("2019-09-02/2019-09-03"))
    ('2019', '2019-02', '2019-09-02/2019-09-03')
    """
    for length in (4, 7):
        short = str(when)[:length]
        if interval(short) == when:
            return short
    return str(when)


def _row(i: Item) -> tuple[Any, ...]:
    first, last = (d.isoformat() if d else None for d in (i.when.first, i.when.last))
    return (
        i.fact, i.kind, i.date, first, last, i.type, i.level or i.mode, i.status, i.side, i.value, i.independent,
        i.statements, i.quote, i.document, i.known.isoformat() if i.known else None, i.provenance.reports,
        i.provenance.outlets, " ".join(i.provenance.parties) or None,
    )  # fmt: skip


def _item(fact: Fact, a: str, b: str, family: Mapping[str, str]) -> Item:
    first = fact.lead
    record = first.record
    when = fact.when
    scale = record.event_scale if isinstance(record, Event) else None
    return Item(
        fact=fact.id,
        kind=fact.kind,
        when=when,
        date=None if when == OPEN else edtf(when),
        type=_type(record),
        mode=getattr(record, "mode", None),
        status=first.status,
        side=_side(record, a, b),
        value=record.value if isinstance(record, Figure) else scale.value if scale else None,
        level=record.level if isinstance(record, Visit) else None,
        provenance=provenance(fact, family),
        statements=len(fact.statements),
        quote=" ".join((first.quote or "").split()),
        document=first.document,
        known=fact.known,
    )


def _type(record: Record) -> str | None:
    codes = (getattr(record, n, None) for n in ("event", "measure", "dimension", "type"))
    return next((str(code) for code in codes if code), None)


def _side(record: Record, a: str, b: str) -> str:
    """Who acts on whom, as far as the two sides are actor and recipient."""
    if isinstance(record, Event):
        whose, whom = set(map(_code, record.actor)), set(map(_code, record.recipient))
    elif isinstance(record, Visit):
        whose, whom = set(map(_code, record.visitors)), {continuing(record.host) if record.host else None}
    else:
        return "both"
    acting, acted = whose & {a, b}, whom & {a, b}
    if acting == {a} and acted <= {b}:
        return "ab"
    if acting == {b} and acted <= {a}:
        return "ba"
    return "both" if acting == {a, b} else "other"


def _code(actor: Actor) -> str | None:
    code = actor.state or actor.organisation
    return continuing(code) if code else None
