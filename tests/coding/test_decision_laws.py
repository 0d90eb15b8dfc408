"""What anybody who writes a row of a decision list, or reads votes, may rely on, whatever the case."""

import pytest
from comity.coding.decisions import TABLE, condition, decide, meets, rules
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.agreements import PARTY_FACTS
from comity.coding.dossiers import RECORD_FACTS, SIEVE_FACTS
from comity.coding.instrument_mentions import FACTS
from comity.coding.stages import rank
from comity.coding.votes import LEXICON, TYPES, lexicon_votes, merged, rule_votes, told_as
from comity.knowledge.states import rows
from comity.records.codes import Stage

QUESTIONS = {
    "an instrument": FACTS,
    "private": FACTS,
    "a stranger": FACTS,
    "one instrument": SIEVE_FACTS,
    "a record of its own": RECORD_FACTS,
    "parties": PARTY_FACTS,
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
    assert {r["question"] for r in rows(TABLE)} == set(QUESTIONS)


@settings(deadline=None, max_examples=20)
@given(CASES)
def test_the_first_row_whose_facts_all_hold_answers(asked) -> None:
    question, case = asked
    rule = answered(question, case)
    order = rules(question)
    before = order[: order.index(rule)] if rule else order
    assert all(any(not meets(c, case[c.fact]) for c in r.conditions) for r in before)
    assert rule is None or all(meets(c, case[c.fact]) for c in rule.conditions)


@settings(deadline=None, max_examples=20)
@given(CASES)
def test_each_fact_is_looked_at_once_at_most(asked) -> None:
    question, case = asked
    seen: list[str] = []
    decide(question, {name: (lambda c, name=name: (seen.append(name), c[name])[1]) for name in case}, case)
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("written", ["stage", "stage=signed", "stage=signed|planned", "type=@often of one state"])
@pytest.mark.parametrize("found", [True, False, set(), {"signed"}, {"planned", "treaty"}, {"lease"}])
def test_not_asks_for_the_contrary(written: str, found: bool | set[str]) -> None:
    assert meets(condition(written), found) is not meets(condition(f"not {written}"), found)


@pytest.mark.parametrize(
    ("written", "found", "holds"),
    [
        ("stage=signed|planned", {"planned"}, True),
        ("stage=signed|planned", {"ratified"}, False),
        ("stage=signed", set(), False),
        ("named", True, True),
        ("parties", ("KEN",), True),
        ("parties", (), False),
        ("not parties", (), True),
    ],
)
def test_a_fact_with_values_asks_for_one_of_them_and_one_without_for_any(written, found, holds: bool) -> None:
    assert meets(condition(written), found) is holds


def test_a_question_without_rows_has_no_answer() -> None:
    assert rules("no such question") == ()
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


def test_every_type_of_the_classifier_is_told_as_an_event_that_it_merges_back() -> None:
    assert [merged(told_as(kind)) for kind in TYPES] == list(TYPES)
