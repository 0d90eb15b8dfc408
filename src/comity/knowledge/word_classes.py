"""Classes of English words that rules ask for, from one table: `en/word_classes.csv`.

A row belongs to a use (`date`, `phrase`, `title`, `instrument`, `stage`, `agreement`, `fact`); its words are parted by
semicolons.
"""

from functools import cache

from comity.errors import TableError
from comity.knowledge.states import rows

TABLE = "en/word_classes.csv"


@cache
def words(use: str, name: str) -> frozenset[str]:
    """The words of a class, in lower case.

    >>> "act" in words("date", "law"), "pact" in words("date", "law")
    (True, False)
    """
    found = next((r for r in rows(TABLE) if (r["use"], r["class"]) == (use, name)), None)
    if found is None:
        raise TableError(f"{TABLE}: has no class {name!r} for the use {use!r}; add it, or name one that the table has")
    return frozenset(found["words"].split("; "))
