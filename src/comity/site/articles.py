"""The page of a document: the stored article with its facts highlighted, and every record read from it."""

import json
from collections.abc import Mapping

from comity.errors import FactError
from comity.ledger.statement import COLUMNS, Statement, from_row
from comity.ledger.table import Table
from comity.pages.facts import HEADINGS, fact_line
from comity.pages.highlight import pieces
from comity.records.lines import from_json
from comity.site.answer import Ask, Page

_DOCUMENT = "SELECT id, title, text, text_sha256, published, language, body FROM document WHERE key = ?"
_STATEMENTS = f"SELECT {COLUMNS} FROM statement WHERE document = ? ORDER BY kind, id"  # noqa: S608 - our own names
_STAND = "SELECT id, body FROM standing WHERE document = ?"
_COPIES = "SELECT CASE WHEN document = ? THEN other ELSE document END FROM copy WHERE document = ? OR other = ?"
_ROWS = ("id", "fact", "kind", "line", "part", "start", "end", "quote", "confidence")


def article(ask: Ask) -> Page:
    """One stored report. Raises `FactError` if the ledger has none with this key."""
    key = ask.path["key"]
    found = ask.ledger.rows(_DOCUMENT, [key])
    if not found:
        raise FactError(f"{ask.ledger_name}: contains no document {key!r}")
    name, title, text, digest, published, language, body = found[0]
    rest = json.loads(body)
    statements = [from_row(r) for r in ask.ledger.rows(_STATEMENTS, [key])]
    records = [(s, from_json(s.body)) for s in statements]
    stand = dict(ask.ledger.rows(_STAND, [key]))
    lines = [(s, r, _line(s, stand)) for s, r in records]
    in_text = [r for _, r in records if r.part == "text"]
    in_title = [r for _, r in records if r.part == "title"]
    copies = ask.ledger.documents(k for (k,) in ask.ledger.rows(_COPIES, [key, key, key]))
    rows = [(s.id, s.fact, s.kind, line, r.part, r.start, r.end, r.quote, r.confidence) for s, r, line in lines]
    places = [p for p in ask.ledger.places(key) if p.startswith(("https://", "http://"))]
    return Page(
        title=title or name,
        about="One report as stored, with every record read from it.",
        template="document.html",
        context={
            "name": name,
            "heading": pieces(title, in_title) if title else None,
            "pieces": pieces(text, in_text, tuple(tuple(s) for s in rest["skipped"])),
            "groups": [(h, [t for t in lines if t[0].kind == k]) for k, h in HEADINGS.items()],
            "now": frozenset(s.id for s in statements if ask.values["fact"] in (s.fact, s.id)),
            "count": len(lines),
            "published": published,
            "basis": rest["published_basis"],
            "language": language,
            "digest": digest,
            "places": places,
            "copies": copies,
        },
        data={
            "document": {
                "key": key, "id": name, "title": title, "published": published, "language": language,
                "text_sha256": digest, "addresses": places,
            },
            "records": [s.stored for s in statements],
        },
        rows=Table(_ROWS, tuple(rows)),
    )  # fmt: skip


def _line(s: Statement, stand: Mapping[str, str]) -> str:
    """A statement in one line, with judgements applied."""
    now = stand.get(s.id)
    if now is None:
        return f"{fact_line(from_json(s.body))} · left out"
    return fact_line(from_json(now)) + ("" if now == s.body else " · corrected")
