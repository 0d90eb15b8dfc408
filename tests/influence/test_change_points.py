"""Breaks and crossovers are found where they are, and doubt is reported where it is."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.influence.change_points import breaks, crossovers
from comity.influence.estimate import Estimate, exact, unknown


def series(first, *values):
    return {first + n: unknown("x") if v is None else exact(float(v)) for n, v in enumerate(values)}


def test_a_clear_crossover_has_one_year():
    a, b = series(2000, 10, 12, 30, 60, 90), series(2000, 50, 49, 51, 8, 7)
    (found,) = crossovers(a, b, ("A", "B"))
    assert (found.leader, found.overtaken, found.at, found.first, found.last) == ("A", "B", 2003, 2003, 2003)
    assert found.before == (30.0, 51.0)
    assert found.after == (60.0, 8.0)


def test_a_gap_widens_the_crossover_and_is_named():
    a, b = series(2000, 10, 11, None, None, 90), series(2000, 50, 49, 50, 50, 30)
    (found,) = crossovers(a, b, ("A", "B"))
    assert (found.at, found.first, found.last) == (2004, 2002, 2004)
    assert "no value of both between 2001 and 2004" in found.why


def test_bounds_that_overlap_widen_the_crossover():
    a = series(2000, 10, 20, 49, 52, 80, 90)
    a[2002] = Estimate(value=49.0, low=40.0, high=60.0)
    b = series(2000, 50, 50, 50, 50, 50, 50)
    (found,) = crossovers(a, b, ("A", "B"))
    assert found.at == 2003
    assert found.first == 2002
    assert "overlap" in found.why


def test_passing_twice_is_two_crossovers_in_order():
    a, b = series(2000, 1, 90, 1, 90), series(2000, 9, 9, 9, 9)
    assert [(c.leader, c.at) for c in crossovers(a, b, ("A", "B"))] == [("A", 2001), ("B", 2002), ("A", 2003)]


def test_a_tie_is_no_passing():
    assert crossovers(series(2000, 1, 5, 1), series(2000, 5, 5, 5), ("A", "B")) == []


def test_what_is_missing_never_counts_as_nought():
    assert crossovers(series(2000, None, None, 3), series(2000, 1, 1, 1), ("A", "B")) == []
    assert breaks(series(2000, *[None] * 10)) == []


@given(st.integers(4, 12), st.integers(4, 12), st.floats(5, 50))
def test_a_step_is_found_where_it_is(before, after, height):
    values = [0.1 * (n % 3) for n in range(before)] + [height + 0.1 * (n % 3) for n in range(after)]
    found = breaks(series(1990, *values))
    assert [b.at for b in found] == [1990 + before]
    assert found[0].after - found[0].before == pytest.approx(height, abs=0.2)


def test_an_even_series_has_no_break():
    assert breaks(series(1990, *[5.0 + 0.1 * (n % 2) for n in range(20)])) == []
    assert breaks(series(1990, *[5.0] * 20)) == []


def test_a_soft_step_has_a_wide_set_of_places():
    (found,) = breaks(series(1990, 1, 3, 2, 1, 3, 2, 4, 3, 5, 6, 4, 5, 6, 4, 5))
    assert found.first < found.at <= found.last or found.first <= found.at < found.last


def test_china_passes_russia_in_mongolias_trade_in_1997(shared):
    trade = {365: {}, 710: {}}
    with (shared / "data" / "cow_trade_mng_rus_chn.csv").open(encoding="utf-8") as held:
        for r in csv.DictReader(held):
            if float(r["year"]) >= 1992:
                flows = float(r["flow1"]) + float(r["flow2"])
                trade[int(float(r["ccode2"]))][int(float(r["year"]))] = exact(flows)
    (found,) = crossovers(trade[710], trade[365], ("CHN", "RUS"))
    assert (found.leader, found.at) == ("CHN", 1997)
    assert (found.before, found.after) == ((192.0, 239.0), (251.0, 249.0))
    assert 1995 < found.first <= 1997 <= found.last < 2000
