"""The possible days of an EDTF date, and whether they certainly or possibly meet a condition."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.errors import InputError
from comity.ledger.period import Period

Answer = Literal["certain", "possible", "no"]

_DATE = re.compile(r"(\d{2}[\dX][\dX]|\dXXX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?[~?%]?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


@dataclass(frozen=True, slots=True)
class Interval:
    """The first and the last possible day of something, both included; null if that side is open."""

    first: date | None
    last: date | None

    def shifted(self, period: Period, times: int = 1) -> "Interval":
        """The interval some periods later (earlier if `times` is negative)."""
        return Interval(
            period.after(self.first, times) if self.first else None,
            period.after(self.last, times) if self.last else None,
        )

    def by(self, day: date) -> Answer:
        """Whether it lies on or before a day."""
        if self.last is not None and self.last <= day:
            return "certain"
        return "possible" if self.first is None or self.first <= day else "no"

    def within(self, other: "Interval") -> Answer:
        """Whether it lies within another interval.

        >>> interval("2019-11").within(interval("2019")), interval("2019/2020").within(interval("2019"))
        ('certain', 'possible')
        """
        if not self.meets(other):
            return "no"
        after = other.first is None or (self.first is not None and self.first >= other.first)
        before = other.last is None or (self.last is not None and self.last <= other.last)
        return "certain" if after and before else "possible"

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a day in common."""
        return (self.first is None or other.last is None or self.first <= other.last) and (
            other.first is None or self.last is None or other.first <= self.last
        )

    def hull(self, other: "Interval") -> "Interval":
        """The shortest interval that contains both."""
        return Interval(
            None if self.first is None or other.first is None else min(self.first, other.first),
            None if self.last is None or other.last is None else max(self.last, other.last),
        )

    def gap(self, other: "Interval") -> int:
        """How many days lie between two intervals; 0 if they meet."""
        if self.first is not None and other.last is not None and self.first > other.last:
            return (self.first - other.last).days
        if other.first is not None and self.last is not None and other.first > self.last:
            return (other.first - self.last).days
        return 0

    @property
    def days(self) -> int | None:
        """How many days it has; null if a side is open."""
        return None if self.first is None or self.last is None else (self.last - self.first).days + 1

    def __str__(self) -> str:
        if self.first is not None and self.first == self.last:
            return self.first.isoformat()
        first, last = (d.isoformat() if d else ".." for d in (self.first, self.last))
        return f"{first}/{last}"


OPEN = Interval(None, None)
"""The interval of an unknown day."""


def interval(edtf: str | None) -> Interval:
    """The possible days of an EDTF date; both sides are open if it is null or unknown.

    >>> str(interval("2019-02")), str(interval("199X")), str(interval("../1991"))
    ('2019-02-01/2019-02-28', '1990-01-01/1999-12-31', '../1991-12-31')
    """
    if not edtf:
        return OPEN
    left, slash, right = edtf.partition("/")
    first = _side(left)
    if not slash:
        return first
    return Interval(first.first, _side(right).last)


def asked(text: str) -> Interval:
    """The days of a date given by a user. Raises `InputError` if it is no EDTF date."""
    found = interval(text)
    if found == OPEN or (found.first and found.last and found.first > found.last):
        raise InputError(f"{text!r} is no date; write YYYY, YYYY-MM, YYYY-MM-DD or FIRST/LAST")
    return found


def as_day(text: str) -> date:
    """The last day of a date given by a user: a status "on 2019" is that of the end of 2019."""
    found = asked(text)
    if found.last is None:
        raise InputError(f"{text!r} has no last day; write YYYY-MM-DD")
    return found.last


def _side(text: str) -> Interval:
    found = _DATE.fullmatch(text)
    if found is None:
        return OPEN
    year, month, day = found.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not 1 <= high <= 9999:
        return OPEN
    low = max(low, 1)
    if month in (None, "XX"):
        return Interval(date(low, 1, 1), date(high, 12, 31))
    m = int(month)
    if m in _SEASONS:
        a, b = _SEASONS[m]
        return Interval(date(low, a, 1), date(high, b, calendar.monthrange(high, b)[1]))
    if not 1 <= m <= 12:
        return OPEN
    if day in (None, "XX"):
        return Interval(date(low, m, 1), date(high, m, calendar.monthrange(high, m)[1]))
    d = int(day)
    if not 1 <= d <= calendar.monthrange(low, m)[1]:
        return OPEN
    return Interval(date(low, m, d), date(high, m, d))
