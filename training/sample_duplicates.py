"""Samples pairs of articles to be labelled by a reader as copy, update or different, by a likeness of its own.

The likeness (cosine of words weighted by their rarity) has nothing in common with the ledger's, so that what the
ledger misses can be in the sample. Every band of likeness gives as many pairs, and some bands more of the pairs that
are hardest to decide: those that are alike and stand at most a day apart.

    python training/sample_duplicates.py NEWS_FOLDER --seed 7 --labelled tests/gold/duplicates.csv > pairs.jsonl

Parts 1 and 2 were drawn before there were bands of near pairs, from three of the files (seed 5); parts 3 and 4 with
seed 7, part 5 with seed 8, and part 6 is every other pair of seed 9, each without the pairs labelled before.
"""

import argparse
import csv
import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

BANDS = ((0.25, 0.4), (0.4, 0.55), (0.55, 0.7), (0.7, 0.85), (0.85, 1.01))
NEAR_BANDS = ((0.4, 0.55), (0.55, 0.7), (0.7, 0.85))
FILES = {
    "gum_wikinews": (2, 0),
    "reuters21578": (24, 20),
    "whitehouse": (6, 4),
    "whitehouse_transcripts_actions": (3, 2),
    "wikinews_2019_2020": (2, 0),
}
"""How many pairs each band of a file gives, and how many each band of near pairs."""
DAYS = 10
NEAR_DAYS = 1
COMMON = 300


def main(folder: Path, seed: int, labelled: Path | None) -> None:
    chance = random.Random(seed)
    taken: set[frozenset[str]] = set()
    if labelled:
        with labelled.open(encoding="utf-8") as lines:
            taken = {frozenset((r["first"], r["second"])) for r in csv.DictReader(lines)}
    for name, wanted in FILES.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [r for r in map(json.loads, lines) if r["date"] and r["text"]]
        found = [(*ordered(a, b), likeness) for a, b, likeness in pairs(rows)]
        for a, b, likeness in draw(found, wanted, taken, chance):
            print(json.dumps({"likeness": round(likeness, 3), "pair": [a, b]}))


def draw(found: list[tuple], wanted: tuple[int, int], taken: set[frozenset[str]], chance: random.Random):
    """So many pairs of each band, and of each band of near pairs; none that is taken, and what is given is taken."""
    for bands, count, days in ((BANDS, wanted[0], DAYS), (NEAR_BANDS, wanted[1], NEAR_DAYS)):
        for low, high in bands:
            band = [
                (a, b, likeness)
                for a, b, likeness in found
                if low <= likeness < high
                and frozenset((a["id"], b["id"])) not in taken
                and abs(day(a) - day(b)) <= days
            ]
            for a, b, likeness in chance.sample(band, min(count, len(band))):
                taken.add(frozenset((a["id"], b["id"])))
                yield a, b, likeness


def ordered(a: dict, b: dict) -> tuple[dict, dict]:
    """Two rows in the order in which they were published."""
    return (a, b) if (a["date"], a["id"]) <= (b["date"], b["id"]) else (b, a)


def day(row: dict) -> int:
    """The day of a row as a number; 0 where only the year or month is known."""
    return date.fromisoformat(row["date"][:10]).toordinal() if len(row["date"]) >= 10 else 0


def pairs(rows: list[dict]):
    """Pairs of rows within some days of each other, with their likeness."""
    words = [Counter(re.findall(r"[a-z0-9]+", (f"{r['title'] or ''} {r['text']}").casefold())) for r in rows]
    df = Counter(w for ws in words for w in ws)
    rare = {w: math.log(len(rows) / n) for w, n in df.items() if 2 <= n <= COMMON}
    vectors = []
    for ws in words:
        v = {w: (1 + math.log(n)) * rare[w] for w, n in ws.items() if w in rare}
        norm = math.sqrt(sum(x * x for x in v.values())) or 1.0
        vectors.append({w: x / norm for w, x in v.items()})
    days = [day(r) for r in rows]
    where = defaultdict(list)
    for i, v in enumerate(vectors):
        for w in v:
            where[w].append(i)
    for i, v in enumerate(vectors):
        scores: Counter[int] = Counter()
        for w, x in v.items():
            for j in where[w]:
                if j < i and abs(days[i] - days[j]) <= DAYS:
                    scores[j] += x * vectors[j][w]
        for j, s in scores.items():
            if s >= BANDS[0][0]:
                yield rows[j], rows[i], s


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Sample pairs of articles to be labelled by a reader.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--labelled", type=Path, help="pairs that are labelled already, left out")
    asked = parser.parse_args()
    main(asked.folder, asked.seed, asked.labelled)
