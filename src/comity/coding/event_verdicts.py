"""Event verdicts: which events the rules and the frames together see in an article, and how likely each is.

The rules find who does what to whom along the tree; the network of frames sees which words report an act, and who takes
part in it. Whatever either finds is a candidate. What both say of it is weighed to the probability that a reader would
mark it so, which is the record's confidence. Of candidates that report the same act the likeliest is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import cast

from comity.coding import classifier
from comity.coding.arguments import parties_of
from comity.coding.classifier import Span
from comity.coding.contradictions import directed, narrowed, uncontradicted
from comity.coding.events import (
    Act,
    ReportedEvent,
    act_of,
    blamed,
    event_of,
    is_ended,
    is_sporting,
    quote_of,
    reported_events,
    without_headlines,
)
from comity.coding.frames import UNSEEN, Frame, Frames, parties
from comity.coding.sightings import LIKELY, WEAK, Side, actors_of, code_of, side
from comity.coding.statement import Status, status_of
from comity.coding.triggers import find_triggers, withholds, word_class
from comity.coding.weighing import FEATURES, LONE, NEW, features, learnt_triggers, logit, named_as, probability
from comity.knowledge import plover
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Event

_NEAR, _SEEN, _PAIR = 3, 0.15, 2
"""How far apart words may report one act, how likely a type must be to be seen at a word."""
_HOSTILE = 4
"""The quad of hostile acts that are done, not said."""
_MEANT = 0.7
"""How likely who is left out must take part where two stand without him: 29 of 30 such are right, of others half."""
_GIVEN = frozenset({"AID", "COOPERATE"})
_REFUSING = frozenset({"SANCTION", "REJECT"})
_REPORTED_AS_GIVEN = _GIVEN | {"AGREE", "CONSULT", "SUPPORT"}


Between = Callable[[int, Span, Span], dict[str, float] | None]
"""What the classifier says of two spans of a sentence, given by its number."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that may be reported, the word that reports it, and what speaks for it."""

    sentence: Sentence
    token: int
    event: Event
    features: tuple[float, ...]


def find_events(article: Article, frames: Frames, least: float) -> list[Event]:
    """The events of an article at least so likely, in the order of the text, each with its probability."""
    kind = LONE if len(article.sentences) == 1 else "event"
    weighed = [(_likely(kind, c), c) for c in candidates(article, frames)]
    return choose_events(article, weighed, least)


def _likely(kind: str, candidate: Candidate) -> float:
    """The probability of a candidate; by a trigger that the weights do not know, at least what rules alone give it."""
    weighed = probability(kind, candidate.features)
    if not candidate.features[0] or not is_new(candidate.sentence, candidate.token):
        return weighed
    return max(weighed, probability(NEW, by_rule_alone(candidate.features)))


def is_new(sentence: Sentence, token: int) -> bool:
    """Whether a word has a row in the table of triggers that was added since the weights were learnt."""
    key = sentence.tokens[token].lemma.lower(), word_class(sentence.tokens[token])
    return key in plover.triggers() and key not in learnt_triggers()


def by_rule_alone(features: Sequence[float]) -> tuple[float, ...]:
    """Of the features of an event those that no network has a part in."""
    named = dict(zip(FEATURES["event"], features, strict=True))
    return tuple(named[name] for name in FEATURES[NEW])


def choose_events(article: Article, weighed: Sequence[tuple[float, Candidate]], least: float) -> list[Event]:
    """The events of candidates with their probabilities: of those that report one act the likeliest."""
    by_rule: dict[tuple[int, int], list[Event]] = {}
    for _, c in weighed:
        if c.features[0] > 0:
            by_rule.setdefault((c.sentence.index, c.token), []).append(c.event)
    kept: dict[int, list[tuple[float, Candidate]]] = {}
    for likely, c in sorted(weighed, key=lambda w: (-w[0], w[1].event.start or 0, w[1].token)):
        here = kept.setdefault(c.sentence.index, [])
        if likely >= least and not any(_same(c, k) for _, k in here):
            here.append((likely, replace(c, event=directed(c.event, by_rule.get((c.sentence.index, c.token), ())))))
    found = [
        replace(narrowed(article, c.sentence, c.token, c.event), confidence=round(p, 2))
        for p, c in chain.from_iterable(kept.values())
    ]
    return without_headlines(article, sorted(found, key=lambda e: (e.part != "title", e.start or 0, e.end or 0)))


def _same(first: Candidate, second: Candidate) -> bool:
    """Whether two candidates of a sentence are one act: by the same word, a verb and its object, or the same type."""
    if first.token == second.token:
        return True
    a, b = codes_of(first.event), codes_of(second.event)
    if a == b and (_is_object(first, second) or _is_object(second, first)):
        return True
    if first.event.event != second.event.event or not (a <= b or b <= a):
        return False
    less, more = (first, second) if a <= b else (second, first)
    # "congratulated Israel and Lebanon on concluding an accord": the two do one thing, who congratulates another
    doers = {code_of(x) for x in more.event.actor}
    return bool(less.event.recipient) or not more.event.recipient or bool(doers & codes_of(less.event))


def _is_object(noun: Candidate, verb: Candidate) -> bool:
    """Whether a noun reports one act with its verb: "impose sanctions"."""
    token = noun.sentence.tokens[noun.token]
    return token.head == verb.token and token.deprel == "obj"


def codes_of(event: Event) -> frozenset[str]:
    """The parties of an event, a former state as its successor."""
    return frozenset(code for a in (*event.actor, *event.recipient) if (code := code_of(a)))


def candidates(article: Article, frames: Frames) -> list[Candidate]:
    """Every event that the rules or the frames find."""
    rules: list[ReportedEvent] = []
    for found in reported_events(article):
        event = uncontradicted(article, found.sentence, found.token, found.event)
        if event is not None and not _withheld(found.sentence, found.token, event.event):
            rules.append(replace(found, event=event))
    new = {(r.sentence.index, r.token) for r in rules if is_new(r.sentence, r.token)}
    alone = len(article.sentences) == 1
    between = cache(lambda sentence, *ends: classifier.between(article.sentences[sentence], *ends, alone=alone))
    out = []
    for found in rules:
        own = _frame_at(frames, found.sentence, found.token)
        seen = "; " + _word(found.sentence, own, found.event.event) if own.likely else ""
        event = replace(found.event, evidence=f"{found.event.evidence}{seen}")
        out.append(_weighed(frames, rules, replace(found, event=event), found.event.confidence, between))
    for frame in (f for f in frames.of("event") if (f.sentence, f.token) not in new):
        sentence = article.sentences[frame.sentence]
        event = _event(article, frames, sentence, frame)
        if event is not None and not _is_refused(sentence, event, rules):
            out.append(_weighed(frames, rules, ReportedEvent(sentence, frame.token, event), 0.0, between))
    return out


def _withheld(sentence: Sentence, token: int, kind: str) -> bool:
    return kind in _REPORTED_AS_GIVEN and withholds(sentence, token)


def _is_refused(sentence: Sentence, event: Event, rules: list[ReportedEvent]) -> bool:
    """Whether what a word reports as given is reported to be refused: "froze its aid to Egypt" gives none."""
    refused = (r for r in rules if r.sentence.index == sentence.index and r.event.event in _REFUSING)
    return event.event in _GIVEN and any(codes_of(r.event) & codes_of(event) for r in refused)


def _frame_at(frames: Frames, sentence: Sentence, token: int) -> Frame:
    here = (f for f in frames.of("event") if (f.sentence, f.token) == (sentence.index, token))
    return next(here, UNSEEN)


def _word(sentence: Sentence, frame: Frame, kind: str) -> str:
    """What the network saw in a word, for the evidence."""
    return f"word: {sentence.tokens[frame.token].text.lower()} {kind} {frame.chance_of(kind):.2f}"


def _weighed(
    frames: Frames, rules: list[ReportedEvent], found: ReportedEvent, confidence: float, between: Between
) -> Candidate:
    """An event with what speaks for it; `confidence` is that of the rules, 0 where they did not find it."""
    sentence, event = found.sentence, found.event
    own = _frame_at(frames, sentence, found.token)
    near = [f for f in frames.of("event") if f.sentence == sentence.index and abs(f.token - found.token) <= _NEAR]
    best = own if own.likely else max(near, key=lambda f: f.chance_of(event.event), default=UNSEEN)
    does, undergoes = ([c for a in side if (c := code_of(a))] for side in (event.actor, event.recipient))
    first, second, swapped = [best.first.get(c, 0.0) for c in does], [best.second.get(c, 0.0) for c in undergoes], 0.0
    if undergoes:
        turned = ((best.second, does), (best.first, undergoes))
        swapped = min(max((side.get(c, 0.0) for c in codes), default=0.0) for side, codes in turned)
    else:
        first = second = [max(best.first.get(c, 0.0), best.second.get(c, 0.0)) for c in does]
    seen, codes = own.chance_of(event.event), codes_of(event)
    same = [r for r in rules if r.sentence.index == sentence.index and r.event.event == event.event]
    both = bool(same) and seen >= _SEEN
    values = {
        "rule": confidence > 0,
        "rule confidence": confidence,
        "seen": logit(seen),
        "seen nearby": logit(max((f.chance_of(event.event) for f in near), default=0.0)),
        "word": logit(own.likely),
        "actor": logit(max(first, default=0)),
        "recipient": logit(max(second, default=0)),
        "weakest actor": logit(min(first, default=0)),
        "weakest recipient": logit(min(second, default=0)),
        "swapped": swapped,
        "agreed": both and any(codes_of(r.event) == codes for r in same),
        "understood": sum(a.antecedent is not None and a.start is None for a in (*event.actor, *event.recipient)),
        "many": max(0, len(codes) - _PAIR),
        "planned": event.status == "planned",
        "hypothetical": event.status == "hypothetical",
        "denied": event.status == "denied",
        "title": sentence.part == "title",
        "both": both,
        **named_as(frames, codes),
        **_between_parties(sentence, event, between),
    }
    return Candidate(sentence, found.token, event, features("event", values))


def _between_parties(sentence: Sentence, event: Event, between: Between) -> dict[str, float]:
    """What the classifier of pairs says of the two parties that the sentence names first."""
    sides = [
        [(a.start, a.end) for a in side if a.start is not None and a.end is not None and _is_in(sentence, a)]
        for side in (event.actor, event.recipient)
    ]
    ends = [side[0] for side in sides] if all(sides) else sides[0][:_PAIR]
    likely = between(sentence.index, *ends) if len(ends) == _PAIR else None
    if likely is None:
        return {"between": 0.0, "nothing": 0.0, "unnamed": 1.0}
    kind = classifier.merged(event.event) or classifier.NONE
    return {"between": logit(likely[kind]), "nothing": logit(likely[classifier.NONE]), "unnamed": 0.0}


def _is_in(sentence: Sentence, one: Actor) -> bool:
    return sentence.start <= (one.start or 0) < (one.end or 0) <= sentence.end


def _event(article: Article, frames: Frames, sentence: Sentence, frame: Frame) -> Event | None:
    """The event that a frame reports; null where words around contradict it, or it has fewer than two parties."""
    over = frame.type == "ASSAULT" and is_ended(sentence, frame.token)
    if over or is_sporting(sentence) or _withheld(sentence, frame.token, frame.type):
        return None
    first, second = parties(frame, frames.stage.codes, LIKELY, WEAK)
    named = parties_of(article, sentence)
    does, undergoes = (side(article, sentence, frame.token, sorted(s), named) for s in (first, second))
    if frame.type == "ACCUSE":
        undergoes = blamed(sentence, frame.token, undergoes[0]), undergoes[1]
    does, undergoes = _surely_meant(frame, does, undergoes)
    if not first:
        does, undergoes = undergoes, does
    actor, recipient = (actors_of(*s) for s in (does, undergoes))
    if len({code_of(a) for a in (*actor, *recipient)}) < _PAIR:
        return None
    span = quote_of(sentence, frame.token, (), [*does[0], *undergoes[0]])
    event = event_of(article, sentence, frame.token, span, _act(sentence, frame), actor, recipient)
    return uncontradicted(article, sentence, frame.token, event)


def _surely_meant(frame: Frame, *sides: Side) -> list[Side]:
    """Sides without whom the sentence leaves out and the network is not sure of, as long as two parties are left."""

    def is_sure(actor: Actor) -> bool:
        return max(likely.get(code_of(actor) or "", 0.0) for likely in (frame.first, frame.second)) >= _MEANT

    kept = [(here, [a for a in meant if is_sure(a)]) for here, meant in sides]
    return kept if len({code_of(a) for s in kept for a in actors_of(*s)}) >= _PAIR else list(sides)


def _act(sentence: Sentence, frame: Frame) -> Act:
    """The act of a frame; mode and CAMEO code are the rules' where they see the same type at the word."""
    kind, seen, status = frame.type, _word(sentence, frame, frame.type), frame.likeliest_status
    bare = sentence.tokens[frame.token].xpos == "VB"  # "would use its powers to ban them": possible, not done
    if bare and status == "occurred" and plover.events()[kind].quad == _HOSTILE:
        status = "hypothetical" if status_of(sentence, frame.token) == "hypothetical" else status
    ruled = (act_of(sentence, hit) for hit in find_triggers(sentence) if hit.token == frame.token)
    act = next((a for a in ruled if a is not None and a.event == kind), None)
    rule, mode, cameo = (f"{act.rule}; ", act.mode, act.cameo) if act else ("", None, plover.events()[kind].cameo)
    return Act(kind, mode, cameo, cast("Status", status), f"{rule}{seen}")
