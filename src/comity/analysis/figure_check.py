"""A reported figure compared with the figures of a data set: values of a year, and changes between two years."""

from datetime import date

from comity.analysis.answer import Answer, unable
from comity.analysis.observation_cache import ObservationCache
from comity.data_sets.coverage import breaks
from comity.knowledge.states import continuing
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN, Interval, interval
from comity.ledger.values import values_of
from comity.records.observation import DataSource, Observation
from comity.records.record import Figure

MEASURES = {
    "trade": ("trade",),
    "exports": ("exports", "imports"),
    "imports": ("imports", "exports"),
    "aid": ("aid",),
    "arms": ("arms",),
    "investment": ("investment inflow",),
    "debt": ("debt",),
}
"""For a measure in reports the corresponding measures of data sets; exports of one state are imports of the other."""
_A_YEAR = 366


def figure(observations: ObservationCache, fact: Fact, source: DataSource) -> Answer | None:
    """What a data set says about a figure; null if it does not contain such a measure."""
    first = fact.as_a(Figure)
    measure = str(first.measure)
    wanted = MEASURES.get(measure, ())
    if not {("figure", m) for m in wanted} & observations.roles[source.key]:
        return None
    reporter, partner = first.reporter, first.partner
    if reporter is None:
        return unable("no parties", "the reports do not say whose figure it is")
    sides = {continuing(c) for c in (reporter, partner) if c}
    rows = [o for o in observations.of_source(sides, ("figure",), source.key) if _same(o, measure, reporter, partner)]
    value, change = _first(fact, "value"), _first(fact, "change_pct")
    period = interval(_text(_first(fact, "period")))
    if isinstance(value, int | float):
        return _value(fact, source, rows, float(value), period, observations.tolerance)
    if isinstance(change, int | float):
        return _change(source, rows, float(change), period, observations.tolerance)
    return unable("no number", "the reports state none")


def _first(fact: Fact, field: str) -> object:
    values = values_of(fact, field, {})
    return values[0].value if values else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _same(o: Observation, measure: str, reporter: str, partner: str | None) -> bool:
    """Whether an observation is of the same flow: as one side reports it, or as the other side's mirror."""
    sides = (o.a and continuing(o.a), o.b and continuing(o.b))
    mine = (continuing(reporter), continuing(partner) if partner else None)
    if partner is None:
        return o.measure == measure and sides == mine
    if measure == "trade":
        # one-way imports are no two-way trade
        return o.measure == measure and set(sides) == set(mine)
    if o.measure == measure:
        # aid and arms flow from the giver, whichever side reports
        return sides == mine or (measure in {"aid", "arms"} and set(sides) == set(mine))
    return sides == mine[::-1]


def gaps(rows: list[Observation]) -> str | None:
    """The years in which the data set has a row without a value, and why."""
    years = sorted({o.first.year for o in rows if o.standing == "missing" and o.first})
    if not years:
        return None
    runs: list[list[int]] = []
    for y in years:
        if runs and y == runs[-1][1] + 1:
            runs[-1][1] = y
        else:
            runs.append([y, y])
    shown = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
    whys = dict.fromkeys(why for o in rows if o.standing == "missing" and (why := o.detail("why")))
    return f"missing are {shown}" + (f" ({'; '.join(whys)})" if whys else "")


def _value(
    fact: Fact, source: DataSource, rows: list[Observation], value: float, period: Interval, tolerance: float
) -> Answer:
    if period == OPEN:
        return unable("no day", _with("no year is reported for the value", gaps(rows)))
    if not period.meets(Interval(source.first, source.last)):
        return unable("outside its years", f"{period} lies outside of what it {source.coverage}")
    if period.days is None or period.days > _A_YEAR:
        return unable("no day", _with(f"{period} is no single year", gaps(rows)))
    there = [o for o in rows if period.meets(Interval(o.first, o.last))]
    valued = [o for o in there if o.value is not None]
    if not valued:
        if there:
            return unable("value missing", gaps(there) or "the row has none", _ids(there))
        return Answer("not found", "")
    whole = [o for o in valued if o.first is not None and o.last is not None and (o.last - o.first).days > 300]
    if period.days < 300 and whole:
        return unable("no day", f"{period} is part of a year; the source has years", _ids(whole))
    unit = _text(_first(fact, "unit")) or "an unknown unit"
    same = [o for o in valued if o.unit == unit]
    if not same:
        return unable("other unit", f"the reports state {unit}, the source {valued[0].unit}")
    nearest = min(same, key=lambda o: abs((o.value or 0.0) - value))
    off = abs((nearest.value or 0.0) - value) / max(abs(value), 1e-9)
    shown = f"{money(nearest.value or 0.0)} {unit} ({nearest.measure} of {nearest.a}, {_year(nearest)})"
    if off <= tolerance:
        return Answer("corroborated", f"{shown}, {off:.0%} off", _ids([nearest]))
    return Answer("contradicted", f"{shown}, the reports state {money(value)}", _ids(same))


def _change(source: DataSource, rows: list[Observation], change: float, period: Interval, tolerance: float) -> Answer:
    with_years = period.first is not None and period.last is not None
    if not with_years or period.first is None or period.last is None or period.first.year == period.last.year:
        # "in 2018, by 5 %" by convention refers to the year before, but a report that states neither has no base
        if period.first is None or period.last is None:
            return unable("no day", _with(f"the reports state no base year for the change of {change:g} %", gaps(rows)))
        base, end = period.first.year - 1, period.last.year
    else:
        base, end = period.first.year, period.last.year
    if (
        source.first is not None
        and source.last is not None
        and not (source.first.year <= base and end <= source.last.year)
    ):
        return unable("outside its years", f"{base} to {end} lies outside of what it {source.coverage}")
    sides = [c for o in rows[:1] for c in (o.a, o.b) if c]
    if apart := breaks(source.kind, base, end, sides):
        return unable("value missing", "; ".join(apart))
    by_year = {o.first.year: o for o in rows if o.first is not None}
    one, other = by_year.get(base), by_year.get(end)
    if one is None or other is None:
        return Answer("not found", f"no row of {base if one is None else end}")
    if one.value is None or other.value is None or one.value == 0:
        return unable("value missing", gaps([one, other]) or "the base is zero", _ids([one, other]))
    found = 100 * (other.value - one.value) / one.value
    shown = f"{found:+.0f} % from {base} to {end}"
    if abs(found - change) <= 100 * tolerance:
        return Answer("corroborated", shown, _ids([one, other]))
    return Answer("contradicted", f"{shown}, the reports state {change:+g} %", _ids([one, other]))


def _with(why: str, gaps: str | None) -> str:
    return f"{why}; {gaps}" if gaps else why


def _ids(rows: list[Observation]) -> tuple[str, ...]:
    return tuple(o.id for o in rows)


def _year(o: Observation) -> int | str:
    return o.first.year if isinstance(o.first, date) else "undated"


def money(value: float) -> str:
    """A number in readable form.

    >>> money(463e6), money(1.65e9), money(12.5)
    ('463 million', '1.65 billion', '12.5')
    """
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.3g} {word}"
    return f"{value:g}"
