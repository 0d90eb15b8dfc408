"""Laws of paths and conditions, in trees of any shape: what a reviewer takes for granted when writing a row."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding import constructions
from comity.coding.constructions import Construction, conditions, negated, path, where, words_of
from comity.language.tree import Sentence, Token

RELATIONS = ("nsubj", "obj", "obl", "nmod", "conj", "advcl", "appos")
LEMMAS = ("pay", "sign", "war")
PARTS = ("NOUN", "VERB")
SIMPLE = st.sampled_from(RELATIONS)
SOME = settings(deadline=None, max_examples=30)


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """A sentence of up to seven words as a tree whose root is its first word."""
    size = draw(st.integers(1, 7))
    words = []
    for i in range(size):
        head = draw(st.integers(0, i - 1)) if i else -1
        relation = draw(SIMPLE) if i else "root"
        lemma = draw(st.sampled_from(LEMMAS))
        words.append(Token(i, lemma, 0, 0, lemma, draw(st.sampled_from(PARTS)), "X", head, relation))
    return Sentence(0, "text", 0, 0, "", tuple(words))


STEPS = st.tuples(
    st.sampled_from(["", "<"]),
    st.sampled_from(["obl", "nmod", "obj", "conj"]),
    st.sampled_from(["", "?"]),
    st.sampled_from(["", "", "[pay]", "[-war]"]),
).map("".join)
PATHS = st.lists(st.lists(STEPS, min_size=1, max_size=2).map(" ".join), min_size=1, max_size=2).map(" | ".join)


def reached(sentence: Sentence, written: str) -> list[tuple[int, ...]]:
    """What a path reaches from each word."""
    return [path(written).reached(sentence, t.index) for t in sentence.tokens]


@SOME
@given(sentences(), PATHS)
def test_what_is_reached_are_words_of_the_sentence_each_once_in_text_order(sentence: Sentence, written: str) -> None:
    for found in reached(sentence, written):
        assert list(found) == sorted(set(found))
        assert set(found) <= set(range(len(sentence.tokens)))


@SOME
@given(sentences(), PATHS)
def test_a_path_that_cannot_lead_anywhere_leads_nowhere(sentence: Sentence, written: str) -> None:
    if not path(written).may_lead(sentence):
        assert not any(reached(sentence, written))


@SOME
@given(sentences(), PATHS, PATHS)
def test_a_further_way_is_asked_only_where_the_ways_before_lead_nowhere(sentence: Sentence, one: str, two: str) -> None:
    first, second, both = reached(sentence, one), reached(sentence, two), reached(sentence, f"{one} | {two}")
    assert both == [a or b for a, b in zip(first, second, strict=True)]


@SOME
@given(sentences(), SIMPLE)
def test_who_goes_up_by_a_relation_comes_from_whom_it_leads_down_to(sentence: Sentence, relation: str) -> None:
    down, up = reached(sentence, relation), reached(sentence, f"<{relation}")
    pairs = {(above, below) for above, found in enumerate(down) for below in found}
    assert pairs == {(above, below) for below, found in enumerate(up) for above in found}


@SOME
@given(sentences(), SIMPLE)
def test_a_word_either_has_a_relation_or_lacks_it(sentence: Sentence, relation: str) -> None:
    has, lacks = reached(sentence, f"&{relation}"), reached(sentence, f"!{relation}")
    for token, (one, other) in enumerate(zip(has, lacks, strict=True)):
        assert sorted((*one, *other)) == [token]


@SOME
@given(sentences(), SIMPLE)
def test_a_step_that_may_stay_reaches_its_own_word_and_what_it_leads_to(sentence: Sentence, relation: str) -> None:
    goes, may_stay = reached(sentence, relation), reached(sentence, f"{relation}?")
    assert all(set(b) == {*a, i} for i, (a, b) in enumerate(zip(goes, may_stay, strict=True)))


@SOME
@given(sentences(), SIMPLE)
def test_a_step_as_often_as_it_goes_goes_on_from_all_that_it_reaches(sentence: Sentence, relation: str) -> None:
    once, often = reached(sentence, relation), reached(sentence, f"{relation}*")
    for token, found in enumerate(often):
        assert {token, *once[token]} <= set(found)
        assert all(set(once[i]) <= set(found) for i in found)


@SOME
@given(sentences(), SIMPLE, st.sampled_from(LEMMAS + PARTS))
def test_words_and_all_but_those_words_are_what_is_there(sentence: Sentence, relation: str, name: str) -> None:
    some, others = reached(sentence, f"{relation}[{name}]"), reached(sentence, f"{relation}[-{name}]")
    every = reached(sentence, relation)
    for a, b, both in zip(some, others, every, strict=True):
        assert not set(a) & set(b)
        assert set(a) | set(b) == set(both)


@SOME
@given(sentences(), PATHS)
def test_staying_in_place_changes_no_path(sentence: Sentence, written: str) -> None:
    around = " | ".join(f". {way} ." for way in written.split(" | "))
    assert reached(sentence, around) == reached(sentence, written)


@SOME
@given(sentences())
def test_the_word_beside_and_the_word_itself(sentence: Sentence) -> None:
    last = len(sentence.tokens) - 1
    assert reached(sentence, ".") == [(i,) for i in range(last + 1)]
    assert reached(sentence, "next") == [(i + 1,) if i < last else () for i in range(last + 1)]
    assert reached(sentence, "previous") == [(i - 1,) if i else () for i in range(last + 1)]


@SOME
@given(sentences(), PATHS, st.sets(st.integers(0, 6)))
def test_with_a_wish_for_some_words_only_those_are_reached(sentence: Sentence, written: str, wished: set[int]) -> None:
    for token in sentence.tokens:
        found = path(written).reached(sentence, token.index, lambda i: i in wished)
        assert set(found) <= wished
        if "|" not in written:
            assert set(found) == set(path(written).reached(sentence, token.index)) & wished


def row(pattern: str) -> Construction[constructions.Path]:
    return Construction("a row", frozenset(), conditions(pattern, path, "table:2"), "yes")


@SOME
@given(sentences(), PATHS)
def test_a_condition_holds_exactly_where_its_denial_fails(sentence: Sentence, written: str) -> None:
    for token in sentence.tokens:
        at, denied = (where(row(p), sentence, token.index) for p in (written, f"not {written}"))
        assert (at is None) is not (denied is None)
        assert at is None or at == path(written).reached(sentence, token.index)


@SOME
@given(sentences(), PATHS, PATHS)
def test_more_conditions_never_make_a_row_hold_more_often(sentence: Sentence, one: str, two: str) -> None:
    for token in sentence.tokens:
        first, second, both = (where(row(p), sentence, token.index) for p in (one, two, f"{one}; {two}"))
        assert both == (None if second is None else first)


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
    """Where the first condition of a pattern leads from a word; null where the pattern does not hold."""
    at = where(row(pattern), sentence(), start)
    return None if at is None else set(at)


@pytest.mark.parametrize(
    ("pattern", "start", "end"),
    [
        ("nsubj,obj", SIGN, {PERU, TREATY}),
        ("<nsubj obj", PERU, {TREATY}),
        ("obj nmod:with/by", SIGN, {CHILE}),
        ("obj nmod", SIGN, {CHILE}),
        ("next next", SIGN, {NEW}),
        ("next*[chile]", SIGN, {CHILE}),
        ("<any*", CHILE, {CHILE, TREATY, SIGN}),
    ],
)
def test_a_walk_arrives_where_its_steps_lead(pattern: str, start: int, end: set[int]) -> None:
    assert walk(pattern, start) == end


@pytest.mark.parametrize(
    ("pattern", "start"),
    [("iobj", SIGN), ("<obj", SIGN), ("obj nmod:by", SIGN), ("next", CHILE), ("previous", PERU), ("obj", TREATY)],
)
def test_a_walk_that_leads_nowhere_does_not_hold(pattern: str, start: int) -> None:
    assert walk(pattern, start) is None
    assert walk(f"not {pattern}", start) == set()


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("treaty", True), ("pact", False), ("-pact", True), ("-treaty", False), ("pact,treaty", True), ("NOUN", True),
        ("VERB", False), ("NN", True), ("CAPITAL", False), ("NEGATED", False), ("-NEGATED", True),
        ("-pact,lease", True), ("pact,NOUN", True), ("-pact,NOUN", False),
    ],
)  # fmt: skip
def test_the_word_reached_is_asked_for_its_words_and_tags(asked: str, holds: bool) -> None:
    assert walk(f"obj[{asked}]") == ({TREATY} if holds else None)


def test_two_brackets_of_a_step_must_both_hold() -> None:
    assert walk("obj[NOUN][treaty]") == {TREATY}
    assert walk("obj[VERB][treaty]") is None


def test_all_conditions_must_hold_and_the_first_says_where() -> None:
    assert walk("obj; nsubj[peru]") == {TREATY}
    assert walk("obj; nsubj[chile]") is None
    assert walk("obj; not nsubj[chile]") == {TREATY}
    assert walk("not iobj; obj") == set()


def test_what_is_denied_is_known_and_what_is_not_denied_too() -> None:
    assert negated(sentence(), SIGN)
    assert not negated(sentence(), TREATY)
    assert walk(".[NEGATED]") == {SIGN}
    assert walk(".[NEGATED]", TREATY) is None


def test_a_noun_is_known_with_its_preposition_and_each_word_by_text_and_lemma() -> None:
    assert walk("obj nmod[with_chile]") == {CHILE}
    assert walk("obj nmod[by_chile]") is None
    assert walk("aux[did]") == walk("aux[do]") == {DID}


def test_a_word_is_one_of_those_named_by_its_lemma_or_by_its_tag() -> None:
    def token(lemma: str, part: str) -> Sentence:
        return Sentence(0, "text", 0, 0, "", (Token(0, lemma, 0, 0, lemma, part, "VBD", -1, "root"),))

    cases = (token("pay", "VERB"), token("pay", "NOUN"), token("war", "VERB"), token("war", "NOUN"))
    assert [words_of("pay,VERB").have(s, 0) for s in cases] == [True, True, True, False]
    assert [words_of("-pay,VERB").have(s, 0) for s in cases] == [False, False, False, True]
    assert words_of("VBD").have(token("pay", "NOUN"), 0)


def test_markers_say_which_prepositions_will_do() -> None:
    def sent(*rows: tuple[str, str, int, str]) -> Sentence:
        tokens = (Token(i, t, 0, 0, t.lower(), u, "", h, r) for i, (t, u, h, r) in enumerate(rows))
        return Sentence(0, "text", 0, 0, "", tuple(tokens))

    flew = ("flew", "VERB", -1, "root")
    to_lima = sent(flew, ("to", "ADP", 2, "case"), ("Lima", "PROPN", 0, "obl"))
    home = sent(flew, ("yesterday", "NOUN", 0, "obl"))
    for written, behind_to, bare in [
        ("obl", (2,), (1,)),
        ("obl:to", (2,), ()),
        ("obl:from/to", (2,), ()),
        ("obl:from", (), ()),
        ("obl:", (), (1,)),
        ("obl:/to", (2,), (1,)),
    ]:
        assert (path(written).reached(to_lima, 0), path(written).reached(home, 0)) == (behind_to, bare)


def test_a_named_path_stands_for_each_of_its_ways() -> None:
    own = path("{subject}").ways
    assert len(own) > 1
    assert path("obj {subject}").ways == tuple((*path("obj").ways[0], *way) for way in own)
