"""Visits: who travelled, in which rank, to which state, when, and whether it took place.

A meeting on the margins of a conference and a telephone call are events, not visits (GUIDE of the development sets).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from comity.coding.bystanders import has_session
from comity.coding.contradictions import is_called_off
from comity.coding.phrases import left_edge
from comity.coding.statement import actor, actors, clause_span, date_mention, date_of, source, status_of
from comity.knowledge import offices
from comity.knowledge.states import by_address
from comity.language.tree import Sentence, Token, dateline
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, DateMention
from comity.records.record import Actor, Visit

# the visitor is the subject, the host the object
_TO_OBJECT = frozenset({"visit", "tour"})
# the visitor is the subject, the host stands after one of these
_TRAVEL = {
    **dict.fromkeys(("travel", "go", "fly", "come", "journey", "return", "head", "proceed"), frozenset({"to"})),
    "arrive": frozenset({"in", "at"}),
    "leave": frozenset({"for"}),
    "depart": frozenset({"for"}),
    "land": frozenset({"in"}),
}
# the host is the subject, the visitor the object
_HOSTING = frozenset({"welcome", "host", "receive", "invite"})
_NOUNS = frozenset({"visit", "trip", "tour", "journey", "stopover"})
# "pay a visit", "lead a delegation to": the subject travels
_PAYING = frozenset(
    {
        "pay",
        "make",
        "conduct",
        "take",
        "begin",
        "start",
        "end",
        "conclude",
        "undertake",
        "complete",
        "cancel",
        "postpone",
    }
)
_DELEGATION = frozenset({"delegation", "mission"})
_TELLING = frozenset({"say", "tell", "announce", "report", "add", "confirm"})
_SENDING = frozenset({"send", "dispatch"})
_NAMING = frozenset({"announce", "designate", "name", "appoint"})
# what one is abroad for; a conference or summit is a meeting
_ERRANDS = frozenset({"visit", "tour", "trip", "talk", "mission", "consultation", "negotiation"})
# "asked the secretary to travel to": the object travels
_ASKING = frozenset({"ask", "send", "dispatch", "direct", "order", "instruct", "task", "urge", "invite", "tell"})
_AHEAD = frozenset({"ahead", "before", "prior"})
_COMING = frozenset({"upcoming", "forthcoming", "planned", "scheduled", "coming", "next", "impending", "possible"})
_PERSONS = frozenset({"person", "group", "pronoun"})
_NO_BODIES = frozenset({"leadership", "administration"})
_NO_GUESTS = frozenset({"MIL", "REB", "BUS", "SPY"})  # soldiers on the march are no guests
_REALMS = frozenset({"kingdom", "republic", "state", "sultanate", "emirate", "principality", "federation", "union",
                     "city", "town", "capital", "port", "island", "province"})  # fmt: skip
_RANKS = ("head of state", "head of government", "minister", "other")


@dataclass(frozen=True, slots=True)
class _Draft:
    sentence: Sentence
    trigger: int
    visitors: tuple[ActorMention, ...]
    host: str
    place: str | None
    status: str
    certainty: float


def code_visits(article: Article) -> list[Visit]:
    """The visits of an article, told twice kept once, in the order of the text.

    The visitor has a name or an office and a state; the host is another state. `status` is `denied` where the visit
    was called off.
    """
    found: list[Visit] = []
    for sentence in article.sentences:
        for draft in _drafts(article, sentence):
            visit = _record(article, draft)
            found.append(visit)
            found.extend(_earlier(article, draft))
    return _merged(found)


def _drafts(article: Article, sentence: Sentence) -> Iterator[_Draft]:
    mentions = article.actors_in(sentence.index)
    if not mentions:
        return
    for token in sentence.tokens:
        lemma = token.lemma.lower()
        if token.text.lower() == "visiting" and token.deprel in {"amod", "acl"}:
            yield from _visiting(article, sentence, token)
        elif "in" in _case(sentence, token.index) and token.upos == "PROPN":
            yield from _staying(article, sentence, token)
        elif token.upos == "VERB":
            yield from _of_verb(article, sentence, token, lemma)
        elif lemma in _NOUNS and token.upos in {"NOUN", "PROPN"}:
            yield from _of_noun(article, sentence, token, frozenset({"to", "in"}))
        elif lemma in _DELEGATION and token.upos in {"NOUN", "PROPN"}:
            yield from _delegated(article, sentence, token)
        elif lemma == "return" and token.upos == "NOUN":
            yield from _of_noun(article, sentence, token, frozenset({"from"}))


def _of_verb(article: Article, sentence: Sentence, token: Token, lemma: str) -> Iterator[_Draft]:
    hosts: list[tuple[str, str | None]] = []
    if lemma in _TO_OBJECT:
        hosts = [h for o in sentence.children(token.index, "obj") for h in _hosts(article, sentence, o.index)]
    elif lemma in _TRAVEL:
        hosts = _obliques(article, sentence, token.index, _TRAVEL[lemma])
        if lemma == "return":
            # home is where one returns to: the visit was to the place one returns from
            hosts = _obliques(article, sentence, token.index, frozenset({"from"}))
        if not hosts and lemma == "travel":
            yield from _travelling_with(article, sentence, token)
        if not hosts and lemma == "arrive":
            # "arrived from Helsinki": he is where the report is set
            guests = _subjects(article, sentence, token.index)
            here = next((p.state for p in article.places if p.state), None)
            if not any(here in g.states for g in guests):  # else he has come home
                yield from _set_here(article, sentence, token, guests)
    elif lemma in _SENDING:
        hosts = _obliques(article, sentence, token.index, frozenset({"to"}))
        sent = [m for o in sentence.children(token.index, "obj") for m in _conjuncts(article, sentence, o.index)]
        sender = [m for m in _subjects(article, sentence, token.index) if m.state]
        if sender:
            sent = [
                replace(m, state=sender[0].state, state_now=sender[0].state_now) if not m.states else m for m in sent
            ]
        # a body sent is told as a delegation; troops and letters are no guests
        yield from _drafted(article, sentence, token.index, [m for m in sent if m.kind == "person"], hosts, 0.7)
        return
    elif lemma == "lead":
        for o in sentence.children(token.index, "obj"):
            if o.lemma.lower() in _DELEGATION:
                yield from _led(article, sentence, token, o)
    elif lemma in _HOSTING:
        yield from _hosted(article, sentence, token, lemma)
        return
    if token.deprel == "acl" and any(
        c.lemma.lower() in {"first", "last"} for c in sentence.children(token.head, "amod", "nummod")
    ):
        return  # "the first official to visit Japan since …" ranks a visit told elsewhere
    if hosts:
        yield from _drafted(article, sentence, token.index, _subjects(article, sentence, token.index), hosts, 0.8)


def _led(article: Article, sentence: Sentence, token: Token, body: Token) -> Iterator[_Draft]:
    """The one who leads a delegation, or the delegation where the leader's state is not told, and where to."""
    guests = [m for m in _subjects(article, sentence, token.index) if m.states]
    sent = _covering(article, sentence, body.index)
    named = [m for m in _subjects(article, sentence, token.index) if m.name and not m.states]
    if not guests and named and sent and sent[0].state:
        guests = [replace(named[0], state=sent[0].state, state_now=sent[0].state_now)]
    hosts: list[tuple[str, str | None]] = []
    for t in sentence.tokens[body.index + 1 :]:
        if not hosts and "to" in _case(sentence, t.index):
            hosts = _hosts(article, sentence, t.index) or _obliques(article, sentence, t.index, frozenset({"in", "at"}))
    yield from _drafted(article, sentence, token.index, guests or sent, hosts, 0.75)


def _of_noun(article: Article, sentence: Sentence, token: Token, at: frozenset[str]) -> Iterator[_Draft]:
    hosts = _obliques(article, sentence, token.index, at)
    paid = token.deprel == "obj" and sentence.tokens[token.head].lemma.lower() in _PAYING
    if not hosts and token.head >= 0 and (paid or token.deprel in {"obl", "nmod"}):
        hosts = _obliques(article, sentence, token.head, at)
    for c in sentence.children(token.index, "nmod"):
        if not hosts and "of" in _case(sentence, c.index):  # "the visit of the president to Uganda"
            hosts = _obliques(article, sentence, c.index, at & {"to"})
    if not hosts:
        return
    guests = _subjects(article, sentence, token.head) if paid else []
    guests = guests or [
        m
        for c in sentence.children(token.index, "nmod", "compound", "det")
        if c.deprel in {"nmod:poss", "compound"} or _case(sentence, c.index) & {"of", "by"}
        for m in _covering(article, sentence, c.index)
    ]
    if not guests:  # "the Vice President's August 2021 visit", wherever the parser hangs the owner
        marks = [
            t.index for t in sentence.tokens[max(0, token.index - 5) : token.index] if t.text in {"'s", "’s", "’", "'"}
        ]
        guests = [m for m in article.actors_in(sentence.index) if marks and m.last in (marks[-1], marks[-1] + 1)]
    others = [c for c in sentence.children(token.index, "nmod") if _case(sentence, c.index) & {"of", "by"}]
    if any(c.upos == "PROPN" for c in others) and not guests:
        return  # "praised the visit of the Aga Khan": no visit of who praises
    if not guests and token.deprel in {"obl", "xcomp"} and token.head >= 0:
        guests = _subjects(article, sentence, token.head)
    yield from _drafted(article, sentence, token.index, guests, hosts, 0.75)


def _delegated(article: Article, sentence: Sentence, token: Token) -> Iterator[_Draft]:
    """A delegation to a state, sent by the one who names it: "announced a Presidential Delegation to Japan"."""
    hosts = _obliques(article, sentence, token.index, frozenset({"to"}))
    above = sentence.tokens[token.head] if token.head >= 0 else token
    named = above if above.upos == "VERB" else sentence.tokens[above.head] if above.head >= 0 else above
    if not hosts or (named.upos == "VERB" and named.lemma.lower() in {"lead", "head"}):
        return
    guests = [m for m in _covering(article, sentence, token.index) if m.states]
    sender = [m for m in _subjects(article, sentence, named.index) if m.state] if named.upos == "VERB" else []
    if not guests and sender and named.lemma.lower() in _NAMING | _SENDING:
        first = left_edge(sentence.tokens, token.index)
        start, end = sentence.tokens[first].start, token.end
        guests = [
            ActorMention(
                sentence.index, first, token.index + 1, token.index, start, end, sentence.clip(start, end), "group",
                state=sender[0].state, state_now=sender[0].state_now, sector="GOV",
            )
        ]  # fmt: skip
    # its day is that of what it is to attend, not that of its announcement
    errand = next((t.index for x in (token, above) for t in sentence.children(x.index, "acl", "xcomp")), token.index)
    for draft in _drafted(article, sentence, errand, guests, hosts, 0.7):
        ahead = draft.status == "occurred" and named.lemma.lower() in _NAMING
        yield replace(draft, status="planned") if ahead else draft


def _staying(article: Article, sentence: Sentence, token: Token) -> Iterator[_Draft]:
    """Guests told to be in a town abroad for a visit: "X, in Brussels on a tour", "will be in Rome from June 3"."""
    hosts = _hosts(article, sentence, token.index)
    if not hosts:
        return
    copula = next(iter(sentence.children(token.index, "cop")), None)
    purpose = any(
        c.lemma.lower() in _ERRANDS and _case(sentence, c.index) & {"on", "for"}
        for c in sentence.children(token.index, "nmod", "obl")
    )
    if copula is not None:
        guests = _subjects(article, sentence, token.index)
        if not purpose:  # "the minister is in Oslo today"
            guests = [g for g in guests if g.kind != "group"] if date_of(article, sentence, token.index)[0] else []
        yield from _drafted(article, sentence, token.index, guests, hosts, 0.65)
    elif _is_due(sentence, token):
        guests = _subjects(article, sentence, token.index if sentence.children(token.index, "nsubj") else token.head)
        yield from _drafted(article, sentence, token.index, [g for g in guests if g.kind == "person"], hosts, 0.65)
    elif purpose and token.deprel in {"obl", "nmod", "appos"} and sentence.tokens[token.index - 2].text == ",":
        before = [m for m in article.actors_in(sentence.index) if m.last == token.index - 2]
        guests = before or _subjects(article, sentence, token.head)
        yield from _drafted(article, sentence, token.index, [g for g in guests if g.kind == "person"], hosts, 0.65)


def _is_due(sentence: Sentence, place: Token) -> bool:
    """Whether somebody is expected at a place: "is due in Kampala", whichever of the two words heads the other."""
    above = place.deprel == "obl" and sentence.tokens[place.head].lemma.lower() == "due"
    return above or "due" in _case(sentence, place.index)


def _visiting(article: Article, sentence: Sentence, token: Token) -> Iterator[_Draft]:
    """Guests of "the visiting finance minister": the host is where the report, or the sentence, is set."""
    after = [m for m in article.actors_in(sentence.index) if m.first == token.index + 1]
    yield from _set_here(article, sentence, token, after)


def _travelling_with(article: Article, sentence: Sentence, token: Token) -> Iterator[_Draft]:
    """Guests of "officials travelling with the president said": they are where the report is set."""
    for o in sentence.children(token.index, "obl"):
        if "with" in _case(sentence, o.index):
            yield from _set_here(article, sentence, token, _covering(article, sentence, o.index))


def _set_here(article: Article, sentence: Sentence, token: Token, guests: list[ActorMention]) -> Iterator[_Draft]:
    own = {s for g in guests for s in g.states}
    # the place that one comes from is not where one is
    come = {p.start for p in article.places_in(sentence.index) if p.first and _word(sentence, p.first - 1) == "from"}
    others = [p.state for p in article.places if p.state and p.state not in own and p.start not in come]
    others += [s for m in article.actors_in(sentence.index) for s in m.states if s not in own and m.state]
    if guests and others:
        yield from _drafted(article, sentence, token.index, guests, [(others[0], None)], 0.55)


def _hosted(article: Article, sentence: Sentence, token: Token, lemma: str) -> Iterator[_Draft]:
    guests = [m for o in sentence.children(token.index, "obj") for m in _conjuncts(article, sentence, o.index)]
    guests = [g for g in guests if sentence.tokens[g.head].lemma.lower() not in _NO_BODIES]  # "France's leadership"
    if any("as" in _case(sentence, o.index) for o in sentence.children(token.index, "obl")):
        return  # "welcoming Sweden as an ally"
    hosts = _obliques(article, sentence, token.index, frozenset({"to", "in", "at"}))
    # the parser may hang "to the White House" on the last of the guests
    objects = sentence.children(token.index, "obj")
    for o in [*objects, *(c for x in objects for c in sentence.children(x.index, "conj"))]:
        near = {"to", "in", "at"} if lemma == "receive" else {"to"}
        hosts = hosts or _obliques(article, sentence, o.index, frozenset(near))
    if lemma == "receive" and not hosts:
        return
    if not hosts:
        by = _subjects(article, sentence, token.index)
        hosts += [(s, None) for m in by for s in m.states if m.state][:1]
    for draft in _drafted(article, sentence, token.index, guests, hosts, 0.65):
        yield replace(draft, status="planned") if lemma == "invite" else draft


def _at_home(article: Article, guest: ActorMention) -> ActorMention:
    """An official whose state no word tells, in what a government publishes, is one of its own."""
    if guest.states or guest.kind != "person" or not guest.name or " " not in guest.name:
        return guest
    home = by_address(article.document.source)
    return replace(guest, state=home.code) if home else guest


def _drafted(
    article: Article,
    sentence: Sentence,
    trigger: int,
    guests: Iterable[ActorMention],
    hosts: Iterable[tuple[str, str | None]],
    certainty: float,
) -> Iterator[_Draft]:
    if _is_occasion(article, sentence, trigger):
        return
    named = dict.fromkeys(_at_home(article, g) for g in guests)
    guests = [g for g in named if g.states and g.kind in _PERSONS and g.sector not in _NO_GUESTS]
    guests = [g for i, g in enumerate(guests) if g.name is None or g.name not in {x.name for x in guests[:i]}]
    for host, place in hosts:
        here = [g for g in guests if host not in g.states]
        # each state's guests make a visit of their own
        for states in dict.fromkeys(g.states for g in here):
            own = tuple(g for g in here if g.states == states)
            yield _Draft(sentence, trigger, own, host, place, _status(article, sentence, trigger), certainty)


def _is_occasion(article: Article, sentence: Sentence, trigger: int) -> bool:
    """Whether one is only said to be where a body meets: "in Vienna for the OPEC meeting" is no visit to Austria."""
    token = sentence.tokens[trigger]
    journey = token.upos not in {"NOUN", "PROPN"} or token.lemma.lower() in _NOUNS | _DELEGATION | {"return"}
    return not journey and has_session(article, sentence)


def _status(article: Article, sentence: Sentence, trigger: int) -> str:
    token = sentence.tokens[trigger]
    above = sentence.tokens[token.head] if token.head >= 0 else None
    if is_called_off(sentence, trigger):
        return "denied"
    helpers = {c.text.lower() for c in sentence.children(trigger, "aux")}
    # "said he would be in Rome": the future as it was told
    if "would" in helpers and token.deprel == "ccomp" and above is not None and above.lemma in _TELLING:
        return "planned"
    if _is_due(sentence, token):
        return "planned"
    if token.upos in {"NOUN", "PROPN"}:
        before = {t.text.lower() for t in sentence.tokens[max(0, trigger - 5) : trigger]}
        if before & _AHEAD or any(c.lemma.lower() in _COMING for c in sentence.children(trigger, "amod")):
            return "planned"
    else:
        after = [c.text.lower() for c in sentence.children(trigger, "aux")]
        if token.xpos == "VBG" and {"am", "is", "are"} & set(after) and token.lemma.lower() in _SENDING:
            return "planned"
        if token.xpos == "VBG" and "be" in {c.lemma for c in sentence.children(trigger, "aux")} and "was" not in after:
            ahead = date_of(article, sentence, trigger)[0]
            if ahead and article.document.published and ahead > article.document.published:
                return "planned"
        # "leaves for Moscow on Tuesday": the present of a timetable
        if token.xpos in {"VBZ", "VBP"} and not after and token.lemma.lower() in _TRAVEL:
            return "planned"
        if (
            above is not None
            and above.lemma == "look"
            and any(c.text.lower() == "forward" for c in sentence.children(above.index))
        ):
            return "planned"
        # "is likely to visit", "is expected to visit", "is due in"
        likely = {"likely", "expect", "expected", "due", "schedule", "scheduled", "set", "ready"}
        if above is not None and above.lemma.lower() in likely and token.deprel in {"xcomp", "ccomp", "advcl"}:
            return "planned"
    return status_of(article, sentence, trigger)


def _lies_ahead(article: Article, date: DateMention) -> bool:
    """Whether a date lies after the day of publication: by its value, or as "later this month"."""
    published = article.document.published
    day = (date.edtf or "").split("/")[0]
    later = date.text.lower().split(" ")[0] in {"later", "next", "coming", "tomorrow"}
    return later or bool(published and day[: len(published)] > published[: len(day)])


def _record(article: Article, draft: _Draft) -> Visit:
    sentence, trigger = draft.sentence, draft.trigger
    told = date_mention(article, sentence, trigger)
    date, basis = (told.edtf, told.basis) if told else (None, None)
    status = draft.status
    if status == "occurred" and told and _lies_ahead(article, told):
        if told.first in {t.index for t in sentence.subtree(trigger)} or sentence.tokens[trigger].upos == "VERB":
            status = "planned"
        else:
            date, basis = None, None  # "will fly to Tokyo on Sunday after having completed a trip to Peru"
    start = min([sentence.tokens[trigger].start, *(g.start for g in draft.visitors)])
    end = max([clause_span(sentence, trigger)[1], *(g.end for g in draft.visitors)])
    guests = tuple(a for g in draft.visitors for a in actors(g))
    return Visit(
        **source(article, sentence, start, end),
        visitors=guests,
        host=draft.host,
        place=draft.place,
        date=date,
        date_basis=basis,
        purpose=purpose_of(sentence, trigger),
        status=status,
        level=level_of(guests),
        confidence=draft.certainty if status in {"occurred", "planned"} else draft.certainty - 0.2,
        evidence=f"rule: {sentence.tokens[trigger].text.lower()}",
    )


def _earlier(article: Article, draft: _Draft) -> Iterator[Visit]:
    """The earlier visit to that host of which "the first by a head of state since X in 1974" tells."""
    tokens = draft.sentence.tokens
    for since in tokens[draft.trigger + 1 :]:
        if since.lemma.lower() != "since":
            continue
        before = {t.lemma.lower() for t in tokens[draft.trigger + 1 : since.index]}
        person = next((m for m in article.actors_in(draft.sentence.index) if m.first == since.index + 1), None)
        if not before & {"first", "last"} or person is None or person.kind != "person" or not person.state:
            continue
        near = [d for d in article.dates_in(draft.sentence.index) if 0 <= d.first - person.last <= 2 and d.edtf]
        date = (near[0].edtf or "").removesuffix("/..") if near else None
        guests = (actor(person),)
        yield Visit(
            **source(article, draft.sentence, tokens[draft.trigger].start, near[0].end if near else person.end),
            visitors=guests,
            host=draft.host,
            date=date,
            date_basis=near[0].basis if near else None,
            level=level_of(guests),
            confidence=0.7,
            evidence="rule: since",
        )


def _merged(found: list[Visit]) -> list[Visit]:
    """Visits told several times as one: the same guests to the same host, with dates that do not contradict."""
    out: list[Visit] = []
    # dated ones first, so that one without a date joins the one that it most likely repeats
    for visit in sorted(found, key=lambda v: v.date is None):
        twins = [i for i, v in enumerate(out) if _same(v, visit)]
        twins.sort(key=lambda i: out[i].status != visit.status)
        if not twins:
            out.append(visit)
            continue
        kept, other = out[twins[0]], visit
        if kept.date and visit.date and _fine(visit.date) > _fine(kept.date):  # the finer date, with its quote
            kept, other = visit, kept
        date, basis = (kept.date, kept.date_basis) if kept.date else (other.date, other.date_basis)
        out[twins[0]] = replace(
            kept,
            date=date,
            date_basis=basis,
            place=kept.place or other.place,
            purpose=kept.purpose or other.purpose,
            level=min(filter(None, (kept.level, other.level)), key=_RANKS.index, default=None),
            confidence=round(min(0.97, kept.confidence + 0.1), 3),
        )
    return sorted(out, key=lambda v: (v.part != "title", v.start or 0))


def _fine(date: str) -> int:
    return len(date.partition("/")[0])


def _same(a: Visit, b: Visit) -> bool:
    if a.host != b.host:
        return False
    names_a, names_b = ({x.name for x in v.visitors if x.name} for v in (a, b))
    states_a, states_b = ({x.state for x in v.visitors} for v in (a, b))
    if names_a and names_b:
        if not names_a & names_b:
            return False
    elif not states_a & states_b:
        return False
    if a.date and b.date:
        return a.date.startswith(b.date) or b.date.startswith(a.date)
    return True


def level_of(guests: tuple[Actor, ...]) -> str | None:
    """The highest rank of the guests, by their offices; null where none is told."""
    levels = [lv for g in guests if g.role and (lv := offices.level(g.role, g.state))]
    return min(levels, key=_RANKS.index, default=None)


def purpose_of(sentence: Sentence, trigger: int) -> str | None:
    """What follows "for" or "to" after the trigger: "for talks on grain", "to attend celebrations"."""
    for child in sentence.children(trigger, "advcl", "xcomp", "obl", "nmod"):
        if child.index < trigger:
            continue
        infinitive = any(c.text.lower() == "to" and c.deprel == "mark" for c in sentence.children(child.index))
        if infinitive or "for" in _case(sentence, child.index):
            start, end = sentence.span(child.index)
            text = sentence.clip(start, end)
            return text.split(" ", 1)[-1] if text.lower().startswith(("for ", "to ")) and not infinitive else text
    return None


def _word(sentence: Sentence, index: int) -> str:
    return sentence.tokens[index].text.lower()


def _case(sentence: Sentence, index: int) -> set[str]:
    return {c.lemma.lower() for c in sentence.children(index, "case")}


def _covering(article: Article, sentence: Sentence, index: int) -> list[ActorMention]:
    held = [m for m in article.actors_in(sentence.index) if m.first <= index < m.last]
    return sorted(held, key=lambda m: m.last - m.first, reverse=True)[:1]


def _conjuncts(article: Article, sentence: Sentence, index: int) -> list[ActorMention]:
    """The mention at a token and those joined to it by "and", each once; the leader of a delegation first."""
    led = [c for c in sentence.children(index, "acl") if c.lemma.lower() in {"lead", "head"}]
    agents = [a for c in led for a in sentence.children(c.index, "obl:agent")]
    out = [m for a in agents for m in _covering(article, sentence, a.index)]
    out = list(dict.fromkeys([*out, *_covering(article, sentence, index)]))
    for c in sentence.children(index, "conj", "appos", "flat"):
        out += [m for m in _covering(article, sentence, c.index) if m not in out]
    return out


def _subjects(article: Article, sentence: Sentence, index: int) -> list[ActorMention]:
    """Who does what a predicate tells: its subject, or that of the predicate above it that it shares."""
    i = index
    for _ in range(6):
        subjects = sentence.children(i, "nsubj")
        # "he is scheduled to travel": the passive's subject is that of its complement
        passive = i == index and any(s.deprel == "nsubj:pass" for s in subjects)
        if subjects and not passive:
            story = dateline(sentence)
            if all(s.start < story for s in subjects):
                # the town of the dateline was drawn in: who stands before the verb acts
                before = [m for m in article.actors_in(sentence.index) if m.start >= story and m.last <= i]
                return [m for m in before if m.kind in _PERSONS][-1:]
            told = [s for s in subjects if s.start >= story]
            # "Special Assistant to the President, Ambassador X will travel": of two heads the one that names
            who = next((s for s in told if _covering(article, sentence, s.index)), told[0])
            if who.upos == "PRON" and who.xpos in {"WP", "WDT"} and sentence.tokens[i].head >= 0:
                return _conjuncts(article, sentence, sentence.tokens[i].head)
            return [m for s in subjects for m in _conjuncts(article, sentence, s.index)]
        token = sentence.tokens[i]
        if token.deprel.split(":")[0] == "acl" and token.head >= 0:
            return _conjuncts(article, sentence, token.head)
        if token.deprel in {"xcomp", "advcl"} and token.head >= 0 and token.xpos == "VB":
            # "asked the secretary to travel": who is asked or sent travels
            asked = sentence.children(token.head, "obj", "iobj")
            sent = [m for o in asked for m in _conjuncts(article, sentence, o.index)]
            if any(m.kind == "person" for m in sent) and sentence.tokens[token.head].lemma.lower() in _ASKING:
                return sent
        if token.head < 0 or token.deprel.split(":")[0] not in {"conj", "xcomp", "advcl", "ccomp", "obl", "obj"}:
            return []
        i = token.head
    return []


def _obliques(
    article: Article, sentence: Sentence, index: int, prepositions: frozenset[str]
) -> list[tuple[str, str | None]]:
    for child in sentence.children(index, "obl", "nmod"):
        if _case(sentence, child.index) & prepositions:
            found = _hosts(article, sentence, child.index)
            if found:
                return found
    return []


def _inner(sentence: Sentence, i: int, head: int) -> bool:
    """Whether a word is the inner part of a longer name: "the Augusta Victoria Hospital" is no town."""
    before = sentence.tokens[i - 1] if i else None
    inside = sentence.tokens[i].deprel == "compound" and before is not None
    return inside and before is not None and before.deprel == "compound" and before.head == head


def _hosts(article: Article, sentence: Sentence, index: int) -> list[tuple[str, str | None]]:
    """The states that a noun phrase stands for as a place, each with the city where one is named."""
    # "to Jeddah, where he will meet the leaders of Oman and Qatar": the list ends before the clause
    clauses = [c.index for c in sentence.children(index, "acl:relcl")]
    joined = [c.index for c in sentence.children(index, "conj", "appos", "flat", "compound")]
    heads = [index, *(i for i in joined if all(i < c for c in clauses) and not _inner(sentence, i, index))]
    # "the Kingdom of Saudi Arabia", "the city of Jeddah"
    for i in [h for h in heads if sentence.tokens[h].lemma.lower() in _REALMS]:
        heads += [c.index for c in sentence.children(i, "nmod") if "of" in _case(sentence, c.index)]
    out: dict[str, str | None] = {}
    for i in heads:
        for place in article.places_in(sentence.index):
            if place.first <= i < place.last and place.state:
                city = place.name if not _is_state(article, sentence, i) else None
                out[place.state] = out.get(place.state) or city
        for m in _covering(article, sentence, i):
            if m.kind == "state" and m.state:
                out.setdefault(m.state, None)
    return list(out.items())


def _is_state(article: Article, sentence: Sentence, index: int) -> bool:
    from comity.knowledge.states import by_name

    held = _covering(article, sentence, index)
    return any(m.kind == "state" and by_name(m.text) is not None for m in held)
