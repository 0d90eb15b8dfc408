"""The phrase that names an instrument: its words, its number and year, and what is no instrument at all."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.instruments import (
    Instrument,
    find_instruments,
    first_words,
    kind_at,
    kind_of,
    kinds,
    plural,
    private,
)
from comity.document.document import Document
from comity.knowledge.states import rows
from comity.language.analysis import analyse

WORDS = sorted({r["word"] for r in rows("en/instruments.csv") if r["strength"] not in {"private", "lone"}})


@cache
def phrases(text: str) -> tuple[Instrument, ...]:
    return tuple(i for s in analyse(Document(id="d", text=text)) for i in find_instruments(s))


def titles(text: str) -> list[str]:
    return [i.title for i in phrases(text)]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Kenya signed three new treaties, both protocols and a dozen agreements.", [3, 2, 12]),
        ("Two treaties and 15 agreements were read.", [2, 15]),
        ("The treaties were read.", [None]),
        ("The treaty was read.", [1]),
        ("One treaty was read.", [1]),
        ("The two exchanges of notes were read.", [2]),
        ("The 1995 treaties were read.", [None]),
    ],
)
def test_the_number_is_the_one_stated_and_no_year_is_taken_for_it(text: str, counts: list[int | None]) -> None:
    assert [i.count for i in phrases(text)] == counts


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("The 1993 treaty was read.", "1993"),
        ("The treaty of 1998 was read.", "1998"),
        ("The treaty of 98 articles was read.", None),
        ("The 5000 treaty pages were read.", None),
        ("The treaty was read in 1998.", None),
    ],
)
def test_a_year_in_the_phrase_dates_it_and_one_beside_it_does_not(text: str, year: str | None) -> None:
    assert {i.year for i in phrases(text)} <= {year}
    assert not year or phrases(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The Salt Treaty of July 3, 1998 is old.", "Salt Treaty"),
        ("The Salt Treaty of 3 July 1998 is old.", "Salt Treaty"),
        ("They initialled an updated free-trade agreement.", "free-trade agreement"),
        ("They signed a new salt agreement.", "salt agreement"),
        ("They signed the New Salt Agreement.", "New Salt Agreement"),
        ("They read the so-called salt pact.", "so-called salt pact"),
        ("The treaty’s text was read.", "treaty"),
        ("The Treaty of Peace between Kenya and Uganda was read.", "Treaty of Peace between Kenya and Uganda"),
        ("They read the Protocol to the Treaty on Salt.", "Protocol to the Treaty on Salt"),
        ("A treaty protocol was read.", "treaty protocol"),
        ('The "Treaty on Salt" was read.', "Treaty on Salt"),
        ("They reached agreement on salt.", "agreement on salt"),
        ("A memorandum of understanding on salt (MoU) was read.", "memorandum of understanding on salt"),
        ("The Lake Fish Agreement Council met.", "Lake Fish Agreement"),
    ],
)
def test_the_title_leaves_out_article_date_and_that_it_is_new(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They reached agreement.",
        "No agreement was signed; any treaty would do.",
        "Members of the Warsaw Pact met.",
        "They read the General Agreement on Tariffs and Trade.",
        "Treaty law is dull.",
        "A licensing agreement was signed.",
        "They agree to treaty the lake.",
        "Pledges were made.",
        "An amendment was drafted.",
        "Each treaty counts.",
        "The farmers are in agreement.",
    ],
)
def test_bodies_business_and_abstract_words_are_no_instrument(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "named", "definite"),
    [
        ("They read the Salt Treaty.", True, True),
        ("They read a Salt Treaty.", True, False),
        ("They read the salt treaty.", False, True),
        ("They read a salt treaty.", False, False),
        ("They read their treaty.", False, True),
        ("They read this treaty.", False, True),
        ("Kenya, Uganda Sign Salt Treaty", False, False),
        ("KENYA AND UGANDA SIGN SALT TREATY", False, False),
    ],
)
def test_a_capitalised_title_is_a_name_but_not_in_a_headline(text: str, named: bool, definite: bool) -> None:
    (found,) = phrases(text)
    assert (found.named, found.definite) == (named, definite)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The Green Pledge was read.", ["Green Pledge"]),
        ("The green pledge was read.", []),
        ("The Salt Amendment was read.", ["Salt Amendment"]),
        ("The Amendment was read.", ["Amendment"]),
        ("An Amendment was read.", []),
    ],
)
def test_a_word_for_much_else_names_one_only_as_a_title(text: str, named: list[str]) -> None:
    assert titles(text) == named


def test_what_sets_one_apart_is_neither_its_kind_nor_a_little_word() -> None:
    (found,) = phrases("They read the Treaty on the Protection of Salt.")
    assert found.content >= {"protection", "salt"}
    assert found.content.isdisjoint({"treaty", "on", "the", "of"})


TEXTS = (
    "Kenya and Uganda signed three new treaties, both protocols and a dozen agreements in Kampala.",
    "On 3 May 2018 the Treaty of Friendship, Cooperation and Mutual Assistance replaced a 1929 pact of no name.",
    "“The pact,” he said — “the Lake Fish Agreement Council’s pact” — is an agreement to agree on treaties.",
    "KENYA, UGANDA SIGN MEMORANDUM OF UNDERSTANDING ON SALT, TEA",
    "Ein Vertrag; un accord; the accord 条約 on café taxes, signed.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_each_phrase_is_the_text_at_its_place_in_the_order_of_the_text(text: str) -> None:
    found = phrases(text)
    assert found
    for one in found:
        assert text[one.start : one.end] == one.title
        assert one.first <= one.head < one.last
    heads = [one.head for one in found]
    assert sorted(set(heads)) == heads


@pytest.mark.parametrize("word", WORDS)
def test_every_word_for_an_instrument_is_known_in_singular_plural_and_capitals(word: str) -> None:
    one = kind_of(word)
    assert one is not None
    assert one.type == kinds()[word].type
    assert kind_of(word.upper()) == one
    assert kind_of(f" {word.replace(' ', '  ')} ") == one
    several = kind_of(plural(word))
    assert several is not None
    assert several.type == one.type
    assert word.partition(" ")[0] in first_words()


def test_words_of_business_are_no_kind_of_their_own() -> None:
    assert all(kind_of(word) is None for word in private())
    assert kind_of("") is None
    assert kind_of("treaty house") is None


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(WORDS), st.lists(st.sampled_from(["the", "lake", "and", "of", "7"]), max_size=4))
def test_the_longest_kind_is_found_wherever_it_stands(word: str, before: list[str]) -> None:
    words = [*before, *word.title().split(" "), "stays"]
    found = kind_at(words, len(before))
    assert found is not None
    size, kind = found
    assert size >= len(word.split(" "))
    assert kinds()[" ".join(words[len(before) : len(before) + size]).lower()] == kind


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=12), max_size=6), st.integers(0, 8))
def test_no_list_of_words_fails_to_be_searched(words: list[str], at: int) -> None:
    found = kind_at(words, at)
    assert found is None or 1 <= found[0] <= len(words) - at
