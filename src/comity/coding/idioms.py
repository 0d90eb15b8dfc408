"""Idioms: what the words around a word make of it, by the rows of `en/idioms.csv`.

A row is for some words (`of`: event types, also with their status or whether their parties act `together`, frames of
triggers, kinds of mentions or lemmas; empty for all) and holds where its pattern does: all conditions in it, parted by
`;`. A condition is a walk over the graph of the sentence that starts at the word; it holds if some walk arrives or,
with `!` before it, if none does. The steps of a walk are parted by blanks:

    obj,obl:with/on   down to what depends on the word by one of these relations (`obl`: by any preposition; `any`)
    <obj              up to what the word depends on
    .                 the word itself; `next` and `previous` are the words beside it
    * ?               behind a step: as often as it goes, or not at all; once or not at all
    [delay,@hold]     the word reached is one of these: lemmas, forms, a class of `en/event_nouns.csv`, an effect of
                      `en/modality.csv` (`~end`), a tag (`VERB`), a verb with its particle (`call_off`), a noun behind
                      its preposition (`on_hold`); `NEGATED` is what is denied, `CAPITAL` what begins with one
    [-delay]          it is none of these
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from comity.errors import TableError
from comity.knowledge import modality, plover
from comity.knowledge.states import rows
from comity.language.graph import graph_of
from comity.language.tree import Sentence, Token

TABLE = "en/idioms.csv"
_STEP = re.compile(r"(?P<up><?)(?P<relations>[\w:,/]+|\.)(?P<again>[*?]?)(?P<tests>(?:\[[^\[\]]+\])*)")
_ANY, _NEXT, _PREVIOUS = "any", "next", "previous"


@dataclass(frozen=True, slots=True)
class _Test:
    words: frozenset[str]
    tags: frozenset[str]
    other: bool

    @property
    def asked(self) -> frozenset[str]:
        """Words one of which a sentence must have; empty where it may do without."""
        if self.other or not self.tags <= {"NEGATED"}:
            return frozenset()
        last = frozenset(w.rpartition(" ")[2] for w in self.words)
        return last | modality.words("negative") if self.tags else last


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a walk; one without relations stays at its word."""

    relations: tuple[tuple[str, frozenset[str] | None], ...]
    up: bool
    again: str
    tests: tuple[_Test, ...]

    @property
    def beside(self) -> bool:
        """Whether it leads to the words beside its own alone."""
        return all(name in {_NEXT, _PREVIOUS} for name, _ in self.relations)

    def follows(self, relation: str) -> bool:
        name, _, marker = relation.partition(":")
        return any(n in (name, _ANY) and (m is None or marker in m) for n, m in self.relations)


@dataclass(frozen=True, slots=True)
class _Condition:
    absent: bool
    steps: tuple[_Step, ...]


@dataclass(frozen=True, slots=True)
class Idiom:
    """A row: for which words it is, its conditions, and what it yields."""

    of: frozenset[str]
    conditions: tuple[_Condition, ...]
    yields: str
    asked: tuple[frozenset[str], ...]
    """Of each of these words a sentence has one, if the row holds in it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the first row that holds yields, and the words at which the walk of its first condition arrives."""

    yields: str
    at: tuple[int, ...]


def found(use: str, sentence: Sentence, index: int, of: frozenset[str] = frozenset()) -> Found | None:
    """What the rows of a use make of a word that is known as `of`; null where none of them holds.

    >>> from comity.language.tree import Token
    >>> words = (Token(0, "ended", 0, 0, "end", "VERB", "VBD", -1, "root"),
    ...          Token(1, "war", 0, 0, "war", "NOUN", "NN", 0, "obj"))
    >>> found("ended", Sentence(0, "text", 0, 0, "", words), 1)
    Found(yields='none', at=(0,))
    """
    for idiom in _likely(use, sentence):
        if idiom.of and idiom.of.isdisjoint(of):
            continue
        at = holds(idiom, sentence, index)
        if at is not None:
            return Found(idiom.yields, at)
    return None


def holds(idiom: Idiom, sentence: Sentence, index: int) -> tuple[int, ...] | None:
    """Where the walk of an idiom's first condition arrives; null where a condition fails."""
    first: tuple[int, ...] | None = None
    for condition in idiom.conditions:
        at = _walk(sentence, index, condition.steps)
        if bool(at) is condition.absent:
            return None
        first = at if first is None else first
    return first


@cache
def idioms(use: str) -> tuple[Idiom, ...]:
    """The rows of a use, in the order of the table. Raises `TableError` where a pattern cannot be read."""
    return tuple(_idiom(r, n) for n, r in enumerate(rows(TABLE), 2) if r["use"] == use)


def _likely(use: str, sentence: Sentence) -> tuple[Idiom, ...]:
    """The rows of a use whose words stand in a sentence."""
    key = f"idioms {use}"
    if key not in sentence.derived:
        words = sentence.words
        sentence.derived[key] = tuple(i for i in idioms(use) if not any(map(words.isdisjoint, i.asked)))
    kept: tuple[Idiom, ...] = sentence.derived[key]
    return kept


def _idiom(row: dict[str, str], line: int) -> Idiom:
    read = tuple(conditions(row["pattern"], line))
    asked = (test.asked for c in read if not c.absent for step in c.steps for test in step.tests)
    return Idiom(frozenset(row["of"].split()), read, row["yields"], tuple(filter(None, asked)))


def conditions(pattern: str, line: int) -> Iterator[_Condition]:
    """The conditions of a pattern; raises `TableError` with the line of the table where it cannot be read.

    >>> len(list(conditions(".[NOUN]; !<obj,nsubj:pass[~end]", 2)))
    2
    """
    for written in pattern.split(";"):
        walk = written.strip()
        steps = [(s, _STEP.fullmatch(s)) for s in walk.removeprefix("!").split()]
        wrong = [s for s, read in steps if read is None]
        if wrong or not steps:
            raise TableError(f"{TABLE}:{line}: {' '.join(wrong) or pattern!r} is no step; write <relation*[words]")
        yield _Condition(walk.startswith("!"), tuple(_step(read) for _, read in steps if read))


def _step(read: re.Match[str]) -> _Step:
    named = [r.partition(":") for r in read["relations"].split(",") if r != "."]
    relations = tuple((name, frozenset(markers.split("/")) if colon else None) for name, colon, markers in named)
    tests = re.findall(r"\[([^\[\]]+)\]", read["tests"])
    return _Step(relations, bool(read["up"]), read["again"], tuple(map(_test, tests)))


def _test(text: str) -> _Test:
    names = text.removeprefix("-").split(",")
    words: set[str] = set()
    for name in names:
        if name.startswith("@"):
            words |= plover.noun_class(name)
        elif name.startswith("~"):
            words |= modality.words(cast("modality.Effect", name[1:]))
            if not modality.words(cast("modality.Effect", name[1:])):
                raise TableError(f"en/modality.csv has no words with the effect {name[1:]}; {TABLE} refers to it")
        elif not name.isupper():
            words.add(name.replace("_", " "))
    return _Test(frozenset(words), frozenset(n for n in names if n.isupper()), text.startswith("-"))


def _walk(sentence: Sentence, index: int, steps: tuple[_Step, ...]) -> tuple[int, ...]:
    """The words at which a walk from a word arrives."""
    at = [index]
    for step in steps:
        if step.again:
            for i in at if step.again == "*" else tuple(at):  # grows while it is read
                at += [n for n in _next(sentence, i, step) if n not in at]
        elif step.relations:
            at = list(dict.fromkeys(n for i in at for n in _next(sentence, i, step)))
        at = [i for i in at if all(_is(sentence, i, test) for test in step.tests)]
    return tuple(at)


def _next(sentence: Sentence, index: int, step: _Step) -> Iterator[int]:
    if not step.beside:
        graph = graph_of(sentence)
        for edge in graph.heads(index) if step.up else graph.dependents(index):
            if edge.head >= 0 and step.follows(edge.relation):
                yield edge.head if step.up else edge.dependent
    for name, beside in ((_NEXT, index + 1), (_PREVIOUS, index - 1)):
        if (name, None) in step.relations and 0 <= beside < len(sentence.tokens):
            yield beside


def _is(sentence: Sentence, index: int, test: _Test) -> bool:
    token = sentence.tokens[index]
    same = token.upos in test.tags or token.xpos in test.tags
    same = same or ("CAPITAL" in test.tags and token.text[:1].isupper())
    same = same or ("NEGATED" in test.tags and negated(sentence, index))
    same = same or (bool(test.words) and not test.words.isdisjoint(forms(sentence, index)))
    return same is not test.other


def negated(sentence: Sentence, index: int) -> bool:
    """Whether a predicate or noun is denied by "not", "never", "no", "neither"."""
    words = modality.words("negative")
    return any(
        {c.lemma.lower(), c.text.lower()} & words
        and (c.lemma.lower() not in {"neither", "no", "nor"} or c.deprel.split(":")[0] in {"det", "cc", "advmod"})
        for c in sentence.children(index)
    )


def forms(sentence: Sentence, index: int) -> frozenset[str]:
    """A word as a table may name it: its text, its lemma, a verb with its particle, a noun with its preposition."""
    key = f"forms of {index}"
    if key not in sentence.derived:
        sentence.derived[key] = frozenset(_forms(sentence, sentence.tokens[index]))
    kept: frozenset[str] = sentence.derived[key]
    return kept


def _forms(sentence: Sentence, token: Token) -> set[str]:
    lemma, index = token.lemma.lower(), token.index
    found = {token.text.lower(), lemma}
    if token.upos in {"VERB", "AUX"}:
        after = [t.text.lower() for t in sentence.tokens[index + 1 : index + 3]]
        parts = [c.lemma.lower() for c in sentence.children(index, "compound:prt", "advmod")]
        found |= {f"{lemma} {p}" for p in (*parts, *(after[:1] if after[1:] != ["-"] else ()))}
    return found | {f"{c.lemma.lower()} {lemma}" for c in sentence.children(index, "case")}
