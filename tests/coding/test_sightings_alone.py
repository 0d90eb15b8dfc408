"""What a frame alone reports: a journey, an amount or an instrument only where its words and parties bear it out.

The frames are written by hand: each says how likely a party takes part, as the network would.
"""

from dataclasses import replace

import pytest

from comity.coding.arguments import parties_of
from comity.coding.frames import MEASURES, STAGES, STATUS, Frame, Frames
from comity.coding.sightings import (
    actors_of,
    agreement_of,
    code_of,
    figure_of,
    is_meeting,
    sentence_of,
    side,
    visits_of,
)
from comity.coding.windows import stage_of
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Actor

SURE, UNSURE = 0.9, 0.02


def seen(
    kind: str, text: str, word: str, first: str, second: str = "", *, type_: str = "", status: str = "occurred"
) -> tuple:
    """A frame at a word of a text; `first` and `second` are who surely has each role."""
    article = read_article(Document(id="d", text=text, language="en", published="2019-09-02"))
    frames = Frames(stage_of(article))
    sentence = next(s for s in article.sentences if word in s.text)
    token = next(t.index for t in sentence.tokens if t.text == word)
    names = {"agreement": STAGES, "figure": MEASURES}.get(kind, ("visit",))
    types = {n: SURE if n == type_ else 0.01 for n in names}
    shares = [{c: SURE if c in side.split() else UNSURE for c in frames.stage.codes} for side in (first, second)]
    frame = Frame(kind, sentence.index, token, SURE, types, {s: float(s == status) for s in STATUS}, *shares)
    return article, frames, frame


def journeys(*args, **more) -> list[tuple[list[str | None], str | None, str]]:
    return [([a.state for a in v.visitors], v.host, v.status) for v in visits_of(*seen("visit", *args, **more))]


LIMA = "The president of Peru flew to Chile on Monday."


def test_a_journey_is_told_from_its_guest_to_its_host_with_its_day() -> None:
    (visit,) = visits_of(*seen("visit", LIMA, "flew", "PER", "CHL"))
    assert ([a.state for a in visit.visitors], visit.host, visit.date) == (["PER"], "CHL", "2019-09-02")
    assert visit.quote == LIMA[visit.start : visit.end]
    assert {"Peru", "flew", "Chile"} <= set((visit.quote or "").split())


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        ("planned", "The president of Peru will fly to Chile on Monday.", "planned"),
        ("hypothetical", "The president of Peru may fly to Chile on Monday.", "planned"),
        ("planned", "The president of Peru cancelled a visit to Chile.", "denied"),
    ],
)
def test_a_journey_is_planned_or_denied_as_its_words_say(status: str, text: str, expected: str) -> None:
    word = "visit" if "visit" in text else "fly"
    assert journeys(text, word, "PER", "CHL", status=status) == [(["PER"], "CHL", expected)]


def test_a_journey_to_two_hosts_is_two() -> None:
    text = "The president of Peru flew to Chile and Bolivia on Monday."
    assert journeys(text, "flew", "PER", "CHL BOL") == [(["PER"], "CHL", "occurred"), (["PER"], "BOL", "occurred")]


def test_without_a_likely_guest_or_host_there_is_no_journey() -> None:
    assert journeys(LIMA, "flew", "PER", "") == []
    assert journeys(LIMA, "flew", "", "CHL") == []


def test_the_likeliest_host_must_be_a_little_likely() -> None:
    article, frames, frame = seen("visit", LIMA, "flew", "PER", "CHL")
    for share, hosts in ((0.05, []), (0.2, ["CHL"])):
        unsure = replace(frame, second={"PER": 0.01, "CHL": share})
        assert [v.host for v in visits_of(article, frames, unsure)] == hosts


def test_an_organisation_is_no_host_and_no_guest_that_travels() -> None:
    assert journeys("The president of Peru flew to NATO on Monday.", "flew", "PER", "NATO") == []
    assert journeys("NATO flew to Peru on Monday.", "flew", "NATO", "PER") == []


def test_who_is_not_named_in_the_sentence_is_understood_from_one_before() -> None:
    text = "Peru was in mourning. The queen flew to Chile on Monday."
    (visit,) = visits_of(*seen("visit", text, "flew", "PER", "CHL"))
    (guest,) = visit.visitors
    assert (guest.state, guest.start) == ("PER", None)
    assert guest.antecedent is not None
    assert text[guest.antecedent.start : guest.antecedent.end] == guest.antecedent.text == "Peru"


def test_a_party_known_by_a_town_alone_is_understood_from_it() -> None:
    text = "In Oslo it snowed. The president of Peru flew there on Monday."
    article, _, frame = seen("visit", text, "flew", "PER", "NOR")
    here, understood = side(
        article, sentence_of(article, frame), frame.token, ["NOR"], parties_of(article, article.sentences[1])
    )
    assert here == []
    assert [a.state for a in understood] == ["NOR"]
    assert understood[0].antecedent is not None
    assert understood[0].antecedent.text == "Oslo"
    assert [a.state for a in actors_of(here, understood)] == ["NOR"]


def test_of_two_mentions_of_a_party_the_nearer_to_the_word_is_meant() -> None:
    text = "Peru said that boats from Peru met ships of Chile."
    article, _, frame = seen("visit", text, "met", "PER", "CHL")
    (here,), _ = side(article, article.sentences[0], frame.token, ["PER"], parties_of(article, article.sentences[0]))
    assert here.start == text.rindex("Peru")


def test_a_party_that_no_sentence_names_stands_on_no_side() -> None:
    article, _, frame = seen("visit", LIMA, "flew", "PER", "CHL")
    named = parties_of(article, article.sentences[0])
    assert side(article, article.sentences[0], frame.token, ["KEN"], named) == ([], [])


@pytest.mark.parametrize(("word", "meeting"), [("met", True), ("flew", False), ("talks", True)])
def test_a_word_for_a_meeting_is_no_word_for_a_journey(word: str, meeting: bool) -> None:
    text = "The president of Peru met envoys and flew to Chile for talks."
    article, _, frame = seen("visit", text, word, "PER", "CHL")
    assert is_meeting(article, frame) is meeting


def test_a_former_state_has_the_code_of_its_successor() -> None:
    assert code_of(Actor(text="Soviets", state="SUN")) == "RUS"
    assert code_of(Actor(text="NATO", organisation="NATO")) == "NATO"
    assert code_of(Actor(text="they")) is None


TRADE = "Peru sold goods worth 20 million dollars to Chile in 2018."


def test_an_amount_has_its_ends_its_unit_and_its_year() -> None:
    figure = figure_of(*seen("figure", TRADE, "million", "PER", "CHL", type_="exports"))
    assert figure is not None
    assert (figure.measure, figure.reporter, figure.partner) == ("exports", "PER", "CHL")
    assert (figure.value, figure.unit, figure.period) == (20e6, "USD", "2018")
    assert figure.quote == TRADE[figure.start : figure.end]


def test_a_change_in_percent_is_a_change_and_no_value() -> None:
    text = "Exports of Peru to Chile fell by 10 percent in 2018."
    figure = figure_of(*seen("figure", text, "10", "PER", "CHL", type_="exports"))
    assert figure is not None
    assert (figure.value, figure.change_pct, figure.direction, figure.unit) == (None, -10.0, "down", None)


def test_an_end_of_an_amount_may_be_an_organisation() -> None:
    text = "Peru owes NATO 20 million dollars."
    figure = figure_of(*seen("figure", text, "million", "PER", "NATO", type_="debt"))
    assert figure is not None
    assert (figure.measure, figure.reporter, figure.partner, figure.value) == ("debt", "PER", "NATO", 20e6)


def test_a_word_beside_no_number_is_no_amount() -> None:
    assert figure_of(*seen("figure", TRADE, "goods", "PER", "CHL", type_="exports")) is None


def test_an_amount_with_one_end_only_is_no_figure_between_states() -> None:
    assert figure_of(*seen("figure", TRADE, "million", "PER", "", type_="exports")) is None
    assert figure_of(*seen("figure", TRADE, "million", "", "CHL", type_="exports")) is None


PACT = "Peru and Chile signed a fisheries agreement in Lima on Monday."


def test_an_instrument_has_its_parties_its_title_its_stage_and_its_day() -> None:
    found = agreement_of(*seen("agreement", PACT, "agreement", "PER CHL", type_="signed"))
    assert found is not None
    assert (found.parties, found.title, found.stage) == (("CHL", "PER"), "fisheries agreement", "signed")
    assert found.date == "2019-09-02"
    assert found.quote == PACT[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        (PACT, "agreement", "PER"),  # one party signs with nobody
        ("Peru and Chile were left without an agreement.", "agreement", "PER CHL"),
        ("Peru and Chile welcomed the peace plan.", "plan", "PER CHL"),  # no word for an instrument
        ("Delta Gas of Peru and Norlin of Chile signed a contract.", "contract", "PER CHL"),
        ("Norlin of Chile and Delta Gas of Peru signed a contract.", "contract", "PER CHL"),
    ],
)
def test_what_is_no_instrument_between_two_states_is_left_out(text: str, word: str, parties: str) -> None:
    assert agreement_of(*seen("agreement", text, word, parties, type_="signed")) is None


@pytest.mark.parametrize(
    ("text", "seen_as", "stage", "date"),
    [
        ("The fisheries agreement between Peru and Chile expired on Monday.", "terminated", "expired", "2019-09-02"),
        (
            "On Monday came the anniversary of the fisheries agreement between Peru and Chile.",
            "signed",
            None,
            None,
        ),
        ("The fisheries agreement between Peru and Chile was signed on Monday.", "signed", "signed", "2019-09-02"),
    ],
)
def test_the_words_around_an_instrument_say_its_stage_whatever_is_seen(
    text: str, seen_as: str, stage: str | None, date: str | None
) -> None:
    found = agreement_of(*seen("agreement", text, "agreement", "PER CHL", type_=seen_as))
    assert found is not None
    assert (found.stage, found.date) == (stage, date)


def test_of_a_known_treaty_only_its_parties_are_parties() -> None:
    text = "Peru and Chile praised the Good Friday Agreement."
    assert agreement_of(*seen("agreement", text, "Agreement", "PER CHL", type_="in force")) is None


def test_several_instruments_are_named_by_their_plural() -> None:
    text = "Peru and Chile signed two fisheries agreements."
    found = agreement_of(*seen("agreement", text, "agreements", "PER CHL", type_="signed"))
    assert found is not None
    assert found.title == "fisheries agreements"


def test_that_something_is_in_force_takes_more_than_that_it_was_signed() -> None:
    text = "Peru and Chile praised their fisheries agreement."
    article, frames, frame = seen("agreement", text, "agreement", "PER CHL")
    for type_, likely, stage in [
        ("signed", 0.5, "signed"),
        ("signed", 0.3, None),
        ("in force", 0.5, None),
        ("in force", 0.8, "in force"),
    ]:
        told = replace(frame, types={**dict.fromkeys(STAGES, 0.01), type_: likely})
        found = agreement_of(article, frames, told)
        assert found is not None
        assert found.stage == stage


def test_many_who_stand_near_a_name_are_parties_only_where_an_act_is_told() -> None:
    text = "Peru, Chile and Bolivia praised their fisheries agreement."
    article, frames, frame = seen("agreement", text, "agreement", "PER CHL BOL", type_="signed")
    found = agreement_of(article, frames, frame)
    assert found is not None
    assert len(found.parties) == 3
    assert agreement_of(article, frames, replace(frame, types=dict.fromkeys(STAGES, 0.1))) is None
