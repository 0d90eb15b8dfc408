"""The turns in the standing of a state with another: breaks of level, and who passes whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log
from typing import ClassVar, Literal

from comity.analysis.standing.clock import asked_time, clock_of
from comity.analysis.standing.gauge import chosen, needs
from comity.analysis.standing.point import points
from comity.analysis.standing.pull import book_on
from comity.influence.estimate import Estimate, exact
from comity.influence.turns import breaks, crossovers
from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.table import Cells, TypedTable
from comity.sources.coverage import breaks as changes

_MONEY = frozenset({"trade", "imports", "exports"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint(Cells):
    """A `break` in the level of a series, or a `crossover` in which `leader` passes `overtaken` (null of a break).

    It is at `time`, and may have been as early as `first` and as late as `last`. `before` and `after` are the means
    of a break, and of a crossover the two values, the leader's first; `why` says what the span rests on.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "turn", "measure", "source", "on", "time", "first", "last", "leader", "overtaken", "before", "after", "why",
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


def turns(
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
    clock, wanted = clock_of(unit), chosen(measures)
    one = continuing(code_of(a))
    target, book, rivals = book_on(
        ledger, b, [a, *against] if against else (), known=known, sources=sources, clock=clock, kinds=needs(wanted)
    )
    others = [r for r in rivals if r != one]
    ends = (asked_time(clock, since, end=False), asked_time(clock, until, end=True))
    found: list[ChangePoint] = []
    for gauge in wanted:
        if gauge.directed == "state" or (unit == "month" and not gauge.monthly):
            continue
        by_source: dict[str, dict[str, dict[int, Estimate]]] = {}
        for rival in (one, *others):
            for p in points(book, gauge, rival, target, first=ends[0], last=ends[1]):
                if p.estimate is not None:
                    by_source.setdefault(p.source, {}).setdefault(rival, {})[p.at] = p.estimate
        for source, held in by_source.items():
            own = held.get(one, {})
            for x in breaks(_logs(own) if gauge.name in _MONEY else own):
                means = [exp(v) if gauge.name in _MONEY else v for v in (x.before, x.after)]
                first_label, last_label = clock.label(x.first), clock.label(x.last)
                found.append(
                    ChangePoint(
                        kind="break",
                        measure=gauge.name,
                        source=source,
                        on=target,
                        time=clock.label(x.at),
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
                    first_label, last_label = clock.label(c.first), clock.label(c.last)
                    note = coverage_note(source, first_label, last_label, {target, one}, {target, rival})
                    found.append(
                        ChangePoint(
                            kind="crossover",
                            measure=gauge.name,
                            source=source,
                            on=target,
                            time=clock.label(c.at),
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
    """Why a turn between two times may be the data set's own, where what it covers changes then; else empty."""
    kind = source.partition("@")[0]
    found = [why for pair in pairs for why in changes(kind, int(first[:4]) - 1, int(last[:4]), pair)]
    return "".join(f"; {why}" for why in dict.fromkeys(found))


def _logs(held: Mapping[int, Estimate]) -> dict[int, Estimate]:
    return {t: exact(log(e.value)) for t, e in held.items() if e.value is not None and e.value > 0}
