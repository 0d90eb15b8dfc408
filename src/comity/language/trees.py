"""Well-formed trees from arc scores: every word under one root, no cycle."""

import numpy as np
from numpy.typing import NDArray

_ROOTS_TRIED = 3
"""How many words are tried as the root where the best heads make no tree."""


def heads(scores: NDArray[np.float32]) -> list[int]:
    """The head of each word, -1 for the one root, from scores [word, head] whose head 0 is the root.

    Row and column 0 stand for the root itself; word i of the sentence is row i + 1. Mostly the best head of each
    word is taken as it is; where these make no tree with one root, the best tree is searched (Chu-Liu and Edmonds).

    >>> heads(np.array([[0, 0, 0], [9, 0, 1], [5, 8, 0]], dtype=np.float32))
    [-1, 0]
    """
    s = scores.astype(np.float64)
    n = len(s)
    if n == 1:
        return []
    s.flat[:: n + 1] = -np.inf  # no word is its own head
    best = [0, *s[1:].argmax(1).tolist()]
    if best.count(0) == 2 and _is_tree(best):
        return [h - 1 for h in best[1:]]
    gain = s[1:, 0] - np.where(np.isfinite(s[1:, 1:]), s[1:, 1:], -1e9).max(1) if n > 2 else s[1:, 0]
    found: tuple[float, list[int]] | None = None
    for root in np.argsort(-gain, kind="stable")[:_ROOTS_TRIED] + 1:
        rooted = s.copy()
        rooted[1:, 0] = -1e9
        rooted[root, :] = -1e9
        rooted[root, 0] = s[root, 0]
        rooted[0] = -np.inf
        tree = _edmonds(rooted)
        total = float(sum(s[i, tree[i]] for i in range(1, n)))
        if found is None or total > found[0]:
            found = (total, tree)
    assert found is not None  # noqa: S101 - a sentence has a word, so a root was tried
    return [h - 1 for h in found[1][1:]]


def _is_tree(head: list[int]) -> bool:
    seen = [-1, *[0] * (len(head) - 1)]
    for start in range(1, len(head)):
        i = start
        while seen[i] == 0:
            seen[i] = start
            i = head[i]
        if seen[i] == start:
            return False
        i = start
        while seen[i] == start:
            seen[i] = -1
            i = head[i]
    return True


def _cycle(head: list[int]) -> list[int] | None:
    state = [0] * len(head)
    for start in range(1, len(head)):
        path, i = [], start
        while i > 0 and state[i] == 0:
            state[i] = 1
            path.append(i)
            i = head[i]
        if i > 0 and state[i] == 1:
            return path[path.index(i) :]
        for p in path:
            state[p] = 2
    return None


def _edmonds(s: NDArray[np.float64]) -> list[int]:
    """The maximum spanning arborescence from node 0; rows are dependents, columns heads."""
    n = len(s)
    head = [0, *s[1:].argmax(1).tolist()]
    cycle = _cycle(head)
    if cycle is None:
        return head
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    c = len(rest)
    small = np.full((c + 1, c + 1), -np.inf)
    others, ring = np.array(rest), np.array(cycle)
    small[:c, :c] = s[others[:, None], others]
    # what a head outside costs the cycle less: the arc that it takes the place of
    into = s[ring[:, None], others] - s[ring, [head[i] for i in cycle]][:, None]
    enter = ring[into.argmax(0)].tolist()
    small[c, :c] = into.max(0)
    out = s[others[:, None], ring]
    leave = ring[out.argmax(1)].tolist()
    small[:c, c] = out.max(1)
    small[0] = -np.inf
    sub = _edmonds(small)
    full = head.copy()
    for a, i in enumerate(rest):
        if i:
            full[i] = leave[a] if sub[a] == c else rest[sub[a]]
    full[enter[sub[c]]] = rest[sub[c]]
    return full
