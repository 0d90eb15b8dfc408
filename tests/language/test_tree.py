"""What the coders ask of a sentence's tree, and where a dateline ends."""

import pytest

from comity.language.tree import Sentence, Token, dateline


def sentence() -> Sentence:
    """ "Peru and Chile signed a treaty in Lima.", 100 characters into its text."""
    text = "Peru and Chile signed a treaty in Lima."
    rows = [
        ("Peru", 3, "nsubj"),
        ("and", 2, "cc"),
        ("Chile", 0, "conj"),
        ("signed", -1, "root"),
        ("a", 5, "det"),
        ("treaty", 3, "obj"),
        ("in", 7, "case"),
        ("Lima", 3, "obl:at"),
        (".", 3, "punct"),
    ]
    tokens, at = [], 0
    for i, (word, head, relation) in enumerate(rows):
        at = text.index(word, at)
        tokens.append(Token(i, word, 100 + at, 100 + at + len(word), word, "", "", head, relation))
        at += len(word)
    return Sentence(0, "text", 100, 100 + len(text), text, tuple(tokens))


def words(tokens) -> list[str]:
    return [t.text for t in tokens]


def test_the_root_depends_on_nothing():
    assert sentence().root.text == "signed"


def test_children_come_in_the_order_of_the_text():
    assert words(sentence().children(3)) == ["Peru", "treaty", "Lima", "."]
    assert words(sentence().children(4)) == []


def test_children_of_a_relation_are_those_of_its_kinds_too():
    assert words(sentence().children(3, "obl")) == ["Lima"]
    assert words(sentence().children(3, "obl:at")) == ["Lima"]
    assert words(sentence().children(3, "obl:in")) == []
    assert words(sentence().children(3, "nsubj", "obj")) == ["Peru", "treaty"]


def test_a_subtree_is_the_word_and_all_below_it():
    assert words(sentence().subtree(0)) == ["Peru", "and", "Chile"]
    assert words(sentence().subtree(7)) == ["in", "Lima"]
    assert len(sentence().subtree(3)) == 9


def test_ancestors_are_the_heads_nearest_first():
    assert words(sentence().ancestors(1)) == ["Chile", "Peru", "signed"]
    assert words(sentence().ancestors(3)) == []


def test_spans_and_clips_count_in_the_text_of_the_document():
    assert sentence().span(0) == (100, 114)
    assert sentence().clip(*sentence().span(7)) == "in Lima"


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("LIMA, March 26 - Peru signed.", "Peru signed."),
        ("LIMA, 26 March - Peru signed.", "Peru signed."),
        ("LIMA, March 26, 2019 - Peru signed.", "Peru signed."),
        ("LIMA, Peru (Agency) - Peru signed.", "Peru signed."),
        ("LIMA (Agency) - Peru signed.", "Peru signed."),
        ("LIMA – Peru signed.", "Peru signed."),
        ("LIMA — Peru signed.", "Peru signed."),
        ("LIMA -- Peru signed.", "Peru signed."),
        ("SAN JOSE, Jan. 4 - Peru signed.", "Peru signed."),
        ("Lima, March 26 - Peru signed.", None),
        ("Peru - once rich - signed.", None),
        ("LIMA, March 26: Peru signed.", None),
        ("Peru signed.", None),
        ("LIMA-based Acme - a firm - signed.", None),
        ("LIMA, " + "Peru " * 14 + "- Peru signed.", None),
    ],
)
def test_a_dateline_ends_at_its_dash(text: str, story: str | None):
    found = dateline(Sentence(0, "text", 50, 50 + len(text), text, ()))
    assert text[found - 50 :] == (story or text)


def test_what_stands_below_and_above_a_word_is_in_the_order_of_the_text_and_of_nearness():
    one = sentence()
    assert [words(one.below[i]) for i in (0, 3, 4)] == [["Chile"], ["Peru", "treaty", "Lima", "."], []]
    assert [words(one.above[i]) for i in (1, 3)] == [["Chile", "Peru", "signed"], []]
    assert [words(one.subtrees[i]) for i in (0, 7)] == [["Peru", "and", "Chile"], ["in", "Lima"]]


def test_a_relation_is_known_without_what_completes_it():
    assert [t.relation for t in sentence().tokens[6:8]] == ["case", "obl"]
