"""Compares what two states of the code read in the same articles, record by record.

usage: python scripts/record_diff.py [ARTICLES ...] [--base REVISION] [--limit N] [--ignore FIELD] [--kind KIND]

ARTICLES are files of reports (JSON Lines, packed or not, or single reports) or folders of them; without any, the
written articles of the corpus that may be looked at, the examples and the sample's reports. Of JSON Lines the LIMIT
articles are taken whose ids hash lowest, so that the same articles are read every time; the fifth of them that is only
counted (md5 of the id modulo 5 is 1) is never read. The code of REVISION is taken out of git into a temporary folder
and reads in a process of its own, beside the working tree's. Printed are the records that only one of them gives and
the fields that changed, then counts a kind. Exit code 0 where both give the same, 1 where they differ, 2 where one of
them cannot read.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = (ROOT / "corpus" / "written.jsonl.gz", ROOT / "scripts" / "sample_reports.jsonl", ROOT / "examples")
LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
REPORTS = (".txt", ".html", ".htm", ".md")
LIMIT, FOLDS, ONLY_COUNTED = 1500, 5, 1
SIDES = {"before": "-", "after": "+", "changed": "~"}

Row = dict[str, object]
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that only one reading has, or that both have with other values in some fields."""

    place: Place
    side: str
    record: Row
    fields: tuple[tuple[str, object, object], ...] = ()

    def __str__(self) -> str:
        _kind, document, key = self.place
        head = f"{SIDES[self.side]} {document} {key}  {json.dumps(self.record.get('quote'), ensure_ascii=False)}"
        if self.side == "changed":
            lines = [f"    {name}: {written(old)} -> {written(new)}" for name, old, new in self.fields]
        else:
            hidden = {"kind", "id", "document", "quote"}
            lines = [
                f"    {n}: {written(v)}" for n, v in self.record.items() if n not in hidden and v not in (None, [])
            ]
        return "\n".join([head, *lines])


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def differences(before: Iterable[Row], after: Iterable[Row], ignored: frozenset[str] = frozenset()) -> list[Difference]:
    """What differs between two readings, in the order of kind, document and place.

    A record is the same one where kind, document and id are: ids are made from where the quote stands.
    """
    old, new = ({place_of(r): r for r in rows} for rows in (before, after))
    found = []
    for place in sorted(old.keys() | new.keys()):
        if place not in new:
            found.append(Difference(place, "before", old[place]))
        elif place not in old:
            found.append(Difference(place, "after", new[place]))
        elif changed := changes(old[place], new[place], ignored):
            found.append(Difference(place, "changed", new[place], changed))
    return found


def changes(old: Row, new: Row, ignored: frozenset[str]) -> tuple[tuple[str, object, object], ...]:
    names = dict.fromkeys([*old, *new])
    return tuple((n, old.get(n), new.get(n)) for n in names if n not in ignored and old.get(n) != new.get(n))


def place_of(row: Row) -> Place:
    return str(row["kind"]), str(row["document"]), str(row["id"])


def counts(before: list[Row], after: list[Row], found: list[Difference]) -> list[str]:
    """A line a kind: how many records both readings have alike, and how many differ in which way."""
    sides = Counter((d.place[0], d.side) for d in found)
    many, more = (Counter(str(r["kind"]) for r in rows) for rows in (before, after))
    lines = [f"{'kind':<14}{'same':>8}{'before':>8}{'after':>8}{'changed':>8}"]
    for kind in sorted(many | more):
        gone, come, other = (sides[kind, s] for s in SIDES)
        lines.append(f"{kind:<14}{many[kind] - gone - other:>8}{gone:>8}{come:>8}{other:>8}")
    return lines


def files_in(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        yield from (p for p in sorted(path.rglob("*")) if p.is_file()) if path.is_dir() else [path]


def chosen(paths: Iterable[Path], limit: int) -> tuple[list[str], list[Path]]:
    """The lines of JSON Lines that are read, and the single reports beside them."""
    found, reports = {}, []
    for path in files_in(paths):
        if path.name.endswith(LINES):
            with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    number = int(hashlib.md5(row["id"].encode(), usedforsecurity=False).hexdigest(), 16)
                    if row.get("text") and number % FOLDS != ONLY_COUNTED:
                        shown = {k: row.get(k) for k in ("id", "title", "date", "url", "text")}
                        found[number] = json.dumps(shown, ensure_ascii=False)
        elif path.name.endswith(REPORTS):
            reports.append(path)
    reports = reports[:limit]
    return [found[n] for n in sorted(found)[: limit - len(reports)]], reports


def read(articles: list[str], jobs: int) -> None:
    """Prints the records of the articles as the code on the path of this process reads them."""
    import comity

    for reading in comity.read_all(articles, jobs=jobs):
        if isinstance(reading, comity.Reading):
            sys.stdout.write(reading.to_jsonl())
        else:
            print(f"{reading.source}: {reading.reason}", file=sys.stderr)


def start(source: Path, articles: list[str], out: Path, jobs: int) -> subprocess.Popen:
    words = [sys.executable, str(Path(__file__).resolve()), "--read", "--jobs", str(jobs), *articles]
    with out.open("wb") as stream:
        return subprocess.Popen(words, stdout=stream, env={**os.environ, "PYTHONPATH": str(source)}, cwd=out.parent)


def take_out(revision: str, folder: Path) -> Path:
    done = subprocess.run(["git", "archive", revision, "src"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        print(f"{revision}: is no revision of this repository ({done.stderr.decode().strip()})", file=sys.stderr)
        sys.exit(2)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
        packed.extractall(folder, filter="data")
    return folder / "src"


def compare(paths: list[Path], base: str, limit: int, jobs: int) -> tuple[list[Row], list[Row]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines, reports = chosen(paths, limit)
        if not lines and not reports:
            print(f"no article in {', '.join(map(str, paths))}; name files or folders of reports", file=sys.stderr)
            sys.exit(2)
        (folder / "articles.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        articles = ([str(folder / "articles.jsonl")] if lines else []) + [str(p.resolve()) for p in reports]
        print(f"{len(lines) + len(reports)} articles, {base} and the working tree", file=sys.stderr)
        sides = {"before": take_out(base, folder / "base"), "after": ROOT / "src"}
        running = {s: start(src, articles, folder / f"{s}.jsonl", jobs) for s, src in sides.items()}
        for side, process in running.items():
            if process.wait():
                print(f"the reading {side} ended with exit code {process.returncode}", file=sys.stderr)
                sys.exit(2)
        before, after = (
            [json.loads(line) for line in (folder / f"{s}.jsonl").read_text(encoding="utf-8").splitlines()]
            for s in sides
        )
        return before, after


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare the records of a revision with those of the working tree.")
    parser.add_argument("articles", nargs="*", help="files or folders of reports")
    parser.add_argument("--base", default="HEAD", help="the revision to compare with")
    parser.add_argument("--limit", type=int, default=LIMIT, help="how many articles are read")
    parser.add_argument("--jobs", type=int, default=1, help="processes a side")
    parser.add_argument("--ignore", action="append", default=[], help="a field that is not compared")
    parser.add_argument("--kind", action="append", default=[], help="only records of this kind")
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        read(asked.articles, asked.jobs)
        return 0
    paths = [Path(a) for a in asked.articles] or list(DEFAULT)
    if missing := [p for p in paths if not p.exists()]:
        parser.error(f"{missing[0]}: does not exist")
    before, after = (
        [r for r in rows if not asked.kind or r["kind"] in asked.kind]
        for rows in compare(paths, asked.base, asked.limit, asked.jobs)
    )
    found = differences(before, after, frozenset(asked.ignore))
    kind = None
    for d in found:
        if d.place[0] != kind:
            kind = d.place[0]
            print(f"\n== {kind}")
        print(d)
    print("\n" + "\n".join(counts(before, after, found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
