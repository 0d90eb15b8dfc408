"""The universal part of speech of a word by its Penn tag and its relation: a row of `tags.csv` each."""

import csv
from pathlib import Path

import pytest

from comity.language.tags import universal

ROWS = list(csv.DictReader(Path(__file__).with_name("tags.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['word']} {r['xpos']} {r['relation']}" for r in ROWS])
def test_a_word_has_the_part_of_speech_of_its_tag_in_its_place(row: dict[str, str]) -> None:
    assert universal(row["word"], row["xpos"], row["relation"]) == row["upos"]
