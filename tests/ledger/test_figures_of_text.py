"""Two tellings of a report give the same figures, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.ledger.text_numbers import numbers, shared_part


def same(a: str, b: str) -> bool:
    return shared_part(numbers(a), numbers(b)) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a loan of 2,191,000 dollars", "2.2 million dollars were lent"),
        ("three of 16 ministers", "16 ministers, 3 of them new"),
        ("9,200,000 tonnes", "9.2 mln tonnes"),
        ("at 9-13/16 pct", "to 9-13/16 pct"),
    ],
    ids=["rounded", "in words", "with another unit", "a fraction"],
)
def test_the_same_figure_is_known_again(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("5.95 pct", "6.00 pct"), ("6.18 pct", "6.22 pct"), ("$50 million", "$400 million"), ("5 men", "5.4 men")],
)
def test_another_figure_is_another(one, other):
    assert not same(one, other)


def test_the_day_of_a_dateline_is_no_figure():
    assert numbers("ROME, March 30 - Talks failed.") == frozenset()
    assert shared_part(numbers("no figure"), numbers("5 men")) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_separators_change_no_figure(number):
    assert same(f"sold {number} shares", f"{number:,} shares were sold")
