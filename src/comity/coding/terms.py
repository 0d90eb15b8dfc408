"""How long an instrument lasts: its term, its renewal and the notice that ends it, as a sentence states them."""

# ruff: noqa: E501 - a pattern is read best on one line

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from comity.coding.instruments import noun_pattern

_UNITS = dict(zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(1, 10), strict=True))
_TEENS = dict(
    zip(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        range(10, 20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "yr": "Y"}

_WORD = "|".join([*_UNITS, *_TEENS, *_TENS, "hundred"])
_NUMBER = rf"(?:\d{{1,3}}|(?:{_WORD})(?:[\s-](?:{_WORD}))?)"
PERIOD = rf"(?P<n>{_NUMBER})(?:\s*+\(\s*+[\w-]+\s*+\))?[\s-]*(?:calendar\s++)?(?P<u>year|month|week|day|hour|yr)(?:s['’]|['’]s|s)?(?!\w)"
_MONTH = "|".join(m.capitalize() for m in _MONTHS)
_DATE = (
    rf"(?:(?P<d1>\d{{1,2}})(?:\s*+(?:st|nd|rd|th))?(?:\s++of)?\s++(?P<m1>{_MONTH}),?\s++(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\s++(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s++(?P<y2>\d{{4}}))?"
    rf"|(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s++(?P<m4>{_MONTH})"
    rf"|(?:the\s++end\s++of\s++)?(?:(?P<m3>{_MONTH}),?\s++)?(?P<y3>(?:18|19|20)\d{{2}}))\b"
)

_TO_BE = r"(?:is|are|was|were|be|been|being|remains?|remained|stays?|continues?|continued)"
# "has been in force for 20 years" tells an age, not a term
_AGED = re.compile(
    r"\b(?:has|have|had)\s++(?:\w+\s++)?(?:been\s++)?$|^(?:was|were)\s++(?:in|valid|effective)", re.IGNORECASE
)
_FORCE = r"(?:(?:in|into)\s++(?:full\s++)?(?:force(?:\s++and\s++effect)?|effect|operation|vigou?r)|valid|effective|binding|operative)"
_HOLDS = (
    rf"(?:(?:{_TO_BE}\s++(?:to\s++(?:be|remain)\s++)?)?{_FORCE}|lasts?|lasting|last|runs?|running|run|spans?|spanning|appl(?:y|ies)"
    r"|covers?|covering|concluded|signed|entered\s++into|made|agreed|endures?|continues?|have\s++effect|has\s++effect)"
)
_MIND = r"(?:[^.;:]{0,80}?[\s,])??"
_SPAN_OF = r"(?:an?\s++|the\s++)?(?:next\s++|first\s++)?(?:(?:initial|further|fixed|total|additional|new|another)\s++)*(?:(?:period|term|duration|space)\s++of\s++)?(?:(?:an?\s++)?(?:initial|further|another|additional)\s++)*"
_FOREVER = (
    r"(?:unlimited|indefinite|indeterminate|undetermined|unspecified|perpetual|permanent)\s++(?:period|duration|term|time|validity)"
    r"|period\s++(?:of\s++)?(?:unlimited|indefinite)|(?:an?\s++)?indefinite\s++(?:in\s++)?duration|without\s++(?:any\s++)?(?:limit(?:ation)?s?|limits)\s++(?:of|in|on|to|as\s++to)\s++(?:its\s++)?(?:time|duration|term|period)"
    r"|without\s++(?:a\s++)?time[\s-]limits?|indefinitely|in\s++perpetuity|for\s++ever|forever|permanently|perpetually"
)
_END = r"(?:expir(?:y|ation)|termination|end)\s++date|expir(?:y|ation)|sunset\s++(?:clause|date|provision)|(?:time|term)\s++limits?|date\s++of\s++expir(?:y|ation)"
# what turns a stated period into a bound on something else
_BOUND = re.compile(
    r"\b(?:at\s++least|not\s++less\s++than|no\s++less\s++than|a\s++minimum|no\s++more\s++than|a\s++maximum|up\s++to|within)\b",
    re.IGNORECASE,
)
_ENDING = (
    r"(?:unless|until(?:\s++such\s++time\s++as)?|so\s++long\s++as\s++(?:n(?:either|one)|it\s++is\s++not))\b[^.;]{0,160}?"
    r"\b(?:terminat\w+|denounc\w+|withdr\w+|notice|notif\w+|renounc\w+|abrogat\w+|rescind\w*|cancel\w*)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """The term of one instrument, at `start` to `end` of the text that was searched.

    `duration`: `indefinite`, an ISO 8601 period, `until DATE`, `until event` (an event whose date is open), or null
    where only a renewal or a notice is told. `until` is the span of an end date, for a caller who knows the year that
    it leaves out. `subject` is the span of the words for the instrument.
    """

    start: int
    end: int
    duration: str | None
    renewal: str | None = None
    notice: str | None = None
    subject: tuple[int, int] | None = None
    until: tuple[int, int] | None = None


_TIMED = re.compile(
    r"year|month|week|day|hour|decade|centur|definit|unlimited|perpet|permanent|forever|eternal|everlast|open-?\s?end"
    r"|until|till|expir|pending|throughout|through|limit|terminat|denounc|duration|renew|prolong|exten",
    re.IGNORECASE,
)


def may_tell_term(text: str) -> bool:
    """Whether a text speaks of a stretch of time, of an end, or of there being none; without it there is no term.

    >>> may_tell_term("valid for ten years"), may_tell_term("a treaty was signed")
    (True, False)
    """
    return _TIMED.search(text) is not None


def find_terms(text: str) -> tuple[Term, ...]:
    """The terms that a sentence states for treaties and other instruments, in text order.

    Lengths of anything else (a ruling, a certificate, a debt) are left out, as are the ages of instruments.

    >>> find_terms("This Treaty shall remain in force for a period of twenty years.")[0].duration
    'P20Y'
    >>> find_terms("Each certificate shall be valid for one year.")
    ()
    """
    if not may_tell_term(text):
        return ()
    found = []
    if _bearer().search(text):
        found = [*_stated(text), *_endless(text), *_until(text), *_adjective(text), *_title(text)]
    found.sort(key=lambda t: (t.subject or (t.start, 0), t.start))
    notice, word = _notice(text), re.search(r"\bnoti(?:ce|fi)", text, re.IGNORECASE)
    if not found and notice and word and _bearer().search(text):
        found = [Term(word.start(), word.end(), None)]  # "either party may end it with six months' notice"
    return tuple(_merged(found, _renewal(text), notice))


def _merged(found: list[Term], renewal: tuple[str, tuple[int, int]] | None, notice: str | None) -> Iterator[Term]:
    """One term for each subject: what is stated first holds, a period before a mere "until denounced"."""
    kept: list[Term] = []
    for term in found:
        if not any(_touch(term.subject, k.subject) for k in kept):
            kept.append(term)
    for term in kept:
        again = None if renewal is None or _touch((term.start, term.end), renewal[1]) else renewal[0]
        yield replace(term, renewal=again, notice=notice)


def _touch(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _bearer() -> re.Pattern[str]:
    """What every term that is told has beside it: an instrument, a pronoun for it, or its termination."""
    return re.compile(rf"\b(?:it|they|termination|terminated|{noun_pattern()})\b", re.IGNORECASE)


@cache
def _instrument() -> re.Pattern[str]:
    """A noun phrase whose head is an instrument."""
    named = rf"(?:(?:[\w’'.-]+|\([\w-]+\))\s++){{0,7}}?{noun_pattern()}"
    return re.compile(
        rf"\b(?:(?:this|the|said|such|a|an|its|their|any|each)\s++(?:present\s++)?{named}|[A-Z][\w-]+\s++{noun_pattern()})\b(?!['’]s)",
        re.IGNORECASE,
    )


_OBLIQUE = re.compile(r"\b(?:of|in|under|to|with|by|from|for|on|into|against|pursuant|between)\s++$", re.IGNORECASE)
_ISSUE = re.compile(r"\bdate\s++of\s++(?:its\s++|the\s++)?issu|\bissu(?:ed|ance)\b", re.IGNORECASE)


def _subject(text: str, at: int) -> tuple[int, int] | None:
    """The words for the instrument that is the subject of a predicate at an offset, or null where it is no instrument."""
    clause = max(
        (
            m.end()
            for m in re.finditer(
                r"[;:.]\s+(?!\d)|\bprovide[sd]?\s++that\b|\bthat\b(?!\s++(?:is|are|was|were|has|have|had)\b)", text[:at]
            )
        ),
        default=0,
    )
    window = text[clause:at]
    for found in reversed(list(_instrument().finditer(window))):
        before, between = window[: found.start()], window[found.end() :]
        if _OBLIQUE.search(before) and not re.search(
            r"(?:provisions|terms|force|validity|duration|text)\s++of\s++$", before, re.IGNORECASE
        ):
            continue
        if re.match(
            r"[\s-]+(?:talks|negotiations|law|court|body|council|signatory|partner|holder|area|zone)s?\b",
            between,
            re.IGNORECASE,
        ):
            continue
        return clause + found.start(), clause + found.end()
    # a pronoun can only be taken for the instrument where it stands at the head of the clause
    head = re.match(
        r"\s*+(?:[\w.-]++\s++){0,6}?\b(it|they|this|which)\b",
        window,
        re.IGNORECASE,
    )
    if head and re.fullmatch(
        r"\s*+(?:article\s++[\w.-]+\s*+)?(?:it|they)(?:shall|will|would|is|are|also|then|thereafter|\s|,|to|be|remain)*+",
        window,
        re.IGNORECASE,
    ):
        return clause + head.start(1), clause + head.end(1)
    return None


def _stated(text: str) -> Iterator[Term]:
    """Terms of a stated length: "shall remain in force for a period of five years"."""
    pattern = _compiled(rf"\b(?P<v>{_HOLDS})\b(?P<mid>{_MIND})(?:for|of)\s++{_SPAN_OF}{PERIOD}")
    for found in pattern.finditer(text):
        subject = _subject(text, found.start())
        tail = text[found.end() : found.end() + 60]
        if (
            subject is None
            or _BOUND.search(found.group())
            or _ISSUE.search(tail)
            or re.match(r"\s*+(?:ago|old|earlier|before)\b", tail)
        ):
            continue
        if _AGED.search(text[: found.start()]) or _AGED.search(found.group()):
            continue
        if re.search(r"\b(?:unless|until|upon|notice)\b", found.group("mid"), re.IGNORECASE):
            continue
        yield Term(found.start(), found.end(), iso(found), subject=subject)
    copula = _compiled(
        rf"\b(?P<v>is|will\s++be|shall\s++be|would\s++be)\s++(?P<mid>(?:not\s++[^.;]{{0,60}}\bbut\s++)?)for\s++{_SPAN_OF}{PERIOD}"
    )
    for found in copula.finditer(text):
        subject = _subject(text, found.start())
        if subject and not _BOUND.search(found.group()):
            yield Term(found.start(), found.end(), iso(found), subject=subject)
    extended = _compiled(
        rf"\b(?:extend(?:s|ed|ing)?|prolong(?:s|ed|ing)?|renew(?:s|ed|ing)?)\s++(?P<what>[^.;]{{0,80}}?)\s*+\b(?:for|by)\s++{_SPAN_OF}{PERIOD}"
    )
    for found in extended.finditer(text):
        inner = _instrument().search(found.group("what"))
        passive = (
            None
            if inner
            or re.search(r"automatic|success|tacit", text[max(0, found.start() - 30) : found.end()], re.IGNORECASE)
            else _subject(text, found.start())
        )
        if inner and not _BOUND.search(found.group()):
            at = found.start("what")
            yield Term(found.start(), found.end(), iso(found), subject=(at + inner.start(), at + inner.end()))
        elif passive and not re.search(
            r"\bunless|\buntil|in force|valid|concluded", text[passive[1] : found.start()], re.IGNORECASE
        ):
            yield Term(found.start(), found.end(), iso(found), subject=passive)


def _endless(text: str) -> Iterator[Term]:
    """Instruments without an end: by their words, or because only notice ends them."""
    says = _compiled(
        rf"\b(?:{_HOLDS}|have|has|having|of|for|is|are|be|become|becomes|extended|prolonged|renewed)\b\s++(?:[\w-]+\s++){{0,8}}?(?P<e>(?:of\s++|for\s++)?(?:an?\s++)?(?:{_FOREVER}))\b"
    )
    for found in says.finditer(text):
        subject = _subject(text, found.start()) or _object(text, found.start()) or _object(text, found.start("e"))
        if subject:
            yield Term(found.start(), found.end(), "indefinite", subject=subject)
    no_end = _compiled(
        rf"\b(?:(?:no|without\s++(?:an?\s++|any\s++)?|not\s++have\s++(?:an?\s++|any\s++))\s*+(?:fixed\s++|set\s++)?(?:{_END})|(?:not|never)\s++expire|(?:remov|delet|abolish|eliminat|lift)(?:s|es|ed|ing)?\s++the\s++(?:{_END}))"
    )
    for found in no_end.finditer(text):
        subject = _subject(text, found.start()) or _object(text, found.start()) or _after(text, found.end())
        if subject:
            yield Term(found.start(), found.end(), "indefinite", subject=subject)
    made = _compiled(
        r"\b(?:mak(?:e|es|ing)|made|render(?:s|ed|ing)?)\s++(?P<what>[^.;]{3,80}?)\s++(?:indefinite|permanent|perpetual)\b(?!\s++\w+ment)"
    )
    for found in made.finditer(text):
        inner = _instrument().search(found.group("what"))
        if inner:
            at = found.start("what")
            yield Term(found.start(), found.end(), "indefinite", subject=(at + inner.start(), at + inner.end()))
    denounced = _compiled(rf"\b{_HOLDS}\b(?P<mid>[^.;]{{0,60}}?)\b{_ENDING}")
    for found in denounced.finditer(text):
        subject = _subject(text, found.start())
        if (
            subject
            and not re.search(PERIOD, found.group("mid"), re.IGNORECASE)
            and not re.search(r"\b(?:extended|renewed|prolonged)\b[^.;]*\bunless", found.group(), re.IGNORECASE)
        ):
            yield Term(found.start(), found.end(), "indefinite", subject=subject)
    # "will remain in force upon the expiry of twelve months from the date when one of the parties notifies": the same, put the other way
    notified = _compiled(
        rf"\b{_HOLDS}\s++(?:upon|until|till|up\s++to|within|for|during)\s++(?:a\s++period\s++of\s++)?(?:(?:the\s++)?(?:expir(?:y|ation)|end|lapse)\s++of\s++)?{PERIOD}\s++(?:since|from|after|following)[^.;]{{0,120}}?\b(?:notif|notice|terminat|denounc|withdr)\w*"
    )
    for found in notified.finditer(text):
        subject = _subject(text, found.start())
        if subject:
            yield Term(found.start(), found.end(), "indefinite", subject=subject)
    kind = noun_pattern()
    adjective = _compiled(
        rf"\b(?:permanent|perpetual|open-ended|indefinite|termless|unlimited)\s++(?:(?!and\b|members?\b)[\w-]+\s++){{0,4}}?(?P<k>{kind})\b(?!\s++(?:member|partner)s?\b)"
    )
    for found in adjective.finditer(text):
        yield Term(found.start(), found.end(), "indefinite", subject=(found.start(), found.end()))


def _object(text: str, at: int) -> tuple[int, int] | None:
    """The instrument just left of an offset: "signed a treaty of unlimited duration", "an accord with no expiry date"."""
    window = text[max(0, at - 90) : at]
    found = None
    for found in _instrument().finditer(window):  # noqa: B007 - the last one is wanted
        pass
    if found is None or len(window) - found.end() > 25 or re.search(r"[,;]", window[found.end() :]):
        return None
    return max(0, at - 90) + found.start(), max(0, at - 90) + found.end()


def _after(text: str, at: int) -> tuple[int, int] | None:
    """The instrument just right of an offset: "removes the expiration date of the 1958 Agreement"."""
    window = text[at : at + 90]
    found = _instrument().search(window)
    return (at + found.start(), at + found.end()) if found and re.match(r"\s++(?:of|from|in)\b", window) else None


def _until(text: str) -> Iterator[Term]:
    """Terms with a stated end: "expires on 31 December 2002", "valid until 2030", "until a new protocol enters into force"."""
    dated = _compiled(
        rf"\b(?:expir(?:es|ed|e|ing)|due\s++to\s++(?:end|expire)|laps(?:es|ed|e|ing)|runs?\s++out|terminat(?:es|e|ing)|ends|end|(?P<u>(?:extended|prolonged|renewed|{_HOLDS})(?:[^.;]{{0,40}}?\s)?(?:until|till|through|up\s++to))|(?P<t>terminat(?:ion|ed)[^.;]{{0,40}}?\beffective))\s*+(?:on|in|at|by|from|as\s++of)?\s*+(?:the\s++)?(?P<date>{_DATE})"
    )
    for found in dated.finditer(text):
        subject = _subject(text, found.start())
        if subject is None and found.group("t"):
            subject = (found.start("t"), found.start("t") + len("termination"))
        end = _edtf(found)
        if subject and not re.search(
            r"\b(?:after|before|when|since)\s++[^,;]*$", text[subject[1] : found.start()], re.IGNORECASE
        ):
            yield Term(
                found.start(), found.end(), f"until {end}" if end else None, subject=subject, until=found.span("date")
            )
    years = _compiled(
        r"\b(?:cover(?:s|ing)?|for|spanning)\s++(?:the\s++)?(?:period|years)\s++(?:from\s++)?(?:19|20)\d\d\s*+(?:-|–|to|through|until)\s*+(?P<y>(?:19|20)?\d\d)\b"
    )
    for found in years.finditer(text):
        subject = _subject(text, found.start()) or _object(text, found.start())
        year = found.group("y")
        if subject:
            first = re.search(r"(?:19|20)\d\d", found.group())
            year = year if len(year) == 4 or first is None else first.group()[:2] + year
            yield Term(found.start(), found.end(), f"until {year}", subject=subject, until=found.span("y"))
    event = _compiled(
        rf"\b{_HOLDS}\b[^.;]{{0,30}}?(?:\buntil|\btill|\bthroughout\s++the\s++period\s++prior\s++to|\bpending)\s++(?:the\s++)?(?:[\w-]+\s++){{0,4}}?(?:conclusion|entry\s++into\s++force|signing|adoption|signature|ratification)\s++of\s++(?:a|an|the|another)\s++(?:new|final|further|definitive|subsequent)?\s*+(?:[\w-]+\s++){{0,3}}?{noun_pattern()}"
    )
    for found in event.finditer(text):
        subject = _subject(text, found.start())
        if subject:
            yield Term(found.start(), found.end(), "until event", subject=subject)


def _adjective(text: str) -> Iterator[Term]:
    """Terms told before the noun: "a 10-year agreement", "the five-year accord"."""
    word = r"(?:(?!(?:old|ago|and|of|the|a|an|to|for|in|on|at|by|after|before|under|debt|loan|repayment|extension|extensions|delay)\b)[\w’'.$-]+,?\s++)"
    pattern = _compiled(
        rf"\b(?P<n>{_NUMBER})[\s-](?P<u>year|month|week|day|hour)(?![\s-]*old)-?(?:long)?,?\s++(?:and\s++)?{word}{{0,2}}(?:and\s++)?{word}{{0,4}}?(?P<k>{noun_pattern()})\b"
    )
    for found in pattern.finditer(text):
        yield Term(found.start(), found.end(), iso(found), subject=found.span())
    extension = _compiled(
        rf"\b(?P<n>{_NUMBER})[\s-](?P<u>year|month|week|day|hour)\s++(?:extension|renewal|prolongation)\s++(?:of|to|for)\s++(?P<w>[^.;]{{0,60}})"
    )
    for found in extension.finditer(text):
        inner = _instrument().search(found.group("w"))
        if inner:
            at = found.start("w")
            yield Term(found.start(), at + inner.end(), iso(found), subject=(at + inner.start(), at + inner.end()))


def _title(text: str) -> Iterator[Term]:
    """Terms behind the noun: "a pact of ten years' duration", "an agreement for 20 years"."""
    pattern = _compiled(
        rf"\b(?P<k>{noun_pattern()})\s++(?:of|for|with\s++a|valid\s++for|lasting)\s++{_SPAN_OF}{PERIOD}(?:\s++(?P<d>duration|term|validity))?"
    )
    for found in pattern.finditer(text):
        if not _BOUND.search(found.group()):
            yield Term(found.start(), found.end(), iso(found), subject=found.span("k"))
    whose = _compiled(
        rf"\b(?:term|duration|validity)\s++of\s++(?P<w>[^.;]{{3,60}}?)\s++(?:is|shall\s++be|will\s++be)\s++(?:for\s++)?{_SPAN_OF}{PERIOD}"
    )
    for found in whose.finditer(text):
        inner = _instrument().search(found.group("w"))
        if inner:
            at = found.start("w")
            yield Term(found.start(), found.end(), iso(found), subject=(at + inner.start(), at + inner.end()))


def _renewal(text: str) -> tuple[str, tuple[int, int]] | None:
    """The length of each further term: "extended for successive periods of five years"."""
    pattern = _compiled(
        rf"\b(?:(?:extend|renew|prolong)\w*|tacit\s++\w+|continue\s++in\s++force)\b[^.;]{{0,80}}?\b(?:for|by|every|of)\s++(?:an?\s++)?(?:(?:successive|further|consecutive|additional|subsequent|another|like|new|the\s++next|following|each)\s++)*(?:(?:period|term)s?\s++of\s++)?(?:(?:another|further|additional)\s++)?{PERIOD}"
    )
    found = pattern.search(text)
    if found is None or re.search(r"notice|notif|within", found.group(), re.IGNORECASE):
        return None
    return iso(found), found.span()


def _notice(text: str) -> str | None:
    """How long before the end notice must be given: "on six months' notice"."""
    forms = (
        rf"{PERIOD}\s++(?:(?:prior|advance|previous|written|formal)\s++)*(?:in\s++advance\s++)?(?:notice|notification|before\s++(?:(?:the|its)\s++)?(?:expir|end|terminat|lapse)\w*|prior\s++to\s++(?:the\s++|its\s++)?(?:expir|end|terminat)\w*)",
        rf"(?:notice|notification)\s++(?:in\s++writing\s++)?of\s++(?:not\s++less\s++than\s++|at\s++least\s++)?{PERIOD}",
        rf"{PERIOD}\s++(?:after|from|following)\s++(?:the\s++)?(?:date\s++)?(?:[\w,]+\s++){{0,14}}?(?:notice|notification|notif(?:ies|ied)|denunciation|denounced?)\b",
    )
    if not re.search(
        r"terminat|denounc|denunciation|withdr|renew|extend|expir|notif(?:y|ies|ied)|\bend\s++(?:it|the|this)\b",
        text,
        re.IGNORECASE,
    ):
        return None
    for form in forms:
        found = _compiled(rf"\b{form}").search(text)
        if found:
            return iso(found)
    return None


def iso(found: re.Match[str]) -> str:
    """The period of a match as ISO 8601."""
    letter = _LETTERS[found.group("u").lower()]
    return f"P{'T' if letter == 'H' else ''}{count_of(found.group('n'))}{letter}"


def count_of(words: str) -> int:
    """A number up to 999 in figures or words.

    >>> count_of("twenty-five"), count_of("12"), count_of("one hundred")
    (25, 12, 100)
    """
    if words.isdigit():
        return int(words)
    total = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += _UNITS.get(word) or _TEENS.get(word) or _TENS.get(word) or 0
    return total


def _edtf(found: re.Match[str]) -> str | None:
    """The date of a match; null where it leaves the year out."""
    group = found.groupdict()
    for i in ("1", "2", "3"):
        year, month, day = group.get("y" + i), group.get("m" + i), group.get("d" + i)
        if not year:
            continue
        if not month:
            return year
        number = f"{_MONTHS.index(month.lower()) + 1:02d}"
        return f"{year}-{number}-{int(day):02d}" if day else f"{year}-{number}"
    return None
