"""Relative days: "yesterday", "last week", "P7D", converted to the dates of a query."""

import re
from datetime import date, timedelta

from comity.ledger.interval import Interval, asked
from comity.ledger.period import asked_period

_TURN = re.compile(r"(this|next|last) (week|month|year)")
_PERIOD = re.compile(r"P\d.*")
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_TURNS = {"last": -1, "this": 0, "next": 1}

SPOKEN = "'yesterday', 'last week', 'this month', 'next year'"
"""The valid forms, as named in messages."""


def spoken(text: str, on: date) -> Interval | None:
    """The days that a relative expression means on a given day; null for anything else.

    A week is from Monday to Sunday.

    >>> monday = date(2026, 11, 30)
    >>> str(spoken("last week", monday)), str(spoken("Yesterday", monday)), str(spoken("next year", monday))
    ('2026-11-23/2026-11-29', '2026-11-29', '2027-01-01/2027-12-31')
    >>> str(spoken("next month", date(2026, 12, 1))), spoken("2019", monday) is None
    ('2027-01-01/2027-01-31', True)
    """
    words = " ".join(text.casefold().replace("-", " ").split())
    if words in _DAYS:
        day = on + timedelta(days=_DAYS[words])
        return Interval(day, day)
    turn = _TURN.fullmatch(words)
    if turn is None:
        return None
    step = _TURNS[turn[1]]
    if turn[2] == "year":
        return asked(f"{on.year + step:04}")
    if turn[2] == "month":
        months = on.year * 12 + on.month - 1 + step
        return asked(f"{months // 12:04}-{months % 12 + 1:02}")
    monday = on + timedelta(days=7 * step - on.weekday())
    return Interval(monday, monday + timedelta(days=6))


def ago(text: str, on: date) -> date | None:
    """The day a period before a day; null for anything that is no period.

    >>> ago("P7D", date(2026, 11, 30)), ago("p1m", date(2026, 3, 31)), ago("2019", date(2026, 11, 30))
    (datetime.date(2026, 11, 23), datetime.date(2026, 2, 28), None)
    """
    word = text.strip().upper()
    return asked_period(word).after(on, -1) if _PERIOD.fullmatch(word) else None


def as_asked(text: str, on: date, *, back: bool = False, end: bool = False) -> str:
    """The date of a query in EDTF, from a relative expression on a day; anything else is returned unchanged.

    With `back` it is a beginning: a period means the day that long ago, "last week" its Monday; with `end` it is an
    end: "last week" is its Sunday.

    >>> monday = date(2026, 11, 30)
    >>> [as_asked(w, monday, back=True) for w in ("last week", "P7D", "2019")]
    ['2026-11-23', '2026-11-23', '2019']
    >>> as_asked("last week", monday, end=True), as_asked("last year", monday)
    ('2026-11-29', '2025-01-01/2025-12-31')
    """
    word = text.strip()
    if back and (day := ago(word, on)) is not None:
        return day.isoformat()
    if (said := spoken(word, on)) is not None:
        return str(said.first if back else said.last if end else said)
    return word
