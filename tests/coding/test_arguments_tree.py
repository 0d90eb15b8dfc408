"""Who does a thing to whom, found along the tree: subjects that are shared, left out, turned round or behind "by"."""

from functools import cache

import pytest

from comity.coding.arguments import (
    Party,
    agents,
    holders,
    merge,
    near,
    parties_of,
    patients,
    subject,
    travellers,
)
from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.reader import read_article
from comity.records.record import Actor


@cache
def article(text: str) -> Article:
    return read_article(Document(id="d", text=text, language="en", published="2019-09-02"))


def word(text: str, verb: str) -> int:
    return next(t.index for t in article(text).sentences[0].tokens if t.text == verb)


def codes(found: list[Party] | tuple[Party, ...]) -> set[str]:
    return {c for p in found for c in p.codes}


def doers(text: str, verb: str) -> set[str]:
    sentence = article(text).sentences[0]
    return codes(agents(sentence, word(text, verb), parties_of(article(text), sentence)))


def undergoers(text: str, verb: str, *prefer: str) -> set[str]:
    sentence, at = article(text).sentences[0], word(text, verb)
    named = parties_of(article(text), sentence)
    return codes(patients(sentence, at, named, agents(sentence, at, named), prefer=frozenset(prefer)))


@pytest.mark.parametrize(
    ("text", "verb", "head", "passive"),
    [
        ("Peru bombed Chile.", "bombed", "Peru", False),
        ("Chile was bombed by Peru.", "bombed", "Chile", True),
        ("Peru met Chile and signed a pact.", "signed", "Peru", False),
        ("Peru agreed to sign a pact.", "sign", "Peru", False),
        ("Peru asked Chile to sign a pact.", "sign", "Chile", False),
        ("The troops that entered Chile left.", "entered", "troops", False),
        ("A pact signed by Peru was read out.", "signed", "pact", True),
        ("Peru left after signing a pact.", "signing", "Peru", False),
        ("Peru thanked Chad for sending grain.", "sending", "Chad", False),
        ("Peru's decision to cut ties was praised.", "cut", "Peru", False),
        ("Sign here.", "Sign", None, False),
    ],
)
def test_whose_subject_is_shared_or_left_out_is_found(text: str, verb: str, head: str | None, passive: bool) -> None:
    sentence = article(text).sentences[0]
    at, is_passive = subject(sentence, word(text, verb))
    assert (sentence.tokens[at].text if at is not None else None, is_passive) == (head, passive)


@pytest.mark.parametrize(
    ("text", "verb", "who"),
    [
        ("Peru bombed Chile.", "bombed", {"PER"}),
        ("Chile was bombed by Peru.", "bombed", {"PER"}),
        ("Chile was bombed.", "bombed", set()),
        ("Two Chileans were killed in a Peruvian strike.", "killed", {"PER"}),
        ("Two Chileans were killed in a Peruvian town.", "killed", set()),
        ("Peru, Bolivia and Norway thanked Chile.", "thanked", {"PER", "BOL", "NOR"}),
        ("Peru's minister and the king of Norway thanked Chile.", "thanked", {"PER", "NOR"}),
        ("The deficit of Peru with Chile grew.", "grew", set()),
        ("The owner of a house that Chile had bought complained.", "complained", set()),
        ("Peru said it would bomb Chile.", "bomb", {"PER"}),
        ("It was said that somebody would bomb Chile.", "bomb", set()),
        ("Peru said those who had fled condemned Chile.", "condemned", set()),  # others than who speaks
        ("Peru said that this threatened Chile.", "threatened", set()),
        ("Peru said somebody had bombed Chile.", "bombed", set()),
        ("LIMA, May 3 - Peru thanked Chile.", "thanked", {"PER"}),
    ],
)
def test_who_acts_is_whom_the_subject_names(text: str, verb: str, who: set[str]) -> None:
    assert doers(text, verb) == who


@pytest.mark.parametrize(
    ("text", "verb", "whom"),
    [
        ("Peru bombed Chile.", "bombed", {"CHL"}),
        ("Peru bombed Chile and Bolivia.", "bombed", {"CHL", "BOL"}),
        ("Peru bombed a Chilean village near Norway.", "bombed", {"CHL"}),
        ("Chile, which Peru bombed, condemned Norway.", "bombed", {"CHL"}),
        ("Chile was bombed by Peru.", "bombed", {"CHL"}),
        ("Peru bombed Peru.", "bombed", set()),
        ("Peru bombed the valley, and Chile wept.", "bombed", set()),
        ("Peru bombed the valley.", "bombed", set()),
        ("Peru fired on ships of Chile.", "fired", {"CHL"}),
    ],
)
def test_whom_it_is_done_to_is_the_nearest_party_of_another_state(text: str, verb: str, whom: set[str]) -> None:
    assert undergoers(text, verb) == whom


def test_a_preposition_that_a_verb_prefers_decides_between_two() -> None:
    text = "Peru withdrew its envoys from Chile to Norway."
    assert undergoers(text, "withdrew", "from") == {"CHL"}
    assert undergoers(text, "withdrew", "to") == {"NOR"}


@pytest.mark.parametrize(
    ("text", "noun", "of", "whose"),
    [
        ("Peru's raid on Chile failed.", "raid", True, {"PER"}),
        ("The Peruvian raid on Chile failed.", "raid", True, {"PER"}),
        ("The raid of Peru on Chile failed.", "raid", True, {"PER"}),
        ("The raid of Peru on Chile failed.", "raid", False, set()),
        ("The raid by Peru on Chile failed.", "raid", False, {"PER"}),
        ("Talks between Peru and Chile failed.", "Talks", True, {"PER", "CHL"}),
        ("The raid on Chile failed.", "raid", True, set()),
    ],
)
def test_whose_act_a_noun_tells_stands_before_it_or_behind_of_by_or_between(
    text: str, noun: str, of: bool, whose: set[str]
) -> None:
    sentence = article(text).sentences[0]
    named = parties_of(article(text), sentence)
    assert codes(holders(sentence, word(text, noun), named, of=of)) == whose
    if of:
        assert holders(sentence, word(text, noun), named) == holders(sentence, word(text, noun), named, of=True)


@pytest.mark.parametrize(
    ("text", "acts", "named"),
    [
        ("Peru thanked Chile.", {"PER", "CHL"}, {"PER", "CHL"}),
        ("Peru thanked Chile in Oslo.", {"PER", "CHL"}, {"PER", "CHL", "NOR"}),  # a place is acted on at most
        ("Peruvian farmers thanked Chile.", {"CHL"}, {"PER", "CHL"}),
        ("Swedish Match AB thanked Chile.", {"CHL"}, {"SWE", "CHL"}),
        ("Chile paid ten Swiss francs.", {"CHL"}, {"CHL"}),
        ("Chile bought Swiss-made trams.", {"CHL"}, {"CHL"}),
        ("Chile bought Swiss trams.", {"CHL", "CHE"}, {"CHL", "CHE"}),
        ("Veterans of the Vietnam War thanked Chile.", {"CHL"}, {"CHL"}),
        ("LIMA, May 3 - Norway thanked Chile.", {"NOR", "CHL"}, {"NOR", "CHL"}),
        ("It rained.", set(), set()),
    ],
)
def test_money_wars_and_makes_name_no_party_and_firms_and_places_do_not_act(
    text: str, acts: set[str], named: set[str]
) -> None:
    found = parties_of(article(text), article(text).sentences[0])
    assert (codes(found.agents), codes(found.patients)) == (acts, named)


TEXTS = [
    "Peru's minister thanked Chile and the Bolivian envoy in Oslo.", "The Soviet Union and Swedish Match AB met NATO.",
    "They thanked Peru.", "LIMA, May 3 (Agency) - Both sides thanked Norway's king.",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_who_can_act_can_be_acted_on_and_all_stand_in_text_order(text: str) -> None:
    found = parties_of(article(text), article(text).sentences[0])
    assert set(found.agents) <= set(found.patients)
    starts = [p.start for p in found.patients]
    assert starts == sorted(starts)
    for p in found.patients:
        assert p.codes
        assert p.actors
        assert 0 <= p.start <= p.end <= len(text)


@pytest.mark.parametrize(
    ("text", "travels"),
    [
        ("Cubans fled to Peru.", set()),
        ("A Cuban immigrant fled to Peru.", set()),
        ("The Cuban president flew to Peru.", {"CUB"}),
        ("Cuba sent doctors to Peru.", {"CUB"}),
    ],
)
def test_people_at_large_are_no_state_that_travels(text: str, travels: set[str]) -> None:
    sentence = article(text).sentences[0]
    found = [p for p in parties_of(article(text), sentence).agents if "PER" not in p.codes]
    assert codes(travellers(sentence, found)) == travels


def test_a_name_in_a_clause_of_its_own_does_not_name_the_phrase() -> None:
    text = "The envoy of Peru, whom Chile had expelled, left."
    sentence = article(text).sentences[0]
    named = parties_of(article(text), sentence)
    assert codes(near(sentence, word(text, "envoy"), named.agents)) == {"PER"}
    assert near(sentence, word(text, "left"), ()) == []


def party(start: int, *states: str) -> Party:
    actors = tuple(Actor(text=s, state=s, state_now="RUS" if s == "SUN" else None) for s in states)
    return Party(start, start, start + 3, frozenset(states), actors)


def test_each_state_is_listed_once_in_text_order_without_those_of_the_other_side() -> None:
    found = merge([party(9, "CHL", "PER"), party(0, "PER"), party(20, "BOL")], frozenset({"BOL"}))
    assert [a.state for a in found] == ["PER", "CHL"]
    assert merge([]) == ()
    assert [a.state for a in merge([party(0, "SUN"), party(9, "RUS")])] == ["SUN"]  # one and the same state
