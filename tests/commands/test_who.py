"""`comity who` as a user types it."""

import json
import os
import subprocess
import sys


def comity(*words, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "comity.cli", "who", *words],
        input=stdin,
        capture_output=True,
        check=False,
        env=dict(os.environ),
        timeout=120,
    )


def test_a_line_a_reading_the_likeliest_first():
    done = comity("Armenian Prime Minister", "--on", "2010-05-11")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == [
        "ARM  Tigran Sargsyan  person, Prime Minister  GOV  officials_europe.csv",
        "ARM  Armenian Prime Minister  office  GOV  en/offices.csv",
    ]


def test_one_name_as_a_row_of_json():
    done = comity("Belgrade", "--on", "1980", "--format", "jsonl")
    row = json.loads(done.stdout)
    assert (row["name"], row["on"], row["readings"][0]["code"]) == ("Belgrade", "1980", "YUG")
    assert list(row["readings"][0]) == ["code", "name", "kind", "office", "sector", "source"]


def test_nothing_found_ends_with_1_and_near_names():
    done = comity("Mongola")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"did you mean Mongolia (MNG)?" in done.stderr


def test_a_wrong_date_is_wrong_use():
    done = comity("Russia", "--on", "last May")
    assert done.returncode == 2
    assert b"'last May' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD" in done.stderr


def test_neither_or_both_of_name_and_file_is_wrong_use():
    assert comity().returncode == 2
    assert comity("Russia", "--file", "-", stdin=b"").returncode == 2
    assert comity("--file", "-", "--on", "1980", stdin=b"").returncode == 2


def test_many_names_from_a_file(tmp_path):
    path = tmp_path / "rows.jsonl"
    names = [{"name": "Prague", "on": "1985"}, {"name": "soldiers", "on": "1985-06"}, {"name": "NATO", "on": None}]
    path.write_text("\n".join(map(json.dumps, names)) + "\n\n", encoding="utf-8")
    done = comity("--file", str(path), "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["name"], r["on"], [m["code"] for m in r["readings"]]) for r in found] == [
        ("Prague", "1985", ["CSK"]),
        ("soldiers", "1985-06", []),
        ("NATO", None, ["NATO"]),
    ]


def test_bad_rows_are_reported_by_their_number_and_the_rest_is_printed():
    bad = [
        b'{"name"',
        b'{"on": "1980"}',
        b'["x"]',
        b'{"name": "x", "on": 1980}',
        b'{"name": "x", "on": "1980-13"}',
        b"\xff",
    ]
    rows = b"\n".join([b'{"name": "Oslo"}', *bad, b'{"name": "Lima", "on": "1990"}'])
    done = comity("--file", "-", "--format", "jsonl", stdin=rows)
    assert done.returncode == 1
    assert [json.loads(line)["name"] for line in done.stdout.splitlines()] == ["Oslo", "Lima"]
    messages = done.stderr.decode().splitlines()
    assert [line.split(":")[2] for line in messages] == ["2", "3", "4", "5", "6", "7"]
    assert "'1980-13' is not a date" in messages[4]
