"""Turns a reader's marks on articles of others into marks without any text, as real.jsonl.gz holds them.

usage: python corpus/offsets.py READER ARTICLES.jsonl MARKS.jsonl > ROWS.jsonl

ARTICLES are openings, a document a line with `id, file, license, date, title, text`; MARKS a header `{"doc": id}` for
each article that was read and then its records, with the words of GUIDE.md. Words that do not stand in the paragraph
are left out where the record stands without them, and are an error where it does not. Needs Comity.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from comity.evaluation.marks import paragraphs
from comity.evaluation.roles import occurrence

Row = dict[str, Any]
ANCHORS = ("trig", "title", "text", "name", "of")
SIDES = ("actor", "rec", "visitor", "parties")
ENDS = ("host", "reporter", "partner", "of", "over", "against", "src")
FREE = ("place", "purpose", "qualifier")
KEPT = ("k", "type", "status", "mode", "main", "same", "alt", "date", "stage", "interstate", "multilateral", "count",
        "duration", "measure", "direction", "value", "unit", "change_pct", "period", "level", "dimension", "founded",
        "occurred", "ordinal", "on")  # fmt: skip


def groups(lines: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The records of each article that was read."""
    held: list[Row] = list(lines)
    starts = [i for i, r in enumerate(held) if "doc" in r]
    for i in starts:
        yield held[i]["doc"], list(takewhile(lambda r: "doc" not in r, held[i + 1 :]))


def nearest(text: str, words: str, anchor: tuple[int, int] | None) -> tuple[int, int] | None:
    """The place of words that is nearest to an anchor in its sentence, whole words before parts of words."""
    plain = re.sub(r"#\d+$", "", words)
    if anchor is None or plain != words:
        return occurrence(text, words)
    places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return min(places, key=lambda s: (abs(s[0] - anchor[0]), s[0]), default=occurrence(text, words))


def without_words(record: Row, place: tuple[str, int, str], name: str) -> Row:
    """A record whose words are offsets into the title or the opening."""
    part, base, text = place

    def span(found: tuple[int, int] | None) -> list[int] | None:
        return [base + found[0], base + found[1]] if found else None

    out: Row = {"p": record["p"], "part": part} | {k: record[k] for k in KEPT if record.get(k) is not None}
    anchor = None
    for key in ANCHORS:
        words = record.get(key)
        if isinstance(words, str) and words:
            nth = f"#{record['nth']}" if key == "trig" and record.get("nth") else ""
            found = occurrence(text, words + nth)
            if found is None:
                raise ValueError(f"{name}: {words!r} does not stand in paragraph {record['p']}")
            anchor = anchor or found
            out[key] = span(found)

    def side(pair: list[Any]) -> list[Any]:
        found = span(nearest(text, pair[0], anchor)) if pair[0] else None
        return [*(found or (None, None)), pair[1]]

    for key in SIDES:
        if key in record:
            out[key] = [side(pair) for pair in record[key] or ()]
    for key in ENDS:
        if isinstance(record.get(key), list):
            out[key] = side(record[key])
        elif key in record and key not in ANCHORS:
            out[key] = None
    for key in FREE:
        if record.get(key) and (found := span(nearest(text, str(record[key]), anchor))):
            out[key] = found
    if record.get("areas"):
        out["areas"] = [s for a in record["areas"] if (s := span(nearest(text, a, anchor)))]
    return out


def mentions(record: Row, places: list[tuple[str, int, str]]) -> list[list[int]]:
    out = []
    for p, words in record.get("mentions") or ():
        if (found := occurrence(places[p][2], words)) is not None:
            out.append([p, places[p][1] + found[0], places[p][1] + found[1]])
    return out


def rows(reader: str, articles: dict[str, Row], marks: Iterable[Row]) -> Iterator[Row]:
    """The rows of real.jsonl.gz for the articles that were read."""
    for name, records in groups(marks):
        article = articles[name]
        places = paragraphs(article)
        located = []
        for record in records:
            row = without_words(record, places[record["p"]], name)
            if found := mentions(record, places):
                row["mentions"] = found
            located.append(row)
        title = article["title"]
        yield {
            "id": name, "file": article["file"], "license": article["license"], "date": article["date"],
            "paragraphs": len(places) - 1, "characters": len(article["text"]),
            "text_sha256": hashlib.sha256(article["text"].encode()).hexdigest(),
            "title_sha256": hashlib.sha256(title.encode()).hexdigest() if title else None, "reader": reader,
            "records": located,
        }  # fmt: skip


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("reader")
    ask.add_argument("articles", type=Path)
    ask.add_argument("marks", type=Path)
    a = ask.parse_args()
    lines = {
        p: [json.loads(x) for x in p.read_text(encoding="utf-8").split("\n") if x.strip()]
        for p in (a.articles, a.marks)
    }
    for row in rows(a.reader, {d["id"]: d for d in lines[a.articles]}, lines[a.marks]):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
