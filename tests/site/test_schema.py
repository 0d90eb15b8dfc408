"""What the description of the site allows, and what it forbids, is answered and never breaks the server."""

import importlib.util
from pathlib import Path

import pytest

pytest.importorskip("schemathesis")


def test_whatever_the_description_allows_or_forbids_is_answered(site):
    spec = importlib.util.spec_from_file_location("walk_schema", Path(__file__).parent / "walk_schema.py")
    walk_schema = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(walk_schema)
    statuses, wrong = walk_schema.walk(site.address, 240)
    assert wrong == []
    assert statuses[200] > 30
    assert statuses[400] > 10
    assert statuses[404] > 10
