"""Figures of data sets by source, measure, pair and time: what is reported, what is missing, what is not covered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from comity.analysis.indicators.time_unit import TimeUnit
from comity.data_sets.crosswalk import as_of
from comity.influence.estimate import Estimate, exact, mirrored, total, unknown
from comity.knowledge.states import continuing
from comity.ledger.interval import Interval
from comity.records.observation import DataSource, Observation

Pair = tuple[str | None, str | None]
_LACKS = "without what is missing: "
_ESTIMATED = "estimated by the data set"


class Figures:
    """The figures of some observations; states are the continuing ones, so that the USSR's continue as Russia's.

    Nothing is imputed: a time that the source covers without a number is an `Estimate` without a value, and a time,
    pair or measure that it does not cover is null.
    """

    def __init__(self, observations: Iterable[Observation], sources: Sequence[DataSource], time_unit: TimeUnit):
        self.time_unit = time_unit
        self.sources = {s.key: s for s in sources}
        # most cells are plain numbers, of which there are millions; the others are stored as they are
        self._cells: dict[tuple[str, str], dict[Pair, dict[int, float | Estimate]]] = {}
        self._units: dict[tuple[str, str], str] = {}
        self._lacks: dict[tuple[str, Pair, int], str] = {}
        self._index: dict[tuple[object, ...], Any] = {}
        self.add(observations)

    def add(self, observations: Iterable[Observation]) -> None:
        """Adds further observations; existing ones are kept."""
        self._index.clear()
        for o in observations:
            if o.kind == "figure" and o.first is not None:
                self._put(o)

    def holding(self, *measures: str) -> list[str]:
        """The sources with one of some measures, by key."""
        return sorted({source for source, measure in self._cells if measure in measures})

    def times(self, source: str, *measures: str) -> set[int]:
        """The times for which a source has rows of some measures."""
        found: set[int] = self._once(
            ("times", source, *measures),
            lambda: {t for m in measures for cells in self._cells.get((source, m), {}).values() for t in cells},
        )
        return found

    def pairs(self, source: str, *measures: str) -> set[Pair]:
        """The pairs (b is null for a total) for which a source has rows of some measures."""
        return {pair for measure in measures for pair in self._cells.get((source, measure), {})}

    def figure(self, source: str, measure: str, a: str | None, b: str | None, at: int) -> Estimate | None:
        """A figure; without a value if its source covers the time and has the pair at other times; otherwise null."""
        cells = self._cells.get((source, measure), {}).get((a, b))
        if cells is None:
            return None
        if at in cells:
            return self._estimate(source, measure, cells[at])
        if not self.covers(source, at):
            return None
        return unknown(self._name(measure, a, b, at), self._units.get((source, measure), ""))

    def row(self, source: str, measure: str, a: str | None, b: str | None, at: int) -> Estimate | None:
        """What a row states; null if there is none."""
        cell = self._cells.get((source, measure), {}).get((a, b), {}).get(at)
        return None if cell is None else self._estimate(source, measure, cell)

    def imports(self, source: str, of: str, out_of: str, at: int) -> Estimate | None:
        """What a state imports from another: its own report, bounded by the other's report of its exports."""
        own = self.figure(source, "imports", of, out_of, at)
        other = self.figure(source, "exports", out_of, of, at)
        if own is None or other is None:
            return own if own is not None else other
        if own.value is None or other.value is None:
            return own if own.value is not None else other
        both_sides = mirrored(own.value, other.value, "", own.unit)
        return both_sides.noted(*own.notes, *other.notes)

    def trade(self, source: str, one: str, other: str, at: int) -> Estimate | None:
        """Trade of two states both ways, in the source's money."""
        both = [self.imports(source, one, other, at), self.imports(source, other, one, at)]
        whole = self.figure(source, "trade", one, other, at) or self.figure(source, "trade", other, one, at)
        name = self._name("trade", one, other, at)
        if both[0] is not None and both[1] is not None:
            sum_of = total([e for e in both if e is not None])
            if sum_of.value is not None or whole is None or whole.value is None:
                return replace(sum_of, missing=(name,)) if sum_of.value is None else sum_of
        if whole is not None:
            return whole
        one_way = [e for e in both if e is not None]
        if not one_way:
            return None
        return replace(total([*one_way, unknown(name)]), missing=(name,))

    def all_trade(self, source: str, of: str, at: int) -> tuple[Estimate | None, tuple[str, ...]]:
        """A state's whole trade, and the existing flows that this total lacks."""
        whole = self.figure(source, "trade", of, None, at)
        if whole is None or whole.value is None:
            parts = [self.figure(source, m, of, None, at) for m in ("imports", "exports")]
            if all(p is not None for p in parts):
                whole = total([p for p in parts if p is not None])
        why = self._lacks.get((source, (of, None), at))
        if whole is None or why is None:
            return whole, ()
        partners = sorted({p for p in self.partners(source, of) if (e := self.trade(source, of, p, at)) and e.missing})
        named = tuple(self._name("trade", of, p, at) for p in partners)
        return whole, named or (f"trade of {of} ({why})",)

    def partners(self, source: str, of: str) -> set[str]:
        """The states with which a source reports a state's trade."""

        def all_partners() -> dict[str, set[str]]:
            out: dict[str, set[str]] = {}
            for a, b in self.pairs(source, "trade", "imports", "exports"):
                if a is not None and b is not None:
                    out.setdefault(a, set()).add(b)
                    out.setdefault(b, set()).add(a)
            return out

        found: dict[str, set[str]] = self._once(("partners", source), all_partners)
        return found.get(of, set())

    def givers(self, source: str, measure: str, to: str) -> set[str | None]:
        """The givers to a state by a source; null represents givers without a known code."""

        def all_givers() -> dict[str, set[str | None]]:
            out: dict[str, set[str | None]] = {}
            for a, b in self.pairs(source, measure):
                if b is not None:
                    out.setdefault(b, set()).add(a)
            return out

        found: dict[str, set[str | None]] = self._once(("givers", source, measure), all_givers)
        return found.get(to, set())

    def given(self, source: str, measure: str, to: str, at: int) -> Estimate | None:
        """The total given to a state (aid, arms): the sum over the givers that the source lists, known or not."""
        # in lists that name only flows, a giver without a row in a covered time gives nothing
        parts = [
            e for p in sorted(self.givers(source, measure, to), key=str) if (e := self.row(source, measure, p, to, at))
        ]
        return total(parts).noted("the total is the sum of the givers that the source names") if parts else None

    def covers(self, source: str, at: int) -> bool:
        """Whether a source covers a time, as its publishers say or otherwise as its rows show."""
        coverage = self.sources.get(source)
        if coverage is not None and (coverage.first or coverage.last):
            return self.time_unit.days(at).within(Interval(coverage.first, coverage.last)) == "certain"
        times = self._once(
            ("all times", source),
            lambda: {t for (s, _), by_pair in self._cells.items() if s == source for c in by_pair.values() for t in c},
        )
        return bool(times) and min(times) <= at <= max(times)

    def _put(self, o: Observation) -> None:
        assert o.first is not None  # noqa: S101 - asked by the caller
        times = list(self.time_unit.spanned(o.first, o.last))
        if (self.time_unit.unit == "month" and len(times) > 1) or (self.time_unit.unit == "year" and not _of_years(o)):
            # a year's sum is not a month's, nor a month's a year's
            return
        pair = (continuing(o.a) if o.a else None, continuing(o.b) if o.b else None)
        key, plain = (o.source, o.measure), o.body == "{}" and o.standing == "reported" and o.value is not None
        unit = o.unit or ""
        plain = plain and self._units.setdefault(key, unit) == unit
        for at in times:
            if len(times) > 1 and o.measure not in _STOCKS:
                continue
            cells = self._cells.setdefault(key, {}).setdefault(pair, {})
            cell = o.value if plain and o.value is not None else self._of_row(o, pair, at)
            if at not in cells:
                cells[at] = cell
            elif o.measure in _LISTED:
                # lists of projects and deliveries have several rows for a pair and year
                cells[at] = total([self._estimate(*key, cells[at]), self._estimate(*key, cell)])

    def _of_row(self, o: Observation, pair: Pair, at: int) -> Estimate:
        unit, note = o.unit or "", o.detail("note") or ""
        if note.startswith(_LACKS):
            self._lacks.setdefault((o.source, pair, at), note.removeprefix(_LACKS))
        if o.value is not None:
            e = exact(o.value, unit)
            return e.noted(_ESTIMATED) if o.standing == "estimated" else e
        least = o.detail("at_least")
        e = unknown(self._name(o.measure, *pair, at), unit, low=float(least) if least is not None else 0.0)
        return e.noted(why) if (why := o.detail("why")) else e

    def _estimate(self, source: str, measure: str, cell: float | Estimate) -> Estimate:
        return cell if isinstance(cell, Estimate) else exact(cell, self._units.get((source, measure), ""))

    def _once(self, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
        if key not in self._index:
            self._index[key] = make()
        return self._index[key]

    def _name(self, measure: str, a: str | None, b: str | None, at: int) -> str:
        day = self.time_unit.middle(at)
        codes = [as_of(c, day) for c in (a, b) if c]
        who = " with ".join(sorted(codes)) if measure == "trade" else " ".join(codes)
        return f"{measure} of {who}, {self.time_unit.label(at)}"


def _of_years(o: Observation) -> bool:
    """Whether a figure is of whole years; dated items (a project, a delivery) add up to the year's figure."""
    return o.measure in _LISTED or (
        o.first is not None
        and (o.first.month, o.first.day) == (1, 1)
        and (o.last is None or (o.last.month, o.last.day) == (12, 31))
    )


_LISTED = frozenset({"aid", "arms"})
_STOCKS = frozenset({"arms stock", "military stock", "fbic"})
"""What applies to each year of a span; flows of a span of years belong to none of them."""
