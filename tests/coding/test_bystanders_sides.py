"""Of those who are named near an act only who acts and who is acted on is counted, whoever found the act."""

from functools import cache

import pytest

from comity.coding.contradictions import (
    directed,
    has_session,
    is_called_off,
    is_taken_back,
    narrowed,
    public,
    uncontradicted,
)
from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.reader import read_article
from comity.records.record import Actor, Event


@cache
def article(text: str) -> Article:
    return read_article(Document(id="d", text=text, language="en", published="2019-09-02"))


def seen(text: str, word: str, kind: str, actor: str, recipient: str = "", **more):
    """An event as the network may see it: parties by the words that name them, `Peru=PER Chile=CHL`."""
    sentence = article(text).sentences[0]
    index = next(t.index for t in sentence.tokens if t.text == word)

    def side(cell: str) -> tuple[Actor, ...]:
        pairs = [p.split("=") for p in cell.split()]
        return tuple(Actor(text=w, state=c, start=text.index(w), end=text.index(w) + len(w), **more) for w, c in pairs)

    return article(text), sentence, index, Event(document="d", event=kind, actor=side(actor), recipient=side(recipient))


def sides(event: Event | None) -> str | None:
    if event is None:
        return None
    return ">".join("+".join(a.state or "?" for a in side) for side in (event.actor, event.recipient))


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "left"),
    [
        ("Peru attacked Chile, Norway said.", "Peru=PER Norway=NOR", "Chile=CHL", "PER>CHL"),
        ("Peru attacked Chile together with Norway.", "Peru=PER Norway=NOR", "Chile=CHL", "PER+NOR>CHL"),
        ("Peru and Norway attacked Chile.", "Peru=PER Norway=NOR", "Chile=CHL", "PER+NOR>CHL"),
        ("Peru attacked Chile and Bolivia.", "Peru=PER", "Chile=CHL Bolivia=BOL", "PER>CHL+BOL"),
        ("Norway wept when Peru attacked Chile.", "Peru=PER", "Chile=CHL Norway=NOR", "PER>CHL"),
        ("Peru attacked Chile, Norway said.", "Peru=PER Norway=NOR", "", "PER+NOR>"),  # whom? left as it is
        ("Somebody attacked Chile near Norway.", "Norway=NOR", "Chile=CHL", "NOR>CHL"),  # the last is never taken away
    ],
)
def test_who_only_says_or_watches_an_attack_has_no_part_in_it(text: str, actor: str, recipient: str, left: str) -> None:
    found = narrowed(*seen(text, "attacked", "ASSAULT", actor, recipient))
    assert sides(found) == left
    assert narrowed(article(text), *seen(text, "attacked", "ASSAULT", actor, recipient)[1:3], found) == found


@pytest.mark.parametrize(
    ("text", "word", "kind", "actor", "recipient", "left"),
    [
        ("Peru asked Chile.", "asked", "REQUEST", "Peru=PER", "Chile=CHL", "PER>CHL"),
        ("Peruvian farmers asked Chile.", "asked", "REQUEST", "Peruvian=PER", "Chile=CHL", None),
        ("Peruvian farmers protested against Chile.", "protested", "PROTEST", "Peruvian=PER", "Chile=CHL", "PER>CHL"),
        ("In Peru the party hailed Chile.", "hailed", "SUPPORT", "Peru=PER", "Chile=CHL", None),
        ("Peru in the end hailed Chile.", "hailed", "SUPPORT", "Peru=PER", "Chile=CHL", "PER>CHL"),
        ("Peru met Chile to review Omani exports.", "met", "CONSULT", "Peru=PER Omani=OMN", "Chile=CHL", "PER>CHL"),
        ("Peru met Omani envoys to review exports.", "met", "CONSULT", "Peru=PER", "Omani=OMN", "PER>OMN"),
        ("Chile and Peruvian farmers asked.", "asked", "REQUEST", "Chile=CHL Peruvian=PER", "", None),  # one is left
    ],
)
def test_private_persons_places_and_those_whom_a_meeting_is_about_do_nothing_to_another(
    text: str, word: str, kind: str, actor: str, recipient: str, left: str | None
) -> None:
    assert sides(public(*seen(text, word, kind, actor, recipient))) == left


@pytest.mark.parametrize(("kind", "left"), [("AGREE", None), ("ASSAULT", "SYR>TUR")])
def test_what_rebels_offer_is_not_offered_by_their_state_and_whom_they_attack_is_attacked(
    kind: str, left: str | None
) -> None:
    given = seen("Syrian rebels shelled Turkey.", "shelled", kind, "Syrian=SYR", "Turkey=TUR", sector="REB")
    assert sides(public(*given)) == left


def test_an_organisation_counts_as_a_party() -> None:
    read, sentence, index, event = seen("NATO thanked Peru.", "thanked", "SUPPORT", "", "Peru=PER")
    nato = Actor(text="NATO", organisation="NATO", start=0, end=4)
    with_it = Event(document="d", event="SUPPORT", actor=(nato,), recipient=event.recipient)
    assert public(read, sentence, index, with_it) == with_it


PERU, CHILE, SOVIET, RUSSIA = (Actor(text=c, state=c) for c in ("PER", "CHL", "SUN", "RUS"))


def event(actor: tuple[Actor, ...], recipient: tuple[Actor, ...] = (), kind: str = "CONSULT") -> Event:
    return Event(document="d", event=kind, actor=actor, recipient=recipient)


def test_who_met_whom_is_taken_from_the_rules_only_for_the_same_act_of_the_same_parties() -> None:
    both, one_way = event((PERU, CHILE)), event((CHILE,), (PERU,))
    assert directed(both, [event((PERU, CHILE)), one_way]) == one_way
    assert directed(both, [event((CHILE,), (PERU,), "AID")]) == both
    assert directed(both, [event((CHILE,), (RUSSIA,))]) == both
    assert directed(one_way, [event((PERU,), (CHILE,))]) == one_way  # which is directed stays so
    assert directed(event((PERU, RUSSIA)), [event((SOVIET,), (PERU,))]) == event((SOVIET,), (PERU,))


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("Peru praised the OPEC meeting.", True),
        ("Peru praised a meeting of OPEC.", True),
        ("Peru praised a meeting with Chile.", False),
        ("Peru, a friend of OPEC, left.", False),
        ("OPEC held a meeting of experts.", False),
    ],
)
def test_a_meeting_is_that_of_a_body_where_the_body_names_it(text: str, session: bool) -> None:
    assert has_session(article(text), article(text).sentences[0]) is session


@pytest.mark.parametrize(
    ("text", "word", "kind", "actor", "recipient", "left"),
    [
        ("Peru lifted its ban on Chile.", "ban", "SANCTION", "Peru=PER", "Chile=CHL", "RETREAT PER>CHL"),
        ("Peru imposed a ban on Chile.", "ban", "SANCTION", "Peru=PER", "Chile=CHL", "SANCTION PER>CHL"),
        ("Peru stopped bombing Chile.", "bombing", "ASSAULT", "Peru=PER", "Chile=CHL", None),
        ("Peru began bombing Chile.", "bombing", "ASSAULT", "Peru=PER", "Chile=CHL", "ASSAULT PER>CHL"),
        ("Peru and Chile fought side by side.", "fought", "ASSAULT", "Peru=PER Chile=CHL", "", None),
        ("Peru and Chile fought for a week.", "fought", "ASSAULT", "Peru=PER Chile=CHL", "", "ASSAULT PER+CHL>"),
        ("Peru and Chile condemned the raid.", "condemned", "ACCUSE", "Peru=PER Chile=CHL", "", None),
        ("Peru and Chile condemned each other.", "condemned", "ACCUSE", "Peru=PER Chile=CHL", "", "ACCUSE PER+CHL>"),
        ("Peru condemned Chile.", "condemned", "ACCUSE", "Peru=PER Chile=CHL", "", "ACCUSE PER>CHL"),
        ("The raid shocked Peru near Chile.", "shocked", "ACCUSE", "Peru=PER Chile=CHL", "", None),
        ("Peru asked the Senate to delay Chile's loan.", "asked", "REQUEST", "Peru=PER", "Chile=CHL", None),
        ("Peru asked Chile to delay the loan.", "asked", "REQUEST", "Peru=PER", "Chile=CHL", "REQUEST PER>CHL"),
    ],
)
def test_words_around_an_act_turn_it_take_it_back_or_leave_it(
    text: str, word: str, kind: str, actor: str, recipient: str, left: str | None
) -> None:
    found = uncontradicted(*seen(text, word, kind, actor, recipient))
    assert (f"{found.event} {sides(found)}" if found else None) == left


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Correction: an earlier version said Peru had bombed Chile.", True),
        ("We corrected an article that said Peru had bombed Chile.", True),
        ("Peru bombed Chile, a report of the ministry said.", False),
        ("Peru sent Chile the correct maps.", False),
    ],
)
def test_a_correction_takes_back_what_it_repeats(text: str, back: bool) -> None:
    assert is_taken_back(article(text).sentences[0]) is back


@pytest.mark.parametrize(
    ("text", "word", "off"),
    [
        ("Peru's president cancelled a visit to Chile.", "visit", True),
        ("Peru's president did not cancel a visit to Chile.", "visit", False),
        ("Peru's president praised a visit to Chile.", "visit", False),
        ("The visit was postponed.", "postponed", True),
        ("The visit was prolonged.", "prolonged", False),
    ],
)
def test_a_journey_is_called_off_by_a_word_that_says_so(text: str, word: str, off: bool) -> None:
    sentence = article(text).sentences[0]
    assert is_called_off(sentence, next(t.index for t in sentence.tokens if t.text == word)) is off
