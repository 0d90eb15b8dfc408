"""Roles: who takes part in what a word tells, by paths of relations that lead there from the word.

A path is written in a table's cell and read along the enhanced graph of the sentence. Its ways are parted by `|`, the
likeliest first; each has one or more steps parted by blanks. A step goes down to what depends on a word (`obj`,
`nmod:poss`, `obl:to/in`) or, with `<`, up to what the word depends on (`<obl`). `obl` is any `obl`, `obl:` one without
a marker; `nsubj:/xsubj` is `nsubj` or `nsubj:xsubj`, and no `nsubj:pass`. `[pay,@talks]` keeps words with one of these
lemmas or of this class, `[VERB]` those of this part of speech, `[-…]` those that are none of these. `.` is the word
itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from comity.errors import TableError
from comity.knowledge.plover import noun_class
from comity.language.graph import Edge, Graph
from comity.language.tree import Token
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention


@dataclass(frozen=True, slots=True)
class Words:
    """Which words a step may reach: any, those with a lemma or part of speech, or all but those."""

    lemmas: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    excepted: bool = False

    def have(self, token: Token) -> bool:
        """Whether a token is one of them."""
        if not self.lemmas and not self.parts:
            return True
        return (token.lemma.lower() in self.lemmas or token.upos in self.parts) is not self.excepted


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; `markers` is null where any will do. A step without a relation stays at its word."""

    relation: str
    markers: frozenset[str] | None
    words: Words
    up: bool

    def follows(self, edge: Edge) -> bool:
        """Whether the step leads along an edge."""
        name, _, marker = edge.relation.partition(":")
        return name == self.relation and (self.markers is None or marker in self.markers)


def roles(graph: Graph, word: int, path: str) -> tuple[int, ...]:
    """The words that a path reaches from a word, by the first of its ways that reaches any; in text order.

    >>> from comity.language.tree import Sentence
    >>> rows = [("Peru", "PROPN", 1, "nsubj"), ("flew", "VERB", -1, "root"), ("to", "ADP", 3, "case"),
    ...         ("Lima", "PROPN", 1, "obl")]
    >>> words = tuple(Token(i, t, 0, 0, t.lower(), u, "", h, r) for i, (t, u, h, r) in enumerate(rows))
    >>> graph = Graph(Sentence(0, "text", 0, 0, "", words))
    >>> roles(graph, 1, "obl:from | obl:to/into"), roles(graph, 3, "<obl[VERB] nsubj")
    ((3,), (0,))
    """
    return next((found for way in ways(path) if (found := _reached(graph, word, way))), ())


def _reached(graph: Graph, word: int, way: tuple[Step, ...]) -> tuple[int, ...]:
    """The words to which one way leads from a word, in text order."""
    here = {word}
    for step in way:
        if step.relation:
            edges = (e for i in here for e in (graph.heads(i) if step.up else graph.dependents(i)))
            here = {e.head if step.up else e.dependent for e in edges if step.follows(e)} - {-1}
        here = {i for i in here if step.words.have(graph.sentence.tokens[i])}
    return tuple(sorted(here))


def mentions_at(article: Article, sentence: int, words: Iterable[int]) -> list[ActorMention]:
    """The widest mention over each of some words of a sentence, each once.

    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> article = read_article(Document(id="d", text="Peru's foreign minister left.", language="en"))
    >>> [m.text for m in mentions_at(article, 0, [0, 3])]
    ["Peru's foreign minister"]
    """
    named = article.actors_in(sentence)
    over = ([m for m in named if m.first <= i < m.last] for i in words)
    return list(dict.fromkeys(max(found, key=lambda m: m.last - m.first) for found in over if found))


@cache
def ways(path: str) -> tuple[tuple[Step, ...], ...]:
    """The ways of a path; TableError names the step that is written wrongly.

    >>> [len(way) for way in ways("nsubj | <conj nsubj[-@talks]")]
    [1, 2]
    >>> ways("obl:to[lima")
    Traceback (most recent call last):
    ...
    comity.errors.TableError: path 'obl:to[lima': 'obl:to[lima' is no step; write <relation:marker[lemma], each optional
    """
    return tuple(tuple(_step(s, path) for s in way.split()) for way in path.split("|") if way.strip())


@cache
def words_of(text: str) -> Words:
    """Words as a cell names them: lemmas, classes (`@talks`) and parts of speech (`VERB`), all but these behind `-`.

    >>> words_of("go,fly").have(Token(0, "flew", 0, 4, "fly", "VERB", "VBD", -1, "root"))
    True
    """
    names = text.removeprefix("-").replace(",", " ").split()
    lemmas = (noun_class(n) if n.startswith("@") else frozenset({n}) for n in names if not n.isupper())
    parts = frozenset(n for n in names if n.isupper())
    return Words(frozenset[str]().union(*lemmas), parts, text.startswith("-"))


def _step(text: str, path: str) -> Step:
    relation, bracket, rest = text.partition("[")
    name, colon, markers = relation.removeprefix("<").partition(":")
    if (bracket and not rest.endswith("]")) or not (name == "." or name.isalpha()):
        raise TableError(f"path {path!r}: {text!r} is no step; write <relation:marker[lemma], each optional")
    return Step(
        name.removeprefix("."),
        frozenset(markers.split("/")) if colon else None,
        words_of(rest.removesuffix("]")),
        relation.startswith("<"),
    )
