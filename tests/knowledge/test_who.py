"""A name or phrase is read as of the day: what state or organisation it stands for, the likeliest first."""

import csv
import time
from importlib.resources import files

import pytest

import comity
from comity.errors import InputError
from comity.knowledge.states import states
from comity.knowledge.typed import code_named, unknown
from comity.knowledge.who import near, who
from comity.ledger.ledger import code_of


def rows(table: str) -> list[dict[str, str]]:
    text = (files("comity.knowledge") / "tables" / table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(
    ("name", "on", "code", "kind"),
    [
        ("Zaire", "1985", "COD", "state"),
        ("Belgrade", "1980", "YUG", "city"),
        ("Belgrade", "2019-06", "SRB", "city"),
        ("Estonia", "1975-08-10", "SUN", "state"),
        ("Dhaka", "1965", "PAK", "city"),
        ("Juba", "1990", "SDN", "city"),
        ("the Dutch", "2000", "NLD", "people"),
        ("Somaliland", "2019", "SOM", "entity"),
        ("the Quai d'Orsay", "1997-06-05", "FRA", "body"),
        ("the Kremlin", "1975", "SUN", "body"),
        ("members of SANDF", "2013", "ZAF", "army"),
        ("LTTE", "2000", "LKA", "faction"),
        ("NATO", "1999", "NATO", "organisation"),
        ("MONUSCO", "2013", "UN", "organisation"),
        ("Lavrov", "2015", "RUS", "person"),
        ("King Abdullah II", "2010", "JOR", "person"),
        ("Foreign Minister Ishaq Dar", "2024-08-01", "PAK", "person"),
        ("the Taoiseach", None, "IRL", "office"),
        ("the Captains Regent of San Marino", "2012", "SMR", "office"),
        ("Putin's spokesman", "2015", "RUS", "office"),
        ("British troops", "1982", "GBR", "phrase"),
        ("Kenyan lawmakers", "2019", "KEN", "phrase"),
        ("a Turkish drone", "2020", "TUR", "phrase"),
        ("angry Chinese fishermen", "2012", "CHN", "phrase"),
        ("the government of Kenya", "1990", "KEN", "phrase"),
        ("a Liberian-flagged tanker", "1987", "LBR", "phrase"),
        ("an Arleigh Burke-class destroyer", "2020", "USA", "phrase"),
        ("a Type 055 destroyer", "2021", "CHN", "phrase"),
        ("Aeroflot", "1983", "SUN", "body"),
    ],
)
def test_a_name_stands_for_a_state_of_the_day(name, on, code, kind):
    first = who(name, on)[0]
    assert (first.code, first.kind) == (code, kind)


@pytest.mark.parametrize(
    "name",
    [
        *("soldiers", "the Pacific", "guinea pig", "Turkish delight", "the prime minister", "Chad Michael Murray"),
        *("Austin Powers", "Ottawa Senators", "fine china", "Su-57", "who", "", "?", "Chinese-American voters"),
    ],
)  # fmt: skip
def test_what_stands_for_no_state_has_no_reading(name):
    assert who(name, "2000") == ()


def test_an_office_of_a_state_is_its_holder_first_and_then_the_office():
    held = who("Armenian Prime Minister", "2010-05-11")
    assert [(m.code, m.kind, m.office) for m in held] == [
        ("ARM", "person", "Prime Minister"),
        ("ARM", "office", "Prime Minister"),
    ]
    assert held[0].name == "Tigran Sargsyan"
    assert held[0].source == "officials_europe.csv"


def test_a_former_holder_is_not_who_holds_the_office_on_the_day():
    assert {m.kind for m in who("a former Israeli prime minister", "2004")} == {"office"}


def test_whoever_was_in_office_on_the_day_comes_first():
    assert [who("Bush", y)[0].name for y in ("1990", "2005")] == ["George H.W. Bush", "George W. Bush"]
    assert [who("Ban Ki-moon", y)[0].code for y in ("2005", "2012")] == ["KOR", "UN"]


def test_who_leads_a_coalition_acts_and_who_backs_a_government_does_not():
    assert who("the Saudi-led coalition in Yemen", "2016")[0].code == "SAU"
    assert [m.code for m in who("the Soviet-backed government in Kabul", "1984")] == ["AFG", "SUN"]


def test_a_group_of_states_is_followed_by_its_members():
    codes = [m.code for m in who("Gulf states", "2000")]
    assert codes[0] == "Gulf states"
    assert set(codes[1:]) == {"SAU", "KWT", "BHR", "QAT", "ARE", "OMN"}


def test_two_peoples_are_two_readings():
    assert [m.code for m in who("French and British troops", "1956")] == ["FRA", "GBR"]
    assert [m.code for m in who("US-South Korean forces", "2010")] == ["USA", "KOR"]


def test_the_host_of_an_ambassador_is_not_the_sender():
    assert [m.code for m in who("Israel's ambassador to Cairo", "1985")] == ["ISR"]


def test_the_sector_of_a_phrase_is_that_of_its_noun():
    assert [who(n, "2000")[0].sector for n in ("British troops", "Kenyan lawmakers", "Cuban police")] == [
        "MIL",
        "LEG",
        "COP",
    ]


@pytest.mark.parametrize("on", ["yesterday", "2019-13", "2019-02-30", "19", "2019/2020", "0000"])
def test_a_wrong_date_is_refused(on):
    with pytest.raises(InputError, match="is not a date; write YYYY"):
        who("Russia", on)


def test_the_library_has_it_under_its_own_name():
    assert comity.who("Prague", "1985")[0].code == "CSK"


def test_later_questions_take_milliseconds():
    names = [f"{s.adjectives[0]} lawmakers" for s in states().values() if s.adjectives]
    who("Russia")
    begun = time.process_time()
    for name in names:
        who(name, "2001")
    assert (time.process_time() - begun) / len(names) < 0.02


def test_the_tables_name_states_that_comity_knows():
    known = set(states())
    for table, column in (("materiel.csv", "state"), ("en/titles.csv", "state"), ("held_by.csv", "held_by")):
        assert {r[column] for r in rows(table)} <= known, table
    names = [r["name"] for r in rows("materiel.csv")]
    assert len(names) == len(set(names)) >= 150


# --- what people type where a state is asked


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("MN", "MNG"), ("mng", "MNG"), ("N. Korea", "PRK"), ("n. korea", "PRK"), ("D.R. Congo", "COD"),
        ("Cabo Verde", "CPV"), ("UAE", "ARE"), ("uae", "ARE"), ("NATO", "NATO"), ("European Union", "EU"),
        ("The Gambia", "GMB"), ("  Mongolia ", "MNG"), ("AU", "AU"), ("TÜRKİYE", "TUR"),
    ],
)  # fmt: skip
def test_a_state_is_known_by_any_name_or_code(typed, code):
    assert code_of(typed) == code


def test_a_mistyped_state_is_reported_with_near_names():
    with pytest.raises(InputError) as refused:
        code_of("Mongola")
    assert str(refused.value) == ("'Mongola' is not a known state or organisation; did you mean Mongolia (MNG)?")
    assert unknown("xqzxqz").endswith("write its code, such as MNG")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Russsia", "Russia"),
        ("Kazakstann", "Kazakhstan"),
        ("Ukrane", "Ukraine"),
        ("Moscw", "Moscow"),
        ("frnace", "France"),
    ],
)
def test_near_names_are_the_ones_meant(typed, name):
    assert near(typed)[0].name == name


def test_near_names_are_few_and_quick():
    near("Rusia")
    begun = time.process_time()
    for typed in ("Untied States", "Zimbabew", "Organisation of Amercan States", "xyz"):
        assert len(near(typed, limit=2)) <= 2
    assert (time.process_time() - begun) / 4 < 0.2


def test_every_state_is_found_by_its_codes_and_names():
    for state in states().values():
        if (state.last_year or 9999) >= 1918:
            assert code_named(state.code) == state.code
