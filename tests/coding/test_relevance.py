"""What a user relies on: reports that can yield nothing are passed by, and no record is lost by it unasked."""

from dataclasses import replace

import pytest

from comity import read
from comity.coding.gate import likelihood, numbers, relevance
from comity.language.encoder import embedded
from comity.settings import DEFAULTS

TREATY = "Peru and Chile signed a trade agreement in Lima on Monday."
MARKETS = (
    "Shares in Tokyo closed lower after a quiet session. Dealers said the German carmaker's results and a firmer yen "
    "had weighed on the French and Italian stocks that led the fall."
)
DAY = "2021-03-04"
ACT = embedded(["Norway", "imposed", "sanctions", "on", "Belarus", "."])


def kinds(text: str, **settings: float) -> list[str]:
    reading = read(text, published=DAY, settings=replace(DEFAULTS, **settings))
    return [r.kind for r in reading.records[1:]]


def test_a_report_that_yields_a_record_is_read() -> None:
    assert "agreement" in kinds(TREATY)


def test_a_record_in_a_long_report_about_other_things_is_found() -> None:
    found = read(f"{MARKETS} {TREATY} {MARKETS}", published=DAY)
    assert "agreement" in [r.kind for r in found.records]


def test_a_report_on_markets_that_names_five_states_yields_nothing() -> None:
    assert kinds(MARKETS) == []


def test_the_limit_can_be_raised_until_no_report_is_read() -> None:
    assert kinds(TREATY, relevance=1.1, relevance_sentences=0) == []


def test_a_report_of_a_few_sentences_is_always_read() -> None:
    assert kinds(TREATY, relevance=1.1) == kinds(TREATY, relevance=0.0)
    assert kinds(" ".join([TREATY] * 4), relevance=1.1) == []


def test_whoever_asks_for_less_likely_records_has_every_report_read() -> None:
    assert (
        kinds(TREATY, relevance=1.1, relevance_sentences=0, min_confidence=0.3)
        == kinds(TREATY, relevance=0.0, min_confidence=0.3)
        != []
    )


def test_a_report_whose_day_is_unknown_is_read_whole() -> None:
    found = read("LIMA, 4 March 2021 - " + MARKETS, settings=replace(DEFAULTS, relevance=1.1, relevance_sentences=0))
    assert found.document.published == "2021-03-04"


def test_a_sentence_that_reports_an_act_is_likelier_to_yield_a_record_than_one_on_football() -> None:
    match = embedded(["Norway", "beat", "Belarus", "by", "two", "goals", "."])
    assert likelihood(ACT, 2, [2]) > likelihood(match, 2, [2])


@pytest.mark.parametrize("least", [0.0, 0.2, 0.9])
def test_one_likely_sentence_is_enough_wherever_it_stands(least: float) -> None:
    act, match = ACT, embedded(["It", "rained", "."])
    relevant = relevance(least, 1)
    assert relevant([act, match], [2, 0]) == relevant([match, act], [0, 2])
    assert relevance(0.0, 0)([match], [0])
    assert not relevance(0.0, 0)([], [])


def test_parties_are_counted_up_to_a_limit() -> None:
    assert numbers([0], [0]) == (0.0, 0.0, 0.0)
    assert numbers([3], [12]) == numbers([40], [400]) == (1.0, 1.0, 1.0)
