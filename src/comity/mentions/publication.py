"""The date of a report that comes without one, worked out from what its text says."""

import re
from collections.abc import Sequence

from comity.document.document import Document
from comity.knowledge.anniversaries import anniversaries
from comity.knowledge.states import rows
from comity.language.tree import Sentence, Token
from comity.mentions import numerals
from comity.mentions.mention import DateMention
from comity.mentions.tense import direction

_FOUNDING = frozenset(r["verb"] for r in rows("en/founding_verbs.csv"))
WORKED_OUT = frozenset({"stated", "anniversary"})
"""The bases of a day of publication that came with no metadata but was worked out by `published`."""
_PLACE = re.compile(r"^[A-Z][A-Z .'’-]{2,}(?:,| \()")
_NUMBER = re.compile(r"(\d{1,4})(?:st|nd|rd|th)$")


def published(
    document: Document, sentences: Sequence[Sentence], dates: Sequence[DateMention]
) -> tuple[str | None, str | None]:
    """The publication date in EDTF and its basis (`stated`, `anniversary`), or nulls where the text gives no clue.

    A full date in the dateline is `stated`. Else an anniversary that is being marked or lies ahead gives the year, from
    its ordinal and the year of the thing itself; clues that contradict one another, or a later year that the text
    reports as past, give nothing.
    """
    if document.published is not None:
        return document.published, document.published_basis
    for sentence in [s for s in sentences if s.part == "text"][:3]:
        for date in (d for d in dates if d.sentence == sentence.index):
            before = sentence.clip(sentence.start, date.start)
            full = date.kind == "date" and date.basis == "stated" and date.begins is not None and date.begins.exact
            if full and len(before) < 40 and _PLACE.match(before):
                return date.edtf, "stated"
    stated = [
        (d.sentence, d.first, d.begins.year)
        for d in dates
        if d.basis == "stated" and d.kind in {"date", "name"} and d.begins is not None
    ]
    years = {y for s in sentences for t in s.tokens for y in _marked(sentences, stated, s, t)}
    if len(years) != 1:
        return None, None
    year = years.pop()
    past = [d for d in dates if d.kind == "date" and d.basis == "stated" and d.direction < 0]
    if any(d.begins is not None and d.begins.year > year for d in past):
        return None, None
    return f"{year:04d}", "anniversary"


_Stated = Sequence[tuple[int, int, int]]
"""The years that a text states, each with its sentence and the token where it stands."""


def _marked(sentences: Sequence[Sentence], stated: _Stated, sentence: Sentence, token: Token) -> list[int]:
    """The year in which an anniversary falls, where the year of the thing is stated and the marking is not past."""
    lemma = token.lemma.lower()
    if lemma not in anniversaries():
        return []
    ordinal = anniversaries()[lemma] or _ordinal(sentence, token)
    if ordinal is None:
        return []
    thing = next((c for c in sentence.below[token.index] if c.relation == "nmod"), None)
    own = {t.index for t in sentence.subtrees[thing.index]} if thing else set()
    # a tree may hang the year on the verb: what stands right after the thing and before a comma belongs to it
    at = max(own, default=token.index) + 1
    while at < len(sentence.tokens) and sentence.tokens[at].text not in {",", ";", ".", "—", "–"}:
        own.add(at)
        at += 1
    years = {year for s, first, year in stated if s == sentence.index and first in own}
    if not years and thing is not None:
        names = {sentence.tokens[i].text for i in own if sentence.tokens[i].upos in {"PROPN", "NOUN"}}
        years = {y for s in sentences if s.index != sentence.index for y in _founded(s, stated, names)}
    return [years.pop() + ordinal] if len(years) == 1 and direction(sentence, token.index) >= 0 else []


def _founded(sentence: Sentence, stated: _Stated, names: set[str]) -> list[int]:
    """Years in which a sentence says that something of these names came about."""
    shared = {t.text for t in sentence.tokens if t.upos in {"PROPN", "NOUN"}} & names
    if len(shared) < min(2, len(names)) or not shared:
        return []
    if not any(t.lemma.lower() in _FOUNDING and t.upos == "VERB" for t in sentence.tokens):
        return []
    return [year for s, _, year in stated if s == sentence.index]


def _ordinal(sentence: Sentence, token: Token) -> int | None:
    for before in reversed(sentence.tokens[max(0, token.index - 4) : token.index]):
        word = before.text.lower()
        if (m := _NUMBER.match(word)) is not None:
            return int(m.group(1))
        if word in numerals.ORDINALS and word not in {"half", "quarter"}:
            tens = sentence.tokens[before.index - 2].text.lower() if before.index > 1 else ""
            joined = sentence.tokens[before.index - 1].text == "-" and tens in numerals.VALUES
            return numerals.ORDINALS[word] + (numerals.VALUES[tens] if joined else 0)
    return None
