"""What a reader can rely on when sentences tell what states do to each other."""

import pytest

from comity.coding.events import code_events
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Event


def events(text: str, **fields: str) -> list[Event]:
    return code_events(read_article(Document(id="d", text=text, language="en", **fields)))


def ends(event: Event) -> tuple[str, set[str | None], set[str | None]]:
    return (
        event.event,
        {a.state or a.organisation for a in event.actor},
        {a.state or a.organisation for a in event.recipient},
    )


@pytest.mark.parametrize(
    ("text", "event", "actor", "recipient"),
    [
        ("France condemned Israel on Monday.", "ACCUSE", {"FRA"}, {"ISR"}),
        ("Israel was condemned by France.", "ACCUSE", {"FRA"}, {"ISR"}),
        ("Ukraine accuses Russia of sending tanks.", "ACCUSE", {"UKR"}, {"RUS"}),
        ("The United States imposed sanctions on Iran.", "SANCTION", {"USA"}, {"IRN"}),
        ("Iran threatened to attack Israel.", "THREATEN", {"IRN"}, {"ISR"}),
        ("Germany called on Turkey to release the journalists.", "REQUEST", {"DEU"}, {"TUR"}),
        ("Japan provided 20 million dollars in aid to Kenya.", "AID", {"JPN"}, {"KEN"}),
        ("Turkish police arrested a German journalist.", "COERCE", {"TUR"}, {"DEU"}),
        ("Mexican authorities announced the arrest of two Peruvian men.", "COERCE", {"MEX"}, {"PER"}),
        ("Pakistan expelled the Indian ambassador.", "SANCTION", {"PAK"}, {"IND"}),
        ("Russia says Israel must end its attacks.", "REQUEST", {"RUS"}, {"ISR"}),
    ],
)
def test_an_act_has_its_type_its_actor_and_its_recipient(
    text: str, event: str, actor: set[str], recipient: set[str]
) -> None:
    assert (event, actor, recipient) in [ends(e) for e in events(text)]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Jordan and Sudan signed a trade agreement.", "SUPPORT"),
        ("India and Pakistan held talks in Geneva.", "CONSULT"),
        ("India and Pakistan will sign a trade agreement.", "AGREE"),
    ],
)
def test_a_mutual_act_lists_all_as_actors(text: str, event: str) -> None:
    (found,) = events(text)
    assert found.event == event
    assert len(found.actor) == 2
    assert found.recipient == ()


def test_a_future_visit_is_an_agreement_and_a_past_one_a_consultation() -> None:
    (planned,) = events("Japan's prime minister will visit China next week.")
    (past,) = events("Japan's prime minister visited China last week.")
    assert (planned.event, planned.status) == ("AGREE", "planned")
    assert (past.event, past.mode, past.status) == ("CONSULT", "visit", "occurred")


def test_cooperation_that_is_refused_is_a_rejection() -> None:
    assert [e.event for e in events("Iran refused to meet the United States.")] == ["REJECT"]


def test_a_withdrawal_from_talks_or_a_cut_of_ties_is_a_sanction() -> None:
    assert [e.event for e in events("Saudi Arabia cut diplomatic ties with Iran.")] == ["SANCTION"]


def test_a_sentence_about_one_state_alone_tells_no_event() -> None:
    assert events("France condemned the weather in Paris and praised the French farmers.") == []


def test_a_state_is_never_both_actor_and_recipient() -> None:
    found = events("Germany and France urged Germany and Italy to sign the treaty.")
    assert [ends(e) for e in found] == [("REQUEST", {"DEU", "FRA"}, {"ITA"})]


def test_a_quote_is_the_exact_text_and_the_scale_is_named() -> None:
    text = "PARIS, March 3 - On Monday France condemned Israel, officials said."
    (event,) = events(text)
    assert event.start is not None
    assert text[event.start : event.end] == event.quote
    assert event.event_scale is not None
    assert event.event_scale.name == "plover"
    assert event.quad_code == 3
    assert event.evidence


def test_the_headline_is_not_told_twice() -> None:
    found = events("France on Monday condemned Israel.", title="France condemns Israel")
    assert [e.part for e in found] == ["text"]
