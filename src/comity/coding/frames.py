"""Frames: what a small network, which has learnt from hand-read reports, sees reported, and between whom.

A frame is a word that reports an act, a journey, an instrument or an amount: how likely it does, of what type and
status, and how likely each party that the report names takes part in it. The coders weigh it with what their rules say.
The network reads windows of whole sentences (`comity.coding.windows`); training/frames.py is its recipe.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from comity.coding.windows import PIECES, Stage, Window, climbs, facts, stage_of, way
from comity.language.encoder import described, network, refused
from comity.mentions.article import Article

KINDS = ("event", "visit", "agreement", "figure")
TYPES = (
    "", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUS = ("occurred", "planned", "hypothetical", "denied")
STAGES = ("planned", "agreed", "signed", "ratified", "in force", "terminated")
MEASURES = (
    "trade", "exports", "imports", "investment", "aid", "loan", "debt", "arms", "tariff", "troops", "refugees", "other",
)  # fmt: skip
PROPOSED = 0.15
"""How likely a word must be to report something for its parties to be asked."""
_ROLES = ((0, 1), (2, 3), (4, 4), (5, 6))
"""The numbers of the two roles of each kind: actor and recipient, visitor and host, party, reporter and partner."""
_TOGETHER = 8
"""How many frames are worked out together: more would take memory in long reports."""
_BACK, _AHEAD, _STEPS = 3, 5, 6
_NEVER = -1e9
_OUTPUTS = ("types", "other", "status", "stage", "measure", "rt_out", "rm_out")
_NAMES = (TYPES[1:], ("visit",), STAGES, MEASURES)
"""What of each kind is distinguished."""
_CHOSEN = ("stage", "measure")
"""The outputs that say so of instruments and amounts."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A word that may report something.

    `likely` is how likely it does; `types` how likely each type is if so (of events PLOVER's, of instruments their
    stages, of amounts their measures); `first` and `second` how likely each candidate has the first role (actor,
    visitor, party, reporter) and the second (recipient, host, none, partner).
    """

    kind: str
    sentence: int
    token: int
    likely: float
    types: dict[str, float]
    status: dict[str, float]
    first: dict[str, float]
    second: dict[str, float]

    @property
    def type(self) -> str:
        """The likeliest type."""
        return max(self.types, key=lambda t: self.types[t])

    @property
    def likeliest_status(self) -> str:
        """The likeliest status."""
        return max(self.status, key=lambda s: self.status[s])

    def chance_of(self, kind: str) -> float:
        """How likely the word reports an act of a type."""
        return self.likely * self.types.get(kind, 0.0)


UNSEEN = Frame("", -1, -1, 0.0, {}, {}, {}, {})
"""The frame of what the network does not see."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a report, in the order of the text, and what they are about: the stage."""

    stage: Stage
    found: tuple[Frame, ...] = ()

    def of(self, kind: str) -> tuple[Frame, ...]:
        """Those of one kind."""
        return tuple(f for f in self.found if f.kind == kind)


@cache
def _weights() -> dict[str, NDArray[np.float64]]:
    """The numbers by which roles are filled, by name."""
    folder = files("comity.coding") / "weights"
    with refused(folder), (folder / "roles.npz").open("rb") as data:
        found = np.load(data)
        return {k: found[k].astype(np.float64) for k in found.files}


@cache
def _across() -> tuple[NDArray[np.float64], ...]:
    """Of each kind, what carries the vector of a word over to those of the mentions, by its two roles."""
    return tuple(np.ascontiguousarray(_weights()["R"][:, list(of)]) for of in _ROLES)


@cache
def _ways() -> dict[str, int]:
    return {w: i + 2 for i, w in enumerate(described("comity.coding", "ways.json"))}


def find_frames(article: Article) -> Frames:
    """The frames of an article; none where it names fewer than two parties."""
    stage = stage_of(article)
    if len(stage.codes) < 2:
        return Frames(stage)
    read = list(_seen(stage))
    vectors = {w: v for window, out in read for w, v in zip(window.words, out["rm_out"], strict=True)}
    mentions = _Mentions(stage, vectors)
    if not mentions.all:
        return Frames(stage)
    found = [f for window, out in read for f in _of_window(stage, window, out, mentions)]
    return Frames(stage, tuple(sorted(found, key=lambda f: (f.sentence, f.token, KINDS.index(f.kind)))))


def _seen(stage: Stage) -> Iterator[tuple[Window, dict[str, NDArray[np.float64]]]]:
    read = {s.index: s.pieces.vectors for s in stage.article.sentences if s.pieces}
    for window in stage.windows:
        fed = {
            "low": np.concatenate([read[i][:PIECES] for i in window.sentences])[None],
            "sentence": np.array(window.order, np.int64),
            "first": np.array([window.first], np.int64),
        }
        out = network("comity.coding", "frames.onnx").run(list(_OUTPUTS), fed)
        yield window, {k: v[0].astype(np.float64) for k, v in zip(_OUTPUTS, out, strict=True)}


class _Mentions:
    """The mentions of a report as arrays: their vectors, where they stand, and whom they stand for."""

    def __init__(self, stage: Stage, vectors: dict[tuple[int, int], NDArray[np.float64]]) -> None:
        self.all = [t for t in stage.mentions if (t.sentence, t.token) in vectors]
        self.vectors = np.array([[*vectors[t.sentence, t.token], 1.0] for t in self.all])
        self.order = {w: i for i, w in enumerate(w for window in stage.windows for w in window.words)}
        self.at = np.array([self.order[t.sentence, t.token] for t in self.all])
        self.sentence = np.array([t.sentence for t in self.all])
        self.kind = np.array([t.kind for t in self.all])
        self.owned = np.array([[c in t.codes for c in range(len(stage.codes))] for t in self.all])
        # most sentences report nothing and need no climbs
        self.climbs = cache(lambda sentence: climbs(stage.article.sentences[sentence]))
        # what the network makes of each candidate's facts: [candidate, role, named in the sentence or not]
        self.prior = np.einsum("cf,rhf->crh", facts(stage).astype(np.float64), _weights()["fact"])


def _of_window(
    stage: Stage, window: Window, out: dict[str, NDArray[np.float64]], mentions: _Mentions
) -> Iterator[Frame]:
    types, other = _softmax(out["types"]), _sigmoid(out["other"])
    chance = np.concatenate([1 - types[:, :1], other], 1)
    words, kinds = np.nonzero(chance >= PROPOSED)
    if not len(words):
        return
    places = [window.words[w] for w in words]
    acts = types[words, 1:]
    each = (acts / acts.sum(1, keepdims=True), np.ones((len(words), 1)), *(_softmax(out[k][words]) for k in _CHOSEN))
    status, vectors = _softmax(out["status"][words]), out["rt_out"][words]
    parts = (slice(n, n + _TOGETHER) for n in range(0, len(words), _TOGETHER))
    roles = np.concatenate([_filled(stage, mentions, places[p], vectors[p], kinds[p]) for p in parts])
    for i, (word, kind, (sentence, token)) in enumerate(zip(words, kinds, places, strict=True)):
        yield Frame(
            KINDS[kind], sentence, token, _round(chance[word, kind]), _rounded(_NAMES[kind], each[kind][i]),
            _rounded(STATUS, status[i]), *(_rounded(stage.codes, side) for side in roles[i]),
        )  # fmt: skip


def _round(value: float) -> float:
    """Six digits: what the order of the terms changes lies far below, so that every processor decides alike."""
    return round(float(value), 6)


def _rounded(names: Sequence[str], values: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(names, map(_round, values.tolist()), strict=True))


def _filled(
    stage: Stage,
    m: _Mentions,
    places: Sequence[tuple[int, int]],
    vectors: NDArray[np.float64],
    kinds: NDArray[np.int64],
) -> NDArray[np.float64]:
    """How likely each candidate has each of the two roles of frames: [frame, role, candidate].

    Several are worked out together: what each costs by itself is mostly the calls.
    """
    par, roles = _weights(), np.array(_ROLES)[kinds]
    sentence, at = (np.array(x)[:, None] for x in ([p[0] for p in places], [m.order[p] for p in places]))
    across = [np.einsum("k,krm->rm", np.append(v, 1.0), _across()[k]) for v, k in zip(vectors, kinds, strict=True)]
    s = np.array(across) @ m.vectors.T
    gap = np.clip(sentence - m.sentence, -_BACK, _AHEAD) + _BACK
    here = m.sentence == sentence
    apart = at - m.at
    step = np.clip(np.sign(apart) * np.floor(np.log2(np.abs(apart) + 1)), -_STEPS, _STEPS).astype(int) + _STEPS
    ways = np.zeros(here.shape, int)
    for f, i in zip(*np.nonzero(here), strict=True):
        own = m.climbs(places[f][0])
        ways[f, i] = _ways().get(way(own[places[f][1]], own[m.all[i].token]), 1)
    of = roles[:, :, None]
    s = s + par["gap"][of, gap[:, None]] + par["way"][of, ways[:, None]] + par["kind"][of, m.kind]
    s = s + np.where(here[:, None], par["step"][of, step[:, None]], 0)
    # the sum over a candidate's mentions, as logarithms: [frame, role, candidate, mention]
    scores = np.where(m.owned.T, s[:, :, None], -np.inf)
    known = m.owned.any(0)
    top = np.where(known, scores.max(-1), 0.0)
    total = np.exp(scores - top[..., None]).sum(-1)
    best = np.where(total > 0, top + np.log(np.where(total > 0, total, 1.0)), _NEVER)
    inside = (here[:, :, None] & m.owned).any(1).astype(int)
    prior = m.prior[np.arange(len(stage.codes)), of, inside[:, None]]
    return _sigmoid(best + prior + par["rb"][roles][:, :, None])


def _softmax(z: NDArray[np.float64]) -> NDArray[np.float64]:
    p = np.exp(z - z.max(-1, keepdims=True))
    out: NDArray[np.float64] = p / p.sum(-1, keepdims=True)
    return out


def _sigmoid(z: NDArray[np.float64]) -> NDArray[np.float64]:
    out: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(z, -60, 60)))
    return out


def parties(frame: Frame, codes: Sequence[str], least: float, weak: float) -> tuple[frozenset[str], frozenset[str]]:
    """Who is on either side: whoever is over `least`; where a side would be empty, its likeliest from `weak` on."""
    first = {c for c in codes if frame.first[c] >= least and frame.first[c] >= frame.second[c]}
    second = {c for c in codes if frame.second[c] >= least and frame.second[c] > frame.first[c]}
    if len(first | second) < 2:
        # the surer side first: the other takes of the rest
        for side, likely in sorted(((first, frame.first), (second, frame.second)), key=lambda x: -max(x[1].values())):
            best = max((c for c in codes if c not in first | second), key=likely.__getitem__, default="")
            if not side and likely.get(best, -1.0) >= weak:
                side.add(best)
    return frozenset(first), frozenset(second)
