"""Words for an anniversary: rows of `en/anniversaries.csv`."""

from functools import cache

from comity.knowledge.states import rows


@cache
def anniversaries() -> dict[str, int | None]:
    """Each word with its number of years, null where the word does not say them.

    >>> anniversaries()["centenary"], anniversaries()["jubilee"]
    (100, None)
    """
    return {r["word"]: int(r["years"]) if r["years"] else None for r in rows("en/anniversaries.csv")}
