"""The pages on all events, visits and figures: filtered, searched, sorted, counted and paged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.analysis.tables import question
from comity.analysis.tables.count import DOERS, RECEIVERS, keys_of
from comity.analysis.tables.selection import Kind
from comity.knowledge import plain_words, plover
from comity.knowledge.plain_words import FIELDS, codes, event_said, said
from comity.knowledge.state_names import in_prose
from comity.knowledge.typed import code_named
from comity.ledger.table import Table
from comity.site.answer import NOTHING, Ask, Page, shown
from comity.site.evidence import drawer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """How a kind is queried on its page: the parameters of its participants and codes, in plain words."""

    kind: Kind
    title: str
    about: str
    codes: Mapping[str, tuple[tuple[str, str], ...]]
    arguments: Mapping[str, str]


def _plain(field: str) -> tuple[tuple[str, str], ...]:
    return tuple((c, said(field, c) or c) for c in codes(field))


_EVENTS = _Kind(
    kind="event",
    title="Events",
    about="Every event in the reports, with its codes in plain words, its report and its exact quote.",
    codes={"type": tuple((t, event_said(t)) for t in plover.events()), "status": _plain("status")},
    arguments={
        "actor": "actors", "recipient": "recipients", "type": "types", "mode": "modes", "status": "statuses",
    },
)  # fmt: skip
_VISITS = _Kind(
    kind="visit",
    title="Visits",
    about="Every visit in the reports: who went where, when and at which rank, with the exact quote.",
    codes={"rank": _plain("level"), "status": _plain("status")},
    arguments={"visitor": "visitors", "host": "hosts", "rank": "levels", "status": "statuses"},
)
_FIGURES = _Kind(
    kind="figure",
    title="Figures",
    about="Every figure in the reports on two states: trade, aid, debt and so on, with the exact quote.",
    codes={"measure": _plain("measure")},
    arguments={"reporter": "reporters", "partner": "partners", "measure": "measures"},
)


def events_page(ask: Ask) -> Page:
    """The selected events."""
    return _page(ask, _EVENTS)


def visits_page(ask: Ask) -> Page:
    """The selected visits."""
    return _page(ask, _VISITS)


def figures_page(ask: Ask) -> Page:
    """The selected figures."""
    return _page(ask, _FIGURES)


def glossary_page(_: Ask) -> Page:
    """What the codes mean."""
    words = list(plain_words.plain_words().values())
    groups = [(field, heading, [w for w in words if w.field == field]) for field, heading in FIELDS.items()]
    table = Table(("field", "type", "code", "means"), tuple((w.field, w.of or None, w.code, w.phrase) for w in words))
    return Page(
        title="Glossary",
        about="What the codes of types, modes, status, stages and measures mean in plain words.",
        template="glossary.html",
        context={"groups": groups},
        data={"codes": list(table)},
        rows=table,
    )


def _page(ask: Ask, kind: _Kind) -> Page:
    values = ask.values
    title = " ".join([kind.title, *_narrowed(values, kind)])

    def rest() -> Page:
        many = 0 if _named(values, kind) else _many(ask, kind.kind)
        key = ("table", kind.kind, *((n, v) for n, v in sorted(values.items()) if n not in {"page", "fact"}))
        found = NOTHING if many else ask.snapshot.once(key, lambda: _asked(ask, kind))
        listed = shown(found, ask)
        return Page(
            title=title,
            about=kind.about,
            template="tables.html",
            context={
                "kind": kind,
                "list": listed,
                "many": many,
                "notes": found.notes,
                "columns": [c for c in found.columns if not c.endswith("_means")],
                "counted": bool(values["by"]),
                "order": _order(values),
                "keys": keys_of(kind.kind),
                "doer": DOERS[kind.kind],
                "receiver": RECEIVERS[kind.kind],
                "e": drawer(ask, values["fact"]) if values["fact"] and ask.form == "html" else None,
                "outlets": outlets(ask),
            },
            data={"notes": found.notes, **listed, f"{kind.kind}s": listed["rows"]},
            rows=found,
        )

    return Page(title=title, about=kind.about, template="tables.html", rest=rest)


_OUTLETS = 200
"""The number of outlets listed in the form; any other may be typed."""


def outlets(ask: Ask) -> list[str]:
    """The outlets listed in a form."""
    return sorted({h for hosts in ask.ledger.family().outlets.values() for h in hosts})[:_OUTLETS]


def _asked(ask: Ask, kind: _Kind) -> Table:
    values = ask.values
    first, last, known = values["from"], values["to"], values["known"]
    own: dict[str, Any] = {argument: values[n] for n, argument in kind.arguments.items() if n in values}
    return getattr(question, f"{kind.kind}s")(  # type: ignore[no-any-return]
        ask.ledger,
        *values["state"],
        **own,
        since=first.isoformat() if first else None,
        until=last.isoformat() if last else None,
        by=values["by"],
        min_confidence=values["min-confidence"],
        outlet=values["outlet"],
        said_by=values["said-by"],
        search=values["search"],
        sort=_order(values),
        known=known.isoformat() if known else None,
    )


def _order(values: Mapping[str, Any]) -> str | None:
    """The order of the rows: the newest first by default; counts have an order of their own."""
    return values["sort"] or (None if values["by"] else "-last")


def _named(values: Mapping[str, Any], kind: _Kind) -> bool:
    """Whether a state is named, so that not all facts of the kind must be computed."""
    sides = (values[DOERS[kind.kind]], values[RECEIVERS[kind.kind]])
    return bool(values["state"]) or any(len(side) == 1 for side in sides)


def _many(ask: Ask, kind: Kind) -> int:
    """The number of statements of a kind if they are too many to list at once, otherwise 0."""
    query = "SELECT count(*) FROM statement WHERE kind = ?"
    found: int = ask.snapshot.once((kind, "statements"), lambda: int(ask.ledger.rows(query, [kind])[0][0]))
    return found if found > ask.settings.serve_facts else 0


def _narrowed(values: Mapping[str, Any], kind: _Kind) -> list[str]:
    """The selection in words for the title: actors, recipients, codes."""
    parts = []
    for n in ("state", DOERS[kind.kind], RECEIVERS[kind.kind]):
        if values[n]:
            word = {"state": "of", DOERS[kind.kind]: "by", RECEIVERS[kind.kind]: "to"}[n]
            parts.append(f"{word} {' and '.join(in_prose(code_named(v) or v) for v in values[n])}")
    parts += [f"of {' or '.join(values[n])}" for n in kind.codes if values[n]]
    return parts
