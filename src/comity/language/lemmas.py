"""Lemmas: the dictionary form of a word in its part of speech."""

from functools import cache

_CLITICS = {
    "n't": "not", "n’t": "not", "'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'re": "be", "’re": "be",
    "'m": "be", "’m": "be", "'ve": "have", "’ve": "have", "'d": "would", "’d": "would",
}  # fmt: skip


@cache
def lemma(word: str, upos: str, xpos: str) -> str:
    """The lemma of a word in a part of speech; names keep their form, all else is lower case.

    >>> lemma("signed", "VERB", "VBD"), lemma("treaties", "NOUN", "NNS"), lemma("Putin", "PROPN", "NNP")
    ('sign', 'treaty', 'Putin')
    """
    if upos == "PROPN":
        return word
    low = word.lower()
    if upos in {"AUX", "PART", "VERB"} and low in _CLITICS:
        return _CLITICS[low]
    if upos == "AUX" and low in {"'s", "’s"}:
        return "be" if xpos == "VBZ" else low
    if upos not in {"VERB", "AUX", "NOUN", "ADJ", "ADV"} or xpos in {"NN", "JJ", "RB", "VB"}:
        return low
    from lemminflect import getLemma

    found: tuple[str, ...] = getLemma(low, upos=upos)
    return found[0].lower() if found else low
