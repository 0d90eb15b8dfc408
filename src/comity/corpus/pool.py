"""Worker processes that code chunks of documents: order kept, memory bounded, a document that kills its worker found.

A worker that ends or hangs costs one document at most: the one it had in hand is tried once more, alone, in a new
worker, and is given up with its reason where that ends too; all others of its chunk are coded as if nothing had been.
"""

import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, Self

from comity.corpus.order import Order
from comity.corpus.worker import Outcome
from comity.document.collection import Raw
from comity.document.document import Failure
from comity.errors import CorpusError

_STARTS = 3
"""So many workers in a row that end before they are ready mean that none will ever be."""


@dataclass(slots=True, eq=False)
class Chunk:
    """Some documents of a collection in their order, with what came of them; `of` is whatever the caller needs."""

    raws: list[Raw | Failure]
    of: Any = None
    outcomes: list[Outcome | None] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether every document has its outcome."""
        return len(self.outcomes) == len(self.raws) and None not in self.outcomes


@dataclass(slots=True)
class _Unit:
    """Documents of a chunk, by their places in it, for one worker."""

    chunk: Chunk
    places: list[int]
    again: bool = False


class _Worker:
    """One process, with the unit that it has in hand."""

    def __init__(self, order: Order):
        self.link, other = Pipe()
        # not as the main module, whose classes would be others than those of this process
        command = [sys.executable, "-c", "from comity.corpus.worker import main; main()", str(other.fileno())]
        # only its socket and standard error: what a library prints must not come between a command's data
        self.process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            command, pass_fds=[other.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        other.close()
        self.unit: _Unit | None = None
        self.given = 0
        self.ready = False
        self.deadline = time.monotonic() + order.settings.worker_start_seconds
        self.link.send(order)

    def end(self) -> int:
        """Ends the process; the exit code it had, negative for a signal."""
        code = self.process.poll()
        self.process.kill()
        self.process.wait()
        self.link.close()
        return self.process.returncode if code is None else code


class Pool:
    """So many workers, started at the first use and kept until the pool is closed. Raises `CorpusError`."""

    def __init__(self, jobs: int, order: Order):
        self.jobs, self.order = jobs, order
        self._workers: list[_Worker] = []
        self._units: deque[_Unit] = deque()
        self._unready = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends all workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._units.clear()

    def coded(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks in their order, each once all its documents have an outcome.

        No more chunks are taken than `chunks_in_flight` for each worker beyond those that were given back.
        """
        source, waiting, ended = iter(chunks), deque[Chunk](), False
        try:
            while True:
                while not ended and len(waiting) < self.jobs * self.order.settings.chunks_in_flight:
                    chunk = next(source, None)
                    if chunk is None:
                        ended = True
                        break
                    chunk.outcomes = [Outcome(failure=r) if isinstance(r, Failure) else None for r in chunk.raws]
                    waiting.append(chunk)
                    if places := [n for n, outcome in enumerate(chunk.outcomes) if outcome is None]:
                        self._units.append(_Unit(chunk, places))
                    self._go_on(0.0)
                while waiting and waiting[0].done:
                    yield waiting.popleft()
                if waiting:
                    self._go_on(1.0)
                elif ended:
                    return
        except GeneratorExit:
            self.close()  # workers have documents in hand that nobody waits for
            raise

    def _go_on(self, seconds: float) -> None:
        """Gives work to whoever has none and takes in what came; waits no longer than so many seconds for it."""
        for number in range(min(self.jobs, len(self._workers) + len(self._units))):
            if number == len(self._workers):
                self._workers.append(_Worker(self.order))
            self._give(number)
        busy = {w.link: n for n, w in enumerate(self._workers) if w.unit is not None or not w.ready}
        due = min((self._workers[n].deadline for n in busy.values()), default=0.0) - time.monotonic()
        for link in wait(list(busy), max(0.0, min(seconds, due))):
            self._take(busy[link])  # type: ignore[index]
        now = time.monotonic()
        for number in busy.values():
            worker = self._workers[number]
            if now > worker.deadline and (worker.unit is not None or not worker.ready):
                self._replace(number, late=True)

    def _give(self, number: int) -> None:
        worker = self._workers[number]
        if not worker.ready or worker.unit is not None or not self._units:
            return
        unit = self._units.popleft()
        try:
            worker.link.send([unit.chunk.raws[p] for p in unit.places])
        except OSError:
            # it ended while it had nothing in hand: no document is to blame
            self._units.appendleft(unit)
            self._replace(number)
            return
        worker.unit, worker.given = unit, 0
        worker.deadline = time.monotonic() + self.order.settings.document_seconds

    def _take(self, number: int) -> None:
        worker = self._workers[number]
        try:
            while worker.link.poll():
                found = worker.link.recv()
                if not worker.ready:
                    worker.ready, self._unready = True, 0
                    return
                unit = worker.unit
                if unit is None:
                    return
                unit.chunk.outcomes[unit.places[worker.given]] = found
                worker.given += 1
                worker.deadline = time.monotonic() + self.order.settings.document_seconds
                if worker.given == len(unit.places):
                    worker.unit = None
                    self._give(number)
                    return
        except (EOFError, OSError):
            self._replace(number)

    def _replace(self, number: int, *, late: bool = False) -> None:
        """A new worker for one that ended or took too long, and a second try for the document it had in hand."""
        worker = self._workers[number]
        code = worker.end()
        unit = worker.unit
        if not worker.ready:
            self._unready += 1
            if self._unready >= _STARTS:
                raise CorpusError(f"{_STARTS} workers ended before they were ready ({_how(code)}); reinstall comity")
        if unit is not None:
            place, rest = unit.places[worker.given], unit.places[worker.given + 1 :]
            raw = unit.chunk.raws[place]
            if rest:
                self._units.appendleft(_Unit(unit.chunk, rest))
            if unit.again:
                most = self.order.settings.document_seconds
                why = f"took more than {most:g} s, twice" if late else f"ended its worker process twice ({_how(code)})"
                where = raw.where if isinstance(raw, Raw) else raw.source
                unit.chunk.outcomes[place] = Outcome(failure=Failure(where, why))
            else:
                self._units.appendleft(_Unit(unit.chunk, [place], again=True))
        self._workers[number] = _Worker(self.order)


def _how(code: int) -> str:
    """How a process ended, in words.

    >>> _how(-9), _how(1)
    ('killed by SIGKILL', 'exit code 1')
    """
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
