"""Event verdicts: which events the rules and the frames together see in an article, and how likely each is.

The rules find who does what to whom along the tree; the network of frames sees which words report an act, and who takes
part in it. Whatever either finds is a candidate. What both say of it is weighed to the probability that a reader would
mark it so, which is the record's confidence. Of candidates that report the same act the likeliest is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from comity.coding.frames import Frame, Frames, parties
from comity.coding.sightings import LIKELY, WEAK, Side, actors_of, code_of, sentence_of, side
from comity.coding.statement import Status, status_of
from comity.coding.triggers import find_triggers, withholds, word_class
from comity.coding.votes import NONE, merged
from comity.coding.weighing import FEATURES, LONE, NEW, learnt_triggers, logit, named_as, probability
from comity.knowledge import plover
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Event

_NEAR, _SEEN, _PAIR = 3, 0.15, 2
_HOSTILE = 4
"""The quad of hostile acts that are done, not said."""
_MEANT = 0.7
"""How likely who is left out must take part where two stand without him: 29 of 30 such are right, of others half."""
_GIVEN = frozenset({"AID", "COOPERATE"})
_HELD_BACK = frozenset({"SANCTION", "REJECT"})
_REPORTED_AS_GIVEN = _GIVEN | {"AGREE", "CONSULT", "SUPPORT"}


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
    found = [(t, uncontradicted(article, t.sentence, t.token, t.event)) for t in reported_events(article)]
    given = [(t, e) for t, e in found if e is not None and not _withheld(t.sentence, t.token, e.event)]
    rules = [replace(t, event=e) for t, e in given]
    new = {(r.sentence.index, r.token) for r in rules if is_new(r.sentence, r.token)}
    seen = [f for f in frames.of("event") if (f.sentence, f.token) not in new]
    out = [_of_rule(r, frames) for r in rules]
    for frame in seen:
        sentence = sentence_of(article, frame)
        if is_sporting(sentence) or (frame.type == "ASSAULT" and is_ended(sentence, frame.token)):
            continue
        if _withheld(sentence, frame.token, frame.type):
            continue
        event = _event(article, frames, sentence, frame)
        event = uncontradicted(article, sentence, frame.token, event) if event is not None else None
        if event is not None and not _held_back(sentence, event, rules):
            out.append(_weighed(sentence, frame.token, event, frames, rules, 0.0))
    return _classified(article, out)


def _classified(article: Article, found: Sequence[Candidate]) -> list[Candidate]:
    """Candidates with what the classifier of pairs says of the two parties that the sentence names first."""
    asked: dict[tuple[int, Span, Span], dict[str, float] | None] = {}
    alone = len(article.sentences) == 1
    out = []
    for c in found:
        sides = [
            [
                (a.start, a.end)
                for a in side
                if a.start is not None and a.end is not None and c.sentence.start <= a.start < a.end <= c.sentence.end
            ]
            for side in (c.event.actor, c.event.recipient)
        ]
        ends = [side[0] for side in sides if side] if all(sides) else sides[0][:_PAIR]
        said = None
        if len(ends) == _PAIR:
            key = (c.sentence.index, ends[0], ends[1])
            if key not in asked:
                asked[key] = classifier.between(c.sentence, *ends, alone=alone)
            said = asked[key]
        kind = merged(c.event.event) or NONE
        more = (logit(said[kind]), logit(said[NONE]), 0.0) if said else (0.0, 0.0, 1.0)
        out.append(replace(c, features=(*c.features, *more)))
    return out


def _withheld(sentence: Sentence, token: int, kind: str) -> bool:
    return kind in _REPORTED_AS_GIVEN and withholds(sentence, token)


def _held_back(sentence: Sentence, event: Event, rules: list[ReportedEvent]) -> bool:
    """Whether what a word reports as given is reported to be held back: "froze its aid to Egypt" gives none."""
    if event.event not in _GIVEN:
        return False
    here = [r for r in rules if r.sentence.index == sentence.index and r.event.event in _HELD_BACK]
    return any(codes_of(r.event) & codes_of(event) for r in here)


def _of_rule(found: ReportedEvent, frames: Frames) -> Candidate:
    event = found.event
    own = next((f for f in frames.of("event") if (f.sentence, f.token) == (found.sentence.index, found.token)), None)
    if own is not None:
        event = replace(event, evidence=f"{event.evidence}; {_word(found.sentence, own, event.event)}")
    return _weighed(found.sentence, found.token, event, frames, [found], event.confidence)


def _word(sentence: Sentence, frame: Frame, kind: str) -> str:
    """What the network saw in a word, for the evidence."""
    return f"word: {sentence.tokens[frame.token].text.lower()} {kind} {frame.chance_of(kind):.2f}"


def _weighed(
    sentence: Sentence, token: int, event: Event, frames: Frames, rules: list[ReportedEvent], confidence: float
) -> Candidate:
    here = [f for f in frames.of("event") if f.sentence == sentence.index]
    own = next((f for f in here if f.token == token), None)
    near = [f for f in here if abs(f.token - token) <= _NEAR]
    seen = own.chance_of(event.event) if own else 0.0
    nearby = max((f.chance_of(event.event) for f in near), default=0.0)
    word = own.likely if own else 0.0
    best = own or max(near, key=lambda f: f.chance_of(event.event), default=None)
    sides = [[c for a in side if (c := code_of(a))] for side in (event.actor, event.recipient)]
    if best is None:
        first, second, cross = [0.0], [0.0], 0.0
    elif sides[1]:
        first = [best.first.get(c, 0.0) for c in sides[0]]
        second = [best.second.get(c, 0.0) for c in sides[1]]
        cross = min(
            max((best.second.get(c, 0.0) for c in sides[0]), default=0.0),
            max((best.first.get(c, 0.0) for c in sides[1]), default=0.0),
        )
    else:
        first = second = [max(best.first.get(c, 0.0), best.second.get(c, 0.0)) for c in sides[0]]
        cross = 0.0
    codes = codes_of(event)
    same = [r for r in rules if r.sentence.index == sentence.index and r.event.event == event.event]
    agreed = any(codes_of(r.event) == codes for r in same) and seen >= _SEEN
    understood = sum(a.antecedent is not None and a.start is None for a in (*event.actor, *event.recipient))
    features = (
        float(confidence > 0), confidence, logit(seen), logit(nearby), logit(word), logit(max(first, default=0)),
        logit(max(second, default=0)), logit(min(first, default=0)), logit(min(second, default=0)), cross,
        float(agreed), float(understood), float(max(0, len(codes) - 2)), float(event.status == "planned"),
        float(event.status == "hypothetical"), float(event.status == "denied"), float(sentence.part == "title"),
        float(bool(same) and seen >= _SEEN), *named_as(frames, codes),
    )  # fmt: skip
    return Candidate(sentence, token, event, features)


def _event(article: Article, frames: Frames, sentence: Sentence, frame: Frame) -> Event | None:
    """The event that a frame reports, or null where it lies between fewer than two parties."""
    first, second = parties(frame, frames.stage.codes, LIKELY, WEAK)
    if len(first | second) < 2:
        return None
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
    act = _act(sentence, frame)
    spans = [*does[0], *undergoes[0]]
    span = quote_of(sentence, frame.token, (), spans)
    return event_of(article, sentence, frame.token, span, act, actor, recipient)


def _surely_meant(frame: Frame, *sides: Side) -> list[Side]:
    """Sides without whom the sentence leaves out and the network is not sure of, as long as two parties are left."""
    kept = [(here, [a for a in meant if _part(frame, a) >= _MEANT]) for here, meant in sides]
    return kept if len({code_of(a) for s in kept for a in actors_of(*s)}) >= _PAIR else list(sides)


def _part(frame: Frame, actor: Actor) -> float:
    """How likely an actor takes part in a frame, on either side."""
    code = code_of(actor) or ""
    return max(frame.first.get(code, 0.0), frame.second.get(code, 0.0))


def _act(sentence: Sentence, frame: Frame) -> Act:
    """The act of a frame; mode and CAMEO code are the rules' where they see the same type at the word."""
    kind = frame.type
    status = _doubted(sentence, frame)
    said = _word(sentence, frame, kind)
    for hit in find_triggers(sentence):
        if hit.token == frame.token:
            act = act_of(sentence, hit)
            if act is not None and act.event == kind:
                return Act(kind, act.mode, act.cameo, status, f"{act.rule}; {said}")
    return Act(kind, None, plover.events()[kind].cameo, status, said)


def _doubted(sentence: Sentence, frame: Frame) -> Status:
    """The status that a frame reports; a hostile act that its words only make possible is not done."""
    status = cast("Status", frame.likeliest_status)
    bare = sentence.tokens[frame.token].xpos == "VB"  # "would use its powers to ban them"
    if bare and status == "occurred" and plover.events()[frame.type].quad == _HOSTILE:
        read = status_of(sentence, frame.token)
        return read if read == "hypothetical" else status
    return status
