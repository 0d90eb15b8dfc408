"""Months and weekdays in the languages of feeds and tables, from the Common Locale Data Repository (Babel)."""

import re
from functools import cache

from babel import Locale

_LANGUAGES = (
    "fr", "es", "pt", "it", "de", "nl", "ca", "gl", "ro", "sv", "nb", "da", "fi", "is", "et", "lv", "lt", "pl", "cs",
    "sk", "sl", "hr", "sr", "bs", "bg", "mk", "uk", "ru", "be", "el", "hu", "tr", "sq", "id", "ms", "vi", "ar", "he",
    "fa", "hi", "sw", "az", "kk", "hy", "ka",
)  # fmt: skip
_CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[A-Z]{1,5}|\s?[+-]\d{2}:?\d{2})?"
_TAIL = rf"(?:\s?(?:г|р)\.?)?(?:,?\s+(?:[^\W\d_]{{1,4}}\s+)?{_CLOCK})?\s?\.?"
_WORD = r"(?P<month>[^\W\d_]+)\.?"
_FORMS = (
    re.compile(
        rf"(?:(?<![^\W\d_])(?P<weekday>[^\W\d_]++(?:-feira)?)\.?,?\s+(?:(?:den|le|el)\s+)?)?(?P<day>\d{{1,2}})(?:er|º|°|\.)?\s+"
        rf"(?:(?:de|di|d['’])\s*)?{_WORD},?\s+(?:(?:de|del)\s+)?(?P<year>\d{{4}}){_TAIL}"
    ),
    re.compile(
        rf"(?P<weekday>\b)(?P<year>\d{{4}})[.,]?\s+(?:(?:m|gada)\.?\s+)?{_WORD}\s+(?P<day>\d{{1,2}})\.?(?:\s?d\.)?{_TAIL}"
    ),
)


@cache
def _months() -> dict[str, frozenset[int]]:
    """The numbers of the months that a name can mean: "listopad" is October in Zagreb and November in Prague."""
    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for widths in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths.get(width, {}).items():
                    if not name.isdigit():
                        found.setdefault(_plain(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def _weekdays() -> frozenset[str]:
    days = (d for n in _LANGUAGES for widths in Locale(n).days.values() for d in widths.values())
    return frozenset(_plain(name) for widths in days for name in widths.values())


def _plain(name: str) -> str:
    return name.casefold().rstrip(".")


def foreign_day(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date with a month in words; null if its name means several months or none.

    >>> foreign_day("2 septembre 2019"), foreign_day("lunes, 2 de septiembre de 2019")
    ((2019, 9, 2), (2019, 9, 2))
    >>> foreign_day("2 listopada 2019"), foreign_day("2 bananes 2019")
    (None, None)
    """
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        numbers = _months().get(_plain(found["month"]), frozenset())
        if len(numbers) == 1 and (not found["weekday"] or _plain(found["weekday"]) in _weekdays()):
            return int(found["year"]), min(numbers), int(found["day"])
    return None
