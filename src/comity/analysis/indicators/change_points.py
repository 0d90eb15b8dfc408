"""Change points in the standing of a state with another: breaks of level, and crossovers of rivals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp, log
from typing import ClassVar, Literal, Unpack

from comity.analysis.indicators.indicator import chosen, needs
from comity.analysis.indicators.point import points
from comity.analysis.indicators.pull import data_on
from comity.analysis.indicators.series import AskedOfMeasures
from comity.analysis.indicators.time_unit import TimeUnit, asked_time, time_unit_of
from comity.data_sets.coverage import breaks as changes
from comity.influence.change_points import Break, Crossover, breaks, crossovers
from comity.influence.estimate import Estimate, exact
from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.table import Cells, TypedTable

_MONEY = frozenset({"trade", "imports", "exports"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint(Cells):
    """A `break` in the level of a series, or a `crossover` in which `leader` passes `overtaken` (null for a break).

    It is at `time`, and possibly as early as `first` or as late as `last`. `before` and `after` are the means of a
    break, or the two values of a crossover, the leader's first; `why` is the basis of the span.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "change_point", "measure", "source", "on", "time", "first", "last", "leader", "overtaken", "before", "after",
        "why",
    )  # fmt: skip
    kind: Literal["break", "crossover"]
    measure: str
    source: str
    on: str
    time: str
    first: str
    last: str
    leader: str | None
    overtaken: str | None
    before: float | tuple[float, float]
    after: float | tuple[float, float]
    why: str


class AskedOfRivals(AskedOfMeasures, total=False):
    """The options of a query for change points of A on B; `against` names the rivals of A."""

    against: Sequence[str]


def change_points(
    ledger: Ledger, a: str, b: str, *, known: date | None = None, **asked_for: Unpack[AskedOfRivals]
) -> TypedTable[ChangePoint]:
    """The breaks in the series of A on B, and the crossovers of A and a rival, each with its uncertainty.

    Rivals are those named or those with the most contacts with B. A break has the means before and after (geometric
    ones for money, because its logarithm is used) and the 95 % set of its position in `first` to `last`. A crossover
    has the two values, the leader's first, before and after it; `why` is the basis of its span.
    """
    time_unit, wanted = time_unit_of(asked_for.get("unit", "year")), chosen(asked_for.get("measures", ()))
    against = asked_for.get("against", ())
    one = continuing(code_of(a))
    target, data, rivals = data_on(
        ledger,
        b,
        [a, *against] if against else (),
        known=known,
        sources=asked_for.get("sources", ()),
        time_unit=time_unit,
        kinds=needs(wanted),
    )
    others = [r for r in rivals if r != one]
    first = asked_time(time_unit, asked_for.get("since"), end=False)
    last = asked_time(time_unit, asked_for.get("until"), end=True)
    found: list[ChangePoint] = []
    for indicator in wanted:
        if indicator.directed == "state" or (time_unit.unit == "month" and not indicator.monthly):
            continue
        by_source: dict[str, dict[str, dict[int, Estimate]]] = {}
        for rival in (one, *others):
            for p in points(data, indicator, rival, target, first=first, last=last):
                if p.estimate is not None:
                    by_source.setdefault(p.source, {}).setdefault(rival, {})[p.at] = p.estimate
        for source, series in by_source.items():
            place = _Place(indicator.name, source, target, time_unit)
            own = series.get(one, {})
            found += [place.of_break(x, one) for x in breaks(_logs(own) if indicator.name in _MONEY else own)]
            for rival in others:
                passed = crossovers(own, series.get(rival, {}), (one, rival))
                found += [place.of_crossover(x, one, rival) for x in passed]
    return TypedTable(ChangePoint, tuple(found))


@dataclass(frozen=True, slots=True)
class _Place:
    """The series in which change points are sought: those of a measure on a state by one source."""

    measure: str
    source: str
    on: str
    time_unit: TimeUnit

    def of_break(self, found: Break, one: str) -> ChangePoint:
        """A break of the level of A; for money its means are geometric."""
        before, after = (exp(v) if self.measure in _MONEY else v for v in (found.before, found.after))
        return self._point("break", found, before, after, _BREAK, one)

    def of_crossover(self, found: Crossover, one: str, rival: str) -> ChangePoint:
        """The time at which A and a rival pass each other."""
        passed = self._point("crossover", found, found.before, found.after, found.why, one, rival)
        return replace(passed, leader=found.leader, overtaken=found.overtaken)

    def _point(
        self,
        kind: Literal["break", "crossover"],
        found: Break | Crossover,
        before: float | tuple[float, float],
        after: float | tuple[float, float],
        why: str,
        *states: str,
    ) -> ChangePoint:
        first, last = self.time_unit.label(found.first), self.time_unit.label(found.last)
        return ChangePoint(
            kind=kind,
            measure=self.measure,
            source=self.source,
            on=self.on,
            time=self.time_unit.label(found.at),
            first=first,
            last=last,
            leader=None,
            overtaken=None,
            before=before,
            after=after,
            why=why + coverage_note(self.source, first, last, *({self.on, s} for s in states)),
        )


_BREAK = "least squares, number of breaks by BIC, 95 % set by likelihood ratio"


def coverage_note(source: str, first: str, last: str, *pairs: set[str]) -> str:
    """Why a change point between two times may be an artefact of the data set's coverage; otherwise empty."""
    kind = source.partition("@")[0]
    found = [why for pair in pairs for why in changes(kind, int(first[:4]) - 1, int(last[:4]), pair)]
    return "".join(f"; {why}" for why in dict.fromkeys(found))


def _logs(series: Mapping[int, Estimate]) -> dict[int, Estimate]:
    return {t: exact(log(e.value)) for t, e in series.items() if e.value is not None and e.value > 0}
