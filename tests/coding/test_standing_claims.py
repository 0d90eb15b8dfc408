"""Claims on standing: whose it is, over or with whom, which way it goes, and what is no claim."""

from functools import cache

import pytest

from comity.coding.assessments import code_assessments
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Assessment


@cache
def assessments(text: str) -> tuple[Assessment, ...]:
    document = Document(id="d", text=text, published="2019-09-02", language="en")
    return tuple(code_assessments(read_article(document)))


@pytest.mark.parametrize(
    ("text", "dimension", "of", "over", "direction"),
    [
        ("The growing influence of China in Laos was noted.", "influence", "CHN", "LAO", "up"),
        ("Laos reduced its dependence on China.", "dependence", "LAO", "CHN", "down"),
        ("The dependence of Laos on China increased.", "dependence", "LAO", "CHN", "up"),
        ("Laos's reliance on China grew.", "dependence", "LAO", "CHN", "up"),
        ("The rivalry between China and India has intensified.", "rivalry", "CHN", "IND", "up"),
        ("China's close ties with Laos worry India.", "relations", "CHN", "LAO", "level"),
        ("Relations and trade between China and Laos improved.", "relations", "CHN", "LAO", "up"),
        ("The Chinese minister said relations with Laos had improved.", "relations", "CHN", "LAO", "up"),
        ("Kenya rebuilt its ties with Norway.", "relations", "KEN", "NOR", "restoring"),
    ],
)
def test_whose_it_is_and_over_whom_are_told_apart(
    text: str, dimension: str, of: str, over: str, direction: str
) -> None:
    (found,) = assessments(text)
    assert (found.dimension, found.of, found.over, found.direction) == (dimension, of, over, direction)
    assert found.against is None


def test_who_gains_over_two_gains_over_each() -> None:
    found = assessments("China's influence in Laos and Nepal increased.")
    assert [(a.of, a.over, a.direction) for a in found] == [("CHN", "LAO", "up"), ("CHN", "NPL", "up")]


def test_influence_that_somebody_counters_needs_nobody_over_whom_it_is() -> None:
    (found,) = assessments("Turkey countered Russian influence.")
    assert (found.of, found.over, found.direction, found.against) == ("RUS", None, "countered", "RUS")


def test_a_claim_without_anybody_over_whom_it_is_is_less_sure() -> None:
    (over,) = assessments("Turkey countered Russian influence in Azerbaijan.")
    (alone,) = assessments("Turkey countered Russian influence.")
    assert over.confidence > alone.confidence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "China's influence did not increase in Laos.",
        "Chinese influence in Laos would grow, an expert said.",
        "China hopes to increase its influence in Laos.",
        "China's influence in Laos, Nepal and Mongolia increased.",
        "Relations between China, Laos and Nepal improved.",
        "China's ties with the Laotian president improved.",
        "The Pacific Partnership grew with Laos and China.",
        "Norway, worried by Chinese influence in Laos, met Nepal.",
        "Japan curbed relations between China and Laos.",
        "Relations improved.",
        "China's influence increased.",
        "China has influence over Laos.",
    ],
)
def test_hopes_denials_lists_names_and_persons_are_no_claim(text: str) -> None:
    assert assessments(text) == ()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Relations between China and Laos improved in 2018.", "2018"),
        ("China increased its influence in Laos in May 2018.", "2018-05"),
        ("Relations between China and Laos improved.", None),
    ],
)
def test_the_time_is_that_of_the_change(text: str, period: str | None) -> None:
    (found,) = assessments(text)
    assert found.period == period


def test_one_claim_of_a_sentence_is_kept_once_and_in_two_sentences_twice() -> None:
    assert len(assessments("Relations between Peru and Chile, good relations, improved.")) <= 2
    found = assessments("Relations between Peru and Chile improved. Relations between Peru and Chile worsened.")
    assert [a.direction for a in found] == ["up", "down"]


TEXTS = (
    "“China’s influence over Laos increased,” said Peru — and Laos’s dependence on China grew in 2018.",
    "Relations between Norway and Kenya have worsened. Turkey countered Russian influence in Azerbaijan.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_claim_has_its_owner_its_direction_and_its_words(text: str) -> None:
    found = assessments(text)
    assert found
    for one in found:
        assert one.start is not None
        assert one.quote == text[one.start : one.end]
        assert one.of
        assert one.dimension
        assert one.direction
        assert one.of != one.over
        assert (one.against is not None) == (one.direction == "countered")
