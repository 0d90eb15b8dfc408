"""Names in running text: what is a state, what only looks like one."""

import pytest

from comity.knowledge.names import find_names, mentioned
from comity.knowledge.states import at, by_name, continuing, states


def codes(text: str, on: str | None = None) -> list[str]:
    return [h.code for h in find_names(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sino-Soviet talks", ["CHN", "SUN"]),
        ("US–Mongolia ties", ["USA", "MNG"]),
        ("The U.S. said", ["USA"]),
        ("JAPAN, W. GERMANY AGREE", ["JPN", "DEU"]),
        ("the Republic of Korea and the Kyrgyz Republic", ["KOR", "KGZ"]),
        ("Burma and Ivory Coast", ["MMR", "CIV"]),
        ("Papua New Guinea, Guinea-Bissau and Guinea", ["PNG", "GNB", "GIN"]),
        ("Niger and Nigeria", ["NER", "NGA"]),
        ("New Delhi", ["IND"]),
        ("US AND IRAN MEET", ["USA", "IRN"]),
        ("two Frenchmen and a New Zealander", ["FRA", "NZL"]),
        ("in Atlanta, Georgia", ["USA", "USA"]),
        ("in Georgia", ["GEO"]),
        ("the Treasury Department", ["USA"]),
        ("the Mongolian People’s Republic", ["MNG"]),
    ],
)
def test_states_are_found_under_their_many_names(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    ["American Airlines flew", "Air France landed", "British Telecom rose", "tell us more", "the turkey was roasted",
     "the South China Sea", "fine china", "Royal Dutch Shell",
     "Union Carbide <UK>", "<Canada Zero> issued bonds"],
)  # fmt: skip
def test_what_only_looks_like_a_state_is_none(text):
    assert codes(text) == []


def test_offsets_are_exact():
    text = "In Ulan Bator, the Kremlin’s envoy met NATO."
    assert [text[h.start : h.end] for h in find_names(text)] == ["Ulan Bator", "Kremlin", "NATO"]


def test_codes_are_those_of_the_time():
    assert codes("Serbia", "2010") == ["SRB"]
    assert codes("Moscow", "1974-01-01") == ["SUN"]
    assert codes("Moscow", "2019") == ["RUS"]
    assert codes("Prague", "1974") == ["CSK"]
    assert codes("Kiev", "1986-04-26") == ["SUN"]
    assert codes("Bonn", "1987") == ["DEU"]
    assert at("SUN", "2019") == "SUN"


def test_the_ussr_goes_on_as_russia_while_ukraine_is_a_successor():
    assert continuing("SUN") == "RUS"
    assert continuing("UKR") == "UKR"


def test_a_state_is_known_by_former_and_long_names():
    assert by_name("Persia").code == "IRN"
    assert by_name("the Soviet Union").code == "SUN"
    assert by_name("Atlantis") is None


def test_a_state_is_known_under_every_numbering():
    mongolia = states()["MNG"]
    assert (mongolia.iso2, mongolia.cow, mongolia.gleditsch_ward) == ("MN", 712, 712)


def test_one_code_may_have_two_numbers():
    assert (states()["DEU"].cow, states()["DEU"].cow_also) == (255, (260,))


def test_states_that_ended_long_ago_are_known_by_their_years():
    assert (states()["PRS"].first_year, states()["PRS"].last_year) == (1816, 1870)
    assert by_name("Austria-Hungary").cow == 300


def test_a_city_that_was_a_state_long_ago_is_a_city():
    assert codes("The fair in Hanover opened.", "1987-03-01") == ["DEU"]


def test_every_state_has_a_code_of_three_letters_and_a_name():
    assert len(states()) > 200
    assert all(s.code.isalpha() and s.name for s in states().values())


def test_a_report_is_about_the_states_of_its_lead_the_most_mentioned_first():
    text = (
        "LIMA, May 3 - Peru and Chile met. Peru was pleased, and Peru said so. "
        + "They talked for long. " * 20
        + "Bolivia watched."
    )
    assert mentioned(text) == ["PER", "CHL"]


def test_a_report_that_names_no_state_is_about_none():
    assert mentioned("The cat sat on the mat.") == []
