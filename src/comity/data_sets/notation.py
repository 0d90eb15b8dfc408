"""The notation of numbers and days in a column: the column decides, not the cell, and what it leaves open is refused.

"12.345" is twelve thousand in one file and twelve and a third in another. Every column of numbers is scanned before it
is parsed; an ambiguous cell is parsed in the notation of the column's other cells, otherwise of the file's other
columns, otherwise not at all.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from comity.data_sets.cells import MISSING, Cells, day

_BLANKS = " \u00a0\u2007\u2009\u202f'’`\u066c"
_EXPONENT = r"(?:[eE][+-]?\d+)?"
_POINT = re.compile(
    rf"[+-]?(?=[.]?\d)(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|[1-9]\d?(?:,\d\d)+,\d{{3}}|\d*)(?:\.\d*)?{_EXPONENT}"
)
_COMMA = re.compile(rf"[+-]?(?=,?\d)(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|\d*)(?:,\d*)?{_EXPONENT}")
_GROUPED = re.compile(
    rf"([+-]?)([1-9]\d{{0,2}}(?P<g>[{_BLANKS}])\d{{3}}(?:(?P=g)\d{{3}})*|[1-9]\d?(?:(?P<h>[{_BLANKS}])\d\d)(?:(?P=h)\d\d)*(?P=h)\d{{3}})"
    rf"([.,]\d*)?({_EXPONENT})"
)

_BOOKED = re.compile(r"\((?:US)?\$?\s?(?P<sum>[\d.,][^()$+-]*)\)|(?:US)?\$\s?(?P<lone>-?[\d.,][^()$+-]*)")
_LONGEST = 60
"""The maximum length of a number."""
Values = tuple[float | None, float | None]


@lru_cache(maxsize=50_000)
def readings(cell: str) -> tuple[Values, bool]:
    """The values of a number with a decimal point and with a decimal comma, and whether blanks group its digits.

    >>> readings("1,234.5")[0], readings("136,5")[0], readings("12.345")[0]
    ((1234.5, None), (None, 136.5), (12.345, 12345.0))
    >>> readings("201 277,02"), readings("12,34,567")[0], readings("7 1")[0]
    (((None, 201277.02), True), (1234567.0, None), (None, None))
    >>> readings("(12)")[0], readings("$201.02")[0], readings("NOK 5")[0]
    ((-12.0, -12.0), (201.02, None), (None, None))
    """
    if len(cell) > _LONGEST:
        return (None, None), False
    if (found := _BOOKED.fullmatch(cell)) is not None:
        # accountants' negative numbers, and dollars in spreadsheets
        (point, comma), blank = readings(found["sum"] or found["lone"])
        if found["sum"] is None:
            return (point, comma), blank
        return (None if point is None else -point, None if comma is None else -comma), blank
    if not cell.isascii():
        cell = "".join(str(unicodedata.decimal(c, c)) for c in cell).replace("−", "-")
        if "\u066b" in cell:
            # the Arabic separators are unambiguous
            plain = cell.replace("\u066c", "").replace("\u066b", ".")
            value = _float(plain) if _POINT.fullmatch(plain) else None
            return (value, value), False
    blank = False
    if any(b in cell for b in _BLANKS):
        found = _GROUPED.fullmatch(cell)
        if found is None:
            return (None, None), False
        cell = found[1] + re.sub(r"\D", "", found[2]) + (found[5] or "") + found[6]
        blank = True
    point = _float(cell.replace(",", "")) if _POINT.fullmatch(cell) else None
    comma = _float(cell.replace(".", "").replace(",", ".")) if _COMMA.fullmatch(cell) else None
    if blank:
        # digits are already grouped, so the following separator is decimal
        point, comma = (None if "," in cell else point), (None if "." in cell else comma)
    return (point, comma), blank


def _float(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


@dataclass(slots=True)
class Numbers:
    """The number parser of some columns: `look` at each row first, then call with a cell. Raises `ValueError`."""

    places: tuple[int, ...]
    point: int = 0
    comma: int = 0
    doubtful: int = 0
    blank: bool = False
    hint: str | None = None
    """The decimal separator of the file's other columns, if these leave it open."""

    def look(self, cells: Cells) -> None:
        """Counts the evidence of a row's cells on the column's decimal separator."""
        for i in self.places:
            if i < len(cells):
                self.see(cells[i])

    def see(self, cell: str) -> bool:
        """Counts one cell; false if it is not a number (a missing one is no evidence)."""
        if cell.isdigit() and cell.isascii():
            return True
        cell = cell.strip()
        if cell in MISSING:
            return True
        (point, comma), blank = readings(cell)
        if point is None and comma is None:
            return False
        self.blank |= blank
        if point is None:
            self.comma += 1
        elif comma is None:
            self.point += 1
        elif point != comma:
            self.doubtful += 1
        return True

    @property
    def sign(self) -> str | None:
        """The decimal separator, null if the cells leave it open or contradict each other."""
        if bool(self.point) != bool(self.comma):
            return "." if self.point else ","
        return None if self.point else self.hint

    @property
    def open(self) -> bool:
        """Whether the column has ambiguous cells and no evidence."""
        return bool(self.doubtful) and not self.point and not self.comma and not self.blank

    def __call__(self, cell: str, missing: float | None = None) -> float | None:
        """The number of a cell, null if it is missing or the data set's missing-value code."""
        cell = cell.strip()
        if cell in MISSING:
            return None
        (point, comma), _ = readings(cell)
        if point is None and comma is None:
            raise ValueError(f"{cell!r} is not a finite number")
        if point is None or comma is None or point == comma:
            value = comma if point is None else point
        elif self.blank:
            value = point if "." in cell else comma
        elif self.sign is None:
            raise ValueError(
                f"{cell!r} is {point:,} or {comma:,}: nothing in the file determines its decimal separator"
            )
        else:
            value = point if self.sign == "." else comma
        return None if missing is not None and value == missing else value


def counted(value: float | None) -> float | None:
    """A non-negative number. Raises `ValueError` below it.

    >>> counted(3.5), counted(None)
    (3.5, None)
    """
    if value is not None and value < 0:
        raise ValueError(f"{value:g} is negative")
    return value


_NUMERIC = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T].*)?")
_WORDED = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y", "%B %d, %Y", "%b %d, %Y")


@dataclass(slots=True)
class Days:
    """The day parser of a column; `usual` is the order (`mdy`, `dmy`) of the data set's files. Raises `ValueError`."""

    place: int
    usual: str | None = None
    dmy: int = 0
    mdy: int = 0

    def look(self, cells: Cells) -> None:
        """Counts the evidence of a row's cell on the order of day and month."""
        if self.place < len(cells) and (found := _NUMERIC.fullmatch(cells[self.place])):
            self.dmy += int(found[1]) > 12
            self.mdy += int(found[3]) > 12

    def __call__(self, cell: str) -> date:
        """The day of a cell."""
        found = _NUMERIC.fullmatch(cell)
        if found is None:
            return _plain_day(cell)
        one, other, y = int(found[1]), int(found[3]), int(found[4])
        if found[2] == ".":
            order: str | None = "dmy"
        elif self.dmy and self.mdy:
            order = "dmy" if one > 12 else "mdy" if other > 12 else None
        else:
            order = "dmy" if self.dmy else "mdy" if self.mdy else self.usual
        if order is None and one != other:
            raise ValueError(f"{cell!r}: nothing in the column determines whether the day or the month comes first")
        return day(f"{y:04}-{one:02}-{other:02}" if order == "mdy" else f"{y:04}-{other:02}-{one:02}")

    def maybe(self, cell: str) -> date | None:
        """The day of a cell, null if missing."""
        return None if cell.strip() in MISSING else self(cell)


@lru_cache(maxsize=50_000)
def _plain_day(cell: str) -> date:
    cell = cell.strip()
    if not any(c.isalpha() for c in cell[:10]):
        return day(cell)
    for form in _WORDED:
        try:
            return day(datetime.strptime(cell, form).date().isoformat())  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(f"{cell!r} is not a date")


def settle(columns: Iterable[Numbers], rows: Iterable[Cells]) -> None:
    """Assigns columns without evidence the decimal separator of the file's other columns, if those agree.

    The columns parsed as numbers take precedence over other columns that contain only numbers.
    """
    listed = list(columns)
    doubtful = [c for c in listed if c.open]
    if not doubtful:
        return
    if signs := {c.sign for c in listed if c.sign}:
        hint = signs.pop() if len(signs) == 1 else None
    else:
        seen: dict[int, Numbers] = {}
        words: set[int] = set()
        for cells in rows:
            for i, cell in enumerate(cells):
                if i not in words and not seen.setdefault(i, Numbers((i,))).see(cell):
                    words.add(i)
        votes = {s for i, c in seen.items() if i not in words and (s := c.sign)}
        hint = votes.pop() if len(votes) == 1 else None
    for column in doubtful:
        column.hint = hint


@dataclass(slots=True)
class Pairs:
    """Whether a file gives some pairs in both orders: then its rows are directed."""

    one: int
    other: int
    both: bool = False
    seen: set[tuple[str, str]] = field(default_factory=set)

    def look(self, cells: Cells) -> None:
        """Counts a row's pair."""
        if self.both or max(self.one, self.other) >= len(cells):
            return
        pair = (cells[self.one].strip(), cells[self.other].strip())
        self.both = pair[0] != pair[1] and pair[::-1] in self.seen
        self.seen.add(pair)
