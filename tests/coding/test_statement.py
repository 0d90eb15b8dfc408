"""Quotes, dates, places and status of coded facts."""

import pytest

from comity.coding import statement
from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.reader import read_article


def article(text: str, published: str | None = None) -> Article:
    return read_article(Document(id="d", text=text, published=published, language="en"))


def word(read: Article, text: str) -> int:
    return next(t.index for t in read.sentences[0].tokens if t.text == text)


@pytest.mark.parametrize(
    ("text", "verb", "status"),
    [
        ("France signed the treaty.", "signed", "occurred"),
        ("France will sign the treaty.", "sign", "planned"),
        ("France plans to sign the treaty.", "sign", "planned"),
        ("France did not sign the treaty.", "sign", "denied"),
        ("France refused to sign the treaty.", "sign", "denied"),
        ("France may sign the treaty.", "sign", "hypothetical"),
        ("Germany urged France to sign the treaty.", "sign", "hypothetical"),
        ("If France signs the treaty, Germany follows.", "signs", "hypothetical"),
        ("The treaty was signed by France.", "signed", "occurred"),
    ],
)
def test_tense_modals_and_negation_decide_whether_it_happened(text: str, verb: str, status: str) -> None:
    read = article(text)
    assert statement.status_of(read.sentences[0], word(read, verb)) == status


def test_a_quote_is_trimmed_and_exact() -> None:
    text = "France, which signed the treaty , left."
    read = article(text)
    got = statement.source(read, read.sentences[0], 6, 32)
    assert text[got["start"] : got["end"]] == got["quote"] == "which signed the treaty"
    assert got["part"] == "text"


def test_a_date_is_that_of_the_clause_of_its_verb() -> None:
    read = article("France, which left in 1966, returned in 2009.")
    sentence = read.sentences[0]
    assert statement.date_of(read, sentence, word(read, "left"))[0] == "1966"
    assert statement.date_of(read, sentence, word(read, "returned"))[0] == "2009"


def test_without_a_time_word_there_is_no_date() -> None:
    read = article("France signed the treaty.", published="1987-03-16")
    assert statement.date_of(read, read.sentences[0], 1) == (None, None)


def test_the_place_stands_behind_in_or_at() -> None:
    read = article("France and Germany signed the treaty in Vienna.")
    assert statement.place_of(read, read.sentences[0], word(read, "signed")) == "Vienna"
