"""What brings an instrument into force, as its clauses and the news state it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding.agreements import code_agreements
from comity.coding.clauses import Condition, find_condition, goes_on
from comity.document.document import Document
from comity.mentions.reader import read_article


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("The agreement will enter into force upon signature.", Condition("signature")),
        ("It will take effect 30 days after signature.", Condition("signature", "P30D")),
        (
            "This Treaty shall enter into force on the date of the exchange of the instruments of ratification.",
            Condition("exchange"),
        ),
        (
            "It enters into force three months after the exchange of ratifications in Vienna.",
            Condition("exchange", "P3M"),
        ),
        (
            "This Convention shall enter into force on the thirtieth day after the deposit of the fifth instrument.",
            Condition("deposits", "P30D", 5),
        ),
        ("The treaty will come into effect 90 days after 22 states ratified it.", Condition("deposits", "P90D", 22)),
        ("It will enter into force after fifty-five countries ratify it.", Condition("deposits", None, 55)),
        ("The accord takes effect once both sides have notified each other.", Condition("notes")),
        (
            "It shall enter into force on the first day of the second month after receipt of the last note.",
            Condition("notes", "P2M"),
        ),
    ],
)  # fmt: skip
def test_the_condition_of_entry_into_force_is_read(text: str, condition: Condition) -> None:
    assert find_condition(text) == condition


@pytest.mark.parametrize(
    "text",
    [
        "The treaty entered into force on 1 May 2000.",
        "The pact will take effect on January 1.",
        "The law comes into force after the election.",
        "Police used force after the signature of the accord.",
    ],
)
def test_a_date_or_a_past_entry_is_no_condition(text: str) -> None:
    assert find_condition(text) is None


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("It is concluded for three years and shall thereafter remain in force until denounced by either party.", True),
        ("It is valid for five years, after which it continues indefinitely.", True),
        ("It is concluded for three years and may be renewed.", False),
        ("The ministers met and thereafter left for Paris.", False),
    ],
)  # fmt: skip
def test_a_term_may_be_followed_by_an_open_one(text: str, on: bool) -> None:
    assert goes_on(text) is on


@given(st.integers(1, 365), st.sampled_from(["day", "month", "year"]))
def test_every_delay_is_an_iso_period(number: int, unit: str) -> None:
    found = find_condition(f"It shall enter into force {number} {unit}s after the exchange of ratifications.")
    assert found == Condition("exchange", f"P{number}{unit[0].upper()}")


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = find_condition("It will enter into force " + text)
    assert found is None or found.force in {"signature", "exchange", "deposits", "notes"}
    goes_on(text)


def test_the_instrument_that_a_report_tells_of_carries_its_condition() -> None:
    text = (
        "Kenya and Uganda signed a treaty on transit in Kampala on Friday. "
        "The treaty will enter into force 30 days after both sides have notified each other that it has been approved. "
        "It is concluded for three years and shall thereafter remain in force until denounced by either party."
    )
    (made,) = code_agreements(read_article(Document(id="t", text=text, published="2018-05-04")))
    assert (made.force, made.force_delay, made.force_count) == ("notes", "P30D", None)
    assert (made.duration, made.afterwards) == ("P3Y", "indefinite")
