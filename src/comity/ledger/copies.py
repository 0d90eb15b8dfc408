"""Whether two documents are one source: a copy, an edited or cut copy, or another take of the same report.

Text alone does not tell: official forms and market reports repeat their words with other names and numbers, and the
next report of a story repeats what went before. So the rule asks for shared runs of words and for shared specifics
(names and numbers), the more of both the further apart the two were published; it asks that the news itself, which
stands first, be told again; and it never takes a form for its sibling: titles that name what the other lacks, or other
figures in the same places. A report in words of its own is one with another of its day where it gives all its figures.
Thresholds were set on labelled pairs (tests/gold/duplicates.csv): draw 1, and the open half of draw 3.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.ledger.figures import figures, filled, held
from comity.ledger.sketch import runs

_TOKEN = re.compile(r"\d[\d,./:-]*\d|\d|[^\W\d_]+")
_ENDS = frozenset('.!?:"“”-–—\n')
_LEAD = 300
"""So many characters at the beginning of a text hold the dateline and its news; background comes after."""


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
    reworded = apart <= 1 and ours >= 0.75 and _part(runs(a.text, 2), runs(b.text, 2)) >= 0.5
    if not (whole or ((reused or reworded or (apart <= 1 and _retold(a, b))) and _led(a, b))):
        return None
    return None if _refilled(a, b, apart) else round(fives, 4)


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


def _led(a: Text, b: Text) -> bool:
    """Whether the one text tells what stands first in the other."""
    return any(_within(runs(x.text[:_LEAD], 2), runs(y.text, 2)) >= 0.45 for x, y in ((a, b), (b, a)))


def _retold(a: Text, b: Text) -> bool:
    """Whether the one gives nearly all names and figures of the other, two figures at least."""
    one, other = ({w for w in specifics(x.text) if not w[0].isdigit()} for x in (a, b))
    if _part(one, other) < 0.85:
        return False
    count, same = held(figures(a.text), figures(b.text))
    return count >= 2 and same / count >= 0.9


def _refilled(a: Text, b: Text, apart: int) -> bool:
    """Whether the two are one form filled in twice: most of the same places hold other figures.

    After some days one other figure is enough, since an old text that is printed anew is not revised.
    """
    same, other = filled(figures(a.text), figures(b.text))
    return other > 0 and (other >= same or apart > 3)


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


def _within(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> float:
    return len(a & b) / len(a) if a else 0.0


def _part(a: Iterable[object], b: Iterable[object]) -> float:
    one, other = frozenset(a), frozenset(b)
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0
