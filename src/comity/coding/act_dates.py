"""When an act on an instrument took place, and the day by which an instrument is named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.coding.instrument_mentions import InstrumentMention
from comity.coding.instruments import find_instruments
from comity.knowledge.agreement_words import pattern, words
from comity.language.tree import Sentence, Token, dateline
from comity.mentions.mention import DateMention

Dated = tuple[str | None, str | None]
NO_DATE: Dated = (None, None)
_OVER = frozenset({"conj", "xcomp", "obj", "nmod", "obl", "advcl"})
"""A date on the verb above is that of the act in such a relation to it: "met in May and signed"."""
_APART = frozenset({"after", "before", "since"})
_NEAR = 5
"""The date that belongs to a name stands at most so many words behind it."""


_APPENDED = 10
"""So far behind it may stand the date from which it is said to date: "between A and B, which dates from …"."""


def when(mention: InstrumentMention) -> Dated:
    """When the act of a mention took place (EDTF) and on what basis.

    By the date of its own clause, else by one that stands over several verbs, else by the only one of its sentence.
    """
    act, sentence = mention.act, mention.sentence
    if act is None or not act.dated or mention.used:
        return NO_DATE
    dates = [d for d in _dates(mention) if not _of_another(sentence, d.first, act.token)]
    below = {t.index for t in sentence.subtree(act.token)}
    own = [d for d in dates if d.first in below]
    if own:
        nearest = min(own, key=lambda d: abs(d.first - act.token)).edtf or ""
        # "signed seventy years ago, on 27 October 1956": the day, not the year
        best = max((d for d in own if (d.edtf or "").startswith(nearest)), key=lambda d: len(d.edtf or ""))
        return best.edtf, best.basis
    verb = sentence.tokens[act.token]
    if verb.deprel == "advcl" and {c.text.lower() for c in sentence.children(verb.index, "mark")} & _APART:
        return NO_DATE  # "in 2010, five years after it was signed"
    while verb.head >= 0 and verb.deprel.split(":")[0] in _OVER:
        verb = sentence.tokens[verb.head]
        over = [d for d in dates if verb.index in {sentence.tokens[d.first].head, sentence.tokens[d.last - 1].head}]
        if over:
            best = min(over, key=lambda d: (d.first > verb.index, abs(d.first - verb.index)))
            return best.edtf, best.basis
    return (dates[0].edtf, dates[0].basis) if len(dates) == 1 else NO_DATE


def _dates(mention: InstrumentMention) -> Iterator[DateMention]:
    """The dates of a sentence that are in no name, nor right behind one: "… of January 20, 1993", "the Act of 1954"."""
    tokens = mention.sentence.tokens
    names = [(i.first, i.last) for i in find_instruments(mention.sentence)]
    for d in mention.article.dates_in(mention.sentence.index):
        inside = any(first <= d.first < last for first, last in names)
        behind = any(d.first == last + 1 and tokens[last].text.lower() in {"of", "dated"} for _, last in names)
        behind = behind or _dates_it(tokens, d.first)
        led = tokens[d.first - 1].text.lower() if d.first else ""
        owns = tokens[d.last - 1 : d.last + 1][-1].text in {"'s", "’s"}  # "committed to last May's accord"
        ends = led in {"until", "till"} or (led == "to" and not owns)
        scope = ends or (led == "for" and "/" in (d.edtf or ""))  # "for 2018-2021"
        if d.kind == "date" and d.edtf and not (inside or behind or scope or _of_name(tokens, d.first)):
            yield d
        elif d.kind == "since" and d.edtf and mention.stage == "in force":
            yield replace(d, edtf=d.edtf.partition("/")[0])


def _of_name(tokens: Sequence[Token], first: int) -> bool:
    """Whether "of" ties a date to a capitalised noun: "the Atomic Energy Act of 1954"."""
    owner = tokens[first - 2] if first > 1 and tokens[first - 1].text == "of" else None
    return owner is not None and owner.upos in {"NOUN", "PROPN"} and owner.text[:1].isupper()


def _of_another(sentence: Sentence, first: int, token: int) -> bool:
    """Whether a date is of something else than an act.

    It is that of a clause on some other word: "a package agreed last year", "although the court ruled in June".
    """
    for t in (sentence.tokens[first], *sentence.ancestors(first)):
        if t.index == token:
            return False
        if t.deprel == "conj" and t.head == token < t.index and t.upos == "VERB":
            return True  # "was signed and entered into force in May"
        marks = {c.text.lower() for c in sentence.children(t.index) if c.deprel == "mark"}
        clause = t.deprel.split(":")[0] == "acl" and t.upos == "VERB"
        if clause or (t.deprel == "advcl" and marks & words("contrast")):
            return token not in {x.index for x in sentence.subtree(t.index)}
    return False


def named_day(mention: InstrumentMention) -> str | None:
    """The date by which an instrument is named: "the Agreement … of July 3, 1958", "the Joint Statement on May 12"."""
    it, sentence, tokens = mention.instrument, mention.sentence, mention.sentence.tokens
    for d in mention.article.dates_in(sentence.index):
        if d.kind == "date" and d.edtf and "-" in d.edtf and it.first <= d.first and d.last <= it.head:
            return d.edtf  # "the February 22 Paris agreement"
        led = tokens[d.first - 1].text.lower() if d.first else ""
        if _dates_it(tokens, d.first) and d.edtf and it.last <= d.first <= it.last + _APPENDED:
            return d.edtf  # "the convention, which dates from 3 May 1988", "the Convention on Salt (Lima, 3 May 1988)"
        if d.kind not in {"date", "name"} or not d.edtf or led not in {"of", "on", "dated"}:
            continue
        near = it.last <= d.first <= it.last + _NEAR and all(
            t.upos in {"ADP", "PROPN", "DET", "PUNCT"} and t.text not in {",", "(", ";"}
            for t in tokens[it.last : d.first]
        )
        # "signed the treaty on May 12": the day of the act
        above = [t.index for t in sentence.ancestors(d.first)]
        of_name = led == "of" or it.head in above or (above and tokens[above[0]].upos != "VERB")
        if of_name and (near or it.head < d.first < it.last):
            return d.edtf
    return None


def _dates_it(tokens: Sequence[Token], first: int) -> bool:
    """Whether a date is said to be a thing's own: "dating from 1979", "(Lima, 3 May 1988)"."""
    before = [t.lemma.lower() for t in tokens[max(0, first - 3) : first]]
    return before[-2:] in (["date", "from"], ["date", "back"]) or (before[:1] == ["("] and before[-1:] == [","])


def taking_effect(mention: InstrumentMention) -> str | None:
    """When an end takes effect, as this sentence or the next says: "The termination is effective January 1, 1988"."""
    for sentence in mention.article.sentences:
        near = sentence.part == mention.sentence.part and 0 <= sentence.index - mention.sentence.index <= 1
        found = pattern("takes effect").search(sentence.text) if near else None
        for d in mention.article.dates_in(sentence.index) if found else ():
            if found and d.kind == "date" and d.edtf and d.start >= sentence.start + found.end():
                return d.edtf
    return None


def is_news(mention: InstrumentMention) -> bool:
    """Whether a report leads with an act without a word of time: then it took place on the day of the report.

    So did what somebody has just done: "We have signed the agreement".
    """
    article, sentence = mention.article, mention.sentence
    reports = mention.stage in {"signed", "agreed", "ratified", "terminated", "extended"}
    if mention.act is None or not mention.act.dated or not reports:
        return False
    lead = next((s.index for s in article.sentences if s.part == "text"), None)
    kids = sentence.children(mention.act.token)
    tenses = {c.xpos for c in kids if c.lemma == "have"}
    if any(c.deprel == "aux:pass" and c.xpos in {"VBZ", "VBP"} for c in kids):
        return False  # "it is concluded for ten years"
    just = bool(tenses & {"VBP", "VB"}) and any(c.text.lower() in {"i", "we"} and c.deprel == "nsubj" for c in kids)
    timed = any(d.kind == "date" and d.start >= dateline(sentence) for d in article.dates_in(sentence.index))
    return (just or sentence.index == lead) and "VBD" not in tenses and not timed  # "had signed" lies before
