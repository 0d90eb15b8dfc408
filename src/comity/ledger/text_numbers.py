"""The figures of a text, and whether two texts give the same ones.

A form, a market report or a weekly table repeats its words with other figures; a report that appears twice
gives the same figures, though one report may round them ("2,191,000" and "2.2 mln") or write them out ("three").
"""

import re
from dataclasses import dataclass

from comity.document.dateline import MONTHS
from comity.mentions.amounts import SCALES
from comity.mentions.numerals import VALUES

_TOKEN = re.compile(r"\d[\d,./:-]*\d|\d|[^\W\d_]+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_ARTICLES = frozenset({"a", "an"})
_LEAST_ROUNDED = 2


@dataclass(frozen=True, slots=True)
class TextNumber:
    """A number as written, its value (null for fractions, hours and the like), and its digits."""

    written: str
    amount: float | None
    digits: int

    def same(self, other: "TextNumber") -> bool:
        """Whether two figures agree, one of them possibly rounded; a single digit counts as exact.

        >>> TextNumber("2.2", 2.2e6, 2).same(TextNumber("2191000", 2.191e6, 4))
        True
        """
        if self.amount is None or other.amount is None:
            return self.written == other.written
        coarse, fine = sorted((self, other), key=lambda f: f.digits)
        if coarse.digits < _LEAST_ROUNDED:
            return self.amount == other.amount
        return self.amount == other.amount or float(f"{fine.amount:.{coarse.digits - 1}e}") == coarse.amount


def numbers(text: str) -> frozenset[TextNumber]:
    """The figures of a text, without the days of dates, which differ between datelines.

    >>> sorted(f.amount for f in numbers("ROME, May 3 - It sold three of 1.5 mln shares."))
    [3.0, 1500000.0]
    """
    words = [w.casefold() for w in _TOKEN.findall(text)]
    return frozenset(
        _figure(word, after)
        for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False)
        if _is_number(word) and before not in MONTHS
    )


def shared_part(a: frozenset[TextNumber], b: frozenset[TextNumber]) -> float | None:
    """The share of figures of the text with fewer figures that the other gives too; null if it has none.

    >>> shared_part(numbers("It lent 75 mln dlrs at 5 pct."), numbers("A loan of 75,000,000 dlrs at 6 pct"))
    0.5
    """
    fewer, more = sorted((a, b), key=len)
    return sum(f in more or any(f.same(g) for g in more) for f in fewer) / len(fewer) if fewer else None


def _is_number(word: str) -> bool:
    return word[0].isdigit() or (word in VALUES and word not in SCALES and word not in _ARTICLES)


def _figure(word: str, after: str) -> TextNumber:
    number = str(VALUES[word]) if word in VALUES else word.replace(",", "")
    if not _PLAIN.fullmatch(number):
        return TextNumber(number, None, 0)
    digits = number.replace(".", "").lstrip("0") if "." in number else number.strip("0")
    return TextNumber(number, float(f"{float(number) * SCALES.get(after, 1):.12g}"), len(digits))
