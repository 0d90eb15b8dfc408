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
    done = command("import", tmp_path / "l.duckdb", "cow_trade", TRADE)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "Correlates of War Trade 4.0 (covers 1870–2014)" in done.stderr
    assert "licence: free for research with citation" in done.stderr
    assert "Barbieri" in done.stderr
    assert "5 rows read, 15 observations added, 0 known, 0 differing, 0 malformed, 0 files failed" in done.stderr


def test_an_import_says_that_acts_of_many_are_taken_apart_and_where_coverage_changes(tmp_path):
    done = command("import", tmp_path / "l.duckdb", "polecat", SAMPLES / "polecat.txt")
    assert "note: a row with several actors becomes one observation per pair" in done.stderr
    assert "5 rows read, 8 observations added" in done.stderr
    done = command("import", tmp_path / "l.duckdb", "terrier", SAMPLES / "terrier.csv")
    assert "note: the sources of TERRIER's stories change in 2015" in done.stderr


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


def test_a_revised_row_is_reported_and_another_version_keeps_both(tmp_path):
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


def test_an_unknown_version_is_named_by_what_it_covers(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_("cow_trade", TRADE, "9.9")
        (source,) = led.sources()
    assert source.coverage == "covers 1970–2014"


def test_a_malformed_row_is_listed_with_its_line_and_the_rest_goes_in(tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text(TRADE.read_text() + "712,710,x,1,2,1,2\n712,999,1999,1,2,1,2\n712\n")
    done = command("import", tmp_path / "l.duckdb", "cow_trade", broken)
    assert done.returncode == 1
    assert f"malformed: {broken}:7: " in done.stderr
    assert f"malformed: {broken}:8: unknown cow code '999'" in done.stderr
    assert f"malformed: {broken}:9: has 1 cells, not 5" in done.stderr
    assert "8 rows read, 15 observations added, 0 known, 0 differing, 3 malformed" in done.stderr


def test_no_more_malformed_rows_are_listed_than_set(tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text(TRADE.read_text() + "712,710,x,1,2,1,2\n" * 5)
    with comity.open(tmp_path / "l.duckdb", settings=Settings(malformed_listed=2)) as led:
        done = led.import_("cow_trade", broken)
    assert (done.malformed, len(done.listed)) == (5, 2)


def test_other_columns_are_refused_by_name_and_other_files_still_go_in(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    done = command("import", tmp_path / "l.duckdb", "cow_trade", other, TRADE, tmp_path / "missing.csv")
    assert done.returncode == 1
    assert "it begins with a, b; expected: ccode1, ccode2, year, flow1, flow2" in done.stderr
    assert "missing.csv: does not exist" in done.stderr
    assert "15 observations added, 0 known, 0 differing, 0 malformed, 2 files failed" in done.stderr


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


EVERY = {
    "gdelt": ["gdelt2.tsv", "gdelt_mentions.tsv"],
    "icews": ["icews.tab", "icews_list.tsv"],
    "polecat": ["polecat.txt", "ngec.jsonl"],
    "phoenix": ["phoenix.txt", "phoenix_historical.csv"],
    "terrier": ["terrier.csv"],
    "acled": ["acled.csv"],
    "ucdp_ged": ["ucdp_ged.csv"],
    "cow_states": ["cow_states.csv"],
    "cow_alliances": ["cow_alliances.csv"],
    "cow_trade": ["cow_trade.csv", "cow_trade_national.csv"],
    "cow_diplomatic": ["cow_diplomatic.csv"],
    "cow_igo": ["cow_igo.csv", "cow_igo_dyads.csv", "cow_igo_counts.csv"],
    "cow_contiguity": ["cow_contiguity.csv"],
    "atop": ["atop.csv", "atop_ddyr.csv"],
    "wti": ["wti.tsv"],
    "unts": ["unts.csv"],
    "desta": ["desta.csv"],
    "gptad": ["gptad.csv"],
    "manytreaties": ["manytreaties.csv"],
    "lowy": ["lowy.csv"],
    "diplometrics": ["diplometrics.csv"],
    "colt": ["colt.csv"],
    "us_travels": ["us_travels.csv"],
    "comtrade": ["comtrade.csv"],
    "world_bank": ["world_bank.csv"],
    "sipri": ["sipri.csv"],
    "aiddata": ["aiddata.csv", "aiddata_china.csv"],
    "fbic": ["fbic.csv"],
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """A ledger of every sample."""
    path = tmp_path_factory.mktemp("every") / "every.duckdb"
    with comity.open(path) as led:
        for kind, files in EVERY.items():
            done = led.import_(kind, [SAMPLES / f for f in files])
            assert (done.malformed, done.failed) == (0, ()), (kind, done.listed, done.failed)
            assert done.added > 0, kind
    return path


def test_every_kind_that_is_listed_has_a_sample_and_a_release():
    from comity.data_sets.catalogue import data_sets
    from comity.data_sets.data_set import releases

    assert set(EVERY) == set(data_sets()) == {r.kind for r in releases()}
    assert all(r.licence and r.citation and r.title and r.version for r in releases())


def test_a_ledger_of_every_data_set_is_sound_and_again_adds_nothing(everything):
    with comity.open(everything) as led:
        assert led.check() == []
        before = len(led.observations())
        for kind, files in EVERY.items():
            assert led.import_(kind, [SAMPLES / f for f in files]).added == 0, kind
        assert len(led.observations()) == before


def test_every_observation_has_its_source_and_the_codes_of_its_block(everything):
    with comity.open(everything) as led:
        keys = {s.key for s in led.sources()}
        for o in led.observations():
            assert o.source in keys
            assert o.id == f"{o.source}/{o.row}"
            assert {c for c in (o.a, o.b) if c} == set() or o.block, o
            assert o.block == " ".join(sorted(o.block.split())), o


def test_the_export_is_the_same_in_whatever_order_it_was_imported(everything, tmp_path):
    with comity.open(tmp_path / "other.duckdb") as led:
        for kind, files in reversed(EVERY.items()):
            led.import_(kind, [SAMPLES / f for f in files])
        other = list(led.export())
    with comity.open(everything) as led:
        assert list(led.export()) == other


def test_rebuilding_keeps_what_was_imported(everything, tmp_path):
    path = tmp_path / "own.duckdb"
    path.write_bytes(everything.read_bytes())
    with comity.open(path) as led:
        before = list(led.export())
        led.rebuild()
        assert list(led.export()) == before
        assert led.check() == []
        assert led.sql("SELECT count(*) FROM import_run").rows[0][0] > 0


def test_check_finds_an_observation_that_breaks_the_rules(everything, tmp_path):
    import duckdb

    path = tmp_path / "own.duckdb"
    path.write_bytes(everything.read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE observation SET value = 0 WHERE row = '365-712-1970-trade'")
        connection.execute("DELETE FROM source WHERE key = 'atop@5.1'")
        connection.execute("INSERT INTO observation SELECT * FROM observation WHERE row = '712-365-1992-imports'")
    with comity.open(path) as led:
        faults = led.check()
    assert "observations of data set atop@5.1, which is not in the ledger" in faults
    assert any("365-712-1970-trade breaks the rules" in f for f in faults)
    assert "observation cow_trade@4.0/712-365-1992-imports stands there twice" in faults


def test_mentions_belong_to_their_event_and_orphans_are_noted(everything):
    with comity.open(everything) as led:
        assert [m[0] for m in led.mentions("gdelt@2.0/9000000")] == ["https://example.org/a", "https://example.org/b"]
        assert any("1 mentions of gdelt@2.0 speak of events that are not imported" in n for n in led.notes())


def test_sql_sees_observations(everything):
    done = command("sql", everything, "SELECT count(*) AS n FROM observation WHERE kind = 'tie'", "--format", "csv")
    assert int(done.stdout.splitlines()[1]) > 20


def test_a_day_of_gdelt_under_the_wrong_version_is_refused(tmp_path):
    done = command("import", tmp_path / "l.duckdb", "gdelt", SAMPLES / "gdelt1.tsv")
    assert done.returncode == 1
    assert "import it with --version 1.0" in done.stderr


def test_an_import_that_was_killed_goes_on(tmp_path):
    from comity.bench.synthesis import gdelt_day

    day = tmp_path / "day.csv"
    day.write_text("".join(f"{row}\n" for row in gdelt_day(4000)))
    path = tmp_path / "l.duckdb"
    code = (
        "import os, sys, comity\n"
        "from comity.settings import Settings\n"
        "led = comity.open(sys.argv[2], settings=Settings(import_rows=1000))\n"
        "led.import_('gdelt', sys.argv[1], notify=lambda p: p.rows >= 2000 and os.kill(os.getpid(), 9))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(day), str(path)], check=False, timeout=120)
    assert done.returncode == -9
    with comity.open(path) as led:
        assert len(led.observations()) == 2000
        again = led.import_("gdelt", day)
        assert (again.added, again.known) == (2000, 2000)
        assert led.check() == []


def test_the_page_on_data_sets_names_every_kind_with_its_version_and_licence():
    from comity.data_sets.data_set import releases

    page = (Path(__file__).parents[2] / "docs" / "data-sets.md").read_text(encoding="utf-8")
    for r in releases():
        assert f"| `{r.kind}` | {r.version} | [{r.title}]" in page
        assert r.licence in page


def test_bench_measures_a_made_up_day():
    done = command("bench", "import", "--limit", "500")
    assert done.returncode == 0
    assert "500 rows of GDELT" in done.stdout
    assert "again: " in done.stdout
    assert "0 added; peak memory" in done.stdout
