"""What may be asked in an address: each parameter once, for reading it, for refusing it and for describing it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from comity.errors import InputError
from comity.knowledge import plover
from comity.ledger import heading
from comity.ledger.interval import as_day, asked
from comity.pages.facts import HEADINGS

_MOST_WORDS = 200
_MOST_NUMBER = 1_000_000
_ANY_DATE = r"^$|^\d{4}(-\d{2}(-\d{2})?)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an address. `many` may be given several times; `choices` are the only values that it takes."""

    name: str
    kind: Literal["day", "first", "last", "number", "words"]
    told: str
    choices: tuple[str, ...] = ()
    many: bool = False
    default: Any = None

    def read(self, given: Iterable[str]) -> Any:
        """The value of what was given. Raises `InputError` with what would fit."""
        values = [v.strip() for v in given if v.strip()]
        if self.many:
            return tuple(dict.fromkeys(self._one(v) for v in values)) if values else (self.default or ())
        return self._one(values[-1]) if values else self.default

    def _one(self, text: str) -> Any:
        if len(text) > _MOST_WORDS or not text.isprintable():
            raise InputError(f"{self.name}: is too long or holds control characters")
        if self.choices and text not in self.choices:
            raise InputError(f"{self.name}={text!r} is none of {', '.join(self.choices)}")
        if self.kind == "number":
            if not (text.isascii() and text.isdigit() and int(text) <= _MOST_NUMBER):
                raise InputError(f"{self.name}={text!r} is no whole number up to {_MOST_NUMBER:,}")
            return int(text)
        if self.kind == "day":
            return as_day(text)
        if self.kind == "first":
            return asked(text).first
        if self.kind == "last":
            return asked(text).last
        return text

    def schema(self) -> dict[str, Any]:
        """The parameter as OpenAPI describes it."""
        one: dict[str, Any] = {"type": "integer", "minimum": 0} if self.kind == "number" else {"type": "string"}
        if self.choices:
            one["enum"] = list(self.choices)
        elif self.kind in {"day", "first", "last"}:
            one["pattern"] = _ANY_DATE
        elif self.kind == "words":
            one["maxLength"] = _MOST_WORDS
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.told,
            "schema": {"type": "array", "items": one} if self.many else one,
        }


def read(parameters: Iterable[Parameter], given: Mapping[str, list[str]]) -> dict[str, Any]:
    """The values of all parameters by name. Raises `InputError` where one does not fit."""
    return {p.name: p.read(given.get(p.name, [])) for p in parameters}


def today() -> date:
    """The day of now: a question without a day is asked today, and the answer names the day."""
    return datetime.now().astimezone().date()


ON = Parameter(name="on", kind="day", told="The day in the world that is asked about; today where not given.")
KNOWN = Parameter(name="known", kind="day", told="Only what reports of that day and before tell.")
FROM = Parameter(name="from", kind="first", told="The first day of the window, a date, month or year.")
TO = Parameter(name="to", kind="last", told="The last day of the window, a date, month or year.")
PAGE = Parameter(name="page", kind="number", told="The page of the table, from 1.", default=1)
LEAST = Parameter(name="least", kind="number", told="Only what so many independent sources tell.", default=0)
LEAST_TOLD = Parameter(name="least", kind="number", told="Only pairs of which so many statements tell.", default=1)
PULLED = Parameter(
    name="pulled", kind="words", told="At which of the two states rivals are shown to pull; the smaller if not given."
)
STATE = Parameter(name="state", kind="words", told="A state by code or any name, or an organisation by acronym.")
KINDS = Parameter(name="kind", kind="words", told="Only facts of this kind.", choices=tuple(HEADINGS), many=True)
TYPES = Parameter(
    name="type", kind="words", told="Only events of this PLOVER type.", choices=tuple(plover.events()), many=True
)
STATUS = Parameter(
    name="status",
    kind="words",
    told="Only events and visits of this standing; those that occurred where not given.",
    choices=("occurred", "planned", "hypothetical", "denied"),
    many=True,
    default=("occurred",),
)
FACT = Parameter(name="fact", kind="words", told="The fact whose evidence is opened beside the page.")
WIDTH = Parameter(name="width", kind="number", told="The width of the strip in pixels, 280 to 2000.", default=1100)
STATES = Parameter(name="state", kind="words", told="Only agreements of all these states.", many=True)
STAGES = Parameter(name="stage", kind="words", told="Only agreements of this stage or effect on the day.", many=True)
STANDS = Parameter(
    name="stands", kind="words", told="Only agreements that stand so on the day.", choices=heading.HEADINGS, many=True
)
SORTS = Parameter(name="type", kind="words", told="Only agreements of this kind.", many=True)
AREA = Parameter(name="area", kind="words", told="Only agreements on this area.", many=True)
DUE = Parameter(
    name="due",
    kind="words",
    told="Only agreements with something to watch within this time of the day.",
    choices=("P6M", "P12M", "P24M", "P60M"),
)
