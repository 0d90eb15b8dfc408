"""Documents that end or block the process that reads them: each costs itself alone, and is listed."""

import os
import signal
import threading
import time
from functools import cache
from pathlib import Path

from comity.corpus.order import Order
from comity.corpus.run import code_corpus
from comity.settings import Settings

from .conftest import outputs, reports, write

_LONG = "Kenya and Uganda signed a trade agreement in Nairobi on 4 May 2021, and Chile and Peru met in Lima. "


def _workers() -> list[int]:
    """The worker processes that this process has."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            continue
        if parent == os.getpid() and b"comity.corpus.worker" in words:
            found.append(int(folder.name))
    return found


def _seconds(process: int) -> float:
    """The processor time that a process has used."""
    words = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _killing(times: int, busy: float, sign: int, stop: threading.Event) -> list[int]:
    """Kills so many workers, each once it has worked for so long."""
    killed: list[int] = []
    while len(killed) < times and not stop.is_set():
        for process in _workers():
            try:
                if process not in killed and _seconds(process) > busy:
                    os.kill(process, sign)
                    killed.append(process)
            except (OSError, ValueError):
                continue
        # a look goes through all processes of the machine: oftener would take the time of those that are watched
        time.sleep(0.05)
    return killed


def _coded_while_killing(tmp_path, rows, times, *, jobs=1, busy=0.0, sign=signal.SIGKILL, settings=None):
    source = write(tmp_path / "in" / "x.jsonl", rows)
    stop, killed = threading.Event(), []
    thread = threading.Thread(target=lambda: killed.extend(_killing(times, busy, sign, stop)))
    thread.start()
    try:
        order = Order(settings=settings or Settings())
        report = code_corpus([source], tmp_path / "out", order=order, jobs=jobs)
    finally:
        stop.set()
        thread.join()
    return report, killed


@cache
def _loading() -> float:
    """How much processor time a worker takes until it is ready."""
    from comity.corpus.pool import _Worker

    worker = _Worker(Order())
    try:
        assert worker.link.recv() == "ready"
        return _seconds(worker.process.pid)
    finally:
        worker.end()


def test_a_worker_killed_once_costs_nothing(tmp_path):
    rows = [*reports(30), {"id": "long", "text": _LONG * 400}, *reports(10, 30)]
    clean = code_corpus([write(tmp_path / "clean" / "x.jsonl", rows)], tmp_path / "right")
    report, killed = _coded_while_killing(tmp_path, rows, 1, jobs=2, busy=_loading() + 0.3)
    assert len(killed) == 1
    assert report.failed == []
    assert report.documents == clean.documents == 41
    assert outputs(tmp_path / "out") == outputs(tmp_path / "right")


def test_a_document_whose_worker_is_killed_twice_is_listed_and_all_others_are_coded(tmp_path):
    rows = [*reports(5), {"id": "long", "text": _LONG * 3000}, *reports(20, 5)]
    # the long one is the only one at which a worker is still busy so long after it was loaded
    report, killed = _coded_while_killing(tmp_path, rows, 2, busy=_loading() + 1.5)
    assert len(killed) == 2
    assert [(f.source, f.reason) for f in report.failed] == [
        ("x.jsonl:6", "ended its worker process twice (killed by SIGKILL)")
    ]
    assert report.documents == 25


def test_a_document_that_takes_too_long_twice_is_listed_and_all_others_are_coded(tmp_path):
    rows = [*reports(5), {"id": "long", "text": _LONG * 10_000}, *reports(20, 5)]
    source = write(tmp_path / "x.jsonl", rows)
    order = Order(settings=Settings(document_seconds=3.0))
    report = code_corpus([source], tmp_path / "out", order=order, jobs=2)
    assert [(f.source, f.reason) for f in report.failed] == [("x.jsonl:6", "took more than 3 s, twice")]
    assert report.documents == 25


def test_a_worker_that_hangs_is_ended_and_its_document_read_by_another(tmp_path):
    rows = [*reports(5), {"id": "long", "text": _LONG * 100}, *reports(10, 5)]
    settings = Settings(document_seconds=15.0)
    report, stopped = _coded_while_killing(
        tmp_path, rows, 1, busy=_loading() + 0.3, sign=signal.SIGSTOP, settings=settings
    )
    assert len(stopped) == 1
    assert report.failed == []
    assert report.documents == 16
