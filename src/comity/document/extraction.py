"""Web pages and feeds to text, in a separate process that is ended if it takes too much time or memory.

One process serves many pages; after a page has ended it, the next page starts a new one. It is a plain
`python -m comity.document.extraction`, so that scripts need no `if __name__ == "__main__"`.
"""

import contextlib
import json
import os
import re
import struct
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from comity.document.encoding import narrow, page_text
from comity.document.json_feed import entries as json_entries
from comity.document.lede import paragraphs, with_ledes
from comity.document.page_date import page_date
from comity.document.stamp import Order, order_of, stated_day
from comity.errors import ExtractionError, InputError
from comity.settings import DEFAULTS, Settings

EXTRACTOR = "trafilatura"
_HEADER = struct.Struct(">II")
_LENGTH = struct.Struct(">I")
_START_SECONDS = 30.0
_ADDRESSES = 0.95
"""The share of the memory that may be newly allocated; the rest is for library pages mapped but not yet used."""
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01", "min_date": "1980-01-01"}
"""No search of the full text for dates, and no clock; its result is not used, see `page_date`."""
_CHANGED = re.compile(rb"<(?:[a-z]+:)?(?:modified|updated)\b", re.IGNORECASE)
_BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "section", "article", "ul"}


@dataclass(frozen=True, slots=True)
class Extracted:
    """The main text of a page or feed entry, with the metadata in the page itself.

    `date` is the day of publication in EDTF, `basis` whether the page states it (`metadata`), its address does, or it
    is the day of the last change of an entry without any other date (`updated`).
    """

    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    basis: str | None = None


def extract_page(
    html: bytes, url: str | None = None, settings: Settings = DEFAULTS, charset: str | None = None
) -> Extracted:
    """The story of a web page. Raises `ExtractionError` if there is none or extraction exceeds its limits.

    `charset` is the encoding stated by the page's server.
    """
    return Extracted(**_extractor(settings).ask({"kind": "page", "url": url, "charset": charset}, html)[0])


def extract_feed(xml: bytes, settings: Settings = DEFAULTS, charset: str | None = None) -> list[Extracted]:
    """The entries of a feed (RSS, Atom, JSON Feed), in its order, each with its text in the feed."""
    return [Extracted(**e) for e in _extractor(settings).ask({"kind": "feed", "charset": charset}, xml)]


def extract_scrap(html: str, settings: Settings = DEFAULTS) -> str:
    """The text of an HTML fragment, such as the body of an article in JSON, one paragraph per block."""
    data = html.encode("utf-8", "replace")
    return Extracted(**_extractor(settings).ask({"kind": "scrap"}, data)[0]).text


@cache
def version() -> str:
    """The version of the extractor, for the document's provenance."""
    from importlib.metadata import version as installed

    return installed("trafilatura")


@cache
def _extractor(settings: Settings) -> "Extractor":
    return Extractor(settings)


class Extractor:
    """The extraction process. Not thread-safe; each reader process has its own."""

    def __init__(self, settings: Settings = DEFAULTS):
        self.settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any], data: bytes) -> list[dict[str, Any]]:
        """The extracts of one page or feed."""
        process = self._running()
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.settings.extraction_seconds, end)
        timer.start()
        try:
            answer = _exchange(process, request, data)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            if late.is_set():
                raise ExtractionError(f"took more than {self.settings.extraction_seconds:g} s to extract")
            megabytes = self.settings.extraction_bytes // 1_000_000
            raise ExtractionError(
                f"ended the extraction process, for example by using more than {megabytes} MB of memory"
            )
        if "failed" in answer:
            raise ExtractionError(answer["failed"])
        found: list[dict[str, Any]] = answer["found"]
        return found

    def close(self) -> None:
        """Ends the process; the next page starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:
                        continue  # the rest of the input of an ended process
            self._process = None

    def __del__(self) -> None:
        if getattr(self, "_process", None) is not None:
            self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        command = [sys.executable, "-m", "comity.document.extraction", str(self.settings.extraction_bytes)]
        process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._process = process
        # loading the parsers does not count towards the page's time
        timer = threading.Timer(_START_SECONDS, process.kill)
        timer.start()
        try:
            ready = process.stdout is not None and process.stdout.read(1)
        finally:
            timer.cancel()
        if ready != b"\n":
            self.close()
            raise ExtractionError("the extraction process did not start; is comity installed for this Python?")
        return process


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any], data: bytes) -> dict[str, Any] | None:
    if process.stdin is None or process.stdout is None:
        return None
    head = json.dumps(request).encode()
    try:
        process.stdin.write(_HEADER.pack(len(head), len(data)) + head + data)
        process.stdin.flush()
        length = process.stdout.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            return None
        size = _LENGTH.unpack(length)[0]
        body = process.stdout.read(size)
    except (OSError, ValueError):
        return None
    if len(body) < size:
        return None
    answer: dict[str, Any] = json.loads(body)
    return answer


def _serve(inward: BinaryIO, outward: BinaryIO) -> None:
    outward.write(b"\n")
    outward.flush()
    while header := inward.read(_HEADER.size):
        head, size = _HEADER.unpack(header)
        request, data = json.loads(inward.read(head)), inward.read(size)
        try:
            answer: dict[str, Any] = {"found": [asdict(e) for e in _found(request, data)]}
        except InputError as error:
            answer = {"failed": str(error)}
        except MemoryError:
            answer = {"failed": "exceeded the memory limit of extraction"}
        except Exception as error:
            answer = {"failed": f"could not be extracted ({type(error).__name__})"}
        body = json.dumps(answer).encode()
        outward.write(_LENGTH.pack(len(body)) + body)
        outward.flush()


def _found(request: dict[str, Any], data: bytes) -> list[Extracted]:
    charset = request.get("charset")
    if request["kind"] == "page":
        return [_page(data, request.get("url"), charset)]
    if request["kind"] == "scrap":
        return [Extracted(_plain(data.decode("utf-8")))]
    if narrow(data[:4]).lstrip().startswith(b"{"):
        return _json_feed(data, charset)
    return _feed(data, charset)


def _json_feed(data: bytes, charset: str | None) -> list[Extracted]:
    out = []
    for entry in json_entries(page_text(data, charset).lstrip("\ufeff \t\r\n")):
        date, basis = stated_day(entry.published), "metadata"
        if date is None and not entry.published:
            date, basis = stated_day(entry.modified), "updated"
        text = _plain(entry.html) if entry.html else ""
        title = _plain(entry.title or "") or None
        out.append(Extracted(text or entry.text or "", title, date, entry.url, basis if date is not None else None))
    return out


def _page(html: bytes, url: str | None, charset: str | None) -> Extracted:
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    # a declaration of the bytes' encoding does not apply to characters
    root = load_html(re.sub(r"^\s*<\?xml\b[^>]*\?>", "", page_text(html, charset)))
    if root is None:
        raise ExtractionError("contains no recognizable article text")
    date, basis = page_date(root, url)
    first = paragraphs(root)
    found: Any = bare_extraction(
        root, url=url, include_comments=False, with_metadata=True, favor_precision=True, date_extraction_params=_DATES
    )
    text = (found.text or "").strip() if found is not None else ""
    if found is None or not text:
        raise ExtractionError("contains no recognizable article text")
    title = found.title or None
    return Extracted(with_ledes(text, title, first), title, date, found.url or url, basis)


def _feed(xml: bytes, charset: str | None) -> list[Extracted]:
    import feedparser

    # its parser knows fewer charset labels than browsers do, and trusts wrong declarations of UTF-8
    text = page_text(xml, charset)
    xml = re.sub(r"^\s*<\?xml\b[^>]*\?>", '<?xml version="1.0"?>', text).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    # as a stream: a string may be taken for an address or a path and opened
    parsed = feedparser.parse(BytesIO(narrow(xml).lstrip()), response_headers=headers)
    if not parsed.entries and parsed.bozo:
        raise ExtractionError(f"is not a valid feed ({type(parsed.bozo_exception).__name__})")
    out = []
    # feedparser treats the only date of an RSS item (dc:date) as a change
    first = not parsed.version.startswith("atom") and b"<dc:date" in xml and not _CHANGED.search(xml)
    stamps = [_stamps(entry, only_day=first) for entry in parsed.entries]
    order = order_of(s for pair in stamps for s in pair) or _order_of_feed(parsed.feed.get("language") or "")
    for entry, (published, updated) in zip(parsed.entries, stamps, strict=True):
        bodies = [c.get("value", "") for c in entry.get("content", [])] or [entry.get("summary", "")]
        date, basis = stated_day(published, order), "metadata"
        if date is None and not published:
            date, basis = stated_day(updated, order), "updated"
        title = _plain(entry.get("title", "")) or None
        out.append(
            Extracted(_plain("\n".join(bodies)), title, date, entry.get("link"), basis if date is not None else None)
        )
    return out


def _stamps(entry: Any, *, only_day: bool) -> tuple[str, str]:
    """The stated dates of publication and change of an entry."""
    # `get` of feedparser substitutes one for the other
    published, updated = (str(dict.get(entry, k) or "").strip() for k in ("published", "updated"))
    return (updated, "") if only_day and updated and not published else (published, updated)


def _order_of_feed(language: str) -> Order | None:
    return "mdy" if re.fullmatch(r"en[-_]us", language.strip(), re.IGNORECASE) else None


def _plain(fragment: str) -> str:
    """The text of an HTML fragment, one line per block."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    from lxml import html

    root = html.fragment_fromstring(fragment, create_parent="div")
    parts: list[str] = []
    for event, element in _walk(root):
        if event == "start" and element.tag in {"script", "style"}:
            element.text = None
        block = element.tag in _BLOCKS
        parts.append(("\n\n" if block else "") + ((element.text if event == "start" else element.tail) or ""))
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n\n")]
    return "\n\n".join(line for line in lines if line)


def _walk(root: Any) -> Any:
    from lxml import etree

    return etree.iterwalk(root, events=("start", "end"), tag="*")


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has only the time limit
        return
    # the limit is on address space, of which libraries reserve more than they use
    reserved, used = 0, 0
    with contextlib.suppress(OSError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
        reserved, used = (int(n) * os.sysconf("SC_PAGE_SIZE") for n in pages[:2])
    limit = reserved + int(most * _ADDRESSES) - used
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (OSError, ValueError):  # not supported on macOS
        return


def _main() -> None:
    inward, outward = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # a parser's output must not mix with the answers
    os.dup2(2, 1)
    import feedparser  # noqa: F401
    import trafilatura  # noqa: F401

    if len(sys.argv) > 1:
        _limit_memory(int(sys.argv[1]))
    _serve(inward, outward)


if __name__ == "__main__":
    _main()
