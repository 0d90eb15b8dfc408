"""What a strip is drawn on: a view of it, and the SVG in the making."""

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
"""What has happened, of any kind."""
Link = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a strip is looked at: its width in pixels, what is chosen, and where a fact's mark and a zoom lead to.

    `net_events` is how many events a month needs for the line of their mean.
    """

    width: float = 1100
    choice: Choice = OCCURRED
    link: Link = lambda _: None
    zoom: Callable[[date, date], str | None] = lambda _first, _last: None
    most_bars: int = 12
    net_events: int = DEFAULTS.net_events

    @property
    def touched(self) -> bool:
        """Whether it is as narrow as the screens that are touched: marks are then as large as a finger needs."""
        return self.width < _TOUCHED

    @property
    def most_marks(self) -> int:
        """How many marks of a lane can be distinguished at this width."""
        return max(40, min(200, int(self.width * 0.19)))


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

    def head(self, words: str, note: str = "") -> None:
        """The name of a lane, with what is reported of it beside it, or under it where there is no room."""
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
        """What makes a mark as large as a finger needs, unseen; nothing on wide screens, where marks lie closer."""
        return f'<circle class="hit" cx="{x:.1f}" cy="{y:.1f}" r="{_TARGET / 2:g}"/>' if self.view.touched else ""

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
