"""The dossier's lines on rivals for influence on either side, if figures of data sets are imported."""

from datetime import date

from comity.analysis.indicators.data import IndicatorData, indicator_data
from comity.analysis.indicators.indicator import indicators
from comity.analysis.indicators.point import Point, points
from comity.analysis.indicators.pull import leading
from comity.analysis.indicators.time_unit import TimeUnit
from comity.analysis.line import Line
from comity.analysis.registers import line
from comity.influence.change_points import crossovers
from comity.influence.estimate import Estimate
from comity.knowledge.states import by_code, continuing
from comity.ledger.ledger import Ledger

_SHOWN = ("trade-share", "aid-share", "arms-share", "fbic")
_YEARS = 40
_RIVALS = 3


def pull_lines(ledger: Ledger, a: str, b: str, on: date, known: date | None = None) -> tuple[Line, ...]:
    """Lines on the largest shares in either side, and on crossovers; empty without data sets.

    There are none for a state of knowledge on a day: data sets do not record when their values became known.
    """
    if known is not None or not ledger.sources():
        return ()
    one, other = continuing(a), continuing(b)
    return (*_lines(ledger, one, other, on), *_lines(ledger, other, one, on))


def _lines(ledger: Ledger, target: str, partner: str, on: date) -> list[Line]:
    since = date(max(1, on.year - _YEARS), 1, 1)
    data = indicator_data(ledger, [target], time_unit=TimeUnit(), kinds=frozenset({"figure"}), since=since)
    rivals = list(dict.fromkeys((partner, *leading(data, target, _RIVALS))))
    out = []
    for name in _SHOWN:
        by_source: dict[str, list[Point]] = {}
        for rival in rivals:
            for p in points(data, indicators()[name], rival, target):
                if p.at <= on.year and p.estimate is not None and p.estimate.value is not None:
                    by_source.setdefault(p.source, []).append(p)
        for source, of_source in by_source.items():
            latest = max(p.at for p in of_source)
            shown = sorted((p for p in of_source if p.at == latest), key=lambda p: -_value(p))
            if len(shown) > 1 or name == "fbic":
                figures = ", ".join(f"{_name(p.a)} {_number(p)}" for p in shown)
                text = f"{_title(name, target)} in {latest}: {figures}"
                out.append(_line(ledger, text, source, (target, shown[0].a or partner), latest))
    return out + _passed(ledger, data, target, partner, rivals, on)


def _passed(ledger: Ledger, data: IndicatorData, target: str, partner: str, rivals: list[str], on: date) -> list[Line]:
    """When a rival and the partner passed each other in the target's trade."""
    out = []
    for source in data.figures.holding("trade", "imports", "exports"):
        times = [t for t in sorted(data.figures.times(source, "trade", "imports", "exports")) if t <= on.year]
        series: dict[str, dict[int, Estimate]] = {
            r: {t: e for t in times if (e := data.figures.trade(source, target, r, t)) is not None} for r in rivals
        }
        for rival in rivals:
            if rival == partner:
                continue
            found = crossovers(series[rival], series[partner], (rival, partner))
            for c in found[-1:]:
                span = "" if c.first == c.last else f" (between {c.first} and {c.last}: {c.why})"
                text = f"{_name(c.leader)} passed {_name(c.overtaken)} in the trade of {_name(target)} in {c.at}{span}"
                out.append(_line(ledger, text, source, (target, c.leader), c.at))
    return out


def _line(ledger: Ledger, text: str, source: str, pair: tuple[str, str], year: int) -> Line:
    """A line that links to its supporting record."""
    rows = ledger.observations(
        *pair, kinds=("figure",), sources=(source,), first=date(year, 1, 1), last=date(year, 12, 31)
    )
    sources = {s.key: s for s in ledger.sources()}
    if not rows or source not in sources:
        return Line(text=text, fact=source, marks=(source,))
    return line(rows[0], sources[source], text)


def _title(name: str, target: str) -> str:
    what = {"trade-share": "Shares in the trade of", "aid-share": "Shares in the aid to"}
    what |= {"arms-share": "Shares in the arms imports of", "fbic": "Formal influence capacity (FBIC) over"}
    return f"{what[name]} {_name(target)}"


def _value(p: Point) -> float:
    return p.estimate.value if p.estimate is not None and p.estimate.value is not None else 0.0


def _number(p: Point) -> str:
    return f"{_value(p):.1f} %" if p.unit == "%" else f"{_value(p):.3f}"


def _name(code: str | None) -> str:
    state = by_code(code or "")
    return state.name if state else str(code)
