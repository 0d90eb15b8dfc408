"""What holds of every import: in bulk, once, nothing lost, every row with its source."""

import gzip
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

import comity
from comity.errors import FactError, InputError
from comity.settings import Settings

SAMPLES = Path(__file__).parent / "samples"

TRADE = SAMPLES / "cow_trade.csv"


def command(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "comity.cli", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)


def test_import_shows_version_licence_and_citation_and_counts(tmp_path):
    done = command("import", "cow_trade", TRADE, tmp_path / "l.duckdb")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "Correlates of War Trade 4.0 (covers 1870–2014)" in done.stderr
    assert "licence: free for research with citation" in done.stderr
    assert "Barbieri" in done.stderr
    assert "5 rows read, 15 observations added, 0 known, 0 malformed, 0 files failed" in done.stderr


def test_the_list_of_kinds_needs_no_ledger():
    done = command("import", "--list")
    assert done.returncode == 0
    assert "cow_trade" in done.stdout
    assert "4.0" in done.stdout


def test_importing_again_adds_nothing(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        first = led.import_("cow_trade", TRADE)
        again = led.import_("cow_trade", [TRADE])
        assert (first.added, again.added, again.known, again.differing) == (15, 0, 15, 0)
        assert len(led.observations()) == 15
        assert [s.key for s in led.sources()] == ["cow_trade@4.0"]


def test_a_revised_row_is_told_and_another_version_keeps_both(tmp_path):
    revised = tmp_path / "revised.csv"
    revised.write_text(TRADE.read_text().replace("2000,5500", "2001,5500"))
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_("cow_trade", TRADE)
        done = led.import_("cow_trade", revised)
        # China's own row and the two-way total changed with it
        assert (done.added, done.differing) == (0, 2)
        other = led.import_("cow_trade", revised, "4.1")
        assert other.added == 15
        values = {o.source: o.value for o in led.observations("CHN", measures=("trade",), first=date(2014, 1, 1))}
    assert values == {"cow_trade@4.0": 7.5e9, "cow_trade@4.1": 7.501e9}


def test_an_unknown_version_is_told_by_what_it_holds(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_("cow_trade", TRADE, "9.9")
        (source,) = led.sources()
    assert source.coverage == "covers 1970–2014"


def test_a_malformed_row_is_listed_with_its_line_and_the_rest_goes_in(tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text(TRADE.read_text() + "712,710,x,1,2,1,2\n712,999,1999,1,2,1,2\n712\n")
    done = command("import", "cow_trade", broken, tmp_path / "l.duckdb")
    assert done.returncode == 1
    assert f"malformed: {broken}:7: " in done.stderr
    assert f"malformed: {broken}:8: cow code '999' is in no table" in done.stderr
    assert f"malformed: {broken}:9: has 1 cells, not 5" in done.stderr
    assert "8 rows read, 15 observations added, 0 known, 3 malformed" in done.stderr


def test_no_more_malformed_rows_are_listed_than_set(tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text(TRADE.read_text() + "712,710,x,1,2,1,2\n" * 5)
    with comity.open(tmp_path / "l.duckdb", settings=Settings(malformed_listed=2)) as led:
        done = led.import_("cow_trade", broken)
    assert (done.malformed, len(done.listed)) == (5, 2)


def test_other_columns_are_refused_by_name_and_other_files_still_go_in(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    done = command("import", "cow_trade", other, TRADE, tmp_path / "missing.csv", tmp_path / "l.duckdb")
    assert done.returncode == 1
    assert "it begins with a, b; expected are ccode1, ccode2, year, flow1, flow2" in done.stderr
    assert "missing.csv: does not exist" in done.stderr
    assert "15 observations added, 0 known, 0 malformed, 2 files failed" in done.stderr


def test_gzip_and_zip_are_unpacked(tmp_path):
    packed, archive = tmp_path / "t.csv.gz", tmp_path / "t.zip"
    packed.write_bytes(gzip.compress(TRADE.read_bytes()))
    with zipfile.ZipFile(archive, "w") as z:
        z.writestr("README.txt", "no table")
        z.write(TRADE, "data/t.csv")
    with comity.open(tmp_path / "l.duckdb") as led:
        assert led.import_("cow_trade", packed).added == 15
        assert led.import_("cow_trade", archive).known == 15


def test_a_damaged_gzip_says_so(tmp_path):
    packed = tmp_path / "t.csv.gz"
    packed.write_bytes(gzip.compress(TRADE.read_bytes())[:60])
    with comity.open(tmp_path / "l.duckdb") as led:
        (failure,) = led.import_("cow_trade", packed).failed
    assert "damaged" in failure.reason


def test_rows_stored_in_stretches_are_the_same(tmp_path):
    def rows(size: int) -> list[object]:
        with comity.open(tmp_path / f"{size}.duckdb", settings=Settings(import_rows=size)) as led:
            led.import_("cow_trade", TRADE)
            return list(led.observations())

    assert rows(2) == rows(1000)


def test_an_unknown_kind_names_the_kinds(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led, pytest.raises(InputError, match="cow_trade"):
        led.import_("cow_trades", TRADE)


def test_observations_are_found_by_states_measure_source_and_time(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_("cow_trade", TRADE)
        assert {o.a for o in led.observations("RUS", "MNG", measures=("imports",))} == {"SUN", "RUS", "MNG"}
        assert len(led.observations("Soviet Union", "Mongolia")) == 9
        assert len(led.observations("CHN", sources=("cow_trade@4.0",), kinds=("figure",))) == 6
        assert led.observations("CHN", sources=("atop",)) == []
        years = {o.first.year for o in led.observations(first=date(1992, 5, 1), last=date(1993, 2, 1)) if o.first}
        assert years == {1992, 1993}
        one = led.observation("cow_trade@4.0/712-365-1992-imports")
        assert (one.a, one.b, one.value) == ("MNG", "RUS", 214e6)
        with pytest.raises(FactError, match="holds no observation"):
            led.observation("cow_trade@4.0/nothing")


def test_a_ledger_of_reports_alone_has_no_observations(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(SAMPLES.parents[1] / "ledger" / "reports" / "four.jsonl")
        assert (led.observations(), led.sources()) == ([], [])
