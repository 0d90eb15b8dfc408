"""Which statements form one fact, stored for the most reported states so that it need not be computed again.

The stored groups are what `facts_of` would compute: they are discarded, and computed again, if a statement was added
since, a person has judged, or the rules have changed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from comity.knowledge.known_instruments import table_version
from comity.ledger.fact import Kept, joining
from comity.ledger.statement import COLUMNS, from_row
from comity.ledger.store import Writer
from comity.settings import DEFAULTS, Settings

_RULES = (
    "stated_acts", "fact", "interval", "similarity", "naming", "blocking", "period", "predecessor",
    "statement",
)  # fmt: skip
_MEMBER = {
    **dict.fromkeys(["kind", "block", "document", "statement"], "VARCHAR"),
    "number": "INTEGER",
    "score": "DOUBLE",
}
_LARGE = """
    SELECT kind, block FROM statement GROUP BY kind, block
    HAVING count(*) >= $least AND max(batch) > (SELECT coalesce(max(batch), 0) FROM grouping) AND block <> ''
    ORDER BY ALL"""


@cache
def rules() -> str:
    """A hash of all that decides which statements are one fact: the code of the rules and the tables of words."""
    digest = hashlib.sha256()
    for name in _RULES:
        digest.update((files("comity.ledger") / f"{name}.py").read_bytes())
    for room, module in (("knowledge", "wording.py"), ("records", "kinds.py"), ("records", "lines.py")):
        digest.update((files(f"comity.{room}") / module).read_bytes())
    for table in sorted((files("comity.knowledge") / "tables").iterdir(), key=lambda p: p.name):
        if table.is_file():
            digest.update(table.name.encode() + b"\0" + table.read_bytes())
    digest.update(table_version().encode())
    return digest.hexdigest()[:16]


def keep(writer: Writer, settings: Settings = DEFAULTS) -> int:
    """Computes and stores the groups of the most reported blocks with new statements; returns how many blocks."""
    with writer.transaction():
        if writer.execute("SELECT 1 FROM grouping WHERE rules <> ?", [rules()]).fetchone():
            writer.execute("DELETE FROM grouping")
            writer.execute("DELETE FROM member")
        large = writer.execute(_LARGE, {"least": settings.statements_kept_grouped}).fetchall()
        judged = _judged(writer)
        for kind, block in large:
            writer.execute("DELETE FROM member WHERE kind = ? AND block = ?", [kind, block])
            if (kind, block) not in judged:
                _keep(writer, kind, block)
        writer.execute("DELETE FROM grouping")
        writer.execute("INSERT INTO grouping SELECT ?, coalesce(max(number), 0) FROM batch", [rules()])
    return len(large)


def forget(writer: Writer, kind: str, block: str) -> None:
    """Discards the stored groups of a block because a person has judged a fact of it."""
    writer.execute("DELETE FROM member WHERE kind = ? AND block = ?", [kind, block])


def kept(ask: Any, where: str, parameters: Sequence[Any]) -> Mapping[tuple[str, str], Kept]:
    """The stored groups of the statements that match a condition on kind and block, by document and statement."""
    if not ask("SELECT 1 FROM grouping WHERE rules = ?", [rules()]):
        return {}
    query = f"SELECT document, statement, number, score FROM member WHERE {where}"  # noqa: S608 - our own condition
    return {(d, s): (n, score) for d, s, n, score in ask(query, parameters)}


def _keep(writer: Writer, kind: str, block: str) -> None:
    found = writer.execute(f"SELECT {COLUMNS} FROM statement WHERE kind = ? AND block = ?", [kind, block])  # noqa: S608
    rows = [
        {"kind": kind, "block": block, "document": s.document, "statement": s.id, "number": n, "score": score}
        for s, (n, score) in joining(from_row(r) for r in found.fetchall())
    ]
    writer.insert("member", _MEMBER, json.dumps(rows))


def _judged(writer: Writer) -> set[tuple[str, str]]:
    """The blocks in which a person has judged something."""
    found: Iterable[tuple[str, str]] = writer.execute(
        """SELECT DISTINCT kind, block FROM statement
           WHERE id IN (SELECT split_part(id, '/', 1) FROM judgement)
              OR fact IN (SELECT split_part(id, '/', 1) FROM judgement)"""
    ).fetchall()
    return set(found)
