"""The lane of imported data sets under a strip: treaties, visits, counts of events and figures, each with its set."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from textwrap import wrap

from markupsafe import escape

from comity.analysis.axis import Axis
from comity.analysis.canvas import Canvas, View
from comity.analysis.data_series import Count, InSets, Row, Series
from comity.analysis.figure_check import money
from comity.analysis.strip import Strip
from comity.knowledge.state_names import name

_NAME = 14.0
_MARKS = 18.0
_CHART = 30.0
_FOOT = 8.0
_LETTER = 5.6
_MOST_SERIES = 10


def sets(canvas: Canvas, strip: Strip) -> None:
    """What data sets say about the days shown; nothing if none was imported."""
    if not strip.sets:
        return
    canvas.head("In imported data sets", "each row with the set that reports it")
    drawn = draw(canvas, strip.sets, strip.a)
    if not drawn:
        canvas.text(canvas.axis.left, canvas.y + 10, "nothing of these days", "lane-note")
        canvas.y += _NAME


def draw(canvas: Canvas, found: InSets, a: str) -> int:
    """Draws one row below the other; returns how many rows had anything on the axis."""
    drawn = 0
    for source in dict.fromkeys(r.source for r in found.treaties):
        mine = [r for r in found.treaties if r.source == source]
        drawn += _treaties(canvas, mine, found.name(source))
    for source in dict.fromkeys(r.source for r in found.visits):
        mine = [r for r in found.visits if r.source == source]
        drawn += _visits(canvas, mine, found.name(source), a)
    for source in dict.fromkeys(c.source for c in found.counts):
        drawn += _counts(canvas, [c for c in found.counts if c.source == source], found.name(source))
    for one in found.series[:_MOST_SERIES]:
        drawn += _figures(canvas, one, found.name(one.source))
    left = len(found.series) - _MOST_SERIES
    if left > 0:
        canvas.text(canvas.axis.left, canvas.y + 10, f"{left} more series in the dossier", "lane-note")
        canvas.y += _NAME
    return drawn


def chart(found: InSets, a: str, *, width: float = 560.0) -> Canvas | None:
    """A canvas with the rows alone on an axis of their own; null if there is nothing to draw."""
    days = found.days()
    if not days:
        return None
    first, last = min(days), max(days)
    canvas = Canvas(
        Axis(first, max(last, first.replace(year=first.year + 1, day=1)), 12, width - 30), View(width=width), []
    )
    draw(canvas, found, a)
    return canvas


def _label(canvas: Canvas, words: str, source: str) -> None:
    room = max(12, int((canvas.axis.right - canvas.axis.left) / _LETTER))
    for line in wrap(f"{words} · {source}", room):
        canvas.text(canvas.axis.left, canvas.y + 10, line, "rival-name")
        canvas.y += _NAME


def _on(axis: Axis, rows: Iterable[Row]) -> list[Row]:
    return [r for r in rows if axis.holds(r.when)]


def _row(
    canvas: Canvas, rows: Sequence[Row], source: str, name: str, mark: Callable[[Row, float, float], tuple[str, str]]
) -> bool:
    """The marks of one data set on a line of their own; `mark` gives the shape and the class of each."""
    inside = _on(canvas.axis, rows)
    if not inside:
        return False
    _label(canvas, f"{name} ({len(inside):,})", source)
    y = canvas.y + _MARKS / 2
    _base(canvas, y)
    for r in inside:
        x = canvas.axis.middle(r.when) or canvas.axis.left
        shape, kind = mark(r, x, y)
        canvas.linked(None, f"{shape}{canvas.hit(x, y)}", f"{r.text} ({source})", f"m set {kind}")
    canvas.y += _MARKS
    return True


def _treaties(canvas: Canvas, rows: Sequence[Row], source: str) -> bool:
    def mark(_: Row, x: float, y: float) -> tuple[str, str]:
        return f'<rect x="{x - 2.5:.1f}" y="{y - 6:.1f}" width="5" height="12"/>', "treaty"

    return _row(canvas, rows, source, "treaties", mark)


def _visits(canvas: Canvas, rows: Sequence[Row], source: str, a: str) -> bool:
    def mark(r: Row, x: float, y: float) -> tuple[str, str]:
        side = -1 if r.by == a else 1
        shape = f'<path d="M{x - 4.5:.1f},{y + side * 2:.1f}h9l-4.5,{side * 7.5:.1f}z"/>'
        return shape, f"visit {'ab' if side < 0 else 'ba'}"

    return _row(canvas, rows, source, "visits", mark)


def _counts(canvas: Canvas, counts: Sequence[Count], source: str) -> bool:
    """A bar for each year: cooperation above the line, conflict below it, on one scale."""
    inside = [c for c in counts if _year_on(canvas.axis, c.year)]
    if not inside:
        return False
    total = sum(c.cooperation + c.conflict for c in inside)
    _label(canvas, f"events a year ({total:,}): cooperation above, conflict below", source)
    up = max(c.cooperation for c in inside)
    down = max(c.conflict for c in inside)
    scale = (_CHART - 2) / max(1, up + down)
    y = canvas.y + 1 + up * scale
    for c in inside:
        x1, x2 = (canvas.axis.inside(date(c.year, *d)) for d in ((1, 1), (12, 31)))
        wide = max(1.0, x2 - x1 - 1)
        above, below = c.cooperation * scale, c.conflict * scale
        shape = "".join(
            f'<rect class="{kind}" x="{x1:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'
            for kind, top, high in (("up", y - above, above), ("down", y, below))
            if high
        )
        label = f"{c.year}: {c.cooperation:,} of cooperation, {c.conflict:,} of conflict ({source})"
        canvas.linked(None, shape, label, "m set counts")
    _base(canvas, y)
    canvas.y += _CHART + _FOOT
    return True


def _figures(canvas: Canvas, one: Series, source: str) -> bool:
    """A line by year from zero, broken where a value is missing, with its latest value."""
    inside = [(y, v) for y, v in one.points if _year_on(canvas.axis, y)]
    values = [v for _, v in inside if v is not None]
    if not values:
        return False
    words = f"{one.measure}, {name(one.a)} {'from' if one.measure == 'imports' else 'to'} {name(one.b)}"
    if not one.directed:
        words = f"{one.measure}, {name(one.a)} and {name(one.b)}"
    _label(canvas, f"{words}{f' ({one.unit})' if one.unit else ''}", source)
    # the latest value is above its point
    canvas.y += _FOOT
    bottom, top = canvas.y + _CHART, max(0.0, *values)
    scale = (_CHART - 4) / (top or 1.0)
    path, gap = [], True
    for year, value in inside:
        x = min(canvas.axis.right, max(canvas.axis.left, canvas.axis.x(date(year, 7, 1))))
        if value is None:
            gap = True
            continue
        path.append(f"{'M' if gap else 'L'}{x:.1f},{bottom - max(0.0, value) * scale:.1f}")
        gap = False
        latest = (year, value, x)
    dots = "".join(
        f'<circle cx="{p[1:].split(",")[0]}" cy="{p[1:].split(",")[1]}" r="1.8"/>'
        for n, p in enumerate(path)
        if p[0] == "M" and (n + 1 == len(path) or path[n + 1][0] == "M")
    )
    year, value, x = latest
    label = f"{words}: {_number(value)} {one.unit or ''} in {year} ({source})"
    canvas.add(f'<g class="set series"><title>{escape(label)}</title>')
    _base(canvas, bottom)
    canvas.add(f'<path class="share" d="{"".join(path)}"/>{dots}')
    anchor = "end" if x > canvas.axis.left + 110 else "start"
    canvas.text(x, bottom - max(0.0, value) * scale - 4, f"{_number(value)} ({year})", "tick", anchor)
    canvas.add("</g>")
    canvas.y += _CHART + _FOOT
    return True


def _base(canvas: Canvas, y: float) -> None:
    axis = canvas.axis
    canvas.add(f'<line class="base" x1="{axis.left}" x2="{axis.right}" y1="{y:.1f}" y2="{y:.1f}"/>')


def _year_on(axis: Axis, year: int) -> bool:
    return date(year, 12, 31) >= axis.first and date(year, 1, 1) <= axis.last


def _number(value: float) -> str:
    return money(value) if abs(value) >= 1e6 else f"{value:.4g}"
