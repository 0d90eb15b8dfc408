"""What imported data sets say about two states over time: figures by year, treaties, visits, and counts of events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.analysis.registers import shown
from comity.knowledge.plover import events
from comity.knowledge.states import continuing
from comity.ledger.interval import Interval
from comity.ledger.ledger import Ledger
from comity.records.observation import DataSource, Observation

_TRADE = ("trade", "imports", "exports")
_SUMMED = frozenset({"aid", "arms"})
_DRAWN = (*_TRADE, "aid", "arms", "fbic")
_YEAR_DAYS = 300
_MOST_PARTNERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A figure by year as one data set reports it, of `a` with respect to `b`; a missing year is null, not 0.

    Aid and arms are the sum of the rows of a year; if one of them has no value, the year has none.
    """

    source: str
    measure: str
    unit: str | None
    a: str
    b: str
    directed: bool
    points: tuple[tuple[int, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A treaty or a visit of a data set: its days, its states, the traveller's state, and the row in words."""

    id: str
    source: str
    when: Interval
    by: str | None
    states: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The events of one data set in a year, of cooperation and of conflict (PLOVER's quads 1, 2 and 3, 4)."""

    source: str
    year: int
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InSets:
    """Everything that data sets say about two states; `names` are the data sets' names and versions by key."""

    series: tuple[Series, ...] = ()
    treaties: tuple[Row, ...] = ()
    visits: tuple[Row, ...] = ()
    counts: tuple[Count, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.series or self.treaties or self.visits or self.counts)

    def name(self, key: str) -> str:
        """The name of a data set with its version; its key if it is unknown."""
        return dict(self.names).get(key, key)

    def days(self) -> list[date]:
        """The first and last days of everything reported."""
        dates = [d for r in (*self.treaties, *self.visits) for d in (r.when.first, r.when.last) if d is not None]
        years = [y for s in self.series for y, v in s.points if v is not None] + [c.year for c in self.counts]
        return dates + [d for y in years for d in (date(y, 1, 1), date(y, 12, 31))]


def in_sets(ledger: Ledger, a: str, b: str, on: date) -> InSets:
    """What data sets say about two states until a day; empty if none was imported."""
    sources = ledger.sources()
    if not sources:
        return InSets()
    found = ledger.observations(a, b, kinds=("agreement", "visit", "figure"), last=on)
    return InSets(
        series=series(found),
        treaties=_rows(found, "agreement"),
        visits=_rows(found, "visit"),
        counts=counts(ledger.event_counts(a, b, last=on)),
        names=tuple((s.key, s.name) for s in sources),
    )


def of_state(ledger: Ledger, code: str, on: date) -> InSets:
    """What data sets say about one state and all others: by figure the partners with the largest latest values."""
    sources = ledger.sources()
    if not sources:
        return InSets()
    found = ledger.observations(code, kinds=("agreement", "visit", "figure"), last=on)
    return InSets(
        series=_largest(series(found)),
        treaties=_rows(found, "agreement"),
        visits=_rows(found, "visit"),
        counts=counts(ledger.event_counts(code, code, last=on)),
        names=tuple((s.key, s.name) for s in sources),
    )


def _largest(found: Iterable[Series]) -> tuple[Series, ...]:
    """For each data set and measure the series with the largest latest values."""
    by_measure: dict[tuple[str, str], list[Series]] = {}
    for one in found:
        by_measure.setdefault((one.source, one.measure), []).append(one)

    def latest(one: Series) -> float:
        return next((v for _, v in reversed(one.points) if v is not None), 0.0)

    return tuple(s for mine in by_measure.values() for s in sorted(mine, key=latest, reverse=True)[:_MOST_PARTNERS])


def series(found: Iterable[Observation]) -> tuple[Series, ...]:
    """The figures to draw, a series for each data set, measure and direction.

    For trade the sum of both directions if the data set reports it, otherwise imports, otherwise exports.

    >>> given = dict(source="x@1", kind="figure", measure="aid", a="JPN", b="MNG", directed=True, unit="USD")
    >>> days = dict(first=date(2001, 1, 1), last=date(2001, 12, 31))
    >>> rows = [Observation(row=f"{n}", value=v, **given, **days) for n, v in enumerate((2.0, 3.0))]
    >>> series(rows)[0].points
    ((2001, 5.0),)
    """
    by_series: dict[tuple[str, str, str, str, bool], dict[int, list[Observation]]] = {}
    for o in found:
        if o.kind != "figure" or o.measure not in _DRAWN or not (o.a and o.b and o.first) or not _of_a_year(o):
            continue
        a, b = continuing(o.a), continuing(o.b)
        if not o.directed:
            a, b = sorted((a, b))
        by_series.setdefault((o.source, o.measure, a, b, o.directed), {}).setdefault(o.first.year, []).append(o)
    drawn = [_series(key, years) for key, years in sorted(by_series.items())]
    valued = [s for s in drawn if any(v is not None for _, v in s.points)]
    best = {s.source: min(_TRADE.index(x.measure) for x in valued if x.source == s.source and x.measure in _TRADE)
            for s in valued if s.measure in _TRADE}  # fmt: skip
    return tuple(s for s in valued if s.measure not in _TRADE or _TRADE.index(s.measure) == best[s.source])


def counts(found: Iterable[tuple[str, int, str, int, str]]) -> tuple[Count, ...]:
    """Counts by data set, year and type as counts of cooperation and of conflict.

    >>> [(c.cooperation, c.conflict) for c in counts([("x@1", 2001, "AID", 4, ""), ("x@1", 2001, "ASSAULT", 1, "")])]
    [(4, 1)]
    """
    quads = {code: e.quad for code, e in events().items()}
    numbers: dict[tuple[str, int], list[int]] = {}
    for source, year, measure, n, _ in found:
        side = {1: 0, 2: 0, 3: 1, 4: 1}.get(quads.get(measure, 0))
        if side is not None:
            numbers.setdefault((source, year), [0, 0])[side] += n
    return tuple(Count(source=s, year=y, cooperation=c, conflict=f) for (s, y), (c, f) in sorted(numbers.items()))


def wanted_totals(found: Sequence[Observation], sources: Iterable[DataSource], of: str) -> str:
    """What to import for shares of a state's trade if data sets report its partners but not its total; otherwise empty.

    >>> wanted_totals([], [], "MNG")
    ''
    """
    trade = [o for o in found if o.kind == "figure" and o.measure in _TRADE]
    pairs = {o.source for o in trade if o.b is not None}
    whole = {o.source for o in trade if o.b is None and o.value is not None}
    lacking = [s for s in sources if s.key in pairs]
    if not lacking or whole & pairs:
        return ""
    what = "; ".join(f"{s.name}: {_TOTALS.get(s.kind, 'its rows of trade with the world')}" for s in lacking)
    return f"shares of trade need the whole trade of {of}, which is not imported ({what})"


_TOTALS = {
    "cow_trade": "its national file beside the dyadic one",
    "comtrade": "its rows with the partner World",
}


def _of_a_year(o: Observation) -> bool:
    """Whether a figure is of a whole year; for summed measures any day counts."""
    return o.measure in _SUMMED or (o.first is not None and o.last is not None and (o.last - o.first).days > _YEAR_DAYS)


def _series(key: tuple[str, str, str, str, bool], years: dict[int, list[Observation]]) -> Series:
    source, measure, a, b, directed = key
    points = []
    for year in range(min(years), max(years) + 1):
        rows = years.get(year, [])
        if measure in _SUMMED:
            values = [o.value for o in rows]
            known = [v for v in values if v is not None]
            points.append((year, sum(known) if known and len(known) == len(values) else None))
        else:
            points.append((year, rows[-1].value if rows else None))
    unit = next((o.unit for rows in years.values() for o in rows if o.unit), None)
    return Series(source=source, measure=measure, unit=unit, a=a, b=b, directed=directed, points=tuple(points))


def _rows(found: Iterable[Observation], kind: str) -> tuple[Row, ...]:
    return tuple(
        Row(
            id=o.id,
            source=o.source,
            when=Interval(o.first, o.first if kind == "agreement" else o.last or o.first),
            by=continuing(o.a) if kind == "visit" and o.a else None,
            states=o.states,
            text=shown(o),
        )
        for o in found
        if o.kind == kind and o.first is not None
    )
