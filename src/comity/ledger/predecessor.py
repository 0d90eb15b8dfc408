"""Statements of the earlier agreements that a statement names with their dates."""

from dataclasses import replace
from typing import Any

from comity.ledger.interval import interval
from comity.ledger.statement import Statement
from comity.records.lines import dumps

_UNTOLD: dict[str, Any] = {
    **dict.fromkeys(["type", "place", "duration", "renewal", "notice", "count"]),
    **dict.fromkeys(["force", "force_delay", "force_count", "afterwards"]),
    "signatories": [],
    "predecessors": [],
    "acts": [],
    "areas": [],
}


def predecessors_of(statement: Statement) -> list[Statement]:
    """Statements of the earlier agreements that a statement names with their dates: "the treaty of 20 January 1993"."""
    out = []
    record = statement.record
    for n, earlier in enumerate(record["predecessors"]):
        if earlier["date"] is None:
            continue
        told = {"title": earlier["title"], "stage": "signed", "date": earlier["date"], "date_basis": "stated"}
        body = {**record, **_UNTOLD, **told}
        key = f"{statement.id}/{n + 1}"
        out.append(
            replace(
                statement,
                id=key,
                fact=statement.fact + f"/{n + 1}",
                type=None,
                mode="signed",
                when=interval(earlier["date"]),
                body=dumps(body),
            )
        )
    return out
