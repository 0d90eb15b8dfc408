"""Synthetic ledgers for measurement: documents and their records written directly, without reading; event files.

Dyads are as unevenly distributed as in the news (the n-th has a weight of 1/(n + 10)), every quote is at its offsets,
and the same numbers give the same ledger.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from comity.document.document import Document
from comity.knowledge import plover
from comity.knowledge.plover import cameo, goldstein
from comity.knowledge.states import states
from comity.records.record import Actor, Agreement, DocumentRecord, Event, Figure, Record, Visit

_WORDS = 240
_VOCABULARY = 20_000
_FIRST = date(2010, 1, 1)
_EVENTS = (
    ("held talks with", "CONSULT", None, "040"),
    ("signed a paper with", "SUPPORT", None, "057"),
    ("criticised", "ACCUSE", "disapprove", "111"),
    ("sent help to", "AID", None, "070"),
    ("imposed duties on", "SANCTION", None, "163"),
)
_MATTERS = ("fisheries", "transit", "aviation", "customs", "energy", "water", "health", "science", "border", "culture")


def documents(count: int, *, start: int = 0, seed: int = 1) -> Iterator[tuple[Document, tuple[Record, ...]]]:
    """Synthetic documents with their records, numbered from `start`; the same numbers give the same documents.

    >>> document, records = next(documents(1))
    >>> all(document.text[r.start : r.end] == r.quote for r in records[1:])
    True
    """
    now = [s for s in states().values() if s.last_year is None and s.cow is not None]
    pairs = list(combinations([(s.code, s.name) for s in now[:60]], 2))
    random.Random(seed).shuffle(pairs)
    weights = [1 / (n + 10) for n in range(len(pairs))]
    for n in range(start, start + count):
        chance = random.Random(f"{seed} {n}")
        yield _document(n, chance, chance.choices(pairs, weights)[0])


Pair = tuple[tuple[str, str], tuple[str, str]]


def _document(n: int, chance: random.Random, pair: Pair) -> tuple[Document, tuple[Record, ...]]:
    (a, first), (b, second) = pair
    day = _FIRST + timedelta(days=chance.randrange(3650))
    name = f"synthetic:{n:07d}"
    records: list[Record] = []
    text = ""
    for ordinal in range(5):
        sentence, record = _sentence_of(chance, (a, first), (b, second), day)
        at = len(text)
        text += sentence + ". "
        key = hashlib.sha256(f"{name} {ordinal}".encode()).hexdigest()[:16]
        records.append(_placed(record, f"{record.kind}:{key}", name, sentence, at))
    text += " ".join(f"w{chance.randrange(_VOCABULARY)}" for _ in range(_WORDS)) + "."
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = day.isoformat()
    document = Document(
        id=name, text=text, published=published, published_basis="metadata", language="en", text_sha256=digest
    )
    head = DocumentRecord(id=name, document=name, published=published, text_sha256=digest, states=(a, b))
    return document, (head, *records)


def _sentence_of(chance: random.Random, one: tuple[str, str], other: tuple[str, str], day: date) -> tuple[str, Record]:
    (a, first), (b, second) = one, other
    on, kind = day.isoformat(), chance.random()
    matter = chance.choice(_MATTERS)
    if kind < 0.7:
        words, event, mode, cameo = chance.choice(_EVENTS)
        sentence = f"{first} {words} {second} over {matter} number {chance.randrange(400)}"
        result: Record = Event(
            actor=(Actor(text=first, name=first, state=a),),
            recipient=(Actor(text=second, name=second, state=b),),
            event=event,
            mode=mode,
            cameo=cameo,
            event_scale=plover.scale(event, mode),
            quad_code=1 if event in {"CONSULT", "SUPPORT"} else 2 if event == "AID" else 3,
            date=on,
        )
    elif kind < 0.8:
        title = f"agreement on {matter} and {chance.choice(_MATTERS)}"
        sentence = f"{first} and {second} signed an {title}"
        result = Agreement(
            title=title,
            type="agreement",
            parties=tuple(sorted((a, b))),
            stage=chance.choice(("signed", "in force", "planned")),
            date=on,
            duration=chance.choice((None, "P5Y", "indefinite")),
            renewal=chance.choice((None, "P5Y")),
        )
    elif kind < 0.9:
        sentence = f"The foreign minister of {first} visited {second}"
        who = Actor(text="The foreign minister", name=f"Minister N{chance.randrange(9)}", role="minister", state=a)
        result = Visit(visitors=(who,), host=b, date=on, level="minister")
    else:
        value = float(chance.randrange(1, 10_000)) * 1e6
        sentence = f"Trade of {first} and {second} was {value:.0f} dollars in {day.year}"
        result = Figure(measure="trade", reporter=a, partner=b, value=value, unit="USD", period=str(day.year))
    return sentence, result


def _placed(record: Record, key: str, document: str, sentence: str, at: int) -> Record:
    return replace(
        record,
        id=key,
        document=document,
        quote=sentence,
        part="text",
        start=at,
        end=at + len(sentence),
        confidence=0.8,
    )


def gdelt_day(count: int, *, seed: int = 1, version: str = "2.0") -> Iterator[str]:
    r"""Synthetic rows of a day of GDELT events in the real format (58 or 61 columns), without line endings.

    >>> [len(next(gdelt_day(1, version=v)).split("\t")) for v in ("1.0", "2.0")]
    [58, 61]
    """
    lands = [(s.code, s.name.upper(), s.iso2 or "") for s in states().values() if s.last_year is None and s.cow]
    codes = [c for c in cameo() if len(c) > 2] + ["010", "020"]
    chance = random.Random(seed)
    place_cells = 7 if version == "1.0" else 8
    for n in range(count):
        actors = [chance.choice(lands) if chance.random() < 0.7 else None for _ in range(2)]
        code = chance.choice(codes)
        cells = [str(9_000_000 + n), "20230105", "202301", "2023", "2023.0137"]
        for actor in actors:
            sector = chance.choice(("GOV", "MIL", "", "BUS"))
            named = [actor[0] + sector, actor[1], actor[0]] if actor else ["", "", ""]
            cells += [*named, "", "", "", "", sector if actor else "", "", ""]
        reports = str(chance.randrange(1, 40))
        score = goldstein(code)
        cells += ["1", code, code[:3], code[:2], "1", str(score.value if score else 0.0), reports, "1", reports]
        cells.append(f"{chance.uniform(-9, 9):.12f}")
        for _ in range(3):
            cells += ["1", "Somewhere, Some Land", "MG", "MG", *[""] * (place_cells - 7), "46.86", "103.85", "MG"]
        added = "20230105" if version == "1.0" else "20230105001500"
        yield "\t".join([*cells, added, f"https://example.org/{n // 3}"])
