"""Formal Bilateral Influence Capacity (FBIC): how much one state could influence another by its formal ties.

The index is a capacity, not an outcome, and holds no political dependence. For A over B in a year::

    bandwidth  = Σ w·n / max_bandwidth        n = x · Σlor / Σx, three-year trailing mean
    dependence = Σ w·ln(1 + y) / max_dependence        y in per cent, three-year trailing mean
    fbic       = bandwidth · dependence / max_fbic

The sums and maxima are constants of a release of the index, so values of different releases are not comparable.
Source: columns of the Pardee Center's index, by which 1,000 rows are reproduced within 6e-8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, log1p
from typing import Literal

from comity.errors import InputError
from comity.influence.estimate import Estimate, exact, unknown
from comity.knowledge.states import rows

Side = Literal["bandwidth", "dependence"]
_ROUNDING = 1e-6
WINDOW = 3
"""Years of the trailing mean."""
NEWEST = "1960-2023"
"""The newest release of which the constants are known."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the index: which side and component it belongs to; `cap` is the most its input can be, if known.

    `published` is the column of the index's files that holds the input, null where it was not seen.
    """

    name: str
    side: Side
    component: str
    cap: float | None
    published: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Release:
    """Constants of a release: `sums` make terms comparable, `maxima` bring the sums between 0 and 1.

    `maxima` lack what is not published: those of the set `plus`.
    """

    name: str
    sums: Mapping[str, float]
    maxima: Mapping[tuple[str, str], float]

    def factor(self, term: str) -> float | None:
        """What a raw bandwidth term is multiplied by; null where the release does not state."""
        return self.sums["lor"] / self.sums[term] if term in self.sums else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """The index of A over B: `value`, `bandwidth` and `dependence` from 0 to 1, and the sums they are made of.

    `terms` are the weighted terms and `components` their un-normalised sums, both of bandwidth and of dependence:
    what is added up inside each side.
    """

    value: Estimate
    bandwidth: Estimate
    dependence: Estimate
    terms: Mapping[str, Estimate]
    components: Mapping[tuple[Side, str], Estimate]
    weights: str
    release: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The terms that are not reported."""
        return self.value.missing


@cache
def terms() -> dict[str, Term]:
    """The terms by name.

    >>> terms()["trade_all"].side
    'dependence'
    """
    return {
        r["term"]: Term(
            r["term"],
            "bandwidth" if r["side"] == "bandwidth" else "dependence",
            r["component"],
            float(r["cap"]) if r["cap"] else None,
            r["published"] or None,
            r["meaning"],
        )
        for r in rows("fbic_terms.csv")
    }


def published(row: Mapping[str, object]) -> dict[str, float]:
    """The inputs of a row of the index's files, by term; those that it lacks are left out.

    >>> published({"norm_lor_avg_ma": "0.75", "fbic": "0.1"})
    {'lor': 0.75}
    """
    out = {}
    for name, term in terms().items():
        cell = row.get(term.published or "")
        if cell is not None and str(cell).strip():
            out[name] = float(str(cell))
    return out


@cache
def weights(which: str = "standard") -> dict[str, float]:
    """The published weights of a set, `standard` or `plus`; those of each side add up to 1.

    >>> round(sum(weights("plus").values()), 9)
    2.0
    """
    found = {r["term"]: float(r["weight"]) for r in rows("fbic_weights.csv") if r["set"] == which}
    if not found:
        raise InputError(f"FBIC has no set of weights {which!r}; known are standard and plus")
    return found


@cache
def release(name: str = NEWEST) -> Release:
    """The constants of a release by its name. Raises `InputError` for one that is not known."""
    found = [r for r in rows("fbic_releases.csv") if r["release"] == name]
    if not found:
        known = ", ".join(dict.fromkeys(r["release"] for r in rows("fbic_releases.csv")))
        raise InputError(f"FBIC has no release {name!r} here; known are {known}")
    sums = {r["name"].removeprefix("sum_"): float(r["value"]) for r in found if r["name"].startswith("sum_")}
    maxima = {(r["set"], r["name"].removeprefix("max_")): float(r["value"]) for r in found if r["set"]}
    return Release(name, sums, maxima)


def points(scale: str, codes: Sequence[str]) -> float | None:
    """The points of an alliance's obligations or of one trade agreement; null for what the index was never seen with.

    >>> points("alliance", ["nonagg"]), points("alliance", ["defense", "offense"]) is None
    (5.0, True)
    """
    return _scales().get((scale, " ".join(sorted(codes))))


@cache
def _scales() -> dict[tuple[str, str], float]:
    return {(r["scale"], r["code"]): float(r["points"]) for r in rows("fbic_scales.csv")}


def trailing(values: Mapping[int, float], year: int) -> float | None:
    """The mean of a year and the two before it; null where one of them is not reported.

    >>> trailing({1992: 1.0, 1993: 2.0, 1994: 6.0}, 1994), trailing({1994: 6.0}, 1994) is None
    (3.0, True)
    """
    window = [values.get(y) for y in range(year - WINDOW + 1, year + 1)]
    known = [v for v in window if v is not None]
    return sum(known) / WINDOW if len(known) == WINDOW else None


def normalised(term: str, raw: float, of: Release | None = None) -> float:
    """A raw bandwidth input as the index adds it up: comparable across terms, 0 where there is nothing.

    `lntrade` and `arms` take the logarithm first: give trade in millions of US dollars, arms in TIV.

    >>> normalised("lor", 0.5), round(normalised("alliance", 6), 4)
    (0.5, 0.22)
    """
    factor = (of or release()).factor(term)
    if factor is None:
        raise InputError(f"FBIC: the sum of {term} is not published, so it cannot be normalised; give it normalised")
    return (log1p(raw) if term in {"lntrade", "arms"} else raw) * factor


def capacity(
    inputs: Mapping[str, float | Estimate | None], *, which: str = "standard", of: Release | None = None
) -> Capacity:
    """The index from its inputs by term: normalised three-year means for bandwidth, per cents for dependence.

    A term that is absent or null is missing: the value is then null, and the bounds have it at nothing and at its
    worst case, which is its own cap or what the release's maximum leaves for it.

    >>> c = capacity({t: 0.1 for t in weights()})
    >>> round(c.value.value, 5), c.value.sure
    (0.00125, True)
    >>> c = capacity({t: 0.1 for t in weights() if t != "igos"})
    >>> c.value.value, c.missing, 0 < c.value.low < 0.00125 < c.value.high <= 1
    (None, ('igos',), True)
    """
    used = of or release()
    weighted = {t: _weighted(terms()[t], w, inputs.get(t)) for t, w in weights(which).items()}
    sides: dict[Side, Estimate] = {}
    for side in ("bandwidth", "dependence"):
        limit = used.maxima.get((which, side))
        parts = [e for t, e in weighted.items() if terms()[t].side == side]
        sides[side] = _share_of_limit(_added(parts, limit), limit, f"the largest {side} of the set {which}")
    components: dict[tuple[Side, str], list[Estimate]] = {}
    for t, e in weighted.items():
        components.setdefault((terms()[t].side, terms()[t].component), []).append(e)
    top = used.maxima.get((which, "fbic"))
    return Capacity(
        value=_product(sides["bandwidth"], sides["dependence"], top),
        bandwidth=sides["bandwidth"],
        dependence=sides["dependence"],
        terms=weighted,
        components={k: _added(v, used.maxima.get((which, k[0]))) for k, v in components.items()},
        weights=which,
        release=used.name,
    )


def _weighted(term: Term, weight: float, given: float | Estimate | None) -> Estimate:
    if given is None:
        given = unknown(term.name, high=term.cap)
    e = given if isinstance(given, Estimate) else exact(given)
    if e.low is not None and e.low < 0:
        raise InputError(f"FBIC: {term.name} is {e.low}: an input cannot be below 0")
    if term.cap is not None and e.value is not None and e.value > term.cap * (1 + _ROUNDING):
        raise InputError(f"FBIC: {term.name} is {e.value}: it cannot be above {term.cap:g}")

    def rise(x: float | None) -> float | None:
        if x is None:
            return None
        return weight * (x if term.side == "bandwidth" else log(1 + x))

    high = term.cap if e.high is None else e.high
    missing = e.missing and (term.name,)
    return Estimate(
        value=rise(e.value), low=rise(e.low) or 0.0, high=rise(high), unit="index", missing=missing, notes=e.notes
    )


def _added(parts: Sequence[Estimate], limit: float | None) -> Estimate:
    """The sum of terms; one without a cap can add no more than the release's maximum leaves."""
    low = sum(p.low or 0.0 for p in parts)
    capped = [p.high for p in parts]
    high = None if None in capped else sum(h for h in capped if h is not None)
    value = None if any(p.value is None for p in parts) else sum(p.value for p in parts if p.value is not None)
    if limit is not None and value is None:
        high = max(low, limit if high is None else min(high, limit))
    return Estimate(
        value=value,
        low=low,
        high=high,
        unit="index",
        missing=tuple(m for p in parts for m in p.missing),
        notes=tuple(dict.fromkeys(n for p in parts for n in p.notes)),
    )


def _share_of_limit(e: Estimate, limit: float | None, name: str) -> Estimate:
    if limit is None:
        return Estimate(
            value=None, low=0.0, high=1.0, unit="index", missing=(*e.missing, name), notes=(*e.notes, _UNPUBLISHED)
        )
    return e.scaled(1 / limit)


_UNPUBLISHED = "the release's largest values of this set of weights are not published"


def _product(b: Estimate, d: Estimate, top: float | None) -> Estimate:
    missing, notes = (*b.missing, *d.missing), tuple(dict.fromkeys((*b.notes, *d.notes)))
    if top is None:
        return Estimate(value=None, low=0.0, high=1.0, unit="index", missing=missing, notes=notes)
    value = None if b.value is None or d.value is None else b.value * d.value / top
    low = (b.low or 0.0) * (d.low or 0.0) / top
    high = 1.0 if b.high is None or d.high is None else b.high * d.high / top
    if value is None:
        # no dyad of the release lies above 1
        high = max(low, min(high, 1.0))
    return Estimate(value=value, low=low, high=high, unit="index", missing=missing, notes=notes)
