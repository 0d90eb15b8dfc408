"""The records that Comity prints, field by field as its contract names them.

A record is a sourced statement: `quote` is an exact substring of the document's text (or title), at `start` to
`end` (Unicode code points, end exclusive). What the text does not support is null or empty, never a guess.
Times are EDTF strings (ISO 8601-2); states are ISO 3166-1 alpha-3 codes as of the time of the fact.
A field of a closed list names that list in its type: `Annotated[str, Stage]` is a code of `Stage`, and a member of it
where the record was read back (`lines.from_json`).
"""

import re
from dataclasses import dataclass, field
from typing import Annotated

from comity.records.codes import (
    AssessmentDirection,
    DateBasis,
    Dimension,
    Direction,
    InstrumentType,
    Kind,
    Level,
    Measure,
    PloverContext,
    PloverEvent,
    PloverMode,
    PredecessorLink,
    ProjectType,
    Sector,
    Stage,
    Status,
)

_LIKELIHOOD = re.compile(r"\s[01]\.\d\d(?:,.*)?$")
_NETWORK = "word: "
NEWER = "newer than some records"
"""What marks a field that a line leaves out where it is null: readers before it noted nothing there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """The words that name whom a pronoun or the like stands for, with their offsets in `part`."""

    text: str
    start: int
    end: int
    part: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: `state` or `organisation` is set where known; `sector` is a PLOVER sector code.

    `antecedent` is set where `text` names nobody ("they", "the two leaders").
    """

    text: str
    name: str | None = None
    role: str | None = None
    state: str | None = None
    state_now: str | None = None
    organisation: str | None = None
    sector: Annotated[str, Sector] | None = None
    start: int | None = None
    end: int | None = None
    antecedent: Antecedent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says so, where the article does not say it in its own voice."""

    text: str
    name: str | None = None
    role: str | None = None
    state: str | None = None
    sector: Annotated[str, Sector] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record carries. `id` and `document` are given when the reading is put together.

    `evidence` says why it is coded so: the rule and the word it went by, and what the network of frames saw, with how
    likely. `rule` is the part of it that names who proposed the record.
    """

    kind: Annotated[str, Kind]
    id: str = ""
    document: str = ""
    quote: str | None = None
    part: str | None = None
    start: int | None = None
    end: int | None = None
    attribution: Attribution | None = None
    confidence: float = 1.0
    evidence: str | None = None

    @property
    def rule(self) -> str | None:
        """The rule, table row or network that proposed the record; null where its evidence is unknown."""
        return rule_of(self.evidence)


def rule_of(evidence: str | None) -> str | None:
    """The rule, table row or network that evidence names first, without likelihoods and what else was seen.

    >>> rule_of("rule: signed 0.90; word: signed 0.97, PER 0.99"), rule_of("direct: condemned; word: condemned")
    ('signed', 'direct: condemned')
    >>> rule_of("word: shrugged REJECT 0.71"), rule_of(None)
    ('network of frames: shrugged REJECT', None)
    """
    if not evidence:
        return None
    first = _LIKELIHOOD.sub("", evidence.partition(";")[0])
    if first.startswith(_NETWORK):
        return "network of frames: " + first.removeprefix(_NETWORK)
    return first.removeprefix("rule: ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span set aside in a document, with the reason."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord(Record):
    """The report itself; `states` lists codes, most mentioned first."""

    kind: Annotated[str, Kind] = Kind.DOCUMENT
    title: str | None = None
    published: str | None = None
    published_basis: str | None = None
    source: str | None = None
    language: str | None = None
    text_sha256: str = ""
    extractor: str | None = None
    extractor_version: str | None = None
    states: tuple[str, ...] = ()
    skipped: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventScale:
    """An intensity on a named, versioned scale."""

    name: str
    version: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """An act in PLOVER's terms; a mutual act lists all in `actor` and leaves `recipient` empty."""

    kind: Annotated[str, Kind] = Kind.EVENT
    actor: tuple[Actor, ...] = ()
    recipient: tuple[Actor, ...] = ()
    event: Annotated[str, PloverEvent] = ""
    mode: Annotated[str, PloverMode] | None = None
    context: tuple[Annotated[str, PloverContext], ...] = ()
    cameo: str | None = None
    quad_code: int | None = None
    event_scale: EventScale | None = None
    status: Annotated[str, Status] = Status.OCCURRED
    date: str | None = None
    date_basis: Annotated[str, DateBasis] | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessor:
    """An earlier instrument; `link` is `based on`, `replaces`, `renews` or `amends`."""

    title: str | None = None
    date: str | None = None
    link: Annotated[str, PredecessorLink] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An act on an instrument besides that of its record's stage, with the words that report it."""

    stage: Annotated[str, Stage]
    date: str | None = None
    date_basis: Annotated[str, DateBasis] | None = None
    quote: str = ""
    part: str = "text"
    start: int = 0
    end: int = 0
    wording: tuple[str, ...] | None = field(default=None, metadata={NEWER: True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """An instrument between states, at the latest stage that the text supports.

    `acts` are what the same report says of its life before and besides. `force` is what brings it into force by its
    own clause (`signature`, `exchange`, `deposits`, `notes`), `force_delay` the period after that, `force_count` how
    many deposits it takes; `afterwards` is `indefinite` where it goes on after its term until denounced. `wording`
    says what the quote says of its act: that a `legislature` gave its `approval`, that instruments were exchanged
    (`exchange`), that `notice` was given (names of rows of `en/wording.csv`); null where the reader was older.
    """

    kind: Annotated[str, Kind] = Kind.AGREEMENT
    title: str | None = None
    type: Annotated[str, InstrumentType] | None = None
    parties: tuple[str, ...] = ()
    signatories: tuple[Actor, ...] = ()
    stage: Annotated[str, Stage] | None = None
    date: str | None = None
    date_basis: Annotated[str, DateBasis] | None = None
    place: str | None = None
    duration: str | None = None
    renewal: str | None = None
    notice: str | None = None
    predecessors: tuple[Predecessor, ...] = ()
    areas: tuple[str, ...] = ()
    count: int | None = None
    interstate: bool | None = None
    acts: tuple[Step, ...] = ()
    force: str | None = None
    force_delay: str | None = None
    force_count: int | None = None
    afterwards: str | None = None
    wording: tuple[str, ...] | None = field(default=None, metadata={NEWER: True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """A journey of an office-holder to another state."""

    kind: Annotated[str, Kind] = Kind.VISIT
    visitors: tuple[Actor, ...] = ()
    host: str | None = None
    place: str | None = None
    date: str | None = None
    date_basis: Annotated[str, DateBasis] | None = None
    purpose: str | None = None
    status: Annotated[str, Status] = Status.OCCURRED
    level: Annotated[str, Level] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """A joint venture, programme, infrastructure work or fund of several states."""

    kind: Annotated[str, Kind] = Kind.PROJECT
    name: str | None = None
    type: Annotated[str, ProjectType] | None = None
    parties: tuple[str, ...] = ()
    founded: str | None = None
    founded_basis: Annotated[str, DateBasis] | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number about two states: trade, aid, debt; `value` in base units of `unit`, `change_pct` signed."""

    kind: Annotated[str, Kind] = Kind.FIGURE
    measure: Annotated[str, Measure] | None = None
    reporter: str | None = None
    partner: str | None = None
    value: float | None = None
    unit: str | None = None
    change_pct: float | None = None
    direction: Annotated[str, Direction] | None = None
    period: str | None = None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation(Record):
    """Areas in which states are said to cooperate."""

    kind: Annotated[str, Kind] = Kind.COOPERATION
    parties: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """A claim on standing: of whom, over or with whom, in which dimension and direction, against which rival."""

    kind: Annotated[str, Kind] = Kind.ASSESSMENT
    of: str | None = None
    over: str | None = None
    dimension: Annotated[str, Dimension] | None = None
    direction: Annotated[str, AssessmentDirection] | None = None
    against: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commemoration(Record):
    """An anniversary: of what, when that was, the how-manieth, when it is marked, by whom."""

    kind: Annotated[str, Kind] = Kind.COMMEMORATION
    of: str | None = None
    occurred: str | None = None
    occurred_basis: Annotated[str, DateBasis] | None = None
    ordinal: int | None = None
    on: str | None = None
    on_basis: Annotated[str, DateBasis] | None = None
    parties: tuple[str, ...] = ()


SHAPES: tuple[type[Record], ...] = (
    DocumentRecord,
    Event,
    Agreement,
    Visit,
    Project,
    Figure,
    Cooperation,
    Assessment,
    Commemoration,
)
"""The nine kinds of records."""
