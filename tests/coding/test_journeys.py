"""Each row by which journeys are read says what it is for: a sentence that it reads, and one that it leaves alone."""

import pytest

from comity.coding.roles import ways, words_of
from comity.coding.visits import code_visits, frames
from comity.document.document import Document
from comity.knowledge.states import rows
from comity.mentions.reader import read_article

JOURNEYS, STATUSES, PATHS = (rows(f"en/{name}.csv") for name in ("journeys", "journey_statuses", "paths"))


def read(text: str) -> set[str]:
    """The visits of a sentence as the tables write them: `KEN>UGA planned`."""
    article = read_article(Document(id="d", text=text, published="2019-09-02", language="en"))
    return {f"{'+'.join(a.state or '?' for a in v.visitors)}>{v.host} {v.status}" for v in code_visits(article)}


@pytest.mark.parametrize("row", [*JOURNEYS, *STATUSES], ids=lambda r: r["id"])
def test_a_row_reads_its_example_and_not_its_counter_example(row):
    assert row["yields"] in read(row["example"])
    assert row["yields"] not in read(row["counter_example"])


@pytest.mark.parametrize("table", [JOURNEYS, STATUSES, PATHS], ids=["journeys", "statuses", "paths"])
def test_every_row_has_a_name_of_its_own_and_says_what_it_is_for(table):
    names = [r.get("id") or r["name"] for r in table]
    assert len(set(names)) == len(names)
    for r in table:
        assert r.get("means") or {r["example"], r["yields"], r["counter_example"], r["source"]}.isdisjoint({""})


def test_every_path_can_be_read():
    cells = [r[c] for r in JOURNEYS for c in ("visitor", "sender", "host", "receiver")]
    cells += [r["path"] for r in (*STATUSES, *PATHS)]
    assert all(ways(cell) for cell in cells if cell)
    assert len(frames()) == len(JOURNEYS)


def test_every_status_is_one_that_a_record_can_have():
    assert {r["status"] for r in (*JOURNEYS, *STATUSES)} <= {"", "planned", "occurred", "hypothetical", "denied"}


def test_no_word_of_a_row_is_written_with_a_capital_unless_it_is_a_part_of_speech():
    cells = {r[c] for r in (*JOURNEYS, *STATUSES) for c in ("words", "upos")}
    assert all(word.islower() for cell in cells for word in words_of(cell).lemmas)


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
