"""The gate: which sentences of a report can hold a fact at all, and which reports may yield a record.

The encoder takes most of the time of a reading, and most sentences of a news wire report on firms and football. Names
are looked up first, which costs a hundredth of it. Of what passes, two thirds of the words stand in reports that name
several states and yield nothing: a small network on the encoder's lower layers learnt from the whole reading which
these are (training/relevance.py); they get no trees. What that loses is measured on reports that it has not seen:
docs/language.md.
"""

import math
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

import numpy as np

from comity.coding.clauses import may_state_term
from comity.coding.instruments import first_words
from comity.document.document import Document
from comity.knowledge import measures, offices, plover
from comity.knowledge.leaders import leads
from comity.knowledge.names import find_names
from comity.knowledge.states import by_address, rows
from comity.language.encoder import network
from comity.language.lemmas import lemma
from comity.language.tree import Pieces

PARTIES, PARTIES_OF_REPORT = 3, 12
"""Up to how many parties of a sentence, and of all sentences of a report together, are counted."""
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
    return frozenset(row["word"] for row in rows("en/gate_words.csv") if row["kind"] == kind)


@lru_cache(maxsize=20_000)
def _may_report(word: str) -> bool:
    """Whether a word, however inflected, is a trigger or may stand for a party or a figure."""
    forms = {word, *(lemma(word, *tags) for tags in _TAGS)}
    return not forms.isdisjoint(_reporting())


@cache
def _reporting() -> frozenset[str]:
    kinds = ("reference", "relative", "figure", "law", "number", "past")
    return frozenset(word for word, _ in plover.triggers()).union(*map(_words, kinds))


@lru_cache(maxsize=20_000)
def _refers(word: str) -> bool:
    """Whether a word, or its singular, refers to a party that is not named, or to what may lie between parties."""
    return word in _references() or lemma(word, "NOUN", "NNS") in _references()


@cache
def _references() -> frozenset[str]:
    """Pronouns, offices, bodies, instruments and what befalls them, and what is measured."""
    bodies = {r["word"] for r in rows("en/group_nouns.csv") if r["acts"]}
    own = _words("reference") | _words("figure") | _words("law")
    return own | bodies | offices.first_words() | measures.nouns()


def passing(document: Document, texts: Sequence[str]) -> list[int | None]:
    """For each sentence of a report, how many parties it names; null where it can hold no fact.

    A fact lies between parties: a sentence must name one, have a word that may refer to one, or report figures and
    instruments. Of a report that names fewer than two (states by whatever name, cities, organisations, leaders; the
    government that publishes it counts) only sentences pass that say how long an instrument holds. Where the day of
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
    """Whether a sentence may say how long an instrument holds: "The Treaty shall remain in force for ten years"."""
    return not words.isdisjoint(first_words() | _words("law")) and may_state_term(text)


def _named(text: str, words: list[str], on: str | None) -> set[str]:
    """The parties named in a sentence: codes of states and organisations, and words that are a leader's name."""
    year = on[:4] if on else None
    return {h.code for h in find_names(text, on)} | {w.lower() for w in words if w[0].isupper() and leads(w, year)}


def may_hold_fact(text: str) -> bool:
    """Whether a sentence by itself can hold a fact; false only where it certainly cannot.

    A fact needs somebody who acts (a name, a demonym, an office, a pronoun) or a figure or instrument.
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


def numbers(sentence: Sequence[int], report: Sequence[int]) -> tuple[float, float, float]:
    """Whether a sentence names any parties, how many, and how many the sentences of its report do, each up to 1.

    >>> numbers([1], [1, 2, 0])
    (1.0, 0.3333333333333333, 0.25)
    """
    own, whole = min(sum(sentence), PARTIES), min(sum(report), PARTIES_OF_REPORT)
    return float(own > 0), own / PARTIES, whole / PARTIES_OF_REPORT


def likelihood(pieces: Pieces, own: int, counts: Sequence[int]) -> float:
    """How likely a sentence is to yield a record that is printed, between 0 and 1.

    Given are its pieces, how many parties it names, and how many each sentence of its report names.

    >>> from comity.language.encoder import embedded
    >>> 0 <= likelihood(embedded(["Peru", "thanked", "Chile"]), 2, [2]) <= 1
    True
    """
    fed = {"low": pieces.vectors[None], "numbers": np.array([numbers([own], counts)], np.float32)}
    (score,) = network("comity.coding", "relevance.onnx").run(["score"], fed)
    return round(1 / (1 + math.exp(-float(score[0, 0]))), 6)


def relevance(least: float, few: int) -> Callable[[Sequence[Pieces], Sequence[int]], bool]:
    """Whether a report has a sentence that is as likely as that to yield a record, or but a few that may hold a fact.

    Its sentences that may are given as pieces, each with how many parties it names.

    >>> from comity.language.encoder import embedded
    >>> sentence = embedded("Peru and Chile signed a trade agreement in Lima .".split())
    >>> relevance(0.1, 0)([sentence], [2]), relevance(1.1, 0)([sentence], [2]), relevance(1.1, 1)([sentence], [2])
    (True, False, True)
    """

    def relevant(sentences: Sequence[Pieces], counts: Sequence[int]) -> bool:
        each = (likelihood(p, own, counts) for p, own in zip(sentences, counts, strict=True))
        return 0 < len(sentences) <= few or any(likely >= least for likely in each)

    return relevant
