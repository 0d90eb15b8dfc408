"""The floors: no change lets a score fall, and a score without its corpus is never claimed."""

import os
import shutil
import subprocess
import sys

import pytest

from comity.errors import InputError
from comity.evaluation.gold import score_gold
from comity.evaluation.score import Score


def test_every_floor_holds_on_the_development_sets(shared):
    done = subprocess.run(
        [sys.executable, "-m", "comity.cli", "evaluate", "--gold", str(shared / "gold")],
        capture_output=True,
        check=False,
    )
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0, "\n".join(lines)
    assert len(lines) == 11
    assert all(x.startswith("ok") for x in lines)


def test_a_score_below_its_floor_has_fallen():
    assert not Score("states", "f1", 0.5, 0.88).is_met
    assert Score("states", "f1", 0.88, 0.88).is_met


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # the scorer of the sets leaves its files open
def test_another_corpus_has_no_floor(shared, tmp_path):
    for name in ("score.py", "durations_dev.jsonl", "states_dev.jsonl", "documents_dev.jsonl", "events_dev.jsonl"):
        shutil.copy(shared / "gold" / name, tmp_path / name)
    for name in ("states_dev.jsonl", "documents_dev.jsonl", "events_dev.jsonl", "durations_dev.jsonl"):
        lines = (shared / "gold" / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / name).write_text("".join(lines[:3]))
    scores = list(score_gold(tmp_path))
    assert scores
    assert all(s.floor is None for s in scores)


def test_a_folder_without_the_sets_says_so(tmp_path):
    with pytest.raises(InputError, match=r"score\.py"):
        list(score_gold(tmp_path))


def test_a_scorer_without_its_set_says_which(tmp_path):
    (tmp_path / "score.py").write_text("def load(path):\n    return []\n", encoding="utf-8")
    with pytest.raises(InputError, match="documents_dev"):
        list(score_gold(tmp_path))


def test_the_command_line_names_what_is_missing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "comity.cli", "evaluate", "--gold", str(tmp_path)], capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"score.py" in done.stderr
    assert b"Traceback" not in done.stderr


def test_without_a_folder_the_command_line_says_where_it_looked(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "comity.cli", "evaluate"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if k != "COMITY_SHARED"},
    )
    assert done.returncode == 1
    assert b"COMITY_SHARED" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_folder_may_be_set_once_for_all_tasks(tmp_path):
    (tmp_path / "gold").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "comity.cli", "evaluate"],
        capture_output=True,
        check=False,
        env={**os.environ, "COMITY_SHARED": str(tmp_path)},
    )
    assert done.returncode == 1
    assert str(tmp_path / "gold" / "score.py").encode() in done.stderr
