"""The page of what changed: the same answer as the command, with a form and a permalink."""

import csv
import io
from xml.etree import ElementTree as ET

import comity


def test_the_page_shows_what_the_library_gives_in_every_form(site, asia):
    with comity.open(asia) as led:
        rows = list(led.changes("RUS", "MNG", since="2000"))
    query = "?since=2000-01-01&state=RUS&state=Mongolia"
    assert len(rows) > 5
    page = site.get("/changes" + query)
    assert page.status == 200
    assert "What changed: Russia and Mongolia" in page.text
    made = site.get("/changes.json" + query).json()
    assert {c["id"] for g in made["groups"] for c in g["changes"]} == {r["id"] for r in rows}
    table = csv.DictReader(io.StringIO(site.get("/changes.csv" + query).text))
    assert sorted(r["id"] for r in table) == sorted(r["id"] for r in rows)
    feed = site.get("/changes.atom" + query)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    entries = ET.fromstring(feed.text).findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == len(rows)
    links = [e.find("{http://www.w3.org/2005/Atom}link").get("href") for e in entries]
    assert all(link.startswith(site.address + "/fact/fact:") for link in links)


def test_only_some_changes_are_shown_where_these_are_asked_for(site):
    made = site.get("/changes.json?since=2000&change=judgement").json()
    assert made["groups"] == []
    assert made["summary"] == "nothing new"
    assert "The last report came in on" in site.get("/changes?since=2000&change=judgement").text


def test_a_bad_day_or_state_or_change_is_refused_and_says_what_fits(site):
    assert site.get("/changes.json?since=soon").status == 400
    assert site.get("/changes.json?change=news").status == 400
    assert site.get("/changes.json?since=2024-05-02&until=2024-05-01").status == 400
    assert site.get("/changes.json?state=Mongoliaa").status == 400
