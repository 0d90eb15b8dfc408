"""What a text mentions: actors, dates, places, amounts, quotations, each with its span.

`first` and `last` are token indexes in the sentence, `last` exclusive; `head` is the token that carries the
mention in the tree; `start` and `end` are offsets in the sentence's part.
"""

from dataclasses import dataclass, field

from comity.knowledge import offices
from comity.knowledge.states import continued
from comity.mentions.edtf import Moment, moment


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A state, a person, a body or a group that can act.

    `kind`: `state` (a country's name, a government's seat, a demonym used as a noun), `adjective` (a demonym as a
    modifier: "Russian" in "Russian troops", kept because it can name a party), `person`, `organisation`, `group`
    ("Russian troops", "the foreign ministry"), `pronoun` ("he", "both sides"). For a plural that stands for several
    ("the two countries", "both sides") `members` holds an actor for each; otherwise it is empty.
    `states` is every state code that it stands for. `antecedent` is the text, start, end and part of the words that
    name whom a word that names nobody stands for. `part` is where the mention stands: the `text` or the `title`.
    """

    sentence: int
    first: int
    last: int
    head: int
    start: int
    end: int
    text: str
    kind: str
    name: str | None = None
    role: str | None = None
    state: str | None = None
    organisation: str | None = None
    sector: str | None = None
    members: tuple["ActorMention", ...] = ()
    antecedent: tuple[str, int, int, str] | None = None
    part: str = "text"

    @property
    def state_now(self) -> str | None:
        """The state that continues the one it stands for, where that is gone."""
        return continued().get(self.state or "")

    @property
    def level(self) -> str | None:
        """The rank of its office."""
        return offices.level(self.role) if self.role else None

    @property
    def words(self) -> frozenset[tuple[int, int]]:
        """Its words, each with its sentence."""
        return frozenset((self.sentence, i) for i in range(self.first, self.last))

    @property
    def states(self) -> tuple[str, ...]:
        """Codes of the states or organisations that this mention stands for."""
        if self.members:
            return tuple(dict.fromkeys(c for m in self.members for c in m.states))
        code = self.state or self.organisation
        return (code,) if code else ()


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name that the lexicon holds, and what it refers to in its report.

    `kind`, `sector`, `alone` and `members` are those of a `NameHit`: `members` are the states that a group's name
    stands for, `alone` is false for a name of plain words, which is meant only where the report names its state.
    """

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    code: str
    kind: str
    sector: str | None
    alone: bool
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression. `edtf` is null where it cannot be resolved. `basis`: stated, relative, anniversary, era.

    `kind`: `date` (a point or interval), `duration` (`edtf` is an ISO 8601 period, "for 20 years"), `since` and
    `until` (open intervals), `name` (part of a name: "the 2015 accord": dates the thing, not the event).
    `direction` is where its clause looks from the day of publication: back (-1), ahead (1), or neither (0). `begins` is
    the start of `edtf`, null where that has no plain year.
    """

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    kind: str
    edtf: str | None
    basis: str | None
    direction: int = 0
    begins: Moment | None = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins", moment(self.edtf))


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place: a state, a capital, another city, a river or a region, with the state in which it lies, if known."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    name: str
    state: str | None


@dataclass(frozen=True, slots=True)
class AmountMention:
    """A number with its unit, in base units: 1.3 billion dollars is 1.3e9 USD; `pct` for per cent ("one-tenth": 10).

    `kind`: `money`, `percent`, `quantity`, `multiple` ("tripled": value 3), `count`. `low` and `high` bound a range.
    """

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    kind: str
    value: float | None
    unit: str | None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something said by a speaker: the span of what is said (direct or reported), the verb, and who speaks."""

    sentence: int
    start: int
    end: int
    verb: str
    direct: bool
    speaker: ActorMention
