"""The account of a fact: what its statements tell with a person's corrections set in.

What a report says stays in its statement; whatever is asked, counted or shown of a fact goes by the account.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from comity.knowledge import plover
from comity.knowledge.states import by_code
from comity.ledger.statement import Statement, block_of, traits
from comity.records.kinds import KINDS
from comity.records.lines import dumps, from_json, plain

PARTIES: dict[str, tuple[str, ...]] = {kind: spec.parties for kind, spec in KINDS.items()}
"""The fields of each kind that name states and organisations."""
_PEOPLE = frozenset({"actor", "recipient", "visitors"})
_ONE = frozenset({"host", "reporter", "partner", "of", "over", "against"})
_FLOATS = frozenset({"value", "change_pct"})
_INTEGERS = frozenset({"count", "ordinal", "force_count"})
_LISTS = frozenset({"areas"})
_BASES = {"date": "date_basis", "founded": "founded_basis", "occurred": "occurred_basis", "on": "on_basis"}
# the acts of an agreement whose day a statement at that stage tells
_STAGES = {"in force": "entered into force", "agreed": "adopted"}
CORRECTED = "judgement"
"""The basis of a date that a person has set right."""


def typed(field: str, value: str) -> Any:
    """The value of a correction as a record holds it: numbers as numbers, areas and parties as lists.

    >>> typed("value", "5e9"), typed("count", "3"), typed("parties", "KEN UGA"), typed("place", "Moscow")
    (5000000000.0, 3, ['KEN', 'UGA'], 'Moscow')
    """
    if field in _FLOATS:
        return float(value)
    if field in _INTEGERS:
        return int(float(value))
    if field in _LISTS or field in _PEOPLE or field == "parties":
        return value.split()
    return value or None


def corrected(statement: Statement, fixed: Mapping[str, str]) -> Statement:
    """A statement with corrected fields set in, and all that follows from them: its states, type, status and days.

    A corrected type of event brings its own score, quad and CAMEO code; a mode that it has not is left out.
    """
    record = dict(statement.record)
    for name, value in fixed.items():
        if name in _PEOPLE and name in record:
            record[name] = [_person(code, record[name]) for code in value.split()]
        elif name in record:
            record[name] = typed(name, value)
            if name in _BASES:
                record[_BASES[name]] = CORRECTED
    if statement.kind == "event" and not {"event", "mode", "cameo"}.isdisjoint(fixed):
        _recode(record, fixed)
    stage = str(record.get("stage"))
    act = _STAGES.get(stage, stage)
    if statement.kind == "agreement" and act in fixed:
        record["date"], record["date_basis"] = fixed[act], CORRECTED
    made = from_json(dumps(record))
    sort, mode, status, when = traits(made)
    block = block_of(made) if any(p in fixed for p in PARTIES.get(statement.kind, ())) else statement.block
    return replace(statement, block=block, type=sort, mode=mode, status=status, when=when, body=dumps(plain(made)))


def _person(code: str, held: list[dict[str, Any]]) -> dict[str, Any]:
    """Who acts for a state: as the report names them, or the state itself where it names nobody of it."""
    for one in held:
        if code in {one["state"], one["organisation"]}:
            return one
    state = by_code(code)
    empty = dict.fromkeys(("name", "role", "state_now", "sector", "start", "end", "antecedent"))
    return {
        **empty,
        "text": state.name if state else code,
        "state": code if state else None,
        "organisation": None if state else code,
    }


def _recode(record: dict[str, Any], fixed: Mapping[str, str]) -> None:
    """Sets what follows from an event's type: mode, CAMEO code, quad and score."""
    name, known = record["event"], plover.cameo().get(str(record["cameo"]))
    if "mode" not in fixed and record["mode"] not in plover.modes().get(name, {}):
        record["mode"] = None
    sort = plover.events().get(name)
    if sort is None:
        return
    if "cameo" not in fixed and (known is None or known.event != name):
        record["cameo"] = sort.cameo_planned if record["status"] == "planned" else sort.cameo
    record["quad_code"] = sort.quad
    record["event_scale"] = plain(plover.scale(name, record["mode"]))
