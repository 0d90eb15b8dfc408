"""The strip of two states: the content of its four lanes on one time axis, before drawing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from comity.analysis.chronicle import Choice, Item, chronicle
from comity.analysis.data_series import InSets, in_sets
from comity.analysis.pull import Pull, pull, pulled
from comity.ledger.act import Act, Treaty
from comity.ledger.entry_into_force import entry_into_force
from comity.ledger.fact import Fact
from comity.ledger.heading import Life
from comity.ledger.interval import OPEN, Interval, interval
from comity.ledger.ledger import Ledger
from comity.ledger.lifecycle import Status, known_by
from comity.ledger.period import period
from comity.ledger.provenance import Provenance, provenance

_LIVE = frozenset({"in force", "suspended", "provisionally applied"})
_ENDLESS = frozenset({"indefinite", "permanent"})
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """An act in the life of an agreement."""

    kind: str
    when: Interval
    party: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An agreement in time. `begun` is its first act, `forced` and `ended` the days of effect, null if not reported.

    `words` are its status, as in every other list.

    `endless` is true if it continues without a term; `inferred` if a rule and no source states the effect; `renewed` is
    the end of its first term, after which only its own clause keeps it in force.
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
        """The number of independent sources; 0 if only a party to it reports it."""
        return self.provenance.independent

    def life(self, on: date) -> Interval:
        """The interval from its first act to its end, or to a day if it has not ended."""
        start = self.begun.first or self.begun.last
        return Interval(start, self.ended.last if self.ended and self.ended.last else on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The lanes of two states as of a day: `items` the whole chronicle, `coverage` the number of documents by month.

    `first` to `last` are all days with anything reported, `opening` those shown by default; `sets` has the imported
    data sets.
    """

    a: str
    b: str
    on: date
    first: date
    last: date
    items: tuple[Item, ...]
    bars: tuple[Bar, ...]
    pull: Pull | None
    coverage: Mapping[tuple[int, int], int]
    opening: tuple[date, date] | None = None
    sets: InSets = field(default_factory=InSets)

    def window(self, choice: Choice) -> tuple[date, date]:
        """The days shown: those selected, with an open end replaced by that of all days; otherwise the opening."""
        if choice.first is None and choice.last is None:
            return self.opening or (self.first, self.last)
        first, last = choice.first or self.first, choice.last or self.last
        if first > last:
            # one end is selected, beyond everything reported
            return (first, first + _YEAR) if choice.last is None else (last - _YEAR, last)
        return first, max(last, first + timedelta(days=1))

    def items_of(self, kind: str, choice: Choice) -> list[Item]:
        """The events or visits of a selection, the latest first."""
        return [i for i in self.items if i.kind == kind and choice.holds(i)]

    def agreements(self, choice: Choice) -> list[Bar]:
        """The agreements of a selection that existed within its days; those without a dated act in no window."""
        if choice.kinds and "agreement" not in choice.kinds:
            return []
        bars = [b for b in self.bars if b.independent >= choice.least]
        if choice.first is None and choice.last is None:
            return bars
        return [b for b in bars if b.ticks and choice.within(b.life(self.on))]

    def outside(self) -> tuple[int, int]:
        """The numbers of events and visits before and after the opening."""
        if self.opening is None:
            return 0, 0
        days = [d for i in self.items if _occurred(i) and (d := _day(i.place)) is not None]
        return sum(d < self.opening[0] for d in days), sum(d > self.opening[1] for d in days)

    def presets(self) -> tuple[tuple[str, date, date], ...]:
        """The offered spans: 1, 5 and 20 years until the end of the opening, if more is reported; and all."""
        start, end = self.opening or (self.first, self.last)
        spans = [(words, _earlier(end, n), end) for words, n in (("1 year", 1), ("5 years", 5), ("20 years", 20))]
        return (*(s for s in spans if s[1] > min(start, self.first)), ("all", self.first, self.last))


def strip(
    ledger: Ledger,
    pair: tuple[str, str],
    on: date,
    facts: Sequence[Fact],
    life: Iterable[Life],
    known: date | None = None,
    at: str | None = None,
) -> Strip:
    """The strip of two states on a day, from their facts and the life cycles of their agreements.

    The last lane shows the rivals for influence on one of the two (`at`), by default the smaller.
    """
    a, b = pair
    at = at or pulled(a, b)
    family = ledger.family()
    items = chronicle(facts, a, b, family)
    bars = tuple(_bar(x, family, known) for x in life)
    covered = coverage(ledger)
    sets = in_sets(ledger, a, b, on) if known is None else InSets()
    first, last = _span(items, bars, sets, covered, on)
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
        opening=opening(_days(items, bars), on, ledger.settings.strip_share) or (first, last),
        sets=sets,
    )


def opening(days: Iterable[date], on: date, share: float) -> tuple[date, date] | None:
    """The shortest span that contains a share of days, and the latest of them until `on`; at least a year.

    It includes days less than a year apart from it, so that continuous reporting is not cut. Null if there are no days.

    >>> days = [date(1921, 11, 5), *(date(2000 + n, 6, 1) for n in range(19))]
    >>> [str(d) for d in opening(days, date(2020, 1, 1), 0.95)]
    ['2000-06-01', '2018-06-01']
    >>> [str(d) for d in opening(days, date(2020, 1, 1), 1.0)]
    ['1921-11-05', '2018-06-01']
    """
    ordered = sorted(days)
    if not ordered:
        return None
    need = ceil(share * len(ordered) - 1e-9)
    now = max((n for n, d in enumerate(ordered) if d <= on), default=len(ordered) - 1)
    spans = [(ordered[end] - ordered[start], -start, start, end) for start, end in _spans(ordered, need, now)]
    _, _, start, end = min(spans)
    while start and ordered[start] - ordered[start - 1] < _YEAR:
        start -= 1
    while end + 1 < len(ordered) and ordered[end + 1] - ordered[end] < _YEAR:
        end += 1
    first, last = ordered[start], ordered[end]
    return (first, last) if last - first >= _YEAR else (last - _YEAR, last)


def _spans(ordered: Sequence[date], need: int, now: int) -> Iterable[tuple[int, int]]:
    """The first and last index of `need` days or more that include the one at `now`."""
    for start in range(min(now, len(ordered) - need) + 1):
        yield start, max(now, start + need - 1)


def coverage(ledger: Ledger) -> dict[tuple[int, int], int]:
    """The number of documents in the ledger by year and month of publication."""
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
    """The end of the first term if the agreement is renewed tacitly and no source reports a renewal."""
    length = period(treaty.terms.duration)
    start = at.entered.last if at.entered else None
    if length is None or start is None or treaty.terms.renewal is None:
        return None
    return None if any(a.kind in {"renewed", "extended"} for a in acts) else length.after(start)


def _occurred(item: Item) -> bool:
    return item.kind in {"event", "visit"} and item.status in {None, "occurred"}


def _day(when: Interval) -> date | None:
    """One day for the days of a fact: the last of them; null if none is reported."""
    day = when.last or when.first
    return day if day is not None and day.year > 1 else None


def _days(items: Iterable[Item], bars: Iterable[Bar]) -> list[date]:
    """A day for each event and visit that occurred, and one for each agreement: that of its first act."""
    places = [i.place for i in items if _occurred(i)] + [b.begun for b in bars if b.ticks]
    return [d for d in map(_day, places) if d is not None]


def _earlier(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28)) if day.year > years else day


def _span(
    items: Iterable[Item], bars: Iterable[Bar], sets: InSets, covered: Mapping[tuple[int, int], int], on: date
) -> tuple[date, date]:
    """The days from the first to the last reported one; at least a year."""
    places = [i.place for i in items if i.kind in {"event", "visit"}] + [t.when for b in bars for t in b.ticks]
    days = [d for p in places for d in (p.first, p.last) if d is not None and d.year > 1]
    days += sets.days()
    if not days:
        days = [date(y, m, 1) for y, m in list(covered)[:: max(1, len(covered) - 1)]]
    first, last = min(days, default=on), max([*days, on])
    if last - first < _YEAR:
        first = last - _YEAR
    return first, last
