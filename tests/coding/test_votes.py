"""What the tables and the rules say of a pair reaches the classifier as plain numbers."""

import pytest

from comity.coding.classifier import LEXICON, RULES, TYPES, lexicon_votes, merged, rule_votes


def heard(text: str, source: str, target: str) -> set[str]:
    spans = [(text.index(x), text.index(x) + len(x)) for x in (source, target)]
    votes = lexicon_votes(text, *spans)
    assert len(votes) == LEXICON
    return {TYPES[i] for i, v in enumerate(votes[: len(TYPES)]) if v}


def test_a_trigger_votes_for_its_type_in_whatever_form_it_stands() -> None:
    assert "ASSAULT" in heard("France bombed Serbia", "France", "Serbia")
    assert "ASSAULT" in heard("France is bombing Serbia", "France", "Serbia")
    assert "ACCUSE" in heard("Serbia was condemned by France", "France", "Serbia")


def test_words_inside_the_two_spans_do_not_vote() -> None:
    assert "ASSAULT" not in heard(
        "The attack helicopters of France met Serbia", "The attack helicopters of France", "Serbia"
    )


def test_words_between_the_spans_vote_a_second_time() -> None:
    text = "France bombed Serbia, critics condemned"
    votes = lexicon_votes(text, (0, 6), (14, 20))
    between = votes[len(TYPES) :]
    assert between[TYPES.index("ASSAULT")] == 1.0
    assert between[TYPES.index("ACCUSE")] == 0.0


def test_a_text_without_a_trigger_gives_no_vote() -> None:
    assert sum(lexicon_votes("France lies north of Serbia", (0, 6), (21, 27))) == 0.0


@pytest.mark.parametrize(("event", "kind"), [("CONCEDE", "YIELD"), ("RETREAT", "YIELD"), ("AID", "AID"), (None, None)])
def test_the_two_kinds_of_yielding_are_one(event: str | None, kind: str | None) -> None:
    assert merged(event) == kind


def test_the_rules_vote_with_their_confidence_or_say_that_they_see_nothing() -> None:
    votes = rule_votes("RETREAT", 0.7)
    assert len(votes) == RULES
    assert votes[TYPES.index("YIELD")] == 0.7
    assert votes[-1] == 0.0
    assert rule_votes(None, 0.0) == [0.0] * len(TYPES) + [1.0]
