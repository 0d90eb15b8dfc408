"""English by which agreements are read: classes of words, and patterns that have an example each.

The words are rows of `en/word_classes.csv`, the patterns of `en/agreement_patterns.csv`.
"""

import re
from functools import cache

from comity.errors import TableError
from comity.knowledge import word_classes
from comity.knowledge.states import rows


def words(name: str) -> frozenset[str]:
    """The words of a class for agreements, in lower case.

    >>> "rebel" in words("armed movement"), "army" in words("armed movement")
    (True, False)
    """
    return word_classes.words("agreement", name)


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
