"""Anniversaries: which date is that of the thing, and which that of its marking."""

from functools import cache

import pytest

from comity.coding.commemorations import code_commemorations
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Commemoration


@cache
def marked(text: str, published: str | None = "2019-09-02") -> tuple[Commemoration, ...]:
    document = Document(id="d", text=text, published=published, language="en")
    return tuple(code_commemorations(read_article(document)))


@pytest.mark.parametrize(
    ("text", "of", "occurred", "on"),
    [
        (
            "Peru and Chile marked the 50th anniversary of the border treaty on 3 May 2018.",
            "the border treaty", "1968", "2018-05-03",
        ),
        (
            "Peru and Chile marked the 50th anniversary of their border treaty of 3 May 1968.",
            "their border treaty of 3 May 1968", "1968-05-03", "2018",
        ),
        (
            "Peru and Chile celebrate the hundredth anniversary of the treaty in 2021.",
            "the treaty", "1921", "2021",
        ),
        (
            "Peru and Chile will mark in 2021 the hundredth anniversary of the treaty of 1921.",
            "the treaty of 1921", "1921", "2021",
        ),
        (
            "Peru and Chile marked the 1st anniversary of the treaty of 2018.",
            "the treaty of 2018", "2018", "2019",
        ),
        (
            "Peru marked the 50th anniversary of the victory over Chile on the river in 1968.",
            "the victory over Chile on the river in 1968", "1968", "2018",
        ),
        (
            "Peru and Chile marked the bicentenary of their border treaty.",
            "their border treaty", "1819", "2019",
        ),
        (
            "Peru and Chile marked the 75th anniversary of the end of the war over the isles, and farmers danced.",
            "the end of the war over the isles", "1944", "2019",
        ),
    ],
)  # fmt: skip
def test_a_date_is_of_the_thing_or_of_its_marking_whichever_the_number_allows(
    text: str, of: str, occurred: str, on: str
) -> None:
    (found,) = marked(text)
    assert (found.of, found.occurred, found.on) == (of, occurred, on)


@pytest.mark.parametrize("years", [1, 5, 30, 100, 250])
@pytest.mark.parametrize("published", ["1987-04-03", "2019-09-02", "2025"])
def test_the_thing_lies_so_many_years_before_its_anniversary(years: int, published: str) -> None:
    (found,) = marked(f"Peru and Chile marked the {years}th anniversary of the treaty.", published)
    assert found.ordinal == years
    assert found.occurred is not None
    assert int(found.occurred) + years == int(published[:4])
    assert found.on == published[:4]


def test_without_any_date_neither_year_is_guessed() -> None:
    (found,) = marked("Peru and Chile marked the 50th anniversary of the border treaty.", None)
    assert (found.occurred, found.on, found.ordinal) == (None, None, 50)


def test_without_a_day_of_publication_a_stated_year_is_that_of_the_thing() -> None:
    (found,) = marked("Peru and Chile marked the 50th anniversary of the border treaty of 1968.", None)
    assert (found.occurred, found.on) == ("1968", "2018")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Peru and Chile marked the anniversary of the treaty.",
        "Peru and Chile marked the 50th anniversary.",
        "Peru marked the 50th anniversary of its fleet.",
        "Peru and Chile met 50 years after the treaty.",
    ],
)
def test_without_number_thing_or_second_state_there_is_no_anniversary(text: str) -> None:
    assert marked(text) == ()


def test_two_anniversaries_of_a_report_are_two_in_its_order() -> None:
    found = marked(
        "Peru and Chile marked the 50th anniversary of their treaty. Kenya and Norway marked the 20th anniversary of "
        "their pact."
    )
    assert [(c.ordinal, c.parties) for c in found] == [(50, ("CHL", "PER")), (20, ("KEN", "NOR"))]


@pytest.mark.parametrize(
    "text",
    [
        "“Peru and Chile marked the 50th anniversary of their treaty,” he said — in Lima’s hall.",
        "On Monday Peru and Chile marked the 25-year anniversary of the Café Accord of 1994 in Lima.",
    ],
)
def test_quote_and_thing_are_words_of_the_text(text: str) -> None:
    (found,) = marked(text)
    assert found.start is not None
    assert found.quote == text[found.start : found.end]
    assert found.of is not None
    assert found.of in found.quote
