"""Claims on standing: given only where a report makes one, of two that it names."""

import pytest

from comity.coding.assessments import code_assessments
from comity.document.document import Document
from comity.mentions.reader import read_article


def claims(text: str) -> list[tuple[str | None, str | None, str | None]]:
    article = read_article(Document(id="d", text=text, title=None, published="2019-05-06", language="en"))
    return [(a.of, a.over, a.direction) for a in code_assessments(article)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Relations between Norway and Kenya have worsened.", [("NOR", "KEN", "down")]),
        ("Peru strengthened its ties with Chile.", [("PER", "CHL", "up")]),
        ("Kenya rebuilt its relations with Norway.", [("KEN", "NOR", "restoring")]),
        ("Turkey countered Russian influence in Azerbaijan.", [("RUS", "AZE", "countered")]),
        (
            "After the coup, Chad's aid from Norway fell by half and Russia's ties and influence over Chad increased.",
            [("RUS", "TCD", "up")],
        ),
    ],
)
def test_a_claim_names_both_and_tells_its_direction(text, expected):
    assert claims(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Peru wants to reduce its dependence on exports.",
        "Kenya, Peru, Chile, Oman and Norway are developing the Southern Trade Partnership.",
        "Norway would improve relations with Kenya if the ban were lifted.",
        "Canada improved its ties with Peru, Chile, Kenya and Oman.",
        "Influence of Kenya, Uganda and Norway in Somalia increased.",
        "The presence of Danish soldiers in Mali increased.",
    ],
)
def test_wishes_names_and_lists_of_states_give_no_claim(text):
    assert claims(text) == []
