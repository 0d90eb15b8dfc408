"""Classes of words that rules ask for: what each is for, and that a missing one says so."""

import pytest

from comity.errors import TableError
from comity.knowledge.states import rows
from comity.knowledge.word_classes import TABLE, words
from comity.language.words import cut

ROWS = rows(TABLE)


def shown(row: dict[str, str], text: str) -> set[str]:
    """The words of a class that a text has, also those that are cut in two ("U.S.C.")."""
    cut_up = [w.text.lower().rstrip(".") for w in cut(text)]
    runs = {"_".join(cut_up[i : i + n]) for n in (1, 2, 3) for i in range(len(cut_up))}
    return {w for w in row["words"].split("; ") if w.rstrip(".") in runs}


ALONE = [row for row in ROWS if not row["reads"]]  # what the others decide, tests/coding/test_examples.py reads


@pytest.mark.parametrize("row", ALONE, ids=[f"{r['use']}: {r['class']}" for r in ALONE])
def test_the_example_of_a_class_has_one_of_its_words(row: dict[str, str]) -> None:
    assert shown(row, row["example"]) - shown(row, row["counter_example"])
    assert row["source"]


@pytest.mark.parametrize("row", ALONE, ids=[f"{r['use']}: {r['class']}" for r in ALONE])
def test_no_word_stands_twice_in_a_class_or_with_a_capital(row: dict[str, str]) -> None:
    assert sorted(words(row["use"], row["class"])) == sorted(row["words"].lower().split("; "))


def test_a_class_that_no_row_has_is_named_with_its_table() -> None:
    with pytest.raises(TableError, match=r"en/word_classes\.csv: has no class 'oceans'"):
        words("date", "oceans")
