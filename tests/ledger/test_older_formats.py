"""A ledger written by an earlier Comity opens: it is brought up when it is added to, and read as it is where it lies.

The fixtures were each written by the Comity of their format, from three made-up reports, with one judgement.
"""

import gzip
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import comity
from comity.ledger.schema import FORMAT, MIGRATIONS

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("format*.duckdb.gz"))
MORE = "Kenya and Uganda signed a fisheries agreement in Kampala on 2 June 2021."


@pytest.fixture(params=FIXTURES, ids=lambda p: p.name.split(".")[0])
def ledger(request, tmp_path) -> Path:
    path = tmp_path / "old" / "asia.duckdb"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def told(path: Path) -> list[tuple[str, list[str]]]:
    with comity.open(path) as led:
        facts = led.facts("KEN", "UGA")
        return sorted((f.kind, sorted(j.signed for j in f.judgements)) for f in facts)


def steps(path: Path) -> list[int]:
    with comity.open(path) as led:
        return [r["number"] for r in led.sql("SELECT number FROM migration ORDER BY number")]


def test_each_format_that_was_ever_written_has_its_ledger():
    assert [p.name for p in FIXTURES] == [f"format{m.number}.duckdb.gz" for m in MIGRATIONS]


def test_it_is_brought_up_when_reports_are_added_and_keeps_all_it_held(ledger, tmp_path):
    before = told(ledger)
    assert any(signed == ["A. Reader"] for _, signed in before)
    report = tmp_path / "more.txt"
    report.write_text(MORE, encoding="utf-8")
    with comity.open(ledger) as led:
        assert len(led.add(report).added) == 1
    assert steps(ledger) == list(range(1, FORMAT + 1))
    with comity.open(ledger) as led:
        assert led.check() == []
    after = told(ledger)
    assert len(after) > len(before)
    assert all(after.count(f) >= before.count(f) for f in before)


def test_it_is_read_as_it_is_in_a_folder_that_cannot_be_written(ledger):
    held = ledger.read_bytes()
    with tempfile.TemporaryDirectory() as folder, unprivileged(Path(folder)):
        path = Path(folder) / "asia.duckdb"
        path.write_bytes(held)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with pytest.raises(PermissionError):
            (Path(folder) / "more").touch()
        assert any(signed == ["A. Reader"] for _, signed in told(path))
        assert [p.name for p in Path(folder).iterdir()] == ["asia.duckdb"]
        assert path.read_bytes() == held
        assert steps(path) == list(range(1, len(steps(path)) + 1))
        Path(folder).chmod(0o755)


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
