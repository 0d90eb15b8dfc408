"""The encoder: one small network that gives every word its tag, its head and its relation.

The weights are two ONNX files of whole numbers, run by onnxruntime on one thread: the lower layers, on whose vectors
every other network builds, and the upper ones, which give the tree. The network is built so that no
number in it depends on a processor's instructions (training/network.py says how): the result is the same, bit for bit,
on x86-64 with SSE 4.2 alone, with AVX2, and with AVX-512, and for every number of processes. On arm64, where
compilers may join a product and a sum, it is not tested. The weights load at the first use.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.errors import ModelError
from comity.language.tree import Pieces
from comity.language.trees import heads

_CLS, _SEP, _UNKNOWN = 101, 102, 100
_POSITIONS = 512
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLOSE = 1e-3
"""Labels whose scores lie nearer to each other are scored anew, in double."""
_MODIFIERS = frozenset({"amod", "compound"})
"""Relations that no finite verb has: in "Canada suspended aid" it is not the aid that is spoken of."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Tag (Penn Treebank), head (-1 for the root) and relation of each word of a sentence, and its pieces."""

    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    pieces: Pieces | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Network:
    lower: Any
    upper: Any
    labels: tuple[str, ...]
    tags: tuple[str, ...]
    root: int


@cache
def pieces() -> Any:
    """The tokenizer that cuts words into the pieces of every network here, without padding or truncation."""
    from tokenizers import Tokenizer

    folder = files("comity.language") / "weights"
    with refused(folder):
        found = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
    found.no_padding()
    found.no_truncation()
    return found


@cache
def network(package: str, name: str) -> Any:
    """A session of a network among the weights of a package, opened at the first use.

    >>> [i.name for i in network("comity.language", "lower.onnx").get_inputs()]
    ['input_ids', 'positions']
    """
    folder = files(package) / "weights"
    with refused(folder):
        return opened(folder, name)


def opened(folder: Traversable, name: str) -> Any:
    """A session of a network in a folder of weights, on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # a plan of memory would be kept for every length of text: a tenth more memory, for no time
    options.enable_mem_pattern = False
    with as_file(folder / name) as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def described(package: str, name: str) -> Any:
    """What a file of names and numbers among the weights of a package says.

    >>> "nsubj" in described("comity.language", "labels.json")["labels"]
    True
    """
    folder = files(package) / "weights"
    with refused(folder):
        return json.loads((folder / name).read_text(encoding="utf-8"))


def instructions() -> str:
    """The sets of instructions that this machine's processor offers to the networks, the oldest first.

    >>> len(instructions()) > 0
    True
    """
    found = np.show_config(mode="dicts")["SIMD Extensions"]
    return " ".join([*found.get("baseline", ()), *found.get("found", ())])


@contextmanager
def refused(folder: Traversable) -> Iterator[None]:
    """Turns whatever goes wrong while weights load into a `ModelError` that names their folder."""
    try:
        yield
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"the weights in {folder} could not be loaded ({error}); reinstall comity") from error


@cache
def _network() -> _Network:
    names = described("comity.language", "labels.json")
    sessions = network("comity.language", "lower.onnx"), network("comity.language", "upper.onnx")
    labels = tuple(names["labels"])
    return _Network(*sessions, labels, tuple(names["tags"]), labels.index("root"))


def encode(sentences: list[list[str]]) -> list[Analysis]:
    """An analysis for each sentence, given as its words, in the same order.

    Sentences go through the network one at a time: none is padded, and none changes with its neighbours.

    >>> encode([["Chile", "signed"]])[0].relations
    ('nsubj', 'root')
    """
    return [parsed(embedded(words)) if words else Analysis((), (), ()) for words in sentences]


def embedded(words: list[str]) -> Pieces:
    """The pieces of a sentence's words, with their vectors after the lower layers.

    >>> embedded(["Chile", "signed"]).vectors.shape
    (4, 384)
    """
    ids, first = [_CLS], []
    for word in words:
        first.append(min(len(ids), _POSITIONS - 2))
        ids.extend(pieces_of(word))
    return Pieces(lower([*ids[: _POSITIONS - 1], _SEP]), tuple(first))


@lru_cache(maxsize=50_000)
def pieces_of(word: str) -> tuple[int, ...]:
    """The pieces of one word, eight at most; words come again, and cutting them costs more than keeping them."""
    return tuple(pieces().encode(word, add_special_tokens=False).ids[:8]) or (_UNKNOWN,)


def lower(ids: list[int]) -> NDArray[np.float32]:
    """The vectors of word pieces after the lower layers, which further networks build on: [piece, 384].

    >>> lower([101, 7254, 102]).shape
    (3, 384)
    """
    fed = {"input_ids": np.array([ids], np.int64), "positions": np.arange(len(ids))}
    (low,) = _network().lower.run(["low"], fed)
    vectors: NDArray[np.float32] = low[0]
    return vectors


def parsed(found: Pieces) -> Analysis:
    """The analysis of a sentence, given as its pieces.

    >>> parsed(embedded(["Chile", "signed"])).tags
    ('NNP', 'VBD')
    """
    fed = {"low": found.vectors[None], "first": np.array([(0, *found.first)], np.int64)}
    arc, tag, dep, head = _network().upper.run(["arc", "tag", "dep", "head"], fed)
    return replace(_read(arc[0], tag[0], dep[0], head[0], len(found.first) + 1), pieces=found)


def _read(
    arc: NDArray[np.float32], tag: NDArray[np.float32], dep: NDArray[np.float32], head: NDArray[np.float32], n: int
) -> Analysis:
    net = _network()
    arc = arc[:n, :n].copy()
    tags = tuple(net.tags[i] for i in tag[1:n].argmax(1).tolist())
    found, relations = _tree(arc, dep, head, n)
    odd = [i for i in range(n - 1) if tags[i] in _FINITE and net.labels[relations[i]] in _MODIFIERS and found[i] >= 0]
    if odd:
        for i in odd:
            arc[i + 1, found[i] + 1] = -np.inf
        found, relations = _tree(arc, dep, head, n)
    return Analysis(tags, tuple(found), tuple(net.labels[i] for i in relations))


def _tree(
    arc: NDArray[np.float32], dep: NDArray[np.float32], head: NDArray[np.float32], n: int
) -> tuple[list[int], list[int]]:
    """The head and the number of the relation of each word."""
    net = _network()
    found = heads(arc)
    above = np.array([h + 1 for h in found])
    k = head.shape[-1]
    ones = np.concatenate([head[above], np.ones((n - 1, 1), np.float32)], 1)
    each = dep[1:n].reshape(n - 1, len(net.labels), k + 1)
    scores = (each @ ones[:, :, None])[:, :, 0]
    # the root, and nothing else, has the relation "root"
    scores[:, net.root] = np.where(above == 0, np.inf, -np.inf)
    best = np.partition(scores, -2, axis=1)[:, -2:]
    close = best[:, 1] - best[:, 0] < _CLOSE
    if close.any():
        # in double: the order of the terms, which depends on the processor, then changes no label
        exact = (each[close].astype(np.float64) @ ones[close, :, None].astype(np.float64))[:, :, 0]
        exact[:, net.root] = -np.inf
        scores[close] = exact
    return found, scores.argmax(1).tolist()
