"""Agreements: what was agreed, by whom, how far it has come, once for each instrument."""

import json
from pathlib import Path

import pytest

from comity.coding.agreements import code_agreements
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Agreement


def agreements(text: str, published: str | None = "2019-09-01", title: str | None = None) -> list[Agreement]:
    return code_agreements(read_article(Document(id="t", text=text, title=title, published=published)))


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Brazil and Argentina signed a trade agreement on Monday.", "signed"),
        ("India will sign a defence pact with Japan, officials said.", "planned"),
        ("China and Portugal today initialled a joint declaration on Macao.", "initialled"),
        ("Egypt ratified the 1979 peace treaty with Israel.", "ratified"),
        ("The agreement on visas between Turkey and Russia entered into force in 2011.", "in force"),
        ("Brazil denounced its trade agreement with Argentina in 2018.", "terminated"),
        ("The United States and Russia extended the New START treaty.", "extended"),
        ("Egypt and Jordan are negotiating a free trade agreement.", "negotiated"),
        ("In 1980 Poland renewed a treaty of friendship with Hungary.", "renewed"),
    ],
)
def test_the_stage_is_the_latest_that_the_text_supports(text: str, stage: str) -> None:
    (agreement,) = agreements(text)
    assert agreement.stage == stage
    assert len(agreement.parties) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Japan and India failed to reach an agreement on whaling.",
        "Iran denied that it had signed an agreement with China.",
        "The company signed a merger agreement with a rival in Brazil.",
        "The presidents of Chile and Peru were in agreement.",
        "Japan passed a law on trade with China.",
    ],
)
def test_what_was_not_agreed_between_states_gives_no_agreement(text: str) -> None:
    assert agreements(text) == []


def test_an_instrument_told_of_several_times_is_one_record() -> None:
    (agreement,) = agreements(
        "Chile and Peru will sign a border treaty. The pact will have no expiration date. "
        "The new treaty will be signed in Lima on September 5, officials said.",
        title="Chile, Peru To Sign Border Treaty",
    )
    assert agreement.title == "border treaty"
    assert (agreement.stage, agreement.date, agreement.place) == ("planned", "2019-09-05", "Lima")
    assert agreement.duration == "indefinite"
    assert agreement.parties == ("CHL", "PER")


def test_the_treaty_that_another_rests_on_is_its_predecessor_and_a_record_of_its_own() -> None:
    old, new = sorted(
        agreements(
            "Finland and Sweden signed a friendship treaty on Monday. "
            "The document is based on the 1950 Treaty of Peace and Cooperation."
        ),
        key=lambda a: a.date or "",
    )
    assert (old.title, old.date) == ("Treaty of Peace and Cooperation", "1950")
    assert [(p.title, p.date, p.link) for p in new.predecessors] == [(old.title, "1950", "based on")]


def test_a_treaty_does_not_end_before_its_successor_enters_into_force() -> None:
    found = agreements("Finland and Sweden signed a trade treaty, which replaces the 1950 Treaty of Commerce.")
    assert {a.stage for a in found if a.title == "Treaty of Commerce"} == {"in force"}


def test_several_unnamed_agreements_are_one_record_with_their_number() -> None:
    (agreement,) = agreements("Brazil and Argentina signed five agreements in Brasilia on March 3, 2015.")
    assert (agreement.count, agreement.date) == (5, "2015-03-03")


def test_who_signs_is_kept() -> None:
    (agreement,) = agreements(
        "The treaty was signed by Chilean President Sebastian Pinera and Peruvian President Martin Vizcarra."
    )
    assert [(s.name or "").split()[-1] for s in agreement.signatories] == ["Pinera", "Vizcarra"]
    assert agreement.parties == ("CHL", "PER")


def test_every_quote_stands_where_it_says() -> None:
    text = "Turkey and Finland signed a memorandum of understanding in Madrid. The memorandum will run for ten years."
    found = agreements(text)
    assert found
    for a in found:
        assert a.start is not None
        assert text[a.start : a.end] == a.quote


@pytest.mark.parametrize(
    "text",
    [
        "A Brazilian steel company signed an agreement with Argentina's biggest shipbuilder.",
        "Japanese businessmen signed a memorandum of understanding with Indian firms.",
        "The bank signed an accord, and both Chile and Peru watched.",
        "Israel praised its agreements with its neighbours.",
    ],
)
def test_deals_of_firms_and_loose_plurals_are_no_agreements_of_states(text: str) -> None:
    assert agreements(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Israel said it would accept a ceasefire and hostage release deal.",
        "Colombia signed a peace accord with the rebels in Havana, Cuba.",
        "All sides in Ethiopia should adhere to a ceasefire, Kenya said.",
    ],
)
def test_deals_with_armed_groups_and_truces_called_for_are_none_between_states(text: str) -> None:
    assert agreements(text) == []


def test_each_partner_of_a_list_has_an_agreement_of_its_own() -> None:
    found = agreements("Kenya signed trade agreements with Uganda and Rwanda on Monday.")
    assert [(a.parties, a.stage, a.count) for a in found] == [
        (("KEN", "UGA"), "signed", None),
        (("KEN", "RWA"), "signed", None),
    ]


@pytest.mark.parametrize(
    ("text", "stage", "date"),
    [
        ("Kenya is committed to last May's fishing accord with Uganda.", "agreed", "2019-05"),
        ("Kenya and Uganda trade under the Joint Fishing Agreement of July 3, 1998.", "signed", "1998-07-03"),
        (
            "Kenya and Uganda recalled the Joint Fishing Agreement, which entered into force in 2001.",
            "in force",
            "2001",
        ),
        ("Kenya will submit the fishing treaty with Uganda to parliament for ratification.", "planned", None),
        ("Kenya failed to agree on a trade deal with Uganda and will meet again.", "planned", None),
        ("Kenya would end the fishing pact with Uganda if the talks failed.", "in force", None),
        ("Kenya signed with Uganda for a 20 million dollar loan.", "signed", "2019-09-01"),
    ],
)
def test_how_far_it_has_come_and_when(text: str, stage: str, date: str | None) -> None:
    (agreement,) = agreements(text)
    assert (agreement.parties, agreement.stage, agreement.date) == (("KEN", "UGA"), stage, date)


def test_a_denied_end_is_no_end() -> None:
    (pact,) = agreements("Kenya denied a report that it would end its fishing pact with Uganda.")
    assert (pact.parties, pact.stage, pact.date) == (("KEN", "UGA"), "in force", None)


def test_a_bare_loan_is_no_agreement() -> None:
    assert agreements("Japan will give Kenya a 20 million dollar loan.") == []


def test_a_short_name_in_brackets_is_the_same_instrument() -> None:
    (agreement,) = agreements(
        "Kenya and Uganda signed the Agreement on Fishing in Lake Victoria (the “Agreement”). "
        "The Agreement will help fishermen."
    )
    assert agreement.parties == ("KEN", "UGA")


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Sino-Soviet Treaty of Friendship", ("CHN", "SUN")),
        ("Franco-Italian Convention on Tunnels", ("FRA", "ITA")),
        ("US–Mongolia Transparency Agreement", ("MNG", "USA")),
        ("Treaty between the Kingdom of Norway and the Republic of Finland", ("FIN", "NOR")),
        ("Agreement between the Government of Peru and the Government of Chile on Mutual Legal Aid", ("CHL", "PER")),
    ],
)
def test_a_title_that_an_article_names_tells_its_parties(title: str, who: tuple[str, ...]) -> None:
    (agreement,) = agreements(f"The {title} was ratified by parliament on Monday.")
    assert (agreement.title, agreement.parties) == (title, who)


def test_the_town_in_a_title_is_no_party() -> None:
    (agreement,) = agreements("Sweden joined the Paris Agreement in 2016.")
    assert agreement.parties == ("SWE",)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("It shall remain in force for a period of three years.", "P3Y"),
        ("This Treaty shall remain in force until one of the Signatory States denounces it.", "indefinite"),
    ],
)
def test_a_lone_clause_keeps_its_term_without_parties(text: str, duration: str) -> None:
    (agreement,) = agreements(text)
    assert (agreement.duration, agreement.parties) == (duration, ())


def test_terms_of_the_development_set_are_found(shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "gold" / "durations_dev.jsonl").read_text("utf-8").splitlines()]
    right = false = 0
    for row in rows:
        told = {a.duration for a in agreements(row["text"], published=None)} - {None}
        right += bool(row["states_duration"] and told & {row["normalized"], f"until {row['until']}"})
        false += bool(told and not row["states_duration"])
    assert right >= 0.9 * sum(row["states_duration"] for row in rows)
    assert false <= 2


def _one(text, published):
    import comity

    (agreement,) = comity.read(text, published=published, kinds=["agreement"]).agreements
    return agreement


def test_news_without_a_word_of_time_took_place_on_the_day_of_the_report():
    found = _one("QUITO, April 23 - Ecuador and Colombia signed an agreement for joint oil exploration.", "1987-04-23")
    assert (found.stage, found.date) == ("signed", "1987-04-23")


def test_what_had_been_signed_before_has_no_date_of_the_report():
    found = _one("Ecuador and Colombia had signed an agreement for joint oil exploration.", "1987-04-23")
    assert found.date is None


def test_an_end_is_dated_when_it_takes_effect():
    found = _one(
        "The United States said it was terminating its tax treaty with the Netherlands. "
        "The termination is effective January 1, 1988.",
        "1987-06-29",
    )
    assert (found.stage, found.date) == ("terminated", "1988-01-01")


def test_who_is_congratulated_on_signing_signed():
    found = _one("I congratulate Turkey, Finland and Sweden on signing a trilateral memorandum.", "2022-06-28")
    assert (found.parties, found.stage) == (("FIN", "SWE", "TUR"), "signed")


def test_a_report_tells_what_was_done_with_an_instrument_before_its_latest_stage() -> None:
    (agreement,) = agreements(
        "The Transit Agreement between Kenya and Uganda was signed in Kampala on 4 May 2018 and entered into force "
        "on 1 July 2019."
    )
    assert (agreement.stage, agreement.date) == ("in force", "2019-07-01")
    assert [(s.stage, s.date) for s in agreement.acts] == [("signed", "2018-05-04")]
    assert "signed in Kampala" in agreement.acts[0].quote


def test_a_parliament_that_approves_what_was_signed_before_tells_two_acts() -> None:
    (agreement,) = agreements(
        "Zambia's parliament approved on Wednesday the agreement on fisheries with Malawi, which the two countries "
        "signed in Lilongwe on 4 February 2018."
    )
    assert (agreement.stage, agreement.date) == ("signed", "2018-02-04")
    assert [(s.stage, s.date) for s in agreement.acts] == [("agreed", "2019-08-28")]


def test_it_replaces_the_earlier_treaty() -> None:
    text = (
        "Zambia and Malawi signed a treaty on transit on Monday. "
        "It replaces the Treaty of Friendship of 12 January 1999."
    )
    new, old = agreements(text)
    assert [(p.title, p.date, p.link) for p in new.predecessors] == [("Treaty of Friendship", "1999-01-12", "replaces")]
    assert old.title == "Treaty of Friendship"


def test_where_it_was_signed_is_no_part_of_its_title() -> None:
    (agreement,) = agreements(
        "Zambia and Malawi signed a memorandum of understanding on power lines on the sidelines of the summit."
    )
    assert agreement.title == "memorandum of understanding on power lines"


def test_the_dateline_is_no_part_of_what_is_told() -> None:
    (agreement,) = agreements(
        "LUSAKA, 4 January 2019 (Agency) - Zambia and Malawi signed a memorandum on power lines on Friday."
    )
    assert agreement.quote is not None
    assert agreement.quote.startswith("Zambia and Malawi signed")


def test_a_counterpart_from_a_state_is_of_it() -> None:
    (agreement,) = agreements(
        "The foreign minister of Zambia and his counterpart from Malawi signed a memorandum on energy on Tuesday."
    )
    assert agreement.parties == ("MWI", "ZMB")
