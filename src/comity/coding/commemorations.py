"""Commemorations: anniversaries, of what, when that was, and when they are marked."""

import re
from collections.abc import Iterator

from comity.coding.statement import date_of, source
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.records.record import Commemoration

_ANNIVERSARY = frozenset({"anniversary", "jubilee"})
_CENTENARY = {"centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200, "tercentenary": 300}
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINALS = {
    **{w: n for n, w in enumerate(_ONES, 1)},
    "fifteenth": 15,
    "twentieth": 20,
    "twenty-fifth": 25,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "seventy-fifth": 75,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
}
_NUMBER = re.compile(r"(\d{1,4})(?:st|nd|rd|th)$")
_YEAR = re.compile(r"\d{4}$")


def code_commemorations(article: Article) -> list[Commemoration]:
    """The anniversaries that an article tells of, in the order of the text.

    `occurred` is the year that the text states for the thing itself, else the year of the anniversary less its
    ordinal; `on` is when it is marked. An anniversary of which neither the ordinal nor the thing is told is left out.
    """
    return [r for s in article.sentences for t in s.tokens for r in _of(article, s, t)]


def _of(article: Article, sentence: Sentence, token: Token) -> Iterator[Commemoration]:
    lemma = token.lemma.lower()
    if lemma not in _ANNIVERSARY and lemma not in _CENTENARY:
        return
    ordinal = _CENTENARY.get(lemma) or _ordinal(sentence, token.index)
    thing = next((c for c in sentence.children(token.index, "nmod") if _by_of(sentence, c)), None)
    if ordinal is None or thing is None:
        return
    first = min(t.index for t in sentence.subtree(thing.index))
    # "this year" tells when it is marked, not when the thing was
    marked = {i for d in article.dates_in(sentence.index) if d.basis == "relative" for i in range(d.first, d.last)}
    below = [
        t.index for t in sentence.subtree(thing.index) if not any(k in marked for k in range(thing.index, t.index + 1))
    ]
    last = _phrase_end(sentence, max(below, default=thing.index), marked)
    own = set(range(first, last + 1))
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    text = sentence.clip(start, end).removeprefix("of ").strip()
    stated = [d for d in article.dates_in(sentence.index) if d.first in own and d.edtf and d.kind in {"date", "name"}]
    on, on_basis = _marked(article, sentence, token, own)
    occurred, basis = (stated[0].edtf, stated[0].basis) if stated else (None, None)
    if occurred is None and (year := on or article.document.published) and _YEAR.match(year[:4]):
        occurred, basis = f"{int(year[:4]) - ordinal:04d}", "anniversary"
    if on is None and occurred and _YEAR.match(occurred[:4]):
        on, on_basis = f"{int(occurred[:4]) + ordinal:04d}", "anniversary"
    who = {s for m in article.actors_in(sentence.index) for s in m.states}
    if len(who) < 2:
        return  # what a state marks by itself is between nobody
    lead = [t.start for t in sentence.tokens[max(0, token.index - 3) : first] if t.index <= token.index]
    yield Commemoration(
        **source(article, sentence, min([*lead, token.start]), max(end, token.end)),
        of=text,
        occurred=occurred,
        occurred_basis=basis,
        ordinal=ordinal,
        on=on,
        on_basis=on_basis,
        parties=tuple(sorted(who)),
        confidence=0.85,
        evidence=f"rule: {token.text.lower()}",
    )


def _phrase_end(sentence: Sentence, last: int, marked: set[int]) -> int:
    """The last word of what is commemorated, with the phrases that follow it ("over the forces on the river in 1939").

    A parser may hang those on the anniversary or the verb; they end at a comma, a verb or a conjunction.
    """
    k = last + 1
    while (
        k < len(sentence.tokens)
        and k not in marked
        and sentence.tokens[k].upos
        not in {
            "PUNCT",
            "VERB",
            "AUX",
            "CCONJ",
            "SCONJ",
            "PRON",
        }
    ):
        k += 1
    return k - 1


def _ordinal(sentence: Sentence, index: int) -> int | None:
    for t in reversed(sentence.tokens[max(0, index - 4) : index]):
        word = t.text.lower()
        if (m := _NUMBER.match(word)) is not None:
            return int(m.group(1))
        if word in _ORDINALS:
            return _ORDINALS[word]
        after = [x.text.lower() for x in sentence.tokens[t.index + 1 : index] if x.text not in {"-", "–"}]
        if word.isdigit() and after[:1] in (["year"], ["years"]):
            return int(word)  # "25-year anniversary"
    return None


def _by_of(sentence: Sentence, token: Token) -> bool:
    return any(c.lemma.lower() in {"of", "since"} for c in sentence.children(token.index, "case"))


def _marked(article: Article, sentence: Sentence, token: Token, own: set[int]) -> tuple[str | None, str | None]:
    """When it is marked: a date of the sentence that lies outside the name of the thing."""
    outside = [d for d in article.dates_in(sentence.index) if d.first not in own and d.edtf and d.kind == "date"]
    if not outside:
        return None, None
    date, basis = date_of(article, sentence, token.index)
    kept = next((d for d in outside if d.edtf == date), outside[0])
    return kept.edtf, basis if kept.edtf == date else kept.basis
