"""What a user may take for true of every answer of a ledger: judgements are obeyed, and nothing is told of a time
of which no report tells.

Each ledger holds a few made-up reports with their records, stored as readings are, so that the tests are of the
ledger and not of the reader.
"""

import asyncio
import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.analysis.chronicle import Choice
from comity.analysis.open_ledger import OpenLedger
from comity.cli import main
from comity.document.document import Document
from comity.errors import InputError
from comity.knowledge import plover
from comity.ledger import grouping, intake
from comity.ledger.store import Writer
from comity.records.record import Actor, Agreement, DocumentRecord, Event, Record, Visit
from comity.settings import Settings
from comity.site.app import application
from comity.site.snapshot import Holding

STATES = {"KEN": "Kenya", "UGA": "Uganda", "TZA": "Tanzania", "RWA": "Rwanda"}


def of(code: str, name: str | None = None) -> Actor:
    return Actor(text=name or STATES[code], name=name, role="President" if name else None, state=code)


def event(quote: str, a: str = "KEN", b: str | None = "UGA", **more: object) -> Event:
    fields = {"event": "CONSULT", "cameo": "040", "quad_code": 1, "date": "2019-05-02", "date_basis": "stated"}
    return Event(actor=(of(a),), recipient=(of(b),) if b else (), quote=quote, **(fields | more))


def visit(quote: str, name: str | None = "William Ruto", host: str = "UGA", **more: object) -> Visit:
    fields = {"date": "2019-05-02", "date_basis": "stated"}
    return Visit(visitors=(of("KEN", name),), host=host, quote=quote, **(fields | more))


def treaty(quote: str, **more: object) -> Agreement:
    fields = {"title": "Fisheries Agreement", "type": "agreement", "stage": "signed", "date": "2019-05-02"}
    return Agreement(parties=("KEN", "UGA"), quote=quote, **(fields | more))


def read(day: str | None, *records: Record, title: str | None = None, text: str = "") -> tuple[Document, list[Record]]:
    """A reading: the text holds the quotes of its records, each at its offsets."""
    whole = ". ".join([text, *(r.quote or "" for r in records)]) + "."
    digest = hashlib.sha256(f"{day}{title}{whole}".encode()).hexdigest()
    document = Document(
        id=digest[:8],
        text=whole,
        title=title,
        published=day,
        published_basis="metadata" if day else None,
        language="en",
        text_sha256=hashlib.sha256(whole.encode()).hexdigest(),
    )
    made: list[Record] = [DocumentRecord(id=document.id, document=document.id, published=day)]
    for n, r in enumerate(records):
        at = whole.index(r.quote or "")
        span = {"part": "text", "start": at, "end": at + len(r.quote or "")}
        made.append(replace(r, id=f"{r.kind}:{digest[:12]}{n}", document=document.id, **span))
    return document, made


def stored(path: Path, *readings: tuple[Document, list[Record]], settings: Settings | None = None) -> None:
    writer = Writer(path)
    try:
        intake.store(writer, intake.Entries(readings=list(readings)))
        grouping.keep(writer, settings or Settings())
        writer.publish()
    finally:
        writer.close()


@pytest.fixture
def ledger(tmp_path):
    """Makes a ledger of some readings and opens it."""
    opened = []

    def make(*readings, settings=None):
        path = tmp_path / f"{len(opened)}.duckdb"
        stored(path, *readings, settings=settings)
        opened.append(OpenLedger(path))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def corrected(led, key, day="2020-01-01", **changes):
    led.judge(key, "correct", changes, signed="A. Reader", dated=day)


def only(led, *states, kind="event", **more):
    (fact,) = led.facts(*states, kinds=(kind,), **more)
    return fact


def count(led, a, b, measure="events", **more):
    rows = led.series(a, b, measures=measure, **({"first": "2018", "last": "2021"} | more))
    return {r["time"]: r["value"] for r in rows if r["measure"] == measure and r["told"] in {"value", "zero"}}


def answer(led, path, query=""):
    """What a page of the ledger answers, asked as a server asks it."""
    app = application(Holding(led.path, Settings(), warm=False), hosts=["127.0.0.1"])
    sent, asked = [], []

    async def receive():
        if asked:
            await asyncio.Event().wait()  # the asker stays until the answer is whole
        asked.append(path)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8000")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 200, sent
    return b"".join(m.get("body", b"") for m in sent[1:]).decode()


def page(led, path, query=""):
    """What a page gives as data."""
    return json.loads(answer(led, f"{path}.json", query))


# judgements are obeyed

TALKS = read("2019-05-03", event("Kenya held talks with Uganda on the lake"))
OTHERS = read("2020-02-02", event("Rwanda held talks with Tanzania", "RWA", "TZA", date="2020-02-01"))


def test_a_corrected_date_is_the_one_by_which_a_year_is_asked_for(ledger):
    led = ledger(TALKS)
    corrected(led, only(led, "KEN").id, date="2018-12-30")
    assert [r["date"] for r in led.events("KEN", "UGA", within="2018")] == ["2018-12-30"]
    assert len(led.events("KEN", "UGA", within="2019")) == 0
    assert [r["date_basis"] for r in led.events("KEN", "UGA")] == ["judgement"]


def test_a_corrected_date_moves_the_event_in_the_counts_of_years_and_in_the_series(ledger):
    led = ledger(TALKS, OTHERS)
    assert count(led, "KEN", "UGA") == {"2019": 1.0, "2020": 0.0}
    corrected(led, only(led, "KEN").id, date="2020-01-09")
    assert count(led, "KEN", "UGA") == {"2019": 0.0, "2020": 1.0}
    assert [(y.year, y.cooperation) for y in led.dossier("KEN", "UGA", on="2021-01-01").years] == [("2020", 1)]


def test_a_corrected_date_moves_the_mark_in_the_strip_and_the_row_in_the_chronicle(ledger):
    led = ledger(TALKS)
    corrected(led, only(led, "KEN").id, date="2019-11-20")
    (item,) = led.dossier("KEN", "UGA", on="2021-01-01").strip.items
    assert (item.date, str(item.when)) == ("2019-11-20", "2019-11-20")


def test_a_correction_is_not_known_before_the_day_on_which_it_was_made(ledger):
    led = ledger(TALKS)
    corrected(led, only(led, "KEN").id, day="2020-05-01", date="2018-12-30", actor="Tanzania")
    assert [r["date"] for r in led.events("KEN", "UGA", known="2020-04-30")] == ["2019-05-02"]
    assert [r["date"] for r in led.events("TZA", "UGA", known="2020-05-01")] == ["2018-12-30"]


def test_a_corrected_type_is_found_counted_and_scored_as_that_type(ledger):
    led = ledger(TALKS)
    corrected(led, only(led, "KEN").id, type="sanction")
    (row,) = led.events("KEN", "UGA", types="SANCTION")
    assert (row["event"], row["quad_code"]) == ("SANCTION", 4)
    assert plover.cameo()[row["cameo"]].event == "SANCTION"
    assert row["scale_value"] < 0
    assert len(led.events("KEN", "UGA", types="CONSULT")) == 0
    assert count(led, "KEN", "UGA", "conflict", first="2019", last="2019") == {"2019": 1.0}


def test_what_is_corrected_to_planned_is_counted_as_done_nowhere(ledger):
    led = ledger(read("2019-05-03", event("Kenya held talks"), visit("Ruto visited Uganda")))
    for kind in ("event", "visit"):
        corrected(led, only(led, "KEN", kind=kind).id, status="planned")
    made = led.dossier("KEN", "UGA", on="2021-01-01")
    assert (made.counts["events"], made.counts["visits of KEN"]) == (0, 0)
    assert {r["status"] for r in led.events("KEN", "UGA")} == {"planned"}
    assert not any(count(led, "KEN", "UGA", "visits").values())
    assert not [i for i in made.strip.items if Choice(statuses=("occurred",)).holds(i)]


def test_a_corrected_place_is_the_place_on_every_list_and_on_the_map(ledger):
    led = ledger(read("2019-05-03", event("Kenya held talks", place="Kampala")))
    corrected(led, only(led, "KEN").id, place="Nairobi")
    assert [r["place"] for r in led.events("KEN", "UGA")] == ["Nairobi"]
    held = led.rows("SELECT json_extract_string(body, '$.place') FROM standing WHERE kind = 'event'", [])
    assert held == [("Nairobi",)]
    assert list(led.sql("SELECT json_extract_string(body, '$.place') AS place FROM standing")) == [{"place": "Nairobi"}]


def test_a_corrected_actor_takes_the_event_to_the_other_state_and_from_the_first(ledger):
    led = ledger(TALKS, OTHERS)
    corrected(led, only(led, "KEN", "UGA").id, actor="Tanzania")
    assert led.facts("KEN") == []
    (row,) = led.events("TZA", "UGA")
    assert (row["actor"], row["recipient"]) == ("TZA", "UGA")
    assert count(led, "TZA", "UGA", first="2019", last="2019") == {"2019": 1.0}
    assert led.dossier("TZA", "UGA", on="2021-01-01").counts["events"] == 1
    assert led.partners("UGA") == [("TZA", 1)]


def test_a_corrected_recipient_turns_the_direction_of_an_act(ledger):
    led = ledger(TALKS, OTHERS)
    corrected(led, only(led, "KEN", "UGA").id, actor="UGA", recipient="KEN")
    assert count(led, "KEN", "UGA", directed=True, first="2019", last="2019") == {"2019": 0.0}
    assert count(led, "UGA", "KEN", directed=True, first="2019", last="2019") == {"2019": 1.0}
    (item,) = led.dossier("KEN", "UGA", on="2021-01-01").strip.items
    assert item.side == "ba"


def test_the_parties_of_an_agreement_can_be_set_right_and_it_is_theirs_from_then_on(ledger):
    led = ledger(read("2019-05-03", treaty("Kenya and Uganda signed the Fisheries Agreement")))
    corrected(led, only(led, "KEN", kind="agreement").id, party="Kenya, Rwanda")
    assert [r["parties"] for r in led.agreements("KEN", "RWA", on="2020-01-01")] == ["KEN RWA"]
    assert len(led.agreements("KEN", "UGA", on="2020-01-01")) == 0


def test_who_travelled_and_where_can_be_set_right(ledger):
    led = ledger(read("2019-05-03", visit("Ruto visited Uganda"), event("Kenya met Rwanda", b="RWA")))
    corrected(led, only(led, "KEN", "UGA", kind="visit").id, visitors="Rwanda", host="Kenya")
    assert count(led, "RWA", "KEN", "visits", directed=True, first="2019", last="2019") == {"2019": 1.0}
    assert not any(count(led, "KEN", "UGA", "visits", first="2019", last="2019").values())


def test_a_state_that_is_no_state_and_a_type_that_is_none_are_refused_with_the_way_out(ledger):
    led = ledger(TALKS)
    key = only(led, "KEN").id
    for changes, way_out in (
        ({"actor": "Ugnada"}, "Uganda"),
        ({"type": "TALK"}, "CONSULT"),
        ({"status": "x"}, "denied"),
    ):
        with pytest.raises(InputError, match=way_out):
            corrected(led, key, **changes)
    assert led.judgements() == []


def test_what_the_report_said_stays_beside_the_correction_in_the_fact_and_in_the_export(ledger):
    led = ledger(TALKS)
    key = only(led, "KEN").id
    corrected(led, key, actor="TZA", date="2018-12-30")
    (line,) = [json.loads(x) for x in led.export()]
    assert (line["states"], line["when"]) == (["TZA", "UGA"], "2018-12-30")
    assert [v["value"] for v in line["values"]["date"]] == ["2018-12-30", "2019-05-02"]
    assert [v["value"] for v in line["values"]["actor"]] == [["TZA"], ["KEN"]]
    assert line["statements"][0]["actor"][0]["state"] == "KEN"
    assert set(led.show(key)["differing"]) == {"date", "actor"}


def test_a_corrected_ledger_exports_the_same_bytes_however_often_it_is_built(ledger):
    led = ledger(TALKS, OTHERS, read("2019-05-06", treaty("Kenya and Uganda signed the Fisheries Agreement")))
    one, other = only(led, "KEN", kind="event").id, only(led, "RWA").id
    corrected(led, one, actor="TZA", date="2018-12-30")
    led.judge(one, "same", {"other": other}, signed="A. Reader", dated="2020-01-02")
    before = list(led.export())
    led.rebuild()
    assert list(led.export()) == before
    assert led.check() == []


def test_a_rejected_fact_is_left_out_of_the_counts_of_pages_too(ledger):
    led = ledger(TALKS, OTHERS)
    led.judge(only(led, "KEN").id, "reject", signed="A. Reader", dated="2020-01-01")
    assert led.rows("SELECT block FROM standing", []) == [("RWA TZA",)]
    assert led.partners("KEN") == []


def test_the_pages_of_states_and_the_network_go_by_the_corrected_actor(ledger):
    led = ledger(TALKS, OTHERS)
    corrected(led, only(led, "KEN", "UGA").id, actor="Tanzania")
    assert {p["code"] for p in page(led, "/states")["states"]} == {"RWA", "TZA", "UGA"}
    assert [p["code"] for p in page(led, "/state/TZA")["partners"]["rows"]] == ["RWA", "UGA"]
    assert sorted((e["a"], e["b"]) for e in page(led, "/network")["edges"]) == [("RWA", "TZA"), ("TZA", "UGA")]
    rows = page(led, "/dyad/TZA/UGA", "on=2020-06-01")["chronicle"]["rows"]
    assert [(r["date"], r["side"]) for r in rows] == [("2019-05-02", "ab")]


def test_the_map_shows_an_event_at_its_corrected_place_and_day(ledger):
    led = ledger(read("2019-05-03", event("Kenya held talks", place="Kampala")))
    corrected(led, only(led, "KEN").id, place="Nairobi", date="2018-01-02")
    assert [p["place"] for p in page(led, "/map")["points"]] == ["Nairobi"]
    assert [p["place"] for p in page(led, "/map", "to=2018-12-31")["points"]] == ["Nairobi"]
    assert page(led, "/map", "from=2019-01-01")["points"] == []


def test_the_page_of_a_report_tells_what_was_set_right_and_what_was_left_out(ledger):
    led = ledger(read("2019-05-03", event("Kenya held talks"), visit("Ruto visited Uganda")))
    corrected(led, only(led, "KEN", kind="event").id, place="Nairobi")
    led.judge(only(led, "KEN", kind="visit").id, "reject", signed="A. Reader", dated="2020-01-02")
    (key,) = (r[0] for r in led.rows("SELECT key FROM document", []))
    lines = [r["line"] for r in csv.DictReader(answer(led, f"/document/{key}.csv").splitlines())]
    assert [w for line in lines for w in ("set right", "left out") if line.endswith(w)] == ["set right", "left out"]


def test_two_facts_of_other_states_called_the_same_are_one_wherever_they_are_asked_for(ledger):
    three = read("2019-05-04", Event(actor=tuple(map(of, ("KEN", "UGA", "TZA"))), event="CONSULT", quote="they met"))
    led = ledger(TALKS, three)
    one, other = (f.id for f in sorted(led.facts("KEN", "UGA"), key=lambda f: f.known))
    led.judge(one, "same", {"other": other}, signed="A. Reader", dated="2020-01-01")
    assert led.fact(one).id == led.fact(other).id
    assert [f.id for f in led.facts("KEN", "UGA")] == [f.id for f in led.facts("TZA")] == [led.fact(one).id]
    assert len(list(led.export())) == 1
    led.judge(other, "accept", signed="A. Reader", dated="2020-01-02")
    assert len(led.facts("KEN", "UGA")) == 2


def test_what_is_called_the_same_again_after_it_was_taken_back_joins_only_what_was_named_last(ledger):
    days = ("2019-05-02", "2019-06-02", "2019-07-02")
    led = ledger(*(read(d, event(f"Kenya held talks number {n}", date=d)) for n, d in enumerate(days)))
    one, two, three = (f.id for f in sorted(led.facts("KEN"), key=lambda f: f.known))
    led.judge(one, "same", {"other": two}, signed="A. Reader", dated="2020-01-01")
    led.judge(one, "accept", signed="A. Reader", dated="2020-01-02")
    led.judge(one, "same", {"other": three}, signed="A. Reader", dated="2020-01-03")
    assert led.fact(one).id == led.fact(three).id != led.fact(two).id


def test_the_first_statement_of_a_fact_can_be_taken_out_of_it_like_any_other(ledger):
    again = read("2019-05-04", event("Kenya again held talks with Uganda on the lake"))
    led = ledger(TALKS, again)
    first = only(led, "KEN").statements[0]
    led.judge(first.id, "apart", signed="A. Reader", dated="2020-01-01")
    assert sorted(len(f.statements) for f in led.facts("KEN")) == [1, 1]


def test_the_command_takes_the_other_fact_as_the_documentation_writes_it(ledger):
    led = ledger(TALKS, read("2019-08-02", event("Kenya held talks with Uganda on roads", date="2019-08-01")))
    one, other = (f.id for f in led.facts("KEN"))
    done = CliRunner().invoke(main, ["judge", str(led.path), one, "same", f"other={other}", "--by", "A. Reader"])
    assert done.exit_code == 0, done.output
    led.close()
    assert len(led.facts("KEN")) == 1


def test_a_correction_holds_in_a_block_whose_groups_are_kept(ledger):
    days = [f"2019-0{n}-02" for n in range(1, 8)]
    readings = [read(d, event(f"Kenya held talks number {n}", date=d)) for n, d in enumerate(days)]
    led = ledger(*readings, settings=Settings(statements_kept_grouped=3))
    assert led.sql("SELECT count(*) AS n FROM member").rows == ((7,),)
    key = min(led.facts("KEN"), key=lambda f: f.known).id
    corrected(led, key, recipient="RWA")
    assert (len(led.facts("KEN", "UGA")), len(led.facts("KEN", "RWA"))) == (6, 1)


# time

CONDEMNED = read("2023-07-11", event("Kenya condemned Uganda", event="ACCUSE", cameo="111", date=None, date_basis=None))


def test_what_no_report_dates_was_by_the_day_of_the_report_and_possible_in_no_later_year(ledger):
    led = ledger(CONDEMNED, read("2024-01-05", event("Rwanda met Tanzania", "RWA", "TZA", date="2024-01-04")))
    assert [r["lies"] for r in led.events("KEN", "UGA", within="2023")] == ["possible"]
    assert [r["lies"] for r in led.events("KEN", "UGA", until="2023-12-31")] == ["certain"]
    assert len(led.events("KEN", "UGA", within="2024")) == len(led.events("KEN", "UGA", since="2023-07-12")) == 0
    rows = led.series("KEN", "UGA", measures="events", first="2023", last="2024")
    assert [(r["time"], r["value"], r["high"]) for r in rows] == [("2023", 0.0, 1.0), ("2024", 0.0, 0.0)]


def test_what_no_report_dates_is_told_as_by_that_day_to_people_and_to_programs(ledger):
    led = ledger(CONDEMNED)
    (row,) = led.events("KEN", "UGA")
    assert (row["date"], row["date_basis"]) == ("../2023-07-11", "report")
    shown = CliRunner().invoke(main, ["events", str(led.path), "KEN", "UGA"]).output
    assert "by 2023-07-11" in shown
    made = led.dossier("KEN", "UGA", on="2024-01-01")
    assert "by 2023-07-11" in next(s for s in made.sections if s.heading == "Latest events").lines[0].text
    assert [(i.day, str(i.place)) for i in made.strip.items] == [("by 2023-07-11", "2023-07-11")]
    assert led.dossier("KEN", "UGA", on="2023-07-10").counts["events"] == 0


def test_the_earliest_report_bounds_what_nobody_dates(ledger):
    later = read("2023-07-12", event("Kenya condemned Uganda", event="ACCUSE", cameo="111", date=None))
    assert str(only(ledger(later, CONDEMNED), "KEN").when) == "../2023-07-11"


def test_what_took_place_since_a_day_did_so_by_the_day_of_its_report(ledger):
    led = ledger(read("2023-07-11", event("Kenya has met Uganda since 2019", date="2019/..")))
    assert str(only(led, "KEN").when) == "2019-01-01/2023-07-11"
    assert len(led.events("KEN", within="2024")) == 0


CALL = "Readout of President Ruto’s Call with President Museveni of Uganda"
SPOKE = event("President Ruto spoke with President Museveni", date="2023-07-10", date_basis="relative")
AGREED = event("They agreed to lower tariffs", event="AGREE", cameo="030", date=None, date_basis=None)


def test_acts_of_a_readout_without_a_time_lie_on_its_day_and_say_on_what_that_rests(ledger):
    led = ledger(read("2023-07-11", SPOKE, AGREED, title=CALL))
    assert {r["event"]: (r["date"], r["date_basis"]) for r in led.events("KEN", "UGA")} == {
        "CONSULT": ("2023-07-10", "relative"),
        "AGREE": ("2023-07-10", "document"),
    }


@pytest.mark.parametrize(
    ("title", "more", "why"),
    [
        ("Kenya and Uganda to lower tariffs", (), "a report is no readout"),
        ("Readout of President Ruto’s Trip to Uganda", (), "a journey takes days"),
        (CALL, (event("Ruto met Museveni", date="2023-07-08"),), "it tells of two days"),
        ("Statement on President Ruto’s Upcoming Call with President Museveni", (), "the call is still to come"),
    ],
)
def test_no_other_report_gives_its_day_to_what_it_tells_without_a_time(ledger, title, more, why):
    led = ledger(read("2023-07-11", SPOKE, AGREED, *more, title=title))
    (row,) = led.events("KEN", "UGA", types="AGREE")
    assert row["date"] == "../2023-07-11", why


def test_what_a_readout_looks_back_on_does_not_lie_on_its_day(ledger):
    back = event("Kenya has provided aid to Uganda", event="AID", cameo="070", date=None, date_basis=None)
    led = ledger(read("2023-07-11", SPOKE, back, title=CALL))
    assert [r["date"] for r in led.events("KEN", "UGA", types="AID")] == ["../2023-07-11"]


def test_a_ledger_rebuilt_from_its_records_has_the_same_days(ledger):
    led = ledger(read("2023-07-11", SPOKE, AGREED, title=CALL))
    before = list(led.export())
    led.rebuild()
    assert list(led.export()) == before


PLAN = read("2019-04-01", visit("Ruto will visit Uganda", status="planned", date=None, date_basis=None))
DONE = read("2019-05-03", visit("Ruto visited Uganda"))


def test_a_later_report_of_the_visit_makes_the_planned_one_done(ledger):
    led = ledger(PLAN, DONE)
    fact = only(led, "KEN", kind="visit")
    assert (len(fact.statements), fact.status, str(fact.when)) == (2, "occurred", "2019-05-02")
    made = led.dossier("KEN", "UGA", on="2020-01-01")
    (line,) = next(s for s in made.sections if s.heading == "Visits of Kenya to Uganda").lines
    assert "occurred" in line.text
    assert made.counts["visits not told to have taken place"] == 0
    assert only(led, "KEN", kind="visit", known=fact.known).status == "planned"


def test_a_plan_for_a_day_gives_way_to_the_day_on_which_the_visit_was(ledger):
    plan = read("2019-04-01", visit("Ruto will visit Uganda on May 1", status="planned", date="2019-05-01"))
    fact = only(ledger(plan, DONE), "KEN", kind="visit")
    assert (len(fact.statements), str(fact.when)) == (2, "2019-05-02")


def test_a_visit_told_as_done_without_a_day_was_on_the_day_for_which_it_was_planned(ledger):
    plan = read("2019-04-28", visit("Ruto will visit Uganda on May 1", status="planned", date="2019-05-01"))
    done = read("2019-05-03", visit("Ruto visited Uganda", date=None, date_basis=None))
    fact = only(ledger(plan, done), "KEN", kind="visit")
    assert (len(fact.statements), fact.status, str(fact.when)) == (2, "occurred", "2019-05-01")


def test_a_visit_that_is_only_planned_is_told_of_and_not_dated(ledger):
    led = ledger(PLAN)
    (item,) = led.dossier("KEN", "UGA", on="2020-01-01").strip.items
    assert (item.date, item.day, item.status) == (None, "told by 2019-04-01", "planned")


def test_a_visit_planned_after_one_that_took_place_is_another(ledger):
    again = read("2019-05-06", visit("Ruto will visit Uganda", status="planned", date=None, date_basis=None))
    assert len(ledger(DONE, again).facts("KEN", kinds=("visit",))) == 2


def test_a_visit_of_somebody_else_does_not_make_the_planned_one_done(ledger):
    other = read("2019-05-03", visit("Odinga visited Uganda", "Raila Odinga"))
    statuses = {f.status for f in ledger(PLAN, other).facts("KEN", kinds=("visit",))}
    assert statuses == {"planned", "occurred"}


VIRTUAL = read("2019-05-03", visit("Ruto met Museveni of Uganda in a virtual summit"))


def test_a_meeting_by_video_is_no_visit_in_any_count(ledger):
    led = ledger(VIRTUAL, OTHERS)
    made = led.dossier("KEN", "UGA", on="2020-01-01")
    assert made.counts["visits of KEN"] == 0
    assert [i.kind for i in made.strip.items] == []
    assert not any(count(led, "KEN", "UGA", "visits").values())
    assert led.rows("SELECT count(*) FROM standing WHERE kind = 'visit'", []) == [(0,)]


def test_a_visit_on_which_somebody_also_telephoned_is_a_visit(ledger):
    told = visit("Ruto, who had spoken with Museveni by telephone, visited Uganda")
    assert len(ledger(read("2019-05-03", told)).facts("KEN", kinds=("visit",))) == 1


def test_a_person_may_say_that_it_was_a_journey_all_the_same(ledger):
    led = ledger(VIRTUAL)
    (key,) = (s[0] for s in led.sql("SELECT fact FROM statement WHERE kind = 'visit'").rows)
    assert led.show(key)["id"] == key
    led.judge(key, "accept", signed="A. Reader", dated="2020-01-01")
    assert len(led.facts("KEN", kinds=("visit",))) == 1
    assert led.rows("SELECT count(*) FROM standing WHERE kind = 'visit'", []) == [(1,)]


FORCE = read("2019-05-03", treaty("the Fisheries Agreement entered into force", stage="in force"))


def test_after_the_last_report_the_state_of_things_is_told_as_last_told_of(ledger):
    led = ledger(FORCE, TALKS, read("2019-06-01", event("Kenya held talks on roads", date="2019-05-31")))
    made = led.dossier("KEN", "UGA", on="2025-01-01")
    assert made.summary.startswith("On 2025-01-01, as last told of on 2019-06-01, Kenya and Uganda have 1 agreement")
    (line,) = next(s for s in made.sections if s.heading == "In force").lines
    assert "in force, last told of on 2019-05-03" in line.text
    (row,) = led.agreements("KEN", "UGA", on="2025-01-01")
    assert (row["last_told"], row["why"].split("; ")[-1]) == ("2019-05-03", "last told of on 2019-05-03")


def test_on_a_day_of_which_reports_tell_nothing_is_said_to_be_last_told(ledger):
    led = ledger(FORCE)
    assert "last told" not in led.dossier("KEN", "UGA", on="2019-05-03").summary
    assert "last told" not in next(iter(led.agreements("KEN", "UGA", on="2019-05-03")))["why"]
