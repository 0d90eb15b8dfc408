"""Agreements: the table with its facets, and one agreement with its acts on three axes and its kin."""

from collections import Counter
from datetime import date
from typing import Any

from comity.analysis.dossier import name
from comity.analysis.listing import agreements, upcoming
from comity.errors import InputError
from comity.ledger.act import Treaty
from comity.ledger.fact import Fact
from comity.ledger.heading import HEADINGS, Life
from comity.ledger.interval import OPEN, interval
from comity.ledger.ledger import code_of
from comity.ledger.period import asked_period
from comity.ledger.table import Table
from comity.site.answer import Ask, Page, shown
from comity.site.evidence import drawer
from comity.site.parameters import today

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
_ACTS = ("date", "act", "axis", "party", "known", "sources")


def agreements_page(ask: Ask) -> Page:
    """The agreements of a day, narrowed by facets."""
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
            table, due, terms = ask.snapshot.once(
                ("agreements", states, on, known), lambda: _listed(ask, states, on, known)
            )
        rows = list(table)
        within = ask.values["due"]
        if within:
            last = asked_period(within).after(on).isoformat()
            due = {k: [a for a in v if (a["first"] or "") <= last] for k, v in due.items()}
            due = {k: v for k, v in due.items() if v}
        chosen = [r for r in rows if _fits(r, ask) and (not within or r["id"] in due)]
        kept = Table(table.columns, tuple(tuple(r[c] for c in table.columns) for r in chosen))
        listed = shown(kept, ask)
        return Page(
            title=title,
            about=about,
            template="agreements.html",
            told={
                "list": listed,
                "facets": _facets(rows),
                "due": due,
                "terms": terms,
                "many": many,
                "states": states,
                "on": on,
                "chosen": {k: ask.values[k] for k in ("stands", "stage", "type", "area")},
            },
            data={"on": on, "agreements": listed, "alerts": [a for v in due.values() for a in v], "notes": terms},
            rows=kept,
        )

    return Page(title=title, about=about, template="agreements.html", rest=rest)


def _many(ask: Ask) -> int:
    """How many statements on agreements there are where they are too many to list at once; else 0."""
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
    return agreements(ask.ledger, *states, on=on, known=known), due, coming.notes


def _fits(row: dict[str, Any], ask: Ask) -> bool:
    stands, stage, sort, area = (ask.values[n] for n in ("stands", "stage", "type", "area"))
    return (
        (not stands or row["stands"] in stands)
        and (not stage or row["stage"] in stage or row["effect"] in stage)
        and (not sort or (row["type"] or "not told") in sort)
        and (not area or bool(set(row["areas"].split()) & set(area)))
    )


def _facets(rows: list[dict[str, Any]]) -> dict[str, list[tuple[str, int]]]:
    stage = Counter(r["stage"] for r in rows)
    sort = Counter(r["type"] or "not told" for r in rows)
    area = Counter(a for r in rows for a in r["areas"].split())
    stands = Counter(r["stands"] for r in rows)
    ranked = {
        n: sorted(c.items(), key=lambda x: (-x[1], x[0])) for n, c in (("stage", stage), ("type", sort), ("area", area))
    }
    return {"stands": [(h, stands[h]) for h in HEADINGS if stands[h]], **ranked}


def agreement_page(ask: Ask) -> Page:
    """One agreement: where it stands on a day, each act on its axis, what it replaced and what replaced it."""
    told = drawer(ask, ask.path["key"])
    fact: Fact = told["fact"]
    if fact.kind != "agreement":
        raise InputError(f"{fact.id} is a {fact.kind} and no agreement; see /fact/{fact.id}")
    on, known = ask.values["on"] or today(), ask.values["known"]
    made = ask.snapshot.treaties(ask.ledger, fact.block)
    living: Life = told["life"]
    treaty, at = living.treaty, living.status
    acts = [(a.date, a.kind, _axis(a.kind), a.party, a.known, len(a.sources)) for a in treaty.acts]
    graph = _kin(treaty, made)
    return Page(
        title=f"{treaty.title} ({', '.join(map(name, treaty.parties))})",
        about="One agreement with its acts, its terms, and its predecessors and successors.",
        template="agreement.html",
        told={
            "e": told,
            "treaty": treaty,
            "at": living.status,
            "life": living,
            "on": on,
            "known": known,
            "axes": _drawn(treaty, on),
            "acts": [dict(zip(_ACTS, a, strict=True)) for a in acts],
            "kin": graph,
        },
        data={
            "agreement": told["made"],
            "on": on,
            "stands": living.heading,
            "words": living.words,
            "stage": at.stage,
            "text": at.text,
            "consent": dict(at.consent),
            "effect": at.effect,
            "certain": at.certain,
            "inferred": at.inferred,
            "why": at.why,
            "acts": [dict(zip(_ACTS, a, strict=True)) for a in acts],
            "kin": graph,
        },
        rows=Table(_ACTS, tuple(acts)),
    )


def _axis(kind: str) -> str:
    return next((axis for axis, kinds in _AXES.items() if kind in kinds), "text")


def _drawn(treaty: Treaty, on: date) -> dict[str, Any]:
    """The acts as points in per mille of their whole time, by axis."""
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
                    "told": f"{act.kind}{whose}, {act.date}",
                    "kind": act.kind,
                    "open": when.first is None,
                }
            )
    return {"points": out, "ticks": [(place(d), d.isoformat()) for d in (first, last)]}


def _kin(treaty: Treaty, made: dict[str, Treaty]) -> list[dict[str, str]]:
    """What it replaced, what replaced it, what it belongs to and what belongs to it."""
    out = []

    def add(link: str, key: str) -> None:
        other = made.get(key)
        if other is not None and key != treaty.id:
            out.append({"link": link, "id": key, "title": other.title, "signed": _signed(other)})

    for key in treaty.supersedes:
        add("it replaces", key)
    for key, other in sorted(made.items()):
        if treaty.id in other.supersedes:
            add("it is replaced by", key)
        if other.parent == treaty.id:
            add("belongs to it", key)
    if treaty.parent:
        add("it belongs to", treaty.parent)
    return out


def _signed(treaty: Treaty) -> str:
    return next((a.date for a in treaty.acts if a.kind == "signed" and a.date), "")
