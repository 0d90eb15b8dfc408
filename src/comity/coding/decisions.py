"""Decision lists: rows of `en/agreement_decisions.csv`, each an answer and the facts that must hold for it.

The rows of a question are tried in their order; the first whose facts all hold of a case answers it. A fact is
written by its name (`named`), with a value or several (`stage=signed|initialled`; `@allying` are the words of a class),
and after `not` where it must not hold.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from comity.errors import TableError
from comity.knowledge.agreement_words import words
from comity.knowledge.states import rows

TABLE = "en/agreement_decisions.csv"
Value = bool | Collection[str]
"""What a fact is: whether it holds, or what it is; it holds then where there is anything."""
_Case = TypeVar("_Case")


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact by its name, the values of which it must have one (any, where there are none), and whether it must."""

    fact: str
    values: frozenset[str]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: its name, its answer, and what must hold."""

    name: str
    answer: str
    conditions: tuple[Condition, ...]


def condition(text: str) -> Condition:
    """What a row asks, as it is written.

    >>> condition("not stage=signed")
    Condition(fact='stage', values=frozenset({'signed'}), wanted=False)
    """
    fact, _, values = text.removeprefix("not ").partition("=")
    named = (words(v[1:]) if v.startswith("@") else {v} for v in values.split("|") if v)
    return Condition(fact, frozenset().union(*named), not text.startswith("not "))


@cache
def rules(question: str) -> tuple[Rule, ...]:
    """The rules of a question, in the order of the table.

    >>> [c.fact for c in rules("a stranger")[0].conditions]
    ['two parties', 'unknown doer']
    """
    asked = [r for r in rows(TABLE) if r["question"] == question]
    return tuple(Rule(r["name"], r["answer"], tuple(map(condition, r["when"].split("; ")))) for r in asked)


def decide(question: str, facts: Mapping[str, Callable[[_Case], Value]], case: _Case) -> Rule | None:
    """The rule that answers a question for a case, or null; each fact is looked at once at most.

    >>> decide("a stranger", {"two parties": bool, "unknown doer": lambda n: n == 0}, 0).answer
    'yes'
    """
    seen: dict[str, Value] = {}

    def holds(asked: Condition) -> bool:
        if asked.fact not in facts:
            raise TableError(f"{TABLE}: {question!r} knows no fact {asked.fact!r}; it knows {', '.join(sorted(facts))}")
        if asked.fact not in seen:
            seen[asked.fact] = facts[asked.fact](case)
        return meets(asked, seen[asked.fact])

    return next((r for r in rules(question) if all(map(holds, r.conditions))), None)


def meets(asked: Condition, found: Value) -> bool:
    """Whether a fact, as it was found, is as it must be.

    >>> meets(condition("not stage=signed"), {"planned"}), meets(condition("named"), False)
    (True, False)
    """
    any_of = found if isinstance(found, bool) or not asked.values else asked.values.intersection(found)
    return bool(any_of) is asked.wanted
