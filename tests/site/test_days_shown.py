"""The days that a strip shows: where it opens, what it offers, and that the headline and its lanes follow them."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import comity
from comity.analysis.canvas import View
from comity.analysis.chronicle import Choice
from comity.analysis.drawing import slider, slider_days, svg
from comity.analysis.headline import headline
from comity.analysis.strip import opening
from comity.document.document import Document
from comity.ledger import ingest
from comity.ledger.interval import Interval
from comity.ledger.store import Writer
from comity.records.record import Actor, DocumentRecord, Event, EventScale
from comity.settings import DEFAULTS, Settings

_SPACE = "{http://www.w3.org/2000/svg}"
DAYS = st.lists(st.dates(date(1900, 1, 1), date(2030, 1, 1)), min_size=1, max_size=60)


def stored(path, days, settings=DEFAULTS):
    """Kenya and Uganda as the ledger has them from one record of help a day, none of it read from a text."""
    writer = Writer(path)
    readings = []
    for n, day in enumerate(days):
        key, quote = f"r{n}", f"help number {n}"
        event = Event(
            id=f"event:{key}", document=key, quote=quote, part="text", start=0, end=len(quote), event="AID",
            actor=(Actor(text="Kenya", state="KEN"),), recipient=(Actor(text="Uganda", state="UGA"),), quad_code=2,
            event_scale=EventScale(name="plover", version="2.0", value=6.0), date=day,
        )  # fmt: skip
        document = Document(id=key, text=f"{quote} came. " * 3, published=day, text_sha256=key)
        readings.append((document, [DocumentRecord(id=key, document=key), event]))
    ingest.store(writer, ingest.Batch(readings=readings))
    writer.publish()
    writer.close()
    with comity.open(path, settings=settings) as led:
        return led.dossier("KEN", "UGA", on="2020-12-31").strip


@pytest.fixture(scope="module")
def strip(tmp_path_factory):
    """Kenya and Uganda with one event, and the event itself, to be set on other days."""
    found = stored(tmp_path_factory.mktemp("days") / "east.duckdb", ["2019-03-01"])
    return found, found.items[0]


def on_days(strip, event, days, value=4.0):
    """The strip with one event a day."""
    items = tuple(
        replace(event, fact=f"fact:event:{n}", when=Interval(d, d), date=d.isoformat(), value=value)
        for n, d in enumerate(days)
    )
    return replace(
        strip,
        items=items,
        bars=(),
        first=min(days),
        last=strip.on,
        opening=opening(days, strip.on, DEFAULTS.strip_share),
    )


@given(DAYS, st.floats(0.5, 1.0))
def test_it_opens_on_a_span_that_holds_the_share_asked_for_and_the_latest_day(days, share):
    first, last = opening(days, date(2020, 1, 1), share)
    inside = [d for d in days if first <= d <= last]
    assert len(inside) >= share * len(days) - 1e-6
    past = [d for d in days if d <= date(2020, 1, 1)]
    assert not past or max(past) in inside
    assert (last - first).days >= 365


def test_a_single_event_a_century_ago_is_offered_and_does_not_stretch_the_strip(strip):
    found, event = strip
    many = [date(2010 + n // 12, n % 12 + 1, 5) for n in range(60)]
    shown = on_days(found, event, [date(1911, 5, 5), *many])
    first, last = shown.window(Choice())
    assert (first, last) == (min(many), max(many))
    assert shown.outside() == (1, 0)
    spans = {words: (f, t) for words, f, t in shown.presets()}
    assert {"1 year", "all"} <= set(spans)
    assert spans["all"][0] == date(1911, 5, 5)
    assert spans["1 year"][1] == last
    head = ET.fromstring(svg(shown, View()))
    names = [t.text for t in head.iter(f"{_SPACE}text") if t.get("class") == "lane-name"]
    assert "Events (60 of 61)" in names


def test_the_share_is_a_setting(tmp_path):
    days = ["1990-03-01", "2019-03-01"]
    halves = stored(tmp_path / "half.duckdb", days, Settings(strip_share=0.5))
    whole = stored(tmp_path / "whole.duckdb", days, Settings(strip_share=1.0))
    assert halves.window(Choice())[0].year == 2018
    assert whole.window(Choice())[0].year == 1990


def test_the_headline_counts_what_the_lanes_show_of_the_days_chosen(strip):
    found, event = strip
    shown = on_days(found, event, [date(2018, 5, 5), date(2019, 5, 5), date(2019, 6, 5)])
    choice = Choice(first=date(2019, 1, 1), last=date(2019, 12, 31), statuses=("occurred",))
    words = headline(shown, choice)
    assert words.startswith("From 2019-01-01 to 2019-12-31 Kenya and Uganda have ")
    assert "2 events (2 of cooperation, 0 of conflict)" in words
    drawn = svg(shown, View(choice=choice))
    assert ">Events (2)<" in drawn


def test_the_page_says_what_it_counts_of_the_days_chosen(site):
    text = site.get("/dyad/RUS/MNG?on=2020-12-31&from=2019-01-01&to=2019-12-31&part=lanes").text
    headline_told = re.search(r'<div id="headline">\s*<p class="summary">([^<]+)', text)[1]
    data = site.get("/dyad/RUS/MNG.json?on=2020-12-31&from=2019-01-01&to=2019-12-31").json()
    assert data["chosen"] == headline_told.replace("&#39;", "'")
    events = int(re.search(r"and (\d+) event", headline_told)[1])
    assert re.search(rf">Events \({events}( of|\))", text)
    assert site.get("/dyad/RUS/MNG.json?on=2020-12-31").json()["chosen"] is None


def test_the_presets_lead_to_days_and_clear_leads_back(site):
    plain = site.get("/dyad/RUS/MNG?on=2020-12-31").text
    assert re.search(r'<a href="[^"]*from=[^"]*" data-turn>all</a>', plain)
    assert ">clear</a>" not in plain
    address = re.search(r'<a href="([^"]+)" data-turn>all</a>', plain)[1].replace("&amp;", "&")
    whole = site.get(address).text
    assert re.search(r'data-turn aria-current="true">all</a>', whole)
    assert re.search(r'<a href="/dyad/RUS/MNG\?on=2020-12-31" data-turn>clear</a>', whole)


def net(drawn: str) -> str | None:
    return next((e.get("d") for e in ET.fromstring(drawn).iter(f"{_SPACE}path") if e.get("class") == "net"), None)


def test_the_line_of_the_mean_is_drawn_for_months_with_enough_events_only(strip, site):
    found, event = strip
    few = [date(2019, 3, d) for d in range(1, DEFAULTS.net_events)]
    enough = [date(2019, 6, d) for d in range(1, DEFAULTS.net_events + 1)]
    assert net(svg(on_days(found, event, few), View())) is None
    path = net(svg(on_days(found, event, few + enough), View()))
    assert path.count("M") == 1
    assert net(svg(on_days(found, event, few), View(net_events=1))) is not None
    legend = re.search(r'class="key net">([^<]+)', site.get("/dyad/RUS/MNG").text)[1]
    assert f"{DEFAULTS.net_events} events or more" in legend


@pytest.mark.parametrize("width", [358, 736, 1100])
def test_a_day_lies_at_the_same_place_on_the_strip_and_on_the_axis_under_it(strip, width):
    found, event = strip
    shown = on_days(found, event, [date(2001, 5, 5), date(2008, 5, 5), date(2019, 6, 5)])
    view = View(width=width)

    def named(drawn: str) -> dict[str, str]:
        tree = ET.fromstring(drawn)
        return {t.text: t.get("x") for t in tree.iter(f"{_SPACE}text") if re.fullmatch(r"\d{4}", t.text or "")}

    above, under = named(svg(shown, view)), named(slider(shown, view))
    both = set(above) & set(under)
    assert len(both) >= 2
    assert {y: above[y] for y in both} == {y: under[y] for y in both}
    assert slider_days(shown, Choice()) == shown.window(Choice())


def test_marks_are_as_large_as_a_finger_needs_where_the_strip_is_narrow(strip):
    found, event = strip
    shown = on_days(found, event, [date(2019, 5, 5), date(2019, 9, 5)])
    narrow, wide = (svg(shown, View(width=w)) for w in (358, 1100))
    hits = [e for e in ET.fromstring(narrow).iter(f"{_SPACE}circle") if e.get("class") == "hit"]
    assert len(hits) == 2
    assert all(2 * float(e.get("r")) >= 24 for e in hits)
    assert 'class="hit"' not in wide


def test_many_days_of_one_choice_never_break_the_drawing(strip):
    found, event = strip
    shown = on_days(found, event, [date(2001, 5, 5), date(2019, 6, 5)])
    for choice in (
        Choice(first=date(2019, 6, 5), last=date(2019, 6, 5)),
        Choice(first=date(2050, 1, 1)),
        Choice(last=date(1900, 1, 1)),
    ):
        first, last = shown.window(choice)
        assert first < last
        assert svg(shown, View(choice=choice)).startswith("<svg")
        assert slider(shown, View(choice=choice)).startswith("<svg")
