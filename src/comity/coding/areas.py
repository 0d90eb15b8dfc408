"""Areas of cooperation, by the words that name them."""

import re
from functools import cache

from comity.knowledge.states import rows


@cache
def _table() -> dict[str, str]:
    return {word: row["area"] for row in rows("en/areas.csv") for word in row["words"].split()}


def area_of(word: str) -> str | None:
    """The area that a word names, or null.

    >>> area_of("scientific"), area_of("yesterday")
    ('science', None)
    """
    return _table().get(word.lower())


def find_areas(text: str) -> tuple[str, ...]:
    """The areas that a text names, each once, in text order.

    >>> find_areas("protocol on trade and scientific cooperation")
    ('trade', 'science')
    """
    found = (area_of(w) for w in re.findall(r"[\w-]+", text))
    return tuple(dict.fromkeys(a for a in found if a))
