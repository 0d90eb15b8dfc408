"""Reading reports and opening ledgers over and over keeps no file and no thread.

`python tests/promises/descriptors.py --cycles 1000` prints what was open before and after.
"""

import argparse
import gc
import sys
import tempfile
import threading
from pathlib import Path

import comity
from comity.document.inputs import documents

TEXT = "Kenya and Uganda signed a trade agreement in Nairobi on 4 March 2019."
PAGE = "<html><head><title>Treaty</title></head><body><article>" + f"<p>{TEXT}</p>" * 5 + "</article></body></html>"


def held() -> tuple[int, int, int]:
    """Open files, threads of Python, and threads of the process."""
    gc.collect()
    return (
        len(list(Path("/proc/self/fd").iterdir())),
        threading.active_count(),
        len(list(Path("/proc/self/task").iterdir())),
    )


def cycle(folder: Path) -> None:
    """One round: a report, a page, a missing file, a failing archive, and a ledger added to, asked and closed."""
    comity.read(TEXT)
    list(documents(folder / "page.html"))
    list(documents(folder / "missing.txt"))
    list(documents(folder / "broken.txt.gz"))
    with comity.open(folder / "a.duckdb") as led:
        led.add(folder / "page.html")
        led.facts("KEN", "UGA")
        list(led.export())
        led.sql("SELECT count(*) FROM document")


def run(cycles: int, folder: Path) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """What is held after the first five rounds, and after all."""
    (folder / "page.html").write_text(PAGE)
    (folder / "broken.txt.gz").write_bytes(b"\x1f\x8b broken")
    for _ in range(5):
        cycle(folder)
    before = held()
    for _ in range(cycles):
        cycle(folder)
    return before, held()


def main() -> None:
    """Tells what was held before and after; exit code 1 where it differs."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--cycles", type=int, default=1000)
    with tempfile.TemporaryDirectory() as folder:
        given = words.parse_args()
        before, after = run(given.cycles, Path(folder))
    print(f"files, Python's threads, threads: {before} after 5 cycles, {after} after {given.cycles} more")
    sys.exit(0 if before == after else 1)


if __name__ == "__main__":
    main()
