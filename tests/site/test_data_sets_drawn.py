"""What imported data sets contain is drawn: in the strip, on the map and in the coverage, each marked with its set."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import comity
from comity.analysis.canvas import View
from comity.analysis.chronicle import Choice
from comity.analysis.drawing import svg
from comity.analysis.pull import pull

SAMPLES = Path(__file__).parent.parent / "data_sets" / "samples"
FILES = {
    "cow_trade": ("cow_trade.csv", "cow_trade_national.csv"),
    "us_travels": ("us_travels.csv",),
    "colt": ("colt.csv",),
    "wti": ("wti.tsv",),
    "fbic": ("fbic.csv",),
    "sipri": ("sipri.csv",),
    "aiddata": ("aiddata.csv",),
    "icews": ("icews.tab",),
}
_SPACE = "{http://www.w3.org/2000/svg}"


def imported(path: Path, files: dict[str, tuple[str, ...]]) -> Path:
    with comity.open(path) as led:
        for kind, names in files.items():
            led.import_(kind, [SAMPLES / n for n in names])
    return path


@pytest.fixture(scope="module")
def sets(tmp_path_factory) -> Path:
    """A ledger of the samples of eight data sets, without a report."""
    return imported(tmp_path_factory.mktemp("sets") / "sets.duckdb", FILES)


@pytest.fixture(scope="module")
def sets_site(sets, serve) -> Iterator:
    with serve(sets) as server:
        yield server


def lane(found) -> ET.Element:
    strip = found.strip
    whole = Choice(first=strip.first, last=strip.last)
    tree = ET.fromstring(svg(strip, View(choice=whole)))
    return next(g for g in tree.iter(f"{_SPACE}g") if g.get("data-lane") == "sets")


def titles(found) -> list[str]:
    return [t.text for t in lane(found).iter(f"{_SPACE}title")]


def test_trade_arms_influence_treaties_visits_and_counts_stand_in_the_strip_each_with_its_set(sets):
    with comity.open(sets) as led:
        data = titles(led.dossier("RUS", "MNG", on="2020-12-31"))
        aid = titles(led.dossier("JPN", "MNG", on="2020-12-31"))
        names = {s.kind: s.name for s in led.sources()}
    for kind, words in (
        ("cow_trade", "trade, Mongolia and Russia"),
        ("sipri", "arms, Russia to Mongolia"),
        ("fbic", "fbic, Russia to Mongolia"),
        ("wti", "treaty"),
        ("colt", "Example Leader"),
        ("icews", "of cooperation"),
    ):
        assert any(words in t and names[kind] in t for t in data), f"{kind} is not drawn"
    assert any(t.startswith("aid, Japan to Mongolia") and names["aiddata"] in t for t in aid)


def test_a_year_without_a_figure_is_a_gap_and_not_nought(sets):
    with comity.open(sets) as led:
        series = {s.measure: dict(s.points) for s in led.dossier("CHN", "MNG", on="2024-12-31").strip.sets.series}
    # both directions of 1996 are not reported, and nothing of the years until 2014
    assert series["trade"][1996] is None
    assert series["trade"][2000] is None
    assert series["trade"][2014] == 7.5e9
    assert series["fbic"][2023] is None


def test_a_ledger_without_data_sets_has_no_lane_for_them(mongolia):
    with comity.open(mongolia) as led:
        assert 'data-lane="sets"' not in led.dossier("RUS", "MNG", on="2020-12-31").plot()


def test_what_was_known_on_a_day_leaves_data_sets_out(sets):
    with comity.open(sets) as led:
        assert not led.dossier("RUS", "MNG", on="2020-12-31", known="2020-01-01").strip.sets


def test_national_totals_are_asked_for_where_a_share_needs_them(tmp_path, sets):
    lacking = imported(tmp_path / "lacking.duckdb", {"cow_trade": ("cow_trade.csv",)})
    with comity.open(lacking) as led:
        found = pull(led, "MNG", "RUS")
        drawn = led.dossier("RUS", "MNG", on="2020-12-31").plot()
    assert "the whole trade of MNG, which is not imported" in found.wanted
    assert "national file" in found.wanted
    # the lane breaks its lines where they are full
    words = " ".join(t.text for t in ET.fromstring(drawn).iter(f"{_SPACE}text") if t.text)
    assert found.wanted in words
    with comity.open(sets) as led:
        assert pull(led, "MNG", "RUS").wanted == ""


def test_the_map_has_the_visits_of_data_sets_with_their_set(sets_site):
    points = sets_site.get("/map.json?state=MNG").json()["points"]
    data = {(p["place"], p["set"]): p["events_and_visits"] for p in points}
    assert data["Ulaanbaatar", "us_travels@2025"] == 2
    # a visit without a place lies at its host's capital
    assert any(s == "colt@2023" for _, s in data)
    rows = list(csv.DictReader(io.StringIO(sets_site.get("/map.csv?state=MNG").text)))
    assert {r["set"] for r in rows} >= {"us_travels@2025", "colt@2023"}
    page = sets_site.get("/map?state=MNG").text
    assert '<span class="mark">us_travels@2025</span>' in page
    assert "in an imported data set" in page
    late = sets_site.get("/map.json?state=MNG&from=2012-01-01").json()["points"]
    assert {p["set"]: p["events_and_visits"] for p in late}["us_travels@2025"] == 1


def test_coverage_lists_the_data_sets_with_licence_years_and_rows(sets_site):
    data = sets_site.get("/coverage.json").json()
    trade = next(s for s in data["sets"] if s["key"] == "cow_trade@4.0")
    assert trade["licence"]
    assert trade["rows"]["figure"] == sum(y["rows"] for y in data["set_years"] if y["set"] == "cow_trade@4.0")
    page = sets_site.get("/coverage").text
    assert 'data-sets="/coverage.json"' in page
    assert trade["name"] in page


def test_the_page_of_a_state_draws_what_data_sets_contain_on_it(sets_site, site):
    page = sets_site.get("/state/MNG?on=2020-12-31").text
    drawn = page.partition('id="in-data-sets"')[2]
    assert "<svg" in drawn
    with_names = drawn.partition("</figure>")[0]
    assert "treaty" in with_names
    assert all(s["name"] in page for s in sets_site.get("/coverage.json").json()["sets"] if s["key"].startswith("fbic"))
    # a ledger without data sets says nothing of them
    assert 'id="in-data-sets"' not in site.get("/state/MNG").text


def test_the_agreements_of_two_states_have_the_treaties_of_data_sets_beside_them(sets_site):
    path = "/agreements{}?state=RUS&state=MNG&on=2020-12-31"
    rows = sets_site.get(path.format(".json")).json()["in_data_sets"]
    assert rows
    assert {r["set"].partition("@")[0] for r in rows} == {"wti"}
    days = [r["date"] for r in rows]
    assert days == sorted(days, reverse=True)
    page = sets_site.get(path.format("")).text
    assert f'<span class="mark">{rows[0]["set"]}</span>' in page
    # of an earlier state of knowledge a data set is no part
    assert sets_site.get(path.format(".json") + "&known=2020-01-01").json()["in_data_sets"] == []
