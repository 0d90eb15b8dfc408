"""Projects: which undertakings several states share, what they are called, when they were founded."""

from functools import cache

import pytest

from comity.coding.projects import code_projects
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Project


@cache
def projects(text: str, title: str | None = None) -> tuple[Project, ...]:
    document = Document(id="d", text=text, title=title, published="2019-09-02", language="en")
    return tuple(code_projects(read_article(document)))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Kenya and Uganda are building a joint railway.", "joint railway", "infrastructure"),
        ("The Lamu Oil Pipeline between Kenya and Uganda was opened.", "Lamu Oil Pipeline", "infrastructure"),
        ("The joint Kenyan-Ugandan bridge was opened.", "joint Kenyan-Ugandan bridge", "infrastructure"),
        ("The Nile Steel joint venture of Kenya and Uganda sells iron.", "Nile Steel", "joint venture"),
        ("Kenya and Uganda set up joint ventures.", "joint ventures", "joint venture"),
        ("Kenya and Uganda founded a joint fund.", "joint fund", "fund"),
        ("Kenya and Uganda agreed on a joint programme for schools.", "joint programme for schools", "programme"),
    ],
)
def test_a_shared_undertaking_has_its_name_and_its_kind(text: str, name: str, kind: str) -> None:
    (found,) = projects(text)
    assert (found.name, found.type, found.parties) == (name, kind, ("KEN", "UGA"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kenya is building a railway.",
        "Kenya and Uganda are building a railway.",
        "Peru opened the Andes Tunnel.",
        "The Andes Bridge joins Peru and Chile.",
        "They programme computers in Kenya and Uganda.",
        "Kenya and Uganda were joint winners.",
        "A joint venture mines iron.",
    ],
)
def test_a_work_that_is_not_said_to_be_of_two_is_none(text: str) -> None:
    assert projects(text) == ()


@pytest.mark.parametrize(
    ("text", "founded", "basis"),
    [
        ("The railway between Kenya and Uganda was founded in 1901.", "1901", "stated"),
        ("The Nile Steel joint venture of Kenya and Uganda, founded in 1998, sells iron.", "1998", "stated"),
        ("Kenya and Uganda founded a joint fund in 2015.", "2015", "stated"),
        ("Kenya and Uganda marked the 20th anniversary of the Nile Steel joint venture.", "1999", "anniversary"),
        ("The Nile Steel joint venture of Kenya and Uganda sold iron in 1998.", None, None),
        ("Kenya and Uganda set up a joint venture.", None, None),
        ("In 1998 nobody knew that the railway between Kenya and Uganda was founded by kings.", None, None),
    ],
)
def test_it_was_founded_when_the_text_says_so_or_its_anniversary(
    text: str, founded: str | None, basis: str | None
) -> None:
    (found,) = projects(text)
    assert (found.founded, found.founded_basis) == (founded, basis)


def test_a_project_of_several_sentences_is_one_and_takes_its_founding_from_the_later_one() -> None:
    (found,) = projects(
        "Kenya and Uganda set up a joint venture. The joint venture of Kenya and Uganda was founded in 1998."
    )
    assert (found.founded, found.start) == ("1998", len("Kenya and Uganda set up a "))


def test_a_founding_that_is_known_is_not_replaced_by_a_later_one() -> None:
    (found,) = projects(
        "The joint venture of Kenya and Uganda was founded in 1998. The joint venture of Kenya and Uganda was "
        "founded in 2003, others say."
    )
    assert found.founded == "1998"


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Kenya and Uganda set up a joint venture. Norway and Peru set up a joint venture.",
            [("KEN", "UGA"), ("NOR", "PER")],
        ),
        ("The Nile joint venture and the Lake joint fund of Kenya and Uganda were opened.", [("KEN", "UGA")] * 2),
        ("Norway praised the joint venture of Kenya and Uganda.", [("KEN", "UGA")]),
    ],
)
def test_other_states_or_another_kind_are_another_project(text: str, parties: list[tuple[str, ...]]) -> None:
    assert [p.parties for p in projects(text)] == parties


TEXTS = (
    "“The Lamu Oil Pipeline between Kenya and Ethiopia” was opened — in 2018. Peru and Chile opened a joint venture.",
    "Russia and China opened a joint investment fund. The space programme of France and Germany was praised.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_project_has_two_states_and_the_words_that_name_it(text: str) -> None:
    found = projects(text)
    assert len(found) == 2
    for one in found:
        assert one.start is not None
        assert one.quote == text[one.start : one.end]
        assert one.name is not None
        assert one.name in text
        assert len(set(one.parties)) >= 2
    assert [p.start for p in found] == sorted(p.start or 0 for p in found)
