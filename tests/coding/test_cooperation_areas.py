"""In what states cooperate: the words of the text for each area, and who of them does."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.cooperation import area_of, code_cooperation, find_areas
from comity.document.document import Document
from comity.knowledge.states import rows
from comity.mentions.reader import read_article
from comity.records.record import Cooperation

WORDS = sorted(word for row in rows("en/areas.csv") for word in row["words"].split())


@cache
def cooperation(text: str) -> tuple[Cooperation, ...]:
    document = Document(id="d", text=text, published="2019-09-02", language="en")
    return tuple(code_cooperation(read_article(document)))


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Kenya and Uganda cooperate in trade, energy and culture.", ("trade", "energy", "culture")),
        ("Kenya cooperates with Uganda in the fields of agriculture and tourism.", ("agriculture", "tourism")),
        ("Cooperation between Kenya and Uganda in trade and in education is growing.", ("trade", "education")),
        ("Trade and energy cooperation between Kenya and Uganda is growing.", ("Trade", "energy")),
        ("Kenya and Uganda agreed to cooperate in trade, energy, and singing.", ("trade", "energy")),
        ("Kenya and Uganda agreed to cooperate in singing, trade and energy.", ("trade", "energy")),
        ("Kenya and Uganda cooperate in trade, which helps education.", ("trade",)),
        ("Kenya and Uganda cooperate in trade. Schools teach energy.", ("trade",)),
        ("Kenya and Uganda cooperate in trade and trade.", ("trade",)),
        (
            "Bilateral cooperation covers trade, energy and health, Kenya and Uganda said.",
            ("trade", "energy", "health"),
        ),
    ],
)
def test_each_area_of_a_list_is_kept_in_the_words_of_the_text(text: str, areas: tuple[str, ...]) -> None:
    (found,) = cooperation(text)
    assert found.areas == areas
    assert found.parties == ("KEN", "UGA")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kenya and Uganda cooperate closely.",
        "Kenya wants cooperation in trade.",
        "Cooperation in trade is growing.",
        "A cooperation agreement between Kenya and Uganda on trade was read.",
        "The Gulf Cooperation Council and Kenya met on trade.",
        "Kenya and Uganda trade and teach.",
        "Kenya and Uganda cooperate in singing.",
    ],
)
def test_without_an_area_a_second_state_or_the_act_nothing_is_recorded(text: str) -> None:
    assert cooperation(text) == ()


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Kenya, Uganda and Norway cooperate in health.", ("KEN", "NOR", "UGA")),
        ("The two countries cooperate in trade. Kenya and Uganda are neighbours.", ("KEN", "UGA")),
        ("Norway praised the cooperation between Kenya and Uganda in health.", ("KEN", "UGA")),
    ],
)
def test_who_cooperates_is_who_does_it_and_not_who_speaks_of_it(text: str, parties: tuple[str, ...]) -> None:
    (found,) = cooperation(text)
    assert found.parties == parties


def test_what_is_said_twice_is_recorded_once() -> None:
    (found,) = cooperation("Kenya and Uganda will cooperate in trade. Uganda and Kenya cooperate in Trade.")
    assert found.start is not None
    assert found.start < len("Kenya and Uganda will cooperate in trade.")


def test_other_areas_of_the_same_two_are_a_record_of_their_own() -> None:
    found = cooperation("Kenya and Uganda cooperate in trade. Kenya and Uganda cooperate in health.")
    assert [c.areas for c in found] == [("trade",), ("health",)]


def test_more_areas_make_it_surer_but_never_certain() -> None:
    one, three, many = (
        cooperation(f"Kenya and Uganda cooperate in {areas}.")[0].confidence
        for areas in ("trade", "trade, energy and health", "trade, energy, health, culture, tourism, sport and mining")
    )
    assert one < three < many < 1


TEXTS = (
    "Kenya and Uganda cooperate in trade, énergie — no, energy — and culture.",
    "“Kenya cooperates with Uganda in tourism,” he said. Norway and Peru cooperate in fishing, oil and gas.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_quote_and_areas_are_words_of_the_text(text: str) -> None:
    found = cooperation(text)
    assert found
    for one in found:
        assert one.start is not None
        assert one.quote == text[one.start : one.end]
        assert all(area in one.quote for area in one.areas)
        assert len(one.parties) >= 2
        assert tuple(sorted(set(one.parties))) == one.parties


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from([*WORDS, "lake", "and", "of", "–"]), max_size=8))
def test_the_areas_of_a_text_are_those_of_its_words_each_once_in_order(words: list[str]) -> None:
    found = find_areas(" ".join(words))
    assert set(found) == {area_of(w) for w in words} - {None}
    assert len(set(found)) == len(found)
    assert find_areas(" ".join(words).upper()) == found
    firsts = [next(i for i, w in enumerate(words) if area_of(w) == area) for area in found]
    assert sorted(firsts) == firsts


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80), st.text(max_size=80))
def test_a_text_names_no_fewer_areas_when_more_is_said(text: str, more: str) -> None:
    assert find_areas(f"{text} . {more}")[: len(find_areas(text))] == find_areas(text)


def test_no_word_is_of_two_areas() -> None:
    assert len(WORDS) == len(set(WORDS))
