"""Who is meant by words that name nobody: "they", "the two leaders", "the government", a party left out.

Everything that a report names is a candidate. What speaks for each, how often and where it is named, in which place of
the sentence, who speaks, and what kind of words ask, is weighed by a small network (training/antecedents.py) that has
learnt it from hand-read reports. It is asked for one candidate at a time, so that several may be meant.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from comity.knowledge import offices
from comity.knowledge.states import continuing, rows, states
from comity.language.tree import Sentence, Token, dateline
from comity.mentions.article import Article

CANDIDATES = 16
"""How many of the parties that a report names are weighed, those named most often."""
FORMS = (
    "he", "it", "they", "we", "i", "you", "who", "here", "two", "all", "office", "offices", "force", "forces", "state",
    "states", "government", "side", "sides", "body", "bodies", "name", "noun", "nouns", "act", "left out",
)  # fmt: skip
"""The kinds of words that ask."""
ROLES = ("actor", "rec", "none")
_PRONOUNS = {r["word"]: r["form"] for r in rows("en/pronouns.csv")}
_TWO = frozenset({"two", "both", "2"})
_PLACES = frozenset({"in", "at", "near", "outside", "around", "through", "via"})
_PLACE_KINDS = frozenset({"capital", "city", "unit"})


@dataclass(slots=True)
class Candidate:
    """A party that a report names: its code, and where it is named, in the order of the text."""

    code: str
    places: list[tuple[int, int, str, str]] = field(default_factory=list)
    """Sentence, token, kind of the mention, and the group of its relation."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that name nobody: what carries them, their kind, whether they are several, and their place in the tree."""

    sentence: int
    token: int
    form: str
    plural: bool
    relation: str
    role: str = "none"
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scene:
    """What of a report every question needs."""

    article: Article
    candidates: tuple[Candidate, ...]
    home: str | None
    titled: frozenset[str]
    opening: frozenset[str]


def scene_of(article: Article) -> Scene:
    """The scene of an article: whom it names, and who speaks in its title, its first sentence and its dateline."""
    found: dict[str, Candidate] = {}
    for m in article.actors:
        if m.kind == "pronoun":
            continue
        relation = _relation(article.sentences[m.sentence], m.head)
        for code in map(continuing, m.states):
            found.setdefault(code, Candidate(code)).places.append((m.sentence, m.head, m.kind, relation))
    taken = {word for m in article.actors for word in m.words}
    for sentence in article.sentences:
        for name in article.names.in_sentence.get(sentence.index, ()):
            if name.kind in _PLACE_KINDS and (sentence.index, name.first) not in taken:
                code, at = continuing(name.code), name.last - 1
                spot = (sentence.index, at, "place", _relation(sentence, at))
                found.setdefault(code, Candidate(code)).places.append(spot)
    for c in found.values():
        c.places.sort()
    order = sorted(found.values(), key=lambda c: (-len(c.places), c.places[0]))[:CANDIDATES]
    title = {s.index for s in article.sentences if s.part == "title"}
    first = next((s for s in article.sentences if s.part == "text"), None)
    start = dateline(first) if first else 0
    home = None
    if first is not None:
        lead = article.names.in_sentence.get(first.index, ())[:1]
        home = next((continuing(n.code) for n in lead if n.start < start), None)
    return Scene(
        article, tuple(order), home,
        frozenset(c.code for c in order if any(p[0] in title for p in c.places)),
        frozenset(c.code for c in order if first is not None and any(p[0] == first.index for p in c.places)),
    )  # fmt: skip


def _relation(sentence: Sentence, token: int) -> str:
    """The group of a word's relation: subject, object, owner, partner (with its preposition), or other."""
    word = sentence.tokens[token]
    relation = word.relation
    if word.deprel == "nmod:poss":
        return "owner"
    if relation in {"conj", "appos", "flat", "compound"} and word.head >= 0:
        return _relation(sentence, word.head) if word.head < token else "other"
    if relation == "nsubj":
        return "subject"
    if relation in {"obj", "iobj"}:
        return "object"
    if relation in {"obl", "nmod"}:
        case = {c.text.lower() for c in sentence.below[token] if c.relation == "case"}
        if "against" in case:
            return "against"
        return "place" if case & _PLACES else "with" if case & {"with", "between"} else "oblique"
    return "other"


def asked(sentence: Sentence, tokens: Sequence[int], role: str = "none") -> Asked:
    """The question that words ask."""
    inside = set(tokens)
    head = next((i for i in tokens if sentence.tokens[i].head not in inside), tokens[-1])
    word = sentence.tokens[head]
    form, plural = _form(sentence, word, inside)
    return Asked(sentence.index, head, form, plural, _relation(sentence, head), role)


def left_out(sentence: Sentence, trigger: int, role: str) -> Asked:
    """The question of a party that the sentence of a trigger leaves out."""
    return Asked(sentence.index, trigger, "left out", plural=False, relation=_relation(sentence, trigger), role=role)


@cache
def _nouns() -> dict[str, str]:
    return {r["word"]: r["form"] for r in rows("en/anaphoric_nouns.csv")}


def points(lemma: str) -> bool:
    """Whether a noun may stand for a party that is named elsewhere.

    >>> points("government"), points("outfielder")
    (True, False)
    """
    return lemma.lower() in _nouns() or offices.find([lemma]) is not None


def _form(sentence: Sentence, word: Token, inside: set[int]) -> tuple[str, bool]:
    low = word.text.lower()
    before = {c.text.lower() for c in sentence.below[word.index]} | {sentence.tokens[i].text.lower() for i in inside}
    plural = word.xpos in {"NNS", "NNPS"} or low in {"they", "them", "their", "we", "us", "our", "both", "all"}
    if low in _PRONOUNS and (word.upos in {"PRON", "DET", "ADV"} or len(inside) == 1):
        return _PRONOUNS[low], plural
    if before & _TWO and plural:
        return "two", True
    noun = _nouns().get(word.lemma.lower())
    if noun is not None:
        several = {"office": "offices", "force": "forces", "state": "states", "side": "sides", "body": "bodies"}
        return (several.get(noun, noun) if plural else noun), plural
    if offices.find([low]) is not None:
        return ("offices" if plural else "office"), plural
    if word.upos == "PROPN":
        return "name", plural
    if word.upos in {"VERB", "AUX"}:
        return "act", False
    return ("nouns" if plural else "noun"), plural


_SIZES = {"subject": 0, "object": 1, "owner": 2, "with": 3, "against": 4, "place": 5, "oblique": 6, "other": 7}
_KINDS = ("state", "adjective", "person", "organisation", "group", "place")


def features(scene: Scene, question: Asked) -> NDArray[np.float64]:
    """What speaks for each candidate, a row each."""
    speaker = _speaker(scene.article, question)
    ask = _one(FORMS, question.form) + _one(ROLES, question.role) + _one(tuple(_SIZES), question.relation)
    ask += [float(question.plural)]
    total = sum(len(c.places) for c in scene.candidates) or 1
    last_person = _last(scene, question, "person")
    out = [
        [*ask, *_candidate(scene, question, c, rank, total, speaker, last_person)]
        for rank, c in enumerate(scene.candidates)
    ]
    return np.array(out, np.float64)


def _one(names: tuple[str, ...], name: str) -> list[float]:
    return [float(n == name) for n in names]


def _candidate(
    scene: Scene, question: Asked, c: Candidate, rank: int, total: int, speaker: str | None, last_person: str | None
) -> list[float]:
    s, t = question.sentence, question.token
    sentence = scene.article.sentences[s]
    before = [p for p in c.places if p[:2] < (s, t)]
    here = [p for p in c.places if p[0] == s and p[1] != t]
    after = [p for p in here if p[1] > t]
    last = before[-1] if before else None
    gap = s - last[0] if last else 99
    steps = [
        gap == 0, gap == 1, gap == 2, 3 <= gap <= 5, 6 <= gap < 99,
        last is None and bool(after), last is None and not after,
    ]  # fmt: skip
    governor = sentence.tokens[t].head
    beside = any(sentence.tokens[p[1]].head == governor for p in here) if governor >= 0 else False
    under = any(sentence.tokens[p[1]].head == t for p in here)
    over = any(p[1] == governor for p in here)
    previous = [p for p in c.places if p[0] == s - 1]
    out = [
        1.0, math.log1p(len(c.places)), len(c.places) / total, float(rank == 0), float(rank == 1), float(rank == 2),
        float(rank < 2), min(rank, 8) / 8, float(len(scene.candidates) == 2), float(c.code in scene.titled),
        float(c.code in scene.opening), float(c.code == scene.home), float(c.code not in states()),
        float(speaker == c.code), float(last_person == c.code), float(c.code in question.taken),
        float(bool(question.taken)), float(bool(here)), float(bool(after)), float(beside), float(under), float(over),
        float(any(p[3] == "subject" for p in previous)), float(bool(previous)),
        float(any(p[3] == "subject" for p in here if p[1] < t)), float(any(p[3] == "place" for p in here)),
        float(any(p[3] == "against" for p in here)), float(any(p[3] == "with" for p in here)),
        sum(p[3] == "subject" for p in before) / (1 + len(before)),
        sum(p[2] == "place" for p in c.places) / len(c.places),
        sum(p[2] == "person" for p in c.places) / len(c.places),
        *map(float, steps),
    ]  # fmt: skip
    return out + _one(_KINDS, last[2] if last else "") + _one(tuple(_SIZES), last[3] if last else "")


def _speaker(article: Article, question: Asked) -> str | None:
    """Who says the words that ask."""
    token = article.sentences[question.sentence].tokens[question.token]
    speaker = article.speaker(question.sentence, token.start, token.end)
    return continuing(speaker.states[0]) if speaker is not None and speaker.states else None


def _last(scene: Scene, question: Asked, kind: str) -> str | None:
    spot = (question.sentence, question.token)
    found = [(p[:2], c.code) for c in scene.candidates for p in c.places if p[2] == kind and p[:2] < spot]
    return max(found)[1] if found else None


def named(article: Article, sentence: Sentence, tokens: Sequence[int]) -> frozenset[str]:
    """The codes of the names that words hold, or that stand before or behind what carries them as its owner."""
    inside = set(tokens)
    names = article.names.in_sentence.get(sentence.index, ())
    here = [n for n in names if not inside.isdisjoint(range(n.first, n.last))]
    return frozenset(code for n in here for code in (n.members if n.kind == "region" else (n.code,)))


_LIKELY, _BEST = 0.5, 0.2
"""A candidate is meant from this likelihood on; where none reaches it, the likeliest is, from the lower one on."""
_SINGLE = frozenset({"he", "i", "office", "name"})
"""Kinds of words that stand for one party alone."""


def chosen(question: Asked, codes: Sequence[str], likely: NDArray[np.float64]) -> frozenset[str]:
    """Who is meant, by how likely each candidate is: those at least even, else the likeliest."""
    order = sorted(range(len(codes)), key=lambda i: (-float(likely[i]), i))
    if not order or likely[order[0]] < _BEST:
        return frozenset()
    if question.form in _SINGLE and not question.plural:
        return frozenset({codes[order[0]]})
    if question.form == "two":
        return frozenset(codes[i] for i in order[:2])
    return frozenset(codes[i] for i in order if likely[i] >= _LIKELY) or frozenset({codes[order[0]]})


@cache
def _weights() -> dict[str, NDArray[np.float64]]:
    path = files("comity.mentions") / "weights" / "antecedents.npz"
    with path.open("rb") as data:
        weights = np.load(data)
        return {k: weights[k].astype(np.float64) for k in weights.files}


def meant(scene: Scene, question: Asked, others: Collection[str] = ()) -> tuple[frozenset[str], float]:
    """Who is meant by words that name nobody, none of some others, and how likely the likeliest is."""
    if not scene.candidates:
        return frozenset(), 0.0
    w, x = _weights(), features(scene, question)
    total = np.zeros(len(x))
    for n in range(len(w["c"])):
        h = np.maximum(x @ w["w"][n] + w["b"][n], 0)
        both = np.concatenate([h, np.broadcast_to(h.mean(0), h.shape)], 1)
        total += np.maximum(both @ w["p"][n] + w["q"][n], 0) @ w["v"][n] + w["c"][n]
    # six digits: what the order of the terms changes lies far below, so that every processor decides alike
    likely = np.round(1 / (1 + np.exp(-total / len(w["c"]))), 6)
    likely *= np.array([c.code not in others for c in scene.candidates])
    return chosen(question, [c.code for c in scene.candidates], likely), float(likely.max())
