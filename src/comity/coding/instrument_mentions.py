"""Mentions of instruments: each with the act on it, its parties, and what it says of an earlier instrument."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from comity.coding import parties, stages
from comity.coding.decisions import decide
from comity.coding.instruments import Instrument
from comity.coding.titles import LINKS, read_title
from comity.knowledge.agreement_words import words
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention

FUTURE = frozenset({"proposed", "planned", "negotiated"})
_PAIR = 2
_BEFORE = 6
"""So many words before an instrument may say what the one before it does to it."""


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """One mention of an instrument with what its sentence says of it.

    `actors` do the act; `named` are the parties that its phrase or its title names, `parties` those and the actors,
    `around` the two states of its clause where these are fewer. It is `private` where firms or armed groups make it, a
    `strange` one where somebody else acts. `link` says what an instrument named before it does to it ("replaces"),
    `successor` which of the sentence that is, -1 for "it".
    """

    article: Article = field(repr=False, compare=False)
    sentence: Sentence
    instrument: Instrument
    act: stages.Act | None = None
    actors: tuple[ActorMention, ...] = ()
    parties: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
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
    def verb(self) -> str:
        """The lemma of its act; empty without one."""
        return self.sentence.tokens[self.act.token].lemma.lower() if self.act else ""

    @property
    def modifiers(self) -> set[str]:
        """The words before its head, in lower case."""
        return {t.text.lower() for t in self.sentence.tokens[self.instrument.first : self.instrument.head]}

    @property
    def joins(self) -> bool:
        """Whether one state's own step to an instrument of many is reported: "acceded to"."""
        return self.verb in words("joining")

    @property
    def reviewed(self) -> "InstrumentMention":
        """The mention with what the rows say of who makes it."""
        strange = answer("a stranger", self) == "yes"
        around = () if strange else self.around
        return replace(self, private=answer("private", self) == "yes", strange=strange, around=around)


Reading = tuple[InstrumentMention, list[ActorMention]]
WAYS: tuple[tuple[str, Callable[[Reading], tuple[str, ...]]], ...] = (
    ("its own words name two", lambda r: r[0].named),
    ("two do what is done with it", lambda r: parties.codes(r[0].actors)),
    ("its words and who acts", lambda r: parties.codes([*r[1], *r[0].actors])),
)
"""How the parties of a mention are found: the first way that gives two holds, else the last."""


def read(
    article: Article, sentence: Sentence, instrument: Instrument, before: list[Instrument], pair: tuple[str, ...]
) -> InstrumentMention:
    """A mention of an instrument with its act, its parties and its link to those named before it in the sentence."""
    act = stages.act_on(article, sentence, instrument)
    doing = parties.taking_part(article, sentence, act.token) if act else []
    beside = parties.beside(article, sentence, instrument.first, instrument.last)
    link, successor = _link(sentence, instrument, before)
    found = InstrumentMention(
        article, sentence, instrument, act, tuple(doing),
        named=_named(article, instrument, parties.codes(beside)), link=link, successor=successor,
    )  # fmt: skip
    ways = [way((found, beside)) for _, way in WAYS]
    codes = next((c for c in ways if len(c) >= _PAIR), ways[-1])
    if pair and set(codes) & set(pair) and all(m.kind == "pronoun" for m in [*beside, *doing] if m.states):
        codes = pair
    around = () if len(codes) >= _PAIR or (found.joins and instrument.named) else _around(found, codes)
    return replace(found, parties=codes, around=around).reviewed


def _named(article: Article, instrument: Instrument, beside: tuple[str, ...]) -> tuple[str, ...]:
    """The parties beside an instrument, else in its title: "the Franco-German Treaty", "Treaty between X and Y"."""
    if len(beside) >= _PAIR or not instrument.named:
        return beside
    title = read_title(instrument.title, article.document.published).parties
    return title if len(title) >= _PAIR else beside


def _around(mention: InstrumentMention, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The two states of the clause, else of the sentence of an act, where those that are named are among them."""
    article, sentence, it = mention.article, mention.sentence, mention.instrument
    clause = parties.of_clause(article, sentence, mention.act.token if mention.act else it.head)
    whole = [m for m in parties.engaged(article, sentence) if mention.act and (m.kind != "pronoun" or m.members)]
    for actors in (clause, whole):
        outside = parties.codes(m for m in actors if not it.first <= m.head < it.last)
        wide = tuple(dict.fromkeys([*codes, *outside]))
        if len(wide) == _PAIR:
            return wide
    return ()


def _link(sentence: Sentence, instrument: Instrument, before: list[Instrument]) -> tuple[str | None, int | None]:
    """What an instrument named earlier in the sentence does to this one: "based on the 1993 treaty".

    A successor of -1 is what "it" stands for: "it replaces the 1993 treaty".
    """
    if instrument.kind.word == "amendment":
        return None, None
    tokens = sentence.tokens
    if not before:
        verb = tokens[tokens[instrument.head].head]
        link = LINKS.get(verb.lemma.lower()) if verb.upos == "VERB" and instrument.head > verb.index else None
        subject = [c.text.lower() for c in sentence.children(verb.index, "nsubj")]
        return (link, -1) if link and subject in (["it"], ["this"]) else (None, None)
    last = before[-1]
    for t in reversed(tokens[max(last.last, instrument.first - _BEFORE) : instrument.first]):
        link = LINKS.get(t.lemma.lower())
        on = {w.text.lower() for w in tokens[t.index + 1 : t.index + 3]} & {"on", "upon"}
        if link and (on or link != "based on"):
            return link, len(before) - 1
        if t.text in {";", "."}:
            break
    amends = last.kind.word == "amendment" and instrument.first <= last.last + 3
    return ("amends", len(before) - 1) if amends else (None, None)


def points_back(mention: InstrumentMention) -> bool:
    """Whether a mention says nothing of its own: "the pact", "this agreement"."""
    it = mention.instrument
    bare = not it.content and not it.named
    return bare and it.determiner in {"the", "this", "that"} and not mention.modifiers & words("new")


def _outright(mention: InstrumentMention) -> bool:
    """Whether two parties stand beside an instrument by name, no armed movement and no "they"."""
    it = mention.instrument
    beside = parties.beside(mention.article, mention.sentence, it.first, it.last)
    return len(parties.codes(m for m in beside if m.kind != "pronoun" and not parties.armed(m.sector, m.text))) >= _PAIR


FACTS: Mapping[str, Callable[[InstrumentMention], bool | Collection[str]]] = {
    "act": lambda m: {m.verb} if m.act else set(),
    "business": lambda m: parties.business(m.sentence),
    "content": lambda m: m.instrument.content,
    "counted": lambda m: m.instrument.plural and m.instrument.count is not None,
    "definite": lambda m: m.instrument.definite,
    "determiner": lambda m: {m.instrument.determiner},
    "faction": lambda m: parties.faction(m.article, m.sentence),
    "firms act": lambda m: m.act is not None and parties.private(m.sentence, m.act.token, m.instrument.last),
    "firms beside it": lambda m: parties.private(m.sentence, None, m.instrument.last),
    "first sentence": lambda m: m.sentence.index <= 1,
    "idle": lambda m: m.act is None or m.used,
    "linked": lambda m: m.link is not None,
    "many states": lambda m: parties.many(m.sentence),
    "modifier": lambda m: m.modifiers,
    "named": lambda m: m.instrument.named,
    "outright": _outright,
    "outsider": lambda m: parties.outsider(m.article, m.sentence, m.instrument.last),
    "part": lambda m: {m.sentence.part},
    "parties": lambda m: m.parties,
    "plain": lambda m: m.instrument.last == m.instrument.head + 1,
    "plural": lambda m: m.instrument.plural,
    "points back": points_back,
    "stage": lambda m: {m.stage or "none"},
    "strength": lambda m: {m.instrument.kind.strength},
    "two named": lambda m: len(m.named) >= _PAIR,
    "two parties": lambda m: len(m.parties) >= _PAIR,
    "type": lambda m: {m.instrument.kind.type},
    "unknown doer": lambda m: m.act is not None and parties.unknown(m.sentence, m.act.token, m.actors),
    "unknown signer": lambda m: m.act is not None and parties.unknown_signers(m.article, m.sentence, m.act.token),
    "used": lambda m: m.used,
    "word": lambda m: {m.instrument.kind.word},
    "year": lambda m: m.instrument.year is not None,
}
"""What a rule may ask of a mention."""


def answer(question: str, mention: InstrumentMention) -> str | None:
    """The answer of the rows of a question for a mention; null where none of them holds."""
    rule = decide(question, FACTS, mention)
    return rule.answer if rule else None
