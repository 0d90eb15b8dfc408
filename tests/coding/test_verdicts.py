"""Rules find an event, the classifier may know its type better, and the evidence says what either held."""

import comity


def events(text: str):
    return comity.read(text).events


def test_every_event_says_which_rule_found_it_and_what_the_classifier_held() -> None:
    (event,) = events("France condemned Serbia for the raid.")
    assert event.event == "ACCUSE"
    assert "condemned" in event.evidence
    assert "classifier: ACCUSE" in event.evidence


def test_a_clear_event_is_more_trusted_than_a_doubtful_one() -> None:
    (clear,) = events("France condemned Serbia for the raid.")
    assert clear.confidence > 0.5


def test_sanctions_stay_sanctions() -> None:
    (event,) = events("France imposed sanctions on Serbia.")
    assert event.event == "SANCTION"


def test_scores_belong_to_the_type_that_is_told() -> None:
    for event in events("France bombed Serbia. Norway thanked Peru. Kenya urged Mali to withdraw."):
        assert event.event_scale.name == "plover"
        assert event.quad_code in {1, 2, 3, 4}
        assert isinstance(event.cameo, str)


def test_who_will_receive_a_guest_agrees_to_it_and_who_came_was_the_visitor() -> None:
    (planned,) = events("French President Emmanuel Macron will host Japan's Crown Prince Naruhito next Wednesday.")
    assert (planned.event, [a.state for a in planned.actor]) == ("AGREE", ["FRA"])
    (talks,) = events("Vladimir Putin has hosted Saudi King Salman for talks at the Kremlin.")
    assert (talks.event, {a.state for a in talks.actor}) == ("CONSULT", {"RUS", "SAU"})


def test_what_the_rules_overlook_is_told_by_the_classifier_alone_and_trusted_less() -> None:
    text = "The U.S. and Jordanian forces wrapped up a war game."
    (event,) = events(text)
    assert event.event == "COOPERATE"
    assert event.evidence.startswith("rules: nothing")
    assert event.quote == text
