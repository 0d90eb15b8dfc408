"""Where the phrase for an instrument begins and ends: its modifiers, its title, its matter."""

import pytest

from comity.coding.instruments import find_instruments, kind_at, plural
from comity.document.document import Document
from comity.language.analysis import analyse


def titles(text: str) -> list[str]:
    return [i.title for s in analyse(Document(id="t", text=text)) for i in find_instruments(s)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("They renewed the trade and economic agreement.", "trade and economic agreement"),
        ("They dropped last year's trade pact.", "trade pact"),
        ("They signed another far-sighted agreement.", "far-sighted agreement"),
        ("Peru, Chile sign fisheries accord", "fisheries accord"),
        ("They signed the Treaty of Commerce in Kampala.", "Treaty of Commerce"),
        (
            "They ratified the Karlstad Treaty on Salt, Tin and Copper in May.",
            "Karlstad Treaty on Salt, Tin and Copper",
        ),
        ("They signed a protocol on fish between Peru and Chile.", "protocol on fish"),
        ("They signed a memorandum on power on the sidelines of the summit.", "memorandum on power"),
        ("They signed an accord on trade in Kampala on Monday.", "accord on trade"),
        ("They signed the accord on Monday.", "accord"),
        ("They signed an accord on trade on the same day.", "accord on trade"),
        ("They signed an accord for several years.", "accord"),
        ("They signed an agreement to build a bridge.", "agreement to build a bridge"),
        ("They amended the Agreement for Cooperation of July 3, 1958.", "Agreement for Cooperation"),
        ("They signed an updated cooperation agreement.", "cooperation agreement"),
    ],
)
def test_a_phrase_begins_and_ends_with_its_own_words(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "The council saw no agreement.",
        "Any treaty binds its parties.",
        "They put the Warsaw Pact to rest.",
        "The two firms signed a franchise agreement.",
        "The treaty obligations are clear.",
    ],
)
def test_counted_off_private_and_modifying_words_name_no_instrument(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("They signed a new bilateral salt treaty.", {"salt"}),
        ("They signed a final joint declaration.", set()),
        ("They ratified the Karlstad Protocol.", {"karlstad"}),
    ],
)
def test_only_words_that_tell_an_instrument_from_others_are_its_content(text: str, content: set[str]) -> None:
    (found,) = (i for s in analyse(Document(id="t", text=text)) for i in find_instruments(s))
    assert found.content == content


@pytest.mark.parametrize(
    ("text", "count", "year"),
    [
        ("They signed twelve agreements.", 12, None),
        ("They signed 30 agreements.", 30, None),
        ("They signed both agreements.", 2, None),
        ("They signed agreements on salt.", None, None),
        ("They renewed the Treaty of 1929.", 1, "1929"),
    ],
)
def test_numbers_and_years_before_and_behind_the_kind_are_kept(text: str, count: int | None, year: str | None) -> None:
    (found,) = (i for s in analyse(Document(id="t", text=text)) for i in find_instruments(s))
    assert (found.count, found.year) == (count, year)


def test_the_longest_kind_is_taken() -> None:
    size, kind = kind_at(["exchange", "of", "notes", "on", "salt"], 0) or (0, None)
    assert (size, kind.word if kind else None) == (3, "exchange of notes")
    assert kind_at(["salt"], 0) is None


def test_the_head_of_a_kind_bears_its_plural() -> None:
    assert [plural(w) for w in ("treaty", "survey", "exchange of letters")] == [
        "treaties",
        "surveys",
        "exchanges of letters",
    ]
