"""The ledger as a user types it."""

import csv
import io
import json
import subprocess
import sys

import pytest

from comity.cli import main

KEY = "fact:agreement"


def comity(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "comity.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def said(capsys):
    """Runs a command in this process, which is faster; gives exit code, output and talk."""

    def run(*words: object) -> tuple[int, str, str]:
        class Out(io.StringIO):
            def reconfigure(self, **_: object) -> None:
                """As standard output has it."""

        out, kept = Out(), sys.stdout
        sys.stdout = out
        try:
            main([str(w) for w in words])
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            sys.stdout = kept
        return code, out.getvalue(), capsys.readouterr().err

    return run


def test_add_says_what_was_added_and_again_only_duplicates(tmp_path, four):
    first = comity("add", tmp_path / "l.duckdb", four)
    assert (first.returncode, first.stdout) == (0, "")
    assert "stored 4 documents (batch 1: 4 documents, " in first.stderr
    assert "4 added, 0 duplicate, 0 failed" in first.stderr
    again = comity("add", tmp_path / "l.duckdb", four)
    assert "0 added, 4 duplicate, 0 failed" in again.stderr


def test_add_lists_what_failed_and_ends_with_one(tmp_path, four):
    done = comity("add", tmp_path / "l.duckdb", tmp_path / "missing.txt", four)
    assert done.returncode == 1
    assert "missing.txt: does not exist" in done.stderr
    assert "4 added, 0 duplicate, 1 failed" in done.stderr


@pytest.mark.parametrize(
    ("form", "mark"), [("text", "In force (1)"), ("md", "## In force"), ("html", '<h2 id="in-force">In force</h2>')]
)
def test_the_dossier_comes_in_every_form_with_its_quotes(said, mongolia, form, mark):
    code, out, _ = said("dossier", mongolia, "RUS", "MNG", "--on", "2020-09-22", "--format", form)
    assert code == 0
    assert mark in out
    assert "entered into force on September 21, 2020" in out


def test_the_dossier_as_json_names_each_source(said, mongolia):
    _, out, _ = said("dossier", mongolia, "Russia", "Mongolia", "--on", "2020-09-22", "--format", "json")
    made = json.loads(out)
    assert (made["a"], made["b"]) == ("RUS", "MNG")
    assert all(s["quote"] and s["document"] for x in made["sections"] for line in x["lines"] for s in line["sources"])


def test_nothing_of_a_report_is_run_by_the_page(said, tmp_path):
    row = {
        "id": "<script>alert(1)</script>",
        "title": "<img src=x onerror=alert(1)>",
        "date": "2019-01-01",
        "text": "Kenya and Uganda signed a <b>fisheries</b> agreement.",
    }
    (tmp_path / "x.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    said("add", tmp_path / "l.duckdb", tmp_path / "x.jsonl")
    _, out, _ = said("dossier", tmp_path / "l.duckdb", "KEN", "UGA", "--format", "html")
    assert "<img" not in out
    assert "<script" not in out


def test_agreements_are_listed_by_stage_as_of_a_day(said, mongolia):
    code, out, _ = said("agreements", mongolia, "RUS", "--on", "2019-12-31", "--stage", "in force", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [(r["stage"], r["inferred"]) for r in rows] == [("in force", "True")]


def test_alerts_look_ahead_as_far_as_asked(said, mongolia):
    near = said("alerts", mongolia, "--on", "2019-12-31", "--within", "P6M", "--format", "jsonl")[1]
    far = said("alerts", mongolia, "--on", "2019-12-31", "--within", "P4Y", "--format", "jsonl")[1]
    assert near == ""
    assert {json.loads(x)["kind"] for x in far.splitlines()} == {"notice_deadline", "term_end"}


def test_events_say_whether_they_certainly_lie_in_the_year(said, mongolia):
    _, out, _ = said("events", mongolia, "RUS", "MNG", "--in", "2020", "--format", "jsonl")
    rows = [json.loads(x) for x in out.splitlines()]
    assert rows
    assert {r["in_window"] for r in rows} == {"certain"}
    assert all(r["scale"] and r["date"].startswith("2020") for r in rows)


def test_events_keep_types_and_days(said, mongolia):
    def listed(*words):
        return list(csv.DictReader(io.StringIO(said("events", mongolia, *words, "--format", "csv")[1])))

    everything = listed()
    days = listed("--since", "2019-09-01", "--until", "2019-09-30")
    assert {r["date"][:7] for r in days} == {"2019-09"}
    assert 0 < len(days) < len(everything)
    assert {r["event"] for r in listed("--type", "support")} == {"SUPPORT"}
    assert listed("--type", "assault") == []


def test_events_go_into_a_parquet_file(said, mongolia, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    said("events", mongolia, "RUS", "--format", "parquet", "--output", tmp_path / "e.parquet")
    assert "quad_code" in parquet.read_table(tmp_path / "e.parquet").column_names


def test_parquet_without_a_file_is_wrong_usage(mongolia):
    assert comity("events", mongolia, "--format", "parquet").returncode == 2


def test_show_shows_the_quote_in_context_the_acts_and_why(said, mongolia):
    _, out, _ = said("agreements", mongolia, "RUS", "--on", "2020-09-22", "--stage", "in force", "--format", "jsonl")
    key = json.loads(out)["id"]
    code, text, _ = said("show", mongolia, key)
    assert code == 0
    assert "2020-06-23  approved by RUS" in text
    assert "»Russia and Mongolia will sign" in text
    assert "confidence" in text
    made = json.loads(said("show", mongolia, key, "--format", "json")[1])
    assert made["statements"][0]["places"][0].endswith("four.jsonl")


def test_show_takes_the_id_that_read_prints(said, mongolia, four):
    out = said("read", four, "--format", "jsonl", "--kinds", "agreement")[1]
    key = next(r["id"] for r in map(json.loads, out.splitlines()) if r["kind"] == "agreement")
    assert said("show", mongolia, key)[0] == 0


def test_an_unknown_id_or_state_is_said_with_the_way_out(said, mongolia):
    code, _, err = said("show", mongolia, "fact:event:0")
    assert (code, "holds no fact" in err) == (1, True)
    code, _, err = said("dossier", mongolia, "RUS", "Atlantis")
    assert (code, "write its code" in err) == (2, True)
    code, _, err = said("dossier", mongolia, "RUS", "MNG", "--on", "someday")
    assert (code, "YYYY-MM-DD" in err) == (2, True)


def test_a_judgement_is_signed_on_the_command_line(said, own):
    key = json.loads(said("agreements", own, "--on", "2020-09-22", "--stage", "in force", "--format", "jsonl")[1])["id"]
    code, _, err = said("judge", own, key, "correct", "place=Moscow", "--by", "C. Archivist", "--date", "2022-02-02")
    assert (code, "judgement 1" in err) == (0, True)
    assert "place=Moscow — C. Archivist" in said("show", own, key)[1]
    assert comity("judge", own, key, "accept").returncode == 2


def test_check_is_silent_and_zero_where_all_is_sound(said, mongolia):
    code, out, err = said("check", mongolia)
    assert (code, out) == (0, "")
    assert "sound: 4 documents" in err


@pytest.mark.parametrize(
    ("damage", "reported"),
    [
        ("UPDATE document SET text = text || '.' WHERE id = 'duma'", "its text has changed"),
        ("UPDATE statement SET quote = 'x' WHERE kind = 'agreement'", "its quote is not at its offsets"),
        ("DELETE FROM document WHERE id = 'duma'", "which is not in the ledger"),
        ("INSERT INTO document FROM document LIMIT 1", "stands there twice"),
        ("DELETE FROM statement WHERE kind = 'event'", "acknowledged"),
        ("INSERT INTO judgement VALUES (1, 'fact:x', 'accept', '{}', 'a', '2020', NULL)", "holds nothing any more"),
    ],
)
def test_check_finds_what_is_wrong(said, own, damage, reported):
    import duckdb

    with duckdb.connect(str(own)) as held:
        held.execute(damage)
    code, out, _ = said("check", own)
    assert code == 1
    assert reported in out


def test_sql_reads_and_nothing_else(said, mongolia):
    assert said("sql", mongolia, "SELECT count(*) AS n FROM document", "--format", "csv")[1] == "n\n4\n"
    for query in (
        "DELETE FROM document",
        "COPY document TO '/tmp/stolen.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SET enable_external_access=true",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL httpfs",
        "SELEC 1",
    ):
        code, _, err = said("sql", mongolia, query)
        assert (code, "refused" in err) == (1, True), query


def test_sql_ends_after_its_limits(mongolia):
    import comity as library
    from comity.errors import LedgerError
    from comity.settings import Settings

    long = "SELECT sum(sqrt(a.range) * b.range) FROM range(10000000) a, range(10000000) b"
    with (
        library.open(mongolia, settings=Settings(query_seconds=0.3)) as led,
        pytest.raises(LedgerError, match="longer"),
    ):
        led.sql(long)
    with library.open(mongolia, settings=Settings(query_rows=10)) as led, pytest.raises(LedgerError, match="LIMIT"):
        led.sql("SELECT * FROM range(11)")
    with (
        library.open(mongolia, settings=Settings(query_memory="20MB")) as led,
        pytest.raises(LedgerError, match="emory"),
    ):
        led.sql("SELECT list(range) FROM range(50000000)")


def test_the_library_gives_frames_and_says_what_is_missing(mongolia, monkeypatch):
    import comity as library
    from comity.errors import MissingExtraError

    with library.open(mongolia) as led:
        found = led.events("RUS", "MNG")
    assert len(found.df()) == len(found.pl()) == found.arrow().num_rows == len(found)
    for package, ask in (("pandas", found.df), ("polars", found.pl), ("pyarrow", found.arrow)):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(MissingExtraError, match=r"pip install 'comity\["):
            ask()
