"""Coverage breaks of data sets: years that are not one series."""

from collections.abc import Iterable

from comity.knowledge.states import continuing, rows


def breaks(kind: str, first: int, last: int, states: Iterable[str] = ()) -> list[str]:
    """The reasons why years of a data set are not one series (for these states), one per break.

    >>> breaks("terrier", 2014, 2016)
    ["the sources of TERRIER's stories change in 2015: counts before and after are not one series"]
    >>> breaks("cow_trade", 1991, 1993, ["MNG", "SUN"]) != [], breaks("cow_trade", 1991, 1993, ["MNG", "CHN"])
    (True, [])
    """
    asked = {continuing(s) for s in states}
    return [
        r["reason"]
        for r in rows("coverage_breaks.csv")
        if r["kind"] == kind
        and first < int(r["year"]) <= last
        and (not r["states"] or (asked and asked <= set(r["states"].split())))
    ]
