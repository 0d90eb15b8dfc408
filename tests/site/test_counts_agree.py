"""One page, one number: what the pages of a ledger count is the same, or each says what it counts."""

import csv
import io
import re

import pytest

from comity.document.document import Document
from comity.ledger import intake
from comity.ledger.store import Writer
from comity.records.record import Actor, Agreement, DocumentRecord, Event, EventScale


@pytest.fixture(scope="module")
def counted(tmp_path_factory, serve):
    """Russia and Mongolia: an event that two papers tell, one that only the Kremlin tells, four agreements."""
    path = tmp_path_factory.mktemp("counted") / "counted.duckdb"
    writer = Writer(path)
    readings = []

    def tell(key, at, day, **fields):
        kind = Agreement if "title" in fields else Event
        record = kind(id=f"{key}:1", document=key, part="text", start=0, end=4, **fields)
        document = Document(
            id=key, text=f"{key} " * 30, published=day, text_sha256=key, source=at, title=f"Report {key}"
        )
        readings.append((document, [DocumentRecord(id=key, document=key), record]))

    helped = {
        "event": "AID", "actor": (Actor(text="Russia", state="RUS"),), "recipient": (Actor(text="M", state="MNG"),),
        "quad_code": 2, "event_scale": EventScale(name="plover", version="2.0", value=6.0),
    }  # fmt: skip
    tell("first", "https://one.example/1", "2019-03-02", quote="help", date="2019-03-01", **helped)
    tell("second", "https://two.example/1", "2019-03-02", quote="help", date="2019-03-01", **helped)
    tell("release", "https://kremlin.ru/1", "2019-08-02", quote="help", date="2019-08-01", **helped)
    for key, title, kind, stage in (
        ("treaty", "treaty on transit", "treaty", "in force"), ("paper", "treaty on water", "treaty", "signed"),
        ("words", "declaration on culture", "declaration", "signed"), ("plan", "treaty on air", "treaty", "planned"),
    ):  # fmt: skip
        tell(
            key, f"https://one.example/{key}", "2018-05-02", quote=f"it entered into force {title}", title=title,
            type=kind, stage=stage, date="2018-05-01", parties=("MNG", "RUS"),
        )  # fmt: skip
    intake.store(writer, intake.Entries(readings=readings))
    writer.publish()
    writer.close()
    with serve(path) as server:
        yield server


def test_the_list_of_agreements_has_as_many_under_each_heading_as_the_page_of_the_two(counted):
    page = counted.get("/dyad/RUS/MNG.json?on=2019-12-31").json()
    listed = counted.get("/agreements.json?state=RUS&state=MNG&on=2019-12-31").json()["agreements"]["rows"]
    sections = {s["heading"]: len(s["lines"]) for s in page["sections"]}
    stands = [r["stands"] for r in listed]
    assert set(stands) == {"In force", "Pending", "Not binding", "Entry into force not told"}
    assert {h: stands.count(h) for h in set(stands)} == {h: sections[h] for h in set(stands)}
    pending = counted.get("/agreements.csv?state=RUS&stands=Pending&on=2019-12-31").text
    assert [r["title"] for r in csv.DictReader(io.StringIO(pending))] == ["treaty on air"]
    assert counted.get("/agreements.json?stands=Gone").status == 400


@pytest.mark.parametrize("day", ["2018-05-02", "2019-12-31"])
def test_the_evidence_beside_the_strip_stands_as_the_page_does_on_its_day(counted, day):
    page = counted.get(f"/dyad/RUS/MNG?on={day}").text
    data = counted.get(f"/dyad/RUS/MNG.json?on={day}").json()
    agreements = [x for s in data["sections"] for x in s["lines"] if x["fact"].startswith("fact:agreement")]
    assert len(agreements) == 4
    for line in agreements:
        assert f'href="/fact/{line["fact"]}?on={day}"' in page
        drawer = counted.get(f"/fact/{line['fact']}?on={day}&part=drawer").text
        heading = re.search(r'<h2 class="told"[^>]*>(.*?)</h2>', drawer)[1]
        assert line["text"].startswith(heading)
        life = counted.get(f"/agreement/{line['fact']}.json?on={day}").json()
        assert life["words"] in line["text"]


def test_what_only_a_party_tells_is_shown_and_said_to_be_so(counted):
    rows = {r["date"]: r for r in csv.DictReader(io.StringIO(counted.get("/dyad/RUS/MNG.csv?kind=event").text))}
    numbers = {d: (r["reports"], r["outlets"], r["independent"], r["told_by_parties"]) for d, r in rows.items()}
    assert numbers == {"2019-03-01": ("2", "2", "2", ""), "2019-08-01": ("1", "1", "0", "RUS")}
    drawer = counted.get(f"/fact/{rows['2019-08-01']['id']}?part=drawer").text
    assert "1 report, 1 outlet, a party to it" in drawer
    assert len(counted.get("/dyad/RUS/MNG.json?kind=event&least=1").json()["chronicle"]["rows"]) == 1


def test_the_headline_the_strip_and_the_chronicle_count_the_same_events(counted):
    page = counted.get("/dyad/RUS/MNG?on=2019-12-31").text
    assert ">2 events</a>" in page
    assert ">Events (2)<" in page
    assert "4 agreements, 2 events" in page


def test_the_network_says_that_it_counts_statements_and_of_how_many_reports(counted):
    (edge,) = counted.get("/network.json").json()["edges"]
    assert (edge["statements"], edge["on_events"], edge["on_agreements"], edge["reports"]) == (7, 3, 4, 7)
    page = counted.get("/network").text
    assert "several may tell of one event; the page of the two counts the events" in page
    assert ">on events</th>" in page
    (partner,) = counted.get("/state/MNG.json").json()["partners"]["rows"]
    assert (partner["statements"], partner["on_events"], partner["reports"]) == (7, 3, 7)


def test_rivals_are_shown_at_the_smaller_state_unless_the_other_is_chosen(counted):
    assert "Who pulls at Mongolia" in counted.get("/dyad/RUS/MNG").text
    assert "Who pulls at Mongolia" in counted.get("/dyad/MNG/RUS").text
    assert "Who pulls at Russia" in counted.get("/dyad/RUS/MNG?pulled=Russia").text
    assert counted.get("/dyad/RUS/MNG.json?pulled=CHN").status == 400


def test_the_list_of_agreements_says_how_many_tell_a_term(counted):
    assert counted.get("/agreements.json?on=2019-12-31").json()["notes"] == ["0 of 4 agreements tell a term"]
    assert "0 of 4 agreements tell a term" in counted.get("/agreements?on=2019-12-31").text
