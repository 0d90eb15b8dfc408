"""How far two readers agree on the same articles: the marks of one scored as records against the marks of the other.

usage: python corpus/readers.py

The rules are those of `comity evaluate corpus`. A record is read where the words that it was marked by stand, with 40
characters on both sides; of the types that a reader held to be defensible, the answering side gives its first. Needs
Comity.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from comity.evaluation.corpus import compare
from comity.evaluation.marks import HandRead, Mark, marks_of
from comity.evaluation.matching import Tally
from comity.records.record import Actor, Agreement, Event, Figure, Record, Visit

HERE = Path(__file__).parent


def read_by() -> tuple[list[HandRead], list[HandRead]]:
    """The articles that two have read, as the author marked them and as the second reader did."""

    def load(name: str) -> Iterator[dict]:
        with gzip.open(HERE / name, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    texts = {a["id"]: a for name in ("written.jsonl.gz", "floors.jsonl.gz") for a in load(name)}
    second = {row["id"]: row["records"] for row in load("second_reader.jsonl.gz")}
    authors = [marks_of(texts[i]) for i in second]
    return authors, [marks_of({**texts[i], "records": records}) for i, records in second.items()]


def as_record(document: str, mark: Mark) -> Record:
    """The record that a mark would be."""
    where = {"document": document, "part": mark.part, "start": mark.start, "end": mark.end}
    first, second = (tuple(Actor(text=mark.name, state=c) for c in sorted(s)) for s in (mark.first, mark.second))
    if mark.kind == "event":
        return Event(**where, event=mark.types[0], actor=first, recipient=second)
    if mark.kind == "visit":
        return Visit(**where, visitors=first, host=next(iter(mark.second), None))
    if mark.kind == "agreement":
        return Agreement(**where, title=mark.name, parties=tuple(sorted(mark.first)))
    reporter, partner = (next(iter(s), None) for s in (mark.first, mark.second))
    return Figure(**where, reporter=reporter, partner=partner, value=mark.value, change_pct=mark.change_pct)


def agreement(first: list[HandRead], read: list[HandRead]) -> dict[str, Tally]:
    return compare(first, [as_record(a.id, m) for a in read for m in a.marks])[0]


def table() -> list[str]:
    """A row of README.md for each kind: precision, recall and F1 of the second reader against the author, and back."""
    authors, seconds = read_by()
    there, back = agreement(authors, seconds), agreement(seconds, authors)

    def cells(t: Tally) -> str:
        return f"{t.precision.value:.2f} | {t.recall.value:.2f} | {t.f1:.2f}"

    out = [f"| {kind} | {cells(there[kind])} | {cells(back[kind])} |" for kind in there]
    means = (sum(t.f1 for t in way.values()) / len(way) for way in (there, back))
    return [*out, "| mean | | | " + " | | | ".join(f"{m:.2f}" for m in means) + " |"]


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()) + "\n")
