"""Days, months, years and lengths of time in a report of Monday 2 September 2019: a row of `dates.csv` each.

A row gives each expression as its kind and what it stands for in EDTF (a length of time in ISO 8601), `-` where the
text does not fix it. `misread` says why a row is read wrongly today: whoever mends the rule takes it away.
"""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.language.analysis import analyse
from comity.mentions.dates import find_dates
from comity.mentions.edtf import moment

ROWS = list(csv.DictReader(Path(__file__).with_name("dates.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(r, id=r["text"], marks=[pytest.mark.xfail(reason=r["misread"])] if r["misread"] else [])
        for r in ROWS
    ],
)
def test_a_sentence_tells_these_times(row: dict[str, str]) -> None:
    document = Document(id="x", text=row["text"], published="2019-09-02")
    found = find_dates(analyse(document), moment(document.published))
    assert "; ".join(f"{d.kind} {d.edtf or '-'}" for d in found) == row["dates"]
    for date in found:
        assert row["text"][date.start : date.end] == date.text
        assert (date.basis is None) == (date.edtf is None)


@pytest.mark.parametrize("text", [r["text"] for r in ROWS if r["dates"].startswith("date 20")][::7])
def test_without_a_day_of_publication_only_what_is_stated_in_full_is_known(text: str) -> None:
    document = Document(id="x", text=text)
    seen = Document(id="x", text=text, published="2019-09-02")
    sentences = analyse(document)
    first, dated = find_dates(sentences, None)[0], find_dates(sentences, moment(seen.published))[0]
    assert first.edtf == (None if dated.basis == "relative" else dated.edtf)
