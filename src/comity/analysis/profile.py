"""The profile of a state: its partners with their balance of cooperation and conflict, and the latest reports on it.

Counts are of statements about the state with judgements applied: several may report one event.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.knowledge.state_names import name
from comity.ledger.ledger import Ledger
from comity.ledger.table import Table
from comity.pages.facts import fact_line
from comity.records.lines import from_json

PARTNERS = (
    "code", "name", "statements", "on_events", "on_agreements", "on_visits", "reports", "latest", "cooperation",
    "conflict", "balance", "visits_made", "visits_received",
)  # fmt: skip
"""The columns of the partners of a state."""

RANKS = {
    "statements": "statements",
    "reports": "reports",
    "cooperation": "statements on cooperation",
    "conflict": "statements on conflict",
    "balance": "balance, most cooperative first",
    "strain": "balance, most conflictual first",
    "agreements": "statements on agreements",
    "visits": "statements on visits that took place",
    "latest": "the latest report",
    "name": "name",
}
"""The ranks of partners, in words."""

_SQL = """
    SELECT code, count(*) AS n, count(*) FILTER (kind = 'event') AS events,
           count(*) FILTER (kind = 'agreement') AS agreements, count(*) FILTER (kind = 'visit') AS visits,
           count(DISTINCT document) AS documents, max(known) AS latest,
           count(*) FILTER (kind = 'event' AND status = 'occurred' AND quad BETWEEN 1 AND 2) AS cooperation,
           count(*) FILTER (kind = 'event' AND status = 'occurred' AND quad > 2) AS conflict,
           count(*) FILTER (kind = 'visit' AND status = 'occurred' AND type = code) AS made,
           count(*) FILTER (kind = 'visit' AND status = 'occurred' AND type = $2) AS received
    FROM (SELECT unnest(string_split(block, ' ')) AS code, kind, status, type, document, known,
                 CASE WHEN kind = 'event' THEN CAST(json_extract_string(body, '$.quad_code') AS INTEGER) END AS quad
          FROM standing WHERE (' ' || block || ' ') LIKE $1)
    WHERE code <> $2 GROUP BY code ORDER BY n DESC, code"""
_LATEST = """
    SELECT any_value(fact ORDER BY confidence DESC), kind, block, max(known) AS reported,
           any_value(body ORDER BY confidence DESC), any_value(quote ORDER BY confidence DESC),
           count(DISTINCT document)
    FROM standing
    WHERE (' ' || block || ' ') LIKE ? AND block LIKE '% %' AND known IS NOT NULL AND known <= ?
    GROUP BY kind, block, type, mode, status, first, last ORDER BY reported DESC, kind, block LIMIT ?"""


def partners(ledger: Ledger, code: str) -> Table:
    """The partners of a state, the most reported first.

    `cooperation` and `conflict` count statements on acts that occurred (PLOVER's quads 1 and 2, 3 and 4), `balance` is
    their difference as a share of both, null if there are none. `visits_made` are those of the state to the
    partner, `visits_received` those of the partner to it.
    """
    rows = []
    for other, *counts, cooperation, conflict, visits_made, received in ledger.rows(_SQL, [f"% {code} %", code]):
        rows.append(
            (other, name(other), *counts, cooperation, conflict, balance(cooperation, conflict), visits_made, received)
        )
    return Table(PARTNERS, tuple(rows))


def balance(cooperation: int, conflict: int) -> float | None:
    """Cooperation minus conflict as a share of both, 1 to -1; null if there is neither.

    >>> balance(3, 1), balance(0, 2), balance(0, 0)
    (0.5, -1.0, None)
    """
    both = cooperation + conflict
    return round((cooperation - conflict) / both, 3) if both else None


def ranked(found: Table, by: str) -> Table:
    """Partners in the order of a rank (see `RANKS`); those without a value come last.

    >>> table = Table(("name", "balance"), (("A", None), ("B", -0.5), ("C", 1.0)))
    >>> [[r[0] for r in ranked(table, by).rows] for by in ("balance", "strain", "name")]
    [['C', 'B', 'A'], ['B', 'C', 'A'], ['A', 'B', 'C']]
    """
    columns = {"strain": "balance", "agreements": "on_agreements"}

    def value(row: dict[str, Any]) -> Any:
        if by == "visits":
            return row["visits_made"] + row["visits_received"]
        return row[columns.get(by, by)]

    rows = list(zip(found, found.rows, strict=True))
    lacking = [r for d, r in rows if value(d) is None]
    ranked = [(value(d), n, r) for n, (d, r) in enumerate(rows) if value(d) is not None]
    # ties keep their order: the most reported come first
    ranked.sort(key=lambda x: x[0], reverse=by not in {"strain", "name"})
    return Table(found.columns, (*(r for _, _, r in ranked), *lacking), found.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """A reported fact about a state: the fact in a line, its quote, the day of its latest report, the other states."""

    fact: str
    kind: str
    line: str
    quote: str
    last_reported: date
    others: tuple[str, ...]
    reports: int


def lately(ledger: Ledger, code: str, on: date, most: int) -> tuple[Lately, ...]:
    """The latest reports up to a day on a state with others; what several reports say is listed once."""
    out = []
    for fact, kind, block, day, body, quote, reports in ledger.rows(_LATEST, [f"% {code} %", on, most]):
        out.append(
            Lately(
                fact=fact,
                kind=kind,
                line=fact_line(from_json(json.dumps(json.loads(body)))),
                quote=" ".join((quote or "").split()),
                last_reported=day,
                others=tuple(c for c in block.split() if c != code),
                reports=reports,
            )
        )
    return tuple(out)
