"""Frames: what a small network, which has learnt from hand-read reports, sees reported, and between whom.

A frame is a word that tells an act, a journey, an instrument or an amount, with how likely it is that it does, of what
type and status, and how likely each party that the report names takes part in it. The coders weigh it with what their
rules say. The network reads windows of whole sentences (`comity.coding.windows`); training/frames.py is its recipe.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.coding.windows import PIECES, Climb, Stage, Window, climbs, facts, stage_of, way
from comity.language.encoder import opened, refused
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
"""How likely a word must be to tell something for its parties to be asked."""
_ROLES = ((0, 1), (2, 3), (4, 4), (5, 6))
"""The numbers of the two roles of each kind: actor and recipient, visitor and host, party, reporter and partner."""
_BACK, _AHEAD, _STEPS = 3, 5, 6
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Frame:
    """A word that may tell something.

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


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a report, in the order of the text, and what they are about: the stage."""

    stage: Stage
    found: tuple[Frame, ...] = ()

    def of(self, kind: str) -> tuple[Frame, ...]:
        """Those of one kind."""
        return tuple(f for f in self.found if f.kind == kind)


@dataclass(frozen=True, slots=True)
class _Network:
    session: Any
    ways: dict[str, int]
    roles: dict[str, NDArray[np.float64]]


@cache
def _network() -> _Network:
    folder = files("comity.coding") / "weights"
    with refused(folder):
        ways = json.loads((folder / "ways.json").read_text(encoding="utf-8"))
        with (folder / "roles.npz").open("rb") as data:
            weights = np.load(data)
            roles = {k: weights[k].astype(np.float64) for k in weights.files}
        return _Network(opened(folder, "frames.onnx"), {w: i + 2 for i, w in enumerate(ways)}, roles)


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


_OUTPUTS = ("types", "other", "status", "stage", "measure", "rt_out", "rm_out")


def _seen(stage: Stage) -> Iterator[tuple[Window, dict[str, NDArray[np.float64]]]]:
    read = {s.index: s.pieces.vectors for s in stage.article.sentences if s.pieces}
    for window in stage.windows:
        fed = {
            "low": np.concatenate([read[i][:PIECES] for i in window.sentences])[None],
            "sentence": np.array(window.order, np.int64),
            "first": np.array([window.first], np.int64),
        }
        out = _network().session.run(list(_OUTPUTS), fed)
        yield window, {k: v[0].astype(np.float64) for k, v in zip(_OUTPUTS, out, strict=True)}


class _Mentions:
    """The mentions of a report as arrays: their vectors, where they stand, and whom they stand for."""

    def __init__(self, stage: Stage, vectors: dict[tuple[int, int], NDArray[np.float64]]) -> None:
        self.all = [t for t in stage.mentions if (t.sentence, t.token) in vectors]
        self.vectors = np.array([[*vectors[t.sentence, t.token], 1.0] for t in self.all])
        order = {w: i for i, w in enumerate(w for window in stage.windows for w in window.words)}
        self.order = order
        self.at = np.array([order[t.sentence, t.token] for t in self.all])
        self.sentence = np.array([t.sentence for t in self.all])
        self.kind = np.array([t.kind for t in self.all])
        self.owned = np.zeros((len(self.all), len(stage.codes)), bool)
        for i, t in enumerate(self.all):
            self.owned[i, list(t.codes)] = True
        self.facts = facts(stage).astype(np.float64)
        self.sentences = {s.index: s for s in stage.article.sentences}
        self.climbs: dict[int, list[Climb]] = {}
        # what the network makes of each candidate's facts: [candidate, role, named in the sentence or not]
        self.prior = np.einsum("cf,rhf->crh", self.facts, _network().roles["fact"])

    def climb(self, sentence: int) -> list[Climb]:
        """The climbs of a sentence's words; most sentences tell nothing and need none."""
        if sentence not in self.climbs:
            self.climbs[sentence] = climbs(self.sentences[sentence])
        return self.climbs[sentence]


def _of_window(
    stage: Stage, window: Window, out: dict[str, NDArray[np.float64]], mentions: _Mentions
) -> Iterator[Frame]:
    types, other = _softmax(out["types"]), _sigmoid(out["other"])
    chance = np.concatenate([1 - types[:, :1], other], 1)
    for word, kind in zip(*np.nonzero(chance >= PROPOSED), strict=True):
        place = window.words[word]
        roles = _filled(stage, mentions, place, out["rt_out"][word], kind)
        if kind == 0:
            each = dict(zip(TYPES[1:], types[word, 1:] / types[word, 1:].sum(), strict=True))
        elif kind == 1:
            each = {"visit": 1.0}
        else:
            names, field = ((STAGES, "stage"), (MEASURES, "measure"))[kind - 2]
            each = dict(zip(names, _softmax(out[field][word]), strict=True))
        status = dict(zip(STATUS, _softmax(out["status"][word]), strict=True))
        yield Frame(
            KINDS[kind], place[0], place[1], _round(chance[word, kind]), {k: _round(v) for k, v in each.items()},
            {k: _round(v) for k, v in status.items()},
            *[{c: _round(v) for c, v in zip(stage.codes, column, strict=True)} for column in roles.T],
        )  # fmt: skip


def _round(value: float) -> float:
    """Six digits: what the order of the terms changes lies far below, so that every processor decides alike."""
    return round(float(value), 6)


def _filled(
    stage: Stage, m: _Mentions, place: tuple[int, int], vector: NDArray[np.float64], kind: int
) -> NDArray[np.float64]:
    """How likely each candidate has each of the two roles of a frame: [candidate, 2]."""
    par, roles = _network().roles, list(_ROLES[kind])
    sentence, token = place
    at = m.order[place]
    across = np.einsum("k,krm->rm", np.append(vector, 1.0), par["R"][:, roles])
    s = m.vectors @ across.T
    gap = np.clip(sentence - m.sentence, -_BACK, _AHEAD) + _BACK
    here = m.sentence == sentence
    apart = at - m.at
    step = np.clip(np.sign(apart) * np.floor(np.log2(np.abs(apart) + 1)), -_STEPS, _STEPS).astype(int) + _STEPS
    ways = np.zeros(len(s), int)
    own = m.climb(sentence)
    for i in np.nonzero(here)[0]:
        ways[i] = _network().ways.get(way(own[token], own[m.all[i].token]), 1)
    s = s + par["gap"][roles][:, gap].T + par["way"][roles][:, ways].T + par["kind"][roles][:, m.kind].T
    s = s + np.where(here[:, None], par["step"][roles][:, step].T, 0)
    scores = np.where(m.owned[:, :, None], s[:, None], -np.inf)
    known = np.asarray(m.owned.any(axis=0))[:, None]
    top = np.where(known, scores.max(0), 0.0)
    total = np.exp(scores - top).sum(0)
    best = np.where(total > 0, top + np.log(np.where(total > 0, total, 1.0)), _NEVER)
    inside = (m.owned & here[:, None]).any(0).astype(int)
    prior = m.prior[np.arange(len(stage.codes)), :, inside][:, roles]
    return _sigmoid(best + prior + par["rb"][roles])


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
            rest = [c for c in codes if c not in first | second]
            if not side and rest:
                best = max(rest, key=lambda c: likely[c])
                if likely[best] >= weak:
                    side.add(best)
    return frozenset(first), frozenset(second)
