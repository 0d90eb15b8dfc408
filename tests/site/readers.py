"""Readers on the local page while reports are being added: `python tests/site/readers.py --seconds 120 --readers 8`.

Each reader asks one page after the other without a pause. What comes back other than 200 is an error, and so is a
connection that breaks. `comity add` is fed over its standard input until the time is up.
"""

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

PAGES = (
    "/", "/states", "/state/KEN", "/agreements?state=KEN", "/map", "/network", "/coverage", "/about.json", "/index.csv",
    "/dyad/KEN/UGA", "/dyad/CHL/PER?from=2012&to=2016", "/dyad/FRA/DEU.json", "/dyad/JPN/IND.csv", "/dyad/KEN/UGA.svg",
    "/coverage.metadata.json",
)  # fmt: skip
STATES = (("Kenya", "Uganda"), ("Chile", "Peru"), ("France", "Germany"), ("Japan", "India"), ("Egypt", "Jordan"))
ACTS = ("signed a fisheries agreement", "signed a trade agreement", "held talks on water", "held talks on railways")


@dataclass
class Seen:
    """What the readers saw."""

    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    states: set[str] = field(default_factory=set)
    slowest: float = 0.0
    guard: threading.Lock = field(default_factory=threading.Lock)


def report(n: int) -> str:
    a, b = STATES[n % len(STATES)]
    day = f"20{10 + n // 28 % 10}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
    text = f"{a} and {b} {ACTS[n // len(STATES) % len(ACTS)]} in city number {n}."
    return json.dumps({"id": f"r{n:06d}", "title": None, "date": day, "text": text}) + "\n"


def ask(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def reader(port: int, seed: int, stop: threading.Event, seen: Seen) -> None:
    chance = random.Random(seed)
    while not stop.is_set():
        path = chance.choice(PAGES)
        start = time.monotonic()
        try:
            status, body = ask(port, path)
            wrong = None if status == 200 else f"{path}: {status}"
            if path == "/about.json" and status == 200:
                with seen.guard:
                    seen.states.add(json.loads(body)["sha256"])
        except (OSError, http.client.HTTPException, ValueError) as error:
            wrong = f"{path}: {type(error).__name__} {error}"
        with seen.guard:
            seen.asked += 1
            seen.slowest = max(seen.slowest, time.monotonic() - start)
            if wrong:
                seen.wrong.append(wrong)


def run(seconds: float, readers: int) -> tuple[Seen, int]:
    """Lets readers read while reports are added; what they saw, and how many documents were added."""
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "growing.duckdb"
        first = "".join(report(n) for n in range(60))
        command = [sys.executable, "-m", "comity.cli"]
        subprocess.run([*command, "add", str(ledger), "-"], input=first.encode(), check=True, capture_output=True)
        serve = [*command, "serve", str(ledger), "--port", "0"]
        server = subprocess.Popen(serve, env={**os.environ}, stderr=subprocess.PIPE, text=True)
        try:
            said = server.stderr.readline() if server.stderr else ""
            port = int(said.rpartition("/ (")[0].rpartition(":")[2])
            end, stop = time.monotonic() + seconds, threading.Event()
            threads = [threading.Thread(target=reader, args=(port, n, stop, seen)) for n in range(readers)]
            for t in threads:
                t.start()
            n, rounds = 60, 0
            # on a busy machine the readers read on until a second addition has ended, however long that takes
            while time.monotonic() < end or rounds < 2:
                rounds += 1
                # a long run is fed a minute at a time, so that each end publishes
                part = time.monotonic() + max(1.0, seconds / 4)
                adding = subprocess.Popen(
                    [*command, "add", str(ledger), "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
                )
                while time.monotonic() < part:
                    adding.stdin.write("".join(report(n + i) for i in range(20)).encode())
                    adding.stdin.flush()
                    n += 20
                _, talk = adding.communicate()
                if adding.returncode != 0:
                    seen.wrong.append(f"add ended with {adding.returncode}: {talk.decode()[-300:]}")
            status, body = ask(port, "/about.json")
            if status == 200:
                seen.states.add(json.loads(body)["sha256"])
            stop.set()
            for t in threads:
                t.join()
        finally:
            server.terminate()
            server.wait(timeout=20)
        checked = subprocess.run([*command, "check", str(ledger)], capture_output=True, text=True, check=False)
        if checked.returncode != 0:
            seen.wrong.append(checked.stdout[-300:])
        added = int(checked.stderr.partition("sound: ")[2].partition(" ")[0] or 0)
    return seen, added


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--readers", type=int, default=8)
    given = parser.parse_args()
    seen, added = run(given.seconds, given.readers)
    for wrong in seen.wrong[:20]:
        print(wrong)
    print(
        f"{given.readers} readers, {given.seconds:g} s: {seen.asked:,} answers, {len(seen.wrong)} wrong, slowest "
        f"{seen.slowest:.1f} s, {len(seen.states)} published states seen, {added:,} documents in the ledger"
    )
    sys.exit(1 if seen.wrong else 0)


if __name__ == "__main__":
    main()
