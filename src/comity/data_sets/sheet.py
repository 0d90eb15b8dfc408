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
"""How much of a file is looked at for its code page: in such parts, so many bytes, so many lines that are not UTF-8."""
BROKEN = "\0"
"""What the only cell of a row begins with that could not be taken apart; the rest of it says why."""


@dataclass(slots=True)
class Reach:
    """How many lines go on with a cell of the line before; with them, the rows add up to the lines of the file."""

    continued: int = 0


@dataclass(slots=True)
class Sheet:
    """An opened file: `header` are its column names as `plain_name` writes them, empty where it has none.

    `line` is the number of the first line of the row that was given last; `raw` are the column names as they stand.
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
        """How many lines so far go on with a cell of the line before."""
        return self.reach.continued

    def __iter__(self) -> Iterator[Cells]:
        for number, cells in self.rows:
            self.line = number
            if cells:
                yield cells


def plain_name(column: str) -> str:
    """A column's name in small letters with single underscores, so that "Event ID" is "Event.ID".

    >>> plain_name("Date.of.Signature"), plain_name(" Event ID")
    ('date_of_signature', 'event_id')
    """
    return re.sub(r"[^a-z0-9]+", "_", column.strip().lower()).strip("_")


@lru_cache(maxsize=10_000)
def squeezed(column: str) -> str:
    """A column's name as it is compared: "Actor1Code", "actor1_code" and "Actor1 Code" are one.

    >>> squeezed("Amount (Constant USD2017)") == squeezed("amount_constant_usd_2017")
    True
    """
    return plain_name(column).replace("_", "")


@contextmanager
def texts(path: Path) -> Iterator[list[tuple[str, TextIO, str | None]]]:
    """The text files in a path with their names: itself, unpacked where it is gzip, or the tables of a zip archive.

    With each comes how its letters are read, in words, where it is not UTF-8.

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
                out = [(f"{path}:{n}", *_text(partial(_member, archive, n))) for n in names]
            elif head.startswith(b"\x1f\x8b"):
                out = [(str(path), *_text(partial(_unpacked, path)))]
            else:
                out = [(str(path), *_text(partial(_plain_file, path)))]
            held += [cast("BinaryIO", text) for _, text, _ in out]
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


def _member(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    return cast("BinaryIO", archive.open(name))


def _plain_file(path: Path) -> BinaryIO:
    return path.open("rb")


def _unpacked(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "rb"))


def _as(page: str) -> str:
    """What decodes bytes that are no UTF-8 as letters of a code page, as older data sets have them."""

    def decoded(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(page, "replace"), error.end

    name = f"comity-{page}"
    codecs.register_error(name, decoded)
    return name


def _text(opened_anew: Callable[[], BinaryIO]) -> tuple[TextIO, str | None]:
    page, told = _page_of(opened_anew)
    buffered = io.BufferedReader(cast("io.RawIOBase", opened_anew()), 1 << 16)
    head = buffered.peek(4)[:2]
    encoding = "utf-16" if head in _WIDE else "utf-8-sig"
    return io.TextIOWrapper(buffered, encoding=encoding, errors=_as(page), newline=""), told


def _page_of(opened_anew: Callable[[], BinaryIO]) -> tuple[str, str | None]:
    """The code page of the bytes of a file that are no UTF-8, and what is to be told of it; null where all are."""
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
    return page, f"is not UTF-8; read as {label(page)}, by how its words read"


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
    """The rows of a text file. The header is the first line whose column names `is_header` knows.

    Notes above it are kept. Where no line does, the file is taken to have no header: `first` is its first row.
    `renamed` gives columns by their `squeezed` name another one. In a file that is not `quoted` and has tabs between
    its cells, quotation marks are letters as any other.
    """
    start = list(islice(iter(text.readline, ""), settings.header_lines))
    if not any(line.strip() for line in start):
        raise FormatError("is empty")
    lines = chain(start, text)
    if start[0].lstrip()[:1] == "{":
        return _json_lines(name, lines, start, renamed or {})
    signs = _delimiters(start)
    # lines above the header are taken apart each by itself; a decimal comma may be more frequent than the semicolon
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
    """Plain names, those that the user renamed by the name that they were given, which no other column keeps."""
    names = [plain_name(c) for c in raw]
    given = [renamed.get(squeezed(n)) for n in names]
    taken = {squeezed(g) for g in given if g}
    return tuple(g or (f"{n}_own" if squeezed(n) in taken else n) for n, g in zip(names, given, strict=True))


_JOINED = 200
"""Over how many lines a cell in quotation marks may reach."""
Numbered = tuple[int, Cells]


def _rows(
    lines: Iterable[str], sign: str, width: int, before: int, reach: Reach, *, literal: bool
) -> Iterator[Numbered]:
    """The rows, each with the number of its first line. A stray quotation mark never takes other rows with it."""
    source = enumerate(lines, before + 1)
    held: deque[tuple[int, str]] = deque()
    while True:
        number, line = held.popleft() if held else next(source, (0, ""))
        if not number:
            return
        if "\0" in line:
            yield number, [f"{BROKEN}holds characters that are none (NUL)"]
        elif literal and '"' in line:
            yield number, [_bare(c) for c in line.rstrip("\r\n").split(sign)]
        elif '"' not in line:
            yield number, _split(line.rstrip("\r\n"), sign, width) if line.strip(" \r\n") else ()
        else:
            yield number, _quoted(line, source, held, sign, width, reach)


def _split(line: str, sign: str, width: int) -> list[str]:
    """The cells of a line without quotation marks; a semicolon with a blank behind it may be one of a cell's own.

    >>> _split("Kenya;2013; 2014;New", ";", 3), _split("Kenya; 2013;New", ";", 3)
    (['Kenya', '2013; 2014', 'New'], ['Kenya', ' 2013', 'New'])
    """
    cells = line.split(sign)
    if sign == ";" and len(cells) > width:
        whole = re.split(r";(?! )", line)
        return whole if len(whole) == width else cells
    return cells


def _bare(cell: str) -> str:
    """A cell without the quotation marks that a programme put around all of it.

    >>> _bare('"Peru"'), _bare('"Daily" Times'), _bare('"'), _bare('"The ""Star"" of"')
    ('Peru', '"Daily" Times', '"', 'The "Star" of')
    """
    inner = cell[1:-1].replace('""', "") if len(cell) > 1 and cell[0] == cell[-1] == '"' else '"'
    return cell if '"' in inner else cell[1:-1].replace('""', '"')


def _quoted(
    line: str, source: Iterator[tuple[int, str]], held: deque[tuple[int, str]], sign: str, width: int, reach: Reach
) -> Sequence[str]:
    """The cells of a row with quotation marks; the lines over which one of its cells reaches are taken from `source`.

    What was read ahead and belongs to other rows is put into `held`. Lines are one row only where no line after the
    first could be a row of its own, or where the first is none: else each has a stray mark, and both are rows.
    """
    cells, unfinished = _strictly(line, sign)
    if cells is not None:
        return cells
    whole = _alone(line, sign, width)
    ahead: list[tuple[int, str]] = []
    text = line
    while unfinished and len(ahead) < _JOINED:
        number, more = held.popleft() if held else next(source, (0, ""))
        if not number:
            break
        ahead.append((number, more))
        # a whole row follows: the mark is a letter, no beginning
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
    held.extendleft(reversed(ahead))
    return whole if whole is not None else _loosely(line, sign)


def _alone(line: str, sign: str, width: int) -> list[str] | None:
    """The cells of a line that is a row by itself, where one of its quotation marks may be a stray one; else null.

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
    """The cells of a line in which only marks around the whole of a cell are none of its letters.

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
    """The cells of a row whose quotation marks are all in their place, else null, and whether one is still open."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        return None, "unexpected end" in str(error)
    return (rows[0], False) if len(rows) == 1 else (None, False)


def _apart(line: str, sign: str, *, literal: bool) -> list[str]:
    """The cells of one line by itself."""
    line = line.rstrip("\r\n")
    return [_bare(c) for c in line.split(sign)] if literal else next(csv.reader([line], delimiter=sign), [])


def _delimiters(start: Sequence[str]) -> list[str]:
    """The signs that may stand between cells: first the one of which most stand in the fullest of the first lines."""
    return sorted("\t;,|", key=lambda d: -max(line.count(d) for line in start))


def _json_lines(name: str, lines: Iterable[str], start: Sequence[str], renamed: Mapping[str, str]) -> Sheet:
    """Objects, a line each; the columns are the names that the first lines have."""
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
            return [f"{BROKEN}is no JSON ({error})"]
        if found is None:
            return ()
        return [_cell(found.get(c)) for c in raw] if isinstance(found, dict) else [f"{BROKEN}is no JSON object"]

    rows = ((n, cells(line)) for n, line in enumerate(lines, 1))
    return Sheet(name, _renamed(raw, renamed), rows, raw=raw)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # halves of characters and NUL can be kept by no table
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
