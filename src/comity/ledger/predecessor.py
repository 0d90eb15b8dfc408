"""Statements of the earlier agreements that a statement names with their dates."""

from dataclasses import replace

from comity.ledger.interval import interval
from comity.ledger.statement import Statement, body_of
from comity.records.codes import DateBasis, Stage
from comity.records.record import Agreement


def predecessors_of(statement: Statement) -> list[Statement]:
    """Statements of the earlier agreements that a statement names with their dates: "the treaty of 20 January 1993"."""
    out = []
    record = statement.as_a(Agreement)
    for n, earlier in enumerate(record.predecessors):
        if earlier.date is None:
            continue
        # what the report says of the later agreement does not apply to the earlier one
        body = Agreement(
            id=record.id,
            document=record.document,
            quote=record.quote,
            part=record.part,
            start=record.start,
            end=record.end,
            attribution=record.attribution,
            confidence=record.confidence,
            evidence=record.evidence,
            title=earlier.title,
            parties=record.parties,
            stage=Stage.SIGNED,
            date=earlier.date,
            date_basis=DateBasis.STATED,
            interstate=record.interstate,
            wording=record.wording,
        )
        out.append(
            replace(
                statement,
                id=f"{statement.id}/{n + 1}",
                fact=statement.fact + f"/{n + 1}",
                type=None,
                mode=Stage.SIGNED,
                when=interval(earlier.date),
                body=body_of(body),
            )
        )
    return out
