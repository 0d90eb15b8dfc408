"""What other programs take from the pages: calendars, feeds, references, workbooks, the printed brief."""

import csv
import io
import re

import bibtexparser
import feedparser
import icalendar
import openpyxl
import pytest
import rispy


def test_two_states_are_a_calendar_a_feed_and_references(site):
    ics = site.get("/dyad/RUS/MNG.ics?on=2020-06-01")
    assert ics.headers["content-type"] == "text/calendar; charset=utf-8"
    assert icalendar.Calendar.from_ical(ics.text).walk("VEVENT")
    atom = site.get("/dyad/RUS/MNG.atom")
    assert atom.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(atom.text)
    assert not read.bozo
    links = {x.rel: x.href for x in read.feed.links}
    assert links["self"] == f"{site.address}/dyad/RUS/MNG.atom"
    assert site.get(links["alternate"].removeprefix(site.address)).status == 200
    assert site.get(read.entries[0].link.removeprefix(site.address)).status == 200
    assert rispy.loads(site.get("/dyad/RUS/MNG.ris").text)
    assert not bibtexparser.parse_string(site.get("/dyad/RUS/MNG.bib").text).failed_blocks


def test_a_fact_and_a_report_are_cited_each_at_its_own_address(site):
    row = site.get("/dyad/RUS/MNG.json").json()["chronicle"]["rows"][0]
    data, *reports = rispy.loads(site.get(f"/fact/{row['id']}.ris").text)
    assert data["accession_number"] == row["id"]
    assert data["urls"][0].startswith(f"{site.address}/fact/{row['id']}")
    assert len(reports) == row["reports"]
    (report,) = rispy.loads(site.get(f"/document/{row['document']}.ris").text)
    assert report["accession_number"] == row["document"]
    assert bibtexparser.parse_string(site.get(f"/fact/{row['id']}.bib").text).entries
    assert site.get("/document/0.ris").status == 404
    assert site.get("/dyad/RUS/RUS.ics").status == 400


def test_what_comes_up_is_a_page_and_a_calendar_of_the_whole_ledger(site):
    page = site.get("/calendar?on=2019-12-31&within=P60M")
    assert page.status == 200
    assert "Last day for notice" in page.text
    rows = site.get("/calendar.json?on=2019-12-31&within=P60M").json()["coming"]["rows"]
    events = icalendar.Calendar.from_ical(site.get("/calendar.ics?on=2019-12-31&within=P60M").text).walk("VEVENT")
    assert len(events) == len(rows)
    assert "Nothing is known" in site.get("/calendar?state=Chile").text
    assert site.get("/calendar.json?state=Atlantis").status == 400


def test_every_table_is_a_workbook_and_a_csv_with_a_mark_where_it_is_asked_for(site):
    for address in ("/dyad/RUS/MNG", "/states", "/agreements", "/calendar", "/queue"):
        rows = list(csv.reader(io.StringIO(site.get(f"{address}.csv").text)))
        made = site.get(f"{address}.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(made.body))
        assert book["rows"].max_row == max(1, len(rows))
        assert [c.value for c in book["rows"][1]] == rows[0]
        assert dict(book["about"].values)["citation"]
    assert site.get("/states.csv?bom=1").body.startswith(b"\xef\xbb\xbf")
    assert not site.get("/states.csv").body.startswith(b"\xef\xbb\xbf")


def test_the_drawing_alone_says_where_it_is_from(site):
    drawn = site.get("/dyad/RUS/MNG.svg").text
    assert "Source: Russia and Mongolia" in drawn
    assert "sha256" in drawn
    assert 'class="tick source"' not in site.get("/dyad/RUS/MNG").text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_brief_prints_on_one_page(site, browser, paper, tmp_path, asia):
    import comity

    alone = tmp_path / "brief.html"
    with comity.open(asia) as led:
        alone.write_text(led.export_as("brief", "RUS", "MNG", on="2020-09-22"), encoding="utf-8")
    page = browser.new_page()
    for address in (f"{site.address}/dyad/RUS/MNG/brief?on=2020-09-22", alone.as_uri()):
        page.goto(address)
        made = page.pdf(format=paper)
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1
    page.close()


def test_a_brief_of_a_pair_of_which_much_is_reported_prints_on_one_page(browser, tmp_path, sample):
    import comity

    page = browser.new_page()
    with comity.open(sample) as led:
        query = "SELECT block FROM standing WHERE block LIKE '___ ___' GROUP BY 1 ORDER BY count(*) DESC LIMIT 3"
        most = led.rows(query, [])
        for (block,) in most:
            path = tmp_path / f"{block}.html"
            path.write_text(led.export_as("brief", *block.split(), on="2019-12-31", within="P10Y"), encoding="utf-8")
            for paper in ("A4", "Letter"):
                page.goto(path.as_uri())
                assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1, (block, paper)
    page.close()
