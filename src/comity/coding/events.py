"""Events: what states do to and with each other, in PLOVER's terms."""

import re
from dataclasses import dataclass, replace

from comity.coding.arguments import (
    Parties,
    Party,
    agents,
    holders,
    merge,
    near,
    parties_of,
    patients,
    subject,
    travellers,
)
from comity.coding.statement import Status, clause_head, clause_span, day_of_act, place_of, source, status_of
from comity.coding.triggers import Hit, find_triggers
from comity.knowledge import modality, plover
from comity.knowledge.plover import Trigger
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Event

_SOON = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_TOWARDS = frozenset({"against", "on", "upon", "to", "toward", "towards", "for", "in", "into", "at"})
_PARTNERS = {"discuss": frozenset({"with", "between", "among"}), "sell": frozenset({"to"})}
"""Verbs whose recipient stands behind certain prepositions only."""
_YIELDS = frozenset({"RETREAT", "CONCEDE"})
_TOGETHER = frozenset({"mutual", "meta", "visit", "phone", "tell", "content"})
# "reached them after the protests": such phrases tell no act of the clause's subject
_CIRCUMSTANCE = frozenset(
    {
        "after",
        "following",
        "during",
        "amid",
        "despite",
        "before",
        "since",
        "until",
        "under",
        "through",
        "because",
        "over",
    }
)
_ADVICE = frozenset({"should", "ought", "may", "might"})
_QUOTE_WORDS = 60  # longer clauses are quoted from their first party to their last alone


@dataclass(frozen=True, slots=True)
class Act:
    """What a trigger tells once tense, negation and the verbs above it are heard."""

    event: str
    mode: str | None
    cameo: str
    status: Status
    rule: str


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event with its sentence and the token that tells it."""

    sentence: Sentence
    token: int
    event: Event


def code_events(article: Article) -> list[Event]:
    """The events that an article tells between at least two states or organisations, in text order."""
    return without_headlines(article, [t.event for t in told_events(article)])


def told_events(article: Article) -> list[ToldEvent]:
    """Every event that the rules find, also where an article tells it again."""
    return [
        ToldEvent(sentence, hit.token, event)
        for sentence in article.sentences
        for hit, event in _sentence_events(article, sentence)
    ]


def without_headlines(article: Article, events: list[Event]) -> list[Event]:
    """The events without those of the headline that the text tells in full."""
    span = article.document.title_span

    def heads(event: Event) -> bool:
        inside = span is not None and event.start is not None and span[0] <= event.start < span[1]
        return event.part == "title" or inside

    told = {_key(e) for e in events if not heads(e)}
    return _once([e for e in events if not heads(e) or _key(e) not in told])


def _once(events: list[Event]) -> list[Event]:
    """Each act once: what a later sentence tells again of the same parties, at no other date, is the same act."""
    kept: dict[tuple[str, frozenset[str | None]], list[str | None]] = {}
    out = []
    for event in events:
        dates = kept.setdefault(_key(event), [])
        if dates and (event.date is None or event.date in dates):
            continue
        dates.append(event.date)
        out.append(event)
    return out


def _key(event: Event) -> tuple[str, frozenset[str | None]]:
    # by the state of the time: what the Soviet Union did is not what Russia does
    return event.event, frozenset(a.state or a.organisation for a in (*event.actor, *event.recipient))


def _sentence_events(article: Article, sentence: Sentence) -> list[tuple[Hit, Event]]:
    if is_sporting(sentence):
        return []
    parties = parties_of(article, sentence)
    if len({c for p in parties.patients for c in p.codes}) < 2:
        return []
    found: list[tuple[Hit, Event]] = []
    hits = find_triggers(sentence)
    found.extend(_admonition(article, sentence, parties, hits))
    found.extend(_charge(article, sentence, parties, hits))
    for hit in hits:
        event = _event(article, sentence, hit, parties, hits)
        if event is not None:
            found.append((hit, event))
    return _distinct(sentence, found)


_SAY = frozenset({"say", "insist", "stress", "declare", "warn", "state", "argue"})
_MUST = frozenset({"must", "should", "ought", "need"})


def _admonition(article: Article, sentence: Sentence, parties: Parties, hits: list[Hit]) -> list[tuple[Hit, Event]]:
    """Requests told as "X says Y must …": a speaker's demand on another party, whatever the verb of the demand."""
    out: list[tuple[Hit, Event]] = []
    for verb in sentence.tokens:
        if verb.lemma not in _SAY or verb.upos != "VERB":
            continue
        for inner in sentence.children(verb.index, "ccomp"):
            modal = any(c.lemma.lower() in _MUST for c in sentence.children(inner.index, "aux"))
            if not modal:
                continue
            hit = Hit(verb.index, Trigger("say", "VERB", frozenset(), frozenset(), "REQUEST", "change", "100", "tell"))
            speakers = agents(sentence, verb.index, parties)
            head, _ = subject(sentence, inner.index)
            told = near(sentence, head, parties.patients) if head is not None else []
            own = frozenset(c for p in speakers for c in p.codes)
            told = [p for p in told if p.codes - own]
            if speakers and told:
                out.append(
                    (
                        hit,
                        _record(
                            article,
                            sentence,
                            hit,
                            speakers,
                            told,
                            Act("REQUEST", "change", "100", "occurred", f"demand: {inner.text.lower()}"),
                        ),
                    )
                )
                hits[:] = [h for h in hits if h.token not in {t.index for t in sentence.subtree(inner.index)}]
    return out


def _charge(article: Article, sentence: Sentence, parties: Parties, hits: list[Hit]) -> list[tuple[Hit, Event]]:
    """Accusations told as "X said Y had attacked": of a hostile act done to the speaker, or to nobody named."""
    out: list[tuple[Hit, Event]] = []
    for hit in hits:
        inner = sentence.tokens[hit.token]
        above = sentence.tokens[inner.head] if inner.head >= 0 else None
        if above is None or inner.deprel != "ccomp" or above.lemma not in _SAY or above.upos != "VERB":
            continue
        act = act_of(article, sentence, hit)
        if act is None or plover.events()[act.event].quad != 4 or act.status != "occurred":
            continue
        speakers, charged = agents(sentence, above.index, parties), agents(sentence, hit.token, parties)
        own = frozenset(c for p in speakers for c in p.codes)
        touched = _recipients(sentence, hit, parties, charged)
        charged = [p for p in charged if p.codes - own]
        if speakers and charged and all(p.codes <= own for p in touched):
            said = Hit(above.index, Trigger("say", "VERB", frozenset(), frozenset(), "ACCUSE", None, "112", "tell"))
            accuse = Act("ACCUSE", None, "112", "occurred", f"charge: {inner.text.lower()}")
            out.append((said, _record(article, sentence, said, speakers, charged, accuse)))
    return out


_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
_PLAYED = frozenset({"beat", "defeat", "win", "lose", "draw", "final", "match"})
_GAME = frozenset({"final", "match"})


def is_sporting(sentence: Sentence) -> bool:
    """Whether a sentence tells of a match: two words of sport, or one beside a win, a loss or a score."""
    lemmas = {t.lemma.lower() for t in sentence.tokens}
    words, played = lemmas & plover.noun_class("@sport"), lemmas & _PLAYED
    if len(words) > 1 or (words and played) or (len(played) > 1 and played & _GAME):
        return True
    return bool(words or played) and _SCORE.search(sentence.text) is not None


def _event(article: Article, sentence: Sentence, hit: Hit, parties: Parties, hits: list[Hit]) -> Event | None:
    trigger = hit.trigger
    if _governed(sentence, hit, hits):
        return None
    if is_ended(sentence, hit.token) or _fought_together(sentence, hit, parties):
        return None
    actors, recipients = _ends(sentence, hit, parties)
    if trigger.event == "ACCUSE":
        recipients = blamed(sentence, hit.token, recipients, parties.patients)
    codes = {c for p in (*actors, *recipients) for c in p.codes}
    if not actors or len(codes) < 2:
        return None
    act = act_of(article, sentence, hit)
    if act is None or (not recipients and not _mutual(sentence, hit, act)):
        return None
    if trigger.frame == "host":
        if act.event == "AGREE":
            actors, recipients = recipients, actors  # who will receive a guest agrees to it; who came was the guest
        elif _for_talks(sentence, hit.token):
            actors, recipients, act = [*actors, *recipients], [], replace(act, mode=None, cameo="046")
    together = trigger.frame == "mutual" or (trigger.event == "AGREE" and trigger.frame == "meta")
    if together and len({c for p in actors for c in p.codes}) > 1:
        recipients = []  # "X and Y agreed to share what they know of Z": with each other
    return _record(article, sentence, hit, actors, recipients, act)


def is_ended(sentence: Sentence, index: int) -> bool:
    """Whether a word for a war stands where it is told to end: "ended the war between Iran and Iraq" is no attack."""
    token = sentence.tokens[index]
    if token.lemma.lower() not in plover.noun_class("@fighting") or token.upos != "NOUN" or token.head < 0:
        return False
    verb = sentence.tokens[token.head]
    return token.deprel in {"obj", "nsubj:pass"} and verb.lemma.lower() in modality.words("end")


def _fought_together(sentence: Sentence, hit: Hit, parties: Parties) -> bool:
    """Whether several fight something that is no party: "Finland and Kenya fight deforestation"."""
    if hit.trigger.event != "ASSAULT" or hit.trigger.frame != "mutual" or hit.trigger.pos != "VERB":
        return False
    fought = [t for c in sentence.children(hit.token, "obj") for t in sentence.subtree(c.index)]
    return bool(fought) and not any(p.head in {t.index for t in fought} for p in parties.patients)


def blamed(sentence: Sentence, index: int, recipients: list[Party], among: tuple[Party, ...] = ()) -> list[Party]:
    """Who is blamed for what is condemned: whose or by whom the attack was, not on whom."""
    out = recipients
    for harm in sentence.children(index, "obj"):
        if harm.lemma.lower() not in plover.noun_class("@harm"):
            continue
        inside = {t.index for t in sentence.subtree(harm.index)}
        whose = {t.index for t in sentence.children(harm.index, "nmod:poss", "amod", "compound")}
        for phrase in sentence.children(harm.index, "nmod", "obl", "acl"):
            by = {c.lemma.lower() for t in sentence.subtree(phrase.index) for c in sentence.children(t.index, "case")}
            if by & {"by", "from"}:
                whose |= {t.index for t in sentence.subtree(phrase.index)}
        out = [p for p in out if p.head not in inside or p.head in whose] or [p for p in among if p.head in whose]
    return out


def _for_talks(sentence: Sentence, index: int) -> bool:
    """Whether a host and a guest talk: "hosted him for talks"."""
    return any(
        c.lemma.lower() in plover.noun_class("@talks")
        and any(k.lemma == "for" for k in sentence.children(c.index, "case"))
        for c in sentence.children(index, "obl", "nmod")
    )


def _mutual(sentence: Sentence, hit: Hit, act: Act) -> bool:
    """Whether several actors do an act to each other; what they do side by side is done to none of them."""
    if hit.trigger.frame in _TOGETHER:
        return True
    # "expressed their commitment", but not "bound by their commitment"
    return plover.events()[act.event].quad == 1 and not sentence.tokens[hit.token].deprel.startswith("obl")


def _record(
    article: Article, sentence: Sentence, hit: Hit, actors: list[Party], recipients: list[Party], act: Act
) -> Event:
    doers, undergoers = merge(actors), merge(recipients, frozenset(c for p in actors for c in p.codes))
    start, end = quote_of(sentence, hit.token, hit.objects, [*actors, *recipients])
    lemmas = [t.lemma for t in sentence.tokens if start <= t.start and t.end <= end]
    date, basis = day_of_act(article, sentence, hit.token, act.status)
    return Event(
        **source(article, sentence, start, end),
        confidence=_confidence(hit.trigger, act, actors, recipients),
        actor=doers,
        recipient=undergoers,
        event=act.event,
        mode=act.mode,
        context=plover.contexts_of(lemmas),
        cameo=act.cameo,
        quad_code=plover.events()[act.event].quad,
        event_scale=plover.scale(act.event, act.mode),
        status=act.status,
        date=date,
        date_basis=basis,
        place=place_of(article, sentence, hit.token),
        evidence=act.rule,
    )


def act_of(article: Article, sentence: Sentence, hit: Hit) -> Act | None:
    """The act that a trigger tells in its sentence, by PLOVER's rules for what is planned, refused or threatened.

    Planned consulting, support, cooperation and aid are AGREE, planned withdrawals CONCEDE, planned or possible
    coercion THREATEN, and cooperation that is refused REJECT. Null where the words only wish for it.
    """
    trigger = hit.trigger
    status = status_of(article, sentence, hit.token)
    kind = plover.events()[trigger.event]
    if _purpose(sentence, hit.token):
        return None
    word = sentence.tokens[hit.token].text.lower()
    rule = f"{trigger.frame}: {word}"
    mode = trigger.mode if trigger.mode in plover.modes().get(trigger.event, {}) else None
    if trigger.event in {"MOBILIZE", "CONSULT"} and any(
        t.lemma.lower().startswith("peacekeep") for t in sentence.subtree(hit.token)
    ):
        event = "AGREE" if status == "planned" else "AID"
        return Act(event, None, "0334" if event == "AGREE" else "074", status, rule)
    if trigger.event == "AGREE" and trigger.frame == "meta":
        return _promise(sentence, hit, status, rule)
    if (trigger.event in {"REQUEST", "REJECT"} and trigger.frame == "meta") or trigger.event == "REQUEST":
        return Act(trigger.event, _wanted(sentence, hit), trigger.cameo, status, rule)
    if status == "planned":
        if trigger.event in _SOON:
            return Act("AGREE", None, kind.cameo_planned, status, rule)
        if trigger.event in _YIELDS:
            return Act("CONCEDE", None, kind.cameo_planned, status, rule)
        if trigger.event in {"SANCTION", "COERCE", "ASSAULT", "MOBILIZE"}:
            return Act("THREATEN", _menace(trigger), kind.cameo_planned, status, rule)
    if status == "denied" and kind.side == "cooperation":
        if any(c.text.lower() in _ADVICE for c in sentence.children(hit.token, "aux")):
            return None  # "should not travel": advice is no refusal
        # PLOVER: negated cooperation is its refusal; coders of its sentences do likewise ("did not attend")
        return Act("REJECT", None, kind.cameo_refused, "occurred", rule)
    if status == "hypothetical" and trigger.event in {"SANCTION", "COERCE", "ASSAULT"}:
        return Act("THREATEN", _menace(trigger), kind.cameo_planned, status, rule)
    return Act(trigger.event, mode, trigger.cameo, status, rule)


def _purpose(sentence: Sentence, index: int) -> bool:
    """Whether a verb only tells what something is for: "an effort to help", "met to discuss" of no met party."""
    token = sentence.tokens[index]
    if token.upos != "VERB" or token.deprel not in {"acl", "advcl"}:
        return False
    if token.deprel == "acl" and sentence.tokens[token.head].lemma in {"opportunity", "chance", "decision"}:
        return False  # who "had the opportunity to meet" met, and who announced a decision to act will
    return any(c.lemma == "to" and c.deprel == "mark" for c in sentence.children(index))


def _promise(sentence: Sentence, hit: Hit, status: Status, rule: str) -> Act | None:
    if status == "denied":
        return Act("REJECT", None, "120", "occurred", rule)
    inner = _complement(sentence, hit)
    if inner is not None:
        kind = plover.events()[inner.trigger.event]
        if kind.side == "conflict" and inner.trigger.event in {"SANCTION", "COERCE", "ASSAULT", "MOBILIZE"}:
            word = sentence.tokens[hit.token].lemma.lower()
            if word in {"vow", "pledge", "promise", "ready", "prepared", "willing"}:
                return Act("THREATEN", _menace(inner.trigger), kind.cameo_planned, status, rule)
            return Act("AGREE", None, "030", status, rule)
        if kind.side == "cooperation":
            return Act("AGREE", None, kind.cameo_planned, status, rule)
    return Act("AGREE", None, hit.trigger.cameo, status, rule)


def _complement(sentence: Sentence, hit: Hit) -> Hit | None:
    """The act that a governing word promises, refuses or asks for."""
    below = {t.index for t in sentence.subtree(hit.token)} - {hit.token}
    inner = [h for h in find_triggers(sentence) if h.token in below]
    return min(inner, key=lambda h: h.token, default=None)


def _wanted(sentence: Sentence, hit: Hit) -> str | None:
    """The mode of a request or refusal: what is asked for."""
    if hit.trigger.mode:
        return hit.trigger.mode
    inner = _complement(sentence, hit)
    if inner is None:
        return None
    return {
        "CONSULT": "meet",
        "AID": "assist",
        "COOPERATE": "assist",
        "SUPPORT": "assist",
        "RETREAT": "yield",
        "CONCEDE": "yield",
    }.get(inner.trigger.event)


def _menace(trigger: Trigger) -> str | None:
    if trigger.event in {"ASSAULT", "MOBILIZE"}:
        return "violence"
    if trigger.event == "COERCE":
        return {"arrest": "arrest", "deport": "expel", "restrict": "restrict", "seize": "territory"}.get(
            trigger.mode or ""
        )
    return {"expel": "expel", "withdraw": "relations"}.get(trigger.mode or "", "restrict")


def _governed(sentence: Sentence, hit: Hit, hits: list[Hit]) -> bool:
    """Whether another trigger above speaks for this one: what is asked for, promised or blamed is no event."""
    others = {h.token: h for h in hits if h.token != hit.token}
    inner = sentence.tokens[hit.token]
    for outer in sentence.ancestors(hit.token):
        relation = inner.deprel.split(":")[0]
        if relation in {"parataxis", "nsubj"} or inner.deprel == "acl:relcl":
            return False
        if relation == "conj" and outer.upos in {"VERB", "AUX"} and outer.index == hit.token:
            return False
        above = others.get(outer.index)
        if above is not None:
            if relation == "conj" and inner.index == hit.token:
                return False
            if relation == "advcl":
                # "accused it of sending arms": what one is blamed for is not told as done
                return above.trigger.event == "ACCUSE" and bool(sentence.children(inner.index, "mark"))
            meta = above.trigger.frame in {"meta", "tell"} or above.trigger.event in {
                "REQUEST",
                "REJECT",
                "THREATEN",
                "AGREE",
            }
            if meta and relation in {"xcomp", "ccomp", "obj", "obl", "acl", "nmod", "conj", "advcl"}:
                return True
            if relation == "obj" and outer.lemma.lower() == "order":
                return False
            if above.trigger.event in {"ACCUSE", "SUPPORT"} and relation in {"obj", "obl", "ccomp", "xcomp"}:
                return True
            if relation in {"obj", "obl", "xcomp"} and sentence.tokens[hit.token].upos == "NOUN":
                return True  # "attended talks", "condemned the attack"
        inner = outer
    return False


def _ends(sentence: Sentence, hit: Hit, parties: Parties) -> tuple[list[Party], list[Party]]:
    """Actors and recipients of a trigger."""
    trigger, index = hit.trigger, hit.token
    if trigger.pos == "NOUN":
        return _noun_ends(sentence, hit, parties)
    actors = agents(sentence, index, parties)
    if trigger.frame == "visit" and sentence.tokens[index].deprel == "amod":
        # "told the visiting Kenyan minister": the guest is who is named so, the host who acts
        guests = near(sentence, sentence.tokens[index].head, parties.agents)
        own = frozenset(c for p in guests for c in p.codes)
        hosts = agents(sentence, clause_head(sentence, index), parties) if guests else []
        return guests, [p for p in hosts if p.codes - own]
    if trigger.frame == "visit":
        actors = travellers(sentence, actors)
    recipients = _recipients(sentence, hit, parties, actors)
    if trigger.frame == "mutual":
        if not actors:
            # "a treaty between X and Y was signed", "the accord signed by X and Y"
            both = [p for i in (*hit.objects, index) for p in _shared(sentence, i, parties, alone=False)]
            return both, []
        return actors, recipients
    if trigger.frame in {"host", "inverse"}:
        return recipients, actors
    return actors, recipients


def _recipients(sentence: Sentence, hit: Hit, parties: Parties, actors: list[Party]) -> list[Party]:
    prefer = hit.trigger.prepositions
    if hit.trigger.frame == "visit":
        prefer = prefer | {"to", "in"}
    if hit.trigger.frame == "mutual":
        prefer = prefer | {"with"}
    if hit.trigger.frame == "source":
        prefer = prefer | {"from"}
    # a contract with a firm, or a talk about a place, is not between states
    trade = hit.trigger.event == "COOPERATE" and hit.trigger.lemma in {"buy", "purchase", "sell"}
    among = parties.agents if hit.trigger.frame == "mutual" or trade else None
    if hit.trigger.lemma in _PARTNERS:
        # whom one speaks with, not what one speaks of; to whom one sells, not what or where
        partners = _behind(sentence, hit.token, parties, _PARTNERS[hit.trigger.lemma])
        given = {c.index for c in sentence.children(hit.token, "iobj")}
        among = tuple(p for p in parties.agents if p in partners or p.head in given)
    far = 12.0 if hit.trigger.frame == "meta" else 8.0
    return patients(sentence, hit.token, parties, actors, prefer=prefer, among=among, far=far)


def _shared(sentence: Sentence, index: int, parties: Parties, *, alone: bool = True) -> list[Party]:
    """Parties of an instrument or meeting: "between X and Y", "X-Y talks", "of X with Y"."""
    found = holders(sentence, index, parties)
    for child in sentence.children(index, "nmod", "obl"):
        cases = {c.lemma.lower() for c in sentence.children(child.index, "case")}
        if cases & {"between", "by", "of"} or (cases & {"with"} and (alone or found)):
            found += [p for p in near(sentence, child.index, parties.agents) if p not in found]
    return found


def _noun_ends(sentence: Sentence, hit: Hit, parties: Parties) -> tuple[list[Party], list[Party]]:
    trigger, index = hit.trigger, hit.token
    token = sentence.tokens[index]
    actors = holders(sentence, index, parties, of=trigger.frame not in {"patient", "source"})
    if trigger.frame == "mutual":
        both = _shared(sentence, index, parties)
        if len({c for p in both for c in p.codes}) > 1:
            return both, []
        actors = both
    relation = token.deprel.split(":")[0]
    aside = {c.lemma.lower() for c in sentence.children(index, "case")} & _CIRCUMSTANCE
    if not actors and relation in {"obj", "obl"} and token.head >= 0 and not aside:
        actors = agents(sentence, token.head, parties)
    own = frozenset(c for a in actors for c in a.codes)
    prefer = _TOWARDS
    if trigger.frame in {"patient", "source"}:
        prefer = _TOWARDS | {"of", "from"}
    if trigger.frame == "mutual":
        prefer = _TOWARDS | {"with"}
    reached = _behind(sentence, index, parties, prefer)
    recipients = patients(sentence, index, parties, actors, prefer=prefer, among=reached) if actors else []
    # "the lands were opened up with Soviet assistance": whom an act touched may stand as the clause's other party
    material = plover.events()[trigger.event].quad in {2, 4}
    if not recipients and actors and material and relation in {"obl", "nsubj", "obj"} and token.head >= 0:
        recipients = _around(sentence, index, parties, own)
    return actors, recipients


def _behind(sentence: Sentence, index: int, parties: Parties, cases: frozenset[str]) -> tuple[Party, ...]:
    """The parties in the phrases that hang on a noun, or on its verb, by one of some prepositions."""
    token = sentence.tokens[index]
    heads = [t for t in sentence.subtree(index) if t.index != index and t.deprel.split(":")[0] in {"nmod", "obl"}]
    if token.deprel == "obj" and token.head >= 0:
        heads += sentence.children(token.head, "obl")
    below = {
        t.index
        for h in heads
        if cases & {c.lemma.lower() for c in sentence.children(h.index, "case")}
        for t in sentence.subtree(h.index)
    }
    return tuple(p for p in parties.patients if p.head in below)


def _around(sentence: Sentence, index: int, parties: Parties, own: frozenset[str]) -> list[Party]:
    """The other party of the clause in which a noun tells an act: "two Syrians were killed in an Israeli strike"."""
    token = sentence.tokens[index]
    verb = token.head
    found: list[Party] = []
    head, _ = subject(sentence, verb)
    if head is not None and head != index:
        found = near(sentence, head, parties.patients)
    if not any(p.codes - own for p in found):
        for child in sentence.children(verb, "obj", "obl"):
            if child.index != index:
                found = near(sentence, child.index, parties.patients)
                if any(p.codes - own for p in found):
                    break
    return [p for p in found if p.codes - own]


def quote_of(sentence: Sentence, index: int, objects: tuple[int, ...], ends: list[Party]) -> tuple[int, int]:
    """The clause that carries an event, from its first party to its last where the clause is long."""
    token = sentence.tokens[index]
    start = min([token.start, *(p.start for p in ends)])
    end = max([token.end, *(p.end for p in ends), *(sentence.tokens[i].end for i in objects)])
    clause = clause_span(sentence, index)
    left, right = min(start, clause[0]), max(end, clause[1])
    words = sum(left <= t.start and t.end <= right for t in sentence.tokens)
    return (left, right) if words <= _QUOTE_WORDS else (start, end)


def _confidence(trigger: Trigger, act: Act, actors: list[Party], recipients: list[Party]) -> float:
    base = 0.75 if trigger.pos == "VERB" else 0.6
    if trigger.weight:
        base += 0.08
    if act.status in {"hypothetical", "denied"}:
        base -= 0.25
    if any(p.end - p.start == 0 for p in (*actors, *recipients)):
        base -= 0.1
    return round(base, 2)


def _distinct(sentence: Sentence, found: list[tuple[Hit, Event]]) -> list[tuple[Hit, Event]]:
    """One event for the same type between the same parties in a sentence: the surest, then the first."""
    best: dict[tuple[object, ...], tuple[Hit, Event]] = {}
    for hit, event in found:
        sides = [frozenset(a.state or a.organisation for a in side) for side in (event.actor, event.recipient)]
        key = (event.event, frozenset(sides[0] | sides[1]))
        if key not in best or event.confidence > best[key][1].confidence:
            best[key] = (hit, event)
    return sorted(best.values(), key=lambda b: sentence.tokens[b[0].token].start)
