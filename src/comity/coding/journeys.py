"""Journeys: which words report one, and where its visitors and its host stand beside them (`en/journeys.csv`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from comity.coding.constructions import Path, path
from comity.errors import TableError
from comity.knowledge.states import rows
from comity.records.codes import Status

_TABLE = "en/journeys.csv"
_SCENES = frozenset({"here", "abroad", "other"})
"""Hosts that no path leads to: where the report is set, or the other state of those that it is about."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of `en/journeys.csv`: which words report a journey, and the paths from them to who takes part in it.

    `sender` leads to whose state a visitor without a state is of, `receiver` to whose state is the host where no place
    is named; a `host` that is `here` is where the report is set, `abroad` the first state there that is not a
    visitor's own, `other` the other one of the two that it is about. `status` is empty where the words around say it.
    """

    words: Path
    visitor: str
    sender: str
    host: str
    receiver: str
    status: str
    certainty: str

    @property
    def of_travel(self) -> bool:
        """Whether its words report travel by themselves; else any name may be one, by what stands around it."""
        return any(self.words.asked)


@cache
def frames() -> tuple[Frame, ...]:
    """The frames of journeys, in the order of the table: of two that find a journey by one word the first is meant.

    >>> from comity.language.tree import Sentence, Token
    >>> one = Sentence(0, "text", 0, 6, "Toured", (Token(0, "Toured", 0, 6, "tour", "VERB", "VBD", -1, "root"),))
    >>> next(f.host for f in frames() if f.words.reached(one, 0))
    'obj {named}'
    """
    return tuple(frame_of(r, f"{_TABLE}:{n}") for n, r in enumerate(rows(_TABLE), 2))


def frame_of(row: Mapping[str, str], line: str) -> Frame:
    """The frame of a row; raises `TableError` with its line where a cell cannot be read.

    >>> row = dict.fromkeys(("pattern", "visitor", "sender", "host", "receiver", "yields", "certainty"), "")
    >>> frame_of(row | {"pattern": ".[jet", "certainty": "0.8"}, "line 7")
    Traceback (most recent call last):
    ...
    comity.errors.TableError: line 7: '.[jet' is no step; write <relation:marker*[words], each but the relation optional
    """
    written = [row[c] for c in ("visitor", "sender", "host", "receiver") if row[c] and row[c] not in _SCENES]
    try:
        words, *_ = [path(cell) for cell in (row["pattern"], *written)]
    except TableError as error:
        raise TableError(f"{line}: {error}") from error
    if row["yields"] not in {"", *Status}:
        raise TableError(f"{line}: a journey cannot be {row['yields']!r}; leave it empty or write {', '.join(Status)}")
    if not re.fullmatch(r"0(?:\.\d+)?|1", row["certainty"]):
        raise TableError(f"{line}: the certainty {row['certainty']!r} is no number from 0 to 1; write one, such as 0.8")
    cells = (row[c] for c in ("visitor", "sender", "host", "receiver", "yields", "certainty"))
    return Frame(words, *cells)
