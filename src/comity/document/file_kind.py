"""The kind of a file, by its first bytes and its name."""

import re
from pathlib import PurePath

from comity.document.article_rows import delimiter, is_one_json
from comity.document.encoding import narrow
from comity.document.json_feed import is_json_feed
from comity.errors import FormatError

_FOREIGN = (
    (b"%PDF", "a PDF; save its text first"),
    (b"PK\x03\x04", "a zip or office file; save its text first"),
    (b"\xd0\xcf\x11\xe0", "an old office file; save its text first"),
    (b"{\\rtf", "an RTF file; save its text first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x7fELF", "a program"),
    (b"BZh", "bzip2-compressed; decompress it first"),
    (b"\xfd7zXZ", "xz-compressed; decompress it first"),
)
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|table|span)[\s>]", re.IGNORECASE
)
_OPENING = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\b[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_NAMESPACE = re.compile(rb"[^<>]{0,2000}\bxmlns\b")
_ROOT = re.compile(rb"<([a-z][\w.:-]*)", re.IGNORECASE)
_FEEDS = {b"rss", b"feed", b"rdf"}
_LINES = {".jsonl", ".ndjson"}
_TABLES = {".csv", ".tsv", ".tab"}
_IN_FOLDERS = {".json", *_TABLES}
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
"""The suffixes of the files in a folder that Comity reads, optionally followed by `.gz` or `.zst`."""


def known(name: str) -> bool:
    """Whether a file of this name in a folder is read.

    >>> known("report.txt"), known("archive.warc.gz"), known("photo.jpg")
    (True, True, False)
    """
    return _bare(name).endswith(SUFFIXES)


def perhaps(name: str) -> bool:
    """Whether a file of this name in a folder is read only if its columns are those of reports.

    >>> perhaps("articles.csv"), perhaps("package.json.gz"), perhaps("report.txt")
    (True, True, False)
    """
    return PurePath(_bare(name)).suffix in _IN_FOLDERS


def _bare(name: str) -> str:
    return name.lower().removesuffix(".gz").removesuffix(".zst")


def kind(head: bytes, name: str = "") -> str:
    r"""The kind of a file, by its first bytes, then by its name: `text`, or one of the kinds below.

    `warc`, `feed`, `page`, `lines` (JSON Lines), `table` (Parquet), `rows` (CSV and TSV) or `array` (JSON).

    Raises `FormatError` for kinds that Comity does not read.

    >>> kind(b"<!DOCTYPE html><title>A treaty</title>", "report.txt"), kind(b"date,text\n2019-01-02,Peru signed.")
    ('page', 'rows')
    """
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
