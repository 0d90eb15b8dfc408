"""The page of two states: the summary, the strip, the chronicle, the dossier."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from markupsafe import Markup

from comity.analysis.canvas import View
from comity.analysis.chronicle import Choice, table
from comity.analysis.dossier import Dossier, name
from comity.analysis.drawing import svg
from comity.analysis.page import as_plain, slug
from comity.analysis.pull import pull
from comity.errors import InputError
from comity.site.answer import Ask, Page, shown
from comity.site.evidence import drawer
from comity.site.parameters import today
from comity.site.states import known_code

_NARROWEST, _WIDEST = 280, 2000


def chosen(values: Mapping[str, Any]) -> Choice:
    """What of the chronicle an address chooses."""
    first, last = values["from"], values["to"]
    if first and last and first > last:
        raise InputError(f"from={first} lies after to={last}")
    return Choice(
        first=first,
        last=last,
        kinds=values["kind"],
        types=values["type"],
        statuses=values["status"],
        least=values["least"],
    )


def dyad(ask: Ask) -> Page:
    """The relation of two states on a day."""
    a, b = known_code(ask.path["a"]), known_code(ask.path["b"])
    if a == b:
        raise InputError(f"{name(a)} and {name(b)} are one; choose two states")
    on, known = ask.values["on"] or today(), ask.values["known"]
    choice = chosen(ask.values)
    title = f"{name(a)} and {name(b)} on {on}" + (f", as known on {known}" if known else "")
    about = "Every fact that reports tell of two states, with its days, sources and exact quote."
    told = {"a": a, "b": b, "on": on, "known": known, "choice": choice}
    at = known_code(ask.values["pulled"]) if ask.values["pulled"] else None
    if at not in {None, a, b}:
        raise InputError(f"pulled={at} is neither {a} nor {b}")

    def rest() -> Page:
        found = ask.snapshot.dossier(ask.ledger, a, b, on, known)
        if at is not None and known is None:
            by = b if at == a else a
            rivals = ask.snapshot.once(("pull", at, by), lambda: pull(ask.ledger, at, by))
            found = replace(found, strip=replace(found.strip, pull=rivals))
        rows = table(i for i in found.strip.items if choice.holds(i))
        drawn = svg(found.strip, _view(ask, choice), alone=ask.form == "svg")
        listed = shown(rows, ask)
        return Page(
            title=title,
            about=about,
            template="lanes.html" if ask.part == "lanes" else "dyad.html",
            told={
                **told,
                "d": found,
                "strip": Markup(drawn),  # noqa: S704 - our own drawing, every word in it escaped
                "outline": outline(found),
                "window": (choice.first or found.strip.first, choice.last or found.strip.last),
                "list": listed,
                "slug": slug,
                "fact_link": lambda fact: f"/fact/{fact}{ask.dated()}",
                "kinds": Counter(r[1] for r in rows.rows),
                "e": drawer(ask, ask.values["fact"]) if ask.values["fact"] and ask.form == "html" else None,
            },
            data={**as_plain(found), "chronicle": listed} if ask.form == "json" else {},
            rows=rows,
            svg=drawn,
        )

    return Page(title=title, about=about, template="dyad.html", told=told, rest=rest)


def _view(ask: Ask, choice: Choice) -> View:
    def zoom(first: date, last: date) -> str:
        return ask.here(**{"from": first.isoformat(), "to": last.isoformat(), "page": None})

    width = min(max(ask.values["width"], _NARROWEST), _WIDEST)
    return View(width=width, choice=choice, link=lambda fact: f"/fact/{fact}{ask.dated()}", zoom=zoom)


def outline(found: Dossier) -> str:
    """How much is told of each month of the whole strip, as the points of an outline in a box of 1000 by 30."""
    first, last = found.strip.first, found.strip.last
    days = max(1, (last - first).days)
    bins = [0] * 120
    for i in found.strip.items:
        day = i.place.first or i.place.last
        if day is not None and first <= day <= last:
            bins[min(119, (day - first).days * 120 // (days + 1))] += 1
    most = max(bins) or 1
    steps = [f"{n * 1000 / 120:.0f},{30 - 28 * (v / most) ** 0.5:.1f}" for n, v in enumerate(bins)]
    return "0,30 " + " ".join(steps) + " 1000,30"
