"""Whether two documents are one source: a copy, an edited or shortened copy, or another version of the same report.

Shared words alone do not decide: forms and market reports repeat them with other names and figures, and the next report
of a story repeats the earlier ones. So the likeness of two texts is computed from the words and the figures that they
share; the further apart they were published, the higher it must be, and after some days only the whole text is a copy.
The titles may count against it: if each names something that the other document lacks, they are two reports.
Weights and limits were set on labelled pairs (tests/gold/README.md).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from comity.ledger.sketch import runs
from comity.ledger.text_numbers import numbers, shared_part

_TOKEN = re.compile(r"\d[\d,./:-]*\d|\d|[^\W\d_]+")
_ENDS = frozenset('.!?:"“”-–—\n')
_NEAR_DAYS = 3
"""Versions of a report follow each other within this many days."""
_A_DAY = 0.075
"""By how much more two texts must be alike for each day between them."""
_FIGURES = 1 / 3
"""The weight of the figures relative to the words."""
_NO_FIGURES = 0.75
"""The share of figures that a text without any counts as: enough for a copy with two thirds of the words."""
_NAMED = 0.08
"""The deduction if one title names something that the other document lacks."""
_WHOLE = 0.9
"""The share of runs and specifics that a text printed again later must have in common."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of a document."""

    title: str | None
    text: str
    known: date | None


def shared(a: Text, b: Text, *, likeness: float = 0.64, days: int = 30) -> float | None:
    """The share of the shorter text's five-word runs found in the other if the two are one source; otherwise null.

    >>> text = "Kenya and Uganda signed a pact on fish in Kampala on Monday after two years of talks."
    >>> shared(Text(None, text, None), Text(None, "KAMPALA: " + text, None))
    1.0
    """
    apart = abs((a.known - b.known).days) if a.known and b.known else days
    if apart > days:
        return None
    fives = _part(runs(a.text), runs(b.text))
    words = _part(runs(a.text, 2), runs(b.text, 2)) if apart <= _NEAR_DAYS else 0.0
    least = likeness + _A_DAY * apart
    if fives < _WHOLE and _alike(words, 1.0) < least:
        return None
    own = _own(a, b), _own(b, a)
    if all(own):
        return None
    figured = shared_part(numbers(a.text), numbers(b.text))
    named = any(not w[0].isdigit() for found in own for w in found)
    if apart <= _NEAR_DAYS and _alike(words, figured) - _NAMED * named >= least:
        return round(fives, 4)
    whole = fives >= _WHOLE and figured in {None, 1.0} and _part(specifics(a.text), specifics(b.text)) >= _WHOLE
    return round(fives, 4) if whole else None


def specifics(text: str) -> frozenset[str]:
    """Numbers, and capitalised words that do not begin a sentence.

    >>> sorted(specifics("Yesterday the Bank of Japan bought 1,500 dollars."))
    ['1500', 'bank', 'japan']
    """
    out = set()
    for found in _TOKEN.finditer(text):
        word = found[0]
        if word[0].isdigit():
            out.add(word.replace(",", ""))
        elif word[0].isupper():
            before = text[max(0, found.start() - 8) : found.start()].rstrip(" \t")
            if before and before[-1] not in _ENDS:
                out.add(word.casefold())
    return frozenset(out)


def _alike(words: float, figured: float | None) -> float:
    return (1 - _FIGURES) * words + _FIGURES * (_NO_FIGURES if figured is None else figured)


def _own(one: Text, other: Text) -> frozenset[str]:
    """The names and numbers of a title that the other document does not have at all."""
    if not one.title or not other.title:
        return frozenset()
    theirs = _tokens(f"{other.title}\n{other.text}")
    words = _TOKEN.findall(one.text)
    first = {w.casefold() for w, after in pairwise(words) if w[0].isupper() and after[0].isupper()}
    names = specifics(one.text) | first
    return frozenset(w for w in _tokens(one.title) if (w[0].isdigit() or w in names) and w not in theirs)


def _tokens(text: str) -> set[str]:
    return {w.replace(",", "").casefold() for w in _TOKEN.findall(text)}


def _part(a: Iterable[object], b: Iterable[object]) -> float:
    one, other = frozenset(a), frozenset(b)
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0
