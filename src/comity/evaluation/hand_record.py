"""A record that a reader marked by hand, as a line of the corpus has it (`corpus/GUIDE.md`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SIDES = ("actor", "rec", "visitor", "host", "parties", "reporter", "partner")
_WORDS = {"event": "trig", "visit": "trig", "agreement": "title", "figure": "text"}
KINDS = tuple(_WORDS)
"""The kinds that are compared with what is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandRecord:
    """A marked record of one of the compared kinds.

    It stands in the paragraph of number `paragraph` (0 is the title) at `words`, which end in "#2" where the second
    occurrence is meant. `sides` are pairs of words and code by the names of the guide. `types` are the reader's own
    type, then those that may be defended; `journey` is false of a visit that is no journey.
    """

    kind: str
    paragraph: int
    words: str
    sides: Mapping[str, tuple[tuple[str, str | None], ...]]
    types: tuple[str, ...] = ()
    journey: bool = True
    main: bool = True
    interstate: bool = True
    multilateral: bool = False
    value: float | None = None
    change_pct: float | None = None

    def side(self, name: str) -> tuple[tuple[str, str | None], ...]:
        """The pairs of words and code of a side; none where the reader marked none."""
        return self.sides.get(name, ())


def hand_records(rows: list[dict[str, Any]]) -> list[HandRecord]:
    """The records of an article that are of a compared kind. Raises `KeyError` where one lacks what its kind needs.

    >>> row = {"p": 1, "k": "visit", "trig": "visited", "nth": 2, "visitor": [["Rojas", "CHL"]]}
    >>> (visit,) = hand_records([{**row, "host": ["Lima", "PER"]}, {"p": 1, "k": "project"}])
    >>> visit.words, visit.side("host")
    ('visited#2', (('Lima', 'PER'),))
    """
    return [_record(row) for row in rows if row["k"] in _WORDS]


def _record(row: dict[str, Any]) -> HandRecord:
    kind = row["k"]
    words = row.get(_WORDS[kind]) or ""
    nth = f"#{row['nth']}" if row.get("nth") and _WORDS[kind] == "trig" else ""
    return HandRecord(
        kind=kind,
        paragraph=row["p"],
        words=words + nth if words else "",
        sides={name: _pairs(row[name]) for name in _SIDES if row.get(name)},
        types=(row["type"], *(row.get("alt") or [])) if kind == "event" else (),
        journey=row.get("type", "visit") == "visit",
        main=bool(row.get("main", 1)),
        interstate=bool(row.get("interstate", 1)),
        multilateral=bool(row.get("multilateral")),
        value=row.get("value"),
        change_pct=row.get("change_pct"),
    )


def _pairs(given: Any) -> tuple[tuple[str, str | None], ...]:
    """One [words, code] or several."""
    pairs = [given] if isinstance(given[0], str) else given
    return tuple((words, code) for words, code in pairs)
