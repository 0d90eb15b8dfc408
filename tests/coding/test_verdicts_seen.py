"""An event that the network alone sees: kept, changed or left out by what the words of its sentence say.

The frames are written by hand, as if the network were sure of a word, a type and two parties.
"""

from dataclasses import replace

import pytest

from comity.coding.event_verdicts import candidates, find_events
from comity.coding.frames import STATUS, TYPES, Frame, Frames
from comity.coding.weighing import FEATURES
from comity.coding.windows import stage_of
from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.reader import read_article
from comity.records.record import Event

SURE, UNSURE = 0.9, 0.02


def seen(
    text: str, word: str, kind: str, first: str, second: str = "", *, status: str = "occurred", least: float = UNSURE
) -> tuple[Article, Frames]:
    """A report with one frame, at a word; `first` and `second` are who surely acts and is acted on."""
    article = read_article(Document(id="d", text=text, language="en", published="2019-09-02"))
    stage = stage_of(article)
    sentence = next(s for s in article.sentences if word in s.text)
    token = next(t.index for t in sentence.tokens if t.text == word)
    types = {n: SURE if n == kind else 0.001 for n in TYPES[1:]}
    shares = [{c: SURE if c in side.split() else least for c in stage.codes} for side in (first, second)]
    frame = Frame("event", sentence.index, token, SURE, types, {s: float(s == status) for s in STATUS}, *shares)
    return article, Frames(stage, (frame,))


def told(*args: str, **more) -> list[Event]:
    """The candidates that the frame alone gives, whatever the rules find beside them."""
    return [c.event for c in candidates(*seen(*args, **more)) if not c.features[0]]


def sides(event: Event) -> str:
    return ">".join("+".join(a.state or a.organisation or "?" for a in s) for s in (event.actor, event.recipient))


SHRUG = "Peru shrugged off Chilean complaints on Monday."


def test_what_the_rules_overlook_is_a_candidate_with_its_sides_its_scores_and_its_day() -> None:
    (event,) = told(SHRUG, "shrugged", "REJECT", "PER", "CHL")
    assert (event.event, sides(event), event.status, event.date) == ("REJECT", "PER>CHL", "occurred", "2019-09-02")
    assert (event.quad_code, event.mode) == (3, None)
    assert event.quote == SHRUG[event.start : event.end]
    assert (event.evidence or "").startswith("word: shrugged REJECT")


@pytest.mark.parametrize(("first", "second"), [("PER", ""), ("", "CHL"), ("", "")])
def test_without_a_second_party_that_is_likely_at_all_nothing_is_told(first: str, second: str) -> None:
    assert told(SHRUG, "shrugged", "REJECT", first, second) == []


def test_a_second_party_that_is_a_little_likely_is_taken_where_nobody_else_is() -> None:
    (event,) = told(SHRUG, "shrugged", "REJECT", "PER", "", least=0.2)
    assert sides(event) == "PER>CHL"


def test_two_who_act_together_have_no_recipient() -> None:
    text = "Peru and Chile wrote one letter on Monday."
    for first, second in (("PER CHL", ""), ("", "PER CHL")):
        (event,) = told(text, "wrote", "AGREE", first, second)
        assert sides(event) == "PER+CHL>"


@pytest.mark.parametrize(
    ("text", "word", "kind", "status"),
    [
        ("Peru could in the end ban Chilean ships.", "ban", "SANCTION", "hypothetical"),
        ("Peru banned Chilean ships from its ports.", "banned", "SANCTION", "occurred"),
        ("Peru could in the end help Chilean ships.", "help", "AID", "occurred"),
    ],
)
def test_a_hostile_act_that_its_words_only_make_possible_is_not_done(
    text: str, word: str, kind: str, status: str
) -> None:
    events = [c.event for c in candidates(*seen(text, word, kind, "PER", "CHL")) if c.event.event == kind]
    assert {e.status for e in events if "word:" in (e.evidence or "")} >= {status}
    if status == "hypothetical":
        assert "occurred" not in {e.status for e in events}


@pytest.mark.parametrize(
    ("kind", "kept"),
    [("AID", False), ("COOPERATE", False), ("REQUEST", True)],
)
def test_what_is_held_back_from_a_party_is_not_also_given_to_it(kind: str, kept: bool) -> None:
    text = "Peru imposed sanctions on Chile over the money it had sent it."
    assert bool(told(text, "money", kind, "PER", "CHL")) is kept


def test_what_is_held_back_from_one_party_may_be_given_to_another() -> None:
    text = "Norway fed Kenyan children, while Peru imposed sanctions on Chile."
    assert [sides(e) for e in told(text, "fed", "AID", "NOR", "KEN")] == ["NOR>KEN"]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Peru beat Chile 3-1 in the football final.", "beat", "ASSAULT"),
        ("Norway ended the war between Peru and Chile.", "war", "ASSAULT"),
        ("Peru froze its aid to Chile.", "froze", "AID"),
        ("Neither Peru nor Chile threatened to attack the other.", "attack", "ASSAULT"),
    ],
)
def test_a_match_a_war_that_ends_and_aid_that_is_frozen_are_no_acts_whatever_is_seen(
    text: str, word: str, kind: str
) -> None:
    assert [e for e in told(text, word, kind, "PER", "CHL") if e.event == kind] == []


def test_who_is_accused_is_who_attacked_and_not_who_was_attacked() -> None:
    text = "Peru deplored the attack by Chile on a Bolivian village."
    (event,) = told(text, "deplored", "ACCUSE", "PER", "CHL BOL") or [
        c.event for c in candidates(*seen(text, "deplored", "ACCUSE", "PER", "CHL BOL"))
    ]
    assert "BOL" not in sides(event)


@pytest.mark.parametrize(("likely", "left"), [(0.9, "PER+NOR>CHL"), (0.5, "PER>CHL")])
def test_who_is_left_out_of_a_sentence_takes_part_only_where_that_is_sure(likely: float, left: str) -> None:
    article, frames = seen("Norway was silent. " + SHRUG, "shrugged", "REJECT", "PER", "CHL")
    (frame,) = frames.found
    meant = replace(frame, first={**frame.first, "NOR": likely})
    (event,) = [c.event for c in candidates(article, replace(frames, found=(meant,))) if not c.features[0]]
    assert "+".join(sorted(sides(event).split(">")[0].split("+"), reverse=True)) + ">CHL" == left


def test_who_is_left_out_is_taken_where_without_him_one_party_is_left() -> None:
    text = "Norway was silent. Peru shrugged on Monday."
    article, frames = seen(text, "shrugged", "REJECT", "PER", "NOR")
    (frame,) = frames.found
    meant = replace(frame, second={**frame.second, "NOR": 0.5})
    (event,) = [c.event for c in candidates(article, replace(frames, found=(meant,)))]
    assert sides(event) == "PER>NOR"
    assert event.recipient[0].antecedent is not None


def test_where_rule_and_network_see_the_same_the_record_has_the_rules_mode_and_says_both() -> None:
    text = "Peru bombed Chile."
    (found,) = [c for c in candidates(*seen(text, "bombed", "ASSAULT", "PER", "CHL")) if c.features[0]]
    assert found.event.mode == "aerial"
    assert "direct: bombed" in (found.event.evidence or "")
    assert "word: bombed ASSAULT" in (found.event.evidence or "")


@pytest.mark.parametrize("text", [SHRUG, "Peru bombed Chile.", "It rained. " + SHRUG])
def test_every_candidate_has_a_number_for_each_feature(text: str) -> None:
    word = "bombed" if "bombed" in text else "shrugged"
    article, frames = seen(text, word, "REJECT", "PER", "CHL")
    for c in candidates(article, frames):
        assert len(c.features) == len(FEATURES["event"])


def test_what_is_seen_and_told_is_likelier_than_what_is_told_of_nobody_in_particular() -> None:
    article, frames = seen("Peru bombed Chile.", "bombed", "ASSAULT", "PER", "CHL")
    (both,) = find_events(article, frames, 0.0)
    (alone,) = find_events(article, Frames(frames.stage), 0.0)
    assert both.confidence > alone.confidence
    assert find_events(article, frames, both.confidence + 0.02) == []
