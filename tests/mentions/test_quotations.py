"""Who is quoted, and what with: a row of `quotations.csv` each; what is said, by whom, how, parted by ` | `.

`misread` says why a row is read wrongly today: whoever mends the rule takes it away.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
def test_a_quotation_is_what_somebody_says(row: dict[str, str]) -> None:
    article = read_article(Document(id="d", text=row["text"], language="en"))
    found = article.quotations
    quoted = [row["text"][q.start : q.end].strip(' :,.“”«»"').removeprefix("that ") for q in found]
    assert quoted == parts(row["quoted"])
    assert [q.speaker.text for q in found] == parts(row["speakers"])
    assert [q.verb for q in found] == parts(row["verbs"])
    assert ["direct" if q.direct else "reported" for q in found] == parts(row["manner"])
    for q in found:
        assert article.speaker(q.sentence, q.start, q.end) is not None
        assert article.speaker(q.sentence, q.start - 1, q.end + 1) is None


_CLAUSES = ["the lake was low", "trade had grown", "the road was open", "rain would fall", "the fishermen were late"]
_SAID = ["said", "added", "announced", "claimed", "insisted", "warned"]


@settings(deadline=None, max_examples=30)
@given(who=st.sampled_from(["Kenya", "Uganda", "Chad"]), verb=st.sampled_from(_SAID), clause=st.sampled_from(_CLAUSES))
def test_whoever_says_whatever_is_its_speaker(who: str, verb: str, clause: str) -> None:
    text = f"{who} {verb} that {clause}."
    (found,) = read_article(Document(id="d", text=text, language="en")).quotations
    assert found.speaker.text == who
    assert text[found.start : found.end].removeprefix("that ") == clause
