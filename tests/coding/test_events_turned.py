"""What tense, refusal, request and promise make of an act: the type that a user counts, by PLOVER's manual.

Each row stands beside one that differs in a word and is another act, or none.
"""

from functools import cache

import pytest

from comity.coding.events import code_events
from comity.document.document import Document
from comity.knowledge import plover
from comity.mentions.reader import read_article
from comity.records.record import Event


@cache
def events(text: str) -> tuple[Event, ...]:
    article = read_article(Document(id="d", text=text, language="en", published="2019-09-02"))
    return tuple(code_events(article))


def told(text: str) -> list[str]:
    """The events of a sentence as `TYPE PER>CHL`, all of one side joined by `+`."""

    def side(actors) -> str:
        return "+".join(sorted(a.state or a.organisation or "?" for a in actors))

    return [f"{e.event} {side(e.actor)}>{side(e.recipient)}" for e in events(text)]


@pytest.mark.parametrize(
    ("done", "planned", "refused"),
    [
        ("Peru met Chile in May.", "Peru will meet Chile in May.", "Peru will not meet Chile in May."),
        ("Peru helped Chile.", "Peru will help Chile.", "Peru did not help Chile."),
        ("Peru lent Chile money.", "Peru will lend Chile money.", "Peru did not lend Chile money."),
        ("Peru cooperated with Chile.", "Peru will cooperate with Chile.", "Peru did not cooperate with Chile."),
    ],
)
def test_planned_cooperation_is_agreed_to_and_refused_cooperation_is_rejected(
    done: str, planned: str, refused: str
) -> None:
    (first,), (second,), (third,) = map(events, (done, planned, refused))
    assert plover.events()[first.event].side == "cooperation"
    assert (second.event, second.status) == ("AGREE", "planned")
    assert (third.event, third.status) == ("REJECT", "occurred")


@pytest.mark.parametrize(
    ("done", "planned", "possible", "denied"),
    [
        ("Peru bombed Chile.", "Peru will bomb Chile.", "Peru might bomb Chile.", "Peru did not bomb Chile."),
        (
            "Peru imposed sanctions on Chile.", "Peru will impose sanctions on Chile.",
            "Peru could impose sanctions on Chile.", "Peru has not imposed sanctions on Chile.",
        ),
        (
            "Peru arrested Chilean sailors.", "Peru will arrest Chilean sailors.",
            "Peru may arrest Chilean sailors.", "Peru did not arrest Chilean sailors.",
        ),
    ],
)  # fmt: skip
def test_coercion_to_come_is_a_threat_and_coercion_denied_has_not_occurred(
    done: str, planned: str, possible: str, denied: str
) -> None:
    ((occurred,), (will,), (may,)) = map(events, (done, planned, possible))
    assert occurred.quad_code == 4
    assert (occurred.status, will.status, may.status) == ("occurred", "planned", "hypothetical")
    assert (will.event, may.event) == ("THREATEN", "THREATEN")
    assert not [e for e in events(denied) if e.status != "denied"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru promised to lend Chile money.", ["AGREE PER>CHL"]),
        ("Peru did not promise to lend Chile money.", ["REJECT PER>CHL"]),
        ("Peru vowed to bomb Chile.", ["THREATEN PER>CHL"]),
        ("Peru agreed to arrest Chilean smugglers.", ["AGREE PER>CHL"]),
        ("Peru refused to lend Chile money.", ["REJECT PER>CHL"]),
        ("Peru promised to grow.", []),
        ("Peru and Chile agreed to share what they know of Bolivia.", ["AGREE CHL+PER>"]),
    ],
)
def test_what_is_promised_decides_whether_it_is_an_agreement_or_a_threat(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Peru asked Chile to withdraw its troops.", "yield"),
        ("Peru asked Chile to lend it money.", "assist"),
        ("Peru asked Chile to leave it alone.", None),
    ],
)
def test_a_request_says_what_is_asked_for_where_the_words_tell(text: str, mode: str | None) -> None:
    (event,) = events(text)
    assert event.event == "REQUEST"
    assert mode is None or event.mode == mode
    assert event.mode is None or event.mode in plover.modes()["REQUEST"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru asked Chile to bomb the camp.", ["REQUEST PER>CHL"]),
        ("Peru condemned the attack by Chile on a village.", ["ACCUSE PER>CHL"]),
        ("Peru accused Chile of sending arms to Bolivia.", ["ACCUSE PER>CHL"]),
        ("Peru attended talks with Chile.", ["CONSULT PER>CHL"]),
        ("Peru hailed the release of prisoners by Chile.", ["SUPPORT PER>CHL"]),
        ("Peru threatened to bomb Chile.", ["THREATEN PER>CHL"]),
    ],
)
def test_what_is_asked_for_blamed_praised_or_threatened_is_no_act_of_its_own(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru bombed Chile and thanked Bolivia.", ["ASSAULT PER>CHL", "SUPPORT PER>BOL"]),
        ("Peru thanked Chile, and Chile condemned Bolivia.", ["SUPPORT PER>CHL", "ACCUSE CHL>BOL"]),
        ("Peru, which had bombed Chile, thanked Bolivia.", ["ASSAULT PER>CHL", "SUPPORT PER>BOL"]),
    ],
)
def test_acts_joined_by_and_or_told_beside_each_other_are_two(text: str, expected: list[str]) -> None:
    assert sorted(told(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya sent peacekeepers to Somalia.", "AID"),
        ("Kenya deployed peacekeepers to Somalia.", "AID"),
        ("Kenya deployed soldiers to Somalia.", "MOBILIZE"),
        ("Kenya will deploy peacekeepers to Somalia.", "AGREE"),
        ("Kenya will deploy soldiers to Somalia.", "THREATEN"),
    ],
)
def test_who_keeps_the_peace_helps_and_who_sends_soldiers_mobilises(text: str, expected: str) -> None:
    assert [e.event for e in events(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru said Chile had fired on its boats.", ["ACCUSE PER>CHL"]),
        ("Peru said Chile had thanked its crews.", []),
        ("Peru said Chile had bombed Bolivia.", ["ASSAULT CHL>BOL"]),
        ("Peru says Chile must leave the island.", ["REQUEST PER>CHL"]),
        ("Peru says Chile will leave the island.", []),
        ("Peru says Peru must grow.", []),
    ],
)
def test_who_says_that_another_attacked_or_must_act_accuses_or_demands(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru condemned Chile's attack on Bolivia.", ["ACCUSE PER>CHL"]),
        ("Peru condemned the Chilean attack on Bolivia.", ["ACCUSE PER>CHL"]),
        ("Peru condemned the attack on Bolivia by Chile.", ["ACCUSE PER>CHL"]),
        ("Peru condemned the attack on Bolivia.", []),
        ("Peru condemned Bolivia.", ["ACCUSE PER>BOL"]),
    ],
)
def test_who_attacked_is_blamed_and_never_who_was_attacked(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile will host the foreign minister of Peru in May.", ["AGREE CHL>PER"]),
        ("Chile hosted the foreign minister of Peru in May.", ["CONSULT PER>CHL"]),
        ("Chile hosted the foreign minister of Peru for talks.", ["CONSULT CHL+PER>"]),
    ],
)
def test_a_host_agrees_to_a_visit_to_come_and_is_visited_in_one_that_was(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru beat Chile 3-1.", []),
        ("Peru and Chile drew in the final of the football tournament.", []),
        ("Peru attacked Chile early in the match, and its striker scored.", []),
        ("Peru attacked Chile early in the war.", ["ASSAULT PER>CHL"]),
        ("Peru and Chile signed an agreement on football.", ["SUPPORT CHL+PER>"]),
    ],
)
def test_what_happens_in_a_match_is_no_act_of_states(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oman ended the war between Iran and Iraq.", []),
        ("Iran started a war against Iraq.", ["ASSAULT IRN>IRQ"]),
        ("To help Peru, Chile raised its taxes.", []),
        ("Chile helped Peru and raised its taxes.", ["AID CHL>PER"]),
        ("The effort of Chile to help Peru failed.", []),
        ("Chile should not visit Peru, a paper wrote.", []),
    ],
)
def test_a_war_that_ends_an_aim_and_advice_are_no_acts(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two Chileans were killed in a Peruvian strike.", ["ASSAULT PER>CHL"]),
        ("Two Chileans were killed by Peruvian troops.", ["ASSAULT PER>CHL"]),
        ("Two Chileans were killed in Peru.", []),
        ("The lands were opened up with Chilean assistance to Peru.", ["AID CHL>PER"]),
        ("The treaty was signed by Peru and Chile.", ["SUPPORT CHL+PER>"]),
        ("A treaty between Peru and Chile was signed.", ["SUPPORT CHL+PER>"]),
        ("A treaty was signed in Peru.", []),
    ],
)
def test_the_passive_tells_who_acts_behind_by_in_or_between(text: str, expected: list[str]) -> None:
    assert told(text) == expected
