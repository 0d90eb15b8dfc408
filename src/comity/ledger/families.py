"""Families of documents: copies, reprints and updates of one text count as one source."""

from collections.abc import Iterable, Mapping


def families(copies: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each document that has copies with the key that stands for its family: the smallest of those connected.

    >>> families([("b", "c"), ("a", "b")])["c"]
    'a'
    """
    above: dict[str, str] = {}

    def top(key: str) -> str:
        root = key
        while above.setdefault(root, root) != root:
            root = above[root]
        while above[key] != root:
            above[key], key = root, above[key]
        return root

    for a, b in copies:
        one, other = sorted((top(a), top(b)))
        above[other] = one
    return {key: top(key) for key in above}


def independent(documents: Iterable[str], family: Mapping[str, str]) -> int:
    """How many independent sources documents are: their families, each counted once."""
    return len({family.get(d, d) for d in documents})
