"""What the parser is given for figures, signs and scales that it has never seen: a row of `notation.csv` each."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.language.notation import as_seen

ROWS = list(csv.DictReader(Path(__file__).with_name("notation.csv").read_text("utf-8").splitlines()))
_DIGITS = {"Arabic": "٠١٢٣٤٥٦٧٨٩", "Persian": "۰۱۲۳۴۵۶۷۸۹", "Devanagari": "०१२३४५६७८९", "Bengali": "০১২৩৪৫৬৭৮৯"}


@pytest.mark.parametrize("row", ROWS, ids=[r["word"] for r in ROWS])
def test_a_word_is_given_as_the_parser_knows_it(row: dict[str, str]) -> None:
    assert as_seen(row["word"]) == row["seen"]


@settings(deadline=None)
@given(number=st.integers(0, 10**9), script=st.sampled_from(sorted(_DIGITS)))
def test_a_number_in_the_figures_of_any_script_is_the_same_number(number: int, script: str) -> None:
    written = str(number).translate(str.maketrans("0123456789", _DIGITS[script]))
    assert as_seen(written) == str(number)


@settings(deadline=None)
@given(word=st.text(alphabet="abcdefghijklnopqrstuvwxyzéñøş", min_size=5))
def test_a_word_of_letters_stays_as_it_is(word: str) -> None:
    assert as_seen(word) == word
