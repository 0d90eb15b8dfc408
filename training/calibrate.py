"""Sets the factors by which rules' confidences become shares of right records, and writes `calibration.csv`.

usage: python training/calibrate.py GOLD OUT.csv    (GOLD: the folder of the development sets with `score.py`)

A kind's factor is its share of right records, smoothed by two of three, over the mean of the confidences that its
rules gave. Events are counted on the documents and on the single sentences between two states; a sentence's label
names one event only, so their share is a lower bound. Kinds without a development set keep a factor of 1.
"""

import csv
import importlib.util
import sys
from pathlib import Path

from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.reading import CODERS
from comity.records.lines import plain

PRIOR_RIGHT, PRIOR_ALL = 2, 3


def records(row, kind):
    """The raw records of a kind, as JSON knows them; their confidences are the rules' own."""
    document = Document(
        id=row["id"], text=row["text"], title=row.get("title"), published=row.get("date"), language="en"
    )
    return [plain(r) for r in CODERS[kind](read_article(document))]


def scorer(gold):
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(score, gold, kind, key, like):
    for d in score.load(gold / "documents_dev.jsonl"):
        if kind == "event" and "long" in d.get("tags", []):
            continue
        found = records(d, kind)
        if kind == "event":
            found = [r for r in found if len(score.states(r["actor"]) | score.states(r["recipient"])) > 1]
        if kind == "agreement":
            found = [r for r in found if r["parties"]]
        right = set(score.match(d[key], found, like).values())
        yield from ((r["confidence"], i in right) for i, r in enumerate(found))


def sentences(score, gold):
    for g in score.load(gold / "events_dev.jsonl"):
        a, b = score.codes(g["source_country"]), score.codes(g["target_country"])
        if not a or not b or a == b:
            continue
        for r in records({"id": g["id"], "text": g["text"]}, "event"):
            x, y = score.states(r["actor"]), score.states(r["recipient"])
            if not y:
                x, y = (x & a, x & b) if len(x) > 1 else (x, y)
            if len(x | y) > 1:
                yield r["confidence"], bool(x & a and y & b and score.YIELD.get(r["event"], r["event"]) == g["plover"])


def main(gold, out):
    score = scorer(gold)
    likes = {
        "agreement": ("agreements", score.like_agreement),
        "visit": ("visits", score.like_visit),
        "figure": ("figures", score.like_figure),
        "event": ("events", score.like_event),
    }
    rows = []
    for kind, (key, like) in likes.items():
        seen = list(documents(score, gold, kind, key, like))
        if kind == "event":
            seen += sentences(score, gold)
        share = (sum(right for _, right in seen) + PRIOR_RIGHT) / (len(seen) + PRIOR_ALL)
        factor = share / (sum(c for c, _ in seen) / len(seen))
        rows.append((kind, f"{factor:.3f}", len(seen), f"{share:.3f}"))
        print(*rows[-1])
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "factor", "records", "share_right"))
        writer.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
