"""The command line as a user types it, in a process of its own."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from comity.settings import DEFAULTS

REPORT = (
    "Kenyan President William Ruto visited Uganda on Tuesday. Kenya and Uganda signed a trade agreement in Kampala."
)


def comity(*words: str, stdin: bytes | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "comity.cli", *words],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **env},
        timeout=120,
    )


@pytest.fixture
def report(tmp_path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_read_prints_facts_with_their_quotes(report):
    done = comity("read", str(report))
    assert done.returncode == 0
    assert "Agreements (1)" in done.stdout.decode()
    assert "“" in done.stdout.decode()


def test_jsonl_on_standard_output_is_data_alone(report):
    done = comity("read", str(report), "--format", "jsonl")
    rows = [json.loads(x) for x in done.stdout.decode().splitlines()]
    assert {"document", "agreement"} <= {r["kind"] for r in rows}


def test_csv_has_one_header_for_several_reports(report):
    done = comity("read", str(report), str(report), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert sum(r["kind"] == "document" for r in rows) == 2


def test_html_is_one_page(report):
    done = comity("read", str(report), str(report), "--format", "html")
    assert done.stdout.count(b"<!doctype html>") == 1


def test_a_report_can_be_piped_in():
    done = comity("read", "-", "--format", "jsonl", stdin=REPORT.encode())
    assert done.returncode == 0
    assert b'"agreement"' in done.stdout


def test_kinds_and_publication_date_are_kept(report):
    done = comity("read", str(report), "--kinds", "visit", "--published", "2023-05-11", "--format", "jsonl")
    rows = [json.loads(x) for x in done.stdout.decode().splitlines()]
    assert {r["kind"] for r in rows} == {"document", "visit"}
    assert rows[1]["date"] == "2023-05-09"


def test_a_bad_file_is_listed_and_the_rest_is_read(report, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    done = comity("read", str(empty), str(report), "--format", "jsonl")
    assert done.returncode == 1
    assert b"empty.txt" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b'"agreement"' in done.stdout


def test_a_missing_file_is_named_without_a_traceback(tmp_path):
    done = comity("read", str(tmp_path / "gone.txt"))
    assert done.returncode == 1
    assert b"gone.txt" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words", [["read"], ["read", "x", "--format", "xml"], ["read", "x", "--kinds", "wars"], ["rea"]]
)
def test_wrong_usage_ends_with_two(words):
    done = comity(*words)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_the_bytes_do_not_depend_on_hash_seed_or_jobs(report):
    runs = [("0", "1"), ("1", "1"), ("42", "2")]
    out = {
        comity("read", str(report), "--format", "jsonl", "--jobs", jobs, PYTHONHASHSEED=seed).stdout
        for seed, jobs in runs
    }
    assert len(out) == 1
    assert out.pop()


def test_the_version_is_printed():
    first, second, third = comity("--version").stdout.decode().splitlines()
    assert first == "comity, version 0.1.0"
    assert re.fullmatch(r"code 0\.1\.0\+\w{8}, models \w{8}, tables \w{8}, trafilatura [\d.]+", second)
    assert re.fullmatch(r"instructions [\w ]+", third)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_learns_how_to_complete_commands(shell):
    assert b"_COMITY_COMPLETE" in comity("completion", shell).stdout


def test_a_beginning_is_completed_to_the_commands_that_begin_so():
    asked = {**os.environ, "_COMITY_COMPLETE": "bash_complete", "COMP_WORDS": "comity dos", "COMP_CWORD": "1"}
    command = Path(sysconfig.get_path("scripts")) / "comity"
    done = subprocess.run([command], env=asked, capture_output=True, text=True, check=False)
    assert "dossier" in done.stdout


def test_bench_names_the_machine(report):
    done = comity("bench", "parser", str(report))
    assert b"words/s on one core" in done.stdout
    assert b"Python" in done.stdout.splitlines()[0]


def test_bench_sets_a_reading_beside_the_parser_and_a_bare_pass_for_the_names(report):
    done = comity("bench", "read", str(report))
    first, second, third = done.stdout.decode().splitlines()[1:]
    assert "articles/s on one core, 1 articles, 0 failed" in first
    assert "times as fast as the parser alone" in second
    assert "times as slow as a bare Aho-Corasick pass" in third


def test_bench_measures_the_coding_of_a_shard(report):
    assert b"in one process, 1 articles, 0 failed" in comity("bench", "code", str(report)).stdout


def test_bench_measures_a_made_up_ledger_and_takes_no_articles_for_it(report):
    done = comity("bench", "add", "--limit", "600")
    assert b"at 600 documents" in done.stdout
    done = comity("bench", "dossier", "--limit", "300")
    assert b"among 300 documents" in done.stdout
    assert comity("bench", "add", str(report)).returncode == 2
    assert comity("bench", "read").returncode == 2


def test_a_command_on_a_ledger_or_a_table_loads_nothing_of_the_reader():
    asked = "import sys, comity.cli, comity.analysis.open_ledger; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "comity.ledger.ledger" in loaded
    assert not {"comity.reading", "comity.coding.events", "comity.mentions.reader", "onnxruntime", "numpy"} & {*loaded}


def test_a_command_lets_the_collector_look_seldom():
    asked = "import gc, comity.cli as c; c.main(['treaties'], standalone_mode=False); print(*gc.get_threshold())"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].startswith(f"{DEFAULTS.collect_after} ")
