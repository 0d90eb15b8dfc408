"""The gate before the encoder: which sentences can hold a fact at all."""

import csv
import re
from functools import cache
from importlib.resources import files

from comity.knowledge import plover

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FIGURE = re.compile(r"\d")


@cache
def _words(kind: str) -> frozenset[str]:
    """Words of a kind: `reference` (to a party), `figure`, `past` (irregular triggers), `opener` (of sentences)."""
    table = files("comity.knowledge") / "tables" / "gate_words.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return frozenset(row["word"] for row in rows if row["kind"] == kind)


@cache
def _trigger_stems() -> frozenset[str]:
    return frozenset(_stem(lemma) for lemma, _ in plover.triggers())


def _stem(word: str) -> str:
    """The first letters of a word, short enough that its inflected forms share them (and others may: that is safe)."""
    return word[: max(3, min(len(word) - 2, 6))] if len(word) > 3 else word


def may_hold_fact(text: str) -> bool:
    """Whether a sentence can hold a fact; false only where it certainly cannot.

    A fact needs somebody who acts (a name, a demonym, an office, a pronoun) or a figure or instrument to tell of.
    A sentence with no capitalised word after its first, no word that may refer to one, no digit, no word of the
    trigger tables and no word for figures and instruments holds none.

    >>> may_hold_fact("Russia and Mongolia signed a treaty."), may_hold_fact("Wow, so very nice!")
    (True, False)
    """
    if _FIGURE.search(text):
        return True
    words = [m.group() for m in _WORD.finditer(text)]
    if any(w[0].isupper() for w in words[1:]):
        return True
    for word in words:
        low = word.lower()
        if (
            low in _words("reference")
            or low in _words("figure")
            or low in _words("past")
            or _stem(low) in _trigger_stems()
        ):
            return True
    # a lone capitalised first word may be a name ("Ukraine …"): only common sentence openers are known not to be
    return bool(words) and words[0][0].isupper() and words[0].lower() not in _words("opener")
