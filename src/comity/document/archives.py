"""Web archives (WARC): the pages of a crawl."""

from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from typing import Any, BinaryIO

from comity.document.document import Failure
from comity.document.encoding import HTML, charset_of, media_type
from comity.document.stream import unpacking
from comity.errors import InputError
from comity.settings import Settings


@dataclass(frozen=True, slots=True)
class Page:
    """One archived page: its address, its bytes, and the charset stated by its server; `plain` if it is text."""

    url: str
    data: bytes
    charset: str | None = None
    plain: bool = False


def pages(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Page | Failure]:
    """The HTML pages with a complete answer in a decompressed archive, in its order, or their extracted texts (WET).

    Images, redirects and error pages are skipped; a damaged archive yields its pages up to the damage, then a
    failure.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        with unpacking():
            for record in _records(ArchiveIterator(stream)):
                content_type = _media_type(record)
                if content_type is None:
                    continue
                found = True
                url = record.rec_headers.get_header("WARC-Target-URI") or name
                data = record.content_stream().read(settings.input_bytes + 1)
                if len(data) > settings.input_bytes:
                    yield Failure(url, f"is larger than {settings.input_bytes:,} bytes")
                else:
                    yield Page(url, data, charset_of(content_type), plain=record.rec_type == "conversion")
    except InputError as error:
        yield Failure(name, str(error))
        return
    except (ArchiveLoadFailed, OSError, ValueError) as error:
        yield Failure(name, f"is a damaged web archive ({str(error).splitlines()[0] if str(error) else 'cut short'})")
        return
    except (AttributeError, LookupError, TypeError, RecursionError):
        # what the parser raises if a record lacks a required header
        yield Failure(name, "is a damaged web archive (a record lacks a required header)")
        return
    if not found:
        yield Failure(name, "is a web archive without pages")


def _media_type(record: Any) -> str | None:
    """The full media type of a record with a page or its text; null for all others."""
    if record.rec_type in {"conversion", "resource"}:
        content_type = str(record.rec_headers.get_header("Content-Type") or "")
        wanted = {"text/plain"} if record.rec_type == "conversion" else HTML
        return content_type if media_type(content_type) in wanted else None
    if record.rec_type != "response" or record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return None
    content_type = str(record.http_headers.get_header("Content-Type") or "")
    return content_type if media_type(content_type) in HTML else None


def _records(archive: Iterator[Any]) -> Iterator[Any]:
    """The records of an archive, suppressing its parser's output on standard error."""
    while True:
        with redirect_stderr(StringIO()):
            record = next(archive, None)
        if record is None:
            return
        yield record
