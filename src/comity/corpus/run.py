"""A corpus run: input shards, the engine that codes them, and what came of all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity.corpus.coding import Coded, code_shards
from comity.corpus.order import Order, Shard, shards, share
from comity.corpus.pool import Pool
from comity.corpus.progress import Progress, Say
from comity.document.document import Failure
from comity.document.inputs import given
from comity.errors import InputError


@dataclass(slots=True)
class Report:
    """What came of a run; shards that were done before count with what their markers state."""

    coded: int = 0
    kept: int = 0
    documents: int = 0
    records: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)

    def take(self, done: Coded) -> None:
        """Counts one shard."""
        if done.refused is not None:
            self.failed.append(done.refused)
        if done.marker is not None:
            self.coded += done.now
            self.kept += not done.now
            self.documents += done.marker.documents
            self.records += done.marker.records
            self.passed.update(done.marker.passed)
            self.failed.extend(done.marker.failed)

    def reasons(self) -> Iterator[tuple[int, str, str]]:
        """How many inputs failed for a reason, the reason, and the first of them; the most frequent first."""
        first: dict[str, str] = {}
        for failure in self.failed:
            first.setdefault(failure.reason, failure.source)
        counts = Counter(f.reason for f in self.failed)
        for reason, count in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
            yield count, reason, first[reason]


def code_corpus(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    order: Order | None = None,
    jobs: int = 1,
    part: tuple[int, int] = (1, 1),
    engine: str = "local",
    say: Say | None = None,
    notify: Callable[[Coded], None] | None = None,
) -> Report:
    """Codes each input shard into a Parquet file in the folder `out`; what is done already is passed by.

    `part` is which of how many parts of the shards is coded (from 1), `engine` is `local`, `ray` or
    `ray://HOST:PORT`; `say` is given lines of progress, `notify` each shard once it is on disk.
    The output is the same for every engine and number of jobs. Raises `InputError` and `CorpusError`.
    """
    target = Path(out)
    order = order or Order()
    order = Order(given(order.published), order.languages, order.settings)
    if target.exists() and not target.is_dir():
        raise InputError(f"{target}: is a file; the coded shards need a folder")
    if engine not in {"local", "ray"} and not engine.startswith("ray://"):
        raise InputError(f"{engine!r} is no engine; known are local, ray and ray://HOST:PORT")
    found = share(shards([Path(i) for i in inputs], target), *part)
    target.mkdir(parents=True, exist_ok=True)
    total = sum(s.path.stat().st_size for s in found if s.path.exists())
    progress = Progress(say or _silent, total, len(found), order.settings.progress_seconds)
    report = Report()
    for done in _coded(found, target, order, engine, jobs, progress):
        report.take(done)
        if notify is not None:
            notify(done)
    return report


def _coded(found: list[Shard], out: Path, order: Order, engine: str, jobs: int, progress: Progress) -> Iterator[Coded]:
    if engine == "local":
        with Pool(jobs, order) as pool:
            yield from code_shards(found, out, order, pool, progress)
        return
    from comity.corpus.cluster import code_on_cluster

    address = engine if engine.startswith("ray://") else None
    yield from code_on_cluster(found, out, order, address=address, jobs=jobs, progress=progress)


def _silent(line: str) -> None:
    """Says nothing."""
