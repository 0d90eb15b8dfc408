"""What may be asked in an address: each parameter once, for reading it, for refusing it and for describing it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Literal

from comity.analysis.profile import RANKS
from comity.errors import InputError
from comity.knowledge import plover
from comity.knowledge.plain_words import codes
from comity.knowledge.subjects import areas
from comity.ledger import heading
from comity.ledger.interval import as_day, asked
from comity.pages.facts import HEADINGS

_MOST_WORDS = 200
_MOST_NUMBER = 1_000_000
_SHARE = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?")
_ANY_DATE = r"^$|^\d{4}(-\d{2}(-\d{2})?)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an address. `many` may be given several times; `choices` are the only values that it takes."""

    name: str
    kind: Literal["day", "first", "last", "number", "share", "words"]
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
            close = get_close_matches(text.casefold(), [c.casefold() for c in self.choices], n=2)
            near = [c for c in self.choices if c.casefold() in close]
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise InputError(f"{self.name}={text!r} is none of {', '.join(self.choices)}{hint}")
        if self.kind == "number":
            if not (text.isascii() and text.isdigit() and int(text) <= _MOST_NUMBER):
                raise InputError(f"{self.name}={text!r} is no whole number up to {_MOST_NUMBER:,}")
            return int(text)
        if self.kind == "share":
            if not _SHARE.fullmatch(text):
                raise InputError(f"{self.name}={text!r} is no number between 0 and 1, such as 0.8")
            return float(text)
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
        elif self.kind == "share":
            one = {"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.01}
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
OF = Parameter(name="state", kind="words", told="Only what is about all of these states.", many=True)
WITHIN = Parameter(
    name="within",
    kind="words",
    told="How far ahead of the day is looked; two years where not given.",
    choices=("P6M", "P12M", "P24M", "P60M"),
)
SIGNED = Parameter(name="signed", kind="words", told="The name under which facts are judged, for the forms.")
BOM = Parameter(
    name="bom", kind="words", told="With 1, the mark by which a spreadsheet program knows UTF-8.", choices=("0", "1")
)
PAGE = Parameter(name="page", kind="number", told="The page of the table, from 1.", default=1)
LEAST = Parameter(name="least", kind="number", told="Only what so many independent sources tell.", default=0)
LEAST_TOLD = Parameter(name="least", kind="number", told="Only pairs of which so many statements tell.", default=1)
PULLED = Parameter(
    name="pulled", kind="words", told="At which of the two states rivals are shown to pull; the smaller if not given."
)
PAIRS = tuple(
    Parameter(name=n, kind="words", told=f"A state of the {which} pair, by code or any name.")
    for n, which in (("a", "first"), ("b", "first"), ("c", "second"), ("d", "second"))
)
"""The four states of two pairs that are compared."""
BY = Parameter(name="by", kind="words", told="By what partners are ranked.", choices=tuple(RANKS), default="statements")
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
WORDS = Parameter(
    name="words", kind="words", told='Words and "phrases" that a report must hold, all of them; fish* is a beginning.'
)
ABOUT = Parameter(name="state", kind="words", told="Only reports that tell a fact about all these states.", many=True)
WHERE = Parameter(
    name="in",
    kind="words",
    told="Where the words stand: anywhere in a report, or all in the quote of one fact.",
    choices=("reports", "quotes"),
    default="reports",
)
ORDER = Parameter(
    name="order",
    kind="words",
    told="Which reports come first: those that fit best, or the newest.",
    choices=("best", "newest"),
    default="best",
)
STATES = Parameter(name="state", kind="words", told="Only agreements of all these states.", many=True)
STAGES = Parameter(
    name="stage",
    kind="words",
    told="Only agreements of this stage or effect on the day.",
    choices=tuple(dict.fromkeys((*codes("stage"), *codes("text"), *codes("effect")))),
    many=True,
)
STANDS = Parameter(
    name="stands", kind="words", told="Only agreements that stand so on the day.", choices=heading.HEADINGS, many=True
)
NOT_TOLD = "not told"
"""What a facet calls a value that no report gives."""
SORTS = Parameter(
    name="type",
    kind="words",
    told="Only agreements of this kind.",
    choices=(*codes("agreement"), NOT_TOLD),
    many=True,
)
TITLE = Parameter(name="title", kind="words", told="Only agreements with these words, or beginnings of words, in it.")
SORT = Parameter(
    name="sort",
    kind="words",
    told="In what order agreements are listed: latest, title, entered, ends, reports, sources; or by a column of the "
    "CSV, with - from the most on.",
)
AREA = Parameter(name="area", kind="words", told="Only agreements on this area.", choices=areas(), many=True)
SUBJECT = Parameter(
    name="subject", kind="words", told="Only agreements on this area or subject, such as trade or fisheries."
)
ENDS = Parameter(
    name="ends",
    kind="words",
    told="Only agreements whose term ends, or that ended, in this time: EDTF, this year, next year or a period (P12M).",
)
DUE = Parameter(
    name="due",
    kind="words",
    told="Only agreements with something to watch within this time of the day.",
    choices=("P6M", "P12M", "P24M", "P60M"),
)
