"""Whom words stand for that name nobody: a row of `antecedents.csv` each, with the person where it is one.

Rows without parties are counter-examples: their words stand for nobody whom the text names.
"""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.mentions.reader import read_article

ROWS = list(csv.DictReader(Path(__file__).with_name("antecedents.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] + " | " + r["words"] for r in ROWS])
def test_words_stand_for_those_whom_a_reader_takes_them_for(row: dict[str, str]) -> None:
    document = Document(id="d", text=row["text"], published="2019-09-02", language="en")
    found = [m for m in read_article(document).actors if m.text == row["words"] and (m.antecedent or m.members)]
    assert {s for m in found for s in m.states} == set(row["parties"].split())
    if row["person"]:
        assert {m.name for m in found} == {row["person"]}
    for m in (*found, *(member for several in found for member in several.members)):
        if m.antecedent:
            words, start, end, part = m.antecedent
            assert (row["text"][start:end], part) == (words, "text")
            assert start < m.start
