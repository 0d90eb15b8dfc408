"""Commemorations: anniversaries, of what, when that was, and when they are marked."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from comity.coding.instruments import kind_of
from comity.coding.parties import codes, dyad
from comity.coding.statement import source
from comity.knowledge.states import rows
from comity.knowledge.word_classes import words
from comity.language.graph import label
from comity.language.tree import Sentence, Token
from comity.mentions import numerals
from comity.mentions.article import Article
from comity.mentions.mention import DateMention
from comity.records.record import Commemoration

_REACH = 4
"""So many words before an anniversary its number may stand ("the 25-year anniversary")."""
_LEAD = 3
"""So many words before an anniversary are part of the quote."""
_YEAR = re.compile(r"\d{4}")
_BEHIND = frozenset({"PUNCT", "VERB", "AUX", "CCONJ", "SCONJ", "PRON"})
"""What ends the name of the thing where the tree says no longer that it goes on."""
_PAIR = 2


@cache
def _words() -> dict[str, int | None]:
    """The words for an anniversary, with the number of years of those that say it."""
    return {r["word"]: int(r["years"]) if r["years"] else None for r in rows("en/anniversaries.csv")}


def code_commemorations(article: Article) -> list[Commemoration]:
    """The anniversaries that an article reports, in the order of the text.

    `occurred` is the year that the text states for the thing itself, else the year of the anniversary less its
    ordinal; `on` is when it is marked. An anniversary of which neither the ordinal nor the thing is stated is left out,
    and so is what a state marks by itself.
    """
    return [r for s in article.sentences for t in s.tokens if t.lemma.lower() in _words() for r in _of(article, s, t)]


def _of(article: Article, sentence: Sentence, token: Token) -> Iterator[Commemoration]:
    before = sentence.tokens[max(0, token.index - _REACH)]
    ordinal = _words()[token.lemma.lower()] or numerals.ordinal(sentence.clip(before.start, token.start))
    things = (c for c in sentence.children(token.index, "nmod") if label(sentence, c) in {"nmod:of", "nmod:since"})
    thing = next(things, None)
    if ordinal is None:
        return
    if thing is None:
        yield from _of_the_last(article, sentence, token, ordinal)
        return
    who = _whose(article, sentence, thing)
    if len(who) < _PAIR:
        return
    dates = [d for d in article.dates_in(sentence.index) if d.edtf]
    own = _phrase(sentence, thing, dates)
    now = _year(article.document.published)
    # "the tenth anniversary of the treaty in May": when it was marked, where the day itself would still lie ahead
    late = [d for d in dates if now and (_year(d.edtf) or 0) + ordinal > now + ordinal // 2 + 1]
    stated = next((d for d in dates if d.first in own and d.kind in {"date", "name"} and d not in late), None)
    marked = next((d for d in dates if (d.first not in own or d in late) and d.kind == "date"), None)
    on, on_basis = (marked.edtf, marked.basis) if marked else (None, None)
    occurred, basis = (stated.edtf, stated.basis) if stated else (None, None)
    if occurred is None and (year := _year(on or article.document.published)):
        occurred, basis = f"{year - ordinal:04d}", "anniversary"
    if on is None and (year := _year(occurred)):
        on, on_basis = f"{year + ordinal:04d}", "anniversary"
    start, end = sentence.tokens[own[0]].start, sentence.tokens[own[-1]].end
    lead = sentence.tokens[max(0, token.index - _LEAD)].start
    yield Commemoration(
        **source(article, sentence, lead, max(end, token.end)),
        of=sentence.clip(start, end).removeprefix("of ").strip(),
        occurred=occurred,
        occurred_basis=basis,
        ordinal=ordinal,
        on=on,
        on_basis=on_basis,
        parties=tuple(sorted(who)),
        confidence=0.85,
        evidence=f"rule: {token.text.lower()}",
    )


def _whose(article: Article, sentence: Sentence, thing: Token) -> tuple[str, ...]:
    """Whose anniversary it is: the two of the article where it is of what states have with each other."""
    named, pair = codes(article.actors_in(sentence.index)), dyad(article)
    shared = thing.lemma.lower() in words("fact", "shared") or kind_of(thing.text) is not None
    return pair if len(named) < _PAIR and shared and set(named) <= set(pair) else named


def _of_the_last(article: Article, sentence: Sentence, token: Token, ordinal: int) -> Iterator[Commemoration]:
    """The anniversary of what the sentence before dates: "Ties began in 1992. Their 25th anniversary fell in 2017"."""
    on = next((d for d in article.dates_in(sentence.index) if d.edtf and d.kind == "date"), None)
    marked = _year(on.edtf if on else article.document.published)
    for before in (s for s in article.sentences if (s.part, s.index) == (sentence.part, sentence.index - 1)):
        thing = next((t for t in before.tokens if t.deprel.startswith("nsubj")), None)
        date = next((d for d in article.dates_in(before.index) if marked and _year(d.edtf) == marked - ordinal), None)
        who = _whose(article, before, thing) if thing and date else ()
        if thing and date and len(who) >= _PAIR:
            yield Commemoration(
                **source(article, sentence, sentence.tokens[max(0, token.index - _LEAD)].start, token.end),
                of=before.clip(*before.span(thing.index)),
                occurred=date.edtf,
                occurred_basis=date.basis,
                ordinal=ordinal,
                on=on.edtf if on else str(marked),
                on_basis=on.basis if on else "anniversary",
                parties=tuple(sorted(who)),
                confidence=0.7,
                evidence=f"rule: {token.text.lower()}",
            )


def _phrase(sentence: Sentence, thing: Token, dates: list[DateMention]) -> range:
    """The words for what is commemorated, with the phrases that follow it ("over the forces on the river in 1939").

    "this year" in it says when it is marked, not when the thing was: there it ends.
    """
    below = sentence.subtree(thing.index)
    relative = {i for d in dates if d.basis == "relative" for i in range(d.first, d.last)}
    first = below[0].index

    def goes_on(token: Token) -> bool:
        return token.index not in relative and (token.index <= below[-1].index or token.upos not in _BEHIND)

    return range(first, first + len(list(takewhile(goes_on, sentence.tokens[first:]))))


def _year(date: str | None) -> int | None:
    found = _YEAR.match(date or "")
    return int(found.group()) if found else None
