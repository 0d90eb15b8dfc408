"""Roles: who takes part in what a word tells, by paths of relations that lead there from the word.

A path is written in a table's cell and read along the enhanced graph of the sentence. Its ways are parted by `|`, the
likeliest first; each has one or more steps parted by blanks:

    obj,obl:to/in     down to what depends on the word by one of these relations (`obl`: with any marker, `obl:`: with
                      none, `nsubj:/xsubj`: with none or this one, so no `nsubj:pass`)
    <obl              up to what the word depends on
    .                 the word itself
    next previous     the word beside it
    appos?            down, and the word itself
    &obj              the word, if it has an `obj`
    !obj              the word, if it has none
    obj[pay,@talks]   only to these lemmas, forms, classes of `en/event_nouns.csv` or tags (`[VERB,VBN]`)
    obj[-pay]         to any but these
    {subject}         on by the path of that name in `en/paths.csv`
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from comity.errors import TableError
from comity.knowledge.plover import noun_class
from comity.knowledge.states import rows
from comity.language.graph import Edge, Graph
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention


@dataclass(frozen=True, slots=True)
class Words:
    """Which words are meant: any, or those with one of some lemmas or forms and parts of speech, or all but those."""

    lemmas: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    excepted: bool = False

    def have(self, token: Token) -> bool:
        """Whether a token is one of them."""
        of_part = not self.parts or token.upos in self.parts or token.xpos in self.parts
        listed = not self.lemmas or token.lemma.lower() in self.lemmas or token.text.lower() in self.lemmas
        return (of_part and listed) is not self.excepted


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: relations, each with the markers that it may have, null where any will do.

    With `stays` it also stays at its word; `only` says that it stays if it could go (`&`) or could not (`!`). A
    sentence in which it leads anywhere has one of the words `asked` and, in its tree, one of the relations `named`;
    where one of the two is empty, nothing is asked.
    """

    relations: tuple[tuple[str, frozenset[str] | None], ...]
    words: Words
    up: bool
    stays: bool
    only: str
    asked: frozenset[str]
    named: frozenset[str]

    def follows(self, edge: Edge) -> bool:
        """Whether the step leads along an edge."""
        name, _, marker = edge.relation.partition(":")
        return any(name == own and (markers is None or marker in markers) for own, markers in self.relations)


def roles(graph: Graph, word: int, path: str, named: Callable[[int], bool] | None = None) -> tuple[int, ...]:
    """The words that a path reaches from a word, by the first of its ways that reaches any; in text order.

    With `named`, only words count of which it is true.

    >>> rows = [("Peru", "PROPN", 1, "nsubj"), ("flew", "VERB", -1, "root"), ("to", "ADP", 3, "case"),
    ...         ("Lima", "PROPN", 1, "obl")]
    >>> words = tuple(Token(i, t, 0, 0, t.lower(), u, "", h, r) for i, (t, u, h, r) in enumerate(rows))
    >>> graph = Graph(Sentence(0, "text", 0, 0, "", words))
    >>> roles(graph, 1, "obl:from | obl:to/into"), roles(graph, 3, "<obl[VERB] nsubj"), roles(graph, 1, "!obl nsubj")
    ((3,), (0,), ())
    """
    for way in ways(path):
        found = _reached(graph, word, way) if _may_lead(graph.sentence, way) else ()
        if named is not None:
            found = tuple(i for i in found if named(i))
        if found:
            return found
    return ()


def may_lead(sentence: Sentence, path: str) -> bool:
    """Whether a path can lead anywhere in a sentence, by its words and relations alone: if not, it needs no graph.

    >>> may_lead(Sentence(0, "text", 0, 0, "", ()), "obj[war]")
    False
    """
    return any(_may_lead(sentence, way) for way in ways(path))


def _may_lead(sentence: Sentence, way: tuple[Step, ...]) -> bool:
    return all(
        (not step.asked or not step.asked.isdisjoint(sentence.words))
        and (not step.named or not step.named.isdisjoint(sentence.relations))
        for step in way
    )


def _reached(graph: Graph, word: int, way: tuple[Step, ...]) -> tuple[int, ...]:
    here = {word}
    for step in way:
        if step.only:
            here = {i for i in here if bool(_gone(graph, i, step)) is (step.only == "&")}
        else:
            here = {j for i in here for j in _gone(graph, i, step)}
    return tuple(sorted(here))


def _gone(graph: Graph, word: int, step: Step) -> set[int]:
    """The words to which a step leads from a word."""
    edges = [e for e in (graph.heads(word) if step.up else graph.dependents(word)) if step.follows(e)]
    found = {e.head if step.up else e.dependent for e in edges} - {-1}
    found |= {word + by for name, by in _BESIDE.items() if (name, None) in step.relations}
    if step.stays:
        found.add(word)
    tokens = graph.sentence.tokens
    return {i for i in found if 0 <= i < len(tokens) and step.words.have(tokens[i])}


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
    return tuple(tuple(_step(s, path) for s in way.split()) for way in _spelled(path))


def _spelled(path: str) -> Iterator[str]:
    """Each way of a path with the paths that it names spelled out."""
    for way in filter(str.strip, path.split("|")):
        for parts in product(*(_spelled(_named(s[1:-1], path)) if s[0] == "{" else [s] for s in way.split())):
            yield " ".join(parts)


def _named(name: str, path: str) -> str:
    found = next((r["path"] for r in rows(_PATHS) if r["name"] == name), None)
    if found is None:
        raise TableError(f"path {path!r}: {_PATHS} has no path {name!r}; name one that it has")
    return found


@cache
def words_of(*cells: str) -> Words:
    """Words as cells name them: lemmas, classes (`@talks`) and parts of speech (`VERB`), all but these behind `-`.

    >>> words_of("go fly", "VERB").have(Token(0, "flew", 0, 4, "fly", "VERB", "VBD", -1, "root"))
    True
    """
    names = [n for cell in cells for n in cell.removeprefix("-").replace(",", " ").split()]
    lemmas = (noun_class(n) if n.startswith("@") else frozenset({n}) for n in names if not n.isupper())
    parts = frozenset(n for n in names if n.isupper())
    return Words(frozenset[str]().union(*lemmas), parts, cells[0].startswith("-"))


def _step(text: str, path: str) -> Step:
    read = _STEP.fullmatch(text)
    if read is None:
        raise TableError(f"path {path!r}: {text!r} is no step; write <relation:marker[lemma], each optional")
    named = [r.partition(":") for r in read["relations"].split(",") if r != "."]
    words, absent = words_of(read["words"] or ""), read["only"] == "!"
    stays = bool(read["stays"]) or not named
    names = frozenset(name for name, _, _ in named)
    return Step(
        tuple((name, frozenset(markers.split("/")) if colon else None) for name, colon, markers in named),
        words,
        bool(read["up"]),
        stays,
        read["only"],
        frozenset() if absent or words.excepted else words.lemmas,
        frozenset() if absent or stays or names & _IMPLIED else names,
    )


_PATHS = "en/paths.csv"
_BESIDE = {"next": 1, "previous": -1}
# relations that a graph may have where its tree has none
_IMPLIED = frozenset({"nsubj", "csubj", "obj", "iobj", "obl", "nmod", "amod", "compound", "advmod", "ref", *_BESIDE})
_STEP = re.compile(
    r"(?P<only>[&!]?)(?P<up><?)(?P<relations>\.|[a-z]+(?::[\w/]*)?(?:,[a-z]+(?::[\w/]*)?)*)(?P<stays>\??)"
    r"(?:\[(?P<words>[^\[\]]+)\])?"
)
