"""The day of a signature is stated by its clause; the day in a treaty's name dates the treaty and not the act."""

from functools import cache

import pytest

from comity.coding.agreements import code_agreements
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Agreement

PUBLISHED = "2019-09-04"


@cache
def agreements(text: str, title: str | None = None) -> tuple[Agreement, ...]:
    article = read_article(Document(id="d", text=text, title=title, published=PUBLISHED, language="en"))
    return tuple(code_agreements(article))


def days(text: str) -> list[str | None]:
    return [a.date for a in agreements(text)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Peru and Chile signed a salt treaty on 3 May 2017.", "2017-05-03"),
        ("On 3 May 2017 Peru and Chile signed a salt treaty.", "2017-05-03"),
        ("Peru and Chile met on 3 May 2017 and signed a salt treaty.", "2017-05-03"),
        ("Peru and Chile signed a salt treaty two years ago, on 3 May 2017.", "2017-05-03"),
        ("Peru and Chile ratified on 3 May 2017 a treaty agreed in 2011.", "2017-05-03"),
        ("Peru and Chile signed a salt treaty with Bolivia in 2011.", "2011"),  # "of 2011" would be a name
        ("Although a court had ruled in June 2017, Peru and Chile signed a salt treaty.", None),
    ],
)
def test_the_act_is_dated_by_its_own_clause(text: str, day: str | None) -> None:
    assert days(text)[0] == day


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile extended the Salt Treaty of 3 May 1929.",
        "Peru and Chile extended the 1929 Salt Treaty.",
        "Peru and Chile extended the Salt Treaty dated 3 May 1929.",
        "Peru and Chile extended the pact under the Mining Act of 1929.",
    ],
)
def test_the_day_in_a_name_is_not_the_day_of_the_act(text: str) -> None:
    assert not any((day or "").startswith("1929") for day in days(text))
    dated = "On 6 May 2018 " + text
    assert "2018-05-06" in days(dated)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Peru and Chile signed a salt treaty, officials said.", PUBLISHED),
        ("Peru and Chile ratified a salt treaty, officials said.", PUBLISHED),
        ("Peru terminated its salt treaty with Chile, officials said.", PUBLISHED),
        ("Peru and Chile extended their salt treaty, officials said.", PUBLISHED),
        ("Peru and Chile had signed a salt treaty, officials said.", None),
        ("Peru and Chile are negotiating a salt treaty, officials said.", None),
        ("Peru and Chile signed a salt treaty in 2011, officials said.", "2011"),
        ("It rained in Lima. Peru and Chile signed a salt treaty, officials said.", None),
        ("It rained in Lima. “We have signed a salt treaty with Chile,” the president of Peru said.", PUBLISHED),
    ],
)
def test_what_a_report_leads_with_took_place_that_day_unless_it_says_otherwise(text: str, day: str | None) -> None:
    assert days(text)[:1] == [day]


def test_what_is_under_a_treaty_is_no_act_on_it_with_a_day() -> None:
    assert days("Under the salt treaty between Peru and Chile, ships sailed on 3 May 2017.") in ([None], [])


@pytest.mark.parametrize(
    ("follows", "day"),
    [
        ("The termination takes effect on 1 January 2020.", "2020-01-01"),
        ("It rained on 1 January 2020.", None),
    ],
)
def test_an_end_has_the_day_on_which_it_takes_effect_where_the_next_sentence_says_so(
    follows: str, day: str | None
) -> None:
    text = f"In Lima, Peru had terminated its salt treaty with Chile. {follows}"
    (found, *_) = agreements(text)
    assert found.stage == "terminated"
    told = [found.date, *(a.date for a in found.acts)]
    assert (day in told) if day else "2020-01-01" not in told


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile signed a salt treaty on 3 May 2017 in Lima, and Bolivia and Norway signed a pact in 2018.",
        "On 3 May 2017 Peru and Chile signed the Treaty of 4 July 1929 once more.",
        "Peru, Chile and Bolivia renewed the accord of 2011 on Monday.",
    ],
)
def test_a_day_comes_with_its_basis_and_every_act_with_its_words(text: str) -> None:
    for found in agreements(text):
        assert (found.date is None) == (found.date_basis is None)
        assert found.quote == text[found.start : found.end]
        for act in found.acts:
            assert act.quote == text[act.start : act.end]
