"""Bystanders: parties that a sentence names beside an act in which they have no part.

"Britain backs the American strike" tells of one attacker, "Peruvian growers asked" of no state's request, and praise
that somebody draws comes from nobody named. Each holds whether rules or the network found the act.
"""

from collections.abc import Sequence
from dataclasses import replace

from comity.coding.arguments import Parties, Party, agents, holders, near, parties_of, subject
from comity.coding.statement import clause_head
from comity.coding.triggers import find_triggers
from comity.knowledge import modality, plover
from comity.knowledge.states import continuing
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Event

_BESIDE = frozenset({"with", "alongside", "together"})
_JUDGED = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST"})
_ONE_SIDED = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "PROTEST"})
_AT = frozenset({"to", "on", "against", "for", "at"})
_WHERE = frozenset({"in", "at"})
_DIPLOMATIC = frozenset({"AGREE", "SUPPORT", "REJECT", "REQUEST", "CONCEDE", "SANCTION"})
"""What rebels say and offer is not said and offered by their state; whom they attack is attacked from there."""
_JOURNEYS = frozenset({"visit", "trip", "tour", "journey"})
_TALKS = frozenset({"CONSULT", "AGREE"})
_BY = frozenset({"from", "by", "of", "among"})
_PAIR = 2


def public(article: Article, sentence: Sentence, index: int, event: Event) -> Event | None:
    """An event without doers that are firms or private persons; null where fewer than two parties are left.

    Null, too, where it is only told that somebody met with praise or blame; what a meeting is for is not who meets.

    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> article = read_article(Document(id="d", text="It drew criticism.", title=None, published=None, language="en"))
    >>> told = Event(document="d", event="ACCUSE", actor=(Actor(text="", state="UGA"),), recipient=())
    >>> public(article, article.sentences[0], 2, told) is None
    True
    """
    if event.event in _JUDGED and _is_drawn(sentence, index):
        return None
    named = parties_of(article, sentence)
    if is_of_another(sentence, index, named) or _is_charge(sentence, index, event):
        return None
    if event.event in _TALKS and sentence.tokens[index].lemma.lower() in plover.noun_class("@talks") | {"meet"}:
        meeting = [
            tuple(a for a in side if not _is_aim(sentence, index, named, a)) for side in (event.actor, event.recipient)
        ]
        event = replace(event, actor=meeting[0], recipient=meeting[1])
        if not event.actor or len(_codes((*event.actor, *event.recipient))) < _PAIR:
            return None
    if event.event in _ONE_SIDED and _is_one_side(sentence, index, named, event):
        return None
    return _public(article, sentence, named, event, index)


def narrowed(article: Article, sentence: Sentence, index: int, event: Event) -> Event:
    """An act of one side on another without those to whom the tree gives no part in it, where it names who has one.

    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> text = "Portugal condemned Norway's attack on a Chilean ship."
    >>> article = read_article(Document(id="d", text=text, title=None, published=None, language="en"))
    >>> told = Event(document="d", event="ASSAULT", recipient=(Actor(text="Chilean", state="CHL", start=33, end=40),),
    ...              actor=(Actor(text="Portugal", state="PRT", start=0, end=8),
    ...                     Actor(text="Norway", state="NOR", start=19, end=25)))
    >>> [a.state for a in narrowed(article, article.sentences[0], 4, told).actor]
    ['NOR']
    """
    if not event.recipient:
        return event
    if sentence.tokens[index].lemma.lower() == "visit" and sentence.tokens[index].deprel == "amod":
        guests = _held(near(sentence, sentence.tokens[index].head, parties_of(article, sentence).agents))
        hosts = _codes(event.actor)
        if guests and guests == _codes(event.recipient) and not guests & hosts:
            return replace(event, actor=event.recipient, recipient=event.actor)  # "told the visiting Kenyan minister"
    named = parties_of(article, sentence)
    noun = sentence.tokens[index].upos != "VERB"
    does = holders(sentence, index, named) if noun else agents(sentence, index, named)
    does += [p for p in named.agents if p not in does and _stands_beside(sentence, index, p)]
    actor, recipient = event.actor, event.recipient
    if len(actor) > 1:
        actor = tuple(a for a in actor if _codes([a]) <= _held(does)) or actor
    if len(recipient) > 1:
        clause = clause_head(sentence, index)
        below = {t.index for t in sentence.subtree(index)}
        reached = [p for p in named.patients if p.head in below or clause_head(sentence, p.head) == clause]
        recipient = tuple(a for a in recipient if _codes([a]) <= _held(reached)) or recipient
    return replace(event, actor=actor, recipient=recipient)


def _is_drawn(sentence: Sentence, index: int) -> bool:
    """Whether somebody is told to have met with praise or blame, and no word says whose: "has drawn criticism"."""
    token = sentence.tokens[index]
    while token.deprel == "conj" and token.head >= 0 and token.upos == "NOUN":
        token = sentence.tokens[token.head]
    if token.upos != "NOUN" or token.deprel not in {"obj", "obl"} or token.head < 0:
        return False
    verb = sentence.tokens[token.head]
    whose = [c for t in (index, token.index, verb.index) for c in sentence.children(t, "nmod", "obl")]
    told = any(c.lemma.lower() in _BY for w in whose for c in sentence.children(w.index, "case"))
    owned = sentence.children(index, "nmod:poss", "amod", "compound")
    states = any(t.upos == "PROPN" or t.text[:1].isupper() for t in owned)
    return verb.lemma.lower() in modality.words("drawn") and not told and not states


def is_of_another(sentence: Sentence, index: int, named: Parties) -> bool:
    """Whether a journey is that of somebody who is no party: "praised the visit of the Aga Khan to Kenya"."""
    if sentence.tokens[index].lemma.lower() not in _JOURNEYS or sentence.tokens[index].upos != "NOUN":
        return False
    for owner in sentence.children(index, "nmod"):
        cases = {c.lemma.lower() for c in sentence.children(owner.index, "case")}
        below = {t.index for t in sentence.subtree(owner.index)}
        if owner.upos == "PROPN" and {"of", "by"} & cases and not any(p.head in below for p in named.patients):
            return True
    return False


def _is_charge(sentence: Sentence, index: int, event: Event) -> bool:
    """Whether an attack is only what one blames another for: "Oman blamed Qatar for the attack" is no fight of both."""
    token = sentence.tokens[index]
    if event.event != "ASSAULT" or event.recipient or token.upos != "NOUN" or token.deprel.split(":")[0] != "obl":
        return False
    return any(h.token == token.head and h.trigger.event == "ACCUSE" for h in find_triggers(sentence))


def _is_aim(sentence: Sentence, index: int, named: Parties, one: Actor) -> bool:
    """Whether an actor stands only in the clause that tells what a meeting is for: "met to review Omani exports"."""
    party = next((p for p in named.patients if one.start is not None and p.start <= one.start < p.end), None)
    inner = sentence.tokens[party.head] if party is not None else sentence.tokens[index]
    while inner.head >= 0 and inner.head != index:
        inner = sentence.tokens[inner.head]
    marks = {c.lemma.lower() for c in sentence.children(inner.index, "mark")}
    return inner.head == index and inner.deprel in {"advcl", "xcomp", "acl"} and "to" in marks


def _is_one_side(sentence: Sentence, index: int, named: Parties, event: Event) -> bool:
    """Whether doer and recipient stand side by side behind the act: "blamed both Oman and Kuwait"."""
    said = (*event.actor, *event.recipient)
    told = [p for a in said for p in named.patients if a.start is not None and p.start <= a.start < p.end]
    if len(told) != len(said) or len(told) != _PAIR or told[0] == told[1]:
        return False
    first, second = sorted((sentence.tokens[p.head] for p in told), key=lambda t: t.index)
    cases = {c.lemma.lower() for c in sentence.children(first.index, "case")}
    above = sentence.tokens[index].head if sentence.tokens[index].deprel == "obj" else index
    reached = first.head in (index, above) and (first.deprel == "obj" or bool(cases & _AT))
    return reached and second.deprel == "conj" and second.head == first.index


def _is_place(sentence: Sentence, party: Party) -> bool:
    """Whether a party stands behind "in" or "at"."""
    return bool(_WHERE & {c.lemma.lower() for c in sentence.children(party.head, "case")})


def _is_elsewhere(sentence: Sentence, index: int, named: Parties, party: Party) -> bool:
    """Whether a state only says where another does it: "in Oman the ruling party hailed the accord"."""
    head, passive = subject(sentence, index)
    if not _is_place(sentence, party) or passive or head is None or sentence.tokens[index].upos != "VERB":
        return False
    who = sentence.tokens[head]
    below = {t.index for t in sentence.subtree(head)}
    named_there = [p for p in named.patients if p.head in below and not _is_place(sentence, p)]
    return who.upos in {"NOUN", "PROPN"} and not named_there and party.head != head


def _public(article: Article, sentence: Sentence, named: Parties, event: Event, index: int) -> Event | None:
    """An event without the firms, private persons and languages among its doers; people that protest are theirs."""
    if event.event == "PROTEST":
        return event
    where = [p.start for p in named.patients if event.recipient and _is_elsewhere(sentence, index, named, p)]
    spans = [(m.start, m.end) for m in article.actors_in(sentence.index)]
    acting = [p.start for p in named.agents]

    def is_private(one: Actor) -> bool:
        own = next((s for s, e in spans if one.start is not None and s <= one.start < e), None)
        rebel = one.sector == "REB" and event.event in _DIPLOMATIC
        return (own is not None and own not in acting) or one.start in where or rebel

    kept = tuple(a for a in event.actor if not is_private(a))
    if len(kept) == len(event.actor):
        return event
    if not kept or len(_codes((*kept, *event.recipient))) < _PAIR:
        return None
    return replace(event, actor=kept)


def _codes(some: Sequence[Actor]) -> frozenset[str]:
    return frozenset(continuing(c) for a in some if (c := a.state or a.organisation))


def _held(some: Sequence[Party]) -> frozenset[str]:
    return frozenset(continuing(c) for p in some for c in p.codes)


def _stands_beside(sentence: Sentence, index: int, party: Party) -> bool:
    """Whether a party does an act with its doer: "attacked them together with Oman"."""
    token = sentence.tokens[party.head]
    if token.head != index or token.deprel.split(":")[0] not in {"obl", "nmod"}:
        return False
    return bool(_BESIDE & {c.lemma.lower() for c in sentence.children(token.index, "case")})


def has_session(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence names the meeting of a body: "the OPEC meeting"."""
    bodies = [m for m in article.actors_in(sentence.index) if m.organisation]
    for meeting in sentence.tokens:
        if meeting.lemma.lower() in _SESSIONS and meeting.upos in {"NOUN", "PROPN"}:
            below = {t.index for t in sentence.subtree(meeting.index)}
            if any(m.head in below for m in bodies):
                return True
    return False


_SESSIONS = frozenset({"meeting", "session", "summit", "conference", "assembly", "council"})
