"""The day of a timestamp: the date of a feed item, of a page's metadata, of a column, in whatever format.

A timestamp is parsed completely or not at all, without a clock. The day is the publisher's own: a time and its offset
never move it to another zone's day. An ambiguous date (03/04/2019) is none, unless the order of day and month is
known.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from comity.document.dateline import MONTHS, day
from comity.document.month_names import foreign_day

Order = Literal["dmy", "mdy"]
"""Whether the day or the month comes first in a numeric date."""

_MONTH = r"(?P<m{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_LABEL = r"(?:(?:first\s++)?(?:published|posted|issued|released|dated?)(?:\s++(?:on|at)\b)?\s*+(?::\s++)?(?<=[\s:]))?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_CLOCK = r"\d{1,2}(?:[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?:\s?[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?|h\d{2})"
_ZONE = r"(?:(?:gmt|utc?)?\s?[+-]\d{1,2}(?::?\d{2})?|[a-z]{1,5})(?:\s?\([^()]{1,60}\))?"
_HOUR = rf"(?:\s?,?\s+|t|\s?[-–|@·]\s?|,)(?:at\s+)?{_CLOCK}(?:\s?(?:hrs|hours)\b)?(?:\s?{_ZONE})?"
_TAIL = rf"(?:{_HOUR}|z|[+-]\d{{2}}:?\d{{2}})?\s?\.?"
_FORMS = tuple(
    re.compile(f"{_LABEL}{_WEEKDAY}{form}", re.IGNORECASE)
    for form in (
        rf"(?P<y>\d{{4}})(?P<s>[-/.])(?P<mn>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_TAIL}",
        r"(?P<y>\d{4})(?P<mn>\d{2})(?P<d>\d{2})(?:[t ]?\d{4}(?:\d{2}(?:[.,]\d{1,9})?)?(?:z|[+-]\d{2}:?\d{2})?)?",
        rf"(?P<y>\d{{4}})(?P<mn>\d{{2}})(?P<d>\d{{2}}){_TAIL}",
        rf"(?P<y>\d{{4}})\s?[年년]\s?(?P<mn>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일]{_TAIL}",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:[\s-]|\sof\s){_MONTH.format('a')},?[\s-](?P<y>\d{{4}}){_TAIL}",
        rf"{_MONTH.format('a')}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>\d{{4}}){_TAIL}",
        rf"(?P<y>\d{{4}}),?[\s-]{_MONTH.format('a')}[\s-](?P<d>\d{{1,2}}){_TAIL}",
        # as printed by C, Java and Twitter
        rf"{_MONTH.format('a')}\s(?P<d>\d{{1,2}})\s{_CLOCK}(?:\s{_ZONE})?\s(?P<y>\d{{4}})",
    )
)
_SHORT_YEAR = re.compile(
    # mail (RFC 822) and old HTTP (RFC 850): the weekday before and the time after determine the number
    rf"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}},\s(?P<d>\d{{1,2}})[\s-]{_MONTH.format('a')}[\s-](?P<y>\d{{2}})\s{_CLOCK}(?:\s?{_ZONE})?",
    re.IGNORECASE,
)
_SHORT_YEAR_ZONED = re.compile(
    # mail without the weekday, which is optional there: the time and its zone do the same
    rf"(?P<d>\d{{1,2}})\s{_MONTH.format('a')}\s(?P<y>\d{{2}})\s\d{{2}}:\d{{2}}(?::\d{{2}})?\s?(?:[+-]\d{{4}}|[a-z]{{1,4}})(?:\s?\([^()]{{1,60}}\))?",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    rf"{_LABEL}{_WEEKDAY}(?P<one>\d{{1,2}})(?P<s>[-/.])\s?(?P<two>\d{{1,2}})(?P=s)\s?(?P<y>\d{{4}}){_TAIL}",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}(?:\.0+)?|\d{15,16}|\d{18,19}")
_LONGEST = 120
_FIRST, _LAST = 1000, 2100
"""Years outside indicate a missing date or another calendar."""


def stated_day(stamp: object, order: Order | None = None) -> str | None:
    """The EDTF date of a timestamp, numeric or in words, or in seconds since 1970; null if uncertain.

    >>> stated_day("Tue, 02 Jan 2024 01:00:00 +1000"), stated_day("2016/6/29 15:07"), stated_day(1567382400000)
    ('2024-01-02', '2016-06-29', '2019-09-02')
    >>> stated_day("03/04/2019"), stated_day("03/04/2019", "dmy"), stated_day("29/06 15:07")
    (None, '2019-04-03', None)
    >>> stated_day("03.04.2019"), stated_day("2. September 2019"), stated_day("2019年9月2日")
    ('2019-04-03', '2019-09-02', '2019-09-02')
    """
    if isinstance(stamp, bool) or not isinstance(stamp, str | int | float):
        return None
    if isinstance(stamp, float):
        if not stamp.is_integer():
            return _since_1970(f"{stamp:.3f}") if 1e8 <= stamp < 1e13 else None
        stamp = int(stamp)
    text = " ".join(str(stamp).split())
    if not text or len(text) > _LONGEST or _is_start_of_count(text):
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            stated = _of_match(found)
            if stated is not None:
                return stated
    if found := _SHORT_YEAR.fullmatch(text):
        return _of_match(found)
    if found := _DIGITS.fullmatch(text):
        days = _either(found)
        # in dates with points, the day always comes first
        order = order or ("dmy" if found["s"] == "." and len(days) > 1 else None)
        chosen = days if order is None else {d for d in days if d == _of_digits(found, order)}
        return chosen.pop() if len(chosen) == 1 else None
    if _EPOCH.fullmatch(text):
        return _since_1970(text)
    if re.match(r"(?:last\s+)?(?:updated|modified|edited)\b", text, re.IGNORECASE):
        return None
    if found := _SHORT_YEAR_ZONED.fullmatch(text):
        return _of_match(found)
    if not re.search(r"[^\W\d_]", text):
        return _of_our_time(day(text))
    foreign = foreign_day(text)
    return _written(*foreign) if foreign else _of_our_time(day(text))


def _is_start_of_count(text: str) -> bool:
    """Whether a timestamp is the epoch: what computers write for an unknown day.

    >>> [_is_start_of_count(t) for t in ("Thu, 01 Jan 1970 00:00:00 GMT", "1969-12-31T19:00:00-05:00", "1970-01-01")]
    [True, True, False]
    """
    if not re.search(r"\b19(?:69|70)\b", text) or not re.search(r"\d:\d\d", text):
        return False
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return (at if at.tzinfo else at.replace(tzinfo=UTC)) == datetime.fromtimestamp(0, UTC)
    return False


def readings(stamp: object) -> frozenset[str]:
    """The possible days of a timestamp: none, one, or two for a numeric date.

    >>> sorted(readings("03/04/2019"))
    ['2019-03-04', '2019-04-03']
    """
    found = _DIGITS.fullmatch(" ".join(stamp.split())) if isinstance(stamp, str) and len(stamp) <= _LONGEST else None
    if found:
        return frozenset(_either(found))
    one = stated_day(stamp)
    return frozenset() if one is None else frozenset({one})


def order_of(stamps: Iterable[object]) -> Order | None:
    """The order of day and month shown by the timestamps of one source; null if none shows it or they differ.

    >>> order_of(["03/04/2019", "25/04/2019"])
    'dmy'
    """
    shown: set[Order] = set()
    for stamp in stamps:
        found = (
            _DIGITS.fullmatch(" ".join(stamp.split())) if isinstance(stamp, str) and len(stamp) <= _LONGEST else None
        )
        if not found or int(found["one"]) == int(found["two"]) or len(_either(found)) != 1:
            continue
        shown.add("dmy" if _of_digits(found, "dmy") else "mdy")
    return shown.pop() if len(shown) == 1 else None


def _of_match(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    month = parts.get("mn") or MONTHS[parts["ma"].lower()]
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year < 50 else 1900
    return _written(year, int(month), int(parts["d"]))


def _either(found: re.Match[str]) -> set[str]:
    return {d for d in (_of_digits(found, "dmy"), _of_digits(found, "mdy")) if d is not None}


def _of_digits(found: re.Match[str], order: Order) -> str | None:
    one, two = int(found["one"]), int(found["two"])
    number, month = (one, two) if order == "dmy" else (two, one)
    return _written(int(found["y"]), month, number)


def _written(year: int, month: int, number: int) -> str | None:
    try:
        return _of_our_time(date(year, month, number).isoformat())
    except ValueError:
        return None


def _of_our_time(stated: str | None) -> str | None:
    if stated is None or (stated[:4].isdigit() and not _FIRST <= int(stated[:4]) <= _LAST):
        return None
    return stated


def _since_1970(text: str) -> str | None:
    count: Any = float(text)
    # seconds, then the units of pandas, JavaScript and databases
    for most, unit in ((1e11, 1), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9)):
        if count < most:
            return _of_our_time(datetime.fromtimestamp(count / unit, UTC).date().isoformat())
    return None
