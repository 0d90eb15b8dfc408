"""The file of a ledger: readers beside a writer, engines old and new, and every refusal in plain words."""

import os
import subprocess
import sys
from collections.abc import Sequence

import duckdb
import pytest

import comity
from comity.errors import LedgerError, LockedError
from comity.ledger import schema
from comity.ledger.store import STORAGE, Writer, snapshot_path


def run(*words: str, program: Sequence[str] = ("-m", "comity.cli")) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *program, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_ledger_that_does_not_exist_is_said_to_be_missing(tmp_path):
    done = run("dossier", str(tmp_path / "no.duckdb"), "RUS", "MNG")
    assert done.returncode == 1
    assert "does not exist" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_is_not_locked_out_by_a_writer(own):
    with comity.open(own) as led:
        assert led.counts()["documents"] == 4
    writer = Writer(own)
    try:
        done = run("check", str(own))
    finally:
        writer.close()
    assert done.returncode == 0
    assert "4 documents" in done.stderr


def test_a_second_writer_is_asked_to_wait(own, four):
    writer = Writer(own)
    try:
        done = run("add", str(own), str(four))
    finally:
        writer.close()
    assert done.returncode == 1
    assert "being written by another process" in done.stderr
    assert "Traceback" not in done.stderr
    assert run("add", str(own), str(four)).returncode == 0


_HOLD = """
import duckdb, sys, time
held = duckdb.connect(sys.argv[1])
held.execute("BEGIN")
print("held", flush=True)
time.sleep(60)
"""


def test_a_ledger_held_by_another_program_is_said_to_be_locked(own, four):
    with subprocess.Popen([sys.executable, "-c", _HOLD, str(own)], stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout.readline() == "held\n"
            with pytest.raises(LockedError, match="another process"):
                comity.open(own).add(four)
        finally:
            other.kill()


def test_a_copy_that_a_killed_writer_left_behind_is_published_anew(own, short):
    with comity.open(own) as led:
        led.counts()
    writer = Writer(own)
    with writer.transaction():
        writer.execute("INSERT INTO judgement VALUES (1, 'x', 'accept', '{}', 'a', '2020', NULL)")
    writer.close()  # without publishing
    with comity.open(own) as led:
        assert len(led.judgements()) == 1


def test_the_copy_is_whole_or_not_there(own):
    with comity.open(own) as led:
        led.counts()
    assert not list(own.parent.glob("*.part"))
    with duckdb.connect(str(snapshot_path(own)), read_only=True) as copy:
        assert copy.execute("SELECT count(*) FROM document").fetchone() == (4,)


def test_the_storage_format_is_the_pinned_one(own):
    with duckdb.connect(str(own), read_only=True) as held:
        tags = held.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchone()[0]
    assert tags["storage_version"].startswith(STORAGE)


def test_a_ledger_of_a_newer_comity_is_left_alone(own, four):
    writer = Writer(own)
    with writer.transaction():
        writer.execute("INSERT INTO migration VALUES (?, 'of the future')", [schema.FORMAT + 1])
    writer.close()
    before = own.read_bytes()
    for words in (["add", str(own), str(four)], ["check", str(own)]):
        done = run(*words)
        assert done.returncode == 1
        assert "newer Comity" in done.stderr
        assert "update comity" in done.stderr
    assert own.read_bytes() == before


def test_a_file_that_is_no_ledger_is_named(tmp_path, four):
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as held:
        held.execute("CREATE TABLE mine (a INT)")
    with pytest.raises(LedgerError, match="no ledger"):
        comity.open(other).add(four)
    text = tmp_path / "text.duckdb"
    text.write_text("hello" * 5000)
    with pytest.raises(LedgerError, match="damaged or no ledger"):
        comity.open(text).counts()


def test_a_damaged_ledger_is_named_with_its_published_copy(own, four):
    with comity.open(own) as led:
        led.counts()
    data = bytearray(own.read_bytes())
    data[4096 * 3 : 4096 * 40] = os.urandom(4096 * 37)
    own.write_bytes(data)
    done = run("add", str(own), str(four))
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert snapshot_path(own).name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_is_no_ledger(tmp_path, four):
    with pytest.raises(LedgerError, match="folder"):
        comity.open(tmp_path).add(four)


_FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from comity.cli import main
main(sys.argv[2:])
"""


@pytest.mark.parametrize("room", ["none for the log", "none for the copy"])
def test_a_full_disk_loses_nothing_that_was_acknowledged(own, short, room):
    with comity.open(own) as led:
        led.counts()
    size = 30_000 if room == "none for the log" else own.stat().st_size + 20_000
    done = run("add", str(own), str(short), program=["-c", _FULL, str(size)])
    assert done.returncode == 1
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    kept = 40 if "stored 40 documents" in done.stderr else 0
    assert kept == (0 if room == "none for the log" else 40)
    with comity.open(own) as led:
        assert led.check() == []
        assert led.counts()["documents"] == 4 + kept
        assert len(led.add(short).added) == 40 - kept


_NOBODY = """
import os, sys
import duckdb, comity.analysis.open_ledger, comity.cli, comity.reading
from comity.versions import versions
versions()  # what is loaded now needs no permission later
os.setgid(65534); os.setuid(65534)
comity.cli.main(sys.argv[1:])
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write here")
def test_a_read_only_folder_can_be_asked_but_not_added_to(own, four):
    with comity.open(own) as led:
        led.counts()
    for folder in own.parents:
        if str(folder) in ("/tmp", "/"):
            break
        folder.chmod(0o755)
    for path in own.parent.iterdir():
        path.chmod(0o644)

    def as_nobody(*words: str):
        return run(*words, program=["-c", _NOBODY])

    asked = as_nobody("check", str(own))
    if "Permission denied" in asked.stderr and "site-packages" in asked.stderr:
        pytest.skip("this installation cannot be read by another user")
    assert asked.returncode == 0, asked.stderr
    done = as_nobody("add", str(own), str(four))
    assert done.returncode == 1
    assert "read-only" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_ledger_opens_with_the_oldest_engine_that_is_promised(own):
    engine = os.environ.get("COMITY_OLD_PYTHON")
    if not engine:
        pytest.skip("set COMITY_OLD_PYTHON to a Python with duckdb 1.5.6")
    code = (
        "import duckdb, sys; print(duckdb.connect(sys.argv[1]).execute('SELECT count(*) FROM document').fetchone()[0])"
    )
    done = subprocess.run([engine, "-c", code, str(own)], capture_output=True, text=True, check=False, env={})
    assert done.stdout.strip() == "4", done.stderr


def test_no_progress_is_drawn_between_the_data_on_standard_output(tmp_path):
    import subprocess
    import sys

    # in a program without a file, as in a notebook, the database would draw a bar on standard output
    code = (
        "from pathlib import Path; import sys; from comity.ledger.store import Writer, reader\n"
        "path = Path(sys.argv[1]); w = Writer(path)\n"
        "ask = \"SELECT current_setting('enable_progress_bar')\"\n"
        "print(w.execute(ask).fetchone()[0]); w.publish(); w.close(); print(reader(path)[0].execute(ask).fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "l.duckdb")], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
