"""How far an answer could be otherwise: other weights, other releases.

Mirror reports and missing terms are doubts of single numbers and stand in `Estimate`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import TYPE_CHECKING

from comity.errors import InputError
from comity.influence.estimate import Estimate
from comity.influence.fbic import Capacity, terms, weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 2_000
CONCENTRATION = 200.0
"""How closely draws keep to the published weights: a weight of .16 has a standard deviation of .026."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankStability:
    """What other weights would say of one rival, over all draws.

    `rank` is that by the published weights (1 is the strongest), `kept` the share of draws in which it has the same;
    `low`, `middle` and `high` are the 5th, 50th and 95th percentile of its index as a share of the strongest one's.
    """

    rival: str
    rank: int
    kept: float
    low: float
    middle: float
    high: float


def rank_stability(
    rivals: Mapping[str, Mapping[str, float]],
    *,
    which: str = "standard",
    draws: int = DRAWS,
    concentration: float = CONCENTRATION,
    seed: int = 1,
) -> list[RankStability]:
    """Whether the order of rivals rests on the weights: weights are drawn from a Dirichlet law around the published.

    `rivals` gives the inputs of `fbic.capacity` by term for each, none missing. The weights of bandwidth and of
    dependence are drawn apart, each with the published ones as their mean. The same seed gives the same answer.

    >>> even = {t: 1.0 for t in weights()}
    >>> found = rank_stability({"A": even, "B": {t: 0.5 for t in weights()}}, draws=100)
    >>> [(s.rival, s.rank, s.kept) for s in found]
    [('A', 1, 1.0), ('B', 2, 1.0)]
    """
    published = weights(which)
    for rival, values_of in rivals.items():
        lacking = [t for t in published if values_of.get(t) is None]
        if lacking:
            raise InputError(f"{rival}: {', '.join(lacking)} is missing, so its rank cannot be reported; leave it out")
    if not rivals:
        return []
    import numpy as np

    # the stream of RandomState is frozen, so that later numpy give the same draws
    source = np.random.RandomState(seed)
    names = list(rivals)
    values = np.ones((draws, len(names)))
    base = np.ones(len(names))
    for side in ("bandwidth", "dependence"):
        own = [t for t in published if terms()[t].side == side]
        table = np.array([[_rise(t, rivals[n][t]) for t in own] for n in names])
        mean = np.array([published[t] for t in own])
        drawn = source.dirichlet(mean * concentration, size=draws)
        values *= drawn @ table.T
        base *= table @ mean
    top = np.maximum(values.max(axis=1, keepdims=True), np.finfo(float).tiny)
    shares = values / top
    order = _ranks(base[None, :])[0]
    kept = (_ranks(values) == order).mean(axis=0)
    low, middle, high = np.quantile(shares, [0.05, 0.5, 0.95], axis=0)
    standings = [
        RankStability(
            rival=n, rank=int(order[i]), kept=float(kept[i]), low=float(low[i]), middle=float(middle[i]),
            high=float(high[i]),
        )
        for i, n in enumerate(names)
    ]  # fmt: skip
    return sorted(standings, key=lambda s: (s.rank, s.rival))


def extremes(found: Capacity) -> dict[str, tuple[float, float | None]]:
    """What each missing term leaves open on its side's sum: at nothing and at its worst case, in index points."""
    return {t: (e.low or 0.0, e.high) for t, e in found.terms.items() if e.missing}


def vintage(by_release: Mapping[str, float], newest: str) -> Estimate:
    """A value with what other releases of its data set say of the same: they are the bounds.

    >>> e = vintage({"cow_trade@3.0": 240.0, "cow_trade@4.0": 249.0}, "cow_trade@4.0")
    >>> e.value, e.low, e.high
    (249.0, 240.0, 249.0)
    """
    if newest not in by_release:
        raise InputError(f"there is no value of the release {newest!r}; there are {', '.join(by_release) or 'none'}")
    values = by_release.values()
    differ = min(values) != max(values)
    note = "releases differ: " + ", ".join(f"{n} {v:.6g}" for n, v in sorted(by_release.items()))
    return Estimate(value=by_release[newest], low=min(values), high=max(values), notes=(note,) if differ else ())


def _rise(term: str, value: float) -> float:
    return value if terms()[term].side == "bandwidth" else log1p(value)


def _ranks(values: "NDArray[np.float64]") -> "NDArray[np.int64]":
    """Rank 1 for the largest of each row; equal values share the better rank."""
    ranks: NDArray[np.int64] = (values[:, None, :] > values[:, :, None]).sum(axis=2) + 1
    return ranks


def agreed(found: Sequence[RankStability]) -> float:
    """The least share of draws in which a rival keeps its rank: how far the order rests on the weights.

    >>> agreed([])
    1.0
    """
    return min((s.kept for s in found), default=1.0)
