"""Accuracy on the repository's own hand-annotated articles (`corpus/README.md`).

The floors are articles that are never used for training or for writing rules; the others are, and their figures are
optimistic.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from comity.document.inputs import Failure
from comity.errors import InputError
from comity.evaluation.halves import Half
from comity.evaluation.marks import KINDS, HandRead, read_marks
from comity.evaluation.matching import NOTHING, Tally, tally
from comity.evaluation.score import Score, floor_of, need
from comity.reading import read_all
from comity.records.record import Record

FOLDER = Path("corpus")
FILES: dict[Half, str] = {"held out": "floors.jsonl.gz", "development": "written.jsonl.gz"}
TASK = "corpus"


def score_corpus(folder: Path, *, half: Half) -> tuple[list[Score], list[str]]:
    """Precision, recall and F1 of events, visits, agreements and figures, the mean F1, and a line for each fact missed.

    `folder` is the repository's `corpus`; the floors are held out. Raises `InputError` if the file is missing or an
    article cannot be read.
    """
    (path,) = need(folder, FILES[half])
    annotated = tuple(read_marks(path))
    tallies, missed = compare(annotated, records_of(path))
    figures: list[tuple[str, float, int | None]] = []
    for kind, t in tallies.items():
        figures += [(f"{kind}.precision", t.precision.value, t.precision.cases)]
        figures += [(f"{kind}.recall", t.recall.value, t.recall.cases), (f"{kind}.f1", t.f1, None)]
    figures.append(("mean_f1", sum(t.f1 for t in tallies.values()) / len(tallies), None))
    return [Score(TASK, name, value, floor_of(TASK, name, path), cases) for name, value, cases in figures], missed


def compare(annotated: Iterable[HandRead], records: Iterable[Record]) -> tuple[dict[str, Tally], list[str]]:
    """Precision and recall of each kind over all articles, and a line for each required fact that was missed.

    >>> compare((), ())[0]["events"].precision.cases
    0
    """
    read: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        read[record.document, f"{record.kind}s"].append(record)
    tallies, missed = dict.fromkeys(KINDS, NOTHING), []
    for article in annotated:
        for kind in KINDS:
            here, silent = tally(article.of(kind), read[article.id, kind])
            tallies[kind] += here
            missed += [
                f"{article.id} {m.part} {m.start}: {' '.join((m.kind, *m.types))} {m.words!r},"
                f" {' '.join(sorted(m.first))}: {' '.join(sorted(m.second)) or 'together'}"
                for m in silent
            ]
    return tallies, missed


def records_of(path: Path) -> list[Record]:
    """The records of all articles of a file; raises `InputError` if one cannot be read."""
    out: list[Record] = []
    for reading in read_all([path]):
        if isinstance(reading, Failure):
            raise InputError(f"{reading.source}: {reading.reason}; all articles must be readable to report a figure")
        out += reading.records
    return out


def hash_of(folder: Path, *, half: Half) -> str:
    """The scored file with its sha256, which identifies what a figure was measured on."""
    (path,) = need(folder, FILES[half])
    return f"{path.name} sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}"
