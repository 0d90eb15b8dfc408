"""The brief of two states: what a reader needs before a meeting, on one printed page."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from comity.analysis.calendar import HEADINGS
from comity.analysis.canvas import View
from comity.analysis.drawing import svg
from comity.analysis.line import Line
from comity.analysis.page import Dossier
from comity.knowledge.state_names import name
from comity.ledger.table import Table

if TYPE_CHECKING:
    from jinja2 import Environment

# together at most 21 points of at most three printed lines each: what fits under the strip on A4 and on US Letter
_SHOWN = (("In force", 4), ("Pending", 2), ("Latest events", 5), ("Figures", 2), ("Who else pulls", 2))
_VISITS = 3
_COMING = 3
_CHARACTERS = 130
_STRIP_WIDTH = 900.0
_BARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One line of a brief: what is reported, its report, and the fact's id."""

    text: str
    source: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with its few points; `more` is the number of others in the ledger."""

    heading: str
    points: tuple[Point, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The brief of two states on a day; `source` names the ledger, its content, and where to query it."""

    a: str
    b: str
    on: str
    known: str | None
    summary: str
    strip: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    source: str

    @property
    def title(self) -> str:
        """Its heading."""
        known = f", as known on {self.known}" if self.known else ""
        return f"{name(self.a)} and {name(self.b)} on {self.on}{known}"


def brief(found: Dossier, coming: Table, source: str) -> Brief:
    """The brief of a dossier, with upcoming dates; long texts are cut, and each heading says how much it leaves out."""
    by_heading = {s.heading: s for s in found.sections}
    parts = []
    for heading, most in _SHOWN:
        if heading in by_heading:
            section = by_heading[heading]
            parts.append(_part(heading, section.lines, most, section.left_out))
    visits = [s for h, s in by_heading.items() if h.startswith("Visits of ")]
    if visits:
        # the latest ones of each side, so that neither is left out
        lines = [line for at in range(_VISITS) for s in visits for line in s.lines[at : at + 1]]
        every = sum(len(s.lines) + s.left_out for s in visits)
        parts.append(_part("Visits", lines, _VISITS, every - len(lines)))
    if len(coming):
        points = tuple(_coming(r) for r in list(coming)[:_COMING])
        parts.insert(0, Part(heading="Coming up", points=points, more=len(coming) - len(points)))
    view = View(width=_STRIP_WIDTH, most_bars=_BARS)
    return Brief(
        a=found.a,
        b=found.b,
        on=found.on,
        known=found.known,
        summary=found.summary,
        strip=svg(found.strip, view),
        parts=tuple(parts),
        notes=found.notes[:2],
        source=source,
    )


def as_html(document: Brief) -> str:
    """The brief as one HTML file that needs nothing else, runs nothing and prints on one page."""
    style = styles() + "@page{margin:12mm}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    return _templates().get_template("brief_file.html").render(**content(document), style=Markup(style), policy=policy)  # noqa: S704 - our own sheets


def content(document: Brief, link: Callable[[str], str] | None = None) -> dict[str, object]:
    """The context of a brief's templates; `link` leads from a fact to its page."""
    # our own drawing, every word in it escaped
    return {"brief": document, "strip": Markup(document.strip), "fact_link": link}  # noqa: S704


def _part(heading: str, lines: Sequence[Line], most: int, left_out: int) -> Part:
    shown = tuple(
        Point(text=_cut(line.text), source=_cut(line.sources[0].name) if line.sources else "", fact=line.fact)
        for line in lines[:most]
    )
    return Part(heading=heading, points=shown, more=len(lines) - len(shown) + left_out)


def _coming(row: Mapping[str, Any]) -> Point:
    days, what = _days(row["first"], row["last"]), HEADINGS[row["kind"]].lower()
    return Point(text=_cut(f"{days}: {what}, {row['title']}"), source=_cut(row["source"] or ""), fact=row["id"])


def _days(first: str | None, last: str | None) -> str:
    if first == last or last is None or first is None:
        return first or last or ""
    return f"{first} to {last}"


def _cut(text: str) -> str:
    """A text of one or two printed lines.

    >>> _cut("word " * 40).endswith("word…")
    True
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= _CHARACTERS else flat[:_CHARACTERS].rsplit(" ", 1)[0] + "…"


@cache
def styles() -> str:
    """The style sheets of a brief, one after the other."""
    folder = files("comity.analysis") / "templates"
    return "".join((folder / n).read_text(encoding="utf-8") for n in ("comity.css", "strip.css", "brief.css"))


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader

    return Environment(loader=PackageLoader("comity.analysis"), autoescape=True, trim_blocks=True)
