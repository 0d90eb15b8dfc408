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
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|table|span)[\s>]", re.IGNORECASE
)
_LINES = {".jsonl", ".ndjson"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SUFFIXES = (".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", *sorted(_LINES), ".warc", ".parquet")
"""What a file in a folder must be called, with `.gz` or `.zst` after it or not, for Comity to read it."""


def known(name: str) -> bool:
    """Whether a file of this name is read when it lies in a folder.

    >>> known("report.txt"), known("archive.warc.gz"), known("photo.jpg")
    (True, True, False)
    """
    return _bare(name).endswith(SUFFIXES)


def _bare(name: str) -> str:
    return name.lower().removesuffix(".gz").removesuffix(".zst")


def kind(head: bytes, name: str = "") -> str:
    """`warc`, `feed`, `page`, `lines` (JSON Lines), `table` (Parquet) or `text`, by the first bytes, then by the name.

    Raises `FormatError` for bytes that are of a kind that Comity does not read.

    >>> kind(b"<!DOCTYPE html><title>A treaty</title>", "report.txt")
    'page'
    """
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise FormatError(f"is {what}")
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "table"
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    suffix = PurePath(_bare(name)).suffix
    if start.startswith(b"<"):
        if _FEED.search(start[:2048]):
            return "feed"
        if _PAGE.search(start) or suffix in {".html", ".htm", ".xhtml"}:
            return "page"
        if start.startswith(b"<?xml"):
            raise FormatError("is XML, but neither a feed nor a web page")
    if suffix in _LINES or re.match(rb'\{\s*"[\w-]+"\s*:', start):
        return "lines"
    if suffix in {".html", ".htm", ".xhtml"}:
        return "page"
    return "text"


def decode(data: bytes) -> str:
    """The characters of a text file: UTF-8 or UTF-16/32, else the encoding that the bytes look like.

    A byte order mark is no part of the text. Raises `FormatError` for what is no text.

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
        text = _western(data)
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


def _western(data: bytes) -> str:
    high = sum(b > 127 for b in data[:100_000])
    if high <= 0.3 * len(data[:100_000]):
        # text in English with a few accents or curly quotes: the page that Windows and old sites use
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    from trafilatura.utils import detect_encoding

    for encoding in detect_encoding(data):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise FormatError("is in no encoding that could be told; save it as UTF-8")
