"""Speed and memory, measured on this machine and named with it."""

import os
import platform
import resource
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from comity.document.document import Document
from comity.document.sources import documents
from comity.language.analysis import analyse
from comity.reading import read_document

PARTS = ("parser", "read")


def machine() -> str:
    """The machine in one line: processor, cores, system and Python.

    >>> "Python" in machine()
    True
    """
    name = platform.processor() or platform.machine()
    table = Path("/proc/cpuinfo")
    if table.is_file():
        models = [ln.split(":", 1)[1].strip() for ln in table.read_text().splitlines() if ln.startswith("model name")]
        name = models[0] if models else name
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def measure(part: str, inputs: Iterable[str | Path], limit: int) -> str:
    """One line of figures for a part: the `parser` alone (words a second) or `read`, on one core, once warmed up."""
    found = [d for i in inputs for d in islice(documents(i), limit) if isinstance(d, Document)][:limit]
    if not found:
        return f"{part}: no document to measure on"
    run = _parse if part == "parser" else _read
    run(found[0])
    start = time.perf_counter()
    failed = words = 0
    for document in found:
        try:
            words += run(document)
        except Exception:  # a failure is a figure here
            failed += 1
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = f"{words / took:,.0f} words/s" if part == "parser" else f"{len(found) / took:.1f} articles/s"
    return f"{part}: {speed} on one core, {len(found)} articles, {failed} failed, peak memory {peak:.0f} MB"


def _parse(document: Document) -> int:
    return sum(len(s.tokens) for s in analyse(document))


def _read(document: Document) -> int:
    return len(read_document(document).records)
