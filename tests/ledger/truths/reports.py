"""Made-up reports with their records, stored as readings are: what is asked then is the ledger and not the reader."""

import hashlib
from dataclasses import replace
from pathlib import Path

from comity.document.document import Document
from comity.ledger import grouping, ingest
from comity.ledger.store import Writer
from comity.records.record import Actor, Agreement, DocumentRecord, Event, EventScale, Record, Visit
from comity.settings import Settings

Reading = tuple[Document, list[Record]]
STATES = {"KEN": "Kenya", "UGA": "Uganda", "TZA": "Tanzania", "RWA": "Rwanda"}
_WORDS = ("harbour", "meadow", "lantern", "copper", "violet", "timber", "saddle", "orchard", "pebble", "harvest")


def words(n: int) -> str:
    """A text that no other number has."""
    return " ".join(f"{_WORDS[(n * 7 + i * 3) % 10]}{n * 131 + i * i}" for i in range(40)) + "."


def of(code: str, name: str | None = None) -> Actor:
    return Actor(text=name or STATES.get(code, code), name=name, role="President" if name else None, state=code)


def event(quote: str, a: str = "KEN", b: str | None = "UGA", **more: object) -> Event:
    fields = {"event": "CONSULT", "cameo": "040", "quad_code": 1, "date": "2019-05-02", "date_basis": "stated"}
    return Event(actor=(of(a),), recipient=(of(b),) if b else (), quote=quote, **(fields | more))


def help_sent(a: str = "RUS", b: str = "MNG", date: str = "2019-09-03", **more: object) -> Event:
    scale = EventScale(name="plover", version="2.0", value=6.0)
    coded = {"event": "AID", "cameo": None, "quad_code": 2, "event_scale": scale, "date_basis": None}
    return event("sent help", a, b, date=date, **(coded | more))


def visit(
    quote: str, name: str | None = "William Ruto", host: str = "UGA", guest: str = "KEN", **more: object
) -> Visit:
    fields = {"date": "2019-05-02", "date_basis": "stated"}
    return Visit(visitors=(of(guest, name),), host=host, quote=quote, **(fields | more))


def treaty(title: str | None, quote: str, *parties: str, stage: str | None = None, **more: object) -> Agreement:
    fields = {"title": title, "type": "treaty", "parties": parties, "stage": stage, "quote": quote}
    return Agreement(**(fields | more))


def report(
    day: str | None,
    *records: Record,
    title: str | None = None,
    text: str = "",
    at: str | None = None,
    language: str | None = "en",
) -> Reading:
    """A reading: the text holds the quotes of its records, each at its offsets; `at` is the address of the report."""
    whole = ". ".join([*([text] if text else []), *(r.quote or "" for r in records)]) + "."
    digest = hashlib.sha256(f"{day}{title}{at}{whole}".encode()).hexdigest()
    document = Document(
        id=digest[:8],
        text=whole,
        title=title,
        published=day,
        published_basis="metadata" if day else None,
        language=language,
        text_sha256=hashlib.sha256(whole.encode()).hexdigest(),
        source=at,
    )
    made: list[Record] = [DocumentRecord(id=document.id, document=document.id, published=day)]
    for n, r in enumerate(records):
        start = whole.index(r.quote or "")
        span = {"part": "text", "start": start, "end": start + len(r.quote or "")}
        made.append(replace(r, id=f"{r.kind}:{digest[:12]}{n}", document=document.id, **span))
    return document, made


def stored(path: Path, *readings: Reading, settings: Settings | None = None) -> None:
    """A ledger of readings, each in a batch of its own."""
    writer = Writer(path)
    try:
        for reading in readings:
            ingest.store(writer, ingest.Batch(readings=[reading]))
        grouping.keep(writer, settings or Settings())
        writer.publish()
    finally:
        writer.close()
