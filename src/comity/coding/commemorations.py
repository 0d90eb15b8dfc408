"""Commemorations: anniversaries, of what, when that was, and when they are marked."""

import re
from collections.abc import Iterator
from itertools import takewhile

from comity.coding.instruments import kind_of
from comity.coding.parties import codes, dyad
from comity.coding.statement import source
from comity.knowledge.anniversaries import anniversaries
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


def code_commemorations(article: Article) -> list[Commemoration]:
    """The anniversaries that an article reports, in the order of the text.

    `occurred` is the year that the text states for the thing itself, else the year of the anniversary less its
    ordinal; `on` is when it is marked. An anniversary of which neither the ordinal nor the thing is stated is left out,
    and so is what a state marks by itself.
    """
    words = anniversaries()
    return [r for s in article.sentences for t in s.tokens if t.lemma.lower() in words for r in _of(article, s, t)]


def _of(article: Article, sentence: Sentence, token: Token) -> Iterator[Commemoration]:
    before = sentence.tokens[max(0, token.index - _REACH)]
    ordinal = anniversaries()[token.lemma.lower()] or numerals.ordinal(sentence.clip(before.start, token.start))
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
    reported = _year(article.document.published)
    marking = [d for d in dates if d.basis == "relative" or _is_of_marking(d, ordinal, reported)]
    own = _phrase(sentence, thing, marking)
    stated = next((d for d in dates if d.first in own and d.kind in {"date", "name"}), None)
    marked = next((d for d in dates if d.first not in own and d.kind == "date"), None)
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


def _is_of_marking(date: DateMention, ordinal: int, reported: int | None) -> bool:
    """Whether a date is of the anniversary: the thing's own lies so many years before the report that marks it."""
    year = _year(date.edtf)
    if year is None or reported is None:
        return False
    return abs(year - reported) < abs(year + ordinal - reported)


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


def _phrase(sentence: Sentence, thing: Token, marking: list[DateMention]) -> range:
    """The words for what is commemorated, with the phrases that follow it ("over the forces on the river in 1939").

    "this year" or "in 2019" in it says when it is marked, not when the thing was: before that it ends.
    """
    below = sentence.subtree(thing.index)
    first = below[0].index
    tokens = sentence.tokens
    outside = {i for d in marking for i in range(d.first, d.last)}
    outside |= {d.first - 1 for d in marking if d.first - 1 > first and tokens[d.first - 1].upos == "ADP"}

    def goes_on(token: Token) -> bool:
        return token.index not in outside and (token.index <= below[-1].index or token.upos not in _BEHIND)

    return range(first, first + len(list(takewhile(goes_on, sentence.tokens[first:]))))


def _year(date: str | None) -> int | None:
    found = _YEAR.match(date or "")
    return int(found.group()) if found else None
