"""Where the words of a noun phrase, of a title and of a matter begin and end, in headlines as in running text."""

from functools import cache

import pytest

from comity.coding.clauses import NONE, NOTHING, Context, context_of
from comity.coding.instruments import borne_out, find_instruments, known_by
from comity.coding.phrases import capitalised, determiner_of, left_edge, title_case, title_edge, topic_edge
from comity.document.document import Document
from comity.knowledge.known_instruments import instruments
from comity.language.analysis import analyse
from comity.language.tree import Sentence


@cache
def sentence(text: str) -> Sentence:
    return analyse(Document(id="d", text=text, language="en"))[0]


def word(text: str, form: str) -> int:
    return next(t.index for t in sentence(text).tokens if t.text == form)


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("Peru And Chile Sign Border Treaty", True),
        ("PERU AND CHILE SIGN BORDER TREATY", True),
        ("Peru and Chile sign border treaty", False),
        ("Peru And Chile Sign Border Treaty.", False),  # a sentence ends with a stop
        ("“Peru And Chile Sign Border Treaty”", False),
        ("Peru Signs", False),  # too short to say
        ("", False),
    ],
)
def test_a_headline_is_set_in_capitals_and_has_no_stop(text: str, loud: bool) -> None:
    one = sentence(text) if text else Sentence(0, "text", 0, 0, "", ())
    assert title_case(one) is loud


@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        ("They signed a new bilateral salt treaty.", "treaty", "new bilateral salt"),
        ("They signed the trade and economic agreement.", "agreement", "trade and economic"),
        ("They signed a far-sighted agreement.", "agreement", "far-sighted"),
        ("They signed the oil-for-bridges agreement.", "agreement", "bridges"),
        ("Peru, Chile sign salt treaty", "treaty", "salt"),
        ("They signed the treaty.", "treaty", ""),
        ("Treaty talks began.", "Treaty", ""),
    ],
)
def test_a_phrase_begins_behind_its_determiner_and_its_verb(text: str, head: str, phrase: str) -> None:
    tokens, at = sentence(text).tokens, word(text, head)
    first = left_edge(tokens, at)
    assert 0 <= first <= at
    found = sentence(text).clip(tokens[first].start, tokens[at].start).strip()
    assert found.endswith(phrase) if phrase == "bridges" else found == phrase


@pytest.mark.parametrize(
    ("text", "head", "determiner"),
    [
        ("They signed the treaty.", "treaty", "the"),
        ("They signed THE treaty.", "treaty", "the"),
        ("They signed a treaty.", "treaty", "a"),
        ("They signed Peru's treaty.", "treaty", "its"),
        ("They signed Peru’s treaty.", "treaty", "its"),
        ("They signed treaty papers.", "treaty", ""),
        ("Treaty talks began.", "Treaty", ""),
    ],
)
def test_an_owner_is_a_determiner_as_an_article_is(text: str, head: str, determiner: str) -> None:
    assert determiner_of(sentence(text).tokens, word(text, head)) == determiner


@pytest.mark.parametrize(
    ("text", "first", "title"),
    [
        ("They signed the Treaty of Friendship and Trade in Oslo.", "Treaty", "Treaty of Friendship and Trade"),
        ("They signed the Treaty of Friendship, Trade and Transit in May.", "Treaty",
         "Treaty of Friendship, Trade and Transit"),
        ("They signed the Treaty on the Limits of the Sea, Peru said.", "Treaty", "Treaty on the Limits of the Sea"),
        ("They signed the Salt Treaty and left.", "Salt", "Salt Treaty"),
        ("They signed the Treaty of Oslo in Lima.", "Treaty", "Treaty of Oslo"),
        ("They signed the Treaty of Friendship at Oslo.", "Treaty", "Treaty of Friendship"),
        ("They signed the Treaty.", "Treaty", "Treaty"),
    ],
)  # fmt: skip
def test_a_title_ends_with_its_last_capital_over_small_words_and_lists(text: str, first: str, title: str) -> None:
    tokens, at = sentence(text).tokens, word(text, first)
    end = title_edge(tokens, at)
    assert sentence(text).clip(tokens[at].start, tokens[end - 1].end) == title


@pytest.mark.parametrize(
    ("text", "head", "matter"),
    [
        ("They signed a protocol on economic cooperation.", "protocol", "on economic cooperation"),
        ("They signed a protocol on fish signed by Peru.", "protocol", "on fish"),
        ("They signed a protocol on fish, Peru said.", "protocol", "on fish"),
        ("They signed a protocol to build a bridge.", "protocol", "to build a bridge"),
        ("They signed a protocol to the treaty.", "protocol", ""),
        ("They signed a protocol on Monday.", "protocol", ""),
        ("They signed a protocol on 3 May.", "protocol", ""),
        ("They signed a protocol on the same day.", "protocol", ""),
        ("They signed a protocol for some years.", "protocol", ""),
        ("They signed a protocol on several years of drought.", "protocol", "on several years of drought"),
        ("They signed a protocol in good faith.", "protocol", ""),
        ("They signed a protocol.", "protocol", ""),
        ("They signed a protocol on", "protocol", ""),
    ],
)
def test_a_matter_stands_behind_on_or_for_and_a_day_or_an_aside_is_none(text: str, head: str, matter: str) -> None:
    tokens, at = sentence(text).tokens, word(text, head) + 1
    end = topic_edge(tokens, at)
    assert at <= end <= len(tokens)
    found = sentence(text).clip(tokens[at].start, tokens[end - 1].end) if end > at else ""
    assert found == matter


def test_behind_the_last_word_nothing_is_capitalised() -> None:
    tokens = sentence("Peru wept.").tokens
    assert [capitalised(tokens, i) for i in range(5)] == [True, False, False, False, False]


def context(text: str) -> Context | None:
    (it,) = find_instruments(sentence(text))
    return context_of(sentence(text), it)


@pytest.mark.parametrize(
    ("text", "yields"),
    [
        ("They left without an agreement on salt between Peru and Chile.", NOTHING),
        ("They left with an agreement on salt between Peru and Chile.", None),
        ("The fisheries accord between Peru and Chile expired in May.", "expired"),
        ("The fisheries accord between Peru and Chile may have expired in May.", None),
        ("Peru marked the anniversary of the treaty with Chile.", NONE),
    ],
)
def test_the_words_around_an_instrument_give_a_stage_none_or_say_that_there_is_none(
    text: str, yields: str | None
) -> None:
    found = context(text)
    assert (found.yields if found else None) == yields


@pytest.mark.parametrize("text", ["The fisheries accord expired in May.", "Once the accord had expired, they wept."])
def test_a_context_names_the_word_that_says_so(text: str) -> None:
    found = context(text)
    assert found is not None
    tokens = sentence(text).tokens
    assert tokens[found.token].lemma == "expire"
    assert found.dated is (found.yields not in {NONE, NOTHING, "planned", "negotiated", "signed"})


STATES = ("PER", "CHL", "FRA", "USA", "RUS", "IRL", "GBR", "CHN")


@pytest.mark.parametrize("stage", [None, "signed", "ratified", "terminated", "negotiated", "in force"])
@pytest.mark.parametrize("title", ["Good Friday Agreement", "Paris Agreement", "New START", "salt treaty", "accord"])
def test_no_party_is_added_to_an_instrument_and_none_is_kept_that_its_name_rules_out(
    title: str, stage: str | None
) -> None:
    kept = borne_out(title, STATES, stage)
    assert [c for c in STATES if c in kept] == list(kept)
    assert borne_out(title, kept, stage) in (kept, ())
    assert borne_out(title, STATES[:1], stage) == STATES[:1]  # one party alone is no question of a name
    assert borne_out(title, (), stage) == ()


@pytest.mark.parametrize("key", ["good_friday", "new_start", "simla"])
def test_a_well_known_treaty_is_known_by_its_name(key: str) -> None:
    found = known_by(instruments()[key].name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("Good Friday Agreement", True),
        ("the Good Friday Agreement", True),
        ("protocol to the Good Friday Agreement", False),
        ("talks on changes of the Good Friday Agreement", False),
        ("salt treaty", False),
        ("", False),
    ],
)
def test_a_title_that_only_speaks_of_a_treaty_is_not_that_treaty(title: str, known: bool) -> None:
    assert (known_by(title) is not None) is known
