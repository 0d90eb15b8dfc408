"""The same reports give the same bytes, whatever the environment: hash seed, time zone, locale, folder, jobs, Python.

`python tests/promises/determinism.py examples tests/ledger/reports/four.jsonl` compares `comity read` and the export of
a ledger in every environment; `--python` adds another interpreter that has what Comity needs.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_SOURCE = Path(__file__).parents[2] / "src"


@dataclass(frozen=True)
class Place:
    """An environment in which commands are run."""

    name: str
    variables: dict[str, str] = field(default_factory=dict)
    jobs: int = 1
    elsewhere: bool = False
    python: str = sys.executable


PLACES = (
    Place("hash seed 0", {"PYTHONHASHSEED": "0"}),
    Place("hash seed 4242", {"PYTHONHASHSEED": "4242"}),
    Place("time zone Pacific/Kiritimati", {"TZ": "Pacific/Kiritimati"}),
    Place("time zone America/St_Johns", {"TZ": "America/St_Johns"}),
    Place("locale C", {"LC_ALL": "C", "LANG": "C"}),
    Place("locale tr_TR.UTF-8", {"LC_ALL": "tr_TR.UTF-8"}),
    Place("ASCII output", {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "POSIX"}),
    Place("two jobs", jobs=2),
    Place("three jobs", jobs=3),
    Place("another folder", elsewhere=True),
    Place("one thread", {"OMP_NUM_THREADS": "1"}),
    Place("optimised", {"PYTHONOPTIMIZE": "2"}),
)


def _run(place: Place, words: list[str], folder: Path) -> bytes:
    variables = {**os.environ, "PYTHONPATH": str(_SOURCE), **place.variables}
    where = folder if place.elsewhere else Path.cwd()
    done = subprocess.run(
        [place.python, "-m", "comity.cli", *words], env=variables, cwd=where, capture_output=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"{place.name}: {' '.join(words)} ended with {done.returncode}: {done.stderr[-500:]!r}")
    return done.stdout


def digests(place: Place, inputs: list[Path], *, export: bool = True) -> tuple[str, ...]:
    """Hashes of what `read` prints (JSON Lines and CSV) and of a ledger's export, with its inputs named in full."""
    files = [str(p.resolve()) for p in inputs]
    with tempfile.TemporaryDirectory() as folder:
        out = [
            _run(place, ["read", *files, "--format", form, "--jobs", str(place.jobs)], Path(folder))
            for form in ("jsonl",)
        ]
        if export:
            ledger = str(Path(folder) / "a.duckdb")
            _run(place, ["add", ledger, *files, "--jobs", str(place.jobs)], Path(folder))
            out.append(_run(place, ["export", ledger], Path(folder)))
    if not all(out):
        raise AssertionError(f"{place.name}: nothing was printed")
    return tuple(hashlib.sha256(o).hexdigest() for o in out)


def differing(places: list[Place], inputs: list[Path], *, export: bool = True) -> Iterator[str]:
    """The environments whose bytes differ from the first one's."""
    first = digests(Place("as it is"), inputs, export=export)
    for place in places:
        if digests(place, inputs, export=export) != first:
            yield place.name


def main() -> None:
    """Compares all environments; exit code 1 where any differs."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("inputs", nargs="+", type=Path)
    words.add_argument("--python", action="append", default=[], help="Another interpreter; may be given again.")
    given = words.parse_args()
    places = [*PLACES, *(Place(p, python=p) for p in given.python)]
    bad = list(differing(places, given.inputs))
    print(f"{len(places)} environments compared, {len(bad)} differ")
    for name in bad:
        print(name)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
