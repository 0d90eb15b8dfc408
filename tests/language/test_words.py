"""Words and sentences as a reader parts them: rows of `words.csv` (parted by blanks) and `sentences.csv`, and more."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.language.sentences import passages, split
from comity.language.words import cut


def table(name):
    return list(csv.DictReader(Path(__file__).with_name(name).read_text("utf-8").splitlines()))


WORDS, SENTENCES = table("words.csv"), table("sentences.csv")


@pytest.mark.parametrize("row", WORDS, ids=[r["text"] for r in WORDS])
def test_a_text_has_these_words(row):
    assert " ".join(w.text for w in cut(row["text"])) == row["words"]


@pytest.mark.parametrize("row", SENTENCES, ids=[r["text"] for r in SENTENCES])
def test_a_text_has_these_sentences(row):
    text = row["text"]
    found = [s for a, b in passages(text) for s in split(cut(text[a:b], a))]
    assert " | ".join(text[s[0].start : s[-1].end] for s in found) == row["sentences"]


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


LINE = "the ministers of the two states met in the capital to talk about"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("\n".join([LINE] * 4), 1),
        ("\n".join([LINE] * 3), 3),
        ("\n".join([LINE + "."] * 5), 5),
        ("\n".join([LINE[:40]] * 5), 5),
        ("\n".join([LINE * 2] * 5), 5),
        ("\n".join([LINE] * 5) + "\n\n" + "\n".join([LINE] * 5), 2),
        ("\n".join([LINE] * 5) + "\n" + LINE * 4, 6),
        ("One line\n\nAnother line", 2),
        ("One line\nAnother line", 2),
        ("One line\n \t\r\n\n  Another line\n", 2),
        ("", 0),
        (" \n \n", 0),
    ],
)
def test_paragraphs_end_at_blank_lines_and_at_line_ends_that_no_program_set(text, count):
    assert len(passages(text)) == count


@settings(deadline=None)
@given(st.text(alphabet="ab.\n "), st.integers(0, 50))
def test_paragraphs_lie_in_order_and_none_is_blank(text, offset):
    found = passages(text, offset)
    assert all(text[a - offset : b - offset].strip() for a, b in found)
    assert all(x[1] <= y[0] for x, y in pairwise(found))
