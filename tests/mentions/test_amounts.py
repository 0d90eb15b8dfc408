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


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("71,9 billion", 71.9e9),
        ("0,4 million", 4e5),
        ("12 500 million", 12.5e9),
        ("12\u00a0500 million", 12.5e9),
        ("12\u2009500 million", 12.5e9),
        ("12\u202f500,5 million", 12.5005e9),
        ("12'500 million", 12.5e9),
        ("12’500 million", 12.5e9),
        ("1.234,5 million", 1.2345e9),
        ("1.234.567", 1234567),
        ("7,10,000 million", 7.1e11),
        ("12,34,567", 1234567),
        ("7.1 x 10^5 million", 7.1e11),
        ("7.1 × 10⁵ million", 7.1e11),
        ("50 lakh", 5e6),
        ("500 crore", 5e9),
        ("7.1 lakh crore", 7.1e12),
        ("12 thousand million", 12e9),
        ("1.375 billion", 1.375e9),
    ],
)
def test_a_number_is_read_in_the_form_of_its_locale(written: str, value: float) -> None:
    assert [(a.value, a.unit) for a in amounts(f"It lent {written} dollars.")] == [(value, "USD")]


@pytest.mark.parametrize(
    "text",
    [
        "It lent 1,2,3 million dollars.",
        "It lent 12,5000 dollars.",
        "It lent 1.250 million dollars.",
        "It lent 7,10,00 dollars.",
        "It sent 12.500 troops.",
        "On March 18 500 tonnes were sold.",
    ],
)
def test_a_number_that_cannot_be_decided_is_none_and_never_a_tail_of_digits(text: str) -> None:
    assert amounts(text) == ()


def test_a_comma_of_decimals_makes_a_lone_group_of_the_same_text_doubtful() -> None:
    text = "Germany lent 1,5 billion euros. Austria lent 1,250 million euros. Poland lent 1.250 million euros."
    assert [a.value for a in amounts(text)] == [1.5e9]


def test_a_year_before_a_number_is_no_part_of_it() -> None:
    assert [a.value for a in amounts("In 2018 500 million dollars were lent.")] == [5e8]


_LOCALES = [(",", "."), (".", ","), (" ", "."), (" ", ","), ("\u00a0", ","), ("\u202f", ","), ("\u2009", ".")]
_LOCALES += [("'", "."), ("’", ","), ("", ",")]


@settings(deadline=None)
@given(number=st.integers(0, 10**9), hundredths=st.integers(0, 99), locale=st.sampled_from(_LOCALES))
def test_a_number_printed_in_ten_locales_is_read_back_or_null(
    number: int, hundredths: int, locale: tuple[str, str]
) -> None:
    groups, decimals = locale
    found = numerals.value(f"{number:,}".replace(",", groups) + f"{decimals}{hundredths:02d}")
    assert found is None or found == pytest.approx(number + hundredths / 100)


@settings(deadline=None)
@given(number=st.integers(10**3, 10**7), locale=st.sampled_from(_LOCALES))
def test_a_sum_printed_in_ten_locales_is_read_back_or_no_amount(number: int, locale: tuple[str, str]) -> None:
    written = f"{number:,}".replace(",", locale[0])
    assert [a.value for a in amounts(f"It lent {written} dollars.")] in ([], [number])
