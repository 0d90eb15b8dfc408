"""Quote, day, place and status of a fact belong to its own clause and to no other."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding import statement
from comity.document.document import Document
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.reader import read_article

PUBLISHED = "2019-09-04"  # a Wednesday


@cache
def article(text: str, published: str | None = PUBLISHED) -> Article:
    return read_article(Document(id="d", text=text, published=published, language="en"))


def at(text: str, word: str) -> tuple[Article, Sentence, int]:
    read = article(text)
    sentence = next(s for s in read.sentences if word in s.text)
    return read, sentence, next(t.index for t in sentence.tokens if t.text == word)


TEXT = "LIMA, May 3 (Agency) - Peru, it said ; thanked  Chile’s envoy, 🙂 who wept."


@settings(deadline=None, max_examples=60)
@given(st.integers(-5, 90), st.integers(-5, 90))
def test_a_quote_stands_at_its_offsets_whatever_span_is_asked_for(start: int, end: int) -> None:
    read = article(TEXT)
    sentence = read.sentences[0]
    got = statement.source(read, sentence, start, max(start, end))
    if got["start"] < got["end"]:
        assert TEXT[got["start"] : got["end"]] == got["quote"]
        assert sentence.start <= got["start"] < got["end"] <= sentence.end
    assert got["quote"] == got["quote"].strip(" \t\n\r,;:")


def test_a_dateline_is_left_out_of_a_quote_unless_nothing_else_is_asked_for() -> None:
    read = article(TEXT)
    story = TEXT.index("Peru")
    assert statement.source(read, read.sentences[0], 0, len(TEXT))["start"] == story
    assert statement.source(read, read.sentences[0], 0, 4)["quote"] == "LIMA"


def test_what_somebody_says_is_ascribed_and_what_the_report_says_is_not() -> None:
    text = "“Peru bombed Chile,” said Norway's foreign minister. Peru bombed Chile."
    read = article(text)
    said = statement.source(read, read.sentences[0], 1, 18)["attribution"]
    assert said is not None
    assert said.state == "NOR"
    assert statement.source(read, read.sentences[1], 53, 70)["attribution"] is None
    assert statement.attribution(None) is None


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Peru bombed Chile on Monday.", "bombed", "2019-09-02"),
        ("Peru bombed Chile on Monday and thanked Norway on Tuesday.", "thanked", "2019-09-03"),
        ("Peru bombed Chile on Monday and thanked Norway on Tuesday.", "bombed", "2019-09-02"),
        ("Peru bombed Chile, which had attacked it in 2016.", "attacked", "2016"),
        ("Peru, which attacked Chile in 2016, thanked it in 2018.", "thanked", "2018"),
        ("Peru thanked Chile for ten years.", "thanked", None),  # a span of time is no day
        ("Peru praised the 2015 accord with Chile.", "praised", None),  # part of a name
        ("Peru thanked Chile.", "thanked", None),
    ],
)
def test_the_day_of_an_act_is_that_of_its_clause(text: str, word: str, day: str | None) -> None:
    found = statement.date_of(*at(text, word))
    assert found[0] == day
    assert (found[1] is None) == (day is None)
    mention = statement.date_mention(*at(text, word))
    assert (mention.edtf if mention else None) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("After the summit of 3 May 2018 Peru thanked Chile in June 2018.", "2018-06"),
        ("Ahead of the vote on 3 May 2018, Peru thanked Chile in April 2018.", "2018-04"),
        ("Peru thanked Chile in April 2018 ahead of a vote in Oslo on 3 May 2018.", "2018-04"),
        ("At the summit of 3 May 2018 Peru thanked Chile.", "2018-05-03"),
    ],
)
def test_the_day_of_what_came_before_or_after_is_another(text: str, day: str) -> None:
    assert statement.date_of(*at(text, "thanked"))[0] == day


@pytest.mark.parametrize(
    ("text", "status", "day"),
    [
        ("Peru refused to attend the summit of 7 September 2019.", "occurred", None),  # it is to come
        ("Peru will attend the summit on Saturday.", "planned", "2019-09-07"),
        ("Peru refused to attend the summit on Monday.", "occurred", "2019-09-02"),
        ("Peru refused to attend the summit on Wednesday.", "occurred", PUBLISHED),
        ("Peru refused to attend the summit in September.", "occurred", "2019-09"),
        ("Peru refused to attend the summit in 2020.", "occurred", None),
    ],
)
def test_what_has_occurred_lies_on_no_day_after_the_report(text: str, status: str, day: str | None) -> None:
    verb = "attend" if status == "planned" else "refused"
    assert statement.day_of_act(*at(text, verb), status)[0] == day


def test_a_report_sent_over_midnight_may_tell_of_the_day_after_its_stamp() -> None:
    for day, kept in (("5 September 2019", True), ("6 September 2019", False)):
        found = statement.day_of_act(*at(f"Peru thanked Chile on {day}.", "thanked"), "occurred")
        assert (found[0] is not None) is kept


def test_without_a_day_of_publication_no_day_is_after_it() -> None:
    read = article("Peru thanked Chile on 3 May 2090.", None)
    assert statement.day_of_act(read, read.sentences[0], 1, "occurred")[0] == "2090-05-03"


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Peru and Chile met in Oslo.", "met", "Oslo"),
        ("In Oslo, Peru and Chile met.", "met", "Oslo"),
        ("Peru and Chile met at the port of Oslo.", "met", None),
        ("Peru and Chile met near Oslo.", "met", None),
        ("Peru left Oslo and met Chile in Lima.", "met", "Lima"),
        ("Peru, which has an embassy in Oslo, thanked Chile.", "thanked", None),
        ("Peru and Chile met.", "met", None),
    ],
)
def test_the_place_of_an_act_stands_in_its_clause_behind_in_or_at(text: str, word: str, place: str | None) -> None:
    assert statement.place_of(*at(text, word)) == place


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Peru met Chile.", "met", "occurred"),
        ("Peru is to meet Chile.", "meet", "planned"),
        ("Peru will meet Chile and sign a pact.", "sign", "planned"),
        ("Peru will meet Chile but signed a pact.", "signed", "occurred"),
        ("Peru will thank him when he visits Chile.", "visits", "planned"),
        ("Peru thanked him when he visited Chile.", "visited", "occurred"),
        ("If Peru bombs Chile, Norway will weep.", "bombs", "hypothetical"),
        ("Peru denied that it had bombed Chile.", "bombed", "denied"),
        ("Peru did not deny that it had bombed Chile.", "bombed", "occurred"),
        ("Peru wants to meet Chile.", "meet", "hypothetical"),
        ("Peru plans to meet Chile.", "meet", "planned"),
        ("Peru does not plan to meet Chile.", "meet", "denied"),
        ("Peru managed to meet Chile.", "meet", "occurred"),
        ("Peru failed to meet Chile.", "meet", "denied"),
        ("“I would like to thank Chile,” Peru's president said.", "thank", "occurred"),
        ("“I would like to bomb Chile,” Peru's president said.", "bomb", "hypothetical"),
        ("A visit to Chile is planned.", "visit", "planned"),
        ("Peru plans to say that it met Chile.", "met", "occurred"),  # what is planned is to say so
        ("Peru refused to sign the text of the pact.", "pact", "denied"),
        ("A visit to Chile was praised.", "visit", "occurred"),
        ("Peru praised the agreement to sign a pact.", "sign", "planned"),
        ("Peru praised the agreement that was signed.", "signed", "occurred"),
        ("Peru ordered its troops to attack.", "ordered", "occurred"),
    ],
)
def test_whether_an_act_took_place_is_said_by_its_verb_and_those_above(text: str, word: str, status: str) -> None:
    _, sentence, index = at(text, word)
    assert statement.status_of(sentence, index) == status


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("Peru thanked Chile in Oslo.", "Oslo", "thanked"),
        ("Peru thanked Chile.", "thanked", "thanked"),
        ("Peru said Chile had left Oslo.", "Oslo", "left"),
        ("Peru thanked Chile and bombed Oslo.", "Oslo", "bombed"),
        ("Peru and the king of Oslo wept.", "Oslo", "wept"),
    ],
)
def test_a_word_belongs_to_the_clause_of_the_next_predicate_above(text: str, word: str, head: str) -> None:
    _, sentence, index = at(text, word)
    top = statement.clause_head(sentence, index)
    assert sentence.tokens[top].text == head
    assert statement.clause_head(sentence, top) == top


@pytest.mark.parametrize(
    "text", ["Peru thanked Chile, which wept.", "“Peru,” it said, “wept.”", "Peru (it said) wept; they left."]
)
def test_the_clause_of_a_word_holds_the_word_without_marks_at_its_ends(text: str) -> None:
    sentence = article(text).sentences[0]
    for token in sentence.tokens:
        start, end = statement.clause_span(sentence, token.index)
        if token.upos != "PUNCT":
            assert start <= token.start < token.end <= end
            assert sentence.clip(start, end).strip(",.;“”") == sentence.clip(start, end)


def test_words_for_several_are_the_actors_that_they_stand_for() -> None:
    read = article("Peru and Chile met. Both sides wept.")
    both = next(m for m in read.actors if m.sentence == 1)
    assert [a.state for a in statement.actors(both)] == ["PER", "CHL"]
    one = next(m for m in read.actors if m.sentence == 0)
    assert statement.actors(one) == (statement.actor(one),)
    assert (statement.actor(one).start, statement.actor(one).text) == (0, "Peru")
