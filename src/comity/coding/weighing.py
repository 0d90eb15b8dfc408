"""Weighing: how likely a candidate is what a reader would mark, by what rules and frames say of it.

A logistic model for each kind of record, learnt from hand-read reports that neither the rules nor the network of frames
have seen (training/verdicts.py). Its probability is the record's confidence.
"""

import json
import math
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from comity.coding.frames import Frames
from comity.coding.parties import dyad
from comity.knowledge.states import continuing, states
from comity.language.encoder import refused
from comity.mentions.article import Article

NAMED = ("rarest", "placed", "persons", "bodies", "parties", "pair")
"""How the report names the parties of a candidate, whatever its kind (`named_as`)."""
BETWEEN = ("between", "nothing", "unnamed")
"""What the classifier of pairs says of an event: its type, no event at all; or that the sentence names one party."""
FEATURES = {
    "event": (
        "rule", "rule confidence", "seen", "seen nearby", "word", "actor", "recipient", "weakest actor",
        "weakest recipient", "swapped", "agreed", "understood", "many", "planned", "hypothetical", "denied", "title",
        "both", *NAMED, *BETWEEN,
    ),
    "visit": (
        "rule", "rule confidence", "seen", "visitor", "host", "denied", "understood", "named", "dated", "both",
        "office", "meeting", *NAMED,
    ),
    "figure": (
        "rule", "rule confidence", "seen", "reporter", "partner", "measure", "change", "understood", "both", *NAMED,
    ),
    "agreement": (
        "rule", "rule confidence", "seen", "weakest", "strongest", "stage", "many", "dated", "named", "both", "general",
        "again", "general again", "title", *NAMED,
    ),
}  # fmt: skip

LONE = "lone event"
"""Events of a report of one sentence are weighed apart: the network sees little there, and the rules see all."""
FEATURES[LONE] = FEATURES["event"]
NEW = "new trigger"
"""Events by a trigger that was added since the weights were learnt: the networks know nothing of such words."""
FEATURES[NEW] = (
    "rule confidence", "understood", "many", "planned", "hypothetical", "denied", "title", *NAMED,
)  # fmt: skip

ALWAYS = "always"
"""The name of what speaks for or against every candidate alike."""
TOGETHER = "together"
"""The name of the share of what rules and network both see."""
HIGHEST = 0.97
"""No record is more certain than this: two readers of the hand-read reports do not agree more often."""
_LOW = 0.01


def logit(p: float) -> float:
    """The log odds of a probability, bounded.

    >>> logit(0.5), round(logit(1.0), 2)
    (0.0, 4.6)
    """
    p = min(max(p, _LOW), 1 - _LOW)
    return math.log(p / (1 - p))


@cache
def weights() -> dict[str, dict[str, float]]:
    """The weight of each feature, by the kind of record."""
    folder = files("comity.coding") / "weights"
    with refused(folder):
        learnt: dict[str, dict[str, float]] = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))
        return learnt


@cache
def learnt_triggers() -> frozenset[tuple[str, str]]:
    """The words of the trigger table, each with its part of speech, with which the weights were learnt.

    >>> ("invade", "VERB") in learnt_triggers()
    True
    """
    text = (files("comity.coding") / "weights" / "triggers.txt").read_text(encoding="utf-8")
    return frozenset((word, pos) for word, _, pos in (line.rpartition(" ") for line in text.splitlines()))


def together(kind: str) -> float:
    """The share of what both the rules found and the network saw that a reader marked so."""
    return weights()[kind].get(TOGETHER, 0.0)


def probability(kind: str, features: tuple[float, ...]) -> float:
    """How likely a reader would mark a candidate of a kind so."""
    w = {n: v for n, v in weights()[kind].items() if n != TOGETHER}
    z = w[ALWAYS] + sum(w[n] * x for n, x in zip((n for n in w if n != ALWAYS), features, strict=True))
    return round(min(HIGHEST, 1 / (1 + math.exp(-max(-60.0, min(60.0, z))))), 6)


def named_as(frames: Frames, codes: Collection[str]) -> tuple[float, ...]:
    """How the report names parties.

    The rarest one how often; whether one only as a place, one only as a person, one that is no state; how many
    parties the report names; and whether they are the two that it is about.

    >>> from comity.coding.frames import find_frames
    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> article = read_article(Document(id="d", text="Peru met Chile in May. Peru thanked Bolivia.", language="en"))
    >>> [round(x, 2) for x in named_as(find_frames(article), {"PER"})]  # named twice, one of three
    [1.1, 0.0, 0.0, 0.0, 1.1, 0.0]
    """
    own = [c for c in frames.stage.scene.candidates if c.code in codes]
    kinds = [{kind for _, _, kind, _ in c.places} for c in own]
    return (
        math.log1p(min((len(c.places) for c in own), default=0)), float({"place"} in kinds),
        float({"person"} in kinds), float(any(c not in states() for c in codes)),
        math.log(max(1, len(frames.stage.codes))), float(set(codes) == set(_pair(frames.stage.article))),
    )  # fmt: skip


def _pair(article: Article) -> tuple[str, ...]:
    """The two states that an article is about, worked out once."""
    if "pair" not in article.derived:
        article.derived["pair"] = tuple(map(continuing, dyad(article)))
    found: tuple[str, ...] = article.derived["pair"]
    return found
