"""Families of documents, the outlets at which documents were found, and how many independent sources they make.

Copies, reprints and updates of one text are a family. Two reports are independent of each other if they share
neither a family nor an outlet; what a party to a fact publishes about it itself is no independent source.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from comity.knowledge.states import by_address, continuing


@dataclass(frozen=True, slots=True)
class Families(Mapping[str, str]):
    """Each document that has copies with its family, by the documents' keys.

    `outlets` are the hosts at which a document was found (none if no address is known), `publishers` the states whose
    governments publish there.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    outlets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    publishers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def families(copies: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]] = ()) -> Families:
    """The families of copies, with the outlets and publishers of the hosts at which documents were `found`.

    The key of a family is the smallest key of its documents.

    >>> families([("b", "c"), ("a", "b")])["c"]
    'a'
    >>> found = families([], [("a", "www.kremlin.ru"), ("a", "news.example")])
    >>> sorted(found.outlets["a"]), sorted(found.publishers["a"])
    (['kremlin.ru', 'news.example'], ['RUS'])
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
    outlets: dict[str, set[str]] = {}
    publishers: dict[str, set[str]] = {}
    states: dict[str, str | None] = {}
    for key, host in found:
        outlets.setdefault(key, set()).add(host.removeprefix("www."))
        if host not in states:
            state = by_address(f"https://{host}/")
            states[host] = continuing(state.code) if state else None
        if code := states[host]:
            publishers.setdefault(key, set()).add(code)
    return Families(
        {key: top(key) for key in above},
        {key: frozenset(hosts) for key, hosts in outlets.items()},
        {key: frozenset(codes) for key, codes in publishers.items()},
    )


def independent(documents: Iterable[str], family: Mapping[str, str], parties: Iterable[str] = ()) -> int:
    """The number of independent sources among documents: the largest set in which no two share a text or an outlet.

    What one of the `parties` publishes, and copies of it, are left out. A report without a known outlet counts as one
    from an outlet of its own.

    >>> found = families([("a", "b")], [("a", "one.example"), ("b", "two.example"), ("c", "one.example")])
    >>> independent("ab", found), independent("abc", found), independent("ac", found)
    (1, 2, 1)
    """
    distinct = list(dict.fromkeys(documents))
    if not isinstance(family, Families) or not family.outlets:
        return len({family.get(d, d) for d in distinct})
    partial = by_parties(distinct, family, parties)
    places: dict[str, set[str]] = {}
    for d in distinct:
        text = family.get(d, d)
        if d not in partial:
            places.setdefault(text, set()).update(family.outlets.get(d) or {f"\0{text}"})
    return _matched({text: sorted(found) for text, found in sorted(places.items())})


def _matched(places: Mapping[str, list[str]]) -> int:
    """The size of a maximum matching of texts to their outlets (augmenting paths)."""
    taken: dict[str, str] = {}
    holds: dict[str, str] = {}
    for text in places:
        came: dict[str, str] = {}
        queue, free = [text], None
        for one in queue:
            for place in places[one]:
                if place in came:
                    continue
                came[place] = one
                if place not in taken:
                    free = place
                    break
                queue.append(taken[place])
            if free is not None:
                break
        while free is not None:
            one = came[free]
            taken[free] = one
            # the outlet moves to the text that needed one
            holds[one], free = free, holds.get(one)
    return len(taken)


def by_parties(documents: Iterable[str], family: Mapping[str, str], parties: Iterable[str]) -> frozenset[str]:
    """The documents that a party's government publishes, and their copies among the given ones."""
    listed, states = list(documents), set(parties)
    if not isinstance(family, Families) or not states:
        return frozenset()
    own = {family.get(d, d) for d in listed if states & family.publishers.get(d, frozenset())}
    return frozenset(d for d in listed if family.get(d, d) in own)
