"""The editor's queue, and judgements as data for training."""

import hashlib
import json
import shutil

import pytest

import comity
from comity.settings import Settings


@pytest.fixture
def own(tmp_path, sample):
    """The sample, whose records stay as they are whatever the reader, as a ledger that a test may judge."""
    return shutil.copy(sample, tmp_path / sample.name)


def test_the_least_sure_and_most_used_come_first(own):
    with comity.open(own) as led:
        found = led.judgements.queue()
        rows = list(found)
    assert rows
    assert [r["gain"] for r in rows] == sorted((r["gain"] for r in rows), reverse=True)
    assert all(r["sure"] < Settings().queue_sure for r in rows)
    assert all(r["quote"] and r["fact"] and r["used"] >= 1 for r in rows)


def test_what_is_judged_leaves_the_queue_and_progress_counts_it(own):
    with comity.open(own) as led:
        first, second = list(led.judgements.queue())[:2]
        led.judge(first["id"], "accept", signed="A. Reader", dated="2024-05-01")
        led.judge(second["id"], "reject", signed="A. Reader", dated="2024-05-01")
        found = led.judgements.queue()
    assert {first["id"], second["id"]}.isdisjoint(r["id"] for r in found)
    assert found.notes[0].startswith("2 facts judged")


def test_the_queue_is_of_the_states_and_kinds_asked_for_and_as_long_as_its_setting(own):
    with comity.open(own, settings=Settings(queue_facts=1)) as led:
        assert len(led.judgements.queue()) == 1
        assert {r["kind"] for r in led.judgements.queue(kinds="event", most=10)} == {"event"}
        assert len(led.judgements.queue("Tuvalu")) == 0
    with comity.open(own, settings=Settings(queue_sure=0.0)) as led:
        assert len(led.judgements.queue()) == 0


def test_judgements_are_data_that_lead_back_to_the_words_of_the_text(own):
    with comity.open(own) as led:
        rows = list(led.judgements.queue())
        event = next(r for r in rows if r["kind"] == "event")
        other = next(r for r in rows if r["id"] != event["id"])
        led.judge(event["id"], "correct", {"place": "Moscow"}, signed="A. Reader", dated="2024-05-01", note="seen")
        led.judge(other["id"], "reject", signed="B. Reader", dated="2024-05-02")
        made = [json.loads(line) for line in led.judgements.statements().jsonl().splitlines()]
        for row in made:
            title, text = led.text(row["document_key"])
            whole = title if row["part"] == "title" else text
            assert whole[row["start"] : row["end"]] == row["quote"]
            assert hashlib.sha256(text.encode()).hexdigest() == row["text_sha256"]
    corrected = [r for r in made if r["verdict"] == "correct"]
    assert {r["right"]["place"] for r in corrected} == {"Moscow"}
    assert {(r["signed"], r["note"]) for r in corrected} == {("A. Reader", "seen")}
    assert all(r["record"]["kind"] == "event" for r in corrected)
    assert all(r["right"] is None for r in made if r["verdict"] == "reject")


def test_a_judgement_that_a_later_one_took_back_stands_no_more(own):
    with comity.open(own) as led:
        key = led.judgements.queue().rows[0][0]
        led.judge(key, "reject", signed="A. Reader", dated="2024-05-01")
        led.judge(key, "accept", signed="A. Reader", dated="2024-05-02")
        stands = {(r["number"], r["verdict"], r["stands"]) for r in led.judgements.statements()}
    assert stands == {(1, "reject", False), (2, "accept", True)}


def test_a_statement_judged_alone_gives_one_row(own):
    with comity.open(own) as led:
        fact = next(f for f in led.facts("RUS", "MNG") if len(f.statements) > 1 and "/" not in f.statements[1].id)
        led.judge(fact.statements[1].id, "apart", signed="A. Reader", dated="2024-05-01")
        rows = list(led.judgements.statements())
    assert [r["statement"] for r in rows] == [fact.statements[1].id]


def test_nothing_judged_is_an_empty_table(own):
    with comity.open(own) as led:
        assert len(led.judgements.statements()) == 0


@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_queue_and_judgements_are_commands(own, form, tmp_path):
    import subprocess
    import sys

    for word in ("queue", "judgements"):
        command = [sys.executable, "-m", "comity.cli", word, str(own), "--format", form]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert (
        "judged"
        in subprocess.run(
            [sys.executable, "-m", "comity.cli", "queue", str(own)], capture_output=True, text=True, check=True
        ).stderr
    )
