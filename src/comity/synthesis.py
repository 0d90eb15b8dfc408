"""Ledgers made up to measure with: documents and their records written directly, none of them read.

States meet as unevenly as in the news (the n-th pair is told of as 1/(n + 10)), every quote stands at its offsets, and
the same numbers give the same ledger.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from comity.document.document import Document
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
    """Made-up documents with their records, numbered from `start`; the same numbers give the same documents.

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
        sentence, record = _told(chance, (a, first), (b, second), day)
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


def _told(chance: random.Random, one: tuple[str, str], other: tuple[str, str], day: date) -> tuple[str, Record]:
    (a, first), (b, second) = one, other
    on, kind = day.isoformat(), chance.random()
    matter = chance.choice(_MATTERS)
    if kind < 0.7:
        words, event, mode, cameo = chance.choice(_EVENTS)
        sentence = f"{first} {words} {second} over {matter} number {chance.randrange(400)}"
        made: Record = Event(
            actor=(Actor(text=first, name=first, state=a),),
            recipient=(Actor(text=second, name=second, state=b),),
            event=event,
            mode=mode,
            cameo=cameo,
            quad_code=1 if event in {"CONSULT", "SUPPORT"} else 2 if event == "AID" else 3,
            date=on,
        )
    elif kind < 0.8:
        title = f"agreement on {matter} and {chance.choice(_MATTERS)}"
        sentence = f"{first} and {second} signed an {title}"
        made = Agreement(
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
        made = Visit(visitors=(who,), host=b, date=on, level="minister")
    else:
        value = float(chance.randrange(1, 10_000)) * 1e6
        sentence = f"Trade of {first} and {second} was {value:.0f} dollars in {day.year}"
        made = Figure(measure="trade", reporter=a, partner=b, value=value, unit="USD", period=str(day.year))
    return sentence, made


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
