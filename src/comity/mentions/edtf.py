"""Arithmetic on EDTF dates (ISO 8601-2) of the precision that reports give: a year, a month, a day, an interval."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from comity.knowledge.states import rows

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

_YEAR, _MONTHS = 4, 12
_FIRST_YEAR, _LAST_YEAR = 1500, 2099
# how far each era lies from ours, and its first and last year with one year of ours
_ERAS = {r["era"]: (int(r["offset"]), int(r["first"]), int(r["last"])) for r in rows("eras.csv")}


def _months(*calendars: str) -> str:
    """A pattern of the months of calendars, the longest names first."""
    names = {r["month"] for r in rows("foreign_months.csv") if r["calendar"] in calendars}
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


FOREIGN_MONTHS = _months("Persian", "Islamic", "Hebrew")
"""Months of the Persian, Islamic and Hebrew calendars."""
ETHIOPIAN_MONTHS = _months("Ethiopian")
"""Months of the Ethiopian calendar, whose years are none of ours."""
TIMES = {"fortnight": 2, "quarter": 3, "decade": 10, "century": 100}
"""How many of the next smaller unit one has."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, a month of a year or a day, as precisely as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def exact(self) -> date | None:
        """The calendar day, where it is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    def __str__(self) -> str:
        tail = f"-{self.month:02d}" if self.month else ""
        return f"{self.year:04d}{tail}" + (f"-{self.day:02d}" if self.month and self.day else "")


def moment(edtf: str | None) -> Moment | None:
    """The start of an EDTF date as a moment; null where it has no plain year or is no day of the calendar.

    >>> moment("2019-09-02/2019-09-03")
    Moment(year=2019, month=9, day=2)
    >>> moment("2019-02-30") is None
    True
    """
    found = _SHAPE.match(edtf or "")
    if found is None:
        return None
    year, month, day = (int(g) if g else None for g in found.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return Moment(year, month, day)


def day_of(year: int, month: int, day: int) -> str | None:
    """A day in EDTF, or null where the calendar has no such day."""
    if not 1 <= year <= 9999 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def numeric_day(first: str, second: str, third: str, part: str = "/") -> str | None:
    """A day in figures alone in EDTF; null where the order of its day and month is not certain, or of its century.

    A year in front is followed by the month; a day parted by points comes first; else only a number over 12 decides.

    >>> numeric_day("25", "04", "2019"), numeric_day("04", "25", "2019"), numeric_day("2018", "03", "18")
    ('2019-04-25', '2019-04-25', '2018-03-18')
    >>> numeric_day("03", "04", "2019"), numeric_day("03", "04", "2019", "."), numeric_day("04", "04", "2019")
    (None, '2019-04-03', '2019-04-04')
    >>> numeric_day("2562", "04", "25"), numeric_day("25", "04", "1398")
    (None, None)
    """
    written = first if len(first) == _YEAR else third
    if len(written) != _YEAR or not _FIRST_YEAR <= int(written) <= _LAST_YEAR:
        # of another era or calendar (2562, 1398, 5779), or cut short
        return None
    if written is first:
        return day_of(int(first), int(second), int(third))
    one, two, year = int(first), int(second), int(third)
    if part == "." or one > _MONTHS or one == two:
        return day_of(year, two, one)
    return day_of(year, one, two) if two > _MONTHS else None


def year_of_era(era: str, count: int) -> int | None:
    """The common year of a year stated in another era ("be" is the Buddhist era of Thailand); null where none is sure.

    >>> year_of_era("be", 2562), year_of_era("reiwa", 1), year_of_era("ah", 1440)
    (2019, 2019, None)
    """
    words = era.replace(" ", "")
    start, first, last = next((span for name, span in _ERAS.items() if name in words), (0, 1, 0))
    # until 2483 the Thai year began in April: such a year has no one year of ours
    return start + count if first <= count <= last else None


def years(base: Moment, count: int) -> str | None:
    """The year some years from a moment."""
    year = base.year + count
    return f"{year:04d}" if 1 <= year <= 9999 else None


def months(base: Moment, count: int) -> str | None:
    """The month some months from a moment; null where its month is not known."""
    if base.month is None:
        return None
    total = base.year * 12 + base.month - 1 + count
    return f"{total // 12:04d}-{total % 12 + 1:02d}" if 12 <= total < 120_000 else None


def days(base: Moment, count: int) -> str | None:
    """The day some days from a moment; null where its day is not known or the calendar ends."""
    if base.exact is None or abs(count) > 400_000:
        return None
    try:
        return (base.exact + timedelta(days=count)).isoformat()
    except OverflowError:
        return None


def week(base: Moment, count: int) -> str | None:
    """Monday to Sunday of the week some weeks from a moment's own."""
    if base.exact is None or (monday := days(base, 7 * count - base.exact.weekday())) is None:
        return None
    first = moment(monday)
    last = days(first, 6) if first else None
    return f"{monday}/{last}" if last else None


def nearest_day(base: Moment, month: int, day: int, direction: int) -> str | None:
    """A day of the month in the year that lies nearest to a moment: before it (-1), after it (1), or either (0).

    >>> nearest_day(Moment(1987, 1, 5), 12, 30, 0)
    '1986-12-30'
    """
    if base.month is None:
        return day_of(base.year, month, day)
    anchor = date(base.year, base.month, base.day or 15)
    found: list[tuple[int, str]] = []
    for year in (base.year - 1, base.year, base.year + 1):
        text = day_of(year, month, day)
        if text is not None:
            found.append(((date.fromisoformat(text) - anchor).days, text))
    # a day of grace: a report sent over midnight speaks of the day on which it was written
    right = [f for f in found if direction == 0 or f[0] * direction >= -1]
    return min(right, key=lambda f: abs(f[0]))[1] if right else None


def nearest_month(base: Moment, month: int, direction: int, *, strict: bool = False) -> str | None:
    """A month in the year nearest to a moment: before it (-1), after it (1), or either (0); `strict`: not its own."""
    if base.month is None:
        return f"{base.year:04d}-{month:02d}" if not strict else None
    here = base.year * 12 + base.month
    found = [(y * 12 + month - here, y) for y in (base.year - 1, base.year, base.year + 1)]
    right = [f for f in found if (direction == 0 or f[0] * direction >= 0) and not (strict and f[0] == 0)]
    return f"{min(right, key=lambda f: abs(f[0]))[1]:04d}-{month:02d}" if right else None


def weekday(base: Moment, wanted: int, direction: int, *, strict: bool = False) -> str | None:
    """The nearest day of the week (Monday is 0) before (-1) or after (1) a moment; its own counts unless `strict`."""
    if base.exact is None:
        return None
    away = (wanted - base.exact.weekday()) % 7 if direction > 0 else -((base.exact.weekday() - wanted) % 7)
    return days(base, away + (7 * direction if strict and away == 0 else 0))


def units(base: Moment, unit: str, count: int) -> str | None:
    """The unit some units away, as precisely as the unit is stated.

    >>> units(Moment(1987, 3, 16), "quarter", 1), units(Moment(1987), "decade", -1)
    ('1987-04/1987-06', '197X')
    """
    if unit == "day":
        return days(base, count)
    if unit in {"week", "fortnight"}:
        return week(base, count * TIMES.get(unit, 1))
    if unit == "month":
        return months(base, count)
    if unit == "quarter":
        if base.month is None:
            return None
        quarter = (base.year * 12 + base.month - 1) // 3 + count
        return f"{quarter // 4:04d}-{quarter % 4 * 3 + 1:02d}/{quarter // 4:04d}-{quarter % 4 * 3 + 3:02d}"
    if unit == "year":
        return years(base, count)
    size = TIMES[unit]
    first = base.year // size + count
    return f"{first:0{4 - len(str(size)) + 1}d}" + "X" * (len(str(size)) - 1) if first > 0 else None


def eve(value: str | None) -> str | None:
    """The day before a day; what is no day stays as it is.

    >>> eve("2018-05-05"), eve("2018-05")
    ('2018-05-04', '2018-05')
    """
    on = moment(value)
    return (days(on, -1) if on else None) or value


def lies_after(value: str | None, day: str | None) -> bool:
    """Whether a date, or the start of an interval, lies after another, as far as both are known; false without one.

    >>> lies_after("2019-09-09/2019-09-15", "2019-09-02"), lies_after("2019-09", "2019-09-02"), lies_after("2019", None)
    (True, False, False)
    """
    start, other = (value or "").split("/")[0], day or ""
    return other != "" and start[: len(other)] > other[: len(start)]
