"""Shards coded one after the other by a pool of workers, each whole and marked or not there at all."""

import os
import shutil
import socket
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from comity.corpus.marker import Marker, digest_of
from comity.corpus.order import Order, Shard
from comity.corpus.pool import Chunk, Pool
from comity.corpus.progress import Progress
from comity.document.collection import Collection, Raw
from comity.document.document import Failure
from comity.errors import InputError
from comity.ledger.shard import Seal, Writing
from comity.versions import versions

_AT_ONCE = 256
"""So many documents are put into a shard at once, however many workers there are: the bytes follow from it."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What came of an input shard: its marker, and whether it was coded now; or why it could not even be opened."""

    shard: Shard
    marker: Marker | None
    now: bool
    refused: Failure | None = None


@dataclass(slots=True, eq=False)
class _Part:
    """What a chunk is of: the shard, how much of it lies before the chunk's end, and how the shard ends with it."""

    shard: Shard
    digest: str = ""
    share: float = 0.0
    first: bool = False
    last: bool = False
    there: Marker | None = None
    refused: Failure | None = None


def code_shards(
    found: Sequence[Shard], out: Path, order: Order, pool: Pool, progress: Progress | None = None
) -> Iterator[Coded]:
    """Codes what is not coded yet; each shard as it is done, in their order.

    Workers go on with the next shard while the last documents of one are still in work. What is in a shard depends
    on its input, the versions and the order alone, not on the number of workers.
    """
    remove_left(out)
    open_shard: _Open | None = None
    try:
        for chunk in pool.coded(chunks(found, out, order)):
            part: _Part = chunk.of
            size = _size(part.shard.path)
            if part.there is not None or part.refused is not None:
                if progress is not None:
                    progress.passed(size)
                yield Coded(part.shard, part.there, now=False, refused=part.refused)
                continue
            if part.first:
                open_shard = _Open(part.shard, part.digest, out)
            if open_shard is None:
                continue
            open_shard.take(chunk)
            if progress is not None:
                progress.documents += len(chunk.raws)
                progress.update(part.share * size)
            if part.last:
                marker = open_shard.finish(order)
                open_shard = None
                if progress is not None:
                    progress.done_bytes += size
                    progress.done_shards += 1
                yield Coded(part.shard, marker, now=True)
    finally:
        if open_shard is not None:
            open_shard.writing.close()
        remove_left(out, mine=True)


def chunks(found: Sequence[Shard], out: Path, order: Order) -> Iterator[Chunk]:
    """The documents of all shards that are not coded yet, in chunks that a worker takes at once."""
    for shard in found:
        try:
            digest = digest_of(shard.path)
            there = Marker.read(out / shard.name)
            if there is not None and there.fits(digest, versions(), order.stated(), out / shard.name):
                yield Chunk([], _Part(shard, there=there))
                continue
            yield from _chunked(shard, digest, order)
        except (InputError, OSError) as error:
            reason = str(error) if isinstance(error, InputError) else error.strerror or type(error).__name__
            yield Chunk([], _Part(shard, refused=Failure(str(shard.path), reason)))


def _chunked(shard: Shard, digest: str, order: Order) -> Iterator[Chunk]:
    collection = Collection(shard.path, shard.input, order.settings)
    raws: list[Raw | Failure] = []
    size, first = 0, True
    source = iter(collection)
    while True:
        try:
            raw = next(source, None)
        except (InputError, OSError) as error:
            if first and not raws:
                raise
            # damaged in the middle: what came before is kept
            raw = Failure(shard.input, f"{error}, after {collection.share:.0%} of it")
            source = iter(())
        if raw is None:
            yield Chunk(raws, _Part(shard, digest, 1.0, first=first, last=True))
            return
        raws.append(raw)
        size += _length(raw)
        if len(raws) >= order.settings.chunk_documents or size >= order.settings.chunk_bytes:
            yield Chunk(raws, _Part(shard, digest, collection.share, first=first))
            raws, size, first = [], 0, False


def _length(raw: Raw | Failure) -> int:
    if isinstance(raw, Failure):
        return 0
    return len(raw.data) if isinstance(raw.data, bytes) else sum(len(str(v)) for v in raw.data.values())


@dataclass(slots=True)
class _Open:
    """A shard whose documents are coming in."""

    shard: Shard
    digest: str
    out: Path
    rows: list[str] = field(default_factory=list)
    documents: int = 0
    records: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)
    writing: Writing = field(init=False)

    def __post_init__(self) -> None:
        self.writing = Writing(self.out / self.shard.name, Seal(self.digest, versions()), self._part)

    @property
    def _part(self) -> Path:
        name = self.shard.name.replace(os.sep, "--")
        return self.out / f".{name}.{socket.gethostname()}.{os.getpid()}.part"

    def take(self, chunk: Chunk) -> None:
        for outcome in chunk.outcomes:
            if outcome is None:
                continue
            if outcome.failure is not None:
                self.failed.append(outcome.failure)
            elif outcome.passed is not None:
                self.passed[outcome.passed] += 1
            elif outcome.rows is not None:
                self.rows.append(outcome.rows)
                self.documents += 1
                self.records += outcome.records
        while len(self.rows) >= _AT_ONCE:
            self.writing.add(self.rows[:_AT_ONCE])
            del self.rows[:_AT_ONCE]

    def finish(self, order: Order) -> Marker:
        output = self.out / self.shard.name
        self.writing.add(self.rows)
        self.writing.finish()
        marker = Marker(
            input=self.shard.input,
            input_sha256=self.digest,
            versions=versions(),
            asked=order.stated(),
            output_bytes=output.stat().st_size,
            documents=self.documents,
            records=self.records,
            passed=dict(sorted(self.passed.items())),
            failed=tuple(self.failed),
        )
        marker.write(output, self._part)
        self.writing.close()
        return marker


def remove_left(out: Path, *, mine: bool = False) -> None:
    """Removes what processes of this machine that were killed, or this one, left behind in an output folder."""
    for part in out.glob(f".*.{socket.gethostname()}.*.part"):
        process = part.name.split(".")[-2]
        if process.isdigit() and (mine if int(process) == os.getpid() else not _runs(int(process))):
            shutil.rmtree(part, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
