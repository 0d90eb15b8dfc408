"""The graph of a sentence says who acts where the tree leaves it to be worked out."""

import pytest

from comity.language.graph import Graph
from comity.language.tree import Sentence, Token


def graph(rows: str) -> Graph:
    """The graph of a tree written as `word/POS/tag/head/relation`, heads counted from 1."""
    words = [w.split("/") for w in rows.split()]
    tokens = (Token(i, w, 0, 0, w.lower(), u, x, int(h) - 1, r) for i, (w, u, x, h, r) in enumerate(words))
    return Graph(Sentence(0, "text", 0, 0, "", tuple(tokens)))


def links(found: Graph, word: str) -> set[tuple[str, str]]:
    words = [t.text for t in found.sentence.tokens]
    return {(e.relation, words[e.head] if e.head >= 0 else "") for e in found.heads(words.index(word))}


MET = "Kenya/PROPN/NNP/2/nsubj met/VERB/VBD/0/root Uganda/PROPN/NNP/2/obj and/CCONJ/CC/5/cc Rwanda/PROPN/NNP/3/conj"
JOINED = "Peru/PROPN/NNP/2/nsubj met/VERB/VBD/0/root Chile/PROPN/NNP/2/obj and/CCONJ/CC/5/cc signed/VERB/VBD/2/conj"
WANTS = "Peru/PROPN/NNP/2/nsubj urged/VERB/VBD/0/root Chile/PROPN/NNP/2/obj to/PART/TO/5/mark withdraw/VERB/VB/2/xcomp"
PROMISES = WANTS.replace("urged/", "promise/")
OUTER = (
    "aim/NOUN/NN/4/nsubj:outer is/AUX/VBZ/4/cop Peru/PROPN/NNP/4/nsubj wants/VERB/VBZ/0/root to/PART/TO/6/mark "
    "leave/VERB/VB/4/xcomp"
)
THAT = "envoys/NOUN/NNS/0/root who/PRON/WP/3/nsubj visited/VERB/VBD/1/acl:relcl Togo/PROPN/NNP/3/obj"
BARE = "treaty/NOUN/NN/0/root Togo/PROPN/NNP/3/nsubj signed/VERB/VBD/1/acl:relcl"
DONE = (
    "talks/NOUN/NNS/3/nsubj:pass were/AUX/VBD/3/aux:pass hosted/VERB/VBN/0/root by/ADP/IN/5/case Oman/PROPN/NNP/3/obl"
)


@pytest.mark.parametrize(
    ("rows", "word", "link"),
    [
        (MET, "Rwanda", ("obj", "met")),
        (MET, "Rwanda", ("conj:and", "Uganda")),
        (JOINED, "Peru", ("nsubj", "signed")),
        (WANTS, "Chile", ("nsubj:xsubj", "withdraw")),
        (PROMISES, "Peru", ("nsubj:xsubj", "withdraw")),
        (OUTER, "Peru", ("nsubj:xsubj", "leave")),
        (THAT, "envoys", ("nsubj", "visited")),
        (THAT, "who", ("ref", "envoys")),
        (BARE, "treaty", ("obj", "signed")),
        (DONE, "Oman", ("obl:agent", "hosted")),
    ],
)
def test_a_party_is_linked_to_each_act_it_has_a_part_in(rows, word, link):
    assert link in links(graph(rows), word)


@pytest.mark.parametrize(("rows", "word", "link"), [(WANTS, "Peru", ("nsubj:xsubj", "withdraw")),
                                                   (JOINED, "Chile", ("nsubj", "signed"))])  # fmt: skip
def test_who_is_only_near_an_act_has_no_part_in_it(rows, word, link):
    assert link not in links(graph(rows), word)


def test_every_word_keeps_the_head_of_its_tree_but_a_relative_pronoun():
    for rows in (MET, JOINED, WANTS, BARE, DONE):
        found = graph(rows)
        assert [found.heads(t.index)[0].head for t in found.sentence.tokens] == [t.head for t in found.sentence.tokens]
