"""The classifier reads a text with its two spans marked, whatever its length, and its numbers are shares."""

import pytest

from comity.coding.classifier import (
    LEXICON,
    NONE,
    PIECES,
    RULES,
    TYPES,
    lexicon_votes,
    marked,
    probabilities,
    rule_votes,
)


def likely(text: str, source: str, target: str) -> dict[str, float]:
    spans = [(text.index(x), text.index(x) + len(x)) for x in (source, target)]
    return probabilities(text, *spans, [*lexicon_votes(text, *spans), *rule_votes(None, 0.0)])


def test_the_spans_are_marked_where_they_stand() -> None:
    m = marked("Peru met Chile", (0, 4), (9, 14))
    assert m.source == [0.0, 1.0, 0.0, 0.0, 0.0]
    assert m.target == [0.0, 0.0, 0.0, 1.0, 0.0]


def test_a_long_text_is_read_around_its_spans() -> None:
    text = "It rained. " * 200 + "France condemned Serbia." + " It rained." * 200
    at = text.index("France")
    m = marked(text, (at, at + 6), (at + 17, at + 23))
    assert len(m.ids) <= PIECES
    assert sum(m.source) == 1.0
    assert sum(m.target) == 1.0


def test_spans_too_far_apart_leave_the_first_one_in_sight() -> None:
    text = "France " + "and so on " * 300 + "Serbia"
    m = marked(text, (0, 6), (len(text) - 6, len(text)))
    assert len(m.ids) <= PIECES
    assert sum(m.source) == 1.0


def test_the_shares_of_all_types_and_of_no_event_add_up_to_one() -> None:
    found = likely("France condemned Serbia.", "France", "Serbia")
    assert set(found) == {*TYPES, NONE}
    assert sum(found.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("France condemned Serbia for the raid.", "ACCUSE"),
        ("France bombed Serbia on Sunday.", "ASSAULT"),
        ("France threatened to attack Serbia.", "THREATEN"),
        ("France sent food aid to Serbia.", "AID"),
        pytest.param(
            "France turned down every appeal of Serbia.",
            "REJECT",
            marks=pytest.mark.xfail(strict=True, reason="appeals that are turned down are read as granted"),
        ),
        ("France freed two prisoners from Serbia.", "YIELD"),
    ],
)
def test_plain_sentences_are_understood_without_the_rules(text: str, kind: str) -> None:
    found = likely(text, "France", "Serbia")
    assert max(TYPES, key=lambda t: found[t]) == kind


def test_the_same_text_gives_the_same_numbers_each_time() -> None:
    assert likely("France met Serbia.", "France", "Serbia") == likely("France met Serbia.", "France", "Serbia")


def test_the_votes_are_as_many_as_the_network_expects() -> None:
    assert len(lexicon_votes("a b", (0, 1), (2, 3))) + len(rule_votes(None, 0.0)) == LEXICON + RULES
