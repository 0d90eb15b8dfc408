"""Adding coded shards to a ledger whole, without reading anything again: a shard is a batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.errors import LedgerError
from comity.ledger import ingest
from comity.ledger.shard import COPIES_NAME, Seal, copies_seal, seal_of, shards_in, table
from comity.ledger.store import Writer
from comity.settings import Settings
from comity.versions import versions

_STATEMENT = ", ".join(c for c in ingest.STATEMENT if c != "batch")
_DOCUMENT = ", ".join({"key": "document", "body": "rest"}.get(c, c) for c in ingest.DOCUMENT if c != "batch")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was added from a shard: the number of its batch (0 if nothing was new), documents, statements."""

    batch: int
    documents: int
    statements: int
    known: int


def refuse_others(shards: Mapping[Path, Seal]) -> None:
    """Raises `LedgerError` if a shard was coded by another version than this one."""
    others = [(p, s.versions) for p, s in shards.items() if s.versions != versions()]
    if others:
        path, version = others[0]
        more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
        raise LedgerError(
            f"{path}{more}: was coded by Comity {version}, this is {versions()}; run code-corpus again, or read its "
            "documents anew with: comity add --read-again"
        )


def copies_for(folder: Path, settings: Settings) -> tuple[Path | None, str | None]:
    """The table of copies in a folder if it is of exactly these shards; otherwise null, and the reason in words."""
    path = folder / COPIES_NAME
    if not path.is_file():
        return None, None
    seal = seal_of(path)
    seals = {str(p.relative_to(folder)): s for p, s in shards_in(folder).items()}
    if seal == copies_seal(seals, settings):
        return path, None
    return None, f"{path} is not of the shards and rules of now; copies are looked for anew (or run merge-corpus)"


def only_of(writer: Writer, shards: Mapping[Path, Seal]) -> bool:
    """Whether all documents of a ledger come from some shards."""
    query = f"SELECT count(*) FROM document ANTI JOIN {table(*shards)} s ON s.document = document.key"  # noqa: S608
    return not int(writer.execute(query).fetchone()[0])


def take(writer: Writer, path: Path, copies: Path | None, settings: Settings) -> Taken:
    """Adds a shard to the ledger in one transaction; what is present already is skipped.

    `copies` is the table of all pairs of copies among the ledger's documents and this shard; if it is null, they
    are searched for.
    """
    with writer.transaction():
        writer.execute(f"CREATE OR REPLACE TEMP VIEW shard AS FROM {table(path)}")
        writer.execute(
            """CREATE OR REPLACE TEMP TABLE fresh AS SELECT document AS key, count(*) AS times FROM shard
               ANTI JOIN document ON document.key = shard.document WHERE kind = 'document' GROUP BY ALL"""
        )
        number = int(writer.execute("SELECT coalesce(max(number), 0) + 1 FROM batch").fetchone()[0])
        documents, twice = writer.execute("SELECT count(*), count(*) FILTER (times > 1) FROM fresh").fetchone()
        # a collection may contain the same report twice
        one = ("DISTINCT ON (document)", "DISTINCT ON (document, id)") if twice else ("", "")
        fresh = "FROM shard SEMI JOIN fresh ON fresh.key = shard.document WHERE"
        writer.execute(
            f"INSERT INTO document ({', '.join(ingest.DOCUMENT)}) SELECT {one[0]} {_DOCUMENT}, ? "
            f"{fresh} kind = 'document'",
            [number],
        )
        writer.execute(
            f"INSERT INTO statement ({', '.join(ingest.STATEMENT)}) SELECT {one[1]} {_STATEMENT}, ? "
            f"{fresh} kind <> 'document'",
            [number],
        )
        writer.execute(
            """INSERT INTO origin (document, place) SELECT DISTINCT document, source FROM shard
               ANTI JOIN origin ON origin.document = shard.document AND origin.place = shard.source
               WHERE kind = 'document' AND source IS NOT NULL ORDER BY ALL"""
        )
        query = "SELECT count(*) FROM statement WHERE batch = ?"
        statements = int(writer.execute(query, [number]).fetchone()[0])
        total = int(writer.execute("SELECT count(*) FROM shard WHERE kind = 'document'").fetchone()[0])
        if documents:
            if copies is None:
                ingest.find_copies(writer, number, settings)
            else:
                _insert_copies(writer, copies)
            writer.execute(
                """INSERT INTO batch (number, documents, statements, reader, stored)
                   VALUES (?, ?, ?, ?, now()::TIMESTAMP)""",
                [number, documents, statements, str(versions())],
            )
    return Taken(number if documents else 0, documents, statements, total - documents)


def _insert_copies(writer: Writer, copies: Path) -> None:
    """The pairs of which one document is new and the other is stored too."""
    writer.execute(
        f"""INSERT INTO copy (document, other, share) SELECT c.document, c.other, c.share FROM {table(copies)} c
            SEMI JOIN document one ON one.key = c.document SEMI JOIN document two ON two.key = c.other
            WHERE c.document IN (SELECT key FROM fresh) OR c.other IN (SELECT key FROM fresh)
            ORDER BY ALL"""  # noqa: S608 - our own names
    )
