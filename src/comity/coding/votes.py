"""Votes: what the tables and the rules say of a pair, as features of the classifier of types."""

from functools import cache

from comity.knowledge import plover
from comity.language.words import cut

TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
    "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
"""The types that are told apart; CONCEDE and RETREAT are one here, YIELD, as in the labelled sentences."""

NONE = "NONE"
"""The class of pairs between which a text tells no event."""

_YIELD = frozenset({"CONCEDE", "RETREAT"})
LEXICON, RULES = 2 * len(TYPES), len(TYPES) + 1
"""How many numbers each kind of vote gives."""


def merged(event: str | None) -> str | None:
    """The type of the classifier for an event of PLOVER.

    >>> merged("RETREAT"), merged("AID")
    ('YIELD', 'AID')
    """
    return "YIELD" if event in _YIELD else event


def told_as(kind: str) -> str:
    """The event of PLOVER for a type of the classifier: yielding without a word for it is material.

    >>> told_as("YIELD"), told_as("AID")
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
