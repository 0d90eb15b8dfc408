"""The source report of a row of a table: its title, outlet, confidence and speaker."""

from collections.abc import Mapping
from typing import Any

from comity.ledger.families import Families
from comity.ledger.statement import Statement
from comity.records.record import Attribution

COLUMNS = ("confidence", "said_by", "published", "title", "outlet", "url", "quote", "document")
"""The columns on the source report of a row; `document` is its key in the ledger."""


def source(s: Statement, documents: Mapping[str, Mapping[str, Any]], families: Families) -> tuple[Any, ...]:
    """The values of these columns for a statement. The address is the first of those at which it was found."""
    report = documents[s.document]
    addresses = [a for a in report["addresses"] if a.startswith(("https://", "http://"))]
    return (
        s.confidence,
        said_by(s.record.attribution),
        report["published"],
        report["title"],
        " ".join(sorted(families.outlets.get(s.document, ()))) or None,
        addresses[0] if addresses else None,
        s.quote,
        s.document,
    )


def said_by(attribution: Attribution | None) -> str | None:
    """Who says so, by name and state; null if the report says it in its own voice.

    >>> said_by(Attribution(text="he", name="Xi Jinping", state="CHN"))
    'Xi Jinping (CHN)'
    """
    if attribution is None:
        return None
    name, state = attribution.name or attribution.text, attribution.state
    return f"{name} ({state})" if state else name
