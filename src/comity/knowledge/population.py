"""The populations of states, by which the smaller of two is told."""

from functools import cache

from comity.knowledge.states import continuing, rows


def population(code: str) -> int | None:
    """How many people live in a state, a former one by the state that goes on; null where the table has none.

    >>> population("MNG") < population("SUN"), population("EU") is None
    (True, True)
    """
    return _populations().get(continuing(code))


def smaller(a: str, b: str) -> str | None:
    """The one of two states in which fewer people live; null where that of either is not told.

    >>> smaller("RUS", "MNG"), smaller("MNG", "CHN"), smaller("MNG", "EU")
    ('MNG', 'MNG', None)
    """
    one, other = population(a), population(b)
    if one is None or other is None:
        return None
    return a if one < other else b


@cache
def _populations() -> dict[str, int]:
    return {r["state"]: int(r["population"]) for r in rows("populations.csv")}
