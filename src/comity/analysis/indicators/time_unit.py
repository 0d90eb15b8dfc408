"""The years or months by which a series is counted."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.errors import InputError
from comity.ledger.interval import Interval, asked

Unit = Literal["year", "month"]
UNITS: tuple[Unit, ...] = ("year", "month")


@dataclass(frozen=True, slots=True)
class TimeUnit:
    """A unit of time with numbered members, so that the next is one more: 1997, or 1997 · 12 + month - 1."""

    unit: Unit = "year"

    def of(self, day: date) -> int:
        """The number of the year or month of a day."""
        return day.year if self.unit == "year" else day.year * 12 + day.month - 1

    def days(self, at: int) -> Interval:
        """The days of a year or month.

        >>> str(TimeUnit("month").days(TimeUnit("month").of(date(2020, 2, 9))))
        '2020-02-01/2020-02-29'
        """
        if self.unit == "year":
            return Interval(date(at, 1, 1), date(at, 12, 31))
        year, month = divmod(at, 12)
        return Interval(date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1]))

    def last(self, at: int) -> date:
        """The last day of a year or month."""
        end = self.days(at).last
        assert end is not None  # noqa: S101 - a year has one
        return end

    def middle(self, at: int) -> str:
        """The day (ISO 8601) whose state codes are used for a year or month: 1991 is the Soviet Union's."""
        return date(at, 7, 1).isoformat() if self.unit == "year" else date(at // 12, at % 12 + 1, 15).isoformat()

    def label(self, at: int) -> str:
        """A year or month in EDTF.

        >>> TimeUnit().label(1997), TimeUnit("month").label(1997 * 12 + 8)
        ('1997', '1997-09')
        """
        return f"{at:04d}" if self.unit == "year" else f"{at // 12:04d}-{at % 12 + 1:02d}"

    def year(self, at: int) -> int:
        """The year to which it belongs."""
        return at if self.unit == "year" else at // 12

    def spanned(self, first: date, last: date | None) -> Iterator[int]:
        """The years or months that overlap a span; only that of `first` if it has no end."""
        return iter(range(self.of(first), self.of(last or first) + 1))


def time_unit_of(unit: str) -> TimeUnit:
    """The unit of time given by a user. Raises `InputError` for others."""
    for known in UNITS:
        if unit == known:
            return TimeUnit(known)
    raise InputError(f"{unit!r} is no unit of time; write year or month")


def asked_time(time_unit: TimeUnit, text: str | None, *, end: bool) -> int | None:
    """The year or month of a date given by a user, its last one for an end. Raises `InputError` if it is no date."""
    if text is None:
        return None
    days = asked(str(text))
    day = days.last if end else days.first
    if day is None:
        raise InputError(f"{text!r} is open; write YYYY or YYYY-MM")
    return time_unit.of(day)


def hull(times: Iterable[int]) -> range:
    """All times from the first to the last of some; empty if there are none."""
    ordered = sorted(set(times))
    return range(ordered[0], ordered[-1] + 1) if ordered else range(0)
