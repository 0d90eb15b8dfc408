"""A wrong file in place of a ledger: a clear word, and the folder is as it was."""

import subprocess
import sys

import duckdb
import pytest

import comity
from comity.errors import LedgerError

REPORT = "Ghana and Togo signed a border agreement in Accra on 4 March 2019.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "table.csv").write_text("id,price\n1,2\n", encoding="utf-8")
    (tmp_path / "nothing").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.duckdb").write_bytes(b"\x89PNG" + bytes(range(256)) * 20)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as made:
        made.execute("CREATE TABLE shop (price INTEGER)")
    duckdb.connect(str(tmp_path / "blank.duckdb")).close()
    (tmp_path / "cut.duckdb").write_bytes((tmp_path / "other.duckdb").read_bytes()[:5000])
    return tmp_path


def held(folder):
    return {p.name: p.read_bytes() if p.is_file() else sorted(p.iterdir()) for p in folder.iterdir()}


WRONG = ["report.txt", "table.csv", "nothing", "empty", "picture.duckdb", "other.duckdb", "cut.duckdb"]


@pytest.mark.parametrize("wrong", [*WRONG, "blank.duckdb", "typo.duckdb", "no folder/x.duckdb", "report.txt/x"])
def test_asking_what_is_no_ledger_is_refused_and_leaves_nothing_behind(folder, wrong):
    before = held(folder)
    for ask in (
        lambda ledger: ledger.dossier("GHA", "TGO"),
        lambda ledger: ledger.facts("GHA"),
        lambda ledger: ledger.rebuild(),
    ):
        with pytest.raises(LedgerError, match=wrong.replace(".", r"\.")), comity.open(wrong) as ledger:
            ask(ledger)
    assert held(folder) == before


@pytest.mark.parametrize("wrong", [*WRONG, "no folder/x.duckdb", "report.txt/x"])
def test_adding_to_what_is_no_ledger_is_refused_and_leaves_nothing_behind(folder, wrong):
    before = held(folder)
    with pytest.raises(LedgerError), comity.open(wrong) as ledger:
        ledger.add("report.txt")
    with pytest.raises(LedgerError), comity.open(wrong) as ledger:
        ledger.import_("icews", "table.csv")
    assert held(folder) == before


@pytest.mark.parametrize("mistyped", ["reprot.txt", "empty", "other.duckdb", "no folder/report.txt"])
def test_a_new_ledger_of_mistyped_inputs_only_is_not_made(folder, mistyped):
    before = held(folder)
    with comity.open("new.duckdb") as ledger:
        assert ledger.add(mistyped).failed
    assert held(folder) == before
    with comity.open("new.duckdb") as ledger:
        ledger.add("report.txt")
        assert ledger.facts("GHA")


def test_a_ledger_that_was_added_to_stays_when_a_later_input_is_mistyped(folder):
    with comity.open("new.duckdb") as ledger:
        ledger.add("report.txt")
        ledger.add("reprot.txt")
        assert ledger.facts("GHA")
    assert (folder / "new.duckdb").exists()


def test_a_ledger_that_was_moved_without_its_lock_and_copy_is_read(folder):
    with comity.open("new.duckdb") as ledger:
        ledger.add("report.txt")
    (folder / "new.duckdb").rename(folder / "empty" / "moved.duckdb")
    with comity.open("empty/moved.duckdb") as ledger:
        assert ledger.facts("GHA")


@pytest.mark.parametrize("command", [["sql", "report.txt", "SELECT 1"], ["add", "report.txt", "report.txt"]])
def test_the_command_line_says_so_in_one_line(folder, command):
    before = held(folder)
    done = subprocess.run([sys.executable, "-m", "comity.cli", *command], capture_output=True, check=False)
    assert done.returncode in {1, 2}
    assert done.stdout == b""
    assert b"report.txt: is damaged or no ledger" in done.stderr
    assert b"Traceback" not in done.stderr
    assert held(folder) == before
