"""The dictionary form of a word in its part of speech: a row of `lemmas.csv` each."""

import csv
from pathlib import Path

import pytest

from comity.language.lemmas import lemma

ROWS = list(csv.DictReader(Path(__file__).with_name("lemmas.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['word']} {r['xpos']}" for r in ROWS])
def test_words_have_their_dictionary_form(row: dict[str, str]) -> None:
    assert lemma(row["word"], row["upos"], row["xpos"]) == row["lemma"]
