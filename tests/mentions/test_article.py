"""An article as the coders see it: mentions lie where they say, and a sentence before them only shifts them."""

import csv
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention
from comity.mentions.reader import read_article

LEAD = "It rained all day.\n\n"


def texts(table: str) -> list[str]:
    return [r["text"] for r in csv.DictReader(Path(__file__).with_name(table).read_text("utf-8").splitlines())]


# every few rows: each is read twice
TEXTS = [
    *texts("amounts.csv")[::9],
    *texts("dates.csv")[::9],
    *texts("actors.csv")[::4],
    *texts("places.csv")[::3],
    *texts("quotations.csv")[::4],
    *texts("antecedents.csv")[::3],
]


def article(text: str) -> Article:
    return read_article(Document(id="d", text=text, published="2019-09-02", language="en"))


def shifted(mention: Any, by: int, sentences: int) -> Any:
    """A mention as it must be where its text stands so many characters and sentences further on."""
    moved: dict[str, Any] = {"sentence": mention.sentence + sentences}
    for name in {f.name for f in fields(mention)} & {"start", "end"}:
        moved[name] = getattr(mention, name) + by
    if isinstance(mention, ActorMention):
        moved["members"] = tuple(shifted(m, by, sentences) for m in mention.members)
        if mention.antecedent:
            words, start, end, part = mention.antecedent
            moved["antecedent"] = (words, start + by, end + by, part)
    elif hasattr(mention, "speaker"):
        moved["speaker"] = shifted(mention.speaker, by, sentences)
    return replace(mention, **moved)


@pytest.mark.parametrize("text", [t for t in TEXTS if not t.split(",")[0].isupper() and not t.isupper()])
def test_a_sentence_of_rain_before_a_report_shifts_its_mentions_and_changes_none(text: str) -> None:
    bare, led = article(text), article(LEAD + text)
    for kind in ("dates", "amounts", "places", "quotations"):
        assert getattr(led, kind) == tuple(shifted(m, len(LEAD), 1) for m in getattr(bare, kind))
    # whom a word stands for that names nobody is also judged by how a report opens
    named = [[m for m in a.actors if not m.antecedent and not m.members] for a in (bare, led)]
    assert named[1] == [shifted(m, len(LEAD), 1) for m in named[0]]


@pytest.mark.parametrize("text", TEXTS[::2])
def test_mentions_stand_in_order_and_inside_their_sentence(text: str) -> None:
    found = article(text)
    for kind in ("dates", "amounts", "places", "actors"):
        mentions = getattr(found, kind)
        assert [(m.sentence, m.first) for m in mentions] == sorted((m.sentence, m.first) for m in mentions)
        for m in mentions:
            sentence = found.sentences[m.sentence]
            assert sentence.start <= m.start < m.end <= sentence.end
            assert sentence.clip(m.start, m.end) == m.text
            assert sentence.tokens[m.first].start <= m.start < m.end <= sentence.tokens[m.last - 1].end
    for kind in ("dates", "amounts"):
        assert all(a.end <= b.start for a, b in pairwise(getattr(found, kind)))


REPORT = (
    "Peru lent Chile $5 million in Lima on May 5, 2018. Chile's president said that trade had doubled. "
    "They will meet in Geneva in 2020."
)


def test_the_mentions_of_a_sentence_are_its_own() -> None:
    found = article(REPORT)
    assert [[m.text for m in found.actors_in(n)] for n in range(2)] == [["Peru", "Chile"], ["Chile's president"]]
    assert [[m.edtf for m in found.dates_in(n)] for n in range(3)] == [["2018-05-05"], [], ["2020"]]
    assert [[m.value for m in found.amounts_in(n)] for n in range(3)] == [[5e6], [2], []]
    assert [[m.name for m in found.places_in(n)][-1:] for n in range(3)] == [["Lima"], ["Chile"], ["Geneva"]]


def test_what_a_speaker_says_has_him_and_the_rest_has_nobody() -> None:
    found = article(REPORT)
    said = REPORT.index("trade had doubled")
    speaker = found.speaker(1, said, said + len("trade"))
    assert speaker is not None
    assert speaker.text == "Chile's president"
    assert found.speaker(1, REPORT.index("Chile's"), said) is None
    assert found.speaker(0, said, said + 1) is None
    assert found.speaker(2, said, said + 1) is None


def test_a_plural_stands_for_the_states_of_its_members_each_once() -> None:
    (plural,) = [m for m in article("Peru and Chile met. Both countries signed.").actors if m.members]
    assert plural.states == ("PER", "CHL") or plural.states == ("CHL", "PER")
    assert replace(plural, members=(*plural.members, *plural.members)).states == plural.states
    assert replace(plural, members=(), state=None, organisation="UN").states == ("UN",)
    assert replace(plural, members=(), state=None, organisation=None).states == ()


def test_a_report_without_a_date_carries_the_one_worked_out_and_its_days_are_seen_from_it() -> None:
    text = "LIMA, March 16, 1987 - Peru signed the pact on Friday."
    found = read_article(Document(id="d", text=text, language="en"))
    assert (found.document.published, found.document.published_basis) == ("1987-03-16", "stated")
    assert [d.edtf for d in found.dates] == ["1987-03-16", "1987-03-13"]


def test_sentences_that_are_not_worth_a_tree_have_no_mentions() -> None:
    document = Document(id="d", text=REPORT, published="2019-09-02", language="en")
    found = read_article(document, keep=lambda _, texts: [1 if "Geneva" in t else None for t in texts])
    assert [m.name for m in found.places] == ["Geneva"]
    assert found.amounts == ()


def test_a_title_is_read_before_the_text_and_its_mentions_say_so() -> None:
    document = Document(id="d", text="Chile paid.", title="Peru signs the pact", published="2019-09-02", language="en")
    found = read_article(document)
    assert [(m.text, m.part) for m in found.actors] == [("Peru", "title"), ("Chile", "text")]
