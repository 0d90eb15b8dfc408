"""What the classifier reads of a text: at most so many pieces, the marked ones among them wherever they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.classifier import (
    LEXICON,
    NONE,
    PIECES,
    RULES,
    TYPES,
    between,
    event_of_type,
    lexicon_votes,
    marked,
    merged,
    rule_votes,
)
from comity.document.document import Document
from comity.knowledge import plover
from comity.language.analysis import analyse
from comity.language.tree import Sentence

FILLER = st.text(alphabet="ab é漢🙂.,\n", max_size=200)


@settings(deadline=None, max_examples=30)
@given(FILLER, FILLER, FILLER)
def test_both_ends_are_in_sight_where_they_stand_near_each_other(before: str, gap: str, after: str) -> None:
    gap = gap[:20]
    text = f"{before} Peru {gap} Chile {after}"
    at = text.index("Peru"), text.index("Chile")
    m = marked(text, (at[0], at[0] + 4), (at[1], at[1] + 5))
    assert len(m.ids) == len(m.source) == len(m.target) <= PIECES
    assert set(m.source) | set(m.target) <= {0.0, 1.0}
    assert sum(m.source) >= 1
    assert sum(m.target) >= 1
    assert not any(a and b for a, b in zip(m.source, m.target, strict=True))
    assert {m.source[0], m.source[-1], m.target[0], m.target[-1]} == {0.0}  # the frame of a text is nobody


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 60), st.integers(0, 60))
def test_of_a_short_text_every_word_is_read_and_of_a_long_one_a_stretch(before: int, after: int) -> None:
    text = "so " * before + "Peru met Chile" + " so" * after
    at = text.index("Peru")
    m = marked(text, (at, at + 4), (at + 9, at + 14))
    assert len(m.ids) == min(before + after + 5, PIECES - 1)
    assert (sum(m.source), sum(m.target)) == (1, 1)


def test_a_span_of_several_words_is_marked_whole_and_a_span_of_none_not_at_all() -> None:
    text = "The king of Peru met Chile"
    assert sum(marked(text, (0, 16), (21, 26)).source) == 4
    assert sum(marked(text, (3, 4), (21, 26)).source) == 0


def sentence(text: str) -> Sentence:
    (found,) = analyse(Document(id="d", text=text, language="en"))
    return found


def spans(text: str, *names: str) -> list[tuple[int, int]]:
    return [(text.index(n), text.index(n) + len(n)) for n in names]


def test_between_two_parties_of_a_report_the_shares_add_up_to_one() -> None:
    text = "Norway condemned Peru for the raid."
    found = between(sentence(text), *spans(text, "Norway", "Peru"), alone=False)
    assert found is not None
    assert set(found) == {*TYPES, NONE}
    assert sum(found.values()) == pytest.approx(1)
    assert max(found, key=lambda t: found[t]) == "ACCUSE"


def test_two_flags_in_a_hall_do_nothing_to_each_other() -> None:
    told, idle = "Norway bombed Peru on Sunday.", "The flags of Norway and Peru are red."
    shares = [between(sentence(t), *spans(t, "Norway", "Peru"), alone=False) for t in (told, idle)]
    assert shares[0] is not None
    assert shares[1] is not None
    assert shares[1][NONE] > 0.5 > shares[0][NONE]


def test_of_a_lone_sentence_only_whether_anything_is_told_is_the_same() -> None:
    text = "Norway condemned Peru for the raid."
    one, ends = sentence(text), spans(text, "Norway", "Peru")
    alone, beside = (between(one, *ends, alone=a) for a in (True, False))
    assert alone is not None
    assert beside is not None
    assert alone[NONE] == beside[NONE]
    assert alone != beside


def test_of_a_sentence_that_was_not_read_nothing_is_known() -> None:
    bare = Sentence(0, "text", 0, 8, "Peru met", ())
    assert between(bare, (0, 4), (5, 8), alone=True) is None


def test_a_sentence_that_begins_late_in_its_report_is_read_by_its_own_offsets() -> None:
    text = "It rained all night. Norway condemned Peru for the raid."
    first, second = analyse(Document(id="d", text=text, language="en"))
    found = between(second, *spans(text, "Norway", "Peru"), alone=False)
    assert first.start == 0
    assert found is not None
    assert max(found, key=lambda t: found[t]) == "ACCUSE"


@pytest.mark.parametrize(
    ("text", "kind", "anywhere", "inside"),
    [
        ("Peru bombed Chile.", "ASSAULT", 1.0, 1.0),
        ("Peru and Chile saw towns bombed.", "ASSAULT", 1.0, 0.0),
        ("Peru lies by Chile.", "ASSAULT", 0.0, 0.0),
    ],
)
def test_a_word_for_an_act_votes_for_it_and_once_more_between_the_two(
    text: str, kind: str, anywhere: float, inside: float
) -> None:
    votes = lexicon_votes(text, *spans(text, "Peru", "Chile"))
    at = TYPES.index(kind)
    assert (votes[at], votes[len(TYPES) + at]) == (anywhere, inside)
    assert votes == lexicon_votes(text, *spans(text, "Chile", "Peru"))


def test_a_word_in_a_marked_name_does_not_vote() -> None:
    text = "The Peru Bomb Squad saw Chile."
    assert not any(lexicon_votes(text, (0, 19), (24, 29)))
    assert any(lexicon_votes(text, (4, 8), (24, 29)))


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_votes_are_as_many_for_any_text(text: str, a: int, b: int) -> None:
    votes = lexicon_votes(text, (a, a + 1), (b, b + 2))
    assert len(votes) == LEXICON
    assert all(inside <= anywhere for anywhere, inside in zip(votes, votes[len(TYPES) :], strict=False))


def test_every_event_of_the_manual_votes_for_its_type() -> None:
    for event in plover.events():
        votes = rule_votes(event, 0.6)
        assert len(votes) == RULES
        assert votes[-1] == 0.0
        assert votes[TYPES.index(merged(event) or "")] == 0.6
        assert merged(event_of_type(merged(event) or "")) == merged(event)
    assert rule_votes(None, 0.0) == [0.0] * len(TYPES) + [1.0]
