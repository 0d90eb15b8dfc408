"""A reading: one document and every record that its text supports.

This is the facade of the library. `read` takes a text or a path and gives one reading; `read_all` takes whole
collections, one result an item, in order, and never stops at a bad one.
"""

import gc
import hashlib
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TypeVar

from comity.coding.assessments import code_assessments
from comity.coding.commemorations import code_commemorations
from comity.coding.cooperation import code_cooperation
from comity.coding.event_verdicts import find_events
from comity.coding.frames import Frames, find_frames
from comity.coding.gate import passing, relevance
from comity.coding.pairs import PairCode, code_pair, pair_of
from comity.coding.projects import code_projects
from comity.coding.verdicts import find
from comity.document.document import Document
from comity.document.inputs import Failure, documents, from_text
from comity.errors import InputError
from comity.knowledge.names import mentioned
from comity.mentions.article import Article
from comity.mentions.reader import read_article
from comity.records.lines import to_json
from comity.records.record import (
    Agreement,
    Assessment,
    Commemoration,
    Cooperation,
    DocumentRecord,
    Event,
    Figure,
    Project,
    Record,
    Span,
    Visit,
)
from comity.settings import DEFAULTS, Settings

CODERS: dict[str, Callable[[Article, Frames, float], Iterable[Record]]] = {
    "event": find_events,
    "agreement": partial(find, "agreement"),
    "visit": partial(find, "visit"),
    "project": lambda article, *_: code_projects(article),
    "figure": partial(find, "figure"),
    "cooperation": lambda article, *_: code_cooperation(article),
    "assessment": lambda article, *_: code_assessments(article),
    "commemoration": lambda article, *_: code_commemorations(article),
}
"""The coder of each kind, in the order in which a reading lists the kinds."""

# how many documents a worker is given at a time
_OF_A_TITLE = 60  # how much of a title a reading shows of itself
_AT_ONCE = 4

_PATH = re.compile(
    r"(?:~|\.{1,2}|[A-Za-z]:)?[/\\]\S.*|[^\s/\\]+(?:[/\\][^\s/\\]*)+|[^\s.,;:!?]*\w\.[A-Za-z][A-Za-z0-9]{1,7}"
)
"""A string that is a path by its slashes or its suffix; no report is a single word."""
_FILE = re.compile(
    r"\w\.(?:txt|text|html?|xhtml|xml|rss|atom|jsonl?|ndjson|warc|wet|parquet|csv|tsv|tab|pdf|docx?|rtf|md|odt)(?:\.gz|\.zst)?$",
    re.IGNORECASE,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says between states.

    `source` holds the frozen text, `records` everything found in it, the document record first; each other record's
    `quote` is exactly `text[start:end]` (or the title's).
    """

    source: Document
    records: tuple[Record, ...]

    def __repr__(self) -> str:
        """The document and how many records of each kind it has, in one line."""
        kinds = Counter(r.kind for r in self.records if r.kind != "document")
        found = ", ".join(f"{n} {kind}" for kind, n in kinds.items()) or "no fact between states"
        head = " ".join((self.source.title or self.source.text).split())
        short = head[:_OF_A_TITLE] + ("…" if len(head) > _OF_A_TITLE else "")
        return f"<reading of {short!r}: {found}>"

    def _of(self, shape: type[R]) -> tuple[R, ...]:
        return tuple(r for r in self.records if isinstance(r, shape))

    @property
    def document(self) -> DocumentRecord:
        """The record of the document itself."""
        return self._of(DocumentRecord)[0]

    @property
    def events(self) -> tuple[Event, ...]:
        """Acts in PLOVER's terms."""
        return self._of(Event)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Instruments, each at the latest stage that the text supports."""
        return self._of(Agreement)

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Journeys of office-holders."""
        return self._of(Visit)

    @property
    def projects(self) -> tuple[Project, ...]:
        """Joint ventures, programmes, works and funds."""
        return self._of(Project)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Numbers of trade, aid, debt and the like."""
        return self._of(Figure)

    @property
    def cooperation(self) -> tuple[Cooperation, ...]:
        """Areas of cooperation."""
        return self._of(Cooperation)

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """Claims on standing and influence."""
        return self._of(Assessment)

    @property
    def commemorations(self) -> tuple[Commemoration, ...]:
        """Anniversaries."""
        return self._of(Commemoration)

    def to_jsonl(self) -> str:
        """All records, one JSON object a line, as `comity read --format jsonl` prints them."""
        return "".join(to_json(r) + "\n" for r in self.records)

    def show(self) -> None:
        """Prints the reading for people: grouped by kind, a line a fact, the quote under it."""
        from comity.pages.plain import as_text

        print(as_text(self.source, self.records), end="")

    def _repr_html_(self) -> str:
        from comity.pages.highlight import as_fragment

        return as_fragment(self.source, self.records)


def read(
    text_or_path: str | Path,
    *,
    published: str | None = None,
    kinds: Iterable[str] | None = None,
    settings: Settings = DEFAULTS,
) -> Reading:
    """The reading of one report, given as its text or as the path of a file that holds one.

    A `Path`, or a one-line string that names an existing file, is read from disk; any other string is the text, unless
    it looks like a path or an address: then there is nothing to read. `published` is the day of publication (EDTF)
    where you know it. Raises `InputError` where there is nothing that can be read, or where the file holds several
    documents (`read_all` takes those).

    >>> reading = read("The presidents of Chile and Peru signed a border treaty in Lima on 3 May 2012.")
    >>> reading.document.states
    ('PER', 'CHL')
    """
    if isinstance(text_or_path, Path) or _names_a_file(text_or_path):
        results = list(islice(documents(text_or_path, published=published, settings=settings), 2))
        if len(results) > 1:
            raise InputError(f"{text_or_path}: holds several documents; use comity.read_all")
        if not results:
            raise InputError(f"{text_or_path}: holds no document")
        found = results[0]
    elif (reason := _names_what_is_not_there(text_or_path)) is not None:
        raise InputError(f"{text_or_path.strip()}: {reason}")
    else:
        found = from_text(text_or_path, published=published, settings=settings)
    if isinstance(found, Failure):
        raise InputError(f"{found.source}: {found.reason}")
    return read_document(found, kinds=kinds, settings=settings)


def read_all(
    inputs: Iterable[str | Path],
    *,
    published: str | None = None,
    kinds: Iterable[str] | None = None,
    jobs: int = 1,
    settings: Settings = DEFAULTS,
) -> Iterator[Reading | Failure]:
    """A reading, or a failure with its reason, for each document of the inputs, in their order.

    The output is the same for every number of jobs.
    """
    found = (d for i in inputs for d in documents(i, published=published, settings=settings))
    yield from read_documents(found, kinds=kinds, jobs=jobs, settings=settings)


def code(row: Mapping[str, object]) -> PairCode:
    """What the marked source of a row does to its marked target, as `comity code` prints it; null where nothing.

    A row has `text`, `source_text` and `target_text`, and `source_spans` and `target_spans` where the words alone do
    not say which are meant. Raises `FormatError` where the text is empty or a span is missing or out of range.

    >>> code({"id": "1", "text": "Chile sued Peru.", "source_text": "Chile", "target_text": "Peru"}).id
    '1'
    """
    return code_pair(pair_of(dict(row)))


def read_documents(
    found: Iterable[Document | Failure],
    *,
    kinds: Iterable[str] | None = None,
    jobs: int = 1,
    settings: Settings = DEFAULTS,
) -> Iterator[Reading | Failure]:
    """A reading, or a failure with its reason, for each document that was taken in already, in their order."""
    wanted = tuple(kinds) if kinds is not None else None
    work = ((d, wanted, settings) for d in found)
    if jobs <= 1:
        yield from map(_read_or_fail, work)
        return
    # spawned, not forked: the encoder's session and its threads do not survive a fork
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin) as pool:
        waiting: deque[Future[list[Reading | Failure]]] = deque()
        # a window that slides: no worker waits for the slowest of a stretch of documents
        for piece in iter(lambda: list(islice(work, _AT_ONCE)), []):
            waiting.append(pool.submit(_read_some, piece))
            if len(waiting) * _AT_ONCE >= settings.documents_in_flight:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def read_document(document: Document, *, kinds: Iterable[str] | None = None, settings: Settings = DEFAULTS) -> Reading:
    """The reading of a document that was taken in already; pure: the same document gives the same records.

    Where records below the default of `min_confidence` are asked for, every report is read, however little likely it is
    to yield any.
    """
    wanted = set(CODERS) if kinds is None else set(kinds)
    unknown = wanted - set(CODERS) - {"document"}
    if unknown:
        raise InputError(f"unknown kinds: {', '.join(sorted(unknown))}; known are {', '.join(('document', *CODERS))}")
    least = settings.relevance if settings.min_confidence >= DEFAULTS.min_confidence else 0.0
    article = read_article(
        document, settings, passing, relevance(least, settings.relevance_sentences) if least else None
    )
    head = _document_record(article.document)
    frames = find_frames(article)
    found = [
        r for kind, code in CODERS.items() if kind in wanted for r in code(article, frames, settings.min_confidence)
    ]
    sure = (r for r in _identified(found, document.id) if r.confidence >= settings.min_confidence)
    return Reading(article.document, (head, *sure))


def _names_a_file(text: str) -> bool:
    if "\n" in text or len(text) > 4096 or "\0" in text:
        return False
    try:
        return Path(text).is_file()
    except OSError:
        return False


def _names_what_is_not_there(text: str) -> str | None:
    """Why a string that looks like a path or an address cannot be read; null where it is a text."""
    line = text.strip()
    if not line or "\n" in line or len(line) > 1024:
        return None
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+$", line) or re.match(r"www\.[^\s/]+\.[a-z]{2,}\S*$", line):
        return "is an address, not a text; fetch it with comity.read_all([address])"
    path = _PATH.fullmatch(line) is not None or (len(line) <= 255 and _FILE.search(line) is not None)
    if (path or not re.search(r"\s", line)) and _is_folder(line):
        return "is a folder; comity.read_all([folder]) reads what is in it"
    return "looks like the path of a file, but there is none; if it is a text, write it as a sentence" if path else None


def _is_folder(line: str) -> bool:
    try:
        return Path(line).is_dir()
    except (OSError, ValueError):
        return False


def _begin() -> None:
    """Lets a worker load its tables quickly, and end where the process that gives it work was killed."""
    gc.set_threshold(DEFAULTS.collect_after)
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def _read_some(work: list[tuple[Document | Failure, tuple[str, ...] | None, Settings]]) -> list[Reading | Failure]:
    return [_read_or_fail(w) for w in work]


def _read_or_fail(work: tuple[Document | Failure, tuple[str, ...] | None, Settings]) -> Reading | Failure:
    document, kinds, settings = work
    if isinstance(document, Failure):
        return document
    try:
        return read_document(document, kinds=kinds, settings=settings)
    except InputError:
        raise
    except Exception as error:
        return Failure(document.source or document.id, f"could not be read ({type(error).__name__}: {error})")


def _document_record(document: Document) -> DocumentRecord:
    return DocumentRecord(
        id=document.id,
        document=document.id,
        title=document.title,
        published=document.published,
        published_basis=document.published_basis,
        source=document.source,
        language=document.language,
        text_sha256=document.text_sha256,
        extractor=document.extractor,
        extractor_version=document.extractor_version,
        states=tuple(mentioned(document.text, document.title, document.published)),
        skipped=tuple(Span(start=s.start, end=s.end, why=s.why) for s in document.skipped),
        evidence="rule: " + " ".join(filter(None, (document.extractor or "text as given", document.extractor_version))),
    )


def _identified(records: list[Record], document: str) -> Iterator[Record]:
    """Records with ids made from where they stand, so that a better coder keeps the ids of what it still finds."""
    seen: dict[str, int] = {}
    for r in records:
        place = f"{document}\0{r.kind}\0{r.part}\0{r.start}\0{r.end}"
        ordinal = seen[place] = seen.get(place, -1) + 1
        digest = hashlib.sha256(f"{place}\0{ordinal}".encode()).hexdigest()[:16]
        yield replace(r, id=f"{r.kind}:{digest}", document=document)
