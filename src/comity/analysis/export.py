"""Exports of a ledger to other programs: a calendar, a feed, references, a workbook, a brief, a drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from comity.analysis import brief as briefs
from comity.analysis.calendar import as_ics, coming
from comity.analysis.canvas import View
from comity.analysis.chronicle import table
from comity.analysis.citation import (
    Citation,
    as_bibtex,
    as_ris,
    document_key,
    of_fact,
    of_reports,
    version_of,
)
from comity.analysis.dossier import dossier
from comity.analysis.drawing import svg
from comity.analysis.fact_detail import life
from comity.analysis.feed import atom
from comity.analysis.listing import agreements
from comity.analysis.page import Dossier
from comity.analysis.tables import question
from comity.analysis.workbook import workbook
from comity.errors import FactError, InputError
from comity.knowledge.state_names import name
from comity.knowledge.states import continuing
from comity.knowledge.typed import code_named, unknown
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.period import asked_period
from comity.ledger.table import Table

Form = Literal["ics", "atom", "ris", "bibtex", "xlsx", "csv", "brief", "svg"]
FORMS: tuple[Form, ...] = get_args(Form)
"""The export formats of a ledger besides its own JSON Lines."""
_PAIR = 2
_EMBEDDED_WIDTH = 960.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The subject of an export: all of some states, a fact or report by its id, or otherwise the whole ledger."""

    states: tuple[str, ...] = ()
    key: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """The two states. Raises `InputError` if the subject is anything else."""
        if len(self.states) != _PAIR or self.states[0] == self.states[1]:
            raise InputError("this form is of two states; name them, such as RUS MNG")
        return self.states[0], self.states[1]

    @property
    def title(self) -> str:
        """The subject in words."""
        return " and ".join(map(name, self.states)) or self.key or "All states"


def subject(about: Sequence[str]) -> Subject:
    """The subject of some words: states by any of their names, or one id of a fact or a report.

    >>> subject(["Russia", "mongolia"]).states, subject(["fact:visit:408a29eaf6480cc0"]).key
    (('RUS', 'MNG'), 'fact:visit:408a29eaf6480cc0')
    """
    if len(about) == 1 and code_named(about[0]) is None:
        return Subject(key=about[0])
    return Subject(states=tuple(continuing(code_of(s)) for s in about))


def export(
    ledger: Ledger,
    form: str,
    about: Sequence[str] = (),
    *,
    on: date,
    day: date,
    known: date | None = None,
    within: str | None = None,
    base: str | None = None,
) -> str | bytes:
    """What is reported about states, or a fact or report, in one of the `FORMS`; bytes for a workbook, otherwise text.

    `within` is how far ahead a calendar looks (by default the setting `calendar_ahead`), `base` the address of a server
    that shows the ledger, for links, and `day` the day of access, for citations. Raises `InputError` for an unknown
    format, or one that does not exist for the subject.
    """
    if form not in FORMS:
        raise InputError(f"{form!r} is none of the forms {', '.join(FORMS)}")
    what = subject(about)
    version = version_of(ledger)
    if form in {"ris", "bibtex"}:
        found = citations(ledger, what, on=on, day=day, known=known, version=version, base=base)
        return as_ris(found) if form == "ris" else as_bibtex(found)
    if what.key is not None:
        raise InputError(f"{what.key!r} is no state, and a fact or a report is given as ris or bibtex, not as {form}")
    if form == "ics":
        ahead = asked_period(within or ledger.settings.calendar_ahead)
        entries = coming(ledger, *what.states, on=on, within=ahead, known=known)
        return as_ics(entries, title=f"Comity: {what.title}", on=on, version=version, base=base)
    if form == "atom":
        return atom(ledger, *what.states, title=f"Comity: {what.title}", on=on, version=version, known=known, base=base)
    if form == "xlsx":
        properties = {"title": what.title, "on": on, "known": known, "source": version, "address": base}
        return workbook(sheets(ledger, what, on=on, known=known), properties)
    a, b = what.pair
    relation = dossier(ledger, a, b, on=on, known=known)
    if form == "csv":
        return table(relation.strip.items).csv()
    line = source_line(relation, version, base)
    if form == "svg":
        return embeddable(relation, line)
    ahead = asked_period(within or ledger.settings.calendar_ahead)
    up = coming(ledger, a, b, on=on, within=ahead, known=known)
    return briefs.as_html(briefs.brief(relation, up, line))


def citations(
    ledger: Ledger,
    what: Subject,
    *,
    on: date,
    day: date,
    version: str,
    known: date | None = None,
    base: str | None = None,
) -> list[Citation]:
    """A fact with its reports, one report, or the reports that mention states (all reports if none are named)."""
    key = what.key
    if key is None:
        keys: Iterable[str]
        if what.states:
            keys = (d for f in ledger.facts(*what.states, known=known) for d in f.documents)
        else:
            limit, days = ("WHERE known <= ?", [known]) if known else ("", [])
            keys = [k for (k,) in ledger.rows(f"SELECT key FROM document {limit}", days)]  # noqa: S608 - our own words
        found = of_reports(ledger, keys, day=day, version=version)
        return sorted(found, key=lambda c: (c.published or "", c.key))
    try:
        fact = ledger.fact(key, known=known)
    except FactError:
        pass
    else:
        citation = of_fact(ledger, fact, life(ledger, fact, on, known), on=on, day=day, version=version, base=base)
        return [citation, *of_reports(ledger, fact.documents, day=day, version=version)]
    try:
        return of_reports(ledger, [document_key(ledger, key)], day=day, version=version)
    except FactError as error:
        hint = "" if ":" in key or "/" in key else f"; as a state: {unknown(key)}"
        raise FactError(f"{error}{hint}") from None


def sheets(ledger: Ledger, what: Subject, *, on: date, known: date | None = None) -> dict[str, Table]:
    """The tables of a workbook: events, visits, figures, agreements, upcoming dates, reports; a dyad's chronicle."""
    out: dict[str, Table] = {}
    if len(what.states) == _PAIR:
        out["chronicle"] = table(dossier(ledger, *what.pair, on=on, known=known).strip.items)
    day = known.isoformat() if known else None
    for kind, asked in (("events", question.events), ("visits", question.visits), ("figures", question.figures)):
        out[kind] = asked(ledger, *what.states, known=day)
    out["agreements"] = agreements(ledger, *what.states, on=on, known=known)
    ahead = asked_period(ledger.settings.calendar_ahead)
    out["coming up"] = coming(ledger, *what.states, on=on, within=ahead, known=known)
    found = citations(ledger, what, on=on, day=on, known=known, version="")
    rows = ((c.key, c.published, c.title, c.outlet, c.address) for c in found)
    out["reports"] = Table(("document", "published", "title", "outlet", "url"), tuple(rows))
    return out


def source_line(found: Dossier, version: str, base: str | None = None) -> str:
    """The origin of a drawing or a brief: program, ledger and content, day, address."""
    known = f"&known={found.known}" if found.known else ""
    page = f"{(base or '').rstrip('/')}/dyad/{found.a}/{found.b}?on={found.on}{known}"
    return f"Source: {version}, {found.on}" + (f", {page}" if base else f", {found.a} {found.b}")


def embeddable(found: Dossier, line: str, view: View | None = None) -> str:
    """The strip as a separate SVG file, with the line below it with its origin."""
    return svg(found.strip, view or View(width=_EMBEDDED_WIDTH), alone=True, source=line)
