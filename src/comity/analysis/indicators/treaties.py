"""Treaties of two states by time: the number in force by their life cycle, and the number signed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from comity.analysis.indicators.acts import REPORTS
from comity.analysis.indicators.time_unit import TimeUnit
from comity.influence.estimate import Estimate
from comity.influence.ties import count, stock
from comity.knowledge.states import continuing
from comity.ledger.act import Treaty
from comity.ledger.agreement import treaties
from comity.ledger.fact import Fact
from comity.ledger.interval import Interval, interval
from comity.ledger.lifecycle import status
from comity.records.observation import DataSource, Observation

_LOWER_BOUND = "as many as are reported; there may be more"


class Treaties:
    """The treaties of reports, with their acts, and the signatures of data sets."""

    def __init__(
        self,
        facts: Iterable[Fact],
        family: Mapping[str, str],
        observations: Iterable[Observation],
        sources: Sequence[DataSource],
        time_unit: TimeUnit,
        known: date | None = None,
    ):
        self.time_unit = time_unit
        self.known = known
        self._facts: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.kind == "agreement":
                for state in fact.block.split():
                    self._facts.setdefault(state, []).append(fact)
        self._family = family
        self._pairs: dict[frozenset[str], dict[str, Treaty]] = {}
        self._sources = {s.key: s for s in sources}
        self._signed: dict[tuple[str, frozenset[str], int], int] = {}
        self._states: dict[str, set[str]] = {}
        for o in observations:
            if o.kind != "agreement" or o.first is None:
                continue
            self._states.setdefault(o.source, set()).update(o.states)
            signed = interval(signed_on) if (signed_on := o.detail("signed")) else Interval(o.first, o.first)
            if signed.first is not None:
                for pair in _pairs(o.states):
                    key = (o.source, pair, self.time_unit.of(signed.first))
                    self._signed[key] = self._signed.get(key, 0) + 1

    def holding(self) -> list[str]:
        """The sources with agreements."""
        return [*([REPORTS] if self._facts else []), *sorted(self._states)]

    def times(self, source: str, one: str, other: str) -> set[int]:
        """The times of acts of two states' treaties."""
        if source != REPORTS:
            return {t for s, p, t in self._signed if s == source and p == frozenset((one, other))}
        days = [interval(a.date) for t in self.of(one, other).values() for a in t.acts]
        return {self.time_unit.of(d) for i in days for d in (i.first, i.last) if d is not None}

    def pairs(self) -> set[tuple[str, str]]:
        """The pairs of states for which any source reports an agreement."""
        own = {p for facts in self._facts.values() for f in facts for p in _pairs(f.block.split())}
        return {(min(p), max(p)) for p in own | {p for _, p, _ in self._signed}}

    def of(self, one: str, other: str) -> dict[str, Treaty]:
        """The treaties of reports to which both states are parties, by id."""
        pair = frozenset((continuing(one), continuing(other)))
        if pair not in self._pairs:
            facts = [f for f in self._facts.get(min(pair), []) if pair <= set(f.block.split())]
            self._pairs[pair] = treaties(facts, self._family)
        return self._pairs[pair]

    def in_force(self, one: str, other: str, at: int) -> Estimate | None:
        """The number of reported treaties in force at the end of a time; null if none is known to be.

        Reports never cover all treaties, so the count has no upper bound and is never 0.
        """
        shared_treaties, day = self.of(one, other), self.time_unit.last(at)
        signs = []
        for treaty in shared_treaties.values():
            parties: tuple[str | None, ...] = (one, other) if treaty.multilateral else (None,)
            found = [status(treaty, day, known=self.known, party=p, others=shared_treaties) for p in parties]
            # between two states a multilateral treaty is in force only as long as it is for both
            on = all(s.effect in {"in force", "provisionally applied"} for s in found)
            signs.append((on, all(s.certain for s in found)))
        shared = stock(signs)
        if not shared.high:
            return None
        return Estimate(value=shared.value, low=shared.low, high=None, unit=shared.unit, notes=(_LOWER_BOUND,))

    def signed(self, source: str, one: str, other: str, at: int) -> Estimate | None:
        """The number of agreements of two states signed in a time."""
        if source != REPORTS:
            coverage = self._sources.get(source)
            days = self.time_unit.days(at)
            inside = (
                coverage is not None
                and (coverage.first or coverage.last)
                and days.meets(Interval(coverage.first, coverage.last))
            )
            if not inside or not {one, other} <= self._states.get(source, set()):
                return None
            return count(self._signed.get((source, frozenset((one, other)), at), 0), unit="agreements")
        certain = possible = 0
        for treaty in self.of(one, other).values():
            dates = [interval(a.date) for a in treaty.acts if a.kind == "signed"]
            lies = [d.within(self.time_unit.days(at)) for d in dates if d.first and d.last]
            certain += "certain" in lies
            possible += "certain" not in lies and "possible" in lies
        if not certain and not possible:
            return None
        signed = count(certain, possible, "agreements")
        return Estimate(value=signed.value, low=signed.low, high=None, unit=signed.unit, notes=(_LOWER_BOUND,))


def _pairs(states: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset((a, b)) for n, a in enumerate(states) for b in states[n + 1 :]]
