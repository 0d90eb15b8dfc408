"""Sentences that readers of the world's reports code wrongly again and again: what must not be found in them."""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.knowledge.states import continuing
from comity.reading import read_document

ROWS = list(csv.DictReader(Path(__file__).with_name("patterns.csv").read_text("utf-8").splitlines()))
LEAST = 0.85
"""The share that must be right; a network is not made right sentence by sentence."""


def is_wrong(row: dict[str, str]) -> bool:
    """Whether an event is found that the row says is never reported."""
    document = Document(id="d", text=row["text"], title=None, published="2019-05-06", language="en")
    wanted = set(row["parties"].split())
    for record in read_document(document).records:
        if record.kind == "event":
            codes = {continuing(a.state) for a in (*record.actor, *record.recipient) if a.state}
            if row["never"] in {record.event, record.status} and wanted <= codes:
                return True
    return False


def test_most_sentences_that_are_often_misread_are_not() -> None:
    wrong = [row["text"] for row in ROWS if is_wrong(row)]
    assert len(wrong) <= (1 - LEAST) * len(ROWS), wrong


@pytest.mark.parametrize("pattern", sorted({row["pattern"] for row in ROWS}))
def test_of_no_pattern_are_most_sentences_misread(pattern: str) -> None:
    rows = [row for row in ROWS if row["pattern"] == pattern]
    assert sum(map(is_wrong, rows)) <= len(rows) / 2
