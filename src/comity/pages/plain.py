"""A reading as text for a terminal: grouped by kind, one line per fact, its quote below."""

from collections.abc import Sequence

from comity.document.document import Document
from comity.pages.facts import HEADINGS, fact_line
from comity.records.record import DocumentRecord, Record


def as_text(source: Document, records: Sequence[Record]) -> str:
    """The reading as text; every fact with its exact words and, if it is attributed, the speaker."""
    document = next(r for r in records if isinstance(r, DocumentRecord))
    lines = [document.title or document.source or document.id]
    about = [
        document.published and f"published {document.published} ({document.published_basis})",
        document.states and "states " + ", ".join(document.states),
        None if document.language == "en" else f"language {document.language or 'unknown'}",
    ]
    lines.append("  " + "; ".join(a for a in about if a))
    for kind, heading in HEADINGS.items():
        found = [r for r in records if r.kind == kind]
        if found:
            lines += ["", f"{heading} ({len(found)})"]
            for record in found:
                lines += [f"  {fact_line(record)}", f"    “{' '.join((record.quote or '').split())}”{_says(record)}"]
    if len(records) == 1:
        lines += ["", "No fact between states found."]
    if document.skipped:
        lines += ["", f"Set aside ({len(document.skipped)})"]
        lines += [f"  {s.why}: {' '.join(source.text[s.start : s.end].split())[:100]}" for s in document.skipped]
    return "\n".join(lines) + "\n"


def _says(record: Record) -> str:
    if record.attribution is None:
        return ""
    return f" — {record.attribution.name or record.attribution.text}"
