"""The same reports give the same records on every processor: read natively and under emulated ones, and compared.

`python tests/promises/processors.py examples` reads files or folders on this machine and, emulated by `qemu-x86_64`
(Debian: `apt-get install qemu-user`), on processors with other instruction sets; each record that differs is listed.
`--news FOLDER --articles N` takes N articles each of Reuters, Wikinews and the White House instead.
"""

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).parents[2] / "src"
EMULATOR = "qemu-x86_64"
NEWS = ("reuters21578", "wikinews_2019_2020", "whitehouse")
MODELS = ("Nehalem", "Haswell")
"""Nehalem has SSE 4.2 alone; Haswell has AVX2 and FMA; neither has instructions for 8-bit dot products."""


@dataclass(frozen=True)
class Difference:
    """A record that is not the same on a processor; null where it is not there at all."""

    model: str
    native: str | None
    emulated: str | None


def read(model: str | None, inputs: list[Path]) -> list[str]:
    """The records of the inputs, a line each, as read on an emulated processor or, where null, on this machine."""
    variables = {**os.environ, "PYTHONPATH": str(_SOURCE)}
    words = [sys.executable, "-m", "comity.cli", "read", *map(str, inputs), "--format", "jsonl"]
    if model is not None:
        words = [EMULATOR, "-cpu", model, *words]
        # the linear algebra beneath numpy takes every emulated processor for a Haswell
        variables["OPENBLAS_CORETYPE"] = "Nehalem"
    done = subprocess.run(words, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{model}: ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout.splitlines()


def differing(model: str, native: list[str], emulated: list[str]) -> list[Difference]:
    """The records that are not the same, those of one place side by side."""
    ours, theirs = ({json.loads(line)["id"]: line for line in lines} for lines in (native, emulated))
    return [Difference(model, a, b) for i in {**ours, **theirs} if (a := ours.get(i)) != (b := theirs.get(i))]


def news(folder: Path, articles: int, target: Path) -> Path:
    """So many articles of each source, chosen by the hash of their id, in one file."""
    with target.open("w", encoding="utf-8") as out:
        for name in NEWS:
            with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
                found = {json.loads(line)["id"]: line for line in lines}
            chosen = sorted(found, key=lambda i: hashlib.sha256(i.encode()).hexdigest())[:articles]
            out.writelines(found[i] for i in chosen)
    return target


def main() -> None:
    """Compares all processors; exit code 1 where more than the allowed share of records differs."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("inputs", nargs="*", type=Path)
    words.add_argument("--models", nargs="+", default=list(MODELS), help="as `qemu-x86_64 -cpu help` lists them")
    words.add_argument("--news", type=Path, help="folder of JSON Lines, packed, one file a source")
    words.add_argument("--articles", type=int, default=100, help="of each source")
    words.add_argument("--allowed", type=int, default=2000, help="one record in so many may differ")
    given = words.parse_args()
    if shutil.which(EMULATOR) is None:
        sys.exit(f"{EMULATOR} is not installed (Debian: apt-get install qemu-user)")
    with tempfile.TemporaryDirectory() as folder:
        inputs = [news(given.news, given.articles, Path(folder) / "news.jsonl")] if given.news else given.inputs
        with ThreadPoolExecutor(2) as pool:
            runs = {model: pool.submit(read, model, inputs) for model in (None, *given.models)}
            native = runs.pop(None).result()
            found = {model: differing(model, native, run.result()) for model, run in runs.items()}
    kinds = Counter(json.loads(line)["kind"] for line in native)
    print(f"{len(native)} records natively: {', '.join(f'{n} {k}' for k, n in kinds.most_common())}")
    for model, differences in found.items():
        print(f"{model}: {len(differences)} records differ")
        for d in differences:
            print(f"  native:   {d.native}\n  {model + ':':9} {d.emulated}")
    sys.exit(any(len(d) * given.allowed > len(native) for d in found.values()))


if __name__ == "__main__":
    main()
