"""What made an influence change: how much its bandwidth, how much its dependence, and inside each which term.

The index is a product, so the change is shared between the two factors by their Shapley value (the mean over both
orders of changing them), which leaves no remainder; inside a factor terms are added up, so its part is shared as
their own changes are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.errors import InputError
from comity.influence.fbic import NEWEST, Capacity, release, terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change in index points: `bandwidth` and `dependence` add up to `total`.

    `by_term` shares the same change among the terms where both ends have them all; otherwise it is empty.
    """

    total: float
    bandwidth: float
    dependence: float
    by_term: Mapping[str, float]

    def share(self, part: float) -> float | None:
        """A part as a share of the change, per cent; null where nothing changed on the whole."""
        return 100 * part / self.total if self.total else None

    @property
    def by_component(self) -> dict[tuple[str, str], float]:
        """The change by side and component (political, economic, security)."""
        out: dict[tuple[str, str], float] = {}
        for name, part in self.by_term.items():
            key = (terms()[name].side, terms()[name].component)
            out[key] = out.get(key, 0.0) + part
        return out


def factors(before: tuple[float, float], after: tuple[float, float], top: float | None = None) -> Change:
    """The change of `bandwidth · dependence / top` between two pairs of bandwidth and dependence.

    Formula: `ΔB·(D0 + D1)/2 + ΔD·(B0 + B1)/2`, each over `top`, the largest product of the release.

    >>> c = factors((0.5, 0.2), (0.5, 0.4), top=1.0)
    >>> round(c.bandwidth, 9), round(c.dependence, 9)
    (0.0, 0.1)
    """
    top = top or release().maxima["standard", "fbic"]
    (b0, d0), (b1, d1) = before, after
    bandwidth = (b1 - b0) * (d0 + d1) / 2 / top
    dependence = (d1 - d0) * (b0 + b1) / 2 / top
    return Change(total=bandwidth + dependence, bandwidth=bandwidth, dependence=dependence, by_term={})


def dependence_of(value: float, bandwidth: float, of: str = NEWEST) -> float:
    """The dependence of a published row that gives only the index and the bandwidth.

    >>> round(dependence_of(0.070304677, 0.13898221), 4)
    0.2944
    """
    if bandwidth <= 0:
        raise InputError("without bandwidth the index is 0 whatever the dependence: it cannot be worked out")
    return value * release(of).maxima["standard", "fbic"] / bandwidth


def decompose(before: Capacity, after: Capacity) -> Change | None:
    """The change between two capacities, down to the terms; null where a value is missing at either end.

    Raises `InputError` where the two are of different weights or releases.
    """
    if (before.weights, before.release) != (after.weights, after.release):
        raise InputError("two values of FBIC of different weights or releases cannot be compared")
    values = [e.value for e in (before.bandwidth, before.dependence, after.bandwidth, after.dependence)]
    maxima = release(before.release).maxima
    if any(v is None for v in values):
        return None
    b0, d0, b1, d1 = (v for v in values if v is not None)
    top = maxima[before.weights, "fbic"]
    whole = factors((b0, d0), (b1, d1), top)
    middle = {"bandwidth": (d0 + d1) / 2, "dependence": (b0 + b1) / 2}
    by_term = {}
    for name, one in after.terms.items():
        side, earlier = terms()[name].side, before.terms[name].value
        if one.value is None or earlier is None:
            return None
        by_term[name] = (one.value - earlier) / maxima[before.weights, side] * middle[side] / top
    return Change(total=whole.total, bandwidth=whole.bandwidth, dependence=whole.dependence, by_term=by_term)
