"""Change points of a series: the years in which its level breaks, and those in which one rival passes another."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log
from statistics import median

from comity.influence.estimate import Estimate

LEAST_YEARS = 3
"""The shortest stretch between two breaks."""
MOST_BREAKS = 5
_HANSEN = 7.35
"""The 95th percentile of the likelihood ratio of a break's place (Hansen 2000, table 1)."""
_NORMAL = 1.96
_ENOUGH = 8
"""Fewer differences than these say nothing of the noise; then only the bounds speak."""
_TO_SIGMA = 1.4826
_SECOND_DIFFERENCE = 6**0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossover:
    """`leader` overtakes `overtaken` at time `at`, the first at which it has more.

    It may have been as early as `first` and as late as `last`: between them the two are closer than their own
    year-to-year noise, their bounds overlap, or a value is missing. `before` and `after` are the values at the last
    time before that has both and at `at`.
    """

    leader: str
    overtaken: str
    at: int
    first: int
    last: int
    before: tuple[float, float]
    after: tuple[float, float]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The level of a series changes with time `at`, from a mean of `before` to one of `after`.

    `first` to `last` is the 95 % confidence set of its place, its neighbours as they are.
    """

    at: int
    first: int
    last: int
    before: float
    after: float


def crossovers(
    first: Mapping[int, Estimate], second: Mapping[int, Estimate], names: tuple[str, str]
) -> list[Crossover]:
    """The times at which one of two series passes the other, in order, each with its uncertainty.

    A time at which either has no value takes no part, but widens the answer across it. How noisy the two are they
    show themselves: by a robust deviation of the second differences of their log ratio.

    >>> from comity.influence.estimate import exact
    >>> rus = {1995: exact(248.0), 1996: exact(239.0), 1997: exact(249.0), 1998: exact(200.0)}
    >>> chn = {1995: exact(146.0), 1996: exact(192.0), 1997: exact(251.0), 1998: exact(239.0)}
    >>> [(c.leader, c.overtaken, c.at) for c in crossovers(chn, rus, ("CHN", "RUS"))]
    [('CHN', 'RUS', 1997)]
    """
    rivals = _Rivals(first, second, names)
    out: list[Crossover] = []
    last_sign, last_time = 0, None
    for t, (a, b) in rivals.pairs.items():
        sign = (a > b) - (a < b)
        if sign == 0:
            continue
        if last_sign and sign != last_sign and last_time is not None:
            out.append(rivals.crossover(last_time, t))
        last_sign, last_time = sign, t
    return out


def breaks(series: Mapping[int, Estimate], *, most: int = MOST_BREAKS, least: int = LEAST_YEARS) -> list[Break]:
    """The times at which the level of a series breaks: least squares over all partitions, their number by BIC.

    Source: Bai and Perron (2003) for the partition; the set of places by the likelihood ratio (Hansen 2000).
    Missing times take no part.

    >>> from comity.influence.estimate import exact
    >>> found = breaks({2000 + n: exact((1.0 if n < 8 else 5.0) + 0.1 * (n % 2)) for n in range(16)})
    >>> [(b.at, b.first, b.last) for b in found]
    [(2008, 2008, 2008)]
    """
    times = [t for t in sorted(series) if series[t].value is not None]
    values = [series[t].value or 0.0 for t in times]
    n = len(values)
    if n < 2 * least or min(values) == max(values):
        return []
    cost = _Costs(values)
    cuts = _partition(cost, n, most, least)
    edges = [0, *cuts, n]
    noise = max(sum(cost(a, b) for a, b in pairwise(edges)) / n, _tiny(values))
    out = []
    for left, cut, right in zip(edges, edges[1:], edges[2:], strict=False):
        best = cost(left, cut) + cost(cut, right)
        near = [c for c in range(left + 1, right) if (cost(left, c) + cost(c, right) - best) / noise <= _HANSEN]
        out.append(
            Break(
                at=times[cut],
                first=times[min(near)],
                last=times[max(near)],
                before=sum(values[left:cut]) / (cut - left),
                after=sum(values[cut:right]) / (right - cut),
            )
        )
    return out


class _Rivals:
    """Two series with their values at the times at which both have one, in order, and how noisy their ratio is."""

    def __init__(self, first: Mapping[int, Estimate], second: Mapping[int, Estimate], names: tuple[str, str]):
        self.first, self.second, self.names = first, second, names
        self.pairs: dict[int, tuple[float, float]] = {
            t: (a, b)
            for t in sorted(first.keys() & second.keys())
            if (a := first[t].value) is not None and (b := second[t].value) is not None
        }
        self.noise = _noise({t: _ratio(*p) for t, p in self.pairs.items()})

    def doubtful(self, t: int) -> bool:
        """Whether it is not sure which of the two has more."""
        a, b = self.first[t], self.second[t]
        overlap = not (_above(a, b) or _above(b, a))
        ratio = _ratio(*self.pairs[t])
        close = self.noise is not None and ratio is not None and abs(ratio) <= _NORMAL * self.noise
        return overlap or close

    def crossover(self, before: int, at: int) -> Crossover:
        """The passing that lies between two times, at the latter of which the other one leads."""
        times = list(self.pairs)
        low, high = times.index(before), times.index(at)
        while low > 0 and self.doubtful(times[low]):
            low -= 1
        while high < len(times) - 1 and self.doubtful(times[high]):
            high += 1
        # the first time after the last one that was clear; across a gap it may have been in any time between
        first, last = times[low] + 1, times[high]
        if low == 0 and self.doubtful(times[0]):
            first = times[0]
        why = []
        if at - before > 1 and any(t not in self.pairs for t in range(before + 1, at)):
            why.append(f"no value of both between {before} and {at}")
        if first < before + 1 or last > at:
            why.append("the two lie closer than their own noise or their bounds overlap")
        (a, b), (c, d), (leader, overtaken) = self.pairs[before], self.pairs[at], self.names
        if c < d:
            (a, b), (c, d), (leader, overtaken) = (b, a), (d, c), (overtaken, leader)
        return Crossover(
            leader=leader,
            overtaken=overtaken,
            at=at,
            first=min(first, at),
            last=max(last, at),
            before=(a, b),
            after=(c, d),
            why="; ".join(why) or "clear in the figures",
        )


def _above(a: Estimate, b: Estimate) -> bool:
    return a.low is not None and b.high is not None and a.low > b.high


def _ratio(a: float, b: float) -> float | None:
    return log(a / b) if a > 0 and b > 0 else None


def _noise(ratios: Mapping[int, float | None]) -> float | None:
    """How far a year's log ratio strays from the line through its neighbours; null for too few of those."""
    second = []
    for t, middle in ratios.items():
        left, right = ratios.get(t - 1), ratios.get(t + 1)
        if left is not None and middle is not None and right is not None:
            second.append(abs(left - 2 * middle + right) / _SECOND_DIFFERENCE)
    return _TO_SIGMA * median(second) if len(second) >= _ENOUGH else None


class _Costs:
    """The squared deviations from the mean of any stretch, from running sums."""

    def __init__(self, values: list[float]):
        shift = sum(values) / len(values)
        self.sums, self.squares = [0.0], [0.0]
        for v in values:
            self.sums.append(self.sums[-1] + v - shift)
            self.squares.append(self.squares[-1] + (v - shift) ** 2)

    def __call__(self, start: int, end: int) -> float:
        if end <= start:
            return 0.0
        s, q = self.sums[end] - self.sums[start], self.squares[end] - self.squares[start]
        return max(0.0, q - s * s / (end - start))


def _partition(cost: _Costs, n: int, most: int, least: int) -> list[int]:
    """The cuts of the partition with the least BIC, by dynamic programming."""
    best: list[list[tuple[float, tuple[int, ...]] | None]] = [
        [(cost(0, end), ()) if end >= least else None for end in range(n + 1)]
    ]
    for k in range(1, most + 1):
        row: list[tuple[float, tuple[int, ...]] | None] = [None] * (n + 1)
        for end in range((k + 1) * least, n + 1):
            options = [
                (left[0] + cost(cut, end), (*left[1], cut))
                for cut in range(k * least, end - least + 1)
                if (left := best[k - 1][cut]) is not None
            ]
            row[end] = min(options, default=None)
        best.append(row)
    floor = max(cost(0, n) * 1e-9, 1e-300)
    scored = [
        # a break costs its place and its level
        (n * log(max(found[0], floor) / n) + 2 * k * log(n), found[1])
        for k, row in enumerate(best)
        if (found := row[n]) is not None
    ]
    return list(min(scored)[1])


def _tiny(values: list[float]) -> float:
    return (max(values) - min(values)) ** 2 * 1e-12
