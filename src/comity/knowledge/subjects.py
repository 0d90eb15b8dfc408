"""The subjects of agreements: areas of cooperation, and finer subjects, by the words of titles that name them."""

import csv
import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STEM = 4


@cache
def areas() -> tuple[str, ...]:
    """The areas of cooperation that an agreement's record names.

    >>> "trade" in areas()
    True
    """
    return tuple(r["area"] for r in _rows("en/areas.csv"))


@cache
def subjects() -> dict[str, frozenset[str]]:
    """Subjects finer than areas, each with the words that name it.

    >>> "fishing" in subjects()["fisheries"]
    True
    """
    return {r["subject"]: frozenset(r["words"].split()) for r in _rows("en/subjects.csv")}


def words_of(subject: str) -> frozenset[str]:
    """The words that name a subject; for one missing in the table, itself and its other grammatical number.

    >>> sorted(words_of("Fishing")), sorted(words_of("ports"))
    (['fish', 'fisheries', 'fishermen', 'fishers', 'fishery', 'fishing'], ['port', 'ports'])
    """
    asked = " ".join(subject.casefold().split())
    for name, words in subjects().items():
        if asked == name or asked.replace(" ", "-") in words:
            return words
    other = asked.removesuffix("s") if asked.endswith("s") and len(asked) > _STEM else f"{asked}s"
    return frozenset({asked, other})


def names(subject: str, title: str) -> bool:
    """Whether a title names a subject.

    >>> names("fisheries", "provisional agreements on fishing"), names("fisheries", "trade agreement")
    (True, False)
    """
    text = " ".join(_WORD.findall(title.casefold()))
    joined = f" {text} "
    # a title may omit the hyphens of the table
    return any(f" {w} " in joined or f" {w.replace('-', ' ')} " in joined for w in words_of(subject))


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("comity.knowledge") / "tables" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
