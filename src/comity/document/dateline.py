"""The day of publication in the text's own dateline."""

import re
from datetime import date

from comity.settings import DEFAULTS

MONTHS = {
    m: i + 1
    for i, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        )
    )
    for m in names.split()
}  # fmt: skip
_MONTH = r"(?P<{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thurs?|fri|sat|sun)"
_DAY = (
    rf"(?:{_WEEKDAY}\.?,?\s++)?(?:"
    rf"{_MONTH.format('m1')}\s++(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s++(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s++(?:of\s++)?{_MONTH.format('m2')},?\s++(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})"
    r")(?!\d)"
)
_LABEL = (
    r"(?:(?:first\s++)?(?:(?P<changed>(?:last\s++|was\s++)?(?:updated?|modified|edited|revised|changed|reviewed))"
    r"|published|posted|issued|released|date|dated)"
    r"(?:\s++(?:on|at))?(?:\s*+:)?\s++)?"
)
_CLOCK = (
    r"(?:(?:,|\s|\||–|-|at|T)*+\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*+[ap]\.?m\.?)?(?:\s*+\(?[A-Z]{1,4}(?:[+-]\d+)?\)?)?)?"
)
_LINE = re.compile(rf"\s*+{_LABEL}{_DAY}{_CLOCK}(?:\s*+\.)?\s*+", re.IGNORECASE)
_PLACE = r"(?:[A-Z][\w.’'\-]*(?:,?\s++(?:(?:of|the|de|la|el)\s++)?[A-Z][\w.’'\-]*){0,5})"
_OPENING = re.compile(
    rf"\s*+{_PLACE}\s*+(?:(?:,|\(|:)\s*+)?(?:\([^)\n]{{1,40}}\)\s*+(?:[-–—,]++\s*+)?)?(?i:{_DAY})\)?"
    r"\s*+(?:[/(]?[^\n.)]{0,40}[/)]\s*+)?(?:[-–—―:]|$)"
)
_BARE = re.compile(rf"\s*+(?i:{_DAY})\s*+(?:\([^)\n]{{1,40}}\)\s*+)?[-–—―]")
_HEAD_LINES = 4
"""A dateline is among the first non-empty lines."""
_PARTS = re.compile(r"\s+[|·•]\s+")
"""What parts a line of a paper's head: "Policy Brief 12 | Rivers Programme | 3 May 2012"."""


def is_date_line(line: str) -> bool:
    """Whether a line is only a date with its year, possibly with a label and a time.

    >>> is_date_line("Friday, January 4, 2019"), is_date_line("January 4, 2019 was a Friday.")
    (True, False)
    """
    return len(line) <= DEFAULTS.line_characters and _LINE.fullmatch(line) is not None


def dateline(text: str) -> str | None:
    """The full date in the text's dateline, as EDTF; null if it gives no year.

    >>> dateline("ULAANBAATAR, September 2, 2019 (Reuters) - The president of Russia arrived on Monday.")
    '2019-09-02'
    >>> dateline("Briefing Paper 9 | Rivers Programme | 3 May 2012")
    '2012-05-03'
    >>> dateline("LONDON, March 1 - Oil fell.") is None
    True
    """
    lines = [line for line in text[:4000].splitlines() if line.strip()][:_HEAD_LINES]
    for whole in lines:
        line = whole[: DEFAULTS.line_characters]
        parts = (_LINE.fullmatch(part) for part in _PARTS.split(line)[1:])
        for found in (_LINE.fullmatch(line) or _OPENING.match(line) or _BARE.match(line), *parts):
            # the day of an update is not that of publication
            if found and not found.groupdict().get("changed") and (day := _edtf(found)):
                return day
    return None


def day(text: str) -> str | None:
    """The EDTF date of a string, in words or ISO 8601; null if it is not a date.

    >>> day("2 September 2019"), day("2019-09-02T10:00:00Z"), day("soon")
    ('2019-09-02', '2019-09-02', None)
    """
    text = text.strip()
    if re.fullmatch(r"[\dX]{4}(?:-[\dX]{2}){0,2}[~?%]?", text):
        return text if _exists(text) else None
    if iso := re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*", text):
        return iso[1] if _exists(iso[1]) else None
    found = _LINE.fullmatch(text) if len(text) <= DEFAULTS.line_characters else None
    return _edtf(found) if found and not found["changed"] else None


def _edtf(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    for i in "123":
        if parts[f"y{i}"]:
            month = parts[f"m{i}"]
            number = int(month) if month.isdigit() else MONTHS[month.lower()]
            text = f"{int(parts[f'y{i}']):04}-{number:02}-{int(parts[f'd{i}']):02}"
            return text if _exists(text) else None
    return None


def _exists(text: str) -> bool:
    parts = text.rstrip("~?%").split("-")
    if any("X" in p for p in parts):
        return True
    numbers = [int(p) for p in parts] + [1, 1]
    try:
        date(numbers[0], numbers[1], numbers[2])
    except ValueError:
        return False
    return True
