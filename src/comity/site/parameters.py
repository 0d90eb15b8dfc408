"""The parameters of addresses: each defined once, for parsing, validation and description."""

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
    """A parameter of an address. With `many` it may be repeated; `choices` are its only valid values."""

    name: str
    kind: Literal["day", "first", "last", "number", "share", "words"]
    description: str
    choices: tuple[str, ...] = ()
    many: bool = False
    default: Any = None

    def read(self, given: Iterable[str]) -> Any:
        """The parsed value. Raises `InputError` with the valid forms."""
        values = [v.strip() for v in given if v.strip()]
        if self.many:
            return tuple(dict.fromkeys(self._one(v) for v in values)) if values else (self.default or ())
        return self._one(values[-1]) if values else self.default

    def _one(self, text: str) -> Any:
        if len(text) > _MOST_WORDS or not text.isprintable():
            raise InputError(f"{self.name}: is too long or contains control characters")
        if self.choices and text not in self.choices:
            close = get_close_matches(text.casefold(), [c.casefold() for c in self.choices], n=2)
            near = [c for c in self.choices if c.casefold() in close]
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise InputError(f"{self.name}={text!r} is not one of {', '.join(self.choices)}{hint}")
        if self.kind == "number":
            if not (text.isascii() and text.isdigit() and int(text) <= _MOST_NUMBER):
                raise InputError(f"{self.name}={text!r} is not a whole number up to {_MOST_NUMBER:,}")
            return int(text)
        if self.kind == "share":
            if not _SHARE.fullmatch(text):
                raise InputError(f"{self.name}={text!r} is not a number between 0 and 1, such as 0.8")
            return float(text)
        if self.kind == "day":
            return as_day(text)
        if self.kind == "first":
            return asked(text).first
        if self.kind == "last":
            return asked(text).last
        return text

    def schema(self) -> dict[str, Any]:
        """The parameter in OpenAPI format."""
        schema: dict[str, Any] = {"type": "integer", "minimum": 0} if self.kind == "number" else {"type": "string"}
        if self.choices:
            schema["enum"] = list(self.choices)
        elif self.kind in {"day", "first", "last"}:
            schema["pattern"] = _ANY_DATE
        elif self.kind == "share":
            schema = {"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.01}
        elif self.kind == "words":
            schema["maxLength"] = _MOST_WORDS
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.description,
            "schema": {"type": "array", "items": schema} if self.many else schema,
        }


def read(parameters: Iterable[Parameter], given: Mapping[str, list[str]]) -> dict[str, Any]:
    """The values of all parameters by name. Raises `InputError` if one is invalid."""
    return {p.name: p.read(given.get(p.name, [])) for p in parameters}


def today() -> date:
    """Today: the default day of a request, named in the answer."""
    return datetime.now().astimezone().date()


ON = Parameter(name="on", kind="day", description="The day for which the status is reported; today by default.")
KNOWN = Parameter(name="known", kind="day", description="Only what reports published by this day say.")
FROM = Parameter(name="from", kind="first", description="The first day of the period: a date, month or year.")
TO = Parameter(name="to", kind="last", description="The last day of the period: a date, month or year.")
OF = Parameter(name="state", kind="words", description="Only what is about all of these states.", many=True)
WITHIN = Parameter(
    name="within",
    kind="words",
    description="How far ahead to look; two years by default.",
    choices=("P6M", "P12M", "P24M", "P60M"),
)
SIGNED = Parameter(name="signed", kind="words", description="The name with which judgements are signed, for the forms.")
BOM = Parameter(
    name="bom",
    kind="words",
    description="With 1, begin with the byte order mark by which spreadsheets recognize UTF-8.",
    choices=("0", "1"),
)
PAGE = Parameter(name="page", kind="number", description="The page of the table, from 1.", default=1)
LEAST = Parameter(
    name="least", kind="number", description="Only facts with at least this many independent sources.", default=0
)
LEAST_STATEMENTS = Parameter(
    name="least", kind="number", description="Only pairs with at least this many statements.", default=1
)
PULLED = Parameter(
    name="pulled",
    kind="words",
    description="On which of the two states rivals' influence is shown; by default the smaller.",
)
PAIRS = tuple(
    Parameter(name=n, kind="words", description=f"A state of the {which} pair, by code or any name.")
    for n, which in (("a", "first"), ("b", "first"), ("c", "second"), ("d", "second"))
)
"""The four states of the two compared pairs."""
BY = Parameter(
    name="by", kind="words", description="The ranking of partners.", choices=tuple(RANKS), default="statements"
)
STATE = Parameter(name="state", kind="words", description="A state by code or any name, or an organisation by acronym.")
KINDS = Parameter(name="kind", kind="words", description="Only facts of this kind.", choices=tuple(HEADINGS), many=True)
TYPES = Parameter(
    name="type", kind="words", description="Only events of this PLOVER type.", choices=tuple(plover.events()), many=True
)
STATUS = Parameter(
    name="status",
    kind="words",
    description="Only events and visits with this status; by default those that occurred.",
    choices=("occurred", "planned", "hypothetical", "denied"),
    many=True,
    default=("occurred",),
)
FACT = Parameter(name="fact", kind="words", description="The fact whose evidence is opened.")
WIDTH = Parameter(
    name="width", kind="number", description="The width of the strip in pixels, 280 to 2000.", default=1100
)
WORDS = Parameter(
    name="words",
    kind="words",
    description='Words and "phrases" that a report must contain, all of them; fish* matches beginnings.',
)
ABOUT = Parameter(
    name="state", kind="words", description="Only reports with a fact about all of these states.", many=True
)
WHERE = Parameter(
    name="in",
    kind="words",
    description="Where the words must be: anywhere in a report, or all in the quote of one fact.",
    choices=("reports", "quotes"),
    default="reports",
)
ORDER = Parameter(
    name="order",
    kind="words",
    description="The order of reports: the best matches first, or the newest.",
    choices=("best", "newest"),
    default="best",
)
STATES = Parameter(name="state", kind="words", description="Only agreements between all of these states.", many=True)
STAGES = Parameter(
    name="stage",
    kind="words",
    description="Only agreements with this stage or effect on the day.",
    choices=tuple(dict.fromkeys((*codes("stage"), *codes("text"), *codes("effect")))),
    many=True,
)
STANDS = Parameter(
    name="stands",
    kind="words",
    description="Only agreements under this heading on the day.",
    choices=heading.HEADINGS,
    many=True,
)
NOT_REPORTED = "not reported"
"""The facet value for what no report gives."""
SORTS = Parameter(
    name="type",
    kind="words",
    description="Only agreements of this kind.",
    choices=(*codes("agreement"), NOT_REPORTED),
    many=True,
)
TITLE = Parameter(
    name="title", kind="words", description="Only agreements whose title contains these words or beginnings of words."
)
SORT = Parameter(
    name="sort",
    kind="words",
    description="The order of agreements: latest, title, entered, ends, reports, sources; or by a column of the "
    "CSV, with - in descending order.",
)
AREA = Parameter(name="area", kind="words", description="Only agreements on this area.", choices=areas(), many=True)
SUBJECT = Parameter(
    name="subject", kind="words", description="Only agreements on this area or subject, such as trade or fisheries."
)
ENDS = Parameter(
    name="ends",
    kind="words",
    description="Only agreements whose term ends, or that ended, in this period: EDTF, this year, next year or P12M.",
)
DUE = Parameter(
    name="due",
    kind="words",
    description="Only agreements with a date to watch within this period from the day.",
    choices=("P6M", "P12M", "P24M", "P60M"),
)
