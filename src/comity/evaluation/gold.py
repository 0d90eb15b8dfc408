"""Every task on the development sets, against the floors below which a change must not fall.

The sets and their scorer are not part of the installation: `gold` is their folder.
A floor is lowered only by hand, with a line in the changelog.
"""

import csv
import gzip
import hashlib
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

from comity.coding import classifier
from comity.coding.classifier import NONE, TYPES, Span
from comity.errors import InputError, ModelError
from comity.evaluation.score import Score, floor_of
from comity.knowledge.states import rows
from comity.language.tree import Sentence
from comity.reading import Reading, read_all
from comity.records.lines import plain

_WEIGHTS = files("comity.coding") / "weights"


def score_gold(gold: Path) -> Iterator[Score]:
    """The scores of every task on the annotated sets with a floor, in the order of that table.

    Raises `InputError` if a set or the scorer is missing.
    """
    score = _scorer(gold)
    results: dict[str, dict[str, Any]] = {}
    for floor in rows("floors.csv"):
        task, corpus = floor["task"], gold / floor["corpus"]
        if task not in _TASKS:
            continue
        if not corpus.is_file():
            raise InputError(f"{corpus}: this development set is missing; give its folder")
        if task not in results:
            golds = score.load(str(corpus))
            results[task] = _TASKS[task](score, golds, corpus)
        value: Any = results[task]
        for key in floor["figure"].split("."):
            value = value[key]
        yield Score(task, floor["figure"], float(value), floor_of(task, floor["figure"], corpus))


def _scorer(gold: Path) -> ModuleType:
    path = gold / "score.py"
    if not path.is_file():
        raise InputError(f"{path}: the scorer is missing; give the folder of the development sets")
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise InputError(f"{path}: is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _records(corpus: Path) -> list[dict[str, Any]]:
    readings = (r for r in read_all([corpus]) if isinstance(r, Reading))
    return [plain(record) for reading in readings for record in reading.records]


def _out_of_fold() -> list[dict[str, Any]]:
    """The codes of each labelled pair from a classifier that had not seen its sentence.

    The shipped classifier was trained on all of these pairs, so its own codes prove nothing. The recipe writes these
    codes with the hash of the weights that they belong to; other weights are refused.
    """
    _, *found = csv.reader((_WEIGHTS / "out_of_fold.csv").read_text(encoding="utf-8").splitlines())
    again = f"{_WEIGHTS}: out_of_fold.csv belongs to other weights; run training/pairs.py with --folds 5"
    return [{"id": i, "plover": kind} for i, kind in _of_these_weights(found, again)]


def _of_these_weights(found: list[list[str]], again: str) -> list[list[str]]:
    """The rows behind the one with the hash of the weights that they belong to; other weights are refused."""
    if found[0] != ["weights", hashlib.sha256((_WEIGHTS / "pairs.onnx").read_bytes()).hexdigest()]:
        raise ModelError(again)
    return found[1:]


FOUND = 0.95
"""Of what is asked for the labelled sentences, the share that the recipe must have kept an answer for."""


@contextmanager
def _left_out() -> Iterator[None]:
    """Reads the labelled sentences with the classifier that each of them was left out of.

    The recipe keeps what the network of its fold says of a sentence and two spans, for all spans that the reader asks
    about. Raises `ModelError` at the end where the reader asked for too many others, or where the answers belong to
    other weights.
    """
    packed = (_WEIGHTS / "out_of_fold_between.csv.gz").read_bytes()
    again = (
        f"{_WEIGHTS}: out_of_fold_between.csv.gz is of other weights or rules; run training/verdicts.py with --folds"
    )
    found = _of_these_weights(list(csv.reader(gzip.decompress(packed).decode().splitlines())), again)
    known = {tuple(row[:5]): dict(zip((*TYPES, NONE), map(float, row[5:]), strict=True)) for row in found}
    texts = {key[0] for key in known}
    asked = answered = 0
    shipped = classifier.between

    def between(sentence: Sentence, source: Span, target: Span, *, alone: bool) -> dict[str, float] | None:
        nonlocal asked, answered
        if not alone:
            return shipped(sentence, source, target, alone=False)
        key = key_of(sentence, source, target)
        asked += key[0] in texts
        answered += key in known
        return known.get(key)

    classifier.between = between
    try:
        yield
    finally:
        classifier.between = shipped
    if answered < FOUND * asked:
        raise ModelError(again)


def key_of(sentence: Sentence, source: Span, target: Span) -> tuple[str, ...]:
    """What an answer of the classifier is kept under: the hash of the sentence, and the offsets of the spans in it."""
    digest = hashlib.sha256(sentence.text.encode()).hexdigest()[:16]
    return (digest, *(str(at - sentence.start) for at in (*source, *target)))


def _sentences(score: ModuleType, golds: list[Any], corpus: Path) -> dict[str, Any]:
    with _left_out():
        return _read_task("sentences")(score, golds, corpus)


def _read_task(name: str) -> Callable[[ModuleType, list[Any], Path], dict[str, Any]]:
    def run(score: ModuleType, golds: list[Any], corpus: Path) -> dict[str, Any]:
        result: dict[str, Any] = getattr(score, name)(golds, _records(corpus))
        return result

    return run


def _pairs(score: ModuleType, golds: list[Any], _: Path) -> dict[str, Any]:
    result: dict[str, Any] = score.pairs(golds, _out_of_fold())
    return result


_TASKS: dict[str, Callable[[ModuleType, list[Any], Path], dict[str, Any]]] = {
    "documents": _read_task("documents"),
    "durations": _read_task("durations"),
    "sentences": _sentences,
    "states": _read_task("state_recall"),
    "pairs": _pairs,
}
