"""Ties that are counted or stand on a level: alliances, organisations, posts, visits, treaties, events' tone."""

from collections.abc import Collection, Iterable, Sequence
from math import log1p

from comity.errors import InputError
from comity.influence.estimate import Estimate, exact, unknown
from comity.influence.fbic import points

OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
"""ATOP's obligations in the order of its columns."""
LEVELS = (0.0, 0.375, 0.5, 0.75, 1.0)
"""The levels of representation that FBIC knows, from none to ambassador."""


def obligations(kinds: Collection[str]) -> tuple[int, ...]:
    """ATOP's obligation vector: 1 for each obligation that an alliance of the year holds, in ATOP's order.

    Source: ATOP 5.1; codebook `relations`, section 5, measure 7.

    >>> obligations({"defense", "consul"})
    (1, 0, 0, 0, 1)
    """
    wrong = set(kinds) - set(OBLIGATIONS)
    if wrong:
        raise InputError(f"ATOP knows no obligation {', '.join(sorted(wrong))}; known are {', '.join(OBLIGATIONS)}")
    return tuple(int(o in kinds) for o in OBLIGATIONS)


def alliance_index(kinds: Collection[str]) -> Estimate:
    """The points that FBIC gives to an alliance's obligations, 0 (none) to 81. Unit: points.

    A set of obligations with which the index was never seen has no value but bounds: not below the best of its
    parts that is known.

    >>> alliance_index({"nonagg"}).value, alliance_index({"defense", "nonagg"}).value
    (5.0, None)
    """
    vector = obligations(kinds)
    codes = [o for o, has in zip(OBLIGATIONS, vector, strict=True) if has]
    found = points("alliance", codes)
    if found is not None:
        return exact(found, "points")
    name = " + ".join(codes)
    least = max((points("alliance", [c]) or 0.0 for c in codes), default=0.0)
    return Estimate(
        value=None,
        low=least,
        high=None,
        unit="points",
        missing=(f"the index's points for {name}",),
        notes=(f"the index was not seen with the obligations {name}",),
    )


def shared_organisations(a: Collection[str], b: Collection[str]) -> Estimate:
    """How many intergovernmental organisations both are members of. Unit: organisations. Measure 7.

    >>> shared_organisations({"UN", "SCO"}, {"UN", "NATO"}).value
    1.0
    """
    return exact(float(len(set(a) & set(b))), "organisations")


def posts(of_a: float | None, of_b: float | None) -> Estimate:
    """Level of representation: the mean of both directions, 0 (none) to 1 (ambassadors). Measure 7.

    Where one direction is not stated the value is not either; it lies between that post at none and at the highest.

    >>> posts(1.0, 0.75).value, posts(1.0, None).low, posts(1.0, None).high
    (0.875, 0.5, 1.0)
    """
    for level in (of_a, of_b):
        if level is not None and not 0 <= level <= 1:
            raise InputError(f"a level of representation lies between 0 and 1, not at {level}")
    if of_a is not None and of_b is not None:
        return exact((of_a + of_b) / 2, "level")
    levels = [x for x in (of_a, of_b) if x is not None]
    return Estimate(
        value=None,
        low=sum(levels) / 2,
        high=(sum(levels) + 2 - len(levels)) / 2,
        unit="level",
        missing=("the post of one side",) if levels else ("both posts",),
    )


def count(certain: int, possible: int = 0, unit: str = "") -> Estimate:
    """A count of what certainly, and what only possibly, lies in the time asked about; the value is the certain.

    >>> e = count(3, 1, "visits")
    >>> e.value, e.low, e.high
    (3.0, 3.0, 4.0)
    """
    return Estimate(value=float(certain), low=float(certain), high=float(certain + possible), unit=unit)


def intensity(scores: Sequence[float]) -> Estimate:
    """Mean PLOVER score times log volume: `mean(score) · ln(1 + n)`. Measure 8.

    The score runs from -10 (conflict) to 10 (cooperation), so the sign says which prevails and the size also how
    much there was. Without an event there is no mean, hence no value.

    >>> round(intensity([4.0, 2.5]).value, 2)
    3.57
    """
    if not scores:
        return unknown("any event", "score × ln(1 + n)", low=None)
    return exact(sum(scores) / len(scores) * log1p(len(scores)), "score × ln(1 + n)")


def stock(signs: Iterable[tuple[bool, bool]]) -> Estimate:
    """How many treaties are in force: one (in force, certain) pair a treaty. Unit: treaties. Measure 9.

    The value counts what certainly is in force; the high bound adds what possibly is.

    >>> stock([(True, True), (True, False), (False, True)]).high
    2.0
    """
    signed = list(signs)
    return count(
        sum(1 for on, certain in signed if on and certain),
        sum(1 for on, certain in signed if on and not certain),
        "treaties",
    )
