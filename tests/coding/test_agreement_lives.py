"""The life of an instrument as a report tells it: what was done, when, where, for how long, and what came before it."""

from functools import cache

import pytest

from comity.coding.agreements import code_agreements
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Agreement

PUBLISHED = "2019-09-02"  # a Monday


@cache
def agreements(text: str, title: str | None = None) -> tuple[Agreement, ...]:
    document = Document(id="d", text=text, title=title, published=PUBLISHED, language="en")
    return tuple(code_agreements(read_article(document)))


def only(text: str, title: str | None = None) -> Agreement:
    (agreement,) = agreements(text, title)
    return agreement


@pytest.mark.parametrize(
    ("text", "duration", "renewal", "notice"),
    [
        ("It will remain in force for ten years.", "P10Y", None, None),
        ("The treaty lapses on 31 December 2024.", "until 2024-12-31", None, None),
        ("The treaty runs out in 2024.", "until 2024", None, None),
        ("The treaty has no time limit.", "indefinite", None, None),
        (
            "It shall remain in force for five years. Either Party may terminate it on six months' notice.",
            "P5Y", None, "P6M",
        ),
        (
            "It shall remain in force for five years. Either Party may terminate it by giving one year's notice.",
            "P5Y", None, "P1Y",
        ),
        (
            "The treaty is valid for one year and is extended for successive periods of two years.",
            "P1Y", "P2Y", None,
        ),
        ("The lake is ten years older than both.", None, None, None),
        ("Fishermen have ten years to pay back their loans.", None, None, None),
    ],
)  # fmt: skip
def test_what_a_later_sentence_says_of_its_length_belongs_to_the_instrument(
    text: str, duration: str | None, renewal: str | None, notice: str | None
) -> None:
    found = only(f"Kenya and Uganda signed a fishing treaty on Monday. {text}")
    assert (found.duration, found.renewal, found.notice) == (duration, renewal, notice)
    assert found.parties == ("KEN", "UGA")


def test_a_length_is_that_of_the_instrument_that_its_sentence_names() -> None:
    fishing, tax = agreements(
        "Kenya and Uganda signed a fishing treaty. Norway and Peru signed a tax treaty. "
        "The tax treaty is valid for five years."
    )
    assert (fishing.parties, fishing.duration) == (("KEN", "UGA"), None)
    assert (tax.parties, tax.duration) == (("NOR", "PER"), "P5Y")


def test_an_end_without_a_year_is_the_next_such_day_after_the_report() -> None:
    found = only("Kenya and Uganda signed a fishing treaty. The treaty expires on March 31.")
    assert found.duration == "until 2020-03-31"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The salt treaty between Kenya and Uganda is to expire on 3 May 2020.", None),
        ("The salt treaty between Kenya and Uganda may be terminated in 2020.", None),
        ("The salt treaty between Kenya and Uganda entered into force on 3 May 2018.", "2018-05-03"),
    ],
)
def test_the_day_on_which_it_will_end_is_not_the_day_on_which_it_came_into_force(text: str, date: str | None) -> None:
    found = only(text)
    assert (found.stage, found.date) == ("in force", date)


@pytest.mark.parametrize(
    ("text", "afterwards"),
    [
        ("It is concluded for three years and shall thereafter remain in force until denounced.", "indefinite"),
        ("It is concluded for three years and may be renewed.", None),
        ("It shall remain in force until it is denounced by either Party.", None),
    ],
)
def test_what_follows_a_fixed_term_is_kept_beside_it(text: str, afterwards: str | None) -> None:
    assert only(f"Kenya and Uganda signed a salt treaty. {text}").afterwards == afterwards


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("It will enter into force 30 days after the exchange of ratifications.", ("exchange", "P30D", None)),
        ("It shall enter into force upon the deposit of the third instrument.", ("deposits", None, 3)),
        ("It will enter into force upon signature. It enters into force after both notify each other.",
         ("signature", None, None)),
        ("It entered into force on 1 May 2019.", (None, None, None)),
        ("Farmers on both shores are glad of it.", (None, None, None)),
    ],
)  # fmt: skip
def test_what_brings_it_into_force_is_kept_as_its_clause_says(text: str, force: tuple[str | None, ...]) -> None:
    (found, *_) = agreements(f"Kenya and Uganda signed a salt treaty. {text}")
    assert (found.force, found.force_delay, found.force_count) == force


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Kenya and Uganda signed a fishing treaty and a tea treaty.", ["fishing treaty", "tea treaty"]),
        ("A tax treaty and a salt treaty were signed by Kenya and Uganda.", ["tax treaty", "salt treaty"]),
        ("Kenya and Uganda signed a fishing treaty and a tea protocol.", ["fishing treaty", "tea protocol"]),
        ("Kenya and Uganda signed a fishing treaty, a pact that helps both.", ["fishing treaty"]),
        ("Kenya and Uganda signed a fishing treaty. The treaty helps both.", ["fishing treaty"]),
    ],
)
def test_two_instruments_of_one_sentence_are_two_and_one_under_two_words_is_one(text: str, titles: list[str]) -> None:
    found = agreements(text)
    assert [a.title for a in found] == titles
    assert {a.parties for a in found} == {("KEN", "UGA")}


def test_each_instrument_of_a_sentence_keeps_its_own_act() -> None:
    fishing, tea = agreements("Kenya and Uganda signed a fishing treaty and ratified a tea treaty.")
    assert (fishing.title, fishing.stage) == ("fishing treaty", "signed")
    assert (tea.title, tea.stage) == ("tea treaty", "ratified")


def test_each_partner_of_a_list_of_deals_has_its_own_without_the_others() -> None:
    found = agreements("Kenya signed trade deals with Canada, Japan and Norway.")
    assert [a.parties for a in found] == [("CAN", "KEN"), ("JPN", "KEN"), ("KEN", "NOR")]
    assert {a.count for a in found} == {None}


def test_deals_whose_number_is_not_that_of_the_partners_stay_together() -> None:
    found = only("Kenya signed five trade deals with Canada and Japan on Monday.")
    assert (found.parties, found.count) == (("CAN", "JPN", "KEN"), 5)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Kenya signed a trade deal with Canada and Japan.", ("CAN", "JPN", "KEN")),
        ("Kenya and Uganda signed a trade deal with Canada and Japan.", ("CAN", "JPN", "KEN", "UGA")),
        ("Kenya signed a trade deal with Canada.", ("CAN", "KEN")),
        ("A trade deal with Canada and Japan was signed on Monday.", ("CAN", "JPN")),
        ("Norway announced that a trade deal between Canada and Japan was signed.", ("CAN", "JPN")),
    ],
)
def test_who_signs_with_several_is_a_party_too(text: str, parties: tuple[str, ...]) -> None:
    assert only(text).parties == parties


def test_it_replaces_what_a_sentence_just_before_spoke_of() -> None:
    new, old = agreements("Kenya and Uganda signed a salt treaty last week. It replaces the 1993 salt treaty.")
    assert [(p.title, p.date, p.link) for p in new.predecessors] == [("salt treaty", "1993", "replaces")]
    assert (new.stage, old.stage) == ("signed", "in force")


def test_what_was_said_long_before_is_not_what_it_stands_for() -> None:
    (new, *_) = agreements(
        "Kenya and Uganda signed a salt treaty last week. They sang. They danced. They ate. "
        "It replaces the 1993 salt treaty."
    )
    assert new.predecessors == ()


def test_an_earlier_treaty_has_ended_once_the_later_one_is_in_force() -> None:
    text = "Kenya and Uganda {} a treaty on salt, which supersedes the 1993 treaty on tolls."
    drafted = {a.title: a.stage for a in agreements(text.format("signed"))}
    assert drafted["treaty on tolls"] == "in force"


def test_a_protocol_that_amends_a_treaty_names_it_and_both_are_recorded() -> None:
    protocol, treaty = agreements("Kenya and Uganda signed a protocol amending the 1993 salt treaty.")
    assert [(p.title, p.date, p.link) for p in protocol.predecessors] == [("salt treaty", "1993", "amends")]
    assert (protocol.stage, treaty.stage) == ("signed", "amended")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kenyan Foreign Minister John Otieno and Ugandan Foreign Minister Sam Kato signed a salt treaty.",
         ["John Otieno", "Sam Kato"]),
        ("Kenyan Foreign Minister John Otieno and Ugandan Foreign Minister Sam Kato ended a salt treaty.", []),
        ("Kenya and Uganda signed a salt treaty, John Otieno said.", []),
    ],
)  # fmt: skip
def test_who_signs_is_kept_but_not_who_ends_or_only_speaks(text: str, names: list[str]) -> None:
    assert [s.name for s in only(text).signatories] == names


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kenya and Uganda signed a salt treaty in Kampala.", "Kampala"),
        ("In Kampala, Kenya and Uganda signed a salt treaty.", "Kampala"),
        ("Kenya and Uganda signed a salt treaty.", None),
        ("Kenya and Uganda signed a salt treaty. Farmers in Mombasa danced.", None),
    ],
)
def test_the_place_is_that_of_the_act(text: str, place: str | None) -> None:
    assert only(text).place == place


@pytest.mark.parametrize(
    ("text", "stage", "date"),
    [
        ("Kenya and Uganda met under the Salt Treaty of 12 January 1999.", "signed", "1999-01-12"),
        ("The 1993 Kenya-Uganda salt treaty is old.", "signed", "1993"),
        ("The 1993 salt treaty between Kenya and Uganda expired in 2003.", "expired", "2003"),
        ("The salt treaty between Kenya and Uganda was suspended last week.", "suspended", "2019-08-26/2019-09-01"),
        ("Kenya withdrew from the salt treaty with Uganda on 3 May 2019.", "terminated", "2019-05-03"),
        ("Kenya and Uganda renewed the salt treaty on Sunday for ten years.", "renewed", "2019-09-01"),
        ("Norway said Kenya and Uganda had signed a salt treaty.", "signed", None),
        ("Kenya's parliament rejected the salt treaty with Uganda.", None, None),
        ("Kenya proposed a salt treaty with Uganda.", "proposed", None),
        ("Talks between Kenya and Uganda on a salt treaty broke down.", "negotiated", None),
    ],
)
def test_a_day_is_given_only_with_the_act_that_it_dates(text: str, stage: str | None, date: str | None) -> None:
    found = only(text)
    assert (found.parties, found.stage, found.date) == (("KEN", "UGA"), stage, date)


def test_an_end_that_the_next_sentence_dates_takes_effect_on_that_day() -> None:
    found = only("Kenya ended its salt treaty with Uganda. The withdrawal takes effect on 1 March 2020.")
    assert (found.stage, found.date) == ("terminated", "2020-03-01")


def test_an_earlier_act_keeps_its_own_day_and_words() -> None:
    text = "Kenya and Uganda signed a salt treaty in 2015. The treaty was extended in May 2018."
    found = only(text)
    assert (found.stage, found.date) == ("extended", "2018-05")
    (signed,) = found.acts
    assert (signed.stage, signed.date) == ("signed", "2015")
    assert text[signed.start : signed.end] == signed.quote


def test_the_headline_adds_no_second_record_and_the_quote_is_of_the_text() -> None:
    found = only(
        "Kenya and Uganda agreed on Monday to sign a salt treaty next month, officials said.",
        "Kenya to Sign Salt Treaty With Uganda",
    )
    assert (found.stage, found.date, found.part) == ("planned", "2019-10", "text")


def test_who_speaks_of_it_is_named_beside_it() -> None:
    found = only('"We signed a salt treaty with Uganda," said Kenyan Foreign Minister John Otieno.')
    assert found.attribution is not None
    assert (found.attribution.name, found.parties) == ("John Otieno", ("KEN", "UGA"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kenya.",
        "Kenya and Uganda have not yet ratified the salt treaty signed in 2015.",
        "A Kenyan bank signed a loan agreement with Uganda.",
        "Kenya signed a contract with Boeing.",
        "Kenya praised the trade deal of Canada and Japan.",
        "Kenya criticised the nuclear treaty.",
        "Norway liked the fishing treaty.",
        "“” ‘’ — … 条約 Договор",
    ],
)
def test_what_binds_no_two_states_gives_no_record(text: str) -> None:
    assert agreements(text) == ()


def test_a_state_that_joins_a_named_treaty_is_enough() -> None:
    found = only("Kenya acceded to the Salt Convention on 3 May 2019.")
    assert (found.parties, found.stage, found.date) == (("KEN",), "ratified", "2019-05-03")


def test_the_notice_may_stand_before_the_length() -> None:
    found = only(
        "Kenya and Uganda signed a salt treaty. Either Party may terminate it on six months' notice. "
        "It shall remain in force for five years."
    )
    assert (found.duration, found.notice) == ("P5Y", "P6M")


def test_the_day_of_another_act_is_not_borrowed() -> None:
    found = only("The salt treaty between Kenya and Uganda has entered into force. The treaty had been signed in 2015.")
    assert (found.stage, found.date) == ("in force", None)
    assert [(s.stage, s.date) for s in found.acts] == [("signed", "2015")]


def test_of_two_treaties_the_one_of_who_speaks_is_meant() -> None:
    grain, fishing = agreements(
        "Peru and Chile signed a grain treaty. Kenya and Uganda signed a fishing treaty. "
        "Peru said the treaty is valid for five years."
    )
    assert (grain.parties, grain.duration) == (("CHL", "PER"), "P5Y")
    assert (fishing.parties, fishing.duration) == (("KEN", "UGA"), None)


@pytest.mark.parametrize(
    ("text", "interstate"),
    [
        ("A bank and a steel company signed an agreement valid for five years.", False),
        ("Kenya and Uganda signed an agreement valid for five years.", True),
        ("The fishing treaty is valid for five years.", None),
    ],
)
def test_whether_states_make_it_is_said_only_where_it_is_known(text: str, interstate: bool | None) -> None:
    found = only(text)
    assert (found.duration, found.interstate) == ("P5Y", interstate)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Kenya will discuss the transit treaty signed with Uganda in 2015.", "signed"),
        ("The recently signed transit treaty between Kenya and Uganda helps farmers.", "signed"),
    ],
)
def test_a_participle_keeps_its_own_time(text: str, stage: str) -> None:
    assert only(text).stage == stage
