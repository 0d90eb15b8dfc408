"""A file of a data set as rows of cells: plain, gzip or zip; comma, semicolon or tab; with or without a header."""

import codecs
import csv
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from comity.errors import FormatError, InputError
from comity.settings import DEFAULTS, Settings
from comity.sources.cells import Cells

_JSON = (".jsonl", ".ndjson", ".json")
BROKEN = "\0"
"""What the only cell of a row begins with that could not be taken apart; the rest of it says why."""


@dataclass(slots=True)
class Sheet:
    """An opened file: `header` are its column names as `plain_name` writes them, empty where it has none.

    `line` is the number of the row that was given last, its header (and notes above it) counted.
    """

    name: str
    header: tuple[str, ...]
    rows: Iterator[Cells]
    first: Cells | None = None
    line: int = 0
    notes: tuple[str, ...] = field(default=())

    def __iter__(self) -> Iterator[Cells]:
        for cells in self.rows:
            self.line += 1
            if cells:
                yield cells


def plain_name(column: str) -> str:
    """A column's name in small letters with single underscores, so that "Event ID" is "Event.ID".

    >>> plain_name("Date.of.Signature"), plain_name(" Event ID")
    ('date_of_signature', 'event_id')
    """
    return re.sub(r"[^a-z0-9]+", "_", column.strip().lower()).strip("_")


@contextmanager
def texts(path: Path) -> Iterator[list[tuple[str, TextIO]]]:
    """The text files in a path with their names: itself, unpacked where it is gzip, or the tables of a zip archive.

    Raises `InputError` where it cannot be read and `FormatError` where it is damaged.
    """
    held: list[BinaryIO] = []
    archive: zipfile.ZipFile | None = None
    try:
        try:
            raw = path.open("rb")
            held.append(raw)
            head = raw.read(4)
            raw.seek(0)
            if head.startswith(b"PK\x03\x04"):
                archive = zipfile.ZipFile(raw)
                names = [i.filename for i in archive.infolist() if not i.is_dir() and _is_table(i.filename)]
                if not names:
                    raise FormatError("holds no table (csv, tsv, txt, tab, jsonl)")
                out = [(f"{path}:{n}", _text(cast("BinaryIO", archive.open(n)))) for n in names]
            elif head.startswith(b"\x1f\x8b"):
                out = [(str(path), _text(cast("BinaryIO", gzip.GzipFile(fileobj=raw))))]
            else:
                out = [(str(path), _text(raw))]
        except (OSError, zipfile.BadZipFile) as error:
            raise InputError(_plain(error)) from error
        yield out
    except (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile) as error:
        raise FormatError(f"is damaged ({error}); fetch it again") from error
    finally:
        if archive is not None:
            archive.close()
        for stream in held:
            stream.close()


def _plain(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, IsADirectoryError):
        return "is a folder; name its files"
    return str(getattr(error, "strerror", None) or error)


def _is_table(name: str) -> bool:
    low = name.lower().rsplit("/", 1)[-1]
    return low.endswith((".csv", ".tsv", ".txt", ".tab", *_JSON)) and not low.startswith((".", "metadata_", "readme"))


def _western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 as Windows-1252, as older data sets have them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("western", _western)


def _text(raw: BinaryIO) -> TextIO:
    buffered = io.BufferedReader(cast("io.RawIOBase", raw), 1 << 16)
    head = buffered.peek(4)[:2]
    encoding = "utf-16" if head in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return io.TextIOWrapper(buffered, encoding=encoding, errors="western", newline="")


def opened(
    name: str, text: TextIO, wanted: Sequence[frozenset[str]], *, quoted: bool = True, settings: Settings = DEFAULTS
) -> Sheet:
    """The rows of a text file. The header is the first line that holds all columns of one of `wanted`.

    Notes above it are kept. Where no line does, the file is taken to have no header: `first` is its first row.
    """
    start = list(islice(iter(text.readline, ""), settings.header_lines))
    if not any(line.strip() for line in start):
        raise FormatError("is empty")
    lines = chain(start, text)
    if start[0].lstrip()[:1] == "{":
        return _json_lines(name, lines, start)
    sign = _delimiter(start)
    plain = csv.reader(lines, delimiter=sign, quoting=csv.QUOTE_NONE)
    reader = csv.reader(lines, delimiter=sign) if quoted else plain
    held: list[list[str]] = []
    for cells in islice(_tolerant(reader), settings.header_lines):
        names = tuple(plain_name(c) for c in cells)
        if any(w <= set(names) for w in wanted if w):
            notes = tuple(" ".join(c for c in n if c) for n in held)
            return Sheet(name, names, _tolerant(reader), line=len(held) + 1, notes=notes)
        held.append(cells)
    first = next((cells for cells in held if cells), [])
    return Sheet(name, tuple(plain_name(c) for c in first), chain(held, _tolerant(reader)), first=first)


def _tolerant(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows of a reader; one that it cannot take apart is given as one cell that says so, and is counted."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield [f"{BROKEN}{error}"]


def _delimiter(start: Sequence[str]) -> str:
    """The sign between cells: the one of which most stand in the fullest of the first lines."""
    return max("\t;,", key=lambda d: max(line.count(d) for line in start))


def _json_lines(name: str, lines: Iterable[str], start: Sequence[str]) -> Sheet:
    """Objects, a line each; the columns are the names that the first lines have."""
    names: dict[str, None] = {}
    for line in start:
        try:
            found = json.loads(line)
        except ValueError:
            continue
        names.update(dict.fromkeys(plain_name(k) for k in found) if isinstance(found, dict) else {})
    columns = tuple(names)

    def rows() -> Iterator[Cells]:
        for line in lines:
            try:
                found = json.loads(line) if line.strip() else None
            except ValueError as error:
                yield [f"{BROKEN}is no JSON ({error})"]
                continue
            if found is None:
                yield []
            elif isinstance(found, dict):
                told = {plain_name(k): v for k, v in found.items()}
                yield [_cell(told.get(c)) for c in columns]
            else:
                yield [f"{BROKEN}is no JSON object"]

    return Sheet(name, columns, rows())


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
