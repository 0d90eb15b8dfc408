"""The canvas of a strip: its view, and the SVG being built."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from markupsafe import escape

from comity.analysis.axis import Axis
from comity.analysis.chronicle import Choice
from comity.settings import DEFAULTS

_TOUCHED = 800
_TARGET = 24
_HEAD = 20.0
_LINE = 14.0
_LETTER, _BOLD = 5.4, 7.6
OCCURRED = Choice(statuses=("occurred",))
"""The statuses of what has taken place, of any kind."""
Link = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The view of a strip: its width in pixels, the selection, and the links of a fact's mark and of a zoom.

    `net_events` is the number of events that a month needs for the line of their mean.
    """

    width: float = 1100
    choice: Choice = OCCURRED
    link: Link = lambda _: None
    zoom: Callable[[date, date], str | None] = lambda _first, _last: None
    most_bars: int = 12
    net_events: int = DEFAULTS.net_events

    @property
    def touched(self) -> bool:
        """Whether it is as narrow as a touch screen: marks are then as large as a finger needs."""
        return self.width < _TOUCHED

    @property
    def most_marks(self) -> int:
        """The number of marks of a lane that can be distinguished at this width."""
        return max(40, min(200, int(self.width * 0.19)))


@dataclass(slots=True)
class Canvas:
    """The SVG being built: the pieces so far, the axis, and the current height."""

    axis: Axis
    view: View
    parts: list[str]
    y: float = 0.0

    def add(self, piece: str) -> None:
        """Adds a piece to the canvas."""
        self.parts.append(piece)

    def text(self, x: float, y: float, words: str, kind: str, anchor: str = "start") -> None:
        """Adds text at a position."""
        self.add(f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>')

    def head(self, words: str, note: str = "") -> None:
        """The name of a lane, with a note beside it, or under it if there is no room."""
        left, room = self.axis.left, self.axis.right - self.axis.left
        self.text(left, self.y + 12, words, "lane-name")
        beside = len(words) * _BOLD + 12
        if note and beside + len(note) * _LETTER <= room:
            self.text(left + beside, self.y + 12, note, "lane-note")
        elif note:
            for line in wrap(note, max(12, int(room / _LETTER))):
                self.y += _LINE
                self.text(left, self.y + 12, line, "lane-note")
        self.y += _HEAD

    def hit(self, x: float, y: float) -> str:
        """An invisible area that makes a mark large enough for a finger; none on wide screens, with closer marks."""
        return f'<circle class="hit" cx="{x:.1f}" cy="{y:.1f}" r="{_TARGET / 2:g}"/>' if self.view.touched else ""

    def mark(self, fact: str, shape: str, label: str, kind: str = "m") -> None:
        """A shape that links to a fact; its label is read aloud and shown on hover."""
        self.linked(self.view.link(fact), shape, label, kind, f' data-fact="{escape(fact)}"')

    def linked(self, target: str | None, shape: str, label: str, kind: str, more: str = "") -> None:
        """A shape with a link, or a plain one without."""
        words = escape(label)
        if target is None:
            self.add(f'<g class="{kind}"><title>{words}</title>{shape}</g>')
        else:
            self.add(f'<a class="{kind}" href="{escape(target)}"{more} tabindex="-1"><title>{words}</title>{shape}</a>')

    def cut(self, words: str, width: float, size: float = 6.0) -> str:
        """Text cut to a width, by the average width of letters."""
        most = int(width / size)
        return words if len(words) <= most else words[: max(1, most - 1)].rstrip() + "…" if most > 3 else ""
