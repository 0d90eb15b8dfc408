"""Windows of a report as the network of frames reads them: its words, whom it mentions where, how both hang together.

A window is a stretch of whole sentences of a report, cut into word pieces. Every word of it may report an act, a
journey, an instrument or an amount; every mention may take part in it. What lies between a word and a mention in the
tree is given as the name of a way: "subject", "object of the verb above", "elsewhere".
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.knowledge.states import continuing, states
from comity.language.tree import Sentence, Token
from comity.mentions.antecedents import Scene, scene_of
from comity.mentions.article import Article

PIECES = 480
"""How many word pieces a window holds at most; a longer sentence is cut."""
SENTENCES = 48
"""How many sentences of a window are distinguished by their place; those behind count as the last."""
KINDS = ("state", "adjective", "person", "organisation", "group", "pronoun", "place")
_CASES = {
    "with": "with", "between": "with", "among": "with", "to": "to", "toward": "to", "towards": "to", "from": "from",
    "against": "against", "by": "by", "for": "for", "of": "of", "on": "on", "over": "on", "about": "on", "in": "in",
    "at": "in", "into": "in", "within": "in", "near": "in", "after": "after", "before": "after",
}  # fmt: skip
_BRANCHES = {
    "nsubj": "subject", "csubj": "subject", "obj": "object", "iobj": "object", "xcomp": "clause", "ccomp": "clause",
    "advcl": "clause", "acl": "relative", "conj": "joined", "appos": "name", "flat": "name", "compound": "name",
    "amod": "modifier", "parataxis": "beside", "nummod": "modifier", "det": "modifier",
}  # fmt: skip
_SAME = frozenset({"joined", "name"})
_LONG = 40
_FAR = 4
"""Steps up from a word or a mention beyond which they count as far from each other."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention: the word that carries it, its kind, and the places of its codes among the candidates."""

    sentence: int
    token: int
    kind: int
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of a report as word pieces.

    `sentences` are their indexes, `words` the (sentence, token) of each word, `first` the place of its first piece, and
    `order` the number of each piece's sentence in the window.
    """

    sentences: tuple[int, ...]
    words: tuple[tuple[int, int], ...]
    first: tuple[int, ...]
    order: tuple[int, ...]


Layout = Callable[[Sentence], tuple[int, Sequence[int]]]
"""How many pieces a sentence has, and the place of each token's first one (-1 where it has none)."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What of a report every frame needs: its windows, the codes that may take part, and its mentions."""

    article: Article
    scene: Scene
    codes: tuple[str, ...]
    mentions: tuple[Mention, ...]
    windows: tuple[Window, ...]


def layout(sentence: Sentence) -> tuple[int, Sequence[int]]:
    """The pieces of a sentence as the encoder read it."""
    return (len(sentence.pieces.vectors), sentence.pieces.first) if sentence.pieces else (0, ())


def stage_of(article: Article, laid: Layout = layout) -> Stage:
    """The stage of an article, its sentences cut into pieces as a layout has it."""
    scene = scene_of(article)
    codes = tuple(c.code for c in scene.candidates)
    at = {c: i for i, c in enumerate(codes)}
    seen: dict[tuple[int, int], Mention] = {}
    for m in article.actors:
        own = tuple(dict.fromkeys(at[c] for c in map(continuing, m.states) if c in at))
        if own and (m.sentence, m.head) not in seen:
            seen[m.sentence, m.head] = Mention(m.sentence, m.head, KINDS.index(m.kind), own)
    for c in scene.candidates:
        for sentence, token, kind, _ in c.places:
            if kind == "place":
                seen.setdefault((sentence, token), Mention(sentence, token, KINDS.index(kind), (at[c.code],)))
    mentions = tuple(seen[k] for k in sorted(seen))
    return Stage(article, scene, codes, mentions, tuple(_windows(article.sentences, laid)))


def _windows(sentences: Sequence[Sentence], laid: Layout) -> Iterator[Window]:
    whole: list[tuple[Sentence, int, Sequence[int]]] = []
    for sentence in sentences:
        size, first = laid(sentence)
        if whole and sum(n for _, n, _ in whole) + size > PIECES:
            yield _window(whole)
            whole = []
        if size:
            whole.append((sentence, min(size, PIECES), first))
    if whole:
        yield _window(whole)


def _window(sentences: Sequence[tuple[Sentence, int, Sequence[int]]]) -> Window:
    words: list[tuple[int, int]] = []
    places: list[int] = []
    order: list[int] = []
    for n, (sentence, size, first) in enumerate(sentences):
        for token, place in zip(sentence.tokens, first, strict=True):
            if 0 <= place < size:
                words.append((sentence.index, token.index))
                places.append(len(order) + place)
        order += [min(n, SENTENCES - 1)] * size
    return Window(tuple(s.index for s, _, _ in sentences), tuple(words), tuple(places), tuple(order))


def _branch(sentence: Sentence, token: Token) -> str:
    """The group of a word's relation to its head, with its preposition."""
    relation = token.relation
    if token.deprel == "nmod:poss":
        return "owner"
    if token.deprel == "nsubj:pass":
        return "passive"
    if relation in {"obl", "nmod"}:
        cases = [c.text.lower() for c in sentence.below[token.index] if c.relation == "case"]
        return next((_CASES[c] for c in cases if c in _CASES), "oblique")
    return _BRANCHES.get(relation, "other")


Climb = tuple[tuple[int, str], ...]
"""The words from a word up to the root, each with the group of the relation by which the way reaches it."""


def climbs(sentence: Sentence) -> list[Climb]:
    """The climb of each word of a sentence."""
    branches = [_branch(sentence, t) for t in sentence.tokens]
    out: list[Climb] = []
    for token in sentence.tokens:
        climb, at = [(token.index, "")], token.index
        while (above := sentence.tokens[at].head) >= 0 and len(climb) < _LONG:
            climb.append((above, branches[at]))
            at = above
        out.append(tuple(climb))
    return out


def way(word: Climb, mention: Climb) -> str:
    """What lies between a word and a mention of its sentence, given as their climbs.

    `down:` the mention hangs on the word, by the step named; `up:` the word hangs on the mention; `across:` both hang
    on a third word, by the steps named for the mention (the highest and the lowest) and then for the word. Joined and
    apposed words count as one. A number is how many steps further the other lies.
    """
    if word[0] == mention[0]:
        return "self"
    up = {t: i for i, (t, _) in enumerate(word)}
    b = next((i for i, (t, _) in enumerate(mention) if t in up), None)
    if b is None:
        return "far"
    a = up[mention[b][0]]
    steps = [s for _, s in mention[1 : b + 1] if s not in _SAME]
    own = [s for _, s in word[1 : a + 1] if s not in _SAME]
    if a == 0:
        return f"down:{steps[-1]}:{min(len(steps) - 1, 3)}" if steps else "down:" + mention[b][1]
    if b == 0:
        return f"up:{own[0] if own else word[1][1]}:{min(len(own), 3)}"
    if len(own) > _FAR:
        return "far"
    step = steps[-1] if len(steps) == 1 else f"{steps[-1]}.{steps[0]}" if steps else "joined"
    return f"across:{step}:{own[-1] if own else 'joined'}:{min(len(own), 3)}"


FACTS = 15
"""How many numbers describe a candidate beside its mentions."""


def facts(stage: Stage) -> NDArray[np.float32]:
    """What speaks for each candidate whatever the word: how often, how early and where the report names it."""
    scene, total = stage.scene, sum(len(c.places) for c in stage.scene.candidates) or 1
    out = [
        [
            1.0, math.log1p(len(c.places)), len(c.places) / total, float(rank == 0), float(rank == 1), float(rank == 2),
            min(rank, 8) / 8, float(len(scene.candidates) == 2), float(c.code in scene.titled),
            float(c.code in scene.opening), float(c.code == scene.home), float(c.code not in states()),
            sum(p[3] == "subject" for p in c.places) / len(c.places),
            sum(p[2] == "place" for p in c.places) / len(c.places),
            sum(p[2] == "person" for p in c.places) / len(c.places),
        ]
        for rank, c in enumerate(scene.candidates)
    ]  # fmt: skip
    return np.array(out, np.float32).reshape(len(out), FACTS)
