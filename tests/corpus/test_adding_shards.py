"""Coded shards in a ledger: the same ledger as from the articles themselves, whatever coded them and in what order."""

import contextlib
import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time

import duckdb
import pytest

import comity
from comity.corpus.merge import merge
from comity.errors import InputError, LedgerError
from comity.ledger.shard import COPIES_NAME
from comity.settings import Settings

from .conftest import copied, reports, run, write


def digest(path) -> str:
    with comity.open(path) as led:
        assert led.check() == []
        return hashlib.sha256("".join(led.export()).encode()).hexdigest()


def pairs(path) -> list[tuple[object, ...]]:
    with comity.open(path) as led:
        return [tuple(r.values()) for r in led.sql("SELECT document, other, share FROM copy ORDER BY ALL")]


@pytest.fixture(scope="session")
def wires(tmp_path_factory):
    """Two wires' reports: some are copies of one another, one stands in both, one twice, some have no day."""
    folder = tmp_path_factory.mktemp("wires") / "news"
    rows = reports(12)
    ours = [copied(r, "NAIROBI:") for r in rows[:6]]
    undated = {**copied(rows[2], "PARIS:"), "date": None}
    near = {**copied(rows[3], "TOKYO:"), "date": "2019-04-10"}
    write(folder / "a.jsonl", [*rows[6:], *ours, rows[6]])
    write(folder / "b.jsonl", [copied(r, "LONDON:") for r in rows[:4]] + [undated, near, ours[5], rows[7]])
    return folder


@pytest.fixture(scope="session")
def articles(tmp_path_factory, wires):
    """A ledger of the articles themselves."""
    path = tmp_path_factory.mktemp("articles") / "l.duckdb"
    with comity.open(path) as led:
        led.add(wires)
    assert len(pairs(path)) > 5
    return path


@pytest.fixture(scope="session")
def shards(tmp_path_factory, wires):
    out = tmp_path_factory.mktemp("shards") / "out"
    assert run("code-corpus", wires, out, "--jobs", 2).returncode == 0
    return out


def test_shards_give_the_ledger_that_the_articles_give(tmp_path, shards, articles):
    with comity.open(tmp_path / "l.duckdb") as led:
        done = led.add(shards)
    assert (done.taken, done.known) == (18, 3)
    assert digest(tmp_path / "l.duckdb") == digest(articles)
    assert pairs(tmp_path / "l.duckdb") == pairs(articles)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_one_shard_after_the_other_in_any_order_gives_the_same(tmp_path, shards, articles, order):
    files = sorted(shards.glob("*.parquet"))
    for n in order:
        with comity.open(tmp_path / "l.duckdb") as led:
            led.add(files[n])
    assert digest(tmp_path / "l.duckdb") == digest(articles)


@pytest.mark.parametrize("jobs", [1, 2])
def test_merged_shards_bring_their_copies_and_give_the_same(tmp_path, shards, articles, jobs):
    out = shutil.copytree(shards, tmp_path / "out")
    done = merge(out, jobs=jobs)
    assert (done.documents, done.twice, done.copies) == (18, 3, len(pairs(articles)))
    rows = duckdb.sql(f"FROM '{out / COPIES_NAME}' ORDER BY ALL").fetchall()
    assert rows == pairs(articles)
    with comity.open(tmp_path / "l.duckdb") as led:
        assert led.add(out).notes == ()
    assert digest(tmp_path / "l.duckdb") == digest(articles)
    assert pairs(tmp_path / "l.duckdb") == pairs(articles)


def test_the_merge_gives_the_same_bytes_for_any_number_of_processes(tmp_path, shards):
    made = set()
    for jobs in (1, 2):
        out = shutil.copytree(shards, tmp_path / f"out{jobs}")
        assert run("merge-corpus", out, "--jobs", jobs).returncode == 0
        made.add((out / COPIES_NAME).read_bytes())
        assert list(out.glob(".*")) == []
    assert len(made) == 1


def test_pairs_that_were_merged_are_taken_from_the_table(tmp_path, shards):
    # the test could not show otherwise whether the table was used: here it says that there are none
    out = shutil.copytree(shards, tmp_path / "out")
    merge(out)
    table = out / COPIES_NAME
    with duckdb.connect() as con:
        seal = con.execute(f"SELECT decode(value) FROM parquet_kv_metadata('{table}')").fetchone()[0]
        con.execute(f"CREATE TABLE copy AS FROM '{table}' LIMIT 0")
        con.execute(f"COPY copy TO '{table}' (FORMAT parquet, KV_METADATA {{comity: '{seal}'}})")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(out)
    assert pairs(tmp_path / "l.duckdb") == []


def test_a_table_of_other_shards_is_not_used_and_that_is_said(tmp_path, shards, articles):
    out = shutil.copytree(shards, tmp_path / "out")
    last = out / "b.jsonl.parquet"
    aside = last.rename(tmp_path / "b.parquet")
    merge(out)
    aside.rename(last)
    done = run("add", tmp_path / "l.duckdb", out)
    assert done.returncode == 0
    assert "not of the shards and rules of now" in done.stderr
    assert digest(tmp_path / "l.duckdb") == digest(articles)


def test_shards_and_articles_mix(tmp_path, shards, wires, articles):
    out = shutil.copytree(shards, tmp_path / "out")
    merge(out)
    other = write(tmp_path / "c.jsonl", [copied(r, "DELHI:") for r in reports(8)])
    both = tmp_path / "both.duckdb"
    with comity.open(both) as led:
        led.add([wires, other])
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(other)
        led.add(out)  # the ledger holds what the table does not know of
        assert led.add(wires).added == ()
    assert digest(tmp_path / "l.duckdb") == digest(both)
    assert pairs(tmp_path / "l.duckdb") == pairs(both)


def test_adding_shards_again_adds_nothing(tmp_path, shards):
    for added, duplicate in ((18, 3), (0, 21)):
        done = run("add", tmp_path / "l.duckdb", shards)
        assert done.returncode == 0
        assert f"{added} added, {duplicate} duplicate" in done.stderr


def test_places_of_articles_are_kept_without_the_paths_of_a_machine(tmp_path, shards):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(shards)
        places = {r["place"] for r in led.sql("SELECT place FROM origin")}
    assert places == {"a.jsonl", "b.jsonl"}


def _of_another_version(shard):
    """The same shard, said to be coded with other tables."""
    with duckdb.connect() as con:
        seal = json.loads(con.execute(f"SELECT decode(value) FROM parquet_kv_metadata('{shard}')").fetchone()[0])
        seal["versions"]["tables"] = "00000000"
        con.execute(f"CREATE TABLE s AS FROM '{shard}'")
        con.execute(f"COPY s TO '{shard}' (FORMAT parquet, KV_METADATA {{comity: '{json.dumps(seal)}'}})")


def test_shards_of_another_version_are_refused_or_read_anew(tmp_path, shards, articles):
    out = shutil.copytree(shards, tmp_path / "out")
    _of_another_version(out / "b.jsonl.parquet")
    done = run("add", tmp_path / "l.duckdb", out)
    assert done.returncode == 1
    assert "b.jsonl.parquet: was coded by Comity" in done.stderr
    assert "--read-again" in done.stderr
    assert "Traceback" not in done.stderr
    # not one of them is stored, also not of the shard that fits: a ledger that holds nothing is not left behind
    assert not (tmp_path / "l.duckdb").exists()
    with pytest.raises(LedgerError, match="was coded by"):
        merge(out)
    done = run("add", tmp_path / "l.duckdb", out, "--read-again")
    assert (done.returncode, "18 added" in done.stderr) == (0, True)
    assert digest(tmp_path / "l.duckdb") == digest(articles)


def test_a_damaged_shard_is_said_to_be_so_and_what_was_stored_stays(tmp_path, shards):
    out = shutil.copytree(shards, tmp_path / "out")
    data = bytearray((out / "b.jsonl.parquet").read_bytes())
    data[100:3000] = bytes(2900)
    (out / "b.jsonl.parquet").write_bytes(bytes(data))
    done = run("add", tmp_path / "l.duckdb", out)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    with comity.open(tmp_path / "l.duckdb") as led:
        assert led.check() == []
        assert led.counts()["documents"] == 12


def test_a_kill_while_shards_are_added_loses_and_doubles_nothing(tmp_path, shards, articles):
    out = shutil.copytree(shards, tmp_path / "out")
    merge(out)
    began, killed = time.monotonic(), 0
    assert run("add", tmp_path / "unhurt.duckdb", out).returncode == 0
    whole = time.monotonic() - began
    command = [sys.executable, "-m", "comity.cli", "add", str(tmp_path / "l.duckdb"), str(out)]
    for share in (0.2, 0.4, 0.55, 0.7, 0.8, 0.9):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(whole * share)
            killed += process.poll() is None
            process.send_signal(signal.SIGKILL)
    assert killed  # on a machine of any speed some of them were at work
    assert run("add", tmp_path / "l.duckdb", out).returncode == 0
    assert digest(tmp_path / "l.duckdb") == digest(articles)
    assert pairs(tmp_path / "l.duckdb") == pairs(articles)


def test_a_merge_that_may_use_little_memory_finds_the_same(tmp_path, shards, articles):
    out = shutil.copytree(shards, tmp_path / "out")
    assert merge(out, settings=Settings(merge_memory="60MB")).copies == len(pairs(articles))


def test_what_a_killed_run_left_behind_is_no_shard(tmp_path, shards):
    out = shutil.copytree(shards, tmp_path / "out")
    left = out / ".c.jsonl.parquet.here.1.part"
    left.mkdir()
    (left / "shard.parquet").write_bytes(b"PAR1 and no more")
    assert merge(out).shards == 2
    assert run("add", tmp_path / "l.duckdb", out).returncode == 0


def test_a_folder_without_shards_cannot_be_merged(tmp_path):
    with pytest.raises(InputError, match="code-corpus"):
        merge(tmp_path)
    assert run("merge-corpus", tmp_path).returncode == 1


def test_a_shard_cannot_be_read_as_an_article(shards):
    done = run("read", shards / "a.jsonl.parquet")
    assert done.returncode == 1
    assert "comity add" in done.stderr
