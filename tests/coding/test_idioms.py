"""Each row of the tables of idioms and of role frames holds for its example and passes its counter-example by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding import idioms
from comity.coding.events import code_events
from comity.document.document import Document
from comity.errors import TableError
from comity.knowledge import plover
from comity.knowledge.states import rows
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.reader import read_article

ROWS = rows(idioms.TABLE)
FRAMES = rows("en/role_frames.csv")
MENTIONS = {"state", "adjective"}
POS = {"AUX": "VERB", "PROPN": "NOUN"}


def article(text: str) -> Article:
    return read_article(Document(id="d", text=text, title=None, published="2019-05-06", language="en"))


def known_as(sentence: Sentence, index: int) -> frozenset[str]:
    """What a word is for the table of triggers: its lemma, and the frames that it may have."""
    token = sentence.tokens[index]
    found = plover.triggers().get((token.lemma.lower(), POS.get(token.upos, token.upos)), ())
    return frozenset({token.lemma.lower(), *(f"frame:{t.frame}" for t in found)})


def bears(row: dict[str, str], text: str) -> bool:
    """Whether a row's pattern holds at a word of a text for which the row is."""
    n = ROWS.index(row)
    same = [i for i, r in enumerate(ROWS) if r["use"] == row["use"]]
    idiom = idioms.idioms(row["use"])[same.index(n)]
    sentence = article(text).sentences[0]
    # a type of event or a kind of mention may be seen in any word, a frame or lemma of the table only in its own
    everywhere = all(name.partition(":")[0].isupper() or name in MENTIONS for name in idiom.of)
    words = [t.index for t in sentence.tokens if everywhere or idiom.of & known_as(sentence, t.index)]
    return any(idioms.holds(idiom, sentence, i) is not None for i in words)


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['use']}: {r['example']}" for r in ROWS])
def test_an_idiom_is_found_in_its_example_and_not_in_its_counter_example(row):
    assert (bears(row, row["example"]), bears(row, row["counter_example"])) == (True, False)


@pytest.mark.parametrize("row", FRAMES, ids=[r["frame"] for r in FRAMES])
def test_a_frame_says_who_does_it_to_whom_and_who_has_no_part(row):
    def roles(text: str) -> set[tuple[frozenset[str], ...]]:
        found = [e for e in code_events(article(text)) if (e.evidence or "").startswith(row["frame"])]
        return {tuple(frozenset(a.state or "" for a in side) for side in (e.actor, e.recipient)) for e in found}

    sides = tuple(frozenset(s.split("+")) if s else frozenset() for s in row["roles"].split(">"))
    assert sides in roles(row["example"])
    assert not roles(row["counter_example"])


@pytest.mark.parametrize("pattern", ["obj[war", "^obj", "", "obj [war]"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern):
    with pytest.raises(TableError, match=r"idioms\.csv:7"):
        list(idioms.conditions(pattern, 7))


@given(st.text(alphabet="abobj:/,;!.<*?[]-@~ N", max_size=30))
def test_whatever_is_written_as_a_pattern_is_read_or_refused_by_name(pattern):
    try:
        read = list(idioms.conditions(pattern, 7))
    except TableError:
        return
    assert len(read) == pattern.count(";") + 1


@pytest.mark.parametrize("name", ["@no_such_class", "~no_such_effect"])
def test_words_of_a_class_that_no_table_has_are_refused(name):
    with pytest.raises(TableError, match=r"event_nouns\.csv|modality\.csv"):
        list(idioms.conditions(f"obj[{name}]", 7))
