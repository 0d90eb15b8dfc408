"""Contradictions: words around a word for an act that tell its opposite, or that it is nobody's act against anybody.

"Lifted its ban" is no sanction, "marked the battle's anniversary" no attack, "fought side by side" no fight with each
other, and what a correction takes back was not so. Each holds whether rules or the network found the act. What words
do so are the rows of `en/constructions.csv` for an `act`.
"""

from dataclasses import replace

from comity.coding import constructions
from comity.coding.arguments import agents, parties_of
from comity.coding.bystanders import public
from comity.knowledge import plover
from comity.knowledge.wording import says
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Event

_ONE_SIDED = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "PROTEST", "ASSAULT"})
_JOINT = frozenset({"REQUEST", "ACCUSE", "REJECT", "PROTEST"})
"""What two who are its subject together do to somebody else, unless each is said to do it to the other."""
_PAIR = 2


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


def is_taken_back(sentence: Sentence) -> bool:
    """Whether a sentence corrects what an earlier report said: what it repeats of that was not so."""
    return says("act", "correction", sentence.text)


def is_called_off(sentence: Sentence, trigger: int) -> bool:
    """Whether a verb, or the one above a noun, says that a journey does not take place: "cancelled a visit to Lima"."""
    return constructions.found("called off", sentence, trigger) is not None


def _is_asked_of_others(sentence: Sentence, index: int, event: Event) -> bool:
    """Whether a demand is not made on its recipient: "asked the Senate to delay its vote on the treaty with Peru"."""
    asked = constructions.found("asked", sentence, index, frozenset({event.event}))
    placed = [a for a in event.recipient if a.start is not None and a.end is not None]
    if asked is None or not placed:
        return False
    spans = [sentence.span(i) for i in asked.at]
    return not any((a.start or 0) < end and start < (a.end or 0) for a in placed for start, end in spans)


def _sided(article: Article, sentence: Sentence, index: int, event: Event) -> Event | None:
    """An act of one side against another whose two parties stand together as its doers, with whoever it is who acts.

    Two that are the subject together act together. Of two that are not, the subject acts on the other; where neither
    is, nobody knows who acts.
    """
    token = sentence.tokens[index]
    clash = token.lemma.lower() in plover.noun_class("@clash")
    if event.event not in _ONE_SIDED or token.upos != "VERB" or clash or event.recipient or len(event.actor) != _PAIR:
        return event
    doers = agents(sentence, index, parties_of(article, sentence))
    acting = [a for a in event.actor if a.start is not None and any(p.start <= a.start < p.end for p in doers)]
    if len(acting) == _PAIR:
        return None if event.event in _JOINT and not says("act", "reciprocal", sentence.text) else event
    if not acting:
        return None
    return replace(event, actor=tuple(acting), recipient=tuple(a for a in event.actor if a not in acting))
