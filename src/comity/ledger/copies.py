"""Whether two documents are one source: a copy, an edited or cut copy, or another take of the same report.

Text alone does not tell: official forms and market reports repeat their words with other names and numbers, and the
next report of a story repeats what went before. So the rule asks for shared runs of words and for shared specifics
(names and numbers), the more of both the further apart the two were published. It asks that the news itself, which
stands first in a report, be told again, unless nearly the whole text is. It never takes a form for its sibling: titles
that name what the other lacks, or other figures in the same places. Where little text is shared, the news of each must
stand in the other, and titles may name nothing that the other lacks.
Thresholds were set on labelled pairs (tests/gold/duplicates.csv): draw 1 and the open half of draw 3.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

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
    own = _own(a, b), _own(b, a)
    if apart > days or all(own):
        return None
    fives = _part(runs(a.text), runs(b.text))
    ours = _part(specifics(a.text), specifics(b.text))
    one = fives >= 0.9 and ours >= 0.9
    if not one and apart <= 3:
        twos = runs(a.text, 2), runs(b.text, 2)
        least, most = sorted((_told(a.text[:_LEAD], twos[1]), _told(b.text[:_LEAD], twos[0])))
        reused = fives >= share and ours >= 0.6
        reworded = apart <= 1 and ours >= 0.8 and _part(*twos) >= 0.5
        one = (fives >= 0.7 and reused) or (most >= 0.45 and (reused or reworded))
        if not one and apart <= 1 and least >= 0.35 and most >= 0.45 and not any(map(_names, own)):
            one = (_part(*twos) >= 0.5 and ours >= 0.75) or _retold(a, b)
    return round(fives, 4) if one and not _refilled(a, b, apart) else None


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


def _told(lead: str, text: frozenset[tuple[str, ...]]) -> float:
    """The part of a lead's two-word runs that a text has."""
    runs_of_lead = runs(lead, 2)
    return len(runs_of_lead & text) / len(runs_of_lead) if runs_of_lead else 0.0


def _retold(a: Text, b: Text) -> bool:
    """Whether the one gives nearly all names and figures of the other, two figures at least."""
    if _part(_names(specifics(a.text)), _names(specifics(b.text))) < 0.85:
        return False
    count, same = held(figures(a.text), figures(b.text))
    return count >= 2 and same / count >= 0.9


def _refilled(a: Text, b: Text, apart: int) -> bool:
    """Whether the two are one form filled in twice: most of the same places hold other figures.

    On the same day one other figure may be a correction. After some days it is enough to tell them apart, since a text
    that is printed anew is not revised.
    """
    same, other = filled(figures(a.text), figures(b.text))
    if apart > 3:
        return other > 0
    return other >= max(same, 1 if apart else 2)


def _own(one: Text, other: Text) -> frozenset[str]:
    """The names and numbers of a title that the other document does not have at all."""
    if not one.title or not other.title:
        return frozenset()
    theirs = _tokens(f"{other.title}\n{other.text}")
    beginnings = {
        w.casefold() for w, after in pairwise(_TOKEN.findall(one.text)) if w[0].isupper() and after[0].isupper()
    }
    names = specifics(one.text) | beginnings
    return frozenset(w for w in _tokens(one.title) if (w[0].isdigit() or w in names) and w not in theirs)


def _names(found: frozenset[str]) -> frozenset[str]:
    return frozenset(w for w in found if not w[0].isdigit())


def _tokens(text: str) -> set[str]:
    return {w.replace(",", "").casefold() for w in _TOKEN.findall(text)}


def _part(a: Iterable[object], b: Iterable[object]) -> float:
    one, other = frozenset(a), frozenset(b)
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0
