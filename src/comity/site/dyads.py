"""The page on two states: summary, strip, chronicle, dossier."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from comity.analysis.canvas import View
from comity.analysis.chronicle import Choice, table
from comity.analysis.drawing import slider, slider_days, svg
from comity.analysis.headline import headline, preset
from comity.analysis.page import as_plain, slug
from comity.analysis.pull import pull
from comity.errors import InputError
from comity.knowledge.state_names import name
from comity.site.answer import Ask, Page, citation, shown
from comity.site.evidence import drawer
from comity.site.parameters import today
from comity.site.states import known_code

_NARROWEST, _WIDEST = 280, 2000


def chosen(values: Mapping[str, Any]) -> Choice:
    """The selection from the chronicle that an address makes."""
    first, last = values["from"], values["to"]
    if first and last and first > last:
        raise InputError(f"from={first} is after to={last}")
    return Choice(
        first=first,
        last=last,
        kinds=values["kind"],
        types=values["type"],
        statuses=values["status"],
        least=values["least"],
    )


def dyad(ask: Ask) -> Page:
    """The relations of two states on a day."""
    a, b = known_code(ask.path["a"]), known_code(ask.path["b"])
    if a == b:
        raise InputError(f"{name(a)} and {name(b)} are the same; choose two different states")
    on, known = ask.values["on"] or today(), ask.values["known"]
    choice = chosen(ask.values)
    title = f"{name(a)} and {name(b)} on {on}" + (f", as known on {known}" if known else "")
    about = "Every fact in reports on two states, with its dates, sources and exact quote."
    context = {"a": a, "b": b, "on": on, "known": known, "choice": choice}
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
        view = _view(ask, choice)
        alone = ask.form == "svg"
        source = f"Source: {citation(Page(title=title, about=about, template=''), ask)}" if alone else None
        drawn = svg(found.strip, view, alone=alone, source=source)
        listed = shown(rows, ask)
        chosen_words = headline(found.strip, choice)
        presets = found.strip.presets()
        return Page(
            title=title,
            about=about,
            template="lanes.html" if ask.part == "lanes" else "dyad.html",
            context={
                **context,
                "d": found,
                "strip": Markup(drawn),  # noqa: S704 - our own drawing, every word in it escaped
                "slider": Markup(slider(found.strip, view)),  # noqa: S704 - our own drawing as well
                "slider_days": slider_days(found.strip, choice),
                "window": found.strip.window(choice),
                "headline": chosen_words,
                "presets": [(words, ask.here(**_window(f, t))) for words, f, t in presets],
                "preset": preset(presets, choice),
                "clear": ask.here(**{"from": None, "to": None, "page": None}),
                "opened": choice.first is None and choice.last is None,
                "outside": found.strip.outside(),
                "net_events": view.net_events,
                "list": listed,
                "reports": reports(ask, (r["document"] for r in listed["rows"])),
                "slug": slug,
                "fact_link": lambda fact: f"/fact/{fact}{ask.dated()}",
                "kinds": Counter(r[1] for r in rows.rows),
                "e": drawer(ask, ask.values["fact"]) if ask.values["fact"] and ask.form == "html" else None,
            },
            data={**as_plain(found), "chosen": chosen_words, "chronicle": listed} if ask.form == "json" else {},
            rows=rows,
            svg=drawn,
        )

    return Page(title=title, about=about, template="dyad.html", context=context, rest=rest)


def _view(ask: Ask, choice: Choice) -> View:
    def zoom(first: date, last: date) -> str:
        return ask.here(**_window(first, last))

    return View(
        width=min(max(ask.values["width"], _NARROWEST), _WIDEST),
        choice=choice,
        link=lambda fact: f"/fact/{fact}{ask.dated()}",
        zoom=zoom,
        net_events=ask.settings.net_events,
    )


def _window(first: date, last: date) -> dict[str, Any]:
    return {"from": first.isoformat(), "to": last.isoformat(), "page": None}


def reports(ask: Ask, keys: Iterable[str]) -> dict[str, dict[str, str | None]]:
    """The reports of some documents by key: outlet, title, day of publication, and an address to open."""
    out = {}
    for key, document in ask.ledger.documents(keys).items():
        address = next((a for a in document["addresses"] if a.startswith(("https://", "http://"))), None)
        out[key] = {
            "outlet": outlet(address),
            "title": document["title"],
            "published": document["published"],
            "address": address,
        }
    return out


def outlet(address: str | None) -> str | None:
    """The outlet of an address, by its host; null if there is none.

    >>> outlet("https://www.montsame.mn/en/read/1"), outlet(None)
    ('montsame.mn', None)
    """
    try:
        host = urlsplit(address).hostname if address else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
