"""Reports as what the network of frames learns from: windows, ways, and the marks of readers as numbers.

usage: python training/frames_data.py --out FILE.pkl [--news FOLDER] [--pieces TOKENIZER.json] [--alone] DOCUMENTS

With `--pieces` the words are cut for a teacher with that tokenizer; without, as the parser's lower layers read them.
With `--alone` single sentences of them are taken, as reports of their own: whoever tries Comity gives it a sentence.

DOCUMENTS are JSON Lines, packed with gzip or not: hand-read articles with their `records` (the project's own
`corpus/written.jsonl.gz`, and `articles.jsonl.gz` of the larger corpus, whose held-out fifth is left out); marks
without text (`corpus/real.jsonl.gz`), whose texts are found in the folder of `--news`; or documents that nobody has
read, for a teacher to label. What the project's tests measure on, and the corpus's floors, are left out.
"""

import argparse
import csv
import gzip
import hashlib
import json
import pickle
import re
from functools import cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from comity.coding.frames import KINDS as FRAMES
from comity.coding.frames import MEASURES, STATUS, TYPES
from comity.coding.gate import passing
from comity.coding.windows import KINDS, PIECES, climbs, facts, layout, stage_of, way
from comity.document.document import Document
from comity.evaluation.marks import paragraphs
from comity.evaluation.roles import code_of, head, occurrence
from comity.knowledge.states import continuing
from comity.mentions.reader import read_article
from comity.settings import DEFAULTS

STAGE_OF = {
    "proposed": 0, "planned": 0, "negotiated": 0, "initialled": 1, "agreed": 1, "adopted": 1, "signed": 2,
    "ratified": 3, "in force": 4, "amended": 4, "extended": 4, "renewed": 4, "suspended": 5, "superseded": 5,
    "terminated": 5, "expired": 5,
}  # fmt: skip


def held_out(name):
    return int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 1


@cache
def tested():
    """Reports on which the project's own tests measure the reader: never learnt from."""
    gold = Path(__file__).parents[1] / "tests" / "gold"
    with (gold / "no_events.csv").open(encoding="utf-8") as rows:
        return {r["document"] for r in csv.DictReader(rows)} | {d["id"] for d in lines(gold / "articles.jsonl")}


def base(name):
    """The report that a single sentence was taken from."""
    return name.rpartition("#")[0] or name


def floor(name):
    """Whether a written article is one of those that are never learnt from."""
    return (
        re.match(r"comity:w[1-4]-", name) is not None
        and int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0
    )


def lines(path):
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def documents(path, news=None):
    """Documents with their records (null where nobody has read them)."""
    texts = {}
    for d in lines(path):
        if (path.name.startswith("articles") and held_out(d["id"])) or floor(d["id"]) or d["id"] in tested():
            continue
        if "text" in d:
            yield {"date": None, **d}, d.get("records")
        elif news is not None:
            if d["file"] not in texts:
                texts[d["file"]] = {t["id"]: t for t in lines(news / d["file"])}
            yield rebuilt(d, texts[d["file"]][d["id"]])


def rebuilt(row, source):
    """A document and its records from marks without text and the whole text (corpus/README.md says how)."""
    pieces = [p.strip() for p in source["text"].replace("\r", "").split("\n\n")]
    text = "\n\n".join([p for p in pieces if p][: row["paragraphs"]])
    if hashlib.sha256(text.encode()).hexdigest() != row["text_sha256"]:
        raise ValueError(f"{row['id']}: {row['file']} holds another text than the one that was read")
    starts = [0]
    for p in text.split("\n\n"):
        starts.append(starts[-1] + len(p) + 2)
    records = []
    for r in row["records"]:
        where, base = (text, starts[r["p"] - 1]) if r["p"] else (source["title"] or "", 0)
        r = dict(r)
        for key in ("trig", "title", "text"):
            if isinstance(r.get(key), list):
                a, b = r[key]
                words = where[a:b]
                r[key] = numbered(words, where[base:a])
        for key in ("actor", "rec", "visitor", "parties"):
            r[key] = [("", c) for *_, c in r.get(key) or []]
        for key in ("host", "reporter", "partner"):
            r[key] = ("", r[key][-1]) if r.get(key) else None
        records.append(r)
    return {"id": row["id"], "title": source["title"], "date": row["date"], "text": text}, records


def numbered(words, before):
    """Words as the corpus gives an occurrence: parts of words count too, one after the other."""
    return f"{words}#{sum(before.startswith(words, i) for i in range(len(before))) + 1}"


def codes_of(pairs):
    return {code_of(c) for _, c in pairs or [] if c}


ANCHORS = {"event": "trig", "visit": "trig", "agreement": "title", "figure": "text"}
SIDES = {
    "event": ("actor", "rec"),
    "visit": ("visitor", "host"),
    "agreement": ("parties",),
    "figure": ("reporter", "partner"),
}


def anchored(document, records):
    """The records whose anchor stands in the document, each with its part and the anchor's span."""
    places = paragraphs(document)
    for r in records:
        key = ANCHORS.get(r["k"])
        if key is None or not r.get(key):
            continue
        part, base, text = places[r["p"]]
        span = occurrence(text, r[key] + (f"#{r['nth']}" if key == "trig" and r.get("nth") else ""))
        if span is not None:
            yield r, part, base + span[0], base + span[1]


def marked(document, article, records):
    """Frames of the records: (kind, sentence, token, label, status, codes of the first role, codes of the second)."""
    out = []
    for r, part, start, end in anchored(document, records):
        sentence = next((s for s in article.sentences if s.part == part and s.start <= start < s.end), None)
        inside = [t.index for t in sentence.tokens if t.start < end and t.end > start] if sentence else []
        if not inside:
            continue
        token = inside[0] if r["k"] == "figure" else head(sentence, inside)
        main = bool(r.get("main", 1))
        status = STATUS.index({"ongoing": "occurred"}.get(r.get("status"), r.get("status") or "occurred"))
        if r["k"] == "event":
            alt = [TYPES.index(a) for a in r.get("alt") or [] if a in TYPES]
            frame = (TYPES.index(r["type"]), codes_of(r.get("actor")), codes_of(r.get("rec")), alt)
        elif r["k"] == "visit":
            frame = (1, codes_of(r.get("visitor")), codes_of([r["host"]] if r.get("host") else []), [])
        elif r["k"] == "agreement":
            if not r.get("interstate", 1):
                continue
            frame = (STAGE_OF.get(r.get("stage") or "signed", 2), codes_of(r.get("parties")), set(), [])
        else:
            ends = [codes_of([r[k]] if r.get(k) else []) for k in ("reporter", "partner")]
            measure = r.get("measure") if r.get("measure") in MEASURES else "other"
            frame = (MEASURES.index(measure), *ends, [])
        out.append((FRAMES.index(r["k"]), sentence.index, token, status, main, *frame))
    return out


def alone(document, records, silent_ones=1):
    """Single sentences of a hand-read report as reports of their own, with their records: at most two that state
    something, and so many that do not.

    Only those whose every event has its parties in the sentence, and those without any record that name two parties.
    """
    here = [(a, b, r) for r, part, a, b in anchored(document, records) if part == "text"]
    reporting, silent = [], []
    for s in article_of(document).sentences:
        text = document["text"][s.start : s.end].strip()
        if s.part != "text" or "\n" in text or len(s.tokens) < LEAST_WORDS:
            continue
        inside = [(a, b, r) for a, b, r in here if s.start <= a < s.end]
        own = {"id": f"{document['id']}#{s.index}", "title": None, "date": document.get("date"), "text": text}
        named = {c for m in article_of(own).actors for c in map(continuing, m.states)}
        sides = [
            codes_of(r[k] if isinstance(r[k], list) and r[k] and isinstance(r[k][0], (list, tuple)) else [r[k]])
            for _, _, r in inside
            for k in SIDES[r["k"]]
            if r.get(k)
        ]
        if inside and all(side & named for side in sides):
            reporting.append((own, [within(r, a, b, s.start, document["text"], text) for a, b, r in inside]))
        elif not inside and len(named) > 1:
            silent.append((own, []))

    def order(x):
        return hashlib.md5(x[0]["text"].encode(), usedforsecurity=False).hexdigest()

    yield from (*sorted(reporting, key=order)[:2], *sorted(silent, key=order)[:silent_ones])


def within(record, start, end, base, whole, text):
    """A record whose anchor is stated as an occurrence in its sentence."""
    base += len(whole[base:]) - len(whole[base:].lstrip())
    words = numbered(whole[start:end], text[: start - base])
    return {**record, "p": 1, "nth": None, ANCHORS[record["k"]]: words}


LEAST_WORDS = 6


def article_of(d):
    """The article of a document as `comity read` has it."""
    day = d.get("date")
    document = Document(
        id=d["id"], text=d["text"], title=d["title"], published=day, published_basis="given" if day else None,
        language="en",
    )  # fmt: skip
    return read_article(document, DEFAULTS, passing)


def item(document, records, cut, ends, ways):
    """What the network learns from one document; `ways` numbers the names of ways and grows.

    `cut` gives the pieces of a word; where it is null the pieces are the parser's.
    """
    article = article_of(document)
    ids = {}

    def laid(sentence):
        own, first = [ends[0]], []
        for token in sentence.tokens:
            first.append(len(own))
            own += cut(token.text)
        ids[sentence.index] = [*own, ends[1]]
        return len(own) + 1, first

    stage = stage_of(article, laid if cut else layout)
    if not stage.windows:
        return None
    window = stage.windows[0]
    place = {w: i for i, w in enumerate(window.words)}
    mentions = [(place[t.sentence, t.token], t.kind, t.codes) for t in stage.mentions if (t.sentence, t.token) in place]
    between = np.zeros((len(window.words), len(mentions)), np.int16)  # 0: in another sentence
    climbed = {s.index: climbs(s) for s in article.sentences}
    for w, (sentence, token) in enumerate(window.words):
        for m, (at, _, _) in enumerate(mentions):
            other, head_ = window.words[at]
            if other == sentence:
                name = way(climbed[sentence][token], climbed[sentence][head_])
                between[w, m] = ways.setdefault(name, len(ways) + 1)
    frames = None
    if records is not None:
        frames = [(k, place[s, t], *rest) for k, s, t, *rest in marked(document, article, records) if (s, t) in place]
    if cut:
        read = {"ids": [i for n in window.sentences for i in ids[n][:PIECES]]}
    else:
        vectors = {s.index: s.pieces.vectors for s in article.sentences if s.pieces}
        read = {"low": np.concatenate([vectors[n][:PIECES] for n in window.sentences]).astype(np.float16)}
    return read | {
        "id": document["id"], "size": len(window.order), "order": window.order, "words": window.words,
        "first": window.first, "sentence": [s for s, _ in window.words],
        "mentions": mentions, "codes": stage.codes, "ways": between, "facts": facts(stage), "frames": frames,
    }  # fmt: skip


def cutter(path):
    """The pieces of a word under a tokenizer, and the ids that begin a window and end a sentence."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    known = {}

    def cut(word):
        if word not in known:
            known[word] = tokenizer.encode(word, add_special_tokens=False).ids[:8] or [tokenizer.token_to_id("[UNK]")]
        return known[word]

    begin, end = tokenizer.encode("").ids
    return cut, (begin, end)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("documents", type=Path)
    ask.add_argument("--news", type=Path, help="folder of the texts whose marks come without them")
    ask.add_argument("--pieces", type=Path, help="tokenizer.json of the teacher that will read them")
    ask.add_argument("--alone", action="store_true", help="single sentences instead of whole reports")
    ask.add_argument("--out", type=Path, required=True)
    a = ask.parse_args()
    cut, ends = cutter(a.pieces) if a.pieces else (None, None)
    ways, out = {}, []
    read = documents(a.documents, a.news)
    for document, records in (x for d, r in read for x in alone(d, r)) if a.alone else read:
        found = item(document, records, cut, ends, ways)
        if found:
            out.append(found)
    with a.out.open("wb") as file:
        pickle.dump({"ways": list(ways), "items": out, "kinds": KINDS}, file)
    marks = sum(len(x["frames"] or ()) for x in out)
    print(f"{len(out)} documents, {marks} frames, {len(ways)} ways", flush=True)


if __name__ == "__main__":
    main()
