"""All data sets that can be imported, by kind."""

from functools import cache

from comity.errors import InputError
from comity.sources.cow_trade import COW_TRADE
from comity.sources.data_set import DataSet


@cache
def data_sets() -> dict[str, DataSet]:
    """The data sets by kind.

    >>> "cow_trade" in data_sets()
    True
    """
    return {d.kind: d for d in (COW_TRADE,)}


def data_set(kind: str) -> DataSet:
    """The data set of a kind. Raises `InputError` where there is none."""
    found = data_sets().get(kind.lower())
    if found is None:
        raise InputError(f"{kind!r} is no kind of data set; the kinds are {', '.join(data_sets())}")
    return found
