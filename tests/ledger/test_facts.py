"""What is one fact and what is two, whoever reports it, and what stays side by side."""

import json
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

import comity
from comity.bench import synthesis
from comity.ledger.agreement import treaties
from comity.ledger.blocking import keys
from comity.ledger.fact import facts_of
from comity.ledger.ingest import key_of, statement_rows
from comity.ledger.similarity import THRESHOLD, features, similarity
from comity.ledger.stated_acts import act_of, acts_of
from comity.ledger.statement import COLUMNS, block_of, from_row
from comity.ledger.values import conflicts
from comity.records.lines import dumps, from_json, plain, to_json
from comity.records.record import Actor, Agreement, Event, Figure, Predecessor, Step, Visit


def statements(*reported):
    """Statements as the ledger holds them, from (day, record) pairs, each from a document of its own."""
    out = []
    for n, (day, record) in enumerate(reported):
        from comity.document.document import Document
        from comity.ledger.interval import interval
        from comity.ledger.statement import Statement, fact_id, traits

        document = Document(id=f"d{n}", text=record.quote or "x", published=day, text_sha256=str(n))
        key, name = key_of(document), f"{record.kind}:{n}"
        sort, mode, status, when = traits(record)
        made = from_json(to_json(record))
        body = json.dumps({**json.loads(to_json(made)), "id": name, "document": document.id})
        known = interval(day).last if day else None
        assert known is None or isinstance(known, date)
        out.append(
            Statement(
                key, name, fact_id(key, name, record.kind), record.kind, block_of(record), sort, mode, status, when,
                known, 0.9, record.quote or "", body,
            )
        )  # fmt: skip
    return out


def actor(code, name=None):
    return Actor(text=name or code, name=name, state=code, role="President" if name else None)


def signing(day="2019-09-03", quote="signed a fisheries agreement", **more):
    fields = {"event": "SUPPORT", "cameo": "057", "quad_code": 1, "date": day, "quote": quote, **more}
    return Event(actor=(actor("KEN"), actor("UGA")), **fields)


def count(*reported):
    return len(facts_of(statements(*reported)))


def test_two_reports_of_a_signing_are_one_event():
    assert count(("2019-09-03", signing()), ("2019-09-04", signing(quote="a fisheries agreement was signed"))) == 1


def test_two_agreements_signed_on_one_day_are_two_events():
    assert count(("2019-09-03", signing()), ("2019-09-03", signing(quote="signed an extradition treaty"))) == 2


def test_the_same_act_on_another_day_is_another_event():
    assert count(("2019-09-03", signing()), ("2019-09-10", signing("2019-09-10"))) == 2


def test_a_planned_signing_is_not_the_signing():
    assert count(("2019-09-01", signing(status="planned")), ("2019-09-03", signing())) == 2


def test_what_is_planned_without_a_day_was_not_by_the_day_of_its_report():
    undated = {"date": None, "date_basis": "report"}
    for status, last in (("planned", None), ("occurred", date(2019, 9, 1)), ("denied", date(2019, 9, 1))):
        act = replace(signing(status=status), **undated)
        [fact] = facts_of(statements(("2019-09-01", act)))
        assert (fact.when.first, fact.when.last) == (None, last), status


def test_who_acts_on_whom_keeps_events_apart():
    one = Event(
        actor=(actor("KEN"),),
        recipient=(actor("UGA"),),
        event="ACCUSE",
        date="2019-01-01",
        quote="accused it of smuggling",
    )
    other = Event(
        actor=(actor("UGA"),),
        recipient=(actor("KEN"),),
        event="ACCUSE",
        date="2019-01-01",
        quote="accused it of smuggling",
    )
    assert count(("2019-01-01", one), ("2019-01-01", other)) == 2


def met(day="2021-05-11", ours="Ruto", theirs="Museveni", quote="met today", **more):
    fields = {
        "event": "CONSULT",
        "cameo": "040",
        "quad_code": 1,
        "status": "occurred",
        "date": day,
        "quote": quote,
        **more,
    }
    return Event(actor=(actor("KEN", ours), actor("UGA", theirs)), **fields)


def said(day=None, quote="voiced firm support for the right of the other to defend its borders", **more):
    fields = {
        "event": "SUPPORT",
        "cameo": "051",
        "quad_code": 1,
        "status": "occurred",
        "date": day,
        "quote": quote,
        **more,
    }
    return Event(actor=(actor("KEN"),), recipient=(actor("UGA"),), **fields)


def test_presidents_and_their_advisers_who_met_on_following_days_are_two_meetings():
    advisers = met("2021-05-11", "Monica Juma", "Jim Muhwezi")
    presidents = met("2021-05-12", "William Ruto", "Yoweri Museveni")
    assert count(("2021-05-11", advisers), ("2021-05-12", presidents)) == 2


def test_a_meeting_without_its_day_is_one_with_another_only_where_more_than_the_states_says_so():
    named = met("2021-05-11", "William Ruto", "Yoweri Museveni", quote="held talks on the lake in Kampala")
    vague = met(None, None, None, quote="officials talked in Nairobi over grain prices")
    same = met(None, "William Ruto", "Yoweri Museveni", quote="spoke with each other about dams")
    assert count(("2021-05-11", named), ("2021-05-12", vague)) == 2
    assert count(("2021-05-11", named), ("2021-05-12", same)) == 1


def test_a_call_and_a_meeting_of_the_same_two_on_following_days_are_two():
    assert count(("2021-05-11", met("2021-05-11")), ("2021-05-12", met("2021-05-12", quote="met at the margins"))) == 2


def test_a_name_written_in_two_ways_is_one_person():
    one = met("2021-05-11", "Volodymyr Zelenskyy", "Mustafa Al-Kadhimi")
    other = met("2021-05-11", "Volodymyr Zelensky", "Mustafa Kadhimi", quote="held talks")
    assert count(("2021-05-11", one), ("2021-05-12", other)) == 1


def test_two_pledges_of_other_amounts_are_two():
    one = said(quote="will invest 600 million dollars in energy works over two years", event="AGREE", cameo="031")
    other = said(quote="will invest 700 million dollars in energy works over four years", event="AGREE", cameo="031")
    assert count(("2021-05-11", one), ("2021-05-11", other)) == 2
    assert count(("2021-05-11", one), ("2021-05-12", one)) == 1


def test_the_same_words_of_support_two_days_later_are_said_anew():
    assert count(("2021-05-15", said()), ("2021-05-17", said())) == 2
    assert count(("2021-05-15", said()), ("2021-05-16", said())) == 1


def test_help_over_twenty_years_is_not_the_help_of_last_week():
    fields = {"event": "AID", "cameo": "070", "quad_code": 2}
    long = said("2001/2021", "gave help to its neighbour", **fields)
    recent = said(None, "sent six flights of help to its neighbour last week", **fields)
    assert count(("2021-05-15", long), ("2021-05-17", recent)) == 2


def test_one_shared_word_makes_no_event_of_two():
    fields = {"event": "ASSAULT", "cameo": "190", "quad_code": 4}
    one = said(None, "a war between two countries", **fields)
    other = said(None, "peace talks go on to end the war over the lake", **fields)
    assert count(("2021-05-15", one), ("2021-05-17", other)) == 2


def test_a_journey_and_a_meeting_are_two():
    assert count(("2021-05-27", met("2021-05-27")), ("2021-08-12", met("2021-05", cameo="042", quote="his trip"))) == 2


def visit(day, name="William Ruto", **more):
    return Visit(visitors=(actor("KEN", name),), host="UGA", date=day, quote="visited", **more)


def test_a_planned_visit_and_the_visit_are_one_with_both_reported():
    (fact,) = facts_of(
        statements(("2019-01-01", visit("2019-01-10", status="planned")), ("2019-01-11", visit("2019-01-10")))
    )
    assert {v.value for v in conflicts(fact, {})["status"]} == {"planned", "occurred"}


def test_visits_of_two_persons_are_two():
    assert count(("2019-01-11", visit("2019-01-10")), ("2019-01-11", visit("2019-01-10", "Raila Odinga"))) == 2


def test_state_visit_and_official_visit_stay_side_by_side():
    (fact,) = facts_of(
        statements(
            ("2019-01-11", visit("2019-01-10", purpose="state visit")),
            ("2019-01-11", visit("2019-01-10", purpose="official visit")),
            ("2019-01-12", visit("2019-01-10", purpose="official visit")),
        )
    )
    shown = conflicts(fact, {})["purpose"]
    assert [(v.value, v.independent) for v in shown] == [("official visit", 2), ("state visit", 1)]


def trade(change, period, day="2019-09-03"):
    return Figure(
        measure="trade",
        reporter="RUS",
        partner="MNG",
        change_pct=change,
        direction="up",
        period=period,
        quote="trade rose",
    )


def test_growth_of_eleven_and_of_twelve_per_cent_stay_side_by_side():
    (fact,) = facts_of(
        statements(("2019-09-03", trade(11.0, "2019-01/2019-06")), ("2019-09-03", trade(12.0, "2019-01/2019-07")))
    )
    assert {v.value for v in conflicts(fact, {})["change_pct"]} == {11.0, 12.0}


def test_figures_of_two_years_are_two():
    assert count(("2019-09-03", trade(11.0, "2018")), ("2019-09-03", trade(11.0, "2017"))) == 2


def agreement(stage, date=None, title="treaty on fisheries and transit", **more):
    return Agreement(
        parties=("KEN", "UGA"), title=title, type="treaty", stage=stage, date=date, quote=f"the {title}", **more
    )


def test_a_treaty_keeps_its_identity_from_rumour_to_force():
    stages = [
        ("2019-01-01", agreement("planned", "2019-02-01")),
        ("2019-02-01", agreement("signed", "2019-02-01")),
        ("2020-06-01", agreement("ratified", "2020-06-01")),
        ("2020-09-01", agreement("in force", "2020-09-01")),
    ]
    assert count(*stages) == 1


def test_two_signature_days_are_two_treaties():
    assert (
        count(("2019-02-01", agreement("signed", "2019-02-01")), ("2019-05-01", agreement("signed", "2019-05-01"))) == 2
    )


def test_a_new_treaty_to_come_is_not_the_one_signed_before():
    assert (
        count(("1999-02-01", agreement("signed", "1999-02-01")), ("2019-05-01", agreement("planned", "2019-06-01")))
        == 2
    )


def test_the_treaty_called_by_its_year_is_the_one_of_that_year():
    named = Agreement(
        parties=("KEN", "UGA"), title="treaty", type="treaty", stage="in force", quote="the 1999 treaty holds"
    )
    facts = facts_of(
        statements(
            ("1999-02-02", agreement("signed", "1999-02-01")),
            ("2019-05-01", named),
            ("2019-05-01", agreement("signed", "2019-05-01", "treaty on fisheries and water")),
        )
    )
    assert len(facts) == 2
    assert any(len(f.statements) == 2 and f.when.first.year == 1999 for f in facts)


def test_ten_agreements_and_ten_areas_are_not_one():
    many = agreement("signed", "2019-02-01", count=10)
    assert count(("2019-02-01", many), ("2019-02-01", agreement("signed", "2019-02-01"))) == 2


def linked(link, kind="treaty"):
    old = ("1993-01-21", agreement("signed", "1993-01-20", "treaty on friendly relations"))
    more = {
        "title": "protocol on border posts",
        "predecessors": (Predecessor(title="treaty", date="1993-01-20", link=link),),
    }
    new = ("2002-09-12", replace(agreement("signed", "2002-09-12"), type=kind, **more))
    facts = facts_of(statements(old, new))
    assert len(facts) == 2
    made = treaties(facts, {})
    return next(t for t in made.values() if "border" in t.title), next(
        t for t in made.values() if "border" not in t.title
    )


def test_a_protocol_that_amends_a_treaty_belongs_to_it():
    protocol, treaty = linked("amends", "protocol")
    assert (protocol.parent, protocol.supersedes) == (treaty.id, ())


def test_a_treaty_that_replaces_another_supersedes_it_and_does_not_belong_to_it():
    new, old = linked("replaces")
    assert (new.parent, new.supersedes) == (None, (old.id,))


@pytest.mark.parametrize(
    ("stage", "quote", "act"),
    [
        ("ratified", "Kenya's parliament ratified the treaty with Uganda", ("approved", "KEN")),
        ("ratified", "Kenya and Uganda exchanged instruments of ratification of the treaty", ("exchanged", None)),
        ("ratified", "Uganda deposited its instrument of ratification of the treaty", ("deposited", "UGA")),
        ("ratified", "Kenya ratified the treaty", ("ratified", "KEN")),
        ("in force", "The treaty entered into force", ("entered into force", None)),
        ("in force", "Under the treaty goods move freely", ("observed in force", None)),
        ("terminated", "Kenya gave notice that it will terminate the treaty", ("notice given", "KEN")),
        ("terminated", "Kenya withdrew from the treaty", ("withdrawn", "KEN")),
        ("terminated", "The two states ended the treaty", ("terminated", None)),
        ("planned", "Kenya and Uganda will sign the treaty", ("announced", None)),
    ],
)
def test_a_report_states_the_act_that_its_words_state(stage, quote, act):
    (statement,) = statements(("2019-05-02", replace(agreement(stage), quote=quote)))
    found = act_of(statement)
    assert (found.kind, found.party) == act
    assert found.known == "2019-05-02"


def test_it_replaces_the_old_treaty_is_no_end_yet():
    said = "It replaces the treaty of 1993"
    (statement,) = statements(("2019-05-02", replace(agreement("superseded"), quote=said)))
    assert act_of(statement) is None


def test_an_agreement_is_not_the_agreement_reported_before():
    loose = Agreement(
        parties=("KEN", "UGA"), title="agreement", type="agreement", quote="they need an agreement on borders"
    )
    assert count(("2019-02-01", agreement("signed", "2019-02-01")), ("2019-02-02", loose)) == 2
    back = Agreement(parties=("KEN", "UGA"), title="treaty", type="treaty", quote="the treaty was welcomed")
    assert count(("2019-02-01", agreement("signed", "2019-02-01")), ("2019-02-02", back)) == 1


def test_agreements_whose_states_are_not_reported_are_not_taken_for_one():
    lost = Agreement(title="supply agreement", type="agreement", stage="signed", quote="a supply agreement")
    assert count(("2019-02-01", lost), ("2019-02-01", lost)) == 2


def test_amounts_that_follow_each_other_week_by_week_are_several():
    def left(value):
        return Figure(measure="exports", reporter="USA", partner="DZA", value=value, unit="t", quote="still available")

    assert count(("1987-03-27", left(264e3)), ("1987-03-31", left(246e3)), ("1987-03-31", left(246e3))) == 2


def test_the_order_in_which_statements_come_changes_nothing():
    found = statements(
        *[
            (f"2019-09-0{n % 5 + 1}", signing(f"2019-09-0{n % 3 + 2}", f"signed a {w} agreement"))
            for n, w in enumerate(["fish", "water", "fish", "fish", "border", "water"])
        ]
    )
    assert facts_of(found) == facts_of(reversed(found))


@pytest.fixture(scope="module")
def made_up():
    out = []
    for document, records in synthesis.documents(150, seed=3):
        rows = statement_rows(document, records, 1)

        for row in rows:
            for day in ("first", "last", "known"):
                row[day] = date.fromisoformat(row[day]) if row[day] else None
            row["block"] = "AAA BBB"  # all in one block, so that many pairs are alike
            out.append(features(from_row(tuple(row[c] for c in COLUMNS.split(", ")))))
    return out


def test_what_is_worth_comparing_misses_nothing_that_is_alike(made_up):
    like = 0
    by_kind = {}
    for one in made_up:
        by_kind.setdefault(one.statement.kind, []).append(one)
    for members in by_kind.values():
        for a, b in combinations(members[:220], 2):
            if similarity(a, b) >= THRESHOLD:
                like += 1
                assert keys(a)[1] & keys(b)[0], (a.record, b.record)
                assert keys(b)[1] & keys(a)[0], (a.record, b.record)
    assert like > 20


def test_a_record_comes_back_from_its_line_as_it_was(mongolia):
    with comity.open(mongolia) as led:
        bodies = [r["body"] for r in led.sql("SELECT body FROM statement")]
    assert bodies
    assert [dumps(plain(from_json(b))) for b in bodies] == bodies


def test_a_line_that_is_no_record_is_refused():
    from comity.errors import FormatError

    for line in ("{}", "[]", '{"kind": "rumour"}', "no json"):
        with pytest.raises(FormatError):
            from_json(line)


def test_one_report_of_several_acts_gives_each_its_day():
    record = Agreement(
        title="Transit Agreement",
        type="agreement",
        parties=("KEN", "UGA"),
        stage="in force",
        date="2019-07-01",
        quote="the agreement entered into force on 1 July 2019",
        acts=(
            Step(stage="agreed", date="2019-03-01", quote="Kenya's parliament approved the agreement"),
            Step(stage="signed", date="2018-05-04", quote="signed in Kampala on 4 May 2018"),
        ),
    )
    (statement,) = statements(("2019-07-02", record))
    assert [(a.kind, a.date) for a in acts_of(statement)] == [
        ("entered into force", "2019-07-01"),
        ("approved", "2019-03-01"),
        ("signed", "2018-05-04"),
    ]
    signing = Agreement(
        title="Transit Agreement", type="agreement", parties=("KEN", "UGA"), stage="signed",
        date="2018-05-06", quote="signed the Transit Agreement",
    )  # fmt: skip
    assert len(facts_of(statements(("2019-07-02", record), ("2018-05-06", signing)))) == 1
    other = replace(signing, date="2016-02-06")
    assert len(facts_of(statements(("2019-07-02", record), ("2016-02-06", other)))) == 2
