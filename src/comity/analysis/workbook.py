"""Tables as a workbook for a spreadsheet program, with a sheet on their origin."""

import io
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from comity.errors import InputError, MissingExtraError
from comity.ledger.table import Table

MOST_ROWS = 1_048_575
"""The number of rows that a sheet can have below its header."""
MOST_CHARACTERS = 32_767
"""The number of characters that a cell can have."""
_MOST_NAME = 31
_WIDEST = 60
_LOOKED_AT = 200
# the same tables give the same bytes
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone


def workbook(sheets: Mapping[str, Table], about: Mapping[str, Any]) -> bytes:
    """The tables as an .xlsx file, a sheet each, and a last sheet `about`; text never becomes a formula or a link.

    Text too long for a cell is cut and ends with an ellipsis. Raises `MissingExtraError` without xlsxwriter and
    `InputError` if a table has more rows than a sheet.

    >>> workbook({"events": Table(("id", "n"), (("=1+1", 2),))}, {"title": "Two states"})[:2]
    b'PK'
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("xlsxwriter is not installed; install it with: pip install 'comity[xlsx]'") from None
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": _text(about.get("title", "Comity")), "created": _MADE})
        bold = book.add_format({"bold": True, "text_wrap": False})
        for name, table in sheets.items():
            if len(table) > MOST_ROWS:
                raise InputError(f"{name}: {len(table):,} rows are more than a sheet holds ({MOST_ROWS:,}); take CSV")
            _fill(book.add_worksheet(_sheet_name(name)), table, bold)
        rows = tuple((k, v) for k, v in about.items() if v is not None)
        _fill(book.add_worksheet("about"), Table(("what", "value"), rows), bold)
    return file.getvalue()


def _fill(sheet: Any, table: Table, bold: Any) -> None:
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, bold)
        widths = (len(_text(r[column])) for r in table.rows[:_LOOKED_AT])
        sheet.set_column(column, column, min(_WIDEST, max([len(name), *widths]) + 2))
    for at, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            _write(sheet, at, column, value)
    sheet.freeze_panes(1, 0)
    if table.columns and table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) and abs(value) < 1e15:  # no infinite number, no NaN
        sheet.write_number(row, column, value)
    else:
        text = _text(value)
        sheet.write_string(row, column, text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict | tuple) else str(value)


def _sheet_name(name: str) -> str:
    """A valid name for a sheet."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:_MOST_NAME].strip() or "rows"
