"""The tables of a ledger, as numbered migrations; an older ledger is migrated step by step when it is added to."""

from dataclasses import dataclass
from typing import Any

from comity.errors import LedgerError


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration: applied completely or not at all, with its row in `migration`.

    `views` replace the statements on a read-only connection: by the table, the selection that shows its migrated rows.
    """

    number: int
    name: str
    statements: tuple[str, ...]
    views: tuple[tuple[str, str], ...] = ()


_RENAMED = """replace(body, '"untold":', '"missing_obligations":')"""


MIGRATIONS = (
    Migration(
        1,
        "documents, statements, batches, judgements",
        (
            """CREATE TABLE batch (
                number INTEGER, documents INTEGER, statements INTEGER, reader VARCHAR, stored TIMESTAMP)""",
            """CREATE TABLE document (
                key VARCHAR, id VARCHAR, title VARCHAR, text VARCHAR, text_sha256 VARCHAR, published VARCHAR,
                known DATE, language VARCHAR, sketch UBIGINT[], body VARCHAR, batch INTEGER)""",
            "CREATE TABLE origin (document VARCHAR, place VARCHAR)",
            """CREATE TABLE statement (
                document VARCHAR, id VARCHAR, fact VARCHAR, kind VARCHAR, block VARCHAR, type VARCHAR, mode VARCHAR,
                status VARCHAR, first DATE, last DATE, known DATE, confidence DOUBLE, quote VARCHAR, body VARCHAR,
                batch INTEGER)""",
            "CREATE TABLE copy (document VARCHAR, other VARCHAR, share DOUBLE)",
            """CREATE TABLE judgement (
                number INTEGER, id VARCHAR, verdict VARCHAR, changes VARCHAR, signed VARCHAR, dated VARCHAR,
                note VARCHAR)""",
        ),
    ),
    Migration(
        2,
        "observations of data sets",
        (
            """CREATE TABLE source (
                key VARCHAR, kind VARCHAR, title VARCHAR, version VARCHAR, licence VARCHAR, citation VARCHAR,
                url VARCHAR, first DATE, last DATE)""",
            """CREATE TABLE observation (
                source VARCHAR, row VARCHAR, kind VARCHAR, measure VARCHAR, a VARCHAR, b VARCHAR, block VARCHAR,
                directed BOOLEAN, first DATE, last DATE, censored BOOLEAN, value DOUBLE, unit VARCHAR,
                standing VARCHAR, url VARCHAR, body VARCHAR)""",
            "CREATE TABLE mention (source VARCHAR, row VARCHAR, url VARCHAR, outlet VARCHAR, day DATE, body VARCHAR)",
            """CREATE TABLE import_run (
                number INTEGER, source VARCHAR, file VARCHAR, file_sha256 VARCHAR, rows BIGINT, added BIGINT,
                malformed BIGINT, imported TIMESTAMP)""",
        ),
    ),
    Migration(
        3,
        "what is kept of which statements are one fact",
        (
            "CREATE TABLE grouping (rules VARCHAR, batch INTEGER)",
            """CREATE TABLE member (
                kind VARCHAR, block VARCHAR, document VARCHAR, statement VARCHAR, number INTEGER, score DOUBLE)""",
        ),
    ),
    Migration(
        4,
        "missing obligations of alliances under a name that says so",
        (f"UPDATE observation SET body = {_RENAMED} WHERE measure = 'alliance'",),  # noqa: S608 - our own names
        (
            (
                "observation",
                f"SELECT * REPLACE (CASE measure WHEN 'alliance' THEN {_RENAMED} ELSE body END AS body)",
            ),
        ),
    ),
)
"""Never changed once released: a new format is a new migration."""

FORMAT = MIGRATIONS[-1].number
"""The format that this Comity writes."""


def format_of(connection: Any) -> int:
    """The number of the last migration applied; 0 for an empty file. Raises `LedgerError` if it is no ledger."""
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return 0
    if "migration" not in tables:
        raise LedgerError("is a DuckDB file but no ledger; give another name, or the ledger's own")
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone()[0])


def refuse_newer(found: int) -> None:
    """Raises `LedgerError` if a ledger was written by a newer Comity than this one."""
    if found > FORMAT:
        raise LedgerError(f"was written by a newer Comity (format {found}, this one knows {FORMAT}); update comity")


def migrate(connection: Any) -> list[int]:
    """Migrates a ledger to this format, each step in one transaction; returns the numbers of the applied steps."""
    found = format_of(connection)
    refuse_newer(found)
    done = []
    for step in MIGRATIONS:
        if step.number <= found:
            continue
        connection.execute("BEGIN")
        if step.number == 1:
            connection.execute("CREATE TABLE migration (number INTEGER, name VARCHAR)")
        for statement in step.statements:
            connection.execute(statement)
        connection.execute("INSERT INTO migration VALUES (?, ?)", [step.number, step.name])
        connection.execute("COMMIT")
        done.append(step.number)
    return done


def complete(connection: Any, found: int) -> None:
    """Makes a ledger of an older format readable without changing it.

    The connection sees the missing tables as empty ones, and rows that later migrations change in their new form.
    """
    stored = {r[0] for r in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()}
    for step in MIGRATIONS:
        if step.number <= found:
            continue
        for table, selected in step.views:
            if table in stored:
                connection.execute(f"CREATE TEMP VIEW {table} AS {selected} FROM ledger.main.{table}")
        for statement in step.statements if not step.views else ():
            connection.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
