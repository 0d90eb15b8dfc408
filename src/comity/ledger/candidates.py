"""Pairs of documents that may be copies, found by their sketches in a store, and what their texts decide of them.

Each hash of a sketch is a band of its own: documents that share a hash meet in it. So no pair is missed that shares
as many hashes as `sketch.likely` asks for, and the pairs do not depend on the order in which documents came.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

from comity.ledger import sketch
from comity.ledger.copies import Text, shared
from comity.settings import Settings

_MEETING = """
    WITH fresh AS MATERIALIZED ({fresh}), held AS ({held}),
         days AS (SELECT min(known) - $days::INTEGER AS first, max(known) + $days::INTEGER AS last,
                         coalesce(bool_or(known IS NULL), false) AS open FROM fresh),
         mine AS (SELECT key, known, len(sketch) AS n, unnest(sketch) AS h FROM fresh),
         others AS (SELECT key, known, len(sketch) AS n, unnest(sketch) AS h FROM held, days
                    WHERE open OR known IS NULL OR known BETWEEN first AND last),
         met AS (SELECT least(mine.key, others.key) AS a, greatest(mine.key, others.key) AS b, count(*) AS common
                 FROM mine JOIN others USING (h)
                 WHERE mine.key <> others.key AND coalesce(abs(mine.known - others.known) <= $days, true)
                 GROUP BY mine.key, others.key, mine.n, others.n
                 HAVING count(*) >= least($least, mine.n, others.n))
    SELECT DISTINCT a, b, common, one.sketch, other.sketch FROM met
    JOIN ({held}) one ON one.key = a JOIN ({held}) other ON other.key = b ORDER BY a, b"""
_TEXTS = 500
"""So many pairs have their texts in memory at once."""


class Store(Protocol):
    """Whatever answers SQL: a ledger's writer or a connection."""

    def execute(self, sql: str, parameters: Any = None, /) -> Any:
        """The result of one statement."""
        ...


def candidates(
    store: Store, fresh: str, held: str, settings: Settings, parameters: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, str]]:
    """The pairs of a fresh document and a held one whose sketches say that they may be copies, the smaller key first.

    `fresh` and `held` are queries of `key`, `known` and `sketch`; the fresh ones are among the held.
    """
    limits = {"days": settings.copy_days, "least": sketch.LEAST_SHARED}
    found = store.execute(_MEETING.format(fresh=fresh, held=held), {**limits, **(parameters or {})})
    while rows := found.fetchmany(_TEXTS):
        for a, b, common, one, other in rows:
            if sketch.likely(common, one, other):
                yield a, b


def decided(store: Store, pairs: Iterable[tuple[str, str]], texts: str, settings: Settings) -> Iterator[dict[str, Any]]:
    """The rows of those pairs whose texts say that they are one source; `texts` is the table that holds them."""
    query = f"SELECT key, title, text, known FROM {texts} WHERE key IN (SELECT unnest(?))"  # noqa: S608 - our own names
    waiting = iter(pairs)
    while part := list(islice(waiting, _TEXTS)):
        keys = list(dict.fromkeys(k for pair in part for k in pair))
        held = {key: Text(*rest) for key, *rest in store.execute(query, [keys]).fetchall()}
        for a, b in part:
            share = shared(held[a], held[b], share=settings.copy_share, days=settings.copy_days)
            if share is not None:
                yield {"document": a, "other": b, "share": share}
