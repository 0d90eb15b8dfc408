"""Agreements: the table with its facets, and one agreement with its acts on three axes and its related agreements."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from comity.analysis.absence import absence
from comity.analysis.fact_detail import standing_of
from comity.analysis.listing import upcoming
from comity.analysis.tables.agreements import agreements
from comity.analysis.tables.arrangement import holding, in_order
from comity.errors import InputError
from comity.knowledge.state_names import name
from comity.knowledge.subjects import areas, subjects
from comity.ledger.act import Treaty
from comity.ledger.fact import Fact
from comity.ledger.heading import HEADINGS, Life
from comity.ledger.interval import OPEN, interval
from comity.ledger.ledger import code_of
from comity.ledger.period import asked_period
from comity.ledger.table import Table
from comity.site.answer import Ask, Page, shown
from comity.site.evidence import drawer
from comity.site.imported import treaties
from comity.site.parameters import NOT_REPORTED, today
from comity.site.tables import outlets

_AXES = {
    "text": ("announced", "negotiated", "initialled", "adopted", "signed", "amended", "registered"),
    "consent": (
        "submitted", "approved", "ratified", "exchanged", "deposited", "acceded", "notified", "withdrawn",
        "ratification withdrawn", "signature withdrawn",
    ),
    "effect": (
        "provisionally applied", "provisional application ended", "entered into force", "observed in force", "extended",
        "renewed", "notice given", "suspended", "resumed", "superseded", "terminated", "expired",
    ),
}  # fmt: skip
_WORDS = re.compile(r"\w+")
_ACTS = ("date", "act", "axis", "party", "known", "sources")


def agreements_page(ask: Ask) -> Page:
    """The agreements on a day, filtered by facets."""
    states = tuple(dict.fromkeys(code_of(s) for s in ask.values["state"]))
    on, known = ask.values["on"] or today(), ask.values["known"]
    title = "Agreements" + (f" of {' and '.join(map(name, states))}" if states else "") + f" on {on}"
    about = "Agreements with their stage, terms and effect on a day; what is inferred is marked."

    def rest() -> Page:
        many = _many(ask) if not states else 0
        due: dict[str, list[dict[str, Any]]] = {}
        terms: tuple[str, ...] = ()
        if many:
            table = Table(("id",), ())
        else:
            narrowed = tuple(ask.values[n] for n in _OF_REPORTS)
            table, due, terms = ask.snapshot.once(
                ("agreements", states, on, known, narrowed), lambda: _listed(ask, states, on, known)
            )
        at = holding(table, ask.values["search"])
        table = Table(table.columns, tuple(table.rows[i] for i in at), table.notes)
        rows = list(in_order(table, None if many else _column(ask.values["sort"])))
        within = ask.values["due"]
        if within:
            last = asked_period(within).after(on).isoformat()
            due = {k: [a for a in v if (a["first"] or "") <= last] for k, v in due.items()}
            due = {k: v for k, v in due.items() if v}
        words = ask.values["title"]
        named = [r for r in rows if titled(r, words) and (not within or r["id"] in due)]
        chosen = ordered([r for r in named if _fits(r, ask)], ask.values["sort"])
        kept = Table(table.columns, tuple(tuple(r[c] for c in table.columns) for r in chosen))
        # when the rows of a data set became known is not recorded
        in_sets = [] if known else [r for r in treaties(ask, states, on) if titled({"title": r["text"]}, words)]
        listed = shown(kept, ask)
        return Page(
            title=title,
            about=about,
            template="agreements.html",
            context={
                "list": listed,
                "facets": _facets(named, ask),
                "sort": ask.values["sort"],
                "sorts": ORDERS,
                "absence": "" if chosen or many else _absence(ask, states, on, known),
                "due": due,
                "terms": terms,
                "many": many,
                "states": states,
                "on": on,
                "in_sets": in_sets,
                "subjects": sorted({*areas(), *subjects()}),
                "outlets": outlets(ask),
                "chosen": {k: ask.values[k] for k in ("stands", "stage", "type", "area")},
            },
            data={
                "on": on,
                "agreements": listed,
                "alerts": [a for v in due.values() for a in v],
                "notes": terms,
                "in_data_sets": in_sets,
            },
            rows=kept,
        )

    return Page(title=title, about=about, template="agreements.html", rest=rest)


def _many(ask: Ask) -> int:
    """The number of statements on agreements if they are too many to list at once, otherwise 0."""
    query = "SELECT count(*) FROM statement WHERE kind = 'agreement'"
    found: int = ask.snapshot.once("agreement statements", lambda: int(ask.ledger.rows(query, [])[0][0]))
    return found if found > ask.settings.serve_listed else 0


def _listed(
    ask: Ask, states: tuple[str, ...], on: date, known: date | None
) -> tuple[Table, dict[str, list[dict[str, Any]]], tuple[str, ...]]:
    due: dict[str, list[dict[str, Any]]] = {}
    coming = upcoming(ask.ledger, *states, on=on, within=asked_period("P60M"), known=known)
    for alert in coming:
        due.setdefault(alert["agreement"], []).append(alert)
    table = agreements(
        ask.ledger,
        *states,
        on=on,
        known=known,
        subject=ask.values["subject"],
        ends=ask.values["ends"],
        min_confidence=ask.values["min-confidence"],
        outlet=ask.values["outlet"],
        said_by=ask.values["said-by"],
    )
    return table, due, coming.notes


def _absence(ask: Ask, states: tuple[str, ...], on: date, known: date | None) -> str:
    """The selection in words if it matches no agreement, and what there is instead."""
    chosen = [f"{n} {' or '.join(ask.values[n])}" for n in _FACETS if ask.values[n]]
    chosen += [f"with “{ask.values['title']}” in its title"] if ask.values["title"] else []
    chosen += [f"with something to watch within {ask.values['due']}"] if ask.values["due"] else []
    chosen += [f"{words} {ask.values[n]}" for n, words in _ASKED.items() if ask.values[n]]
    asked = ", ".join([*chosen, f"on {on}", *([f"as known on {known}"] if known else [])])
    return absence(ask.ledger, "agreement", states, asked=asked, known=known)


_OF_REPORTS = ("subject", "ends", "min-confidence", "outlet", "said-by")
"""The parameters passed to the ledger; all others filter its list."""
_ASKED = {
    "subject": "on", "ends": "that end in", "min-confidence": "of a confidence of at least", "outlet": "from",
    "said-by": "said by", "search": "holding",
}  # fmt: skip


def titled(row: Mapping[str, Any], words: str | None) -> bool:
    """Whether an agreement has all words, or beginnings of words, in its title or kind, ignoring accents and case.

    >>> titled({"title": "Agreement on Fisheries", "type": "agreement"}, "fish agr"), titled({"title": "A"}, "b")
    (True, False)
    """
    words_of = _WORDS.findall(_folded(f"{row['title']} {row.get('type') or ''}"))
    return all(any(w.startswith(asked) for w in words_of) for asked in _WORDS.findall(_folded(words or "")))


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


ORDERS = {
    "latest": "latest report",
    "title": "title",
    "entered": "entry into force, the latest first",
    "ends": "end of the term, the earliest first",
    "reports": "reports",
    "sources": "independent sources",
}
"""The orders of agreements, in words."""
_KEYS = {
    "latest": "last_reported", "title": "title", "entered": "entered", "ends": "term_end", "reports": "reports",
    "sources": "independent",
}  # fmt: skip


def ordered(rows: list[dict[str, Any]], by: str | None) -> list[dict[str, Any]]:
    """Agreements in an order of `ORDERS`, those without the value last; unchanged if none is given.

    >>> [r["title"] for r in ordered([{"title": "b"}, {"title": "A"}], "title")]
    ['A', 'b']
    """
    if by not in ORDERS:
        return rows
    key = _KEYS[by]
    with_key = [r for r in rows if r[key] is not None]
    upward = by in {"title", "ends"}
    with_key.sort(key=lambda r: _folded(r[key]) if by == "title" else r[key], reverse=not upward)
    return [*with_key, *(r for r in rows if r[key] is None)]


def _column(by: str | None) -> str | None:
    """The sort column; null for an order of `ORDERS` or none."""
    return None if by in ORDERS else by


_FACETS = ("stands", "stage", "type", "area")


def _values(row: Mapping[str, Any], facet: str) -> set[str]:
    """The values of an agreement under a facet."""
    if facet == "area":
        return set(row["areas"].split())
    if facet == "stage":
        return {row["stage"], row["effect"]}
    return {row["stands"]} if facet == "stands" else {row["type"] or NOT_REPORTED}


def _fits(row: Mapping[str, Any], ask: Ask, but: str = "") -> bool:
    """Whether an agreement matches the selection, ignoring one facet."""
    return all(not ask.values[f] or _values(row, f) & set(ask.values[f]) for f in _FACETS if f != but)


def _facets(rows: list[dict[str, Any]], ask: Ask) -> dict[str, list[tuple[str, int]]]:
    """The values of each facet with the number of agreements that also match the other facets."""
    out: dict[str, list[tuple[str, int]]] = {}
    for facet in _FACETS:
        # a stage is counted once, as listed; a selected value stays visible so that it can be cleared
        counts = Counter(
            v
            for r in rows
            if _fits(r, ask, but=facet)
            for v in ({r["stage"]} if facet == "stage" else _values(r, facet))
        )
        counts.update(dict.fromkeys(ask.values[facet], 0))
        if facet == "stands":
            out[facet] = [(str(h), counts[h]) for h in HEADINGS if h in counts]
        else:
            out[facet] = sorted(counts.items(), key=lambda x: (x[0] not in ask.values[facet], -x[1], x[0]))
    return out


def agreement_page(ask: Ask) -> Page:
    """One agreement: its status on a day, each act on its axis, what it replaced and what replaced it."""
    evidence = drawer(ask, ask.path["key"])
    fact: Fact = evidence["fact"]
    if fact.kind != "agreement":
        raise InputError(f"{fact.id} is a {fact.kind}, not an agreement; see /fact/{fact.id}")
    on, known = ask.values["on"] or today(), ask.values["known"]
    related = ask.snapshot.treaties(ask.ledger, fact.block)
    living: Life = evidence["life"]
    treaty = living.treaty
    acts = [(a.date, a.kind, _axis(a.kind), a.party, a.known, len(a.sources)) for a in treaty.acts]
    rows = [dict(zip(_ACTS, a, strict=True)) for a in acts]
    graph = _kin(treaty, related)
    return Page(
        title=f"{treaty.title} ({', '.join(map(name, treaty.parties))})",
        about="One agreement with its acts, its terms, and its predecessors and successors.",
        template="agreement.html",
        context={
            "e": evidence,
            "treaty": treaty,
            "at": living.status,
            "life": living,
            "on": on,
            "known": known,
            "axes": _drawn(treaty, on),
            "acts": rows,
            "kin": graph,
        },
        data={
            "agreement": evidence["detail"],
            "on": on,
            **standing_of(living),
            "acts": rows,
            "kin": graph,
        },
        rows=Table(_ACTS, tuple(acts)),
    )


def _axis(kind: str) -> str:
    return next((axis for axis, kinds in _AXES.items() if kind in kinds), "text")


def _drawn(treaty: Treaty, on: date) -> dict[str, Any]:
    """The acts as points in per mille of their total span, by axis."""
    days = [(a, w) for a in treaty.acts if (w := interval(a.date)) != OPEN and (w.first or w.last)]
    points = [w.first or w.last for _, w in days if w.first or w.last]
    known = [d for d in points if d is not None]
    if not known:
        return {"points": {}, "ticks": []}
    first, last = min(known), max([*known, on])
    span = max(1, (last - first).days)

    def place(day: date) -> float:
        return round(1000 * (day - first).days / span, 1)

    out: dict[str, list[dict[str, Any]]] = {axis: [] for axis in _AXES}
    for act, when in days:
        day = when.last if when.first is None else when.first
        if day is not None:
            whose = f" by {name(act.party)}" if act.party else ""
            out[_axis(act.kind)].append(
                {
                    "x": place(day),
                    "label": f"{act.kind}{whose}, {act.date}",
                    "kind": act.kind,
                    "open": when.first is None,
                }
            )
    return {"points": out, "ticks": [(place(d), d.isoformat()) for d in (first, last)]}


def _kin(treaty: Treaty, kin: dict[str, Treaty]) -> list[dict[str, str]]:
    """What it replaced, what replaced it, what it belongs to and what belongs to it."""
    out = []

    def add(link: str, key: str) -> None:
        relative = kin.get(key)
        if relative is not None and key != treaty.id:
            out.append({"link": link, "id": key, "title": relative.title, "signed": _signed(relative)})

    for key in treaty.supersedes:
        add("it replaces", key)
    for key, relative in sorted(kin.items()):
        if treaty.id in relative.supersedes:
            add("it is replaced by", key)
        if relative.parent == treaty.id:
            add("belongs to it", key)
    if treaty.parent:
        add("it belongs to", treaty.parent)
    return out


def _signed(treaty: Treaty) -> str:
    return next((a.date for a in treaty.acts if a.kind == "signed" and a.date), "")
