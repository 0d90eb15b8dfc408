"""Ten kinds of term, each from a real clause, as a person who watches treaties asks for them."""

from datetime import date

import pytest

from comity.ledger.act import Act, Terms, Treaty
from comity.ledger.alerts import alerts
from comity.ledger.lifecycle import status
from comity.ledger.period import Period

YEAR = Period(months=12)


def treaty(*acts: Act, parties=("MNG", "RUS"), **terms) -> Treaty:
    apart = ("id", "type", "multilateral", "parent", "supersedes", "title")
    more = {"id": "t", "type": "treaty", **{k: terms.pop(k) for k in apart if k in terms}}
    return Treaty(parties=parties, acts=acts, terms=Terms(**terms), **more)


def signed(on, **more):
    return Act(kind="signed", date=on, **more)


def force(on, **more):
    return Act(kind="entered into force", date=on, **more)


def on(text: str) -> date:
    return date.fromisoformat(text)


# 1: twenty years, then five by five, twelve months' notice (Russia and Mongolia, 1993)


def test_a_treaty_of_twenty_years_renews_itself_every_five():
    t = treaty(signed("1993-01-20"), force("1993"), duration="P20Y", renewal="P5Y", notice="P12M")
    at = status(t, on("2019-09-03"))
    assert (at.effect, at.renewals, at.inferred) == ("in force", (2, 2), True)
    assert str(at.term_end) == "2023-01-20/2023-12-31"
    assert any("tacitly renewed" in w for w in at.why)


def test_in_its_first_twenty_years_nothing_was_renewed():
    t = treaty(signed("1993-01-20"), force("1993"), duration="P20Y", renewal="P5Y", notice="P12M")
    at = status(t, on("2010-01-01"))
    assert (at.effect, at.renewals, at.inferred) == ("in force", (0, 0), False)


def test_the_last_day_for_notice_is_a_range_where_the_entry_into_force_is_bracketed():
    t = treaty(signed("1993-01-20"), force("1993"), duration="P20Y", renewal="P5Y", notice="P12M")
    found = {a.kind: str(a.days) for a in alerts([t], on("2022-03-01"), YEAR)}
    assert found == {
        "notice_deadline": "2022-01-20/2022-12-31",
        "term_end": "2023-01-20/2023-12-31",
    }


def test_a_treaty_of_which_only_signature_and_use_are_reported_is_renewed_without_a_date_to_watch():
    t = treaty(
        signed("1993-01-20"),
        Act(kind="observed in force", date="2019-09-03"),
        duration="P20Y",
        renewal="P5Y",
        notice="P12M",
    )
    at = status(t, on("2019-12-31"))
    assert (at.effect, at.inferred, at.term_end) == ("in force", True, None)
    assert alerts([t], on("2022-03-01"), YEAR) == []


def test_a_renewal_that_a_source_reports_is_no_longer_inferred():
    t = treaty(
        force("1993-08-01"), Act(kind="renewed", date="2013-08-01", sources=("s1",)), duration="P20Y", renewal="P5Y"
    )
    at = status(t, on("2014-01-01"))
    assert not at.inferred
    assert at.sources == ("s1",)


# 2: ten years, then ten, six months (Russia and Kazakhstan, 1992; USSR and Mongolia, from its ratifications)


def test_ten_years_and_ten_more_with_half_a_year_of_notice():
    t = treaty(
        signed("1992-05-25"), force("1992-10-23"), parties=("KAZ", "RUS"), duration="P10Y", renewal="P10Y", notice="P6M"
    )
    at = status(t, on("2003-01-01"))
    assert at.renewals == (1, 1)
    assert str(at.term_end) == "2012-10-23"
    assert str(at.notice_deadline) == "2012-04-23"


# 3: five and five, six months (Russia and Tajikistan, 1993)


def test_notice_in_time_ends_it_with_the_term_and_notice_too_late_with_the_next():
    def with_notice(day):
        return treaty(
            force("1993-05-25"),
            Act(kind="notice given", date=day, party="TJK"),
            parties=("RUS", "TJK"),
            duration="P5Y",
            renewal="P5Y",
            notice="P6M",
        )

    assert status(with_notice("1997-11-01"), on("1998-05-25")).effect == "ended"
    late = status(with_notice("1998-01-01"), on("1998-12-31"))
    assert late.effect == "in force"
    assert status(with_notice("1998-01-01"), on("2003-05-25")).reason == "denounced"


def test_a_notice_that_was_given_is_an_alert_of_its_own():
    t = treaty(
        force("1993-05-25"),
        Act(kind="notice given", date="1997-11-01", party="TJK"),
        duration="P5Y",
        renewal="P5Y",
        notice="P6M",
    )
    assert any(a.kind == "notice_ends" and str(a.days) == "1998-05-25" for a in alerts([t], on("1998-01-01"), YEAR))


# 4: from the exchange of ratifications, one year's notice (USSR and Romania)


def test_the_term_runs_from_the_exchange_of_ratifications_not_from_the_signature():
    t = treaty(
        signed("1955-02-10"),
        Act(kind="exchanged", date="1955-11-15"),
        parties=("ROU", "RUS"),
        duration="P5Y",
        renewal="P5Y",
        notice="P1Y",
        force="exchange",
    )
    assert status(t, on("1955-06-01")).effect == "not in force"
    at = status(t, on("1956-01-01"))
    assert (at.effect, at.inferred, str(at.term_end)) == ("in force", True, "1960-11-15")


# 5: three years, then without end until denounced on a year's notice (USSR and Iran)


def test_after_its_fixed_years_it_goes_on_until_somebody_denounces_it():
    t = treaty(force("1971-01-01"), parties=("IRN", "RUS"), duration="P3Y", afterwards="indefinite", notice="P1Y")
    assert status(t, on("1990-01-01")).effect == "in force"
    assert alerts([t], on("1973-06-01"), YEAR) == []
    left = treaty(
        force("1971-01-01"),
        Act(kind="notice given", date="1980-03-01", party="IRN"),
        parties=("IRN", "RUS"),
        duration="P3Y",
        afterwards="indefinite",
        notice="P1Y",
    )
    assert status(left, on("1981-02-28")).effect == "in force"
    assert status(left, on("1981-03-01")).effect == "ended"


# 6: without end, six months' notice, in force thirty days after the last note (Russia's decree 839 of 1997)


def test_it_enters_into_force_thirty_days_after_the_last_note():
    notes = (Act(kind="notified", date="1997-10-01", party="RUS"), Act(kind="notified", date="1997-12-01", party="MNG"))
    t = treaty(signed("1997-08-10"), *notes, duration="indefinite", notice="P6M", force="notes", delay="P30D")
    assert status(t, on("1997-12-30")).effect == "not in force"
    at = status(t, on("1997-12-31"))
    assert (at.effect, at.inferred) == ("in force", True)
    assert at.note is None


def test_one_note_alone_brings_nothing_into_force():
    t = treaty(Act(kind="notified", date="1997-10-01", party="RUS"), duration="indefinite", force="notes")
    assert status(t, on("2000-01-01")).effect == "not in force"


def test_an_indefinite_treaty_ends_when_the_notice_has_run_out():
    t = treaty(
        force("1998-01-01"),
        Act(kind="notice given", date="2005-01-15", party="MNG"),
        duration="indefinite",
        notice="P6M",
    )
    assert status(t, on("2005-07-14")).effect == "in force"
    assert status(t, on("2005-07-15")).effect == "ended"


# 7: permanent (Russia and Mongolia, 2019)


def test_a_permanent_treaty_never_alerts_but_says_what_art_56_says():
    t = treaty(signed("2019-09-03"), force("2020-09-21"), duration="permanent")
    at = status(t, on("2060-01-01"))
    assert at.effect == "in force"
    assert at.note is not None
    assert "art. 56" in at.note
    assert alerts([t], on("2060-01-01"), Period(months=1200)) == []


# 8: accessory: a protocol lives and dies with its parent


def test_a_protocol_ends_with_the_treaty_to_which_it_belongs():
    parent = treaty(
        force("1993-08-01"),
        Act(kind="terminated", date="2010-05-01"),
        id="parent",
        title="the treaty",
        duration="P20Y",
        renewal="P5Y",
    )
    protocol = treaty(signed("2002-09-12"), force("2008-04-11"), type="protocol", parent="parent")
    others = {"parent": parent}
    assert status(protocol, on("2009-01-01"), others=others).effect == "in force"
    at = status(protocol, on("2010-05-01"), others=others)
    assert (at.effect, at.reason, at.inferred) == ("ended", "ended with its parent", True)


def test_a_protocol_may_wait_years_for_its_entry_into_force():
    protocol = treaty(signed("2002-09-12"), force("2008-04-11"), type="protocol")
    assert status(protocol, on("2008-04-10")).effect == "not in force"


# 9: multilateral with withdrawal (Collective Security Treaty, 1992)


CST = ("ARM", "KAZ", "KGZ", "RUS", "TJK", "UZB")


def cst(*more: Act) -> Treaty:
    deposits = [Act(kind="deposited", date=f"1993-0{i + 1}-10", party=p) for i, p in enumerate(CST)]
    return treaty(
        signed("1992-05-15"),
        *deposits,
        *more,
        parties=CST,
        multilateral=True,
        duration="P5Y",
        renewal="P5Y",
        notice="P6M",
        force="deposits",
        count=6,
    )


def test_a_treaty_of_many_enters_into_force_with_the_sixth_deposit():
    assert status(cst(), on("1993-06-09")).effect == "not in force"
    assert status(cst(), on("1993-06-10")).effect == "in force"


def test_the_withdrawal_of_one_ends_it_for_that_one_alone():
    t = cst(Act(kind="withdrawn", date="1999-04-20", party="UZB"))
    assert status(t, on("2000-01-01")).effect == "in force"
    assert status(t, on("2000-01-01"), party="RUS").effect == "in force"
    assert status(t, on("2000-01-01"), party="UZB").reason == "withdrawn"
    assert dict(status(t, on("2000-01-01")).consent)["UZB"] == "withdrawn"


# 10: silent


def test_a_treaty_that_says_nothing_of_its_end_goes_on_and_art_56_is_shown():
    t = treaty(force("1950-01-01"))
    at = status(t, on("2019-01-01"))
    assert at.effect == "in force"
    assert "12 months" in (at.note or "")
    assert alerts([t], on("2019-01-01"), YEAR) == []


@pytest.mark.parametrize("day", ["2003-01-01", "2030-01-01"])
def test_a_fixed_term_without_a_renewal_reported_ends_but_only_as_an_inference(day):
    t = treaty(force("1992-01-01"), duration="P10Y")
    at = status(t, on(day))
    assert (at.effect, at.reason, at.inferred, at.certain) == ("ended", "expired", True, False)


def test_a_fixed_term_is_an_alert_before_it_ends():
    t = treaty(force("1992-03-01"), duration="P10Y")
    assert [a.kind for a in alerts([t], on("2001-06-01"), YEAR)] == ["term_end"]


def test_a_treaty_seen_in_force_after_its_term_was_renewed_though_nobody_reported_it():
    t = treaty(force("1992-01-01"), Act(kind="observed in force", date="2005-01-01"), duration="P10Y")
    assert status(t, on("2006-01-01")).effect == "in force"


def test_an_extension_sets_the_end_anew():
    t = treaty(force("2011-02-05"), Act(kind="extended", date="2021-02-03", until="2026-02-05"), duration="P10Y")
    assert status(t, on("2024-01-01")).effect == "in force"
    assert [str(a.days) for a in alerts([t], on("2025-06-01"), YEAR)] == ["2026-02-05"]
