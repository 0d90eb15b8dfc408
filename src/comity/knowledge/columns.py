"""The meanings of table columns, from one reviewable table."""

from collections.abc import Iterable
from functools import cache

from comity.knowledge.states import rows


def meanings(columns: Iterable[str]) -> dict[str, str | None]:
    """The meaning of each column, in the given order; null if the table of meanings lacks it.

    >>> meanings(["latitude"])
    {'latitude': 'degrees north, to two decimals'}
    """
    return {c: _meanings().get(c) for c in columns}


@cache
def _meanings() -> dict[str, str]:
    return {r["column"]: r["meaning"] for r in rows("columns.csv")}
