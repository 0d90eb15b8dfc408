"""The arrangement of a table's rows: search, order and page."""

from typing import Any

from comity.analysis.tables.choice import among
from comity.errors import InputError
from comity.ledger.table import Table

_NOT_SEARCHED = frozenset({"id", "document", "url"})


def holding(table: Table, words: str | None) -> list[int]:
    """The indexes of the rows that contain all of some words, in any column and case.

    >>> holding(Table(("a", "b"), (("Beijing", "talks"), ("Moscow", None))), "TALKS beij")
    [0]
    """
    asked = (words or "").casefold().split()
    at = [i for i, c in enumerate(table.columns) if c not in _NOT_SEARCHED]
    out = []
    for n, row in enumerate(table.rows):
        text = " ".join(str(row[i]) for i in at if row[i] is not None).casefold() if asked else ""
        if all(word in text for word in asked):
            out.append(n)
    return out


def in_order(table: Table, column: str | None) -> Table:
    """The rows sorted by a column, descending if its name has the prefix `-`; unknown values are always last.

    Raises `CodeError` for a column that the table does not have.

    >>> t = Table(("a",), ((2,), (None,), (10,)))
    >>> in_order(t, "a").rows, in_order(t, "-a").rows
    (((2,), (10,), (None,)), ((10,), (2,), (None,)))
    """
    if not column:
        return table
    (name,) = among("column", [column.removeprefix("-")], table.columns)
    at = table.columns.index(name)
    known = [r for r in table.rows if r[at] is not None]
    known.sort(key=lambda r: _rank(r[at]), reverse=column.startswith("-"))
    return Table(table.columns, (*known, *(r for r in table.rows if r[at] is None)), table.notes)


def stretch(table: Table, limit: int | None, offset: int = 0) -> Table:
    """A page of the rows, with a note of the total if some are left out.

    >>> found = stretch(Table(("a",), ((1,), (2,), (3,))), 1, 1)
    >>> found.rows, found.notes
    (((2,),), ('rows 2 to 2 of 3',))
    """
    if offset < 0 or (limit is not None and limit < 1):
        raise InputError("a limit is 1 or more, an offset 0 or more")
    rows = table.rows[offset : None if limit is None else offset + limit]
    if len(rows) == len(table.rows):
        return table
    note = f"rows {offset + 1:,} to {offset + len(rows):,} of {len(table.rows):,}" if rows else "no row so far on"
    return Table(table.columns, rows, (*table.notes, note))


def _rank(value: Any) -> tuple[int, Any]:
    return (0, value) if isinstance(value, int | float) else (1, str(value).casefold())
