"""Shares, ties and doubts say what they rest on, and never make a missing number a nought."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import InputError
from comity.influence.estimate import Estimate, exact, mirrored, total, unknown
from comity.influence.fbic import capacity, weights
from comity.influence.shares import (
    asymmetry,
    concentration,
    event_share,
    share,
    trade_dependence,
    trade_share,
    two_rival_share,
)
from comity.influence.ties import alliance_index, intensity, obligations, posts, shared_organisations, stock
from comity.influence.uncertainty import agreed, extremes, rank_stability, vintage

AMOUNTS = st.floats(0.01, 1e9)


@st.composite
def doubtful(draw):
    low, value, high = sorted(draw(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS)))
    return Estimate(value=value, low=low, high=high)


@given(doubtful(), doubtful())
def test_a_two_rival_share_lies_between_its_bounds_and_the_two_add_up_to_one(p, r):
    one, other = two_rival_share(p, r), two_rival_share(r, p)
    assert 0 <= one.low <= one.value <= one.high <= 1
    assert one.value + other.value == pytest.approx(1)


@given(doubtful(), doubtful())
def test_a_share_lies_between_nothing_and_all(part, whole):
    found = share(part, whole)
    assert 0 <= found.low <= found.high <= 100
    assert found.value is None or found.low <= found.value <= found.high


def test_a_missing_part_is_no_nought():
    found = trade_share(unknown("trade of MNG with RUS, 1985"), exact(160.0))
    assert (found.value, found.low, found.high) == (None, 0.0, 100.0)
    assert found.missing == ("trade of MNG with RUS, 1985",)


def test_a_total_that_lacks_a_partner_gives_a_share_at_most():
    found = trade_share(exact(49.0), exact(230.2), lacking=["trade of MNG with RUS"])
    assert found.value is None
    assert (found.low, round(found.high, 1)) == (0.0, 21.3)
    assert "at most" in found.notes[0]


def test_a_part_larger_than_its_total_is_said_and_not_cut_to_a_hundred():
    found = trade_share(exact(300.0), exact(200.0))
    assert found.value is None
    assert "do not fit" in found.notes[0]


def test_one_missing_direction_leaves_a_least_trade():
    found = total([exact(40.0), unknown("imports of CHN from MNG, 1994")])
    assert (found.value, found.low, found.high) == (None, 40.0, None)
    assert two_rival_share(found, exact(60.0)).low == pytest.approx(0.4)


def test_two_reports_of_a_flow_are_its_bounds():
    found = mirrored(110.0, 90.0, "x")
    assert (found.value, found.low, found.high) == (110.0, 90.0, 110.0)
    assert mirrored(None, 90.0, "x").value == 90.0
    assert mirrored(None, None, "x").missing == ("x",)


def test_dependence_may_pass_a_hundred_per_cent_of_the_product():
    assert trade_dependence(exact(180.0), exact(120.0)).value == pytest.approx(150.0)
    assert trade_dependence(exact(180.0), unknown("GDP of MNG, 1985")).high is None


def test_asymmetry_of_2014_is_that_of_the_codebook():
    assert asymmetry(exact(70.4), exact(0.14)).value == pytest.approx(70.26)
    assert asymmetry(exact(70.4), unknown("total of CHN", high=100.0)).low == pytest.approx(-29.6)


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_concentration_of_all_partners_is_exact(amounts):
    partners = {str(n): exact(a) for n, a in enumerate(amounts)}
    found = concentration(partners, exact(sum(amounts)))
    assert found.value == pytest.approx(sum((a / sum(amounts)) ** 2 for a in amounts))
    assert 1 / len(amounts) - 1e-9 <= found.value <= 1 + 1e-9


@given(st.lists(AMOUNTS, min_size=2, max_size=8), st.data())
def test_concentration_of_some_partners_holds_the_true_one_between_its_bounds(amounts, data):
    whole = sum(amounts)
    truth = sum((a / whole) ** 2 for a in amounts)
    kept = data.draw(st.integers(1, len(amounts) - 1))
    found = concentration({str(n): exact(a) for n, a in enumerate(amounts[:kept])}, exact(whole))
    assert found.low - 1e-6 <= truth <= found.high + 2e-3


def test_no_event_is_no_share_of_events():
    assert event_share(0, 10).value == 0.0
    assert event_share(0, 0).value is None


def test_tone_without_events_is_unknown_and_not_neutral():
    assert intensity([]).value is None
    assert intensity([-5.0]).value < 0 < intensity([5.0]).value


def test_posts_of_one_side_leave_the_other_open():
    assert posts(1.0, 0.5).value == 0.75
    assert (posts(None, None).low, posts(None, None).high) == (0.0, 1.0)
    with pytest.raises(InputError, match="between 0 and 1"):
        posts(3.0, 1.0)


def test_obligations_are_atops_vector():
    assert obligations({"nonagg"}) == (0, 0, 0, 1, 0)
    with pytest.raises(InputError, match="known are"):
        obligations({"friendship"})


def test_an_alliance_that_the_index_never_saw_has_a_least_and_no_value():
    found = alliance_index({"defense", "nonagg"})
    assert (found.value, found.low, found.high) == (None, 5.0, None)
    assert alliance_index(()).value == 0.0


def test_organisations_and_treaties_are_counted():
    assert shared_organisations({"UN", "IMF"}, {"UN", "IMF", "NATO"}).value == 2
    found = stock([(True, True), (True, False), (False, False)])
    assert (found.value, found.high) == (1.0, 2.0)


def rivals():
    near = dict.fromkeys(weights(), 0.5)
    return {"A": {**near, "lor": 1.0}, "B": {**near, "igos": 0.75}, "C": dict.fromkeys(weights(), 0.01)}


def test_the_order_of_near_rivals_rests_on_the_weights_and_that_of_a_far_one_does_not():
    found = {s.rival: s for s in rank_stability(rivals())}
    assert found["C"].rank == 3
    assert found["C"].kept == 1.0
    assert 0.5 < found["A"].kept < 1.0
    assert agreed(list(found.values())) == min(found["A"].kept, found["B"].kept)
    assert found["C"].low < found["C"].middle < found["C"].high < 0.1


def test_the_same_seed_draws_the_same_weights():
    assert rank_stability(rivals(), draws=50) == rank_stability(rivals(), draws=50)
    assert rank_stability(rivals(), draws=50) != rank_stability(rivals(), draws=50, seed=2)


def test_a_rival_with_a_missing_term_has_no_rank():
    with pytest.raises(InputError, match="igos is missing"):
        rank_stability({"A": {t: 1.0 for t in weights() if t != "igos"}})
    assert rank_stability({}) == []


def test_a_missing_term_stands_with_its_two_extremes():
    found = extremes(capacity({t: 0.5 for t in weights() if t not in {"lor", "igos"}}))
    assert found["lor"] == (0.0, pytest.approx(0.11))
    assert found["igos"] == (0.0, None)


def test_releases_that_differ_are_reported_side_by_side():
    found = vintage({"sipri@2022": 30.0, "sipri@2024": 34.0}, "sipri@2024")
    assert (found.value, found.low, found.high) == (34.0, 30.0, 34.0)
    assert found.notes == ("releases differ: sipri@2022 30, sipri@2024 34",)
    with pytest.raises(InputError, match="no value of the release"):
        vintage({}, "x")


def test_bounds_out_of_order_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="not in order"):
        Estimate(value=1.0, low=2.0, high=3.0)
