"""Events: what states do to and with each other, in PLOVER's terms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from comity.coding import constructions
from comity.coding.arguments import (
    Parties,
    Party,
    agents,
    holders,
    merge,
    near,
    parties_of,
    patients,
    shared,
    subject,
    travellers,
)
from comity.coding.constructions import path
from comity.coding.statement import Status, cases, clause_span, day_of_act, place_of, source, status_of
from comity.coding.triggers import Hit, find_triggers, trigger
from comity.knowledge import plover
from comity.knowledge.plover import Trigger
from comity.knowledge.wording import says
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Event

_QUOTE_WORDS = 60  # longer clauses are quoted from their first party to their last alone
_JOINT = frozenset({"mutual", "topic"})
"""Frames of acts in which all take part."""
_PAIR = 2
_MATERIAL = frozenset({2, 4})
"""The quads of what is done, not only said."""
_HARM = "obj[@harm]"
_WHOSE = "obj[@harm] acl? nmod:poss,amod,compound,nmod:by/from,obl:by/from/agent"


@dataclass(frozen=True, slots=True)
class Act:
    """What a trigger reports, given its tense, its negation and the verbs above it."""

    event: str
    mode: str | None
    cameo: str
    status: Status
    rule: str


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """An event with its sentence and the token that reports it."""

    sentence: Sentence
    token: int
    event: Event


def code_events(article: Article) -> list[Event]:
    """The events that an article reports between at least two states or organisations, in text order."""
    return without_headlines(article, [r.event for r in reported_events(article)])


def reported_events(article: Article) -> list[ReportedEvent]:
    """Every event that the rules find, also where an article repeats it."""
    return [found for sentence in article.sentences for found in _sentence_events(article, sentence)]


def without_headlines(article: Article, events: list[Event]) -> list[Event]:
    """The events, each act once, without those of the headline that the text reports in full.

    What a later sentence repeats of the same parties, at no other date, is the same act.
    """
    span = article.document.title_span

    def heads(event: Event) -> bool:
        inside = span is not None and event.start is not None and span[0] <= event.start < span[1]
        return event.part == "title" or inside

    in_text = {_key(e) for e in events if not heads(e)}
    dates: dict[tuple[str, frozenset[str | None]], list[str | None]] = {}
    kept = []
    for event in events:
        known = dates.setdefault(_key(event), [])
        if (heads(event) and _key(event) in in_text) or (known and event.date in (None, *known)):
            continue
        known.append(event.date)
        kept.append(event)
    return kept


def _key(event: Event) -> tuple[str, frozenset[str | None]]:
    # by the state of the time: what the Soviet Union did is not what Russia does
    return event.event, frozenset(a.state or a.organisation for a in (*event.actor, *event.recipient))


def _sentence_events(article: Article, sentence: Sentence) -> list[ReportedEvent]:
    """One event for the same type between the same parties in a sentence: the surest, then the first."""
    parties = parties_of(article, sentence)
    if len(_codes(parties.patients)) < _PAIR or is_sporting(sentence):
        return []
    hits = find_triggers(sentence)
    found = list(_said(article, sentence, parties, hits))
    found += [event for hit in hits if (event := _event(article, sentence, hit, parties, hits)) is not None]
    surest: dict[object, ReportedEvent] = {}
    for one in sorted(found, key=lambda r: -r.event.confidence):
        surest.setdefault(_key(one.event), one)
    return sorted(surest.values(), key=lambda r: sentence.tokens[r.token].start)


def _said(article: Article, sentence: Sentence, parties: Parties, hits: list[Hit]) -> Iterator[ReportedEvent]:
    """Requests and accusations reported as "X says Y must …", "X said Y had attacked", whatever the verb.

    What is asked for is no hit any more; what is done to others than the speaker is reported, not blamed on anybody.
    """
    by_token = {h.token: h for h in hits}
    for token in sentence.tokens:
        hit = by_token.get(token.index)
        act = act_of(sentence, hit) if hit is not None else None
        known_as = frozenset({f"{act.event}:{act.status}"} if act is not None else ())
        idiom = constructions.found("said", sentence, token.index, known_as)
        if idiom is None:
            continue
        speakers, doers = agents(sentence, idiom.at[0], parties), agents(sentence, token.index, parties)
        addressed = _without(doers, speakers)
        event, cameo, *mode = idiom.yields.split()
        if event == "REQUEST":
            below = {t.index for t in sentence.subtree(token.index)}
            hits[:] = [h for h in hits if h.token not in below]
        elif hit is not None and _without(_recipients(sentence, hit, parties, doers), speakers):
            continue
        if speakers and addressed:
            said = Act(event, mode[0] if mode else None, cameo, "occurred", f"said: {token.text.lower()}")
            speaks = Hit(idiom.at[0], trigger(event, cameo, mode=said.mode, frame="tell"))
            yield _record(article, sentence, speaks, speakers, addressed, said)


def _codes(some: Iterable[Party]) -> frozenset[str]:
    return frozenset(c for p in some for c in p.codes)


def _without(some: list[Party], own: list[Party]) -> list[Party]:
    """The parties that are of another state than some."""
    return [p for p in some if p.codes - _codes(own)]


def is_sporting(sentence: Sentence) -> bool:
    """Whether a sentence reports a match: two words of sport, or one beside a win, a loss or a score."""
    lemmas = {t.lemma.lower() for t in sentence.tokens}
    words, played = lemmas & plover.noun_class("@sport"), lemmas & plover.noun_class("@played")
    if len(words) > 1 or (words and played) or (len(played) > 1 and played & plover.noun_class("@game")):
        return True
    return bool(words or played) and says("act", "score", sentence.text)


def _event(article: Article, sentence: Sentence, hit: Hit, parties: Parties, hits: list[Hit]) -> ReportedEvent | None:
    kind = hit.trigger
    if _governed(sentence, hit, hits) or is_ended(sentence, hit.token):
        return None
    actors, recipients = _ends(sentence, hit, parties)
    if kind.event == "ACCUSE":
        recipients = blamed(sentence, hit.token, recipients, parties.patients)
    if not actors or len(_codes([*actors, *recipients])) < 2:
        return None
    act, frame = act_of(sentence, hit), plover.frames()[kind.frame]
    # what several do side by side, and not together, is done to none of them
    if act is None or not (recipients or frame.together or plover.events()[act.event].quad == 1):
        return None
    if kind.frame == "host" and act.event == "AGREE":
        actors, recipients = recipients, actors  # who will receive a guest agrees to it; who came was the guest
    elif kind.frame == "host" and constructions.found("talked", sentence, hit.token):
        actors, recipients, act = [*actors, *recipients], [], replace(act, mode=None, cameo="046")
    together = kind.frame in _JOINT or (kind.event == "AGREE" and kind.frame == "meta")
    if together and len(_codes(actors)) > 1:
        recipients = []  # "X and Y agreed to share what they know of Z": with each other
    return _record(article, sentence, hit, actors, recipients, act)


def is_ended(sentence: Sentence, index: int) -> bool:
    """Whether a word for a war stands where it is said to end: "ended the war between Iran and Iraq" is no attack."""
    return constructions.found("ended", sentence, index) is not None


def blamed(sentence: Sentence, index: int, recipients: list[Party], among: tuple[Party, ...] = ()) -> list[Party]:
    """Who is blamed for what is condemned: whose or by whom the attack was, not on whom."""
    harm = {t.index for i in path(_HARM).reached(sentence, index) for t in sentence.subtree(i)}
    harm -= {t.index for t in sentence.subtree(index)} if index in harm else set()  # "the blast, which it blamed on X"
    whose = {t.index for i in path(_WHOSE).reached(sentence, index) for t in sentence.subtree(i)}
    return [p for p in recipients if p.head not in harm - whose] or [p for p in among if p.head in whose]


def _record(
    article: Article, sentence: Sentence, hit: Hit, actors: list[Party], recipients: list[Party], act: Act
) -> ReportedEvent:
    doers, undergoers = merge(actors), merge(recipients, _codes(actors))
    span = quote_of(sentence, hit.token, hit.objects, [*actors, *recipients])
    event = event_of(article, sentence, hit.token, span, act, doers, undergoers)
    return ReportedEvent(sentence, hit.token, replace(event, confidence=_confidence(hit.trigger, act)))


def event_of(
    article: Article,
    sentence: Sentence,
    token: int,
    span: tuple[int, int],
    act: Act,
    doers: tuple[Actor, ...],
    undergoers: tuple[Actor, ...],
) -> Event:
    """The record of an act that a word reports, quoted by a span, with its day, place and contexts."""
    start, end = span
    date, basis = day_of_act(article, sentence, token, act.status)
    return Event(
        **source(article, sentence, start, end),
        actor=doers,
        recipient=undergoers,
        event=act.event,
        mode=act.mode,
        context=plover.contexts_of([t.lemma for t in sentence.tokens if start <= t.start and t.end <= end]),
        cameo=act.cameo,
        quad_code=plover.events()[act.event].quad,
        event_scale=plover.scale(act.event, act.mode),
        status=act.status,
        date=date,
        date_basis=basis,
        place=place_of(article, sentence, token),
        evidence=act.rule,
    )


def act_of(sentence: Sentence, hit: Hit) -> Act | None:
    """The act that a trigger reports in its sentence, by PLOVER's rules for what is planned, refused or threatened.

    Planned consulting, support, cooperation and aid are AGREE, planned withdrawals CONCEDE, planned or possible
    coercion THREATEN, and cooperation that is refused REJECT. Null where the words only wish for it.
    """
    kind, status = hit.trigger, status_of(sentence, hit.token)
    if constructions.found("purpose", sentence, hit.token):
        return None
    rule = f"{kind.frame}: {sentence.tokens[hit.token].text.lower()}"
    special = constructions.found("kind", sentence, hit.token, frozenset({kind.event}))
    if special is not None:
        name, cameo = special.yields.split()
        kind = replace(kind, event=name, mode=None, cameo=cameo)
    event, inner = plover.events()[kind.event], _complement(sentence, hit)
    if kind.event == "AGREE" and kind.frame == "meta":
        return _promise(sentence, hit, inner, status, rule)
    if kind.event == "REQUEST" or (kind.event == "REJECT" and kind.frame == "meta"):
        wanted = plover.events()[inner.trigger.event].wanted if inner is not None else None
        return Act(kind.event, kind.mode or wanted, kind.cameo, status, rule)
    turned = {"planned": event.planned_as, "hypothetical": event.possible_as}.get(status)
    if turned is not None:
        mode = plover.threatened(kind.event, kind.mode) if turned == "THREATEN" else None
        return Act(turned, mode, event.cameo_planned, status, rule)
    if status == "denied" and event.side == "cooperation":
        if constructions.found("advice", sentence, hit.token):
            return None  # "should not travel": advice is no refusal
        # PLOVER: negated cooperation is its refusal; coders of its sentences do likewise ("did not attend")
        return Act("REJECT", None, event.cameo_refused, "occurred", rule)
    mode = kind.mode if kind.mode in plover.modes().get(kind.event, {}) else None
    return Act(kind.event, mode, kind.cameo, status, rule)


def _promise(sentence: Sentence, hit: Hit, inner: Hit | None, status: Status, rule: str) -> Act:
    """What is promised: planned cooperation or, where it is a hostile act, a threat."""
    agreed = Act("AGREE", None, hit.trigger.cameo, status, rule)
    if status == "denied":
        return Act("REJECT", None, plover.events()["AGREE"].cameo_refused, "occurred", rule)
    if inner is None:
        return agreed
    kind = plover.events()[inner.trigger.event]
    if kind.side == "cooperation":
        return replace(agreed, cameo=kind.cameo_planned)
    if kind.planned_as != "THREATEN":
        return agreed
    if not constructions.found("threat", sentence, hit.token):
        return replace(agreed, cameo=plover.events()["AGREE"].cameo)
    mode = plover.threatened(inner.trigger.event, inner.trigger.mode)
    return Act("THREATEN", mode, kind.cameo_planned, status, rule)


def _complement(sentence: Sentence, hit: Hit) -> Hit | None:
    """The act that a governing word promises, refuses or asks for."""
    below = {t.index for t in sentence.subtree(hit.token)} - {hit.token}
    return next((h for h in find_triggers(sentence) if h.token in below), None)


def _governed(sentence: Sentence, hit: Hit, hits: list[Hit]) -> bool:
    """Whether another trigger above speaks for this one: what is asked for, promised or blamed is no event."""
    others = {h.token: h.trigger for h in hits}
    inner, own = hit.token, {"itself", hit.trigger.pos.lower()}
    for outer in sentence.ancestors(inner):
        above = others.get(outer.index)
        known = {"trigger", above.event, f"frame:{above.frame}", *own} if above is not None else frozenset[str]()
        idiom = constructions.found("governed", sentence, inner, frozenset(known))
        if idiom is not None:
            return idiom.yields == "governed"
        inner, own = outer.index, own - {"itself"}
    return False


def _ends(sentence: Sentence, hit: Hit, parties: Parties) -> tuple[list[Party], list[Party]]:
    """Actors and recipients of a trigger."""
    frame = plover.frames()[hit.trigger.frame]
    if hit.trigger.pos == "NOUN":
        return _noun_ends(sentence, hit, parties)
    actors = agents(sentence, hit.token, parties)
    if hit.trigger.frame == "visit":
        actors = travellers(sentence, actors)
    if hit.trigger.frame in _JOINT and not actors:
        # "a treaty between X and Y was signed", "the accord signed by X and Y"
        return [p for i in (*hit.objects, hit.token) for p in shared(sentence, i, parties, alone=False)], []
    recipients = _recipients(sentence, hit, parties, actors)
    return (recipients, actors) if frame.turned else (actors, recipients)


def _recipients(sentence: Sentence, hit: Hit, parties: Parties, actors: list[Party]) -> list[Party]:
    frame = plover.frames()[hit.trigger.frame]
    among = parties.agents if frame.public else None
    if frame.only:
        # whom one speaks with, not what one speaks of; to whom one sells, not what or where
        reached = _behind(sentence, hit.token, parties, frame.only)
        among = tuple(p for p in parties.agents if p in reached)
    prefer = hit.trigger.prepositions | frame.to
    return patients(sentence, hit.token, parties, actors, prefer=prefer, among=among, far=frame.far)


def _noun_ends(sentence: Sentence, hit: Hit, parties: Parties) -> tuple[list[Party], list[Party]]:
    frame, index = plover.frames()[hit.trigger.frame], hit.token
    token = sentence.tokens[index]
    actors = holders(sentence, index, parties, of=frame.of)
    if hit.trigger.frame in _JOINT:
        actors = shared(sentence, index, parties)
        if len(_codes(actors)) > 1:
            return actors, []
    relation = token.deprel.split(":")[0]
    if not actors and relation in {"obj", "obl"} and not constructions.found("circumstance", sentence, index):
        actors = agents(sentence, token.head, parties)
    if not actors:
        return [], []
    reached = _behind(sentence, index, parties, frame.noun_to)
    recipients = patients(sentence, index, parties, actors, prefer=frame.noun_to, among=reached)
    # "the lands were opened up with Soviet assistance": whom an act touched may stand as the clause's other party
    material = plover.events()[hit.trigger.event].quad in _MATERIAL
    if not recipients and material and relation in {"obl", "nsubj", "obj"}:
        recipients = _around(sentence, index, parties, actors)
    return actors, recipients


def _behind(sentence: Sentence, index: int, parties: Parties, marks: frozenset[str]) -> tuple[Party, ...]:
    """The parties in the phrases that hang on a word by one of some prepositions."""
    phrases = [t for t in sentence.subtree(index) if t.index != index and t.deprel.split(":")[0] in {"nmod", "obl"}]
    reached = [t.index for p in phrases if marks & cases(sentence, p.index) for t in sentence.subtree(p.index)]
    return tuple(p for p in parties.patients if p.head in reached)


def _around(sentence: Sentence, index: int, parties: Parties, actors: list[Party]) -> list[Party]:
    """The other party of the clause in which a noun reports an act: "two Syrians were killed in an Israeli strike"."""
    verb = sentence.tokens[index].head
    head, _ = subject(sentence, verb)
    phrases = [*([head] if head is not None else []), *(c.index for c in sentence.children(verb, "obj", "obl"))]
    others = (_without(near(sentence, i, parties.patients), actors) for i in phrases if i != index)
    return next((found for found in others if found), [])


def quote_of(sentence: Sentence, index: int, objects: tuple[int, ...], ends: list[Party]) -> tuple[int, int]:
    """The clause that carries an event, from its first party to its last where the clause is long."""
    token = sentence.tokens[index]
    start = min([token.start, *(p.start for p in ends)])
    end = max([token.end, *(p.end for p in ends), *(sentence.tokens[i].end for i in objects)])
    clause = clause_span(sentence, index)
    left, right = min(start, clause[0]), max(end, clause[1])
    words = sum(left <= t.start and t.end <= right for t in sentence.tokens)
    return (left, right) if words <= _QUOTE_WORDS else (start, end)


def _confidence(trigger: Trigger, act: Act) -> float:
    base = (0.75 if trigger.pos == "VERB" else 0.6) + 0.08 * bool(trigger.weight)
    return round(base - 0.25 * (act.status in {"hypothetical", "denied"}), 2)
