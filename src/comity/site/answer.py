"""One answer in every format: a page, JSON, CSV, and the metadata for a citation."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from comity import __version__
from comity.analysis.open_ledger import OpenLedger
from comity.errors import ComityError
from comity.knowledge import plover
from comity.knowledge.columns import meanings
from comity.knowledge.plain_words import event_phrase, event_said, meaning, phrase
from comity.knowledge.state_names import name
from comity.knowledge.states import rows, states
from comity.ledger.table import Table
from comity.pages.facts import period_words
from comity.settings import Settings
from comity.site.parameters import today
from comity.site.snapshot import Snapshot

FORMS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "metadata.json": "application/json",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml",
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
}
"""The formats of an answer by the extension of its address, with their media types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request: the parameters of the address, and the ledger to query, for one thread."""

    snapshot: Snapshot
    ledger: OpenLedger
    ledger_name: str
    settings: Settings
    address: str
    path: Mapping[str, str]
    values: Mapping[str, Any]
    query: tuple[tuple[str, str], ...] = ()
    form: str = "html"
    part: str = ""
    may_judge: bool = False
    origin: str = ""
    forms: tuple[str, ...] = ()

    def here(self, **changed: Any) -> str:
        """This address with some parameters changed; null removes one."""
        kept = [(k, v) for k, v in self.query if k not in changed and k != "part"]
        kept += [(k, str(v)) for k, v in changed.items() if v is not None]
        return self.address + ("?" + urlencode(kept) if kept else "")

    def asks(self, name: str) -> bool:
        """Whether the address sets a parameter that is either set or not."""
        return any(k == name and v not in {"", "0"} for k, v in self.query)

    def dated(self) -> str:
        """The requested dates as the query of an address; empty if none is given."""
        kept = [(k, v) for k, v in self.query if k in {"on", "known"} and v]
        return "?" + urlencode(kept) if kept else ""

    def as_form(self, form: str) -> str:
        """This address in another format."""
        head = "/index" if self.address == "/" else self.address
        kept = [(k, v) for k, v in self.query if k not in {"part", "page", "fact", "width"}]
        return f"{head}.{form}" + ("?" + urlencode(kept) if kept else "")


NOTHING = Table((), ())
"""An answer without rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address answers: `context` is for the template, `data` for JSON, `rows` for CSV, `svg` for a drawing.

    `rest` computes the complete page if that takes time: its head is sent in the meantime.
    """

    title: str
    about: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    rows: Table = NOTHING
    svg: str | None = None
    rest: "Callable[[], Page] | None" = None

    def whole(self) -> "Page":
        """The page with everything that was deferred."""
        return self if self.rest is None else self.rest()


@cache
def templates() -> Environment:
    """The templates of the site and of the dossier; all their output is escaped."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("comity.site"), PackageLoader("comity.analysis")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["state"] = name
    environment.filters["thousands"] = lambda n: f"{n:,}"
    environment.filters["plain"] = lambda code, field, of="": phrase(field, code, of) or ""
    environment.filters["event_plain"] = lambda event, mode=None: event_phrase(event, mode) or ""
    environment.filters["event_said"] = event_said
    environment.filters["period"] = period_words
    environment.filters["days"] = _days_unbroken
    environment.filters["amount"] = amount
    environment.filters["meaning"] = meaning
    environment.filters["capitalised"] = lambda text: text[:1].upper() + text[1:]
    environment.globals["state_names"] = state_names
    environment.globals["plover_types"] = lambda: tuple(plover.events())
    return environment


def days_words(edtf: str) -> str:
    """A date as readable text: an interval open towards the past is "by" its last day.

    >>> days_words("../2015-07-10"), days_words("1995-01-01/2004-06-15"), days_words("2019")
    ('by 2015-07-10', '1995-01-01 to 2004-06-15', '2019')
    """
    first, mark, last = edtf.partition("/")
    if not mark:
        return edtf
    return f"by {last}" if first == ".." else f"from {first} on" if last == ".." else f"{first} to {last}"


def _days_unbroken(edtf: str) -> Markup:
    """The same for a page, without line breaks within a date."""
    words = (f'<span class="date">{escape(w)}</span>' if "-" in w else escape(w) for w in days_words(edtf).split(" "))
    return Markup(" ").join(Markup(w) for w in words)  # noqa: S704 - each word is escaped


def amount(value: float) -> str:
    """A number as readable text, never in scientific notation.

    >>> amount(1.1e10), amount(2.5), amount(1390.0)
    ('11,000,000,000', '2.5', '1,390')
    """
    whole = f"{value:,.6f}"
    return whole.rstrip("0").rstrip(".")


@cache
def state_names() -> tuple[str, ...]:
    """The names offered for selection: states and organisations, former ones included."""
    return (*sorted(s.name for s in states().values()), *sorted(r["acronym"] for r in rows("organisations.csv")))


def as_html(page: Page, ask: Ask) -> Iterator[str]:
    """The page in three pieces: its head is sent while its body is computed."""
    if ask.part:
        whole = page.whole()
        yield _rendered(whole.template, whole, ask)
        return
    yield _rendered("head.html", page, ask)
    try:
        whole = page.whole()
        yield _rendered(whole.template, whole, ask)
    except ComityError as error:
        # the head has been sent with status 200: the error is shown in place of the body
        whole = page
        yield _rendered("trouble.html", page, ask, detail=str(error))
    yield _rendered("foot.html", whole, ask, cite=citation(whole, ask))


def _rendered(template: str, page: Page, ask: Ask, **more: Any) -> str:
    return templates().get_template(template).render(page=page, ask=ask, version=__version__, **page.context, **more)


def as_json(page: Page, ask: Ask) -> str:
    """The answer as one JSON object, with the request and the citation."""
    body = {"title": page.title, "citation": citation(page, ask), **page.data}
    return json.dumps(body, ensure_ascii=False, indent=1, default=str) + "\n"


def as_csv(page: Page) -> str:
    """The rows as CSV. An apostrophe turns a cell that a spreadsheet would run as a formula into text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(page.rows.columns)
    writer.writerows([guarded(v) for v in row] for row in page.rows.rows)
    return out.getvalue()


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula.

    >>> guarded("=HYPERLINK(1)"), guarded(-1.5), guarded("fine")
    ("'=HYPERLINK(1)", -1.5, 'fine')
    """
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and value.lstrip()[:1] in {"=", "+", "-", "@", "|", "%"}:
        return "'" + value
    if isinstance(value, str) and value[:1] in {"\t", "\r", "\n"}:
        return "'" + value
    return value


def as_metadata(page: Page, ask: Ask) -> str:
    """The metadata of the answer as JSON."""
    return json.dumps(as_about(page, ask), ensure_ascii=False, indent=1, default=str) + "\n"


def as_about(page: Page, ask: Ask) -> dict[str, Any]:
    """The metadata of the answer: request, content, version and citation."""
    return {
        "title": page.title,
        "description": page.about,
        "citation": citation(page, ask),
        "address": ask.here(),
        "asked": {k: v for k, v in ask.values.items() if v not in (None, ())},
        "ledger": {
            "name": ask.ledger_name,
            "sha256": ask.snapshot.fingerprint(ask.ledger),
            "sha256_of": "keys of the documents, versions of the readers, judgements, hashes of imported files",
            **ask.snapshot.counts,
        },
        "comity": __version__,
        "readers": readers(ask),
        "codebook": "PLOVER manual, draft 2.0 (events); Comity's record contract (all kinds)",
        "columns": list(page.rows.columns),
        "meanings": meanings(page.rows.columns),
        "rows": len(page.rows.rows),
        "forms": {form: ask.as_form(form) for form in ask.forms if form != "html"},
        "rights": "Records are facts with short quotes; the texts belong to their publishers.",
    }


def readers(ask: Ask) -> list[str]:
    """The versions of the reader that read the ledger's documents."""
    query = "SELECT DISTINCT reader FROM batch ORDER BY reader"
    return ask.snapshot.once("readers", lambda: [r[0] for r in ask.ledger.rows(query, [])])


def citation(page: Page, ask: Ask) -> str:
    """The citation of the answer, with address, day and version: the same citation leads to the same answer."""
    digest = ask.snapshot.fingerprint(ask.ledger)
    # a request without a day means today: the citation names the day, so that it leads to the same answer later
    undated = "on" in ask.values and not ask.values["on"]
    address = ask.here(on=today()) if undated else ask.here()
    content = f"ledger {ask.ledger_name}, sha256 {digest[:16]}"
    return f"{page.title}. Comity {__version__}, {content}, {ask.origin}{address}, read on {today()}"


def shown(table: Table, ask: Ask) -> dict[str, Any]:
    """The rows of the requested page, with the number of pages."""
    size = ask.settings.serve_rows
    pages = max(1, -(-len(table) // size))
    page = min(max(1, ask.values.get("page") or 1), pages)
    rows = Table(table.columns, table.rows[(page - 1) * size : page * size])
    return {
        "rows": list(rows),
        "total": len(table),
        "page": page,
        "pages": pages,
        "before": ask.here(page=page - 1) if page > 1 else None,
        "after": ask.here(page=page + 1) if page < pages else None,
    }
