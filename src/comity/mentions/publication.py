"""The date of a report that comes without one, worked out from what its text says."""

import re
from collections.abc import Sequence

from comity.document.document import Document
from comity.knowledge.anniversaries import anniversaries
from comity.knowledge.states import rows
from comity.language.tree import Sentence, Token
from comity.mentions import edtf, numerals
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
            day = edtf.moment(date.edtf) if date.kind == "date" and date.basis == "stated" else None
            if day is not None and day.exact and len(before) < 40 and _PLACE.match(before):
                return date.edtf, "stated"
    years = {y for s in sentences for t in s.tokens for y in _marked(sentences, dates, s, t)}
    if len(years) != 1:
        return None, None
    year = years.pop()
    by_index = {s.index: s for s in sentences}
    for date in dates:
        there = edtf.moment(date.edtf)
        stated = date.kind == "date" and date.basis == "stated"
        if stated and there and there.year > year and direction(by_index[date.sentence], date.first) < 0:
            return None, None
    return f"{year:04d}", "anniversary"


def _marked(sentences: Sequence[Sentence], dates: Sequence[DateMention], sentence: Sentence, token: Token) -> list[int]:
    """The year in which an anniversary falls, where the year of the thing is stated and the marking is not past."""
    lemma = token.lemma.lower()
    if lemma not in anniversaries():
        return []
    ordinal = anniversaries()[lemma] or _ordinal(sentence, token)
    if ordinal is None or direction(sentence, token.index) < 0:
        return []
    thing = next((c for c in sentence.children(token.index, "nmod")), None)
    own = {t.index for t in sentence.subtree(thing.index)} if thing else set()
    # a tree may hang the year on the verb: what stands right after the thing and before a comma belongs to it
    at = max(own, default=token.index) + 1
    while at < len(sentence.tokens) and sentence.tokens[at].text not in {",", ";", ".", "—", "–"}:
        own.add(at)
        at += 1
    years = [y for d in dates if d.sentence == sentence.index and d.first in own and (y := _stated_year(d))]
    if not years and thing is not None:
        names = {sentence.tokens[i].text for i in own if sentence.tokens[i].upos in {"PROPN", "NOUN"}}
        years = [y for s in sentences if s.index != sentence.index for y in _founded(s, dates, names)]
    return sorted({y + ordinal for y in years}) if len(set(years)) == 1 else []


def _founded(sentence: Sentence, dates: Sequence[DateMention], names: set[str]) -> list[int]:
    """Years in which a sentence says that something of these names came about."""
    shared = {t.text for t in sentence.tokens if t.upos in {"PROPN", "NOUN"}} & names
    if len(shared) < min(2, len(names)) or not shared:
        return []
    if not any(t.lemma.lower() in _FOUNDING and t.upos == "VERB" for t in sentence.tokens):
        return []
    return [y for d in dates if d.sentence == sentence.index and (y := _stated_year(d))]


def _stated_year(date: DateMention) -> int | None:
    there = edtf.moment(date.edtf)
    return there.year if there and date.basis == "stated" and date.kind in {"date", "name"} else None


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
