"""Who travels where is found by the paths of the tables."""

import pytest

from comity.coding.constructions import path
from comity.coding.journeys import frame_of, frames
from comity.coding.visits import code_visits
from comity.document.document import Document
from comity.errors import TableError
from comity.knowledge.states import rows
from comity.mentions.reader import read_article

JOURNEYS, PATHS = rows("en/journeys.csv"), rows("en/paths.csv")


def read(text: str) -> set[str]:
    """The visits of a sentence as the tables write them: `KEN>UGA planned`."""
    article = read_article(Document(id="d", text=text, published="2019-09-02", language="en"))
    return {f"{'+'.join(a.state or '?' for a in v.visitors)}>{v.host} {v.status}" for v in code_visits(article)}


def test_every_path_can_be_read():
    cells = [r[c] for r in JOURNEYS for c in ("visitor", "sender", "host", "receiver")]
    assert all(path(cell).ways for cell in (*cells, *(f"{{{r['name']}}}" for r in PATHS)) if cell)
    assert len(frames()) == len(JOURNEYS)


def test_every_path_has_a_name_of_its_own_and_says_what_it_is_for():
    assert len({r["name"] for r in PATHS}) == len(PATHS)
    assert all(r["means"] for r in PATHS)


def test_every_status_is_one_that_a_record_can_have():
    assert {r["yields"] for r in JOURNEYS} <= {"", "planned", "occurred", "hypothetical", "denied"}


@pytest.mark.parametrize(
    ("cell", "written", "said"),
    [
        ("pattern", ".[jet", "'.\\[jet' is no step"),
        ("visitor", "{subjct}", "has no path 'subjct'"),
        ("host", "nowhere;", "is no step"),
        ("yields", "plannd", "a journey cannot be 'plannd'"),
        ("certainty", "often", "'often' is no number from 0 to 1"),
        ("certainty", "7", "'7' is no number from 0 to 1"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_line(cell, written, said):
    assert frame_of(JOURNEYS[0], "table:7") == frames()[0]
    with pytest.raises(TableError, match=f"^table:7: .*{said}"):
        frame_of(JOURNEYS[0] | {cell: written}, "table:7")


def test_of_a_guest_the_widest_name_is_meant():
    text = "Kenya's foreign minister John Otieno visited Uganda."
    article = read_article(Document(id="d", text=text, published="2019-09-02", language="en"))
    assert [[a.name for a in v.visitors] for v in code_visits(article)] == [["John Otieno"]]


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        ("Kenya's president flew to Uganda and Rwanda.", {"KEN>UGA occurred", "KEN>RWA occurred"}),
        ("Kenya's president and Norway's king visited Uganda.", {"KEN>UGA occurred", "NOR>UGA occurred"}),
        (
            "Kenya's president went to Kampala and then visited Kigali.",
            {"KEN>UGA occurred", "KEN>RWA occurred"},
        ),
        ("Kenya's president, expected to visit Uganda, met farmers.", {"KEN>UGA planned"}),
        ("Uganda's president asked Kenya's foreign minister to travel to Rwanda.", {"KEN>RWA hypothetical"}),
        ("Kenya's foreign minister said he would be in Rome on Friday.", {"KEN>ITA planned"}),
        ("Kenya's president left Nairobi after visiting Uganda.", {"KEN>UGA occurred"}),
        ("Kenya's president went to the Republic of Uganda.", {"KEN>UGA occurred"}),
        ("KAMPALA, Sept 1 - Kenya's president arrived on Sunday aboard a small plane.", {"KEN>UGA occurred"}),
        ("Norway's king is due in Nairobi on Sunday to open a school.", {"NOR>KEN planned"}),
        ("Kenya's president went to the border with Uganda.", set()),
        ("Kenya's president, whom Uganda admires, visited Mombasa.", set()),
        ("Kenyan soldiers flew to Uganda.", set()),
        ("Kenyan companies went to Uganda.", set()),
    ],
)
def test_visitors_and_hosts_are_found_along_the_sentence(text, visits):
    assert read(text) == visits


def test_a_guest_is_named_right_behind_the_word_that_he_visits_whoever_else_signs():
    text = "KAMPALA, Sept 1 - The pact was signed by the visiting Kenyan Minister John Otieno and President Ola Vik."
    assert read(text) == {"KEN>UGA occurred"}


def test_a_report_is_set_where_its_dateline_is_whatever_its_title_names():
    text = "KAMPALA, Sept 1 - Kenya's foreign minister arrived on Sunday."
    article = read_article(Document(id="d", title="Chile's farmers in Norway", text=text, language="en"))
    assert [v.host for v in code_visits(article)] == ["UGA"]


def test_the_quote_of_an_earlier_visit_has_the_word_that_reports_it():
    text = "She paid a visit to Uganda, the first by a minister since President John Otieno of Kenya in 1994."
    article = read_article(Document(id="d", text=text, language="en"))
    assert [(v.quote.split(" ")[0], v.date) for v in code_visits(article)] == [("visit", "1994")]
