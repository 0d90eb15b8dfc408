"""A ledger's facts as tables for SQL: a row for each fact, in plain columns with types."""

import re
from datetime import date

from comity.analysis.tables.agreements import agreements
from comity.analysis.tables.answer import answer
from comity.analysis.tables.choice import Choice
from comity.analysis.tables.selection import Kind
from comity.ledger.ledger import Ledger
from comity.ledger.query import Typed
from comity.ledger.table import Table

_KINDS: dict[str, Kind] = {"fact_event": "event", "fact_visit": "visit", "fact_figure": "figure"}
NAMES = (*_KINDS, "fact_agreement")
"""The names of the views on the facts of a kind."""
_NUMBERS = frozenset({"scale_value", "likeness", "confidence", "value", "change_pct"})
_COUNTS = frozenset({"quad_code", "reports", "outlets", "independent", "statements"})
_FLAGS = frozenset({"certain", "inferred"})
_LEFT_OUT = frozenset({"in_window", "ends"})
"""The columns that depend on a requested time, which a SQL query handles itself."""
_DAYS = frozenset({"first", "last"})


def named(ledger: Ledger, query: str, on: date) -> dict[str, Typed]:
    """The facts of the kinds that a query names; agreements with their status on a day.

    They cost as much as `comity events` and the like on the whole ledger, and nothing if they are not named.
    """
    words = {w.casefold() for w in re.findall(r"\w+", query)}
    out = {}
    for name in NAMES:
        if name in words:
            found = agreements(ledger, on=on) if name not in _KINDS else answer(ledger, _KINDS[name], Choice())
            out[name] = typed(found)
    return out


def typed(found: Table) -> Typed:
    """A table with the types of its columns, without those that depend on a requested time.

    >>> typed(Table(("id", "in_window", "reports", "first"), (("f", "certain", 2, "2019-09-03"),)))
    Typed(columns={'id': 'VARCHAR', 'reports': 'INTEGER', 'first': 'DATE'}, rows=(('f', 2, '2019-09-03'),))
    """
    kept = tuple(c for c in found.columns if c not in _LEFT_OUT)
    return Typed({c: _type(c) for c in kept}, found.only(kept).rows)


def _type(column: str) -> str:
    if column in _NUMBERS:
        return "DOUBLE"
    if column in _COUNTS:
        return "INTEGER"
    if column in _FLAGS:
        return "BOOLEAN"
    return "DATE" if column in _DAYS else "VARCHAR"
