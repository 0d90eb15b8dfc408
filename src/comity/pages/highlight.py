"""A reading as one self-contained HTML file: the article with its facts highlighted, a click shows the record.

Nothing in an article reaches the page unescaped: the text goes through the template's escaping, the records are in
hidden elements and not in a script, so a report that contains `</script>` is shown and never run.
"""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, Template

from comity.document.document import Document
from comity.pages.facts import HEADINGS, fact_line
from comity.records.lines import as_row
from comity.records.record import DocumentRecord, Record


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same records; `ids` is empty without a fact, `why` is the reason if it was skipped."""

    text: str
    ids: tuple[str, ...]
    kind: str | None
    why: str | None = None


def as_page(readings: Sequence[tuple[Document, Sequence[Record]]]) -> str:
    """A self-contained HTML document, one article below the other, with styles and script inside."""
    return _template("reading.html").render(readings=[_content(*r) for r in readings])


def as_fragment(source: Document, records: Sequence[Record]) -> str:
    """The same without the surrounding page, for a notebook."""
    return _template("fragment.html").render(**_content(source, records))


def pieces(text: str, records: list[Record], skipped: tuple[tuple[int, int, str], ...] = ()) -> list[Piece]:
    """The text split where a fact begins or ends; joined, the pieces are the text.

    >>> "".join(p.text for p in pieces("A met B.", []))
    'A met B.'
    """
    cuts = {0, len(text)}
    for r in records:
        cuts |= {r.start or 0, r.end or 0}
    for start, end, _ in skipped:
        cuts |= {start, end}
    edges = sorted(cuts)
    out = []
    for a, b in itertools.pairwise(edges):
        over = [r for r in records if (r.start or 0) <= a and b <= (r.end or 0)]
        why = next((w for s, e, w in skipped if s <= a and b <= e), None)
        kind = min(over, key=lambda r: (r.end or 0) - (r.start or 0)).kind if over else None
        out.append(Piece(text[a:b], tuple(r.id for r in over), kind, why))
    return out


def _content(source: Document, records: Sequence[Record]) -> dict[str, object]:
    facts = [r for r in records if r.kind != "document"]
    in_text = [r for r in facts if r.part == "text"]
    in_title = [r for r in facts if r.part == "title"]
    document = next(r for r in records if isinstance(r, DocumentRecord))
    return {
        "document": document,
        "title": pieces(document.title, in_title) if document.title and in_title else None,
        "text": pieces(source.text, in_text, tuple((s.start, s.end, s.why) for s in document.skipped)),
        "groups": [
            (h, [r for r in facts if r.kind == k]) for k, h in HEADINGS.items() if any(r.kind == k for r in facts)
        ],
        "line": fact_line,
        "details": lambda r: json.dumps(as_row(r), ensure_ascii=False, indent=1),
    }


@cache
def _template(name: str) -> Template:
    return Environment(loader=PackageLoader("comity.pages"), autoescape=True, trim_blocks=True).get_template(name)
