"""Ties of data sets at a time: alliances, shared organisations, posts."""

from collections.abc import Iterable, Sequence
from datetime import date

from comity.analysis.indicators.time_unit import TimeUnit
from comity.influence.estimate import Estimate, exact, unknown
from comity.influence.ties import OBLIGATIONS, alliance_index, posts, shared_organisations
from comity.knowledge.states import by_code, continuing
from comity.ledger.interval import Interval
from comity.records.observation import DataSource, Observation

_WORDS = {
    "defence": "defense",
    "offence": "offense",
    "neutrality": "neutral",
    "nonaggression": "nonagg",
    "non-aggression": "nonagg",
    "consultation": "consul",
    "entente": "consul",
}

_MEMBERS = frozenset({None, "full member"})
"""Observers and associates are not members; a source that states no role lists members."""
_POSTS = {"ambassador": 1.0, "minister": 2 / 3, "chargé d'affaires": 1 / 3}
"""Levels of a source that names them, by their rank of three."""


class Ties:
    """The ties of some observations; a tie without a last day continues until the end of its source.

    A source implies the absence of a tie only for states that it contains, and only for a time for which it reports any
    tie (diplomatic exchange is listed every few years); otherwise the answer is null.
    """

    def __init__(self, observations: Iterable[Observation], sources: Sequence[DataSource], time_unit: TimeUnit):
        self.time_unit = time_unit
        self.sources = {s.key: s for s in sources}
        self._rows: dict[tuple[str, str], list[Observation]] = {}
        self._pairs: dict[tuple[str, str, str], list[Observation]] = {}
        self._times: dict[tuple[str, str], set[int]] = {}
        for o in observations:
            if o.kind == "tie" and o.first is not None:
                self._rows.setdefault((o.source, o.measure), []).append(o)
                for state in o.states:
                    self._pairs.setdefault((o.source, o.measure, state), []).append(o)

    def holding(self, measure: str) -> list[str]:
        """The sources with a measure, by key."""
        return sorted(source for source, m in self._rows if m == measure)

    def times(self, source: str, measure: str) -> set[int]:
        """The times for which a source has rows of a measure."""
        if (source, measure) not in self._times:
            out: set[int] = set()
            for o in self._rows.get((source, measure), ()):
                if o.first is not None:
                    out.update(self.time_unit.spanned(o.first, self._end(o)))
            self._times[source, measure] = out
        return self._times[source, measure]

    def pairs(self, source: str, measure: str) -> set[tuple[str, str]]:
        """The pairs of states between which a source reports a tie."""
        rows = self._rows.get((source, measure), ())
        return {(a, b) for o in rows for n, a in enumerate(o.states) for b in o.states[n + 1 :]}

    def obligations(self, source: str, one: str, other: str, at: int) -> Estimate | None:
        """The number of ATOP's obligations of two states; 0 if the source contains both and reports no alliance."""
        obligations = self._obligations(source, one, other, at)
        if obligations is None or isinstance(obligations, Estimate):
            return obligations
        number = exact(float(len(obligations)), "obligations")
        return number.noted(", ".join(o for o in OBLIGATIONS if o in obligations)) if obligations else number

    def alliance(self, source: str, one: str, other: str, at: int) -> Estimate | None:
        """The points that FBIC assigns to the obligations of two states."""
        obligations = self._obligations(source, one, other, at)
        return obligations if obligations is None or isinstance(obligations, Estimate) else alliance_index(obligations)

    def organisations(self, source: str, one: str, other: str, at: int) -> Estimate | None:
        """The number of organisations that two states share, as the source counts them or by its lists of members."""
        found = self._between(source, "membership", one, other, at)
        if found:
            values = [f.value for f in found if f.value is not None]
            if values:
                return exact(max(values), "organisations")
            if any(f.standing == "missing" for f in found if not f.directed):
                return unknown(f"organisations of {one} and {other}, {self.time_unit.label(at)}", "organisations")
        members = [self._members(source, s, at) for s in (one, other)]
        if not members[0] or not members[1]:
            return None
        return shared_organisations(members[0], members[1])

    def posts(self, source: str, one: str, other: str, at: int) -> Estimate | None:
        """The mean level of the two states' posts with each other, 1 if both have an ambassador."""
        found = self._between(source, "post", one, other, at)
        if found is None:
            return None
        levels: dict[str, float | None] = {}
        for f in found:
            if f.a is not None:
                known = [x for x in (level_of(f), levels.get(continuing(f.a))) if x is not None]
                levels[continuing(f.a)] = max(known, default=None)
        # a state that the source lists that year without a post there has none
        return posts(*(levels.get(s, 0.0) for s in (one, other)))

    def _obligations(self, source: str, one: str, other: str, at: int) -> set[str] | Estimate | None:
        found = self._between(source, "alliance", one, other, at)
        if found is None:
            return None
        of_both = {o for f in found for o in obligations_of(f)}
        missing = {o for f in found for o in f.record.get("missing_obligations", ())}
        if found and (not of_both or missing - of_both):
            return unknown(f"obligations of {one} and {other}, {self.time_unit.label(at)}")
        return of_both

    def _between(self, source: str, measure: str, one: str, other: str, at: int) -> list[Observation] | None:
        mine, theirs = (self._pairs.get((source, measure, s), ()) for s in (one, other))
        found = [o for o in mine if other in o.states and self._at(o, at)]
        if not found and not (mine and theirs and at in self.times(source, measure)):
            return None
        return found

    def _members(self, source: str, state: str, at: int) -> set[str]:
        return {
            other
            for o in self._pairs.get((source, "membership", state), ())
            if self._at(o, at) and o.record.get("role") in _MEMBERS
            for other in o.states
            if other != state and by_code(other) is None
        }

    def _at(self, o: Observation, at: int) -> bool:
        return self.time_unit.days(at).meets(Interval(o.first, self._end(o)))

    def _end(self, o: Observation) -> date | None:
        """The last day of a tie; if none is reported, the end of its source's coverage."""
        source = self.sources.get(o.source)
        return o.last or (source.last if source else None) or o.first


def obligations_of(o: Observation) -> set[str]:
    """The obligations that a tie's record names, in ATOP's words.

    >>> body = '{"obligations": ["defence"]}'
    >>> obligations_of(Observation(source="x@1", row="1", kind="tie", measure="alliance", body=body))
    {'defense'}
    """
    obligations = o.record.get("obligations") or []
    words = obligations if isinstance(obligations, list) else str(obligations).split()
    return {_WORDS.get(str(w).casefold(), str(w).casefold()) for w in words} & set(OBLIGATIONS)


def level_of(o: Observation) -> float | None:
    """The level of a post from 0 to 1; null if its source does not report it."""
    named = _POSTS.get(str(o.record.get("level")))
    if named is not None:
        return named
    return o.value if o.value is not None and 0 <= o.value <= 1 else None
