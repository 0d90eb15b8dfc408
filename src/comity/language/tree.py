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
    once.
    """

    index: int
    part: str
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    pieces: Pieces | None = field(default=None, repr=False, compare=False)
    derived: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    _children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kids: list[list[int]] = [[] for _ in self.tokens]
        for t in self.tokens:
            if t.head >= 0:
                kids[t.head].append(t.index)
        object.__setattr__(self, "_children", tuple(map(tuple, kids)))

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
            self.derived["relations"] = frozenset(t.deprel.partition(":")[0] for t in self.tokens)
        found: frozenset[str] = self.derived["relations"]
        return found

    @property
    def root(self) -> Token:
        """The token whose head is -1."""
        return next(t for t in self.tokens if t.head < 0)

    def children(self, index: int, *deprels: str) -> list[Token]:
        """Dependents of a token in text order; with `deprels`, only those (`nsubj` also matches `nsubj:pass`)."""
        kids = [self.tokens[i] for i in self._children[index]]
        if not deprels:
            return kids
        return [k for k in kids if k.deprel in deprels or k.deprel.split(":")[0] in deprels]

    def subtree(self, index: int) -> list[Token]:
        """The token and all below it, in text order."""
        out, todo = [], [index]
        while todo:
            i = todo.pop()
            out.append(i)
            todo.extend(self._children[i])
        return [self.tokens[i] for i in sorted(out)]

    def head_of(self, first: int, last: int) -> int:
        """The token of a span, its end excluded, that hangs on a word outside of it."""
        return next((i for i in range(first, last) if not first <= self.tokens[i].head < last), first)

    def ancestors(self, index: int) -> Iterator[Token]:
        """The heads above a token, nearest first."""
        i = self.tokens[index].head
        while i >= 0:
            yield self.tokens[i]
            i = self.tokens[i].head

    def span(self, index: int) -> tuple[int, int]:
        """Start and end offset, in the part, of the subtree of a token."""
        below = self.subtree(index)
        return below[0].start, below[-1].end

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
