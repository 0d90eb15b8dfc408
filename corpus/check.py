"""Checks the corpus of hand-read articles and prints what is in it.

usage: python corpus/check.py                 every file here: spans, codes, keys and values; exit code 1 at a fault
       python corpus/check.py --news FOLDER   also the articles of others (real.jsonl.gz) against their texts
       python corpus/check.py --counts        the tables of README.md

FOLDER holds the files that `file` of real.jsonl.gz names, a document a line with `id`, `title` and `text`. Needs
Comity.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from comity.evaluation.marks import paragraphs
from comity.knowledge.states import rows, states

HERE = Path(__file__).parent
Row = dict[str, Any]
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
KINDS = ("event", "visit", "agreement", "figure", "assessment", "cooperation", "project", "commemoration")
VALUES: dict[tuple[str, str], set[str]] = {
    ("event", "type"): set(TYPES),
    ("event", "status"): {"occurred", "planned", "hypothetical", "denied"},
    ("visit", "type"): {"visit", "meeting"},
    ("visit", "status"): {"occurred", "planned", "ongoing", "denied"},
    ("visit", "level"): {"head of state", "head of government", "minister", "other"},
    ("agreement", "type"): {
        "treaty", "agreement", "memorandum", "declaration", "joint statement", "protocol", "contract", "programme",
        "ceasefire", "alliance", "other",
    },
    ("agreement", "stage"): {
        "proposed", "planned", "negotiated", "initialled", "agreed", "signed", "ratified", "in force", "amended",
        "extended", "renewed", "suspended", "superseded", "terminated", "expired",
    },
    ("figure", "measure"): {
        "trade", "exports", "imports", "investment", "aid", "loan", "debt", "arms", "tariff", "troops", "refugees",
        "other",
    },
    ("figure", "direction"): {"up", "down", "level"},
    ("project", "type"): {"joint venture", "programme", "infrastructure", "fund", "other"},
    ("assessment", "dimension"): {"influence", "relations", "dependence", "alignment", "rivalry"},
    ("assessment", "direction"): {"up", "down", "level", "restoring", "countered"},
}  # fmt: skip
NEEDED = {
    "event": {"type", "status", "trig", "actor", "rec"}, "visit": {"trig", "visitor", "host", "status"},
    "agreement": {"title", "type", "parties", "stage"}, "figure": {"measure", "reporter", "partner", "text"},
    "assessment": {"of", "dimension", "trig"}, "cooperation": {"parties", "areas"}, "project": {"name", "parties"},
    "commemoration": {"of"},
}  # fmt: skip
LISTS = ("actor", "rec", "visitor", "parties")
ENDS = ("host", "reporter", "partner", "of", "over", "against")
WORDS = ("trig", "title", "text", "name", "of")
DATES = ("date", "period", "founded", "occurred", "on")
MOMENT = r"(?:\d{4}(?:-\d\d){0,2}|\d{3}X|\.\.)"
DATE = re.compile(rf"{MOMENT}(?:/{MOMENT})?")
REGIONS = ("africa", "americas", "asia", "europe", "oceania")
# states whose leaders the tables do not list
ELSEWHERE = {"CPV": "africa", "STP": "africa", "SYC": "africa", "COM": "africa", "HKG": "asia", "BTN": "asia",
             "COK": "oceania"}  # fmt: skip


def load(name: str) -> list[Row]:
    with gzip.open(HERE / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def floor(name: str) -> bool:
    """Whether an article is one from which nothing is ever learnt, by its id."""
    even = int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0
    return re.match(r"comity:w[1-4]-", name) is not None and even


@cache
def known() -> frozenset[str]:
    """The codes of Comity and those that codes.csv lists."""
    listed = {line.split(",")[0] for line in (HERE / "codes.csv").read_text(encoding="utf-8").splitlines()[1:]}
    return frozenset(listed | set(states()) | {r["acronym"] for r in rows("organisations.csv")})


def is_code(code: object) -> bool:
    return isinstance(code, str) and (code in known() or code.removeprefix("NSA:") in known())


def codes(record: Row) -> Iterator[str]:
    """The codes of a record's sides, in either form of its spans."""
    for key in LISTS:
        yield from (side[-1] for side in record.get(key) or ())
    for key in ENDS:
        if isinstance(record.get(key), list) and isinstance(record[key][-1], str):
            yield record[key][-1]


def shape(record: Row) -> Iterator[str]:
    """What is wrong with a record's keys, values, dates and codes."""
    kind = record.get("k", "")
    if kind not in KINDS:
        yield f"kind {kind!r}"
        return
    yield from (f"no {key!r}" for key in sorted(NEEDED[kind] - set(record)))
    for key in record:
        allowed = VALUES.get((kind, key))
        if allowed and record[key] not in allowed:
            yield f"{key} {record[key]!r}"
    yield from (f"alt {a!r}" for a in record.get("alt") or () if a not in TYPES)
    yield from (f"{k} {record[k]!r} is no EDTF" for k in DATES if record.get(k) and not DATE.fullmatch(str(record[k])))
    yield from (f"code {c!r} is unknown" for c in codes(record) if c and not is_code(c))
    if record.get("src") and record["src"][-1] and not is_code(record["src"][-1]):
        yield f"code {record['src'][-1]!r} is unknown"
    if kind == "event" and len({c for key in ("actor", "rec") for c in (s[-1] for s in record.get(key) or ())}) < 2:
        yield "fewer than two parties"


def stands(text: str, words: str) -> bool:
    """Whether words stand in a text as whole words; "words#n" as the n-th occurrence, parts of words counted."""
    plain, sign, number = words.rpartition("#")
    if sign and number.isdigit() and len(text.split(plain)) > int(number):
        return True
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def spans(record: Row) -> Iterator[str]:
    """The words of a record that stand in its paragraph."""
    for key in WORDS:
        words = record.get(key)
        if isinstance(words, str) and words:
            yield f"{words}#{record['nth']}" if key == "trig" and record.get("nth") else words
    for key in LISTS:
        yield from (words for words, _ in record.get(key) or () if words)
    yield from (record[k][0] for k in ENDS if isinstance(record.get(k), list) and record[k][0])


def faults(article: Row, records: Iterable[Row] | None = None) -> list[str]:
    """What is wrong with the marks of an article whose text is here."""
    places = [text for _, _, text in paragraphs(article)]
    out = []
    for number, record in enumerate(article["records"] if records is None else records, 1):
        p = record.get("p")
        if not isinstance(p, int) or not 0 <= p < len(places):
            out.append(f"{article['id']} record {number}: paragraph {p!r}")
            continue
        found = [*shape(record), *(f"{s!r} is not in the paragraph" for s in spans(record) if not stands(places[p], s))]
        if record.get("src") and record["src"][0]:
            near = places[max(0, p - 1) : p + 2]
            found += [] if any(stands(t, record["src"][0]) for t in near) else [f"{record['src'][0]!r} is not near"]
        found += [f"{w!r} is not in paragraph {q}" for q, w in record.get("mentions") or () if w not in places[q]]
        out += [f"{article['id']} record {number}: {f}" for f in found]
    return out


def offsets(record: Row) -> Iterator[list[int]]:
    """The offsets of a record that stands without its words."""
    for key in (*WORDS, "place", "purpose", "qualifier"):
        if isinstance(record.get(key), list) and len(record[key]) == 2:
            yield record[key]
    sides = [s for key in LISTS for s in record.get(key) or ()]
    sides += [record[k] for k in (*ENDS, "src") if isinstance(record.get(k), list) and len(record[k]) == 3]
    yield from (s[:2] for s in sides if s[0] is not None)
    yield from (a for a in record.get("areas") or () if isinstance(a, list))
    yield from (m[1:] for m in record.get("mentions") or ())


def opening(text: str, count: int) -> str:
    """The first paragraphs of a text, as they were read: trimmed, divided by one blank line."""
    parts = [p.strip() for p in text.replace("\r", "").split("\n\n")]
    return "\n\n".join([p for p in parts if p][:count])


def real_faults(row: Row, source: Row | None = None) -> list[str]:
    """What is wrong with an article that stands without its text; with `source`, also whether that is the text."""
    out = []
    if source is not None:
        found = opening(source["text"], row["paragraphs"]), source.get("title") or ""
        wanted = row["text_sha256"], row["title_sha256"] or hashlib.sha256(b"").hexdigest()
        if tuple(hashlib.sha256(t.encode()).hexdigest() for t in found) != wanted:
            return [f"{row['id']}: the text or the title is another"]
        places = [(base, base + len(t)) for _, base, t in paragraphs({"title": found[1], "text": found[0]})]
    for number, record in enumerate(row["records"], 1):
        wrong = list(shape(record))
        bad = [s for s in offsets(record) if not 0 <= s[0] < s[1]]
        if source is not None:
            low, high = places[record["p"]]
            own = [*[record[k] for k in WORDS if k in record and len(record[k]) == 2]]
            bad += [s for s in own if not low <= s[0] < s[1] <= high]
        wrong += [f"span {s}" for s in bad]
        out += [f"{row['id']} record {number}: {w}" for w in wrong]
    return out


def every_fault(news: Path | None) -> list[str]:
    written, floors, real, second = (load(f"{n}.jsonl.gz") for n in ("written", "floors", "real", "second_reader"))
    texts = {a["id"]: a for a in written + floors}
    out = [f for a in texts.values() for f in faults(a)]
    out += [f for row in second for f in faults(texts[row["id"]], row["records"])]
    out += [f"{a['id']}: stands in the wrong file" for a in written if floor(a["id"])]
    out += [f"{a['id']}: stands in the wrong file" for a in floors if not floor(a["id"])]
    if len(texts) < len(written) + len(floors) or len({r["id"] for r in real}) < len(real):
        out.append("an article stands there twice")
    sources: dict[str, dict[str, Row]] = {}
    for row in real:
        if news is not None and row["file"] not in sources:
            with gzip.open(news / row["file"], "rt", encoding="utf-8") as lines:
                sources[row["file"]] = {d["id"]: d for d in map(json.loads, lines)}
        out += real_faults(row, sources[row["file"]].get(row["id"], {"text": ""}) if news is not None else None)
    return out


@cache
def region_of() -> dict[str, str]:
    tables = {r["state"]: region for region in REGIONS for r in rows(f"leaders_{region}.csv")}
    return tables | ELSEWHERE


def of_regions(article: Row) -> set[str]:
    every = {c.removeprefix("NSA:") for r in article["records"] for c in codes(r) if c}
    return {region_of()[c] for c in every if c in region_of()}


def decade(article: Row) -> str:
    return f"{article['date'][:3]}0s" if article["date"] else "no date"


def counts() -> list[str]:
    """The rows of the tables of README.md."""
    sets = {n: load(f"{n}.jsonl.gz") for n in ("floors", "written", "real", "second_reader")}
    records = {n: [r for a in held for r in a["records"]] for n, held in sets.items()}
    three = ("floors", "written", "real")

    def row(name: str, held: Iterable[int]) -> str:
        return f"| {name} | " + " | ".join(f"{n:,}" for n in held) + " |"

    out = [row("articles", (len(sets[n]) for n in sets)), row("records", (len(records[n]) for n in sets))]
    kinds = {n: Counter(r["k"] for r in records[n]) for n in sets}
    out += [row(kind, (kinds[n][kind] for n in sets)) for kind in KINDS]
    types = {n: Counter(r["type"] for r in records[n] if r["k"] == "event") for n in sets}
    out += [row(kind, (types[n][kind] for n in sets)) for kind in TYPES]
    status = {n: Counter(r["status"] for r in records[n] if r["k"] == "event") for n in sets}
    out += [row(kind, (status[n][kind] for n in sets)) for kind in ("occurred", "planned", "hypothetical", "denied")]
    untitled = {n: sum(not (a.get("title") or a.get("title_sha256")) for a in sets[n]) for n in three}
    out += [row("no record", (sum(not a["records"] for a in sets[n]) for n in three))]
    out += [row("no title", untitled.values())]
    regions = {n: Counter(r for a in sets[n] for r in of_regions(a)) for n in three}
    out += [row(region, (regions[n][region] for n in three)) for region in REGIONS]
    decades = {n: Counter(map(decade, sets[n])) for n in three}
    out += [row(d, (decades[n][d] for n in three)) for d in sorted({d for c in decades.values() for d in c})]
    sources = Counter((a["file"].split(".")[0], a["license"]) for a in sets["real"])
    return out + [f"| {file} | {n} | {license_} |" for (file, license_), n in sorted(sources.items())]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--news", type=Path)
    ask.add_argument("--counts", action="store_true")
    asked = ask.parse_args()
    if asked.counts:
        sys.stdout.write("\n".join(counts()) + "\n")
        return 0
    found = every_fault(asked.news)
    sys.stdout.write("\n".join([*found[:60], f"{len(found)} faults"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
