"""A file of a data set as rows of cells: plain, gzip or zip; comma, semicolon or tab; with or without a header."""

import codecs
import csv
import gzip
import io
import json
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, islice, product
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from comity.data_sets.cells import Cells
from comity.document.code_page import code_page, label
from comity.errors import FormatError, InputError
from comity.settings import DEFAULTS, Settings

_JSON = (".jsonl", ".ndjson", ".json")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PART, _LOOKED_AT, _STRAY = 1 << 20, 1 << 26, 2_000
"""The data used to determine a code page: the size of a part, the numbers of bytes and of non-UTF-8 lines."""
BROKEN = "\0"
"""The beginning of the only cell of a row that could not be split; the rest of the cell gives the reason."""


@dataclass(slots=True)
class Reach:
    """The number of lines that continue a cell of the previous line; rows and these add up to the lines of the file."""

    continued: int = 0


@dataclass(slots=True)
class Sheet:
    """An open file: `header` are its column names as `plain_name`s, empty if it has none.

    `line` is the number of the first line of the last row; `raw` are the unchanged column names.
    """

    name: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, Cells]]
    first: Cells | None = None
    line: int = 0
    notes: tuple[str, ...] = field(default=())
    raw: tuple[str, ...] = field(default=())
    reach: Reach = field(default_factory=Reach)

    @property
    def continued(self) -> int:
        """The number of lines so far that continue a cell of the previous line."""
        return self.reach.continued

    def __iter__(self) -> Iterator[Cells]:
        for number, cells in self.rows:
            self.line = number
            if cells:
                yield cells


def plain_name(column: str) -> str:
    """A column's name in lower case with single underscores, so that "Event ID" is "Event.ID".

    >>> plain_name("Date.of.Signature"), plain_name(" Event ID")
    ('date_of_signature', 'event_id')
    """
    return re.sub(r"[^a-z0-9]+", "_", column.strip().lower()).strip("_")


@lru_cache(maxsize=10_000)
def squeezed(column: str) -> str:
    """A column's name for comparison: "Actor1Code", "actor1_code" and "Actor1 Code" are equal.

    >>> squeezed("Amount (Constant USD2017)") == squeezed("amount_constant_usd_2017")
    True
    """
    return plain_name(column).replace("_", "")


@contextmanager
def texts(path: Path) -> Iterator[list[tuple[str, TextIO, str | None]]]:
    """The text files of a path with their names: the file itself, decompressed if gzip, or the tables of a zip archive.

    Each comes with a description of its decoding if it is not UTF-8.

    Raises `InputError` if it cannot be read and `FormatError` if it is damaged.
    """
    opened: list[BinaryIO] = []
    archive: zipfile.ZipFile | None = None
    try:
        try:
            raw = path.open("rb")
            opened.append(raw)
            head = raw.read(4)
            raw.seek(0)
            if head.startswith(b"PK\x03\x04"):
                archive = zipfile.ZipFile(raw)
                names = [i.filename for i in archive.infolist() if not i.is_dir() and _is_table(i.filename)]
                if not names:
                    raise FormatError("contains no table (csv, tsv, txt, tab, jsonl)")
                out = [(f"{path}:{n}", *_text(partial(_member, archive, n))) for n in names]
            elif head.startswith(b"\x1f\x8b"):
                out = [(str(path), *_text(partial(_unpacked, path)))]
            else:
                out = [(str(path), *_text(partial(_plain_file, path)))]
            opened += [cast("BinaryIO", text) for _, text, _ in out]
        except gzip.BadGzipFile:
            raise
        except (OSError, zipfile.BadZipFile) as error:
            raise InputError(_plain(error)) from error
        yield out
    except (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile) as error:
        raise FormatError(f"is damaged ({error}); fetch it again") from error
    finally:
        if archive is not None:
            archive.close()
        for stream in opened:
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


def _member(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    return cast("BinaryIO", archive.open(name))


def _plain_file(path: Path) -> BinaryIO:
    return path.open("rb")


def _unpacked(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "rb"))


def _as(page: str) -> str:
    """The decoder of bytes that are not UTF-8 in the code page of older data sets."""

    def decoded(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(page, "replace"), error.end

    name = f"comity-{page}"
    codecs.register_error(name, decoded)
    return name


def _text(opened_anew: Callable[[], BinaryIO]) -> tuple[TextIO, str | None]:
    page, decoding = _page_of(opened_anew)
    buffered = io.BufferedReader(cast("io.RawIOBase", opened_anew()), 1 << 16)
    head = buffered.peek(4)[:2]
    encoding = "utf-16" if head in _WIDE else "utf-8-sig"
    return io.TextIOWrapper(buffered, encoding=encoding, errors=_as(page), newline=""), decoding


def _page_of(opened_anew: Callable[[], BinaryIO]) -> tuple[str, str | None]:
    """The code page of the bytes of a file that are not UTF-8, and its description; null if all are UTF-8."""
    stray: list[bytes] = []
    size, rest = 0, b""
    with opened_anew() as raw:
        while size < _LOOKED_AT and len(stray) < _STRAY and (part := raw.read(_PART)):
            if not size and part[:2] in _WIDE:
                return "cp1252", None
            size += len(part)
            part = rest + part
            cut = part.rfind(b"\n") + 1
            part, rest = part[:cut], part[cut:]
            stray += _not_utf8(part)
    stray += _not_utf8(rest)
    if not stray:
        return "cp1252", None
    try:
        page = code_page(b"\n".join(stray))
    except FormatError as error:
        return "cp1252", f"read as windows-1252, which is a guess: it {error}"
    return page, f"is not UTF-8; read as {label(page)}, judged by its words"


def _not_utf8(part: bytes) -> list[bytes]:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        lines = part.splitlines()
        return [x for x in lines if "\ufffd" in x.decode("utf-8", "replace")]
    return []


def opened(
    name: str,
    text: TextIO,
    is_header: Callable[[tuple[str, ...]], bool],
    *,
    quoted: bool = True,
    renamed: Mapping[str, str] | None = None,
    settings: Settings = DEFAULTS,
) -> Sheet:
    """The rows of a text file. The header is the first line whose column names `is_header` recognizes.

    Notes above it are kept. If there is none, the file has no header: `first` is its first row. `renamed` renames
    columns by their `squeezed` name. In a tab-separated file that is not `quoted`, quotation marks are ordinary
    characters.
    """
    start = list(islice(iter(text.readline, ""), settings.header_lines))
    if not any(line.strip() for line in start):
        raise FormatError("is empty")
    lines = chain(start, text)
    if start[0].lstrip()[:1] == "{":
        return _json_lines(name, lines, start, renamed or {})
    signs = _delimiters(start)
    # lines above the header are split one by one; a decimal comma may be more frequent than the semicolon
    for sign, (n, line) in product(signs, enumerate(start)):
        literal = not quoted and sign == "\t"
        raw = tuple(_apart(line, sign, literal=literal))
        names = _renamed(raw, renamed or {})
        if is_header(names):
            notes = tuple(" ".join(c for c in _apart(x, sign, literal=literal) if c) for x in start[:n])
            reach = Reach()
            rows = _rows(islice(lines, n + 1, None), sign, len(names), n + 1, reach, literal=literal)
            return Sheet(name, names, rows, line=n + 1, notes=notes, raw=raw, reach=reach)
    sign = signs[0]
    literal = not quoted and sign == "\t"
    apart = (tuple(_apart(line, sign, literal=literal)) for line in start)
    first = next((cells for cells in apart if any(c.strip() for c in cells)), ())
    names = _renamed(first, renamed or {})
    reach = Reach()
    rows = _rows(lines, sign, len(first), 0, reach, literal=literal)
    return Sheet(name, names, rows, first=first, raw=first, reach=reach)


def _renamed(raw: Sequence[str], renamed: Mapping[str, str]) -> tuple[str, ...]:
    """Plain names, with the user's renaming applied; no other column keeps a name assigned so."""
    names = [plain_name(c) for c in raw]
    given = [renamed.get(squeezed(n)) for n in names]
    taken = {squeezed(g) for g in given if g}
    return tuple(g or (f"{n}_own" if squeezed(n) in taken else n) for n, g in zip(names, given, strict=True))


_JOINED = 200
"""The maximum number of lines of a quoted cell."""
Numbered = tuple[int, Cells]


def _rows(
    lines: Iterable[str], sign: str, width: int, before: int, reach: Reach, *, literal: bool
) -> Iterator[Numbered]:
    """The rows, each with the number of its first line. A stray quotation mark never affects other rows."""
    source = enumerate(lines, before + 1)
    pending: deque[tuple[int, str]] = deque()
    while True:
        number, line = pending.popleft() if pending else next(source, (0, ""))
        if not number:
            return
        if "\0" in line:
            yield number, [f"{BROKEN}contains NUL characters"]
        elif literal and '"' in line:
            yield number, [_bare(c) for c in line.rstrip("\r\n").split(sign)]
        elif '"' not in line:
            yield number, _split(line.rstrip("\r\n"), sign, width) if line.strip(" \r\n") else ()
        else:
            yield number, _quoted(line, source, pending, sign, width, reach)


def _split(line: str, sign: str, width: int) -> list[str]:
    """The cells of a line without quotation marks; a semicolon followed by a blank may be part of a cell.

    >>> _split("Kenya;2013; 2014;New", ";", 3), _split("Kenya; 2013;New", ";", 3)
    (['Kenya', '2013; 2014', 'New'], ['Kenya', ' 2013', 'New'])
    """
    cells = line.split(sign)
    if sign == ";" and len(cells) > width:
        whole = re.split(r";(?! )", line)
        return whole if len(whole) == width else cells
    return cells


def _bare(cell: str) -> str:
    """A cell without the quotation marks around all of it.

    >>> _bare('"Peru"'), _bare('"Daily" Times'), _bare('"'), _bare('"The ""Star"" of"')
    ('Peru', '"Daily" Times', '"', 'The "Star" of')
    """
    inner = cell[1:-1].replace('""', "") if len(cell) > 1 and cell[0] == cell[-1] == '"' else '"'
    return cell if '"' in inner else cell[1:-1].replace('""', '"')


def _quoted(
    line: str, source: Iterator[tuple[int, str]], pending: deque[tuple[int, str]], sign: str, width: int, reach: Reach
) -> Sequence[str]:
    """The cells of a row with quotation marks; the further lines of a cell are taken from `source`.

    Lines read ahead that belong to other rows are put into `pending`. Lines are joined into one row only if no line
    after the first could be a row by itself, or the first could not: otherwise each has a stray mark, and both are
    rows.
    """
    cells, unfinished = _strictly(line, sign)
    if cells is not None:
        return cells
    whole = _alone(line, sign, width)
    ahead: list[tuple[int, str]] = []
    text = line
    while unfinished and len(ahead) < _JOINED:
        number, more = pending.popleft() if pending else next(source, (0, ""))
        if not number:
            break
        ahead.append((number, more))
        # a complete row follows: the mark is an ordinary character, not an opening quote
        follows, _ = (None, False) if more.count('"') % 2 else _strictly(more, sign)
        if width > 1 and (
            (follows is not None and len(follows) == width) or (whole is not None and _alone(more, sign, width))
        ):
            break
        text += more
        cells, unfinished = _strictly(text, sign)
        if cells is not None and len(cells) == width:
            reach.continued += len(ahead)
            return cells
    pending.extendleft(reversed(ahead))
    return whole if whole is not None else _loosely(line, sign)


def _alone(line: str, sign: str, width: int) -> list[str] | None:
    """The cells of a line that is a row by itself, allowing one stray quotation mark; otherwise null.

    >>> _alone('Peru,"Lima, the port","x', ",", 3), _alone('"Lima","x', ",", 3)
    (['Peru', 'Lima, the port', '"x'], None)
    """
    plain = line.rstrip("\r\n")
    for cells in (_by_marks(plain, sign), _loosely(plain, sign), plain.split(sign)):
        if len(cells) == width:
            return cells
    for at in (i for i, c in enumerate(plain) if c == '"'):
        cells_without, _ = _strictly(plain[:at] + plain[at + 1 :], sign)
        if cells_without is not None and len(cells_without) == width:
            return cells_without
    return None


def _by_marks(line: str, sign: str) -> list[str]:
    """The cells of a line in which only quotation marks around a complete cell are delimiters.

    >>> _by_marks('"Peru,"Lima, port",x"', ",")
    ['"Peru', 'Lima, port', 'x"']
    """
    return [_bare(c) if '"' in c else c for c in _CELLS[sign].findall(line)]


_CELL = r'(?:^|(?<=SIGN))("(?:[^"]|"")*+"(?=SIGN|$)|[^SIGN]*)'
_COMMA, _SEMICOLON = re.compile(_CELL.replace("SIGN", ",")), re.compile(_CELL.replace("SIGN", ";"))
_TAB, _BAR = re.compile(_CELL.replace("SIGN", "\t")), re.compile(_CELL.replace("SIGN", r"\|"))
_CELLS = {",": _COMMA, ";": _SEMICOLON, "\t": _TAB, "|": _BAR}


def _loosely(line: str, sign: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=sign), [])


def _strictly(text: str, sign: str) -> tuple[list[str] | None, bool]:
    """The cells of a row whose quotation marks are all valid, otherwise null, and whether one is still open."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        return None, "unexpected end" in str(error)
    return (rows[0], False) if len(rows) == 1 else (None, False)


def _apart(line: str, sign: str, *, literal: bool) -> list[str]:
    """The cells of a single line."""
    line = line.rstrip("\r\n")
    return [_bare(c) for c in line.split(sign)] if literal else next(csv.reader([line], delimiter=sign), [])


def _delimiters(start: Sequence[str]) -> list[str]:
    """The possible delimiters: first the most frequent one in the fullest of the first lines."""
    return sorted("\t;,|", key=lambda d: -max(line.count(d) for line in start))


def _json_lines(name: str, lines: Iterable[str], start: Sequence[str], renamed: Mapping[str, str]) -> Sheet:
    """JSON objects, one per line; the columns are the keys of the first lines."""
    names: dict[str, None] = {}
    for line in start:
        try:
            found = json.loads(line)
        except ValueError:
            continue
        names.update(dict.fromkeys(found) if isinstance(found, dict) else {})
    raw = tuple(names)

    def cells(line: str) -> Cells:
        try:
            found = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError) as error:
            return [f"{BROKEN}is not JSON ({error})"]
        if found is None:
            return ()
        return [_cell(found.get(c)) for c in raw] if isinstance(found, dict) else [f"{BROKEN}is not a JSON object"]

    rows = ((n, cells(line)) for n, line in enumerate(lines, 1))
    return Sheet(name, _renamed(raw, renamed), rows, raw=raw)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # lone surrogates and NUL cannot be stored in a table
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
