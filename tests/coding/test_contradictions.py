"""What the words around an act take back is not reported as an act of one state against another."""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.reading import read_document
from comity.records.record import Event

ROWS = list(csv.DictReader(Path(__file__).with_name("contradictions_reported.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["text"])
def test_what_is_taken_back_is_not_reported_as_an_act(row: dict[str, str]) -> None:
    document = Document(id="d", text=row["text"], title=None, published="2019-05-06", language="en")
    found = [r for r in read_document(document).records if isinstance(r, Event) and r.event == row["event"]]
    states = set(row["states"].split())
    whose = [{a.state for a in (*e.actor, *e.recipient)} for e in found]
    assert bool(any(states <= w for w in whose)) == (row["done"] == "yes")
