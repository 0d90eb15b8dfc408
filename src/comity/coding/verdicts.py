"""Verdicts: what the rules and the frames together hold told, and how likely it is.

The rules find who does what to whom along the tree; the network of frames sees which words tell an act, a journey, an
amount or an instrument, and who takes part in it. Whatever either finds is a candidate. What both say of it is weighed
to the probability that a reader would mark it so, which is the record's confidence. Of candidates that tell the same
thing the likeliest is kept.
"""

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from comity.coding import classifier
from comity.coding.agreements import code_agreements
from comity.coding.arguments import parties_of
from comity.coding.bystanders import directed, is_of_another, narrowed
from comity.coding.classifier import Span
from comity.coding.contradictions import is_taken_back, uncontradicted
from comity.coding.events import (
    Act,
    ToldEvent,
    act_of,
    blamed,
    is_ended,
    is_sporting,
    quote_of,
    told_events,
    without_headlines,
)
from comity.coding.figures import code_figures
from comity.coding.frames import Frame, Frames, parties
from comity.coding.instruments import is_law, kind_of
from comity.coding.sightings import (
    LIKELY,
    WEAK,
    Side,
    actors_of,
    agreement_of,
    code_of,
    figure_of,
    frames_of,
    is_meeting,
    sentence_of,
    side,
    visits_of,
)
from comity.coding.statement import Status, day_of_act, place_of, source, status_of
from comity.coding.triggers import find_triggers, withholds
from comity.coding.visits import code_visits
from comity.coding.votes import NONE, merged
from comity.coding.weighing import logit, probability, together
from comity.knowledge import plover
from comity.knowledge.states import continuing, states
from comity.knowledge.wording import said
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Agreement, Event, Figure, Record, Visit

NAMED = ("rarest", "placed", "persons", "bodies", "parties")
"""How the report names the parties of a candidate, whatever its kind (`_named_as`)."""
BETWEEN = ("between", "nothing", "unnamed")
"""What the classifier of pairs says of an event: its type, no event at all; or that the sentence names one party."""
FEATURES = {
    "event": (
        "rule", "rule confidence", "told", "told anywhere", "word", "actor", "recipient", "weakest actor",
        "weakest recipient", "swapped", "agreed", "understood", "many", "planned", "hypothetical", "denied", "title",
        "both", *NAMED, *BETWEEN,
    ),
    "visit": (
        "rule", "rule confidence", "told", "visitor", "host", "denied", "understood", "named", "dated", "both",
        "office", "meeting", *NAMED,
    ),
    "figure": (
        "rule", "rule confidence", "told", "reporter", "partner", "measure", "change", "understood", "both", *NAMED,
    ),
    "agreement": (
        "rule", "rule confidence", "told", "weakest", "strongest", "stage", "many", "dated", "named", "both", "general",
        "again", "general again", "title", *NAMED,
    ),
}  # fmt: skip

LONE = "lone event"
"""Events of a report of one sentence are weighed apart: the network sees little there, and the rules see all."""
FEATURES[LONE] = FEATURES["event"]

R = TypeVar("R", Visit, Figure, Agreement)
_NEAR, _SEEN, _EVEN, _PAIR = 3, 0.15, 0.5, 2
_MEANT = 0.7
"""How likely who is left out must take part where two stand without him: 29 of 30 such are right, of others half."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that may be told, the word that tells it, and what speaks for it."""

    sentence: Sentence
    token: int
    event: Event
    features: tuple[float, ...]


def find_events(article: Article, frames: Frames, least: float) -> list[Event]:
    """The events of an article at least so likely, in the order of the text, each with its probability."""
    kind = LONE if len(article.sentences) == 1 else "event"
    weighed = [(probability(kind, c.features), c) for c in candidates(article, frames)]
    return choose_events(article, weighed, least)


def choose_events(article: Article, weighed: Sequence[tuple[float, Candidate]], least: float) -> list[Event]:
    """The events of candidates with their probabilities: of those that tell one act the likeliest."""
    kept: list[tuple[float, Candidate]] = []
    for likely, one in sorted(weighed, key=lambda w: (-w[0], w[1].event.start or 0, w[1].token)):
        if likely >= least and not any(_same(one, other) for _, other in kept):
            here = (c for _, c in weighed if c.sentence is one.sentence and c.token == one.token)
            by_rule = [c.event for c in here if c.features[0] > 0]
            kept.append((likely, replace(one, event=directed(one.event, by_rule))))
    found = [replace(narrowed(article, c.sentence, c.token, c.event), confidence=round(p, 2)) for p, c in kept]
    return without_headlines(article, sorted(found, key=lambda e: (e.part != "title", e.start or 0, e.end or 0)))


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates tell one act: the same word, a verb and its object, or the same type in a sentence."""
    if one.sentence.index != other.sentence.index:
        return False
    if one.token == other.token:
        return True
    a, b = codes_of(one.event), codes_of(other.event)
    if a == b and (_is_object(one, other) or _is_object(other, one)):
        return True
    if one.event.event != other.event.event or not (a <= b or b <= a):
        return False
    less, more = (one, other) if a <= b else (other, one)
    # "congratulated Israel and Lebanon on concluding an accord": the two do one thing, who congratulates another
    doers = {code_of(x) for x in more.event.actor}
    return bool(less.event.recipient) or not more.event.recipient or bool(doers & codes_of(less.event))


def _is_object(noun: Candidate, verb: Candidate) -> bool:
    """Whether a noun tells with its verb one act: "impose sanctions"."""
    token = noun.sentence.tokens[noun.token]
    return token.head == verb.token and token.deprel == "obj"


def codes_of(event: Event) -> frozenset[str]:
    """The parties of an event, a former state as its successor."""
    return frozenset(code for a in (*event.actor, *event.recipient) if (code := code_of(a)))


def candidates(article: Article, frames: Frames) -> list[Candidate]:
    """Every event that the rules or the frames find."""
    found = [(t, uncontradicted(article, t.sentence, t.token, t.event)) for t in told_events(article)]
    given = [(t, e) for t, e in found if e is not None and not _withheld(t.sentence, t.token, e.event)]
    rules = [replace(t, event=e) for t, e in given]
    seen = frames.of("event")
    out = [_of_rule(told, frames) for told in rules]
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
    return kind in _TOLD_AS_GIVEN and withholds(sentence, token)


def _held_back(sentence: Sentence, event: Event, rules: list[ToldEvent]) -> bool:
    """Whether what a word tells as given is told to be held back: "froze its aid to Egypt" gives none."""
    if event.event not in _GIVEN:
        return False
    here = [r for r in rules if r.sentence.index == sentence.index and r.event.event in _HELD_BACK]
    return any(codes_of(r.event) & codes_of(event) for r in here)


_HELD_BACK = frozenset({"SANCTION", "REJECT"})
_GIVEN = frozenset({"AID", "COOPERATE"})
_TOLD_AS_GIVEN = _GIVEN | {"AGREE", "CONSULT", "SUPPORT"}


def _of_rule(told: ToldEvent, frames: Frames) -> Candidate:
    event = told.event
    own = next((f for f in frames.of("event") if (f.sentence, f.token) == (told.sentence.index, told.token)), None)
    if own is not None:
        event = replace(event, evidence=f"{event.evidence}; {_word(told.sentence, own, event.event)}")
    return _weighed(told.sentence, told.token, event, frames, [told], event.confidence)


def _word(sentence: Sentence, frame: Frame, kind: str) -> str:
    """What the network saw in a word, for the evidence."""
    return f"word: {sentence.tokens[frame.token].text.lower()} {kind} {frame.chance_of(kind):.2f}"


def _weighed(
    sentence: Sentence, token: int, event: Event, frames: Frames, rules: list[ToldEvent], confidence: float
) -> Candidate:
    here = [f for f in frames.of("event") if f.sentence == sentence.index]
    own = next((f for f in here if f.token == token), None)
    near = [f for f in here if abs(f.token - token) <= _NEAR]
    told = own.chance_of(event.event) if own else 0.0
    anywhere = max((f.chance_of(event.event) for f in near), default=0.0)
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
    agreed = any(codes_of(r.event) == codes for r in same) and told >= _SEEN
    understood = sum(a.antecedent is not None and a.start is None for a in (*event.actor, *event.recipient))
    features = (
        float(confidence > 0), confidence, logit(told), logit(anywhere), logit(word), logit(max(first, default=0)),
        logit(max(second, default=0)), logit(min(first, default=0)), logit(min(second, default=0)), cross,
        float(agreed), float(understood), float(max(0, len(codes) - 2)), float(event.status == "planned"),
        float(event.status == "hypothetical"), float(event.status == "denied"), float(sentence.part == "title"),
        float(bool(same) and told >= _SEEN), *_named_as(frames, codes),
    )  # fmt: skip
    return Candidate(sentence, token, event, features)


def _named_as(frames: Frames, codes: Collection[str]) -> tuple[float, ...]:
    """How the report names parties.

    The rarest one how often; whether one only as a place, one only as a person, one that is no state; and how many
    parties the report names.
    """
    held = [c for c in frames.stage.scene.candidates if c.code in codes]
    kinds = [{kind for _, _, kind, _ in c.places} for c in held]
    return (
        math.log1p(min((len(c.places) for c in held), default=0)), float({"place"} in kinds),
        float({"person"} in kinds), float(any(c not in states() for c in codes)),
        math.log(max(1, len(frames.stage.codes))),
    )  # fmt: skip


def _event(article: Article, frames: Frames, sentence: Sentence, frame: Frame) -> Event | None:
    """The event that a frame tells, or null where it lies between fewer than two parties."""
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
    actor, recipient = (actors_of(*told) for told in (does, undergoes))
    if len({code_of(a) for a in (*actor, *recipient)}) < _PAIR:
        return None
    act = _act(article, sentence, frame)
    spans = [*does[0], *undergoes[0]]
    start, end = quote_of(sentence, frame.token, (), spans)
    date, basis = day_of_act(article, sentence, frame.token, act.status)
    return Event(
        **source(article, sentence, start, end),
        actor=actor,
        recipient=recipient,
        event=act.event,
        mode=act.mode,
        context=plover.contexts_of([t.lemma for t in sentence.tokens if start <= t.start and t.end <= end]),
        cameo=act.cameo,
        quad_code=plover.events()[act.event].quad,
        event_scale=plover.scale(act.event, act.mode),
        status=act.status,
        date=date,
        date_basis=basis,
        place=place_of(article, sentence, frame.token),
        evidence=act.rule,
    )


def _surely_meant(frame: Frame, *sides: Side) -> list[Side]:
    """Sides without whom the sentence leaves out and the network is not sure of, as long as two parties are left."""
    kept = [(here, [a for a in meant if _part(frame, a) >= _MEANT]) for here, meant in sides]
    return kept if len({code_of(a) for s in kept for a in actors_of(*s)}) >= _PAIR else list(sides)


def _part(frame: Frame, one: Actor) -> float:
    """How likely an actor takes part in a frame, on either side."""
    code = code_of(one) or ""
    return max(frame.first.get(code, 0.0), frame.second.get(code, 0.0))


def _act(article: Article, sentence: Sentence, frame: Frame) -> Act:
    """The act of a frame; mode and CAMEO code are the rules' where they see the same type at the word."""
    kind = frame.type
    status = _doubted(article, sentence, frame)
    said = _word(sentence, frame, kind)
    for hit in find_triggers(sentence):
        if hit.token == frame.token:
            act = act_of(article, sentence, hit)
            if act is not None and act.event == kind:
                return Act(kind, act.mode, act.cameo, status, f"{act.rule}; {said}")
    return Act(kind, None, plover.events()[kind].cameo, status, said)


def _doubted(article: Article, sentence: Sentence, frame: Frame) -> Status:
    """The status that a frame tells; a hostile act that its words only make possible is not done."""
    status = cast("Status", frame.likeliest_status)
    bare = sentence.tokens[frame.token].xpos == "VB"  # "would use its powers to ban them"
    if bare and status == "occurred" and plover.events()[frame.type].quad == _HOSTILE:
        told = status_of(article, sentence, frame.token)
        return told if told == "hypothetical" else status
    return status


_HOSTILE = 4


def find_visits(article: Article, frames: Frames, least: float) -> list[Visit]:
    """The journeys of an article, of the rules and of the frames, at least so likely."""
    return _found(visit_candidates(article, frames), least)


def find_figures(article: Article, frames: Frames, least: float) -> list[Figure]:
    """The amounts between two parties, of the rules and of the frames, at least so likely."""
    return _found(figure_candidates(article, frames), least)


def find_agreements(article: Article, frames: Frames, least: float) -> list[Agreement]:
    """The instruments of an article, of the rules and of the frames, at least so likely."""
    found = agreement_candidates(article, frames)
    weighed = [(max(r.confidence, _TERM) if _stands_alone(r) else _likely(r.kind, x), r, x[0] > 0) for r, x in found]
    return [_worded(r) for r in choose(weighed, least)]


def _worded(record: Agreement) -> Agreement:
    """An agreement that keeps what its quotes say of its acts, so that nobody has to read them again."""
    acts = tuple(replace(a, wording=said("treaty", a.quote)) for a in record.acts)
    return replace(record, wording=said("treaty", record.quote or ""), acts=acts)


_TERM = 0.6
"""What the rules' word on a term is worth at least: they are seldom wrong there, and the network reads no terms."""


def _stands_alone(record: Agreement) -> bool:
    """Whether the rules' word holds: a term told by a clause is read by rules alone, and so is what has no parties."""
    return len(record.parties) < _PAIR or any((record.duration, record.renewal, record.notice))


def _found(found: Sequence[tuple[R, tuple[float, ...]]], least: float) -> list[R]:
    return choose([(_likely(r.kind, x), r, x[0] > 0) for r, x in found], least)


def _likely(kind: str, features: tuple[float, ...]) -> float:
    """The probability of a candidate; of what both rules and network see at least the share of such that is right.

    Of an amount not where its sentence leaves one end out: .44 of 25 such were right, .77 of 39 others. So is an
    instrument of which the rules found act, parties and stage: .70 of 27 such were right, and a sentence that stands
    alone is not what the network has learnt to read.
    """
    rule, confidence, both = features[0] > 0, features[1], _both(kind, features)
    sure = rule and (both or (kind in {"agreement", "visit"} and confidence >= _SURE))
    return max(probability(kind, features), together(kind)) if sure else probability(kind, features)


_SURE = 0.9


def _both(kind: str, features: tuple[float, ...]) -> bool:
    """Whether rules and network both see it; one end of an amount that is left out both may guess from what is near."""
    guessed = kind == "figure" and features[FEATURES[kind].index("understood")] == 1
    return features[FEATURES[kind].index("both")] > 0 and not guessed


def choose(weighed: Sequence[tuple[float, R, bool]], least: float) -> list[R]:
    """The records of candidates, each with its probability and whether the rules found it.

    What the rules tell apart stays apart. A frame that tells what a record of the rules tells makes that one likelier,
    since the rules read more of it (terms, titles, purposes); of two frames that tell one thing the likelier is kept.
    """
    kept: list[tuple[float, R, bool]] = []
    for likely, one, rule in sorted(weighed, key=lambda w: (not w[2], -w[0], w[1].start or 0)):
        twin = None if rule else next((k for k in kept if _SAME[one.kind](one, k[1])), None)
        if twin is None:
            kept.append((likely, one, rule))
        elif likely > twin[0]:
            kept[kept.index(twin)] = (likely, twin[1], twin[2])
    out = [replace(r, confidence=round(p, 2)) for p, r, _ in kept if p >= least]
    return sorted(out, key=lambda r: (r.part != "title", r.start or 0))


def _either(
    article: Article, seen: Sequence[Frame], rules: Iterable[R], alone: Iterable[tuple[R, Frame]]
) -> list[tuple[float, R, Frame | None]]:
    """The rules' records (1), each with the surest frame whose word stands in it, then those of a frame alone (0)."""

    def holds(one: R) -> bool:
        if isinstance(one, Agreement) and is_law(one.title or ""):
            return False
        own = (s for s in article.sentences if s.part == one.part and s.start <= (one.start or 0) < s.end)
        return not any(map(is_taken_back, own))

    told: list[tuple[float, R, Frame | None]] = []
    told += [(1.0, r, max(frames_of(article, r, seen), key=lambda f: f.likely, default=None)) for r in rules]
    told += [(0.0, r, f) for r, f in alone]
    return [t for t in told if holds(t[1])]


def visit_candidates(article: Article, frames: Frames) -> list[tuple[Visit, tuple[float, ...]]]:
    """The journeys that either finds, with what speaks for them."""
    seen = frames.of("visit")
    out: list[tuple[Visit, tuple[float, ...]]] = []
    alone = [
        (r, f)
        for f in seen
        if not is_of_another(s := sentence_of(article, f), f.token, parties_of(article, s))
        for r in visits_of(article, frames, f)
    ]
    for rule, record, best in _either(article, seen, code_visits(article), alone):
        guests = {c for a in record.visitors if (c := code_of(a))}
        host = continuing(record.host or "")
        features = (
            rule, rule * record.confidence, logit(best.likely if best else 0.0),
            logit(max((best.first.get(c, 0.0) for c in guests), default=0.0) if best else 0.0),
            logit(best.second.get(host, 0.0) if best else 0.0), float(record.status == "denied"),
            float(sum(a.start is None for a in record.visitors)), float(any(a.name for a in record.visitors)),
            float(record.date is not None),
            float(bool(rule) and _sees(best)),
            float(record.level is not None),
            float(not rule and best is not None and is_meeting(article, best)), *_named_as(frames, {*guests, host}),
        )  # fmt: skip
        out.append((replace(record, evidence=_why(article, record, rule, best)), features))
    return out


def _sees(frame: Frame | None) -> bool:
    """Whether the network holds that a word tells something."""
    return frame is not None and frame.likely >= _EVEN


def _why(article: Article, record: Record, rule: float, best: Frame | None) -> str:
    """What speaks for a record: the rule and its confidence, and the word and the parties that the network saw."""
    said = [f"{record.evidence} {record.confidence:.2f}"] if rule else []
    if best is not None:
        word = sentence_of(article, best).tokens[best.token].text.lower()
        sides = (best.first, best.second) if best.kind != "agreement" else (best.first,)
        told = [
            f"{c} {side_[c]:.2f}" for side_ in sides for c in sorted(side_, key=lambda k: -side_[k])[: 3 - len(sides)]
        ]
        said.append(f"word: {word} {best.likely:.2f}, {', '.join(told)}")
    return "; ".join(said)


def _same_visit(a: Visit, b: Visit) -> bool:
    """Whether two records tell of one journey: from one state to one host, with days that do not contradict."""
    guests = [{c for x in v.visitors if (c := code_of(x))} for v in (a, b)]
    if continuing(a.host or "") != continuing(b.host or "") or not guests[0] & guests[1]:
        return False
    return not (a.date and b.date) or a.date.startswith(b.date) or b.date.startswith(a.date)


def figure_candidates(article: Article, frames: Frames) -> list[tuple[Figure, tuple[float, ...]]]:
    """The amounts that either finds, with what speaks for them."""
    seen = frames.of("figure")
    out: list[tuple[Figure, tuple[float, ...]]] = []
    alone = [(r, f) for f in seen if (r := figure_of(article, frames, f)) is not None]
    for rule, record, best in _either(article, seen, code_figures(article), alone):
        ends = continuing(record.reporter or ""), continuing(record.partner or "")
        features = (
            rule, rule * record.confidence, logit(best.likely if best else 0.0),
            logit(best.first.get(ends[0], 0.0) if best else 0.0), logit(best.second.get(ends[1], 0.0) if best else 0.0),
            best.types.get(record.measure or "", 0.0) if best else 0.0, float(record.change_pct is not None),
            float(sum(not _named(article, record, e) for e in ends)), float(bool(rule) and _sees(best)),
            *_named_as(frames, set(ends)),
        )  # fmt: skip
        out.append((replace(record, evidence=_why(article, record, rule, best)), features))
    return out


def _named(article: Article, record: Record, code: str) -> bool:
    """Whether the quote of a record names a party."""
    return any(
        m.part == record.part
        and (record.start or 0) <= m.start < (record.end or 0)
        and code in map(continuing, m.states)
        for m in article.actors
    )


def _same_figure(a: Figure, b: Figure) -> bool:
    if a.value is None and a.change_pct == b.change_pct and {a.reporter, a.partner} == {b.reporter, b.partner}:
        return True  # the change that a record of the rules has with its value
    return (a.value, a.change_pct) == (b.value, b.change_pct) or (
        a.part == b.part and a.value == b.value and (a.start or 0) < (b.end or 0) and (b.start or 0) < (a.end or 0)
    )


def agreement_candidates(article: Article, frames: Frames) -> list[tuple[Agreement, tuple[float, ...]]]:
    """The instruments that either finds, with what speaks for them."""
    seen = frames.of("agreement")
    out: list[tuple[Agreement, tuple[float, ...]]] = []
    alone = [(r, f) for f in seen if (r := agreement_of(article, frames, f)) is not None]
    found = _either(article, seen, code_agreements(article), alone)
    for rule, record, best in found:
        likely = [best.first.get(continuing(c), 0.0) if best else 0.0 for c in record.parties]
        general = not _content(record)
        again = any(
            _before(other, record) and set(other.parties) & set(record.parties)
            for _, other, _ in found
            if other is not record
        )
        features = (
            rule, rule * record.confidence, logit(best.likely if best else 0.0), logit(min(likely, default=0.0)),
            logit(max(likely, default=0.0)), float(record.stage is not None), float(max(0, len(record.parties) - 2)),
            float(record.date is not None), float((record.title or "")[:1].isupper()),
            float(bool(rule) and _sees(best)), float(general), float(again), float(general and again),
            float(record.part == "title"), *_named_as(frames, set(map(continuing, record.parties))),
        )  # fmt: skip
        out.append((replace(record, evidence=_why(article, record, rule, best)), features))
    return out


def _before(a: Agreement, b: Agreement) -> bool:
    return (a.part != "title", a.start or 0) < (b.part != "title", b.start or 0)


def _content(record: Agreement) -> frozenset[str]:
    """The words of a title that tell it from others: "the pact" has none."""
    words = {w.strip(".,;:'\"").lower() for w in (record.title or "").split()}
    return frozenset(
        w for w in words if len(w) > _SHORT and kind_of(w) is None and kind_of(w.removesuffix("s")) is None
    )


_SHORT = 3


def _same_agreement(a: Agreement, b: Agreement) -> bool:
    """Whether two records tell of one instrument: they overlap, or share parties and what the title says."""
    ends = set(a.parties), set(b.parties)
    touching = a.part == b.part and (a.start or 0) < (b.end or 0) and (b.start or 0) < (a.end or 0)
    if touching and ends[0] & ends[1]:
        return True
    words = _content(a), _content(b)
    if ends[0] <= ends[1] or ends[1] <= ends[0]:
        return bool(words[0] & words[1]) or not (words[0] and words[1])
    return False


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "visit": _same_visit,
    "figure": _same_figure,
    "agreement": _same_agreement,
}
