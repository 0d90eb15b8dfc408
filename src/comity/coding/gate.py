"""The gate before the encoder: which sentences can hold a fact at all."""

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from comity.knowledge import plover
from comity.language.lemmas import lemma

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TAGS = (("VERB", "VBD"), ("VERB", "VBG"), ("VERB", "VBZ"), ("VERB", "VBN"), ("NOUN", "NNS"))
_FIGURE = re.compile(r"\d")


@cache
def _words(kind: str) -> frozenset[str]:
    """Words of a kind: `reference` (to a party), `figure`, `past` (irregular triggers), `opener` (of sentences)."""
    table = files("comity.knowledge") / "tables" / "gate_words.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return frozenset(row["word"] for row in rows if row["kind"] == kind)


@cache
def _triggers() -> frozenset[str]:
    return frozenset(word for word, _ in plover.triggers())


@lru_cache(maxsize=20_000)
def _tells(word: str) -> bool:
    """Whether a word, however inflected, is a trigger or may stand for a party or a figure."""
    forms = {word, *(lemma(word, *tags) for tags in _TAGS)}
    known = _triggers(), _words("reference"), _words("figure"), _words("past")
    return any(form in words for form in forms for words in known)


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
    if any(_tells(word.lower()) for word in words):
        return True
    # a lone capitalised first word may be a name ("Ukraine …"): only common sentence openers are known not to be
    return bool(words) and words[0][0].isupper() and words[0].lower() not in _words("opener")
