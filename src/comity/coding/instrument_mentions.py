"""Mentions of instruments: each with the act on it and its day, its parties, and what it says of an earlier one."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from comity.coding import constructions, parties, stages
from comity.coding.constructions import decide
from comity.coding.instruments import Instrument, find_instruments
from comity.coding.titles import LINKS, read_title
from comity.knowledge.agreement_words import pattern, words
from comity.language.tree import Sentence, dateline
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, DateMention

Dated = tuple[str | None, str | None]
NO_DATE: Dated = (None, None)
_OVER = frozenset({"conj", "xcomp", "obj", "nmod", "obl", "advcl"})
"""A date on the verb above is that of the act in such a relation to it: "met in May and signed"."""
_APART = frozenset({"after", "before", "since"})
_CLOSE = 5
"""The date that belongs to a name stands at most so many words behind it."""
_APPENDED = 10
"""So far behind it may stand the date from which it is said to date: "between A and B, which dates from …"."""
FUTURE = frozenset({"proposed", "planned", "negotiated"})
_AMENDMENT = "amendment"
_PAIR = 2
SUBJECT = -2
"""The successor of a link that leads from the subject of the sentence to the instrument itself."""
_BEFORE = 6
"""So many words before an instrument may say what the one before it does to it."""


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """One mention of an instrument with what its sentence says of it.

    `actors` do the act; `named` are the parties that its phrase or its title names, `parties` those and the actors,
    `around` the two states of its clause where these are fewer. It is `private` where firms or armed groups make it, a
    `strange` one where somebody else acts. `link` says what an instrument named before it does to it ("replaces"),
    `successor` which of the sentence that is, -1 for "it"; with `SUBJECT` it is the mention that does it to the one
    named before.
    """

    article: Article = field(repr=False, compare=False)
    sentence: Sentence
    instrument: Instrument
    act: stages.Act | None = None
    actors: tuple[ActorMention, ...] = ()
    named: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    private: bool = False
    strange: bool = False
    link: str | None = None
    successor: int | None = None

    @property
    def stage(self) -> str | None:
        """The stage that this mention supports."""
        return self.act.stage if self.act else None

    @property
    def used(self) -> bool:
        """Whether its act only shows that it is used: "under the treaty"."""
        return self.act is not None and stages.in_use(self.sentence, self.act)

    @property
    def called(self) -> bool:
        """Whether only a word before its head gives its stage: "a draft agreement"."""
        return self.act is not None and self.instrument.first <= self.act.token < self.instrument.head

    @property
    def asked_for(self) -> bool:
        """Whether somebody only asks somebody else for it: "asked Uganda for a truce"."""
        return constructions.found("asked for", self.sentence, self.instrument.head) is not None

    @property
    def token(self) -> int:
        """The token of its act, else its head."""
        return self.act.token if self.act else self.instrument.head

    @property
    def span(self) -> range:
        """The tokens of its phrase."""
        return range(self.instrument.first, self.instrument.last)

    @property
    def verb(self) -> str:
        """The lemma of its act; empty without one."""
        return self.sentence.tokens[self.token].lemma.lower() if self.act else ""

    @property
    def modifiers(self) -> set[str]:
        """The words before its head, in lower case."""
        return {t.text.lower() for t in self.sentence.tokens[self.instrument.first : self.instrument.head]}


def read(
    article: Article, sentence: Sentence, instrument: Instrument, before: list[Instrument], pair: tuple[str, ...]
) -> InstrumentMention:
    """A mention of an instrument with its act, its parties and its link to those named before it in the sentence.

    `pair` are the two states that the article is about: "our two nations" are those.
    """
    act = stages.act_on(article, sentence, instrument)
    doing = parties.taking_part(article, sentence, act.token) if act else []
    link, successor = _link(sentence, instrument, before)
    found = InstrumentMention(
        article, sentence, instrument, act, tuple(doing), _named(article, sentence, instrument),
        link=link, successor=successor,
    )  # fmt: skip
    acting = parties.codes(doing)
    everyone = tuple(dict.fromkeys([*found.named, *acting]))
    codes = everyone if _are_partners(found) else next((c for c in (found.named, acting) if len(c) >= _PAIR), everyone)
    named = [*parties.beside(article, sentence, instrument.first, instrument.last), *doing]
    only_pronouns = set(codes) & set(pair) and all(m.kind == "pronoun" for m in named)
    found = replace(found, parties=pair if only_pronouns else codes)
    strange = answer("a stranger", found) == "yes"
    if not strange and not (instrument.named and found.verb in words("joining")):
        near = [parties.of_clause(article, sentence, found.token), parties.engaged(article, sentence) if act else []]
        found = replace(found, around=next((c for n in near if len(c := _near(found, n)) == _PAIR), ()))
    return replace(found, strange=strange, private=answer("private", found) == "yes")


def _named(article: Article, sentence: Sentence, instrument: Instrument) -> tuple[str, ...]:
    """The parties beside an instrument, else in its title: "the Franco-German Treaty", "Treaty between X and Y"."""
    beside = parties.codes(parties.beside(article, sentence, instrument.first, instrument.last))
    unclear = instrument.named and len(beside) < _PAIR
    title = read_title(instrument.title, article.document.published).parties if unclear else ()
    return title if len(title) >= _PAIR else beside


def _are_partners(mention: InstrumentMention) -> bool:
    """Whether all that its words name stand behind "with": "Peru signed a deal with Chile and Oman" is Peru's too."""
    partners = parties.codes(parties.partners(mention.article, mention.sentence, mention.instrument.last))
    return len(mention.named) >= _PAIR and set(mention.named) <= set(partners)


def _near(mention: InstrumentMention, actors: Iterable[ActorMention]) -> tuple[str, ...]:
    """The parties of a mention with those of the actors that stand outside it."""
    outside = (m for m in actors if m.head not in mention.span)
    return tuple(dict.fromkeys([*mention.parties, *parties.codes(outside)]))


def _link(sentence: Sentence, instrument: Instrument, before: list[Instrument]) -> tuple[str | None, int | None]:
    """What an instrument named earlier in the sentence does to this one: "based on the 1993 treaty".

    A successor of -1 is what "it" stands for: "it replaces the 1993 treaty".
    """
    tokens = sentence.tokens
    if instrument.kind.word == _AMENDMENT:
        return None, None  # "the Treaty, as amended by the Amendment"
    above = tokens[tokens[instrument.head].head]
    if tokens[instrument.head].deprel == "obl:agent" and above.lemma.lower() in LINKS:
        return LINKS[above.lemma.lower()], SUBJECT  # "the 1993 treaty was replaced by an accord"
    if not before:
        verb = tokens[tokens[instrument.head].head]
        link = LINKS.get(verb.lemma.lower()) if verb.upos == "VERB" and instrument.head > verb.index else None
        subject = [c.text.lower() for c in sentence.children(verb.index, "nsubj")]
        if link and verb.deprel == "advcl" and verb.xpos == "VBG":
            return link, 1  # "building on the 1993 treaty, the accord …"
        return (link, -1) if link and subject in (["it"], ["this"]) else (None, None)
    last = before[-1]
    for t in reversed(tokens[max(last.last, instrument.first - _BEFORE) : instrument.first]):
        link = LINKS.get(t.lemma.lower())
        on = {w.text.lower() for w in tokens[t.index + 1 : t.index + 3]} & {"on", "upon"}
        if link and (on or link != "based on"):
            return link, len(before) - 1
        if t.text in {";", "."}:
            break
    amends = last.kind.word == _AMENDMENT and instrument.first <= last.last + 3
    return ("amends", len(before) - 1) if amends else (None, None)


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
    sentence, tokens = mention.sentence, mention.sentence.tokens
    names = [(i.first, i.last) for i in find_instruments(sentence)]
    opening = stages.fronted(sentence, mention.instrument)
    if opening is not None and mention.act is not None and mention.act.token != opening[0]:
        # "signed in 1998, the accord is in force": the year is that of the signature
        below = sentence.subtree(opening[0])
        names.append((below[0].index, below[-1].index + 1))
    for d in mention.article.dates_in(sentence.index):
        inside = any(first <= d.first < last for first, last in names)
        behind = any(d.first == last + 1 and tokens[last].text.lower() in {"of", "dated"} for _, last in names)
        of_another = inside or behind or constructions.found("date", sentence, d.first)
        if d.kind == "date" and d.edtf and not of_another:
            yield d
        elif d.kind == "since" and d.edtf and mention.stage == "in force":
            yield replace(d, edtf=d.edtf.partition("/")[0])


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
        own = constructions.found("date", sentence, d.first)
        led = tokens[d.first - 1].text.lower() if d.first else ""
        if own is not None and own.yields == "its own" and d.edtf and it.last <= d.first <= it.last + _APPENDED:
            return d.edtf  # "the convention, which dates from 3 May 1988", "the Convention on Salt (Lima, 3 May 1988)"
        if d.kind not in {"date", "name"} or not d.edtf or led not in {"of", "on", "dated"}:
            continue
        near = it.last <= d.first <= it.last + _CLOSE and all(
            t.upos in {"ADP", "PROPN", "DET", "PUNCT"} and t.text not in {",", "(", ";"}
            for t in tokens[it.last : d.first]
        )
        # "signed the treaty on May 12": the day of the act
        above = [t.index for t in sentence.ancestors(d.first)]
        of_name = led == "of" or it.head in above or (above and tokens[above[0]].upos != "VERB")
        if of_name and (near or it.head < d.first < it.last):
            return d.edtf
    return None


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
    just = bool(tenses & {"VBP", "VB"}) and any(c.text.lower() in {"i", "we"} and c.deprel == "nsubj" for c in kids)
    timed = any(d.kind == "date" and d.start >= dateline(sentence) for d in article.dates_in(sentence.index))
    return (just or sentence.index == lead) and "VBD" not in tenses and not timed  # "had signed" lies before


def points_back(mention: InstrumentMention) -> bool:
    """Whether a mention says nothing of its own: "the pact", "this agreement"."""
    it = mention.instrument
    bare = not it.content and not it.named
    return bare and it.determiner in {"the", "this", "that"} and not mention.modifiers & words("new")


FACTS: Mapping[str, Callable[[InstrumentMention], bool | Collection[str]]] = {
    "act": lambda m: {m.verb} if m.act else set(),
    "asked for": lambda m: m.asked_for,
    "business": lambda m: parties.business(m.sentence),
    "content": lambda m: m.instrument.content,
    "counted": lambda m: m.instrument.plural and m.instrument.count is not None,
    "definite": lambda m: m.instrument.definite,
    "determiner": lambda m: {m.instrument.determiner},
    "faction": lambda m: parties.faction(m.article, m.sentence),
    "firms act": lambda m: m.act is not None and parties.private(m.sentence, m.act.token, m.instrument.last),
    "linked": lambda m: m.link is not None,
    "modifier": lambda m: m.modifiers,
    "named": lambda m: m.instrument.named,
    "outsider": lambda m: parties.outsider(m.article, m.sentence, m.instrument.last),
    "part": lambda m: {m.sentence.part},
    "parties": lambda m: m.parties,
    "plural": lambda m: m.instrument.plural,
    "stage": lambda m: {m.stage or "none"},
    "strength": lambda m: {m.instrument.kind.strength},
    "two named": lambda m: len(m.named) >= _PAIR,
    "two parties": lambda m: len(m.parties) >= _PAIR,
    "type": lambda m: {m.instrument.kind.type},
    "unknown doer": lambda m: m.act is not None and parties.unknown(m.sentence, m.act.token, m.actors, m.span),
    "unknown signer": lambda m: m.act is not None and parties.unknown_signers(m.article, m.sentence, m.act.token),
    "used": lambda m: m.used,
    "word": lambda m: {m.instrument.kind.word},
    "year": lambda m: m.instrument.year is not None,
}
"""What a rule may ask of a mention."""


def answer(question: str, mention: InstrumentMention) -> str | None:
    """The answer of the rows of a question for a mention; null where none of them holds."""
    rule = decide(question, FACTS, mention)
    return rule.yields if rule else None
