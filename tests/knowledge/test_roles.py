"""Roles, classes of words and the words around amounts, as the tables give them."""

import pytest

from comity.errors import TableError
from comity.knowledge.measures import contexts
from comity.knowledge.roles import role_of
from comity.knowledge.word_classes import words


@pytest.mark.parametrize(
    ("frame", "marks", "role"),
    [
        ("exports", {"to"}, "partner"),
        ("imports", {"to"}, "reporter"),
        ("buying", {"to"}, None),
        ("loan", {"receiver", "subject"}, "partner"),
        ("exports", {"receiver", "subject"}, "reporter"),
        ("influence", {"in"}, "over"),
        ("relations", {"in"}, None),
        ("relations", set(), None),
        ("weather", {"owner"}, None),
    ],
)
def test_a_mark_gives_the_role_that_its_frame_says(frame: str, marks: set[str], role: str | None) -> None:
    assert role_of(frame, marks) == role


def test_a_class_that_the_table_lacks_is_named() -> None:
    with pytest.raises(TableError, match=r"word_classes.csv.*'weather'"):
        words("fact", "weather")


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("Tea fetched ‹2,000 dollars› a tonne.", {"price"}),
        ("Tea worth ‹2,000 dollars› a year was sold.", set()),
        ("It reached 3 pounds (‹4 dollars›).", {"price"}),
        ("It was raised by ‹4 tonnes› to «9 tonnes».", {"no sum"}),
        ("It fell to ‹9 tonnes›.", {"level"}),
        ("It rose by ‹9 pct› of sales.", set()),
        ("About ‹9 pct› of sales went there.", {"share"}),
        ("It was ‹9 tonnes› in ⟦2018⟧.", {"its time"}),
        ("⟦2018⟧'s ‹9 tonnes› were few.", {"its time"}),
        ("In ⟦2018⟧, as rain fell, ‹9 tonnes› went.", set()),
        ("It was 9, compared with last year's ‹8 tonnes›.", {"base"}),
        ("It went from ‹8 tonnes› on.", {"level", "origin"}),
    ],
)
def test_the_words_around_an_amount_say_what_it_is(marked: str, said: set[str]) -> None:
    assert contexts(marked) == said
