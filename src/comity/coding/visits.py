"""Visits: who travelled, in which rank, to which state, when, and whether it took place.

Which words report a journey, and where its visitors and its host stand beside them, is in the rows of
`en/journeys.csv`; `en/journey_statuses.csv` says by which words one is planned. A meeting on the margins of a conference
and a telephone call are events, not visits (GUIDE of the development sets).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from comity.coding.bystanders import has_session
from comity.coding.contradictions import is_called_off
from comity.coding.phrases import left_edge
from comity.coding.roles import Words, mentions_at, roles, words_of
from comity.coding.statement import actors, clause_span, date_mention, source, status_of
from comity.knowledge import offices
from comity.knowledge.states import by_address, by_name, rows
from comity.language.graph import Graph
from comity.language.tree import Sentence, Token, dateline
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, DateMention
from comity.records.record import Actor, Visit

_PERSONS = frozenset({"person", "group", "pronoun"})
_NO_GUESTS = frozenset({"MIL", "REB", "BUS", "SPY"})  # soldiers on the march are no guests
_RANKS = ("head of state", "head of government", "minister", "other")
_HERE = "here"
"""The host of a frame where nobody says where one is: where the report is set."""

Hosts = dict[str, str | None]
"""States that are visited, each with the town where one is named."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of `en/journeys.csv`: words that report a journey, and the paths from them to who takes part in it.

    `sender` leads to whose state a visitor without a state is of, `receiver` to whose state is the host where no place
    is named. `status` is null where the words around say it.
    """

    words: Words
    parts: Words
    visitor: str
    sender: str
    host: str
    receiver: str
    status: str | None
    certainty: float


@dataclass(frozen=True, slots=True)
class _Scene:
    """A word of an article's sentence that may report a journey."""

    article: Article
    sentence: Sentence
    graph: Graph
    word: Token

    def mentions(self, words: Iterable[int]) -> list[ActorMention]:
        return mentions_at(self.article, self.sentence.index, words)


@cache
def frames() -> tuple[Frame, ...]:
    """The frames of journeys, in the order of the table: of two that find a journey by one word the first is meant.

    >>> [f.host for f in frames() if f.words.have(Token(0, "toured", 0, 6, "tour", "VERB", "VBD", -1, "root"))][0]
    'obj'
    """
    return tuple(
        Frame(words_of(r["words"]), words_of(r["upos"]), r["visitor"], r["sender"], r["host"], r["receiver"],
              r["status"] or None, float(r["certainty"]))
        for r in rows("en/journeys.csv")
    )  # fmt: skip


def code_visits(article: Article) -> list[Visit]:
    """The visits of an article, each once however often it is reported, in the order of the text.

    The visitor has a name or an office and a state; the host is another state. `status` is `denied` where the visit
    was called off.
    """
    found: list[Visit] = []
    for sentence in article.sentences:
        graph = Graph(sentence)
        for word in sentence.tokens if article.actors_in(sentence.index) else ():
            found += _visits(_Scene(article, sentence, graph, word))
    return _merged(found)


def _visits(scene: _Scene) -> list[Visit]:
    """The visits that a word reports, by the first frame that finds any."""
    for frame in frames():
        if frame.words.have(scene.word) and frame.parts.have(scene.word):
            found = list(_of_frame(scene, frame))
            if found:
                return found
    return []


def _of_frame(scene: _Scene, frame: Frame) -> Iterator[Visit]:
    if not frame.words.lemmas and has_session(scene.article, scene.sentence):
        return  # "in Vienna for the OPEC meeting" is no visit to Austria
    guests = _guests(scene, frame)
    for host, place in _hosts(scene, frame, guests).items() if guests else ():
        # each state's guests make a visit of their own
        for states in dict.fromkeys(g.states for g in guests if host not in g.states):
            yield _record(scene, frame, [g for g in guests if g.states == states], host, place)


def _guests(scene: _Scene, frame: Frame) -> list[ActorMention]:
    """Who travels: persons and bodies with a state, each name once."""
    start = dateline(scene.sentence)

    def known(word: int) -> list[ActorMention]:
        found = scene.mentions((*roles(scene.graph, word, "{leader}"), *roles(scene.graph, word, "{beside}")))
        if not found and word == scene.word.index:
            found = [_body(scene)]
        return [g for m in found if m.start >= start for g in _of_state(scene, frame, m)]

    words = roles(scene.graph, scene.word.index, frame.visitor, lambda i: bool(known(i)))
    found = dict.fromkeys(g for w in words for g in known(w))
    guests = [g for g in found if g.kind in _PERSONS and g.sector not in _NO_GUESTS]
    return [g for i, g in enumerate(guests) if g.name is None or g.name not in {x.name for x in guests[:i]}]


def _body(scene: _Scene) -> ActorMention:
    """A delegation as a party of its own, where only the one who sends it is known."""
    sentence, head = scene.sentence, scene.word.index
    first = left_edge(sentence.tokens, head)
    start, end = sentence.tokens[first].start, scene.word.end
    return ActorMention(sentence.index, first, head + 1, head, start, end, sentence.clip(start, end), "group", sector="GOV")


def _of_state(scene: _Scene, frame: Frame, guest: ActorMention) -> Iterator[ActorMention]:
    """A guest with a state: the own one, that of who sends, or of the government that publishes; none without."""
    if guest.states:
        yield guest
        return
    senders = scene.mentions(roles(scene.graph, scene.word.index, frame.sender)) if frame.sender else []
    if sender := next((m for m in senders if m.state), None):
        yield replace(guest, state=sender.state, state_now=sender.state_now)
    elif guest.kind == "person" and guest.name and " " in guest.name:
        if home := by_address(scene.article.document.source):
            yield replace(guest, state=home.code)


def _hosts(scene: _Scene, frame: Frame, guests: list[ActorMention]) -> Hosts:
    """The states to which a frame's paths lead."""
    if frame.host == _HERE:
        return _here(scene, guests)
    words = roles(scene.graph, scene.word.index, frame.host, lambda i: bool(_named(scene, i)))
    found = _joined(_named(scene, w) for w in words)
    if not found and frame.receiver:
        by = scene.mentions(roles(scene.graph, scene.word.index, frame.receiver))
        found = dict.fromkeys([m.state for m in by if m.state][:1])
    return found


def _named(scene: _Scene, word: int) -> Hosts:
    """The states that a phrase names as places."""
    words = roles(scene.graph, word, "{named}", lambda i: bool(_place(scene, i)))
    return _joined(_place(scene, w) for w in words)


def _joined(hosts: Iterable[Hosts]) -> Hosts:
    found: Hosts = {}
    for state, town in (pair for h in hosts for pair in h.items()):
        found[state] = found.get(state) or town
    return found


def _place(scene: _Scene, word: int) -> Hosts:
    over = scene.mentions([word])
    states = [m for m in over if m.kind == "state" and m.state]
    places = [p for p in scene.article.places_in(scene.sentence.index) if p.first <= word < p.last and p.state]
    town = not any(by_name(m.text) for m in states)
    return {m.state: None for m in states if m.state} | {p.state: p.name if town else None for p in places if p.state}


def _here(scene: _Scene, guests: list[ActorMention]) -> Hosts:
    """Where a report is set: the first state that it names a place of, or else the sentence a party of."""
    article, sentence = scene.article, scene.sentence
    own = {s for g in guests for s in g.states}
    # the place that one comes from is not where one is
    left = {p.start for p in article.places_in(sentence.index)
            if p.first and sentence.tokens[p.first - 1].lemma == "from"}  # fmt: skip
    states = [p.state for p in article.places if p.state and p.start not in left]
    states += [m.state for m in article.actors_in(sentence.index) if m.state]
    return dict.fromkeys([s for s in states if s not in own][:1])


def _status(scene: _Scene, frame: Frame) -> str:
    if is_called_off(scene.sentence, scene.word.index):
        return "denied"
    for row in rows("en/journey_statuses.csv"):
        if words_of(row["words"]).have(scene.word) and words_of(row["upos"]).have(scene.word):
            if roles(scene.graph, scene.word.index, row["path"]):
                return row["status"]
    return frame.status or status_of(scene.article, scene.sentence, scene.word.index)


def _lies_ahead(article: Article, date: DateMention) -> bool:
    """Whether a date lies after the day of publication: by its value, or as "later this month"."""
    published = article.document.published
    day = (date.edtf or "").split("/")[0]
    later = date.text.lower().split(" ")[0] in {"later", "next", "coming", "tomorrow"}
    return later or bool(published and day[: len(published)] > published[: len(day)])


def _record(scene: _Scene, frame: Frame, guests: list[ActorMention], host: str, place: str | None) -> Visit:
    sentence, trigger = scene.sentence, scene.word.index
    date = date_mention(scene.article, sentence, trigger)
    status = _status(scene, frame)
    if status == "occurred" and date and _lies_ahead(scene.article, date):
        own = scene.word.upos == "VERB" or date.first in {t.index for t in sentence.subtree(trigger)}
        # "will fly to Tokyo on Sunday after having completed a trip to Peru"
        status, date = ("planned", date) if own else (status, None)
    start = min([scene.word.start, *(g.start for g in guests)])
    end = max([clause_span(sentence, trigger)[1], *(g.end for g in guests)])
    visitors = tuple(a for g in guests for a in actors(g))
    return Visit(
        **source(scene.article, sentence, start, end),
        visitors=visitors,
        host=host,
        place=place,
        date=date.edtf if date else None,
        date_basis=date.basis if date else None,
        purpose=purpose_of(sentence, trigger),
        status=status,
        level=level_of(visitors),
        confidence=frame.certainty - (0.0 if status in {"occurred", "planned"} else 0.2),
        evidence=f"rule: {scene.word.text.lower()}",
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
        if infinitive or any(c.lemma.lower() == "for" for c in sentence.children(child.index, "case")):
            start, end = sentence.span(child.index)
            text = sentence.clip(start, end)
            return text.split(" ", 1)[-1] if text.lower().startswith(("for ", "to ")) and not infinitive else text
    return None
