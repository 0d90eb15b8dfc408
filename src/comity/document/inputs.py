"""All inputs: files, folders, standard input, addresses; each yields documents, and a failure for each unreadable one.

A failed input does not stop the others. A folder yields its files in the order of their paths; files of kinds that
Comity does not read (the images and scripts of a saved page) are skipped silently, and a folder without any readable
file is a failure.
"""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from comity.document.address import Fetched, fetch
from comity.document.article_rows import Scrap, cells_of, holds_reports
from comity.document.collection import COLLECTIONS, Raw, raws, table
from comity.document.data_set_header import data_set_of
from comity.document.dateline import dateline, day
from comity.document.document import Document, Failure
from comity.document.encoding import charset_of, decode
from comity.document.extraction import EXTRACTOR, Extracted, extract_feed, extract_page, extract_scrap, version
from comity.document.file_kind import SUFFIXES, kind, known, perhaps
from comity.document.language_identification import language_of
from comity.document.layout import lay_out
from comity.document.stamp import stated_day
from comity.document.stream import opened, whole
from comity.errors import InputError
from comity.settings import DEFAULTS, Settings

__all__ = ["Failure", "documents", "files_in", "from_fetched", "from_raw", "from_text", "given"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_INTERVAL = re.compile(r"(?:\.\.|[\dX-]+[~?%]?)?/(?:\.\.|[\dX-]+[~?%]?)?")


def documents(
    path_or_address: str | Path, *, published: str | None = None, settings: Settings = DEFAULTS
) -> Iterator[Document | Failure]:
    """The documents of a file, a folder, an http(s) address or `-` (standard input), in order.

    The bytes determine the kind: text, web pages, feeds (RSS, Atom, JSON Feed), JSON Lines and JSON arrays of
    documents, tables (CSV, TSV) with a text column, web archives (WARC, WET), each also compressed with gzip or zstd,
    and Parquet. An unreadable input is a `Failure` with its reason. `published` applies to documents without a date in
    their metadata, and takes precedence over a dateline in their text. Raises `InputError` only if `published` is not a
    date.
    """
    published = given(published)
    name = str(path_or_address)
    try:
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", name):
            yield from from_fetched(fetch(name, settings), published=published, settings=settings)
        elif name == "-":
            yield from _stream(sys.stdin.buffer, name, published, settings)
        elif Path(name).is_dir():
            yield from _folder(Path(name), published, settings)
        else:
            with Path(name).open("rb") as raw:
                yield from _stream(raw, name, published, settings)
    except InputError as error:
        yield Failure(name, str(error))
    except (OSError, ValueError) as error:
        # a ValueError is an invalid path, such as one with a NUL
        yield Failure(name, _why(error))


def from_fetched(
    fetched: Fetched, *, published: str | None = None, settings: Settings = DEFAULTS
) -> Iterator[Document | Failure]:
    """The documents of a fetched address, whatever its kind; `published` as in `documents`.

    >>> [d.text for d in from_fetched(Fetched("https://example.org/a.txt", b"Kenya met Uganda."))]
    ['Kenya met Uganda.']
    """
    charset = charset_of(fetched.media_type)
    try:
        yield from _stream(BytesIO(fetched.data), fetched.url, published, settings, charset)
    except InputError as error:
        yield Failure(fetched.url, str(error))


def from_text(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    source: str | None = None,
    settings: Settings = DEFAULTS,
) -> Document | Failure:
    """The document of a plain text, which is kept unchanged; its headline, if any, is part of it.

    >>> found = from_text("Kenya and Uganda signed a trade agreement in Nairobi.", published="2021-05-04")
    >>> found.published, found.published_basis, found.language
    ('2021-05-04', 'given', 'en')
    """
    return _document(text, None, title, None, given(published), source, settings)


def files_in(folder: Path) -> list[Path]:
    """The readable files of a folder and its subfolders, in the order of their paths; hidden ones are left out.

    >>> files_in(Path("no such folder"))
    []
    """
    return sorted(
        Path(place) / file
        for place, _, files in os.walk(folder)
        for file in files
        if (known(file) or (perhaps(file) and _of_reports(Path(place) / file)))
        and not any(p.startswith(".") for p in (Path(place) / file).relative_to(folder).parts)
    )


def _folder(folder: Path, published: str | None, settings: Settings) -> Iterator[Document | Failure]:
    found = files_in(folder)
    if not found:
        yield Failure(
            str(folder), f"contains no file that Comity reads ({', '.join(SUFFIXES)}, or these with .gz or .zst)"
        )
    for path in found:
        yield from documents(path, published=published, settings=settings)


def _of_reports(path: Path) -> bool:
    """Whether a table or JSON file in a folder contains reports or a data set: many contain neither."""
    try:
        with path.open("rb") as raw:
            head, _ = opened(raw)
        return holds_reports(head)
    except (InputError, OSError):
        return False


def _stream(
    raw: BinaryIO, name: str, published: str | None, settings: Settings, charset: str | None = None
) -> Iterator[Document | Failure]:
    head, stream = opened(raw)
    if not head:
        yield Failure(name, "is empty")
        return
    what = kind(head, name)
    if what in COLLECTIONS:
        for read in table(Path(name), name) if what == "table" else raws(stream, name, what, settings, charset):
            yield read if isinstance(read, Failure) else from_raw(read, published=published, settings=settings)
    else:
        data = whole(stream, settings.input_bytes)
        if what == "feed":
            yield from _feed(data, name, published, settings, charset)
        elif what == "page":
            yield _page(data, name, name if "://" in name else None, published, settings, charset)
        else:
            yield _document(decode(data, charset), None, None, None, published, name, settings)


def from_raw(raw: Raw, *, published: str | None = None, settings: Settings = DEFAULTS) -> Document | Failure:
    """The document of an item of a collection; `published` as in `documents`, already an EDTF date."""
    if isinstance(raw.data, Mapping):
        return _row(raw.data, raw.where, raw.source, published, settings)
    if raw.form == "warc":
        return _page(raw.data, raw.where, raw.source, published, settings, raw.charset)
    if raw.form == "wet":
        try:
            return _document(decode(raw.data, raw.charset), None, None, None, published, raw.source, settings)
        except InputError as error:
            return Failure(raw.where, str(error))
    return _line(raw.data, raw.where, raw.source, published, settings)


def _line(line: bytes, where: str, name: str, published: str | None, settings: Settings) -> Document | Failure:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Failure(where, "line is not UTF-8")
    except (ValueError, RecursionError) as error:
        return Failure(where, f"line is not JSON ({str(error).splitlines()[0]})")
    if not isinstance(row, dict):
        return Failure(where, "line is not a JSON object")
    return _row(row, where, name, published, settings, what="line")


def _row(
    row: Mapping[str, Any], where: str, name: str, published: str | None, settings: Settings, *, what: str = "row"
) -> Document | Failure:
    texts = cells_of(row, "text")
    if not texts and (kind_of_set := data_set_of(row)) is not None:
        return Failure(
            where, f"is a row of a data set, not a report; import it with: comity import LEDGER {kind_of_set} FILE"
        )
    if not texts:
        return Failure(where, f"{what} has no text")
    try:
        text = _without_tags(texts[0], settings)
        titles = (_without_tags(t, settings) for t in cells_of(row, "title"))
        title = next((t for t in titles if isinstance(t, str) and t and not _unwritable(t)), None)
    except InputError as error:
        return Failure(where, str(error))
    if isinstance(text, list) and text and all(isinstance(p, str) for p in text):
        text = "\n\n".join(text)
    if not isinstance(text, str):
        return Failure(where, "field 'text' is not a string")
    # a field of another type is left out; the report matters more
    date = next((d for stamp in cells_of(row, "date") if (d := _day_or_interval(stamp)) is not None), None)
    source = next((u for u in cells_of(row, "url") if isinstance(u, str) and not _unwritable(u)), None) or name
    found = _document(text, _key(row), title, date, published, source, settings)
    return Failure(where, found.reason) if isinstance(found, Failure) else found


def _day_or_interval(stamp: object) -> str | None:
    if isinstance(stamp, str) and _INTERVAL.fullmatch(stamp.strip()):
        return stamp.strip()
    return stated_day(stamp)


def _key(row: Mapping[str, Any]) -> str | None:
    """The id of a row in its collection; an integer that was stored as a float is the integer."""
    for key in cells_of(row, "id"):
        if isinstance(key, float) and key.is_integer():
            return str(int(key))
        if isinstance(key, str | int | float) and not isinstance(key, bool) and not _unwritable(str(key)):
            return str(key)
    return None


def _without_tags(cell: object, settings: Settings) -> object:
    """A cell as text if it is an HTML fragment."""
    return extract_scrap(cell.html, settings) if isinstance(cell, Scrap) else cell


def _page(
    data: bytes, name: str, url: str | None, published: str | None, settings: Settings, charset: str | None
) -> Document | Failure:
    try:
        return _extracted(extract_page(data, url, settings, charset), name, published, settings)
    except InputError as error:
        return Failure(name, str(error))


def _feed(
    data: bytes, name: str, published: str | None, settings: Settings, charset: str | None
) -> Iterator[Document | Failure]:
    entries = extract_feed(data, settings, charset)
    if not entries:
        yield Failure(name, "is a feed without entries")
    for number, entry in enumerate(entries, 1):
        if entry.text:
            yield _extracted(entry, entry.url or name, published, settings)
        else:
            yield Failure(entry.url or f"{name}: entry {number}", "has no text in the feed; read its page instead")


def _extracted(found: Extracted, name: str, published: str | None, settings: Settings) -> Document | Failure:
    # the headline precedes the story, as on the page, so that its facts have offsets in the text
    text, title = found.text, " ".join((found.title or "").split()) or None
    if title is not None and title not in text.splitlines()[:3]:
        text = f"{title}\n\n{text}"
    basis = found.basis or "metadata"
    return _document(text, None, title, found.date, published, name, settings, basis=basis, extractor=True)


def _document(
    text: str,
    key: str | None,
    title: str | None,
    stated: str | None,
    published: str | None,
    source: str | None,
    settings: Settings,
    *,
    basis: str = "metadata",
    extractor: bool = False,
) -> Document | Failure:
    if reason := _unfit(text, title, key, settings):
        return Failure(source or "text", reason)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    layout = lay_out(text, title)
    days: list[tuple[str | None, str]] = [(stated, basis), (published, "given"), (dateline(text), "dateline")]
    if basis != "metadata":
        # a date in the address or of a change ranks below what a person or the text says
        days.append(days.pop(0))
    date, date_basis = next((d for d in days if d[0] is not None), (None, None))
    return Document(
        id=key or f"txt:{digest[:16]}",
        text=text,
        title=text[slice(*layout.title)] if title is None and layout.title else title,
        published=date,
        published_basis=date_basis,
        source=source,
        language=language_of(text),
        text_sha256=digest,
        extractor=EXTRACTOR if extractor else None,
        extractor_version=version() if extractor else None,
        title_span=layout.title,
        skipped=layout.skipped,
    )


def _unfit(text: str, title: str | None, key: str | None, settings: Settings) -> str | None:
    if not text.strip():
        return "is empty" if not text else "contains only blanks"
    if len(text) > settings.document_characters:
        return f"has {len(text):,} characters; the limit for one report is {settings.document_characters:,}"
    for part in (text, title or "", key or ""):
        if reason := _unwritable(part):
            return reason
    return None


def _unwritable(part: str) -> str | None:
    if "\0" in part:
        return "contains NUL characters, like binary data"
    if found := _SURROGATE.search(part):
        if "\udc80" <= found[0] <= "\udcff":
            return f"is not UTF-8 (byte 0x{ord(found[0]) - 0xDC00:02X} at character {found.start()}); save it as UTF-8"
        # a lone surrogate cannot be encoded as UTF-8, so no quote of it could be printed
        return f"contains half a surrogate pair (U+{ord(found[0]):04X}) at {found.start()}"
    return None


def given(published: str | None) -> str | None:
    """The EDTF date of a day of publication given by a user. Raises `InputError` if it is invalid."""
    if published is None:
        return None
    found = published if _INTERVAL.fullmatch(published) else day(published)
    if found is None:
        raise InputError(f"{published!r} is not a date; write the day of publication as YYYY-MM-DD")
    return found


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
