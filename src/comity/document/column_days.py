"""Dates in the columns of articles: the column's other cells decide what 03/04/2019 is; otherwise it is no date."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from comity.document.article_rows import NAMES
from comity.document.data_set_header import plain_column
from comity.document.document import Failure
from comity.document.stamp import Order, order_of, readings, stated_day
from comity.settings import Settings

Row = tuple[str, object] | Failure
_DOUBTFUL = 2


def decided(rows: Iterator[Row], settings: Settings) -> Iterator[Row]:
    """Rows with numeric dates converted to EDTF if the first `settings.dated_rows` rows of their column show an order.

    >>> found = decided(iter([("1", {"date": "03/04/2019"}), ("2", {"date": "25/04/2019"})]), Settings())
    >>> [row for _, row in found]
    [{'date': '2019-04-03'}, {'date': '25/04/2019'}]
    """
    first = list(islice(rows, settings.dated_rows))
    stamps: dict[str, list[object]] = {}
    for row in first:
        for column, cell in _dated(row):
            stamps.setdefault(column, []).append(cell)
    orders = {column: order for column, cells in stamps.items() if (order := order_of(cells)) is not None}
    for row in chain(first, rows):
        yield _written_out(row, orders)


def _dated(row: Row) -> list[tuple[str, Any]]:
    """The cells of a row in the columns for the day of publication, with their columns."""
    if isinstance(row, Failure) or not isinstance(row[1], Mapping):
        return []
    return [(c, v) for c, v in row[1].items() if isinstance(v, str) and plain_column(str(c)) in NAMES["date"]]


def _written_out(row: Row, orders: dict[str, Order]) -> Row:
    doubtful = [(c, v) for c, v in _dated(row) if c in orders and len(readings(v)) == _DOUBTFUL]
    if not doubtful or isinstance(row, Failure) or not isinstance(row[1], Mapping):
        return row
    return row[0], {**row[1], **{c: stated_day(v, orders[c]) for c, v in doubtful}}
