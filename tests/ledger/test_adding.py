"""Adding reports: twice adds nothing, any order gives the same ledger, what fails is listed."""

import hashlib
import importlib.util
import json
import random
import sys
from pathlib import Path

import pytest

import comity
from comity.settings import Settings


def program(name):
    """A check that is a command of its own, as a module."""
    spec = importlib.util.spec_from_file_location(f"ledger_{name}", Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def digest(path) -> str:
    with comity.open(path) as led:
        return hashlib.sha256("".join(led.export()).encode()).hexdigest()


def lines(path):
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.fixture(scope="module")
def once(tmp_path_factory, short):
    path = tmp_path_factory.mktemp("once") / "l.duckdb"
    with comity.open(path) as led:
        led.add(short)
    return path


def test_adding_again_adds_nothing_and_changes_no_byte_of_the_export(tmp_path, short, once):
    path = tmp_path / "l.duckdb"
    path.write_bytes(once.read_bytes())
    with comity.open(path) as led:
        done = led.add(short)
    assert (done.added, len(done.duplicate), done.failed) == ((), 40, ())
    assert digest(path) == digest(once)


def test_the_export_is_the_same_in_whatever_order_reports_came(tmp_path, short, once):
    mixed = lines(short)
    random.Random(7).shuffle(mixed)
    other = tmp_path / "mixed.jsonl"
    other.write_text("".join(mixed), encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb", settings=Settings(batch_documents=7)) as led:
        led.add(other)
    assert digest(tmp_path / "l.duckdb") == digest(once)


def test_the_export_is_the_same_from_shards_and_several_processes(tmp_path, short, once):
    rows = lines(short)
    for n in range(3):
        (tmp_path / f"shard{n}.jsonl").write_text("".join(rows[n::3]), encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add([tmp_path / f"shard{n}.jsonl" for n in (2, 0, 1)], jobs=2)
    assert digest(tmp_path / "l.duckdb") == digest(once)


def test_the_export_does_not_depend_on_the_hash_seed(once):
    import os
    import subprocess
    import sys

    out = {
        subprocess.run(
            [sys.executable, "-m", "comity.cli", "export", str(once)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(out) == 1
    assert hashlib.sha256(out.pop()).hexdigest() == digest(once)


def test_every_line_of_the_export_is_a_fact_with_its_statements(once):
    with comity.open(once) as led:
        rows = [json.loads(x) for x in led.export()]
        known = {s["id"] for r in rows for s in r["statements"]}
        stored = led.sql("SELECT count(DISTINCT id) AS n FROM statement")
    assert rows
    assert all(r["statements"] and r["id"].startswith(f"fact:{r['kind']}:") for r in rows)
    assert len(known) == next(iter(stored))["n"]


def test_a_report_twice_in_one_call_is_one(tmp_path, short):
    with comity.open(tmp_path / "l.duckdb") as led:
        done = led.add([short, short])
    assert (len(done.added), len(done.duplicate)) == (40, 40)


def test_two_collections_may_use_the_same_id_for_different_reports(tmp_path):
    for n, text in enumerate(("Kenya and Uganda signed a pact.", "Chile and Peru signed a pact.")):
        row = {"id": "1", "title": None, "date": "2019-01-01", "text": text}
        (tmp_path / f"{n}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        done = led.add([tmp_path / "0.jsonl", tmp_path / "1.jsonl"])
        assert len(done.added) == 2
        assert led.check() == []


def test_what_fails_is_listed_with_its_reason_and_the_rest_is_stored(tmp_path, short):
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{not json}\n" + lines(short)[0], encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        done = led.add([broken, tmp_path / "missing.txt"])
    assert len(done.added) == 1
    assert [f.reason for f in done.failed][1] == "does not exist"
    assert "JSON" in done.failed[0].reason


def test_each_batch_is_reported_once_it_is_stored(tmp_path, short):
    reported = []
    with comity.open(tmp_path / "l.duckdb", settings=Settings(batch_documents=16)) as led:
        led.add(short, notify=reported.append)
    assert [t.documents for t in reported] == [16, 16, 8]
    assert reported[-1].total == 40


def test_a_batch_waits_no_longer_than_its_seconds(tmp_path, short):
    reported = []
    with comity.open(tmp_path / "l.duckdb", settings=Settings(batch_seconds=0.0)) as led:
        led.add(short, notify=reported.append)
    assert len(reported) > 10


def test_an_interrupted_user_keeps_what_was_read(tmp_path, short):
    def stop(_):
        raise KeyboardInterrupt

    with comity.open(tmp_path / "l.duckdb", settings=Settings(batch_documents=8)) as led:
        with pytest.raises(KeyboardInterrupt):
            led.add(short, notify=stop)
        assert led.counts()["documents"] >= 8
        done = led.add(short)
        assert len(done.added) + len(done.duplicate) == 40
        assert led.check() == []


def test_the_place_of_a_second_copy_is_kept_too(tmp_path, short):
    again = tmp_path / "again.jsonl"
    again.write_text(lines(short)[0], encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(short)
        led.add(again)
        key = next(iter(led.sql("SELECT key FROM document WHERE id = 'r00000'")))["key"]
        assert len(led.places(key)) == 2


def test_a_ledger_stored_anew_in_other_orders_and_shards_exports_the_same_bytes(once):
    orders = program("orders")
    digests = orders.compare(once, 2)
    assert set(digests) == {digest(once)}


def test_a_report_whose_year_is_worked_out_from_its_text_is_added_once(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(
        "Russia and Mongolia will celebrate the 80th anniversary of their victory at Khalkhin Gol in 1939. "
        "The two presidents will sign a treaty of friendship in Ulaanbaatar, the ministry said.",
        encoding="utf-8",
    )
    with comity.open(tmp_path / "l.duckdb") as led:
        first, second = led.add(report), led.add(report)
        assert (len(first.added), len(second.added), len(second.duplicate)) == (1, 0, 1)
        assert led.check() == []
