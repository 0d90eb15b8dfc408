"""Actor resolution: role words of the hand-annotated articles, and the parties of their events, against the mentions.

The trigger and the role words of each event are given, the code of each is scored. A role that the sentence leaves out
is given as a role without words. The articles whose md5 is 1 modulo 5 are permanently held out.
"""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comity.document.document import Document
from comity.evaluation.halves import Half
from comity.evaluation.hand_record import HandRecord, hand_records
from comity.evaluation.score import Score, floor_of, need
from comity.knowledge.states import continuing
from comity.language.tree import Sentence
from comity.mentions.antecedents import Asked, Scene, asked, left_out, meant, named, scene_of
from comity.mentions.article import Article
from comity.mentions.reader import read_article

_FILE = "articles.jsonl.gz"
_SAME = {"EC": "EU", "DDR": "DEU", "ZAR": "COD", "WB": "IBRD", "Andean Community": "ANCOM"}
"""Codes of the annotators and of this project that mean the same party."""
_UNKNOWN = "XXX"

Answer = Callable[[Scene, Asked], tuple[frozenset[str], float]]


@dataclass(frozen=True, slots=True)
class Word:
    """A role word of an event: its tokens (none if it is implicit), the expected codes and those found.

    `question` is null if the words name a party.
    """

    document: str
    role: str
    text: str
    tokens: tuple[int, ...]
    wanted: frozenset[str]
    found: frozenset[str]
    question: Asked | None = None

    @property
    def right(self) -> float:
        """The share of the expected codes that were found; an unknown party is correct if none is found."""
        known = self.wanted - {_UNKNOWN}
        return len(known & self.found) / len(known) if known else float(not self.found)


@dataclass(frozen=True, slots=True)
class RoleEvent:
    """An event with its role words; `sentence` and `trigger` are indexes in its article."""

    document: str
    sentence: int
    trigger: int
    main: bool
    words: tuple[Word, ...]

    @property
    def both(self) -> bool:
        """Whether the parties found are exactly the expected ones, as actors and as recipients."""
        return all(self._side(role, found=True) == self._side(role, found=False) for role in ("actor", "rec"))

    @property
    def parties(self) -> int:
        """The number of different parties."""
        return len(self._side("actor", found=False) | self._side("rec", found=False))

    def _side(self, role: str, *, found: bool) -> frozenset[str]:
        sides = (w.found if found else w.wanted - {_UNKNOWN} for w in self.words if w.role == role)
        return frozenset().union(*sides)


def score_roles(corpus: Path, *, half: Half) -> tuple[list[Score], list[str]]:
    """The scores of role words and events of a part of the corpus, and a line for each incorrect word."""
    (path,) = need(corpus, _FILE)
    events = [e for d in read_corpus(path, half=half) for e in _events(d)]
    words = [w for e in events for w in e.words if w.tokens]
    left = [w for e in events for w in e.words if not w.tokens]
    main = [e for e in events if e.main and e.parties > 1]
    figures = {
        "words": [w.right for w in words],
        "understood": [w.right for w in left],
        "main_events": [float(e.both) for e in main],
    }
    scores = [
        Score("roles", name, sum(kept) / max(1, len(kept)), floor_of("roles", name, path), len(kept))
        for name, kept in figures.items()
    ]
    missed = Counter((w.text or "(understood)", " ".join(sorted(w.wanted)), " ".join(sorted(w.found)) or "nothing")
                     for w in (*words, *left) if w.right < 1)  # fmt: skip
    return scores, [f"{n} {text}: {wanted}, found {found}" for (text, wanted, found), n in missed.most_common()]


def _events(found: dict[str, Any]) -> Iterator[RoleEvent]:
    return role_events(found, scene_of(article_of(found)))


def read_corpus(path: Path, *, half: Half) -> Iterator[dict[str, Any]]:
    """The hand-annotated articles of a part, in the order of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = json.loads(line)
            out = int(hashlib.md5(found["id"].encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 1
            if out == (half == "held out"):
                yield found


def article_of(found: dict[str, Any]) -> Article:
    """The article of a hand-annotated document, with every sentence."""
    day = found["date"]
    return read_article(
        Document(
            id=found["id"], text=found["text"], title=found["title"], published=day,
            published_basis="given" if day else None, language="en",
        )
    )  # fmt: skip


def role_events(found: dict[str, Any], scene: Scene, answer: Answer = meant) -> Iterator[RoleEvent]:
    """The events of a hand-annotated document whose trigger is in a sentence of its article.

    `answer` resolves words that refer to a party without naming it, with the probability.
    """
    article = scene.article
    paragraphs = [(0, found["title"] or "")]
    at = 0
    for text in found["text"].split("\n\n"):
        paragraphs.append((at, text))
        at += len(text) + 2
    for record in hand_records([r for r in found["records"] if r["k"] == "event"]):
        base, text = paragraphs[record.paragraph]
        part = "text" if record.paragraph else "title"
        span = occurrence(text, record.words)
        if span is None:
            continue
        start = base + span[0]
        sentence = next((s for s in article.sentences if s.part == part and s.start <= start < s.end), None)
        if sentence is None:
            continue
        trigger = _tokens(sentence, start, base + span[1])
        top = head(sentence, trigger)
        words = tuple(_words(record, scene, sentence, _Place(base, text, span[0], top), answer))
        yield RoleEvent(found["id"], sentence.index, top, record.main, words)


@dataclass(frozen=True, slots=True)
class _Place:
    """The location of a trigger: its paragraph's start and text, its offset there, and its token."""

    base: int
    text: str
    near: int
    trigger: int


def _words(record: HandRecord, scene: Scene, sentence: Sentence, place: _Place, answer: Answer) -> Iterator[Word]:
    """The role words of a record: first those that name somebody, then the others, which hear of them."""
    read: list[tuple[str, str, tuple[int, ...], frozenset[str], frozenset[str]]] = []
    for role in ("actor", "rec"):
        spans: dict[str, set[str]] = {}
        for words, code in record.side(role):
            spans.setdefault(words, set()).add(code_of(code or ""))
        for words, asked_for in spans.items():
            tokens = _role_tokens(words, sentence, place) if words else ()
            got = frozenset(map(code_of, _found(scene.article, sentence, tokens)))
            read.append((role, re.sub(r"#\d+$", "", words), tokens, frozenset(asked_for), got))
    for role, words, tokens, codes, names in read:
        question, got = None, names
        if not names:
            others = frozenset(c for r, _, _, _, g in read if r != role for c in g)
            plain = asked(sentence, tokens, role) if tokens else left_out(sentence, place.trigger, role)
            question = replace(plain, taken=others)
            got = frozenset(map(code_of, answer(scene, question)[0]))
        yield Word(scene.article.document.id, role, words, tokens, codes, got, question)


def _found(article: Article, sentence: Sentence, tokens: tuple[int, ...]) -> frozenset[str]:
    """The codes of the mention that covers the head of the words, otherwise of one inside them."""
    if not tokens:
        return frozenset()
    top = head(sentence, tokens)
    here = article.actors_in(sentence.index)
    here = [m for m in here if m.kind != "pronoun"]
    over = [m for m in here if m.first <= top < m.last] or [m for m in here if m.head in tokens]
    got = frozenset(c for m in over for c in m.states)
    return got or named(article, sentence, tokens)


def _role_tokens(words: str, sentence: Sentence, place: _Place) -> tuple[int, ...]:
    """The tokens of a role word: the given occurrence, otherwise the one in the sentence nearest to the trigger."""
    base, text = place.base, place.text
    plain = re.sub(r"#\d+$", "", words)
    if plain != words and (given := occurrence(text, words)) is not None:
        places = [given]
    else:
        places = list(_occurrences(text, plain, whole=True)) or list(_occurrences(text, plain, whole=False))
    places = [p for p in places if sentence.start <= base + p[0] < sentence.end]
    if not places:
        return ()
    a, b = min(places, key=lambda p: abs(p[0] - place.near))
    return _tokens(sentence, base + a, base + b)


def _tokens(sentence: Sentence, start: int, end: int) -> tuple[int, ...]:
    return tuple(t.index for t in sentence.tokens if t.start < end and t.end > start)


def head(sentence: Sentence, tokens: Iterable[int]) -> int:
    """The head token: the first whose head is outside."""
    inside = list(tokens)
    return next((i for i in inside if sentence.tokens[i].head not in inside), inside[-1] if inside else 0)


def occurrence(text: str, words: str) -> tuple[int, int] | None:
    """The location of words: the n-th occurrence for "words#n" (as parts of words too), else the first whole one."""
    plain, sign, number = words.rpartition("#")
    if sign and number.isdigit():
        every = list(_occurrences(text, plain, whole=False))
        if len(every) >= int(number):
            return every[int(number) - 1]
    for whole in (True, False):
        if (found := next(_occurrences(text, words, whole=whole), None)) is not None:
            return found
    return None


def _occurrences(text: str, words: str, *, whole: bool) -> Iterator[tuple[int, int]]:
    """The locations of words in a text, as whole words or also as parts of words."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not whole or not (_in_word(text, at - 1) or _in_word(text, end)):
            yield at, end
        at = text.find(words, at + 1)


def _in_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def code_of(code: str) -> str:
    """A code in the common notation of corpus and project; a non-state actor counts as its home state."""
    code = code.removeprefix("NSA:")
    return continuing(_SAME.get(code, code))
