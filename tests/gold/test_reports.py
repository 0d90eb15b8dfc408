"""Four reports on other pairs of states, with 25 facts each, written by one who had not read the rules.

No rule and no weight is made with a look at them. Of the 25 facts of each so many are found today; the aim is 22.
"""

import subprocess
import sys
from pathlib import Path

import pytest

import comity

HERE = Path(__file__).parent / "reports"


@pytest.mark.parametrize(
    ("name", "least"),
    [("brazil_paraguay", 14), ("india_bangladesh", 3), ("kenya_ethiopia", 12), ("vietnam_japan", 15)],
)
def test_of_a_report_that_nothing_was_made_for_so_many_facts_are_found(name: str, least: int, tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(comity.read(HERE / f"{name}.txt").to_jsonl(), encoding="utf-8")
    found = subprocess.run(
        [sys.executable, str(HERE / "check.py"), name, str(records)], capture_output=True, text=True, check=False
    ).stdout.splitlines()
    assert len([line for line in found if line.startswith(("ok", "MISS", "found"))]) >= 25
    assert int(found[-1].split()[0]) >= least
