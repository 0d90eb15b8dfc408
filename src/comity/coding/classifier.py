"""The classifier: which type of event a text reports between a marked source and a marked target.

A few layers on the parser's lower ones read the text with the two spans marked; their vectors, the votes of the lexicon
and the vote of the rules are weighed together. One int8 ONNX file, one thread; the weights load at the first use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from comity.knowledge import plover
from comity.language.encoder import described, lower, network, pieces
from comity.language.tree import Sentence, Token
from comity.language.words import cut

Span = tuple[int, int]
PAIRS, ACTS = "pairs.onnx", "acts.onnx"
"""The network that has learnt from labelled pairs, and the one that it began as, which knows reports alone."""
PIECES = 80
"""How many word pieces the classifier reads; of a longer text, those around the two spans."""
_CLS, _SEP = 101, 102
TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
    "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
"""The types that are distinguished; CONCEDE and RETREAT are one here, YIELD, as in the labelled sentences."""

NONE = "NONE"
"""The class of pairs between which a text reports no event."""

_YIELD = frozenset({"CONCEDE", "RETREAT"})
LEXICON, RULES = 2 * len(TYPES), len(TYPES) + 1
"""How many numbers each kind of vote gives."""


def merged(event: str | None) -> str | None:
    """The type of the classifier for an event of PLOVER.

    >>> merged("RETREAT"), merged("AID")
    ('YIELD', 'AID')
    """
    return "YIELD" if event in _YIELD else event


def event_of_type(kind: str) -> str:
    """The event of PLOVER for a type of the classifier: yielding without a word for it is material.

    >>> event_of_type("YIELD"), event_of_type("AID")
    ('RETREAT', 'AID')
    """
    return "RETREAT" if kind == "YIELD" else kind


def lexicon_votes(text: str, source: tuple[int, int], target: tuple[int, int]) -> list[float]:
    """For each type 1 where a trigger of it stands in the text; then the same for the words between the two spans.

    >>> votes = lexicon_votes("Peru bombed Chile", (0, 4), (12, 17))
    >>> votes[TYPES.index("ASSAULT")], len(votes) == LEXICON
    (1.0, True)
    """
    out = [0.0] * LEXICON
    left, right = min(source[1], target[1]), max(source[0], target[0])
    for word in cut(text):
        if any(a <= word.start < b for a, b in (source, target)):
            continue
        for kind in _types(word.text.lower()):
            out[kind] = 1.0
            if left <= word.start < right:
                out[len(TYPES) + kind] = 1.0
    return out


def rule_votes(event: str | None, confidence: float) -> list[float]:
    """The confidence of the rules at the type that they found; the last number is 1 where they found none.

    >>> rule_votes(None, 0.0)[-1]
    1.0
    """
    out = [0.0] * RULES
    kind = merged(event)
    if kind in TYPES:
        out[TYPES.index(kind)] = confidence
    else:
        out[-1] = 1.0
    return out


@cache
def _types(word: str) -> frozenset[int]:
    from lemminflect import getLemma

    forms = {(word, "NOUN"), (word, "VERB")}
    for pos in ("VERB", "NOUN"):
        forms |= {(lemma, pos) for lemma in getLemma(word, upos=pos)[:1]}
    found = {merged(t.event) for form in forms for t in plover.triggers().get(form, ())}
    return frozenset(TYPES.index(t) for t in found if t in TYPES)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as the classifier reads it: ids of its pieces, and which of them lie in the source and in the target."""

    ids: list[int]
    source: list[float]
    target: list[float]


def marked(text: str, source: Span, target: Span) -> Marked:
    """The pieces of a text with the two spans marked; of a long text, a stretch with both if one can have them.

    >>> m = marked("Peru met Chile", (0, 4), (9, 14))
    >>> len(m.ids), m.source[1], m.target[3]
    (5, 1.0, 1.0)
    """
    found = pieces().encode(text)
    kept, inside, other = _read([_NOWHERE, *found.offsets[1:-1], _NOWHERE], source, target)
    ids = [_CLS, *found.ids[1:-1], _SEP]
    return Marked([ids[i] for i in kept], inside, other)


def probabilities(text: str, source: Span, target: Span, votes: list[float]) -> dict[str, float]:
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
    begun = dict(zip(sentence.pieces.first, sentence.tokens, strict=True))
    words = accumulate(map(begun.get, range(1, len(low) - 1)), _last)
    kept, inside, other = _read([_NOWHERE, *map(_place, words), _NOWHERE], source, target)
    own = [(start - sentence.start, end - sentence.start) for start, end in (source, target)]
    fed = low[kept], inside, other, [*lexicon_votes(sentence.text, *own), *rule_votes(None, 0.0)]
    acts = _probabilities(ACTS, *fed)
    return {**_probabilities(PAIRS, *fed), NONE: acts[NONE]} if alone else acts


_NOWHERE = (0, 0)
"""The place of a piece that stands for no word."""


def _last(before: Token | None, here: Token | None) -> Token | None:
    return here or before


def _place(word: Token | None) -> Span:
    return (word.start, word.end) if word else _NOWHERE


def _read(places: Sequence[Span], source: Span, target: Span) -> tuple[list[int], list[float], list[float]]:
    """Which pieces of a text are read, and which of these lie in each of two spans.

    They are all, or a stretch with both spans if it can have them, between the first and the last, which frame a text.
    """
    inside, other = ([float(a < end and start < b) for a, b in places] for start, end in (source, target))
    marks = [i for i in range(len(places)) if inside[i] or other[i]]
    size, room = len(places) - 2, PIECES - 3
    first = max(1, min(marks[0] - 2, size - room + 1)) if marks and marks[-1] > room else 1
    kept = [0, *range(first, min(first + room, size + 1)), size + 1]
    return kept, [inside[i] for i in kept], [other[i] for i in kept]


def _probabilities(
    name: str, low: NDArray[np.float32], source: list[float], target: list[float], votes: list[float]
) -> dict[str, float]:
    given = {"source": source, "target": target, "votes": votes}
    fed = {"low": low[None], **{n: np.array([numbers], np.float32) for n, numbers in given.items()}}
    (logits,) = network("comity.coding", name).run(["types"], fed)
    temperature = described("comity.coding", "pairs.json")["temperature"] if name == PAIRS else 1.0
    z = logits[0].astype(np.float64) / temperature
    p = np.exp(z - z.max())
    return dict(zip((*TYPES, NONE), (p / p.sum()).tolist(), strict=True))
