"""Samples pairs of articles to be labelled by a reader as copy, update or different, by a likeness of its own.

The likeness (cosine of words weighted by their rarity) has nothing in common with the ledger's, so that what the
ledger misses can be in the sample. Every band of likeness gives as many pairs.

    python training/sample_duplicates.py NEWS_FOLDER > pairs.jsonl
"""

import gzip
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

BANDS = ((0.25, 0.4), (0.4, 0.55), (0.55, 0.7), (0.7, 0.85), (0.85, 1.01))
FILES = {"reuters21578": 44, "whitehouse": 8, "wikinews_2019_2020": 8}
DAYS = 10
COMMON = 300


def main(folder: Path, seed: int = 5) -> None:
    chance = random.Random(seed)
    for name, per_band in FILES.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [r for r in map(json.loads, lines) if r["date"] and r["text"]]
        bands = defaultdict(list)
        for a, b, likeness in pairs(rows):
            for low, high in BANDS:
                if low <= likeness < high:
                    bands[low].append((a, b, likeness))
        for low, found in sorted(bands.items()):
            for a, b, likeness in chance.sample(found, min(per_band, len(found))):
                one, other = sorted((rows[a], rows[b]), key=lambda r: (r["date"], r["id"]))
                print(json.dumps({"band": low, "likeness": round(likeness, 3), "pair": [one, other]}))


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
    days = [date.fromisoformat(r["date"][:10]).toordinal() if len(r["date"]) >= 10 else 0 for r in rows]
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
                yield j, i, s


if __name__ == "__main__":
    main(Path(sys.argv[1]))
