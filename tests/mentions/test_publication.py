"""What users rely on where a report comes without its date: rows of `publication.csv`, empty where it stays open."""

import csv
from pathlib import Path

import pytest

from comity.document.document import Document
from comity.language.analysis import analyse
from comity.mentions.dates import find_dates
from comity.mentions.edtf import moment
from comity.mentions.publication import published


def worked_out(text: str) -> tuple[str | None, str | None]:
    document = Document(id="x", text=text)
    sentences = analyse(document)
    return published(document, sentences, find_dates(sentences, moment(document.published)))


ROWS = list(csv.DictReader(Path(__file__).with_name("publication.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_a_report_without_a_date_is_of_this_day_or_year(row: dict[str, str]) -> None:
    assert worked_out(row["text"]) == (row["published"] or None, row["basis"] or None)


def test_a_report_with_a_date_keeps_it_whatever_its_text_says() -> None:
    document = Document(
        id="x",
        text="LONDON, March 16, 1987 - Trade with Chile rose.",
        published="1990-01-01",
        published_basis="metadata",
    )
    sentences = analyse(document)
    dates = find_dates(sentences, moment(document.published))
    assert published(document, sentences, dates) == ("1990-01-01", "metadata")


def test_an_anniversary_that_lies_ahead_gives_the_year() -> None:
    text = "The president will attend celebrations of the 50th anniversary of the victory in 1945."
    assert worked_out(text) == ("1995", "anniversary")


def test_the_year_of_the_thing_may_stand_in_another_sentence() -> None:
    text = (
        "This year marks the fiftieth anniversary of the Friendship Bridge. The Friendship Bridge was opened in 1960."
    )
    assert worked_out(text) == ("2010", "anniversary")


def test_a_full_date_in_the_dateline_is_the_date() -> None:
    assert worked_out("LONDON, March 16, 1987 (Reuters) - Trade with Chile rose.") == ("1987-03-16", "stated")


def test_a_past_anniversary_gives_nothing() -> None:
    assert worked_out("They marked the 80th anniversary of the battle in 1939 last week.") == (None, None)


def test_anniversaries_that_contradict_give_nothing() -> None:
    text = "They will mark the 50th anniversary of the war in 1945. "
    text += "They will mark the 10th anniversary of the pact in 1960."
    assert worked_out(text) == (None, None)


def test_the_first_report_is_of_2019(shared: Path) -> None:
    text = next((shared / "seed").glob("*.txt")).read_text(encoding="utf-8")
    assert worked_out(text) == ("2019", "anniversary")
