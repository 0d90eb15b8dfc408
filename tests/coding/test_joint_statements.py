"""Documents that are what several states issue together: who issues them, where, and what is only about them."""

from functools import cache

import pytest

from comity.coding.agreements import code_agreements
from comity.coding.communiques import Communique, find_communique
from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.reader import read_article


@cache
def article(title: str | None, text: str) -> Article:
    return read_article(Document(id="d", text=text, title=title, published="2021-09-14", language="en"))


def statement(title: str, text: str = "Ties are strong.") -> Communique:
    found = find_communique(article(title, text))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Joint Statement by Kenya and Uganda on the Drought in Somalia", {"KEN", "UGA"}),
        ("Joint Communiqué of the Foreign Ministers of Kenya and Uganda on Fish in Norway", {"KEN", "UGA"}),
        ("Joint Statement by the President of Kenya and the President of Uganda", {"KEN", "UGA"}),
        ("JOINT STATEMENT BY KENYA AND UGANDA", {"KEN", "UGA"}),
        ("Text of the Joint Statement by Kenya and Uganda", {"KEN", "UGA"}),
        ("Leaders' Declaration of Kenya and Uganda", {"KEN", "UGA"}),
        ("ASEAN Leaders' Statement on Salt", {"ASEAN"}),
    ],
)
def test_those_of_the_title_issue_it_and_those_it_is_about_do_not(title: str, parties: set[str]) -> None:
    assert set(statement(title).parties) == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The president of Kenya hosted the president of Uganda in Kampala to discuss salt.", {"KEN", "UGA"}),
        ("Kenyan President John Otieno welcomed Ugandan President Sam Kato to Nairobi.", {"KEN", "UGA"}),
        ("Kenya is large. We, the leaders of Kenya and Uganda, met in Kampala.", {"KEN", "UGA"}),
        ("We, the leaders of Kenya, Uganda and Norway, met. Chile and Peru watched.", {"KEN", "UGA", "NOR"}),
        ("The European Union met on Monday.", {"EU"}),
    ],
)
def test_a_silent_title_leaves_it_to_the_opening(text: str, parties: set[str]) -> None:
    assert set(statement("Joint Statement on Salt", text).parties) == parties


def test_who_the_title_names_alone_is_joined_by_those_of_the_opening() -> None:
    found = statement("Joint Statement by Kenya on Salt", "Uganda and Norway met.")
    assert set(found.parties) == {"KEN", "UGA", "NOR"}
    assert len(found.parties) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Kenya met on Monday.",
        "Ties are strong. The European Union met on Monday.",
        "",
        "One. Two. Three. Four. Five. Six. Seven. Kenya and Uganda met.",
    ],
)
def test_without_two_who_issue_it_a_title_alone_is_no_statement(text: str) -> None:
    assert find_communique(article("Joint Statement on Salt", text)) is None


@pytest.mark.parametrize(
    "title",
    [
        None,
        "",
        "Kenya-Uganda Declaration",
        "Kenya, Uganda Sign Salt Treaty",
        "Kenya and Uganda to Issue a Statement",
        "Statement by Kenya",
        "Remarks on the Joint Statement by Kenya and Uganda",
    ],
)
def test_what_is_only_about_one_or_by_one_side_is_none(title: str | None) -> None:
    assert find_communique(article(title, "The leaders of Kenya and Uganda sang in Kampala.")) is None


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("Joint Statement by Kenya and Uganda after Talks in Oslo", "Ties are strong.", "Oslo"),
        ("Joint Statement by Kenya and Uganda", "The leaders met in Kampala.", "Kampala"),
        ("Joint Statement by Kenya and Uganda", "The leaders sang in Kampala.", None),
        ("Joint Statement by Kenya and Uganda", "Ties are strong. The leaders met in Kampala.", None),
        ("Joint Statement by Kenya and Uganda", "The leaders met in Norway.", None),
        ("Joint Statement by Kenya and Uganda", "Kampala met its guests.", None),
        ("Joint Statement by Kenya and Uganda", "The leaders met in Kampala and in Nairobi.", None),
    ],
)
def test_the_place_is_the_one_town_where_they_met(title: str, text: str, place: str | None) -> None:
    assert statement(title, text).place == place


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Joint Statement by Kenya and Uganda", "joint statement"),
        ("Joint Communiqué of Kenya and Uganda", "joint statement"),
        ("Joint Declaration of Kenya and Uganda", "declaration"),
        ("Leaders' Declaration of Kenya and Uganda", "declaration"),
    ],
)
def test_a_declaration_is_told_from_a_statement(title: str, kind: str) -> None:
    found = statement(title)
    assert found.type == kind
    assert title[found.start : found.end] == title


def test_a_statement_is_signed_on_the_day_of_its_publication_by_those_who_issue_it() -> None:
    title = "Joint Statement by Uganda and Kenya after Talks in Oslo"
    (found,) = code_agreements(article(title, "Ties are strong. This Joint Statement is good."))
    assert (found.title, found.part, found.quote) == (title, "title", title)
    assert (found.parties, found.stage, found.date, found.place) == (("KEN", "UGA"), "signed", "2021-09-14", "Oslo")


def test_what_a_statement_says_was_signed_is_a_record_beside_it_of_the_same_two() -> None:
    statement_, treaty = code_agreements(
        article("Joint Statement by Uganda and Kenya", "Our ministers signed a Fisheries Agreement.")
    )
    assert statement_.type == "joint statement"
    assert (treaty.title, treaty.parties) == ("Fisheries Agreement", ("KEN", "UGA"))


def test_a_report_about_a_statement_keeps_it_as_what_others_issued() -> None:
    (found,) = code_agreements(article(None, "Peru, Chile and Bolivia issued a joint statement on salt."))
    assert (found.type, found.parties, found.part) == ("joint statement", ("BOL", "CHL", "PER"), "text")
