"""Events, visits and figures as rows: what is told, who takes part by code and name, and the report behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

from comity.analysis.tables import source
from comity.analysis.tables.choice import codes_of
from comity.analysis.tables.selection import Found, Kind
from comity.knowledge.plain_words import event_phrase, phrase
from comity.knowledge.state_names import name
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN
from comity.ledger.ledger import Ledger
from comity.ledger.provenance import provenance
from comity.ledger.table import Table
from comity.ledger.values import told

_WEIGHT = ("reports", "outlets", "independent", "told_by_parties", "statements", "likeness", *source.COLUMNS)
_EVENTS = (
    "id", "date", "in_window", "event", "mode", "means", "cameo", "quad_code", "scale", "scale_value", "status",
    "actor", "actor_names", "recipient", "recipient_names", "place", "date_basis", "first", "last", *_WEIGHT,
)  # fmt: skip
_VISITS = (
    "id", "date", "in_window", "visitor", "visitor_names", "host", "host_name", "level", "means", "place", "purpose",
    "status", "date_basis", "first", "last", *_WEIGHT,
)  # fmt: skip
_FIGURES = (
    "id", "period", "in_window", "measure", "means", "reporter", "reporter_name", "partner", "partner_name", "value",
    "unit", "change_pct", "direction", "qualifier", "first", "last", *_WEIGHT,
)  # fmt: skip
COLUMNS: dict[Kind, tuple[str, ...]] = {"event": _EVENTS, "visit": _VISITS, "figure": _FIGURES}
"""The columns of each kind's table."""


def rows(ledger: Ledger, kind: Kind, found: Sequence[Found]) -> Table:
    """A row for each fact. Sides are codes, with spaces between, and the names that the report gives them.

    `means` says the code in plain words. `likeness` is that of the report that is least like the others of the fact;
    the scale of `scale_value` is named beside it. `date_basis` says what the date rests on: `report` where no time is
    told, so that it was by the day of the report. `first` and `last` are the days that the date leaves open.
    """
    family = ledger.family()
    documents = ledger.documents(f.statement.document for f in found)
    of = {"event": _event, "visit": _visit, "figure": _figure}[kind]
    made = [(*of(f, family), *_weight(f.fact, family), *source.source(f.statement, documents, family)) for f in found]
    return Table(COLUMNS[kind], tuple(made))


def _weight(fact: Fact, family: Mapping[str, str]) -> tuple[Any, ...]:
    by = provenance(fact, family)
    parties = " ".join(by.parties) or None
    return (by.reports, by.outlets, by.independent, parties, len(fact.statements), fact.score)


def _event(f: Found, family: Mapping[str, str]) -> tuple[Any, ...]:
    record, mode = f.fact.record, _best(f.fact, "mode", family)
    scale = record["event_scale"] or {}
    return (
        f.fact.id, _date(f.fact, "date", family), f.in_window, record["event"], mode,
        event_phrase(record["event"], mode), _best(f.fact, "cameo", family),
        record["quad_code"], scale.get("name"), scale.get("value"), f.fact.status,
        _codes(record["actor"]), _names(record["actor"]), _codes(record["recipient"]), _names(record["recipient"]),
        _best(f.fact, "place", family), _basis(f.fact, _best(f.fact, "date", family)), *_days(f.fact),
    )  # fmt: skip


def _visit(f: Found, family: Mapping[str, str]) -> tuple[Any, ...]:
    record, level = f.fact.record, _best(f.fact, "level", family)
    return (
        f.fact.id, _date(f.fact, "date", family), f.in_window, _codes(record["visitors"]), _names(record["visitors"]),
        record["host"], _named(record["host"]), level, phrase("level", level), _best(f.fact, "place", family),
        _best(f.fact, "purpose", family), f.fact.status, _basis(f.fact, _best(f.fact, "date", family)), *_days(f.fact),
    )  # fmt: skip


def _figure(f: Found, family: Mapping[str, str]) -> tuple[Any, ...]:
    record = f.statement.record
    return (
        f.fact.id, _date(f.fact, "period", family), f.in_window, record["measure"],
        phrase("measure", record["measure"]), record["reporter"], _named(record["reporter"]),
        record["partner"], _named(record["partner"]),
        *(_best(f.fact, field, family) for field in ("value", "unit", "change_pct", "direction", "qualifier")),
        *_days(f.fact),
    )  # fmt: skip


def _best(fact: Fact, field: str, family: Mapping[str, str]) -> Any:
    values = told(fact, field, family)
    return values[0].value if values else None


def _date(fact: Fact, field: str, family: Mapping[str, str]) -> str | None:
    """When it was as the best source tells; what no source dates was by the day of its report."""
    dated = fact.kind != "figure" and fact.undated and fact.when != OPEN
    return str(fact.when) if dated else _best(fact, field, family)


def _basis(fact: Fact, day: Any) -> str | None:
    """What a date rests on, as the first statement that tells it says; null where there is none."""
    if fact.undated:
        return None if fact.when == OPEN else "report"
    return next((s.record["date_basis"] for s in fact.account if s.record["date"] == day), None)


def _days(fact: Fact) -> tuple[str | None, str | None]:
    first, last = fact.when.first, fact.when.last
    return (first.isoformat() if first else None, last.isoformat() if last else None)


def _codes(actors: Sequence[Mapping[str, Any]]) -> str:
    """Codes as of the time of the fact; who has none by the words of the report."""
    return " ".join(dict.fromkeys(a["state"] or a["organisation"] or a["text"] for a in actors))


def _names(actors: Sequence[Mapping[str, Any]]) -> str | None:
    """Names as the report gives them, a state's own where it gives none."""
    found = (a["name"] or next(map(name, codes_of([a])), None) or a["text"] for a in actors)
    return "; ".join(dict.fromkeys(found)) or None


def _named(code: str | None) -> str | None:
    return name(code) if code else None
