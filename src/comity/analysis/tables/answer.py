"""The answer to a query by kind: the matching facts, searched, counted or listed, sorted and paged."""

from collections.abc import Iterable
from datetime import date

from comity.analysis.absence import absence
from comity.analysis.tables.arrangement import holding, in_order, stretch
from comity.analysis.tables.choice import Choice
from comity.analysis.tables.count import count
from comity.analysis.tables.rows import rows
from comity.analysis.tables.selection import Kind, not_counted, select
from comity.ledger.ledger import Ledger
from comity.ledger.table import Table


def answer(
    ledger: Ledger,
    kind: Kind,
    choice: Choice,
    *,
    by: Iterable[str] = (),
    search: str | None = None,
    sort: str | None = None,
    limit: int | None = None,
    offset: int = 0,
    known: date | None = None,
) -> Table:
    """The facts of a kind that match a selection, a row each, or counted `by` some keys.

    `search` selects the rows that contain all of its words, `sort` names a column (`-column`: descending); `limit` and
    `offset` give a page. By default only facts that took place are counted, and the notes say what is left out; for an
    empty answer they say what there is instead.
    """
    found = select(ledger, kind, choice, known)
    keys, notes = tuple(by), tuple[str, ...]()
    if not found:
        asked = f"{choice.words} known by {known}" if known else choice.words
        notes = (absence(ledger, kind, choice.states, asked=asked.strip(), known=known),)
    table = rows(ledger, kind, found)
    if search and search.strip():
        at = holding(table, search)
        found, table = [found[i] for i in at], Table(table.columns, tuple(table.rows[i] for i in at))
        notes = notes or (() if at else (f"no {kind} of these holds {search!r}",))
    if keys:
        if not choice.statuses:
            found, left = not_counted(found)
            notes += (left,) if left else ()
        table = count(found, kind, keys)
    table = Table(table.columns, table.rows, (*notes, *table.notes))
    return stretch(in_order(table, sort), limit, offset)
