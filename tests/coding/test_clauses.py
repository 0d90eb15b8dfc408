"""Clauses of treaties: each row of the table holds for its example and passes its counter-example by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding.clauses import TABLE, clauses, compiled
from comity.coding.terms import find_terms
from comity.knowledge.states import rows

ROWS = rows(TABLE)
PARTS = [r for r in ROWS if r["reads"] == "part"]
RULES = [r for r in ROWS if r["reads"] != "part"]
USES = sorted({r["reads"] for r in RULES})


def names(row: dict[str, str], text: str) -> set[str]:
    return {c.name for c in clauses(row["reads"], text)}


@pytest.mark.parametrize("row", RULES, ids=[f"{r['reads']}: {r['name']}" for r in RULES])
def test_a_row_holds_for_its_example_and_not_for_its_counter_example(row: dict[str, str]) -> None:
    assert row["name"] in names(row, row["example"])
    assert row["name"] not in names(row, row["counter_example"])


@pytest.mark.parametrize("row", PARTS, ids=[r["name"] for r in PARTS])
def test_a_part_is_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    pattern = compiled(f"{{{row['name']}}}")
    assert pattern.fullmatch(row["example"])
    assert not pattern.fullmatch(row["counter_example"])


@pytest.mark.parametrize("row", [r for r in RULES if r["reads"] == "term"], ids=lambda r: r["name"])
def test_the_subject_of_a_term_stands_in_its_sentence(row: dict[str, str]) -> None:
    for term in find_terms(row["example"]):
        assert term.subject is not None
        assert re.fullmatch(r"\w.*\w", row["example"][slice(*term.subject)])


def test_every_row_has_a_name_of_its_own_and_a_source() -> None:
    keys = [(r["reads"], r["name"]) for r in ROWS]
    assert len(set(keys)) == len(keys)
    assert all(r["source"] and r["pattern"] for r in ROWS)


WORDS = (
    "the", "treaty", "Agreement", "it", "for", "of", "ten", "1999", "years", "until", "unless", "notice", "terminated",
    ",", ".", ";", "‹", "›⟧", "March",
)  # fmt: skip


@given(st.sampled_from(USES), st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_text_is_searched_without_failing(use: str, words: list[str]) -> None:
    text = " ".join(words)
    for clause in clauses(use, text):
        assert text[slice(*clause.found.span())] == clause.found.group()
