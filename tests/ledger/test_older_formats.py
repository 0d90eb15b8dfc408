"""A ledger written by an earlier Comity opens: it is brought up when it is added to, and read as it is where it lies.

The fixtures were each written by the Comity of their format, from three made-up reports, with one judgement.
"""

import gzip
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

import comity
from comity.ledger.schema import FORMAT, MIGRATIONS
from comity.ledger.store import STORAGE, snapshot_path

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("format*.duckdb.gz"))
MORE = "Kenya and Uganda signed a fisheries agreement in Kampala on 2 June 2021."


@pytest.fixture(params=FIXTURES, ids=lambda p: p.name.split(".")[0])
def ledger(request, tmp_path) -> Path:
    path = tmp_path / "old" / "asia.duckdb"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def judged_facts(path: Path) -> list[tuple[str, list[str]]]:
    with comity.open(path) as led:
        facts = led.facts("KEN", "UGA")
        return sorted((f.kind, sorted(j.signed for j in f.judgements)) for f in facts)


def steps(path: Path) -> list[int]:
    with comity.open(path) as led:
        return [r["number"] for r in led.sql("SELECT number FROM migration ORDER BY number")]


def test_each_format_that_was_ever_written_has_its_ledger():
    assert [p.name for p in FIXTURES] == [f"format{m.number}.duckdb.gz" for m in MIGRATIONS]


def test_it_is_brought_up_when_reports_are_added_and_keeps_all_that_it_had(ledger, tmp_path):
    before = judged_facts(ledger)
    assert any(signed == ["A. Reader"] for _, signed in before)
    report = tmp_path / "more.txt"
    report.write_text(MORE, encoding="utf-8")
    with comity.open(ledger) as led:
        assert len(led.add(report).added) == 1
    assert steps(ledger) == list(range(1, FORMAT + 1))
    with comity.open(ledger) as led:
        assert led.check() == []
    after = judged_facts(ledger)
    assert len(after) > len(before)
    assert all(after.count(f) >= before.count(f) for f in before)


def test_it_is_read_as_it_is_in_a_folder_that_cannot_be_written(ledger):
    stored = ledger.read_bytes()
    with tempfile.TemporaryDirectory() as folder, unprivileged(Path(folder)):
        path = Path(folder) / "asia.duckdb"
        path.write_bytes(stored)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with pytest.raises(PermissionError):
            (Path(folder) / "more").touch()
        assert any(signed == ["A. Reader"] for _, signed in judged_facts(path))
        assert [p.name for p in Path(folder).iterdir()] == ["asia.duckdb"]
        assert path.read_bytes() == stored
        assert steps(path) == list(range(1, len(steps(path)) + 1))
        Path(folder).chmod(0o755)


def missing_obligations(path: Path) -> list[list[str]]:
    with comity.open(path) as led:
        return [o.record["missing_obligations"] for o in led.observations("MNG", "RUS")]


def test_missing_obligations_of_alliances_have_the_same_name_in_a_ledger_that_named_them_otherwise(tmp_path):
    rows, path = tmp_path / "atop.csv", tmp_path / "a.duckdb"
    header = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul"
    rows.write_text(f"{header}\n712,365,1995,1,0,0,-9,0\n", encoding="utf-8")
    with comity.open(path) as led:
        led.import_("atop", rows)
    with duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE}) as old:
        old.execute("UPDATE observation SET body = replace(body, '\"missing_obligations\"', '\"untold\"')")
        old.execute("DELETE FROM migration WHERE number = 4")
    snapshot_path(path).write_bytes(path.read_bytes())
    assert missing_obligations(path) == [["nonaggression"]]
    assert steps(path)[-1] == 3
    with comity.open(path) as led:
        again = led.import_("atop", rows)
    assert (again.known, again.differing) == (1, 0)
    assert steps(path)[-1] == FORMAT
    assert missing_obligations(path) == [["nonaggression"]]


@contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """Works as a user whom permissions hold, which root is not."""
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, -1)
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
