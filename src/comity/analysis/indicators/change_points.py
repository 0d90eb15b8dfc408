"""The change points in the standing of a state with another: breaks of level, and who passes whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log
from typing import ClassVar, Literal

from comity.analysis.indicators.indicator import chosen, needs
from comity.analysis.indicators.point import points
from comity.analysis.indicators.pull import data_on
from comity.analysis.indicators.time_unit import asked_time, time_unit_of
from comity.data_sets.coverage import breaks as changes
from comity.influence.change_points import breaks, crossovers
from comity.influence.estimate import Estimate, exact
from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.table import Cells, TypedTable

_MONEY = frozenset({"trade", "imports", "exports"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint(Cells):
    """A `break` in the level of a series, or a `crossover` in which `leader` passes `overtaken` (null of a break).

    It is at `time`, and may have been as early as `first` and as late as `last`. `before` and `after` are the means
    of a break, and of a crossover the two values, the leader's first; `why` says what the span rests on.
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


def change_points(
    ledger: Ledger,
    a: str,
    b: str,
    *,
    unit: str = "year",
    measures: Iterable[str] = (),
    against: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    known: date | None = None,
    sources: Iterable[str] = (),
) -> TypedTable[ChangePoint]:
    """Where the series of A on B breaks, and where A and a rival pass each other, each with its uncertainty.

    Rivals are those named or those with most to do with B. A break has the means before and after (of money the
    geometric ones, since its logarithm is taken) and the 95 % set of its place in `first` to `last`. A crossover has
    the two values, the leader's first, before and after it; `why` says what its span rests on.
    """
    time_unit, wanted = time_unit_of(unit), chosen(measures)
    one = continuing(code_of(a))
    target, data, rivals = data_on(
        ledger,
        b,
        [a, *against] if against else (),
        known=known,
        sources=sources,
        time_unit=time_unit,
        kinds=needs(wanted),
    )
    others = [r for r in rivals if r != one]
    ends = (asked_time(time_unit, since, end=False), asked_time(time_unit, until, end=True))
    found: list[ChangePoint] = []
    for indicator in wanted:
        if indicator.directed == "state" or (unit == "month" and not indicator.monthly):
            continue
        by_source: dict[str, dict[str, dict[int, Estimate]]] = {}
        for rival in (one, *others):
            for p in points(data, indicator, rival, target, first=ends[0], last=ends[1]):
                if p.estimate is not None:
                    by_source.setdefault(p.source, {}).setdefault(rival, {})[p.at] = p.estimate
        for source, held in by_source.items():
            own = held.get(one, {})
            for x in breaks(_logs(own) if indicator.name in _MONEY else own):
                means = [exp(v) if indicator.name in _MONEY else v for v in (x.before, x.after)]
                first_label, last_label = time_unit.label(x.first), time_unit.label(x.last)
                found.append(
                    ChangePoint(
                        kind="break",
                        measure=indicator.name,
                        source=source,
                        on=target,
                        time=time_unit.label(x.at),
                        first=first_label,
                        last=last_label,
                        leader=None,
                        overtaken=None,
                        before=means[0],
                        after=means[1],
                        why=_BREAK + coverage_note(source, first_label, last_label, {target, one}),
                    )
                )
            for rival in others:
                for c in crossovers(own, held.get(rival, {}), (one, rival)):
                    first_label, last_label = time_unit.label(c.first), time_unit.label(c.last)
                    note = coverage_note(source, first_label, last_label, {target, one}, {target, rival})
                    found.append(
                        ChangePoint(
                            kind="crossover",
                            measure=indicator.name,
                            source=source,
                            on=target,
                            time=time_unit.label(c.at),
                            first=first_label,
                            last=last_label,
                            leader=c.leader,
                            overtaken=c.overtaken,
                            before=c.before,
                            after=c.after,
                            why=c.why + note,
                        )
                    )
    return TypedTable(ChangePoint, tuple(found))


_BREAK = "least squares, number of breaks by BIC, 95 % set by likelihood ratio"


def coverage_note(source: str, first: str, last: str, *pairs: set[str]) -> str:
    """Why a change point between two times may be the data set's own, where what it covers changes then; else empty."""
    kind = source.partition("@")[0]
    found = [why for pair in pairs for why in changes(kind, int(first[:4]) - 1, int(last[:4]), pair)]
    return "".join(f"; {why}" for why in dict.fromkeys(found))


def _logs(held: Mapping[int, Estimate]) -> dict[int, Estimate]:
    return {t: exact(log(e.value)) for t, e in held.items() if e.value is not None and e.value > 0}
