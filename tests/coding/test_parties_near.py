"""Who is named beside an agreement or an act, and who is only a place, a firm or a name that nobody knows."""

from functools import cache

import pytest

from comity.coding import parties
from comity.coding.instruments import find_instruments
from comity.document.document import Document
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.reader import read_article


@cache
def article(text: str, title: str | None = None) -> Article:
    return read_article(Document(id="d", text=text, title=title, language="en", published="2019-09-02"))


def first(text: str) -> tuple[Article, Sentence]:
    return article(text), article(text).sentences[0]


def word(sentence: Sentence, text: str) -> int:
    return next(t.index for t in sentence.tokens if t.text == text)


def doing(text: str, verb: str) -> set[str]:
    read, sentence = first(text)
    return set(parties.codes(parties.taking_part(read, sentence, word(sentence, verb))))


@pytest.mark.parametrize(
    ("text", "verb", "who"),
    [
        ("Peru and Chile signed the treaty.", "signed", {"PER", "CHL"}),
        ("The treaty was signed by Peru and Chile.", "signed", {"PER", "CHL"}),
        ("Peru met with Chile.", "met", {"PER", "CHL"}),
        ("Peru signed the treaty in Chile.", "signed", {"PER"}),  # where it was signed
        ("Peru and Chile are expected to sign the treaty.", "sign", {"PER", "CHL"}),
        ("Peru congratulated Chile and Bolivia on signing the treaty.", "signing", {"CHL", "BOL"}),
        ("Norway welcomed the statement issued by Peru and Chile.", "issued", {"PER", "CHL"}),
        ("Peru left after Chile signed the treaty.", "signed", {"CHL"}),
        ("The treaty was signed.", "signed", set()),
    ],
)
def test_who_does_a_thing_is_its_subject_its_agent_or_done_with_it(text: str, verb: str, who: set[str]) -> None:
    assert doing(text, verb) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("They signed the Peruvian-Chilean treaty.", ("PER", "CHL")),
        ("They signed the treaty between Peru and Chile.", ("PER", "CHL")),
        ("They signed the Treaty of 12 January 1999 between Peru and Chile.", ("PER", "CHL")),
        ("They signed Peru's treaty with Chile.", ("PER", "CHL")),
        ("They signed the treaty on trade in Peru.", ()),
        ("They praised the Oslo Agreement.", ()),  # where it was made
        ("They signed the treaty, as Peru had asked.", ()),
    ],
)
def test_beside_a_phrase_stand_its_own_names_its_owner_and_those_between_whom_it_is(
    text: str, who: tuple[str, ...]
) -> None:
    read, sentence = first(text)
    it = find_instruments(sentence)[0]
    assert parties.codes(parties.beside(read, sentence, it.first, it.last)) == who


@pytest.mark.parametrize(
    ("text", "start", "who"),
    [
        ("between Peru, Chile and Bolivia", 1, ("PER", "CHL", "BOL")),
        ("between the Governments of Peru and of Chile", 1, ("PER", "CHL")),
        ("between the Republic of Korea (ROK) and Peru", 1, ("KOR", "PER")),
        ("between Peru and fishermen of Chile", 1, ("PER",)),
        ("between Peru (in the north and Chile", 1, ("PER",)),  # a bracket that never closes
        ("between", 1, ()),
    ],
)
def test_a_list_ends_with_the_first_word_that_is_no_link(text: str, start: int, who: tuple[str, ...]) -> None:
    read, sentence = first(text)
    assert parties.codes(parties.listed(read, sentence, start)) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("They signed deals with Peru and Chile.", ("PER", "CHL")),
        ("They signed deals with: Peru, Chile.", ("PER", "CHL")),
        ("They signed deals in Peru and Chile.", ()),
        ("They signed deals.", ()),
    ],
)
def test_partners_stand_behind_with(text: str, who: tuple[str, ...]) -> None:
    read, sentence = first(text)
    assert parties.codes(parties.partners(read, sentence, word(sentence, "deals") + 1)) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Peru-Chile ties grew.", {"PER", "CHL"}),
        ("Peru – Chile – Bolivia ties grew.", {"PER", "CHL", "BOL"}),
        ("Peru and Chile grew.", set()),
        ("Peru, Chile grew.", set()),
    ],
)
def test_a_hyphen_ties_states_together_and_a_comma_does_not(text: str, who: set[str]) -> None:
    assert set(parties.codes(parties.tied_states(*first(text)))) == who


def test_where_something_takes_place_is_nobody_who_is_engaged() -> None:
    text = "In Peru, Chile thanked the Bolivian envoy in the Norway."
    read, sentence = first(text)
    assert set(parties.codes(parties.acting(read, sentence))) >= {"PER", "CHL", "BOL"}
    assert "PER" not in parties.codes(parties.engaged(read, sentence))
    assert {"CHL", "BOL"} <= set(parties.codes(parties.engaged(read, sentence)))


def test_the_town_of_a_dateline_acts_in_nothing() -> None:
    read, sentence = first("LIMA, May 3 (Agency) - Chile thanked Bolivia.")
    assert set(parties.codes(parties.acting(read, sentence))) == {"CHL", "BOL"}


def test_who_stands_in_another_clause_is_not_of_this_one() -> None:
    read, sentence = first("Peru thanked Chile after Norway had bombed Kenya.")
    assert set(parties.codes(parties.of_clause(read, sentence, word(sentence, "thanked")))) == {"PER", "CHL"}
    assert set(parties.codes(parties.of_clause(read, sentence, word(sentence, "bombed")))) == {"NOR", "KEN"}


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("Delta Gas of Peru and Norlin of Chile signed a contract.", True),
        ("Norlin of Chile and Delta Gas of Peru signed a contract.", True),
        ("Norlin signed a contract with Peru.", True),
        ("Peru and Chile signed a contract.", False),
        ("The presidents of Peru and Chile signed a contract.", False),
        ("On Monday Peru signed a contract with Chile.", False),
    ],
)
def test_a_name_that_is_no_states_signs_for_none(text: str, firms: bool) -> None:
    read, sentence = first(text)
    assert parties.unknown_signers(read, sentence, word(sentence, "signed")) is firms


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Peru signed an accord with Norlin.", True),
        ("Peru signed an accord with Chile.", False),
        ("Peru signed an accord with Chile to help Norlin.", False),  # behind a verb no partner stands
        ("Peru signed an accord.", False),
    ],
)
def test_a_partner_with_a_name_that_nobody_knows_is_an_outsider(text: str, outside: bool) -> None:
    read, sentence = first(text)
    assert parties.outsider(read, sentence, word(sentence, "accord") + 1) is outside


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("A company from Peru signed an accord with Chile.", True),
        ("Peru signed an accord with a company from Chile.", True),
        ("Peru signed an accord with Chile.", False),
        ("The central bank of Peru signed an accord with Chile.", False),
        ("A bank signed an accord with Chile.", True),
    ],
)
def test_what_firms_sign_is_private_and_what_a_central_bank_signs_is_not(text: str, firms: bool) -> None:
    _, sentence = first(text)
    assert parties.private(sentence, word(sentence, "signed"), word(sentence, "accord") + 1) is firms
    assert parties.business(sentence) is firms


def test_without_an_act_only_the_partners_say_whether_it_is_private() -> None:
    _, sentence = first("The accord with a company pleased shareholders.")
    assert parties.private(sentence, None, 2)
    assert not parties.private(sentence, None, 6)


@pytest.mark.parametrize(
    ("text", "armed"),
    [
        ("Peru signed a truce with the rebels.", True),
        ("Israel signed a truce with Hamas.", True),
        ("Peru signed a truce with Chile.", False),
    ],
)
def test_an_armed_movement_is_no_state(text: str, armed: bool) -> None:
    assert parties.faction(*first(text)) is armed


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("The bank signed an accord in Peru and Chile.", True),
        ("It signed an accord on Peru and Chile.", True),
        ("Six nations signed an accord on Peru and Chile.", True),
        ("The two nations signed an accord.", False),
        ("Peru and Chile signed an accord.", False),
    ],
)
def test_a_doer_that_stands_for_no_state_is_a_stranger(text: str, strange: bool) -> None:
    read, sentence = first(text)
    verb = word(sentence, "signed")
    doers = parties.taking_part(read, sentence, verb) if not strange else []
    at = word(sentence, "accord")
    assert parties.unknown(sentence, verb, doers, range(at - 1, at + 1)) is strange


@pytest.mark.parametrize(
    ("text", "title", "pair"),
    [
        ("It rained.", "Peru-Chile ties", ("CHL", "PER")),
        ("Peru and Chile met. Peru thanked Chile. Chile thanked Peru.", None, ("CHL", "PER")),
        ("Peru, Chile and Bolivia met. Peru, Bolivia and Chile parted.", None, ()),
        ("Peru thanked itself. Peru was happy.", None, ()),
        ("Peru is large. " + "It rained. " * 6 + "Peru thanked Chile. Chile thanked Peru.", None, ()),  # named late
        ("", None, ()),
    ],
)
def test_a_report_is_about_two_states_where_it_leads_with_them_and_names_no_third_as_often(
    text: str, title: str | None, pair: tuple[str, ...]
) -> None:
    assert parties.dyad(article(text, title)) == pair


def test_the_other_party_of_a_report_is_the_one_that_leads_it() -> None:
    read = article("Peru was glad. Chile said Peru had won. Peru thanked Chile.")
    assert parties.leading(read, ()) == ["PER"]
    assert parties.leading(read, ("PER",)) == []  # Chile is named behind the lead only
    assert parties.leading(article("It rained."), ()) == []


def test_a_territory_is_not_sovereign_and_palestine_and_a_union_count_as_states() -> None:
    sovereign = {c: parties.sovereign(c) for c in ("PRT", "PSE", "EU", "MAC", "SUN", "GRL")}
    assert sovereign == {"PRT": True, "PSE": True, "EU": True, "MAC": False, "SUN": True, "GRL": False}


def test_codes_are_listed_once_in_the_order_of_the_mentions() -> None:
    read, sentence = first("Chile thanked Peru, and Peru thanked Chile and NATO.")
    assert parties.codes(read.actors_in(sentence.index)) == ("CHL", "PER", "NATO")
    assert parties.codes([]) == ()
