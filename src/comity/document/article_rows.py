"""Articles as rows: of a table with named columns (CSV, TSV), of a JSON array or object, of JSON Lines.

Columns have many names; the descriptive ones are listed here. A table without a text column is refused and never read
as one report.
"""

import codecs
import csv
import json
import math
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import Any, BinaryIO

from comity.document.code_page import code_page
from comity.document.data_set_header import data_set_of, plain_column
from comity.document.document import Failure
from comity.document.encoding import decode
from comity.document.stamp import readings
from comity.document.stream import unpacking, whole
from comity.errors import FormatError
from comity.settings import Settings

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "articleid", "doc_id", "docid", "document_id", "uuid", "guid"),
    "title": ("title", "headline", "heading", "head_line", "article_title", "news_title", "title_text",
              "titel", "titre", "titulo"),
    "date": (
        "date", "published", "published_at", "publishedat", "published_date", "published_on", "publication_date",
        "publicationdate", "publish_date", "publishdate", "date_publish", "date_published", "datepublished",
        "pub_date", "pubdate", "published_time", "publish_time", "article_date", "date_time", "datetime", "day",
        "datum", "fecha",
    ),
    "url": (
        "url", "link", "href", "permalink", "source_url", "sourceurl", "web_url", "weburl", "article_url", "page_url",
        "canonical_url", "article_link",
    ),
    "text": (
        "text", "body", "content", "article", "full_text", "fulltext", "maintext", "main_text", "article_text",
        "article_body", "articlebody", "article_content", "body_text", "bodytext", "content_text", "clean_text",
        "raw_text", "plain_text", "news_text", "story", "story_text", "texto", "texte",
        "content_html", "body_html", "html_content",
    ),
}  # fmt: skip
"""The names of a field's column, in order of precedence; case, blanks and punctuation are ignored."""
_OF_PAGES = frozenset({"content_html", "body_html", "html_content"})
"""Columns whose text is an HTML fragment."""
_MISSING = {"", "nan", "nat", "none", "null", "n/a", "na", "<na>", "#n/a", "\\n"}
_DELIMITERS = (",", "\t", ";", "|")
_LISTS = (
    "articles", "items", "results", "documents", "docs", "stories", "posts", "records", "rows", "entries", "news",
    "hits", "data", "value", "response",
)  # fmt: skip
_WRAPPED = re.compile(
    rb"\{[^\[\]{}]{0,3000}\"(?:" + "|".join(_LISTS).encode() + rb")\"\s*:\s*[\[{]", re.IGNORECASE | re.DOTALL
)
_BY_COLUMN = re.compile(rb"\{\s*\"[^\"\r\n]{1,200}\"\s*:\s*\{\s*\"0\"\s*:|\{\s*\"columns\"\s*:\s*\[")
_BROKEN = re.compile(rb"\{\s*[\r\n]|\{[^\r\n]{0,65000}[,\[{:]\s*[\r\n]")
_CHUNK = 1 << 16
_SAMPLE = 1 << 20
"""The number of bytes used to detect the encoding of a table that is not UTF-8."""
_HEADER, _HEADER_CELL = 20_000, 60
_DEEP = 3
_SHOWN = 12
_NOTES = 40


def is_one_json(start: bytes, *, named: bool) -> bool:
    """Whether bytes begin a JSON array, or one object over several lines or around a list; `named` is the suffix."""
    if re.match(rb"\[\s*(?:\{\s*[\"}]|\[\s*[\"\[{]|\"|\])", start):
        # a text may begin with a bracket; unless the file name settles it, only what cannot be text is accepted
        return named or re.match(rb"\[\s*(?:\{\s*[\"}]|\[\s*[\[{\"]|\])", start) is not None
    return re.match(rb"\{\s*\"[^\"\r\n]{1,200}\"\s*:", start) is not None and bool(
        _WRAPPED.match(start) or _BY_COLUMN.match(start) or _BROKEN.match(start)
    )


def delimiter(head: bytes, *, named: bool) -> str | None:
    """The delimiter of a table of articles or a data set, by its first line; null if it is neither.

    With `named`, the file name says that it is a table, and the most frequent delimiter is used.
    """
    line = next(iter(_lines_of(head)), "")[:_HEADER]
    delimiter: str | None = None
    for sign in _DELIMITERS:
        cells = [c.strip().strip('"') for c in line.split(sign)]
        columns = {plain_column(c) for c in cells}
        fields = [f for f, names in NAMES.items() if columns & set(names)]
        if data_set_of(cells) is not None and len(cells) > 2:
            return sign
        if len(cells) > 1 and all(len(c) <= _HEADER_CELL for c in cells) and "text" in fields and len(fields) > 1:
            delimiter = delimiter or sign
    if delimiter is None and named:
        return max(_DELIMITERS, key=lambda s: (line.count(s), -_DELIMITERS.index(s)))
    return delimiter


def holds_reports(head: bytes) -> bool:
    r"""Whether a table or JSON file contains reports or a data set, judged by its first bytes.

    >>> holds_reports(b"id,price\n1,2"), holds_reports(b'{"name": "x"}')
    (False, False)
    """
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start[:1] in {b"[", b"{"}:
        keys = [k.decode("utf-8", "replace") for k in re.findall(rb'"([^"\\]{1,60})"\s*:', start)]
        plain = {plain_column(k) for k in keys}
        return data_set_of(keys) is not None or all(plain & set(NAMES[f]) for f in ("text", "title"))
    return delimiter(head, named=False) is not None


def table_rows(
    stream: BinaryIO, name: str, settings: Settings, charset: str | None = None
) -> Iterator[tuple[str, Mapping[str, Any]] | Failure]:
    """The rows of a table with the location of each; a failure for each malformed row.

    `charset` is the one stated by the server. Raises `FormatError` if the table has no text column, or its encoding
    cannot be determined.
    """
    head = stream.peek(_CHUNK) if hasattr(stream, "peek") else b""
    sign = delimiter(head, named=True) or ","
    csv.field_size_limit(max(csv.field_size_limit(), settings.input_bytes))
    lines = _Lines(_characters(stream, head, charset))
    reader = csv.reader(lines, delimiter=sign, quoting=csv.QUOTE_MINIMAL if _quoted(head, sign) else csv.QUOTE_NONE)
    columns: Sequence[str] | None = None
    number, given = 1, 0
    for line in _lines_of(head)[:_NOTES]:
        # some providers put notes above their header
        if data_set_of(line.split(sign)) is not None:
            refuse_other(line.split(sign), "table")
    while True:
        try:
            with unpacking():
                cells = next(reader, None)
        except csv.Error as error:
            yield Failure(f"{name}:{number}", f"is not a valid table row ({error}); is a quotation mark left open?")
            return
        if cells is None:
            if columns is None:
                raise FormatError("is an empty table")
            if not given:
                yield Failure(name, "is a table without rows")
            return
        if columns is not None and lines.swallowed(sign, columns):
            # a stray quotation mark does not affect other rows
            line = lines.keep_one().rstrip("\r\n")
            cells = next(csv.reader([line], delimiter=sign), [])
            cells = line.split(sign) if len(cells) != len(columns) else cells
            if len(cells) != len(columns):
                given += 1
                yield Failure(f"{name}:{number}", "row has an unclosed quotation mark")
                number += lines.done()
                continue
        where = f"{name}:{number}"
        number += lines.done()
        if not any(c.strip() for c in cells) or (columns is None and cells[0].casefold().startswith("sep=")):
            continue
        if columns is None:
            columns = cells
            refuse_other(columns, "table")
            continue
        given += 1
        if any(c.strip() for c in cells[len(columns) :]):
            yield Failure(where, f"row has {len(cells)} cells, but the table {len(columns)} columns")
        else:
            yield where, dict(zip(columns, cells, strict=False))


class _Lines:
    """Lines for a row reader: remembers the lines of the last row, which can be read again."""

    __slots__ = ("again", "source", "taken")

    def __init__(self, source: Iterator[str]):
        self.source = source
        self.taken: list[str] = []
        self.again: deque[str] = deque()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else next(self.source)
        self.taken.append(line)
        return line

    def swallowed(self, sign: str, columns: Sequence[str]) -> bool:
        """Whether the row contains another one because of a misplaced quotation mark.

        If the quotation marks of two rows match by chance, a line with a date or an address in the respective column
        reveals it: a line of prose has none there.
        """
        if len(self.taken) < 2:
            return False
        apart = [next(csv.reader([x.rstrip("\r\n")], delimiter=sign), []) for x in self.taken]
        plain = [x.split(sign) for x in self.taken]
        whole = [len(columns) in {len(c), len(p)} for c, p in zip(apart, plain, strict=True)]
        try:
            if len(list(csv.reader(self.taken, delimiter=sign, strict=True))) == 1:
                return whole[0] and any(w and _of_a_row(c, columns) for w, c in zip(whole[1:], apart[1:], strict=True))
        except csv.Error:
            pass
        return any(whole[1:])

    def keep_one(self) -> str:
        """Reduces the row to its first line; the others are read again."""
        self.again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
        return self.taken[0]

    def done(self) -> int:
        """The number of lines of the row; starts the next one."""
        count = len(self.taken)
        self.taken.clear()
        return count


def _of_a_row(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether a line has a date in the date column, or an address in the address column."""
    row = dict(zip(columns, cells, strict=False))
    days = any(readings(cell.strip()) for cell in cells_of(row, "date") if isinstance(cell, str))
    return days or any(re.match(r"https?://\S+$", str(cell).strip()) for cell in cells_of(row, "url"))


def json_rows(stream: BinaryIO, name: str, settings: Settings) -> Iterator[tuple[str, object] | Failure]:
    """The articles of a JSON array, or of the list in a JSON object, with the location of each.

    Raises `FormatError` if there is no list of articles.
    """
    head = stream.peek(_CHUNK) if hasattr(stream, "peek") else b""
    if head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"[":
        found: Iterator[object] = _elements(stream, settings.input_bytes)
    else:
        text = decode(whole(stream, settings.input_bytes))
        try:
            found = iter(_listed(json.loads(text)))
        except (ValueError, RecursionError) as error:
            try:
                # JSON Lines whose first line begins with a list
                found = iter([json.loads(line) for line in text.splitlines() if line.strip()])
            except (ValueError, RecursionError):
                raise FormatError(f"is damaged JSON ({str(error).splitlines()[0]})") from error
    number = 0
    for number, element in enumerate(found, 1):
        if isinstance(element, Failure):
            yield Failure(f"{name}: article {number}", element.reason)
            return
        if number == 1 and isinstance(element, dict):
            refuse_other(list(element), "JSON list")
        yield f"{name}: article {number}", element
    if not number:
        raise FormatError("is a JSON list without articles")


def refuse_other(columns: Sequence[str], what: str) -> None:
    """Raises `FormatError` if the columns are a data set's, or none contains text."""
    if (kind := data_set_of(columns)) is not None:
        raise FormatError(f"is a data set ({kind}), not reports; import it with: comity import LEDGER {kind} FILE")
    if not {plain_column(c) for c in columns} & set(NAMES["text"]):
        shown = ", ".join(c.strip()[:40] or "(no name)" for c in columns[:_SHOWN]) + (
            ", …" if len(columns) > _SHOWN else ""
        )
        raise FormatError(
            f"is a {what} without a text column (its columns: {shown}); name the column of the reports text, "
            "or if it is a public data set: comity import LEDGER KIND FILE"
        )


@dataclass(frozen=True, slots=True)
class Scrap:
    """A cell with an HTML fragment."""

    html: str


def cells_of(row: Mapping[str, Any], field: str) -> list[Any]:
    """The values of a row in the columns of a field, in order of precedence, without missing cells.

    HTML, as given by WordPress (`rendered`) and JSON Feed (`content_html`), is a `Scrap`.

    >>> cells_of({"Headline": "Peru signs", "title": "NaN"}, "title")
    ['Peru signs']
    >>> cells_of({"title": {"rendered": "Peru &amp; Chile"}}, "title")[0]
    Scrap(html='Peru &amp; Chile')
    """
    by_name: dict[str, Any] = {}
    for column, cell in row.items():
        by_name.setdefault(plain_column(str(column)), cell)
    found = [_unwrapped(row.get(field)), *(_of_page(n, by_name.get(n)) for n in NAMES[field])]
    return [v for v in found if v is not None]


def _of_page(name: str, cell: Any) -> Any:
    inner = _unwrapped(cell)
    return Scrap(inner) if name in _OF_PAGES and isinstance(inner, str) else inner


def _unwrapped(cell: Any) -> Any:
    if isinstance(cell, dict) and len(cell) == 1 and next(iter(cell)) in {"$date", "$oid", "$numberLong"}:
        # as written by MongoDB
        return _unwrapped(next(iter(cell.values())))
    if isinstance(cell, dict) and isinstance(cell.get("rendered"), str):
        # as written by WordPress, next to `protected`
        inner = _unwrapped(cell["rendered"])
        return None if inner is None else Scrap(inner)
    if isinstance(cell, float) and math.isnan(cell):
        return None
    return None if isinstance(cell, str) and cell.strip().casefold() in _MISSING else cell


def _lines_of(head: bytes) -> list[str]:
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(bom):
            text = head.decode(encoding, "ignore")
            break
    else:
        text = head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    return [x for x in text.splitlines() if x.strip() and not x.casefold().startswith("sep=")]


def _quoted(head: bytes, sign: str) -> bool:
    """Whether quotation marks delimit cells; in many tab-separated files they are ordinary characters."""
    if sign != "\t":
        return True
    opens, closes = re.findall(rb'(?:^|\t)"', head, re.MULTILINE), re.findall(rb'"(?:\t|\r?$)', head, re.MULTILINE)
    return len(opens) > 0 and len(opens) == len(closes)


def _characters(stream: BinaryIO, head: bytes, charset: str | None) -> Iterator[str]:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from TextIOWrapper(stream, "utf-16", errors="replace", newline="")
        return
    returns = re.match(rb"[^\r\n]*\r[^\n]", head) is not None
    lines = _ended_by_returns(stream) if returns else iter(stream.readline, b"")
    first, page = True, charset
    ahead: deque[bytes] = deque()
    while line := ahead.popleft() if ahead else next(lines, b""):
        # a NUL does not end the table; the row that contains it is refused
        if page is None and not _is_utf8(line):
            # one encoding for the whole table, determined from all of its first such lines
            ahead.extend(_read_ahead(lines))
            page = code_page(b"".join(x for x in (line, *ahead) if not _is_utf8(x)))
        yield decode(line, page) if first or not line.isascii() else line.decode("ascii")
        first = False


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_ahead(lines: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    while size < _SAMPLE and (line := next(lines, b"")):
        size += len(line)
        yield line


def _ended_by_returns(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a table whose rows end with a carriage return only, as on old Macs."""
    rest = b""
    while part := stream.read(_CHUNK):
        *whole_lines, rest = (rest + part).split(b"\r")
        yield from (line + b"\r" for line in whole_lines)
    if rest:
        yield rest


def _elements(stream: BinaryIO, most: int) -> Iterator[object]:
    """The elements of a JSON array one by one, so that a large file needs the memory of one article."""
    # an invalid UTF-8 byte is preserved, so that its article is refused and not read with another letter
    reader = codecs.getreader("utf-8-sig")(stream, "surrogateescape")
    decoder = json.JSONDecoder()
    buffer, size, started = "", _CHUNK, False
    while True:
        with unpacking():
            part = reader.read(size)
        buffer += part
        while True:
            buffer = buffer.lstrip(" \t\r\n" if not started else " \t\r\n,")
            if not started and buffer:
                buffer, started = buffer[1:].lstrip(), True
            if buffer.startswith("]"):
                return
            try:
                element, end = decoder.raw_decode(buffer)
            except (ValueError, RecursionError) as error:
                if not part or len(buffer) > most or isinstance(error, RecursionError):
                    yield Failure("", "is damaged or exceeds the length limit; nothing after it is read")
                    return
                break
            yield element
            buffer, size = buffer[end:], _CHUNK
        size *= 2


def _listed(value: object, depth: int = 0) -> list[object]:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return [dict(zip(map(str, value["columns"]), r, strict=False)) for r in value["data"] if isinstance(r, list)]
    if cells_of(value, "text") and isinstance(cells_of(value, "text")[0], str | Scrap):
        return [value]
    columns = [v for v in value.values() if isinstance(v, dict)]
    if len(columns) == len(value) > 1 and len({tuple(v) for v in columns}) == 1 and cells_of(value, "text"):
        # the format of pandas: each column with its cells by row
        return [{c: cells[row] for c, cells in value.items()} for row in columns[0]]
    for name in _LISTS:
        inner = value.get(name)
        if isinstance(inner, list) or (isinstance(inner, dict) and depth < _DEEP and _listed(inner, depth + 1)):
            return _listed(inner, depth + 1)
    return [value] if not depth else []
