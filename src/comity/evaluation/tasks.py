"""The scored tasks, each with its corpus."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from comity.errors import InputError
from comity.evaluation.halves import Half
from comity.evaluation.score import Score, material

Task = Literal["gold", "corpus", "titles", "visits", "roles", "corroboration"]
TASKS: tuple[Task, ...] = get_args(Task)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a task with their floors, and the misses; `corpus` is the hash of the repository's own corpus."""

    scores: tuple[Score, ...]
    missed: tuple[object, ...] = ()
    corpus: str | None = None

    @property
    def fallen(self) -> tuple[Score, ...]:
        """The figures below their floors."""
        return tuple(s for s in self.scores if not s.is_met)


def evaluate(
    task: Task = "gold",
    *,
    gold: Path | None = None,
    data: Path | None = None,
    news: Path | None = None,
    corpus: Path | None = None,
    development: bool = False,
    size: int | None = None,
    seed: int = 1,
) -> Evaluation:
    """Scores a task against its floors, as `comity evaluate` prints it, on the held-out half.

    `development` scores the other half. Folders that are not given are those of the repository, otherwise those in the
    folder COMITY_SHARED, otherwise in ../shared. Raises `InputError` for an unknown task or a missing folder.
    """
    half: Half = "development" if development else "held out"
    scores: Sequence[Score]
    missed: Sequence[object] = ()
    digest: str | None = None
    match task:
        case "gold":
            from comity.evaluation.gold import score_gold

            scores = tuple(score_gold(gold or material("gold")))
        case "titles":
            from comity.evaluation.titles import SIZE, score_titles

            scores, missed = score_titles(data or material("data"), half=half, size=size or SIZE, seed=seed)
        case "corpus":
            from comity.evaluation.corpus import FOLDER, hash_of, score_corpus

            scores, missed = score_corpus(corpus or FOLDER, half=half)
            digest = hash_of(corpus or FOLDER, half=half)
        case "roles":
            from comity.evaluation.roles import score_roles

            scores, missed = score_roles(corpus or material("corpus"), half=half)
        case "corroboration":
            from comity.evaluation.corroboration import FOLDER as PAIRS
            from comity.evaluation.corroboration import score_pairs

            scores, missed = score_pairs(gold or PAIRS, data or material("data"), half=half)
        case "visits":
            from comity.evaluation.visits import TRIPS, score_visits

            folders = data or material("data"), news or material("news")
            scores, missed = score_visits(*folders, half=half, size=size or TRIPS, seed=seed)
        case _:
            raise InputError(f"{task!r} is not a task; use one of {', '.join(TASKS)}")
    return Evaluation(tuple(scores), tuple(missed), digest)
