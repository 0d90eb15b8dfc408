"""Bystanders: parties that a sentence names beside an act in which they have no part.

"Britain backs the American strike" tells of one attacker, "Peruvian growers asked" of no state's request, and who is
only named where something happens does nothing. Each holds whether rules or the network found the act.
"""

from collections.abc import Sequence
from dataclasses import replace

from comity.coding.arguments import Parties, Party, agents, holders, near, parties_of, subject
from comity.coding.statement import cases, clause_head
from comity.knowledge import plover
from comity.knowledge.states import continuing
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Event

_BESIDE = frozenset({"with", "alongside", "together"})
_ONE_SIDED = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "PROTEST"})
_WHERE = frozenset({"in", "at"})
_DIPLOMATIC = frozenset({"AGREE", "SUPPORT", "REJECT", "REQUEST", "CONCEDE", "SANCTION"})
"""What rebels say and offer is not said and offered by their state; whom they attack is attacked from there."""
_TALKS = frozenset({"CONSULT", "AGREE"})
_PAIR = 2


def public(article: Article, sentence: Sentence, index: int, event: Event) -> Event | None:
    """An event without doers that are firms or private persons; null where fewer than two parties are left.

    What a meeting is for is not who meets, and of two joined by "and" neither acts on the other.

    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> text = "A spokesman blamed both Oman and Kuwait."
    >>> article = read_article(Document(id="d", text=text, title=None, published=None, language="en"))
    >>> event = Event(document="d", event="ACCUSE", actor=(Actor(text="Oman", state="OMN", start=24, end=28),),
    ...               recipient=(Actor(text="Kuwait", state="KWT", start=33, end=39),))
    >>> public(article, article.sentences[0], 2, event) is None
    True
    """
    named = parties_of(article, sentence)
    joined = event.event in _ONE_SIDED and _are_joined(sentence, named, event)
    if joined or is_of_another(sentence, index, named):
        return None
    doers, others = event.actor, event.recipient
    if event.event in _TALKS and sentence.tokens[index].lemma.lower() in plover.noun_class("@talks") | {"meet"}:
        doers, others = (tuple(a for a in s if not _is_aim(sentence, index, named, a)) for s in (doers, others))
    if event.event != "PROTEST":  # people that protest are theirs
        doers = _public(article, sentence, named, replace(event, actor=doers), index)
    if (doers, others) == (event.actor, event.recipient):
        return event
    left = len(_codes((*doers, *others)))
    return replace(event, actor=doers, recipient=others) if doers and left >= _PAIR else None


def narrowed(article: Article, sentence: Sentence, index: int, event: Event) -> Event:
    """An act of one side on another without those to whom the tree gives no part in it, where it names who has one.

    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> text = "Portugal condemned Norway's attack on a Chilean ship."
    >>> article = read_article(Document(id="d", text=text, title=None, published=None, language="en"))
    >>> found = Event(document="d", event="ASSAULT", recipient=(Actor(text="Chilean", state="CHL", start=33, end=40),),
    ...               actor=(Actor(text="Portugal", state="PRT", start=0, end=8),
    ...                      Actor(text="Norway", state="NOR", start=19, end=25)))
    >>> [a.state for a in narrowed(article, article.sentences[0], 4, found).actor]
    ['NOR']
    """
    if not event.recipient:
        return event
    named = parties_of(article, sentence)
    token = sentence.tokens[index]
    visiting = token.lemma.lower() == "visit" and token.deprel == "amod"
    guests = _party_codes(near(sentence, token.head, named.agents)) if visiting else frozenset()
    if guests and guests == _codes(event.recipient) and not guests & _codes(event.actor):
        return replace(event, actor=event.recipient, recipient=event.actor)  # "told the visiting Kenyan minister"
    doers = (agents if token.upos == "VERB" else holders)(sentence, index, named)
    doers += [p for p in named.agents if p not in doers and _stands_beside(sentence, index, p)]
    clause, below = clause_head(sentence, index), {t.index for t in sentence.subtree(index)}
    reached = [p for p in named.patients if p.head in below or clause_head(sentence, p.head) == clause]
    return replace(event, actor=_among(event.actor, doers), recipient=_among(event.recipient, reached))


def _among(side: tuple[Actor, ...], some: Sequence[Party]) -> tuple[Actor, ...]:
    """Of several actors those among some parties, where there are any."""
    codes = _party_codes(some)
    return (tuple(a for a in side if _codes([a]) <= codes) or side) if len(side) > 1 else side


def directed(event: Event, by_rule: Sequence[Event]) -> Event:
    """An act of several together, or the one of the rules of the same type and parties that says who acts on whom.

    The network sees that "Oman met Kuwait" is an act of both; the tree says besides who met whom.

    >>> oman, kuwait = Actor(text="Oman", state="OMN"), Actor(text="Kuwait", state="KWT")
    >>> both = Event(document="d", event="CONSULT", actor=(oman, kuwait))
    >>> one_way = Event(document="d", event="CONSULT", actor=(oman,), recipient=(kuwait,))
    >>> directed(both, [one_way]) == one_way, directed(both, []) == both
    (True, True)
    """
    codes = _codes((*event.actor, *event.recipient))
    same = (e for e in by_rule if e.event == event.event and _codes((*e.actor, *e.recipient)) == codes)
    return event if event.recipient else next((e for e in same if e.recipient), event)


def is_of_another(sentence: Sentence, index: int, named: Parties) -> bool:
    """Whether a journey is that of somebody who is no party: "praised the visit of the Aga Khan to Kenya"."""
    token = sentence.tokens[index]
    if token.lemma.lower() not in plover.noun_class("@journey") or token.upos != "NOUN":
        return False
    owners = [c.index for c in sentence.children(index, "nmod") if c.upos == "PROPN"]
    below = [{t.index for t in sentence.subtree(i)} for i in owners if {"of", "by"} & cases(sentence, i)]
    return any(not any(p.head in one for p in named.patients) for one in below)


def _party(named: Parties, one: Actor) -> Party | None:
    """The party of a sentence that an actor is."""
    return next((p for p in named.patients if one.start is not None and p.start <= one.start < p.end), None)


def _is_aim(sentence: Sentence, index: int, named: Parties, one: Actor) -> bool:
    """Whether an actor stands only in the clause that tells what a meeting is for: "met to review Omani exports"."""
    party = _party(named, one)
    if party is None:
        return False
    way = [sentence.tokens[party.head], *sentence.ancestors(party.head)]
    inner = next((t for t in way if t.head == index), None)
    return inner is not None and inner.deprel in {"advcl", "xcomp", "acl"} and "to" in cases(sentence, inner.index)


def _are_joined(sentence: Sentence, named: Parties, event: Event) -> bool:
    """Whether doer and recipient are joined by "and" behind the act: "blamed both Oman and Kuwait"."""
    if len(event.actor) != 1 or len(event.recipient) != 1:
        return False
    sides = [_party(named, a) for a in (*event.actor, *event.recipient)]
    heads = [sentence.tokens[p.head] for p in sides if p is not None]
    if len(heads) != _PAIR:
        return False
    # "Oman, Kuwaiti officials complain" is read as a list of subjects, but is who speaks behind whom it is about
    return any(
        a.deprel == "conj" and a.head == b.index and not b.deprel.startswith("nsubj")
        for a, b in (heads, reversed(heads))
    )


def _is_elsewhere(sentence: Sentence, index: int, named: Parties, party: Party) -> bool:
    """Whether a state only says where another does it: "in Oman the ruling party hailed the accord"."""
    head, passive = subject(sentence, index)
    if passive or head is None or sentence.tokens[index].upos != "VERB" or not _WHERE & cases(sentence, party.head):
        return False
    below = {t.index for t in sentence.subtree(head)}
    doers = [p for p in named.patients if p.head in below and not _WHERE & cases(sentence, p.head)]
    return sentence.tokens[head].upos in {"NOUN", "PROPN"} and not doers and party.head != head


def _public(article: Article, sentence: Sentence, named: Parties, event: Event, index: int) -> tuple[Actor, ...]:
    """The doers of an event without firms, private persons, languages and, of what is said, rebels."""
    where = [p.start for p in named.patients if event.recipient and _is_elsewhere(sentence, index, named, p)]
    spans = [(m.start, m.end) for m in article.actors_in(sentence.index)]
    acting = [p.start for p in named.agents]

    def is_private(one: Actor) -> bool:
        own = next((s for s, e in spans if one.start is not None and s <= one.start < e), None)
        rebel = one.sector == "REB" and event.event in _DIPLOMATIC
        return (own is not None and own not in acting) or one.start in where or rebel

    return tuple(a for a in event.actor if not is_private(a))


def _codes(some: Sequence[Actor]) -> frozenset[str]:
    return frozenset(continuing(c) for a in some if (c := a.state or a.organisation))


def _party_codes(some: Sequence[Party]) -> frozenset[str]:
    return frozenset(continuing(c) for p in some for c in p.codes)


def _stands_beside(sentence: Sentence, index: int, party: Party) -> bool:
    """Whether a party does an act with its doer: "attacked them together with Oman"."""
    token = sentence.tokens[party.head]
    aside = token.head == index and token.deprel.split(":")[0] in {"obl", "nmod"}
    return aside and bool(_BESIDE & cases(sentence, token.index))


def has_session(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence names the meeting of a body: "the OPEC meeting"."""
    bodies = [m for m in article.actors_in(sentence.index) if m.organisation]
    sessions = (t for t in sentence.tokens if t.lemma.lower() in plover.noun_class("@session"))
    return any(
        m.head in {t.index for t in sentence.subtree(meeting.index)}
        for meeting in sessions
        if meeting.upos in {"NOUN", "PROPN"}
        for m in bodies
    )
