"""The words that name an instrument, and where its title ends."""

import pytest

from comity.coding.instruments import find_instruments
from comity.document.document import Document
from comity.language.analysis import analyse


def titles(text: str) -> list[str]:
    return [i.title for s in analyse(Document(id="t", text=text)) for i in find_instruments(s)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "The document is based on the 1993 Treaty of Friendly Relations and Cooperation, he said.",
            "Treaty of Friendly Relations and Cooperation",
        ),
        (
            "They signed the Treaty of Friendship, Cooperation and Mutual Assistance in Helsinki.",
            "Treaty of Friendship, Cooperation and Mutual Assistance",
        ),
        ("Jordan and Sudan signed a barter trade agreement on Thursday.", "barter trade agreement"),
        (
            "It was part of a protocol on economic cooperation signed during his visit.",
            "protocol on economic cooperation",
        ),
        ("Albania and Greece ratified the Paris Agreement in 2016.", "Paris Agreement"),
        (
            "They signed a memorandum of understanding on rail transport.",
            "memorandum of understanding on rail transport",
        ),
    ],
)
def test_a_title_is_cut_where_it_ends(text: str, title: str) -> None:
    assert title in titles(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers were in agreement on the matter.",
        "The company signed a merger agreement with its rival.",
        "Treaty obligations bind all members.",
        "The two firms dealt with the matter.",
    ],
)
def test_other_uses_of_the_words_name_no_instrument(text: str) -> None:
    assert titles(text) == []


def test_a_year_and_a_number_are_kept_beside_the_title() -> None:
    (sentence,) = analyse(Document(id="t", text="Peru and Chile signed three agreements and renewed the 1929 treaty."))
    first, second = find_instruments(sentence)
    assert (first.count, first.plural) == (3, True)
    assert (second.year, second.count) == ("1929", 1)
