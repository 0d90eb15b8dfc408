"""Whoever meets a record, wherever it is shown, sees which rule proposed it and what it rests on."""

import csv
import html
import io
import json
from datetime import date

import pytest

import comity
from comity.analysis.fact_detail import as_text
from comity.records.lines import to_csv
from comity.records.record import SHAPES

KINDS = [shape.__dataclass_fields__["kind"].default for shape in SHAPES]
REPORT = (
    "The presidents of Chile and Peru signed a fisheries treaty in Lima on 3 May 2021. President Sebastián Piñera of "
    "Chile arrived in Peru on Monday for a state visit. Chile condemned Peru for the seizure of a trawler. Chile's "
    "exports to Peru rose to 1.3 billion dollars in 2020. Chile and Peru set up a joint venture to build a railway "
    "between Arica and Tacna. Chile and Peru will cooperate in energy and education. Chile's influence over Peru is "
    "growing. The two countries mark the 90th anniversary of the 1929 Treaty of Lima between Chile and Peru."
)


@pytest.fixture(scope="module")
def reading():
    return comity.read(REPORT, published="2021-05-04")


@pytest.fixture(scope="module")
def ledger_path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("why")
    line = {"id": "lima", "title": "Chile and Peru", "date": "2021-05-04", "text": REPORT}
    (folder / "lima.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with comity.open(folder / "why.duckdb") as led:
        led.add(folder / "lima.jsonl")
    return folder / "why.duckdb"


def test_a_reading_gives_rule_and_evidence_of_all_nine_kinds_as_lines_and_as_a_table(reading):
    lines = [json.loads(line) for line in reading.to_jsonl().splitlines()]
    table = list(csv.DictReader(io.StringIO(to_csv(reading.records))))
    for rows in (lines, table):
        assert {r["kind"] for r in rows if r["rule"] and r["evidence"]} == set(KINDS)
        assert all(r["rule"] and r["evidence"] for r in rows)


def test_the_rule_is_named_by_the_word_that_it_went_by(reading):
    rules = {r.kind: r.rule for r in reading.records}
    assert rules["visit"] == "arrived"
    assert rules["figure"] == "exports"
    assert "signed" in {r.rule for r in reading.agreements}
    assert "direct: condemned" in {r.rule for r in reading.events}


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "document"])
def test_show_and_the_drawer_name_the_rule_of_every_kind_of_fact(ledger_path, serve, kind):
    with comity.open(ledger_path) as led:
        facts = led.facts("CHL", "PER", kinds=(kind,))
        assert facts
        shown = {f.id: as_text(led, f.id, date(2021, 6, 1)) for f in facts}
    with serve(ledger_path) as server:
        for fact in facts:
            drawer = html.unescape(server.get(f"/fact/{fact.id}?part=drawer").text)
            for row in server.get(f"/fact/{fact.id}.json").json()["statements"]:
                assert f"rule {row['rule']}; evidence {row['evidence']}" in shown[fact.id]
                assert f"rule {row['rule']} · {row['evidence']}" in drawer
