"""Of candidates that tell one thing one is kept, whatever the order in which they are found."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.event_verdicts import Candidate, candidates, choose_events, codes_of
from comity.coding.frames import find_frames
from comity.coding.verdicts import choose
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Actor, Agreement, Event, Figure, Visit

LEAST = 0.5


def visit(guest: str, host: str, *, date: str | None = None, start: int = 0, part: str = "text") -> Visit:
    who = (Actor(text=guest, state=guest),)
    return Visit(document="d", visitors=who, host=host, date=date, start=start, end=start + 5, part=part)


def figure(value: float | None, *, change: float | None = None, start: int = 0) -> Figure:
    return Figure(
        document="d", measure="trade", reporter="PER", partner="CHL", value=value, change_pct=change, start=start,
        end=start + 5, part="text",
    )  # fmt: skip


def agreement(title: str, parties: str, *, start: int = 0) -> Agreement:
    return Agreement(document="d", title=title, parties=tuple(parties.split()), start=start, end=start + 5, part="text")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (visit("PER", "CHL"), visit("PER", "CHL", start=40), True),
        (visit("PER", "CHL"), visit("CHL", "PER", start=40), False),
        (visit("PER", "CHL"), visit("PER", "BOL", start=40), False),
        (visit("PER", "CHL", date="2019-05"), visit("PER", "CHL", date="2019-05-03", start=40), True),
        (visit("PER", "CHL", date="2019-05-03"), visit("PER", "CHL", date="2019-06", start=40), False),
        (visit("PER", "CHL", date="2019-05-03"), visit("PER", "CHL", start=40), True),
        (visit("RUS", "CHL"), visit("SUN", "CHL", start=40), True),  # a former state is its successor
        (figure(5.0), figure(5.0, start=40), True),
        (figure(5.0), figure(6.0, start=40), False),
        (figure(None, change=5.0), figure(None, change=5.0, start=40), True),
        (figure(None, change=5.0), figure(None, change=-5.0, start=40), False),
        (figure(5.0), figure(5.0, change=2.0, start=3), True),  # in the same words
        (figure(5.0), figure(5.0, change=2.0, start=40), False),
        (agreement("salt treaty", "PER CHL"), agreement("treaty", "PER CHL", start=40), True),
        (agreement("salt treaty", "PER CHL"), agreement("the salt pact", "PER CHL", start=40), True),
        (agreement("salt treaty", "PER CHL"), agreement("water treaty", "PER CHL", start=40), False),
        (agreement("salt treaty", "PER CHL"), agreement("salt treaty", "PER BOL", start=40), False),
        (agreement("salt treaty", "PER CHL"), agreement("salt treaty", "PER CHL BOL", start=40), True),
        (agreement("salt treaty", "PER CHL"), agreement("water treaty", "PER BOL", start=3), True),  # one phrase
    ],
)
def test_what_the_network_sees_again_is_one_record_and_what_is_another_thing_is_two(one, other, same: bool) -> None:
    for weighed in ([(0.9, one, False), (0.8, other, False)], [(0.8, other, False), (0.9, one, False)]):
        found = choose(weighed, LEAST)
        assert len(found) == (1 if same else 2)
        assert found[0].confidence == 0.9


def test_what_the_rules_tell_apart_stays_apart() -> None:
    twice = [(0.9, visit("PER", "CHL"), True), (0.8, visit("PER", "CHL", start=40), True)]
    assert len(choose(twice, LEAST)) == 2


def test_what_the_network_sees_makes_the_record_of_the_rules_likelier_and_leaves_its_words() -> None:
    rule, seen = visit("PER", "CHL", date="2019-05-03"), visit("PER", "CHL", start=40)
    assert choose([(0.3, rule, True), (0.8, seen, False)], LEAST) == [replace(rule, confidence=0.8)]
    assert choose([(0.9, rule, True), (0.8, seen, False)], LEAST) == [replace(rule, confidence=0.9)]
    assert choose([(0.3, rule, True), (0.4, seen, False)], LEAST) == []


def test_a_headline_comes_before_the_text() -> None:
    told = [visit("PER", "CHL", start=9), visit("NOR", "KEN", start=3), visit("MLI", "TCD", start=50, part="title")]
    found = choose([(0.9, v, False) for v in told], LEAST)
    assert [v.host for v in found] == ["TCD", "KEN", "CHL"]


SHARE = st.floats(0, 1)
TOLD = st.lists(
    st.tuples(SHARE, st.sampled_from(["PER", "CHL", "BOL"]), st.sampled_from(["NOR", "KEN"]), st.booleans()), max_size=6
)


def built(told: list[tuple[float, str, str, bool]]) -> list[tuple[float, Visit, bool]]:
    return [(p, visit(a, b, start=20 * n), rule) for n, (p, a, b, rule) in enumerate(told)]


@settings(deadline=None, max_examples=60)
@given(TOLD, SHARE, st.randoms(use_true_random=False))
def test_the_order_in_which_candidates_are_found_decides_nothing(told, least: float, random) -> None:
    weighed = built(told)
    found = choose(weighed, least)
    random.shuffle(weighed)
    assert choose(weighed, least) == found


@settings(deadline=None, max_examples=60)
@given(TOLD, SHARE, SHARE)
def test_who_asks_for_likelier_records_gets_some_of_the_same(told, a: float, b: float) -> None:
    few, many = choose(built(told), max(a, b)), choose(built(told), min(a, b))
    assert [r for r in many if r in few] == few


@settings(deadline=None, max_examples=60)
@given(TOLD, SHARE)
def test_every_record_kept_is_likely_enough_and_every_likely_rule_is_kept(told, least: float) -> None:
    found = choose(built(told), least)
    assert all(r.confidence >= round(least, 2) - 0.01 for r in found)
    assert sum(p >= least for p, _, rule in built(told) for _ in [0] if rule) <= len(found)


TEXT = "Peru and Chile condemned Norway and imposed sanctions on Kenya. Norway thanked Chile."
ARTICLE = read_article(Document(id="d", text=TEXT, language="en", published="2019-09-02"))


def act(kind: str, sides: str, word: str, *, rule: bool = False) -> Candidate:
    """An act reported by a word of the text; who does it and to whom by codes, `PER+CHL>NOR`."""
    sentence = next(s for s in ARTICLE.sentences if word in s.text)
    token = next(t for t in sentence.tokens if t.text == word)
    actor, _, recipient = sides.partition(">")
    ends = [tuple(Actor(text=c, state=c) for c in side.split("+") if c) for side in (actor, recipient)]
    event = Event(document="d", event=kind, actor=ends[0], recipient=ends[1], start=token.start, end=token.end)
    return Candidate(sentence, token.index, event, (float(rule),))


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        (act("ACCUSE", "PER>NOR", "condemned"), act("REJECT", "PER>NOR", "condemned"), 1),  # one word tells one act
        (act("SANCTION", "PER>KEN", "imposed"), act("AID", "PER>KEN", "sanctions"), 1),  # a verb and its object
        (act("SANCTION", "PER>KEN", "imposed"), act("AID", "PER>NOR", "sanctions"), 2),
        (act("ACCUSE", "PER>NOR", "condemned"), act("ACCUSE", "PER+CHL>NOR", "imposed"), 1),  # some of the same
        (act("ACCUSE", "PER>NOR", "condemned"), act("ACCUSE", "CHL>KEN", "imposed"), 2),
        (act("ACCUSE", "PER>NOR", "condemned"), act("SUPPORT", "NOR>PER", "thanked"), 2),  # of two sentences
        (act("SUPPORT", "PER+CHL>", "condemned"), act("SUPPORT", "NOR>PER+CHL", "imposed"), 2),  # who congratulates two
        (act("SUPPORT", "PER+CHL>", "condemned"), act("SUPPORT", "PER>CHL+NOR", "imposed"), 1),
    ],
)
def test_two_words_tell_one_act_or_two(one: Candidate, other: Candidate, left: int) -> None:
    article = replace(ARTICLE, actors=())  # who stands where in the tree is not asked here
    for weighed in ([(0.9, one), (0.8, other)], [(0.8, other), (0.9, one)]):
        found = choose_events(article, weighed, LEAST)
        assert len(found) == left
        assert found[0].confidence in {0.8, 0.9}
        assert max(e.confidence for e in found) == 0.9
    assert choose_events(article, [(0.4, one), (0.3, other)], LEAST) == []
    assert len(choose_events(article, [(LEAST, one), (0.3, other)], LEAST)) == 1  # as likely as asked is enough


def test_who_acts_on_whom_is_said_where_the_rules_saw_it() -> None:
    article = replace(ARTICLE, actors=())
    together, one_way = act("ACCUSE", "PER+NOR>", "condemned"), act("ACCUSE", "PER>NOR", "condemned", rule=True)
    (event,) = choose_events(article, [(0.9, together), (0.6, one_way)], LEAST)
    assert [a.state for a in event.actor] == ["PER"]
    (event,) = choose_events(article, [(0.9, together)], LEAST)
    assert [a.state for a in event.actor] == ["PER", "NOR"]


def test_a_former_state_counts_as_its_successor() -> None:
    assert codes_of(act("AID", "SUN+EU>CHL", "condemned").event) == {"RUS", "EU", "CHL"}
    nobody = Event(document="d", event="AID", actor=(Actor(text="they"),))
    assert codes_of(nobody) == frozenset()


def events(text: str, least: float = 0.0) -> list[tuple[str, frozenset[str]]]:
    article = read_article(Document(id="d", text=text, language="en", published="2019-09-02"))
    return [(c.event.event, codes_of(c.event)) for c in candidates(article, find_frames(article))]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Peru froze its aid to Chile.", {"AID"}),
        ("Peru called off its talks with Chile.", {"CONSULT"}),
        ("Peru and Chile beat Bolivia 3-1 in the football final.", {"ASSAULT", "AGREE", "CONSULT"}),
        ("Peru ended the war with Chile.", {"ASSAULT"}),
        ("A correction: Peru did not bomb Chile, as an earlier report said.", {"ASSAULT"}),
    ],
)
def test_what_the_words_take_back_is_not_even_a_candidate(text: str, kinds: set[str]) -> None:
    assert not kinds & {kind for kind, _ in events(text) if kind in kinds}


def test_candidates_are_between_two_parties() -> None:
    assert all(len(codes) >= 2 for _, codes in events(TEXT))
    assert events("Peru raised its taxes.") == []
