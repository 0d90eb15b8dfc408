"""What brings an instrument into force by its own clause (Vienna Convention, article 24), as a sentence states it."""

import re
from dataclasses import dataclass
from typing import Literal

from comity.coding.terms import PERIOD, count_of, iso

Force = Literal["signature", "exchange", "deposits", "notes"]

_ORDINALS = {
    w: n
    for n, w in enumerate(
        [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth",
        ],
        1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "ninetieth": 90}  # fmt: skip
_WORDS = "|".join(_ORDINALS)
_NTH = rf"(?P<nth>\d{{1,3}}(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty)-(?:{_WORDS})|{_WORDS})"
_FORCE = re.compile(
    r"\b(?:ent(?:er|ry|ers|ering|ered)|com(?:e|es|ing)|tak(?:e|es|ing)|becom(?:e|es|ing)|be|is|go(?:es)?)\s+(?:\w+\s+)?"
    r"(?:into\s+|in\s+)?(?:force|effect|effective|operation)\b(?P<rest>[^.;]{0,260})",
    re.IGNORECASE,
)
# "will enter into force once …", not "has entered into force": what is done needs no condition
_PAST = re.compile(r"\b(?:entered|came|took|became|went)\b", re.IGNORECASE)
_INSTRUMENT = r"instruments?(?:\s+of\s+(?:ratification|accession|acceptance|approval|the\s+ratification)\w*)?"
_EXCHANGE = re.compile(
    rf"\bexchang\w+\s+(?:of\s+)?(?:the\s+|their\s+|its\s+)?(?:{_INSTRUMENT}|ratifications?)", re.IGNORECASE
)
_DEPOSITS = re.compile(
    rf"\bdeposit\w*\s+(?:of\s+|by\s+)?(?:the\s+|its\s+)?(?:{_NTH}\s+)?(?:{_INSTRUMENT}|state|party)"
    rf"|\b{_NTH.replace('nth', 'nth2')}\s+(?:{_INSTRUMENT}|ratification|accession)"
    r"|\b(?P<n>\d{1,3}|[a-z]+(?:-[a-z]+)?)\s+(?:signator\w+\s+|member\s+|contracting\s+)?(?:states|countries|parties|members|"
    r"nations|governments|instruments)\s+(?:\w+\s+)?(?:have\s+|has\s+)?(?:ratif|deposit|acced|approv)\w*",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"\b(?:last|later|latter|second|final|latest|subsequent)\s+(?:of\s+(?:the\s+)?(?:two\s+|these\s+|such\s+)?)?"
    r"(?:(?:written|diplomatic|formal)\s+)*(?:notifications?|notes?|notices?|communications?)\b"
    r"|\b(?:have|has)\s+(?:been\s+)?(?:notified|informed)\b|\bnotif(?:y|ied|ication)\b[^.;]{0,60}\beach\s+other\b"
    r"|\b(?:exchange|receipt)\s+of\s+(?:the\s+)?(?:diplomatic\s+)?(?:notes|notifications?)\b|\bnotify\s+(?:each|one)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^\W*(?:provisionally\s+)?(?:immediately\s+)?(?:up)?on\s+(?:the\s+)?(?:date\s+of\s+|day\s+of\s+)?(?:its\s+|their\s+|the\s+)?"
    r"sign(?:ature|ing)\b|\b(?:after|following)\s+(?:the\s+date\s+of\s+)?(?:its\s+|the\s+)?sign(?:ature|ing)\b"
    r"|^\W*(?:from|on)\s+the\s+(?:date|day)\s+of\s+(?:its\s+|the\s+)?sign(?:ature|ing)\b",
    re.IGNORECASE,
)
_DELAY = re.compile(rf"{PERIOD}\s+(?:after|following|from|upon|since)\b", re.IGNORECASE)
_NTH_DAY = re.compile(rf"\bon\s+the\s+{_NTH}\s+day\s+(?:after|following|from)\b", re.IGNORECASE)
_NTH_MONTH = re.compile(
    rf"\bfirst\s+day\s+of\s+the\s+(?:{_NTH}\s+)?(?:calendar\s+)?month\s+(?:\w+\s+){{0,2}}?(?:after|following)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\b(?:thereafter|afterwards?|after\s+(?:that|which)|after\s+(?:the\s+)?expir\w+\s+of\s+(?:that|this)\s+(?:term|period))\b"
    r"[^.;]{0,60}?\b(?:indefinite(?:ly)?|until\s+(?:it\s+is\s+)?(?:\w+\s+){0,3}?(?:terminat|denounc|withdr)\w*|unless\s+"
    r"(?:\w+\s+){0,4}?(?:terminat|denounc)\w*|in\s+force\s+until\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Condition:
    """What brings an instrument into force: `count` deposits, and a `delay` (ISO 8601 period) after it."""

    force: Force
    delay: str | None = None
    count: int | None = None


def find_condition(text: str) -> Condition | None:
    """The condition of entry into force that a sentence states; null where it states none, or only a date.

    >>> find_condition("The agreement will enter into force 30 days after the last written notification.")
    Condition(force='notes', delay='P30D', count=None)
    """
    found = _FORCE.search(text)
    if found is None or _PAST.match(found.group()):
        return None
    rest = found["rest"]
    delay = _delay(rest)
    if _EXCHANGE.search(rest):
        return Condition("exchange", delay)
    for deposit in _DEPOSITS.finditer(rest):
        told = deposit["nth"] or deposit["nth2"]
        count = _ordinal(told) if told else count_of(deposit["n"].lower()) if deposit["n"] else None
        if count != 0:
            return Condition("deposits", delay, count)
    if _NOTES.search(rest):
        return Condition("notes", delay)
    return Condition("signature", delay) if _SIGNED.search(rest) else None


def goes_on(text: str) -> bool:
    """Whether a fixed term is followed by an open one: "for three years and thereafter until denounced".

    >>> goes_on("It shall remain in force for three years and thereafter until it is denounced by either Party.")
    True
    """
    return _AFTERWARDS.search(text) is not None


def _delay(rest: str) -> str | None:
    if month := _NTH_MONTH.search(rest):
        return f"P{_ordinal(month['nth']) if month['nth'] else 1}M"
    if day := _NTH_DAY.search(rest):
        return f"P{_ordinal(day['nth'])}D"
    period = _DELAY.search(rest)
    return iso(period) if period else None


def _ordinal(word: str) -> int:
    low = word.lower()
    if low[0].isdigit():
        return int(re.sub(r"\D", "", low))
    tens, _, unit = low.partition("-")
    return count_of(tens) + _ORDINALS[unit] if unit else _ORDINALS[low]
