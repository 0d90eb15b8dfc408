"""Where things happen: a row of `places.csv` each, the places with the state in which they lie, `-` where not known."""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.language.analysis import analyse
from comity.mentions.names import names_of
from comity.mentions.places import find_places

ROWS = list(csv.DictReader(Path(__file__).with_name("places.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_a_sentence_names_these_places(row: dict[str, str]) -> None:
    document = Document(id="d", text=row["text"], published="2019-09-02")
    sentences = analyse(document)
    found = find_places(sentences, names_of(sentences, document))
    assert "; ".join(f"{p.name} {p.state or '-'}" for p in found) == row["places"]
    for p in found:
        words = sentences[p.sentence].tokens[p.first : p.last]
        assert (words[0].start, words[-1].end) == (p.start, p.end)
        assert row["text"][p.start : p.end] == p.text
