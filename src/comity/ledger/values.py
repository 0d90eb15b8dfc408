"""The values that the sources of a fact give in each field, side by side if they differ."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.knowledge.known_instruments import KnownInstrument
from comity.ledger.account import PARTIES, typed
from comity.ledger.fact import Fact
from comity.ledger.families import independent
from comity.ledger.interval import interval
from comity.ledger.judgement import corrections
from comity.ledger.naming import mark
from comity.records.codes import Status
from comity.records.kinds import KINDS
from comity.records.record import Actor

FIELDS: dict[str, tuple[str, ...]] = {kind: spec.compared for kind, spec in KINDS.items()}
"""The fields that are compared, by kind."""
_OF_TYPE = frozenset({"mode", "cameo"})
_DATES = frozenset({"date", "founded", "period", "occurred", "on"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value: the ids of the statements that give it, and the number of independent sources."""

    value: Any
    statements: tuple[str, ...]
    independent: int


def values_of(fact: Fact, field: str, family: Mapping[str, str]) -> tuple[Value, ...]:
    """The values of a field, a person's correction first, then by the number of independent sources.

    A less exact form of a value (a year beside a day of it) comes after the exact one, and a planned value after the
    actual one. Participants are given by codes.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for s in fact.statements:
        value = _codes(getattr(s.record, field, None))
        if value is not None and value != ():
            found.setdefault(json.dumps(value, ensure_ascii=False), []).append((s.id, s.document))
    parties = fact.block.split()
    out = [
        Value(json.loads(v), tuple(i for i, _ in where), independent((d for _, d in where), family, parties))
        for v, where in found.items()
    ]
    plans = _plans(fact)
    out.sort(
        key=lambda v: (
            plans.issuperset(v.statements),
            _vague(v, out) if field in _DATES else False,
            -v.independent,
            -_fullness(v),
            str(v.value),
        )
    )
    if fact.instrument is not None and (known := tabled(fact.instrument, field)) is not None:
        out = [Value(known, (mark(fact.instrument),), 0), *out]
    fixed = corrections(fact.judgements)
    if field in fixed:
        value, j = fixed[field]
        out = [Value(typed(field, value), (f"judgement:{j.number}",), 1), *out]
    elif field in _OF_TYPE and "event" in fixed:
        # the code and the mode of another type no longer apply
        now, j = getattr(fact.record, field), fixed["event"][1]
        out = [] if now is None else [Value(now, (f"judgement:{j.number}",), 1)]
    return tuple(out)


def conflicts(fact: Fact, family: Mapping[str, str]) -> dict[str, tuple[Value, ...]]:
    """The fields in which the sources differ, with all their values.

    A different value of a plan is no difference once it was carried out. A field that a person has corrected is
    included if a source gives another value.
    """
    out, plans = {}, _plans(fact)
    for field in fields_of(fact):
        if fact.instrument is not None and tabled(fact.instrument, field) is not None:
            continue  # different titles are no difference
        behind = frozenset[str]() if field == "status" else plans
        values = tuple(v for v in values_of(fact, field, family) if not behind.issuperset(v.statements))
        if field in _DATES:
            values = tuple(v for v in values if not _vague(v, list(values)))
        if len(values) > 1:
            out[field] = values
    return out


def tabled(instrument: KnownInstrument, field: str) -> str | None:
    """The value of a field in the table of known instruments; null if the reports decide it."""
    return {"title": instrument.short, "type": instrument.kind}.get(field)


def fields_of(fact: Fact) -> tuple[str, ...]:
    """The fields of a fact that are compared, and those that a person has corrected."""
    fields = FIELDS.get(fact.kind, ())
    fixed = corrections(fact.judgements)
    return (*fields, *(p for p in PARTIES.get(fact.kind, ()) if p in fixed and p not in fields))


def _plans(fact: Fact) -> frozenset[str]:
    """The statements that report as planned a fact that took place."""
    if not any(s.status == Status.OCCURRED for s in fact.statements):
        return frozenset()
    return frozenset(s.id for s in fact.statements if s.status == Status.PLANNED)


def _codes(value: Any) -> Any:
    """Actors by their codes, any other value as it is."""
    if isinstance(value, tuple) and value and isinstance(value[0], Actor):
        return tuple(v.state or v.organisation or v.text for v in value)
    return value


def _vague(value: Value, among: list[Value]) -> bool:
    mine = interval(str(value.value))
    others = [interval(str(v.value)) for v in among if v is not value]
    return any((o.days or 10**9) < (mine.days or 10**9) and o.meets(mine) for o in others)


def _fullness(value: Value) -> int:
    return len(value.value) if isinstance(value.value, str | list) else 0
