"""The gate may let idle sentences through; it may never stop one that holds a fact."""

import json
import os
from pathlib import Path

import pytest

from comity.coding.gate import may_hold_fact

SHARED = Path(os.environ.get("COMITY_SHARED", Path(__file__).parents[3] / "shared"))


@pytest.mark.parametrize(
    "text",
    [
        "Russia and Mongolia signed a treaty.",
        "they agreed to meet again",
        "trade fell by one-tenth",
        "the treaty is valid for twenty years",
        "Ukraine surrendered.",
        "the two sides held talks",
        "he will visit next week",
        "its influence is growing",
    ],
)
def test_sentences_with_an_act_a_party_or_a_figure_pass(text: str) -> None:
    assert may_hold_fact(text)


@pytest.mark.parametrize("text", ["Click here for more.", "Wow, so very nice!", "Now what?", "", "***"])
def test_sentences_that_name_nobody_and_tell_nothing_are_stopped(text: str) -> None:
    assert not may_hold_fact(text)


def test_no_quote_of_the_development_documents_is_stopped() -> None:
    path = SHARED / "gold" / "documents_dev.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    stopped = []
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        for kind in ("events", "agreements", "visits", "figures"):
            stopped += [fact["quote"] for fact in document[kind] if not may_hold_fact(fact["quote"])]
    assert stopped == []
