"""FBIC from its files: what made it change, and whether the order of rivals rests on its weights."""

import csv

import pytest
from click.testing import CliRunner

import comity
from comity.cli import main
from comity.influence.decomposition import dependence_of
from comity.influence.fbic import capacity, terms, weights

COLUMNS = {t: terms()[t].published for t in weights()}


def write(path, rows):
    names = list(dict.fromkeys(n for r in rows for n in r))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(a, b, year, inputs):
    """A row as the index's files have it."""
    made = capacity(inputs)
    out = {"iso3a": a, "iso3b": b, "year": year, **{COLUMNS[t]: v for t, v in inputs.items()}}
    return out | {
        "bandwidth": made.bandwidth.value, "dependence": made.dependence.value, "fbic": made.value.value,
    }  # fmt: skip


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A ledger with made-up rows of two near rivals over Mongolia and one far behind."""
    folder = tmp_path_factory.mktemp("fbic")
    early, late = dict.fromkeys(weights(), 0.2), dict.fromkeys(weights(), 0.5)
    rows = [
        row("CHN", "MNG", 2000, early), row("CHN", "MNG", 2010, {**late, "igos": 0.8, "trade_gdp": 9.0}),
        row("RUS", "MNG", 2000, early), row("RUS", "MNG", 2010, {**late, "lor": 1.0, "trade_gdp": 9.0}),
        row("CHL", "MNG", 2010, dict.fromkeys(weights(), 0.01)),
    ]  # fmt: skip
    with comity.open(folder / "f.duckdb") as led:
        led.import_("fbic", write(folder / "fbic.csv", rows), "1")
    return folder / "f.duckdb"


def test_the_parts_of_a_change_add_up_to_it_down_to_the_terms(indexed):
    with comity.open(indexed) as led:
        found = {r["part"]: r for r in led.influence.change("MNG", "CHN")}
    whole = found["all"]["change"]
    assert whole == pytest.approx(found["all"]["after"] - found["all"]["before"])
    assert found["bandwidth"]["change"] + found["dependence"]["change"] == pytest.approx(whole)
    assert sum(found[t]["change"] for t in weights()) == pytest.approx(whole)
    assert found["trade_gdp"]["change"] == max(found[t]["change"] for t in weights())
    assert found["dependence, economic"]["share"] > 50


def test_years_that_are_not_reported_are_said(indexed):
    with comity.open(indexed) as led:
        found = [r for r in led.influence.change("MNG", "CHN", since="1999", until="2010") if r["part"] == "all"]
    assert [(r["from"], r["to"]) for r in found] == [("2000", "2010")]
    assert "1999" in found[0]["notes"]


def test_near_rivals_may_change_places_under_other_weights_and_a_far_one_not(indexed):
    with comity.open(indexed) as led:
        found = {r["by"]: r for r in led.influence.weights("MNG", at="2010")}
    assert found["CHL"]["rank"] == 3
    assert found["CHL"]["kept"] == 1.0
    assert found["CHN"]["kept"] < 1.0
    assert {found["CHN"]["rank"], found["RUS"]["rank"]} == {1, 2}


def test_published_values_come_with_their_release(indexed):
    with comity.open(indexed) as led:
        found = [r for r in led.influence("MNG", "CHN", measures="fbic") if r["availability"] == "value"]
    assert {r["source"] for r in found} == {"fbic@1"}


def test_a_row_without_inputs_cannot_be_ranked_and_one_without_bandwidth_not_shared_out(tmp_path):
    bare = [
        {"iso3a": "CHN", "iso3b": "MNG", "year": y, "bandwidth": "", "dependence": "", "fbic": v}
        for y, v in ((2000, 0.1), (2001, 0.2))
    ]
    with comity.open(tmp_path / "f.duckdb") as led:
        led.import_("fbic", write(tmp_path / "fbic.csv", bare), "1")
        assert [r["part"] for r in led.influence.change("MNG", "CHN")] == ["all", "unknown"]
        (ranked,) = led.influence.weights("MNG")
    assert ranked["rank"] is None
    assert "igos" in ranked["notes"]


def test_the_command_shares_out_a_change(indexed):
    done = CliRunner().invoke(main, ["influence", str(indexed), "MNG", "--by", "CHN", "--change"])
    assert done.exit_code == 0
    assert "dependence, economic" in done.stdout
    done = CliRunner().invoke(main, ["influence", str(indexed), "MNG", "--weights", "--until", "2010"])
    assert "CHL" in done.stdout


# the published data themselves


def test_fbic_of_china_over_mongolia_rises_by_dependence_more_than_by_bandwidth(tmp_path, shared):
    with (shared / "data" / "fbic_chn_to_mng_1994_2023.csv").open(encoding="utf-8") as held:
        published = [r for r in csv.DictReader(held) if r["fbic"]]
    rows = [
        {
            "iso3a": "CHN", "iso3b": "MNG", "year": int(float(r["year"])), "bandwidth": r["bandwidth"],
            "dependence": dependence_of(float(r["fbic"]), float(r["bandwidth"])), "fbic": r["fbic"],
        }
        for r in published
    ]  # fmt: skip
    with comity.open(tmp_path / "f.duckdb") as led:
        led.import_("fbic", write(tmp_path / "fbic.csv", rows), "1960-2023")
        found = {r["part"]: r for r in led.influence.change("MNG", "CHN", since="2000", until="2023")}
        values = {r["time"]: r["value"] for r in led.influence("MNG", "CHN", measures="fbic") if r["value"]}
    assert len(values) == 30
    assert values["2023"] == pytest.approx(0.18626, abs=1e-5)
    assert round(found["all"]["change"], 4) == 0.1160
    assert (round(found["bandwidth"]["share"]), round(found["dependence"]["share"])) == (37, 63)


def test_the_defence_pact_of_1936_ends_in_1993_and_non_aggression_goes_on_to_the_last_year_reported(tmp_path, shared):
    with comity.open(tmp_path / "a.duckdb") as led:
        led.import_("atop", shared / "data" / "atop51_mng.csv")
        found = {m.time: m for m in led.series("RUS", "MNG", measures="alliance", since="1935", until="2020")}
    defence = [y for y, m in found.items() if "defense" in (m.notes or "")]
    others = [y for y, m in found.items() if "nonagg" in (m.notes or "")]
    assert (defence[0], defence[-1], others[0], others[-1]) == ("1936", "1993", "1993", "2018")
    assert found["2019"].availability == "not covered"
    assert found["1935"].availability == "not covered"
