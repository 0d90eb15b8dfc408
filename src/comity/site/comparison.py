"""Two dyads side by side: status, counts, and both strips over the same period."""

from dataclasses import replace
from datetime import date
from typing import Any

from markupsafe import Markup

from comity.analysis.canvas import OCCURRED, View
from comity.analysis.drawing import svg
from comity.analysis.page import Dossier
from comity.analysis.profile import balance
from comity.analysis.strip import Strip
from comity.errors import InputError
from comity.knowledge.state_names import name
from comity.ledger.table import Table
from comity.site.answer import Ask, Page
from comity.site.parameters import today
from comity.site.states import known_code

_COLUMNS = ("what", "one", "other")
_YEARS = ("year", "cooperation", "conflict", "other_cooperation", "other_conflict")
_SIDES = ("a", "b", "c", "d")
_WIDTH = 580
_COUNTS = (
    "agreements in force", "agreements pending", "agreements ended", "agreements not binding",
    "agreements with entry into force not reported", "visits together or with others", "events", "figures",
)  # fmt: skip


def comparison(ask: Ask) -> Page:
    """The relations of A with B and of C with D on a day; only the form if a state is not named yet."""
    given = [ask.values[n] for n in _SIDES]
    codes = [known_code(g) if g else None for g in given]
    on, known = ask.values["on"] or today(), ask.values["known"]
    first, last = ask.values["from"], ask.values["to"]
    if first and last and first > last:
        raise InputError(f"from={first} is after to={last}")
    pairs = [(codes[0], codes[1]), (codes[2], codes[3])]
    for first_state, second_state in pairs:
        if first_state is not None and first_state == second_state:
            raise InputError(
                f"{name(first_state)} and {name(first_state)} are the same; choose two different states for each pair"
            )
    whole = [(a, b) for a, b in pairs if a is not None and b is not None]
    context = {"names": [name(c) if c else "" for c in codes], "on": on, "known": known, "first": first, "last": last}
    title = " beside ".join(f"{name(a)} and {name(b)}" for a, b in whole) if whole else "Compare"
    title += f" on {on}" + (f", as known on {known}" if known else "") if len(whole) == 2 else ""
    about = "Two dyads side by side: agreements, visits, events of cooperation and conflict, by year."
    if len(whole) < 2:
        return Page(title=title, about=about, template="compare.html", context={**context, "pairs": ()})

    def rest() -> Page:
        found = [ask.snapshot.dossier(ask.ledger, a, b, on, known) for a, b in whole]
        days = _days([d.strip for d in found], first, last)
        rows = Table(_COLUMNS, tuple(_rows(found)))
        years = _years(found, first, last)
        drawn = [_strip(d.strip, days, ask.dated()) for d in found]
        return Page(
            title=title,
            about=about,
            template="compare.html",
            context={
                **context,
                "pairs": [
                    {"d": d, "title": f"{name(d.a)} and {name(d.b)}", "strip": Markup(s)}  # noqa: S704 - our own drawing
                    for d, s in zip(found, drawn, strict=True)
                ],
                "rows": list(rows),
                "years": years,
                "days": days,
            },
            data={
                "on": on,
                "pairs": [{"a": d.a, "b": d.b, "summary": d.summary, "counts": dict(d.counts)} for d in found],
                "rows": list(rows),
                "years": years,
            },
            rows=rows,
        )

    return Page(title=title, about=about, template="compare.html", context=context, rest=rest)


def _days(strips: list[Strip], first: date | None, last: date | None) -> tuple[date, date]:
    """The period of both strips: as requested, otherwise everything on which either opens."""
    windows = [s.window(OCCURRED) for s in strips]
    start, end = first or min(w[0] for w in windows), last or max(w[1] for w in windows)
    return (start, end) if start < end else (min(s.first for s in strips), max(s.last for s in strips))


def _strip(strip: Strip, days: tuple[date, date], dated: str) -> str:
    choice = replace(OCCURRED, first=days[0], last=days[1])
    return svg(strip, View(width=_WIDTH, choice=choice, link=lambda fact: f"/fact/{fact}{dated}"))


def _rows(found: list[Dossier]) -> list[tuple[Any, ...]]:
    """The counts for each pair; the first and second state of a pair are in the order of the request."""
    out: list[tuple[Any, ...]] = [("pair", *(f"{name(d.a)} and {name(d.b)}" for d in found))]
    out += [(what, *(d.counts[what] for d in found)) for what in _COUNTS[:5]]
    out.append(("visits of the first state to the second", *(d.counts[f"visits of {d.a}"] for d in found)))
    out.append(("visits of the second state to the first", *(d.counts[f"visits of {d.b}"] for d in found)))
    out += [(what, *(d.counts[what] for d in found)) for what in _COUNTS[5:]]
    sums = [(sum(y.cooperation for y in d.years), sum(y.conflict for y in d.years)) for d in found]
    out.append(("events of cooperation", *(s[0] for s in sums)))
    out.append(("events of conflict", *(s[1] for s in sums)))
    out.append(("balance of cooperation and conflict", *(balance(*s) for s in sums)))
    out.append(("reports", *(d.provenance.reports for d in found)))
    out.append(("independent sources", *(d.provenance.independent for d in found)))
    return out


def _years(found: list[Dossier], first: date | None, last: date | None) -> list[dict[str, Any]]:
    """The events of each year for both pairs; years without any are left out."""
    by_year = [{y.year: y for y in d.years} for d in found]
    out = []
    for year in sorted({y for h in by_year for y in h}):
        outside = year.isdigit() and ((first and int(year) < first.year) or (last and int(year) > last.year))
        if outside or (not year.isdigit() and (first or last)):
            continue
        cells = [(h[year].cooperation, h[year].conflict) if year in h else (0, 0) for h in by_year]
        out.append(dict(zip(_YEARS, (year, *cells[0], *cells[1]), strict=True)))
    return out
