"""Rules find an event, the network of frames may see more, and the evidence says what either held."""

from dataclasses import replace

import comity
from comity.document.inputs import from_text
from comity.reading import read_document
from comity.settings import DEFAULTS


def events(text: str):
    return comity.read(text).events


def test_every_event_says_which_rule_found_it_and_what_the_network_saw() -> None:
    (event,) = events("France condemned Serbia for the raid.")
    assert event.event == "ACCUSE"
    assert "condemned" in event.evidence
    assert "word: condemned ACCUSE" in event.evidence


def test_a_clear_event_is_more_trusted_than_a_doubtful_one() -> None:
    (clear,) = events("France condemned Serbia for the raid.")
    assert clear.confidence > 0.5


def test_sanctions_stay_sanctions() -> None:
    (event,) = events("France imposed sanctions on Serbia.")
    assert event.event == "SANCTION"


def test_scores_belong_to_the_type_that_is_told() -> None:
    found = events("France bombed Serbia. Norway thanked Peru. Kenya urged Mali to withdraw.")
    assert [(e.event, e.quad_code, e.cameo[:2]) for e in found] == [
        ("ASSAULT", 4, "19"),
        ("SUPPORT", 1, "05"),
        ("REQUEST", 3, "10"),
    ]
    assert {e.event_scale.name for e in found} == {"plover"}
    war, thanks, demand = (e.event_scale.value for e in found)
    assert war < demand < thanks


def test_who_will_receive_a_guest_agrees_to_it_and_who_came_was_the_visitor() -> None:
    (planned,) = events("French President Emmanuel Macron will host Japan's Crown Prince Naruhito next Wednesday.")
    assert (planned.event, [a.state for a in planned.actor]) == ("AGREE", ["FRA"])
    (talks,) = events("Vladimir Putin has hosted Saudi King Salman for talks at the Kremlin.")
    assert (talks.event, {a.state for a in talks.actor}) == ("CONSULT", {"RUS", "SAU"})


def test_who_met_whom_is_said_where_the_sentence_says_it() -> None:
    (met,) = events("Norwegian Prime Minister Jonas Store met Peruvian President Dina Boluarte in Lima on Monday.")
    assert (met.event, [a.state for a in met.actor], [a.state for a in met.recipient]) == ("CONSULT", ["NOR"], ["PER"])
    (both,) = events("Norway and Peru met in Lima on Monday.")
    assert ({a.state for a in both.actor}, both.recipient) == ({"NOR", "PER"}, ())


def test_what_the_rules_overlook_is_told_by_the_network_alone() -> None:
    text = "Turkey shrugged off Greek complaints on Monday."
    found = read_document(from_text(text), settings=replace(DEFAULTS, min_confidence=0.2)).events
    (refused,) = [e for e in found if e.event == "REJECT"]
    assert ([a.state for a in refused.actor], [a.state for a in refused.recipient]) == (["TUR"], ["GRC"])
    assert refused.evidence.startswith("word: shrugged")


def test_what_is_unlikely_is_left_out_unless_asked_for() -> None:
    text = "Chile signed a pact with Peru on Friday. In Lima many hoped that Chile would open its port one day."
    every = read_document(from_text(text), settings=replace(DEFAULTS, min_confidence=0.0)).events
    told = comity.read(text).events
    assert len(every) > len(told)
    assert [e.event for e in told] == ["SUPPORT"]
    assert min(e.confidence for e in told) >= DEFAULTS.min_confidence


def test_every_record_of_every_kind_says_why() -> None:
    text = (
        "Japanese Prime Minister Shinzo Abe visited Mongolia in May 2013 and signed a trade agreement with it. "
        "Japan's aid to Mongolia rose by 10 percent to 80 million dollars. Both agreed to cooperate in energy, "
        "education and health."
    )
    records = [r for r in comity.read(text, published="2013-06-01").records if r.kind != "document"]
    assert {r.kind for r in records} >= {"event", "visit", "agreement", "figure", "cooperation"}
    assert all(r.evidence for r in records)
