"""Who acts in a sentence, as a reader would note it down: a row of `actors.csv` each, read on 2 September 2019.

`persons` gives each person with name, office, state or organisation and sector, as often as the sentence mentions the
person; `others` the states, bodies, groups and troops by their words. A dash stands for what the text does not say.
"""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.mentions.mention import ActorMention
from comity.mentions.reader import read_article

ROWS = list(csv.DictReader(Path(__file__).with_name("actors.csv").read_text("utf-8").splitlines()))


def person(m: ActorMention) -> str:
    return f"{m.name or '-'}: {m.role or '-'}, {'+'.join(m.states) or '-'}, {m.sector or '-'}"


def other(m: ActorMention) -> str:
    return f"{m.text}: {'+'.join(m.states) or '-'} {m.sector or '-'}"


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_a_sentence_has_these_actors(row: dict[str, str]) -> None:
    document = Document(id="d", text=row["text"], published="2019-09-02", language="en")
    actors = read_article(document).actors
    assert "; ".join(person(m) for m in actors if m.kind == "person") == row["persons"]
    rest = [m for m in actors if m.kind not in {"person", "pronoun"} and not m.antecedent]
    assert "; ".join(map(other, rest)) == row["others"]
    for m in actors:
        assert row["text"][m.start : m.end] == m.text
        assert m.first <= m.head < m.last
