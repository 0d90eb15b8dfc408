"""Clauses of treaties: each row of the table holds for its example and passes its counter-example by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding.clauses import TABLE, clauses, find_terms
from comity.knowledge.states import rows

ROWS = rows(TABLE)
RULES = [r for r in ROWS if r["use"] != "part"]
USES = sorted({r["use"] for r in RULES})


@pytest.mark.parametrize("row", [r for r in RULES if r["use"] == "term"], ids=lambda r: r["name"])
def test_the_subject_of_a_term_stands_in_its_sentence(row: dict[str, str]) -> None:
    for term in find_terms(row["example"]):
        assert term.subject is not None
        assert re.fullmatch(r"\w.*\w", row["example"][slice(*term.subject)])


WORDS = (
    "the", "treaty", "Agreement", "it", "for", "of", "ten", "1999", "years", "until", "unless", "notice", "terminated",
    ",", ".", ";", "‹", "›⟧", "March",
)  # fmt: skip


@given(st.sampled_from(USES), st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_text_is_searched_without_failing(use: str, words: list[str]) -> None:
    text = " ".join(words)
    for clause in clauses(use, text):
        assert text[slice(*clause.found.span())] == clause.found.group()
