"""Faults that people reported of tools like this one, each tried on a small file of its kind: right, or plainly refused.

The files lie in `reported`; those in the forms of data sets hold made-up rows.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import comity
from comity.data_sets.catalogue import data_set
from comity.data_sets.data_set import Malformed, Tally, read, release
from comity.document.document import Document
from comity.reading import Failure, Reading, read_all, read_document
from comity.records.observation import Observation
from comity.settings import DEFAULTS

REPORTED = Path(__file__).parent / "reported"
PERU = "Peru and Chile signed a water agreement in Lima on Monday."
TALKS = "Kenyan and Ghanaian foreign ministers met in Accra yesterday."
Rows = tuple[dict[str, Observation], list[Malformed], Tally]


def run(*words: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "comity.cli", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=120,
    )


def taken(name: str | Path, least: float = DEFAULTS.min_confidence) -> list[Reading | Failure]:
    return list(read_all([REPORTED / name], settings=replace(DEFAULTS, min_confidence=least)))


def read_of(name: str, least: float = DEFAULTS.min_confidence) -> dict[str, Reading]:
    """The readings of a file's documents by what they are called there; none may have failed."""
    found = {}
    for one in taken(name, least):
        assert isinstance(one, Reading), one
        found[one.document.id] = one
    return found


def only(name: str) -> Reading:
    (one,) = read_of(name).values()
    return one


def imported(kind: str, path: str | Path, version: str | None = None) -> Rows:
    rows, malformed, tally = {}, [], Tally()
    for item in read(REPORTED / path, data_set(kind), release(kind, version), tally):
        if isinstance(item, Malformed):
            malformed.append(item)
        else:
            assert isinstance(item, Observation)
            rows[item.row] = item
    return rows, malformed, tally


def written(folder: Path, *lines: str, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("".join(f"{x}\n" for x in lines), encoding=encoding)
    return path


def pairs(one: Reading) -> list[tuple[str, list[str | None], list[str | None]]]:
    return [(e.event, [a.state for a in e.actor], [a.state for a in e.recipient]) for e in one.events]


def said(text: str, published: str = "2019-05-10") -> Reading:
    return comity.read(text, published=published)


# rows and files of data sets


def test_a_stray_quotation_mark_in_icews_loses_no_row(tmp_path):
    done = run("import", tmp_path / "x.duckdb", "icews", REPORTED / "01-icews-stray-quote.tab")
    assert done.returncode == 0
    assert "7 rows read, 7 observations added, 0 known, 0 differing, 0 malformed" in done.stderr + done.stdout
    rows, malformed, _ = imported("icews", "01-icews-stray-quote.tab")
    assert [(r.a, r.b) for r in rows.values()][:1] == [("KEN", "TZA")]
    assert (len(rows), malformed) == (7, [])


def test_a_decimal_comma_is_a_decimal_comma():
    rows, _, _ = imported("cow_trade", "02-decimal-comma-cow.csv")
    assert rows["710-712-2001-imports"].value == 241_800_000
    assert rows["712-710-2001-imports"].value is None
    assert rows["220-255-2003-imports"].value == 88_412_370_000


def test_a_register_of_sipri_is_read_from_its_buttons():
    for name, values in (
        ("08-sipri-trade-register.csv", [15.5e6, 10.8e6, 1.6e6]),
        ("08b-sipri-trade-register-notes.csv", [15.5e6, 8e6]),
    ):
        rows, malformed, _ = imported("sipri", name)
        assert ([r.value for r in rows.values()], malformed) == (values, [])
    rows, _, _ = imported("sipri", "08-sipri-trade-register.csv")
    assert [(r.a, r.b) for r in rows.values()] == [("RUS", "MNG"), ("TUR", "PER"), ("USA", "KEN")]


def test_an_alliance_keeps_the_obligations_of_each_side():
    rows, _, _ = imported("atop", "09-atop-directed.csv")
    results = {k: (r.directed, json.loads(r.body)["obligations"]) for k, r in rows.items()}
    assert results == {
        "2-732-1995": (True, ["defense", "consultation"]),
        "732-2-1995": (True, ["nonaggression", "consultation"]),
    }


def test_rows_of_one_key_that_differ_in_one_file_are_reported(tmp_path):
    done = run("import", tmp_path / "x.duckdb", "cow_trade", REPORTED / "10-same-key-in-one-file.csv")
    assert "of the 2 rows: 1 stored, 0 known, 1 differing, 0 malformed, 0 left out" in done.stderr + done.stdout


def test_areas_nowhere_else_specified_are_no_world_and_other_asia_is_taiwan():
    rows, malformed, tally = imported("comtrade", "11-comtrade-nes.csv")
    assert {(r.b, r.value) for r in rows.values()} == {("TWN", 420.0), (None, 5300.0), ("COD", 64.0)}
    assert (tally.rows, tally.left_out, malformed) == (4, 1, [])
    assert tally.unknown.total() == 1


@pytest.mark.parametrize("name", ["21-icews-2017.tab", "21b-icews-mdy.tab"])
def test_icews_of_2017_is_read_by_its_event_text_and_the_month_first(name):
    rows, malformed, _ = imported("icews", name)
    assert [r.first for r in rows.values()] == [date(2016, 5, n) for n in range(13, 18)]
    assert [r.measure for r in rows.values()] == ["CONSULT", "CONSULT", "STATEMENT", "STATEMENT", "STATEMENT"]
    assert malformed == []


def test_na_is_an_empty_cell_and_not_namibia():
    rows, _, tally = imported("icews", "22-icews-na.tab")
    assert [rows[k].a for k in "1234"] == ["EU", "EU", "NAM", "NAM"]
    assert not tally.unknown


def test_a_year_25_is_a_slip_and_no_year():
    rows, malformed, tally = imported("acled", "23-acled-year-25.csv")
    assert (rows, len(malformed), tally.rows) == ({}, 2, 2)


def test_gdelt_with_a_header_is_read_by_name():
    rows, malformed, _ = imported("gdelt", "24-gdelt-with-header.tsv")
    one = rows["990000017"]
    assert (one.a, one.b, one.first, one.value, malformed) == ("JPN", "PER", date(2019, 4, 17), 1.9, [])


def test_a_table_of_the_world_banks_databank_is_read():
    rows, malformed, tally = imported("world_bank", "25-world-bank-databank.csv")
    assert [(r.a, r.value) for r in rows.values()] == [("PER", 250.0), ("PER", None)]
    assert (tally.rows, tally.left_out, malformed) == (4, 3, [])


def test_aiddata_is_read_by_the_columns_that_it_has():
    rows, malformed, _ = imported("aiddata", "26-aiddata-gcdf2.csv", "2.0")
    assert [(r.a, r.b, r.value) for r in rows.values()] == [("CHN", "KEN", 3_100_000.5)]
    assert malformed == []


def test_states_are_known_by_the_names_that_lists_call_them():
    rows, _, tally = imported("sipri", "27b-name-variants.csv")
    wanted = ["AZE", "TJK", "KGZ", "MAC", "STP", "COD", "COG", "MKD", "KNA", "TWN", "VCT"]
    assert ([r.b for r in rows.values()], tally.unknown) == (wanted, {})


def test_events_of_ucdp_are_read_without_a_header():
    rows, malformed, _ = imported("ucdp_ged", "28-ged-no-header.csv")
    assert {k: (r.a, r.value, r.last) for k, r in rows.items()} == {
        "900101": ("UGA", 5.0, date(2012, 2, 3)),
        "900102": ("UGA", 2.0, date(2012, 2, 8)),
    }
    assert malformed == []


def test_the_union_of_28_is_the_european_union():
    rows, malformed, _ = imported("comtrade", "35-comtrade-eu28.csv")
    assert [(r.a, r.b) for r in rows.values()] == [("EU", None), ("EU", "KEN")]
    assert malformed == []


def test_states_of_the_pacific_have_their_numbers_of_gleditsch_and_ward(tmp_path):
    ledger = tmp_path / "x.duckdb"
    assert run("add", ledger, REPORTED / "36-gw-pacific.jsonl").returncode == 0
    words = ["--panel", "--measure", "events", "--codes", "gw", "--format", "csv"]
    results = list(csv.DictReader(run("series", ledger, *words).stdout.splitlines()))
    assert {(r["a"], r["b"]) for r in results} == {("740", "970"), ("971", "972"), ("950", "973")}


def test_the_two_states_called_congo_are_distinguished():
    rows, _, _ = imported("acled", "03-congo-acled.csv")
    assert {k: r.a for k, r in rows.items()} == {"CNG77": "COG", "DRC88": "COD", "SWZ99": "SWZ"}
    met = {a.state for e in only("03c-congo-text.jsonl").events for a in (*e.actor, *e.recipient)}
    assert "COG" in met
    assert "COD" not in met
    met = {a.state for e in only("03d-dr-congo-dotted.jsonl").events for a in (*e.actor, *e.recipient)}
    assert "COD" in met
    assert "COG" not in met


# texts


def test_towns_of_the_united_states_and_its_georgia_are_no_states():
    for one in read_of("04-us-places.jsonl").values():
        met = {c for a in one.agreements for c in a.parties} | {
            a.state for e in one.events for a in (*e.actor, *e.recipient)
        }
        assert not met & {"GEO", "LBN", "PER", "FRA"}, one.document.id


def test_people_called_jordan_or_chad_are_no_states():
    for one in read_of("05-person-names.jsonl").values():
        met = {c for a in one.agreements for c in a.parties} | {
            a.state for e in one.events for a in (*e.actor, *e.recipient)
        }
        assert not met & {"JOR", "TCD"}, one.document.id


def test_numbers_in_text_are_whole_whatever_parts_their_groups():
    results = {
        k: [(f.value, f.period) for f in r.figures] for k, r in read_of("12-number-groups-text.jsonl", 0.1).items()
    }
    assert results == {
        "nbsp": [(31.25e9, "2017")],
        "space": [(31.25e9, "2017")],
        "swiss": [(31.25e9, "2017")],
        "indian": [(420e9, "2017")],
        "comma": [(38.6e9, "2017"), (0.7e6, "2017")],
        "doubtful": [(2.5e9, "2017")],
    }


def test_days_in_figures_are_read_or_left_open_never_the_day_of_the_report():
    results = {k: [a.date for a in r.agreements] for k, r in read_of("13-numeric-dates-text.jsonl").items()}
    assert results == {
        "year-first": ["2017-10-09"],
        "either": [None],
        "slashes": ["2017-10-27"],
        "points": ["2017-10-27"],
        "buddhist": ["2017"],
    }


def test_aid_held_back_is_no_aid():
    for one in read_of("18-aid-held-back.jsonl").values():
        assert {e.event for e in one.events} <= {"SANCTION", "REJECT"}
    assert {e.event for e in said("Norway gave food aid to Malawi on Monday.").events} == {"AID"}


def test_the_former_yugoslav_republic_of_macedonia_is_macedonia():
    for one in read_of("19-former-yugoslav.jsonl").values():
        assert [set(a.parties) for a in one.agreements] == [{"MKD", "ITA"}]


def test_the_soviet_union_is_met_before_1992_only():
    results = {k: pairs(r) for k, r in read_of("20-former-soviet.jsonl").items()}
    assert results["then"] == [("CONSULT", ["SUN"], ["FRA"])]
    assert all("SUN" not in (*a, *b) for _, a, b in results["later"])


def test_a_name_that_begins_with_a_small_letter_is_known():
    assert [set(a.parties) for a in only("27-eswatini.jsonl").agreements] == [{"SWZ", "TWN"}]


def test_both_states_of_a_headline_are_its_actors():
    for one in read_of("31-headline-pair.jsonl").values():
        found = [(set(a), b) for _, a, b in pairs(one)]
        assert found
        assert all(sides == ({"PER", "CHL"}, []) for sides in found)


def test_a_place_with_hyphens_is_whole():
    results = {k: [e.place for e in r.events] for k, r in read_of("32-hyphen-place.jsonl").items()}
    assert results == {"two": ["Port-au-Prince", "Baden-Baden"], "congo": ["Pointe-Noire"]}
    assert read_of("32-hyphen-place.jsonl")["congo"].agreements[0].parties == ("COG", "GAB")


def test_what_a_figure_rose_from_is_of_the_earlier_year():
    results = {(f.value, f.period) for f in only("33-up-from.jsonl").figures}
    assert (1.3e9, "2017") in results
    assert results <= {(1.3e9, "2017"), (1.1e9, "2016")}


# feeds, pages, archives and collections


def test_the_day_of_a_feed_is_the_one_that_stands_there():
    assert only("06-rss-slash-date.xml").document.published == "2017-03-22"


@pytest.mark.parametrize("name", ["07-rss-offset.xml", "07b-same-as-jsonl.jsonl", "07c-same-as-page.html"])
def test_a_report_has_the_publishers_day_in_whatever_form_it_comes(name):
    one = only(name)
    assert one.document.published == "2019-07-03"
    assert [a.date for a in one.agreements] == ["2019-07-03"]


@pytest.mark.parametrize("name", ["14-array.json", "14b-articles.csv"])
def test_a_list_of_articles_is_read_as_articles(name):
    results = read_of(name)
    assert {k: r.document.published for k, r in results.items()} == {"a1": "2018-10-02", "a2": "2020-06-05"}
    assert [r.source.text for r in results.values()] == [PERU, TALKS]


@pytest.mark.parametrize(
    ("name", "day", "basis"),
    [
        ("15-url-date.html", "2017-03-22", "metadata"),
        ("15b-only-modified.html", None, None),
        ("15d-js-datetime.html", "2017-03-22", "metadata"),
    ],
)
def test_a_page_has_the_day_that_it_states_of_its_publication(name, day, basis):
    found = only(name).document
    assert (found.published, found.published_basis) == (day, basis)


def test_the_lede_in_a_header_is_read_and_the_caption_is_not():
    one = only("16-lede-in-header.html")
    assert "after a dispute of many years" in one.source.text
    assert {frozenset(a.parties) for a in one.agreements} == {frozenset({"PER", "CHL"})}
    assert not {"EGY", "JOR"} & {a.state for e in one.events for a in (*e.actor, *e.recipient)}


def test_an_archived_page_is_decoded_as_its_server_said():
    text = only("17-header-charset.warc").source.text
    assert all(word in text for word in ("Gróbarczyk", "Butković", "Świnoujście", "Żuraw", "Šimić", "€3 million"))


def test_a_feed_behind_a_long_comment_is_read():
    assert [set(a.parties) for a in only("29-feed-long-comment.xml").agreements] == [{"PER", "CHL"}]


def test_what_pandas_writes_for_dates_and_missing_titles_is_read():
    days = {k: r.document.published for k, r in read_of("30-pandas-epoch.jsonl").items()}
    assert days == {"a1": "2018-10-02", "a2": "2020-06-05"}
    results = read_of("30b-pandas-nan.jsonl")
    assert (results["a1"].document.published, results["a2"].document.published) == ("2018-10-02", None)
    assert results["a2"].document.title is None


# a wrong file in place of a ledger


def test_a_report_in_place_of_a_ledger_is_refused_and_nothing_is_left_behind(tmp_path):
    shutil.copy(REPORTED / "14b-articles.csv", tmp_path / "articles.csv")
    for words in (["add", "articles.csv", "articles.csv"], ["sql", "articles.csv", "select 1"]):
        done = run(*words, folder=tmp_path)
        assert done.returncode != 0
        assert "no ledger" in done.stderr
        assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["articles.csv"]
    assert (tmp_path / "articles.csv").read_bytes() == (REPORTED / "14b-articles.csv").read_bytes()


def test_a_typo_of_a_path_is_no_text_of_a_report():
    with pytest.raises(comity.InputError, match="there is none"):
        comity.read("reprot.txt")


# more of the same kinds, found by trying


@pytest.mark.parametrize(
    ("amount", "value"),
    [
        ("12·5 million pounds", 12.5e6),
        (".5 billion euros", None),
        (",5 billion euros", None),
        ("1 ,5 billion euros", None),
        ("$.5 billion", None),
        ("£1·25bn", 1.25e9),
        ("1/2 billion dollars", 500_000_000),
        ("2 1/2 billion dollars", 2_500_000_000),
        ("five point two billion dollars", None),
        ("1 billion 200 million dollars", None),
        ("$1 billion 200 million", None),
        ("one hundred and twenty million dollars", 120e6),
        ("five hundred and two million dollars", 502e6),
        ("two dozen million dollars", 24e6),
        ("two thousand five hundred dollars", None),
    ],
)
def test_a_part_of_a_number_is_never_taken_for_the_number(amount, value):
    text = f"Exports of Norway to Sweden reached {amount} in 2018."
    document = Document(id="d", text=text, title=None, published="2019-05-10", language="en")
    one = read_document(document, settings=replace(DEFAULTS, min_confidence=0.2))
    assert [f.value for f in one.figures] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2562-04-25", None),
        ("25/04/2562", None),
        ("1398/02/05", None),
        ("0025-04-25", None),
        ("5 Ordibehesht 1398", None),
        ("20 Ramadan 1440", None),
        ("Nisan 20, 5779", None),
        ("25. April 2019", None),
        ("25.04", None),
        ("Tuesday 25.04.", None),
        ("2019年4月25日", "2019-04-25"),
    ],
)
def test_a_day_of_another_calendar_or_form_is_not_the_day_of_the_report(when, day):
    one = said(f"Norway and Japan signed a fisheries agreement in Oslo on {when}.")
    assert [a.date for a in one.agreements] == [day]
    assert [e.date for e in one.events] == [day]


def test_a_year_of_another_era_is_not_the_year_of_the_report():
    one = said("Thailand and Laos signed a border agreement in Bangkok in 2562.")
    assert [a.date for a in one.agreements] == [None]


def test_a_range_in_words_has_no_end_in_its_hundreds():
    one = said("Trade between India and Nepal came to between one hundred and two hundred million dollars in 2017.")
    assert {f.value for f in one.figures} <= {100e6, 200e6}


@pytest.mark.parametrize("label", ["Updated: 1 June 2023", "Last updated 1 June 2023", "Modified on June 1, 2023"])
def test_the_day_of_a_change_above_a_story_is_not_its_publication(tmp_path, label):
    path = written(tmp_path, "Peru and Chile sign pact", label, "", PERU, name="t.txt")
    (one,) = taken(path)
    assert one.document.published is None
    path = written(tmp_path, "Peru and Chile sign pact", label, "Published 10 May 2018", "", PERU, name="t.txt")
    (one,) = taken(path)
    assert one.document.published == "2018-05-10"


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Wed, 31 Dec 1969 19:00:00 -0500", None),
        ("1970-01-01T00:00:00Z", None),
        ("1970-01-01", "1970-01-01"),
        ("Thu, 01 Jan 1970 09:30:00 GMT", "1970-01-01"),
    ],
)
def test_the_instant_from_which_computers_count_is_no_day_of_publication(tmp_path, stamp, day):
    (one,) = taken(written(tmp_path, json.dumps({"id": "a", "date": stamp, "text": PERU}), name="t.jsonl"))
    assert one.document.published == day


def test_a_quotation_mark_left_open_in_a_table_of_articles_takes_no_other_row(tmp_path):
    lines = ("title,date,text", f'A,2018-10-02,"{PERU}', f"B,2018-10-03,{TALKS}", f'C,2018-10-04,"{TALKS}"')
    results = taken(written(tmp_path, *lines))
    assert [(r.document.title, r.source.text) for r in results] == [("A", PERU), ("B", TALKS), ("C", TALKS)]
    lines = ("title,date,text", f'A,2018-10-02,"{PERU}', "", 'She said: ""Good."""', f"B,2018-10-03,{TALKS}")
    results = taken(written(tmp_path, *lines))
    assert [r.source.text for r in results] == [f'{PERU}\n\nShe said: "Good."', TALKS]


def test_a_table_of_articles_without_rows_says_so(tmp_path):
    (one,) = taken(written(tmp_path, "title,date,text"))
    assert isinstance(one, Failure)
    assert "without rows" in one.reason


@pytest.mark.parametrize("label", ["x-cp1250", "cp-1250", "win-1250", "Windows1250"])
def test_a_charset_is_known_by_the_labels_that_servers_use(tmp_path, label):
    held = (REPORTED / "17-header-charset.warc").read_bytes()
    _, _, page = held.partition(b"\r\n\r\nHTTP/1.1")[2].partition(b"\r\n\r\n")
    page = page.replace(b"<head>", f'<head><meta charset="{label}">'.encode())
    path = tmp_path / "t.html"
    path.write_bytes(page.strip())
    (one,) = taken(path)
    assert "Świnoujście" in one.source.text


@pytest.mark.parametrize(
    ("encoding", "called"),
    [("cp1250", "x-cp1250"), ("cp1250", "windows-1250"), ("utf-8", "iso-8859-2"), ("utf-16", "utf-16")],
)
def test_a_feed_is_decoded_by_what_its_bytes_are(tmp_path, encoding, called):
    line = f'<?xml version="1.0" encoding="{called}"?><rss version="2.0"><channel><title>W</title><item>'
    line += "<title>Poland signs</title><description>Poland and Croatia signed a pact in Świnoujście.</description></item></channel></rss>"
    (one,) = taken(written(tmp_path, line, name="t.xml", encoding=encoding))
    assert "Świnoujście" in one.source.text


def test_xml_that_is_no_feed_is_refused_and_no_text(tmp_path):
    line = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org</loc></url></urlset>'
    )
    (one,) = taken(written(tmp_path, line, name="t.xml"))
    assert isinstance(one, Failure)
    assert "XML" in one.reason


def test_decimal_commas_that_outnumber_the_semicolons_hide_no_header(tmp_path):
    header = "ccode1;ccode2;year;atop_defense;atop_offense;atop_neutral;atop_nonagg;atop_consul"
    rows, malformed, _ = imported("atop", written(tmp_path, header, "2,0;732,0;1995,0;1,0;0,0;0,0;0,0;1,0"))
    assert (list(rows), malformed) == (["2-732-1995"], [])


def test_a_cameo_code_that_lost_its_zero_is_recognised_by_its_root(tmp_path):
    header = "event_id,date8,src_actor,tgt_actor,code,root_code,goldstein,geoname"
    lines = ("t1,20140903,RUS,MNG,14,1,0.0,X", "t2,20140903,RUS,MNG,14,14,-6.5,X", "t3,20140903,RUS,MNG,57,5,8.0,X")
    rows, malformed, _ = imported("terrier", written(tmp_path, header, *lines))
    assert [r.measure for r in rows.values()] == ["STATEMENT", "PROTEST", "SUPPORT"]
    assert malformed == []


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        ("sipri", "supplier,recipient,year,tiv", "USA,Peru,2019,-1"),
        ("cow_trade", "ccode1,ccode2,year,flow1,flow2", "220,255,2003,-5,6"),
        (
            "comtrade",
            "Year,Trade Flow,Reporter,Partner,Commodity Code,Trade Value (US$)",
            "2015,Import,China,Peru,TOTAL,-6",
        ),
        (
            "acled",
            "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,fatalities",
            "PER1,2024-02-25,Battles,Armed clash,Military Forces of Peru (2022-),,Peru,-1",
        ),
    ],
)
def test_deaths_arms_and_goods_below_zero_are_malformed(tmp_path, kind, header, row):
    rows, malformed, tally = imported(kind, written(tmp_path, header, row))
    assert (rows, len(malformed), tally.rows) == ({}, 1, 1)
    assert "negative" in malformed[0].reason
