"""What a user may rely on where a text or a question names a well-known treaty."""

import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.cli import main
from comity.knowledge.known_instruments import KINDS, find_known, instruments, known
from comity.knowledge.states import rows

MUST = frozenset(
    re.findall(
        r"\w+",
        "un_charter npt ctbt paris usmca nafta jcpoa inf new_start minsk_1 minsk_2 oslo_1 oslo_2 camp_david abraham "
        "dayton good_friday montreux lausanne lancaster_2010 lancaster_1979 louvre plaza istanbul_convention afcfta "
        "cptpp rcep aukus budapest_memorandum artemis kyoto montreal_protocol cwc ottawa rome_statute sino_british "
        "san_francisco salt_1 salt_2 start_1 start_2 abm helsinki geneva_conventions unclos warsaw_pact nato_treaty "
        "maastricht schengen molotov_ribbentrop versailles westphalia",
    )
)
ALONE = sorted({a for i in instruments().values() for a in i.cued})


def keys(text: str, year: int | None = None) -> list[str]:
    return [m.instrument.key for m in find_known(text, year)]


def key(words: str, year: int | None = None, parties: tuple[str, ...] = ()) -> str | None:
    found = known(words, year, parties)
    return found.key if found else None


# the table


def test_the_best_known_instruments_are_there_and_many_more():
    assert set(instruments()) >= MUST
    assert len(instruments()) >= 250


def test_every_row_keeps_the_order_of_time_and_says_where_it_is_from():
    for i in instruments().values():
        dates = [d for d in (i.adopted, i.signed, i.force, i.ended) if d and "/" not in d]
        assert [d[:7] for d in dates] == sorted(d[:7] for d in dates), i.key
        assert i.kind in KINDS
        assert i.source, i.key
        assert not (i.pending and i.force), i.key


def test_the_table_is_named_among_the_sources_with_its_licence():
    assert any(r["file"] == "known_instruments.csv" and r["licence"] for r in rows("SOURCES.csv"))


# names


def test_each_instrument_is_known_by_its_short_and_its_full_name():
    wrong = [i.key for i in instruments().values() if key(i.short, i.year) != i.key]
    wrong += [i.key for i in instruments().values() if known(i.name) is not None and key(i.name, i.year) != i.key]
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("the Nuclear Non-Proliferation Treaty", "npt"),
        ("Nuclear Nonproliferation Treaty (NPT)", "npt"),
        ("NPT", "npt"),
        ("Intermediate-Range Nuclear Forces (INF) Treaty", "inf"),
        ("INF treaty", "inf"),
        ("INF", "inf"),
        ("U.S.-Mexico-Canada Agreement", "usmca"),
        ("US-Mexico-Canada Agreement", "usmca"),
        ("Paris climate accord", "paris"),
        ("2015 Iran nuclear deal", "jcpoa"),
        ("1972 ABM Treaty", "abm"),
        ("1956 ABM Treaty", None),
        ("Elysee Treaty", "elysee"),
        ("Treaty of Paris of 1898", "paris_1898"),
        ("Treaty of Paris", None),
        ("START", None),
        ("1991 START treaty", "start_1"),
        ("a trade agreement", None),
        ("Protocol to the North Atlantic Treaty", None),
        ("", None),
    ],
)
def test_it_is_known_by_whatever_name_it_is_called(words, what):
    assert key(words) == what


def test_a_name_of_several_is_resolved_by_the_year_of_the_report_or_by_the_parties():
    assert key("START treaty", 1992) == "start_1"
    assert key("Paris Agreement", 1973) == "paris_vietnam"
    assert key("Paris Agreement", 2020) == "paris"
    assert key("Paris accord", 1987) == "louvre"
    assert key("Algiers Agreement", 2019) is None
    assert key("Algiers Agreement", 2019, ("ERI", "ETH")) == "algiers_2000"


def test_a_report_from_long_before_a_treaty_does_not_name_it():
    assert key("AUKUS", 1990) is None
    assert key("Comprehensive Test Ban Treaty", 1994) == "ctbt"


# in running text


@pytest.mark.parametrize(
    "text",
    [
        "The talks start on Monday; salt was added.",
        "START of the race, SALT in the sea, INF on the form.",
        "LEADERS START TREATY TALKS AND SALT TREATY AWAY",
        "Warsaw Pact troops marched, and NAFTA countries met.",
        "He is of the North Atlantic Treaty Organization.",
        "A Paris agreement was sought, and a new Atlantic Charter.",
        "A 1956 Geneva Convention was cited.",
        "Write to info@npt.org or to @NPT about NPT-1000.",
        "They were in Minsk. Agreements were few.",
    ],
)
def test_ordinary_words_and_other_meanings_are_no_treaty(text):
    assert keys(text) == []


def test_an_acronym_that_is_a_word_is_believed_beside_a_word_for_an_instrument_or_its_full_name():
    assert keys("They left the INF Treaty.") == ["inf"]
    assert keys("The ABM treaty and SALT II.") == ["abm", "salt_2"]
    assert keys("INF is dead.") == []
    assert keys("The Intermediate-Range Nuclear Forces Treaty was signed in 1987. INF is dead.") == ["inf", "inf"]


def test_the_longest_name_is_the_one_and_its_acronym_in_brackets_belongs_to_it():
    (one,) = find_known("under the Treaty on the Non-Proliferation of Nuclear Weapons (NPT), they say")
    assert one.text == "Treaty on the Non-Proliferation of Nuclear Weapons (NPT)"
    (two,) = find_known("the Kigali Amendment to the Montreal Protocol")
    assert two.instrument.key == "kigali"


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([i.short for i in instruments().values()]),
            st.sampled_from(ALONE),
            st.text(max_size=12),
        ),
        max_size=6,
    ),
    st.sampled_from([" and ", ". ", ", ", "\n", " "]),
    st.one_of(st.none(), st.integers(1850, 2030)),
)
def test_what_is_found_lies_in_the_text_in_order_and_apart(parts, between, year):
    text = between.join(parts)
    found = find_known(text, year)
    assert [text[m.start : m.end] for m in found] == [m.text for m in found]
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(m.instrument is instruments()[m.instrument.key] for m in found)


@settings(deadline=None)
@given(st.sampled_from(ALONE), st.text(alphabet="abcdefghij ,.;", max_size=30))
def test_an_acronym_with_other_meanings_alone_names_nothing(acronym, rest):
    assert keys(f"{rest} {acronym} {rest}") == []
    assert keys(f"{rest} {acronym.lower()} {rest}") == []


# a user's own table


def ask(table, code: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "COMITY_INSTRUMENTS": str(table)}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)


KNOWN = "from comity.knowledge.known_instruments import known, instruments; "


def test_a_users_own_table_adds_instruments_and_sets_ours_right(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(
        "key,short,kind,open,parties,signed\nlake,Lake Accord,agreement,no,KEN;UGA,2031-02-03\n"
        "npt,Non-Proliferation Treaty,treaty,yes,,1968-07-02\n",
        encoding="utf-8",
    )
    done = ask(table, KNOWN + "print(known('the Lake Accord').parties, instruments()['npt'].signed)")
    assert done.stdout == "('KEN', 'UGA') 1968-07-02\n", done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key,short\nlake,Lake Accord\n", "lacks the columns"),
        ("key,short,kind,open,parties\nlake,Lake Accord,treaty,no,XXX\n", "mine.csv:2"),
        ("key,short,kind,open,signed\nlake,Lake Accord,treaty,no,last year\n", "mine.csv:2"),
        ("key,short,kind,open\nlake,Lake Accord,party,no\n", "mine.csv:2"),
        ("key,short,kind,open,parties\nlake,Lake Accord,treaty,yes,KEN\n", "mine.csv:2"),
        (None, "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_with_its_line(tmp_path, text, said):
    table = tmp_path / "mine.csv"
    if text is not None:
        table.write_text(text, encoding="utf-8")
    done = ask(table, KNOWN + "known('NPT')")
    assert done.returncode == 1
    assert said in done.stderr


def test_the_version_of_the_tables_shows_that_a_table_of_ones_own_was_used(tmp_path):
    tables = {}
    for name in ("none", "lake", "river"):
        table = tmp_path / f"{name}.csv"
        if name != "none":
            table.write_text(f"key,short,kind,open\n{name},{name.title()} Accord,treaty,yes\n", encoding="utf-8")
        tables[name] = ask(table, "from comity.versions import versions; print(versions().tables)").stdout
    assert len(set(tables.values())) == 3
    assert all(text.startswith(tables["none"].strip()) for text in tables.values())


def test_a_table_of_ones_own_shows_what_registers_call_an_instrument(tmp_path):
    table = tmp_path / "mine.csv"
    rows = "key,short,kind,open,label,titles\nlake,Lake Accord,treaty,yes,LAKE,Accord on Lakes;Lakes Treaty\n"
    table.write_text(rows, encoding="utf-8")
    code = "from comity.analysis.title import title; print(*title('LAKES TREATY', 'KEN UGA').names)"
    assert ask(table, code).stdout.strip() == "LAKE"
    table.write_text("key,short,kind,open,label\nlake,Lake Accord,treaty,yes,LAKE\n", encoding="utf-8")
    assert "both a label and titles" in ask(table, code).stderr


# registers


def test_no_two_instruments_have_one_name_in_registers():
    labels = [i.label for i in instruments().values() if i.label]
    titles = [t.casefold() for i in instruments().values() for t in i.titles]
    assert len(labels) == len(set(labels)) > 20
    assert len(titles) == len(set(titles))


# the command


def run(*words: str):
    return CliRunner().invoke(main, ["treaties", *words])


def test_the_command_lists_all_and_shows_one_by_any_name():
    assert len(run("--format", "jsonl").output.splitlines()) == len(instruments())
    shown = run("nuclear non-proliferation treaty").output
    assert "(npt)" in shown
    assert "in force: 1970-03-05" in shown
    assert run("npt").output == shown
    assert run("CTBT").output.count("never, or not yet") == 1


def test_a_name_of_several_or_of_none_is_answered_with_what_it_may_be():
    several, none = run("Treaty of Paris"), run("Kyoto Protocoll")
    assert (several.exit_code, none.exit_code) == (1, 1)
    assert "Treaty of Paris of 1898" in several.output
    assert "Kyoto Protocol" in none.output
    assert run("START", "--on", "1992").exit_code == 0
