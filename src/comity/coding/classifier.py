"""The classifier: which type of event a text tells between a marked source and a marked target.

A few layers on the parser's lower ones read the text with the two spans marked; their vectors, the votes of the lexicon
and the vote of the rules are weighed together. One int8 ONNX file, one thread; the weights load at the first use.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from comity.coding.votes import NONE, TYPES
from comity.language.encoder import lower, opened, pieces, refused

PIECES = 80
"""How many word pieces the classifier reads; of a longer text, those around the two spans."""
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as the classifier reads it: ids of its pieces, and which of them lie in the source and in the target."""

    ids: list[int]
    source: list[float]
    target: list[float]


@cache
def _session() -> tuple[Any, float]:
    folder = files("comity.coding") / "weights"
    with refused(folder):
        scale = float(json.loads((folder / "pairs.json").read_text(encoding="utf-8"))["temperature"])
        return opened(folder, "pairs.onnx"), scale


def marked(text: str, source: tuple[int, int], target: tuple[int, int]) -> Marked:
    """The pieces of a text with the two spans marked; of a long text, a stretch that holds them if one can.

    >>> m = marked("Peru met Chile", (0, 4), (9, 14))
    >>> len(m.ids), m.source[1], m.target[3]
    (5, 1.0, 1.0)
    """
    found = pieces().encode(text)
    cut = list(zip(found.ids, found.offsets, strict=True))[1:-1]
    room = PIECES - 3
    held = [i for i, (_, at) in enumerate(cut) if _touches(at, source) or _touches(at, target)]
    first = max(0, min(held[0] - 2, len(cut) - room)) if held and held[-1] > room - 1 else 0
    cut = cut[first : first + room]
    return Marked(
        [_CLS, *(i for i, _ in cut), _SEP],
        [0.0, *(float(_touches(at, source)) for _, at in cut), 0.0],
        [0.0, *(float(_touches(at, target)) for _, at in cut), 0.0],
    )


def probabilities(text: str, source: tuple[int, int], target: tuple[int, int], votes: list[float]) -> dict[str, float]:
    """How likely each type, or no event, is, calibrated; the numbers add up to 1.

    `votes` are the lexicon's and then the rules'.
    """
    m = marked(text, source, target)
    session, temperature = _session()
    fed = {
        "low": lower(m.ids)[None],
        "source": np.array([m.source], np.float32),
        "target": np.array([m.target], np.float32),
        "votes": np.array([votes], np.float32),
    }
    (logits,) = session.run(["types"], fed)
    z = logits[0].astype(np.float64) / temperature
    p = np.exp(z - z.max())
    return dict(zip((*TYPES, NONE), (p / p.sum()).tolist(), strict=True))


def _touches(at: tuple[int, int], span: tuple[int, int]) -> bool:
    return at[0] < span[1] and span[0] < at[1]
