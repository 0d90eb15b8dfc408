"""Leaders are found as reports name them, at the date of the report."""

import csv
import os
import re
import subprocess
import sys
import timeit
from importlib.resources import files

import pytest

from comity.errors import TableError
from comity.knowledge import leaders, states

TABLES = sorted(
    x.name
    for x in (files("comity.knowledge") / "tables").iterdir()
    if re.match(r"leaders_|officials_(?!words)|persons_", x.name)
)


def rows(table):
    text = (files("comity.knowledge") / "tables" / table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(
    ("name", "on", "state", "office"),
    [
        ("Putin", "2019-09-02", "RUS", "President"),
        ("Putin", "2010", "RUS", "Prime Minister"),
        ("Xi", "2019", "CHN", "President"),
        ("Xi Jinping", "2019", "CHN", "President"),
        ("Khaltmaagiin Battulga", "2019-09-02", "MNG", "President"),
        ("Battulga", "2019-09-02", "MNG", "President"),
        ("Kim Jong Un", "2018", "PRK", "Supreme Leader"),
        ("François Mitterrand", "1985", "FRA", "President"),
        ("Volodymyr Zelenskyy", "2022", "UKR", "President"),
        ("Chou En-lai", "1960", "CHN", "Premier"),
        ("de Gaulle", "1962", "FRA", "President"),
        ("Netanyahu", "2015-03", "ISR", "Prime Minister"),
    ],
)
def test_a_leader_is_found_in_the_office_held_on_the_date(name: str, on: str, state: str, office: str) -> None:
    first = leaders.by_name(name, on)[0]
    assert (first.state, first.office) in {(state, office), (state, "General Secretary")}


def test_the_date_distinguishes_father_from_son() -> None:
    assert leaders.by_name("Bush", "1990")[0].name == "George H.W. Bush"
    assert leaders.by_name("Bush", "2005")[0].name == "George W. Bush"


def test_a_surname_of_several_states_gives_them_all() -> None:
    assert {"KOR", "PRK"} <= {x.state for x in leaders.by_name("Kim")}


def test_a_day_counts_where_the_table_has_it() -> None:
    assert [leaders.office_holder("USA", "President", d).name for d in ("2021-01-05", "2021-02-05")] == [
        "Donald Trump",
        "Joe Biden",
    ]


def test_a_year_of_change_names_nobody_where_only_years_are_known() -> None:
    assert leaders.office_holder("FRA", "President", "1995-03-01") is None


@pytest.mark.parametrize(
    ("state", "office", "on", "name"),
    [
        ("USA", "Secretary of Defense", "1995-05-01", "William Perry"),
        ("USA", "Secretary of State", "1975", "Henry Kissinger"),
        ("CHN", "Premier", "1996", "Li Peng"),
        ("CHN", "President", "1996", "Jiang Zemin"),
        ("RUS", "Defence Minister", "2015", "Sergei Shoigu"),
        ("ISR", "Defence Minister", "1970", "Moshe Dayan"),
        ("EGY", "Foreign Minister", "1995", "Amr Moussa"),
        ("SAU", "Oil Minister", "1975", "Ahmed Zaki Yamani"),
        ("DEU", "Chancellor", "2010", "Angela Merkel"),
        ("TWN", "President", "2018", "Tsai Ing-wen"),
        ("FRA", "Interior Minister", "2003", "Nicolas Sarkozy"),
        ("ZAF", "Foreign Minister", "1985", "Pik Botha"),
    ],
)
def test_an_office_gives_who_held_it_then(state: str, office: str, on: str, name: str) -> None:
    assert leaders.office_holder(state, office, on).name == name


@pytest.mark.parametrize(
    ("state", "office", "on", "name"),
    [
        ("IND", "Foreign Minister", "2020-01-01", "S. Jaishankar"),
        ("IND", "External Affairs Minister", "2020-01-01", "S. Jaishankar"),
        ("USA", "Foreign Minister", "2015", "John Kerry"),
        ("GBR", "Minister for Foreign Affairs", "2008", "David Miliband"),
        ("USA", "defence minister", "1995-05-01", "William Perry"),
        ("JPN", "Minister of Defense", "1985-06-01", "Koichi Kato"),
        ("DEU", "Prime Minister", "2010", "Angela Merkel"),
        ("MEX", "Foreign Secretary", "2005", "Luis Ernesto Derbez"),
        ("USA", "U.N. Ambassador", "2003-02-01", "John Negroponte"),
    ],
)
def test_an_office_may_be_asked_in_other_words(state: str, office: str, on: str, name: str) -> None:
    assert leaders.office_holder(state, office, on).name == name


def test_one_states_office_is_not_asked_in_anothers_words() -> None:
    assert leaders.office_holder("FRA", "Secretary of State", "2015") is None


@pytest.mark.parametrize("state", ["USA", "FRA", "RUS", "KOR", "EGY", "BRA", "IDN", "ZAF", "TUR", "MEX"])
def test_the_president_is_the_head_of_state_whoever_else_presides(state: str) -> None:
    assert leaders.office_holder(state, "President", "2010").level == "head of state"


@pytest.mark.parametrize(
    ("name", "on", "organisation"),
    [
        ("Kofi Annan", "2000", "UN"),
        ("Dag Hammarskjöld", "1960", "UN"),
        ("Javier Solana", "2003", "EU"),
        ("Jens Stoltenberg", "2018", "NATO"),
        ("Christine Lagarde", "2015", "IMF"),
        ("Mohamed ElBaradei", "2004", "IAEA"),
        ("Jacques Delors", "1990", "EC"),
    ],
)
def test_who_heads_an_organisation_acts_for_no_state(name: str, on: str, organisation: str) -> None:
    first = leaders.by_name(name, on)[0]
    assert (first.state, first.organisation) == (None, organisation)


def test_who_led_a_state_before_an_organisation_follows_from_the_date() -> None:
    assert [leaders.by_name("Jens Stoltenberg", on)[0].state for on in ("2010", "2018")] == ["NOR", None]


def test_namesakes_of_two_states_are_both_given() -> None:
    assert {"COL", "ESP"} <= {x.state for x in leaders.by_name("Pedro Sanchez", "2022")}
    assert {"ARG", "VEN"} <= {x.state for x in leaders.by_name("Jorge Rodriguez")}


def test_the_higher_office_goes_first_of_those_held_at_once() -> None:
    assert leaders.by_name("Mohammed bin Salman", "2023")[0].level == "head of government"


def test_spokesmen_and_envoys_go_by_their_full_names_alone() -> None:
    assert leaders.by_name("Maria Zakharova", "2020")[0].office == "Foreign Ministry Spokeswoman"
    assert leaders.by_name("Zakharova", "2020") == []


def test_letters_in_the_middle_of_a_name_may_be_left_out() -> None:
    assert "George W. Bush" in {x.name for x in leaders.by_name("George Bush", "2005")}


@pytest.mark.parametrize("word", ["Friday", "Day", "In", "To", "He", "John", "Said", "Carrie", "Iran"])
def test_everyday_words_and_given_names_alone_are_nobody(word: str) -> None:
    assert not leaders.is_surname(word)


def test_a_person_of_phoenix_has_a_sector_and_no_office() -> None:
    first = leaders.by_name("Musa Gibril Bala Gaye", "2004-06-01")[0]
    assert (first.state, first.sector, first.office) == ("GMB", "GOV", "")


@pytest.mark.parametrize("table", TABLES)
def test_each_row_has_a_known_state_a_level_and_dates_in_order(table: str) -> None:
    for n, r in enumerate(rows(table), 2):
        where = f"{table}:{n}"
        assert None not in r, where
        assert r["name"] == " ".join(r["name"].split()) != "", where
        assert all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", d) for d in (r["from"], r["to"] or "2000")), where
        assert not r["to"] or r["to"][: len(r["from"])] >= r["from"][: len(r["to"])], where
        assert "state" not in r or r.get("sector") == "IGO" or r["state"] in states.states(), where
        assert r.get("level", "other") in {"head of state", "head of government", "minister", "other"}, where
        assert r.get("office", "x"), where
        assert not r.get("aliases") or all(r["aliases"].split(";")), where


@pytest.mark.parametrize("row", ["Ada Sample,,KEN,Envoy,other,2031", "Ada Sample,,KEN,Envoy, at large,other,2031,"])
def test_a_row_with_too_few_or_too_many_cells_is_refused_by_its_words(row: str) -> None:
    assert leaders.cells_of('Ada Sample,,KEN,"Envoy, at large",other,2031,', 7)[3] == "Envoy, at large"
    with pytest.raises(TableError, match=r"^'Ada Sample,.* has [68] cells, but the table has 7 columns"):
        leaders.cells_of(row, 7)


def test_no_term_stands_in_two_tables() -> None:
    terms = [(r["name"], r["state"], r["office"], r["from"]) for t in TABLES for r in rows(t) if "level" in r]
    assert len(set(terms)) == len(terms)


def test_whoever_is_in_no_table_is_reported_at_once() -> None:
    leaders.is_surname("Putin")
    assert timeit.timeit(lambda: leaders.by_name("Nobody Atall", "2019"), number=1000) < 0.1
    assert timeit.timeit(lambda: leaders.is_surname("Nobody"), number=1000) < 0.05


@pytest.mark.parametrize(
    ("name", "on", "named", "state"),
    [
        ("Putin", "2019", {"RUS"}, "RUS"),
        ("Putin", "2019", set(), "RUS"),
        ("PUTI", "2019", {"RUS"}, None),
        ("Brezhnev", "2019", {"RUS"}, None),
        ("Xi", "2019", {"CHN"}, "CHN"),
    ],
)
def test_a_name_in_a_report_means_whoever_is_in_office_then(
    name: str, on: str, named: set[str], state: str | None
) -> None:
    found = leaders.meant(name, on, frozenset(named))
    assert (found.state if found else None) == state


def test_a_name_beside_a_state_means_nobody_of_another() -> None:
    assert leaders.meant("Putin", "2019", frozenset({"RUS"}), state="USA") is None
    assert leaders.meant("Brezhnev", "1980", frozenset({"SUN"}), state="RUS") is not None


def test_an_unknown_name_is_nobody() -> None:
    assert leaders.by_name("Nobody Atall") == []


def test_no_term_ends_before_it_begins_and_no_row_stands_twice() -> None:
    rows = leaders.leaders()
    assert [x for x in rows if x.to and x.to < x.from_] == []
    assert len(set(rows)) == len(rows)


def ask(table, code):
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env={**os.environ, "COMITY_LEADERS": str(table)},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_users_own_table_adds_leaders(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,state,office,level,from,to\nAda Sample,KEN,Lakes Secretary,minister,2031,\n", encoding="utf-8"
    )
    code = "from comity.knowledge import leaders; print(leaders.by_name('Sample', '2032')[0].office)"
    assert ask(table, code)[:2] == (0, "Lakes Secretary\n")


def test_an_envoy_of_a_users_own_table_goes_by_the_surname_too(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("name,state,office,level,from,to\nAda Sample,KEN,Envoy,other,2031,\n", encoding="utf-8")
    code = "from comity.knowledge import leaders; print(leaders.by_name('Sample', '2032')[0].office)"
    assert ask(table, code)[:2] == (0, "Envoy\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,state\nAda,KEN\n", "lacks the columns"),
        ("name,state,office,level,from,to\nAda,XXX,Minister,minister,2031,\n", "mine.csv:2"),
        ("name,state,office,level,from,to\nAda,KEN,Minister,boss,2031,\n", "mine.csv:2"),
        (None, "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_with_its_line(tmp_path, text, said):
    table = tmp_path / "mine.csv"
    if text is not None:
        table.write_text(text, encoding="utf-8")
    code = (
        "from comity.errors import TableError\nfrom comity.knowledge import leaders\n"
        "try:\n leaders.leaders()\nexcept TableError as e: print(e)"
    )
    assert said in ask(table, code)[1]


def test_the_readers_version_shows_that_a_table_of_ones_own_was_used(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("name,state,office,level,from,to\nAda Sample,KEN,Minister,minister,2031,\n", encoding="utf-8")
    code = "from comity.versions import versions; print(versions().tables)"
    assert ask(table, code)[1] != ask("", code)[1]
