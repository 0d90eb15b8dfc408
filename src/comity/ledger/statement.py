"""A statement: one record of one document, with the fields by which it is found and compared."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from comity.knowledge.states import continuing
from comity.ledger.interval import OPEN, Interval, interval
from comity.records.kinds import KINDS
from comity.records.lines import dumps, from_json, plain
from comity.records.record import Actor, Record

R = TypeVar("R", bound=Record)
Shape = type[R]
"""A class of records: an event, an agreement …"""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one document says: `body` is the record as JSON, the other fields are those used for merging.

    `document` is the ledger's key of the document; `block` are the states that it is about, a former state by the
    one that continues it; `when` the possible days by its date; `known` the last day on which its document can have
    been published, null if that is unknown.
    """

    document: str
    id: str
    fact: str
    kind: str
    block: str
    type: str | None
    mode: str | None
    status: str | None
    when: Interval
    known: date | None
    confidence: float
    quote: str
    body: str

    @property
    def record(self) -> Record:
        """The record, of the class of its kind; parsed from `body` at the first access."""
        return _parsed(self.body)

    @property
    def stored(self) -> dict[str, Any]:
        """The record as stored, for writing it out again: a new JSON object."""
        stored: dict[str, Any] = json.loads(self.body)
        return stored

    def as_a(self, shape: Shape[R]) -> R:
        """The record as a given class. Raises `TypeError` if the statement is of another kind."""
        record = self.record
        if not isinstance(record, shape):
            raise TypeError(f"{self.id} is a statement of kind {self.kind}, not {shape.__name__}")
        return record


_parsed = lru_cache(maxsize=20_000)(from_json)


def body_of(record: Record) -> str:
    """A record as the body of its statement.

    >>> body_of(Record(kind="figure"))[:18]
    '{"kind": "figure",'
    """
    return dumps(plain(record))


COLUMNS = "document, id, fact, kind, block, type, mode, status, first, last, known, confidence, quote, body"
"""The columns of a statement in the store, in the order that `from_row` takes."""


def from_row(row: tuple[Any, ...]) -> Statement:
    """The statement of a row of the store."""
    document, key, fact, kind, block, sort, mode, status, first, last, known, confidence, quote, body = row
    when = Interval(first, last) if first is not None or last is not None else OPEN
    return Statement(document, key, fact, kind, block, sort, mode, status, when, known, confidence, quote or "", body)


def block_of(record: Record) -> str:
    """The states and organisations that a record is about, sorted, with spaces between.

    >>> from comity.records.record import Agreement
    >>> block_of(Agreement(parties=("SUN", "MNG")))
    'MNG RUS'
    """
    spec = KINDS.get(record.kind)
    codes = [c for field in spec.states for c in _codes(getattr(record, field))] if spec is not None else []
    return " ".join(sorted({continuing(c) for c in codes if c}))


def traits(record: Record) -> tuple[str | None, str | None, str | None, Interval]:
    """Type, mode and status of a record, and the possible days by its date."""
    spec = KINDS.get(record.kind)
    if spec is None:
        return None, None, None, OPEN
    sort, mode, status = (getattr(record, f) if f is not None else None for f in (spec.type, spec.mode, spec.status))
    return sort, mode, status, interval(getattr(record, spec.date) if spec.date is not None else None)


def fact_id(document: str, record: str, kind: str) -> str:
    """The id of the fact of which a statement is the earliest."""
    digest = hashlib.sha256(f"{document}\0{record}".encode()).hexdigest()[:16]
    return f"fact:{kind}:{digest}"


def _codes(named: str | tuple[str | Actor, ...] | None) -> Iterable[str | None]:
    """The codes in a field that names states: one code, several, or actors."""
    if named is None or isinstance(named, str):
        return (named,)
    return (n if isinstance(n, str) else n.state or n.organisation for n in named)
