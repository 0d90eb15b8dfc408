"""Universal parts of speech from Penn Treebank tags and relations (universaldependencies.org, English)."""

_FIXED = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "MD": "AUX",
    "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "WRB": "ADV",
    "RP": "ADP", "PDT": "DET", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "PRON", "EX": "PRON",
    "CD": "NUM", "CC": "CCONJ", "POS": "PART", "UH": "INTJ", "FW": "X", "LS": "X", "ADD": "X", "AFX": "X", "GW": "X",
    "$": "SYM", "SYM": "SYM", "#": "SYM",
}  # fmt: skip
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


def universal(word: str, xpos: str, relation: str) -> str:
    """The universal part of speech of a word, from its Penn tag and its relation.

    >>> universal("have", "VBP", "aux"), universal("that", "IN", "mark"), universal("not", "RB", "advmod")
    ('AUX', 'SCONJ', 'PART')
    """
    if xpos in _VERBS:
        return "AUX" if relation in {"aux", "aux:pass", "cop"} else "VERB"
    if xpos == "IN":
        return "SCONJ" if relation == "mark" else "ADP"
    if xpos == "TO":
        return "ADP" if relation == "case" else "PART"
    if xpos in {"DT", "WDT"}:
        return "DET" if relation == "det" else "PRON"
    if xpos == "RB" and word.lower() in {"not", "n't", "n’t"}:
        return "PART"
    return _FIXED.get(xpos, "PUNCT")
