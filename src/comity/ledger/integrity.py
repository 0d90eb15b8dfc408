"""Whether a ledger is sound: quotes match their offsets, hashes match, nothing lacks its document or is there twice."""

import hashlib
from collections.abc import Iterator
from typing import Any

from comity.errors import FormatError
from comity.ledger import schema
from comity.records.lines import from_json
from comity.versions import versions

_ORPHANS = {
    "statement": "SELECT DISTINCT document FROM statement ANTI JOIN document ON statement.document = document.key",
    "origin": "SELECT DISTINCT document FROM origin ANTI JOIN document ON origin.document = document.key",
    "copy": "SELECT DISTINCT document FROM copy ANTI JOIN document ON copy.document = document.key",
    "copy's other": "SELECT DISTINCT other FROM copy ANTI JOIN document ON copy.other = document.key",
}
_TWICE = {
    "document": "SELECT key FROM document GROUP BY key HAVING count(*) > 1",
    "statement": "SELECT document || ' ' || id FROM statement GROUP BY ALL HAVING count(*) > 1",
    "origin": "SELECT document || ' ' || place FROM origin GROUP BY ALL HAVING count(*) > 1",
    "copy": "SELECT document || ' ' || other FROM copy GROUP BY ALL HAVING count(*) > 1",
    "batch": "SELECT number::VARCHAR FROM batch GROUP BY number HAVING count(*) > 1",
}
_OBSERVATIONS = (
    (
        "SELECT DISTINCT source FROM observation ANTI JOIN source ON observation.source = source.key ORDER BY source",
        "observations of data set {key}, which is not in the ledger",
    ),
    (
        "SELECT DISTINCT source FROM mention ANTI JOIN source ON mention.source = source.key ORDER BY source",
        "mentions of data set {key}, which is not in the ledger",
    ),
    ("SELECT key FROM source GROUP BY key HAVING count(*) > 1", "data set {key} stands there twice"),
    (
        "SELECT source || '/' || row FROM observation GROUP BY source, row HAVING count(*) > 1",
        "observation {key} stands there twice",
    ),
    (
        "SELECT source || '/' || row || ' ' || url FROM mention GROUP BY source, row, url HAVING count(*) > 1",
        "mention {key} stands there twice",
    ),
    (
        """SELECT source || '/' || row FROM observation
           WHERE (standing = 'missing' AND value NOTNULL) OR last < first OR NOT json_valid(body)
              OR kind NOT IN ('event', 'agreement', 'visit', 'figure', 'tie')
              OR standing NOT IN ('reported', 'missing', 'estimated', 'unverified')
              OR (kind = 'figure' AND value IS NULL AND standing <> 'missing')""",
        "observation {key} breaks the rules of observations (kind, standing, value, days or body)",
    ),
)
_BATCHES = """
    WITH d AS (SELECT batch, count(*) AS n FROM document GROUP BY batch),
         s AS (SELECT batch, count(*) AS n FROM statement GROUP BY batch)
    SELECT b.number, b.documents, coalesce(d.n, 0), b.statements, coalesce(s.n, 0)
    FROM batch b LEFT JOIN d ON d.batch = b.number LEFT JOIN s ON s.batch = b.number
    WHERE b.documents <> coalesce(d.n, 0) OR b.statements <> coalesce(s.n, 0) ORDER BY b.number"""


def faults(connection: Any) -> Iterator[str]:
    """The faults of a ledger, one line each; empty if it is sound."""
    if (found := schema.format_of(connection)) != schema.FORMAT:
        yield f"format {found}, this Comity writes {schema.FORMAT}"
    for what, query in _ORPHANS.items():
        for (key,) in connection.execute(query).fetchall():
            yield f"{what} of document {key}, which is not in the ledger"
    for what, query in _TWICE.items():
        for (key,) in connection.execute(query).fetchall():
            yield f"{what} {key} stands there twice"
    for number, documents, there, statements, stored in connection.execute(_BATCHES).fetchall():
        counted = f"{documents} documents and {statements} statements"
        yield f"batch {number} acknowledged {counted}, {there} and {stored} are there"
    for query, fault in _OBSERVATIONS:
        for (key,) in connection.execute(query).fetchall():
            yield fault.format(key=key)
    yield from _texts(connection)
    for (key,) in connection.execute(
        """SELECT DISTINCT id FROM judgement WHERE id NOT IN (SELECT id FROM statement)
           AND split_part(id, '/', 1) NOT IN (SELECT fact FROM statement)"""
    ).fetchall():
        yield f"judgement of {key}, of which the ledger holds nothing any more"


def notes(connection: Any) -> Iterator[str]:
    """Notes on a sound ledger: documents read by another version of the reader."""
    query = "SELECT reader, sum(documents) FROM batch WHERE reader <> ? GROUP BY reader ORDER BY reader"
    for version, count in connection.execute(query, [str(versions())]).fetchall():
        yield f"{count} documents were read by {version}, not {versions()}; comity rebuild --read-again"
    query = """SELECT m.source, count(*) FROM mention m
               ANTI JOIN observation o ON o.source = m.source AND o.row = m.row GROUP BY m.source ORDER BY m.source"""
    for source, count in connection.execute(query).fetchall():
        yield f"{count} mentions of {source} speak of events that are not imported"


def _texts(connection: Any) -> Iterator[str]:
    """Hashes and quotes, a batch of documents at a time."""
    keys = [row[0] for row in connection.execute("SELECT key FROM document ORDER BY key").fetchall()]
    for at in range(0, len(keys), 1000):
        part = [keys[at], keys[min(at + 999, len(keys) - 1)]]
        query = "SELECT key, title, text, text_sha256 FROM document WHERE key BETWEEN ? AND ?"
        texts = {}
        for key, title, text, digest in connection.execute(query, part).fetchall():
            texts[key] = (title or "", text)
            if hashlib.sha256(text.encode()).hexdigest() != digest:
                yield f"document {key}: its text has changed since it was stored (hash {digest[:12]})"
        query = "SELECT document, id, quote, body FROM statement WHERE document BETWEEN ? AND ?"
        for key, name, quote, body in connection.execute(query, part).fetchall():
            if key not in texts or quote is None:
                continue
            try:
                record = from_json(body)
            except FormatError:
                yield f"statement {name} of document {key}: its record cannot be read; comity rebuild --read-again"
                continue
            title, text = texts[key]
            where = title if record.part == "title" else text
            if where[record.start : record.end] != quote or record.quote != quote:
                yield f"statement {name} of document {key}: its quote is not at its offsets"
