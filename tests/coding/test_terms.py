"""The term of an instrument, as sentences of treaties and of the news state it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding.clauses import find_terms


def durations(text: str) -> list[str | None]:
    return [t.duration for t in find_terms(text)]


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("This Convention shall be concluded for a period of five years from the date of its entry into force.", "P5Y"),
        ("Turkey signed a five-year defence and economic agreement with the United States.", "P5Y"),
        ("Brazil and Argentina concluded a trade agreement for 20 years.", "P20Y"),
        ("The two leaders agreed to extend the New START treaty for five years.", "P5Y"),
        ("The two sides agreed a 48-hour ceasefire.", "PT48H"),
        ("The treaty was signed in 1993 for a term of twenty-five years.", "P25Y"),
        ("The Protocol concluded by them shall remain in force for six (6) months.", "P6M"),
    ],
)
def test_a_stated_length_is_an_iso_period(text: str, duration: str) -> None:
    assert durations(text) == [duration]


@pytest.mark.parametrize(
    "text",
    [
        "This Treaty is concluded for an unlimited period.",
        "Both presidents will sign a permanent bilateral treaty on friendship.",
        "The document, based on an earlier accord, will have no expiration date.",
        "The pact shall remain in force unless terminated by either Party.",
        "They concluded an alliance treaty of indefinite duration.",
        "The protocol removes the expiry date of the 1958 Agreement.",
    ],
)
def test_an_instrument_without_an_end_is_indefinite(text: str) -> None:
    assert durations(text) == ["indefinite"]


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("The 2019 accord expires in March 2024 and will not be renewed.", "until 2024-03"),
        ("The agreement runs until 31 December 2002.", "until 2002-12-31"),
        ("The New START Treaty was extended until 2026.", "until 2026"),
        ("This Protocol will be valid until the entry into force of a new Protocol.", "until event"),
    ],
)
def test_a_stated_end_is_kept(text: str, duration: str) -> None:
    assert durations(text) == [duration]


@pytest.mark.parametrize(
    "text",
    [
        "Each certificate of origin shall be valid for one year.",
        "Japan and China honoured a 10-year-old trade pact.",
        "The treaty has been in force for 20 years.",
        "Under the treaty, sanctions will remain in force for ten years.",
        "The protocol shall be concluded within a period of six months.",
        "A draft agreement would set a 25 year repayment term.",
        "The permanent members of the council met.",
    ],
)
def test_other_lengths_are_not_taken_for_the_term_of_an_instrument(text: str) -> None:
    assert durations(text) == []


def test_renewal_and_notice_are_told_apart_from_the_term() -> None:
    (term,) = find_terms(
        "The agreement would be valid for an initial period of three years and would be automatically extended for "
        "one-year periods unless either party gives three months' notice."
    )
    assert (term.duration, term.renewal, term.notice) == ("P3Y", "P1Y", "P3M")


def test_notice_may_be_told_as_a_time_before_the_expiry_of_the_term_itself() -> None:
    (term,) = find_terms(
        "The treaty remains in force for 20 years and is extended for periods of five years unless one of the parties "
        "gives notice of termination twelve months before its expiry."
    )
    assert term.notice == "P12M"


def test_an_end_without_its_year_is_left_to_the_caller() -> None:
    text = "The accord expires on March 31."
    (term,) = find_terms(text)
    assert term.duration is None
    assert term.until is not None
    assert text[slice(*term.until)] == "March 31"


@given(years=st.integers(min_value=1, max_value=999))
def test_every_number_of_years_comes_back(years: int) -> None:
    assert durations(f"This Treaty shall remain in force for a period of {years} years.") == [f"P{years}Y"]


@given(st.text(max_size=200))
def test_any_text_is_searched_without_failing(text: str) -> None:
    for term in find_terms(text):
        assert 0 <= term.start < term.end <= len(text)
