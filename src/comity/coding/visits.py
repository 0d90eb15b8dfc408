"""Visits: who travelled, in which rank, to which state, when, and whether it took place.

Which words report a journey is in `en/journeys.csv`; by which words one is planned, in the rows of
`en/constructions.csv` for a `journey`. A meeting on the margins of a conference and a telephone call are events, not
visits (GUIDE of the development sets).
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from comity.coding import constructions
from comity.coding.constructions import path
from comity.coding.contradictions import has_session, is_called_off
from comity.coding.journeys import Frame, frames
from comity.coding.parties import dyad
from comity.coding.phrases import left_edge
from comity.coding.statement import actors, clause_span, date_mention, source, status_of
from comity.knowledge import modality, offices
from comity.knowledge.states import by_address, by_name, continuing
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.mentions.edtf import lies_after
from comity.mentions.mention import ActorMention
from comity.records.record import Actor, Visit

_PERSONS = frozenset({"person", "group", "pronoun"})
_NO_GUESTS = frozenset({"MIL", "REB", "BUS", "SPY"})  # soldiers on the march are no guests


@dataclass(frozen=True, slots=True)
class _Scene:
    """A word of an article's sentence that may report a journey."""

    article: Article
    sentence: Sentence
    word: Token

    def mentions(self, words: Collection[int]) -> list[ActorMention]:
        """The mentions that have one of some words."""
        named = self.article.actors_in(self.sentence.index)
        return [m for m in named if any(m.first <= i < m.last for i in words)]

    def reached(self, cell: str, named: Callable[[int], bool] | None = None) -> tuple[int, ...]:
        """The words to which the path in a cell leads; none where it is empty."""
        return path(cell).reached(self.sentence, self.word.index, named) if cell else ()


def code_visits(article: Article) -> list[Visit]:
    """The visits of an article, each once however often it is reported, in the order of the text.

    The visitor has a name or an office and a state; the host is another state. `status` is `denied` where the visit
    was called off.
    """
    found: list[Visit] = []
    for sentence in article.sentences:
        # most sentences have no words for a frame, and are not looked at word by word
        may = [f for f in frames() if f.words.may_lead(sentence) and path(f.visitor).may_lead(sentence)]
        for word in sentence.tokens if may and article.actors_in(sentence.index) else ():
            fitting = (f for f in may if f.words.reached(sentence, word.index))
            found += next(filter(None, (list(_of_frame(_Scene(article, sentence, word), f)) for f in fitting)), [])
    return _merged(found)


def _of_frame(scene: _Scene, frame: Frame) -> Iterator[Visit]:
    guests = _guests(scene, frame)
    if guests and not frame.of_travel and has_session(scene.article, scene.sentence):
        return  # without a word of travel, "in Vienna for the OPEC meeting" is no visit to Austria
    for host, place in _hosts(scene, frame, guests).items() if guests else ():
        # each state's guests make a visit of their own
        for states in dict.fromkeys(g.states for g in guests if host not in g.states):
            yield _record(scene, frame, [g for g in guests if g.states == states], host, place)


def _guests(scene: _Scene, frame: Frame) -> list[ActorMention]:
    """Who travels: persons and bodies with a state, each name once."""

    def known(word: int) -> list[ActorMention]:
        found = scene.mentions((*path("{leader}").reached(scene.sentence, word), word))
        found += [_body(scene)] if not found and word == scene.word.index else []
        return [g for m in found if (g := _with_state(scene, frame, m)).states]

    once: dict[str | int, ActorMention] = {}
    for guest in (g for w in scene.reached(frame.visitor, lambda i: bool(known(i))) for g in known(w)):
        if guest.kind in _PERSONS and guest.sector not in _NO_GUESTS:
            once.setdefault(guest.name or guest.start, guest)
    return list(once.values())


def _body(scene: _Scene) -> ActorMention:
    """A delegation as a party of its own, where only the one who sends it is known."""
    sentence, head, end = scene.sentence, scene.word.index, scene.word.end
    first = left_edge(sentence.tokens, head)
    start = sentence.tokens[first].start
    text = sentence.clip(start, end)
    return ActorMention(sentence.index, first, head + 1, head, start, end, text, "group", sector="GOV")


def _with_state(scene: _Scene, frame: Frame, guest: ActorMention) -> ActorMention:
    """A guest with its state: its own, that of who sends it, or that of the government that publishes."""
    if guest.states:
        return guest
    if sender := next((m for m in scene.mentions(scene.reached(frame.sender)) if m.state), None):
        return replace(guest, state=sender.state)
    home = by_address(scene.article.document.source) if " " in (guest.name or "") else None
    return replace(guest, state=home.code) if home else guest


def _hosts(scene: _Scene, frame: Frame, guests: list[ActorMention]) -> dict[str, str | None]:
    """The states to which a frame's paths lead, each with the town where one is named."""
    own = {s for g in guests for s in g.states}
    if frame.host == "other":
        pair = dyad(scene.article)
        return dict.fromkeys(pair if own <= {*pair} else ())
    if frame.host in {"here", "abroad"}:
        text = (p for p in scene.article.places if scene.article.sentences[p.sentence].part == "text")
        setting = [p.state for p in text if p.state and (frame.host == "here" or p.state not in own)]
        return dict.fromkeys(setting[:1])
    places = ((p, p.state) for p in scene.article.places_in(scene.sentence.index) if p.state)
    named = {w: (state, None if by_name(p.text) else p.name) for p, state in places for w in range(p.first, p.last)}
    found: dict[str, str | None] = {}
    for state, town in map(named.__getitem__, scene.reached(frame.host, named.__contains__)):
        found[state] = found.get(state) or town
    return found or dict.fromkeys(m.state for m in scene.mentions(scene.reached(frame.receiver)) if m.state)


def _reported_by(scene: _Scene, frame: Frame) -> list[Token]:
    """The nearest word of travel above a frame's word that may be any name: without it a quote proves no visit."""
    above = () if frame.of_travel else scene.sentence.ancestors(scene.word.index)
    travel = [f.words for f in frames() if f.of_travel]
    return [t for t in above if any(w.reached(scene.sentence, t.index) for w in travel)][:1]


def _record(scene: _Scene, frame: Frame, guests: list[ActorMention], host: str, place: str | None) -> Visit:
    sentence, trigger = scene.sentence, scene.word.index
    around = constructions.found("journey", sentence, trigger)
    status = around.yields if around else frame.status or status_of(sentence, trigger)
    status = "denied" if is_called_off(sentence, trigger) else status
    date = date_mention(scene.article, sentence, trigger)
    later = date is not None and date.text.lower().split(" ")[0] in modality.words("later")
    if status == "occurred" and date and (later or lies_after(date.edtf, scene.article.document.published)):
        own = scene.word.upos == "VERB" or date.first in {t.index for t in sentence.subtree(trigger)}
        # a trip that is done has not the day of the journey that is to follow it
        status, date = ("planned", date) if own else (status, None)
    spans: list[ActorMention | Token] = [*guests, *_reported_by(scene, frame)]
    start = min([scene.word.start, *(s.start for s in spans)])
    end = max([clause_span(sentence, trigger)[1], *(s.end for s in spans)])
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
        confidence=float(frame.certainty) - (0.0 if status in {"occurred", "planned"} else 0.2),
        evidence=f"rule: {scene.word.text.lower()}",
    )


def _merged(found: list[Visit]) -> list[Visit]:
    """Visits reported several times as one."""
    out: list[Visit] = []
    for visit in found:
        twins = [v for v in out if same_journey(v, visit, named=True)]
        if not twins:
            out.append(visit)
            continue
        twin = min(twins, key=lambda v: v.status != visit.status)
        # the finer date, with its quote
        finer, other = sorted((twin, visit), key=lambda v: -len((v.date or "").partition("/")[0]))
        if (twin.status, visit.status) == ("planned", "denied"):
            # "will come on May 3 … the trip was called off": the day is that of the plan, the words are not
            finer, other = replace(visit, date=finer.date, date_basis=finer.date_basis), twin
        out[out.index(twin)] = replace(
            finer,
            place=finer.place or other.place,
            purpose=finer.purpose or other.purpose,
            level=offices.highest((finer.level, other.level)),
            confidence=round(min(0.97, finer.confidence + 0.1), 3),
        )
    return sorted(out, key=lambda v: (v.part != "title", v.start or 0))


def same_journey(a: Visit, b: Visit, *, named: bool = False) -> bool:
    """Whether two records report one journey: from one state to one host on days that agree; `named`, of one guest.

    >>> one, other = (Visit(visitors=(Actor(text="king", state="NOR"),), host="KEN", date=d) for d in ("2019", "2018"))
    >>> same_journey(one, one), same_journey(one, other)
    (True, False)
    """
    names = [{x.name for x in v.visitors if x.name} for v in (a, b)]
    homes = [{continuing(c) for x in v.visitors if (c := x.state or x.organisation)} for v in (a, b)]
    guests, others = names if named and all(names) else homes
    first, second = a.date or "", b.date or ""
    alike = first.startswith(second) or second.startswith(first)
    return alike and continuing(a.host or "") == continuing(b.host or "") and not guests.isdisjoint(others)


def level_of(guests: tuple[Actor, ...]) -> str | None:
    """The highest rank of the guests, by their offices; null where none is known.

    >>> level_of((Actor(text="the king", role="king", state="NOR"), Actor(text="Ola Vik", name="Ola Vik")))
    'head of state'
    """
    return offices.highest(offices.level(g.role, g.state) for g in guests if g.role)


def purpose_of(sentence: Sentence, trigger: int) -> str | None:
    """What a journey is for, in the words that stand after its own: "talks on grain", "to attend celebrations".

    >>> from comity.document.document import Document
    >>> from comity.mentions.reader import read_article
    >>> text = "Kenya's president flew to Kampala for talks on grain."
    >>> purpose_of(read_article(Document(id="d", text=text, language="en")).sentences[0], 3)
    'talks on grain'
    """
    words = path("{purpose}").reached(sentence, trigger, lambda i: i > trigger)
    return sentence.clip(*sentence.span(words[0])).removeprefix("for ") if words else None
