"""The strip of two states: what its four lanes show on one axis of time, before anything is drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from comity.analysis.chronicle import Item, chronicle
from comity.analysis.pull import Pull, pull, pulled
from comity.ledger.act import Act, Treaty
from comity.ledger.entry import entry_into_force
from comity.ledger.fact import Fact
from comity.ledger.heading import Life
from comity.ledger.interval import OPEN, Interval, interval
from comity.ledger.ledger import Ledger
from comity.ledger.lifecycle import Status, known_by
from comity.ledger.period import period
from comity.ledger.provenance import Provenance, provenance

_LIVE = frozenset({"in force", "suspended", "provisionally applied"})
_ENDLESS = frozenset({"indefinite", "permanent"})
_FAR_DAYS = 5 * 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """An act in the life of an agreement."""

    kind: str
    when: Interval
    party: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An agreement in time. `begun` is its first act, `forced` and `ended` the days of effect, null where not told.

    `words` say where it stands, as every other list does.

    `endless` is true where it runs on without a term; `inferred` where a rule and no source tells the effect;
    `renewed` is the end of its first term, after which only its own clause keeps it in force.
    """

    fact: str
    title: str
    words: str
    stage: str
    effect: str
    begun: Interval
    forced: Interval | None
    ended: Interval | None
    term_end: Interval | None
    endless: bool
    inferred: bool
    renewed: date | None
    provenance: Provenance
    ticks: tuple[Tick, ...]

    @property
    def independent(self) -> int:
        """How many independent sources tell it; 0 where only a party to it does."""
        return self.provenance.independent


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The lanes of two states as of a day: `items` the whole chronicle, `coverage` the ledger's documents a month."""

    a: str
    b: str
    on: date
    first: date
    last: date
    items: tuple[Item, ...]
    bars: tuple[Bar, ...]
    pull: Pull | None
    coverage: Mapping[tuple[int, int], int]


def strip(
    ledger: Ledger,
    pair: tuple[str, str],
    on: date,
    facts: Sequence[Fact],
    life: Iterable[Life],
    known: date | None = None,
    at: str | None = None,
) -> Strip:
    """The strip of two states on a day, from their facts and the lives of their agreements.

    The last lane is of those who pull `at` one of the two, the smaller where none is named.
    """
    a, b = pair
    at = at or pulled(a, b)
    family = ledger.family()
    items = chronicle(facts, a, b, family)
    bars = tuple(_bar(x, family, known) for x in life)
    covered = coverage(ledger)
    first, last = _span(items, bars, covered, on)
    return Strip(
        a=a,
        b=b,
        on=on,
        first=first,
        last=last,
        items=items,
        bars=bars,
        pull=pull(ledger, at, a if at == b else b) if known is None else None,
        coverage=covered,
    )


def coverage(ledger: Ledger) -> dict[tuple[int, int], int]:
    """How many documents the ledger holds of each month, by year and month of publication."""
    query = "SELECT year(known), month(known), count(*) FROM document WHERE known IS NOT NULL GROUP BY ALL ORDER BY ALL"
    return {(int(y), int(m)): n for y, m, n in ledger.rows(query, [])}


def _bar(life: Life, family: Mapping[str, str], known: date | None) -> Bar:
    fact, treaty, at = life.fact, life.treaty, life.status
    acts = known_by(treaty.acts, known)
    ticks = tuple(
        Tick(kind=a.kind, when=when, party=a.party) for a in acts if (when := interval(a.date)) != OPEN and when.last
    )
    entry = entry_into_force(treaty, None)
    begun = min((t.when for t in ticks), key=lambda w: w.last or date.max, default=fact.when)
    return Bar(
        fact=fact.id,
        title=treaty.title,
        words=life.words,
        stage=at.stage,
        effect=at.effect,
        begun=begun,
        forced=at.entered if at.effect in {*_LIVE, "ended"} else None,
        ended=at.ended if at.effect == "ended" else None,
        term_end=at.term_end,
        endless=at.effect in _LIVE and at.term_end is None and treaty.terms.duration in _ENDLESS,
        inferred=bool(entry and entry.inferred),
        renewed=_renewed(treaty, at, acts),
        provenance=provenance(fact, family),
        ticks=ticks,
    )


def _renewed(treaty: Treaty, at: Status, acts: Iterable[Act]) -> date | None:
    """The end of the first term where the agreement renews itself and no source tells a renewal."""
    length = period(treaty.terms.duration)
    start = at.entered.last if at.entered else None
    if length is None or start is None or treaty.terms.renewal is None:
        return None
    return None if any(a.kind in {"renewed", "extended"} for a in acts) else length.after(start)


def _span(
    items: Iterable[Item], bars: Iterable[Bar], covered: Mapping[tuple[int, int], int], on: date
) -> tuple[date, date]:
    """The days from the first to the last of what is shown; at least a year.

    Single events decades before the others do not stretch it: they lie to its left.
    """
    days = sorted(
        d
        for i in items
        if i.kind in {"event", "visit"}
        for d in (i.place.first, i.place.last)
        if d is not None and d.year > 1
    )
    at = len(days) // 12
    while at and (days[at] - days[at - 1]).days < _FAR_DAYS:
        at -= 1
    days = days[at:]
    days += [d for b in bars for t in b.ticks for d in (t.when.first, t.when.last) if d is not None and d.year > 1]
    if not days:
        days = [date(y, m, 1) for y, m in list(covered)[:: max(1, len(covered) - 1)]]
    first, last = min(days, default=on), max([*days, on])
    if (last - first).days < 365:
        first = last - timedelta(days=365)
    return first, last
