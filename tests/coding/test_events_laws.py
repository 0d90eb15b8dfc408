"""Laws of every event, whatever the report: quotes, sides, scores, dates, and each act reported once."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.coding.events import code_events, without_headlines
from comity.document.document import Document
from comity.document.inputs import from_text
from comity.knowledge import plover
from comity.knowledge.states import continuing
from comity.mentions.article import Article
from comity.mentions.reader import read_article
from comity.records.record import Actor, Event
from comity.settings import DEFAULTS

REPORTS = (
    "Peru bombed Chile. Chile condemned Peru and asked Bolivia for arms. Norway sent both grain on 3 May 2019.",
    "LIMA, May 3 (Agency) - Peru on Friday expelled the Chilean envoy; Chile recalled its own, officials said.",
    "“We condemn Peru,” said Chile's minister. “They attacked us.” He will meet his Bolivian counterpart in La Paz.",
    "The café owners of São Tomé 🙂 wept. Türkiye, though, thanked Côte d'Ivoire — and Curaçao's guests left.",
    "The Soviet Union and Mongolia signed a treaty in 1986. Russia and Mongolia renewed it in 1993.",
    "PERU, CHILE SIGN PACT\n\nPeru and Chile signed a pact on Monday.\n\nPeru and Chile signed a pact, it said.",
    "Peru. Chile. Bolivia!",
    "Peru",
    "…",
)


@cache
def article(text: str) -> Article:
    return read_article(Document(id="d", text=text, language="en", published="2019-09-02"))


@cache
def by_rule(text: str) -> tuple[Event, ...]:
    return tuple(code_events(article(text)))


@cache
def read(text: str) -> tuple[Event, ...]:
    return comity.read(text, published="2019-09-02").events if len(text) > 5 else ()


def both(text: str) -> tuple[Event, ...]:
    return (*by_rule(text), *read(text))


def codes(some: tuple[Actor, ...]) -> set[str]:
    return {continuing(c) for a in some if (c := a.state or a.organisation)}


@pytest.mark.parametrize("text", REPORTS)
def test_a_quote_is_what_stands_at_its_offsets_without_blanks(text: str) -> None:
    for e in both(text):
        assert e.start is not None
        assert e.end is not None
        assert e.quote == text[e.start : e.end] == (e.quote or "").strip()
        assert e.quote


@pytest.mark.parametrize("text", REPORTS)
def test_an_actor_that_is_named_stands_in_its_sentence_by_its_own_words(text: str) -> None:
    for e in both(text):
        for a in (*e.actor, *e.recipient):
            if a.start is not None and a.end is not None:
                assert text[a.start : a.end] == a.text
            else:
                assert a.antecedent is not None
            if a.antecedent is not None:
                assert text[a.antecedent.start : a.antecedent.end] == a.antecedent.text


@pytest.mark.parametrize("text", REPORTS)
def test_an_event_lies_between_two_parties_and_none_stands_on_both_sides(text: str) -> None:
    for e in both(text):
        assert e.actor
        assert not codes(e.actor) & codes(e.recipient)
        assert len(codes(e.actor) | codes(e.recipient)) >= 2
        assert len(codes(e.actor)) == len(e.actor)


@pytest.mark.parametrize("text", REPORTS)
def test_scores_and_codes_are_those_of_the_type(text: str) -> None:
    for e in both(text):
        kind = plover.events()[e.event]
        assert e.quad_code == kind.quad
        assert e.event_scale == plover.scale(e.event, e.mode)
        assert e.mode is None or e.mode in plover.modes()[e.event]
        assert e.cameo is not None
        assert e.cameo.isdecimal()
        assert 0 < e.confidence < 1
        assert e.evidence
        assert e.status in {"occurred", "planned", "hypothetical", "denied"}
        assert (e.date is None) == (e.date_basis is None)


@pytest.mark.parametrize("text", REPORTS)
def test_what_is_kept_is_likely_enough_and_in_the_order_of_the_text(text: str) -> None:
    found = read(text)
    assert all(e.confidence >= DEFAULTS.min_confidence for e in found)
    assert [e.start for e in found] == sorted(e.start or 0 for e in found)


@pytest.mark.parametrize("text", REPORTS[:6])
def test_the_same_report_gives_the_same_records(text: str) -> None:
    assert comity.read(text, published="2019-09-02").events == read(text)


@pytest.mark.parametrize("text", REPORTS)
def test_without_a_headline_in_it_nothing_is_taken_out_twice(text: str) -> None:
    found = list(by_rule(text))
    assert without_headlines(article(text), found) == found


def test_a_clause_of_more_words_than_a_reader_takes_in_is_quoted_from_party_to_party() -> None:
    goods = ["grain", "boats", "tents", "maps", "ropes", "lamps", "nails", "shoes", "coats", "pumps"]
    short, long = (f"Peru thanked Chile for {', '.join(goods * n)} and soap." for n in (1, 4))
    quotes = [e.quote for text in (short, long) for e in by_rule(text)]
    assert quotes == [short.rstrip("."), "Peru thanked Chile"]


def test_a_dateline_is_no_part_of_a_quote() -> None:
    assert all("LIMA" not in (e.quote or "") for e in both(REPORTS[1]))
    assert both(REPORTS[1])


SIMPLE = (
    ("Peru bombed Chile.", "ASSAULT", {"PER", "CHL"}),
    ("Norway thanked Kenya.", "SUPPORT", {"NOR", "KEN"}),
    ("Portugal asked Nepal for help.", "REQUEST", {"PRT", "NPL"}),
    ("It rained.", None, set()),
)


@settings(deadline=None, max_examples=8)
@given(st.permutations(SIMPLE))
def test_sentences_that_tell_of_others_may_stand_in_any_order(order: list[tuple[str, str | None, set[str]]]) -> None:
    found = by_rule(" ".join(text for text, _, _ in order))
    expected = [(kind, states) for _, kind, states in order if kind]
    assert [(e.event, codes(e.actor) | codes(e.recipient)) for e in found] == expected


def event(kind: str, states: str, *, date: str | None = None, part: str = "text", start: int = 0) -> Event:
    actor, _, recipient = states.partition(">")
    return Event(
        document="d", event=kind, actor=tuple(Actor(text=s, state=s) for s in actor.split("+")),
        recipient=tuple(Actor(text=s, state=s) for s in recipient.split("+") if s), date=date, part=part, start=start,
    )  # fmt: skip


NO_TITLE = article("Peru.")


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ([event("AID", "PER>CHL"), event("AID", "PER>CHL", start=9)], 1),  # reported again
        ([event("AID", "PER>CHL"), event("AID", "CHL>PER", start=9)], 1),  # reported from the other end
        ([event("AID", "PER>CHL"), event("AID", "PER>BOL", start=9)], 2),
        ([event("AID", "PER>CHL"), event("AGREE", "PER>CHL", start=9)], 2),
        ([event("AID", "PER>CHL", date="2019-05"), event("AID", "PER>CHL", date="2019-06", start=9)], 2),
        ([event("AID", "PER>CHL", date="2019-05"), event("AID", "PER>CHL", start=9)], 1),
        ([event("AID", "SUN>CHL"), event("AID", "RUS>CHL", start=9)], 2),  # by the state of the time
        ([event("AID", "PER>CHL", part="title"), event("AID", "PER>CHL", start=9)], 1),
        ([event("AID", "PER>CHL", part="title"), event("AID", "PER>BOL", start=9)], 2),
        ([event("AID", "PER>CHL", part="title"), event("AID", "PER>CHL", part="title", start=9)], 1),
        ([], 0),
    ],
)
def test_an_act_is_listed_once_and_each_day_of_it_once(told: list[Event], left: int) -> None:
    found = without_headlines(NO_TITLE, told)
    assert len(found) == left
    assert without_headlines(NO_TITLE, found) == found
    assert [e for e in told if e in found] == found  # in their order


def test_what_the_headline_tells_too_is_quoted_from_the_text() -> None:
    heading, text = event("AID", "PER>CHL", part="title"), event("AID", "PER>CHL", start=9)
    assert without_headlines(NO_TITLE, [heading, text]) == without_headlines(NO_TITLE, [text, heading]) == [text]


def test_of_a_headline_within_the_text_what_the_story_tells_is_quoted_from_the_story() -> None:
    document = from_text(REPORTS[5], published="2019-09-02")
    assert document.title_span is not None or document.title is not None
    found = code_events(read_article(document))
    assert [e.event for e in found] == ["SUPPORT"]
    assert (found[0].quote or "").startswith("Peru and Chile signed")
