"""Adding: documents are read and stored in batches, those already present are skipped, failures are listed.

Coded shards are added whole, without reading their documents again.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from comity.document.document import Document, Failure
from comity.ledger import bulk, ingest
from comity.ledger.shard import Seal, documents_of, shards_in
from comity.ledger.store import Writer
from comity.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A batch that is on disk: its number, its documents and facts, and all new documents of this command so far."""

    batch: int
    documents: int
    statements: int
    total: int


@dataclass(frozen=True, slots=True)
class Added:
    """The result of adding: ids of documents stored, ids of those already present, and the inputs that failed.

    Documents of coded shards are only counted, stored (`taken`) or already present (`known`): there may be very many.
    """

    added: tuple[str, ...] = ()
    duplicate: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    taken: int = 0
    known: int = 0
    notes: tuple[str, ...] = ()


Notify = Callable[[Acknowledgement], None]
Count = Callable[[int], None]
"""Called after each document with the number of documents read so far."""


def add(
    writer: Writer,
    inputs: Iterable[str | Path | Document],
    *,
    published: str | None = None,
    read_again: bool = False,
    jobs: int = 1,
    settings: Settings = DEFAULTS,
    notify: Notify | None = None,
    count: Count | None = None,
) -> Added:
    """Reads and stores the documents of the inputs. Each batch is reported once it is on disk, each document once read.

    Documents already in the ledger are not read again; after an interruption at any point, the same call resumes
    after the last acknowledged batch. From a folder with coded shards only these are added; `read_again` reads the
    documents of shards instead of using the records in them. Raises `LedgerError` if a shard was coded by another
    version.
    """
    from comity.document.inputs import documents

    given = list(inputs)
    named = [i for i in given if not isinstance(i, Document) and "://" not in str(i) and str(i) != "-"]
    coded = {i: found for i in named if (found := shards_in(Path(i)))}
    addition = _Addition(writer, settings, notify, count)

    def documents_in(i: str | Path | Document) -> Iterable[Document | Failure]:
        return (i,) if isinstance(i, Document) else documents(i, published=published, settings=settings)

    plain = (d for i in given if isinstance(i, Document) or i not in coded for d in documents_in(i))
    again = (d for found in coded.values() for path in found for d in documents_of(path))
    addition.run(chain(plain, again) if read_again else plain, jobs)
    if not read_again:
        for found in coded.values():
            bulk.refuse_others(found)
        for path, found in coded.items():
            addition.take(Path(path), found)
    return addition.done.added_so_far()


@dataclass(slots=True)
class _Done:
    """The progress so far."""

    added: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    taken: int = 0
    known: int = 0
    notes: list[str] = field(default_factory=list)

    def added_so_far(self) -> Added:
        return Added(
            tuple(self.added), tuple(self.duplicate), tuple(self.failed), self.taken, self.known, tuple(self.notes)
        )


class _Addition:
    """One run: the documents waiting for their batch, and the progress so far."""

    def __init__(self, writer: Writer, settings: Settings, notify: Notify | None, count: Count | None):
        self.writer, self.settings, self.notify, self.count = writer, settings, notify, count
        self.done = _Done()
        self.waiting = ingest.Batch()
        self.since: float | None = None
        self.published, self.took = time.monotonic(), 0.0

    def take(self, path: Path, found: Mapping[Path, Seal]) -> None:
        """Adds coded shards: those of a folder, or one file."""
        copies, note = bulk.copies_for(path if path.is_dir() else path.parent, self.settings)
        if note:
            self.done.notes.append(note)
        if copies is not None and not bulk.only_of(self.writer, shards_in(copies.parent)):
            # the table does not cover the other documents of the ledger
            copies = None
        for shard in found:
            taken = bulk.take(self.writer, shard, copies, self.settings)
            self.done.taken += taken.documents
            self.done.known += taken.known
            if self.notify is not None and taken.batch:
                total = len(self.done.added) + self.done.taken
                self.notify(Acknowledgement(taken.batch, taken.documents, taken.statements, total))
            self._publish()

    def run(self, found: Iterable[Document | Failure], jobs: int) -> None:
        from comity.reading import read_documents

        try:
            for result in read_documents(self._new(iter(found)), jobs=jobs, settings=self.settings):
                if isinstance(result, Failure):
                    self.done.failed.append(result)
                    continue
                self.waiting.readings.append((result.source, result.records))
                if self.count is not None:
                    self.count(len(self.done.added) + len(self.waiting.readings))
                self.since = self.since or time.monotonic()
                full = len(self.waiting.readings) >= self.settings.batch_documents
                if full or time.monotonic() - self.since >= self.settings.batch_seconds:
                    self._store()
        except KeyboardInterrupt:
            self._store()
            raise
        self._store()

    def _new(self, found: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
        """The documents that are not in the ledger yet, each once."""
        met: set[str] = set()
        while chunk := list(islice(found, self.settings.batch_documents)):
            keys = [ingest.key_of(d) for d in chunk if isinstance(d, Document)]
            query = "SELECT key FROM document WHERE key IN (SELECT unnest(?))"
            there = {row[0] for row in self.writer.execute(query, [keys]).fetchall()} if keys else set()
            for document in chunk:
                if isinstance(document, Failure):
                    yield document
                elif (key := ingest.key_of(document)) in there or key in met:
                    self.done.duplicate.append(document.id)
                    if document.source:
                        self.waiting.places.append((key, document.source))
                else:
                    met.add(key)
                    yield document

    def _store(self) -> None:
        waiting, self.waiting, self.since = self.waiting, ingest.Batch(), None
        if not waiting.readings and not waiting.places:
            return
        number = ingest.store(self.writer, waiting, self.settings)
        self.done.added += [d.id for d, _ in waiting.readings]
        if self.notify is not None and waiting.readings:
            facts = sum(len(records) - 1 for _, records in waiting.readings)
            self.notify(Acknowledgement(number, len(waiting.readings), facts, len(self.done.added)))
        self._publish()

    def _publish(self) -> None:
        now = time.monotonic()
        # the longer a copy takes, the more rarely it is made: publishing never takes more than a twentieth of the time
        if now - self.published >= max(self.settings.publish_seconds, 20 * self.took):
            self.writer.publish()
            self.published = time.monotonic()
            self.took = self.published - now
