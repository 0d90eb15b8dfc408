"""Stop words: those of every text, and those of every agreement's title."""

from functools import cache

from comity.knowledge.states import rows


@cache
def everywhere() -> frozenset[str]:
    """Words of every text.

    >>> "the" in everywhere(), "treaty" in everywhere()
    (True, False)
    """
    return frozenset(r["word"] for r in rows("en/common_words.csv") if r["where"] == "everywhere")


@cache
def title_words() -> frozenset[str]:
    """Words of every text and every agreement: the instruments' own names too.

    >>> "treaty" in title_words(), "fisheries" in title_words()
    (True, False)
    """
    titles = {r["word"] for r in rows("en/common_words.csv")}
    instruments = {r["word"] for r in rows("en/instruments.csv") if r["strength"] in {"strong", "weak"}}
    return frozenset(titles | instruments | {f"{w}s" for w in instruments} | {f"{w[:-1]}ies" for w in instruments})
