"""The gate may let idle sentences through; it may never stop one that holds a fact."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comity.coding.gate import may_hold_fact, passing
from comity.document.document import Document
from comity.language.analysis import analyse

SHARED = Path(os.environ.get("COMITY_SHARED", Path(__file__).parents[3] / "shared"))


def development_documents() -> Iterator[tuple[Document, list[dict[str, Any]]]]:
    """Each document of the development set with its facts; skips the test where the set is not here."""
    path = SHARED / "gold" / "documents_dev.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = Document(id=row["id"], text=row["text"], title=row["title"], published=row["date"])
        yield document, [fact for kind in ("events", "agreements", "visits", "figures") for fact in row[kind]]


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
    stopped = []
    for _, facts in development_documents():
        stopped += [fact["quote"] for fact in facts if not may_hold_fact(fact["quote"])]
    assert stopped == []


def _passed(*texts: str, published: str | None = "2019-09-02", source: str | None = None) -> list[str]:
    document = Document(id="d", text=" ".join(texts), published=published, source=source)
    return [text for text, passes in zip(texts, passing(document, list(texts)), strict=True) if passes is not None]


@pytest.mark.parametrize(
    "follows",
    [
        "They agreed to meet again.",
        "Exports fell by a tenth.",
        "The minister will travel on Monday.",
        "Both sides were pleased.",
        "The termination is effective January 1, 2020.",
        "A treaty was mentioned.",
        "Putin was silent.",
        "The quota was raised by 3,000 tonnes.",
        "Rebels fired on the convoy.",
    ],
)
def test_once_two_states_are_named_what_may_refer_to_them_is_read(follows: str) -> None:
    first = "Russia and Mongolia held talks."
    assert _passed(first, follows) == [first, follows]


@pytest.mark.parametrize(
    "idle",
    [
        "Acme Motors rose sharply on Monday.",
        "In 1987 Jane Zimmerer scored twice.",
        "Prices climbed 3 percent to 40 cents.",
        "The film, which opens on Friday, lasts two hours.",
    ],
)
def test_what_names_and_refers_to_nobody_is_passed_by(idle: str) -> None:
    first = "Russia and Mongolia held talks."
    assert _passed(first, idle) == [first]


def test_a_report_on_a_firm_is_passed_by_whole() -> None:
    assert _passed("Acme Corp said it bought a mine in Canada.", "Its shares rose.", "He was pleased.") == []


def test_a_report_that_names_one_state_tells_nothing_between_states() -> None:
    assert _passed("The Afghan government released the prisoners.", "Prices in Kabul fell.") == []
    both = ("The Afghan government released the prisoners.", "Pakistan welcomed it.")
    assert _passed(*both) == list(both)


def test_a_clause_of_a_treaty_is_read_though_it_names_no_party() -> None:
    clauses = ["This Treaty is concluded for an unlimited period.", "It shall remain in force for three years."]
    assert _passed(*clauses) == clauses


def test_the_government_that_publishes_a_report_is_one_of_its_parties() -> None:
    visit = "The President will travel to Paris."
    assert _passed(visit) == []
    assert _passed(visit, source="https://www.whitehouse.gov/x") == [visit]


def test_numbers_are_read_where_the_day_of_publication_is_to_be_worked_out() -> None:
    day = "Monday, 2 September 2019."
    assert day in _passed("Russia and Mongolia held talks.", day, published=None)
    assert day not in _passed("Russia and Mongolia held talks.", day)


def test_no_quote_of_the_development_documents_is_stopped_in_its_report() -> None:
    stopped = []
    for document, facts in development_documents():
        read = analyse(document, keep=passing)
        quotes = [f["quote"] for f in facts if f["quote_in"] == "text"]
        stopped += [q for q in quotes if not any(q[:30] in s.text for s in read)]
    assert stopped == []
