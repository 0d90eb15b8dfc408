"""FBIC of rivals over a state as given in its files: causes of change, and sensitivity of its ranking to weights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.analysis.indicators.time_unit import TimeUnit, asked_time
from comity.influence.decomposition import Change, decompose, dependence_of, factors
from comity.influence.fbic import capacity, published, weights
from comity.influence.uncertainty import rank_stability
from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.table import Table
from comity.records.observation import Observation

CHANGE = ("on", "by", "source", "from", "to", "before", "after", "part", "change", "share", "notes")
RANKS = ("on", "by", "source", "year", "rank", "kept", "low", "middle", "high", "notes")
_FIT = 1e-4


@dataclass(frozen=True, slots=True)
class _Row:
    value: float
    bandwidth: float | None
    inputs: dict[str, float]

    @property
    def whole(self) -> bool:
        """Whether the row gives every input, and its value follows from them by the release's constants."""
        if set(self.inputs) < set(weights()):
            return False
        computed = capacity(self.inputs).value.value
        return computed is not None and abs(computed - self.value) <= _FIT


def change(
    ledger: Ledger,
    on: str,
    by: Sequence[str] = (),
    *,
    first: str | None = None,
    last: str | None = None,
    sources: Iterable[str] = (),
) -> Table:
    """The change of FBIC from one year to another, by rival and source, and the parts that add up to it.

    Parts are `bandwidth` and `dependence`, and below them components and terms if the source gives the inputs.
    `share` is the percentage of the change. If a row lacks the bandwidth there are no shares, and `notes` say so.
    """
    time_unit = TimeUnit()
    target, inputs = _inputs(ledger, on, by, sources)
    ends = asked_time(time_unit, first, end=False), asked_time(time_unit, last, end=True)
    out: list[tuple[object, ...]] = []
    for (source, rival), by_year in inputs.items():
        years = [y for y in sorted(by_year) if (not ends[0] or y >= ends[0]) and (not ends[1] or y <= ends[1])]
        if len(years) < 2:
            continue
        one, other = by_year[years[0]], by_year[years[-1]]
        head = (target, rival, source, str(years[0]), str(years[-1]), one.value, other.value)
        whole = other.value - one.value
        missed = [
            f"{asked} (so {y})" for y, asked in zip((years[0], years[-1]), ends, strict=True) if asked not in {None, y}
        ]
        out.append((*head, "all", whole, 100.0 if whole else None, _gap(missed)))
        parted = _change(one, other)
        if parted is None:
            out.append((*head, "unknown", None, None, f"{source} gives neither bandwidth nor inputs of both years"))
            continue
        parts = [("bandwidth", parted.bandwidth), ("dependence", parted.dependence)]
        parts += [(f"{side}, {part}", v) for (side, part), v in sorted(parted.by_component.items())]
        parts += list(parted.by_term.items())
        out += [(*head, name, v, parted.share(v), None) for name, v in parts]
    return Table(CHANGE, tuple(out))


def ranks(
    ledger: Ledger, on: str, by: Sequence[str] = (), *, at: str | None = None, sources: Iterable[str] = ()
) -> Table:
    """The ranking of rivals by FBIC in a year and its stability under other weights, by source.

    `kept` is the share of draws in which a rival keeps its rank; `low`, `middle` and `high` are percentiles of its
    index as a share of the strongest one's. A rival with a missing term has no rank, and `notes` name it.
    """
    target, inputs = _inputs(ledger, on, by, sources)
    out: list[tuple[object, ...]] = []
    for source in dict.fromkeys(s for s, _ in inputs):
        mine = {rival: rows for (s, rival), rows in inputs.items() if s == source}
        year = asked_time(TimeUnit(), at, end=True) or max(y for rows in mine.values() for y in rows)
        of_year = {rival: rows[year] for rival, rows in mine.items() if year in rows}
        full = {rival: row.inputs for rival, row in of_year.items() if row.whole}
        out += [
            (target, s.rival, source, str(year), s.rank, s.kept, s.low, s.middle, s.high, None)
            for s in rank_stability(full)
        ]
        for rival, row in of_year.items():
            if rival not in full:
                lacking = [t for t in weights() if t not in row.inputs]
                why = f"{', '.join(lacking)} missing" if lacking else "its inputs do not give its value"
                out.append((target, rival, source, str(year), None, None, None, None, None, why))
    return Table(RANKS, tuple(out))


def _inputs(
    ledger: Ledger, on: str, by: Sequence[str], sources: Iterable[str]
) -> tuple[str, dict[tuple[str, str], dict[int, _Row]]]:
    target = continuing(code_of(on))
    rivals = [continuing(code_of(r)) for r in by]
    values: dict[tuple[str, str, int], dict[str, Observation]] = {}
    wanted = tuple(sources)
    for o in ledger.observations(target, kinds=("figure",), measures=("fbic", "bandwidth"), sources=wanted):
        if o.a is None or o.b is None or o.first is None or continuing(o.b) != target or o.value is None:
            continue
        rival = continuing(o.a)
        if not rivals or rival in rivals:
            values.setdefault((o.source, rival, o.first.year), {})[o.measure] = o
    found: dict[tuple[str, str], dict[int, _Row]] = {}
    for (source, rival, year), terms in sorted(values.items()):
        index, width = terms.get("fbic"), terms.get("bandwidth")
        if index is not None and index.value is not None:
            row = _Row(index.value, width.value if width else None, published(index.record))
            found.setdefault((source, rival), {})[year] = row
    return target, found


def _change(one: _Row, other: _Row) -> Change | None:
    if one.whole and other.whole:
        return decompose(capacity(one.inputs), capacity(other.inputs))
    if not one.bandwidth or not other.bandwidth:
        return None
    return factors(
        (one.bandwidth, dependence_of(one.value, one.bandwidth)),
        (other.bandwidth, dependence_of(other.value, other.bandwidth)),
    )


def _gap(missed: Sequence[str]) -> str | None:
    return f"no value of {' and '.join(missed)}" if missed else None
