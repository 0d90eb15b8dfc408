"""The dossier as a data structure, and as text, Markdown, JSON and a self-contained HTML page."""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from comity.analysis.canvas import View
from comity.analysis.drawing import Drawing, sheet, svg
from comity.analysis.line import Line
from comity.analysis.strip import Strip
from comity.knowledge.state_names import name
from comity.ledger.provenance import Provenance
from comity.records.lines import plain

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its lines; `left_out` is the number of further ones in the ledger, `where` their table."""

    heading: str
    lines: tuple[Line, ...]
    left_out: int = 0
    where: str = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The events of a year: the numbers of cooperation and of conflict (PLOVER's quads 1, 2 and 3, 4)."""

    year: str
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A piece of the summary; `about` is the heading of what it counts, null if there is none."""

    text: str
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything that a ledger says about two states: `on` is the day in the world, `known` that of the reports.

    `words` are the summary in pieces; `strip` has every fact in time; `provenance` is that of all facts together, with
    publications of the two states' governments counted separately.
    """

    a: str
    b: str
    on: str
    known: str | None
    summary: str
    sections: tuple[Section, ...]
    years: tuple[Year, ...]
    counts: Mapping[str, int]
    words: tuple[Words, ...]
    strip: Strip
    provenance: Provenance
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """The two states and their summary, in one line."""
        return f"<dossier {self.a} {self.b}: {self.summary}>"

    def plot(self, *, width: float = 960) -> str:
        """The strip chart as SVG: events, agreements, visits and the pull of rivals on one axis of time.

        A notebook displays it, at most as wide as the notebook.
        """
        return Drawing(svg(self.strip, View(width=width), alone=True))

    def _repr_html_(self) -> str:
        return as_fragment(self)


def as_json(found: Dossier) -> str:
    """The dossier as one JSON object with all its sources."""
    return json.dumps(as_plain(found), ensure_ascii=False, indent=1) + "\n"


def as_plain(found: Dossier) -> dict[str, Any]:
    """The dossier as JSON values, each line with the fields of its fact; each section says how many it leaves out.

    The strip is left out because its facts are those of the chronicle.
    """
    left_out = {"strip", "counts"}
    plain_fields = {f.name: plain(getattr(found, f.name)) for f in fields(found) if f.name not in left_out}
    for section in plain_fields["sections"]:
        # so that a program need not count
        section["total"] = len(section["lines"]) + section["left_out"]
    return {**plain_fields, "counts": dict(found.counts)}


def as_text(found: Dossier) -> str:
    """The dossier for a terminal, each line with its first source below."""
    out = [_title(found), "", found.summary]
    if found.years:
        out += ["", "Events by year (cooperation, conflict)"]
        out += [f"  {y.year}  {y.cooperation:>4} {y.conflict:>4}" for y in found.years]
    for section in found.sections:
        out += ["", f"{section.heading} ({len(section.lines) + section.left_out})"]
        for line in section.lines:
            out += [f"  {line.text}{_marks(line)}", *(f"    differ: {d}" for d in line.differing)]
            out += [f"    data: {c}" for c in line.checked]
            out.append(f"    {_source(line)}  [{line.fact}]")
        if section.left_out:
            out.append(f"  … and {_more(section)}")
    out += ["", *(f"Note: {n}." for n in found.notes)] if found.notes else []
    return "\n".join(out) + "\n"


def _more(section: Section) -> str:
    count = f"{section.left_out} more"
    return f"{count} (comity sql, table observation)" if section.where == "observation" else count


def as_markdown(found: Dossier) -> str:
    """The dossier as Markdown."""
    out = [f"# {_title(found)}", "", found.summary]
    if found.years:
        out += ["", "## Events by year", "", "| year | cooperation | conflict |", "| --- | ---: | ---: |"]
        out += [f"| {y.year} | {y.cooperation} | {y.conflict} |" for y in found.years]
    for section in found.sections:
        out += ["", f"## {section.heading}", ""]
        for line in section.lines:
            out.append(f"- {_escaped(line.text + _marks(line))}")
            out += [f"  - differ: {_escaped(d)}" for d in line.differing]
            out += [f"  - data: {_escaped(c)}" for c in line.checked]
            out.append(f"  - {_escaped(_source(line))} `{line.fact}`")
        if section.left_out:
            out.append(f"- … and {_more(section)}")
    out += ["", *(f"*{n}.*" for n in found.notes)] if found.notes else []
    return "\n".join(out) + "\n"


def as_html(found: Dossier) -> str:
    """The dossier as one HTML file that needs nothing else and runs nothing; every text in it is escaped."""
    style = _styles()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template("dossier.html").render(
        **_content(found),
        title=_title(found),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'",
    )


def as_fragment(found: Dossier) -> str:
    """The same without the page around it, for a notebook."""
    return _template("fragment.html").render(**_content(found), title=_title(found), style=_styles())


def slug(heading: str) -> str:
    """A heading as the id of an anchor on a page.

    >>> slug("Visits of Côte d'Ivoire to Mali")
    'visits-of-cote-d-ivoire-to-mali'
    """
    plain_letters = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain_letters.casefold()).strip("-")


def _content(found: Dossier) -> dict[str, Any]:
    shown = {line.fact for s in found.sections for line in s.lines}
    view = View(width=1100, link=lambda fact: f"#{fact}" if fact in shown else None)
    return {
        "d": found,
        # our own drawing, every word in it escaped
        "strip": Markup(svg(found.strip, view)),  # noqa: S704
        "slug": slug,
        "fact_link": None,
    }


@cache
def _styles() -> Markup:
    folder = files("comity.analysis") / "templates"
    # our own style sheets, nothing of a report
    return Markup((folder / "comity.css").read_text(encoding="utf-8") + sheet())  # noqa: S704


def _title(found: Dossier) -> str:
    known = f", as known on {found.known}" if found.known else ""
    return f"{name(found.a)} and {name(found.b)} on {found.on}{known}"


def _marks(line: Line) -> str:
    return f" [{'; '.join(line.marks)}]" if line.marks else ""


def _source(line: Line) -> str:
    if not line.sources:
        return ""
    first = line.sources[0]
    if not first.quote:
        return first.name
    quote = " ".join(first.quote.split())
    quote = quote if len(quote) <= 200 else quote[:199] + "…"
    count = f"; {line.reported_by}" if line.reported_by else ""
    return f"“{quote}” ({first.name}{count})"


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)


@cache
def _template(which: str) -> "Template":
    from jinja2 import Environment, PackageLoader

    return Environment(loader=PackageLoader("comity.analysis"), autoescape=True, trim_blocks=True).get_template(which)
