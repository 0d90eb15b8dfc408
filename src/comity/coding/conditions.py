"""What brings an instrument into force by its own clause (Vienna Convention, article 24), as a sentence states it."""

from dataclasses import dataclass
from typing import Literal, cast

from comity.coding.clauses import first
from comity.mentions import numerals

Force = Literal["signature", "exchange", "deposits", "notes"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What brings an instrument into force: `count` deposits, and a `delay` (ISO 8601 period) after it."""

    force: Force
    delay: str | None = None
    count: int | None = None


def find_condition(text: str) -> Condition | None:
    """The condition of entry into force that a sentence states; null where it states none, or only a date.

    >>> find_condition("The agreement will enter into force 30 days after the last written notification.")
    Condition(force='notes', delay='P30D', count=None)
    """
    entry = first("entry", text)
    force = first("force", entry.found["rest"]) if entry else None
    if entry is None or force is None:
        return None
    delay, words = first("delay", entry.found["rest"]), force.found.groupdict()
    count = numerals.ordinal(words["nth"]) if "nth" in words else numerals.value(words["n"]) if "n" in words else None
    return Condition(
        cast("Force", force.yields), delay.yields if delay else None, int(count) if count is not None else None
    )


def goes_on(text: str) -> bool:
    """Whether a fixed term is followed by an open one: "for three years and thereafter until denounced".

    >>> goes_on("It shall remain in force for three years and thereafter until it is denounced by either Party.")
    True
    """
    return first("afterwards", text) is not None
