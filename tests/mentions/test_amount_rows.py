"""Sums, shares, quantities and numbers of people as reports of 2019 write them: a row of `amounts.csv` each.

A row gives each amount as a reader would note it down: a qualifier ("up to"), the kind, the value in base units or the
two ends of a range, and the unit, `-` where none is certain. `misread` says why a row is read wrongly today.
"""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.language.analysis import analyse
from comity.mentions.amounts import find_amounts
from comity.mentions.mention import AmountMention

ROWS = list(csv.DictReader(Path(__file__).with_name("amounts.csv").read_text("utf-8").splitlines()))


def number(value: float | None) -> str:
    short = f"{value:g}"
    return short if value is None or float(short) == value else repr(value)


def noted(amount: AmountMention) -> str:
    value = number(amount.value) if amount.low is None else f"{number(amount.low)}..{number(amount.high)}"
    return " ".join(w for w in (amount.qualifier, amount.kind, value, amount.unit or "-") if w)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(r, id=r["text"], marks=[pytest.mark.xfail(reason=r["misread"])] if r["misread"] else [])
        for r in ROWS
    ],
)
def test_a_sentence_gives_these_amounts(row: dict[str, str]) -> None:
    found = find_amounts(analyse(Document(id="x", text=row["text"])), 2019)
    assert "; ".join(map(noted, found)) == row["amounts"]
    for amount in found:
        assert amount.high is None or amount.low is not None
        assert amount.low is None or amount.low < (amount.high or 0) == amount.value  # a range counts as its upper end


@pytest.mark.parametrize("text", [r["text"] for r in ROWS if r["amounts"].count(";") == 0 and r["amounts"]][::7])
def test_an_amount_says_where_it_stands(text: str) -> None:
    (sentence,) = analyse(Document(id="x", text=text))
    for amount in find_amounts([sentence]):
        assert text[amount.start : amount.end] == amount.text
        words = sentence.tokens[amount.first : amount.last]
        assert words[0].start <= amount.start < words[0].end
        assert words[-1].start < amount.end <= words[-1].end
