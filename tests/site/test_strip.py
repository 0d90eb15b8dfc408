"""The strip: what its lanes show of the facts, and that it is one drawing for page, file and notebook."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import comity
from comity.analysis.axis import Axis
from comity.analysis.canvas import View
from comity.analysis.chronicle import Choice
from comity.analysis.drawing import svg
from comity.analysis.pull import Pull, Rival
from comity.document.document import Document
from comity.ledger import ingest
from comity.ledger.store import Writer
from comity.records.record import Actor, DocumentRecord, Event, EventScale, Visit

_SPACE = "{http://www.w3.org/2000/svg}"


def lane(drawing: str, which: str) -> ET.Element:
    tree = ET.fromstring(drawing)
    return next(g for g in tree.iter(f"{_SPACE}g") if g.get("data-lane") == which)


def marks(drawing: str, which: str) -> list[ET.Element]:
    return [g for g in lane(drawing, which) if (g.get("class") or "").startswith("m ")]


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """Kenya and Uganda: help by two sources, threats by one, a meeting in a month, visits both ways."""
    path = tmp_path_factory.mktemp("strip") / "east.duckdb"
    writer = Writer(path)
    readings = []
    events = (
        ("AID", 6.0, "2019-03-01", "help", 2), ("THREATEN", -6.0, "2019-05-02", "threats", 1),
        ("CONSULT", 2.5, "2019-08", "talks", 1), ("AID", 6.0, None, "more help", 1),
    )  # fmt: skip
    for word, value, day, quote, copies in events:
        for n in range(copies):
            key = f"{word}{quote}{n}"
            event = Event(
                id=f"event:{key}", document=key, quote=quote, part="text", start=0, end=len(quote), event=word,
                actor=(Actor(text="Kenya", state="KEN"),), recipient=(Actor(text="Uganda", state="UGA"),), quad_code=1,
                event_scale=EventScale(name="plover", version="2.0", value=value), date=day,
            )  # fmt: skip
            readings.append(
                (
                    Document(id=key, text=f"{quote} {n} " * 3, published="2019-09-09", text_sha256=key),
                    [DocumentRecord(id=key, document=key), event],
                )
            )
    for host, guest, level in (("UGA", "KEN", "head of state"), ("KEN", "UGA", "minister")):
        visit = Visit(
            id=f"visit:{host}", document=host, quote="came", part="text", start=0, end=4, host=host, date="2019-06-06",
            visitors=(Actor(text=guest, state=guest),), level=level,
        )  # fmt: skip
        readings.append((Document(id=host, text="came " + host, published="2019-06-07", text_sha256=host), [visit]))
    ingest.store(writer, ingest.Batch(readings=readings))
    writer.publish()
    writer.close()
    with comity.open(path) as led:
        yield led.dossier("KEN", "UGA", on="2019-12-31")


def test_cooperation_lies_above_and_conflict_below_and_one_source_is_hollow(reported):
    drawn = {
        re.search(r"· ([A-Z]+)", m.find(f"{_SPACE}title").text)[1] + m.get("class"): m
        for m in marks(reported.plot(), "events")
    }
    zero = float(
        next(e.get("y1") for e in lane(reported.plot(), "events").iter(f"{_SPACE}line") if e.get("class") == "zero")
    )
    aid = next(m for k, m in drawn.items() if k.startswith("AID") and m.find(f"{_SPACE}circle") is not None)
    threat = next(m for k, m in drawn.items() if k.startswith("THREATEN"))
    assert float(aid.find(f"{_SPACE}circle").get("cy")) < zero < float(threat.find(f"{_SPACE}circle").get("cy"))
    assert ("one" in aid.get("class"), "one" in threat.get("class")) == (False, True)
    assert float(aid.find(f"{_SPACE}circle").get("r")) > float(threat.find(f"{_SPACE}circle").get("r"))


def test_a_date_known_to_the_month_is_a_bar_and_one_not_reported_points_back(reported):
    shapes = {
        re.search(r"· ([A-Z]+)", m.find(f"{_SPACE}title").text)[1]: [e.tag.removeprefix(_SPACE) for e in m][1:]
        for m in marks(reported.plot(), "events")
    }
    assert shapes["CONSULT"] == ["rect"]
    paths = [m for m in marks(reported.plot(), "events") if m.find(f"{_SPACE}path") is not None]
    assert ["day not reported, by 2019-09-09" in m.find(f"{_SPACE}title").text for m in paths] == [True]


def test_visits_lie_on_their_sides_and_rank_by_size(reported):
    by_side = {m.get("class").split()[2]: m.find(f"{_SPACE}path").get("d") for m in marks(reported.plot(), "visits")}
    assert set(by_side) == {"ab", "ba"}
    width = {k: float(re.search(r"h([\d.]+)", d)[1]) for k, d in by_side.items()}
    assert width["ab"] > width["ba"]


def test_months_without_any_report_are_marked_as_our_silence(reported):
    steps = [
        r.get("class")
        for r in lane(reported.plot(), "events").iter(f"{_SPACE}rect")
        if (r.get("class") or "").startswith("c")
    ]
    assert "c0" in steps
    assert set(steps) - {"c0"}


def test_agreements_are_thin_until_in_force_and_hatched_where_only_a_rule_says_so(mongolia):
    with comity.open(mongolia) as led:
        drawn = led.dossier("RUS", "MNG", on="2020-12-31").plot()
    bars = {m.find(f"{_SPACE}title").text.split(":")[0]: m for m in marks(drawn, "agreements")}
    new = bars["treaty on friendly relations and comprehensive strategic partnership"]
    old = next(
        m for t, m in bars.items() if t != "treaty on friendly relations and comprehensive strategic partnership"
    )

    def kinds(m):
        return [(e.get("class"), e.get("fill")) for e in m if e.tag != f"{_SPACE}title"]

    assert ("endless", None) in kinds(new)
    assert ("force", None) in kinds(new)
    assert ("force", "url(#inferred)") not in kinds(new)
    # the old one renewed itself from 2013 to 2020, which no source reports
    assert ("force", None) in kinds(old)
    assert ("force", "url(#inferred)") in kinds(old)
    assert ("end", None) in kinds(old)
    acts = [e.find(f"{_SPACE}title").text for e in new if e.get("class") == "act"]
    assert "approved by Russia, 2020-06-23" in acts
    thin, force = (next(e for e in new if e.get("class") == c) for c in ("thin", "force"))
    assert float(thin.get("x2")) <= float(force.get("x")) + 0.2


def test_a_year_without_a_figure_is_a_gap_in_a_rivals_line(reported):
    from dataclasses import replace

    shares = ((2017, 0.5), (2018, 0.6), (2019, None), (2020, 0.2), (2021, 0.3))
    pulled = Pull(
        of="UGA",
        measure="share",
        source="x",
        rivals=(Rival(code="KEN", shares=shares), Rival(code="TZA", shares=shares)),
    )
    strip = replace(reported.strip, pull=pulled, opening=(date(2016, 1, 1), date(2022, 1, 1)))
    group = lane(svg(strip), "pull")
    path = next(e for e in group.iter(f"{_SPACE}path") if e.get("class") == "share").get("d")
    assert path.count("M") == 2
    names = [t.text for t in group.iter(f"{_SPACE}text") if t.get("class") == "rival-name"]
    assert names == ["Kenya", "Tanzania"]


def test_a_choice_keeps_kinds_types_sources_and_days(reported):
    items = reported.strip.items
    assert {i.type for i in items if Choice(types=("AID",)).holds(i) and i.kind == "event"} == {"AID"}
    assert [i.independent for i in items if Choice(least=2).holds(i)] == [2]
    window = Choice(first=date(2019, 5, 1), last=date(2019, 6, 30), kinds=("event",))
    assert [i.type for i in items if window.holds(i)] == ["THREATEN"]


def test_more_events_than_can_be_distinguished_are_drawn_together_and_zoom(reported):
    from dataclasses import replace

    event = next(i for i in reported.strip.items if i.kind == "event" and i.exact)
    many = tuple(replace(event, fact=f"fact:event:{n}") for n in range(500))
    strip = replace(reported.strip, items=many)
    drawn = svg(strip, View(zoom=lambda first, last: f"?from={first}&to={last}"))
    found = marks(drawn.replace("<a ", "<g ").replace("</a>", "</g>"), "events")
    assert len(found) == 1
    assert found[0].find(f"{_SPACE}title").text.startswith("500 events")
    assert "from=2019" in found[0].get("href")


@given(st.dates(date(1800, 1, 1), date(2100, 1, 1)), st.integers(8, 90_000), st.integers(280, 2000))
def test_an_axis_names_days_that_lie_on_it_and_not_too_many(first, days, width):
    last = date.fromordinal(min(first.toordinal() + days, date(2300, 1, 1).toordinal()))
    axis = Axis(first, last, 12, width - 30)
    ticks = list(axis.ticks())
    assert all(first <= day <= last for day, _ in ticks)
    assert len(ticks) <= max(4, (width - 42) / 40 + 2)
    places = [axis.x(day) for day, _ in ticks]
    assert places == sorted(places)


def test_a_dossiers_file_needs_nothing_and_runs_nothing(mongolia, tmp_path, browser):
    with comity.open(mongolia) as led:
        page = led.dossier_as("html", "RUS", "MNG", on="2020-12-31")
        shown = led.dossier("RUS", "MNG", on="2020-12-31")._repr_html_()
    assert "<svg" in shown
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    path = tmp_path / "dossier.html"
    path.write_text(page, encoding="utf-8")
    context = browser.new_context(offline=True)
    opened = context.new_page()
    said = []
    opened.on("console", lambda m: said.append(m.text))
    opened.goto(path.as_uri())
    assert opened.locator("svg .lane").count() == 4
    # its styles hold under its own policy
    assert opened.locator(".summary").evaluate("e => getComputedStyle(e).fontSize") != "16px"
    opened.locator(".summary a").first.click()
    assert "#in-force" in opened.url
    assert said == []
    context.close()
