"""Weighing: how likely a candidate is what a reader would mark, by what rules and frames say of it.

A logistic model for each kind of record, learnt from hand-read reports that neither the rules nor the network of frames
have seen (training/verdicts.py). Its probability is the record's confidence.
"""

import json
import math
from functools import cache
from importlib.resources import files

from comity.language.encoder import refused

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
        held: dict[str, dict[str, float]] = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))
        return held


def together(kind: str) -> float:
    """The share of what both the rules found and the network saw that a reader marked so."""
    return weights()[kind].get(TOGETHER, 0.0)


def probability(kind: str, features: tuple[float, ...]) -> float:
    """How likely a reader would mark a candidate of a kind so."""
    w = {n: v for n, v in weights()[kind].items() if n != TOGETHER}
    z = w[ALWAYS] + sum(w[n] * x for n, x in zip((n for n in w if n != ALWAYS), features, strict=True))
    return round(min(HIGHEST, 1 / (1 + math.exp(-max(-60.0, min(60.0, z))))), 6)
