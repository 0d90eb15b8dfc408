"""What changed: the first question of a Monday, by the clock of the ledger itself."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

import comity
from comity.analysis.changes import changes_in
from comity.errors import InputError
from comity.ledger.changes import Window, window

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def part(folder, four, name, ids):
    rows = [line for line in four.read_text(encoding="utf-8").splitlines() if json.loads(line)["id"] in ids]
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def grown(tmp_path_factory, four):
    """A ledger with the announcement and signature of the treaty of 2019, and the instant before the rest came in."""
    folder = tmp_path_factory.mktemp("grown")
    path = folder / "grown.duckdb"
    with comity.open(path) as led:
        led.add(part(folder, four, "first", {"announcement", "signature"}))
        instant = datetime.now().isoformat()  # noqa: DTZ005 - as the store keeps it
        led.add(part(folder, four, "second", {"duma", "exchange"}))
    return path, instant


def test_what_came_in_since_is_shown_and_what_was_there_is_not(grown):
    path, instant = grown
    with comity.open(path) as led:
        since = list(led.changes("RUS", "MNG", since=instant))
        documents = {r["key"]: r["id"] for r in led.sql("SELECT key, id FROM document")}
        everything = led.changes(since="2000")
        before = led.changes(since="2000", until=instant)
    assert {documents[r["document"]] for r in since} == {"duma", "exchange"}
    stages = [r["now"] for r in since if r["change"] == "new stage"]
    assert any("approved by RUS" in s for s in stages)
    assert any("exchanged" in s for s in stages)
    assert all(r["was"].startswith("signed") for r in since if r["change"] == "new stage")
    # to a ledger that was empty all is new, and nothing was there to have another stage
    assert {r["change"] for r in everything} == {"new fact"}
    assert len(before) + len([r for r in since if r["change"] == "new fact"]) == len(everything)


def test_each_stage_is_shown_with_the_words_that_report_it(grown):
    path, instant = grown
    with comity.open(path) as led:
        rows = [r for r in led.changes(since=instant) if r["change"] == "new stage"]
        for row in rows:
            title, text = led.text(row["document"])
            assert row["quote"] in title or row["quote"] in text
    (exchanged,) = (r for r in rows if r["now"].startswith("exchanged"))
    assert "exchanged" in exchanged["quote"]


def test_a_ledger_written_anew_knows_when_its_reports_came_in(grown, tmp_path):
    path, instant = grown
    own = tmp_path / "own.duckdb"
    own.write_bytes(path.read_bytes())
    with comity.open(own) as led:
        found = led.changes(since=instant)
        led.rebuild()
        assert led.changes(since=instant) == found
        assert len(found)


def test_another_report_of_a_known_fact_is_a_new_source_and_a_copy_is_called_one(tmp_path):
    lead = "Kenya and Uganda signed a fisheries agreement in Kisumu on Monday"
    more = (
        ", which lets boats of both countries fish in all of the lake until 2030, and sets the quota for perch at "
        "40,000 tonnes a year, of which each may land half; both ministers called the talks of eleven months hard."
    )
    own = (
        "Ministers of Kenya and Uganda signed a fisheries agreement in Kisumu on Monday. Fishermen on the eastern "
        "shore welcomed it with songs. The opposition in Kampala called it a gift and asked for a debate next week."
    )
    texts = {"first": lead + more, "copy": lead + more, "own": own}
    path = tmp_path / "l.duckdb"
    with comity.open(path) as led:
        for name, text in texts.items():
            row = {"id": name, "text": text, "date": "2023-05-01", "url": f"https://{name}.example/a"}
            (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        led.add(tmp_path / "first.jsonl")
        instant = datetime.now().isoformat()  # noqa: DTZ005
        led.add([tmp_path / "copy.jsonl", tmp_path / "own.jsonl"])
        found = [r for r in led.changes("KEN", "UGA", since=instant) if r["kind"] == "agreement"]
    assert {(r["change"], r["outlet"], r["copy"]) for r in found} == {
        ("new source", "copy.example", True),
        ("new source", "own.example", False),
    }
    assert {r["url"] for r in found} == {"https://copy.example/a", "https://own.example/a"}


def test_a_visit_that_was_planned_and_took_place_has_a_new_stage(tmp_path):
    texts = {
        "plan": ("2023-05-02", "Kenyan President William Ruto will visit Uganda on May 8, 2023."),
        "done": ("2023-05-08", "Kenyan President William Ruto arrived in Uganda on a state visit on May 8, 2023."),
    }
    with comity.open(tmp_path / "l.duckdb") as led:
        for name, (day, text) in texts.items():
            path = tmp_path / f"{name}.jsonl"
            path.write_text(json.dumps({"id": name, "text": text, "date": day}) + "\n", encoding="utf-8")
        led.add(tmp_path / "plan.jsonl")
        instant = datetime.now().isoformat()  # noqa: DTZ005
        led.add(tmp_path / "done.jsonl")
        found = [(r["change"], r["was"], r["now"]) for r in led.changes(since=instant) if r["kind"] == "visit"]
    assert found == [("new stage", "planned", "occurred")]


def test_judgements_are_shown_with_who_made_them_and_what_is_rejected_is_no_news(grown, tmp_path):
    path, instant = grown
    own = tmp_path / "own.duckdb"
    own.write_bytes(path.read_bytes())
    today = datetime.now().astimezone().date()
    with comity.open(own) as led:
        event = next(r["id"] for r in led.changes(since=instant) if r["kind"] == "event")
        led.judge(event, "reject", signed="A. Reader", dated=today.isoformat(), note="a remark")
        found = list(led.changes(since=instant))
        later = led.changes(
            since=(today + timedelta(days=1)).isoformat(), until=(today + timedelta(days=2)).isoformat()
        )
    (judged,) = (r for r in found if r["change"] == "judgement")
    assert (judged["id"], judged["now"], judged["by"], judged["note"]) == (event, "reject", "A. Reader", "a remark")
    assert not [r for r in found if r["id"] == event and r["change"] == "new fact"]
    assert len(later) == 0


def test_a_term_that_ends_within_the_days_is_a_change_although_nobody_reports_it(tmp_path):
    row = {
        "id": "lease",
        "date": "2019-03-01",
        "text": "Kenya and Uganda signed a pipeline agreement in Nairobi on March 1, 2019. "
        "The agreement entered into force on March 1, 2019 and is valid for five years.",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(tmp_path / "a.jsonl")

        def ended(first, last):
            days = Window(after=10, upto=10, first=date.fromisoformat(first), last=date.fromisoformat(last))
            return [r for r in changes_in(led, "KEN", "UGA", span=days) if r["change"] == "ended term"]

        assert ended("2023-02-01", "2023-12-31") == []
        (found,) = ended("2024-02-01", "2024-03-31")
        assert ended("2024-04-01", "2024-12-31") == []
    assert "2024-0" in (found["now"] + found["was"])
    assert found["document"] is None


def test_changes_come_in_every_form_and_each_holds_all_of_them(grown):
    path, instant = grown
    with comity.open(path) as led:
        rows = list(led.changes(since=instant))
        made = {form: led.changes_as(form, since=instant) for form in ("text", "json", "csv", "md", "atom")}
    assert len(rows) > 2
    parsed = json.loads(made["json"])
    assert [c for g in parsed["groups"] for c in g["changes"]] == rows
    assert [r["id"] for r in csv.DictReader(io.StringIO(made["csv"]))] == [r["id"] for r in rows]
    feed = ET.fromstring(made["atom"])  # our own text
    entries = feed.findall("a:entry", ATOM)
    ids = [e.findtext("a:id", namespaces=ATOM) for e in entries]
    assert len(set(ids)) == len(rows)
    for row in rows:
        words = " ".join(row["quote"].split())
        assert words in made["text"]
        assert any(words in (e.findtext("a:content", namespaces=ATOM) or "") for e in entries)
        assert f"`{row['id']}`" in made["md"]


def test_the_same_change_has_the_same_id_in_the_feed_of_another_day(grown):
    path, instant = grown
    with comity.open(path) as led:
        feeds = [ET.fromstring(led.changes_as("atom", "RUS", since=d)) for d in (instant, instant[:-3])]
    one, other = ({e.findtext("a:id", namespaces=ATOM) for e in f.findall("a:entry", ATOM)} for f in feeds)
    assert one == other
    assert one


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "soon"}, "is no date"),
        ({"since": "2024-05-01T99"}, "is no time"),
        ({"since": "2024", "until": "2023"}, "before it begins"),
        ({"since": "2024", "sorts": "news"}, "new fact, new stage, new source, ended term, judgement"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(grown, asked, said):
    with comity.open(grown[0]) as led, pytest.raises(InputError, match=said):
        led.changes(**asked)


def test_changes_of_one_state_with_itself_are_refused(grown):
    with comity.open(grown[0]) as led, pytest.raises(InputError, match="are one state"):
        led.changes("RUS", "Soviet Union", since="2024")


def test_a_window_before_anything_came_in_is_empty(grown):
    with comity.open(grown[0]) as led:
        span = window(led.rows, datetime(2001, 1, 1), datetime(2002, 1, 1))  # noqa: DTZ001
        assert span.after == span.upto
        assert len(changes_in(led, span=span)) == 0


def test_terms_are_left_out_and_said_to_be_where_too_many_agreements_stand_there(grown):
    from comity.settings import Settings

    with comity.open(grown[0], settings=Settings(serve_listed=0)) as led:
        assert any("terms that ended are left out" in n for n in led.changes(since="2000").notes)
        assert led.changes("RUS", "MNG", since="2000").notes == ()
