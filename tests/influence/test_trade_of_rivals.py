"""Who pulls on a state, from trade data: shares, turns, and what is missing."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

import comity
from comity.analysis.indicators.change_points import coverage_note
from comity.cli import main
from comity.errors import InputError
from comity.settings import Settings


def rows(ledger, *words):
    done = CliRunner().invoke(main, [str(w) for w in words[:1]] + [str(ledger)] + [str(w) for w in words[1:]])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def cells(table, *names):
    return [tuple(r[n] for n in names) for r in table]


def test_a_share_is_reported_by_year_rival_and_source(trading):
    with comity.open(trading) as led:
        found = led.influence("MNG", "RUS,CHN", measures="trade-share", since="1992", until="1992")
    assert cells(found, "time", "on", "by", "availability", "source") == [
        ("1992", "MNG", "RUS", "value", "cow_trade@4.0"),
        ("1992", "MNG", "CHN", "value", "cow_trade@4.0"),
    ]
    assert [r["value"] for r in found] == [pytest.approx(100 * 450 / 800), pytest.approx(100 * 110 / 800)]


def test_soviet_trade_is_missing_and_no_nought_and_what_rests_on_it_has_bounds(trading):
    with comity.open(trading) as led:
        found = {r["by"]: r for r in led.influence("MNG", ["RUS", "CHN"], measures=["trade-share"], until="1989")}
    soviet, china = found["SUN"], found["CHN"]
    assert (soviet["value"], soviet["availability"], soviet["low"], soviet["high"]) == (None, "missing", 0.0, 100.0)
    assert "missing" in soviet["notes"]
    assert (china["value"], china["availability"], china["low"]) == (None, "missing", 0.0)
    assert china["high"] == pytest.approx(100 * 30 / 230)
    assert "trade of MNG with SUN, 1989" in china["missing"]


def test_one_missing_direction_leaves_a_least_share(trading):
    with comity.open(trading) as led:
        (row,) = led.influence("MNG", "CHN", measures="trade-share", since="1994", until="1994")
    assert (row["value"], row["availability"], row["high"]) == (None, "missing", 100.0)
    assert row["low"] == pytest.approx(100 * 80 / 620)


def test_beyond_the_data_set_nothing_is_covered(trading):
    found = rows(
        trading, "series", "RUS", "MNG", "--measure", "trade", "--since", 2014, "--until", 2016, "--format", "csv"
    )
    assert cells(found, "time", "availability", "value") == [
        ("2014", "missing", ""), ("2015", "not covered", ""), ("2016", "not covered", ""),
    ]  # fmt: skip


def test_two_rivals_share_what_both_have_and_three_all(trading):
    with comity.open(trading) as led:
        found = led.influence("MNG", "RUS,CHN", measures="rival-share", since="1997", until="1997")
        assert sum(r["value"] for r in found) == pytest.approx(1.0)
        assert led.influence("MNG", "RUS", measures="rival-share").rows == ()


def test_concentration_without_all_partners_is_a_span(trading):
    with comity.open(trading) as led:
        (row,) = led.influence("MNG", "RUS", measures="concentration", since="1992", until="1992")
    assert row["by"] is None
    assert row["value"] is None
    assert row["low"] == pytest.approx((450 / 800) ** 2 + (110 / 800) ** 2)
    assert row["low"] < row["high"] < 1


def test_asymmetry_needs_the_rivals_own_total_and_says_so(trading):
    with comity.open(trading) as led:
        (row,) = led.influence("MNG", "RUS", measures="asymmetry", since="1992", until="1992")
    assert "trade of RUS, 1992" in row["missing"]
    assert row["low"] < 0 < row["high"]


def test_the_strongest_rivals_are_taken_where_none_is_named(trading):
    with comity.open(trading) as led:
        assert {r["by"] for r in led.influence("MNG", measures="imports", since="1996")} == {"RUS", "CHN"}


def test_no_more_rivals_are_taken_than_the_setting_says(trading):
    with comity.open(trading, settings=Settings(rivals=1)) as led:
        assert {r["by"] for r in led.influence("MNG", measures="imports", since="1996")} == {"RUS"}


def test_dependence_names_the_product_that_lacks(trading):
    with comity.open(trading) as led:
        (row,) = led.influence("MNG", "RUS", measures="trade-dependence", since="1995", until="1995")
    assert (row["value"], row["missing"]) == (None, "gdp of MNG, 1995")


def test_fbic_from_trade_alone_is_only_bounded(trading):
    with comity.open(trading) as led:
        (row,) = led.influence("MNG", "RUS", measures="fbic", since="1996", until="1996")
    assert row["value"] is None
    assert 0 < row["low"] < row["high"] <= 1
    assert "igos" in row["missing"]
    assert "lntrade" not in row["missing"]


def test_imports_go_the_other_way_than_exports(trading):
    one = rows(
        trading, "series", "MNG", "RUS", "--measure", "imports", "--since", 1993, "--until", 1993, "--format", "csv"
    )
    other = rows(
        trading, "series", "MNG", "RUS", "--measure", "exports", "--since", 1993, "--until", 1993, "--format", "csv"
    )
    assert (float(one[0]["value"]), float(other[0]["value"])) == (220e6, 80e6)


@pytest.mark.parametrize(("codes", "expected"), [("iso", "SUN"), ("cow", "365"), ("gw", "365")])
def test_states_come_by_the_code_that_is_asked_for(trading, codes, expected):
    found = rows(
        trading, "series", "RUS", "MNG", "--measure", "trade", "--until", 1990, "--codes", codes, "--format", "csv"
    )
    assert {r["a"] for r in found} == {expected}


def test_the_crossover_is_reported_with_its_span(trading):
    found = rows(
        trading, "series", "CHN", "MNG", "--change-points", "--against", "RUS", "--measure", "trade", "--format", "csv"
    )
    (passing,) = [r for r in found if r["change_point"] == "crossover"]
    assert (passing["leader"], passing["overtaken"], passing["time"]) == ("CHN", "RUS", "1997")
    assert int(passing["first"]) <= 1997 <= int(passing["last"])


def test_measurements_and_change_points_are_values_that_cannot_be_changed(trading):
    with comity.open(trading) as led:
        found = led.series("CHN", "MNG", measures=["trade"], since="1996", until="1997")
        panel = led.panel(measures=["trade"])
        changes = led.change_points("CHN", "MNG", against=["RUS"], measures=["trade"])
    last = found.rows[-1]
    assert (last.time, last.measure, last.availability, last.value) == ("1997", "trade", "value", 250e6)
    assert type(panel.rows[0]) is type(last)
    passing = next(c for c in changes if c.kind == "crossover")
    assert passing.before < passing.after
    for value in (last, passing):
        assert not hasattr(value, "__dict__")
        with pytest.raises(AttributeError):
            value.time = "1998"


def test_measurements_print_as_the_command_prints_them(trading):
    with comity.open(trading) as led:
        found = led.series("CHN", "MNG", measures=["trade"], since="1996", until="1997")
        changes = led.change_points("CHN", "MNG", against=["RUS"], measures=["trade"])
    words = ["series", str(trading), "CHN", "MNG", "--measure", "trade"]
    for form in ("csv", "json", "jsonl"):
        printed = CliRunner().invoke(main, [*words, "--since", "1996", "--until", "1997", "--format", form]).stdout
        assert getattr(found, form)() == printed
        printed = CliRunner().invoke(main, [*words, "--change-points", "--against", "RUS", "--format", form]).stdout
        assert getattr(changes, form)() == printed
    assert found.csv().splitlines()[0] == (
        "time,a,b,measure,source,value,low,high,unit,availability,covered,per_thousand,missing,notes"
    )


def test_a_turn_where_the_data_set_itself_changes_says_so(trading):
    with comity.open(trading) as led:
        found = led.change_points("RUS", "MNG", against=["CHN"], measures=["trade"])
    (passing,) = [p for p in found if p.kind == "crossover"]
    assert "1992" not in passing.why
    assert coverage_note("cow_trade@4.0", "1991", "1993", {"MNG", "RUS"}) != ""
    assert coverage_note("cow_trade@4.0", "1996", "1999", {"MNG", "RUS"}) == ""


def test_the_panel_has_every_dyad_in_every_year_between(trading):
    found = rows(trading, "series", "--panel", "--measure", "trade", "--format", "csv")
    assert {(r["a"], r["b"]) for r in found} == {("CHN", "MNG"), ("MNG", "RUS"), ("MNG", "SUN")}
    for pair in ({"CHN"}, {"RUS", "SUN"}):
        years = [r["time"] for r in found if {r["a"], r["b"]} & pair]
        assert years == [str(y) for y in range(1989, 1999)]


def test_the_wide_panel_has_one_row_a_dyad_and_year_for_a_regression(trading):
    pandas = pytest.importorskip("pandas")
    with comity.open(trading) as led:
        frame = led.panel(measures=["trade", "imports"], directed=True, wide=True, codes="cow").df()
    assert not frame.duplicated(["time", "a", "b"]).any()
    assert {"trade", "trade_availability", "trade_source", "imports"} <= set(frame.columns)
    assert pandas.isna(frame[frame.trade_availability == "missing"].trade).all()
    assert len(frame) == 2 * 2 * 10


def test_a_panel_without_direction_takes_no_measure_that_has_one(trading):
    done = CliRunner().invoke(main, ["series", str(trading), "--panel", "--measure", "trade-share"])
    assert done.exit_code == 1
    assert "add --directed" in done.output


def test_what_is_reported_by_year_has_no_value_by_month(trading):
    with comity.open(trading) as led:
        assert led.series("RUS", "MNG", unit="month", measures=["trade"]).rows == ()
        with pytest.raises(InputError, match="only by year"):
            led.series("RUS", "MNG", unit="month", measures=["trade-dependence"])


def test_formats_give_the_same(trading):
    words = ["influence", str(trading), "MNG", "--by", "RUS", "--measure", "trade", "--since", "1992"]
    as_json = json.loads(CliRunner().invoke(main, [*words, "--format", "json"]).stdout)
    as_csv = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, [*words, "--format", "csv"]).stdout)))
    assert [r["value"] for r in as_json] == [float(r["value"]) for r in as_csv]
    assert "450000000" in CliRunner().invoke(main, words).stdout


@pytest.mark.parametrize(
    ("words", "reported", "code"),
    [
        (["influence", "MNG", "--measure", "power"], "is no measure", 1),
        (["influence", "Atlantis"], "not a known state", 2),
        (["influence", "MNG", "--by", "MNG"], "no rival", 1),
        (["influence", "MNG", "--change", "--weights"], "one at a time", 2),
        (["influence", "MNG", "--since", "soon"], "is no date", 1),
        (["series", "RUS"], "name two states", 2),
        (["series", "RUS", "RUS"], "one state", 1),
        (["series", "--panel", "--change-points"], "leave out --panel", 2),
    ],
)
def test_wrong_questions_are_refused_with_the_way_out(trading, words, reported, code):
    done = CliRunner().invoke(main, [words[0], str(trading), *words[1:]])
    assert done.exit_code == code
    assert reported in done.output


def test_an_empty_answer_says_what_was_looked_for_and_which_data_sets_there_are(trading):
    done = CliRunner().invoke(main, ["influence", str(trading), "MNG", "--measure", "visits", "--since", "1990"])
    assert done.exit_code == 0
    assert "no value of visits of Mongolia since 1990 is reported; " in done.output
    assert "cow_trade@" in done.output
    assert "comity import --list shows the others" in done.output


def test_all_measures_are_listed_with_formula_and_source():
    done = CliRunner().invoke(main, ["influence", "--list-measures"])
    assert done.exit_code == 0
    assert "trade-share" in done.stdout


def test_the_dossier_shows_who_else_pulls_and_where_it_stands(trading):
    with comity.open(trading) as led:
        made = led.dossier("RUS", "MNG", on="2014-12-31")
        earlier = led.dossier("RUS", "MNG", on="1995-12-31")
        as_known = led.dossier("RUS", "MNG", on="2014-12-31", known="2014-12-31")
    (section,) = [s for s in made.sections if s.heading == "Who else pulls"]
    reported = [line.text for line in section.lines]
    assert reported[0] == "Shares in the trade of Mongolia in 1998: China 30.6 %, Russia 23.5 %"
    assert reported[1].startswith("China passed Russia in the trade of Mongolia in 1997")
    assert {(line.marks, line.sources[0].document) for line in section.lines} == {(("reported",), "cow_trade@4.0")}
    assert section.lines[0].fact.startswith("cow_trade@4.0/")
    assert "passed" not in str(earlier.sections)
    assert not [s for s in as_known.sections if s.heading == "Who else pulls"]


# the Correlates of War data themselves


def test_china_passes_russia_in_mongolias_trade_in_1997(mongolia):
    with comity.open(mongolia) as led:
        found = [
            p for p in led.change_points("CHN", "MNG", against=["RUS"], measures=["trade"]) if p.kind == "crossover"
        ]
    assert [(p.leader, p.overtaken, p.time) for p in found] == [("CHN", "RUS", "1997")]
    assert (found[0].first, found[0].last) == ("1996", "1999")


def test_russias_share_of_the_two_rivals_falls_from_814_to_179_per_mille(mongolia):
    with comity.open(mongolia) as led:
        found = {
            r["time"]: r["value"] for r in led.influence("MNG", "RUS,CHN", measures="rival-share") if r["by"] == "RUS"
        }
    reported = {"1992": 0.814, "1995": 0.629, "1997": 0.498, "2000": 0.421, "2006": 0.278, "2010": 0.211, "2014": 0.179}
    assert {y: round(found[y], 3) for y in reported} == reported


def test_shares_in_mongolias_trade_are_those_of_the_codebook(mongolia):
    with comity.open(mongolia) as led:
        asked = led.influence("MNG", "RUS,CHN", measures="trade-share", since="1950")
        found = {(r["time"], r["by"]): r["value"] for r in asked}
    reported = {("1992", "RUS"): 57.4, ("1992", "CHN"): 13.1, ("1997", "RUS"): 27.1, ("1997", "CHN"): 27.3}
    reported |= {("2014", "RUS"): 15.4, ("2014", "CHN"): 70.4}
    assert {k: round(found[k], 1) for k in reported} == reported
    assert found["1991", "CHN"] is None


def test_soviet_trade_from_1955_to_1991_is_missing(mongolia):
    with comity.open(mongolia) as led:
        found = list(led.series("RUS", "MNG", measures=["trade"], since="1955", until="1991"))
    assert len(found) == 37
    assert {(m.availability, m.value) for m in found} == {("missing", None)}
