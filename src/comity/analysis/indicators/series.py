"""Series of two states, and the panel of all dyads: a row for each time, measure and source, ready for regression."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypedDict

from comity.analysis.indicators.data import IndicatorData, indicator_data
from comity.analysis.indicators.indicator import Indicator, chosen, needs
from comity.analysis.indicators.point import Availability, Point, begun, points
from comity.analysis.indicators.time_unit import asked_time, time_unit_of
from comity.data_sets.crosswalk import as_of
from comity.errors import InputError
from comity.knowledge.states import by_code, continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.table import Cells, Table, TypedTable

Codes = Literal["iso", "cow", "gw"]
CODES: tuple[Codes, ...] = ("iso", "cow", "gw")
_OF_ALL = frozenset(
    {"trade-share", "rival-share", "asymmetry", "concentration", "aid-share", "arms-share", "event-share", "fbic"}
)
_FLOWS = ("trade", "imports", "exports", "aid", "arms", "arms stock", "fbic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement(Cells):
    """What a source says about a measure of `a` on `b` at a `time`; `a` is null for a measure of `b` alone.

    `availability` distinguishes a `value`, a `zero` stated by a source, `missing` and `not covered`; the `value` of the
    last two is null. `low` and `high` bound the value if bounds can be given. States are codes of the requested system.
    `covered` is the number of documents (or events) of the source at that time, `per_thousand` a count in proportion
    to it.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "time", "a", "b", "measure", "source", "value", "low", "high", "unit", "availability", "covered",
        "per_thousand", "missing", "notes",
    )  # fmt: skip
    time: str
    a: str | int | None
    b: str | int | None
    measure: str
    source: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    availability: Availability
    covered: int | None
    per_thousand: float | None
    missing: str | None
    notes: str | None


Panel = TypedTable[Measurement]
"""The measurements of two states, or of many."""


class AskedOfMeasures(TypedDict, total=False):
    """The options of any series; days are EDTF dates, `unit` is `year` or `month`."""

    unit: str
    measures: Iterable[str]
    since: str | None
    until: str | None
    sources: Iterable[str]


class AskedOfAll(AskedOfMeasures, total=False):
    """The options of a panel; `among` names states."""

    among: Sequence[str]
    directed: bool
    codes: str


class AskedOfTwo(AskedOfMeasures, total=False):
    """The options of a series of A on B; `against` names the rivals of A."""

    directed: bool
    codes: str
    against: Sequence[str]


def series(
    ledger: Ledger,
    a: str,
    b: str,
    *,
    unit: str = "year",
    measures: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
    directed: bool = False,
    codes: str = "iso",
    known: date | None = None,
    sources: Iterable[str] = (),
    against: Sequence[str] = (),
) -> Panel:
    """The series of A on B by year or month, one row for each measure, source and time, without gaps.

    Without `since` each begins with its first value, and the notes say how much was left out.

    `directed` restricts counted acts to those of A towards B.
    """
    time_unit = time_unit_of(unit)
    wanted = _of_unit(chosen(measures), unit, asked=bool(list(measures)))
    one, other = continuing(code_of(a)), continuing(code_of(b))
    if one == other:
        raise InputError(f"{a} and {b} are one state: name two")
    rivals = [continuing(code_of(r)) for r in against]
    # a share needs B's relations with all others; other measures need only those of the two
    of_all = any(g.name in _OF_ALL for g in wanted)
    on, others = ([other], [one, *rivals]) if of_all else ([one, other], rivals)
    data = indicator_data(
        ledger, on, others, time_unit=time_unit, directed=directed, known=known, sources=sources, kinds=needs(wanted)
    )
    ends = (asked_time(time_unit, since, end=False), asked_time(time_unit, until, end=True))
    found = [p for g in wanted for p in points(data, g, one, other, first=ends[0], last=ends[1])]
    kept, notes = (found, ()) if since else begun(found)
    return measured(data, kept, codes, notes)


def panel(
    ledger: Ledger,
    *,
    unit: str = "year",
    measures: Iterable[str] = (),
    among: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    directed: bool = False,
    codes: str = "iso",
    known: date | None = None,
    sources: Iterable[str] = (),
) -> Panel:
    """The series of all dyads with data in the ledger, or of all pairs among some states.

    If directed, each ordered pair has its rows; otherwise each pair is there once, with undirected measures.
    """
    time_unit = time_unit_of(unit)
    asked = bool(list(measures))
    wanted = _of_unit(chosen(measures), unit, asked=asked)
    of_one_way = [g.name for g in wanted if g.directed in {"yes", "state"}]
    if not directed and of_one_way:
        if asked:
            raise InputError(f"{', '.join(of_one_way)}: A on B is not B on A; add --directed")
        wanted = [g for g in wanted if g.name not in of_one_way]
    wanted = [g for g in wanted if g.directed != "state"]
    data = indicator_data(
        ledger, time_unit=time_unit, directed=directed, known=known, sources=sources, kinds=needs(wanted)
    )
    states = list(dict.fromkeys(continuing(code_of(s)) for s in among))
    pairs = [(x, y) for n, x in enumerate(states) for y in states[n + 1 :]] if states else _pairs(data)
    if directed:
        pairs = [p for x, y in pairs for p in ((x, y), (y, x))]
    ends = (asked_time(time_unit, since, end=False), asked_time(time_unit, until, end=True))
    found = [p for x, y in sorted(pairs) for g in wanted for p in points(data, g, x, y, first=ends[0], last=ends[1])]
    # a panel has each dyad at each time between its first and last, whether or not a value is reported
    return measured(data, found, codes)


def wide(long: Panel) -> Table:
    """The same with a column for each measure and one for its availability, a row for each dyad and time.

    Of several sources the one with the most values of a measure is used for all dyads, so that a column has one source,
    named in `MEASURE_source`. Column names are valid in formulas of statistics packages (`trade_share`).
    """
    counts: dict[str, Counter[str]] = {}
    for m in long:
        counts.setdefault(m.measure, Counter())[m.source] += m.availability in {"value", "zero"}
    best = {m: min(c, key=lambda s: (-c[s], s)) for m, c in counts.items()}
    keys = sorted({(m.a, m.b, m.time) for m in long}, key=lambda k: tuple(str(x) for x in k))
    cells = {(m.a, m.b, m.time, m.measure): m for m in long if best[m.measure] == m.source}
    columns = [f"{m}{end}".replace("-", "_") for m in best for end in ("", "_availability", "_source")]
    out = []
    for a, b, time in keys:
        row: list[object] = [time, a, b]
        for measure, source in best.items():
            cell = cells.get((a, b, time, measure))
            row += [None, "not covered"] if cell is None else [cell.value, cell.availability]
            row.append(source)
        out.append(tuple(row))
    return Table(("time", "a", "b", *columns), tuple(out), long.notes)


def measured(data: IndicatorData, found: Iterable[Point], codes: str, notes: tuple[str, ...] = ()) -> Panel:
    """Points as measurements, with states by ISO code as of the time, or by COW or Gleditsch-Ward number."""
    if codes not in CODES:
        raise InputError(f"{codes!r} is no system of codes; write {', '.join(CODES)}")
    rows = []
    for p in found:
        day, e = data.time_unit.middle(p.at), p.estimate
        rows.append(
            Measurement(
                time=data.time_unit.label(p.at),
                a=coded(p.a, day, codes),
                b=coded(p.b, day, codes),
                measure=p.measure,
                source=p.source,
                value=None if e is None else e.value,
                low=None if e is None else e.low,
                high=None if e is None else e.high,
                unit=p.unit,
                availability=p.availability,
                covered=p.covered,
                per_thousand=p.per_thousand,
                missing="; ".join(e.missing) if e is not None and e.missing else None,
                notes="; ".join(e.notes) if e is not None and e.notes else None,
            )
        )
    return TypedTable(Measurement, tuple(rows), notes)


def coded(state: str | None, day: str, codes: str) -> str | int | None:
    """A state's code on a day in a system; null if it has none.

    >>> coded("RUS", "1980-12-31", "iso"), coded("RUS", "1980-12-31", "cow")
    ('SUN', 365)
    """
    if state is None:
        return None
    iso = as_of(state, day)
    if codes == "iso":
        return iso
    found = by_code(iso)
    return None if found is None else found.cow if codes == "cow" else found.gleditsch_ward


def _of_unit(wanted: list[Indicator], unit: str, *, asked: bool) -> list[Indicator]:
    yearly = [g.name for g in wanted if not g.monthly] if unit == "month" else []
    if yearly and asked:
        raise InputError(f"{', '.join(yearly)}: only by year; leave it out or write --unit year")
    return [g for g in wanted if g.name not in yearly]


def _pairs(data: IndicatorData) -> list[tuple[str, str]]:
    out = data.acts.pairs() | data.treaties.pairs()
    for source in data.figures.holding(*_FLOWS):
        out |= {(a, b) for a, b in data.figures.pairs(source, *_FLOWS) if a is not None and b is not None}
    for measure in ("alliance", "membership", "post"):
        for source in data.ties.holding(measure):
            out |= data.ties.pairs(source, measure)
    states = {s for p in out for s in p if by_code(s) is not None}
    return sorted({(min(p), max(p)) for p in out if p[0] != p[1] and set(p) <= states})
