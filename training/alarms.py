"""Collects sentences with two states named and, once read by a person, writes those that state no event.

usage: python training/alarms.py candidates NEWS OUT.tsv   (NEWS: the folder of news corpora, `*.jsonl.gz`)
       python training/alarms.py write OUT.tsv READ.txt no_events.csv

`candidates` draws by genre: words of a subject choose the genre, never what Comity codes in a sentence. A seed orders
the articles; each gives one sentence (those of the small corpora up to six). `write` takes the lines "NUMBER" or
"NUMBER GENRE" of a reader's list, NUMBER being a candidate's, GENRE the reader's correction, and writes where the
sentences stand, without their text. Within each genre every other sentence, in the order of its hash, is held out.
"""

import csv
import gzip
import hashlib
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path

from comity.knowledge.names import find_names
from comity.language.sentences import passages, split
from comity.language.words import cut

SEED = 20190902
WANTED = 150
"""Candidates drawn for a genre, of which a reader keeps what states no event."""
WORDS = range(9, 56)
SMALL = 400
"""A corpus with fewer articles gives up to `FROM_SMALL` sentences an article."""
FROM_SMALL = 6
LOOKED_AT = 12
"""How many sentences of an article are looked at before the next one's turn; all those of a small corpus."""
ARTICLES = 7000
"""How many articles of a corpus are looked at."""
CAPITAL = re.compile(r"\b[A-Z]")
GENRES = {
    "sport": r"cup|championships?|olympics?|olympic|football|soccer|cricket|rugby|tennis|golf|medals?|athletes?|"
    r"league|tournament|grand prix|coach|scored|goals? in|marathon|swimming|race|racing|sports?|players?",
    "weather": r"rain|rains|rainfall|storms?|hurricane|cyclone|typhoon|earthquake|floods?|flooding|drought|weather|"
    r"temperatures?|snow|frost|wildfires?|tsunami|volcano|magnitude|epidemic|virus|cases of|outbreak",
    "geography": r"island|islands|river|sea|ocean|mountains?|located|north of|south of|east of|west of|coast|lake|"
    r"capital of|known as|countries such as|countries including|population|border of|region of|province|continent",
    "biography": r"born|graduated|graduate|degree|university|professor|served as|career|fluent|author of|ph\.d|"
    r"studied|parents|immigrants?|grandfather|heritage|ancestry|son of|daughter of|worked (?:at|for|in)",
    "politics": r"election|elections|voters|parliament|senate|congress|party|coalition|opposition|cabinet|"
    r"polls?|referendum|constitution|lawmakers|campaign|vote",
    "trade": r"exports?|imports?|trade (?:surplus|deficit|balance|figures)|shipments|deficit|surplus|gdp|inflation|"
    r"unemployment|gross national product|industrial production|growth|percent|pct|per cent",
    "markets": r"dollar|yen|stg|sterling|mark|stocks?|shares?|futures|traders?|dealers?|prices?|bonds?|eurobond|"
    r"index|market|crop|harvest|tonnes|barrels|bpd|coffee|cocoa|wheat|sugar|copper|oil|gold|crude",
    "business": r"company|companies|corp|inc|ltd|plc|subsidiary|plant|factory|merger|stake|acquisition|venture|"
    r"manufacturers?|airlines?|customers|products?",
    "culture": r"music|song|film|movie|language|history|historic|century|church|food|artists?|museum|book|writer|"
    r"culture|cultural|religious|science|scientists?|space|species|award|prize",
    "opinion": r"believe|think|thought|opinion|strong|great|best|important|always|never|like|know|want|feel|perhaps",
}


def corpora(news):
    for path in sorted(news.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield path.name, [json.loads(line) for line in file]


def sentences(text, order, most):
    """Sentences of paragraphs taken at random, at most so many."""
    blocks = passages(text)
    order.shuffle(blocks)
    out = []
    for a, b in blocks:
        out += [(s[0].start, s[-1].end) for s in split(cut(text[a : min(b, a + 4000)], a)) if len(s) in WORDS]
        if len(out) >= most:
            break
    order.shuffle(out)
    return out[:most]


def named(text, date):
    """The states that a sentence names by name, adjective or capital."""
    return {h.code for h in find_names(text, date) if h.kind in {"state", "adjective", "capital"}}


def digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def drawn(news):
    """Candidates by genre: each row is a genre, a document's id, a start, an end and the sentence."""
    patterns = {g: re.compile(rf"\b(?:{p})\b", re.IGNORECASE) for g, p in GENRES.items()}
    order = random.Random(SEED)
    pools = []
    for name, articles in corpora(news):
        order.shuffle(articles)
        pools.append((name, len(articles), iter(articles[:ARTICLES])))
    counts, seen = Counter(), set()
    while pools and min(counts[g] for g in GENRES) < WANTED:
        for pool in list(pools):
            name, size, articles = pool
            article = next(articles, None)
            if article is None:
                pools.remove(pool)
                continue
            taken = 0
            for a, b in sentences(article["text"], order, 200 if size < SMALL else LOOKED_AT):
                text = article["text"][a:b]
                key = digest(" ".join(text.split()).lower())
                genre = next((g for g, p in patterns.items() if counts[g] < WANTED and p.search(text)), None)
                # two names are two capitals behind the first word, or one there and the first: most fail at once
                if genre is None or key in seen or len(CAPITAL.findall(text)) < 2:
                    continue
                if len(named(text, article.get("date"))) < 2:
                    continue
                seen.add(key)
                counts[genre] += 1
                yield genre, article["id"], a, b, text
                taken += 1
                if taken >= (FROM_SMALL if size < SMALL else 1):
                    break


def candidates(news, out):
    rows = sorted(drawn(news), key=lambda r: list(GENRES).index(r[0]))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        for number, row in enumerate(rows, 1):
            writer.writerow((number, *row))
    print(Counter(r[0] for r in rows))


def write(found, read, out):
    kept = dict([*line.split(), None][:2] for line in read.read_text(encoding="utf-8").splitlines() if line.strip())
    rows = []
    with found.open(encoding="utf-8", newline="") as file:
        for number, genre, document, start, end, text in csv.reader(file, delimiter="\t"):
            if number in kept:
                rows.append((document, int(start), int(end), digest(text), kept[number] or genre))
    rows.sort(key=lambda r: (r[4], r[3]))
    place = Counter()
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("document", "start", "end", "sha256", "genre", "part"))
        for row in rows:
            writer.writerow((*row, "held" if place[row[4]] % 2 else "open"))
            place[row[4]] += 1
    print(len(rows), Counter(r[4] for r in rows))


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "candidates":
        candidates(*map(Path, sys.argv[2:]))
    elif len(sys.argv) == 5 and sys.argv[1] == "write":
        write(*map(Path, sys.argv[2:]))
    else:
        sys.exit(__doc__)
