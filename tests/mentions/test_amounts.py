"""What users rely on in the reading of amounts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.document.document import Document
from comity.knowledge import currencies
from comity.language.analysis import analyse
from comity.mentions import numerals
from comity.mentions.amounts import find_amounts
from comity.mentions.mention import AmountMention


def amounts(text: str, year: int | None = None) -> tuple[AmountMention, ...]:
    return find_amounts(analyse(Document(id="x", text=text)), year)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It lent 1.3 billion dlrs.", 1.3e9, "USD"),
        ("It lent $1.3 billion.", 1.3e9, "USD"),
        ("It lent US$1.3bn.", 1.3e9, "USD"),
        ("It lent 720 mln Australian dlrs.", 7.2e8, "AUD"),
        ("It lent 150 billion yen.", 1.5e11, "JPY"),
        ("It lent DM5 million.", 5e6, "DEM"),
        ("It lent three billion dollars.", 3e9, "USD"),
        ("It sold 34,300 tonnes of beef.", 34300, "tonne"),
        ("It pumped 200,000 bpd.", 200000, "barrel/day"),
        ("Trade fell by 80%.", 80, "pct"),
        ("Trade fell by 2.5 per cent.", 2.5, "pct"),
        ("Trade fell by one-tenth.", 10, "pct"),
        ("It sent 10,000 troops.", 10000, "troops"),
    ],
)
def test_an_amount_is_told_in_base_units(text: str, value: float, unit: str) -> None:
    assert [(a.value, a.unit) for a in amounts(text)] == [(value, unit)]


def test_a_range_keeps_both_ends() -> None:
    found = amounts("It pumps between 20,000 and 50,000 barrels per day.")
    assert [(a.low, a.high, a.unit) for a in found] == [(20000, 50000, "barrel/day")]


def test_two_amounts_joined_by_and_are_no_range() -> None:
    assert [a.value for a in amounts("It lent $5 mln and $1.3 billion.")] == [5e6, 1.3e9]


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [
        ("up to", "up to"),
        ("more than", "more than"),
        ("nearly", "nearly"),
        ("at least", "at least"),
        ("about", "about"),
    ],
)
def test_a_qualifier_stays_with_its_amount(words: str, qualifier: str) -> None:
    assert [a.qualifier for a in amounts(f"It lent {words} 25 million dollars.")] == [qualifier]


def test_a_currency_of_no_certain_state_has_no_code() -> None:
    assert [(a.kind, a.unit) for a in amounts("It lent 20 mln crowns.")] == [("money", None)]


def test_a_currency_is_that_of_its_time() -> None:
    assert [currencies.code("roubles", y) for y in (1987, 2019)] == ["SUR", "RUB"]
    assert currencies.code("euros", 1987) is None
    assert currencies.code("ECU", 1987) == "XEU"


def test_a_third_round_is_no_third() -> None:
    assert amounts("They held a third round of talks.") == ()


def test_tripled_is_a_multiple() -> None:
    assert [(a.kind, a.value) for a in amounts("Trade tripled.")] == [("multiple", 3)]


@settings(max_examples=25, deadline=None)
@given(number=st.integers(1, 999), tenth=st.integers(0, 9))
def test_a_written_sum_is_read_back(number: int, tenth: int) -> None:
    found = amounts(f"Chile lent Peru {number}.{tenth} million dollars.")
    assert [(a.value, a.unit) for a in found] == [(pytest.approx((number + tenth / 10) * 1e6), "USD")]


@given(number=st.integers(0, 10**9))
def test_digits_with_commas_are_one_number(number: int) -> None:
    assert numerals.value(f"{number:,}") == number


@given(text=st.text(max_size=12))
def test_what_is_no_number_has_no_value(text: str) -> None:
    found = numerals.value(text)
    assert found is None or found >= 0
