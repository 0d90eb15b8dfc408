"""The answer of a data set to one fact."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["corroborated", "not found", "contradicted", "not verifiable with this source"]

Lack = Literal[
    "no day",
    "no name",
    "no parties",
    "no person",
    "no number",
    "several fit",
    "other title",
    "outside its years",
    "nothing on a state",
    "a list of some only",
    "value missing",
    "other unit",
]
"""What is lacking if a data set cannot answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a data set says: the outcome, the reason, the ids of the observations, and what it lacks to answer."""

    outcome: Outcome
    why: str
    rows: tuple[str, ...] = ()
    lack: Lack | None = None


def unable(lack: Lack, why: str, rows: tuple[str, ...] = ()) -> Answer:
    """The answer of a data set that cannot answer.

    >>> unable("no day", "the reports state none").why
    'no day: the reports state none'
    """
    return Answer("not verifiable with this source", f"{lack}: {why}", rows, lack)
