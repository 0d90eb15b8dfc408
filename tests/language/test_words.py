from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language.sentences import passages, split
from comity.language.words import cut


def texts(text):
    return [w.text for w in cut(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They don't agree", ["They", "do", "n't", "agree"]),
        ("They don’t agree", ["They", "do", "n’t", "agree"]),
        ("France's offer", ["France", "'s", "offer"]),
        ("the U.S.-Mongolia pact", ["the", "U.S.", "-", "Mongolia", "pact"]),
        ("Russian-Mongolian ties", ["Russian", "-", "Mongolian", "ties"]),
        ("Mr. Xi and Sen. J. Kerry", ["Mr.", "Xi", "and", "Sen.", "J.", "Kerry"]),
        ("worth $1.3 billion", ["worth", "$", "1.3", "billion"]),
        ("some 1,000 troops", ["some", "1,000", "troops"]),
        ("“We agree,” he said.", ["“", "We", "agree", ",", "”", "he", "said", "."]),
        ("They cannot agree", ["They", "can", "not", "agree"]),
        ("on the 5th of May, 2019.", ["on", "the", "5th", "of", "May", ",", "2019", "."]),
        ("see https://un.org/a-b.", ["see", "https://un.org/a-b", "."]),
    ],
)
def test_words_are_cut_as_universal_dependencies_cuts_them(text, words):
    assert texts(text) == words


@given(st.text(), st.integers(0, 1000))
def test_words_cover_every_visible_character_once_and_say_where_they_stand(text, offset):
    words = cut(text, offset)
    assert all(text[w.start - offset : w.end - offset] == w.text for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
    covered = {i for w in words for i in range(w.start - offset, w.end - offset)}
    assert covered >= {i for i, c in enumerate(text) if not c.isspace()}


@given(st.text(alphabet='Ab. !?"”“\n,1'))
def test_no_word_is_lost_between_paragraphs_and_sentences(text):
    through = [w for a, b in passages(text) for s in split(cut(text[a:b], a)) for w in s]
    assert "".join(w.text for w in through) == "".join(text.split())


def sentences(text):
    return [" ".join(w.text for w in s) for a, b in passages(text) for s in split(cut(text[a:b], a))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Xi left the U.S. on Monday. He was pleased.", 2),
        ("He met J. Kerry in Washington. They agreed.", 2),
        ("“We agree.” He left.", 2),
        ("The company Acme Inc. signed it.", 1),
        ("It was signed in the U.S. The text is secret.", 2),
        ("Exports rose by 1.3 percent.", 1),
        ("Headline without a stop\nFirst sentence. Second sentence.", 3),
        ("Is it true? Yes! It is.", 3),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, count):
    assert len(sentences(text)) == count


def test_a_line_wrapped_by_a_program_does_not_end_a_sentence():
    line = "the ministers of the two states met in the capital to talk about"
    assert len(passages("\n".join([line] * 5) + " trade.")) == 1
