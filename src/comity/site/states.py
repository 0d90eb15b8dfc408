"""The pages of states: the list of them, and one with its partners and who pulls at it."""

from datetime import date

from markupsafe import Markup

from comity.analysis.axis import Axis
from comity.analysis.canvas import Canvas, View
from comity.analysis.dossier import name
from comity.analysis.drawing import framed
from comity.analysis.lanes import rivals
from comity.analysis.pull import pull
from comity.errors import FactError, InputError
from comity.knowledge.states import by_code, continuing
from comity.ledger.ledger import code_of
from comity.ledger.table import Table
from comity.site.answer import Ask, Page, shown

_PARTNERS = """
    SELECT code, count(*) AS n, count(*) FILTER (kind = 'event') AS events,
           count(*) FILTER (kind = 'agreement') AS agreements, count(*) FILTER (kind = 'visit') AS visits,
           count(DISTINCT document) AS documents, max(known) AS latest
    FROM (SELECT unnest(string_split(block, ' ')) AS code, kind, document, known FROM standing
          WHERE (' ' || block || ' ') LIKE ?)
    WHERE code <> ? GROUP BY code ORDER BY n DESC, code"""
_STATES = """
    SELECT code, count(*) AS n, count(DISTINCT document) FROM
        (SELECT unnest(string_split(block, ' ')) AS code, document FROM standing)
    WHERE code <> '' GROUP BY code ORDER BY n DESC, code"""
_YEARS = """
    SELECT year(known) AS y, count(*) FILTER (kind = 'event'), count(*) FILTER (kind = 'agreement'),
           count(*) FILTER (kind = 'visit'), count(*)
    FROM standing WHERE (' ' || block || ' ') LIKE ? AND known IS NOT NULL GROUP BY y ORDER BY y"""
PARTNERS = ("code", "name", "statements", "on_events", "on_agreements", "on_visits", "reports", "latest")
YEARS = ("year", "on_events", "on_agreements", "on_visits", "statements")
_WIDTH = 560.0


def known_code(text: str) -> str:
    """The code of a state in an address, a former one's by the state that goes on. Raises `FactError`."""
    try:
        return continuing(code_of(text))
    except InputError as error:
        raise FactError(str(error)) from error


def states_page(ask: Ask) -> Page:
    """The states and organisations of which anything is told."""
    rows = ask.snapshot.once("states", lambda: ask.ledger.rows(_STATES, []))
    table = Table(("code", "name", "statements", "documents"), tuple((c, name(c), n, d) for c, n, d in rows))
    return Page(
        title="States",
        about="The states and organisations of which the ledger's reports tell, most told of first.",
        template="states.html",
        told={"rows": list(table)},
        data={"states": list(table)},
        rows=table,
    )


def state_page(ask: Ask) -> Page:
    """One state: its partners ranked, its years, who pulls at it."""
    code = known_code(ask.path["code"])

    def rest() -> Page:
        where = [f"% {code} %"]
        found = ask.snapshot.once(("partners", code), lambda: ask.ledger.rows(_PARTNERS, [*where, code]))
        years = ask.snapshot.once(("years", code), lambda: ask.ledger.rows(_YEARS, where))
        table = Table(PARTNERS, tuple((c, name(c), *rest) for c, *rest in found))
        listed = shown(table, ask)
        first = found[0][0] if found else None
        drawn = _pull(ask, code, first) if first else None
        return Page(
            title=name(code),
            about=f"The partners of {name(code)} by how much reports tell of them together.",
            template="state.html",
            told={
                "code": code,
                "list": listed,
                "years": [dict(zip(YEARS, y, strict=True)) for y in years],
                "pull": Markup(drawn) if drawn else None,  # noqa: S704 - our own drawing, every word in it escaped
                "is_state": by_code(code) is not None,
            },
            data={"code": code, "name": name(code), "partners": listed, "years": years},
            rows=table,
        )

    return Page(title=name(code), about="", template="state.html", rest=rest)


def _pull(ask: Ask, code: str, by: str) -> str | None:
    found = ask.snapshot.once(("pull", code, by), lambda: pull(ask.ledger, code, by))
    years = [y for r in found.rivals for y, _ in r.shares]
    if not years:
        return None
    canvas = Canvas(Axis(date(min(years), 1, 1), date(max(years), 12, 31), 12, _WIDTH - 30), View(width=_WIDTH), [])
    rivals(canvas, found)
    return framed(canvas, f"Who pulls at {name(code)}")
