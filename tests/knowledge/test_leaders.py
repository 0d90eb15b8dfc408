"""Leaders are found as reports name them, at the date of the report."""

import os
import subprocess
import sys

import pytest

from comity.knowledge import leaders


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


def test_the_date_tells_father_from_son() -> None:
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


def test_the_readers_version_tells_that_a_table_of_ones_own_was_used(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("name,state,office,level,from,to\nAda Sample,KEN,Minister,minister,2031,\n", encoding="utf-8")
    code = "from comity.versions import versions; print(versions().tables)"
    assert ask(table, code)[1] != ask("", code)[1]
