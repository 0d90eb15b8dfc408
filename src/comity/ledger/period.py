"""ISO 8601 periods ("P20Y", "P6M") and the days at the end of a period."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from comity.errors import InputError

_SHAPE = re.compile(
    r"P(?=[\dT])(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:\d+M)?(?:\d+S)?)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as treaties state it: months (a year is twelve) and days."""

    months: int = 0
    days: int = 0

    def after(self, day: date, times: int = 1) -> date:
        """The day some periods after a day; a day that the month does not have becomes its last (31 January + P1M).

        Dates beyond the calendar become the calendar's first or last day.

        >>> Period(months=240).after(date(1993, 1, 20)).isoformat()
        '2013-01-20'
        """
        total = day.year * 12 + day.month - 1 + self.months * times
        year, month = divmod(total, 12)
        if year < 1:
            return date.min
        if year > 9999:
            return date.max
        moved = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        try:
            return moved + timedelta(days=self.days * times)
        except OverflowError:
            return date.max if self.days * times > 0 else date.min

    @property
    def least_days(self) -> int:
        """The fewest days that the period can have; 0 only if it is empty."""
        return self.months * 28 + self.days


def period(iso: str | None) -> Period | None:
    """The period of an ISO 8601 duration; null if it is null or no duration. Hours count as whole days.

    >>> period("P1Y6M"), period("indefinite") is None
    (Period(months=18, days=0), True)
    """
    found = _SHAPE.fullmatch(iso or "")
    if found is None:
        return None
    years, months, weeks, days, hours = (int(g or 0) for g in found.groups())
    whole = Period(years * 12 + months, weeks * 7 + days + -(-hours // 24))
    return whole if whole.months or whole.days else None


def asked_period(text: str) -> Period:
    """The period given by a user. Raises `InputError` if it is invalid."""
    found = period(text.upper())
    if found is None:
        raise InputError(f"{text!r} is no period; write P12M, P1Y or P90D")
    return found
