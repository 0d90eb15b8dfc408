"""Places in a row, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.mentions.numerals import ORDINALS, ordinal


@pytest.mark.parametrize(
    ("text", "place"),
    [("the first", 1), ("its 101st", 101), ("a thirty second", 32), ("the Fiftieth", 50), ("the 30 year", 30)],
)
def test_a_place_in_a_row_is_read(text: str, place: int) -> None:
    assert ordinal(text) == place


@pytest.mark.parametrize("text", ["", "a happy", "the other half", "in 1999", "one"])
def test_other_numbers_are_no_place_in_a_row(text: str) -> None:
    assert ordinal(text) is None


@given(st.integers(1, 9999), st.sampled_from(["st", "nd", "rd", "th"]))
def test_figures_with_an_ending_are_their_number(number: int, ending: str) -> None:
    assert ordinal(f"marked the {number}{ending} ") == number


@given(st.sampled_from(["twenty", "thirty", "ninety"]), st.sampled_from(["first", "fifth", "ninth"]))
def test_the_tens_before_a_place_count(tens: str, place: str) -> None:
    assert ordinal(f"the {tens}-{place}") == ORDINALS[tens[:-1] + "ieth"] + ORDINALS[place]


@given(st.text())
def test_any_text_has_a_place_above_none_or_none(text: str) -> None:
    found = ordinal(text)
    assert found is None or found >= 0
