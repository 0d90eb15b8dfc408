"""The gate before the encoder: which sentences of a report can hold a fact at all.

The encoder takes most of the time of a reading, and most sentences of a news wire tell of firms and football. Names are
looked up first, which costs a hundredth of it.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from comity.coding.clauses import may_state_term
from comity.coding.instruments import first_words
from comity.document.document import Document
from comity.knowledge import measures, offices, plover
from comity.knowledge.leaders import leads
from comity.knowledge.names import find_names
from comity.knowledge.states import by_address, rows
from comity.language.lemmas import lemma

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_TAGS = (("VERB", "VBD"), ("VERB", "VBG"), ("VERB", "VBZ"), ("VERB", "VBN"), ("NOUN", "NNS"))
_FIGURE = re.compile(r"\d")
_PAIR = 2


@cache
def _words(kind: str) -> frozenset[str]:
    """Words of a kind.

    `reference` (to a party named before), `relative` (to one in the same sentence), `figure` (instruments and what
    is measured), `number`, `past` (irregular triggers), `opener` (of sentences), `law` (what befalls an instrument that
    may be no more than "it").
    """
    table = files("comity.knowledge") / "tables" / "en/gate_words.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return frozenset(row["word"] for row in rows if row["kind"] == kind)


@cache
def _triggers() -> frozenset[str]:
    return frozenset(word for word, _ in plover.triggers())


@lru_cache(maxsize=20_000)
def _may_report(word: str) -> bool:
    """Whether a word, however inflected, is a trigger or may stand for a party or a figure."""
    forms = {word, *(lemma(word, *tags) for tags in _TAGS)}
    kinds = ("reference", "relative", "figure", "law", "number", "past")
    known = _triggers(), *map(_words, kinds)
    return any(form in words for form in forms for words in known)


@cache
def _references() -> frozenset[str]:
    """Words by which a sentence may refer to a party that it does not name, or that tell what may lie between parties.

    Offices, bodies, instruments and what befalls them, and what is measured are among them.
    """
    parties = _words("reference") | offices.first_words() | {r["word"] for r in rows("en/group_nouns.csv") if r["acts"]}
    return parties | _words("figure") | _words("law") | measures.nouns()


@lru_cache(maxsize=20_000)
def _refers(word: str) -> bool:
    return _among(word, _references())


def _among(word: str, known: frozenset[str]) -> bool:
    """Whether a word, or its singular, is one of those known."""
    return word in known or lemma(word, "NOUN", "NNS") in known


def passing(document: Document, texts: Sequence[str]) -> list[int | None]:
    """For each sentence of a report, how many parties it names; null where it can hold no fact.

    A fact lies between parties: a sentence must name one, have a word that may refer to one, or tell of figures and
    instruments. Of a report that names fewer than two (states by whatever name, cities, organisations, leaders; the
    government that publishes it counts) only sentences pass that tell how long an instrument holds. Where the day of
    publication is to be worked out, every sentence with a number passes too.

    >>> texts = ["Peru and Chile met.", "Acme Motors rose sharply on Monday.", "Their trade fell."]
    >>> passing(Document(id="d", text=" ".join(texts), published="2020-01-02"), texts)
    [2, None, 0]
    """
    hopeful = {text: [_POSSESSIVE.sub("", w) for w in _WORD.findall(text)] for text in texts if may_hold_fact(text)}
    named = {text: _named(text, words, document.published) for text, words in hopeful.items()}
    house = by_address(document.source)
    parties = frozenset({house.code} if house else ()).union(*named.values())
    low = {text: {word.lower() for word in words} for text, words in hopeful.items()}
    undated = document.published is None

    def passes(text: str) -> bool:
        if len(parties) < _PAIR:
            return _is_term(text, low[text])
        return bool(named[text] or any(map(_refers, low[text])) or (undated and _FIGURE.search(text)))

    return [len(named[text]) if text in hopeful and passes(text) else None for text in texts]


def _is_term(text: str, words: set[str]) -> bool:
    """Whether a sentence may tell how long an instrument holds: "The Treaty shall remain in force for ten years"."""
    return not (words.isdisjoint(first_words()) and words.isdisjoint(_words("law"))) and may_state_term(text)


def _named(text: str, words: list[str], on: str | None) -> set[str]:
    """The parties named in a sentence: codes of states and organisations, and words that are a leader's name."""
    year = on[:4] if on else None
    return {h.code for h in find_names(text, on)} | {w.lower() for w in words if w[0].isupper() and leads(w, year)}


def may_hold_fact(text: str) -> bool:
    """Whether a sentence by itself can hold a fact; false only where it certainly cannot.

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
    if any(_may_report(word.lower()) for word in words):
        return True
    # a lone capitalised first word may be a name ("Ukraine …"): only common sentence openers are known not to be
    return bool(words) and words[0][0].isupper() and words[0].lower() not in _words("opener")
