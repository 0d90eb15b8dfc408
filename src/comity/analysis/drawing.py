"""A strip as SVG: its lanes on one axis, each mark a link to its evidence.

The marks have classes and no styles: the style sheet is `strip.css`. All text from reports is escaped.
"""

from datetime import date
from functools import cache
from importlib.resources import files
from textwrap import wrap

from markupsafe import escape

from comity.analysis.axis import Axis
from comity.analysis.canvas import Canvas, View
from comity.analysis.chronicle import Choice
from comity.analysis.data_lanes import sets
from comity.analysis.lanes import agreements, events, pull, visits
from comity.analysis.strip import Strip

_SIDE = 12.0
_RIGHT = 30.0
_BINS = 120
_SLIDER = 34.0
_SOURCE_LINE, _SOURCE_LETTER = 14.0, 6.0
AXIS_HEIGHT = 22.0
GAP = 12.0


class Drawing(str):
    """An SVG element as text that a notebook displays, at most as wide as the notebook.

    >>> Drawing("<svg/>")._repr_html_().count("<svg/>")
    1
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        fits = ".comity-strip svg{max-width:100%;height:auto}"
        return f'<style>{fits}</style><div class="comity-strip">{self}</div>'


def svg(strip: Strip, view: View | None = None, *, alone: bool = False, source: str | None = None) -> str:
    """The strip as one SVG element; `alone` embeds its style sheet, for a file or a notebook.

    `source` is written below it: the origin of the drawing, for readers on another page.
    """
    view = view or View()
    first, last = strip.window(view.choice)
    canvas = Canvas(Axis(first, last, _SIDE, view.width - _RIGHT), view, [])
    for lane, words in _LANES:
        if lane is sets and not strip.sets:
            continue
        canvas.add(f'<g class="lane" data-lane="{lane.__name__}" role="group" aria-label="{words}">')
        before = canvas.y
        lane(canvas, strip)
        canvas.add("</g>")
        canvas.y += GAP if canvas.y > before else 0.0
    names = f"{strip.a} and {strip.b} from {first} to {last}: events, agreements, visits and pull on one axis of time"
    return framed(canvas, names, on=strip.on, alone=alone, source=source)


_LANES = (
    (events, "events"),
    (agreements, "agreements"),
    (visits, "visits"),
    (pull, "pull"),
    (sets, "imported data sets"),
)


def slider(strip: Strip, view: View) -> str:
    """The slider under a strip for selecting days: as wide as the strip, with the reports of each month.

    It covers the days on which the strip opens, or all days if others are selected, so that it is aligned with the
    strip until some are selected.
    """
    first, last = slider_days(strip, view.choice)
    axis = Axis(first, last, _SIDE, view.width - _RIGHT)
    days, room = max(1, (last - first).days), axis.right - axis.left
    bins = [0] * _BINS
    for i in strip.items:
        day = i.place.first or i.place.last
        if day is not None and first <= day <= last:
            bins[min(_BINS - 1, (day - first).days * _BINS // (days + 1))] += 1
    most, foot = max(bins) or 1, _SLIDER
    points = [
        f"{axis.left + room * n / _BINS:.1f},{foot - (foot - 4) * (v / most) ** 0.5:.1f}"
        for m, v in enumerate(bins)
        for n in (m, m + 1)
    ]
    named = "".join(
        f'<line x1="{axis.x(d):.1f}" x2="{axis.x(d):.1f}" y1="0" y2="{foot:g}"/>'
        f'<text x="{axis.x(d):.1f}" y="{foot + 15:g}" class="tick" text-anchor="middle">{words}</text>'
        for d, words in axis.ticks()
        if axis.left + 14 <= axis.x(d) < axis.right - 12
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view.width:.0f} {foot + 22:g}" '
        f'width="{view.width:.0f}" height="{foot + 22:g}" role="img" '
        f'aria-label="How much is reported from {first} to {last}" '
        f'data-left="{axis.left}" data-right="{axis.right}" data-height="{foot:g}">'
        f'<rect class="ground" x="{axis.left}" y="0" width="{room}" height="{foot:g}"/>'
        f'<polygon points="{axis.left},{foot:g} {" ".join(points)} {axis.right},{foot:g}"/>'
        f'<g class="grid" aria-hidden="true">{named}</g></svg>'
    )


def slider_days(strip: Strip, choice: Choice) -> tuple[date, date]:
    """The days of the slider: those of the opening, or all if days beyond them are selected."""
    opening = strip.window(Choice())
    first, last = strip.window(choice)
    if opening[0] <= first and last <= opening[1]:
        return opening
    return min(first, strip.first), max(last, strip.last)


def framed(
    canvas: Canvas, label: str, *, on: date | None = None, alone: bool = False, source: str | None = None
) -> str:
    """A canvas as one SVG element with its grid of days, and the line below it with its origin."""
    axis, width = canvas.axis, canvas.view.width
    grid = _grid(canvas, on)
    height = canvas.y + AXIS_HEIGHT
    for line in wrap(source or "", int((width - _SIDE) / _SOURCE_LETTER), break_on_hyphens=False):
        height += _SOURCE_LINE
        canvas.text(axis.left, height - 4, line, "tick source")
    style = f"<style>{sheet()}</style>" if alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="strip" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="group" aria-label="{escape(label)}" '
        f'data-first="{axis.first}" data-last="{axis.last}" data-left="{axis.left}" data-right="{axis.right}">'
        f"{style}{_PATTERN}{grid}{''.join(canvas.parts)}</svg>"
    )


@cache
def sheet() -> str:
    """The style sheet of strips."""
    return (files("comity.analysis") / "templates" / "strip.css").read_text(encoding="utf-8")


_PATTERN = (
    '<defs><pattern id="inferred" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" class="hatch-ground"/><rect width="2" height="5" class="hatch-line"/></pattern>'
    '<pattern id="nothing" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<rect width="1" height="4" class="hatch-soft"/></pattern></defs>'
)


def _grid(canvas: Canvas, on: date | None) -> str:
    """The lines of the labelled days through all lanes, and the line of the day asked about."""
    axis, bottom = canvas.axis, canvas.y
    out = ['<g class="grid" aria-hidden="true">']
    for day, words in axis.ticks():
        x = axis.x(day)
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{bottom:.0f}"/>')
        if x < axis.right - 12:
            anchor = "start" if x < axis.left + 14 else "middle"
            out.append(f'<text x="{x:.1f}" y="{bottom + 15:.0f}" class="tick" text-anchor="{anchor}">{words}</text>')
    if on is not None and axis.first <= on <= axis.last:
        x = axis.x(on)
        out.append(f'<line class="on" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{bottom:.0f}"/>')
    return "".join([*out, "</g>"])
