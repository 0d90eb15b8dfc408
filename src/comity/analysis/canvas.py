"""What a strip is drawn on: a view of it, and the SVG in the making."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from markupsafe import escape

from comity.analysis.axis import Axis
from comity.analysis.chronicle import Choice

OCCURRED = Choice(statuses=("occurred",))
"""What has happened, of any kind."""
Link = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a strip is looked at: its width in pixels, what is chosen, and where a fact's mark and a zoom lead to."""

    width: float = 1100
    choice: Choice = OCCURRED
    link: Link = lambda _: None
    zoom: Callable[[date, date], str | None] = lambda _first, _last: None
    most_bars: int = 12


@dataclass(slots=True)
class Canvas:
    """SVG in the making: the pieces so far, the axis, and how far down it has come."""

    axis: Axis
    view: View
    parts: list[str]
    y: float = 0.0

    def add(self, piece: str) -> None:
        """Puts a piece on the canvas."""
        self.parts.append(piece)

    def text(self, x: float, y: float, words: str, kind: str, anchor: str = "start") -> None:
        """Words at a place."""
        self.add(f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>')

    def mark(self, fact: str, shape: str, label: str, kind: str = "m") -> None:
        """A shape that leads to a fact; its label is read aloud and shown on pointing."""
        self.linked(self.view.link(fact), shape, label, kind, f' data-fact="{escape(fact)}"')

    def linked(self, target: str | None, shape: str, label: str, kind: str, more: str = "") -> None:
        """A shape that leads somewhere, or a plain one where it leads nowhere."""
        words = escape(label)
        if target is None:
            self.add(f'<g class="{kind}"><title>{words}</title>{shape}</g>')
        else:
            self.add(f'<a class="{kind}" href="{escape(target)}"{more} tabindex="-1"><title>{words}</title>{shape}</a>')

    def cut(self, words: str, width: float, size: float = 6.0) -> str:
        """Words cut to a width, as wide as letters usually are."""
        most = int(width / size)
        return words if len(words) <= most else words[: max(1, most - 1)].rstrip() + "…" if most > 3 else ""
