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
from numpy.typing import NDArray

from comity.coding.votes import NONE, TYPES, lexicon_votes, rule_votes
from comity.language.encoder import lower, opened, pieces, refused
from comity.language.tree import Sentence

Span = tuple[int, int]
PIECES = 80
"""How many word pieces the classifier reads; of a longer text, those around the two spans."""
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as the classifier reads it: ids of its pieces, and which of them lie in the source and in the target."""

    ids: list[int]
    source: list[float]
    target: list[float]


PAIRS, ACTS = "pairs.onnx", "acts.onnx"
"""The network that has learnt from labelled pairs, and the one that it began as, which knows reports alone."""


@cache
def _session(name: str) -> Any:
    folder = files("comity.coding") / "weights"
    with refused(folder):
        return opened(folder, name)


@cache
def _temperature() -> float:
    folder = files("comity.coding") / "weights"
    with refused(folder):
        return float(json.loads((folder / "pairs.json").read_text(encoding="utf-8"))["temperature"])


def marked(text: str, source: tuple[int, int], target: tuple[int, int]) -> Marked:
    """The pieces of a text with the two spans marked; of a long text, a stretch that holds them if one can.

    >>> m = marked("Peru met Chile", (0, 4), (9, 14))
    >>> len(m.ids), m.source[1], m.target[3]
    (5, 1.0, 1.0)
    """
    found = pieces().encode(text)
    cut = list(zip(found.ids, found.offsets, strict=True))[1:-1]
    marks = [i for i, (_, at) in enumerate(cut) if _touches(at, source) or _touches(at, target)]
    cut = [cut[i] for i in _stretch(marks, len(cut))]
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
    return _probabilities(PAIRS, lower(m.ids), m.source, m.target, votes)


def between(sentence: Sentence, source: Span, target: Span, *, alone: bool) -> dict[str, float] | None:
    """How likely each type, or no event, is between two spans of a sentence of a report; null where it was not read.

    The spans are offsets in the part that the sentence stands in. The words alone speak: what the rules find is weighed
    with this, and has no vote in it. The vectors of the pieces are those that the parser's lower layers gave. Of a
    sentence that is `alone` in its report the types are those that a labelled pair would get; whether anything is
    reported at all, which labelled pairs always do, the network says that has learnt from reports alone.
    """
    if sentence.pieces is None:
        return None
    low = sentence.pieces.vectors
    owner = [-1] * len(low)
    for token, first in zip(sentence.tokens, sentence.pieces.first, strict=True):
        if 0 <= first < len(low) - 1:
            owner[first] = token.index
    for i in range(2, len(low) - 1):
        owner[i] = owner[i] if owner[i] >= 0 else owner[i - 1]
    inside, other = (
        [float(at >= 0 and _touches((sentence.tokens[at].start, sentence.tokens[at].end), span)) for at in owner]
        for span in (source, target)
    )
    marks = [i - 1 for i in range(len(low)) if inside[i] or other[i]]
    kept = [0, *(i + 1 for i in _stretch(marks, len(low) - 2)), len(low) - 1]
    own = [(start - sentence.start, end - sentence.start) for start, end in (source, target)]
    votes = [*lexicon_votes(sentence.text, *own), *rule_votes(None, 0.0)]
    fed = low[kept], [inside[i] for i in kept], [other[i] for i in kept], votes
    acts = _probabilities(ACTS, *fed)
    return {**_probabilities(PAIRS, *fed), NONE: acts[NONE]} if alone else acts


def _stretch(marks: list[int], size: int) -> range:
    """The pieces of a text that are read beside its frame: all, or a stretch that holds the marked if it can."""
    room = PIECES - 3
    first = max(0, min(marks[0] - 2, size - room)) if marks and marks[-1] > room - 1 else 0
    return range(first, min(first + room, size))


def _probabilities(
    name: str, low: NDArray[np.float32], source: list[float], target: list[float], votes: list[float]
) -> dict[str, float]:
    fed = {
        "low": low[None],
        "source": np.array([source], np.float32),
        "target": np.array([target], np.float32),
        "votes": np.array([votes], np.float32),
    }
    (logits,) = _session(name).run(["types"], fed)
    z = logits[0].astype(np.float64) / (_temperature() if name == PAIRS else 1.0)
    p = np.exp(z - z.max())
    return dict(zip((*TYPES, NONE), (p / p.sum()).tolist(), strict=True))


def _touches(at: tuple[int, int], span: tuple[int, int]) -> bool:
    return at[0] < span[1] and span[0] < at[1]
