"""How a pattern of the idioms walks over a sentence: where it arrives, and when it holds."""

import pytest
from comity.coding.idioms import Idiom, conditions, forms, holds, negated
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.language.tree import Sentence, Token

TEXT = "Peru did not sign the new treaty with Chile"
PERU, DID, NOT, SIGN, THE, NEW, TREATY, WITH, CHILE = range(9)
ROWS = [
    ("peru", "PROPN", "NNP", SIGN, "nsubj"), ("do", "AUX", "VBD", SIGN, "aux"), ("not", "PART", "RB", SIGN, "advmod"),
    ("sign", "VERB", "VB", -1, "root"), ("the", "DET", "DT", TREATY, "det"), ("new", "ADJ", "JJ", TREATY, "amod"),
    ("treaty", "NOUN", "NN", SIGN, "obj"), ("with", "ADP", "IN", CHILE, "case"),
    ("chile", "PROPN", "NNP", TREATY, "nmod"),
]  # fmt: skip


def sentence() -> Sentence:
    tokens, at = [], 0
    for n, (word, (lemma, upos, xpos, head, deprel)) in enumerate(zip(TEXT.split(), ROWS, strict=True)):
        tokens.append(Token(n, word, at, at + len(word), lemma, upos, xpos, head, deprel))
        at += len(word) + 1
    return Sentence(0, "text", 0, len(TEXT), TEXT, tuple(tokens))


def walk(pattern: str, start: int = SIGN) -> set[int] | None:
    """Where a pattern arrives from a word; null where it does not hold."""
    at = holds(Idiom(frozenset(), tuple(conditions(pattern, 2)), "yes", ()), sentence(), start)
    return None if at is None else set(at)


@pytest.mark.parametrize(
    ("pattern", "start", "end"),
    [
        ("obj", SIGN, {TREATY}),
        ("nsubj,obj", SIGN, {PERU, TREATY}),
        ("<obj", TREATY, {SIGN}),
        ("<nsubj obj", PERU, {TREATY}),
        ("obj nmod:with", SIGN, {CHILE}),
        ("obj nmod:with/by", SIGN, {CHILE}),
        ("obj nmod", SIGN, {CHILE}),
        (".", SIGN, {SIGN}),
        ("next", SIGN, {THE}),
        ("previous", SIGN, {NOT}),
        ("next next", SIGN, {NEW}),
        ("obj?", SIGN, {SIGN, TREATY}),
        ("any*[PROPN]", SIGN, {PERU, CHILE}),
        ("next*[chile]", SIGN, {CHILE}),
        ("<any*", CHILE, {CHILE, TREATY, SIGN}),
    ],
)
def test_a_walk_arrives_where_its_steps_lead(pattern: str, start: int, end: set[int]) -> None:
    assert walk(pattern, start) == end


@pytest.mark.parametrize(
    ("pattern", "start"),
    [
        ("iobj", SIGN),
        ("<obj", SIGN),
        ("obj nmod:by", SIGN),
        ("nmod", SIGN),
        ("next", CHILE),
        ("previous", PERU),
        ("obj", TREATY),
    ],
)
def test_a_walk_that_leads_nowhere_does_not_hold(pattern: str, start: int) -> None:
    assert walk(pattern, start) is None
    assert walk(f"!{pattern}", start) == set()


@pytest.mark.parametrize(
    ("test", "holds_"),
    [
        ("treaty", True), ("pact", False), ("-pact", True), ("-treaty", False), ("pact,treaty", True), ("NOUN", True),
        ("VERB", False), ("NN", True), ("CAPITAL", False), ("NEGATED", False), ("-NEGATED", True),
        ("-pact,lease", True),
    ],
)  # fmt: skip
def test_the_word_reached_is_asked_for_its_words_and_tags(test: str, holds_: bool) -> None:
    assert walk(f"obj[{test}]") == ({TREATY} if holds_ else None)


def test_two_tests_of_a_step_must_both_hold() -> None:
    assert walk("obj[NOUN][treaty]") == {TREATY}
    assert walk("obj[VERB][treaty]") is None


def test_all_conditions_must_hold_and_the_first_says_where() -> None:
    assert walk("obj; nsubj[peru]") == {TREATY}
    assert walk("obj; nsubj[chile]") is None
    assert walk("obj; !nsubj[chile]") == {TREATY}
    assert walk("!iobj; obj") == set()


def test_what_is_denied_is_known_and_what_is_not_denied_too() -> None:
    assert negated(sentence(), SIGN)
    assert not negated(sentence(), TREATY)
    assert walk(".[NEGATED]") == {SIGN}
    assert walk(".[NEGATED]", TREATY) is None


def test_a_noun_is_known_with_its_preposition_and_each_word_by_text_and_lemma() -> None:
    assert {"chile", "with chile"} <= forms(sentence(), CHILE)
    assert {"did", "do"} <= forms(sentence(), DID)
    assert walk("obj nmod[with_chile]") == {CHILE}
    assert walk("obj nmod[by_chile]") is None


STEPS = st.sampled_from([
    "obj", "nsubj", "<obj", "any", "<any", "any*", "<any*", "next", "previous*", ".", "obj?", "nmod:with", "any[NOUN]",
    ".[-sign]", "next[CAPITAL]",
])  # fmt: skip
WALKS = st.lists(STEPS, min_size=1, max_size=4).map(" ".join)


@settings(deadline=None)
@given(WALKS, st.integers(PERU, CHILE))
def test_a_condition_holds_exactly_where_its_denial_fails(pattern: str, start: int) -> None:
    at = walk(pattern, start)
    assert (at is None) is not (walk(f"!{pattern}", start) is None)
    assert at is None or (at and at <= set(range(len(ROWS))))


@settings(deadline=None)
@given(WALKS, st.integers(PERU, CHILE))
def test_staying_in_place_changes_no_walk(pattern: str, start: int) -> None:
    assert walk(f". {pattern} .", start) == walk(pattern, start)


@settings(deadline=None)
@given(STEPS.filter(lambda s: s.isalpha()), st.integers(PERU, CHILE))
def test_a_step_as_often_as_it_goes_reaches_all_that_it_reaches_once(step: str, start: int) -> None:
    once, often = walk(step, start) or set(), walk(f"{step}*", start)
    assert often is not None
    assert {start, *once} <= often
    assert walk(f"{step}?", start) == {start, *once}


@settings(deadline=None)
@given(WALKS, WALKS, st.integers(PERU, CHILE))
def test_more_conditions_never_make_a_row_hold_more_often(pattern: str, more: str, start: int) -> None:
    if walk(f"{pattern}; {more}", start) is not None:
        assert walk(pattern, start) is not None
        assert walk(more, start) is not None
