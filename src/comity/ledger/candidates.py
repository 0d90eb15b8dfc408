"""Pairs of documents that may be copies, found by their sketches in a store and confirmed by their texts.

Each hash of a sketch is a band of its own: documents that share a hash are compared. So no pair is missed that shares
as many hashes as `sketch.likely` requires, and the pairs do not depend on the order in which documents were added.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from comity.ledger import sketch
from comity.ledger.copies import Text, shared
from comity.settings import Settings

_MEETING = """
    WITH fresh AS MATERIALIZED ({fresh}), stored AS ({stored}),
         days AS (SELECT min(known) - $days::INTEGER AS first, max(known) + $days::INTEGER AS last,
                         coalesce(bool_or(known IS NULL), false) AS open FROM fresh),
         mine AS (SELECT key, known, len(sketch) AS n, unnest(sketch) AS h FROM fresh),
         others AS (SELECT key, known, len(sketch) AS n, unnest(sketch) AS h FROM stored, days
                    WHERE open OR known IS NULL OR known BETWEEN first AND last),
         met AS (SELECT least(mine.key, others.key) AS a, greatest(mine.key, others.key) AS b, count(*) AS common
                 FROM mine JOIN others USING (h)
                 WHERE mine.key <> others.key AND coalesce(abs(mine.known - others.known) <= $days, true)
                 GROUP BY mine.key, others.key, mine.n, others.n
                 HAVING count(*) >= least($least, mine.n, others.n))
    SELECT DISTINCT a, b, common, one.sketch, other.sketch FROM met
    JOIN ({stored}) one ON one.key = a JOIN ({stored}) other ON other.key = b ORDER BY a, b"""
_TEXTS = """
    SELECT a, b, one.title, one.text, one.known, other.title, other.text, other.known FROM {pairs} AS pair
    JOIN {texts} one ON one.key = pair.a JOIN {texts} other ON other.key = pair.b"""
_AT_ONCE = 200
"""The number of pairs in memory at once."""


class Store(Protocol):
    """Anything that runs SQL: a ledger's writer or a connection."""

    def execute(self, sql: str, parameters: Any = None, /) -> Any:
        """The result of one statement."""
        ...


def candidates(
    store: Store, fresh: str, stored: str, settings: Settings, parameters: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, str]]:
    """The pairs of a fresh and a stored document whose sketches say that they may be copies, the smaller key first.

    `fresh` and `stored` are queries of `key`, `known` and `sketch`; the fresh documents are among the stored.
    """
    limits = {"days": settings.copy_days, "least": sketch.LEAST_SHARED}
    found = store.execute(_MEETING.format(fresh=fresh, stored=stored), {**limits, **(parameters or {})})
    while rows := found.fetchmany(_AT_ONCE):
        for a, b, common, one, other in rows:
            if sketch.likely(common, one, other):
                yield a, b


def decided(store: Store, pairs: str, texts: str, settings: Settings, parameters: Any = ()) -> Iterator[dict[str, Any]]:
    """The rows of those pairs whose texts show that they are one source.

    `pairs` is a table or query of `a` and `b`, `texts` a table of `key`, `title`, `text` and `known`.
    """
    for row in texts_of(store, pairs, texts, parameters):
        if (pair := share_of(row, settings)) is not None:
            yield pair


def texts_of(store: Store, pairs: str, texts: str, parameters: Any = ()) -> Iterator[tuple[Any, ...]]:
    """The two keys of each pair, then title, text and day of each."""
    found = store.execute(_TEXTS.format(pairs=pairs, texts=texts), parameters)
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def share_of(row: tuple[Any, ...], settings: Settings) -> dict[str, Any] | None:
    """The row of a pair given as its two keys, then title, text and day of each; null if they are two sources."""
    a, b, *rest = row
    share = shared(Text(*rest[:3]), Text(*rest[3:]), likeness=settings.copy_likeness, days=settings.copy_days)
    return None if share is None else {"document": a, "other": b, "share": share}
