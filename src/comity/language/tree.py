"""Words, sentences and their dependency trees (Universal Dependencies, English)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Token:
    """A word. `start` and `end` are offsets in the sentence's part; `head` is a token index, -1 for the root."""

    index: int
    text: str
    start: int
    end: int
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str

    @property
    def relation(self) -> str:
        """The relation to its head without what completes it: `nsubj` of `nsubj:pass`."""
        return self.deprel.partition(":")[0]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The word pieces of a sentence as the encoder's lower layers see them.

    `vectors` has a row for each piece, the frame's two among them; `first` is the row of each token's first piece, -1
    for a word of the dateline, which the encoder does not read.
    """

    vectors: "NDArray[np.float32]"
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one part (`text` or `title`) of a document, as a well-formed tree with one root.

    `index` counts the sentences of the document, title first. Offsets point into the part. `pieces` is what the
    encoder read of it, where it did. `derived` keeps what is worked out from the words alone, so that it is worked out
    once. `below` are the dependents of each token, in text order.
    """

    index: int
    part: str
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    pieces: Pieces | None = field(default=None, repr=False, compare=False)
    derived: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    below: tuple[tuple[Token, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        below: list[list[Token]] = [[] for _ in self.tokens]
        for t in self.tokens:
            if t.head >= 0:
                below[t.head].append(t)
        object.__setattr__(self, "below", tuple(map(tuple, below)))

    @property
    def above(self) -> tuple[tuple[Token, ...], ...]:
        """The heads above each token, nearest first."""
        if "above" not in self.derived:
            above: dict[int, tuple[Token, ...]] = {}
            todo = [t for t in self.tokens if t.head < 0]
            while todo:
                t = todo.pop()
                above[t.index] = (self.tokens[t.head], *above[t.head]) if t.head >= 0 else ()
                todo += self.below[t.index]
            self.derived["above"] = tuple(above[t.index] for t in self.tokens)
        found: tuple[tuple[Token, ...], ...] = self.derived["above"]
        return found

    @property
    def subtrees(self) -> tuple[tuple[Token, ...], ...]:
        """Each token with all below it, in text order."""
        if "subtrees" not in self.derived:
            whole: list[list[Token]] = [[] for _ in self.tokens]
            for t, above in zip(self.tokens, self.above, strict=True):
                for head in (t, *above):
                    whole[head.index].append(t)
            self.derived["subtrees"] = tuple(map(tuple, whole))
        found: tuple[tuple[Token, ...], ...] = self.derived["subtrees"]
        return found

    @property
    def words(self) -> frozenset[str]:
        """The words that stand in it, as they are written and by their lemmas, in small letters."""
        if "words" not in self.derived:
            self.derived["words"] = frozenset(w.lower() for t in self.tokens for w in (t.text, t.lemma))
        found: frozenset[str] = self.derived["words"]
        return found

    @property
    def relations(self) -> frozenset[str]:
        """The relations of its tree, without what completes them."""
        if "relations" not in self.derived:
            self.derived["relations"] = frozenset(t.relation for t in self.tokens)
        found: frozenset[str] = self.derived["relations"]
        return found

    @property
    def root(self) -> Token:
        """The token whose head is -1."""
        return next(t for t in self.tokens if t.head < 0)

    def children(self, index: int, *deprels: str) -> list[Token]:
        """Dependents of a token in text order; with `deprels`, only those (`nsubj` also matches `nsubj:pass`)."""
        kids = self.below[index]
        return [k for k in kids if k.deprel in deprels or k.relation in deprels] if deprels else list(kids)

    def subtree(self, index: int) -> list[Token]:
        """The token and all below it, in text order."""
        return list(self.subtrees[index])

    def head_of(self, first: int, last: int) -> int:
        """The token of a span, its end excluded, that hangs on a word outside of it."""
        return next((i for i in range(first, last) if not first <= self.tokens[i].head < last), first)

    def ancestors(self, index: int) -> Iterator[Token]:
        """The heads above a token, nearest first."""
        return iter(self.above[index])

    def span(self, index: int) -> tuple[int, int]:
        """Start and end offset, in the part, of the subtree of a token."""
        whole = self.subtrees[index]
        return whole[0].start, whole[-1].end

    def clip(self, start: int, end: int) -> str:
        """The characters of the part between two offsets that lie in this sentence."""
        return self.text[start - self.start : end - self.start]


DATELINE_CHARACTERS = 70
"""A dateline ends within so many characters of its sentence."""
_DATELINE = re.compile(
    r"[A-Z][\w.'’/() ]*(?:, [A-Z][\w.'’/() ]*){0,5},? "
    r"(?:(?:\([A-Z][^)]*\)|[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]+\.?(?: \d{4})?),? ?){0,2}"
    r"(?:-{1,2}|–|—) "
)


def dateline(sentence: Sentence) -> int:
    """Where the story begins behind a dateline ("PEKING, March 26 - "); the sentence's start where there is none.

    >>> from comity.language.tree import Sentence
    >>> dateline(Sentence(0, "text", 0, 30, "PEKING, March 26 - China said ", ()))
    19
    >>> dateline(Sentence(0, "text", 0, 50, "LUSAKA, 4 Jan. 2021 (Agency) -- Zambia said ", ()))
    32
    """
    found = _DATELINE.match(sentence.text[:DATELINE_CHARACTERS])
    if found and found.group().split(",")[0].split()[0].isupper():
        return sentence.start + found.end()
    return sentence.start
