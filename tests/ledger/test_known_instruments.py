"""A well-known treaty is one fact in a ledger, whatever it is called and whoever speaks of it.

Each ledger holds a few made-up reports with their records, stored as readings are, so that the tests are of the
ledger and not of the reader.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.analysis.open_ledger import OpenLedger
from comity.document.document import Document
from comity.knowledge.known_instruments import instruments
from comity.ledger import grouping, intake
from comity.ledger.agreement import treaties
from comity.ledger.deed import act_of, actors, acts_on
from comity.ledger.lifecycle import status
from comity.ledger.naming import instrument_of
from comity.ledger.statement import Statement, block_of, fact_id, traits
from comity.ledger.store import Writer
from comity.records.lines import from_json, to_json
from comity.records.record import Agreement, DocumentRecord, Predecessor, Record
from comity.settings import Settings


def told(title: str | None, quote: str, *parties: str, stage: str | None = None, **more: object) -> Agreement:
    fields = {"title": title, "type": "treaty", "parties": parties, "stage": stage, "quote": quote}
    return Agreement(**(fields | more))


def report(day: str, *records: Record) -> tuple[Document, list[Record]]:
    """A reading: the text holds the quotes of its records, each at its offsets."""
    whole = ". ".join(r.quote or "" for r in records) + "."
    digest = hashlib.sha256(f"{day}{whole}".encode()).hexdigest()
    sha = hashlib.sha256(whole.encode()).hexdigest()
    document = Document(id=digest[:8], text=whole, published=day, published_basis="metadata", text_sha256=sha)
    made: list[Record] = [DocumentRecord(id=document.id, document=document.id, published=day)]
    for n, r in enumerate(records):
        at = whole.index(r.quote or "")
        span = {"part": "text", "start": at, "end": at + len(r.quote or "")}
        made.append(replace(r, id=f"{r.kind}:{digest[:12]}{n}", document=document.id, **span))
    return document, made


def stored(path: Path, *readings: tuple[Document, list[Record]], settings: Settings | None = None) -> None:
    writer = Writer(path)
    try:
        for reading in readings:
            intake.store(writer, intake.Entries(readings=[reading]))
        grouping.keep(writer, settings or Settings())
        writer.publish()
    finally:
        writer.close()


@pytest.fixture
def ledger(tmp_path):
    """Makes a ledger of some reports and opens it."""
    opened = []

    def make(*readings, settings=None):
        path = tmp_path / f"{len(opened)}.duckdb"
        stored(path, *readings, settings=settings)
        opened.append(OpenLedger(path))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def statement(record: Agreement, day: str = "2020-01-01") -> Statement:
    document, made = report(day, record)
    (row,) = intake.statement_rows(document, made, 1)
    when = traits(record)[3]
    known = date.fromisoformat(day)
    return Statement(
        row["document"], row["id"], fact_id(row["document"], row["id"], "agreement"), "agreement", block_of(record),
        record.type, record.stage, None, when, known, 1.0, record.quote or "", row["body"],
    )  # fmt: skip


LEAVES = report(
    "2003-01-11",
    told(
        "Nuclear Non-Proliferation Treaty", "North Korea withdrew from the Nuclear Non-Proliferation Treaty", "PRK",
        stage="terminated", date="2003-01-10",
    ),
)  # fmt: skip
TALKS = report("2015-05-02", told("NPT", "Kenya and Uganda discussed the NPT", "KEN", "UGA", stage="negotiated"))
ENDED = "terminated"
WHOLE = "Treaty on the Non-Proliferation of Nuclear Weapons"
NAMED = report("2010-05-02", told(WHOLE, f"under the {WHOLE}", "IRN", "USA", stage="in force"))
RATIFIES = report(
    "2000-07-01",
    told(
        "Comprehensive Test Ban Treaty", "Russia ratified the Comprehensive Test Ban Treaty", "RUS", stage="ratified",
        date="2000-06-30",
    ),
)  # fmt: skip
UNRATIFIES = report(
    "2023-11-03",
    told(
        "CTBT", "Russia withdrew its ratification of the CTBT", "RUS", stage="ratified", date="2023-11-02",
    ),
)  # fmt: skip
INF = report("2019-08-03", told("INF Treaty", "Germany and Poland spoke of the INF Treaty", "DEU", "POL"))


# one fact however it is called


def test_a_known_treaty_is_one_fact_whatever_it_is_called_and_whoever_speaks_of_it(ledger):
    led = ledger(LEAVES, TALKS, NAMED)
    (fact,) = led.facts(kinds=["agreement"])
    assert fact.instrument.key == "npt"
    assert len(fact.statements) == 3


def test_two_states_that_mention_it_have_no_agreement_by_that(ledger):
    led = ledger(LEAVES, TALKS, NAMED)
    assert led.facts("KEN", "UGA") == []
    assert led.facts("IRN") == []
    assert len(led.agreements("USA", on="2020-01-01")) == 0


def test_a_treaty_of_two_is_theirs_whoever_mentions_it(ledger):
    led = ledger(INF)
    assert led.facts("DEU", "POL") == []
    (row,) = led.agreements("USA", "RUS", on="2018-01-01")
    assert (row["title"], row["parties"], row["effect"]) == ("INF Treaty", "RUS USA", "in force")


def test_its_parties_and_days_come_from_the_table_and_say_so(ledger):
    wrong = told(
        "INF Treaty",
        "Russia and the United States signed the INF Treaty in 1990",
        "RUS",
        "USA",
        stage="signed",
        date="1990",
    )
    led = ledger(report("2018-10-22", wrong))
    (fact,) = led.facts("RUS", "USA")
    acts = led.show(fact.id)["acts"]
    assert [(a["act"], a["date"], a["sources"]) for a in acts] == [
        ("signed", "1987-12-08", ["known:inf"]),
        ("entered into force", "1988-06-01", ["known:inf"]),
        ("terminated", "2019-08-02", ["known:inf"]),
    ]
    assert str(fact.when) == "1987-12-08"


def test_the_end_in_the_table_stands_before_what_a_paragraph_says_of_it(ledger):
    quote = "The United States withdrew from the INF Treaty"
    led = ledger(report("2019-02-03", told("INF Treaty", quote, "USA", stage="terminated", date="2019-02-02")))
    (before,) = led.agreements("RUS", "USA", on="2019-06-01")
    (after,) = led.agreements("RUS", "USA", on="2019-09-01")
    assert (before["effect"], after["effect"], after["ended"]) == ("in force", "ended", "2019-08-02")


def test_a_protocol_to_a_known_treaty_and_a_treaty_like_it_are_others(ledger):
    led = ledger(
        report(
            "2022-07-06",
            told(
                "protocol to the North Atlantic Treaty",
                "signed a protocol to the North Atlantic Treaty",
                "FIN",
                "SWE",
                stage="signed",
            ),
            told("nuclear safety agreement", "signed a nuclear safety agreement", "FIN", "SWE", stage="signed"),
        )
    )
    assert [f.instrument for f in led.facts("FIN", "SWE")] == [None, None]


def test_an_earlier_treaty_that_a_new_one_replaces_is_the_known_one(ledger):
    quote = "Canada, Mexico and the United States signed the USMCA, which replaces NAFTA"
    earlier = (Predecessor(title="NAFTA", date="1992", link="replaces"),)
    led = ledger(report("2018-12-01", told("USMCA", quote, "CAN", "MEX", "USA", stage="signed", predecessors=earlier)))
    found = {f.instrument.key: f for f in led.facts("CAN", "MEX", "USA")}
    assert set(found) == {"nafta", "usmca"}
    assert led.show(found["usmca"].id)["supersedes"] == [found["nafta"].id]


# a state's own act


def test_a_state_that_leaves_leaves_for_itself_and_the_treaty_stays(ledger):
    led = ledger(LEAVES, TALKS)
    (row,) = led.agreements("PRK", on="2004-01-01")
    assert row["consent"] == "PRK: withdrawn"
    (whole,) = led.agreements(on="2004-01-01")
    assert whole["effect"] == "in force"


def test_who_withdraws_its_ratification_has_not_left_and_is_a_signatory(ledger):
    led = ledger(RATIFIES, UNRATIFIES)
    (before,) = led.agreements("RUS", on="2023-01-01")
    (after,) = led.agreements("RUS", on="2024-01-01")
    assert (before["consent"], after["consent"]) == ("RUS: bound", "RUS: signed")
    assert (before["effect"], after["effect"]) == ("not in force", "not in force")
    (fact,) = led.facts("RUS")
    assert [(a["act"], a["party"]) for a in led.show(fact.id)["acts"] if a["party"]] == [
        ("ratified", "RUS"),
        ("ratification withdrawn", "RUS"),
    ]


@pytest.mark.parametrize(
    ("quote", "stage", "kind"),
    [
        ("Russia revoked its ratification of the CTBT", "terminated", "ratification withdrawn"),
        ("Russia de-ratified the CTBT", "ratified", "ratification withdrawn"),
        ("Russia withdrew its signature from the Rome Statute", "terminated", "signature withdrawn"),
        ("Russia ratified the CTBT", "ratified", "ratified"),
        ("Russia withdrew from the CTBT", "terminated", "withdrawn"),
    ],
)
def test_taking_a_consent_back_is_told_from_leaving(quote, stage, kind):
    title = "Rome Statute" if "Rome" in quote else "CTBT"
    assert act_of(statement(told(title, quote, "RUS", stage=stage))).kind == kind


def test_a_parliaments_vote_to_withdraw_a_ratification_is_no_withdrawal_yet():
    assert (
        act_of(statement(told("CTBT", "The Duma revoked the ratification of the CTBT", "RUS", stage="ratified")))
        is None
    )


def test_two_states_that_ratify_in_one_breath_ratify_each_for_itself(ledger):
    quote = "Finland and Sweden ratified the Paris Agreement"
    led = ledger(
        report("2016-11-15", told("Paris Agreement", quote, "FIN", "SWE", stage="ratified", date="2016-11-14"))
    )
    (row,) = led.agreements("FIN", "SWE", on="2017-01-01")
    assert row["consent"] == "FIN: bound, SWE: bound"
    assert row["entered"] == "2016-11-04"


@pytest.mark.parametrize(
    ("quote", "stage", "parties", "who"),
    [
        ("Finland and Sweden ratified the Paris Agreement", "ratified", ("FIN", "SWE"), ("FIN", "SWE")),
        ("The Paris Agreement was ratified by Finland", "ratified", ("FIN", "SWE"), ("FIN",)),
        ("Russia followed the United States in suspending the Paris Agreement", "suspended", ("RUS", "USA"), ()),
        ("the Paris Agreement, of which Finland told Sweden, was ratified", "ratified", ("FIN", "SWE"), ()),
    ],
)
def test_whose_act_it_is_is_said_only_where_the_words_say_so(quote, stage, parties, who):
    one = statement(told("Paris Agreement", quote, *parties, stage=stage))
    assert actors(one, instruments()["paris"]) == who


def test_who_has_only_signed_is_not_said_to_be_bound_by_a_treaty_in_force(ledger):
    quote = "The United States signed the Rome Statute"
    led = ledger(report("2001-01-01", told("Rome Statute", quote, "USA", stage="signed", date="2000-12-31")))
    (row,) = led.agreements("USA", on="2010-01-01")
    assert row["consent"] == "USA: signed"
    (mine,) = treaties(led.facts("USA"), {}).values()
    at = status(mine, date(2010, 1, 1), party="USA")
    assert (at.effect, at.certain) == ("unknown", False)


def test_who_comes_back_is_bound_again(ledger):
    left = told(
        "Paris Agreement",
        "The United States withdrew from the Paris Agreement",
        "USA",
        stage="terminated",
        date="2020-11-04",
    )
    back = told(
        "Paris Agreement", "The United States rejoined the Paris Agreement", "USA", stage="ratified", date="2021-02-19"
    )
    led = ledger(report("2020-11-05", left), report("2021-02-20", back))
    assert [r["consent"] for d in ("2020-12-01", "2021-03-01") for r in led.agreements("USA", on=d)] == [
        "USA: withdrawn",
        "USA: bound",
    ]


def test_both_states_that_extend_their_treaty_extend_it_together(ledger):
    quote = "Russia and the United States extended New START"
    led = ledger(report("2021-02-04", told("New START", quote, "RUS", "USA", stage="extended", date="2021-02-03")))
    (fact,) = led.facts("RUS", "USA")
    assert ("extended", "2021-02-03", None) in {(a["act"], a["date"], a["party"]) for a in led.show(fact.id)["acts"]}


# what is not known


def test_a_treaty_of_which_the_entry_into_force_is_not_known_is_not_said_to_be_out_of_force(ledger):
    led = ledger(
        report("2022-02-18", told("Minsk agreements", "honour the Minsk agreements", "DEU", "FRA", stage="in force"))
    )
    (row,) = led.agreements(on="2022-02-20")
    assert (row["effect"], row["certain"], row["parties"]) == ("unknown", False, "")


def test_what_was_known_on_a_day_holds_for_known_treaties_too(ledger):
    led = ledger(RATIFIES, UNRATIFIES)
    (row,) = led.agreements("RUS", on="2024-01-01", known="2010-01-01")
    assert row["consent"] == "RUS: bound"
    assert len(led.agreements("PRK", on="2024-01-01", known="1999-01-01")) == 0


# judgements, exports, older ledgers


def test_a_person_can_take_a_report_out_of_a_known_treaty_and_reject_it_whole(ledger):
    led = ledger(LEAVES, TALKS, NAMED)
    (fact,) = led.facts(kinds=["agreement"])
    led.judge(fact.statements[-1].id, "apart", signed="A. Reader", dated="2021-01-01")
    apart = [f for f in led.facts(kinds=["agreement"]) if f.instrument is None]
    assert [f.block for f in apart] == ["KEN UGA"]
    led.judge(fact.id, "reject", signed="A. Reader", dated="2021-01-02")
    assert [f.instrument for f in led.facts(kinds=["agreement"])] == [None]
    assert led.sql("SELECT count(*) FROM standing").rows == ((1,),)


def test_the_id_of_any_of_its_reports_leads_to_it(ledger):
    led = ledger(LEAVES, TALKS, NAMED)
    (fact,) = led.facts(kinds=["agreement"])
    assert {led.fact(key).id for s in fact.statements for key in (s.id, s.fact)} == {fact.id}


def test_the_export_is_the_same_in_whatever_order_reports_came(tmp_path):
    readings = [LEAVES, TALKS, NAMED, RATIFIES, UNRATIFIES, INF]
    texts = []
    for n in range(3):
        random.Random(n).shuffle(readings)
        stored(tmp_path / f"{n}.duckdb", *readings)
        with OpenLedger(tmp_path / f"{n}.duckdb") as led:
            texts.append(list(led.export()))
            assert led.check() == []
    assert texts[0] == texts[1] == texts[2]
    lines = [json.loads(x) for x in texts[0]]
    assert sorted(x["instrument"] for x in lines) == ["ctbt", "inf", "npt"]
    assert len({s["id"] for x in lines for s in x["statements"]}) == 6


def test_what_is_kept_of_groups_changes_nothing(ledger):
    readings = [
        report(f"2010-{n + 1:02d}-02", told("NPT" if n % 2 else "water treaty", f"Iran and the U.S. {n}", "IRN", "USA"))
        for n in range(12)
    ]
    kept, live = ledger(*readings, settings=Settings(statements_kept_grouped=3)), ledger(*readings)
    assert kept.facts() == live.facts()
    assert kept.facts("IRN", "USA") == live.facts("IRN", "USA")
    assert kept.sql("SELECT count(*) FROM member").rows[0][0] == 12


def test_a_users_own_table_makes_a_treaty_known_in_ledgers_that_are_there_already(tmp_path):
    path, table = tmp_path / "a.duckdb", tmp_path / "mine.csv"
    stored(
        path,
        report("2020-01-02", told("Lake Accord", "Kenya signed the Lake Accord", "KEN", stage="signed", date="2020")),
        report("2021-01-02", told("Accord of the Lakes", "Uganda left the Accord of the Lakes", "UGA", stage=ENDED)),
    )  # fmt: skip
    table.write_text("key,short,names,kind,open\nlake,Lake Accord,Accord of the Lakes,treaty,yes\n", encoding="utf-8")
    code = f"import comity; print([f.instrument.key for f in comity.open({str(path)!r}).facts('KEN', 'UGA')])"
    env = {**os.environ, "COMITY_INSTRUMENTS": str(table)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['lake']", done.stderr
    with OpenLedger(path) as led:
        assert len(led.facts(kinds=["agreement"])) == 2


_NAMES = [n for i in instruments().values() for n in (i.short, *i.acronyms)]


@given(st.sampled_from(sorted(instruments())), st.sampled_from(["KEN", "IRN", "FRA"]), st.sampled_from(["RUS", "USA"]))
def test_a_mere_mention_of_any_known_treaty_gives_no_state_a_part_in_it(key, a, b):
    known = instruments()[key]
    one = statement(told(known.short, f"spoke of the {known.short}", a, b, stage="in force"), "2024-01-01")
    if (found := instrument_of(one)) is not None:
        assert [x for x in acts_on(one, found) if x.party is not None] == []
        assert from_json(to_json(told(known.short, "x", a, b))).parties == (a, b)
