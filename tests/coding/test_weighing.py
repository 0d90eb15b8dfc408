"""A record's confidence is how likely a reader would mark it so."""

import math

from hypothesis import given
from hypothesis import strategies as st

from comity.coding.weighing import ALWAYS, FEATURES, HIGHEST, TOGETHER, logit, probability, weights


@given(st.floats(0, 1))
def test_the_log_odds_of_a_probability_are_bounded_and_rise_with_it(p: float) -> None:
    assert math.isfinite(logit(p))
    assert logit(p) <= logit(min(1.0, p + 0.05))


def test_each_kind_is_weighed_by_the_features_that_its_candidates_have() -> None:
    for kind, names in FEATURES.items():
        assert tuple(n for n in weights()[kind] if n not in {ALWAYS, TOGETHER}) == names


def test_what_the_rules_and_the_network_both_see_is_likelier_than_what_neither_is_sure_of() -> None:
    for kind, names in FEATURES.items():
        sure = tuple({"rule": 1.0, "rule confidence": 0.9}.get(n, logit(0.95) if n in _SEEN else 0.0) for n in names)
        weak = tuple(logit(0.05) if n in _SEEN else 0.0 for n in names)
        assert probability(kind, sure) > probability(kind, weak)
        assert probability(kind, sure) <= HIGHEST


_SEEN = frozenset(
    {"seen", "seen nearby", "word", "actor", "recipient", "weakest actor", "weakest recipient", "visitor", "host",
     "reporter", "partner", "weakest", "strongest"}
)  # fmt: skip
