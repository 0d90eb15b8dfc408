"""A machine that stops at any instant: `kill -9` while reports are being added."""

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def crash():
    spec = importlib.util.spec_from_file_location("ledger_crash", Path(__file__).with_name("crash.py"))
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_twenty_kills_lose_tear_and_double_nothing(tmp_path, crash, short):
    import json

    rows = [json.loads(x) for x in short.read_text(encoding="utf-8").splitlines()]
    tally = crash.crash(20, 6, tmp_path, rows)
    assert tally.faults == []
    assert tally.kills == 20
    # the test could fail: some kills came between batches, not all before or after
    assert tally.acknowledged > 0
    assert tally.finished > 0
