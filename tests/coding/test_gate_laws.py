"""The gate reads each sentence by what the report names as a whole, in whatever order its sentences stand.

A sentence that is read has the number of parties that it names, one that is refused has null.
"""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.gate import may_hold_fact, passing
from comity.document.document import Document

SENTENCES = (
    "Peru and Chile met.",
    "Norway sent an envoy.",
    "Acme Motors rose sharply on Monday.",
    "Their trade fell by a tenth.",
    "It rained.",
    "He left after the talks.",
    "The accord shall remain in force for ten years.",
    "wow, so very nice",
    "In 1987 Jane Zimmerer scored twice.",
    "Peruvian troops crossed the river.",
    "",
    "Prices climbed 3 percent.",
)
REPORT = st.lists(st.sampled_from(SENTENCES), max_size=8)


def through(texts: list[str], published: str | None = "2019-09-02") -> list[int | None]:
    return passing(Document(id="d", text=" ".join(texts), published=published), texts)


@settings(deadline=None, max_examples=30)
@given(REPORT)
def test_every_sentence_has_its_answer(texts: list[str]) -> None:
    assert len(through(texts)) == len(texts)


@settings(deadline=None, max_examples=30)
@given(REPORT, st.randoms(use_true_random=False))
def test_the_answers_do_not_hang_on_the_order_of_the_sentences(texts: list[str], random) -> None:
    mixed = list(texts)
    random.shuffle(mixed)
    answers = Counter(zip(texts, through(texts), strict=True))
    assert answers == Counter(zip(mixed, through(mixed), strict=True))


@settings(deadline=None, max_examples=30)
@given(REPORT)
def test_only_what_can_hold_a_fact_by_itself_is_read(texts: list[str]) -> None:
    assert all(may_hold_fact(t) for t, named in zip(texts, through(texts), strict=True) if named is not None)


@settings(deadline=None, max_examples=30)
@given(REPORT, st.sampled_from(SENTENCES))
def test_a_further_sentence_stops_none_that_was_read(texts: list[str], more: str) -> None:
    before, after = through(texts), through([*texts, more])
    assert all(then in (None, now) for then, now in zip(before, after, strict=False))


@settings(deadline=None, max_examples=30)
@given(REPORT)
def test_without_a_day_of_publication_no_less_is_read(texts: list[str]) -> None:
    dated, undated = through(texts), through(texts, None)
    assert all(d in (None, u) for d, u in zip(dated, undated, strict=True))


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60))
def test_whatever_has_a_digit_can_hold_a_figure(text: str) -> None:
    assert may_hold_fact(text + "7")
    assert may_hold_fact("Then came " + text + " Mali")


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    assert may_hold_fact(text) or not re.search(r"\d", text)


@pytest.mark.parametrize("word", ["Ukraine", "Mali", "Oslo", "Putin"])
def test_a_lone_word_with_a_capital_may_be_a_name(word: str) -> None:
    assert may_hold_fact(f"{word} burns.")
    assert not may_hold_fact("Now what?")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("The men signed.", True), ("the pledges were kept", True), ("Wow, how lovely and nice", False)],
)
def test_a_word_is_known_in_whatever_form_it_stands(sentence: str, told: bool) -> None:
    assert may_hold_fact(sentence) is told


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Peru's minister spoke.", "The flag of Chile was raised."),
        ("Merkel spoke.", "Macron listened."),
        ("Oslo was quiet.", "Lima was not."),
        ("NATO was silent.", "Norway's friends waited."),
    ],
)
def test_states_count_by_whatever_name_they_are_named(first: str, second: str) -> None:
    assert through([first, second]) == [1, 1]
    assert through([first]) == [None]


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Peru, Chile and NATO met in Lima.", 3),
        ("Peruvian troops crossed the river.", 1),
        ("Their trade fell by a tenth.", 0),
        ("Acme Motors rose sharply on Monday.", None),
    ],
)
def test_a_sentence_that_is_read_has_the_number_of_parties_it_names(sentence: str, parties: int | None) -> None:
    assert through(["Peru and Chile met.", sentence]) == [2, parties]


def test_one_state_under_two_names_is_one() -> None:
    assert through(["Peru raised its taxes.", "Lima was calm."]) == [None, None]
    assert through(["Peru raised its taxes in Lima.", "Chile was calm."]) == [1, 1]


def test_a_term_is_read_in_a_report_that_names_no_party_and_a_bare_instrument_is_not() -> None:
    term = "This Agreement shall be valid for a dozen years."
    assert through([term]) == [0]
    assert through(["This Agreement is long."]) == [None]


def test_the_government_that_publishes_is_a_party_and_a_newspaper_is_none() -> None:
    texts = ["The minister will fly to Lima."]
    for source, answers in (("https://www.gov.uk/x", [1]), ("https://www.example.com/x", [None]), (None, [None])):
        document = Document(id="d", text=texts[0], published="2019-09-02", source=source)
        assert passing(document, texts) == answers


def test_a_report_without_sentences_has_no_answers() -> None:
    assert through([]) == []
