"""Projects that states share."""

import pytest

from comity.coding.projects import code_projects
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Project


def projects(text: str, published: str | None = "2019-09-01") -> list[Project]:
    return code_projects(read_article(Document(id="t", text=text, published=published)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran and India set up a joint venture to mine iron.", "joint venture"),
        ("China and Russia are building a gas pipeline between Russia and China.", "infrastructure"),
        ("They discussed the medium-term programme of cooperation between Peru and Chile.", "programme"),
        ("Russia and China opened a joint investment fund.", "fund"),
    ],
)
def test_a_shared_undertaking_is_a_project(text: str, kind: str) -> None:
    (project,) = projects(text)
    assert project.type == kind
    assert len(project.parties) == 2


def test_an_anniversary_tells_when_a_project_was_founded() -> None:
    (project,) = projects(
        "This year marks the 20th anniversary of the Balkan Steel joint venture of Serbia and Bulgaria."
    )
    assert (project.name, project.founded, project.founded_basis) == ("Balkan Steel", "1999", "anniversary")


def test_a_programme_of_one_state_is_no_shared_project() -> None:
    assert projects("The programme was adopted by the parliament of Mongolia.") == []
