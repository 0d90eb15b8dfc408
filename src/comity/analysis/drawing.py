"""A strip drawn as SVG: four lanes on one axis, each mark a link to its evidence.

The marks carry classes, no styles: the sheet that colours them is `strip.css`. Nothing of a report reaches the drawing
unescaped.
"""

from datetime import date
from functools import cache
from importlib.resources import files

from markupsafe import escape

from comity.analysis import lanes
from comity.analysis.axis import Axis
from comity.analysis.canvas import Canvas, View
from comity.analysis.strip import Strip

_SIDE = 12.0
_RIGHT = 30.0
AXIS_HEIGHT = 22.0
GAP = 12.0


def svg(strip: Strip, view: View | None = None, *, alone: bool = False) -> str:
    """The strip as one SVG element; `alone` puts its style sheet inside, for a file or a notebook."""
    view = view or View()
    first, last = view.choice.first or strip.first, view.choice.last or strip.last
    if last <= first:
        first, last = strip.first, strip.last
    canvas = Canvas(Axis(first, last, _SIDE, view.width - _RIGHT), view, [])
    for lane in (lanes.events, lanes.agreements, lanes.visits, lanes.pull):
        canvas.add(f'<g class="lane" data-lane="{lane.__name__}" role="group" aria-label="{lane.__name__}">')
        before = canvas.y
        lane(canvas, strip)
        canvas.add("</g>")
        canvas.y += GAP if canvas.y > before else 0.0
    names = f"{strip.a} and {strip.b} from {first} to {last}: events, agreements, visits and pull on one axis of time"
    return framed(canvas, names, on=strip.on, alone=alone)


def framed(canvas: Canvas, label: str, *, on: date | None = None, alone: bool = False) -> str:
    """A canvas as one SVG element with its grid of days."""
    axis, width = canvas.axis, canvas.view.width
    grid = _grid(canvas, on)
    height = canvas.y + AXIS_HEIGHT
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
    """The lines of the named days through all lanes, and the line of the day that is asked about."""
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
