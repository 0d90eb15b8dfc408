"""Anniversaries: of what, how many years ago, and when they are marked."""

import pytest

from comity.coding.commemorations import code_commemorations
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Commemoration


def marked(text: str) -> list[Commemoration]:
    return code_commemorations(read_article(Document(id="d", text=text, published="2019-09-02", language="en")))


@pytest.mark.parametrize(
    ("text", "ordinal", "occurred"),
    [
        ("Norway and Kenya marked the 20th anniversary of their fishing treaty.", 20, "1999"),
        ("Norway and Kenya marked the forty-fifth anniversary of their fishing treaty.", 45, "1974"),
        ("Norway and Kenya marked the centenary of their fishing treaty.", 100, "1919"),
        ("Norway and Kenya celebrated the 25-year anniversary of their fishing treaty.", 25, "1994"),
        ("In 2018 Norway and Kenya marked the 20th anniversary of their fishing treaty.", 20, "1998"),
    ],
)
def test_the_year_of_the_thing_is_that_of_the_anniversary_less_its_number(
    text: str, ordinal: int, occurred: str
) -> None:
    (found,) = marked(text)
    assert (found.ordinal, found.occurred, found.occurred_basis) == (ordinal, occurred, "anniversary")
    assert found.parties == ("KEN", "NOR")


def test_a_year_that_the_text_states_is_taken_as_it_is() -> None:
    (found,) = marked("Norway and Kenya marked the 20th anniversary of the fishing treaty of 1998.")
    assert (found.occurred, found.on) == ("1998", "2018")


def test_this_year_is_when_it_is_marked_not_when_it_was() -> None:
    (found,) = marked("Norway and Kenya mark the 50th anniversary of diplomatic relations this year.")
    assert (found.of, found.occurred, found.on) == ("diplomatic relations", "1969", "2019")


@pytest.mark.parametrize(
    "text",
    [
        "Norway marked the 50th anniversary of its fishing fleet.",
        "Norway and Kenya marked the anniversary of their fishing treaty.",
        "Norway and Kenya marked the 50th anniversary.",
    ],
)
def test_without_a_number_a_thing_or_a_second_state_nothing_is_recorded(text: str) -> None:
    assert marked(text) == []
