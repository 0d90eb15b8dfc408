"""Exports of the site: calendars, feeds, references, workbooks, and the printed brief."""

from datetime import date
from typing import Any

from comity.analysis import brief as briefs
from comity.analysis.calendar import HEADINGS, as_ics, coming
from comity.analysis.citation import Citation, as_bibtex, as_ris, of_fact, of_reports, version_of
from comity.analysis.export import source_line
from comity.analysis.feed import atom
from comity.analysis.workbook import workbook
from comity.errors import FactError, InputError
from comity.knowledge.state_names import name
from comity.ledger.ledger import code_of
from comity.ledger.period import asked_period
from comity.ledger.table import Table
from comity.site.answer import Ask, Page, as_about, shown
from comity.site.parameters import today
from comity.site.states import known_code

BRIEF = ("heading", "text", "source", "fact")
"""The columns of a brief as a table."""


def version(ask: Ask) -> str:
    """The program and the ledger's content, as in a citation."""
    return version_of(ask.ledger, ask.snapshot.fingerprint(ask.ledger))


def pair(ask: Ask) -> tuple[str, str]:
    """The two states of an address. Raises `InputError` if they are the same."""
    a, b = known_code(ask.path["a"]), known_code(ask.path["b"])
    if a == b:
        raise InputError(f"{name(a)} and {name(b)} are the same; choose two different states")
    return a, b


def calendar_page(ask: Ask) -> Page:
    """Terms that end, last days for notice and planned visits, the earliest first."""
    states = tuple(dict.fromkeys(code_of(s) for s in ask.values["state"]))
    on = ask.values["on"] or today()
    title = "Coming up" + (f" for {' and '.join(map(name, states))}" if states else "") + f" from {on} on"
    about = "Terms of agreements that end, last days for notice, and planned visits."

    def rest() -> Page:
        found = _coming(ask, states)
        listed = shown(found, ask)
        return Page(
            title=title,
            about=about,
            template="calendar.html",
            context={"list": listed, "notes": found.notes, "states": states, "on": on, "headings": HEADINGS},
            data={"on": on, "coming": listed, "notes": found.notes},
            rows=found,
        )

    return Page(title=title, about=about, template="calendar.html", rest=rest)


def calendar(ask: Ask) -> str:
    """What is coming up as an iCalendar file: for the two states of the address, or for those of the query."""
    states = pair(ask) if "a" in ask.path else tuple(dict.fromkeys(code_of(s) for s in ask.values["state"]))
    title = f"Comity: {' and '.join(map(name, states)) or 'all states'}"
    on = ask.values["on"] or today()
    return as_ics(_coming(ask, states), title=title, on=on, version=version(ask), base=ask.origin)


def feed(ask: Ask) -> str:
    """The facts of the address's states as an Atom feed."""
    states = pair(ask) if "a" in ask.path else (known_code(ask.path["code"]),)
    return atom(
        ask.ledger,
        *states,
        title=f"Comity: {' and '.join(map(name, states))}",
        on=ask.values.get("on") or today(),
        version=version(ask),
        known=ask.values.get("known"),
        base=ask.origin,
        here=f"{ask.origin}{ask.as_form('atom')}",
        page=f"{ask.origin}{ask.here()}",
    )


def ris(ask: Ask) -> str:
    """The references of the address as RIS."""
    return as_ris(_citations(ask))


def bibtex(ask: Ask) -> str:
    """The references of the address as BibTeX."""
    return as_bibtex(_citations(ask))


def _citations(ask: Ask) -> list[Citation]:
    """The reports of two states; one report; or one fact, with its status on the requested day, and its reports."""
    day, known, release = today(), ask.values.get("known"), version(ask)
    on = ask.values.get("on") or day
    if "a" in ask.path:
        facts = ask.ledger.facts(*pair(ask), known=known)
        found = of_reports(ask.ledger, (d for f in facts for d in f.documents), day=day, version=release)
        return sorted(found, key=lambda c: (c.published or "", c.key))
    key = ask.path["key"]
    if ask.address.startswith("/document/"):
        found = of_reports(ask.ledger, [key], day=day, version=release)
        if not found:
            raise FactError(f"{ask.ledger_name}: contains no document {key!r}")
        return found
    fact, living, _ = ask.snapshot.fact_detail(ask.ledger, key, on, known)
    reference = of_fact(ask.ledger, fact, living, on=on, day=day, version=release, base=ask.origin)
    return [reference, *of_reports(ask.ledger, fact.documents, day=day, version=release)]


def _coming(ask: Ask, states: tuple[str, ...]) -> Table:
    on, known = ask.values["on"] or today(), ask.values["known"]
    within = ask.values.get("within") or ask.settings.calendar_ahead
    if not states:
        _refuse_many(ask)
    return ask.snapshot.once(
        ("coming", states, on, known, within),
        lambda: coming(ask.ledger, *states, on=on, within=asked_period(within), known=known),
    )


def _refuse_many(ask: Ask) -> None:
    """Raises `InputError` if the agreements of all states are too many to compute at once."""
    query = "SELECT count(*) FROM statement WHERE kind = 'agreement'"
    found: int = ask.snapshot.once("agreement statements", lambda: int(ask.ledger.rows(query, [])[0][0]))
    if found > ask.settings.serve_listed:
        raise InputError(
            f"{found:,} statements on agreements are too many to list at once; name a state: ?state=Mongolia"
        )


def brief_page(ask: Ask) -> Page:
    """What a reader needs on two states before a meeting, on one printed page."""
    a, b = pair(ask)
    on, known = ask.values["on"] or today(), ask.values["known"]
    title = f"Brief: {name(a)} and {name(b)} on {on}" + (f", as known on {known}" if known else "")
    about = (
        "Two states on one printed page: what is coming up, what is in force, the latest events, each with its source."
    )

    def rest() -> Page:
        found = ask.snapshot.dossier(ask.ledger, a, b, on, known)
        brief = briefs.brief(found, _coming(ask, (a, b)), source_line(found, version(ask), ask.origin))
        rows = tuple((p.heading, x.text, x.source, x.fact) for p in brief.parts for x in p.points)
        return Page(
            title=title,
            about=about,
            template="brief_page.html",
            context=briefs.content(brief, lambda fact: f"/fact/{fact}{ask.dated()}") | {"a": a, "b": b},
            data={"on": on, "known": known, "summary": brief.summary, "points": list(Table(BRIEF, rows))},
            rows=Table(BRIEF, rows),
        )

    return Page(title=title, about=about, template="brief_page.html", rest=rest)


def as_xlsx(page: Page, ask: Ask) -> bytes:
    """The rows of an answer as a workbook, with a sheet for the request and the citation."""
    about: dict[str, Any] = as_about(page, ask)
    ledger = about.pop("ledger")
    flat = {**about, **{f"ledger {k}": v for k, v in ledger.items()}}
    flat.pop("forms", None)
    rows = Table(page.rows.columns, tuple(tuple(_cell(v) for v in r) for r in page.rows.rows))
    return workbook({"rows": rows}, flat)


def _cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
