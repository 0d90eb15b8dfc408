"""English by which agreements are read: classes of words, and patterns that have an example each.

The words are rows of `en/agreement_words.csv`, the patterns of `en/agreement_patterns.csv`.
"""

import re
from functools import cache

from comity.errors import TableError
from comity.knowledge.states import rows


@cache
def words(name: str) -> frozenset[str]:
    """The words of a class, in lower case.

    >>> "rebel" in words("armed movement"), "army" in words("armed movement")
    (True, False)
    """
    found = frozenset(r["word"] for r in rows("en/agreement_words.csv") if r["class"] == name)
    if not found:
        raise TableError(f"en/agreement_words.csv: has no word of class {name!r}; restore its rows")
    return found


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of a row by its name; capitals count unless it begins with `(?i)`.

    >>> pattern("issuer").search("Joint Statement by Chile and Peru").group()
    'by'
    """
    found = next((r["pattern"] for r in rows("en/agreement_patterns.csv") if r["name"] == name), None)
    if found is None:
        raise TableError(f"en/agreement_patterns.csv: has no row {name!r}; restore it")
    return re.compile(found)
