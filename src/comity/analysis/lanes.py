"""The four lanes of a strip: events, agreements, visits, and the pull of rivals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import sqrt
from textwrap import wrap

from markupsafe import escape

from comity.analysis.axis import months
from comity.analysis.canvas import Canvas
from comity.analysis.chronicle import Item
from comity.analysis.pull import Pull
from comity.analysis.strip import Bar, Strip
from comity.knowledge.plain_words import event_said
from comity.knowledge.state_names import name
from comity.ledger.interval import Interval

_EVENTS_HEIGHT = 170.0
_SCALE = 10.0
_LONG_DAYS = 365 * 12
_ROW = 25.0
_VISITS = 88.0
_RIVAL = 30.0
_NOTE = 16.0
_VAGUE_DAYS = 400
_SIZES = {"head of state": 7.5, "head of government": 6.5, "minister": 5.0}
_COLUMN = 8.0
_WIDEST = 64.0
_SIDES = ("ab", "ba", "both", "other")
_AWAY = {"ab": -1, "ba": 1}


def events(canvas: Canvas, strip: Strip) -> None:
    """Events above and below zero by intensity; hollow with one source, a bar if the day is not reported."""
    axis = canvas.axis
    items = strip.items_of("event", canvas.view.choice)
    chosen = [i for i in items if axis.holds(i.place)]
    shown = [i for i in chosen if i.value is not None and (i.place.days or _VAGUE_DAYS) < _VAGUE_DAYS]
    vague = len(chosen) - len(shown)
    more = f" · {vague} more of an uncertain year" if vague else ""
    canvas.head(f"Events ({_of(len(chosen), len(items))})", f"cooperation above, conflict below{more}")
    top = canvas.y
    zero = top + _EVENTS_HEIGHT / 2
    canvas.add(f'<line class="zero" x1="{axis.left}" x2="{axis.right}" y1="{zero:.1f}" y2="{zero:.1f}"/>')
    for value in (-10, 10):
        canvas.text(axis.right + 6, _level(zero, value) + 4, f"{value:+d}".replace("-", "−"), "tick")
    if len(shown) > canvas.view.most_marks:
        _many(canvas, shown, zero)
    else:
        for i in reversed(shown):
            _event(canvas, i, zero)
    _net(canvas, shown, zero)
    canvas.y = top + _EVENTS_HEIGHT
    _coverage(canvas, strip)


def _level(zero: float, value: float) -> float:
    return zero - value / _SCALE * (_EVENTS_HEIGHT / 2 - 8)


def _tone(value: float) -> str:
    return "coop" if value > 0 else "conf" if value < 0 else "flat"


def _event(canvas: Canvas, i: Item, zero: float) -> None:
    y, tone = _level(zero, i.value or 0.0), _tone(i.value or 0.0)
    one = _hollow(i)
    day = i.day if i.when.first is not None else f"day not reported, {i.day}"
    label = f"{event_said(i.type, i.mode) if i.type else 'event'}, {day}, {i.provenance.text}: {_short(i.quote)}"
    if i.exact and i.when.first is not None:
        r = min(9.0, 2.4 + 1.5 * sqrt(max(0, i.independent - 1)))
        x = canvas.axis.x(i.when.first)
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    elif i.when.first is not None and i.when.last is not None:
        x1, x2 = canvas.axis.inside(i.when.first), canvas.axis.inside(i.when.last)
        shape = f'<rect x="{x1:.1f}" y="{y - 2:.1f}" width="{max(5.0, x2 - x1):.1f}" height="4" rx="2"/>'
        x = (x1 + x2) / 2
    elif i.known is not None:
        # only the day of the report is known: an arrow back from it, or ahead to what is planned
        x, way = canvas.axis.x(i.known), 6 if i.status == "planned" else -6
        shape = f'<path class="by" d="M{x:.1f},{y - 4:.1f}l{way},4l{-way},4z"/>'
    else:
        return
    canvas.mark(i.fact, shape + canvas.hit(x, y), label, f"m {tone}{one}")


def _many(canvas: Canvas, shown: Iterable[Item], zero: float) -> None:
    """Too many events to distinguish: one mark for those of the same days and intensity, sized by their number."""
    width, cells = _gathered(canvas, [(i, round((i.value or 0.0) / 2) * 2) for i in shown])
    for (column, value), items in sorted(cells.items()):
        x, y = canvas.axis.left + (column + 0.5) * width, _level(zero, value)
        r = min(9.0, 1.6 + 0.8 * sqrt(len(items)))
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>{canvas.hit(x, y)}'
        one = " one" if all(i.independent <= 1 for i in items) else ""
        _together(canvas, column, width, shape, f"{len(items)} events of about {value:+d}", f"{_tone(value)}{one}")


def _gathered(canvas: Canvas, placed: Sequence[tuple[Item, int]]) -> tuple[float, dict[tuple[int, int], list[Item]]]:
    """Items by column and level, with columns wide enough to limit the number of marks."""
    # touch needs wider columns than a pointer
    width = _COLUMN * 3 if canvas.view.touched else _COLUMN
    while True:
        cells: dict[tuple[int, int], list[Item]] = {}
        for i, level in placed:
            x = canvas.axis.middle(i.place)
            if x is not None and canvas.axis.left <= x <= canvas.axis.right:
                cells.setdefault((int((x - canvas.axis.left) / width), level), []).append(i)
        if len(cells) <= canvas.view.most_marks or width > _WIDEST:
            return width, cells
        width *= 1.5


def _together(canvas: Canvas, column: int, width: float, shape: str, label: str, kind: str) -> None:
    """A mark for a whole column that links to its days."""
    days = (canvas.axis.last - canvas.axis.first).days * width / (canvas.axis.right - canvas.axis.left)
    first = canvas.axis.first + timedelta(days=int(column * days))
    last = first + timedelta(days=max(1, int(days)))
    canvas.linked(canvas.view.zoom(first, last), shape, f"{label} from {first} to {last}", f"m many {kind}")


def _net(canvas: Canvas, shown: Iterable[Item], zero: float) -> None:
    """The mean intensity by month (by year in a long window), broken where there are too few events."""
    yearly = (canvas.axis.last - canvas.axis.first).days > _LONG_DAYS
    by_year: dict[int, list[float]] = {}
    for i in shown:
        day = i.place.first
        if day is not None and (yearly or (i.place.days or 999) <= 31):
            key = day.year if yearly else day.year * 12 + day.month - 1
            by_year.setdefault(key, []).append(i.value or 0.0)
    path, before = [], None
    for key in sorted(k for k, values in by_year.items() if len(values) >= canvas.view.net_events):
        # if only the end of a month is beyond the axis, its middle is drawn at the end of the axis
        x = canvas.axis.inside(date(key, 7, 1) if yearly else date(key // 12, key % 12 + 1, 15))
        y = _level(zero, sum(by_year[key]) / len(by_year[key]))
        path.append(f"{'L' if before == key - 1 else 'M'}{x:.1f},{y:.1f}")
        before = key
    if path:
        # an isolated month is a short stroke, not a point
        drawn = "".join(
            p + ("h3" if p[0] == "M" and (n + 1 == len(path) or path[n + 1][0] == "M") else "")
            for n, p in enumerate(path)
        )
        canvas.add(f'<path class="net" d="{drawn}"/>')


def _coverage(canvas: Canvas, strip: Strip) -> None:
    """The number of reports in the ledger by month, darker for more; hatched for none: the silence is the ledger's."""
    axis, y = canvas.axis, canvas.y + 3
    most = max(strip.coverage.values(), default=0)
    if not most:
        return
    runs: list[tuple[date, date, int]] = []
    for day, after, n in _documents(strip, axis.first, axis.last):
        step = 0 if not n else 1 + min(3, int(4 * sqrt(n / most) - 1e-9))
        if runs and runs[-1][2] == step:
            runs[-1] = (runs[-1][0], after, step)
        else:
            runs.append((day, after, step))
    canvas.add('<g class="coverage"><title>Reports that the ledger holds of each month: darker is more</title>')
    for start, end, step in runs:
        x1, x2 = axis.inside(start), axis.inside(end)
        canvas.add(f'<rect class="c{step}" x="{x1:.1f}" y="{y:.1f}" width="{max(0.5, x2 - x1):.1f}" height="6"/>')
    canvas.add("</g>")
    canvas.y = y + 6


def _documents(strip: Strip, first: date, last: date) -> Iterator[tuple[date, date, int]]:
    """Months (years in a long window) with the number of their documents."""
    if (last - first).days > 365 * 30:
        by_year: dict[int, int] = {}
        for (y, _), n in strip.coverage.items():
            by_year[y] = by_year.get(y, 0) + n
        for year in range(first.year, last.year + 1):
            yield date(year, 1, 1), date(year, 12, 31), by_year.get(year, 0) // 12 or min(1, by_year.get(year, 0))
        return
    for day in months(first.replace(day=1), last):
        after = (day + timedelta(days=32)).replace(day=1)
        yield day, after, strip.coverage.get((day.year, day.month), 0)


def agreements(canvas: Canvas, strip: Strip) -> None:
    """Agreements from their first act through force to their end: thin until in force, hatched where inferred."""
    axis = canvas.axis
    window = Interval(axis.first, axis.last)
    bars = strip.agreements(replace(canvas.view.choice, first=None, last=None))
    chosen = [b for b in bars if b.life(strip.on).meets(window) and b.ticks]
    shown = sorted(chosen, key=lambda b: (b.effect != "in force", -b.independent, b.fact))[: canvas.view.most_bars]
    shown.sort(key=lambda b: (b.begun.last or date.max, b.fact))
    more = f" · {len(chosen) - len(shown)} more in the table" if len(chosen) > len(shown) else ""
    undated = sum(not b.ticks for b in bars)
    more += f" · {undated} without a dated act" if undated else ""
    count = _of(len(chosen), len(bars))
    canvas.head(f"Agreements ({count})", f"thin until in force, hatched where inferred{more}")
    for bar in shown:
        _bar(canvas, bar, strip.on)
        canvas.y += _ROW
    if not shown:
        canvas.y += 6


def _bar(canvas: Canvas, bar: Bar, on: date) -> None:
    axis, y = canvas.axis, canvas.y + 14
    days = [d for t in bar.ticks for d in (t.when.last, t.when.first) if d is not None]
    start = axis.inside(bar.begun.last or min(days, default=on))
    stop = (bar.ended.last if bar.ended and bar.ended.last else None) or on
    end = axis.inside(stop)
    shape = [f'<rect class="hit" x="{start:.1f}" y="{y - 13:.1f}" width="{max(24.0, end - start):.1f}" height="24"/>']
    forced = None
    if bar.forced is not None and (day := bar.forced.last or bar.forced.first) is not None:
        forced = axis.inside(min(day, stop))
        sure_to = forced if bar.inferred else axis.inside(bar.renewed) if bar.renewed and bar.renewed < stop else end
        # between its possible first days it may have been in force: an outline
        since = axis.inside(max(bar.forced.first or bar.begun.last or day, bar.begun.first or date.min))
        if forced - since > 3:
            shape.append(
                f'<rect class="maybe" x="{since:.1f}" y="{y + 0.5:.1f}" width="{forced - since:.1f}" height="6"/>'
            )
        for x1, x2, hatch in ((forced, sure_to, ""), (sure_to, end, ' fill="url(#inferred)"')):
            if x2 - x1 > 0.2 or (x1 == x2 == forced == end and not hatch):
                wide = max(1.5, x2 - x1)
                shape.append(f'<rect class="force"{hatch} x="{x1:.1f}" y="{y:.1f}" width="{wide:.1f}" height="7"/>')
    thin = end if forced is None else forced
    if bar.stage != "none reported":
        shape.append(
            f'<line class="thin" x1="{start:.1f}" x2="{max(start + 2, thin):.1f}" y1="{y + 3.5}" y2="{y + 3.5}"/>'
        )
    if bar.endless and stop == on:
        shape.append(f'<path class="endless" d="M{end:.1f},{y - 2:.1f}l7,5.5l-7,5.5"/>')
    if bar.ended is not None:
        shape.append(f'<line class="end" x1="{end:.1f}" x2="{end:.1f}" y1="{y - 3:.1f}" y2="{y + 10:.1f}"/>')
    if bar.term_end is not None and bar.term_end.last is not None and bar.ended is None:
        x = axis.inside(bar.term_end.last)
        shape.append(f'<line class="term" x1="{end:.1f}" x2="{x:.1f}" y1="{y + 3.5:.1f}" y2="{y + 3.5:.1f}"/>')
    for tick in bar.ticks:
        at = axis.middle(tick.when) if tick.when.first else axis.x(tick.when.last or on)
        if at is not None and axis.left <= at <= axis.right:
            whose = f" by {name(tick.party)}" if tick.party else ""
            shape.append(
                f'<line class="act" x1="{at:.1f}" x2="{at:.1f}" y1="{y - 2:.1f}" y2="{y + 9:.1f}">'
                f"<title>{tick.kind}{whose}, {tick.when}</title></line>"
            )
    inferred = bar.inferred or (bar.renewed is not None and bar.renewed < stop and bar.ended is None)
    state = f"{bar.words}{', inferred' if inferred else ''}"
    label = f"{bar.title}: {state}, {bar.provenance.text}"
    canvas.mark(bar.fact, "".join(shape), label, "m bar")
    words = canvas.cut(f"{bar.title} · {state}", axis.right - axis.left, 5.6)
    if start + len(words) * 5.6 <= axis.right:
        canvas.text(start, y - 4, words, "bar-name")
    else:
        canvas.text(axis.right, y - 4, words, "bar-name", "end")


def visits(canvas: Canvas, strip: Strip) -> None:
    """Visits both ways, larger by rank."""
    axis = canvas.axis
    items = strip.items_of("visit", canvas.view.choice)[::-1]
    chosen = [i for i in items if axis.holds(i.place) and axis.middle(i.place) is not None]
    which = f"above: {name(strip.a)} travels, below: {name(strip.b)} travels"
    canvas.head(f"Visits ({_of(len(chosen), len(items))})", which)
    top = canvas.y
    middle = top + _VISITS / 2 - 6
    canvas.add(f'<line class="zero" x1="{axis.left}" x2="{axis.right}" y1="{middle:.1f}" y2="{middle:.1f}"/>')
    if len(chosen) > canvas.view.most_marks:
        _many_visits(canvas, chosen, middle)
    else:
        _visits(canvas, chosen, middle)
    canvas.y = top + _VISITS - 12


def _visits(canvas: Canvas, chosen: Iterable[Item], middle: float) -> None:
    last: dict[str, tuple[float, int]] = {}
    for i in chosen:
        x = canvas.axis.middle(i.place) or 0.0
        near, height = last.get(i.side, (-99.0, 0))
        # visits of the same days are stacked, three at most
        step = (height + 1) % 3 if x - near < 11 else 0
        last[i.side] = (x, step)
        one = _hollow(i)
        away = 4 + step * 12.0
        shape = _journey(x, middle, i.side, _SIZES.get(i.level or "", 3.6), away)
        shape += canvas.hit(x, middle + _AWAY.get(i.side, 0) * (away + 5))
        label = f"visit, {i.level or 'rank not reported'}, {i.day}, {i.provenance.text}: {_short(i.quote)}"
        canvas.mark(i.fact, shape, label, f"m visit {i.side}{one}")


def _many_visits(canvas: Canvas, chosen: Sequence[Item], middle: float) -> None:
    """Too many visits to distinguish: one mark for those of the same days and side, sized by their number."""
    width, cells = _gathered(canvas, [(i, _SIDES.index(i.side)) for i in chosen])
    for (column, level), items in sorted(cells.items()):
        side, x = _SIDES[level], canvas.axis.left + (column + 0.5) * width
        shape = _journey(x, middle, side, min(9.0, 2.4 + 0.9 * sqrt(len(items))), 4)
        shape += canvas.hit(x, middle + _AWAY.get(side, 0) * 9)
        _together(canvas, column, width, shape, f"{len(items)} visits", f"visit {side}")


def _journey(x: float, middle: float, side: str, size: float, away: float) -> str:
    if side == "ab":
        return f'<path d="M{x - size:.1f},{middle - away:.1f}h{2 * size:.1f}l{-size:.1f},{-1.7 * size:.1f}z"/>'
    if side == "ba":
        return f'<path d="M{x - size:.1f},{middle + away:.1f}h{2 * size:.1f}l{-size:.1f},{1.7 * size:.1f}z"/>'
    return f'<path d="M{x - 4:.1f},{middle:.1f}l4,-4l4,4l-4,4z"/>'


def pull(canvas: Canvas, strip: Strip) -> None:
    """The shares of rivals, one small chart each, the first side's on top; gaps where nothing is known."""
    if strip.pull is not None and (strip.pull.rivals or strip.pull.wanted):
        rivals(canvas, strip.pull)


def rivals(canvas: Canvas, found: Pull) -> None:
    """The shares of rivals, one small chart under the other on one scale."""
    axis = canvas.axis
    canvas.head(f"Who pulls at {name(found.of)}", f"{found.measure}, {found.source}")
    for note in (found.mass, found.wanted):
        for line in wrap(note, max(12, int((axis.right - axis.left) / 5.4))):
            canvas.text(axis.left, canvas.y + 8, line, "lane-note")
            canvas.y += _NOTE
    if not found.drawn:
        return
    most = max((v for r in found.rivals for _, v in r.shares if v is not None), default=0.0) or 1.0
    for n, rival in enumerate(found.rivals):
        bottom = canvas.y + _RIVAL - 6
        path, gap, latest = [], True, None
        for year, share in rival.shares:
            x = axis.x(date(year, 7, 1))
            if share is None or not axis.left <= x <= axis.right:
                gap = True
                continue
            y = bottom - share / most * (_RIVAL - 10)
            path.append(f"{'M' if gap else 'L'}{x:.1f},{y:.1f}")
            latest, gap = (year, share, x, y), False
        kind = "rival first" if n == 0 else "rival"
        canvas.add(f'<g class="{kind}"><title>{escape(name(rival.code))}: {found.measure}</title>')
        canvas.add(f'<line class="base" x1="{axis.left}" x2="{axis.right}" y1="{bottom:.1f}" y2="{bottom:.1f}"/>')
        if path:
            alone = "h2" if len(path) == 1 else ""
            canvas.add(f'<path class="share" d="{"".join(path)}{alone}"/>')
        canvas.text(axis.left, canvas.y + 9, name(rival.code), "rival-name")
        if latest is not None:
            x, y = latest[2], max(canvas.y + 6, latest[3] - 4)
            canvas.add(f'<circle class="dot" cx="{x:.1f}" cy="{latest[3]:.1f}" r="2.2"/>')
            right = x < axis.left + 60
            canvas.text(x + 5 if right else x - 5, y, f"{latest[1]:.0%}", "tick", "start" if right else "end")
        canvas.add("</g>")
        canvas.y += _RIVAL
    canvas.y -= 4


def _short(quote: str) -> str:
    return quote if len(quote) <= 110 else quote[:109].rstrip() + "…"


def _hollow(i: Item) -> str:
    """Whether only one source, or only a party, reports it."""
    return " one" if i.independent <= 1 else ""


def _of(shown: int, all_: int) -> str:
    """How many of the reported facts a lane shows: those outside the axis are only in the table."""
    return f"{shown:,}" if shown == all_ else f"{shown:,} of {all_:,}"
