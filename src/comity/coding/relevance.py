"""The relevance of a report: whether any of its sentences may yield a record, seen from its lower vectors alone.

Two thirds of the words of a news wire stand in reports that name several states and yield nothing. A small network on
the encoder's lower layers learnt from the whole reading which these are (training/relevance.py); they get no trees.
What that loses is measured on reports that it has not seen: docs/language.md.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from comity.language.encoder import opened, refused
from comity.language.tree import Pieces

PARTIES, PARTIES_OF_REPORT = 3, 12
"""Up to how many parties of a sentence, and of all sentences of a report together, are counted."""


@cache
def _session() -> Any:
    folder = files("comity.coding") / "weights"
    with refused(folder):
        return opened(folder, "relevance.onnx")


def numbers(sentence: Sequence[int], report: Sequence[int]) -> tuple[float, float, float]:
    """What counts of named parties tell: whether the sentence names any, how many, and how many the report's do.

    >>> numbers([1], [1, 2, 0])
    (1.0, 0.3333333333333333, 0.25)
    """
    own, whole = min(sum(sentence), PARTIES), min(sum(report), PARTIES_OF_REPORT)
    return float(own > 0), own / PARTIES, whole / PARTIES_OF_REPORT


def likelihood(pieces: Pieces, own: int, counts: Sequence[int]) -> float:
    """How likely a sentence is to yield a record that is printed, between 0 and 1.

    Given are its pieces, how many parties it names, and how many each sentence of its report names.

    >>> from comity.language.encoder import embedded
    >>> 0 <= likelihood(embedded(["Peru", "thanked", "Chile"]), 2, [2]) <= 1
    True
    """
    fed = {"low": pieces.vectors[None], "numbers": np.array([numbers([own], counts)], np.float32)}
    (score,) = _session().run(["score"], fed)
    return round(1 / (1 + math.exp(-float(score[0, 0]))), 6)


def relevance(least: float, few: int) -> Callable[[Sequence[Pieces], Sequence[int]], bool]:
    """Whether a report has a sentence that is as likely as that to yield a record, or but a few that may hold a fact.

    Its sentences that may are given as pieces, each with how many parties it names.

    >>> from comity.language.encoder import embedded
    >>> sentence = embedded("Peru and Chile signed a trade agreement in Lima .".split())
    >>> relevance(0.1, 0)([sentence], [2]), relevance(1.1, 0)([sentence], [2]), relevance(1.1, 1)([sentence], [2])
    (True, False, True)
    """

    def relevant(sentences: Sequence[Pieces], counts: Sequence[int]) -> bool:
        each = (likelihood(p, own, counts) for p, own in zip(sentences, counts, strict=True))
        return 0 < len(sentences) <= few or any(likely >= least for likely in each)

    return relevant
