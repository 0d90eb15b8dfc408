"""The Formal Bilateral Influence Capacity index is what its publishers publish."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import InputError
from comity.influence.decomposition import decompose, dependence_of, factors
from comity.influence.estimate import Estimate, exact
from comity.influence.fbic import capacity, normalised, points, published, release, terms, trailing, weights

TERMS = sorted(weights())
INPUTS = st.fixed_dictionaries({t: st.floats(0, 1 if t == "lor" else 2) for t in TERMS})


@pytest.fixture(scope="session")
def rows(shared):
    with (shared / "data" / "fbic_1000_rows.csv").open(encoding="utf-8") as held:
        return list(csv.DictReader(held))


@pytest.fixture(scope="session")
def china_on_mongolia(shared):
    with (shared / "data" / "fbic_chn_to_mng_1994_2023.csv").open(encoding="utf-8") as held:
        return {int(float(r["year"])): r for r in csv.DictReader(held) if r["fbic"]}


def of(row):
    return capacity(published(row))


def test_fbic_of_all_published_rows_is_reproduced_within_a_millionth(rows):
    errors = [abs(of(r).value.value - float(r["fbic"])) for r in rows]
    assert len(errors) == 1000
    assert max(errors) <= 1e-6


def test_fbic_parts_of_all_published_rows_are_reproduced(rows):
    worst = 0.0
    for r in rows:
        made = of(r)
        found = {
            "bandwidth": made.bandwidth,
            "dependence": made.dependence,
            "politicalbandwidth": made.components["bandwidth", "political"],
            "economicbandwidth": made.components["bandwidth", "economic"],
            "securitybandwidth": made.components["bandwidth", "security"],
            "economicdependence": made.components["dependence", "economic"],
            "securitydependence": made.components["dependence", "security"],
        }
        worst = max(worst, *(abs(e.value - float(r[c])) for c, e in found.items()))
    assert worst <= 1e-6


@pytest.mark.parametrize(
    ("a", "b", "year", "value"),
    [
        ("RUS", "UZB", "2019", 0.227310),
        ("CHN", "SSD", "2019", 0.160519),
        ("SUN", "AGO", "1986", 0.182005),
        ("RUS", "SYR", "2008", 0.156635),
        ("BEL", "MNG", "2011", 0.003768),
    ],
)
def test_fbic_of_the_rows_named_in_the_codebook(rows, a, b, year, value):
    (row,) = [r for r in rows if (r["iso3a"], r["iso3b"], r["year"]) == (a, b, year)]
    assert of(row).value.value == pytest.approx(value, abs=5e-7)


def test_fbic_of_china_over_mongolia_follows_from_its_bandwidth_and_dependence(china_on_mongolia):
    """The published series gives no terms; what it gives must at least lie within the release's own limits."""
    assert sorted(china_on_mongolia) == list(range(1994, 2024))
    top = release().maxima["standard", "fbic"]
    for r in china_on_mongolia.values():
        value, bandwidth = float(r["fbic"]), float(r["bandwidth"])
        dependence = dependence_of(value, bandwidth)
        assert 0 < bandwidth <= 1
        assert 0 < dependence <= 1
        assert bandwidth * dependence / top == pytest.approx(value, abs=1e-4)


def test_fbic_rises_from_2000_to_2023_by_37_per_cent_bandwidth_and_63_dependence(china_on_mongolia):
    ends = []
    for year in (2000, 2023):
        value, bandwidth = (float(china_on_mongolia[year][c]) for c in ("fbic", "bandwidth"))
        ends.append((bandwidth, dependence_of(value, bandwidth)))
    change = factors(*ends)
    assert change.total == pytest.approx(0.1160, abs=5e-5)
    assert change.bandwidth == pytest.approx(0.0425, abs=5e-5)
    assert change.dependence == pytest.approx(0.0735, abs=5e-5)
    assert round(change.share(change.bandwidth)) == 37
    assert round(change.share(change.dependence)) == 63


def test_fbic_terms_of_mongolia_from_cow_trade_are_those_of_the_codebook(shared):
    def read(name):
        with (shared / "data" / name).open(encoding="utf-8") as held:
            return list(csv.DictReader(held))

    national = {
        int(float(r["year"])): float(r["imports"]) + float(r["exports"])
        for r in read("cow_trade_mng_national.csv")
        if r["imports"] and r["exports"]
    }
    expected = {
        "RUS": {1994: (0.607, 0.256), 2000: (0.505, 0.240), 2014: (0.460, 0.337)},
        "CHN": {1994: (0.451, 0.212), 2000: (0.547, 0.253), 2014: (0.665, 0.396)},
    }
    for code, number in (("RUS", 365), ("CHN", 710)):
        trade = {
            int(float(r["year"])): float(r["flow1"]) + float(r["flow2"])
            for r in read("cow_trade_mng_rus_chn.csv")
            if float(r["ccode2"]) == number and r["flow1"] and r["flow2"]
        }
        shares = {y: 100 * t / national[y] for y, t in trade.items() if y in national}
        volumes = {y: normalised("lntrade", t) for y, t in trade.items()}
        for year, (share, volume) in expected[code].items():
            made = capacity({"trade_all": trailing(shares, year), "lntrade": trailing(volumes, year)})
            assert made.terms["trade_all"].value == pytest.approx(share, abs=6e-4)
            assert made.terms["lntrade"].value == pytest.approx(volume, abs=6e-4)
            assert made.value.value is None
            assert 0 <= made.value.low < made.value.high <= 1


def test_both_sets_of_weights_add_up_to_one_a_side():
    for which in ("standard", "plus"):
        for side in ("bandwidth", "dependence"):
            own = [w for t, w in weights(which).items() if terms()[t].side == side]
            assert sum(own) == pytest.approx(1.0, abs=1e-12)


@given(INPUTS, st.sampled_from(TERMS))
def test_a_missing_term_gives_bounds_that_hold_what_the_index_would_be(inputs, lost):
    whole = capacity(inputs)
    if whole.value.value > 1 or whole.bandwidth.value > 1 or whole.dependence.value > 1:
        return  # no dyad of the release lies there
    part = capacity({**inputs, lost: None})
    assert part.value.value is None
    assert part.missing == (lost,)
    assert part.value.low <= whole.value.value <= part.value.high + 1e-12


@given(INPUTS, INPUTS)
def test_a_change_is_shared_out_without_remainder(first, second):
    before, after = capacity(first), capacity(second)
    change = decompose(before, after)
    assert change.total == pytest.approx(after.value.value - before.value.value, abs=1e-9)
    assert sum(change.by_term.values()) == pytest.approx(change.total, abs=1e-9)
    by_side = [sum(v for (side, _), v in change.by_component.items() if side == s) for s in ("bandwidth", "dependence")]
    assert by_side == pytest.approx([change.bandwidth, change.dependence], abs=1e-9)


def test_a_change_with_a_missing_term_is_not_shared_out():
    inputs = dict.fromkeys(TERMS, 0.5)
    assert decompose(capacity(inputs), capacity({**inputs, "aid_gdp": None})) is None


def test_a_doubtful_input_makes_a_doubtful_index():
    inputs = dict.fromkeys(TERMS, 0.5)
    made = capacity({**inputs, "trade_gdp": Estimate(value=0.5, low=0.4, high=0.7)})
    assert made.value.low < made.value.value < made.value.high


def test_the_set_plus_has_no_published_maxima_and_says_so():
    made = capacity(dict.fromkeys(weights("plus"), 0.5), which="plus")
    assert made.value.value is None
    assert (made.value.low, made.value.high) == (0.0, 1.0)
    assert any("not published" in n for n in made.bandwidth.notes)
    assert made.components["bandwidth", "political"].value == pytest.approx((0.148 + 0.091) * 0.5)


def test_what_the_index_was_never_seen_with_has_no_points():
    assert points("alliance", ["nonagg"]) == 5
    assert points("alliance", ["consul", "defense", "nonagg"]) == 81
    assert points("alliance", ["defense", "nonagg"]) is None


def test_a_trailing_mean_needs_its_three_years():
    assert trailing({2000: 1.0, 2001: 2.0, 2002: 3.0}, 2002) == 2.0
    assert trailing({2000: 1.0, 2002: 3.0}, 2002) is None


def test_unknown_sets_releases_and_inputs_below_zero_are_refused():
    with pytest.raises(InputError, match="known are standard and plus"):
        weights("mine")
    with pytest.raises(InputError, match="known are 1960-2023"):
        release("1900-1950")
    with pytest.raises(InputError, match="cannot be below 0"):
        capacity({"lor": exact(-0.1)})
    with pytest.raises(InputError, match="cannot be above 1"):
        capacity({"lor": 1.5})
    with pytest.raises(InputError, match="give it normalised"):
        normalised("fdi", 1.0)
    with pytest.raises(InputError, match="cannot be compared"):
        decompose(capacity({}), capacity({}, which="plus"))
