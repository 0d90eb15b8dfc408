"""Role frames: by which mark beside it a party stands at which end of a measure or of a standing.

A mark is a preposition, or `owner` ("Peru's"), `adjective` ("Peruvian"), `subject`, `receiver` (the subject of a verb
of getting), `indirect object`. The rows of `roles.csv` say which role it gives in which frames.
"""

from collections.abc import Collection
from functools import cache

from comity.knowledge.states import rows


@cache
def _frame(name: str) -> tuple[tuple[str, frozenset[str]], ...]:
    own = (r for r in rows("en/roles.csv") if name in r["frames"].split("; "))
    return tuple((r["role"], frozenset(r["marks"].split("; "))) for r in own)


def role_of(frame: str, marks: Collection[str]) -> str | None:
    """The role that marks give in a frame, by the first row that has one of them; null where no row has.

    >>> role_of("exports", {"to"}), role_of("imports", {"to"}), role_of("trade", {"near"})
    ('partner', 'reporter', None)
    """
    return next((role for role, own in _frame(frame) if not own.isdisjoint(marks)), None)
