"""A corpus run at scale: speed beside plain reading, memory, processes, the same ledger from any of them.

Run on demand, for some two hours in full:

    python tests/corpus/load.py --articles 100000 --shards 20 --jobs 2 --news ../shared/news

Articles are those of the news folder, repeated and perturbed without chance: other numbers, other states. Exit code 1
where a promise is broken. `--part` measures one thing only.
"""

import argparse
import gzip
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import comity

_STATES = ("Kenya", "Chile", "Mongolia", "Japan", "France", "Egypt", "Brazil", "Norway", "India", "Canada", "Peru")
_NAME = re.compile(r"\b(" + "|".join(_STATES) + r")\b")
_NUMBER = re.compile(r"\b\d{2,}\b")
_FILES = ("reuters21578.jsonl.gz", "wikinews_2019_2020.jsonl.gz")


class Promises:
    """What was promised and measured, a line each."""

    def __init__(self) -> None:
        self.broken = 0

    def report(self, what: str, *, held: bool | None = None) -> None:
        mark = "    " if held is None else "ok  " if held else "FELL"
        self.broken += held is False
        print(mark, what, flush=True)


def perturbed(row: dict[str, object], turn: int) -> dict[str, object]:
    """The article of a later round: numbers grow and states change places, the same each time."""
    if not turn:
        return row
    text = _NUMBER.sub(lambda m: m[0] if len(m[0]) == 4 else str(int(m[0]) + turn), str(row["text"]))
    text = _NAME.sub(lambda m: _STATES[(_STATES.index(m[0]) + turn) % len(_STATES)], text)
    return {**row, "id": f"{row['id']}#{turn}", "text": text}


def articles(news: Path) -> Iterator[dict[str, object]]:
    turn = 0
    while True:
        for name in _FILES:
            with gzip.open(news / name, "rt", encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    kept = {k: row.get(k) for k in ("id", "title", "date", "url", "text")}
                    yield perturbed(kept, turn)
        turn += 1


def corpus(folder: Path, news: Path, count: int, shards: int) -> Path:
    """A folder of so many shards of JSON Lines."""
    folder.mkdir(parents=True)
    source = articles(news)
    for n in range(shards):
        with gzip.open(folder / f"{n:04d}.jsonl.gz", "wt", encoding="utf-8", compresslevel=3) as out:
            for row in islice(source, count * (n + 1) // shards - count * n // shards):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return folder


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "comity.cli", *map(str, words)]


def timed(*words: object) -> tuple[float, float]:
    """Seconds of time and of processor that a command takes, with all its processes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: {done.stderr.decode()}")
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def family(process: int) -> list[int]:
    """A process and all that come from it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    found = [process]
    for one in found:
        found.extend(parents.get(one, []))
    return found


def memory(process: int) -> float:
    """Megabytes that a process and all that come from it hold, shared pages counted once by their part."""
    kilobytes = 0
    for one in family(process):
        try:
            rows = (Path("/proc") / str(one) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kilobytes += next((int(r.split()[1]) for r in rows if r.startswith("Pss:")), 0)
    return kilobytes / 1024


def watched(*words: object, kill: float | None = None) -> tuple[float, list[float], str]:
    """The time a command takes, its memory each second, what it printed; one worker killed after so many seconds."""
    began, held = time.perf_counter(), list[float]()
    with subprocess.Popen(command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        output: list[str] = []
        reader = threading.Thread(target=lambda: output.extend(process.stderr or ()))
        reader.start()
        while process.poll() is None:
            time.sleep(1.0)
            held.append(memory(process.pid))
            if kill is not None and time.perf_counter() - began > kill:
                workers = [p for p in family(process.pid)[1:] if b"corpus.worker" in _words(p)]
                if workers:
                    os.kill(workers[0], signal.SIGKILL)
                    output.append("(killed a worker)\n")
                    kill = None
        reader.join()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, words))}: {''.join(output)}")
    return time.perf_counter() - began, held, "".join(output)


def occupied(jobs: int, *words: object) -> float:
    """The part of the time in which workers had work, whether or not the machine gave them a processor for it.

    Taken from the middle of the run; on a machine with other work this shows what the time itself cannot.
    """
    seen: list[tuple[float, float]] = []
    with subprocess.Popen(command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            workers = [p for p in family(process.pid)[1:] if b"corpus.worker" in _words(p)]
            if len(workers) == jobs:
                seen.append((time.perf_counter(), sum(_runnable(p) for p in workers)))
            time.sleep(0.2)
    first, last = seen[len(seen) // 4], seen[len(seen) * 9 // 10]
    return (last[1] - first[1]) / (last[0] - first[0]) / jobs


def _runnable(process: int) -> float:
    """Seconds in which a process ran or waited for a processor, all its threads together."""
    total = 0
    for task in (Path("/proc") / str(process) / "task").glob("*"):
        try:
            ran, waited, _ = (task / "schedstat").read_text().split()
        except (OSError, ValueError):
            continue
        total += int(ran) + int(waited)
    return total / 1e9


def _words(process: int) -> bytes:
    try:
        return (Path("/proc") / str(process) / "cmdline").read_bytes()
    except OSError:
        return b""


def digest(path: Path) -> str:
    with comity.open(path) as led:
        faults = led.check()
        if faults:
            sys.exit(f"{path}: {faults[:3]}")
        return hashlib.sha256("".join(led.export()).encode()).hexdigest()[:16]


def ledger(folder: Path, name: str, *inputs: object) -> tuple[str, float]:
    """The hash of a ledger made of inputs, and the seconds that adding took."""
    path = folder / f"{name}.duckdb"
    took, _ = timed("add", path, *inputs)
    return digest(path), took


def same_ledgers(work: Path, small: Path, jobs: int, promises: Promises, *, ray: bool) -> None:
    """The ledger of articles, of shards by any number of processes, merged, after a kill, and by a cluster."""
    right, _ = ledger(work, "articles", small)
    for n in dict.fromkeys((1, 2, jobs)):
        timed("code-corpus", small, work / f"out{n}", "--jobs", n)
        found, _ = ledger(work, f"jobs{n}", work / f"out{n}")
        promises.report(f"ledger of shards by {n} processes: {found}, of articles: {right}", held=found == right)
    timed("merge-corpus", work / "out1")
    found, _ = ledger(work, "merged", work / "out1")
    promises.report(f"ledger of merged shards: {found}", held=found == right)
    _, _, output = watched("code-corpus", small, work / "killed", "--jobs", jobs, kill=5.0)
    found, _ = ledger(work, "killed", work / "killed")
    promises.report(f"ledger after a worker was killed: {found}", held=found == right and "(killed a worker)" in output)
    if ray:
        from ray.cluster_utils import Cluster

        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()
        os.environ["RAY_ADDRESS"] = cluster.address
        try:
            timed("code-corpus", small, work / "ray", "--engine", "ray")
        finally:
            cluster.shutdown()
        found, _ = ledger(work, "ray", work / "ray")
        promises.report(f"ledger of shards by two nodes of a Ray cluster: {found}", held=found == right)


def beside_reading(work: Path, news: Path, count: int, rounds: int, promises: Promises) -> None:
    """Processor time an article beside `comity read`, and the time of one process beside two, in paired runs."""
    many = corpus(work / "many", news, count, 1)
    one = corpus(work / "one", news, 1, 1)
    costs, gains, rates = [], [], []
    for n in range(rounds):
        reading = (timed("read", many, "--format", "jsonl")[1] - timed("read", one, "--format", "jsonl")[1]) / (
            count - 1
        )
        began, fixed = timed("code-corpus", one, work / f"o{n}")
        single, coding = timed("code-corpus", many, work / f"s{n}")
        double, _ = timed("code-corpus", many, work / f"d{n}", "--jobs", 2)
        costs.append(reading / ((coding - fixed) / (count - 1)))
        rates.append((count - 1) / (coding - fixed))
        gains.append((single - began) / (double - began))
    cost, gain = statistics.median(costs), statistics.median(gains)
    all_costs, all_gains = (" ".join(f"{x:.2f}" for x in found) for found in (costs, gains))
    rate = statistics.median(rates)
    promises.report(
        f"articles a core, code-corpus to read: {cost:.2f} ({all_costs}); {rate:.1f} a second", held=cost >= 0.9
    )
    load = os.getloadavg()[0]
    promises.report(f"two processes to one: {gain:.2f} ({all_gains}), load of the machine {load:.1f}", held=gain >= 1.7)
    share = occupied(2, "code-corpus", many, work / "occupied", "--jobs", 2)
    promises.report(f"two processes had work {share:.0%} of the time, for {2 * share:.2f} of one", held=share >= 0.85)


def in_full(work: Path, news: Path, count: int, shards: int, jobs: int, promises: Promises) -> None:
    """The run itself, its memory, what it leaves on disk, and merging and adding it."""
    source = corpus(work / "corpus", news, count, shards)
    out = work / "corpus-out"
    took, held, _ = watched("code-corpus", source, out, "--jobs", jobs)
    promises.report(f"{count:,} articles in {took:,.0f} s, {count / took:.1f} a second with {jobs} processes")
    settled = held[len(held) // 4 :]
    half = len(settled) // 2
    early, late = max(settled[:half], default=0.0), max(settled[half:], default=0.0)
    promises.report(
        f"memory of all processes: {early:.0f} MB at most in the second quarter and third eighth, {late:.0f} MB after",
        held=late <= 1.1 * early,
    )
    size = sum(p.stat().st_size for p in out.rglob("*.parquet"))
    raw = sum(p.stat().st_size for p in source.rglob("*.gz"))
    promises.report(f"{size / count:,.0f} bytes an article in coded shards ({raw / count:,.0f} as gzip)")
    took, held, output = watched("merge-corpus", out, "--jobs", jobs)
    promises.report(f"merged in {took:.0f} s, {max(held, default=0):.0f} MB: {output.strip().splitlines()[-1]}")
    took, held, _ = watched("add", work / "corpus.duckdb", out)
    size = (work / "corpus.duckdb").stat().st_size
    promises.report(
        f"added in {took:.0f} s, {max(held, default=0):.0f} MB; {size / count:,.0f} bytes an article in the ledger"
    )
    again, _ = timed("code-corpus", source, out, "--jobs", jobs)
    promises.report(f"the same command again: {again:.1f} s")


def main() -> None:
    """Measures and reports; exit code 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--shards", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sample", type=int, default=400, help="Articles of the paired runs.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--news", type=Path, default=Path(os.environ.get("COMITY_SHARED", "../shared")) / "news")
    parser.add_argument(
        "--folder", type=Path, help="Where it works and leaves its files; else in the temporary folder."
    )
    parser.add_argument("--ray", action="store_true", help="Also on a local Ray cluster of two nodes.")
    parser.add_argument("--part", choices=["ledgers", "speed", "full"], action="append", help="Only this part.")
    words = parser.parse_args()
    work, promises = words.folder or Path(tempfile.mkdtemp(prefix="comity-load-")), Promises()
    parts = words.part or ["ledgers", "speed", "full"]
    from comity.bench.speed import machine

    promises.report(machine())
    try:
        if "ledgers" in parts:
            small = corpus(work / "small", words.news, min(words.sample, words.articles), 3)
            same_ledgers(work, small, max(words.jobs, 3), promises, ray=words.ray)
        if "speed" in parts:
            beside_reading(work, words.news, words.sample, words.rounds, promises)
        if "full" in parts:
            in_full(work, words.news, words.articles, words.shards, words.jobs, promises)
    finally:
        if words.folder is None:
            shutil.rmtree(work)
    sys.exit(1 if promises.broken else 0)


if __name__ == "__main__":
    main()
