"""Known instruments in a ledger whatever the order of reports, what is kept of groups, and the user's own table.

What a ledger says of them stands in the list of truths (`truths/instruments.py`).
"""

import json
import os
import random
import subprocess
import sys
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from truths.instruments import INF, LEAVES, NAMED, RATIFIES, TALKS, UNRATIFIES
from truths.reports import report, stored, treaty

from comity.analysis.open_ledger import OpenLedger
from comity.knowledge.known_instruments import instruments
from comity.ledger import ingest
from comity.ledger.naming import instrument_of
from comity.ledger.stated_acts import acts_on
from comity.ledger.statement import Statement, block_of, fact_id, traits
from comity.records.lines import from_json, to_json
from comity.records.record import Agreement
from comity.settings import Settings


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
        report(
            f"2010-{n + 1:02d}-02", treaty("NPT" if n % 2 else "water treaty", f"Iran and the U.S. {n}", "IRN", "USA")
        )
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
        report("2020-01-02", treaty("Lake Accord", "Kenya signed the Lake Accord", "KEN", stage="signed", date="2020")),
        report(
            "2021-01-02",
            treaty("Accord of the Lakes", "Uganda left the Accord of the Lakes", "UGA", stage="terminated"),
        ),
    )
    table.write_text("key,short,names,kind,open\nlake,Lake Accord,Accord of the Lakes,treaty,yes\n", encoding="utf-8")
    code = f"import comity; print([f.instrument.key for f in comity.open({str(path)!r}).facts('KEN', 'UGA')])"
    env = {**os.environ, "COMITY_INSTRUMENTS": str(table)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['lake']", done.stderr
    with OpenLedger(path) as led:
        assert len(led.facts(kinds=["agreement"])) == 2


def statement(record: Agreement, day: str) -> Statement:
    """The statement that a ledger would hold of a record."""
    document, made = report(day, record)
    (row,) = ingest.statement_rows(document, made, 1)
    return Statement(
        row["document"], row["id"], fact_id(row["document"], row["id"], "agreement"), "agreement", block_of(record),
        record.type, record.stage, None, traits(record)[3], date.fromisoformat(day), 1.0, record.quote or "",
        row["body"],
    )  # fmt: skip


@given(st.sampled_from(sorted(instruments())), st.sampled_from(["KEN", "IRN", "FRA"]), st.sampled_from(["RUS", "USA"]))
def test_a_mere_mention_of_any_known_treaty_gives_no_state_a_part_in_it(key, a, b):
    known = instruments()[key]
    one = statement(treaty(known.short, f"spoke of the {known.short}", a, b, stage="in force"), "2024-01-01")
    if (found := instrument_of(one)) is not None:
        assert [x for x in acts_on(one, found) if x.party is not None] == []
        assert from_json(to_json(treaty(known.short, "x", a, b))).parties == (a, b)
