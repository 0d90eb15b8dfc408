"""Weighing: how likely a candidate is what a reader would mark, by what rules and frames say of it.

A logistic model for each kind of record, learnt from hand-read reports that neither the rules nor the network of frames
have seen (training/verdicts.py). Its probability is the record's confidence.
"""

import math
from collections.abc import Collection, Mapping
from functools import cache

from comity.coding.frames import Frames
from comity.coding.parties import dyad
from comity.knowledge.states import continuing, states
from comity.language.encoder import described

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


def weights() -> dict[str, dict[str, float]]:
    """The weight of each feature, by the kind of record."""
    learnt: dict[str, dict[str, float]] = described("comity.coding", "verdicts.json")
    return learnt


@cache
def learnt_triggers() -> frozenset[tuple[str, str]]:
    """The words of the trigger table, each with its part of speech, with which the weights were learnt.

    >>> ("invade", "VERB") in learnt_triggers()
    True
    """
    known: dict[str, list[str]] = described("comity.coding", "triggers.json")
    return frozenset((word, pos) for pos, words in known.items() for word in words)


def together(kind: str) -> float:
    """The share of what both the rules found and the network saw that a reader marked so."""
    return weights()[kind].get(TOGETHER, 0.0)


def probability(kind: str, features: tuple[float, ...]) -> float:
    """How likely a reader would mark a candidate of a kind so."""
    w = {n: v for n, v in weights()[kind].items() if n != TOGETHER}
    z = w[ALWAYS] + sum(w[n] * x for n, x in zip((n for n in w if n != ALWAYS), features, strict=True))
    return round(min(HIGHEST, 1 / (1 + math.exp(-max(-60.0, min(60.0, z))))), 6)


def features(kind: str, values: Mapping[str, float]) -> tuple[float, ...]:
    """What speaks for a candidate of a kind, in the order in which it is weighed.

    >>> features("figure", {name: n for n, name in enumerate(FEATURES["figure"])})[:3]
    (0.0, 1.0, 2.0)
    """
    return tuple(float(values[name]) for name in FEATURES[kind])


def named_as(frames: Frames, codes: Collection[str]) -> dict[str, float]:
    """How the report names parties.

    The rarest one how often; whether one only as a place, one only as a person, one that is no state; how many
    parties the report names; and whether they are the two that it is about.

    >>> from comity.coding.frames import find_frames
    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> article = read_article(Document(id="d", text="Peru met Chile in May. Peru thanked Bolivia.", language="en"))
    >>> named_as(find_frames(article), {"PER"})["bodies"]
    False
    """
    own = [c for c in frames.stage.scene.candidates if c.code in codes]
    kinds = [{kind for _, _, kind, _ in c.places} for c in own]
    return {
        "rarest": math.log1p(min((len(c.places) for c in own), default=0)),
        "placed": {"place"} in kinds,
        "persons": {"person"} in kinds,
        "bodies": any(c not in states() for c in codes),
        "parties": math.log(max(1, len(frames.stage.codes))),
        "pair": set(codes) == set(map(continuing, dyad(frames.stage.article))),
    }
