"""Sketches of texts, used to find documents that share some of their text among many.

A sketch is the smallest hashes of a document's runs of five words (bottom-k MinHash, Broder 1997): documents that
share text share some of them, even if one is only a part of the other. Whether they are copies is decided by the
texts themselves (`copies`).
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence

_SIZE = 64
_RUN = 5
_WORDS = re.compile(r"[^\W_]+")
LEAST_SHARED = 4
"""Fewer common hashes than this, in full sketches, are coincidence."""
_LEAST_PART = 0.1


def runs(text: str, length: int = _RUN) -> frozenset[tuple[str, ...]]:
    """The word n-grams of a text, ignoring case and punctuation; a shorter text is one run.

    >>> sorted(runs("Kenya and Uganda signed a pact."))
    [('and', 'uganda', 'signed', 'a', 'pact'), ('kenya', 'and', 'uganda', 'signed', 'a')]
    """
    words = _WORDS.findall(text.casefold())
    if len(words) < length:
        return frozenset({tuple(words)}) if words else frozenset()
    return frozenset(zip(*(words[i:] for i in range(length)), strict=False))


def sketch(text: str) -> tuple[int, ...]:
    """The smallest 64 hashes of the text's runs, in order; the same on every machine."""
    hashes = {int.from_bytes(hashlib.blake2b(" ".join(t).encode(), digest_size=8).digest(), "big") for t in runs(text)}
    return tuple(sorted(hashes)[:_SIZE])


def likely(shared: int, mine: Sequence[int], theirs: Sequence[int]) -> bool:
    """Whether two sketches with some hashes in common may belong to copies.

    Only hashes up to the smaller of the two largest can be in both, so the share is taken of these.
    """
    if not mine or not theirs:
        return False
    edge = min(mine[-1], theirs[-1])
    comparable = min(bisect_right(mine, edge), bisect_right(theirs, edge))
    return comparable > 0 and shared >= min(LEAST_SHARED, comparable) and shared / comparable >= _LEAST_PART
