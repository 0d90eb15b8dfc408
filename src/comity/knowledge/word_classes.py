"""Word classes: English words that decide alike what a sentence reports, from one table that a person can review."""

from functools import cache

from comity.errors import TableError
from comity.knowledge.states import rows

_TABLE = "en/word_classes.csv"


@cache
def words(name: str) -> frozenset[str]:
    """The words of a class, lemmas in lower case.

    >>> "borrow" in words("receiving"), "lend" in words("receiving")
    (True, False)
    """
    found = [r["words"] for r in rows(_TABLE) if r["class"] == name]
    if len(found) != 1:
        raise TableError(f"{_TABLE}: must have the class {name!r} once; reinstall comity, or name a class of the table")
    return frozenset(found[0].split("; "))
