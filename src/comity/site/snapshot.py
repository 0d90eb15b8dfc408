"""A published snapshot of a ledger, kept open for readers, and its renewal when a newer one is published."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

from comity.analysis import fact_detail
from comity.analysis.citation import fingerprint
from comity.analysis.open_ledger import OpenLedger
from comity.analysis.page import Dossier
from comity.errors import ComityError
from comity.ledger.act import Treaty
from comity.ledger.agreement import treaties
from comity.ledger.fact import Fact
from comity.ledger.heading import Life
from comity.ledger.search_terms import forms
from comity.ledger.store import reader, snapshot_path
from comity.ledger.word_index import bring_up, index_path
from comity.site.parameters import today

T = TypeVar("T")
Stamp = tuple[int, int, int]


class Snapshot:
    """One published snapshot: connections for several threads, and the cached answers.

    It is immutable; a newer state is another snapshot.
    """

    def __init__(self, path: Path, stamp: Stamp, settings: Any):
        self.stamp = stamp
        self.settings = settings
        self._first = OpenLedger(path, settings=settings, passive=True)
        self._free: SimpleQueue[OpenLedger] = SimpleQueue()
        self._slots = threading.Semaphore(settings.serve_readers)
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._making: dict[Any, threading.Lock] = {}
        self._guard = threading.Lock()
        self.counts = self._first.counts()
        self._first.family()

    @contextmanager
    def ledger(self) -> Iterator[OpenLedger]:
        """A connection for one thread at a time."""
        with self._slots:
            try:
                ledger = self._free.get_nowait()
            except Empty:
                with self._guard:
                    ledger = self._first.another()
            try:
                yield ledger
            finally:
                self._free.put(ledger)

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """The answer for a key, computed at most once at a time; the least recently used are dropped."""
        with self._guard:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast("T", self._answers[key])
            lock = self._making.setdefault(key, threading.Lock())
        with lock:
            with self._guard:
                if key in self._answers:
                    return cast("T", self._answers[key])
            answer = make()
            with self._guard:
                self._answers[key] = answer
                self._making.pop(key, None)
                while len(self._answers) > self.settings.serve_answers:
                    self._answers.popitem(last=False)
        return answer

    def dossier(self, ledger: OpenLedger, a: str, b: str, on: Any, known: Any) -> Dossier:
        """The dossier of two states; its facts are cached."""

        def make() -> Dossier:
            answer = ledger.dossier(a, b, on=on.isoformat(), known=known.isoformat() if known else None)
            if known is None:
                self.once(("facts", a, b), lambda: {f.id: f for f in ledger.facts(a, b)})
                # otherwise the first click would wait for it
                self.treaties(ledger, " ".join(sorted((a, b))))
            return answer

        return self.once(("dossier", a, b, on, known), make)

    def fact_detail(
        self, ledger: OpenLedger, key: str, on: date, known: date | None = None
    ) -> tuple[Fact, Life | None, dict[str, Any]]:
        """A fact, its life cycle on a day if it is an agreement, and everything known about it.

        Raises `FactError` if there is no such fact.
        """
        fact = ledger.fact(key, known=known) if known else self._seen(key) or self._found(ledger, key)
        lives = None if known or fact.kind != "agreement" else self.treaties(ledger, fact.block)
        living = fact_detail.life(ledger, fact, on, known, lives)
        return fact, living, fact_detail.detail_of(ledger, fact, living)

    def treaties(self, ledger: OpenLedger, block: str) -> dict[str, Treaty]:
        """The agreements of the given states, each with its life cycle."""

        def make() -> dict[str, Treaty]:
            return treaties(ledger.facts(*block.split(), kinds=("agreement",)) if block else [], ledger.family())

        return self.once(("treaties", block), make)

    def _seen(self, key: str) -> Fact | None:
        """A fact of a recently computed dossier."""
        with self._guard:
            kept = [v for k, v in self._answers.items() if k[0] == "facts"]
        return next((facts[key] for facts in kept if key in facts), None)

    def _found(self, ledger: OpenLedger, key: str) -> Fact:
        stem, _, _ = key.partition("/")
        query = "SELECT DISTINCT kind, block FROM statement WHERE fact = ? OR id = ?"
        for kind, block in ledger.rows(query, [stem, stem]):
            for fact in ledger.facts(*block.split(), kinds=(kind,)) if block else ():
                if fact.id == key or any(key in (s.fact, s.id) for s in fact.statements):
                    return fact
        # rejected by a person, or about no state
        return ledger.fact(key)

    def pairs(self, ledger: OpenLedger) -> list[tuple[str, str, int]]:
        """The pairs of states or organisations with statements, most statements first."""
        query = """SELECT block, count(*) AS n FROM standing WHERE block LIKE '% %' AND block NOT LIKE '% % %'
                   GROUP BY block ORDER BY n DESC, block"""
        return self.once("pairs", lambda: [(*b.split(), n) for b, n in ledger.rows(query, [])])

    def fingerprint(self, ledger: OpenLedger) -> str:
        """SHA-256 over documents, readers, judgements and imported files: equal for equal content."""
        return self.once("fingerprint", lambda: fingerprint(ledger))

    def warm(self) -> None:
        """Computes the likely first requests: the fingerprint, the pairs with most statements, the index of words."""
        with self.ledger() as ledger:
            self.fingerprint(ledger)
            most = self.pairs(ledger)[: self.settings.serve_warm]
        for a, b, _ in most:
            with self.ledger() as ledger:
                self.dossier(ledger, a, b, today(), None)
        with self.ledger() as ledger:
            # the dictionary of word forms is loaded with the first word
            forms("treaty")
            bring_up(index_path(ledger.path), ledger.rows, settings=self.settings)


class Holding:
    """The ledger of a server: always the newest published snapshot."""

    def __init__(self, path: Path, settings: Any, *, warm: bool = True):
        self.path, self.settings, self._warm = path, settings, warm
        # a state that a killed writer left unpublished is published now, not while serving
        reader(path)[0].close()
        self._guard = threading.Lock()
        self._now = self._opened()

    def now(self) -> Snapshot:
        """The newest published snapshot, reopened if there is a newer one."""
        if self._stamp() != self._now.stamp:
            with self._guard:
                if self._stamp() != self._now.stamp:
                    self._now = self._opened()
        return self._now

    def _opened(self) -> Snapshot:
        snapshot = Snapshot(self.path, self._stamp(), self.settings)
        if self._warm:
            threading.Thread(target=_quietly, args=(snapshot,), name="comity-warm", daemon=True).start()
        return snapshot

    def _stamp(self) -> Stamp:
        copy = snapshot_path(self.path)
        try:
            found = (copy if copy.exists() else self.path).stat()
        except FileNotFoundError:
            # between two renames, or the ledger was removed: keep the open snapshot
            return self._now.stamp
        return (found.st_ino, found.st_mtime_ns, found.st_size)


def _quietly(snapshot: Snapshot) -> None:
    # a failed warm-up caches nothing: the same request by a visitor shows the reason
    try:
        snapshot.warm()
    except ComityError:
        return


def name_of(path: Path) -> str:
    """The name under which a ledger is cited."""
    return path.name
