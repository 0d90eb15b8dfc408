"""The table of wordings: each row holds for its example and passes its counter-example by."""

import re

import pytest

from comity.knowledge.states import rows
from comity.knowledge.wording import patterns

ROWS = rows("en/wording.csv")


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['use']}: {r['name']}" for r in ROWS])
def test_a_row_holds_for_its_example_and_not_for_its_counter_example(row):
    pattern = patterns(row["use"])[row["name"]].replace("{noun}", "treaty")
    assert re.search(pattern, row["example"], re.IGNORECASE)
    assert not re.search(pattern, row["counter_example"], re.IGNORECASE)
