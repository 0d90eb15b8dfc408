"""Decision lists: rows of `en/agreement_decisions.csv`, each an answer and the facts that must hold for it.

The rows of a question are tried in their order; the first whose facts all hold of a case answers it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from comity.errors import TableError
from comity.knowledge.states import rows

TABLE = "en/agreement_decisions.csv"
_NOT = "not "
_Case = TypeVar("_Case")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: its name, its answer, and the facts by their names, each with whether it must hold or must not."""

    name: str
    answer: str
    facts: tuple[tuple[str, bool], ...]


@cache
def rules(question: str) -> tuple[Rule, ...]:
    """The rules of a question, in the order of the table.

    >>> rules("a stranger")[0].facts
    (('two parties', False), ('unknown doer', True))
    """
    return tuple(
        Rule(r["name"], r["answer"], tuple((f.removeprefix(_NOT), not f.startswith(_NOT)) for f in r["when"].split("; ")))
        for r in rows(TABLE)
        if r["question"] == question
    )


def decide(question: str, facts: Mapping[str, Callable[[_Case], bool]], case: _Case) -> Rule | None:
    """The rule that answers a question for a case, or null; each fact is looked at once at most.

    >>> decide("a stranger", {"two parties": bool, "unknown doer": lambda n: n == 0, "idle": bool}, 0).answer
    'yes'
    """
    seen: dict[str, bool] = {}

    def holds(name: str) -> bool:
        if name not in facts:
            raise TableError(f"{TABLE}: {question!r} knows no fact {name!r}; it knows {', '.join(sorted(facts))}")
        if name not in seen:
            seen[name] = facts[name](case)
        return seen[name]

    return next((r for r in rules(question) if all(holds(name) is wanted for name, wanted in r.facts)), None)
