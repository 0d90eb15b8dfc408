"""Sentences in which an agreement is expired, awaited, used, denied or only named: what is, and is not, read of it."""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.reading import read_document
from comity.records.record import Agreement

ROWS = list(
    csv.DictReader(Path(__file__).with_name("agreements_reported.csv").read_text(encoding="utf-8").splitlines())
)
LEAST = 0.95
"""The share that must be right: the last word on a record is a network's."""


def is_right(row: dict[str, str]) -> bool:
    """Whether the records are those of the row: none, none between the states after `*none`, or the one reported."""
    document = Document(id="d", text=row["text"], title=None, published="2019-05-06", language="en")
    found = [r for r in read_document(document).records if isinstance(r, Agreement)]
    if row["parties"].startswith("*none"):
        near = set(row["parties"].split()[1:])
        return all(len(near & set(r.parties)) < min(2, len(near)) for r in found)
    if not row["parties"]:
        return not found
    return (
        len(found) == 1
        and set(found[0].parties) == set(row["parties"].split())
        and row["stage"] in {"*", found[0].stage or ""}
        and row["date"] in {"*", found[0].date or ""}
    )


def test_nearly_all_such_sentences_are_read_right() -> None:
    wrong = [row["text"] for row in ROWS if not is_right(row)]
    assert len(wrong) <= (1 - LEAST) * len(ROWS), wrong


@pytest.mark.parametrize("pattern", sorted({row["pattern"] for row in ROWS}))
def test_of_no_kind_are_several_sentences_misread(pattern: str) -> None:
    wrong = [row["text"] for row in ROWS if row["pattern"] == pattern and not is_right(row)]
    assert len(wrong) <= 1, wrong
