"""Days and parties as a report of 2 September 2019, a Monday, writes them: a row of `examples.csv` each.

`dates` are the days meant, in EDTF, parted by blanks; `parties` the states and organisations that somebody stands for;
`misread` says why a row is read wrongly today: whoever mends the rule takes it away.
"""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.mentions.reader import read_article

ROWS = list(csv.DictReader(Path(__file__).with_name("examples.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(r, id=r["text"], marks=[pytest.mark.xfail(reason=r["misread"])] if r["misread"] else [])
        for r in ROWS
    ],
)
def test_a_sentence_names_these_days_and_parties(row: dict[str, str]) -> None:
    article = read_article(Document(id="d", text=row["text"], published="2019-09-02", language="en"))
    assert [d.edtf for d in article.dates if d.kind == "date" and d.edtf] == row["dates"].split()
    assert {s for a in article.actors for s in a.states} == set(row["parties"].split())
