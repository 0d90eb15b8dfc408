"""Whatever speaks for a record, its confidence is a probability that follows what speaks for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.verdicts import FEATURES
from comity.coding.weighing import ALWAYS, HIGHEST, TOGETHER, logit, probability, together, weights

KINDS = sorted(FEATURES)
KIND = st.sampled_from(KINDS)
NUMBER = st.floats(-1e6, 1e6)


def features(kind: str) -> st.SearchStrategy[tuple[float, ...]]:
    return st.tuples(*[NUMBER] * len(FEATURES[kind]))


@settings(deadline=None, max_examples=30)
@given(st.floats(0, 1))
def test_the_log_odds_of_a_thing_and_of_its_contrary_cancel(p: float) -> None:
    assert logit(p) + logit(1 - p) == pytest.approx(0, abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(st.floats(-5, 5))
def test_what_is_no_probability_counts_as_the_nearest_one(p: float) -> None:
    assert logit(0) <= logit(p) <= logit(1)


@settings(deadline=None, max_examples=30)
@given(st.data(), KIND)
def test_a_confidence_is_a_probability_however_large_the_numbers_are(data: st.DataObject, kind: str) -> None:
    assert 0 <= probability(kind, data.draw(features(kind))) <= HIGHEST < 1


@settings(deadline=None, max_examples=30)
@given(st.data(), KIND)
def test_more_of_what_speaks_for_a_record_never_makes_it_less_likely(data: st.DataObject, kind: str) -> None:
    before = data.draw(st.tuples(*[st.floats(-5, 5)] * len(FEATURES[kind])))
    at = data.draw(st.integers(0, len(before) - 1))
    weight = weights()[kind][FEATURES[kind][at]]
    after = tuple(x + (1.0 if weight >= 0 else -1.0) * (n == at) for n, x in enumerate(before))
    assert probability(kind, after) >= probability(kind, before)


@pytest.mark.parametrize("kind", KINDS)
def test_a_candidate_with_a_number_too_few_or_too_many_is_not_weighed(kind: str) -> None:
    right = tuple(0.0 for _ in FEATURES[kind])
    for wrong in (right[1:], (*right, 0.0)):
        with pytest.raises(ValueError, match="zip"):
            probability(kind, wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_what_rules_and_network_both_see_has_a_share_that_is_right(kind: str) -> None:
    assert 0 <= together(kind) <= 1
    assert {ALWAYS, *FEATURES[kind]} <= set(weights()[kind]) <= {ALWAYS, TOGETHER, *FEATURES[kind]}


def test_the_share_that_is_right_is_no_feature_of_a_candidate() -> None:
    for kind in KINDS:
        nothing = tuple(0.0 for _ in FEATURES[kind])
        bare = probability(kind, nothing)
        assert bare == pytest.approx(min(HIGHEST, 1 / (1 + 2.718281828459045 ** -weights()[kind][ALWAYS])), abs=1e-6)
