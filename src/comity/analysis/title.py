"""Titles of agreements: their distinctive words with weights, and their short names.

"Treaty", the names of the parties and the words of every title weigh nothing. A subject that hundreds of agreements
share (trade, air, friendship) weighs little, all else much. A word that says what is done to another instrument
("amending", "implementing") is none of its subject, but distinguishes it from the instrument itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from comity.knowledge.common_words import title_words
from comity.knowledge.known_instruments import instruments
from comity.knowledge.states import continuing, rows, states
from comity.knowledge.wording import says, years_of_instruments

_WORD = re.compile(r"[^\W_]+(?:['’.]\w+)*")
_PREFIX = re.compile(r"\b(anti|non|trans|inter|multi|counter)-(?=[a-z])")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_ACRONYM = re.compile(r"\b[A-Z][A-Z/-]{1,}[A-Z]\b")
_NAMED = 3
_DISTINCTIVE = 2


@dataclass(frozen=True, slots=True)
class Title:
    """A parsed title: `weights` of its words by their stem; `names` are its short names.

    `changes` are what it says is done to another instrument, `years` the years in it, `instruments` those of them with
    an instrument ("1936 convention"); `plural` says that it is of several agreements, `declares` of a declaration,
    `protocol` of a protocol, `treaty` of a treaty. `free_trade` says that it is an agreement on free trade by name.
    """

    text: str
    weights: tuple[tuple[str, int], ...]
    names: frozenset[str]
    changes: frozenset[str]
    years: frozenset[int]
    instruments: frozenset[int]
    plural: bool
    declares: bool
    protocol: bool
    free_trade: bool
    treaty: bool

    @property
    def words(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(w for w, _ in self.weights)

    @property
    def weight(self) -> int:
        """The total weight of its words."""
        return sum(n for _, n in self.weights)

    @property
    def distinguishes(self) -> bool:
        """Whether any word, or a name, distinguishes it from most others."""
        return bool(self.names) or any(n >= _DISTINCTIVE for _, n in self.weights)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two titles agree: the shared words, and their weight relative to the lighter and the heavier title."""

    shared: tuple[str, ...]
    weight: int
    lighter: float
    heavier: float
    named: frozenset[str]

    @property
    def same(self) -> bool:
        """Whether the two have the same words."""
        return self.heavier == 1.0

    @property
    def text(self) -> str:
        """The shared words, in prose."""
        if self.named:
            return "name " + ", ".join(sorted(self.named))
        return "words " + ", ".join(self.shared)


@lru_cache(maxsize=50_000)
def title(text: str, block: str) -> Title:
    """Parses a title of an agreement of some states (continuing codes with spaces between) for comparison.

    >>> parsed = title("Treaty of Friendship between Mongolia and Russia", "MNG RUS")
    >>> parsed.words, parsed.weight, parsed.distinguishes
    (frozenset({'friendship'}), 1, False)
    >>> title("United States-Mexico-Canada Agreement", "CAN MEX USA").names
    frozenset({'USMCA'})
    """
    low = _plain(text)
    names, rest = _names_in(low)
    names |= _acronyms(text)
    drop = title_words() | _of_states(block)
    weights: dict[str, int] = {}
    changes: set[str] = set()
    for word in _WORD.findall(_PREFIX.sub(r"\1", rest)):
        if word in drop or len(word) < 3 or word.isdigit():
            continue
        stem, weight, change = _known(word)
        if stem in drop:
            continue
        if change:
            changes.add(change)
        elif weight:
            weights[stem] = weight
    for name in names:
        weights.pop(name.casefold(), None)
    return Title(
        text=text,
        weights=tuple(sorted(weights.items())),
        names=names,
        changes=frozenset(changes),
        years=frozenset(int(y) for y in _YEAR.findall(text)),
        instruments=years_of_instruments(low),
        plural=says("title", "several instruments", low),
        declares=says("title", "declaration", text),
        protocol=says("title", "protocol", text),
        free_trade=says("title", "free trade", low),
        treaty="treaty" in low,
    )


def likeness(one: Title, other: Title) -> Likeness:
    """How far two titles agree.

    >>> block = "CAN USA"
    >>> found = likeness(title("Air Quality Agreement", block), title("AIR QUALITY", block))
    >>> found.same, found.text
    (True, 'words air, quality')
    """
    mine, theirs = dict(one.weights), dict(other.weights)
    shared = sorted(mine.keys() & theirs.keys())
    weight = sum(mine[w] for w in shared)
    named = one.names & other.names
    low, high = sorted((one.weight, other.weight))
    return Likeness(tuple(shared), weight, weight / low if low else 0.0, weight / high if high else 0.0, named)


def apart(one: Title, other: Title) -> bool:
    """Whether two titles cannot be of one agreement: two names, or only one is a change or a declaration."""
    if one.names and other.names and not one.names & other.names and _both_listed(one.names, other.names):
        return True
    return one.changes != other.changes


def _both_listed(one: Iterable[str], other: Iterable[str]) -> bool:
    listed = {short for _, short in _listed()}
    return any(n in listed for n in one) and any(n in listed for n in other)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[-–—/]+", "-", text).casefold().replace("’", "'").split())


def _names_in(low: str) -> tuple[frozenset[str], str]:
    """The short names of the agreements that a title names in full, the longest first, and the rest of the title."""
    found = set()
    rest = f" {re.sub(r'[^a-z0-9]+', ' ', low)} "
    for full, short in _listed():
        if f" {full} " in rest:
            found.add(short)
            rest = rest.replace(f" {full} ", " ")
    return frozenset(found), rest if found else low


@cache
def _listed() -> tuple[tuple[str, str], ...]:
    """The register names of known instruments, in plain letters, with their short names, the longest first."""
    found = {
        (re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip(), i.label)
        for i in instruments().values()
        if i.label
        for name in i.titles
    }
    return tuple(sorted(found, key=lambda x: (-len(x[0]), x)))


def _acronyms(text: str) -> frozenset[str]:
    """The acronyms in a title that is not written in capitals throughout."""
    if text.upper() == text:
        return frozenset()
    return frozenset(a for a in _ACRONYM.findall(text) if a not in _no_names())


@cache
def _no_names() -> frozenset[str]:
    """Acronyms of states and organisations: they are parties or bodies, not names of agreements."""
    short = {n for s in states().values() for n in (s.code, s.iso2 or "", *s.alternatives) if n.isupper()}
    listed = {s for _, s in _listed()}
    return frozenset((short | {r["acronym"] for r in rows("organisations.csv")} | {"US", "UK", "UAE"}) - listed)


@cache
def _words() -> dict[str, tuple[str, int, str]]:
    return {r["word"]: (r["stem"] or r["word"], int(r["weight"]), r["change"]) for r in rows("en/title_weights.csv")}


@lru_cache(maxsize=50_000)
def _known(word: str) -> tuple[str, int, str]:
    """The stem of a word, its weight, and what it says is done to another instrument."""
    if found := _words().get(word):
        return found
    stem = word.split("'", maxsplit=1)[0]
    for end, put in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if stem.endswith(end) and not stem.endswith(("ss", "us", "is")) and len(stem) > len(end) + 2:
            stem = stem[: -len(end)] + put
            break
    return _words().get(stem, (stem, _DISTINCTIVE, ""))


@lru_cache(maxsize=4096)
def _of_states(block: str) -> frozenset[str]:
    codes = set(block.split())
    out: set[str] = set()
    for s in states().values():
        if continuing(s.code) in codes or s.code in codes:
            for name in (s.name, *s.alternatives, *s.adjectives):
                out.update(_WORD.findall(name.casefold()))
            out.add(s.code.casefold())
    return frozenset(out | _LATIN) if out else frozenset()


_LATIN = frozenset(
    {"sino", "franco", "anglo", "indo", "russo", "soviet", "rok", "prc", "dprk", "u.s", "u.k", "america"}
)
"""First parts of compound adjectives of states, and short forms that are in no table of states."""
