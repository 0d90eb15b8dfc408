"""The eight questions of a Monday morning, asked on the pages of the bundled sample as a visitor's form sends them."""

import csv
import html
import io
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

TODAY = "2026-11-29"
FISHERIES = {"subject": "fisheries", "on": TODAY}
QUESTIONS = {
    "who sanctions Russia year by year": (
        "/events", {"type": "SANCTION", "recipient": "Russia", "by": ["actor", "year"]},
    ),
    "who visited whom most": ("/visits", {"by": ["visitor", "host"]}),
    "which treaties end next year": ("/agreements", {"type": "treaty", "ends": "next year", "on": TODAY}),
    "every agreement on fisheries": ("/agreements", FISHERIES),
    "what China said of the United States": ("/events", {"state": "USA", "said-by": "China"}),
    "which figures of trade there are between China and the United States": (
        "/figures", {"state": ["China", "USA"], "measure": ["trade", "exports", "imports"], "sort": "-value"},
    ),
    "which events are surer than nine in ten in one outlet": (
        "/events", {"min-confidence": "0.9", "outlet": "northern-wire.example"},
    ),
    "who visited Mongolia from 2014 to 2019": ("/visits", {"host": "MNG", "from": "2014", "to": "2019"}),
}  # fmt: skip
"""Each question with the page that answers it and what its form sends."""


@pytest.fixture(scope="module")
def site(sample, serve) -> Iterator[object]:
    """The sample served."""
    with serve(sample) as server:
        yield server


@pytest.fixture(scope="module")
def answered(opened_sample):
    """What the library answers to each question: columns and rows."""
    return dict(
        zip(
            QUESTIONS,
            (
                opened_sample.events(types="SANCTION", recipients="Russia", by=["actor", "year"]),
                opened_sample.visits(by=["visitor", "host"]),
                opened_sample.agreements(types=["treaty"], ends="next year", on=TODAY),
                opened_sample.agreements(subject="fisheries", on=TODAY),
                opened_sample.events("USA", said_by="China"),
                opened_sample.figures("China", "USA", measures=["trade", "exports", "imports"], sort="-value"),
                opened_sample.events(min_confidence=0.9, outlet="northern-wire.example", sort="-last"),
                opened_sample.visits(hosts="MNG", since="2014", until="2019"),
            ),
            strict=True,
        )
    )


def asked(site, path, query):
    found = site.get(f"{path}?{urlencode(query, doseq=True)}")
    assert found.status == 200, found.text[:400]
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_page_answers_as_the_library_does(site, answered, question):
    path, query = QUESTIONS[question]
    known = answered[question]
    assert len(known) > 0
    rows = list(csv.DictReader(io.StringIO(asked(site, f"{path}.csv", query).text)))
    if "by" in query:
        # counts: every row with its number
        assert [list(r.values()) for r in rows] == list(csv.reader(io.StringIO(known.csv())))[1:]
    else:
        assert sorted(r["id"] for r in rows) == sorted(r["id"] for r in known)
    data = asked(site, f"{path}.json", query).json()
    data = data["agreements"] if path == "/agreements" else data
    assert data["total"] == len(rows)


@pytest.mark.parametrize("question", [q for q, (_, query) in QUESTIONS.items() if "by" not in query])
def test_the_answer_is_read_on_the_page_with_its_evidence_a_link_away(site, answered, question):
    path, query = QUESTIONS[question]
    page = html.unescape(asked(site, path, query).text)
    shown = [r for r in answered[question] if f"/fact/{r['id']}" in page or f"/agreement/{r['id']}" in page]
    # the first stretch of a long answer, the whole of a short one
    assert len(shown) == min(len(answered[question]), 50) or len(shown) >= 20
    one = shown[0]
    fact = site.get(f"/fact/{one['id']}")
    assert fact.status == 200
    assert "<mark" in fact.text


@pytest.mark.parametrize("question", [q for q, (_, query) in QUESTIONS.items() if "by" in query])
def test_counts_are_read_on_the_page_by_the_names_of_the_states(site, answered, question):
    path, query = QUESTIONS[question]
    page = html.unescape(asked(site, path, query).text)
    first = next(iter(answered[question]))
    side = "actor" if path == "/events" else "visitor"
    assert first[f"{side}_name"] in page
    assert str(first["events" if path == "/events" else "visits"]) in page


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_form_still_holds_what_was_asked_and_its_files_are_of_the_same_question(site, question):
    path, query = QUESTIONS[question]
    page = html.unescape(asked(site, path, query).text)
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    files = [link for link in links if link.startswith(f"{path}.csv?")]
    assert files
    for name, value in query.items():
        for one in [value] if isinstance(value, str) else value:
            assert urlencode({name: one}) in files[0], name


def test_an_agreement_on_fisheries_says_so_in_its_title(site, answered):
    titles = [r["title"].lower() for r in answered["every agreement on fisheries"]]
    page = html.unescape(asked(site, "/agreements", FISHERIES).text).lower()
    assert any("fish" in t for t in titles)
    assert all(t in page for t in titles)


def test_a_question_that_nothing_answers_says_what_there_is_instead(site):
    page = html.unescape(asked(site, "/visits", {"host": "FJI"}).text)
    assert "No visit to Fiji is reported; there are " in page
    assert "on visits" in page.partition("No visit to Fiji")[2]


def test_nothing_new_says_what_there_is_instead(site):
    page = html.unescape(asked(site, "/changes", {"state": ["France", "Kenya"], "since": "2000"}).text)
    assert "No change of France and Kenya since 2000-01-01" in page
    assert "nothing is reported of them together, but of France with " in page


def test_a_title_names_a_state_however_it_was_typed(site):
    for typed in ("China", "chn", "CN"):
        assert "Events by China" in asked(site, "/events", {"actor": typed}).text
