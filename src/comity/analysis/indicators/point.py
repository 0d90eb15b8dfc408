"""A point: what one source says about a measure at a time: a value, zero, missing or not covered."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from comity.analysis.indicators.data import IndicatorData
from comity.analysis.indicators.indicator import Indicator
from comity.analysis.indicators.time_unit import hull
from comity.data_sets.crosswalk import as_of
from comity.influence.estimate import Estimate
from comity.influence.uncertainty import vintage
from comity.knowledge.states import by_code
from comity.ledger.provenance import counted

Availability = Literal["value", "zero", "missing", "not covered"]
"""`zero` is reported by a source, `missing` is a number that it should have, `not covered` is outside its coverage."""
_COUNTED = frozenset({"events", "cooperation", "conflict", "event-share", "intensity"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a source says about a measure of `a` on `b` at a time; `a` is null for a measure of `b` alone.

    `covered` is the number of documents (or events of a data set) of the source at that time, for counts.
    """

    at: int
    a: str | None
    b: str
    measure: str
    source: str
    estimate: Estimate | None
    unit: str
    covered: int | None = None

    @property
    def availability(self) -> Availability:
        """How the number is to be interpreted."""
        if self.estimate is None:
            return "not covered"
        if self.estimate.value is None:
            return "missing"
        # if there may be more, zero is only a lower bound
        return "zero" if self.estimate.value == 0 and self.estimate.high == 0 else "value"

    @property
    def per_thousand(self) -> float | None:
        """A count per thousand documents (or events) of its source and time."""
        if self.estimate is None or self.estimate.value is None or not self.covered or self.unit != "events":
            return None
        return 1000 * self.estimate.value / self.covered


def points(
    data: IndicatorData, indicator: Indicator, a: str, b: str, *, first: int | None = None, last: int | None = None
) -> list[Point]:
    """The points of a measure by source and time, without a gap between the first and the last.

    Times are those requested, otherwise from the first to the last with any row of the source. For a data set in
    several releases the newest is used, and the others are within its bounds.
    """
    out = []
    for lineage in _lineages(indicator.sources(data)):
        newest = lineage[-1]
        times = {t for s in lineage for t in indicator.times(data, s, a, b)}
        if not times:
            continue
        span = hull([*times, *(t for t in (first, last) if t is not None)])
        series = [
            _point(data, indicator, a, b, at, newest, lineage)
            for at in span
            if (first is None or at >= first) and (last is None or at <= last)
        ]
        if any(p.estimate is not None for p in series):
            # points that are not covered have the unit of those that are
            unit = next((p.unit for p in series if p.unit), "")
            series = [p if p.unit else replace(p, unit=unit) for p in series]
            out += series if first is not None or last is not None else _trimmed(series)
    return out


def begun(found: Iterable[Point]) -> tuple[list[Point], tuple[str, ...]]:
    """Points from the first value of each series on, and the number of earlier ones left out, in words.

    A series without any value is kept for its bounds. A zero that a source states is a value.
    """
    by_series: dict[tuple[str, str, str | None, str], list[Point]] = {}
    for p in found:
        by_series.setdefault((p.measure, p.source, p.a, p.b), []).append(p)
    kept, out, bare = [], dict[str, int](), 0
    for series in by_series.values():
        first = next((n for n, p in enumerate(series) if p.availability in {"value", "zero"}), None)
        bare += first is None
        kept += series[first or 0 :]
        for p in series[: first or 0]:
            out[p.availability] = out.get(p.availability, 0) + 1
    notes = []
    if out:
        left_out = ", ".join(f"{n:,} {how}" for how, n in sorted(out.items()))
        count = counted(sum(out.values()), "row")
        notes.append(f"{count} before the first values left out ({left_out}); name the first year to see them")
    if bare:
        notes.append(f"{bare:,} of {len(by_series):,} series hold no value, only bounds")
    return kept, tuple(notes)


def _point(
    data: IndicatorData, indicator: Indicator, a: str, b: str, at: int, newest: str, lineage: Sequence[str]
) -> Point:
    found = {s: indicator.answer(data, a, b, at, s) for s in lineage}
    estimate = found[newest]
    if (
        estimate is not None
        and not estimate.value
        and not (existed(a, day := data.time_unit.middle(at)) and existed(b, day))
    ):
        # no source need cover a state that does not exist
        estimate = None
    values = {s: e.value for s, e in found.items() if e is not None and e.value is not None}
    if estimate is not None and estimate.value is not None and len(values) > 1:
        estimate = _widened(estimate, vintage(values, newest))
    return Point(
        at=at,
        a=None if indicator.directed == "state" else a,
        b=b,
        measure=indicator.name,
        source=newest,
        estimate=estimate,
        unit=(estimate.unit if estimate is not None and estimate.unit else indicator.unit),
        covered=data.acts.volume(newest, at) if indicator.name in _COUNTED or newest == "reports" else None,
    )


@lru_cache(maxsize=50_000)
def existed(state: str, day: str) -> bool:
    """Whether a state, by any code of its legal person, existed in the year of a day.

    >>> existed("RUS", "1950-07-01"), existed("UKR", "1950-07-01"), existed("MNG", "1900-07-01")
    (True, False, False)
    """
    state_then, year = by_code(as_of(state, day)), int(day[:4])
    return state_then is None or (state_then.first_year or year) <= year <= (state_then.last_year or year)


def _widened(e: Estimate, other: Estimate) -> Estimate:
    lows, highs = [x for x in (e.low, other.low) if x is not None], [x for x in (e.high, other.high) if x is not None]
    return Estimate(
        value=e.value,
        low=min(lows) if e.low is not None else None,
        high=max(highs) if e.high is not None else None,
        unit=e.unit,
        missing=e.missing,
        notes=(*e.notes, *other.notes),
    )


def _trimmed(series: Sequence[Point]) -> list[Point]:
    with_value = [n for n, p in enumerate(series) if p.estimate is not None]
    return list(series[with_value[0] : with_value[-1] + 1])


def _lineages(sources: Iterable[str]) -> list[list[str]]:
    """Sources by data set, the releases of each from the oldest to the newest.

    >>> _lineages(["cow_trade@4.0", "x@10", "x@9"])
    [['cow_trade@4.0'], ['x@9', 'x@10']]
    """
    by_set: dict[str, list[str]] = {}
    for s in sources:
        by_set.setdefault(s.partition("@")[0], []).append(s)
    return [sorted(v, key=_release) for v in by_set.values()]


def _release(source: str) -> tuple[tuple[int, str], ...]:
    version = source.partition("@")[2]
    return tuple((int(p), "") if p.isdigit() else (-1, p) for p in re.findall(r"\d+|[^\d.]+", version))
