"""Contradictions: words around a word for an act that say its opposite, or that a party named beside it has no part.

"Lifted its ban" is no sanction, "marked the battle's anniversary" no attack, "fought side by side" no fight with each
other, and what a correction takes back was not so. "Britain backs the American strike" reports one attacker, "Peruvian
growers asked" no state's request, and who is only named where something happens does nothing. Each holds whether rules
or the network found the act. What words do so are the rows of `en/constructions.csv` for an `act`.
"""

from collections.abc import Sequence
from dataclasses import replace

from comity.coding import constructions
from comity.coding.arguments import Parties, Party, agents, holders, near, parties_of, subject
from comity.coding.constructions import path
from comity.coding.statement import cases, clause_head
from comity.knowledge import plover
from comity.knowledge.states import continuing
from comity.knowledge.wording import says
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention
from comity.records.record import Actor, Event

_JOINT = frozenset({"REQUEST", "ACCUSE", "REJECT", "PROTEST"})
"""What two who are its subject together do to somebody else, unless each is said to do it to the other."""
_AGAINST = _JOINT | {"THREATEN", "SANCTION", "COERCE", "ASSAULT"}
_DIPLOMATIC = frozenset({"AGREE", "SUPPORT", "REJECT", "REQUEST", "CONCEDE", "SANCTION"})
"""What rebels say and offer is not said and offered by their state; whom they attack is attacked from there."""
_TALKS = frozenset({"CONSULT", "AGREE"})
_WHERE = frozenset({"in", "at"})
_PAIR = 2
_AIM = ".[@talks,meet] advcl,xcomp,acl &mark[to]"
"""What a meeting is for: "met to review Omani exports"."""
_VISITING = ".[visit] <amod"
_BESIDE = "obl:with/alongside/together/together_with,nmod:with/alongside/together/together_with"


def uncontradicted(article: Article, sentence: Sentence, index: int, event: Event) -> Event | None:
    """An event as the words around its trigger leave it: unchanged, turned to its opposite, or null where none is left.

    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> from comity.records.record import Actor
    >>> text = "The United States lifted its ban on arms for Vietnam."
    >>> article = read_article(Document(id="d", text=text, title=None, published=None, language="en"))
    >>> event = Event(document="d", event="SANCTION", actor=(Actor(text="", state="USA"), Actor(text="", state="VNM")))
    >>> uncontradicted(article, article.sentences[0], 5, event).event
    'RETREAT'
    """
    if is_taken_back(sentence) or _is_asked_of_others(sentence, index, event):
        return None
    if event.event == "ASSAULT" and not event.recipient and says("act", "side by side", sentence.text):
        return None
    sides = "apart" if event.recipient else "together"
    known_as = frozenset({event.event, f"{event.event}:{event.status}", f"{event.event}:{sides}"})
    idiom = constructions.found("act", sentence, index, known_as)
    if idiom is not None and idiom.yields == "none":
        return None
    if idiom is not None:
        kind, cameo = idiom.yields.split()
        quad, scale = plover.events()[kind].quad, plover.scale(kind)
        event = replace(event, event=kind, mode=None, cameo=cameo, quad_code=quad, event_scale=scale)
    sided = _sided(article, sentence, index, event)
    return public(article, sentence, index, sided) if sided is not None else None


def _is_asked_of_others(sentence: Sentence, index: int, event: Event) -> bool:
    """Whether a demand is not made on its recipient: "asked the Senate to delay its vote on the treaty with Peru"."""
    asked = constructions.found("asked", sentence, index, frozenset({event.event}))
    placed = [a for a in event.recipient if a.start is not None and a.end is not None]
    if asked is None or not placed:
        return False
    spans = [sentence.span(i) for i in asked.at]
    return not any((a.start or 0) < end and start < (a.end or 0) for a in placed for start, end in spans)


def is_taken_back(sentence: Sentence) -> bool:
    """Whether a sentence corrects what an earlier report said: what it repeats of that was not so."""
    return says("act", "correction", sentence.text)


def is_called_off(sentence: Sentence, trigger: int) -> bool:
    """Whether a verb, or the one above a noun, says that a journey does not take place: "cancelled a visit to Lima"."""
    return constructions.found("called off", sentence, trigger) is not None


def _sided(article: Article, sentence: Sentence, index: int, event: Event) -> Event | None:
    """An act of one side against another whose two parties stand together as its doers, with whoever it is who acts.

    Two that are the subject together act together. Of two that are not, the subject acts on the other; where neither
    is, nobody knows who acts.
    """
    token = sentence.tokens[index]
    clash = token.lemma.lower() in plover.noun_class("@clash")
    if event.event not in _AGAINST or token.upos != "VERB" or clash or event.recipient or len(event.actor) != _PAIR:
        return event
    doers = agents(sentence, index, parties_of(article, sentence))
    acting = [a for a in event.actor if _is_one_of(a, doers)]
    if len(acting) == _PAIR:
        return None if event.event in _JOINT and not says("act", "reciprocal", sentence.text) else event
    if not acting:
        return None
    return replace(event, actor=tuple(acting), recipient=tuple(a for a in event.actor if a not in acting))


def public(article: Article, sentence: Sentence, index: int, event: Event) -> Event | None:
    """An event without doers that are firms, private persons or, of what is said, rebels; null without two parties.

    What a meeting is for is not who meets.

    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> text = "Danish farmers asked Poland for more time."
    >>> article = read_article(Document(id="d", text=text, title=None, published=None, language="en"))
    >>> event = Event(document="d", event="REQUEST", actor=(Actor(text="Danish", state="DNK", start=0, end=6),),
    ...               recipient=(Actor(text="Poland", state="POL", start=21, end=27),))
    >>> public(article, article.sentences[0], 2, event) is None
    True
    """
    named = parties_of(article, sentence)
    doers, others = event.actor, event.recipient
    if event.event in _TALKS:
        aims = {t.index for i in path(_AIM).reached(sentence, index) for t in sentence.subtree(i)}
        aimed_at = [p for p in named.patients if p.head in aims]
        doers, others = (tuple(a for a in side if not _is_one_of(a, aimed_at)) for side in (doers, others))
    if event.event != "PROTEST":  # people that protest are theirs
        private = [m for m in article.actors_in(sentence.index) if all(p.start != m.start for p in named.agents)]
        where = [p for p in named.patients if others and _is_elsewhere(sentence, index, named, p)]
        doers = tuple(a for a in doers if not _is_one_of(a, [*private, *where]))
    if event.event in _DIPLOMATIC:
        doers = tuple(a for a in doers if a.sector != "REB")
    if (doers, others) == (event.actor, event.recipient):
        return event
    left = len(_codes((*doers, *others)))
    return replace(event, actor=doers, recipient=others) if doers and left >= _PAIR else None


def _is_elsewhere(sentence: Sentence, index: int, named: Parties, party: Party) -> bool:
    """Whether a state only says where another does it: "in Oman the ruling party hailed the accord"."""
    head, passive = subject(sentence, index)
    if passive or head is None or sentence.tokens[index].upos != "VERB" or not _WHERE & cases(sentence, party.head):
        return False
    below = {t.index for t in sentence.subtree(head)}
    doers = [p for p in named.patients if p.head in below and not _WHERE & cases(sentence, p.head)]
    return sentence.tokens[head].upos in {"NOUN", "PROPN"} and not doers and party.head != head


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
    visiting = path(_VISITING).reached(sentence, index)
    guests = _party_codes([p for i in visiting for p in near(sentence, i, named.agents)])
    if guests and guests == _codes(event.recipient) and not guests & _codes(event.actor):
        return replace(event, actor=event.recipient, recipient=event.actor)  # "told the visiting Kenyan minister"
    doers = (agents if token.upos == "VERB" else holders)(sentence, index, named)
    beside = path(_BESIDE).reached(sentence, index)  # "attacked them together with Oman"
    doers += [p for p in named.agents if p not in doers and p.head in beside]
    clause, below = clause_head(sentence, index), {t.index for t in sentence.subtree(index)}
    reached = [p for p in named.patients if p.head in below or clause_head(sentence, p.head) == clause]
    return replace(event, actor=_among(event.actor, doers), recipient=_among(event.recipient, reached))


def _among(side: tuple[Actor, ...], some: Sequence[Party]) -> tuple[Actor, ...]:
    """Of several actors those among some parties, where there are any."""
    codes = _party_codes(some)
    return tuple(a for a in side if _codes([a]) <= codes) or side


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


def _is_one_of(one: Actor, some: Sequence[Party | ActorMention]) -> bool:
    """Whether an actor is one of some parties or mentions of its sentence."""
    return one.start is not None and any(p.start <= one.start < p.end for p in some)


def _codes(some: Sequence[Actor]) -> frozenset[str]:
    return frozenset(continuing(c) for a in some if (c := a.state or a.organisation))


def _party_codes(some: Sequence[Party]) -> frozenset[str]:
    return frozenset(continuing(c) for p in some for c in p.codes)


def has_session(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence names the meeting of a body: "the OPEC meeting"."""
    bodies = {m.head for m in article.actors_in(sentence.index) if m.organisation}
    sessions = plover.noun_class("@session")
    meetings = [t for t in sentence.tokens if t.lemma.lower() in sessions and t.upos in {"NOUN", "PROPN"}]
    return any(t.index in bodies for meeting in meetings for t in sentence.subtree(meeting.index))
