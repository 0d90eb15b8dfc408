"""Clauses of treaties: each row of the table holds for its example and passes its counter-example by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding.clauses import TABLE, check_row, clauses, find_terms
from comity.errors import TableError
from comity.knowledge.states import rows

ROWS = rows(TABLE)
RULES = [r for r in ROWS if r["use"] != "part"]
USES = sorted({r["use"] for r in RULES})


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"pattern": "{it} (?:died"}, "cannot be read"),
        ({"pattern": "{it}{off} died"}, "no row for a part is named 'off'"),
        ({"unless": "*"}, "cannot be read"),
        ({"about": "named"}, "has no group `subject`"),
        ({"yields": "terminatd"}, "'terminatd' is no stage"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_line(cells: dict[str, str], said: str) -> None:
    row = {"use": "context", "pattern": "{it}{of} died", "about": "", "unless": "", "yields": "terminated"}
    check_row(row, "table:7")
    with pytest.raises(TableError, match=f"^table:7: .*{said}"):
        check_row(row | cells, "table:7")


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
