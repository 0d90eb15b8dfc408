"""What every coded fact shares: its quote and who states it, its actors, its date, its place, whether it took place."""

from typing import Literal, TypedDict, cast

from comity.coding import constructions
from comity.coding.constructions import path
from comity.language.tree import Sentence, dateline
from comity.mentions import edtf
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, DateMention
from comity.records.record import Actor, Antecedent, Attribution

Status = Literal["occurred", "planned", "hypothetical", "denied"]

# relations that lead out of one clause into the next
_CLAUSE = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
_IN = frozenset({"in", "at"})
_DATED = frozenset({"date"})


negated = constructions.negated
"""Whether a predicate or noun is denied."""


class Source(TypedDict):
    """The fields of a record that say where its fact stands and who states it."""

    quote: str
    part: str
    start: int
    end: int
    attribution: Attribution | None


def source(article: Article, sentence: Sentence, start: int, end: int) -> Source:
    """Where a fact stands: the exact characters from `start` to `end`, without blanks at its ends and dateline."""
    story = dateline(sentence)
    start, end = max(start, sentence.start if story >= end else story), min(end, sentence.end)
    quote = sentence.clip(start, end)
    left = len(quote) - len(quote.lstrip(" \t\n\r,;:"))
    right = len(quote) - len(quote.rstrip(" \t\n\r,;:"))
    start, end = start + left, end - right
    return Source(
        quote=sentence.clip(start, end),
        part=sentence.part,
        start=start,
        end=end,
        attribution=attribution(article.speaker(sentence.index, start, end)),
    )


def attribution(speaker: ActorMention | None) -> Attribution | None:
    """A speaker as the one to whom a fact is ascribed."""
    if speaker is None:
        return None
    return Attribution(
        text=speaker.text, name=speaker.name, role=speaker.role, state=speaker.state, sector=speaker.sector
    )


def actor(mention: ActorMention) -> Actor:
    """A mention as the actor of a record."""
    words = mention.antecedent
    return Actor(
        text=mention.text,
        name=mention.name,
        role=mention.role,
        state=mention.state,
        state_now=mention.state_now,
        organisation=mention.organisation,
        sector=mention.sector,
        start=mention.start,
        end=mention.end,
        antecedent=Antecedent(text=words[0], start=words[1], end=words[2], part=words[3]) if words else None,
    )


def actors(mention: ActorMention) -> tuple[Actor, ...]:
    """The actors that a mention stands for: its members where it stands for several ("both sides"), else itself."""
    return tuple(actor(m) for m in mention.members) if mention.members else (actor(mention),)


def clause_head(sentence: Sentence, index: int) -> int:
    """The predicate of the clause in which a token stands: itself where it is one.

    The path climbs until a token that heads a clause (root, complement, adverbial or relative clause, or a verb
    joined to one by "and").
    """
    i = index
    while True:
        token = sentence.tokens[i]
        relation = token.deprel.split(":")[0]
        if token.head < 0 or relation in _CLAUSE:
            return i
        if relation == "conj" and token.upos in {"VERB", "AUX"}:
            return i
        i = token.head


def clause_span(sentence: Sentence, index: int) -> tuple[int, int]:
    """Start and end offset of the clause of a predicate: its subtree, from its first word that is no mark or comma."""
    below = [t for t in sentence.subtree(index) if t.upos != "PUNCT"] or [sentence.tokens[index]]
    return below[0].start, below[-1].end


def date_of(article: Article, sentence: Sentence, index: int) -> tuple[str | None, str | None]:
    """When what a token reports took place: the time expression of its clause, else the nearest of its sentence.

    Durations, open intervals and dates that are part of a name ("the 2015 accord") date nothing. Both are null where
    the sentence has no time expression, or none that could be resolved.
    """
    found = date_mention(article, sentence, index)
    return (found.edtf, found.basis) if found else (None, None)


def day_of_act(article: Article, sentence: Sentence, index: int, status: Status) -> tuple[str | None, str | None]:
    """When an act took place or is to, as `date_of`; what has occurred is never after the day of publication.

    A day after it is of something else that the sentence names ("refused to attend the summit on Saturday").
    """
    date, basis = date_of(article, sentence, index)
    published = edtf.moment(article.document.published)
    moment = edtf.moment(date)
    if status != "occurred" or published is None or moment is None:
        return date, basis
    # a day of grace: a report sent over midnight may bear the day before
    last = edtf.days(published, 1) or str(published)
    if str(moment) > last and not last.startswith(str(moment)):
        return None, None
    return date, basis


def date_mention(article: Article, sentence: Sentence, index: int) -> DateMention | None:
    """The time expression behind `date_of`; null where the one that stands there cannot be resolved."""
    dates = [d for d in article.dates_in(sentence.index) if d.kind in _DATED]
    if not dates:
        return None
    below = {t.index for t in sentence.subtree(index)}
    clause = clause_head(sentence, index)
    above = sentence.tokens[clause].head
    outer = clause_head(sentence, above) if above >= 0 else -1

    def distance(date: DateMention) -> tuple[int, int]:
        if _beside(sentence, date):
            return (4, 0)
        own = clause_head(sentence, date.first)
        near = min(abs(date.first - index), abs(date.last - 1 - index))
        if own in (clause, index):
            return (0, near)
        if any(i in below for i in range(date.first, date.last)):
            return (1, near)
        return (2, near) if own == outer else (3, near)

    best = min(dates, key=distance)
    # a day that cannot be read is not the day that stands further off
    return best if best.edtf else None


def _beside(sentence: Sentence, date: DateMention) -> bool:
    """Whether a date is that of something before or after: "after the June 8-10 summit he will travel to Berlin"."""
    nouns = path("{apart}").reached(sentence, date.first)
    return not set(nouns) <= set(range(date.first, date.last))


def place_of(article: Article, sentence: Sentence, index: int) -> str | None:
    """Where what a token reports took place: a place that hangs on it, or on its clause, by "in" or "at"."""
    clause = clause_head(sentence, index)
    near = []
    for place in article.places_in(sentence.index):
        head = sentence.head_of(place.first, place.last)
        before = sentence.tokens[place.first - 1].lemma.lower() if place.first else ""
        above = sentence.tokens[head].head
        inside = above in (index, clause) or clause_head(sentence, head) == clause
        if inside and _IN & {*cases(sentence, head), before}:
            near.append((above != index, abs(place.first - index), place.name))
    return min(near)[2] if near else None


def cases(sentence: Sentence, index: int) -> frozenset[str]:
    """The prepositions and conjunctions that mark a word, as they stand and by their lemmas.

    >>> from comity.language.tree import Token
    >>> words = (Token(0, "In", 0, 0, "in", "ADP", "IN", 1, "case"),
    ...          Token(1, "Oslo", 0, 0, "Oslo", "PROPN", "NNP", -1, "root"))
    >>> cases(Sentence(0, "text", 0, 0, "", words), 1)
    frozenset({'in'})
    """
    marks = sentence.children(index, "case", "mark")
    return frozenset(word.lower() for c in marks for word in (c.lemma, c.text))


def status_of(sentence: Sentence, index: int) -> Status:
    """Whether what a token reports `occurred`, is `planned`, `hypothetical` or `denied`.

    The token's own tense, modal and negation decide (rows for a `status`); then the verbs above it whose complement it
    is ("plans to", "urged … to", "denied that"), and conditions ("if"), by rows for what stands `under` a word.
    """
    status, inner = _own(sentence, index), index
    if status != "occurred":
        return status
    for outer in sentence.ancestors(index):
        above = _own(sentence, outer.index)
        idiom = constructions.found("under", sentence, inner, frozenset({above}))
        if idiom is not None:
            return above if idiom.yields == "as above" else cast("Status", idiom.yields)
        inner = outer.index
    return "occurred"


def _own(sentence: Sentence, index: int) -> Status:
    """What the token's own auxiliaries, negation, mark and modifiers say of it."""
    idiom = constructions.found("status", sentence, index)
    return cast("Status", idiom.yields) if idiom is not None else "occurred"
