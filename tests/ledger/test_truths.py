"""One list of what a user may take for true of a ledger, each with the small ledger that must bear it out."""

import pytest
from truths import clocks, counts, instruments, judged, lanes, stages

TRUTHS = [t for m in (judged, clocks, instruments, counts, stages, lanes) for t in m.TRUTHS]


def test_the_list_is_long_and_says_nothing_twice():
    assert len(TRUTHS) >= 60
    assert len({t.words for t in TRUTHS}) == len(TRUTHS)


@pytest.mark.parametrize("truth", TRUTHS, ids=[t.words for t in TRUTHS])
def test_a_ledger_says_nothing_untrue(truth, ledger):
    assert truth.asked(ledger(*truth.reports, settings=truth.settings)) == truth.answer
