"""Areas of cooperation between states."""

import pytest

from comity.coding.cooperation import code_cooperation
from comity.document.document import Document
from comity.mentions.reader import read_article


def areas(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    article = read_article(Document(id="t", text=text))
    return [(c.parties, c.areas) for c in code_cooperation(article)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan and India agreed to cooperate in energy, trade and science.", ("energy", "trade", "science")),
        (
            "Cooperation between Japan and India includes nuclear energy, transport and sports.",
            ("nuclear energy", "transport", "sports"),
        ),
        (
            "Japanese-Indian cooperation covers the political, financial, scientific and cultural areas.",
            ("political", "financial", "scientific", "cultural"),
        ),
        ("Japanese-Indian cooperation is old and covers trade, health and energy.", ("trade", "health", "energy")),
        ("Japan and India expanded cooperation on tourism and banking.", ("tourism", "banking")),
    ],
)
def test_each_area_of_a_list_is_kept_in_the_words_of_the_text(text: str, expected: tuple[str, ...]) -> None:
    assert areas(text) == [(("IND", "JPN"), expected)]


@pytest.mark.parametrize(
    "text",
    [
        "Japan and India praised their cooperation.",
        "Japanese workers cooperated with the police in energy saving.",
        "The Organisation for Economic Cooperation and Development urged Japan and India to act.",
    ],
)
def test_without_areas_or_without_two_states_there_is_no_record(text: str) -> None:
    assert areas(text) == []
