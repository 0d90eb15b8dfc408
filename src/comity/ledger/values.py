"""What the sources of a fact say in each field, side by side where they differ."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.ledger.fact import Fact
from comity.ledger.families import independent
from comity.ledger.interval import interval
from comity.ledger.judgement import corrections

FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("event", "mode", "cameo", "status", "date", "place"),
    "visit": ("host", "level", "purpose", "status", "date", "place"),
    "agreement": (
        "title",
        "type",
        "place",
        "duration",
        "renewal",
        "notice",
        "count",
        "areas",
        "force",
        "force_delay",
        "force_count",
        "afterwards",
    ),
    "project": ("name", "type", "founded", "areas"),
    "figure": ("measure", "value", "unit", "change_pct", "direction", "period", "qualifier"),
    "cooperation": ("areas",),
    "assessment": ("of", "over", "dimension", "direction", "against", "period"),
    "commemoration": ("of", "occurred", "ordinal", "on"),
}
"""The fields that are compared, by kind."""
_DATES = frozenset({"date", "founded", "period", "occurred", "on"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value that sources tell: the ids of the statements, and how many independent sources they are."""

    value: Any
    statements: tuple[str, ...]
    independent: int


def told(fact: Fact, field: str, family: Mapping[str, str]) -> tuple[Value, ...]:
    """The values of a field, a person's correction first, then that of most independent sources.

    A value that only says the same less exactly (a year beside a day of it) stands behind the exact one.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for s in fact.statements:
        value = s.record.get(field)
        if value is not None and value != []:
            found.setdefault(json.dumps(value, ensure_ascii=False), []).append((s.id, s.document))
    out = [
        Value(json.loads(v), tuple(i for i, _ in where), independent((d for _, d in where), family))
        for v, where in found.items()
    ]
    out.sort(key=lambda v: (_vague(v, out) if field in _DATES else False, -v.independent, -_fullness(v), str(v.value)))
    fixed = corrections(fact.judgements).get(field)
    if fixed is not None:
        value, j = fixed
        out = [Value(value, (f"judgement:{j.number}",), 1), *out]
    return tuple(out)


def conflicts(fact: Fact, family: Mapping[str, str]) -> dict[str, tuple[Value, ...]]:
    """The fields in which the sources differ, with every value."""
    out = {}
    for field in FIELDS.get(fact.kind, ()):
        values = told(fact, field, family)
        if field in _DATES:
            values = tuple(v for v in values if not _vague(v, list(values)))
        if len(values) > 1:
            out[field] = values
    return out


def _vague(value: Value, among: list[Value]) -> bool:
    mine = interval(str(value.value))
    others = [interval(str(v.value)) for v in among if v is not value]
    return any((o.days or 10**9) < (mine.days or 10**9) and o.meets(mine) for o in others)


def _fullness(value: Value) -> int:
    return len(value.value) if isinstance(value.value, str | list) else 0
