"""Whether a clause looks back from the day of its report or ahead: a row of `tense.csv` each.

A day of the week without a date is the last one where its clause looks back, the next one where it looks ahead.
"""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.language.analysis import analyse
from comity.mentions.tense import direction

ROWS = list(csv.DictReader(Path(__file__).with_name("tense.csv").read_text("utf-8").splitlines()))
_WAYS = {-1: "back", 0: "neither", 1: "ahead"}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(r, id=r["text"], marks=[pytest.mark.xfail(reason=r["misread"])] if r["misread"] else [])
        for r in ROWS
    ],
)
def test_a_clause_looks_back_or_ahead(row: dict[str, str]) -> None:
    (sentence,) = analyse(Document(id="x", text=row["text"]))
    word = next(t.index for t in sentence.tokens if t.text == row["word"])
    assert _WAYS[direction(sentence, word)] == row["direction"]
