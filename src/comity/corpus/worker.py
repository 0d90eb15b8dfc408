"""The process that codes documents one by one, started by `pool`.

It has nothing but a socket to the process that started it, and ends with it.
"""

import gc
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from comity.corpus.gates import FOREIGN, foreign, passed_by
from comity.corpus.order import Order
from comity.document.collection import Raw
from comity.document.document import Failure
from comity.document.inputs import from_raw, from_text
from comity.ledger import shard
from comity.reading import read_document
from comity.settings import DEFAULTS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document: its rows as a JSON array and how many records they hold, or why there are none."""

    rows: str | None = None
    records: int = 0
    passed: str | None = None
    failure: Failure | None = None


def coded(raw: Raw, order: Order) -> Outcome:
    """The outcome of one document of a collection; pure but for the process that extracts pages."""
    try:
        if reason := passed_by(raw, order.languages, order.settings):
            return Outcome(passed=reason)
        document = from_raw(raw, published=order.published, settings=order.settings)
        if isinstance(document, Failure):
            return Outcome(failure=document)
        if foreign(document, order.languages):
            return Outcome(passed=FOREIGN)
        reading = read_document(document, settings=order.settings)
        rows = shard.rows(reading.source, reading.records)
        return Outcome(json.dumps(rows, ensure_ascii=False), len(rows))
    except Exception as error:  # a document that the reader cannot stand is listed, whatever it is
        return Outcome(failure=Failure(raw.where, f"could not be read ({type(error).__name__}: {error})"))


def serve(link: Connection, order: Order) -> None:
    """Codes what comes, a message a document, until the other end closes."""
    ready = from_text("The presidents of Chile and Peru signed a border treaty in Lima on 3 May 2012.")
    if not isinstance(ready, Failure):
        read_document(ready)
    link.send("ready")
    while True:
        work: Sequence[Raw] = link.recv()
        for raw in work:
            link.send(coded(raw, order))


def main() -> None:
    """Serves until the process that started this one closes the socket or ends."""
    # Ctrl-C goes to all processes of a terminal; the one that started this one ends it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(DEFAULTS.collect_after)
    link = Connection(int(sys.argv[1]))
    try:
        serve(link, link.recv())
    except (EOFError, OSError):
        return
