"""Rows of pairs: which are read, which are refused and why, and what of a row decides its code."""

from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.coding.classifier import TYPES, merged
from comity.coding.pairs import PairCode, code_by_rules, code_pair, pair_of
from comity.errors import FormatError
from comity.knowledge import plover
from comity.reading import code

TEXT = "France condemned Serbia."
SPANS = {"source_spans": [[0, 6]], "target_spans": [[17, 23]]}
NAMES = ("France", "Serbia", "Norway", "Peru")


@cache
def coded(text: str, source: str, target: str) -> PairCode:
    return code_pair(pair_of({"id": "1", "text": text, "source_text": source, "target_text": target}))


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_words_alone_are_found_where_they_first_stand(before: str, between: str, source: str, target: str) -> None:
    text = f"{before}{source}{between}{target}"
    assume(source != target)
    pair = pair_of({"id": 7, "text": text, "source_text": source, "target_text": target})
    for span, words in ((pair.source, source), (pair.target, target)):
        assert text[slice(*span)] == words
        assert words not in text[: span[1] - 1]
    assert (pair.id, pair.text) == ("7", text)


@settings(deadline=None, max_examples=50)
@given(st.integers(-3, 30), st.integers(-3, 30))
def test_a_span_is_taken_as_given_or_refused(start: int, end: int) -> None:
    row = {"id": "1", "text": TEXT, **SPANS, "source_spans": [[start, end]]}
    if 0 <= start < end <= len(TEXT):
        assert pair_of(row).source == (start, end)
    else:
        with pytest.raises(FormatError, match=f"source_spans {start} to {end} lie outside"):
            pair_of(row)


LIKE_WORDS = "France thanked Norway. Serbia condemned France."


def test_spans_say_which_of_two_like_words_is_meant() -> None:
    row = {"id": "1", "text": LIKE_WORDS, "source_text": "Serbia"}
    by_words, by_spans = pair_of({**row, "target_text": "France"}), pair_of({**row, "target_spans": [[40, 46]]})
    assert (by_words.target, by_spans.target) == ((0, 6), (40, 46))
    assert code_by_rules(by_spans).plover == "ACCUSE"


@pytest.mark.xfail(strict=True, reason="the classifier hears the thanks of another sentence")
def test_an_act_of_another_sentence_is_not_that_of_the_pair() -> None:
    row = {"id": "1", "text": LIKE_WORDS, "source_text": "Serbia", "target_spans": [[40, 46]]}
    assert code_pair(pair_of(row)).plover == "ACCUSE"


@pytest.mark.parametrize(
    "wrong", [["a", "b"], [None, 6], [0.5, 6], ["0", "6"], [True, 6], [float("inf"), 6], [float("nan"), 6], [[0], 6]]
)
def test_offsets_that_are_no_whole_numbers_are_refused_by_the_side_that_has_them(wrong: list[object]) -> None:
    for side in ("source", "target"):
        with pytest.raises(FormatError, match=f"{side}_spans has .* whole number"):
            pair_of({"id": "1", "text": TEXT, **SPANS, f"{side}_spans": [wrong]})


def test_whole_numbers_written_as_fractions_are_whole() -> None:
    assert pair_of({"id": "1", "text": TEXT, **SPANS, "source_spans": [[0.0, 6.0]]}).source == (0, 6)


@pytest.mark.parametrize("shape", [[], [[]], [[0]], [[0, 6, 7]], "0-6", {"start": 0, "end": 6}, None, 6])
def test_spans_of_another_shape_count_as_none(shape: object) -> None:
    row = {"id": "1", "text": TEXT, **SPANS, "source_spans": shape}
    with pytest.raises(FormatError, match="no source_spans"):
        pair_of(row)
    assert pair_of({**row, "source_text": "France"}).source == (0, 6)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", None, 4, ["France"]])
def test_a_row_without_a_text_is_refused(text: object) -> None:
    with pytest.raises(FormatError, match="no text"):
        pair_of({"id": "1", "text": text, **SPANS})


SENTENCES = [
    ("France condemned Serbia for the raid.", "France", "Serbia"),
    ("France and Serbia met in Oslo.", "France", "Serbia"),
    ("Serbian shells hit a French convoy.", "Serbian", "French"),
    ("France promised to lend Serbia ten million euros.", "France", "Serbia"),
    ("Serbia withdrew its troops from the border with Norway.", "Serbia", "Norway"),
    ("The envoy of France left. Serbia had refused to see him.", "Serbia", "France"),
    ("Flags of France and of Serbia hang in the hall.", "France", "Serbia"),
    ("Serbia, France and Peru.", "France", "Serbia"),
]


@pytest.mark.parametrize(("text", "source", "target"), SENTENCES)
def test_a_code_is_one_of_the_manual_with_what_belongs_to_it(text: str, source: str, target: str) -> None:
    found = coded(text, source, target)
    assert 0 <= found.confidence <= 1
    assert found.evidence
    if found.plover is None:
        assert (found.mode, found.cameo, found.confidence) == (None, None, 0.0)
        return
    assert merged(found.plover) in TYPES
    assert found.mode is None or found.mode in plover.modes()[found.plover]
    assert found.cameo is not None
    assert found.cameo.isdecimal()
    assert len(found.cameo) in {3, 4}


@pytest.mark.parametrize(("text", "source", "target"), SENTENCES)
def test_the_name_of_a_row_and_blanks_behind_its_text_decide_nothing(text: str, source: str, target: str) -> None:
    row = {"id": "z", "text": text + "  \n", "source_text": source, "target_text": target}
    found, plain = code(row), coded(text, source, target)
    assert (found.id, found.plover, found.cameo) == ("z", plain.plover, plain.cameo)


@pytest.mark.parametrize(
    ("text", "source", "target", "plover"),
    [
        ("In the café 🇷🇸 France condemned Serbia.", "France", "Serbia", "ACCUSE"),
        ("“France condemned Serbia,” he said.", "France", "Serbia", "ACCUSE"),
        ("FRANCE CONDEMNS SERBIA", "FRANCE", "SERBIA", "ACCUSE"),
        ("The former condemned the latter.", "The former", "the latter", "ACCUSE"),
        ("Group A bombed Group B on Sunday.", "Group A", "Group B", "ASSAULT"),
    ],
)
def test_the_marked_words_need_be_no_names_of_states(text: str, source: str, target: str, plover: str) -> None:
    assert coded(text, source, target).plover == plover


def rules(text: str, source: str, target: str) -> PairCode:
    return code_by_rules(pair_of({"id": "1", "text": text, "source_text": source, "target_text": target}))


def test_by_rules_an_act_the_other_way_round_counts_less() -> None:
    ahead = rules("France condemned Serbia.", "France", "Serbia")
    back = rules("France condemned Serbia.", "Serbia", "France")
    assert (ahead.plover, back.plover) == ("ACCUSE", "ACCUSE")
    assert 0 < back.confidence < ahead.confidence


def test_by_rules_an_act_from_source_to_target_comes_before_one_back() -> None:
    text = "France condemned Serbia, and Serbia thanked France."
    assert [rules(text, *ends).plover for ends in (("France", "Serbia"), ("Serbia", "France"))] == ["ACCUSE", "ACCUSE"]
    text = "Serbia thanked Norway, and Norway condemned Serbia."
    assert rules(text, "Serbia", "Norway").plover == "SUPPORT"


def test_by_rules_the_nearest_word_decides_where_the_tree_shows_no_act_between_them() -> None:
    found = rules("The arrest of a sailor of France strained its friendship with Serbia.", "France", "Serbia")
    assert found.plover == "COERCE"
    assert 0 < found.confidence < rules("France arrested a sailor of Serbia.", "France", "Serbia").confidence


@pytest.mark.parametrize("text", ["France lies north of Serbia.", "France, Serbia."])
def test_by_rules_nothing_is_coded_where_no_word_tells_an_act(text: str) -> None:
    assert rules(text, "France", "Serbia") == PairCode(id="1")


def test_by_rules_two_parties_of_two_sentences_may_have_an_act_too() -> None:
    assert rules("France was angry. It condemned the raid. Serbia was silent.", "France", "Serbia").plover in {
        None,
        "ACCUSE",
    }
