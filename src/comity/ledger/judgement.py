"""A person's judgement of a fact or of one statement: signed, dated, appended, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.ledger.interval import interval

Verdict = Literal["accept", "reject", "correct", "same", "apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`id` is a fact's or a statement's; `changes` are the corrected fields, for `same` the other fact's id.

    `accept` and `reject` apply until a later judgement of the same id; `apart` removes a statement from its fact,
    `same` joins two facts; a later `accept` undoes either, for `same` on either of the two facts.
    """

    number: int
    id: str
    verdict: Verdict
    changes: tuple[tuple[str, str], ...] = ()
    signed: str
    dated: str
    note: str | None = None


def standing(judgements: Iterable[Judgement], known: date | None) -> dict[str, tuple[Judgement, ...]]:
    """The judgements up to a day by the id that they are of, in their order."""
    out: dict[str, tuple[Judgement, ...]] = {}
    for j in sorted(judgements, key=lambda j: (j.dated, j.number)):
        if known is None or interval(j.dated).by(known) == "certain":
            out[j.id] = (*out.get(j.id, ()), j)
    return out


def rejected(judged: tuple[Judgement, ...]) -> bool:
    """Whether the latest of its judgements rejects it."""
    words = [j.verdict for j in judged if j.verdict in {"accept", "reject", "correct"}]
    return bool(words) and words[-1] == "reject"


def accepted(judged: tuple[Judgement, ...]) -> bool:
    """Whether the latest of its judgements confirms it."""
    words = [j.verdict for j in judged if j.verdict in {"accept", "reject", "correct"}]
    return bool(words) and words[-1] != "reject"


def set_apart(judged: tuple[Judgement, ...]) -> bool:
    """Whether the latest judgement of a statement separates it from the fact that it would join."""
    words = [j.verdict for j in judged if j.verdict in {"apart", "accept"}]
    return bool(words) and words[-1] == "apart"


def called_one(judged: Mapping[str, tuple[Judgement, ...]]) -> list[tuple[str, str]]:
    """The pairs of ids that a person has judged to be the same, without a later `accept` of either."""
    last = {
        key: max(map(_turn, (j for j in js if j.verdict == "accept")), default=("", 0)) for key, js in judged.items()
    }
    return [
        (j.id, other)
        for key, js in judged.items()
        for j in js
        if j.verdict == "same"
        for name, other in j.changes
        if name == "other" and _turn(j) > max(last[key], last.get(other, ("", 0)))
    ]


def _turn(j: Judgement) -> tuple[str, int]:
    return (j.dated, j.number)


def corrections(judged: tuple[Judgement, ...]) -> dict[str, tuple[str, Judgement]]:
    """The corrected fields with the latest judgement of each."""
    return {name: (value, j) for j in judged if j.verdict == "correct" for name, value in j.changes}
