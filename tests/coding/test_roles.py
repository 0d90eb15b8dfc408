"""Who takes part in an act is found by the paths that a table gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding.roles import may_lead, mentions_at, roles, ways
from comity.document.document import Document
from comity.errors import TableError
from comity.language.graph import Graph
from comity.mentions.reader import read_article

SENT = "Peru's president sent two ministers and an aide to Chile and will fly to Bolivia."


def reach(text: str, word: str, path: str) -> list[str]:
    article = read_article(Document(id="d", text=text, published="2019-09-02", language="en"))
    sentence = article.sentences[0]
    at = next(t.index for t in sentence.tokens if t.text == word)
    return [sentence.tokens[i].text for i in roles(Graph(sentence), at, path)]


@pytest.mark.parametrize(
    ("word", "path", "words"),
    [
        ("sent", "nsubj", ["president"]),
        ("fly", "nsubj", ["president"]),  # the subject of the first of two joined verbs
        ("sent", "obj", ["ministers", "aide"]),  # both that are joined
        ("fly", "obl:to", ["Bolivia"]),
        ("fly", "obl:from/to", ["Bolivia"]),
        ("sent", "obl:to | obj nmod:to", ["Chile"]),  # the first way that leads anywhere
        ("sent", "obj[minister]", ["ministers"]),
        ("sent", "obj[-minister]", ["aide"]),
        ("sent", "nsubj nmod:poss", ["Peru"]),
        ("Bolivia", "<obl[VERB] nsubj", ["president"]),
        ("Bolivia", "<obl[NOUN] nsubj", []),
        ("sent", "nsubj[PROPN]", []),
        ("sent", ".[send]", ["sent"]),
        ("sent", "nsubj:pass", []),
        ("sent", "&obl nsubj", []),
        ("fly", "&obl:to nsubj", ["president"]),
        ("sent", "!obl nsubj", ["president"]),
        ("ministers", "<obj nsubj,obj[NOUN]", ["president", "ministers", "aide"]),
        ("ministers", "conj?", ["ministers", "aide"]),
        ("fly", "{subject}", ["president"]),
        ("ministers", "previous", ["two"]),
        ("sent", "next[two]", ["two"]),
        (".", "next", []),
    ],
)
def test_a_path_leads_to_who_takes_part(word, path, words):
    assert reach(SENT, word, path) == words


@pytest.mark.parametrize(("path", "words"), [("nsubj", ["minister"]), ("nsubj:/xsubj", []), ("obl:agent", ["Peru"])])
def test_who_is_sent_and_who_sends_stay_apart_in_the_passive(path, words):
    assert reach("The minister was sent to Chile by Peru.", "sent", path) == words


@pytest.mark.parametrize("path", ["nsubj", "obj[minister]", "!obj[war] nsubj", "case[to]", "obj[war] | obl:to"])
def test_a_path_is_tried_in_every_sentence_in_which_it_leads_somewhere(path):
    sentence = read_article(Document(id="d", text=SENT, language="en")).sentences[0]
    assert any(roles(Graph(sentence), t.index, path) for t in sentence.tokens)
    assert may_lead(sentence, path)


@pytest.mark.parametrize("path", ["obj[war]", "nsubj <obj[war]", "&cop nsubj"])
def test_a_path_whose_words_or_relations_a_sentence_lacks_is_not_tried(path):
    sentence = read_article(Document(id="d", text=SENT, language="en")).sentences[0]
    assert not may_lead(sentence, path)


def test_of_words_the_widest_mention_is_meant():
    article = read_article(Document(id="d", text="Peru's foreign minister Julio Quispe left.", language="en"))
    words = range(len(article.sentences[0].tokens))
    assert [m.name for m in mentions_at(article, 0, words) if m.name] == ["Julio Quispe"]


@pytest.mark.parametrize("path", ["obl:to[lima", "[VERB]", "<", "nsubj >obj", "obj[@no_such_class]"])
def test_a_path_that_is_written_wrongly_is_refused(path):
    with pytest.raises(TableError):
        ways(path)


STEP = st.from_regex(r"<?(obl|nmod|obj)(:(to|in)(/at)?)?(\[-?[a-z]+\])?", fullmatch=True)


@given(st.lists(st.lists(STEP, min_size=1), min_size=1))
def test_every_well_formed_path_is_read_step_by_step(parts):
    read = ways(" | ".join(" ".join(way) for way in parts))
    assert [[s.up for s in way] for way in read] == [[s.startswith("<") for s in way] for way in parts]
