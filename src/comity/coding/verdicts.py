"""Verdicts: what rules and classifier together hold an event to be.

The rules find who does what to whom; the classifier reads the sentence with both parties marked and weighs the type
that the rules gave, or that there is no event at all. Where the rules find nothing between the states of a sentence
that has a word for an act, the classifier is asked alone. The evidence of each event says what either held.
"""

from dataclasses import replace

from comity.coding.arguments import Party, parties_of
from comity.coding.classifier import probabilities
from comity.coding.events import code_events, is_sporting
from comity.coding.statement import date_of, place_of, source
from comity.coding.votes import NONE, TYPES, lexicon_votes, merged, rule_votes, told_as
from comity.knowledge import plover
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Event

_SURE = 0.6
"""How likely another type must be before it replaces the type of the rules."""
_UNLIKELY = 0.4
"""How unlikely the type of the rules must be then."""
_SILENT = 0.9
"""How likely "no event" must be before an event is left out."""
_ALONE = 0.9
"""How likely a type must be before the classifier's word alone makes an event."""
_NOTHING = 0.5
"""How likely "no event" must be one way round for the other way round not to be asked."""
_SHARE = 0.6
"""What such an event's probability is worth beside one that the rules found too."""
# the labelled sentences call imposed sanctions COERCE (by CAMEO 163), Comity SANCTION: docs/coding-decisions.md
_BY_RULE = frozenset({frozenset({"SANCTION", "COERCE"})})


Spans = tuple[tuple[int, int], tuple[int, int]]
"""Where source and target stand in a sentence."""


def find_events(article: Article) -> list[Event]:
    """The events of an article, in the order of the text: those of the rules as judged, and what they overlooked."""
    found = code_events(article)
    told = {(e.part, s.index) for e in found if (s := _sentence(article, e)) is not None}
    more = [e for s in article.sentences if (s.part, s.index) not in told for e in _overlooked(article, s)]
    known = {(e.event, _codes(e)) for e in found}
    more = [e for e in more if (e.event, _codes(e)) not in known]
    return sorted([*judged(article, found), *more], key=lambda e: (e.part != "title", e.start or 0))


def _codes(event: Event) -> frozenset[str | None]:
    return frozenset(a.state or a.organisation for a in (*event.actor, *event.recipient))


def _overlooked(article: Article, sentence: Sentence) -> list[Event]:
    """What the classifier is sure of between the first two parties of a sentence in which the rules found nothing."""
    if sentence.part == "title" or is_sporting(sentence):
        return []
    parties = [p for p in parties_of(article, sentence).agents if p.start < p.end]
    pair = [parties[0], next((p for p in parties if not p.codes & parties[0].codes), None)] if parties else []
    if not pair or pair[0] is None or pair[1] is None:
        return []
    for does, undergoes in ((pair[0], pair[1]), (pair[1], pair[0])):
        spans = [(p.start - sentence.start, p.end - sentence.start) for p in (does, undergoes)]
        words = lexicon_votes(sentence.text, spans[0], spans[1])
        if not any(words):
            return []
        likely = probabilities(sentence.text, spans[0], spans[1], [*words, *rule_votes(None, 0.0)])
        kind = max(TYPES, key=lambda t: likely[t])
        if likely[kind] >= _ALONE:
            # who is named first mostly acts
            return [_alone(article, sentence, likely[kind], kind, does, undergoes)]
        if likely[NONE] > _NOTHING:
            return []
    return []


def _alone(article: Article, sentence: Sentence, probability: float, kind: str, does: Party, undergoes: Party) -> Event:
    name = told_as(kind)
    head = next((t.index for t in sentence.tokens if t.head < 0), 0)
    date, basis = date_of(article, sentence, head)
    return Event(
        **source(article, sentence, sentence.start, sentence.end),
        confidence=round(probability * _SHARE, 2),
        actor=does.actors,
        recipient=undergoes.actors,
        event=name,
        context=plover.contexts_of([t.lemma for t in sentence.tokens]),
        cameo=plover.events()[name].cameo,
        quad_code=plover.events()[name].quad,
        event_scale=plover.scale(name, None),
        status="planned" if name == "AGREE" else "occurred",
        date=date,
        date_basis=basis,
        place=place_of(article, sentence, head),
        evidence=f"rules: nothing; classifier: {kind} {probability:.2f}",
    )


def judged(article: Article, events: list[Event]) -> list[Event]:
    """The events as the classifier leaves them: kept, of another type where it is sure, or left out."""
    return [verdict for event in events if (verdict := _judge(article, event)) is not None]


_HELD_BACK = frozenset({"SANCTION", "REJECT"})
_GIVEN = frozenset({"AID", "COOPERATE", "CONSULT", "SUPPORT"})
"""What the words of a sentence say is held back the classifier, which sees aid and talks in it, does not make given."""


def _judge(article: Article, event: Event) -> Event | None:
    sentence = _sentence(article, event)
    ends = None if sentence is None else _ends(sentence, event)
    if sentence is None or ends is None:
        return event
    votes = [*lexicon_votes(sentence.text, *ends), *rule_votes(event.event, event.confidence)]
    likely = probabilities(sentence.text, *ends, votes)
    own = merged(event.event) or event.event
    best = max(TYPES, key=lambda t: likely[t])
    if likely[NONE] >= _SILENT:
        return None
    evidence = f"{event.evidence}; classifier: {best} {likely[best]:.2f}"
    # what is planned is AGREE, THREATEN or CONCEDE by the codebook, whatever the act itself would be
    free = event.status == "occurred" and not (own in _HELD_BACK and best in _GIVEN)
    if free and best != own and likely[best] >= _SURE and likely[own] <= _UNLIKELY and {own, best} not in _BY_RULE:
        return _retyped(event, best, likely[best], evidence)
    return replace(event, confidence=round((event.confidence + likely[own]) / 2, 2), evidence=evidence)


def _retyped(event: Event, kind: str, probability: float, evidence: str) -> Event:
    name = told_as(kind)
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


def _ends(sentence: Sentence, event: Event) -> Spans | None:
    """The spans of the first party of either side in the sentence; null where one is only understood.

    So it is where the same words stand for both: "the two ministers".
    """
    sides = (event.actor, event.recipient) if event.recipient else (event.actor[:1], event.actor[1:])
    source_span, target_span = (_span(sentence, side) for side in sides)
    if source_span is None or target_span is None or source_span == target_span:
        return None
    return source_span, target_span


def _span(sentence: Sentence, side: tuple[Actor, ...]) -> tuple[int, int] | None:
    for actor in side:
        if actor.start is None or actor.end is None:
            continue
        if sentence.start <= actor.start < actor.end <= sentence.end:
            return actor.start - sentence.start, actor.end - sentence.start
    return None
