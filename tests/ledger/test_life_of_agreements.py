"""What the ledger says of an agreement between its first rumour and its end."""

from datetime import date

from comity.ledger.act import Act, Terms, Treaty
from comity.ledger.lifecycle import status

NEW = (
    Act(kind="announced", date="2019-09-02", known="2019-09-02"),
    Act(kind="signed", date="2019-09-03", known="2019-09-03"),
    Act(kind="approved", date="2020-06-23", known="2020-06-23", party="RUS"),
    Act(kind="exchanged", date="2020-09-21", known="2020-09-21"),
    Act(kind="entered into force", date="2020-09-21", known="2020-09-21"),
)
BOTH = ("MNG", "RUS")


def new(acts=NEW, **more) -> Treaty:
    return Treaty(
        id="new", title="the new treaty", type="treaty", parties=BOTH, acts=tuple(acts), supersedes=("old",), **more
    )


def old() -> Treaty:
    acts = (Act(kind="signed", date="1993-01-20"), Act(kind="entered into force", date="1993"))
    return Treaty(id="old", type="treaty", parties=BOTH, acts=acts, terms=Terms(duration="P20Y", renewal="P5Y"))


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_an_announcement_is_no_signature():
    assert status(new(), day("2019-09-02")).text == "proposed"


def test_signed_is_not_in_force():
    at = status(new(), day("2019-12-31"))
    assert (at.text, at.effect, at.stage) == ("signed", "not in force", "signed")


def test_the_vote_of_a_parliament_binds_nobody_abroad():
    at = status(new(), day("2020-07-01"))
    assert dict(at.consent) == {"RUS": "approved internally", "MNG": "signed"}
    assert at.effect == "not in force"


def test_the_exchange_of_instruments_binds_both():
    at = status(new(), day("2020-09-21"))
    assert dict(at.consent) == {"RUS": "bound", "MNG": "bound"}
    assert at.effect == "in force"


def test_the_exchange_alone_lets_infer_the_entry_into_force():
    at = status(new(NEW[:-1]), day("2020-09-22"))
    assert (at.effect, at.inferred) == ("in force", True)


def test_the_old_treaty_ends_when_the_new_one_enters_into_force_not_when_it_is_signed():
    others = {"new": new()}
    assert status(old(), day("2019-12-31"), others=others).effect == "in force"
    assert status(old(), day("2020-09-20"), others=others).effect == "in force"
    at = status(old(), day("2020-09-22"), others=others)
    assert (at.effect, at.reason, at.by, at.inferred) == ("ended", "superseded", "new", True)
    assert any("art. 59" in w for w in at.why)


def test_a_source_that_reports_the_end_takes_the_inference_away():
    t = old()
    reported = Treaty(id="old", type="treaty", parties=BOTH, acts=(*t.acts, Act(kind="superseded", date="2020-09-21")))
    assert not status(reported, day("2020-09-22"), others={"new": new()}).inferred


def test_a_treaty_with_fewer_parties_does_not_replace_one_of_more():
    three = Treaty(id="old", type="treaty", parties=("CHN", "MNG", "RUS"), acts=old().acts)
    assert status(three, day("2021-01-01"), others={"new": new()}).effect == "in force"


def test_on_the_day_of_the_announcement_only_the_announcement_is_known():
    at = status(new(), day("2021-01-01"), known=day("2019-09-02"))
    assert (at.text, at.effect) == ("proposed", "not in force")


def test_what_is_not_yet_known_replaces_nothing():
    at = status(old(), day("2021-01-01"), known=day("2019-12-31"), others={"new": new()})
    assert (at.text, at.effect) == ("none reported", "unknown")  # the old treaty's acts have no day of report: left out


def test_an_agreement_that_is_only_named_is_unknown_not_out_of_force():
    at = status(Treaty(id="t", type="treaty", parties=BOTH), day("2021-01-01"))
    assert (at.stage, at.certain) == ("unknown", False)


def test_the_soviet_unions_treaties_go_on_as_russias():
    acts = (
        Act(kind="signed", date="1955-02-10"),
        Act(kind="deposited", date="1955-05-01", party="SUN"),
    )
    t = Treaty(id="t", type="treaty", parties=("ROU", "RUS"), acts=acts)
    assert dict(status(t, day("1992-06-01")).consent)["RUS"] == "bound"


def test_a_declaration_binds_nobody():
    t = Treaty(id="d", type="declaration", parties=BOTH, acts=(Act(kind="signed", date="2000-11-14"),))
    at = status(t, day("2001-01-01"))
    assert (at.effect, at.stage) == ("not binding", "signed")


def test_a_memorandum_binds_only_where_its_text_states_how_it_enters_into_force():
    signed = (Act(kind="signed", date="2000-11-14"),)
    at = status(Treaty(id="m", type="memorandum", parties=BOTH, acts=signed), day("2001-01-01"))
    assert (at.effect, at.stage) == ("not binding", "signed")
    clause = Treaty(id="m", type="memorandum", parties=BOTH, acts=signed, terms=Terms(force="signature"))
    at = status(clause, day("2001-01-01"))
    assert (at.effect, at.inferred) == ("in force", True)


def test_a_treaty_can_be_applied_before_it_is_in_force():
    acts = (Act(kind="signed", date="2000-01-01"), Act(kind="provisionally applied", date="2000-02-01"))
    t = Treaty(id="t", type="treaty", parties=BOTH, acts=acts)
    assert status(t, day("2000-03-01")).effect == "provisionally applied"


def test_a_suspended_treaty_can_be_taken_up_again():
    acts = (Act(kind="entered into force", date="1988-06-01"), Act(kind="suspended", date="2019-02-02"))
    t = Treaty(id="t", type="treaty", parties=("RUS", "USA"), acts=acts)
    assert status(t, day("2019-03-01")).effect == "suspended"
    again = Treaty(id="t", type="treaty", parties=("RUS", "USA"), acts=(*acts, Act(kind="resumed", date="2019-05-01")))
    assert status(again, day("2019-06-01")).effect == "in force"


def test_the_end_of_a_data_set_is_not_shown_as_ongoing():
    acts = (
        Act(kind="entered into force", date="1950"),
        Act(kind="observed in force", date="2018-12-31", until="2018-12-31"),
    )
    t = Treaty(id="t", type="alliance", parties=BOTH, acts=acts)
    assert status(t, day("2018-06-01")).effect == "in force"
    at = status(t, day("2024-01-01"))
    assert (at.effect, at.certain) == ("unknown", False)
    assert any("2018-12-31" in w for w in at.why)


def test_a_month_without_its_day_leaves_the_days_of_that_month_open():
    t = Treaty(id="t", type="treaty", parties=BOTH, acts=(Act(kind="entered into force", date="2001-05"),))
    assert not status(t, day("2001-05-10")).certain
    assert status(t, day("2001-06-01")).certain


def test_two_sources_that_differ_on_the_day_leave_both_open():
    acts = (Act(kind="entered into force", date="2001-05-10"), Act(kind="entered into force", date="2001-05-12"))
    t = Treaty(id="t", type="treaty", parties=BOTH, acts=acts)
    at = status(t, day("2001-05-11"))
    assert (at.effect, at.certain) == ("in force", False)
