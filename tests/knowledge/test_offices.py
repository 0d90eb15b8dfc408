"""Titles are read whole, with sector and rank."""

import pytest

from comity.knowledge import offices


@pytest.mark.parametrize(
    ("words", "title", "sector"),
    [
        ("Deputy Prime Minister", "deputy prime minister", "GOV"),
        ("governor of the central bank", "governor of the central bank", "GOV"),
        ("Secretaries of State", "secretary of state", "GOV"),
        ("foreign ministers", "foreign minister", "GOV"),
        ("spokesmen", "spokesman", "GOV"),
        ("parliament speaker", "parliament speaker", "LEG"),
        ("army chief", "army chief", "MIL"),
        ("police chief", "police chief", "COP"),
    ],
)
def test_the_longest_title_is_taken_plurals_too(words: str, title: str, sector: str) -> None:
    found = offices.find([*words.split(), "said"])
    assert found is not None
    assert (found[0].title, found[0].sector, found[1]) == (title, sector, len(words.split()))


def test_no_title_is_found_in_other_words() -> None:
    assert offices.find(["Thursday", "evening"]) is None


def test_a_chancellor_governs_in_germany_and_keeps_the_exchequer_in_britain() -> None:
    assert offices.level("Chancellor", "DEU") == "head of government"
    assert offices.level("Chancellor", "GBR") == "minister"
