"""Rows with named columns, as a list, as text, or as a data frame of the user's library."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from comity.errors import MissingExtraError

SHOWN = 20
"""The number of rows that a table shows in a shell or a notebook."""
CELL = 60
"""The number of characters of a cell that a table shows on a terminal."""
_WIDE = 120


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: `columns` name the values of each row, `notes` add what the rows do not say."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """The first rows under their columns, the number of rows, and the notes.

        >>> Table(("state", "n"), (("MNG", 4), ("RUS", 7)))
        state  n
        MNG    4
        RUS    7
        2 rows
        """
        shown = Table(self.columns, self.rows[:SHOWN]).rounded()
        columns = shown.columns
        while len(columns) > 1 and len(shown.only(columns).text().partition("\n")[0]) > _WIDE:
            columns = columns[:-1]
        left = len(self.columns) - len(columns)
        more = f", {left} more columns: {', '.join(self.columns[len(columns) :])}" if left else ""
        notes = "".join(f"\nnote: {n}" for n in self.notes)
        return f"{shown.only(columns).text()}{self._count()}{more}{notes}"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def only(self, columns: tuple[str, ...]) -> "Table":
        """The same rows with these columns."""
        at = [self.columns.index(c) for c in columns]
        return Table(columns, tuple(tuple(r[i] for i in at) for r in self.rows), self.notes)

    def df(self) -> Any:
        """The rows as a pandas data frame. Raises `MissingExtraError` without pandas."""
        try:
            import pandas as pd
        except ImportError:
            raise _missing("pandas", "pandas") from None
        return pd.DataFrame([list(r) for r in self.rows], columns=list(self.columns))

    def pl(self) -> Any:
        """The rows as a polars data frame. Raises `MissingExtraError` without polars."""
        try:
            import polars as pl
        except ImportError:
            raise _missing("polars", "polars") from None
        return pl.DataFrame({c: self._column(i) for i, c in enumerate(self.columns)}, strict=False)

    def arrow(self) -> Any:
        """The rows as an Arrow table. Raises `MissingExtraError` without pyarrow."""
        try:
            import pyarrow as pa
        except ImportError:
            raise _missing("arrow", "pyarrow") from None
        return pa.table({c: self._column(i) for i, c in enumerate(self.columns)})

    def parquet(self, path: Path) -> None:
        """Writes the rows as a Parquet file. Raises `MissingExtraError` without pyarrow."""
        try:
            from pyarrow import parquet
        except ImportError:
            raise _missing("arrow", "pyarrow") from None
        parquet.write_table(self.arrow(), str(path))

    def csv(self) -> str:
        r"""The rows as CSV with a header; nested values are JSON.

        >>> Table(("a", "b"), ((1, None),)).csv()
        'a,b\n1,\n'
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(v) for v in row] for row in self.rows)
        return out.getvalue()

    def jsonl(self) -> str:
        """The rows as JSON Lines."""
        return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in self)

    def json(self) -> str:
        """The rows as one JSON array of objects."""
        return json.dumps(list(self), ensure_ascii=False, indent=1, default=str) + "\n"

    def rounded(self, digits: int = 6) -> "Table":
        """The same with numbers rounded to some significant digits, for display.

        >>> Table(("a",), ((0.12345678,), (463000000.0,))).rounded().text().split()
        ['a', '0.123457', '463000000']
        """
        return Table(self.columns, tuple(tuple(_short(v, digits) for v in row) for row in self.rows), self.notes)

    def text(self, most: int | None = CELL) -> str:
        """The rows for a terminal, in aligned columns; a cell longer than the width ends in "…".

        >>> Table(("title",), (("treaty on friendly relations",),)).text(10).splitlines()
        ['title', 'treaty on…']
        """
        cells = [list(self.columns)] + [
            ["" if v is None else _cut(str(_cell(v)), most) for v in row] for row in self.rows
        ]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        return "".join(
            "  ".join(c.replace("\n", " ").ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() + "\n"
            for row in cells
        )

    def _repr_html_(self) -> str:
        from html import escape

        def cell(value: Any) -> str:
            return "" if value is None else escape(str(_cell(_short(value, 6))))

        head = "".join(f"<th>{escape(c)}</th>" for c in self.columns)
        rows = ("".join(f"<td>{cell(v)}</td>" for v in row) for row in self.rows[:SHOWN])
        body = "".join(f"<tr>{cells}</tr>" for cells in rows)
        notes = "".join(f"<p>{escape(n)}</p>" for n in self.notes)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f'<div style="overflow-x:auto">{table}</div><p>{self._count()}</p>{notes}'

    def _count(self) -> str:
        """The number of rows, and how many of them are shown if not all are."""
        count = f"{len(self.rows):,} row{'' if len(self.rows) == 1 else 's'}"
        return count if len(self.rows) <= SHOWN else f"the first {SHOWN} of {count}; .df() has all"

    def _column(self, i: int) -> Sequence[Any]:
        return [json.dumps(r[i], ensure_ascii=False) if isinstance(r[i], dict) else r[i] for r in self.rows]


class Cells:
    """A typed row: a dataclass with the names under which its values are printed."""

    __slots__ = ()
    COLUMNS: ClassVar[tuple[str, ...]] = ()

    def cells(self) -> tuple[Any, ...]:
        """The values, in the order of `COLUMNS`; several values in one cell are a list."""
        values = [getattr(self, f.name) for f in fields(self)]  # type: ignore[arg-type]
        return tuple(list(v) if isinstance(v, tuple) else v for v in values)


R = TypeVar("R", bound=Cells)


@dataclass(frozen=True, slots=True, repr=False)
class TypedTable(Generic[R]):
    """An answer whose `rows` are dataclasses of one `shape`; `notes` add what the rows do not say.

    `table()` gives the same values as cells under column names, as in all printed forms.
    """

    shape: type[R]
    rows: tuple[R, ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """The first rows under their columns, as a table displays itself."""
        return repr(self.table())

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def table(self) -> Table:
        """The same as a table: each row a tuple of cells, under the names of the printed forms."""
        return Table(self.shape.COLUMNS, tuple(r.cells() for r in self.rows), self.notes)

    def df(self) -> Any:
        """The rows as a pandas data frame. Raises `MissingExtraError` without pandas."""
        return self.table().df()

    def pl(self) -> Any:
        """The rows as a polars data frame. Raises `MissingExtraError` without polars."""
        return self.table().pl()

    def arrow(self) -> Any:
        """The rows as an Arrow table. Raises `MissingExtraError` without pyarrow."""
        return self.table().arrow()

    def csv(self) -> str:
        """The rows as CSV with a header."""
        return self.table().csv()

    def json(self) -> str:
        """The rows as one JSON array of objects."""
        return self.table().json()

    def jsonl(self) -> str:
        """The rows as JSON Lines."""
        return self.table().jsonl()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _cut(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else text[: most - 1].rstrip() + "…"


def _short(value: Any, digits: int) -> Any:
    if isinstance(value, list):
        return [_short(v, digits) for v in value]
    if not isinstance(value, float):
        return value
    rounded = float(f"{value:.{digits}g}")
    return int(rounded) if rounded.is_integer() else rounded


def _missing(extra: str, package: str) -> MissingExtraError:
    return MissingExtraError(f"{package} is not installed; install it with: pip install 'comity[{extra}]'")


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict | tuple) else value
