"""Who is quoted, and what with: a row of `quotations.csv` each; what is told and by whom, parted by ` | `.

`misread` says why a row is read wrongly today: whoever mends the rule takes it away.
"""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.mentions.reader import read_article

ROWS = list(csv.DictReader(Path(__file__).with_name("quotations.csv").read_text("utf-8").splitlines()))


def parts(words: str) -> list[str]:
    return [w for w in words.split(" | ") if w]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(r, id=r["text"], marks=[pytest.mark.xfail(reason=r["misread"])] if r["misread"] else [])
        for r in ROWS
    ],
)
def test_a_quotation_is_what_somebody_tells(row: dict[str, str]) -> None:
    article = read_article(Document(id="d", text=row["text"], language="en"))
    told = [row["text"][q.start : q.end].strip(" ,.“”").removeprefix("that ") for q in article.quotations]
    assert told == parts(row["told"])
    assert [q.speaker.text for q in article.quotations if q.speaker] == parts(row["speakers"])
