"""Acts of states counted by time: events and visits in reports and in data sets, each source separately.

Sources are never added up because they report the same acts. A count is 0 only if its source covers that time;
otherwise the answer is null. Reports cover a time if a document was published in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.analysis.indicators.time_unit import TimeUnit
from comity.influence.estimate import Estimate
from comity.influence.shares import PER_CENT, event_share
from comity.influence.ties import count, intensity
from comity.knowledge import plover
from comity.knowledge.states import by_code, continuing
from comity.ledger.fact import Fact
from comity.ledger.interval import Interval
from comity.ledger.reporting_volume import EventCount
from comity.records.observation import DataSource, Observation
from comity.records.record import Actor, Event, Visit

REPORTS = "reports"
"""The name of the ledger's own facts among the sources."""
SIDES = ("cooperation", "conflict")
_MOST_TIMES = 24
"""An act with more possible times than this is too vaguely dated to count as possible at any of them."""


@dataclass(frozen=True, slots=True)
class Way:
    """Two states; `directed` selects what the first does to the second."""

    one: str
    other: str
    directed: bool = False

    def key(self) -> tuple[str, str, bool]:
        """The key under which such acts are counted; both orders of an undirected pair are the same."""
        if self.directed or self.one < self.other:
            return (self.one, self.other, self.directed)
        return (self.other, self.one, False)


@dataclass(slots=True)
class _Tally:
    certain: int = 0
    possible: int = 0
    score: float = 0.0
    cooperation: int = 0
    conflict: int = 0

    def add(self, number: int, *, certain: bool, score: float = 0.0, side: str | None = None) -> None:
        """Counts acts of one kind; merely possible ones do not affect the tone."""
        if not certain:
            self.possible += number
            return
        self.certain += number
        self.score += score * number
        self.cooperation += number if side == "cooperation" else 0
        self.conflict += number if side == "conflict" else 0


Key = tuple[str, str, bool]


class Acts:
    """Events and visits between states by source, direction and time; a joint act counts in both directions.

    `documents` and `records` are the volume of each source at a time, whatever the states; `least` is how many foreign
    events in reports a share of them needs.
    """

    def __init__(
        self,
        time_unit: TimeUnit,
        documents: Mapping[int, int],
        records: Mapping[tuple[str, int], int],
        *,
        least: int = 0,
    ):
        self.time_unit = time_unit
        self._least = least
        self._volume = {**{(REPORTS, t): n for t, n in documents.items()}, **records}
        self._events: dict[tuple[str, int], dict[Key, _Tally]] = {}
        self._foreign: dict[tuple[str, int], dict[tuple[str, bool], int]] = {}
        self._visits: dict[tuple[str, int], dict[Key, _Tally]] = {}
        self._visitors: dict[str, set[str]] = {}
        self._eventful: dict[str, set[str]] = {}
        self._sources: dict[str, DataSource] = {}

    def read(self, facts: Iterable[Fact]) -> None:
        """Counts the events and visits of reports that took place."""
        for fact in facts:
            if fact.status != "occurred":
                continue
            if fact.kind == "event":
                self._event(fact)
            elif fact.kind == "visit":
                self._visit(fact)

    def count(self, counts: Iterable[EventCount]) -> None:
        """Counts the events of data sets."""
        for c in counts:
            a, b, at = continuing(c.a), continuing(c.b), self.time_unit.of(c.start)
            known = plover.events().get(c.event)
            if known is None or a == b or by_code(a) is None or by_code(b) is None:
                continue
            score = plover.scale(c.event, c.mode).value
            self._add(c.source, at, {(a, b)}, c.number, certain=True, score=score, side=known.side)

    def travel(self, observations: Iterable[Observation], sources: Sequence[DataSource]) -> None:
        """Counts the visits of data sets."""
        self._sources = {s.key: s for s in sources}
        for o in observations:
            if o.kind != "visit" or o.a is None or o.first is None:
                continue
            visitor = continuing(o.a)
            self._visitors.setdefault(o.source, set()).add(visitor)
            if o.b is not None and continuing(o.b) != visitor:
                self._go(o.source, {visitor}, continuing(o.b), self._at(Interval(o.first, o.last or o.first)))

    def holding(self, what: str) -> list[str]:
        """The sources with events or visits."""
        if what == "visits":
            return sorted({*self._visitors, *(s for s, _ in self._visits)})
        return sorted({s for s, _ in self._events})

    def times(self, source: str, what: str) -> set[int]:
        """The times at which a source has events or visits."""
        return {t for s, t in (self._visits if what == "visits" else self._events) if s == source}

    def pairs(self) -> set[tuple[str, str]]:
        """The pairs of states between which any source reports an act."""
        tables = [*self._events.values(), *self._visits.values()]
        return {(a, b) for cells in tables for a, b, directed in cells if not directed}

    def partners(self, of: str) -> dict[str, int]:
        """The states with which a state has acts, with the number of acts that any source reports."""
        out: dict[str, int] = {}
        for tables in (self._events, self._visits):
            for cells in tables.values():
                for (a, b, directed), tally in cells.items():
                    if not directed and of in {a, b}:
                        other = b if a == of else a
                        out[other] = out.get(other, 0) + tally.certain
        return out

    def volume(self, source: str, at: int) -> int | None:
        """The number of documents (or events of a data set) of a source at a time; null if it has none."""
        return self._volume.get((source, at))

    def events(self, source: str, way: Way, at: int, side: str | None = None) -> Estimate | None:
        """The number of events; only of one side, cooperation or conflict, if given."""
        tally = self._tally(source, way, at)
        if tally is None:
            return self._in_passing(self._events, source, way, at, "events")
        if side is None:
            return count(tally.certain, tally.possible, "events")
        return count(tally.cooperation if side == "cooperation" else tally.conflict, tally.possible, "events")

    def tone(self, source: str, way: Way, at: int) -> Estimate | None:
        """The mean PLOVER score of the events times their log volume."""
        tally = self._tally(source, way, at)
        if tally is None:
            return None
        mean = tally.score / tally.certain if tally.certain else 0.0
        return intensity([mean] * tally.certain)

    def share(self, source: str, way: Way, at: int) -> Estimate | None:
        """Share of the first state in the second one's foreign events (directed: in those done to it).

        Reports with fewer events than required give no share: it would be that of a few stories.
        """
        tally = self._tally(source, way, at)
        if tally is None:
            return None
        foreign = self._foreign.get((source, at), {}).get((way.other, way.directed), 0)
        if source == REPORTS and foreign < self._least:
            missing = (f"{self._least} foreign events of {way.other} ({foreign} are reported)",)
            return Estimate(value=None, low=0.0, high=100.0, unit=PER_CENT, missing=missing)
        return event_share(tally.certain, foreign).noted(f"on {foreign:,} foreign events of {way.other}")

    def visits(self, source: str, way: Way, at: int) -> Estimate | None:
        """The number of visits of the first to the second (undirected: of either to the other)."""
        tally = self._visits.get((source, at), {}).get(way.key(), _Tally())
        if source == REPORTS:
            if not self.volume(source, at):
                return self._in_passing(self._visits, source, way, at, "visits")
            return count(tally.certain, tally.possible, "visits")
        coverage = self._sources.get(source)
        if coverage is None or not self.time_unit.days(at).meets(Interval(coverage.first, coverage.last)):
            return None
        visitors = [way.one] if way.directed else [way.one, way.other]
        unseen = [v for v in visitors if v not in self._visitors.get(source, ())]
        if len(unseen) == len(visitors):
            return None
        if unseen:
            missing = tuple(f"visits of {v} ({source} lists none)" for v in unseen)
            least = float(tally.certain)
            return Estimate(value=None, low=least, high=None, unit="visits", missing=missing)
        return count(tally.certain, tally.possible, "visits")

    def _tally(self, source: str, way: Way, at: int) -> _Tally | None:
        if not self.volume(source, at):
            return None
        if source != REPORTS and not {way.one, way.other} <= self._eventful.get(source, set()):
            return None
        return self._events.get((source, at), {}).get(way.key(), _Tally())

    def _in_passing(
        self, tallies: Mapping[tuple[str, int], Mapping[Key, _Tally]], source: str, way: Way, at: int, unit: str
    ) -> Estimate | None:
        """The acts reported for a time without any document: no count, but a lower bound."""
        tally = tallies.get((source, at), {}).get(way.key())
        if source != REPORTS or tally is None or not tally.certain:
            return None
        missing = (f"documents of {self.time_unit.label(at)}",)
        return Estimate(value=None, low=float(tally.certain), high=None, unit=unit, missing=missing)

    def _event(self, fact: Fact) -> None:
        record = fact.as_a(Event)
        actors, recipients = _states(record.actor), _states(record.recipient)
        pairs = {(a, b) for a in actors for b in recipients or actors if a != b}
        known = plover.events().get(record.event)
        if not pairs or known is None:
            return
        score = plover.scale(known.name, record.mode).value
        for at, certain in self._of(fact):
            self._add(REPORTS, at, pairs, 1, certain=certain, score=score, side=known.side)

    def _add(
        self, source: str, at: int, pairs: set[tuple[str, str]], number: int, *, certain: bool, score: float, side: str
    ) -> None:
        cells = self._events.setdefault((source, at), {})
        for key in {Way(a, b, d).key() for a, b in pairs for d in (True, False)}:
            cells.setdefault(key, _Tally()).add(number, certain=certain, score=score, side=side)
        self._eventful.setdefault(source, set()).update(s for p in pairs for s in p)
        if certain:
            foreign = self._foreign.setdefault((source, at), {})
            sides = {(s, False) for p in pairs for s in p} | {(b, True) for _, b in pairs}
            for side_of in sides:
                foreign[side_of] = foreign.get(side_of, 0) + number

    def _visit(self, fact: Fact) -> None:
        visit = fact.as_a(Visit)
        if visit.host is not None:
            self._go(REPORTS, _states(visit.visitors), continuing(visit.host), self._of(fact))

    def _go(self, source: str, visitors: set[str], host: str, when: list[tuple[int, bool]]) -> None:
        for at, certain in when:
            cells = self._visits.setdefault((source, at), {})
            for key in {Way(v, host, d).key() for v in visitors - {host} for d in (True, False)}:
                cells.setdefault(key, _Tally()).add(1, certain=certain)

    def _of(self, fact: Fact) -> list[tuple[int, bool]]:
        """The times of a fact; an undated one may have taken place when it was first reported."""
        if fact.undated and fact.known is not None:
            return [(self.time_unit.of(fact.known), False)]
        return self._at(fact.when)

    def _at(self, when: Interval) -> list[tuple[int, bool]]:
        """The times of an act, and whether they are certain; an ongoing act counts when it begins."""
        if when.first is None or when.last is None:
            return []
        times = list(self.time_unit.spanned(when.first, when.last))
        if (when.days or 0) <= _STAY or len(times) == 1:
            return [(times[0], True)]
        return [(t, False) for t in times] if len(times) <= _MOST_TIMES else []


_STAY = 27
"""An act of several days across the end of a month counts once, at its beginning; a longer span is a vague date."""


def _states(actors: Iterable[Actor]) -> set[str]:
    found = {continuing(a.state) for a in actors if a.state}
    return {s for s in found if by_code(s) is not None}
