"""Documents that are instruments themselves: joint statements by their headline, treaties by their testimonium."""

import pytest

from comity.coding.agreements import code_agreements
from comity.coding.clauses import find_testimonium
from comity.coding.communiques import find_communique
from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.reader import read_article
from comity.records.record import Agreement


def article(title: str | None, text: str) -> Article:
    return read_article(Document(id="t", text=text, title=title, published="2021-09-14", language="en"))


def issuers(title: str, text: str = "Ties are strong.") -> set[str] | None:
    found = find_communique(article(title, text))
    return set(found.parties) if found else None


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Chile-Peru Joint Statement", {"CHL", "PER"}),
        ("Joint Leaders’ Statement of Norway and Finland on Fisheries", {"NOR", "FIN"}),
        ("Joint Statement by Kenya, Uganda, and Tanzania on the Drought in Somalia", {"KEN", "UGA", "TZA"}),
        ("Joint Statement on the Brazil-India Energy Dialogue", {"BRA", "IND"}),
        ("Joint Declaration on the Strategic Partnership between Vietnam and Japan", {"VNM", "JPN"}),
        ("Joint Statement of the Quad Senior Cyber Group", {"AUS", "IND", "JPN", "USA"}),
        ("Joint Readout by Canada and the European Council", {"CAN", "EU"}),
        ("G7 Leaders’ Statement on Debt", {"G7"}),
        ("Joint Communiqué of Ghana and Togo", {"GHA", "TGO"}),
        ("Declaration of the Presidents of Ghana, Togo and Benin", {"GHA", "TGO", "BEN"}),
        ("Trilateral Statement by Japan, Australia and India on Ports", {"JPN", "AUS", "IND"}),
    ],
)
def test_a_joint_statement_is_issued_by_those_its_headline_names(title: str, parties: set[str]) -> None:
    assert issuers(title) == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("We, the leaders of Chile, Peru, and Brazil, met today.", {"CHL", "PER", "BRA"}),
        ("As leaders of Arctic nations, Canada, Finland, and Norway, we resolve to act.", {"CAN", "FIN", "NOR"}),
        ("Norway and Finland announced a new partnership.", {"NOR", "FIN"}),
    ],
)
def test_where_the_headline_is_silent_the_opening_tells_who_issues_it(text: str, parties: set[str]) -> None:
    assert issuers("Joint Statement on Further Measures", text) == parties


@pytest.mark.parametrize(
    "title",
    [
        "Readout of the President's Meeting with the President of Chile",
        "Statement by the Press Secretary on the Joint Statement of Chile and Peru",
        "Remarks on the Joint Declaration with Japan",
        "Chile and Peru sign a border treaty",
        "President Biden Approves Maine Disaster Declaration",
        "Statement by the President of Ghana",
        "Press Release following the Joint Declaration of Ghana and Togo",
        "Letter to the Foreign Ministers on the Joint Communiqué",
    ],
)
def test_what_one_side_says_and_what_tells_of_a_statement_is_none(title: str) -> None:
    assert issuers(title, "Chile and Peru are neighbours.") is None


def test_the_statement_itself_is_one_record_of_the_day_of_its_publication() -> None:
    text = (
        "The presidents of Chile and Peru met in Lima. In this Joint Statement they announce their aims. "
        "Our ministers signed a Fisheries Agreement."
    )
    itself, other = code_agreements(article("Chile-Peru Joint Statement", text))
    assert (itself.type, itself.stage, itself.date, itself.place) == ("joint statement", "signed", "2021-09-14", "Lima")
    assert itself.quote == "Chile-Peru Joint Statement"
    assert (other.title, other.parties) == ("Fisheries Agreement", ("CHL", "PER"))


TREATY = """Agreement between the Kingdom of Norway and the Republic of Chile on Fisheries

Article 9
This Agreement shall enter into force on the date of the last notification. It shall remain in force for five years.

{testimonium}"""


@pytest.mark.parametrize(
    ("testimonium", "place", "date"),
    [
        ("Done at Oslo on 14 June 2011, in duplicate, in the English language.", "Oslo", "2011-06-14"),
        ("DONE at Santiago, this 26th day of November 2015, in two originals.", "Santiago", "2015-11-26"),
        ("Done in duplicate at Oslo this eighth day of May, 1972.", "Oslo", "1972-05-08"),
        ("SIGNED in Oslo on 4 March 2003, both texts being equally authentic.", "Oslo", "2003-03-04"),
        ("Concluded at Santiago on 9 May 1999, in two copies.", "Santiago", "1999-05-09"),
        ("In witness whereof the undersigned have signed this Agreement.\n\nDone at Oslo.", "Oslo", None),
    ],
)
def test_a_treaty_was_signed_where_and_when_its_testimonium_tells(
    testimonium: str, place: str, date: str | None
) -> None:
    (agreement,) = code_agreements(article(None, TREATY.format(testimonium=testimonium)))
    assert (agreement.stage, agreement.place, agreement.date) == ("signed", place, date)
    assert (agreement.parties, agreement.duration) == (("CHL", "NOR"), "P5Y")


def test_a_clause_on_entry_into_force_is_no_act() -> None:
    found: list[Agreement] = code_agreements(article(None, TREATY.format(testimonium="")))
    assert "in force" not in {a.stage for a in found}


@pytest.mark.parametrize(
    "text",
    [
        "The two signed at Oslo on Monday. Nothing was done in Lima.",
        "What was done at Oslo on 4 May 1999 is known in many languages.",
        "Done at last: in Oslo the two signed.",
    ],
)
def test_a_report_has_no_testimonium(text: str) -> None:
    assert find_testimonium(article(None, text)) is None
