"""Bytes to characters, and what kind of file the bytes are."""

import codecs
import re
from pathlib import PurePath

from comity.errors import FormatError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    (b"%PDF", "a PDF; save its text first"),
    (b"PK\x03\x04", "a zip or office file; save its text first"),
    (b"\xd0\xcf\x11\xe0", "an old office file; save its text first"),
    (b"{\\rtf", "an RTF file; save its text first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x7fELF", "a program"),
    (b"BZh", "bzip2-compressed; unpack it first"),
    (b"\xfd7zXZ", "xz-compressed; unpack it first"),
)
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|table|span)[\s>]", re.IGNORECASE
)
_OPENING = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\b[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_NAMESPACE = re.compile(rb"[^<>]{0,2000}\bxmlns\b")
_ROOT = re.compile(rb"<([a-z][\w.:-]*)", re.IGNORECASE)
_FEEDS = {b"rss", b"feed", b"rdf"}
_META = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)
_META_WITHIN = 8192
_AS_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""Encodings that pages name and the wider ones that they mean, as browsers read them."""
_KNOWN_AS_X = ("mac-", "gbk", "gb18030", "euc-", "x-big5", "big5", "koi8", "iso-")
HTML = frozenset({"text/html", "application/xhtml+xml"})
"""The media types of web pages."""
_LINES = {".jsonl", ".ndjson"}
_TABLES = {".csv", ".tsv", ".tab"}
_IN_FOLDERS = {".json", *_TABLES}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SUFFIXES = (
    ".txt",
    ".text",
    ".html",
    ".htm",
    ".xhtml",
    ".xml",
    ".rss",
    ".atom",
    *sorted(_LINES),
    ".warc",
    ".wet",
    ".parquet",
)
"""What a file in a folder must be called, with `.gz` or `.zst` after it or not, for Comity to read it."""


def known(name: str) -> bool:
    """Whether a file of this name is read when it lies in a folder.

    >>> known("report.txt"), known("archive.warc.gz"), known("photo.jpg")
    (True, True, False)
    """
    return _bare(name).endswith(SUFFIXES)


def perhaps(name: str) -> bool:
    """Whether a file of this name is read when it lies in a folder, but only where it holds reports by its columns.

    >>> perhaps("articles.csv"), perhaps("package.json.gz"), perhaps("report.txt")
    (True, True, False)
    """
    return PurePath(_bare(name)).suffix in _IN_FOLDERS


def _bare(name: str) -> str:
    return name.lower().removesuffix(".gz").removesuffix(".zst")


def kind(head: bytes, name: str = "") -> str:
    r"""What a file is, by its first bytes, then by its name: `text`, or one of the kinds below.

    `warc`, `feed`, `page`, `lines` (JSON Lines), `table` (Parquet), `rows` (CSV and TSV) or `array` (JSON).

    Raises `FormatError` for bytes that are of a kind that Comity does not read.

    >>> kind(b"<!DOCTYPE html><title>A treaty</title>", "report.txt"), kind(b"date,text\n2019-01-02,Peru signed.")
    ('page', 'rows')
    """
    # here, since what reads rows decodes them first
    from comity.document.article_rows import delimiter, is_one_json
    from comity.document.json_feed import is_json_feed

    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise FormatError(f"is {what}")
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "table"
    start = narrow(head).lstrip()
    suffix = PurePath(_bare(name)).suffix
    if start.startswith(b"<") and (markup := _markup(start, suffix)) is not None:
        return markup
    if suffix in _LINES:
        return "lines"
    if is_json_feed(start):
        return "feed"
    if is_one_json(start, named=suffix == ".json"):
        return "array"
    if suffix == ".json" or re.match(rb'\{\s*"[\w -]+"\s*:', start):
        return "lines"
    if suffix in {".html", ".htm", ".xhtml"}:
        return "page"
    return "rows" if suffix in _TABLES or delimiter(head, named=False) is not None else "text"


def _markup(start: bytes, suffix: str) -> str | None:
    at = 0
    while found := _OPENING.match(start, at):
        at = found.end()
    root = _ROOT.match(start, at)
    if root and root[1].lower().rpartition(b":")[2] in _FEEDS:
        return "feed"
    if _PAGE.search(start) or suffix in {".html", ".htm", ".xhtml"}:
        return "page"
    if start.startswith(b"<?xml") or (root and _NAMESPACE.match(start, root.end())):
        raise FormatError("is XML, but neither a feed nor a web page")
    return None


def narrow(data: bytes) -> bytes:
    """The bytes as UTF-8 without a mark, where a mark tells what they are; what they declare of themselves goes too."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data.decode(encoding, "ignore").lstrip()
            return re.sub(r"^<\?xml\b[^>]*\?>", '<?xml version="1.0"?>', text).encode("utf-8")
    return data


def media_type(told: str) -> str:
    """A media type without its parameters, in small letters.

    >>> media_type("Text/HTML; Charset=UTF-8")
    'text/html'
    """
    return told.partition(";")[0].strip().lower()


def charset_of(told: str) -> str | None:
    """The charset that a media type names; null where it names none.

    >>> charset_of('Text/HTML; Charset="windows-1250"'), charset_of("text/html")
    ('windows-1250', None)
    """
    found = re.search(r";\s*+charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", told, re.IGNORECASE)
    return found[1] if found else None


def page_text(data: bytes, charset: str | None = None) -> str:
    """The characters of a web page or a feed in the encoding that is stated, else in the one that its words show.

    A byte order mark counts before the server's word, and that before the page's own. What is UTF-8 by its bytes is
    so whatever one-byte encoding is stated: such text is never UTF-8 by chance. Where nothing is stated that the bytes
    are of, their words tell. Raises `FormatError` where these leave it open.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    own = _META.search(data[:_META_WITHIN])
    for stated in (charset, (own[1] or own[2]).decode("ascii") if own else None):
        if stated and (text := _stated(data, stated)) is not None:
            return text
    return _by_words(data)


def _stated(data: bytes, label: str) -> str | None:
    try:
        name = codecs.lookup(_plain_label(label)).name
        name = _AS_BROWSERS.get(name, name)
        text = data.decode(name, "replace")
    except LookupError:
        return None
    # a stray byte is no reason to guess anew; many are
    return text if text.count("\ufffd") <= len(text) / 1000 else None


def _plain_label(label: str) -> str:
    """A charset's label as Python knows it.

    >>> _plain_label("x-cp1250"), _plain_label("win1251"), _plain_label("UTF-8")
    ('cp1250', 'cp1251', 'utf-8')
    """
    plain = label.strip().lower()
    if page := re.fullmatch(r"(?:x-)?(?:cp|win|windows|ms|ansi|dos)?[-_]?(125\d|874)", plain):
        return f"cp{page[1]}"
    plain = plain.replace("windows-31j", "cp932").replace("x-sjis", "cp932")
    return plain.removeprefix("x-x-").removeprefix("x-") if plain[2:].startswith(_KNOWN_AS_X) else plain


def decode(data: bytes, charset: str | None = None) -> str:
    """The characters of a text file: UTF-8 or UTF-16/32, else `charset`, else the code page that its words show.

    A byte order mark is no part of the text. Raises `FormatError` for what is no text, and where the code page cannot
    be told.

    >>> decode("Café".encode("cp1252"))
    'Café'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if b"\0" in data:
        return _wide(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = (_stated(data, charset) if charset else None) or _by_words(data)
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) / 50:
        raise FormatError("is binary, not text")
    return text


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormatError(f"claims to be {encoding.upper()} but is not, from byte {error.start}") from error


def _wide(data: bytes) -> str:
    # English in UTF-16 without a mark has a NUL in every other byte
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    half = len(data[:4096]) / 2
    for share, other, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if share > 0.7 * half and other < 0.05 * half:
            return _decoded(data, encoding)
    raise FormatError("is binary, not text (it holds NUL bytes)")


def _by_words(data: bytes) -> str:
    """The characters of bytes that are no UTF-8 and do not say what they are."""
    # here, since it needs tables that most files do not
    from comity.document.code_page import code_page

    text = data.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    if stray <= len(text) / 1000 and len(text) - len(text.encode("ascii", "ignore")) > 2 * stray:
        # UTF-8 with a stray byte or two, which stay marked as such
        return text
    return data.decode(code_page(data), "replace")
