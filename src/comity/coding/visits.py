"""Visits: who travelled, in which rank, to which state, when, and whether it took place.

Which words report a journey, and where its visitors and its host stand beside them, is in `en/journeys.csv`; by which
words one is planned, in the rows of `en/constructions.csv` for a `journey`. A meeting on the margins of a conference
and a telephone call are events, not visits (GUIDE of the development sets).
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache

from comity.coding import constructions
from comity.coding.constructions import Path, path
from comity.coding.contradictions import has_session, is_called_off
from comity.coding.parties import dyad
from comity.coding.phrases import left_edge
from comity.coding.statement import actors, clause_span, date_mention, source, status_of
from comity.knowledge import modality, offices
from comity.knowledge.states import by_address, by_name, rows
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.mentions.edtf import lies_after
from comity.mentions.mention import ActorMention
from comity.records.record import Actor, Visit

_PERSONS = frozenset({"person", "group", "pronoun"})
_NO_GUESTS = frozenset({"MIL", "REB", "BUS", "SPY"})  # soldiers on the march are no guests

Hosts = dict[str, str | None]
"""States that are visited, each with the town where one is named."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of `en/journeys.csv`: which words report a journey, and the paths from them to who takes part in it.

    `sender` leads to whose state a visitor without a state is of, `receiver` to whose state is the host where no place
    is named; a `host` that is `here` is where the report is set, `abroad` the first state there that is not a
    visitor's own, `other` the other one of the two that it is about. `status` is empty where the words around say it.
    """

    words: Path
    visitor: str
    sender: str
    host: str
    receiver: str
    status: str
    certainty: float

    @property
    def by_word(self) -> bool:
        """Whether its words are some that report travel; else any name may be one, by what stands around it."""
        return any(self.words.asked)


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


@cache
def frames() -> tuple[Frame, ...]:
    """The frames of journeys, in the order of the table: of two that find a journey by one word the first is meant.

    >>> one = Sentence(0, "text", 0, 6, "Toured", (Token(0, "Toured", 0, 6, "tour", "VERB", "VBD", -1, "root"),))
    >>> next(f.host for f in frames() if f.words.reached(one, 0))
    'obj {named}'
    """
    return tuple(
        Frame(path(r["pattern"]), r["visitor"], r["sender"], r["host"], r["receiver"], r["yields"],
              float(r["certainty"]))
        for r in rows("en/journeys.csv")
    )  # fmt: skip


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
            if fitting := [f for f in may if f.words.reached(sentence, word.index)]:
                scene = _Scene(article, sentence, word)
                found += next(filter(None, (list(_of_frame(scene, f)) for f in fitting)), [])
    return _merged(found)


def _of_frame(scene: _Scene, frame: Frame) -> Iterator[Visit]:
    guests = _guests(scene, frame)
    if not frame.by_word and guests and has_session(scene.article, scene.sentence):
        return  # "in Vienna for the OPEC meeting" is no visit to Austria
    for host, place in _hosts(scene, frame, guests).items() if guests else ():
        # each state's guests make a visit of their own
        for states in dict.fromkeys(g.states for g in guests if host not in g.states):
            yield _record(scene, frame, [g for g in guests if g.states == states], host, place)


def _guests(scene: _Scene, frame: Frame) -> list[ActorMention]:
    """Who travels: persons and bodies with a state, each name once."""

    def known(word: int) -> list[ActorMention]:
        found = scene.mentions((*path("{leader}").reached(scene.sentence, word), word))
        found = found or ([_body(scene)] if word == scene.word.index else [])
        return [g for m in found if (g := _with_state(scene, frame, m)).states]

    once: dict[str | int, ActorMention] = {}
    for guest in (g for w in scene.reached(frame.visitor, lambda i: bool(known(i))) for g in known(w)):
        if guest.kind in _PERSONS and guest.sector not in _NO_GUESTS:
            once.setdefault(guest.name or guest.start, guest)
    return list(once.values())


def _body(scene: _Scene) -> ActorMention:
    """A delegation as a party of its own, where only the one who sends it is known."""
    head, last = scene.word.index, scene.word.end
    first = left_edge(scene.sentence.tokens, head)
    start = scene.sentence.tokens[first].start
    text = scene.sentence.clip(start, last)
    return ActorMention(scene.sentence.index, first, head + 1, head, start, last, text, "group", sector="GOV")


def _with_state(scene: _Scene, frame: Frame, guest: ActorMention) -> ActorMention:
    """A guest with its state: its own, that of who sends it, or that of the government that publishes."""
    if guest.states:
        return guest
    if sender := next((m for m in scene.mentions(scene.reached(frame.sender)) if m.state), None):
        return replace(guest, state=sender.state)
    full = guest.kind == "person" and " " in (guest.name or "")
    home = by_address(scene.article.document.source) if full else None
    return replace(guest, state=home.code) if home else guest


def _hosts(scene: _Scene, frame: Frame, guests: list[ActorMention]) -> Hosts:
    """The states to which a frame's paths lead."""
    own = {s for g in guests for s in g.states}
    if frame.host == "other":
        pair = dyad(scene.article)
        return dict.fromkeys(pair if own <= {*pair} else ())
    if frame.host in {"here", "abroad"}:
        return dict.fromkeys([s for s in _setting(scene) if frame.host == "here" or s not in own][:1])
    places = scene.reached(frame.host, lambda i: bool(_places(scene, [i])))
    by = (m.state for m in scene.mentions(scene.reached(frame.receiver)) if m.state)
    return _places(scene, places) or dict.fromkeys(by)


def _places(scene: _Scene, words: Collection[int]) -> Hosts:
    """The states that words name as places."""
    found: Hosts = {}
    for place in scene.article.places_in(scene.sentence.index):
        if place.state and any(place.first <= w < place.last for w in words):
            town = None if by_name(place.text) else place.name
            found[place.state] = found.get(place.state) or town
    return found


def _setting(scene: _Scene) -> Iterator[str]:
    """The states in which a report may be set: of the places in its text, the dateline's first, but none come from."""
    for place in scene.article.places:
        sentence = scene.article.sentences[place.sentence]
        left = any(path("{origin}").reached(sentence, i) for i in range(place.first, place.last))
        if place.state and sentence.part == "text" and not left:
            yield place.state


def _status(scene: _Scene, frame: Frame) -> str:
    """Whether a journey took place: by the rows for a `journey`, its frame and the verbs around it."""
    if is_called_off(scene.sentence, scene.word.index):
        return "denied"
    around = constructions.found("journey", scene.sentence, scene.word.index)
    return around.yields if around else frame.status or status_of(scene.sentence, scene.word.index)


def _reported_by(scene: _Scene, frame: Frame) -> list[Token]:
    """The nearest word of travel above a frame's word that may be any name: without it a quote proves no visit."""
    above = () if frame.by_word else scene.sentence.ancestors(scene.word.index)
    return [t for t in above if any(f.by_word and f.words.reached(scene.sentence, t.index) for f in frames())][:1]


def _record(scene: _Scene, frame: Frame, guests: list[ActorMention], host: str, place: str | None) -> Visit:
    sentence, trigger = scene.sentence, scene.word.index
    status, date = _status(scene, frame), date_mention(scene.article, sentence, trigger)
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
        confidence=frame.certainty - (0.0 if status in {"occurred", "planned"} else 0.2),
        evidence=f"rule: {scene.word.text.lower()}",
    )


def _merged(found: list[Visit]) -> list[Visit]:
    """Visits reported several times as one: the same guests to the same host, with dates that do not contradict."""
    out: list[Visit] = []
    for visit in found:
        twins = [i for i, v in enumerate(out) if _same(v, visit)]
        if not twins:
            out.append(visit)
            continue
        at = min(twins, key=lambda i: out[i].status != visit.status)
        # the finer date, with its quote
        kept, other = sorted((out[at], visit), key=lambda v: -len((v.date or "").partition("/")[0]))
        if (out[at].status, visit.status) == ("planned", "denied"):
            # "will come on May 3 … the trip was called off": the day is that of the plan, the words are not
            kept, other = replace(visit, date=kept.date, date_basis=kept.date_basis), out[at]
        out[at] = replace(
            kept,
            place=kept.place or other.place,
            purpose=kept.purpose or other.purpose,
            level=offices.highest((kept.level, other.level)),
            confidence=round(min(0.97, kept.confidence + 0.1), 3),
        )
    return sorted(out, key=lambda v: (v.part != "title", v.start or 0))


def _same(a: Visit, b: Visit) -> bool:
    names, states = ([{getattr(x, of) for x in v.visitors} - {None} for v in (a, b)] for of in ("name", "state"))
    guests, others = names if all(names) else states
    first, second = a.date or "", b.date or ""
    alike = first.startswith(second) or second.startswith(first)
    return a.host == b.host and alike and not guests.isdisjoint(others)


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
