"""Contradictions: words around a word for an act that tell its opposite, or that it is nobody's act against anybody.

"Lifted its ban" is no sanction, "marked the battle's anniversary" no attack, "fought side by side" no fight with each
other, and what a correction takes back was not so. Each holds whether rules or the network found the act.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from comity.coding.arguments import agents, parties_of
from comity.coding.bystanders import public
from comity.coding.statement import negated
from comity.knowledge import modality, plover
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.records.record import Event

_ONE_SIDED = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "PROTEST", "ASSAULT"})
_HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN"})
_SMALLER = frozenset({"cut", "lower", "reduce", "halve", "slash", "drop", "trim"})
"""What a state does to a tariff in another's favour, but to a quota against it."""
_WANTED = frozenset({"quota"})
_TOGETHER = re.compile(r"\bside by side\b|\bshoulder to shoulder\b|\balongside\b|\btogether\b", re.IGNORECASE)
_OWN_FAULT = frozenset({"regret", "apology", "apologise", "apologize", "remorse", "contrition", "sorrow"})
_ASKING = frozenset({"ask", "demand", "request", "urge", "beg", "implore", "order", "call", "insist", "want"})
_WELCOME = frozenset({"recognise", "recognize", "accept", "welcome", "support"})
_REFUSING = frozenset({"refuse", "decline", "reject", "stop", "cease", "fail", "no"})
_CROWD = frozenset({"demonstrator", "protester", "protestor", "rioter", "crowd", "mob"})
_PROCLAIMED = frozenset({"independence", "partnership", "friendship", "republic", "victory", "neutrality"})
"""What a state declares without a measure against another."""
_RECIPROCAL = re.compile(r"\beach other\b|\bone another\b|\bmutual(?:ly)?\b|\btraded?\b", re.IGNORECASE)
_JOINT = frozenset({"REQUEST", "ACCUSE", "REJECT", "PROTEST"})
"""What two who are its subject together do to somebody else, unless each is said to do it to the other."""
_PAST = frozenset({"anniversary", "centenary", "commemoration", "remembrance"})
_TAKEN_BACK = re.compile(
    r"^(?:a )?corrections?\b|\b(?:earlier|previous|our) (?:report|article|version|story)\b.{0,60}?"
    r"\b(?:said|stated|misstated|gave|wrong|mistaken|error)"
    r"|\b(?:we|have) correct(?:ed)?\b.{0,20}?\b(?:report|article)\b",
    re.IGNORECASE,
)


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
    if is_taken_back(sentence):
        return None
    if event.event in _HOSTILE and _is_past(sentence, index):
        return None
    if event.event in _HOSTILE | {"REQUEST"} and _is_renounced(sentence, index):
        return None
    if event.event in _ONE_SIDED and (_is_undone(sentence, index, event) or _is_inner(sentence, index, event)):
        return None
    if event.event == "ASSAULT" and not event.recipient and _TOGETHER.search(sentence.text):
        return None
    told = [sentence.tokens[index], *sentence.children(index, "obj")]
    if event.event == "ACCUSE" and any(t.lemma.lower() in _OWN_FAULT for t in told):
        return None
    if event.event == "SANCTION" and _is_eased(sentence, index):
        kind = plover.events()["RETREAT"]
        event = replace(
            event, event="RETREAT", mode=None, cameo="085", quad_code=kind.quad,
            event_scale=plover.scale("RETREAT", None),
        )  # fmt: skip
    sided = _sided(article, sentence, index, event)
    return public(article, sentence, index, sided) if sided is not None else None


def is_taken_back(sentence: Sentence) -> bool:
    """Whether a sentence corrects what an earlier report said: what it repeats of that was not so."""
    return _TAKEN_BACK.search(sentence.text) is not None


def _above(sentence: Sentence, index: int) -> Iterator[Token]:
    """The words above a noun up to the verb of its clause, that of which it is the subject left out."""
    token = sentence.tokens[index]
    while token.head >= 0 and token.upos not in {"VERB", "AUX"} and token.deprel != "nsubj":
        token = sentence.tokens[token.head]
        yield token


def _is_past(sentence: Sentence, index: int) -> bool:
    """Whether an act is told as what is remembered: "marked the 80th anniversary of the battle"."""
    return any(t.lemma.lower() in _PAST | modality.words("remember") for t in _above(sentence, index))


def _is_renounced(sentence: Sentence, index: int) -> bool:
    """Whether nobody will do it: "neither will use force", "renounce the threat of force"."""
    for token in [sentence.tokens[index], *sentence.ancestors(index)]:
        subjects = sentence.children(token.index, "nsubj")
        if any(s.lemma.lower() in {"neither", "nobody", "none"} for s in subjects):
            return True
        if any(c.lemma.lower() == "neither" for s in subjects for c in sentence.children(s.index)):
            return True
        if token.lemma.lower() in modality.words("renounce") and not negated(sentence, token.index):
            return True
        if token.deprel.split(":")[0] in {"ccomp", "advcl", "parataxis", "acl"}:
            break
    return False


def _is_undone(sentence: Sentence, index: int, event: Event) -> bool:
    """Whether an act was not done: "bears no blame", "if either asks for it", "will not invade", "stopped fighting".

    What somebody asks another to do is not done either: "demanded that Peru condemn the flight".
    """
    token = sentence.tokens[index]
    kids = sentence.children(index)
    if token.upos == "NOUN" and any(c.lemma.lower() == "no" and c.deprel == "det" for c in kids):
        return True
    if event.event == "REJECT" and token.upos == "VERB" and token.lemma.lower() in _WELCOME:
        # "had promised that it would recognise the island": only what is refused rejects
        return not any(negated(sentence, t.index) for t in (token, *sentence.ancestors(index))) and not any(
            t.lemma.lower() in _REFUSING for t in sentence.ancestors(index)
        )
    if event.event == "REQUEST" and any(c.lemma.lower() == "if" and c.deprel == "mark" for c in kids):
        return True
    if event.event in _HOSTILE and event.status in {"hypothetical", "planned"} and negated(sentence, index):
        return True
    above = sentence.tokens[token.head] if token.head >= 0 else None
    if above is None or above.upos != "VERB":
        return False
    word, relation = above.lemma.lower(), token.deprel.split(":")[0]
    if event.event == "ASSAULT" and relation == "xcomp" and word in modality.words("end"):
        return not negated(sentence, above.index)
    return event.event == "ACCUSE" and relation in {"ccomp", "xcomp"} and word in _ASKING


def _is_inner(sentence: Sentence, index: int, event: Event) -> bool:
    """Whether an act is not done to the other state: it is asked of one's own, or a crowd does it at home.

    "Asked the Senate to delay its vote on the treaty with Peru" asks nothing of Peru.
    """
    token = sentence.tokens[index]
    word = token.lemma.lower()
    if event.event in {"SANCTION", "COERCE"}:
        doers = {c.lemma.lower() for c in sentence.children(index, "nsubj")}
        if doers & _CROWD:
            return True
        given = {c.lemma.lower() for c in sentence.children(index, "obj")}
        if word in {"declare", "proclaim"} and given & _PROCLAIMED:
            return True
    if event.event not in {"REQUEST", "SANCTION"} or token.upos != "VERB" or word not in _ASKING:
        return False
    if not sentence.children(index, "xcomp"):
        return False
    asked = sentence.children(index, "obj") or [
        c
        for c in sentence.children(index, "obl")
        if any(k.lemma.lower() in {"on", "upon"} for k in sentence.children(c.index, "case"))
    ]
    asked = [c for c in asked if c.upos in {"NOUN", "PROPN"}]
    spans = [(t.start, t.end) for c in asked for t in sentence.subtree(c.index)]
    placed = [a for a in event.recipient if a.start is not None and a.end is not None]
    return bool(asked and placed) and not any(
        (a.start or 0) < end and start < (a.end or 0) for a in placed for start, end in spans
    )


def _is_eased(sentence: Sentence, index: int) -> bool:
    """Whether a restriction is taken away or made smaller: "lifted the embargo", "cuts the tariff"; no quota."""
    token = sentence.tokens[index]
    names = plover.noun_class("@sanctions")
    held = sentence.tokens[token.head] if token.deprel == "amod" and token.head >= 0 else token
    if held.lemma.lower() in names and held is not token:
        token, index = held, held.index  # "lowered its added tariff"
    if token.lemma.lower() in names:
        pairs = [(token, t) for t in _above(sentence, index)]
    else:
        pairs = [(c, token) for c in sentence.children(index, "obj", "nsubj:pass") if c.lemma.lower() in names]
    for noun, verb in pairs:
        word = verb.lemma.lower()
        if negated(sentence, verb.index):
            continue
        if word in modality.words("ease") or (word in _SMALLER and noun.lemma.lower() not in _WANTED):
            return True
    return False


def _sided(article: Article, sentence: Sentence, index: int, event: Event) -> Event | None:
    """An act of one side against another whose two parties stand together as its doers, with whoever it is who acts.

    Two that are the subject together act together. Of two that are not, the subject acts on the other; where neither
    is, nobody knows who acts.
    """
    verb = sentence.tokens[index].upos == "VERB"
    if event.event not in _ONE_SIDED or event.recipient or len(event.actor) != _PAIR or not verb:
        return event
    if sentence.tokens[index].lemma.lower() in plover.noun_class("@clash"):
        return event
    doers = agents(sentence, index, parties_of(article, sentence))
    named = [a for a in event.actor if a.start is not None]
    acting = [a for a in named if any(p.start <= (a.start or 0) < p.end for p in doers)]
    if len(acting) == _PAIR:
        apart = event.event in _JOINT and not _RECIPROCAL.search(sentence.text)
        return None if apart else event
    if not acting:
        return None
    return replace(event, actor=tuple(acting), recipient=tuple(a for a in event.actor if a not in acting))


_PAIR = 2


_CALLED_OFF = frozenset({"cancel", "postpone", "scrap", "refuse"})


def is_called_off(sentence: Sentence, trigger: int) -> bool:
    """Whether a verb, or the one above a noun, says that a journey does not take place: "cancelled a visit to Lima"."""
    token = sentence.tokens[trigger]
    if token.upos in {"NOUN", "PROPN"} and token.head >= 0:
        token = sentence.tokens[token.head]
    return token.lemma.lower() in _CALLED_OFF and not negated(sentence, token.index)
