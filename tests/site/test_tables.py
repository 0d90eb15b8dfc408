"""The pages of events, visits and figures, and the glossary, as a visitor asks them."""

import asyncio
import csv
import html
import io
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

import comity
from comity.knowledge.plain_words import event_phrase, plain_words
from comity.settings import Settings
from comity.site.app import site_of


def asked(site, path, **query):
    found = site.get(f"{path}?{urlencode(query, doseq=True)}")
    assert found.status == 200, found.text[:400]
    return found


def rows(site, path, **query):
    return list(csv.DictReader(io.StringIO(asked(site, f"{path}.csv", **query).text)))


def test_events_of_one_side_are_listed_with_plain_words_and_their_report(site):
    held = rows(site, "/events", actor="Russia")
    assert held
    assert all("RUS" in r["actor"].split() for r in held)
    first = held[0]
    assert first["means"] == event_phrase(first["event"], first["mode"] or None)
    assert {"confidence", "published", "title", "outlet", "url", "actor_names"} <= set(first)
    page = asked(site, "/events", actor="Russia").text
    assert f'<abbr title="{first["means"]}">{first["event"]}' in page
    assert f"/fact/{first['id']}" in page


@pytest.mark.parametrize("path", ["/events", "/visits", "/figures"])
def test_the_page_its_csv_and_its_json_hold_the_same_facts(site, path):
    ids = [r["id"] for r in rows(site, path)]
    data = asked(site, f"{path}.json").json()
    assert data["total"] == len(ids)
    assert [r["id"] for r in data["rows"]] == ids[: len(data["rows"])]
    page = asked(site, path).text
    assert all(f"/fact/{i}" in page for i in ids[: len(data["rows"])])


def test_the_newest_come_first_and_the_oldest_where_that_is_chosen(site):
    days = [r["last"] for r in rows(site, "/events")]
    known = [d for d in days if d]
    assert len(set(known)) > 1
    assert known == sorted(known, reverse=True)
    # what has no last day is last whichever way
    assert days[: len(known)] == known
    oldest = [r["last"] for r in rows(site, "/events", sort="last") if r["last"]]
    assert oldest == sorted(known)
    assert re.search(r'aria-sort="descending"><a [^>]*>Day</a>', asked(site, "/events").text)
    # what the form leaves empty is no order
    assert [r["last"] for r in rows(site, "/events", sort="")] == days
    assert '<option value="last" selected>oldest first' in asked(site, "/events", sort="last").text
    assert "by place, from the most on" in asked(site, "/visits", sort="-place").text


def test_visits_are_counted_by_who_and_where(site):
    counted = rows(site, "/visits", by=["visitor", "host"])
    occurred = rows(site, "/visits", status="occurred")
    assert sum(int(r["visits"]) for r in counted) >= len(occurred)
    most = [int(r["visits"]) for r in counted]
    assert most == sorted(most, reverse=True)
    assert "Visitor" in asked(site, "/visits", by=["visitor", "host"]).text


def test_words_are_searched_and_columns_sort_both_ways(site):
    every = rows(site, "/events")
    word = re.findall(r"[A-Za-z]{6,}", every[0]["quote"])[0]
    held = rows(site, "/events", search=word.upper())
    assert 0 < len(held) <= len(every)
    assert every[0]["id"] in {r["id"] for r in held}
    up = [r["confidence"] for r in rows(site, "/events", sort="confidence")]
    down = [r["confidence"] for r in rows(site, "/events", sort="-confidence")]
    assert [float(c) for c in up] == sorted(float(c) for c in up)
    assert [float(c) for c in down] == sorted((float(c) for c in down), reverse=True)


def test_agreements_are_asked_for_as_the_command_asks_for_them(site, asia):
    on = "2020-06-01"
    narrowed = []
    with comity.open(asia) as led:
        for query, words in (
            ({"subject": "friendship"}, {"subject": "friendship"}),
            ({"type": "treaty", "ends": "2023"}, {"types": ["treaty"], "ends": "2023"}),
            ({"min-confidence": "0.9"}, {"min_confidence": 0.9}),
            ({"said-by": "Russia"}, {"said_by": "Russia"}),
            ({"search": "partnership"}, {"search": "partnership"}),
        ):
            listed = led.agreements("RUS", "MNG", on=on, **words)
            held = rows(site, "/agreements", state=["RUS", "MNG"], on=on, **query)
            assert [r["id"] for r in held] == [r["id"] for r in listed], query
            narrowed.append(len(held))
            if held:
                assert list(held[0]) == list(listed.columns)
        every = led.agreements("RUS", "MNG", on=on)
    assert any(0 < n < len(every) for n in narrowed)
    down = rows(site, "/agreements", state=["RUS", "MNG"], on=on, sort="-confidence")
    assert [float(r["confidence"]) for r in down] == sorted((r["confidence"] for r in every), reverse=True)
    page = html.unescape(asked(site, "/agreements", state="MNG", on=on, subject="zeppelins").text)
    assert "No agreement of Mongolia on zeppelins" in page


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("type=treety", "treaty"),
        ("stage=in+forse", "in force"),
        ("area=traid", "trade"),
        ("sort=confidense", "confidence"),
        ("ends=someday", "someday"),
        ("min-confidence=7", "between 0 and 1"),
    ],
)
def test_an_agreement_of_no_such_code_is_refused_with_the_near_ones(site, query, near):
    found = site.get(f"/agreements.json?{query}")
    assert found.status == 400
    assert near in found.json()["detail"]


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("type=SANKTION", "SANCTION"),
        ("actor=Mongola", "Mongolia (MNG)"),
        ("sort=confidense", "confidence"),
        ("by=years", "year"),
        ("min-confidence=7", "between 0 and 1"),
    ],
)
def test_what_there_is_not_is_refused_with_the_near_ones(site, query, near):
    found = site.get(f"/events.json?{query}")
    assert found.status == 400
    assert near in found.json()["detail"]


def test_the_glossary_has_every_code_and_every_page_leads_to_it(site):
    page = site.get("/glossary").text
    for word in plain_words().values():
        assert word.phrase.replace('"', "&#34;") in page
    assert '<a href="/glossary">' in site.get("/events").text


def page_of(app, path):
    """The body of a page, asked without a socket."""
    address, _, query = path.partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": address,
        "raw_path": address.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", b"127.0.0.1")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    sent = []

    async def receive():
        await asyncio.sleep(0 if not sent else 60)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    # a browser of other tests may hold a loop of its own in this thread
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    return b"".join(m.get("body", b"") for m in sent).decode()


def test_a_very_large_ledger_asks_for_a_state_first(asia):
    app = site_of(asia, settings=Settings(serve_facts=1))
    assert "Choose a state to list them" in page_of(app, "/events")
    assert "/fact/" in page_of(app, "/events?state=RUS")
