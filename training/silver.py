"""Labels sentences of news by the rules, for the classifier to begin with before it sees labels made by people.

usage: python training/silver.py NEWS OUT.jsonl [--every N]    (NEWS: a folder of articles as `*.jsonl.gz`)

A row is a sentence with the spans of actor and recipient of an event that the rules found, or of two states of a
sentence in which they found none (`plover` is null). Texts are third parties' and never shipped. Every N-th article is
read, in the order of the files; 8 minutes on one core for every seventh.
"""

import argparse
import gzip
import json
from pathlib import Path

from comity.coding.events import code_events
from comity.coding.gate import passing
from comity.document.document import Document
from comity.mentions.reader import read_article

CHARACTERS = 4000


def row(article, sentence, at, ends, plover):
    source, target = ([[e.start - sentence.start, e.end - sentence.start]] for e in ends)
    return {
        "id": f"{article.document.id}#{at}",
        "text": sentence.text,
        "source_spans": source,
        "target_spans": target,
        "plover": plover,
    }


def silent(article, told):
    """The first two states of each sentence in which no event was found."""
    for sentence in article.sentences:
        if sentence.part != "text" or sentence.index in told or not 5 <= len(sentence.tokens) <= 70:
            continue
        actors = [m for m in article.actors_in(sentence.index) if m.state and m.start < m.end]
        other = next((m for m in actors if m.state != actors[0].state), None)
        if other is not None:
            yield row(article, sentence, sentence.start, (actors[0], other), None)


def rows(article):
    events, told = code_events(article), set()
    for event in events:
        told |= {s.index for s in article.sentences if s.part == event.part and s.start <= event.start < s.end}
    yield from silent(article, told)
    for event in events:
        ends = [*event.actor[:1], *(event.recipient[:1] or event.actor[1:2])]
        sentence = next((s for s in article.sentences if s.part == "text" and s.start <= event.start < s.end), None)
        if event.part != "text" or sentence is None or len(ends) < 2 or len(sentence.tokens) < 5:
            continue
        if any(e.start is None or not sentence.start <= e.start < sentence.end for e in ends):
            continue
        yield row(article, sentence, event.start, ends, event.event)


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("news", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--every", type=int, default=7)
    ask.add_argument("--first", type=int, default=0, help="how many articles of a file are left out at its start")
    a = ask.parse_args()
    with a.out.open("w", encoding="utf-8") as out:
        for path in sorted(a.news.glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for n, line in enumerate(lines):
                    if n < a.first or (n - a.first) % a.every:
                        continue
                    d = json.loads(line)
                    document = Document(id=d["id"], text=d["text"][:CHARACTERS], published=d["date"], language="en")
                    for row in rows(read_article(document, keep=passing)):
                        out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
