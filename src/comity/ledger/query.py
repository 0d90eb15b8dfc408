"""A user's SQL on a ledger: read only, without files or network, within a time limit."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.errors import LedgerError
from comity.ledger import view
from comity.ledger.store import reader, refusals
from comity.ledger.table import Table
from comity.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True)
class Typed:
    """Rows that a query may use as a table, each column with its type in the database."""

    columns: Mapping[str, str]
    rows: tuple[tuple[Any, ...], ...]


def sql(
    path: Path,
    query: str,
    changes: view.Changes,
    tables: Mapping[str, Typed] | None = None,
    settings: Settings = DEFAULTS,
) -> Table:
    """The rows of a query on the published tables, and on the view `standing` of the statements with their changes.

    `tables` are visible to this query only.

    Files and network are closed, no setting can be changed, and the query is interrupted after `query_seconds`.
    Raises `LedgerError` with the database's message if it fails.
    """
    import duckdb

    connection, _ = reader(path)
    timer = threading.Timer(settings.query_seconds, connection.interrupt)
    try:
        with refusals(path):
            view.create(connection, "standing", changes)
            for name, typed in (tables or {}).items():
                given = [dict(zip(typed.columns, row, strict=True)) for row in typed.rows]
                view.filled(connection, name, typed.columns, given)
            connection.execute(f"SET memory_limit='{settings.query_memory}'")
            connection.execute("SET enable_external_access=false")
            connection.execute("SET lock_configuration=true")
        timer.start()
        found = connection.execute(query)
        rows = found.fetchmany(settings.query_rows + 1) if found.description else []
        columns = tuple(str(d[0]) for d in found.description or ())
    except duckdb.InterruptException:
        raise LedgerError(f"{path}: the query took longer than {settings.query_seconds:g} s and was ended") from None
    except duckdb.Error as error:
        raise LedgerError(f"{path}: the query was refused: {error}") from error
    finally:
        timer.cancel()
        connection.close()
    if len(rows) > settings.query_rows:
        raise LedgerError(f"{path}: the query gives more than {settings.query_rows:,} rows; add a LIMIT")
    return Table(_named(columns), tuple(rows))


def _named(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Column names; a repeated name gets a number."""
    seen: dict[str, int] = {}
    out = []
    for c in columns:
        seen[c] = seen.get(c, 0) + 1
        out.append(c if seen[c] == 1 else f"{c}_{seen[c]}")
    return tuple(out)
