"""How far the graph of a sentence agrees with the enhanced graphs that people checked in treebanks.

Each sentence keeps the tree of its treebank, so that only what the graph adds is asked about. A link counts where its
dependent, its head and its relation with its marker are the treebank's; nodes for words left out ("8.1") are no words
of the sentence and are left aside.
"""

import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.language.graph import Graph
from comity.language.tree import Sentence, Token

Link = tuple[int, int, str]


def treebank(file: Path) -> Iterator[tuple[Sentence, set[Link]]]:
    """The sentences of a treebank as trees, each with the links that its enhanced graph has."""
    tokens: list[Token] = []
    gold: set[Link] = set()
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdigit():
                i, head = int(cells[0]) - 1, int(cells[6]) - 1
                tokens.append(Token(i, cells[1], 0, 0, cells[2], cells[3], cells[4], head, cells[7]))
                for link in cells[8].split("|"):
                    above, relation = link.split(":", 1)
                    if above.isdigit():
                        gold.add((i, int(above) - 1, relation))
            elif not line.strip() and tokens:
                yield Sentence(0, "text", 0, 0, "", tuple(tokens)), gold
                tokens, gold = [], set()


def links(sentence: Sentence) -> set[Link]:
    return {(e.dependent, e.head, e.relation) for e in Graph(sentence).edges}


def added(sentence: Sentence, found: set[Link]) -> set[Link]:
    """The links that the tree alone has not."""
    return {k for k in found if sentence.tokens[k[0]].head != k[1]}


@pytest.fixture(scope="module", params=["gum_dev", "ewt_dev"])
def sentences(request: pytest.FixtureRequest, shared: Path) -> list[tuple[Sentence, set[Link]]]:
    file = shared / "treebanks" / f"{request.param}.conllu.gz"
    if not file.is_file():
        pytest.skip("needs the treebanks of the development material")
    return list(treebank(file))


def f1(pairs: list[tuple[set[Link], set[Link]]]) -> float:
    hits = sum(len(found & gold) for found, gold in pairs)
    return 2 * hits / sum(len(found) + len(gold) for found, gold in pairs)


def test_nearly_all_links_with_their_markers_are_those_of_the_treebank(sentences) -> None:
    assert f1([(links(s), gold) for s, gold in sentences]) >= 0.985


def test_most_links_that_a_tree_has_no_room_for_are_found_and_right(sentences) -> None:
    assert f1([(added(s, links(s)), added(s, gold)) for s, gold in sentences]) >= 0.89


@pytest.mark.parametrize(
    ("relation", "floor"),
    [
        ("nsubj", 0.985),
        ("nsubj:pass", 0.98),
        ("obj", 0.98),
        ("nsubj:xsubj", 0.94),
        ("obl:agent", 0.96),
        ("conj:and", 0.97),
        ("ref", 0.985),
    ],
)
def test_who_acts_on_whom_is_linked_as_in_the_treebank(sentences, relation: str, floor: float) -> None:
    pairs = [
        ({k for k in links(s) if k[2] == relation}, {k for k in gold if k[2] == relation}) for s, gold in sentences
    ]
    assert f1(pairs) >= floor


def test_no_word_loses_the_head_of_its_tree_and_none_depends_on_itself(sentences) -> None:
    for sentence, _ in sentences:
        found = Graph(sentence)
        for token in sentence.tokens:
            edges = found.heads(token.index)
            assert all(e.head != token.index for e in edges)
            assert len({(e.head, e.relation) for e in edges}) == len(edges)
            assert edges[0].relation == "ref" or edges[0].head == token.head


def test_the_graph_is_the_same_seen_from_above_and_from_below(sentences) -> None:
    for sentence, _ in sentences[:200]:
        found = Graph(sentence)
        above = Counter(e for t in sentence.tokens for e in found.heads(t.index) if e.head >= 0)
        below = Counter(e for t in sentence.tokens for e in found.dependents(t.index))
        assert above == below
        for token in sentence.tokens:
            subjects = found.dependents(token.index, "nsubj")
            assert subjects == tuple(e for e in found.dependents(token.index) if e.name == "nsubj")
