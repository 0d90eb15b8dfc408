"""What a ledger gives to other programs, read back by the libraries that those programs use."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import bibtexparser
import feedparser
import icalendar
import openpyxl
import pytest
import rispy

import comity
from comity.analysis.calendar import as_ics
from comity.analysis.workbook import workbook
from comity.ledger.table import Table
from comity.settings import Settings

REPORTS = [
    {
        "id": "plan",
        "title": "Putin to visit Mongolia",
        "date": "2020-09-21",
        "url": "https://news.example/plan?a=1&b=2",
        "text": "President Vladimir Putin will visit Mongolia on October 5, 2020, the Kremlin said on Monday.",
    },
    {
        "id": "trade",
        "title": "Trade & {customs} talks: 100% done",
        "date": "2020-09-22",
        "url": "https://other.example/trade",
        "text": "Russia and Mongolia signed a trade agreement in Moscow on Tuesday. "
        "Mongolia accused Russia of violating the agreement.",
    },
]


@pytest.fixture(scope="session")
def desk(tmp_path_factory, four) -> Path:
    """The four reports on the treaty of 2019, a planned visit, and a report with an address."""
    folder = tmp_path_factory.mktemp("desk")
    more = folder / "more.jsonl"
    more.write_text("".join(json.dumps(r) + "\n" for r in REPORTS), encoding="utf-8")
    with comity.open(folder / "desk.duckdb") as led:
        led.add([four, more])
    return folder / "desk.duckdb"


@pytest.fixture
def led(desk):
    with comity.open(desk) as opened:
        yield opened


def entries(text: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_a_calendar_holds_notice_dates_term_ends_and_planned_visits(led):
    text = led.export_as("ics", "Russia", "Mongolia", on="2019-12-31", within="P4Y")
    found = {str(e["SUMMARY"]).partition(":")[0]: e for e in entries(text)}
    assert set(found) == {"Last day for notice, at the earliest", "Term ends, at the earliest", "Planned visit"}
    visit = found["Planned visit"]
    assert (visit["DTSTART"].dt, visit["DTEND"].dt) == (date(2020, 10, 5), date(2020, 10, 6))
    assert str(visit["URL"]) == "https://news.example/plan?a=1&b=2"
    rows = {r["kind"]: r for r in led.coming("RUS", "MNG", on="2019-12-31", within="P4Y")}
    notice = found["Last day for notice, at the earliest"]
    # a day of several stands on the first of them, and says which they are
    assert notice["DTSTART"].dt.isoformat() == rows["notice_deadline"]["first"]
    assert rows["notice_deadline"]["last"] in str(notice["DESCRIPTION"])
    assert all(line.encode("utf-8").__len__() <= 75 for line in text.split("\r\n"))


def test_a_calendar_keeps_its_ids_and_is_the_same_bytes_again(led):
    one, other = (led.export_as("ics", "RUS", "MNG", on="2019-12-31", within="P4Y") for _ in range(2))
    assert one == other
    whole = led.export_as("ics", on="2019-12-31", within="P4Y", base="http://127.0.0.1:8000/")
    ids = {str(e["UID"]) for e in entries(one)}
    assert len(ids) == len(entries(one))
    assert ids <= {str(e["UID"]) for e in entries(whole)}
    assert all(str(e["URL"]).startswith("http://127.0.0.1:8000/fact/fact:") for e in entries(whole))


def test_a_visit_of_several_days_lasts_them_and_one_reported_of_a_month_stands_on_its_first():
    def row(first: str, last: str) -> tuple[str | None, ...]:
        return (
            "visit",
            first,
            last,
            f"fact:visit:{first}",
            "RUS",
            "Somebody (RUS) → MNG",
            "reported",
            None,
            None,
            None,
        )

    columns = ("kind", "first", "last", "id", "states", "title", "why", "known", "source", "url")
    found = Table(columns, (row("2030-03-04", "2030-03-06"), row("2030-05-01", "2030-05-31")))
    lasting, loose = entries(as_ics(found, title="t", on=date(2030, 1, 1), version="v"))
    assert (lasting["DTSTART"].dt, lasting["DTEND"].dt) == (date(2030, 3, 4), date(2030, 3, 7))
    assert (loose["DTSTART"].dt, loose["DTEND"].dt) == (date(2030, 5, 1), date(2030, 5, 2))
    assert "at the earliest" in str(loose["SUMMARY"])


def test_nothing_stands_on_a_day_that_is_past():
    columns = ("kind", "first", "last", "id", "states", "title", "why", "known", "source", "url")
    row = ("term_end", "2024-12-30", "2030-01-01", "fact:agreement:a", "MNG RUS", "transit", "ends", None, None, None)
    [entry] = entries(as_ics(Table(columns, (row,)), title="t", on=date(2026, 11, 29), version="v"))
    assert entry["DTSTART"].dt == date(2026, 11, 29)
    assert str(entry["SUMMARY"]) == "Term ends, perhaps already: transit"
    assert "On one of the days from 2024-12-30 to 2030-01-01." in str(entry["DESCRIPTION"])


def test_a_visit_without_a_day_is_in_no_calendar_and_is_counted(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        path = tmp_path / "r.txt"
        path.write_text("President Vladimir Putin will visit Mongolia, the Kremlin said.", encoding="utf-8")
        led.add(path, published="2020-09-21")
        found = led.coming("RUS", "MNG", on="2020-09-22", within="P10Y")
    assert [r for r in found if r["kind"] == "visit"] == []
    assert any("1 planned visit" in n for n in found.notes)


def test_the_feed_of_a_dyad_is_valid_and_its_ids_stay(led, desk):
    text = led.export_as("atom", "RUS", "MNG", base="http://127.0.0.1:8000")
    read = feedparser.parse(text)
    assert not read.bozo
    assert read.version == "atom10"
    assert len(read.entries) == len(led.facts("RUS", "MNG"))
    assert len({e.id for e in read.entries}) == len(read.entries)
    assert all(e.id.startswith("urn:uuid:") and e.updated_parsed and e.title for e in read.entries)
    assert [e.updated for e in read.entries] == sorted((e.updated for e in read.entries), reverse=True)
    assert any("https://news.example/plan?a=1&b=2" in [x.href for x in e.links if x.rel == "via"] for e in read.entries)
    with comity.open(desk) as again:
        other = feedparser.parse(again.export_as("atom", "MNG", "RUS"))
    assert {e.id for e in other.entries} == {e.id for e in read.entries}
    assert other.feed.id == read.feed.id


def test_a_feed_holds_no_more_than_its_setting_and_needs_a_state(desk):
    with comity.open(desk, settings=Settings(feed_entries=2)) as led:
        assert len(feedparser.parse(led.export_as("atom", "RUS")).entries) == 2
        with pytest.raises(comity.InputError, match="name them"):
            led.export_as("atom")


def test_what_no_xml_may_hold_breaks_no_feed(tmp_path):
    path = tmp_path / "odd.jsonl"
    title, text = "A <b>&\u0001\uffff title", "Kenya and Uganda signed a trade agreement."
    row = {"id": "o", "title": title, "date": "2020-09-22", "text": text}
    path.write_text(json.dumps(row), encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(path)
        read = feedparser.parse(led.export_as("atom", "KEN", "UGA"))
    assert not read.bozo
    assert len(read.entries) >= 1


def test_reports_are_cited_as_ris_with_address_day_and_version(led):
    read = rispy.loads(led.export_as("ris", "RUS", "MNG"))
    assert len(read) == len({d for f in led.facts("RUS", "MNG") for d in f.documents})
    one = next(r for r in read if r.get("urls") == ["https://other.example/trade"])
    assert one["type_of_reference"] == "NEWS"
    assert one["title"] == "Trade & {customs} talks: 100% done"
    assert (one["year"], one["date"], one["secondary_title"]) == ("2020", "2020/09/22/", "other.example")
    assert one["access_date"] == date.today().strftime("%Y/%m/%d/")  # noqa: DTZ011
    assert "Comity" in one["edition"]
    assert "sha256" in one["edition"]


def test_reports_are_cited_as_bibtex_whatever_their_titles_hold(led):
    read = bibtexparser.parse_string(led.export_as("bibtex", "RUS", "MNG"))
    assert not read.failed_blocks
    assert len(read.entries) == len({e.key for e in read.entries})
    one = next(e for e in read.entries if "url" in e.fields_dict and e["url"] == "https://other.example/trade")
    assert one["title"] == r"{Trade \& \textbraceleft{}customs\textbraceright{} talks: 100\% done}"
    assert (one["year"], one["date"]) == ("2020", "2020-09-22")
    assert "Comity" in one["version"]


def test_one_fact_is_cited_with_its_quote_and_its_reports_and_one_report_alone(led):
    fact = next(f for f in led.facts("RUS", "MNG", kinds=("visit",)) if f.status == "planned")
    reported, report = rispy.loads(led.export_as("ris", fact.id, base="http://127.0.0.1:8000"))
    assert (reported["type_of_reference"], reported["urls"]) == ("DATA", [f"http://127.0.0.1:8000/fact/{fact.id}"])
    assert fact.lead.quote in reported["notes"][0]
    assert report["urls"] == ["https://news.example/plan?a=1&b=2"]
    assert len(rispy.loads(led.export_as("ris", "plan"))) == 1
    assert rispy.loads(led.export_as("ris", fact.documents[0])) == [report]


def test_an_id_of_nothing_is_refused_with_the_way_out(led):
    with pytest.raises(comity.FactError, match="no fact and no report"):
        led.export_as("ris", "fact:visit:0")
    with pytest.raises(comity.FactError, match="Mongolia"):
        led.export_as("ris", "Mongolai")
    with pytest.raises(comity.InputError, match="two states"):
        led.export_as("brief", "RUS")
    with pytest.raises(comity.InputError, match="none of the forms"):
        led.export_as("docx", "RUS", "MNG")


def test_a_workbook_has_a_sheet_a_table_and_says_where_it_is_from(led):
    book = openpyxl.load_workbook(io.BytesIO(led.export_as("xlsx", "RUS", "MNG", on="2020-10-01")))
    assert {"chronicle", "events", "agreements", "visits", "reports", "about"} <= set(book.sheetnames)
    events = list(book["events"].values)
    table = led.events("RUS", "MNG")
    assert events[0] == table.columns
    assert len(events) - 1 == len(table)
    assert any("sha256" in str(v) for _, v in book["about"].values)


def test_a_text_in_a_workbook_never_becomes_a_formula_and_long_ones_end_with_an_ellipsis():
    rows = (("=1+1", "http://e.example", "w" * 40_000), (None, 1.5, float("nan")))
    made = workbook({"a/b": Table(("x", "y", "z"), rows)}, {})
    sheet = openpyxl.load_workbook(io.BytesIO(made))["a b"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "=1+1"
    assert sheet["B2"].hyperlink is None
    assert len(sheet["C2"].value) == 32_767
    assert sheet["C2"].value.endswith("…")
    assert (sheet["A3"].value, sheet["B3"].value, sheet["C3"].value) == (None, 1.5, "nan")
    assert made == workbook({"a/b": Table(("x", "y", "z"), rows)}, {})


def test_a_brief_is_one_file_that_loads_nothing_and_names_its_source(led):
    page = led.export_as("brief", "RUS", "MNG", on="2020-09-30")
    assert "<svg" in page
    assert "Coming up" in page
    assert "Source: Comity" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").partition("<main>")[0].replace("http-equiv", "")
    assert "<script" not in page


def test_a_strip_to_embed_carries_its_source_line(led):
    from xml.etree import ElementTree as ET

    drawn = led.export_as("svg", "RUS", "MNG", on="2020-09-30", base="http://127.0.0.1:8000")
    root = ET.fromstring(drawn)
    lines = [e.text for e in root.iter() if "source" in e.get("class", "")]
    said = " ".join(lines)
    assert said.startswith("Source: Comity")
    assert "http://127.0.0.1:8000/dyad/RUS/MNG?on=2020-09-30" in said
    last = max(float(e.get("y")) for e in root.iter() if "source" in e.get("class", ""))
    assert last < float(root.get("height"))


def test_the_command_writes_files_and_marks_a_csv_for_spreadsheets(desk, tmp_path):
    import subprocess
    import sys

    def said(*words: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-m", "comity.cli", *map(str, words)], capture_output=True, check=False)

    done = said("export", desk, "RUS", "MNG", "--format", "csv", "--bom")
    assert done.stdout.startswith(b"\xef\xbb\xbfid,")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert rows
    for command in (
        ("agreements", desk, "RUS", "MNG"),
        ("search", desk, "trade"),
        ("changes", desk, "--since", "2020-01-01"),
        ("treaties",),
        ("glossary",),
    ):
        marked, plain = (said(*command, "--format", "csv", *more).stdout for more in (("--bom",), ()))
        assert len(plain.splitlines()) > 1, command
        assert marked == b"\xef\xbb\xbf" + plain, command
    book = said("export", desk, "RUS", "MNG", "--format", "xlsx", "--output", tmp_path / "b.xlsx")
    assert book.returncode == 0
    assert "events" in openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames
    assert said("export", desk, "RUS", "MNG", "--format", "xlsx").returncode == 2
    assert said("export", desk, "RUS", "--format", "brief").returncode == 1
    whole = said("export", desk)
    assert all(json.loads(line) for line in whole.stdout.splitlines())
    assert said("export", desk, "RUS", "MNG").returncode == 2
