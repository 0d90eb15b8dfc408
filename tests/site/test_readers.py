"""Readers see a whole ledger, an older or a newer one, while it is being written."""

import importlib.util
from pathlib import Path


def test_readers_see_no_error_while_reports_are_added_and_see_what_was_published():
    spec = importlib.util.spec_from_file_location("readers", Path(__file__).parent / "readers.py")
    readers = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["readers"] = readers
    spec.loader.exec_module(readers)
    seen, added = readers.run(6, 4)
    assert seen.wrong == []
    assert seen.asked > 20
    assert len(seen.states) > 1
    assert added > 60
