"""Whether two documents are one source: a copy, an edited or cut copy, or another take of the same report.

Text alone does not tell: official forms and market reports repeat their words with other names and numbers. So the
rule asks for shared runs of words and for shared specifics (names and numbers), the more of both the further apart
the two were published, and never takes a form letter for its sibling: titles that name what the other lacks.
Thresholds were set on 283 labelled pairs (tests/gold/duplicates.csv).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.ledger.sketch import runs

_TOKEN = re.compile(r"\d[\d,./:-]*\d|\d|[^\W\d_]+")
_ENDS = frozenset('.!?:"“”-–—\n')


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of a document."""

    title: str | None
    text: str
    known: date | None


def shared(a: Text, b: Text, *, share: float = 0.45, days: int = 30) -> float | None:
    """The part of the shorter text's five-word runs that the other has, where the two are one source; else null.

    >>> told = "Kenya and Uganda signed a pact on fish in Kampala on Monday after two years of talks."
    >>> shared(Text(None, told, None), Text(None, "KAMPALA: " + told, None))
    1.0
    """
    apart = abs((a.known - b.known).days) if a.known and b.known else days
    if apart > days or _siblings(a, b):
        return None
    fives = _part(runs(a.text), runs(b.text))
    ours = _part(specifics(a.text), specifics(b.text))
    whole = fives >= 0.9 and ours >= 0.9
    reused = apart <= 3 and fives >= share and ours >= 0.6
    reworded = apart <= 1 and ours >= 0.8 and _part(runs(a.text, 2), runs(b.text, 2)) >= 0.5
    return round(fives, 4) if whole or reused or reworded else None


def specifics(text: str) -> frozenset[str]:
    """Numbers, and words with a capital that do not begin a sentence.

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


def _siblings(a: Text, b: Text) -> bool:
    """Whether each title names something, or gives a number, that the other document does not have at all."""
    return bool(_own(a, b) and _own(b, a))


def _own(one: Text, other: Text) -> set[str]:
    if not one.title or not other.title:
        return set()
    held = _tokens(f"{other.title}\n{other.text}")
    names = specifics(one.text)
    return {w for w in _tokens(one.title) if (w[0].isdigit() or w in names) and w not in held}


def _tokens(text: str) -> set[str]:
    return {w.replace(",", "").casefold() for w in _TOKEN.findall(text)}


def _part(a: Iterable[object], b: Iterable[object]) -> float:
    one, other = frozenset(a), frozenset(b)
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0
