"""What the columns of a table mean, from one table that a person can review."""

from collections.abc import Iterable
from functools import cache

from comity.knowledge.states import rows


def meanings(columns: Iterable[str]) -> dict[str, str | None]:
    """What each column means, in the order given; null for one that the table of meanings lacks.

    >>> meanings(["latitude"])
    {'latitude': 'degrees north, to two decimals'}
    """
    return {c: _meanings().get(c) for c in columns}


@cache
def _meanings() -> dict[str, str]:
    return {r["column"]: r["meaning"] for r in rows("columns.csv")}
