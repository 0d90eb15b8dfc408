"""Offices: the titles under which people act for a state, with PLOVER sector and rank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from comity.knowledge.states import rows

RANKS = ("head of state", "head of government", "minister", "other")
"""The levels of offices, the highest first."""


@dataclass(frozen=True, slots=True)
class Office:
    """A title in lower case, its PLOVER sector, and its level: head of state, head of government, minister, other."""

    title: str
    sector: str
    level: str


@cache
def _offices() -> dict[str, Office]:
    return {r["title"]: Office(r["title"], r["sector"], r["level"]) for r in rows("en/offices.csv")}


@cache
def _longest() -> int:
    return max(len(title.split()) for title in _offices())


@cache
def first_words() -> frozenset[str]:
    """The first words of titles, in lower case.

    >>> "minister" in first_words()
    True
    """
    return frozenset(title.split()[0] for title in _offices())


@cache
def _beginnings() -> frozenset[str]:
    """The first words of titles, and their plurals."""
    one = first_words()
    return one | {f"{w}s" for w in one} | {f"{w[:-1]}ies" for w in one} | {f"{w[:-3]}men" for w in one}


def find(words: Sequence[str]) -> tuple[Office, int] | None:
    """The longest title at the beginning of the words, and its number of words; plurals count.

    >>> find(["Prime", "Minister", "Modi"])[1], find(["Presidents", "of"])[0].title
    (2, 'president')
    """
    if not words or words[0].lower() not in _beginnings():
        return None
    low = [w.lower() for w in words[: _longest()]]
    for n in range(len(low), 0, -1):
        for phrase in (
            " ".join(low[:n]),
            " ".join([*low[: n - 1], _one(low[n - 1])]),
            " ".join([_one(low[0]), *low[1:n]]),
        ):
            if phrase in _offices():
                return _offices()[phrase], n
    return None


_WORDS = 4
"""How many words of a sentence a title in it has at most."""


def find_all(words: Sequence[str]) -> dict[int, tuple[Office, int]]:
    """The titles in the words of a sentence, as `find` gives each, by the place of its first word.

    >>> {i: (office.title, n) for i, (office, n) in find_all(["The", "Prime", "Minister", "met"]).items()}
    {1: ('prime minister', 2), 2: ('minister', 1)}
    """
    begin = _beginnings()
    starts = (i for i, word in enumerate(words) if word.lower() in begin)
    return {i: found for i in starts if (found := find(words[i : i + _WORDS]))}


def level(role: str, state: str | None = None) -> str | None:
    """The rank of a role in a report's wording; null if the role is unknown.

    >>> level("Prime Minister"), level("chairman", "CHN")
    ('head of government', 'other')
    """
    words = role.split() if role.lower() in _offices() else role.replace("-", " - ").split()
    for i in range(len(words)):
        found = find(words[i:])
        if found is not None:
            # a federal chancellor governs; other states' chancellors keep exchequers and universities
            if found[0].title == "chancellor" and state not in {None, "DEU", "AUT", "DDR"}:
                return "minister"
            return found[0].level
    return None


def highest(levels: Iterable[str | None]) -> str | None:
    """The highest of several levels; null where none is known.

    >>> highest(["minister", None, "head of state"]), highest([None])
    ('head of state', None)
    """
    return min(filter(None, levels), key=RANKS.index, default=None)


def _one(word: str) -> str:
    """The singular of a word in a title."""
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
