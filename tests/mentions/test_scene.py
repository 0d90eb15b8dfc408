"""What words ask that name nobody (a row of `questions.csv` each), whom a report offers as answers, and who is taken.

`form` is the kind of the words, `number` whether they are several, `relation` their place in the sentence.
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.document.document import Document
from comity.language.analysis import analyse
from comity.mentions.antecedents import (
    CANDIDATES,
    FORMS,
    Asked,
    Scene,
    asked,
    chosen,
    features,
    left_out,
    meant,
    named,
    points,
    scene_of,
)
from comity.mentions.reader import read_article

ROWS = list(csv.DictReader(Path(__file__).with_name("questions.csv").read_text("utf-8").splitlines()))


def question(text: str, words: str) -> Asked:
    (sentence,) = analyse(Document(id="x", text=text))
    at = text.index(words)
    return asked(sentence, [t.index for t in sentence.tokens if at <= t.start < at + len(words)])


def scene(text: str, title: str | None = None) -> Scene:
    return scene_of(read_article(Document(id="d", text=text, title=title, published="2019-09-02", language="en")))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['text']} {r['words']}" for r in ROWS])
def test_words_ask_for_one_or_several_in_their_place(row: dict[str, str]) -> None:
    found = question(row["text"], row["words"])
    assert found.form in FORMS
    assert (found.form, found.relation) == (row["form"], row["relation"])
    assert found.plural == (row["number"] == "several")


@pytest.mark.parametrize("word", ["government", "Country", "president", "side", "army"])
def test_a_noun_of_states_their_bodies_and_offices_may_stand_for_one(word: str) -> None:
    assert points(word)


@pytest.mark.parametrize("word", ["river", "outfielder", "tea", "road"])
def test_other_nouns_stand_for_no_party(word: str) -> None:
    assert not points(word)


def test_a_party_that_is_left_out_is_asked_for_at_the_act() -> None:
    (sentence,) = analyse(Document(id="x", text="Peru was attacked."))
    act = sentence.root.index
    found = left_out(sentence, act, "actor")
    assert (found.form, found.token, found.role, found.plural) == ("left out", act, "actor", False)


def test_those_named_most_often_come_first_then_those_named_first() -> None:
    found = scene("Chile met Peru. Kenya met Peru. It rained in Chile and Peru.")
    assert [c.code for c in found.candidates] == ["PER", "CHL", "KEN"]


def test_a_town_offers_its_state_as_a_place() -> None:
    found = scene("Peru met Chile in Geneva.")
    swiss = next(c for c in found.candidates if c.code == "CHE")
    assert [kind for _, _, kind, _ in swiss.places] == ["place"]


def test_a_state_that_is_gone_offers_the_one_that_continues_it() -> None:
    assert [c.code for c in scene("Soviet troops left Cuba.").candidates] == ["RUS", "CUB"]


def test_a_scene_knows_who_stands_in_the_title_the_opening_and_the_dateline() -> None:
    found = scene("LIMA, March 26 - Chile paid. Kenya paid.", "Uganda pays")
    assert found.home == "PER"
    assert found.titled == {"UGA"}
    assert "CHL" in found.opening
    assert "KEN" not in found.opening
    assert scene("Chile paid in Lima.").home is None


def test_no_more_parties_are_weighed_than_the_limit() -> None:
    states = [
        "Peru",
        "Chile",
        "Kenya",
        "Uganda",
        "Chad",
        "Sudan",
        "Norway",
        "Sweden",
        "Finland",
        "Denmark",
        "Poland",
        "Austria",
        "Italy",
        "Spain",
        "Portugal",
    ]
    states += ["Cuba", "Haiti", "Egypt"]
    found = scene(" ".join(f"{s} paid." for s in states))
    assert len(found.candidates) == CANDIDATES < len(states)


def test_each_party_has_as_many_traits_as_the_others() -> None:
    found = scene("Peru met Chile in Geneva. Both countries signed.")
    ask = Asked(1, 1, "two", plural=True, relation="subject")
    rows = features(found, ask)
    assert rows.shape[0] == len(found.candidates)
    assert np.isfinite(rows).all()


def test_where_nobody_is_named_nobody_is_meant() -> None:
    assert meant(scene("It rained. They left."), Asked(1, 0, "they", plural=True, relation="subject")) == (set(), 0.0)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("The army of Peru", {"PER"}),
        ("The Peruvian army", {"PER"}),
        ("The Baltic states", {"EST", "LVA", "LTU"}),
        ("The NATO envoy", {"NATO"}),
        ("The army", set()),
    ],
)
def test_words_that_hold_a_name_name_its_parties(words: str, codes: set[str]) -> None:
    found = read_article(Document(id="d", text=f"{words} left Kenya.", published="2019-09-02", language="en"))
    inside = [t.index for t in found.sentences[0].tokens if t.end <= len(words)]
    assert named(found, found.sentences[0], inside) == codes


def ask(form: str, *, plural: bool = False) -> Asked:
    return Asked(0, 0, form, plural=plural, relation="subject")


@pytest.mark.parametrize(
    ("form", "plural", "likely", "expected"),
    [
        ("it", False, [0.6, 0.5, 0.4], "AB"),
        ("it", False, [0.49, 0.3, 0.1], "A"),
        ("it", False, [0.2, 0.1, 0.0], "A"),
        ("it", False, [0.19, 0.1, 0.0], ""),
        ("he", False, [0.6, 0.9, 0.8], "B"),
        ("i", False, [0.6, 0.9, 0.8], "B"),
        ("office", False, [0.6, 0.9, 0.8], "B"),
        ("office", True, [0.6, 0.9, 0.8], "ABC"),
        ("name", False, [0.9, 0.9, 0.8], "A"),
        ("two", True, [0.1, 0.9, 0.3], "BC"),
        ("two", True, [0.9, 0.9, 0.9], "AB"),
        ("two", True, [0.1, 0.1, 0.1], ""),
        ("they", True, [0.9, 0.9, 0.9], "ABC"),
        ("they", True, [], ""),
    ],
)
def test_those_are_meant_who_are_likely_or_likeliest(
    form: str, plural: bool, likely: list[float], expected: str
) -> None:
    codes = "ABC"[: len(likely)]
    assert chosen(ask(form, plural=plural), codes, np.array(likely)) == frozenset(expected)


@settings(deadline=None)
@given(
    likely=st.lists(st.floats(0, 1), min_size=1, max_size=6),
    form=st.sampled_from(["he", "it", "they", "two", "government", "sides"]),
)
def test_who_is_meant_is_never_less_likely_than_who_is_not(likely: list[float], form: str) -> None:
    codes = "ABCDEF"[: len(likely)]
    found = chosen(ask(form), codes, np.array(likely))
    outside = [p for c, p in zip(codes, likely, strict=True) if c not in found]
    inside = [p for c, p in zip(codes, likely, strict=True) if c in found]
    assert not inside or max(outside, default=0.0) <= min(inside)
    assert len(found) <= {"he": 1, "two": 2}.get(form, 6)
