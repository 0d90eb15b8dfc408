"""Kills `add` at random instants and looks at what is left: nothing acknowledged lost, nothing torn, nothing twice.

Run on demand: `python tests/ledger/crash.py --times 200`. The continuous integration kills 20 times.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import comity

_ADDING = """
import os, sys, comity
from comity.settings import Settings
import comity.ledger.ledger, comity.reading
comity.read("Kenya and Uganda signed a pact.")
opened, settings = comity.open, Settings(batch_documents=5, publish_seconds=0.3)
for line in sys.stdin:
    path, corpus = line.rstrip().split("\\t")
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        print("\\nended", flush=True)
        continue
    print("ready", os.getpid(), flush=True)
    with opened(path, settings=settings) as led:
        led.add(corpus, notify=lambda a: print("stored", a.documents, flush=True))
    print("done", flush=True)
    os._exit(0)
"""


class Adding:
    """Additions that can be killed, each in a process of its own: forked from one that has all loaded, a kill costs
    no start of Python."""

    def __init__(self, process: subprocess.Popen[str]):
        self.process = process
        self.child = 0

    def start(self, path: Path, corpus: Path) -> None:
        """Begins to add; returns once the process runs."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{path}\t{corpus}\n")
        self.process.stdin.flush()
        ready, child = self.process.stdout.readline().split()
        assert ready == "ready"
        self.child = int(child)

    def kill(self) -> None:
        with suppress(ProcessLookupError):  # it may have come to its end
            os.kill(self.child, signal.SIGKILL)

    def words(self) -> list[str]:
        """What the process said until its end, line by line."""
        assert self.process.stdout is not None
        out = []
        while (line := self.process.stdout.readline()) != "ended\n":
            assert line, "the process from which the additions are forked has ended"
            out.append(line.rstrip("\n"))
        return out


@contextmanager
def adding() -> Iterator[Adding]:
    with subprocess.Popen(
        [sys.executable, "-c", _ADDING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Adding(process)


@dataclass
class Tally:
    """What the kills came to."""

    kills: int = 0
    finished: int = 0
    acknowledged: int = 0
    kept_without_word: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.finished} ledgers finished, {self.acknowledged} documents acknowledged, "
            f"{self.kept_without_word} more were on disk before their word came, {len(self.faults)} faults"
        )


def digest(path: Path) -> str:
    with comity.open(path) as led:
        return hashlib.sha256("".join(led.export()).encode()).hexdigest()


def stored(path: Path) -> list[str]:
    """Ids of the documents in the order of their batches."""
    if not path.exists():
        return []
    with comity.open(path) as led:
        return [r["id"] for r in led.sql("SELECT id FROM document ORDER BY batch, id")]


def kill_and_look(additions: Adding, path: Path, corpus: Path, ids: list[str], wait: float, tally: Tally) -> bool:
    """Starts adding, kills it after a while, and looks at the ledger; whether it had ended before."""
    before = len(stored(path))
    additions.start(path, corpus)
    time.sleep(wait)
    additions.kill()
    words = additions.words()
    reported = sum(int(w.split()[1]) for w in words if w.startswith("stored "))
    tally.kills += 1
    tally.acknowledged += reported
    there = stored(path)
    if there != ids[: len(there)]:
        tally.faults.append(f"kill {tally.kills}: the documents are not the first of the corpus")
    if len(there) < before + reported:
        tally.faults.append(f"kill {tally.kills}: {before + reported} acknowledged, {len(there)} there")
    tally.kept_without_word += max(0, len(there) - before - reported)
    if path.exists():
        with comity.open(path) as led:
            tally.faults += [f"kill {tally.kills}: {f}" for f in led.check()]
    return "done" in words


def crash(times: int, seed: int, folder: Path, rows: list[dict[str, object]]) -> Tally:
    """Kills so many times; a ledger that came to its end is compared with one never killed, and a new one begun."""
    corpus = folder / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    ids = [str(r["id"]) for r in rows]
    clean = folder / "clean.duckdb"
    tally, chance = Tally(), random.Random(seed)
    path = folder / "ledger0.duckdb"
    with adding() as additions:
        # timed in a process of its own, as cold as those that will be killed
        additions.start(clean, corpus)
        began = time.monotonic()
        assert "done" in additions.words()
        whole = time.monotonic() - began
        right = digest(clean)
        while tally.kills < times:
            ended = kill_and_look(additions, path, corpus, ids, chance.uniform(0.0, whole * 0.6), tally)
            if ended or len(stored(path)) == len(ids):
                with comity.open(path) as led:
                    led.add(corpus)
                if digest(path) != right:
                    tally.faults.append(f"ledger {tally.finished}: its export differs from that of one never killed")
                tally.finished += 1
                path = folder / f"ledger{tally.finished}.duckdb"
    with comity.open(path) as led:
        led.add(corpus)
    if digest(path) != right:
        tally.faults.append("the last ledger's export differs from that of one never killed")
    return tally


def main() -> None:
    """Kills on demand and says what came of it; exit code 1 where anything was lost, torn or doubled."""
    from conftest import short_reports

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=120)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = crash(words.times, words.seed, Path(folder), short_reports(words.documents))
    print(tally)
    for fault in tally.faults:
        print(fault)
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
