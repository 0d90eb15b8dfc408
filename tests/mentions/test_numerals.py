"""What a number stands for, however it is written: a row of `numerals.csv` each, without a value where it is none."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.mentions import numerals

ROWS = list(csv.DictReader(Path(__file__).with_name("numerals.csv").read_text("utf-8").splitlines()))
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """A number below a thousand as a paper spells it."""
    small = {n: w for w, n in numerals.VALUES.items() if n < 20 and w not in {"a", "an", "dozen"}}
    hundreds, rest = divmod(number, 100)
    tail = small.get(rest) or _TENS[rest // 10 - 2] + (f"-{small[rest % 10]}" if rest % 10 else "")
    head = f"{small[hundreds]} hundred" if hundreds else ""
    return tail if not head else head + (f" and {tail}" if rest else "")


@pytest.mark.parametrize("row", ROWS, ids=[repr(r["text"]) for r in ROWS])
def test_a_number_stands_for_this(row: dict[str, str]) -> None:
    found = numerals.value(row["text"])
    assert found == (pytest.approx(float(row["value"]), abs=1e-12) if row["value"] else None)


@settings(deadline=None)
@given(number=st.integers(1, 999))
def test_a_number_spelt_out_is_read_back(number: int) -> None:
    assert numerals.value(in_words(number)) == number


@settings(deadline=None)
@given(number=st.integers(1, 999))
def test_a_number_spelt_out_is_found_whole_in_a_text(number: int) -> None:

    found = re.search(rf"\b{numerals.NUMBER}\b", f"it sent {in_words(number)} tents", re.IGNORECASE)
    assert found is not None
    assert found[0] == in_words(number)


@settings(deadline=None)
@given(whole=st.integers(0, 99), part=st.sampled_from(numerals.VULGAR), gap=st.sampled_from(["", " "]))
def test_a_number_with_a_fraction_lies_between_it_and_the_next(whole: int, part: str, gap: str) -> None:
    found = numerals.value(f"{whole}{gap}{part}")
    assert found is not None
    assert whole < found < whole + 1


@settings(deadline=None)
@given(number=st.integers(1, 999), power=st.integers(-6, 9), sign=st.sampled_from("x×*"))
def test_a_number_in_powers_of_ten_is_worked_out(number: int, power: int, sign: str) -> None:
    assert numerals.value(f"{number} {sign} 10^{power}") == pytest.approx(number * 10.0**power)


@pytest.mark.parametrize(
    ("text", "comma", "doubtful", "blank"),
    [
        ("71,9", True, False, False),
        ("0,125", True, False, False),
        ("1,250", False, False, False),
        ("1.234,5", True, False, False),
        ("1.250", False, True, False),
        ("10.250", False, True, False),
        ("1.25", False, False, False),
        ("0.250", False, False, False),
        ("1.250.000", False, False, False),
        ("12 500", False, False, True),
        ("12 500,5", True, False, True),
        ("12'500", False, False, False),
    ],
)
def test_a_figure_says_what_its_marks_tell_of_its_locale(text: str, comma: bool, doubtful: bool, blank: bool) -> None:
    found = numerals.figure(text)
    assert found is not None
    assert (found.comma, found.doubtful, found.blank) == (comma, doubtful, blank)
