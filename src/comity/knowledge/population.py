"""The populations of states, by which the smaller of two is determined."""

from functools import cache

from comity.knowledge.states import continuing, rows


def population(code: str) -> int | None:
    """The population of a state, of a former one that of its continuing state; null if unknown.

    >>> population("MNG") < population("SUN"), population("EU") is None
    (True, True)
    """
    return _populations().get(continuing(code))


def smaller(a: str, b: str) -> str | None:
    """The less populous of two states; null if either population is unknown.

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
