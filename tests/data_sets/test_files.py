"""Files as people have them: whatever is in them, the import says what is wrong and goes on."""

import contextlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comity
from comity.data_sets import cells
from comity.data_sets.catalogue import data_sets
from comity.data_sets.crosswalk import block, known, named
from comity.data_sets.notation import Numbers
from comity.errors import InputError
from comity.settings import Settings

ANY_CELL = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["712", "-9", "1992", "NA", "", "1e400", "nan", "19920230", "1992-13-01", "[{", '{"country": 3}']),
)
quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(tmp_path, read_file, data):
    path = tmp_path / "any.csv"
    path.write_bytes(data)
    for kind in ("gdelt", "cow_trade", "polecat", "world_bank"):
        with contextlib.suppress(InputError):
            read_file(kind, path)


@pytest.mark.parametrize("kind", [k for k, d in data_sets().items() if d.layouts[0].begins is None])
@quick
@given(rows=st.lists(st.lists(ANY_CELL, max_size=14), max_size=4))
def test_any_cells_under_the_right_columns_are_rows_or_malformed(tmp_path, read_file, kind, rows):
    import csv

    header = [c.split("|")[0] for c in data_sets()[kind].layouts[0].columns]
    header += ["1992"] if kind == "world_bank" else []
    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    found = read_file(kind, path)
    for o in found.rows.values():
        assert o.value is None or o.standing != "missing"
        assert o.record is not None
        assert o.last is None or o.first is None or o.kind == "agreement" or o.first <= o.last


def test_a_file_with_a_byte_order_mark_and_windows_letters_is_read(tmp_path, read_file):
    path = tmp_path / "t.csv"
    path.write_bytes(
        b"\xef\xbb\xbfCountry,Post Country,Post City,Post Type,Year\r\nMongolia,Peru,Lim\xe1,Embassy,2023\r\n"
    )
    (only,) = read_file("lowy", path).rows.values()
    assert only.record["place"] == "Limá"


def test_what_ends_before_it_begins_is_malformed(tmp_path, read_file):
    path = tmp_path / "t.csv"
    path.write_text(
        "id,role,name,start_date,end_date,country\n1,president,A,2001-02-03,2001-02-01,Peru\n", encoding="utf-8"
    )
    found = read_file("us_travels", path)
    assert (found.rows, found.malformed[0].reason) == ({}, "ends on 2001-02-01, before it begins on 2001-02-03")


def test_semicolons_and_tabs_separate_too(tmp_path, read_file):
    for sign in ";\t":
        path = tmp_path / "t.csv"
        path.write_text(
            sign.join(("ccode1", "ccode2", "year", "flow1", "flow2")) + "\n" + sign.join(("2", "20", "1990", "1", "2"))
        )
        assert len(read_file("cow_trade", path).rows) == 3


def test_a_header_is_looked_for_among_so_many_lines_as_set(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a note\nanother note\nccode1,ccode2,year,flow1,flow2\n2,20,1990,1,2\n")

    def rows(lines):
        with comity.open(tmp_path / f"{lines}.duckdb", settings=Settings(header_lines=lines)) as led:
            return led.import_("cow_trade", path).added

    assert (rows(3), rows(2)) == (3, 0)


def test_an_empty_file_and_a_folder_are_refused(tmp_path, read_file):
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(InputError, match="is empty"):
        read_file("atop", tmp_path / "empty.csv")
    with pytest.raises(InputError, match="is a folder"):
        read_file("atop", tmp_path)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_days_are_read_in_the_forms_of_data_sets(day):
    for form in (day.isoformat(), f"{day:%Y}{day:%m}{day:%d}", day.isoformat().replace("-", "/"), f"{day} 00:00:00"):
        assert cells.day(form) == day
    first, last = cells.month(f"{day:%Y}{day:%m}") if day < date(9999, 12, 1) else (day, day)
    assert first <= day <= last


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_numbers_are_read_as_written(value):
    column = Numbers((0,))
    for cell in (repr(value), f"{value:,.3f}", "0.5"):
        column.see(cell)
    assert column(repr(value)) == value
    assert column(f"{value:,.3f}") == pytest.approx(value, abs=1e-3)


@pytest.mark.parametrize(
    ("system", "code", "on", "state"),
    [
        ("cow", "365", "1921-01-01", "RUS"),
        ("cow", "365", "1991-12-25", "SUN"),
        ("cow", "365", "1991-12-26", "RUS"),
        ("cow", "255", "1860-01-01", "PRS"),
        ("cow", "345", "1900-01-01", "SRB"),
        ("cow", "345", "1950-01-01", "YUG"),
        ("cow", "345", "2004-07-01", "SCG"),
        ("cow", "345", "2010-01-01", "SRB"),
        ("cow", "260", "1970-01-01", "DEU"),
        ("gw", "340", "2010-01-01", "SRB"),
        ("gw", "345", "2000-01-01", "YUG"),
        ("gw", "678", "2005-01-01", "YEM"),
        ("gw", "712", "1950-01-01", "MNG"),
        ("cow_abb", "MON", "1950-01-01", "MNG"),
        ("cow_abb", "MNG", "2010-01-01", "MNE"),
        ("cow_abb", "RUS", "1950-01-01", "SUN"),
        ("fips", "MG", "2020-01-01", "MNG"),
        ("fips", "RS", "2020-01-01", "RUS"),
        ("fips", "GM", "2020-01-01", "DEU"),
        ("fips", "AU", "2020-01-01", "AUT"),
        ("cameo", "ROM", "2020-01-01", "ROU"),
        ("m49", "496", "2020-01-01", "MNG"),
        ("m49", "810", "1980-01-01", "SUN"),
        ("iso", "HKG", "2020-01-01", "HKG"),
        ("iso", "RUS", "1980-01-01", "SUN"),
        ("iso", "QQQ", "1980-01-01", None),
    ],
)
def test_codes_are_read_as_of_the_day(system, code, on, state):
    assert known(system, code, on) == state


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Republic of Korea", "KOR"),
        ("Congo, Rep.", "COG"),
        ("Congo, Dem. Rep.", "COD"),
        ("Islamic Republic of Iran", "IRN"),
        ("the Russian Federation", "RUS"),
        ("Türkiye", "TUR"),
        ("Dominican Republic", "DOM"),
        ("Guinea-Bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Atlantis", None),
    ],
)
def test_names_are_read_as_data_sets_write_them(name, state):
    assert named(name, "2010-01-01") == state


def test_the_block_names_the_state_that_continues():
    assert block("SUN", "MNG") == block("MNG", "RUS") == "MNG RUS"


def test_every_code_in_the_table_leads_to_a_state_or_an_organisation():
    from comity.knowledge.states import rows, states

    acronyms = {r["acronym"] for r in rows("organisations.csv")}
    territories = {r["code"] for r in rows("state_codes.csv") if r["system"] == "iso"}
    for r in rows("state_codes.csv"):
        reported = known(r["system"], r["code"], r["from"] or "1900-01-01")
        assert reported in states() or reported in acronyms or reported in territories, r
    for r in rows("wti_parties.csv"):
        assert r["state"] in states() or r["state"] in acronyms or r["state"] in territories, r
    for r in rows("state_names.csv"):
        assert r["state"] in states() or r["state"] in acronyms or r["state"] in territories, r
