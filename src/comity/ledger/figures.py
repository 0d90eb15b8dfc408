"""The figures of a text by their place, so that two texts can be asked whether they give the same ones.

A form, a market report or a weekly table repeats its words and fills in other figures; a report told twice gives the
same figures, though one teller may round them ("2,191,000" and "2.2 mln") or write them out ("three").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from comity.document.dateline import MONTHS
from comity.mentions.amounts import SCALES
from comity.mentions.numerals import VALUES

_TOKEN = re.compile(r"\d[\d,./:-]*\d|\d|[^\W\d_]+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_ARTICLES = frozenset({"a", "an"})
_FILLED = "#"
_LEAST_ROUNDED = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written, what it stands for (null for fractions, hours and the like), and its digits."""

    written: str
    amount: float | None
    digits: int

    def same(self, other: "Figure") -> bool:
        """Whether two figures agree, one of them perhaps rounded; a single digit counts as exact.

        >>> Figure("2.2", 2.2e6, 2).same(Figure("2191000", 2.191e6, 4))
        True
        """
        if self.amount is None or other.amount is None:
            return self.written == other.written
        coarse, fine = sorted((self, other), key=lambda f: f.digits)
        if coarse.digits < _LEAST_ROUNDED:
            return self.amount == other.amount
        return self.amount == other.amount or float(f"{fine.amount:.{coarse.digits - 1}e}") == coarse.amount


Places = Mapping[tuple[str, ...], frozenset[Figure]]
"""The figures of a text by the two words before them, in which numbers are not told apart."""


def figures(text: str) -> Places:
    """The figures of a text by their place; the days of dates, which a dateline gives anew, are left out.

    >>> sorted(f.amount for found in figures("ROME, May 3 - It sold three of 1.5 mln shares.").values() for f in found)
    [3.0, 1500000.0]
    """
    words = [w.casefold() for w in _TOKEN.findall(text)]
    masked = [_FILLED if _is_number(w) else w for w in words]
    out: dict[tuple[str, ...], set[Figure]] = {}
    for i, word in enumerate(words):
        if masked[i] is _FILLED and not (i and words[i - 1] in MONTHS):
            after = words[i + 1] if i + 1 < len(words) else ""
            out.setdefault(tuple(masked[max(0, i - 2) : i]), set()).add(_figure(word, after))
    return {place: frozenset(found) for place, found in out.items()}


def held(a: Places, b: Places) -> tuple[int, int]:
    """How many figures the text with fewer of them gives, and how many of these the other text gives as well."""
    one, other = sorted((frozenset().union(*a.values()), frozenset().union(*b.values())), key=len)
    return len(one), sum(f in other or any(f.same(g) for g in other) for f in one)


def filled(a: Places, b: Places) -> tuple[int, int]:
    """In how many places of both texts a figure is the same, and in how many all are others.

    >>> filled(figures("The rate rose to 5 pct on 40 loans."), figures("The rate rose to 6 pct on 40 loans."))
    (1, 1)
    """
    both = a.keys() & b.keys()
    same = sum(bool(a[p] & b[p]) or any(f.same(g) for f in a[p] for g in b[p]) for p in both)
    return same, len(both) - same


def _is_number(word: str) -> bool:
    return word[0].isdigit() or (word in VALUES and word not in SCALES and word not in _ARTICLES)


def _figure(word: str, after: str) -> Figure:
    number = str(VALUES[word]) if word in VALUES else word.replace(",", "")
    if not _PLAIN.fullmatch(number):
        return Figure(number, None, 0)
    digits = number.replace(".", "").lstrip("0") if "." in number else number.strip("0")
    return Figure(number, float(f"{float(number) * SCALES.get(after, 1):.12g}"), len(digits))
