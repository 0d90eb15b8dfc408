"""The words around an agreement: each row of the table reads its example, and passes its counter-example by."""

import pytest

from comity.coding.clauses import TABLE, context_of
from comity.coding.instruments import borne_out, find_instruments
from comity.document.document import Document
from comity.knowledge.states import rows
from comity.language.analysis import analyse

ROWS = [r for r in rows(TABLE) if r["use"] == "context"]


def contexts(text: str) -> set[tuple[str, str]]:
    """The rows that hold for any instrument of a sentence, with what they yield."""
    found = [context_of(s, i) for s in analyse(Document(id="t", text=text)) for i in find_instruments(s)]
    return {(c.name, c.yields) for c in found if c is not None}


@pytest.mark.parametrize("row", ROWS, ids=[r["name"] for r in ROWS])
def test_a_row_holds_for_its_example_and_not_for_its_counter_example(row: dict[str, str]) -> None:
    assert (row["name"], row["yields"]) in contexts(row["example"])
    assert row["name"] not in {name for name, _ in contexts(row["counter_example"])}


def test_who_speaks_of_a_known_treaty_of_others_is_no_party_to_it() -> None:
    assert borne_out("Good Friday Agreement", ("IRL", "USA"), None) == ("IRL",)
    assert borne_out("Geneva Conventions", ("DEU", "QAT"), None) == ()
    assert borne_out("Geneva Conventions", ("DEU", "QAT"), "ratified") == ("DEU", "QAT")


def test_a_new_declaration_may_bear_the_name_of_an_older_one() -> None:
    assert borne_out("Simla Agreement", ("CHN", "THA"), "signed") == ("CHN", "THA")
    assert borne_out("Simla Agreement", ("CHN", "THA"), None) == ()
