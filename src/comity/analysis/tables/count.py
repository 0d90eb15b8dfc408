"""Facts counted by year, month, actor, recipient or type."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.analysis.tables.choice import among
from comity.analysis.tables.selection import Found
from comity.knowledge.plain_words import phrase
from comity.knowledge.state_names import name
from comity.ledger.table import Table

DOERS = {"event": "actor", "visit": "visitor", "figure": "reporter"}
RECEIVERS = {"event": "recipient", "visit": "host", "figure": "partner"}
TYPES = {"event": "type", "visit": "level", "figure": "measure"}
"""The names of actor, recipient and type, by kind."""
_TYPE_FIELDS = {**TYPES, "event": "event"}
_TIMES = ("year", "month")
_MEANT = {"type": "event", "measure": "measure", "level": "level", "status": "status"}


def keys_of(kind: str) -> tuple[str, ...]:
    """The keys by which facts of a kind can be counted.

    >>> keys_of("visit")
    ('year', 'month', 'visitor', 'host', 'level', 'status')
    """
    more = ("mode",) if kind == "event" else ()
    return (*_TIMES, DOERS[kind], RECEIVERS[kind], TYPES[kind], *more, *(() if kind == "figure" else ("status",)))


@dataclass(slots=True)
class _Tally:
    certain: int = 0
    possible: int = 0
    documents: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Counts one fact."""
        self.certain += found.in_window == "certain"
        self.possible += found.in_window != "certain"
        self.documents.update(found.fact.documents)
        self.days += [str(d) for d in (found.fact.when.first, found.fact.when.last) if d]


def count(found: Sequence[Found], kind: str, by: Iterable[str]) -> Table:
    """The numbers of facts by some keys. Raises `CodeError` for keys that facts of the kind do not have.

    Each of several joint actors is counted, and a mutual act for each party with each other. Facts certainly and
    possibly in the requested time are counted separately; a year or month is null if the days of a fact leave it open.
    The largest numbers come first, but times are in their order.
    """
    words = [w for text in by for w in text.split(",") if w.strip()]
    for word in words:
        among(f"{kind}s by", [word], keys_of(kind))
    keys = tuple(dict.fromkeys(w.strip().casefold() for w in words))
    tallies: dict[tuple[str | None, ...], _Tally] = {}
    for f in found:
        for values in dict.fromkeys(_values(f, kind, keys, side) for side in f.sides):
            tallies.setdefault(values, _Tally()).add(f)
    notes = tuple(n for n in (_open(found, key) for key in keys if key in _TIMES) if n)
    rows = [
        (
            *_cells(kind, keys, values),
            t.certain,
            t.possible,
            len(t.documents),
            min(t.days, default=None),
            max(t.days, default=None),
        )
        for values, t in sorted(tallies.items(), key=_order(keys, tallies))
    ]
    return Table((*_columns(kind, keys), f"{kind}s", "possibly", "reports", "first", "last"), tuple(rows), notes)


def _values(f: Found, kind: str, keys: Sequence[str], side: tuple[str | None, str | None]) -> tuple[str | None, ...]:
    lead = f.fact.lead
    values: dict[str, str | None] = {
        "year": f.year,
        "month": f.month,
        DOERS[kind]: side[0],
        RECEIVERS[kind]: side[1],
        TYPES[kind]: getattr(lead.record, _TYPE_FIELDS[kind]),
        "mode": lead.mode,
        "status": lead.status,
    }
    return tuple(values[k] for k in keys)


def _columns(kind: str, keys: Sequence[str]) -> tuple[str, ...]:
    """The columns of the keys, with the name of each state and the plain words of each code."""
    named = {key: f"{key}_name" for key in (DOERS[kind], RECEIVERS[kind])}
    meant = {key: f"{key}_means" for key in _MEANT}
    return tuple(c for key in keys for c in (key, *filter(None, [named.get(key) or meant.get(key)])))


def _cells(kind: str, keys: Sequence[str], values: Sequence[str | None]) -> Iterator[str | None]:
    for key, value in zip(keys, values, strict=True):
        yield value
        if key in {DOERS[kind], RECEIVERS[kind]}:
            yield name(value) if value else None
        elif key in _MEANT:
            yield phrase(_MEANT[key], value)


def _order(
    keys: Sequence[str], tallies: dict[tuple[str | None, ...], _Tally]
) -> Callable[[tuple[tuple[str | None, ...], _Tally]], Any]:
    """The sort order by each key: times chronologically, unknown values last, other keys by their total."""
    totals: dict[tuple[int, str | None], int] = {}
    for values, t in tallies.items():
        for i, v in enumerate(values):
            totals[i, v] = totals.get((i, v), 0) + t.certain + t.possible

    def place(entry: tuple[tuple[str | None, ...], _Tally]) -> Any:
        values, t = entry
        first = [
            (v is None, 0 if key in _TIMES else -totals[i, v], v or "")
            for i, (key, v) in enumerate(zip(keys, values, strict=True))
        ]
        if any(key in _TIMES for key in keys):
            return (first, -t.certain)
        # for who visited whom most, the pair counts, not the total of each of the two
        return ([], -(t.certain + t.possible), [(v is None, v or "") for v in values])

    return place


def _open(found: Sequence[Found], key: str) -> str | None:
    """The number of facts without a certain year or month, in words."""
    n = sum(getattr(f, key) is None for f in found)
    return f"{n:,} of {len(found):,} have no {key} that is certain" if n else None
