"""Speed and memory, measured on this machine and reported with its name."""

import json
import os
import platform
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from comity.analysis.open_ledger import OpenLedger
from comity.bench import synthesis
from comity.document.document import Document
from comity.document.inputs import documents
from comity.knowledge.names import names
from comity.language.analysis import analyse
from comity.language.encoder import instructions
from comity.ledger import ingest
from comity.ledger.store import Writer
from comity.reading import read_document


def machine() -> str:
    """The machine in one line: processor with its instruction sets, cores, system and Python.

    >>> "Python" in machine()
    True
    """
    name = platform.processor() or platform.machine()
    table = Path("/proc/cpuinfo")
    if table.is_file():
        models = [ln.split(":", 1)[1].strip() for ln in table.read_text().splitlines() if ln.startswith("model name")]
        name = models[0] if models else name
    return f"{name} ({instructions()}), {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def measure(part: str, inputs: Iterable[str | Path], limit: int) -> Iterator[str]:
    """Lines of figures for processing articles on one core: only the `parser`, a full `read`, or `code` for a shard.

    A reading is compared with two baselines on the same articles: the parser applied to every sentence, and a bare
    Aho-Corasick pass for the names, a lower bound for anything that searches them.
    """
    found = [d for i in inputs for d in islice(documents(i), limit) if isinstance(d, Document)][:limit]
    if not found:
        yield f"{part}: no documents to measure on"
        return
    if part == "code":
        yield _code(found)
        return
    took, words, failed = _timed(_parse if part == "parser" else _read, found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = f"{words / took:,.0f} words/s" if part == "parser" else f"{len(found) / took:.1f} articles/s"
    yield f"{part}: {rate} on one core, {len(found)} articles, {failed} failed, peak memory {peak:.0f} MB"
    if part == "read":
        parsing, words, _ = _timed(_parse, found)
        yield (
            f"read: {parsing / took:.2f} times as fast as the parser alone on every sentence"
            f" ({len(found) / parsing:.1f} articles/s, {words / parsing:,.0f} words/s)"
        )
        yield _names_alone(found, took)


def _timed(run: Callable[[Document], int], found: list[Document]) -> tuple[float, int, int]:
    """Seconds, the sum of the results, and the number of failures; after a warm-up."""
    run(found[0])
    start = time.perf_counter()
    failed = words = 0
    for document in found:
        try:
            words += run(document)
        except Exception:  # a failure is a figure here
            failed += 1
    return time.perf_counter() - start, words, failed


def _names_alone(found: list[Document], reading: float) -> str:
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return "read: a bare pass for the names was not measured; pip install 'comity[bench]'"
    automaton = AhoCorasick(names())
    took, _, _ = _timed(lambda d: len(automaton.find_matches_as_indexes(d.text.casefold())), found)
    return (
        f"read: {reading / took:,.0f} times as slow as a bare Aho-Corasick pass for {len(names()):,} names"
        f" ({len(found) / took:,.0f} articles/s)"
    )


def _code(found: list[Document]) -> str:
    from comity.corpus.run import code_corpus

    with TemporaryDirectory() as folder:
        shard, out = Path(folder) / "shard.jsonl", Path(folder) / "coded"
        with shard.open("w", encoding="utf-8") as lines:
            for d in found:
                kept = {"id": d.id, "title": d.title, "text": d.text, "date": d.published}
                lines.write(json.dumps(kept) + "\n")
        start = time.perf_counter()
        report = code_corpus([shard], out)
        took = time.perf_counter() - start
    failed, rate = len(report.failed), report.documents / took
    return (
        f"code: {rate:.1f} articles/s in one process, {report.documents} articles, {failed} failed, including start-up"
    )


def measure_ledger(part: str, limit: int) -> Iterator[str]:
    """Lines of figures on a synthetic ledger of `limit` documents: the cost of storing as it grows, or a dossier.

    Storing is measured without reading: CPU time per document over the last thousand before 1,000, 10,000,
    100,000 … documents. The dossier is that of the dyad with most statements.
    """
    if part == "import":
        yield _import(limit)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.duckdb"
        writer = Writer(path)
        try:
            for line in _grown(writer, limit):
                if part == "add":
                    yield line
            start = time.perf_counter()
            writer.publish()
            took = time.perf_counter() - start
        finally:
            writer.close()
        if part == "add":
            yield f"add: {path.stat().st_size / 1e6:,.0f} MB, published in {took:.2f} s"
        else:
            yield _dossier(path, limit)


def _import(limit: int) -> str:
    """A synthetic day of GDELT of `limit` rows, imported into a new ledger and once more."""
    with TemporaryDirectory() as folder:
        day, path = Path(folder) / "day.csv", Path(folder) / "synthetic.duckdb"
        with day.open("w", encoding="utf-8") as stream:
            stream.writelines(f"{row}\n" for row in synthesis.gdelt_day(limit))
        times = []
        with OpenLedger(path) as ledger:
            for _ in range(2):
                cpu, wall = time.process_time(), time.perf_counter()
                done = ledger.import_("gdelt", day)
                times.append((time.process_time() - cpu, time.perf_counter() - wall, done.added))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        first, again = (f"{c:.1f} s of CPU time, {w:.1f} s elapsed, {n:,} added" for c, w, n in times)
        return f"import: {limit:,} rows of GDELT: {first}; again: {again}; peak memory {peak:.0f} MB"


def _grown(writer: Writer, limit: int) -> Iterator[str]:
    stored, size = 0, 1000
    recent: list[tuple[int, float, float]] = []
    while stored < limit:
        count = min(500, limit - stored)
        entries = ingest.Batch(readings=[(d, r) for d, r in synthesis.documents(count, start=stored)])
        cpu, wall = time.process_time(), time.perf_counter()
        ingest.store(writer, entries)
        recent = [*recent[-1:], (count, time.process_time() - cpu, time.perf_counter() - wall)]
        stored += count
        if stored in (size, limit):
            documents = sum(c for c, _, _ in recent)
            spent, waited = (1000 * sum(r[i] for r in recent) / documents for i in (1, 2))
            yield f"add: at {stored:,} documents {spent:.2f} ms of CPU time, {waited:.2f} ms elapsed per document"
            size *= 10 if stored == size else 1


def _dossier(path: Path, limit: int) -> str:
    with OpenLedger(path) as ledger:
        query = """SELECT block, count(*) AS n FROM statement WHERE block LIKE '___ ___'
                   GROUP BY block ORDER BY n DESC, block LIMIT 1"""
        block, statements = ledger.sql(query).rows[0]
        a, b = block.split()
        times = []
        for _ in range(3):
            ledger.close()
            start = time.perf_counter()
            ledger.dossier(a, b, on="2020-01-01")
            times.append(time.perf_counter() - start)
    return f"dossier: {min(times):.2f} s ({a} and {b}, {statements:,} statements among {limit:,} documents)"


def _parse(document: Document) -> int:
    return sum(len(s.tokens) for s in analyse(document))


def _read(document: Document) -> int:
    return len(read_document(document).records)
