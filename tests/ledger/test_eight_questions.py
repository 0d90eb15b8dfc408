"""The eight questions of a Monday morning, asked on the bundled sample as an analyst types them."""

import csv
import io
from collections import Counter
from dataclasses import replace

import pytest
from click.testing import CliRunner

import comity
from comity.cli import main
from comity.knowledge.states import continuing
from comity.settings import DEFAULTS

TODAY = "2026-11-29"


@pytest.fixture(scope="module")
def facts(opened_sample):
    """Every fact of the sample."""
    return opened_sample.facts()


def ran(command, ledger, *words):
    return CliRunner().invoke(main, [command, str(ledger), *words])


def listed(command, ledger, *words):
    """What a command lists, as its CSV."""
    done = ran(command, ledger, *words, "--format", "csv")
    assert done.exit_code == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def codes(actors):
    return {continuing(c) for a in actors if (c := a.state or a.organisation)}


def test_who_sanctions_russia_year_by_year(sample, facts):
    rows = listed("events", sample, "--type", "SANCTION", "--recipient", "Russia", "--by", "actor,year")
    found = Counter()
    for f in facts:
        if f.kind == "event" and f.lead.type == "SANCTION" and f.status == "occurred":
            if "RUS" not in codes(f.record.recipient):
                continue
            years = {str(d)[:4] for d in (f.when.first, f.when.last)}
            year = years.pop() if len(years) == 1 else ""
            found.update((actor, year if year != "None" else "") for actor in codes(f.record.actor) or {""})
    assert rows
    assert {(r["actor"], r["year"]): int(r["events"]) for r in rows} == found
    assert all(r["actor_name"] for r in rows if r["actor"])


def test_who_visited_whom_most(sample, facts):
    rows = listed("visits", sample, "--by", "visitor,host")
    found = Counter(
        (visitor, continuing(f.record.host))
        for f in facts
        if f.kind == "visit" and f.status == "occurred" and f.record.host
        for visitor in codes(f.record.visitors)
    )
    counted = {(r["visitor"], r["host"]): int(r["visits"]) for r in rows if r["visitor"] and r["host"]}
    assert counted == found
    assert int(rows[0]["visits"]) == max(found.values())


def test_which_treaties_end_next_year(sample, opened_sample):
    rows = listed("agreements", sample, "--type", "treaty", "--ends", "next year", "--on", TODAY)
    assert rows
    assert {r["type"] for r in rows} == {"treaty"}
    assert {r["ends"] for r in rows} <= {"certain", "possible"}
    certain = {r["id"] for r in rows if r["ends"] == "certain"}
    standing = [a for a in opened_sample.agreements(on=TODAY) if a["type"] == "treaty" and not a["ended"]]
    every = [a for a in standing if a["term_end"]]
    assert certain == {a["id"] for a in every if {d[:4] for d in a["term_end"].split("/")} == {"2027"}}


def test_every_agreement_on_fisheries(sample, facts):
    rows = listed("agreements", sample, "--subject", "fisheries", "--on", TODAY)
    found = {
        f.id
        for f in facts
        if f.kind == "agreement" and any("fish" in (s.record.title or "").lower() for s in f.account)
    }
    assert found
    assert {r["id"] for r in rows} == found


def test_what_china_said_of_the_united_states(sample, facts):
    rows = listed("events", sample, "USA", "--said-by", "China")
    found = {
        f.id
        for f in facts
        if f.kind == "event" and "USA" in f.block.split()
        and any(s.record.attribution and s.record.attribution.state == "CHN" for s in f.account)
    }  # fmt: skip
    assert found
    assert {r["id"] for r in rows} == found
    assert all("CHN" in r["said_by"] and r["quote"] for r in rows)


def test_which_figures_of_trade_there_are_between_china_and_the_united_states(sample, facts):
    rows = listed("figures", sample, "China", "USA", "--measure", "trade,exports,imports", "--sort", "-value")
    found = {
        f.id
        for f in facts
        if f.kind == "figure" and f.block == "CHN USA" and f.record.measure in {"trade", "exports", "imports"}
    }
    assert found
    assert {r["id"] for r in rows} == found
    values = [float(r["value"]) for r in rows if r["value"]]
    assert values == sorted(values, reverse=True)


def test_persons_and_the_states_that_they_come_from_have_columns_of_their_own(opened_sample):
    gone = next(r for r in opened_sample.visits("RUS", "MNG") if "Vladimir Putin" in (r["persons"] or ""))
    assert (gone["visitor"], gone["visitor_names"]) == ("RUS", "Russia")
    states = {n for r in opened_sample.visits() for n in (r["visitor_names"] or "").split("; ")}
    assert "Russia" in states
    assert not {n for r in opened_sample.visits() for n in (r["persons"] or "").split("; ") if n} & states
    said = next(r for r in opened_sample.events(actors="RUS") if "Putin" in (r["actor_persons"] or ""))
    assert "Russia" in said["actor_names"].split("; ")
    assert "Putin" not in said["actor_names"]


def test_a_planned_visit_without_a_day_is_expected_for_two_years_after_its_report(tmp_path):
    report = tmp_path / "r.txt"
    report.write_text("President Vladimir Putin will visit Mongolia, the Kremlin said.", encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(report, published="2020-09-21")
        [planned] = led.visits("RUS", "MNG")
        assert (planned["date"], planned["first"], planned["last"]) == (None, "2020-09-21", "2022-09-21")
        found = {
            year: [r["in_window"] for r in led.visits("RUS", "MNG", during=year)] for year in ("2019", "2021", "2031")
        }
    assert found == {"2019": [], "2021": ["possible"], "2031": []}
    short = replace(DEFAULTS, planned_ahead="P3M")
    with comity.open(tmp_path / "l.duckdb", settings=short) as led:
        assert [r["last"] for r in led.visits("RUS", "MNG")] == ["2020-12-21"]


def test_a_planned_event_without_a_day_is_not_said_to_have_been_by_the_day_of_its_report(tmp_path):
    report = tmp_path / "r.txt"
    report.write_text("Russia will impose sanctions on Mongolia, the Kremlin said.", encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(report, published="2020-09-21")
        [planned] = led.events("RUS", "MNG")
        assert (planned["status"], planned["date"], planned["date_basis"]) == ("planned", None, None)
        assert (planned["first"], planned["last"]) == ("2020-09-21", "2022-09-21")
        assert len(led.events("RUS", "MNG", during="2019")) == 0


def test_a_planned_event_without_a_day_is_printed_with_the_day_of_its_report(tmp_path):
    report = tmp_path / "r.txt"
    report.write_text("Russia will impose sanctions on Mongolia, the Kremlin said.", encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(report, published="2020-09-21")
    shown = ran("dossier", tmp_path / "l.duckdb", "RUS", "MNG", "--on", "2020-12-31").stdout
    assert "reported by 2020-09-21" in shown
    assert "· by 2020-09-21" not in shown


def test_events_that_are_surer_than_nine_in_ten_from_one_outlet(sample, opened_sample):
    rows = listed("events", sample, "--min-confidence", "0.9", "--outlet", "northern-wire.example")
    assert rows
    assert all(float(r["confidence"]) >= 0.9 and r["outlet"] == "northern-wire.example" for r in rows)
    assert all(r["url"].startswith("https://northern-wire.example/") and r["title"] for r in rows)
    query = """SELECT count(*) FROM standing s JOIN origin o ON o.document = s.document
               WHERE kind = 'event' AND confidence >= 0.9 AND place LIKE 'https://northern-wire.example/%'"""
    # several statements of one event are one row
    assert 0 < len(rows) <= opened_sample.sql(query).rows[0][0]


def test_visits_to_mongolia_from_2014_to_2019(sample, facts):
    rows = listed("visits", sample, "--host", "MNG", "--since", "2014", "--until", "2019")
    assert rows
    assert {r["host"] for r in rows} == {"MNG"}
    assert all(r["last"] >= "2014" and (not r["first"] or r["first"] <= "2019-12-31") for r in rows if r["last"])
    inside = {
        f.id
        for f in facts
        if f.kind == "visit" and f.record.host == "MNG" and f.when.first and f.when.last
        and "2014" <= str(f.when.first) <= str(f.when.last) < "2020"
    }  # fmt: skip
    assert inside == {r["id"] for r in rows if r["in_window"] == "certain"}


@pytest.mark.parametrize(
    ("command", "words", "near", "allowed"),
    [
        ("events", ("--type", "SANKTION"), "did you mean SANCTION?", "ASSAULT"),
        ("events", ("--mode", "expell"), "did you mean expel", "demo"),
        ("events", ("--by", "years"), "did you mean year", "recipient"),
        ("events", ("--actor", "Mongola"), "Mongolia (MNG)", "MNG"),
        ("events", ("--outlet", "nothern-wire.example"), "did you mean northern-wire.example", "capital-gazette"),
        ("visits", ("--rank", "presidents"), "", "head of state"),
        ("figures", ("--measure", "export"), "did you mean exports", "trade"),
        ("agreements", ("--stage", "singed"), "did you mean signed", "in force"),
        ("agreements", ("--sort", "titel"), "did you mean title", "parties"),
    ],
)
def test_a_code_that_there_is_not_names_the_near_and_the_allowed_ones(sample, command, words, near, allowed):
    done = ran(command, sample, *words)
    assert done.exit_code == 2
    assert near in done.stderr
    assert allowed in done.stderr
    assert done.stdout == ""


def test_a_table_is_searched_sorted_and_looked_at_a_stretch_at_a_time(opened_sample):
    every = opened_sample.events("RUS", "UKR", sort="-confidence")
    first, second = opened_sample.events("RUS", "UKR", sort="-confidence", limit=5), None
    second = opened_sample.events("RUS", "UKR", sort="-confidence", limit=5, offset=5)
    assert first.rows + second.rows == every.rows[:10]
    assert first.notes == (f"rows 1 to 5 of {len(every)}",)
    found = opened_sample.events("RUS", "UKR", search="donbas")
    assert all("donbas" in " ".join(map(str, r.values())).lower() for r in found)


def test_what_is_only_planned_is_not_counted_unless_asked_for(opened_sample):
    counted = opened_sample.events(by="type")
    assert any("planned" in n and "--status" in n for n in counted.notes)
    whole = opened_sample.events(by="type", statuses=("occurred", "planned", "hypothetical", "denied"))
    assert sum(r["events"] for r in whole) == len(opened_sample.events())
    assert sum(r["events"] for r in counted) == len(opened_sample.events(statuses="occurred"))


def test_sql_finds_the_facts_of_each_kind_under_plain_columns(opened_sample):
    query = """SELECT count(*), count(DISTINCT id), min(first), max(confidence) FROM {}"""
    for name, rows in (
        ("fact_event", opened_sample.events()),
        ("fact_visit", opened_sample.visits()),
        ("fact_figure", opened_sample.figures()),
        ("fact_agreement", opened_sample.agreements()),
    ):
        asked = query.format(name) if name != "fact_agreement" else query.format(name).replace("min(first)", "1")
        n, distinct, _, most = opened_sample.sql(asked).rows[0]
        assert n == distinct == len(rows)
        assert most == max(r["confidence"] for r in rows)
    (year,) = opened_sample.sql("SELECT DISTINCT typeof(first) FROM fact_event").rows[0]
    assert year == "DATE"


def test_a_correction_is_what_the_tables_and_sql_go_by(sample, tmp_path):
    path = tmp_path / "own.duckdb"
    path.write_bytes(sample.read_bytes())
    with comity.open(path) as led:
        one = next(iter(led.events("RUS", "MNG", types="CONSULT")))
        led.judge(one["id"], "correct", {"event": "AID"}, signed="A. Reader", dated="2026-11-29")
        assert one["id"] in {r["id"] for r in led.events("RUS", "MNG", types="AID")}
        assert one["id"] not in {r["id"] for r in led.events("RUS", "MNG", types="CONSULT")}
        assert led.sql(f"SELECT event, means FROM fact_event WHERE id = '{one['id']}'").rows == (("AID", "gives aid"),)
