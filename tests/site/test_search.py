"""The page that searches the reports, as a visitor asks it."""

import csv
import io
import re

import pytest


def test_the_head_of_every_page_has_a_box_that_searches(site):
    for path in ("/", "/states", "/agreements", "/coverage", "/about", "/search"):
        text = site.get(path).text
        assert '<form class="find" action="/search"' in text, path


def test_reports_are_shown_with_the_match_marked_and_links_to_report_and_facts(site):
    text = site.get("/search?words=ratified&state=Russia&state=MNG").text
    assert "<mark>ratified</mark>" in text
    report = re.search(r'href="(/document/\w+)"', text)
    fact = re.search(r'href="(/fact/fact:[^"]+)"', text)
    assert report
    assert fact
    assert "ratified" in site.get(report[1]).text
    assert "ratified" in site.get(fact[1]).text


def test_what_was_typed_stays_in_the_form_where_it_cannot_be_answered(site):
    answer = site.get("/search?words=treaty&state=Mongola&from=2019-01-01")
    assert answer.status == 200
    assert "did you mean Mongolia (MNG)?" in answer.text
    assert 'value="Mongola"' in answer.text
    assert 'value="treaty"' in answer.text
    assert 'value="2019-01-01"' in answer.text
    assert site.get("/search.json?words=treaty&state=Mongola").status == 400


def test_no_hit_says_what_was_looked_for_and_what_there_is(site):
    text = site.get("/search?words=treety").text
    assert "0 of 12 reports hold: treety" in text
    assert "near words that some do: treaty" in text
    assert "The ledger holds 12 reports" in text


def test_the_same_answer_comes_as_data(site):
    made = site.get("/search.json?words=treaty&order=newest").json()
    days = [x["published"] for x in made["found"]]
    assert made["reports"] == len(days) == 12
    assert days == sorted(days, reverse=True)
    rows = list(csv.DictReader(io.StringIO(site.get("/search.csv?words=treaty").text)))
    assert {r["document"] for r in rows} == {x["document"] for x in made["found"]}


@pytest.mark.parametrize(
    "words", ["%22", "*", "a%20OR%20%22", "NEAR(a%20b)", "%3Cscript%3E", "title%3Ax", "-", "%F0%9F%98%80"]
)
def test_odd_words_are_answered_and_nothing_of_them_is_run(site, words):
    answer = site.get(f"/search?words={words}")
    assert answer.status == 200
    assert "<script>" not in answer.text


def test_a_page_that_does_not_exist_leads_back(site):
    text = site.get("/search?words=treaty&page=9").text
    assert "There is no page 9" in text
    assert "/search?words=treaty&amp;page=1" in text


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_visitor_searches_from_any_page_at_any_width(site, browser, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    spoken: list[str] = []
    page.on("console", lambda m: spoken.append(m.text) if m.type in {"error", "warning"} else None)
    page.goto(f"{site.address}/about")
    page.get_by_role("searchbox", name="Search the reports").fill("ratified")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?words=ratified")
    mark = page.locator(".found mark").first
    box = mark.bounding_box()
    assert mark.inner_text() == "ratified"
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert spoken == []
    context.close()
