"""Web archives (WARC): the pages that a crawl brought home."""

from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from typing import Any, BinaryIO

from comity.document.document import Failure
from comity.document.stream import unpacking
from comity.errors import InputError
from comity.settings import Settings


@dataclass(frozen=True, slots=True)
class Page:
    """One archived page: its address and its bytes."""

    url: str
    data: bytes


def pages(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Page | Failure]:
    """The HTML pages of an unpacked archive that were answered in full, in its order.

    Pictures, redirects and error pages are passed by; a damaged archive gives its pages up to the damage, then a
    failure.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        with unpacking():
            for record in _records(ArchiveIterator(stream)):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                if record.http_headers.get_statuscode() != "200" or "html" not in (
                    record.http_headers.get_header("Content-Type") or ""
                ):
                    continue
                found = True
                url = record.rec_headers.get_header("WARC-Target-URI") or name
                data = record.content_stream().read(settings.input_bytes + 1)
                if len(data) > settings.input_bytes:
                    yield Failure(url, f"is larger than {settings.input_bytes:,} bytes")
                else:
                    yield Page(url, data)
    except InputError as error:
        yield Failure(name, str(error))
        return
    except (ArchiveLoadFailed, OSError, ValueError) as error:
        yield Failure(name, f"is a damaged web archive ({str(error).splitlines()[0] if str(error) else 'cut short'})")
        return
    except (AttributeError, LookupError, TypeError, RecursionError):
        # what its parser raises where a record lacks a header that it takes for granted
        yield Failure(name, "is a damaged web archive (a record lacks what every record has)")
        return
    if not found:
        yield Failure(name, "is a web archive without pages")


def _records(archive: Iterator[Any]) -> Iterator[Any]:
    """The records of an archive, without the lines that its parser writes to standard error."""
    while True:
        with redirect_stderr(StringIO()):
            record = next(archive, None)
        if record is None:
            return
        yield record
