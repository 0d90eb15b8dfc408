"""Who changes a rule sees every record that it changes, and only those."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "record_diff.py"


@pytest.fixture(scope="module")
def record_diff():
    spec = importlib.util.spec_from_file_location("record_diff", SCRIPT)
    module = sys.modules["record_diff"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["record_diff"]


def row(key: str, kind: str = "event", **values: object) -> dict:
    return {"kind": kind, "id": key, "document": "doc:1", "quote": "Chile and Peru signed a treaty.", **values}


BEFORE = [row("event:a", status="planned", date="2012-05-03"), row("event:b"), row("visit:a", "visit")]
AFTER = [row("visit:a", "visit"), row("event:c"), row("event:a", status="occurred", date="2012-05-03")]


def test_each_record_that_went_or_came_or_changed_is_listed_in_one_order(record_diff):
    found = record_diff.differences(BEFORE, AFTER)
    assert [(d.side, d.place[2]) for d in found] == [
        ("changed", "event:a"),
        ("before", "event:b"),
        ("after", "event:c"),
    ]
    assert found == record_diff.differences(BEFORE[::-1], AFTER[::-1])


def test_a_changed_record_shows_the_field_with_both_values(record_diff):
    shown = str(record_diff.differences(BEFORE, AFTER)[0])
    assert 'status: "planned" -> "occurred"' in shown
    assert "date" not in shown


def test_a_field_that_only_the_new_code_writes_is_a_change_unless_it_is_left_out(record_diff):
    after = [{**r, "rule": "signs"} for r in BEFORE]
    assert [d.fields for d in record_diff.differences(BEFORE, after)] == [(("rule", None, "signs"),)] * 3
    assert record_diff.differences(BEFORE, after, frozenset({"rule"})) == []


def test_the_counts_add_up_to_the_records_of_both_readings(record_diff):
    lines = record_diff.counts(BEFORE, AFTER, record_diff.differences(BEFORE, AFTER))
    assert [line.split() for line in lines] == [
        ["kind", "same", "before", "after", "changed"],
        ["event", "0", "1", "1", "1"],
        ["visit", "1", "0", "0", "0"],
    ]


def test_two_equal_readings_have_no_difference(record_diff):
    assert record_diff.differences(BEFORE, list(reversed(BEFORE))) == []


def test_the_articles_that_are_only_counted_are_never_chosen(record_diff, tmp_path):
    # of the md5 of these ids modulo 5, some are 1
    names = [f"report:{n}" for n in range(40)]
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(f'{{"id": "{n}", "text": "Peru thanked Chile."}}\n' for n in names))
    lines, _ = record_diff.chosen([tmp_path], 1500)
    assert 0 < len(lines) < len(names)
    few, _ = record_diff.chosen([path], 5)
    assert few == lines[:5]


@pytest.mark.parametrize(
    ("base", "articles", "said"),
    [("no-such-revision", "aachen.txt", "is no revision"), ("HEAD", "data", "no article in")],
)
def test_what_cannot_be_compared_is_no_difference(base: str, articles: str, said: str) -> None:
    asked = [sys.executable, SCRIPT, "--base", base, SCRIPT.parents[1] / "examples" / articles]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
