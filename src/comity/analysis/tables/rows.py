"""Events, visits and figures as rows: what is reported, the participants by code and name, and the source report."""

from collections.abc import Mapping, Sequence
from typing import Any

from comity.analysis.tables import source
from comity.analysis.tables.selection import Found, Kind
from comity.knowledge.plain_words import event_phrase, phrase
from comity.knowledge.state_names import name
from comity.knowledge.typed import code_named
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN, Interval
from comity.ledger.ledger import Ledger
from comity.ledger.provenance import provenance
from comity.ledger.table import Table
from comity.ledger.values import values_of
from comity.records.record import Actor, Event, Figure, Visit

_WEIGHT = ("reports", "outlets", "independent", "reporting_parties", "statements", "likeness", *source.COLUMNS)
_EVENTS = (
    "id", "date", "in_window", "event", "mode", "means", "cameo", "quad_code", "scale", "scale_value", "status",
    "actor", "actor_names", "actor_persons", "recipient", "recipient_names", "recipient_persons", "place", "date_basis",
    "first", "last", *_WEIGHT,
)  # fmt: skip
_VISITS = (
    "id", "date", "in_window", "visitor", "visitor_names", "persons", "host", "host_name", "level", "means", "place",
    "purpose", "status", "date_basis", "first", "last", *_WEIGHT,
)  # fmt: skip
_FIGURES = (
    "id", "period", "in_window", "measure", "means", "reporter", "reporter_name", "partner", "partner_name", "value",
    "unit", "change_pct", "direction", "qualifier", "first", "last", *_WEIGHT,
)  # fmt: skip
COLUMNS: dict[Kind, tuple[str, ...]] = {"event": _EVENTS, "visit": _VISITS, "figure": _FIGURES}
"""The columns of each kind's table."""


def rows(ledger: Ledger, kind: Kind, found: Sequence[Found]) -> Table:
    """A row for each fact. Sides are codes, with spaces between, their names, and the persons that the report names.

    `means` is the code in plain words. `likeness` is that of the report least similar to the others of the fact; the
    scale of `scale_value` is named next to it. `date_basis` is the basis of the date: `report` if no time is given, so
    that the day of the report is the latest possible one. `first` and `last` are the possible days; for an event or
    visit planned without a day those in which it is expected.
    """
    family = ledger.family()
    documents = ledger.documents(f.statement.document for f in found)
    of = {"event": _event, "visit": _visit, "figure": _figure}[kind]
    out = [(*of(f, family), *_weight(f.fact, family), *source.source(f.statement, documents, family)) for f in found]
    return Table(COLUMNS[kind], tuple(out))


def _weight(fact: Fact, family: Mapping[str, str]) -> tuple[Any, ...]:
    by = provenance(fact, family)
    parties = " ".join(by.parties) or None
    return (by.reports, by.outlets, by.independent, parties, len(fact.statements), fact.score)


def _event(f: Found, family: Mapping[str, str]) -> tuple[Any, ...]:
    record, mode = f.fact.as_a(Event), _best(f.fact, "mode", family)
    scale = record.event_scale
    return (
        f.fact.id, _date(f.fact, "date", family), f.in_window, record.event, mode,
        event_phrase(record.event, mode),
        _best(f.fact, "cameo", family), record.quad_code, scale and scale.name, scale and scale.value, f.fact.status,
        *_side(record.actor), *_side(record.recipient),
        _best(f.fact, "place", family), _basis(f.fact, _best(f.fact, "date", family)), *_days(f.when),
    )  # fmt: skip


def _visit(f: Found, family: Mapping[str, str]) -> tuple[Any, ...]:
    record, level = f.fact.as_a(Visit), _best(f.fact, "level", family)
    return (
        f.fact.id, _date(f.fact, "date", family), f.in_window, *_side(record.visitors),
        record.host, _named(record.host), level, phrase("level", level), _best(f.fact, "place", family),
        _best(f.fact, "purpose", family), f.fact.status, _basis(f.fact, _best(f.fact, "date", family)), *_days(f.when),
    )  # fmt: skip


def _figure(f: Found, family: Mapping[str, str]) -> tuple[Any, ...]:
    record = f.statement.as_a(Figure)
    return (
        f.fact.id, _date(f.fact, "period", family), f.in_window, record.measure,
        phrase("measure", record.measure), record.reporter, _named(record.reporter),
        record.partner, _named(record.partner),
        *(_best(f.fact, field, family) for field in ("value", "unit", "change_pct", "direction", "qualifier")),
        *_days(f.when),
    )  # fmt: skip


def _best(fact: Fact, field: str, family: Mapping[str, str]) -> Any:
    values = values_of(fact, field, family)
    return values[0].value if values else None


def _date(fact: Fact, field: str, family: Mapping[str, str]) -> str | None:
    """The date by the best source; an undated fact took place by the day of its report."""
    dated = fact.kind != "figure" and fact.undated and fact.when != OPEN
    return str(fact.when) if dated else _best(fact, field, family)


def _basis(fact: Fact, day: Any) -> str | None:
    """The basis of a date by the first statement that gives it; null if there is none."""
    if fact.undated:
        return None if fact.when == OPEN else "report"
    dated = (s.record for s in fact.account)
    return next((r.date_basis for r in dated if isinstance(r, Event | Visit) and r.date == day), None)


def _days(when: Interval) -> tuple[str | None, str | None]:
    first, last = when.first, when.last
    return (first.isoformat() if first else None, last.isoformat() if last else None)


def _side(actors: Sequence[Actor]) -> tuple[str, str | None, str | None]:
    """The participants of a side: codes as of the time of the fact, names, and persons as the report names them.

    Participants without a known state or organisation are given in the words of the report.

    >>> _side([Actor(text="Gromyko", state="SUN", name="Andrei Gromyko", role="Minister")])
    ('SUN', 'Soviet Union', 'Andrei Gromyko')
    """
    codes = dict.fromkeys(a.state or a.organisation or a.text for a in actors)
    persons = dict.fromkeys(a.name or a.text for a in actors if _is_person(a))
    return " ".join(codes), "; ".join(map(name, codes)) or None, "; ".join(persons) or None


def _is_person(actor: Actor) -> bool:
    """Whether an actor is a person: it has an office, or a name that is not that of a state or an organisation."""
    return actor.role is not None or (actor.name is not None and code_named(actor.name) is None)


def _named(code: str | None) -> str | None:
    return name(code) if code else None
