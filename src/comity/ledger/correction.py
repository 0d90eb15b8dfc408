"""What a person may correct in a fact, and in what form."""

from collections.abc import Mapping

from comity.errors import InputError
from comity.knowledge import plover
from comity.knowledge.states import rows
from comity.knowledge.typed import code_named, unknown
from comity.ledger.account import PARTIES
from comity.ledger.agreement import ACT_KINDS, LINKS, TERMS
from comity.ledger.interval import OPEN, interval
from comity.ledger.period import period
from comity.ledger.values import FIELDS
from comity.records.codes import Status

_PERIODS = frozenset({"renewal", "notice", "delay"})
_DATES = frozenset({"date", "founded", "period", "occurred", "on", *ACT_KINDS})
_NUMBERS = frozenset({"value", "change_pct", "count", "ordinal", "count_needed"})
_RULES = frozenset({"signature", "exchange", "deposits", "notes"})
_SEVERAL = frozenset({"actor", "recipient", "visitors", "parties"})


_STATUSES = tuple(s.value for s in Status)
_ALSO_CALLED = {
    "event": {"type": "event", "actors": "actor", "recipients": "recipient"},
    "visit": {"visitor": "visitors"},
    **{kind: {"party": "parties"} for kind in ("agreement", "project", "cooperation", "commemoration")},
}
_MAY_BE_EMPTY = frozenset({"recipient", "mode", "place", "partner", "over", "against"})


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind that can be corrected; for agreements also the days of acts, terms and links."""
    more = (*ACT_KINDS, *TERMS, *LINKS) if kind == "agreement" else ()
    return tuple(dict.fromkeys((*FIELDS.get(kind, ()), *PARTIES.get(kind, ()), *more)))


def checked(kind: str, changes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Changes valid for their fields, in the order of their names. Raises `InputError` with the valid values.

    States are given by any of their names, several with commas between; they are kept as codes.

    >>> checked("agreement", {"entered into force": "2020-09-21"})
    (('entered into force', '2020-09-21'),)
    >>> checked("event", {"type": "consult", "actor": "Kenya, Uganda", "recipient": ""})
    (('actor', 'KEN UGA'), ('event', 'CONSULT'), ('recipient', ''))
    """
    if not changes:
        raise InputError("a correction needs FIELD=VALUE")
    known = fields_of(kind)
    fitting = {}
    for given, text in changes.items():
        name = _ALSO_CALLED.get(kind, {}).get(given, given)
        if name not in known:
            raise InputError(f"{kind} has no field {given!r} to correct; it has {', '.join(known)}")
        fitting[name] = _checked(kind, name, text)
    return tuple(sorted(fitting.items()))


def _checked(kind: str, name: str, value: str) -> str:
    """A value in the form of its field. Raises `InputError` with the valid values."""
    if not value.strip():
        if name not in _MAY_BE_EMPTY:
            raise InputError(f"{name}= has no value")
        return ""
    if name in PARTIES.get(kind, ()):
        return _codes(name, value)
    if name == "areas":
        return _areas(value)
    if name == "event" and value.upper() not in plover.events():
        raise InputError(f"event={value!r} is no PLOVER type; the types are {', '.join(plover.events())}")
    if name == "cameo" and value not in plover.cameo():
        raise InputError(f"cameo={value!r} is no CAMEO code; write it with its noughts, such as 042")
    if name == "status" and value not in _STATUSES:
        raise InputError(f"status={value!r} is none of {', '.join(_STATUSES)}")
    _refuse_unfit(name, value)
    return value.upper() if name == "event" else value


def _codes(name: str, value: str) -> str:
    """The codes of states and organisations given by any of their names."""
    parts = value.split(",") if "," in value else [value]
    if "," not in value and code_named(value) is None:
        parts = value.split()
    found = []
    for part in (p.strip() for p in parts if p.strip()):
        if (code := code_named(part)) is None:
            raise InputError(f"{name}={value!r}: {unknown(part)}")
        found.append(code)
    if name not in _SEVERAL and len(found) != 1:
        raise InputError(f"{name}={value!r} names {len(found)}; it takes one")
    return " ".join(dict.fromkeys(found))


def _areas(value: str) -> str:
    known = [r["area"] for r in rows("en/areas.csv")]
    given = value.replace(",", " ").split()
    if wrong := [a for a in given if a not in known]:
        raise InputError(f"areas: {wrong[0]!r} is none of {', '.join(dict.fromkeys(known))}")
    return " ".join(dict.fromkeys(given))


def _refuse_unfit(name: str, value: str) -> None:
    """Raises `InputError` for an invalid date, period, number or rule."""
    if name in _DATES and interval(value) == OPEN:
        raise InputError(f"{name}={value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    if name in _PERIODS and period(value) is None:
        raise InputError(f"{name}={value!r} is no period; write P5Y or P12M")
    endless = value in {"indefinite", "permanent"} or value.startswith("until ")
    if name == "duration" and not endless and period(value) is None:
        raise InputError(f"duration={value!r} is none; write P20Y, indefinite, permanent or 'until DATE'")
    if name in _NUMBERS and not _is_number(value):
        raise InputError(f"{name}={value!r} is no number")
    if name == "force" and value not in _RULES:
        raise InputError(f"force={value!r} is none of {', '.join(sorted(_RULES))}")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
