"""Windows keep every word of a report once and in order, and a way says the same from both of its ends."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.windows import FACTS, PIECES, SENTENCES, climbs, facts, layout, stage_of, way
from comity.document.document import Document
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.mentions.reader import read_article

RELATIONS = ("nsubj", "obj", "obl", "nmod", "conj", "advcl", "nmod:poss", "nsubj:pass", "flat", "punct")
NAMES = {"subject", "object", "clause", "relative", "joined", "name", "modifier", "beside", "owner", "passive",
         "oblique", "other"}  # fmt: skip


@st.composite
def trees(draw: st.DrawFn) -> Sentence:
    size = draw(st.integers(1, 9))
    words = [
        Token(i, "w", 2 * i, 2 * i + 1, "w", "NOUN", "NN", draw(st.integers(0, i - 1)) if i else -1,
              draw(st.sampled_from(RELATIONS)) if i else "root")
        for i in range(size)
    ]  # fmt: skip
    return Sentence(0, "text", 0, 2 * size, "w " * size, tuple(words))


def bare(n: int, size: int) -> Article:
    """An article of some sentences of some words each, of which nothing is known."""
    made = []
    for i in range(n):
        words = tuple(Token(k, "w", 2 * k, 2 * k + 1, "w", "NOUN", "NN", k - 1, "dep") for k in range(size))
        made.append(Sentence(i, "text", 0, 2 * size, "w " * size, words))
    return Article(Document(id="d", text="w"), tuple(made))


@settings(deadline=None, max_examples=30)
@given(trees())
def test_the_climb_of_a_word_begins_at_it_and_ends_at_the_root(sentence: Sentence) -> None:
    for token, climb in zip(sentence.tokens, climbs(sentence), strict=True):
        assert climb[0] == (token.index, "")
        assert [i for i, _ in climb[1:]] == [t.index for t in sentence.ancestors(token.index)]


@settings(deadline=None, max_examples=30)
@given(trees(), st.data())
def test_a_way_down_from_one_word_is_a_way_up_from_the_other(sentence: Sentence, data: st.DataObject) -> None:
    at = st.integers(0, len(sentence.tokens) - 1)
    a, b = data.draw(at), data.draw(at)
    climb = climbs(sentence)
    there, back = way(climb[a], climb[b]).split(":")[0], way(climb[b], climb[a]).split(":")[0]
    assert (there == "self") == (a == b) == (back == "self")
    assert {there, back} in ({"self"}, {"down", "up"}, {"down"}, {"across"}, {"far"}, {"far", "across"})
    if there == "down":
        assert a in {t.index for t in sentence.ancestors(b)}


@settings(deadline=None, max_examples=30)
@given(trees(), st.data())
def test_what_is_joined_to_a_mention_stands_where_the_mention_stands(sentence: Sentence, data: st.DataObject) -> None:
    size = len(sentence.tokens)
    object_ = Token(size, "w", 0, 0, "w", "NOUN", "NN", data.draw(st.integers(0, size - 1)), "obj")
    joined = replace(object_, index=size + 1, head=size, deprel="conj")
    climb = climbs(replace(sentence, tokens=(*sentence.tokens, object_, joined)))
    for above in sentence.tokens:
        assert way(climb[above.index], climb[size + 1]) == way(climb[above.index], climb[size])


@settings(deadline=None, max_examples=30)
@given(trees())
def test_a_step_has_a_name_that_the_network_knows(sentence: Sentence) -> None:
    assert {name for climb in climbs(sentence) for _, name in climb[1:]} <= NAMES


def test_words_without_a_common_word_above_are_far_apart() -> None:
    deep = 60
    words = [Token(i, "w", 0, 0, "w", "NOUN", "NN", i - 1, "nmod" if i else "root") for i in range(deep)]
    words.append(Token(deep, "w", 0, 0, "w", "NOUN", "NN", 0, "obj"))
    climb = climbs(Sentence(0, "text", 0, 0, "", tuple(words)))
    assert way(climb[deep - 1], climb[deep]) == "far"  # the climb of the deep word ends below the root
    assert way(climb[10], climb[deep]) == "far"  # more steps than a reader follows
    assert way(climb[2], climb[deep]).startswith("across:object:")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 300), max_size=12))
def test_windows_hold_whole_sentences_in_order_and_no_more_than_they_can(sizes: list[int]) -> None:
    article = bare(len(sizes), 3)
    stage = stage_of(article, lambda s: (sizes[s.index], (0, 1, 2) if sizes[s.index] > 2 else (-1, -1, -1)))
    read = [i for w in stage.windows for i in w.sentences]
    assert read == [i for i, n in enumerate(sizes) if n]
    for window in stage.windows:
        assert 0 < len(window.order) <= PIECES
        assert len(window.words) == len(window.first)
        assert list(window.first) == sorted(window.first)
        assert all(0 <= place < len(window.order) for place in window.first)
        assert list(window.order) == sorted(window.order)
    for before, after in zip(stage.windows, stage.windows[1:], strict=False):
        assert len(before.order) + sizes[after.sentences[0]] > PIECES  # it would not have gone in


def test_of_a_sentence_longer_than_a_window_the_words_behind_are_left_out() -> None:
    article = bare(1, 3)
    (window,) = stage_of(article, lambda s: (PIECES + 40, (1, PIECES - 1, PIECES))).windows
    assert len(window.order) == PIECES
    assert window.words == ((0, 0), (0, 1))


def test_a_word_of_a_dateline_has_no_place_in_a_window() -> None:
    (window,) = stage_of(bare(1, 3), lambda s: (4, (-1, 1, 2))).windows
    assert window.words == ((0, 1), (0, 2))
    assert window.first == (1, 2)


def test_sentences_beyond_those_that_are_told_apart_count_as_the_last() -> None:
    (window,) = stage_of(bare(SENTENCES + 5, 1), lambda s: (2, (0,))).windows
    assert max(window.order) == SENTENCES - 1
    assert window.order.count(SENTENCES - 1) == 2 * 6
    assert len(window.words) == SENTENCES + 5


def test_a_report_of_which_the_encoder_read_nothing_has_no_window() -> None:
    article = bare(2, 3)
    assert layout(article.sentences[0]) == (0, ())
    assert stage_of(article).windows == ()
    assert stage_of(article).codes == ()
    assert facts(stage_of(article)).shape == (0, FACTS)


def stage(text: str, title: str | None = None):
    return stage_of(read_article(Document(id="d", text=text, title=title, published="2020-05-01", language="en")))


def test_the_party_that_is_named_first_and_most_leads() -> None:
    found = stage("Peru thanked Chile. Peru had asked Chile and Bolivia for food. Peru ate.", "Peru thanks Chile")
    shares = {c: facts(found)[i][2] for i, c in enumerate(found.codes)}
    assert shares["PER"] > shares["CHL"] > shares["BOL"] > 0
    assert math.isclose(sum(shares.values()), 1, abs_tol=1e-6)


def test_a_former_state_and_its_successor_are_one_candidate() -> None:
    found = stage("The Soviet Union thanked Chile in 1985. Russia still thanks Chile.")
    assert sorted(found.codes) == ["CHL", "RUS"]


@pytest.mark.parametrize(
    ("text", "place"), [("Peru thanked Chile in Oslo.", True), ("Peru thanked Chile in May.", False)]
)
def test_a_place_may_take_part_as_the_state_in_which_it_lies(text: str, place: bool) -> None:
    assert ("NOR" in stage(text).codes) is place


def test_each_mention_stands_once_at_its_word_and_for_known_candidates() -> None:
    found = stage("Peru and Chile met in Oslo on Monday. Both sides were pleased. Norway was, too.")
    at = [(m.sentence, m.token) for m in found.mentions]
    assert at == sorted(set(at))
    assert all(m.codes and max(m.codes) < len(found.codes) for m in found.mentions)
    assert {"PER", "CHL", "NOR"} <= set(found.codes)


def test_words_for_several_parties_stand_for_each_of_them() -> None:
    found = stage("Peru and Chile met. The two countries signed a pact.")
    (both,) = [m for m in found.mentions if m.sentence == 1]
    assert {found.codes[c] for c in both.codes} == {"PER", "CHL"}
