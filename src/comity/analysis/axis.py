"""The time axis under a strip: days to pixels, and the labelled days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from comity.ledger.interval import Interval

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_LABEL = 46
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from `first` to `last` laid out from `left` to `right`, in pixels.

    >>> Axis(date(2019, 1, 1), date(2019, 12, 31), 0, 364).x(date(2019, 1, 11))
    10.0
    """

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """The position of a day, also beyond the axis."""
        whole = max(1, (self.last - self.first).days)
        return self.left + (self.right - self.left) * (day - self.first).days / whole

    def inside(self, day: date) -> float:
        """The position of a day, moved to the nearer end if it is beyond the axis."""
        return min(self.right, max(self.left, self.x(day)))

    def middle(self, when: Interval) -> float | None:
        """The position of the middle of an interval; null if a side is open."""
        if when.first is None or when.last is None:
            return None
        return (self.x(when.first) + self.x(when.last)) / 2

    def holds(self, when: Interval) -> bool:
        """Whether an interval overlaps the axis."""
        return when.meets(Interval(self.first, self.last))

    def ticks(self) -> Iterator[tuple[date, str]]:
        """The labelled days with their labels: years, months or days, as many as there is room for."""
        room = max(2, int((self.right - self.left) / _LABEL))
        days = (self.last - self.first).days
        years = days / 365.25
        if years > 2.5 or years * 12 / 6 > room:
            step = next((s for s in _STEPS if years / s <= room), _STEPS[-1])
            year = -(-self.first.year // step) * step
            while year <= self.last.year:
                if date(year, 1, 1) >= self.first:
                    yield date(year, 1, 1), str(year)
                year += step
        elif days > 70:
            step = next((s for s in (1, 2, 3, 6) if years * 12 / s <= room), 6)
            for day in months(self.first, self.last):
                if (day.month - 1) % step == 0:
                    yield day, str(day.year) if day.month == 1 else f"{_MONTHS[day.month - 1]} {day.year % 100:02d}"
        else:
            step = next((s for s in (1, 2, 7, 14) if days / s <= room), 14)
            for n in range(0, days + 1, step):
                day = self.first + timedelta(days=n)
                yield day, f"{day.day} {_MONTHS[day.month - 1]}"


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months that begin between two days."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        day = date(year, month, 1)
        if first <= day <= last:
            yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
