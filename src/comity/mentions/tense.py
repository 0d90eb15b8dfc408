"""Where a clause looks from the day of publication: back, or ahead, by its tense and its auxiliaries."""

from comity.knowledge import modality
from comity.language.tree import Sentence

_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall", "to", "may", "might", "could", "should", "would"})
_HELPING = frozenset({"aux", "mark", "cop"})
_PRESENT = frozenset({"is", "are", "'s", "’s"})


def direction(sentence: Sentence, index: int) -> int:
    """Where the clause of a token looks: back (-1), ahead (1), or neither (0)."""
    for token in (sentence.tokens[index], *sentence.above[index]):
        helpers = {c.text.lower() for c in sentence.below[token.index] if c.relation in _HELPING}
        if token.upos not in {"VERB", "AUX"} and not helpers:
            continue
        ahead = helpers & _FUTURE
        verb = sentence.above[token.index][:1] if token.deprel == "xcomp" else ()
        if ahead == {"to"} and any(v.lemma.lower() in modality.words("implicative") for v in verb):
            continue  # an infinitive has the time of the verb that it hangs on: "refused to let him in on Monday"
        if ahead:
            return 1
        if helpers & _PRESENT and token.xpos == "VBN" and token.lemma in modality.words("plan"):
            return 1  # "is expected in Lima in May"
        if token.xpos == "VBD" or helpers & {"was", "were", "had", "has", "have"} or token.xpos == "VBN":
            return -1
        if token.index == index and helpers & _PRESENT:
            return 1  # "the meeting is on Monday"
        if token.upos in {"VERB", "AUX"} and (token.xpos in {"VBZ", "VBP"} or helpers):
            return 1 if token.lemma in modality.words("scheduled") else 0
    return 0
