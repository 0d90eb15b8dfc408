"""The development half and the held-out half of a corpus, and samples of either."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

Half = Literal["development", "held out"]
T = TypeVar("T")


def sample(items: Iterable[T], key: Callable[[T], str], half: Half, size: int, seed: int) -> list[T]:
    """`size` items of a half (all if it has fewer), by a seed, in the order of the corpus.

    The halves share no item, whatever the seed; the same items, half, size and seed give the same sample everywhere.

    >>> whole = [str(n) for n in range(100)]
    >>> mine, yours = (sample(whole, str, h, 10, 1) for h in ("development", "held out"))
    >>> len(mine), set(mine) & set(yours)
    (10, set())
    """
    kept = [i for i in items if (_number(key(i), 0) % 2 == 0) == (half == "development")]
    drawn = set(sorted(range(len(kept)), key=lambda n: _number(key(kept[n]), seed))[:size])
    return [item for n, item in enumerate(kept) if n in drawn]


def _number(text: str, seed: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}\0{text}".encode()).digest()[:8], "big")
