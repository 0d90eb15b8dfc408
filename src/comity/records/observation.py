"""An observation: one row of a public data set, in the same shape whatever the data set."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

ObservationKind = Literal["event", "agreement", "visit", "figure", "tie"]
Standing = Literal["reported", "missing", "estimated", "unverified"]

KINDS: tuple[ObservationKind, ...] = ("event", "agreement", "visit", "figure", "tie")
"""What a row can state."""
STANDINGS: tuple[Standing, ...] = ("reported", "missing", "estimated", "unverified")
"""How far a row is vouched for: `missing` says that the data set has no value, `unverified` that a machine coded it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one row of a data set states; the fields are the columns of the ledger's table `observation`.

    `source` is `kind@version` of the data set, `row` the row's key within it. `a` and `b` are ISO alpha-3 codes as of
    the time (or an organisation's acronym); `a` acts on, reports on or is a party with `b`. `block` are all states and
    organisations concerned, a former state by the one that continues it. `last` is null where the end is open or not
    reported; `censored` says that it is the data set's end, not one in the world. `value` is in base units of `unit`,
    null where it is missing. `body` is JSON of what else the row states.

    >>> Observation(source="cow_trade@4.0", row="2-20-1990-imports", kind="figure", measure="imports").id
    'cow_trade@4.0/2-20-1990-imports'
    """

    source: str
    row: str
    kind: ObservationKind
    measure: str
    a: str | None = None
    b: str | None = None
    block: str = ""
    directed: bool = False
    first: date | None = None
    last: date | None = None
    censored: bool = False
    value: float | None = None
    unit: str | None = None
    standing: Standing = "reported"
    url: str | None = None
    body: str = "{}"

    @property
    def id(self) -> str:
        """The id under which the ledger finds it."""
        return f"{self.source}/{self.row}"

    @property
    def record(self) -> dict[str, Any]:
        """What else the row states, as JSON knows it."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    def detail(self, name: str) -> str | None:
        """One of the other values of the row as text; null where the row has none.

        >>> Observation(source="x@1", row="1", kind="visit", measure="visit", body='{"place": "Oslo"}').detail("place")
        'Oslo'
        """
        value = self.record.get(name)
        return None if value in (None, "") else str(value)

    @property
    def states(self) -> tuple[str, ...]:
        """All states and organisations concerned, a former state by the one that continues it."""
        return tuple(self.block.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource:
    """A data set as imported: `key` is `kind@version`, `first` to `last` the days in the world that it covers."""

    key: str
    kind: str
    title: str
    version: str
    licence: str
    citation: str
    url: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def name(self) -> str:
        """Title and version in one."""
        return f"{self.title} {self.version}"

    @property
    def coverage(self) -> str:
        """The years that it covers, in words.

        >>> DataSource(
        ...     key="x@1", kind="x", title="X", version="1", licence="-", citation="-", first=date(1900, 1, 1)
        ... ).coverage
        'covers 1900–?'
        """
        return f"covers {self.first.year if self.first else '?'}–{self.last.year if self.last else '?'}"
