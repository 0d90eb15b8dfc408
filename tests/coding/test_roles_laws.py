"""Laws of paths, in trees of any shape: what a reviewer of the tables takes for granted when writing a row."""

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.roles import Step, may_lead, roles, ways, words_of
from comity.language.graph import Graph
from comity.language.tree import Sentence, Token

RELATIONS = ("nsubj", "obj", "obl", "nmod", "conj", "advcl", "appos")
LEMMAS = ("pay", "sign", "war")
PARTS = ("NOUN", "VERB")
SIMPLE = st.sampled_from(RELATIONS)


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


def words(sentence: Sentence, path: str) -> list[tuple[int, ...]]:
    """What the path reaches from each word."""
    graph = Graph(sentence)
    return [roles(graph, t.index, path) for t in sentence.tokens]


@settings(deadline=None, max_examples=30)
@given(sentences(), PATHS)
def test_what_is_reached_are_words_of_the_sentence_each_once_in_text_order(sentence: Sentence, path: str) -> None:
    for found in words(sentence, path):
        assert list(found) == sorted(set(found))
        assert set(found) <= set(range(len(sentence.tokens)))


@settings(deadline=None, max_examples=30)
@given(sentences(), PATHS)
def test_a_path_that_cannot_lead_anywhere_leads_nowhere(sentence: Sentence, path: str) -> None:
    if not may_lead(sentence, path):
        assert not any(words(sentence, path))


@settings(deadline=None, max_examples=30)
@given(sentences(), PATHS, PATHS)
def test_a_further_way_is_asked_only_where_the_ways_before_lead_nowhere(sentence: Sentence, one: str, two: str) -> None:
    first, second, both = words(sentence, one), words(sentence, two), words(sentence, f"{one} | {two}")
    assert both == [a or b for a, b in zip(first, second, strict=True)]


@settings(deadline=None, max_examples=30)
@given(sentences(), SIMPLE)
def test_who_goes_up_by_a_relation_comes_from_whom_it_leads_down_to(sentence: Sentence, relation: str) -> None:
    down, up = words(sentence, relation), words(sentence, f"<{relation}")
    pairs = {(above, below) for above, found in enumerate(down) for below in found}
    assert pairs == {(above, below) for below, found in enumerate(up) for above in found}


@settings(deadline=None, max_examples=30)
@given(sentences(), SIMPLE)
def test_a_word_either_has_a_relation_or_lacks_it(sentence: Sentence, relation: str) -> None:
    has, lacks = words(sentence, f"&{relation}"), words(sentence, f"!{relation}")
    for token, (one, other) in enumerate(zip(has, lacks, strict=True)):
        assert sorted((*one, *other)) == [token]


@settings(deadline=None, max_examples=30)
@given(sentences(), SIMPLE)
def test_a_step_that_may_stay_reaches_its_own_word_and_what_it_leads_to(sentence: Sentence, relation: str) -> None:
    goes, may_stay = words(sentence, relation), words(sentence, f"{relation}?")
    assert all(set(b) == {*a, i} for i, (a, b) in enumerate(zip(goes, may_stay, strict=True)))


@settings(deadline=None, max_examples=30)
@given(sentences(), SIMPLE, st.sampled_from(LEMMAS + PARTS))
def test_words_and_all_but_those_words_are_what_is_there(sentence: Sentence, relation: str, name: str) -> None:
    some, others = words(sentence, f"{relation}[{name}]"), words(sentence, f"{relation}[-{name}]")
    every = words(sentence, relation)
    for a, b, both in zip(some, others, every, strict=True):
        assert not set(a) & set(b)
        assert set(a) | set(b) == set(both)


@settings(deadline=None, max_examples=30)
@given(sentences())
def test_the_word_beside_and_the_word_itself(sentence: Sentence) -> None:
    last = len(sentence.tokens) - 1
    assert words(sentence, ".") == [(i,) for i in range(last + 1)]
    assert words(sentence, "next") == [(i + 1,) if i < last else () for i in range(last + 1)]
    assert words(sentence, "previous") == [(i - 1,) if i else () for i in range(last + 1)]


@settings(deadline=None, max_examples=30)
@given(sentences(), PATHS, st.sets(st.integers(0, 6)))
def test_with_a_wish_for_some_words_only_those_are_reached(sentence: Sentence, path: str, wished: set[int]) -> None:
    graph = Graph(sentence)
    for token in sentence.tokens:
        found = roles(graph, token.index, path, lambda i: i in wished)
        assert set(found) <= wished
        if "|" not in path:
            assert set(found) == set(roles(graph, token.index, path)) & wished


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(LEMMAS), min_size=1, unique=True), st.sampled_from(PARTS))
def test_commas_and_blanks_part_the_words_of_a_cell_alike(names: list[str], part: str) -> None:
    assert words_of(",".join([*names, part])) == words_of(" ".join([*names, part])) == words_of(" ".join(names), part)


def test_a_word_must_have_one_of_the_lemmas_and_one_of_the_parts_of_speech() -> None:
    def token(lemma: str, part: str) -> Token:
        return Token(0, lemma, 0, 0, lemma, part, "VBD", -1, "root")

    asked = words_of("pay,VERB")
    assert [asked.have(token(*t)) for t in (("pay", "VERB"), ("pay", "NOUN"), ("war", "VERB"))] == [True, False, False]
    assert words_of("VBD").have(token("pay", "NOUN"))
    assert words_of("").have(token("pay", "NOUN"))


def test_markers_say_which_prepositions_will_do() -> None:
    def sent(*rows: tuple[str, str, int, str]) -> Sentence:
        made = (Token(i, t, 0, 0, t.lower(), u, "", h, r) for i, (t, u, h, r) in enumerate(rows))
        return Sentence(0, "text", 0, 0, "", tuple(made))

    flew = ("flew", "VERB", -1, "root")
    to_lima = Graph(sent(flew, ("to", "ADP", 2, "case"), ("Lima", "PROPN", 0, "obl")))
    home = Graph(sent(flew, ("yesterday", "NOUN", 0, "obl")))
    for path, behind_to, bare in [
        ("obl", (2,), (1,)),
        ("obl:to", (2,), ()),
        ("obl:from/to", (2,), ()),
        ("obl:from", (), ()),
        ("obl:", (), (1,)),
        ("obl:/to", (2,), (1,)),
    ]:
        assert (roles(to_lima, 0, path), roles(home, 0, path)) == (behind_to, bare)


def test_a_named_path_stands_for_each_of_its_ways() -> None:
    own = ways("{subject}")
    assert len(own) > 1
    assert ways("obj {subject}") == tuple((*ways("obj")[0], *way) for way in own)
    assert all(isinstance(step, Step) for way in own for step in way)


def test_an_empty_path_has_no_way() -> None:
    assert ways("") == ways(" | ") == ()
    assert roles(Graph(Sentence(0, "text", 0, 0, "", ())), 0, "") == ()
