"""A collection: one file of many documents (JSON Lines, a web archive, a table), each as stored in the file.

Unpacking a document from its file is cheap; extracting its text is not. The two are therefore separate: one process
may unpack what many extract.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from comity.document.archives import pages
from comity.document.article_rows import json_rows, table_rows
from comity.document.column_days import decided
from comity.document.document import Failure
from comity.document.file_kind import kind
from comity.document.stream import lines, opened
from comity.errors import FormatError, InputError
from comity.settings import DEFAULTS, Settings

FIELDS = ("id", "title", "date", "url", "text")
"""The fields of a row, in JSON Lines and in tables; only `text` is required."""
Form = Literal["lines", "warc", "wet", "table"]
COLLECTIONS = frozenset({"lines", "warc", "table", "rows", "array"})
"""The kinds of file that contain many documents."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A document as stored in its collection.

    `data` is a line of JSON, an archived page or its text (`wet`) as bytes, or a row of a table; `where` its file and
    number, or the page's address; `source` its file or address; `charset` the one stated by the page's server.
    """

    form: Form
    where: str
    source: str
    data: bytes | Mapping[str, Any]
    charset: str | None = None


class Collection:
    """The documents of a file, in its order; `name` identifies the file in messages.

    Raises `InputError` if the file is not a collection.
    """

    def __init__(self, path: Path, name: str, settings: Settings = DEFAULTS):
        self.path, self._name, self._settings = path, name, settings
        self._size = max(path.stat().st_size, 1)
        self._share = 0.0

    @property
    def share(self) -> float:
        """The fraction of the file that has been unpacked, from 0 to 1."""
        return min(self._share, 1.0)

    def __iter__(self) -> Iterator[Raw | Failure]:
        name = self._name
        with self.path.open("rb") as file:
            head, stream = opened(file)
            if not head:
                raise InputError("is empty")
            what = kind(head, name)
            if what not in COLLECTIONS:
                raise InputError(
                    "is not a collection (JSON Lines, web archive, table or Parquet); use `comity add` for single files"
                )
            found = table(self.path, name) if what == "table" else raws(stream, name, what, self._settings)
            count = _rows(self.path) if what == "table" else 0
            for number, raw in enumerate(found, 1):
                self._share = number / count if count else file.tell() / self._size
                yield raw


def raws(
    stream: BinaryIO, name: str, what: str, settings: Settings, charset: str | None = None
) -> Iterator[Raw | Failure]:
    """The documents of a decompressed stream of `lines`, `rows`, an `array` or a `warc`, each as stored there.

    `charset` is the one stated by the server of a table. Raises `FormatError` if a table or an array contains no
    reports.
    """
    if what == "warc":
        for page in pages(stream, name, settings):
            if isinstance(page, Failure):
                yield page
            else:
                yield Raw("wet" if page.plain else "warc", page.url, page.url, page.data, page.charset)
        return
    if what in {"rows", "array"}:
        found = table_rows(stream, name, settings, charset) if what == "rows" else json_rows(stream, name, settings)
        for row in decided(found, settings):
            if isinstance(row, Failure):
                yield row
            elif isinstance(row[1], Mapping):
                yield Raw("table", row[0], name, row[1])
            else:
                yield Failure(row[0], "is not a JSON object with a text")
        return
    for number, line in lines(stream, settings.input_bytes):
        where = f"{name}:{number}"
        if line is None:
            yield Failure(where, f"line is longer than {settings.input_bytes:,} bytes")
        else:
            yield Raw("lines", where, name, line)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def table(path: Path, name: str) -> Iterator[Raw | Failure]:
    """The rows of a Parquet file with the fields of a document. Raises `FormatError` if it is not Parquet."""
    import duckdb

    if not path.is_file() or _first_bytes(path) != b"PAR1":
        raise FormatError("is Parquet inside another compression or stream; give the uncompressed Parquet file")
    try:
        with duckdb.connect(config={"threads": "1"}) as connection:
            there = [row[0] for row in connection.execute(f"DESCRIBE FROM read_parquet({literal(path)})").fetchall()]
            if "rest" in there and "fact" in there:
                raise FormatError("has already been coded by code-corpus; add it to a ledger with: comity add")
            if "text" not in there:
                raise FormatError(f"has no column named text (its columns: {', '.join(there)})")
            columns = [c for c in FIELDS if c in there]
            chosen = ", ".join(f"CAST({c} AS VARCHAR) AS {c}" for c in columns)
            found = connection.execute(f"SELECT {chosen} FROM read_parquet({literal(path)})")  # noqa: S608 - our own names
            number = 0
            while rows := found.fetchmany(256):
                for row in rows:
                    number += 1
                    yield Raw("table", f"{name}:{number}", name, dict(zip(columns, row, strict=True)))
    except duckdb.Error as error:
        raise FormatError(f"is a damaged Parquet file ({str(error).splitlines()[0]})") from error


def _rows(path: Path) -> int:
    import duckdb

    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT num_rows FROM parquet_file_metadata({literal(path)})").fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def literal(path: str | Path) -> str:
    """A path as an SQL literal, with pattern characters escaped.

    >>> literal("it's [1].parquet")
    "'it''s [[]1].parquet'"
    """
    plain = "".join(f"[{c}]" if c in "*?[" else c for c in str(path))
    return "'" + plain.replace("'", "''") + "'"
