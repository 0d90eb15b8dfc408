"""Lets every n-th open, write, rename and sync of a ledger's files fail in turn, and looks at what is left.

`python tests/ledger/faults.py` tries each call of an addition with an input/output error and with a disk that is full
from there on; `--every 20` tries each twentieth. Needs Linux and a C compiler, since DuckDB writes past Python.
"""

import argparse
import ctypes
import errno
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

_HERE = Path(__file__).parent
_CHILD = "comity-faults-child"


def compiled(folder: Path) -> Path | None:
    """The library that lets calls fail, or null where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    made = folder / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, _HERE / "faults.c", "-ldl"], check=True)
    return made


@dataclass
class Tally:
    """What came of the failures."""

    calls: int = 0
    tried: int = 0
    acknowledged: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"an addition makes {self.calls} calls; {self.tried} failures tried, {self.refused} ended the command with "
            f"one clear line, {self.tried - self.refused} did it no harm, {self.acknowledged} documents acknowledged, "
            f"{len(self.faults)} faults"
        )


def crash() -> object:
    """The harness of the kills, whose looks at a ledger serve here too."""
    spec = importlib.util.spec_from_file_location("ledger_crash", _HERE / "crash.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def run(every: int, rows: list[dict[str, object]], folder: Path, library: Path) -> Tally:
    """Tries each of the calls, `every` apart, in a process that has the library loaded."""
    corpus = folder / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, __file__, _CHILD, str(folder), str(every), str(library)],
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(done.stderr[-2000:])
    return Tally(**json.loads(done.stdout.splitlines()[-1]))


def _child(folder: Path, every: int, library: Path) -> None:
    import comity

    looks = crash()
    corpus, ids = folder / "corpus.jsonl", [json.loads(x)["id"] for x in (folder / "corpus.jsonl").open()]
    shim = ctypes.CDLL(str(library))
    begun = folder / "begun.duckdb"
    half = folder / "half.jsonl"
    half.write_text("".join(corpus.read_text().splitlines(keepends=True)[: len(ids) // 3]))
    with comity.open(begun) as led:
        led.add(half)
    clean = folder / "clean.duckdb"
    shutil.copy(begun, clean)
    with comity.open(clean) as led:
        led.add(corpus)
    right = looks.digest(clean)  # type: ignore[attr-defined]
    tally = Tally()
    place = folder / "work"
    tally.calls = _added(place, begun, corpus, shim, (0, 0, 0))["count"]
    for kind, ever in ((errno.EIO, 0), (errno.ENOSPC, 1)):
        for n in range(1, tally.calls + 1, every):
            _try(place, begun, corpus, shim, (n, kind, ever), ids, right, tally, looks)
    print(json.dumps(vars(tally)))


def _added(place: Path, begun: Path, corpus: Path, shim: ctypes.CDLL, arm: tuple[int, int, int]) -> dict[str, object]:
    """What an addition in a forked process came to."""
    import comity
    from comity.errors import ComityError
    from comity.settings import Settings

    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    path = place / "a.duckdb"
    shutil.copy(begun, path)
    out = place.with_name("outcome.json")
    out.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        reported: dict[str, object] = {"documents": 0, "error": None, "trace": None}
        try:
            shim.faults_arm(str(place).encode(), *arm)
            with comity.open(path, settings=Settings(batch_documents=4, publish_seconds=0.0)) as led:

                def acknowledge(a: object) -> None:
                    reported["documents"] += a.documents  # type: ignore[operator, attr-defined]

                led.add(corpus, notify=acknowledge)
        except ComityError as error:
            reported["error"] = str(error)
        except BaseException as error:  # whatever else comes out is the fault
            reported["trace"] = f"{type(error).__name__}: {error}"
        reported["count"], reported["failed"] = shim.faults_count(), shim.faults_failed()
        shim.faults_arm(b"", 0, 0, 0)
        out.write_text(json.dumps(reported))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not out.exists():
        return {
            "documents": 0,
            "error": None,
            "trace": f"the process ended with status {status}",
            "count": 0,
            "failed": 1,
        }
    found: dict[str, object] = json.loads(out.read_text())
    return found


def _try(
    place: Path, begun: Path, corpus: Path, shim: ctypes.CDLL, arm: tuple[int, int, int], ids: list[str], right: str,
    tally: Tally, looks: object,
) -> None:  # fmt: skip
    import comity

    reported = _added(place, begun, corpus, shim, arm)
    name = f"call {arm[0]}, {errno.errorcode[arm[1]]}{' from there on' if arm[2] else ''}"
    tally.tried += 1
    tally.acknowledged += reported["documents"]  # type: ignore[operator]
    if reported["trace"]:
        tally.faults.append(f"{name}: {reported['trace']}")
    if reported["error"]:
        tally.refused += 1
        if "\n" in str(reported["error"]) or "a.duckdb" not in str(reported["error"]):
            tally.faults.append(f"{name}: says {reported['error']!r}")
    path = place / "a.duckdb"
    try:
        there = looks.stored(path)  # type: ignore[attr-defined]
        least = len(ids) // 3 + reported["documents"]  # type: ignore[operator]
        if there != ids[: len(there)] or len(there) < least:
            tally.faults.append(f"{name}: {least} acknowledged, {len(there)} there; {reported}")
        with comity.open(path) as led:
            tally.faults += [f"{name}: {f}" for f in led.check()]
            led.add(corpus)
        if looks.digest(path) != right:  # type: ignore[attr-defined]
            tally.faults.append(f"{name}: added again, its export differs from that of one without failures")
    except Exception as error:  # a ledger that does not open again is the fault
        tally.faults.append(f"{name}: afterwards {type(error).__name__}: {error}; {reported}")


def main() -> None:
    """Tries the failures and says what came of them; exit code 1 where anything was lost or unclear."""
    if sys.argv[1:2] == [_CHILD]:
        _child(Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
        return
    from conftest import short_reports

    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--every", type=int, default=1)
    words.add_argument("--documents", type=int, default=18)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = compiled(Path(folder))
        if library is None:
            sys.exit("needs Linux and a C compiler")
        tally = run(given.every, short_reports(given.documents), Path(folder), library)
    print(tally)
    for fault in tally.faults:
        print(fault)
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
