"""The account of a fact: its statements with a person's corrections applied.

What a report says stays in its statement; every query, count and display of a fact uses the account.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from comity.knowledge import plover
from comity.knowledge.states import by_code
from comity.ledger.statement import Statement, block_of, body_of, traits
from comity.records.codes import DateBasis, Stage, Status
from comity.records.kinds import KINDS
from comity.records.record import Actor, Agreement, Event

PARTIES: dict[str, tuple[str, ...]] = {kind: spec.parties for kind, spec in KINDS.items()}
"""The fields of each kind that name states and organisations."""
_PEOPLE = frozenset({"actor", "recipient", "visitors"})
_ONE = frozenset({"host", "reporter", "partner", "of", "over", "against"})
_FLOATS = frozenset({"value", "change_pct"})
_INTEGERS = frozenset({"count", "ordinal", "force_count"})
_LISTS = frozenset({"areas"})
_BASES = {"date": "date_basis", "founded": "founded_basis", "occurred": "occurred_basis", "on": "on_basis"}
# the act of an agreement that is dated by a statement at that stage
_STAGES: dict[str, str] = {Stage.IN_FORCE: "entered into force", Stage.AGREED: "adopted"}


def typed(field: str, value: str) -> Any:
    """The value of a correction in the type of its field: numbers as numbers, areas and parties as lists.

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
    """A statement with corrected fields, and everything derived from them: its states, type, status and days.

    A corrected event type brings its own score, quad and CAMEO code; a mode that it does not have is dropped.
    """
    record = statement.record
    changes: dict[str, Any] = {}
    for name, value in fixed.items():
        if not hasattr(record, name):
            continue
        if name in _PEOPLE:
            changes[name] = tuple(_person(code, getattr(record, name)) for code in value.split())
        else:
            new = typed(name, value)
            changes[name] = tuple(new) if isinstance(new, list) else new
            if name in _BASES:
                changes[_BASES[name]] = DateBasis.JUDGEMENT
    record = replace(record, **changes)
    if isinstance(record, Event) and not {"event", "mode", "cameo"}.isdisjoint(fixed):
        record = _recoded(record, fixed)
    if isinstance(record, Agreement):
        act = _STAGES.get(record.stage or "", record.stage)
        if act is not None and act in fixed:
            record = replace(record, date=fixed[act], date_basis=DateBasis.JUDGEMENT)
    sort, mode, status, when = traits(record)
    block = block_of(record) if any(p in fixed for p in PARTIES.get(statement.kind, ())) else statement.block
    return replace(statement, block=block, type=sort, mode=mode, status=status, when=when, body=body_of(record))


def _person(code: str, reported: tuple[Actor, ...]) -> Actor:
    """The actor for a state: as the report names them, or the state itself if the report names nobody."""
    for one in reported:
        if code in {one.state, one.organisation}:
            return one
    state = by_code(code)
    return Actor(
        text=state.name if state else code,
        state=code if state else None,
        organisation=None if state else code,
    )


def _recoded(record: Event, fixed: Mapping[str, str]) -> Event:
    """An event with what follows from its type: mode, CAMEO code, quad and score."""
    name, known = record.event, plover.cameo().get(str(record.cameo))
    if "mode" not in fixed and record.mode not in plover.modes().get(name, {}):
        record = replace(record, mode=None)
    sort = plover.events().get(name)
    if sort is None:
        return record
    if "cameo" not in fixed and (known is None or known.event != name):
        record = replace(record, cameo=sort.cameo_planned if record.status == Status.PLANNED else sort.cameo)
    return replace(record, quad_code=sort.quad, event_scale=plover.scale(name, record.mode))
