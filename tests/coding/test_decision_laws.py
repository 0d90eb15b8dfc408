"""What anybody who writes a row of a decision list, or reads votes, may rely on, whatever the case."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.agreements import PARTY_FACTS
from comity.coding.classifier import LEXICON, TYPES, event_of_type, lexicon_votes, merged, rule_votes
from comity.coding.constructions import DECISIONS, decide, decisions, fact
from comity.coding.dossiers import RECORD_FACTS, SIEVE_FACTS
from comity.coding.instrument_mentions import FACTS
from comity.coding.stages import OUTCOME_FACTS, rank
from comity.knowledge.states import rows
from comity.records.codes import Stage

QUESTIONS = {
    "an instrument": FACTS,
    "private": FACTS,
    "a stranger": FACTS,
    "one instrument": SIEVE_FACTS,
    "a record of its own": RECORD_FACTS,
    "parties": PARTY_FACTS,
    "outcome": OUTCOME_FACTS,
}
VALUES = ("signed", "planned", "none", "the", "another", "new", "treaty", "weak", "title", "other")
CASES = st.sampled_from(sorted(QUESTIONS)).flatmap(
    lambda q: st.tuples(
        st.just(q),
        st.fixed_dictionaries(
            {name: st.one_of(st.booleans(), st.sets(st.sampled_from(VALUES), max_size=3)) for name in QUESTIONS[q]}
        ),
    )
)


def answered(question: str, case: dict[str, object]):
    facts = {name: (lambda c, name=name: c[name]) for name in case}
    return decide(question, facts, case)


def test_every_question_of_the_table_is_one_that_is_asked() -> None:
    assert {r["use"] for r in rows(DECISIONS)} == set(QUESTIONS)


@settings(deadline=None, max_examples=20)
@given(CASES)
def test_the_first_row_whose_facts_all_hold_answers(asked) -> None:
    question, case = asked
    rule = answered(question, case)
    order = decisions(question)
    before = order[: order.index(rule)] if rule else order
    assert not any(all(f.holds(case[f.name]) is wanted for f, wanted in r.conditions) for r in before)
    assert rule is None or all(f.holds(case[f.name]) is wanted for f, wanted in rule.conditions)


@settings(deadline=None, max_examples=20)
@given(CASES)
def test_each_fact_is_looked_at_once_at_most(asked) -> None:
    question, case = asked
    seen: list[str] = []
    decide(question, {name: (lambda c, name=name: (seen.append(name), c[name])[1]) for name in case}, case)
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(("found", "holds"), [(("KEN",), True), ((), False)])
def test_a_fact_without_values_asks_for_any(found: tuple[str, ...], holds: bool) -> None:
    assert fact("parties").holds(found) is holds


def test_a_question_without_rows_has_no_answer() -> None:
    assert decisions("no such question") == ()
    assert decide("no such question", {}, 1) is None


def test_every_stage_of_a_record_has_its_place_in_the_life_of_an_instrument() -> None:
    places = [rank(stage) for stage in Stage]
    assert len(set(places)) == len(places)
    assert min(places) > rank(None)


LIVES = [
    ("proposed", "negotiated"), ("planned", "signed"), ("initialled", "signed"), ("agreed", "signed"),
    ("signed", "ratified"), ("ratified", "in force"), ("in force", "extended"), ("suspended", "terminated"),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later"), LIVES)
def test_what_comes_later_in_the_life_of_an_instrument_stands_higher(earlier: str, later: str) -> None:
    assert rank(earlier) < rank(later)


WORDS = st.sampled_from(["bombed", "Condemned", "signed", "aid", "lies", "the", "north", "SANCTIONS", "—", "é"])


def votes(words: list[str], middle: list[str], *, swapped: bool = False) -> list[float]:
    text = " ".join(["Peru", *middle, "Chile", *words])
    ends = [(0, 4), (text.index("Chile"), text.index("Chile") + 5)]
    return lexicon_votes(text, *(reversed(ends) if swapped else ends))


@settings(deadline=None, max_examples=30)
@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_votes_do_not_mind_which_end_is_named_first_and_those_between_are_among_all(words, middle) -> None:
    found = votes(words, middle)
    assert found == votes(words, middle, swapped=True)
    assert len(found) == LEXICON
    assert set(found) <= {0.0, 1.0}
    every, between = found[: len(TYPES)], found[len(TYPES) :]
    assert all(b <= e for e, b in zip(every, between, strict=True))
    assert between == votes([], middle)[len(TYPES) :]


@given(st.sampled_from([*TYPES, "CONCEDE", "RETREAT"]), st.floats(0.01, 1))
def test_a_rule_votes_for_one_type_with_its_confidence(event: str, confidence: float) -> None:
    found = rule_votes(event, confidence)
    assert [v for v in found if v] == [confidence]
    assert TYPES[found.index(confidence)] == merged(event)


def test_every_type_of_the_classifier_is_event_of_type_an_event_that_it_merges_back() -> None:
    assert [merged(event_of_type(kind)) for kind in TYPES] == list(TYPES)
