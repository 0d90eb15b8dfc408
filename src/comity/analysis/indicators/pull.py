"""Influence on a state: the measures of influence of rivals over time, including what is unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from comity.analysis.indicators.data import KINDS, IndicatorData, indicator_data, totals
from comity.analysis.indicators.indicator import chosen, needs
from comity.analysis.indicators.point import Point, begun, points
from comity.analysis.indicators.time_unit import TimeUnit, asked_time
from comity.data_sets.crosswalk import as_of
from comity.errors import InputError
from comity.knowledge.states import by_code, continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.table import Table

COLUMNS = (
    "time", "on", "by", "measure", "value", "low", "high", "unit", "availability", "source", "missing", "notes",
)  # fmt: skip
_TRADE_YEARS = 10


def influence(
    ledger: Ledger,
    on: str,
    by: Sequence[str] = (),
    *,
    measures: Iterable[str] = (),
    first: str | None = None,
    last: str | None = None,
    known: date | None = None,
    sources: Iterable[str] = (),
) -> Table:
    """The measures of influence on a state by year, rival and source; by default all that its sources cover.

    `availability` distinguishes a value, a zero stated by a source, missing, and not covered; for a missing number
    there are bounds, and `missing` names what is lacking. Without `first` each series begins with its first value, and
    the notes say how much was left out. By default rivals are those with the most trade or records (setting `rivals`).
    Raises `InputError` for unknown states and measures.
    """
    wanted = chosen(measures)
    target, data, rivals = data_on(ledger, on, by, known=known, sources=sources, kinds=needs(wanted))
    ends = {"first": asked_time(data.time_unit, first, end=False), "last": asked_time(data.time_unit, last, end=True)}
    found: list[Point] = []
    for indicator in wanted:
        if indicator.directed == "state":
            found += points(data, indicator, rivals[0] if rivals else target, target, **ends)
            continue
        for rival in rivals:
            found += points(data, indicator, rival, target, **ends)
    # if the first year is given, all years from then on are included
    found, notes = (found, ()) if first else begun(found)
    names = [g.name for g in wanted]
    found.sort(key=lambda p: (names.index(p.measure), p.source, p.at, rivals.index(p.a) if p.a in rivals else -1))
    return Table(COLUMNS, tuple(_row(data, p) for p in found), notes)


def data_on(
    ledger: Ledger,
    on: str,
    by: Sequence[str],
    *,
    known: date | None = None,
    sources: Iterable[str] = (),
    time_unit: TimeUnit | None = None,
    kinds: frozenset[str] = KINDS,
) -> tuple[str, IndicatorData, list[str]]:
    """A state's code, its data and its rivals: those requested or those with the most contacts."""
    target = continuing(code_of(on))
    asked = list(dict.fromkeys(continuing(code_of(r)) for r in by))
    if target in asked:
        raise InputError(f"{on} is no rival for influence on itself; name others with --by")
    data = indicator_data(
        ledger, [target], asked, time_unit=time_unit or TimeUnit(), known=known, sources=sources, kinds=kinds
    )
    if asked:
        return target, data, asked
    most = leading(data, target, ledger.settings.rivals)
    if "figure" in kinds:
        totals(ledger, data, most)
    return target, replace(data, rivals=tuple(most)), most


def leading(data: IndicatorData, of: str, most: int) -> list[str]:
    """The states with the most trade with a state in its last ten reported years or, without trade data, most acts."""
    amounts: dict[str, float] = {}
    for source in data.figures.holding("trade", "imports", "exports")[:1]:
        times = sorted(data.figures.times(source, "trade", "imports", "exports"))[-_TRADE_YEARS:]
        for partner in data.figures.partners(source, of):
            values = [e.value for t in times if (e := data.figures.trade(source, of, partner, t)) and e.value]
            if values:
                amounts[partner] = sum(values)
    acts = data.acts.partners(of)
    ranked = sorted(amounts, key=lambda s: (-amounts[s], s)) + sorted(
        (s for s in acts if s not in amounts), key=lambda s: (-acts[s], s)
    )
    return [s for s in ranked if by_code(s) is not None and s != of][:most]


def _row(data: IndicatorData, p: Point) -> tuple[object, ...]:
    label, day, e = data.time_unit.label(p.at), data.time_unit.middle(p.at), p.estimate
    return (
        label,
        as_of(p.b, day),
        None if p.a is None else as_of(p.a, day),
        p.measure,
        None if e is None else e.value,
        None if e is None else e.low,
        None if e is None else e.high,
        p.unit,
        p.availability,
        p.source,
        "; ".join(e.missing) if e is not None and e.missing else None,
        "; ".join(e.notes) if e is not None and e.notes else None,
    )
