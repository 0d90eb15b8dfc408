"""What a person may set right in a fact, and in what form."""

from collections.abc import Mapping

from comity.errors import InputError
from comity.ledger.agreement import ACT_KINDS, LINKS, TERMS
from comity.ledger.interval import OPEN, interval
from comity.ledger.period import period
from comity.ledger.values import FIELDS

_PERIODS = frozenset({"renewal", "notice", "delay"})
_DATES = frozenset({"date", "founded", "period", "occurred", "on", *ACT_KINDS})
_NUMBERS = frozenset({"value", "change_pct", "count", "ordinal", "count_needed"})
_RULES = frozenset({"signature", "exchange", "deposits", "notes"})


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind that can be corrected; for agreements also the days of acts, terms and links."""
    return (*FIELDS.get(kind, ()), *((*ACT_KINDS, *TERMS, *LINKS) if kind == "agreement" else ()))


def checked(kind: str, changes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Changes that fit their fields, in the order of their names. Raises `InputError` with what would fit.

    >>> checked("agreement", {"entered into force": "2020-09-21"})
    (('entered into force', '2020-09-21'),)
    """
    if not changes:
        raise InputError("a correction needs FIELD=VALUE")
    known = fields_of(kind)
    for name, value in changes.items():
        if name not in known:
            raise InputError(f"{kind} has no field {name!r} to correct; it has {', '.join(dict.fromkeys(known))}")
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
    return tuple(sorted(changes.items()))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
