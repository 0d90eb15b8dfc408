import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.document.document import Document, Skipped
from comity.language.analysis import analyse
from comity.language.encoder import encode
from comity.settings import Settings

TEXT = "Kenya and Uganda signed a trade agreement in Nairobi on Monday. Mr. Ruto did not attend."


def test_a_plain_sentence_is_read_as_a_reader_reads_it():
    first, second = analyse(Document(id="1", text=TEXT))
    assert first.root.lemma == "sign"
    assert [t.text for t in first.children(first.root.index, "nsubj", "obj")] == ["Kenya", "agreement"]
    assert {t.text for t in first.tokens if t.upos == "PROPN"} == {"Kenya", "Uganda", "Nairobi", "Monday"}
    assert second.root.lemma == "attend"


def test_the_title_comes_first_and_is_its_own_part_where_it_stands_apart():
    found = analyse(Document(id="1", text=TEXT, title="Kenya signs pact"))
    assert [s.part for s in found] == ["title", "text", "text"]
    assert [s.index for s in found] == [0, 1, 2]


def test_a_title_inside_the_text_is_read_once_and_apart_from_what_follows():
    text = "Kenya signs pact\n\n" + TEXT
    found = analyse(Document(id="1", text=text, title="Kenya signs pact", title_span=(0, 16)))
    assert [s.part for s in found] == ["text"] * 3
    assert found[0].text == "Kenya signs pact"


def test_what_the_document_skips_is_left_out():
    found = analyse(Document(id="1", text=TEXT, skipped=(Skipped(64, len(TEXT), "related link"),)))
    assert [s.text for s in found] == [TEXT[:63]]


def test_sentences_that_are_not_kept_have_no_tree():
    found = analyse(Document(id="1", text=TEXT), keep=lambda _, texts: [1 if "Ruto" in t else None for t in texts])
    assert [s.text for s in found] == ["Mr. Ruto did not attend."]


def test_long_sentences_are_cut_at_the_setting():
    found = analyse(Document(id="1", text="and so on " * 10), Settings(sentence_words=7))
    assert [len(s.tokens) for s in found] == [7, 7, 7, 7, 2]


def test_a_document_in_another_language_has_no_sentences():
    assert analyse(Document(id="1", text=TEXT, language="fr")) == ()


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=300))
def test_any_text_gives_trees_whose_offsets_point_into_it(text):
    for s in analyse(Document(id="1", text=text)):
        assert s.text == text[s.start : s.end]
        assert sum(t.head < 0 for t in s.tokens) == 1
        assert [t.index for t in s.tokens if t.deprel == "root"] == [s.root.index]
        for t in s.tokens:
            assert text[t.start : t.end] == t.text
            assert len(list(s.ancestors(t.index))) < len(s.tokens)


def test_the_same_document_gives_the_same_trees_every_time():
    assert analyse(Document(id="1", text=TEXT)) == analyse(Document(id="1", text=TEXT))


def test_a_very_long_word_or_sentence_is_read():
    assert [len(a.tags) for a in encode([["x" * 5000], ["word"] * 700, []])] == [1, 700, 0]


def test_trees_of_the_shipped_weights_reach_the_floor_on_news(shared):
    rows, now = [], []
    with gzip.open(shared / "treebanks" / "gum_news_test.conllu.gz", "rt", encoding="utf-8") as file:
        lines = file.readlines()
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if cells[0].isdigit():
            now.append((cells[1], int(cells[6]) - 1, cells[7]))
        elif not line.strip() and now:
            rows.append(now)
            now = []
    found = encode([[w for w, _, _ in s] for s in rows])
    right = [
        (h, r) == (head, relation)
        for s, a in zip(rows, found, strict=True)
        for (_, head, relation), h, r in zip(s, a.heads, a.relations, strict=True)
    ]
    assert sum(right) / len(right) >= 0.86


def test_a_country_written_with_stops_ends_no_sentence_at_its_start():
    from comity.language.sentences import split
    from comity.language.words import cut

    assert len(split(cut("U.S. President Joe Biden called King Salman on Monday."))) == 1
    assert len(split(cut("They came from the U.S. President Biden was there."))) == 2


def test_a_sentence_has_the_same_tree_wherever_it_stands():
    from comity.language.encoder import encode

    words = ["Chile", "and", "Peru", "signed", "a", "border", "treaty", "in", "Lima", "."]
    alone = encode([words])[0]
    among = encode([["It", "rained", "all", "day", "in", "the", "long", "valley", "."], words, ["Yes", "."]])[1]
    assert alone == among


@pytest.mark.parametrize(
    "line",
    [
        "PEKING, March 26 - ",
        "LUSAKA, 4 January 2021 (Agency) - ",
        "KYIV, Ukraine (Agency) — ",
        "BEIJING, Jan. 4 (Agency) -- ",
        "",
    ],
)
def test_a_dateline_does_not_change_how_its_sentence_is_parsed(line: str) -> None:
    story = "Zambia and Malawi signed a memorandum of understanding on power lines."
    (bare,) = analyse(Document(id="t", text=story))
    (dated,) = analyse(Document(id="t", text=line + story))
    behind = dated.tokens[len(dated.tokens) - len(bare.tokens) :]
    assert [(t.text, t.deprel) for t in behind] == [(t.text, t.deprel) for t in bare.tokens]
    assert dated.root.text == "signed"
    assert dated.text.startswith(line)
