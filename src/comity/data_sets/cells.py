"""The values of cells: numbers, days and missing values; and the JSON of a row."""

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

_FIRST_YEAR, _LAST_YEAR = 1000, 2200

Cells = Sequence[str]
"""A row as stored in the file."""

MISSING = frozenset(
    {
        "", "NA", "N/A", "n/a", "na", "N.A.", "n.a.", "#N/A", "<NA>", "NaN", "nan", "NAN", "null", "NULL", "Null",
        "None", "NONE", ".", "..", "...", "…", "-", "--", "–", "—",
    }
)  # fmt: skip
"""Missing-value codes common to all data sets."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def body(details: dict[str, Any], before: str = "") -> str:
    """The other fields of a row as JSON, without nulls; `before` are its first fields, already encoded.

    >>> body({"title": "Treaty", "place": None, "parties": []}), body({"url": ""}, '"cameo": "057"')
    ('{"title": "Treaty"}', '{"cameo": "057"}')
    """
    kept = {k: v for k, v in details.items() if v is not None and v != "" and v != []}
    if not before:
        return _encode(kept)
    return f"{{{before}, {_encode(kept)[1:]}" if kept else f"{{{before}}}"


def text(cell: str) -> str | None:
    """The text of a cell, null if missing."""
    cell = cell.strip()
    return None if cell in MISSING else cell


_WHOLE = re.compile(r"([+-]?\d{1,15})(?:\.0*|,00?)?")


@lru_cache(maxsize=20_000)
def whole(cell: str) -> int:
    """The whole number of a cell ("712.0" and "712,0" too). Raises `ValueError`.

    >>> whole("712.0"), whole("712,0")
    (712, 712)
    """
    found = _WHOLE.fullmatch(cell.strip())
    if found is None:
        raise ValueError(f"{cell!r} is not a whole number")
    return int(found[1])


@lru_cache(maxsize=20_000)
def year(cell: str) -> tuple[date, date, str]:
    """First and last day of a year, and its middle day, by which codes are resolved. Raises `ValueError`.

    >>> year("1991")[2]
    '1991-07-01'
    """
    y = whole(cell)
    if not _FIRST_YEAR <= y <= _LAST_YEAR:
        raise ValueError(f"{cell!r} is not a year")
    return date(y, 1, 1), date(y, 12, 31), f"{y}-07-01"


@lru_cache(maxsize=5_000)
def month(cell: str) -> tuple[date, date]:
    """First and last day of a month written `YYYYMM`. Raises `ValueError`.

    >>> month("199902")[1].isoformat()
    '1999-02-28'
    """
    y, m = int(cell[:4]), int(cell[4:6])
    following = date(y + m // 12, m % 12 + 1, 1)
    return date(y, m, 1), date.fromordinal(following.toordinal() - 1)


@lru_cache(maxsize=50_000)
def day(cell: str) -> date:
    """The day of `YYYY-MM-DD`, `YYYYMMDD` or `YYYY/MM/DD`, ignoring anything after it. Raises `ValueError`.

    >>> day("19991005").isoformat(), day("1999-10-07 00:00:00").isoformat()
    ('1999-10-05', '1999-10-07')
    """
    cell = cell.strip().replace("/", "-").removesuffix(".0")
    found = date.fromisoformat(cell[:10] if "-" in cell else cell[:8])
    if found.year < _FIRST_YEAR:
        raise ValueError(f"{cell!r}: {found.year} is outside the years of data sets")
    return found


def maybe_day(cell: str) -> date | None:
    """The day of a cell, null if missing. Raises `ValueError`."""
    return None if cell.strip() in MISSING else day(cell)
