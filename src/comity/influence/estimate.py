"""A number with what is not known of it: bounds in place of a missing value, never a silent 0."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number in `unit`; `value` is null where an input is missing, which `missing` then names.

    `low` and `high` are what the number cannot lie below or above (null: no bound is known); they are the value
    itself where nothing is in doubt. `notes` say in words what the bounds rest on.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: str = ""
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = [x for x in (self.low, self.value, self.high) if x is not None]
        # quotients may stray by a rounding
        if any(a > b + _ROUNDING * abs(b) for a, b in pairwise(known)):
            raise ValueError(f"low, value and high are not in order: {known}")

    @property
    def sure(self) -> bool:
        """Whether there is a value without doubt."""
        return self.value is not None and self.low == self.value == self.high

    def noted(self, *notes: str) -> "Estimate":
        """The same with further notes."""
        return replace(self, notes=tuple(dict.fromkeys((*self.notes, *notes))))

    def scaled(self, factor: float, unit: str = "") -> "Estimate":
        """The estimate times a factor that is not negative."""
        return replace(
            self,
            value=None if self.value is None else self.value * factor,
            low=None if self.low is None else self.low * factor,
            high=None if self.high is None else self.high * factor,
            unit=unit or self.unit,
        )


def exact(value: float, unit: str = "") -> Estimate:
    """A number that is reported and not in doubt.

    >>> exact(3.0).sure
    True
    """
    return Estimate(value=value, low=value, high=value, unit=unit)


def unknown(name: str, unit: str = "", *, low: float | None = 0.0, high: float | None = None) -> Estimate:
    """What nobody states: no value, named, with the bounds that its nature gives (an amount is not negative).

    >>> unknown("trade of MNG with RUS, 1985").missing
    ('trade of MNG with RUS, 1985',)
    """
    return Estimate(value=None, low=low, high=high, unit=unit, missing=(name,))


def mirrored(reported: float | None, mirror: float | None, name: str, unit: str = "") -> Estimate:
    """A flow that both sides may report: the value is the importer's, the bounds are the two reports.

    Importers count with freight and insurance and for customs, so their report is the usual first choice; the
    exporter's takes its place where the importer has none.

    >>> e = mirrored(110.0, 100.0, "imports of MNG from CHN, 2014", "USD")
    >>> e.value, e.low, e.high
    (110.0, 100.0, 110.0)
    """
    reports = [x for x in (reported, mirror) if x is not None]
    if not reports:
        return unknown(name, unit)
    return Estimate(
        value=reports[0],
        low=min(reports),
        high=max(reports),
        unit=unit,
        notes=("the two sides report different values",) if min(reports) != max(reports) else (),
    )


def total(parts: Iterable[Estimate], unit: str = "") -> Estimate:
    """The sum: without a value where a part has none, yet not below what the parts hold at least.

    >>> e = total([exact(2.0), unknown("x")])
    >>> e.value, e.low, e.high, e.missing
    (None, 2.0, None, ('x',))
    """
    terms = list(parts)
    values, lows, highs = [p.value for p in terms], [p.low for p in terms], [p.high for p in terms]
    return Estimate(
        value=None if None in values else sum(v for v in values if v is not None),
        low=None if None in lows else sum(v for v in lows if v is not None),
        high=None if None in highs else sum(v for v in highs if v is not None),
        unit=unit or (terms[0].unit if terms else ""),
        missing=tuple(dict.fromkeys(m for p in terms for m in p.missing)),
        notes=tuple(dict.fromkeys(n for p in terms for n in p.notes)),
    )
