"""The pages on states: the list, and one state with its partners and who exerts influence on it."""

from datetime import date
from typing import Any

from markupsafe import Markup

from comity.analysis.absence import absence
from comity.analysis.axis import Axis
from comity.analysis.canvas import Canvas, View
from comity.analysis.drawing import framed
from comity.analysis.lanes import rivals
from comity.analysis.listing import agreements
from comity.analysis.profile import RANKS, lately, partners, ranked
from comity.analysis.pull import pull
from comity.errors import FactError, InputError
from comity.knowledge.state_names import name
from comity.knowledge.states import by_code, continuing
from comity.ledger.ledger import code_of
from comity.ledger.table import Table
from comity.records.lines import plain
from comity.site.answer import Ask, Page, shown
from comity.site.imported import state_sets
from comity.site.parameters import today

_STATES = """
    SELECT code, count(*) AS n, count(DISTINCT document) FROM
        (SELECT unnest(string_split(block, ' ')) AS code, document FROM standing)
    WHERE code <> '' GROUP BY code ORDER BY n DESC, code"""
_YEARS = """
    SELECT year(known) AS y, count(*) FILTER (kind = 'event'), count(*) FILTER (kind = 'agreement'),
           count(*) FILTER (kind = 'visit'), count(*)
    FROM standing WHERE (' ' || block || ' ') LIKE ? AND known IS NOT NULL GROUP BY y ORDER BY y"""
YEARS = ("year", "on_events", "on_agreements", "on_visits", "statements")
_WIDTH = 560.0
_MOST_LATELY, _MOST_IN_FORCE, _MOST_VISITORS = 8, 10, 10


def known_code(text: str) -> str:
    """The code of a state in an address; for a former state, that of its continuing state. Raises `FactError`."""
    try:
        return continuing(code_of(text))
    except InputError as error:
        raise FactError(str(error)) from error


def states_page(ask: Ask) -> Page:
    """The states and organisations on which there are statements."""
    rows = ask.snapshot.once("states", lambda: ask.ledger.rows(_STATES, []))
    table = Table(("code", "name", "statements", "documents"), tuple((c, name(c), n, d) for c, n, d in rows))
    return Page(
        title="States",
        about="The states and organisations in the ledger's reports, those with the most statements first.",
        template="states.html",
        context={"rows": list(table)},
        data={"states": list(table)},
        rows=table,
    )


def state_page(ask: Ask) -> Page:
    """One state: the latest reports, its partners ranked, agreements in force, who visits, who exerts influence."""
    code = known_code(ask.path["code"])
    on, by = ask.values["on"] or today(), ask.values["by"]

    def rest() -> Page:
        found = ask.snapshot.once(("partners", code), lambda: partners(ask.ledger, code))
        years = ask.snapshot.once(("years", code), lambda: ask.ledger.rows(_YEARS, [f"% {code} %"]))
        table = ranked(found, by)
        listed = shown(table, ask)
        first = found.rows[0][0] if found else None
        last = ask.snapshot.once(("lately", code, on), lambda: lately(ask.ledger, code, on, _MOST_LATELY))
        force = in_force(ask, code, on) if found else None
        drawn = _pull(ask, code, first) if first else None
        return Page(
            title=name(code),
            about=f"The partners of {name(code)} by the number of statements on both.",
            template="state.html",
            context={
                "code": code,
                "list": listed,
                "years": [dict(zip(YEARS, y, strict=True)) for y in years],
                "pull": Markup(drawn) if drawn else None,  # noqa: S704 - our own drawing, every word in it escaped
                "is_state": by_code(code) is not None,
                "on": on,
                "by": by,
                "ranks": RANKS,
                "lately": last,
                "in_force": force[:_MOST_IN_FORCE] if force is not None else None,
                "more_in_force": max(0, len(force) - _MOST_IN_FORCE) if force is not None else 0,
                "visitors": _visitors(found),
                "sets": state_sets(ask, code, on),
                "absence": None if found else absence(ask.ledger, "fact", (code,)),
            },
            data={
                "code": code,
                "name": name(code),
                "on": on,
                "partners": listed,
                "lately": plain(last),
                "in_force": force,
                "years": years,
            },
            rows=table,
        )

    return Page(title=name(code), about="", template="state.html", rest=rest)


def in_force(ask: Ask, code: str, on: date) -> list[dict[str, Any]] | None:
    """The agreements of a state in force on a day; null if there are too many statements on them to list."""
    query = "SELECT count(*) FROM standing WHERE kind = 'agreement' AND (' ' || block || ' ') LIKE ?"
    statements = ask.snapshot.once(
        ("statements on agreements", code), lambda: ask.ledger.rows(query, [f"% {code} %"])[0][0]
    )
    if statements > ask.settings.serve_listed:
        return None
    table: Table = ask.snapshot.once(("in force", code, on), lambda: agreements(ask.ledger, code, on=on))
    return [a for a in table if a["stands"] == "In force"]


def _visitors(found: Table) -> list[dict[str, Any]]:
    """The partners with visits, those with most of them first."""
    travelled = [r for r in found if r["visits_made"] or r["visits_received"]]
    travelled.sort(key=lambda r: -(r["visits_made"] + r["visits_received"]))
    return travelled[:_MOST_VISITORS]


def _pull(ask: Ask, code: str, by: str) -> str | None:
    found = ask.snapshot.once(("pull", code, by), lambda: pull(ask.ledger, code, by))
    years = [y for r in found.rivals for y, _ in r.shares]
    if not years:
        return None
    canvas = Canvas(Axis(date(min(years), 1, 1), date(max(years), 12, 31), 12, _WIDTH - 30), View(width=_WIDTH), [])
    rivals(canvas, found)
    return framed(canvas, f"Influence on {name(code)}")
