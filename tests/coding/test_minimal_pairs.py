"""Pairs of sentences that differ in a word and in what they tell: negation, threat, request, refusal, concession.

Each row of `minimal_pairs.csv` was written by hand with PLOVER's manual beside it. Without an event, none may be
coded as having occurred; several types parted by `|` are those that the manual allows.
"""

import csv
from pathlib import Path

import pytest

from comity.coding.events import code_events
from comity.document.document import Document
from comity.mentions.reader import read_article

ROWS = list(csv.DictReader(Path(__file__).with_name("minimal_pairs.csv").read_text("utf-8").splitlines()))


def test_there_are_enough_pairs():
    assert len(ROWS) >= 150
    assert sum(not r["event"] for r in ROWS) >= 20


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["text"])
def test_what_the_sentence_tells_is_coded_and_no_more(row):
    article = read_article(Document(id="t", text=row["text"], published="2019-09-02", language="en"))
    found = code_events(article)
    if not row["event"]:
        assert [e.event for e in found if e.status == "occurred"] == []
        return
    told = [
        e
        for e in found
        if e.event in row["event"].split("|")
        and row["actor"] in {a.state for a in e.actor}
        and row["recipient"] in {a.state for a in (*e.recipient, *e.actor)}
    ]
    assert told, [(e.event, e.status) for e in found]
    if row["status"]:
        assert row["status"] in {e.status for e in told}
