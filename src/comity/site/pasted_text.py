"""A pasted text, read immediately: the article highlighted, the records below it."""

from typing import Any

from comity.errors import InputError
from comity.pages.facts import HEADINGS, fact_line
from comity.pages.highlight import pieces
from comity.records.lines import as_row
from comity.settings import Settings


def read_pasted(text: str, published: str | None, settings: Settings) -> dict[str, Any]:
    """The facts of a text. Raises `InputError` if it cannot be read."""
    # most visitors paste nothing, and a page starts sooner without the reader
    from comity.document.inputs import Failure, from_text
    from comity.reading import read_document

    found = from_text(text, published=published, settings=settings)
    if isinstance(found, Failure):
        raise InputError(f"the text could not be read: {found.reason}")
    reading = read_document(found, settings=settings)
    facts = [r for r in reading.records if r.kind != "document"]
    return {
        "pieces": pieces(reading.source.text, [r for r in facts if r.part == "text"]),
        "groups": [(h, [(r, fact_line(r)) for r in facts if r.kind == k]) for k, h in HEADINGS.items()],
        "count": len(facts),
        "plain": [as_row(r) for r in reading.records],
    }
