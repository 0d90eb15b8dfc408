"""Verdicts: what rules and classifier together hold an event to be.

The rules find who does what to whom; the classifier reads the sentence with both parties marked and weighs the type
that the rules gave, or that there is no event at all. The evidence of each event says what either held.
"""

from dataclasses import dataclass, replace

from comity.coding.classifier import probabilities
from comity.coding.votes import NONE, TYPES, lexicon_votes, merged, rule_votes
from comity.knowledge import plover
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Event

_SURE = 0.6
"""How likely another type must be before it replaces the type of the rules."""
_UNLIKELY = 0.2
"""How unlikely the type of the rules must be then."""
_SILENT = 0.8
"""How likely "no event" must be before an event is left out."""
# the labelled sentences call imposed sanctions COERCE (by CAMEO 163), Comity SANCTION: docs/coding-decisions.md
_BY_RULE = frozenset({frozenset({"SANCTION", "COERCE"})})


@dataclass(frozen=True, slots=True)
class _Ends:
    source: tuple[int, int]
    target: tuple[int, int]


def judged(article: Article, events: list[Event]) -> list[Event]:
    """The events as the classifier leaves them: kept, of another type where it is sure, or left out."""
    out = []
    for event in events:
        verdict = _judge(article, event)
        if verdict is not None:
            out.append(verdict)
    return out


def _judge(article: Article, event: Event) -> Event | None:
    sentence = _sentence(article, event)
    ends = None if sentence is None else _ends(sentence, event)
    if sentence is None or ends is None:
        return event
    votes = [
        *lexicon_votes(sentence.text, ends.source, ends.target),
        *rule_votes(event.event, event.confidence),
    ]
    likely = probabilities(sentence.text, ends.source, ends.target, votes)
    own = merged(event.event) or event.event
    best = max(TYPES, key=lambda t: likely[t])
    if likely[NONE] >= _SILENT:
        return None
    evidence = f"{event.evidence}; classifier: {best} {likely[best]:.2f}"
    if best != own and likely[best] >= _SURE and likely[own] <= _UNLIKELY and {own, best} not in _BY_RULE:
        return _retyped(event, best, likely[best], evidence)
    return replace(event, confidence=round((event.confidence + likely[own]) / 2, 2), evidence=evidence)


def _retyped(event: Event, kind: str, probability: float, evidence: str) -> Event:
    name = "RETREAT" if kind == "YIELD" else kind
    return replace(
        event,
        event=name,
        mode=None,
        cameo=plover.events()[name].cameo,
        quad_code=plover.events()[name].quad,
        event_scale=plover.scale(name, None),
        confidence=round((0.5 + probability) / 2, 2),
        evidence=evidence,
    )


def _sentence(article: Article, event: Event) -> Sentence | None:
    if event.start is None:
        return None
    at = event.start
    return next((s for s in article.sentences if s.part == event.part and s.start <= at < s.end), None)


def _ends(sentence: Sentence, event: Event) -> _Ends | None:
    """The spans of the first party of either side in the sentence; null where one is only understood."""
    sides = (event.actor, event.recipient) if event.recipient else (event.actor[:1], event.actor[1:])
    spans = [_span(sentence, side) for side in sides]
    return None if spans[0] is None or spans[1] is None else _Ends(spans[0], spans[1])


def _span(sentence: Sentence, side: tuple[Actor, ...]) -> tuple[int, int] | None:
    for actor in side:
        if actor.start is None or actor.end is None:
            continue
        if sentence.start <= actor.start < actor.end <= sentence.end:
            return actor.start - sentence.start, actor.end - sentence.start
    return None
