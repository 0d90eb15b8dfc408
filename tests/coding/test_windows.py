"""What the network of frames is given: whole sentences, the parties that a report names, and the ways between words."""

import math

import pytest

from comity.coding.windows import FACTS, PIECES, climbs, facts, stage_of, way
from comity.document.document import Document
from comity.mentions.reader import read_article


def article(text: str, title: str | None = None):
    return read_article(Document(id="d", text=text, title=title, published="2020-05-01", language="en"))


def between(text: str, word: str, name: str) -> str:
    (sentence,) = article(text).sentences
    at = {t.text: t.index for t in sentence.tokens}
    climb = climbs(sentence)
    return way(climb[at[word]], climb[at[name]])


@pytest.mark.parametrize(
    ("text", "word", "name", "expected"),
    [
        ("Russia attacked Georgia.", "attacked", "Russia", "down:subject:0"),
        ("Russia attacked Georgia.", "attacked", "Georgia", "down:object:0"),
        ("Georgia was attacked by Russia.", "attacked", "Georgia", "down:passive:0"),
        ("Georgia was attacked by Russia.", "attacked", "Russia", "down:by:0"),
        ("Peru held talks with Chile.", "talks", "Peru", "across:subject:object:1"),
        ("Peru and Chile met.", "met", "Chile", "down:subject:0"),
    ],
)
def test_the_way_from_a_word_to_a_party_says_what_it_is_to_it(text: str, word: str, name: str, expected: str) -> None:
    assert between(text, word, name) == expected


def test_every_sentence_of_a_long_report_is_read_whole_in_one_window() -> None:
    text = " ".join(f"Peru sent {n} tonnes of grain to Chile after the flood of that year." for n in range(120))
    stage = stage_of(article(text))
    assert len(stage.windows) > 1
    assert all(len(w.order) <= PIECES for w in stage.windows)
    read = [word for w in stage.windows for word in w.words]
    assert read == [(s.index, t.index) for s in stage.article.sentences for t in s.tokens]


def test_whoever_a_report_names_may_take_part_and_a_pronoun_stands_for_them() -> None:
    stage = stage_of(article("Peru thanked Chile on Monday. It had sent food."))
    assert set(stage.codes) == {"PER", "CHL"}
    named = [{stage.codes[c] for c in t.codes} for t in stage.mentions if t.sentence == 0]
    assert {"PER"} in named
    assert {"CHL"} in named


def test_what_tells_for_a_party_are_numbers_without_gaps() -> None:
    rows = facts(stage_of(article("Peru thanked Chile. Peru had asked for food.", "Peru thanks Chile")))
    assert rows.shape == (2, FACTS)
    assert all(math.isfinite(x) for row in rows for x in row)


def test_a_dateline_is_no_word_that_tells() -> None:
    stage = stage_of(article("LIMA, May 1 (Agency) - Peru thanked Chile."))
    (sentence,) = stage.article.sentences
    words = [sentence.tokens[t].text for w in stage.windows for _, t in w.words]
    assert words == ["Peru", "thanked", "Chile", "."]
