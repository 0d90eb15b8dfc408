"""Time expressions and what they stand for, in EDTF, seen from the day of publication."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comity.knowledge import word_classes
from comity.knowledge.periods import periods
from comity.language.tree import Sentence
from comity.mentions import edtf, numerals
from comity.mentions.edtf import Moment
from comity.mentions.mention import DateMention
from comity.mentions.tense import direction

_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
]  # fmt: skip
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
# "Jan Bielecki" is a person
_M = (
    r"(?P<{0}>Jan(?:uary|\.|(?! (?-i:[A-Z][a-z])))|Feb(?:ruary|\.)?|Mar(?:ch|\.|(?=[ /-]\d))|Apr(?:il|\.)?"
    r"|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![a-z])"
)
_SHORT = "|".join(m[:3] for m in _MONTHS)
_MONTH, _MONTH2 = _M.format("month"), _M.format("month2")
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d.,]*\d)"
_Y = r"(?:1[5-9]|20)\d\d"
_ALONE = r"(?![/.-]?\d)"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ERAS = (
    r"B\.?\s?E\.?|(?i:Buddhist (?:era|year))|Heisei|Reiwa|Showa|Shōwa|Minguo|(?i:the )?(?i:Republic of China year)"
    r"|A\.?\s?H\.?|(?i:hijri(?: year)?)"
)
_AFTER = (
    r"B\.?\s?E\.?|(?i:(?:of )?(?:the )?Buddhist (?:era|calendar))|A\.?\s?H\.?|(?i:(?:of )?(?:the )?hijri(?: year)?)"
    r"|(?i:(?:of )?the (?:Islamic|Hebrew|Ethiopian|Persian|Iranian|Nepali) calendar)"
)
_FIGURES = re.compile(
    r"[\s,(]*(?:the )?(?:\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d|\d{1,2}[/.](?:1[0-2]|0?[1-9])\.?(?=\.?\s?(?:[,;)]|$)))"
)
_PARTS = r"(?:(?P<part>(?:the )?(?:start|beginning|middle|end) of|early|mid|late)[ -])?"
_WHICH = r"(?P<which>last|next|this|the past|past|the previous|previous|the coming|coming|the same|the following|that)"
_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year|decade|century)"
_N = rf"(?P<n>{numerals.NUMBER}|an?|several|a few)"
_HALF = {
    "first": 0, "second": 1, "1st": 0, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1, "final": -1,
}  # fmt: skip
_TEN = "first second third fourth fifth sixth seventh eighth ninth".split()  # noqa: SIM905 - read best as one line
_ORDINALS = (
    *_TEN, "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", *(f"twenty-{w}" for w in _TEN), "thirtieth", "thirty-first",
)  # fmt: skip
_PAPERS = r"(?! (?:Times|Telegraph|Mirror|Express|Herald|Mail|Post|Star|Tribune|Mass)\b)"
_IN = frozenset({
    "in", "on", "of", "since", "by", "until", "till", "from", "during", "before", "after", "through", "last", "next",
    "this", "early", "late", "mid", "to", "and",
})  # fmt: skip
_NAMED_DAYS = frozenset({"Good", "Black", "Bloody", "Palm", "Ash", "Easter"})
_STEP = {
    "day": "D", "week": "W", "fortnight": "W", "month": "M", "quarter": "M", "year": "Y", "decade": "Y",
    "century": "Y",
}  # fmt: skip
_WRITTEN = re.compile(
    rf"(?<!\d)(?P<day>{_D}) (?:of )?{_MONTH},? (?P<year>{_Y})|{_MONTH2} (?P<day2>{_D}),? (?P<year2>{_Y})"
)

Resolved = tuple[str, str | None, str | None]
"""Kind, EDTF and basis."""


@dataclass(frozen=True, slots=True)
class _View:
    """From where an expression is seen: publication, the last day spoken of, and the tense of its clause."""

    published: Moment | None
    anchor: Moment | None
    direction: int
    sentence: Sentence
    first: int

    @property
    def before(self) -> str:
        """The word before the expression, in small letters."""
        return self.sentence.tokens[self.first - 1].text.lower() if self.first else ""


def find_dates(sentences: Sequence[Sentence], published: Moment | None) -> tuple[DateMention, ...]:
    """The time expressions of sentences, in order; `edtf` is null where the text does not fix them.

    A day without a year takes the year nearest to the day of publication, seen by the tense of its clause.
    """
    out: list[DateMention] = []
    anchor: Moment | None = None
    for sentence in sentences:
        for match, resolve in _matches(sentence):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            inside = [t.index for t in sentence.tokens if t.start < end and t.end > start]
            if not inside:
                continue
            view = _View(published, anchor, direction(sentence, inside[0]), sentence, inside[0])
            found = resolve(match, view)
            if found is None:
                continue
            kind, value, basis = found
            basis = basis if value else None
            text = sentence.clip(start, end)
            date = DateMention(
                sentence.index, inside[0], inside[-1] + 1, start, end, text, kind, value, basis, view.direction
            )
            out.append(date)
            if kind == "date" and date.begins is not None:
                anchor = date.begins
    return tuple(out)


def written_day(text: str) -> str | None:
    """The first day that a text writes with its year, in EDTF, or null; for a title that has no sentence.

    >>> written_day("signed at Stockholm, May 31, 1929"), written_day("OF 1 AUGUST 1983"), written_day("in 1983")
    ('1929-05-31', '1983-08-01', None)
    """
    m = _WRITTEN.search(text)
    if m is None:
        return None
    g = m.groupdict()
    day, year = (_int(g["day"] or g["day2"]), _int(g["year"] or g["year2"]))
    return edtf.day_of(year or 0, _month(g["month"] or g["month2"]), day or 0)


def written_date(text: str) -> str | None:
    """The day, month or year with which a text ends, in EDTF; null where it leaves out the year.

    >>> written_date("31 December 2002"), written_date("the end of March 2024"), written_date("2030")
    ('2002-12-31', '2024-03', '2030')
    >>> written_date("March 31") is None
    True
    """
    year = re.search(rf"(?:{_MONTH},? )?(?P<year>\d{{4}})$", " ".join(text.split()))
    if year is None or (day := written_day(text)):
        return day if year else None
    return f"{year['year']}-{_month(year['month']):02d}" if year["month"] else year["year"]


def _matches(sentence: Sentence) -> list[tuple[re.Match[str], "Resolver"]]:
    """Expressions that do not overlap: the first, then the longest."""
    found: list[tuple[int, int, int, re.Match[str], Resolver]] = []
    ends = [0] * len(_RULES)
    # few words begin an expression: the rules are tried there alone, not at every letter
    for begin in _WORD.finditer(sentence.text):
        if not (begin.group().isdecimal() or begin.group().lower() in _FIRST_WORDS):
            continue
        at = begin.start()
        for rank, (pattern, resolve) in enumerate(_RULES):
            if at >= ends[rank] and (m := pattern.match(sentence.text, at)):
                found.append((at, -m.end(), rank, m, resolve))
                ends[rank] = m.end()
    out: list[tuple[re.Match[str], Resolver]] = []
    at = 0
    for start, end, _, match, resolve in sorted(found, key=lambda f: f[:3]):
        if start >= at and _is_date(sentence, match):
            out.append((match, resolve))
            at = -end
    return out


def _is_date(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a lone "May" or "March" is the month, judged by its tag and its neighbours."""
    groups = match.groupdict()
    month = groups.get("month")
    if month is None or any(c.isdigit() for c in match.group()) or groups.get("which") or groups.get("part"):
        return True
    at = sentence.start + match.start("month")
    token = next((t for t in sentence.tokens if t.start <= at < t.end), None)
    if token is None or token.upos in {"AUX", "VERB"}:
        return False
    if month.lower() not in {"may", "march", "august"}:
        return True
    before = sentence.tokens[token.index - 1].text.lower() if token.index else ""
    return before in _IN or token.relation == "obl"


def _month(name: str) -> int:
    return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))


def _int(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _open(view: _View, value: str | None, basis: str) -> Resolved:
    """A point, or an open interval where "since", "until" or "by" stands before it."""
    before = view.before
    if before == "of" and view.first > 1 and view.sentence.tokens[view.first - 2].text.lower() == "eve":
        value = edtf.eve(value)
    if value and "/" not in value and before == "since":
        return "since", f"{value}/..", basis
    if value and "/" not in value and before in {"until", "till"}:
        return "until", f"../{value}", basis
    if value and len(value) == 4 and before == "by" and view.direction >= 0:
        return "until", f"../{value}", basis
    return "date", value, basis


def _numeric(match: re.Match[str], _view: _View) -> Resolved | None:
    """A day in figures alone; unresolved where it may be day and month or month and day ("03/04/2019")."""
    g = match.groupdict()
    return "date", (on := edtf.numeric_day(g["n1"], g["n2"], g["n3"], g["part"].strip())), "stated" if on else None


def _unread(_match: re.Match[str], _view: _View) -> Resolved | None:
    """A day of a year that is none of ours, of an era that is not stated: "25 April 2562"."""
    return "date", None, None


def _dangling(_match: re.Match[str], view: _View) -> Resolved | None:
    """A date that is not stated in full, or in a year of another era: "on 25. April" (cut at its point), "in 2562"."""
    before = [t.text.lower() for t in view.sentence.tokens[max(0, view.first - 2) : view.first]]
    lead = before[0] if before[-1:] == ["("] else "".join(before[-1:])  # "on Friday (23/7)"
    return ("date", None, None) if lead in {"on", "in", "year", "dated", "since", "until", "by", *_DAYS} else None


def _numeric_span(match: re.Match[str], _view: _View) -> Resolved | None:
    first, last = (edtf.numeric_day(match[n], match["n2"], match["n3"], match["part"]) for n in ("n1", "n4"))
    value = f"{first}/{last}" if first and last and first < last else None
    return "date", value, "stated" if value else None


def _compact(match: re.Match[str], view: _View) -> Resolved | None:
    if view.before not in _IN | {"dated"}:
        return None
    return "date", edtf.day_of(int(match["year"]), int(match["n1"]), int(match["n2"])), "stated"


def _numeric_month(match: re.Match[str], view: _View) -> Resolved | None:
    return _open(view, f"{match['year']}-{int(match['n1']):02d}", "stated") if view.before in _IN else None


def _roman(match: re.Match[str], view: _View) -> Resolved | None:
    month = _ROMAN.index(match["roman"]) + 1
    return _open(view, edtf.day_of(int(match["year"]), month, _int(match["day"]) or 0), "stated")


def _era(match: re.Match[str], view: _View) -> Resolved | None:
    """A year of another era, with or without its day; unresolved where its year is not one of the common era."""
    g = match.groupdict()
    year = edtf.year_of_era(
        re.sub(r"\W+", " ", g["era"] or g["era2"] or "").strip().lower(), _int(g["count"] or g["count2"]) or 0
    )
    if year is None or g["year"] not in {None, f"{year:04d}"}:
        return "date", None, None
    day, month = _int(g["day"] or g["day2"]), g["month"] or g["month2"]
    if month is None:
        return _open(view, f"{year:04d}", "stated")
    if day is None:
        return _open(view, f"{year:04d}-{_month(month):02d}", "stated")
    return _open(view, edtf.day_of(year, _month(month), day), "stated")


def _day(match: re.Match[str], view: _View) -> Resolved | None:
    g = match.groupdict()
    month, day, day2 = _month(g["month"]), _int(g["day"]) or 0, _int(g.get("day2"))
    month2 = _month(g["month2"]) if g.get("month2") else month
    year = _int(g.get("year"))
    if day > 31:
        return None

    def at(m: int, d: int) -> str | None:
        if year is not None:
            return edtf.day_of(year, m, d)
        return edtf.nearest_day(view.published, m, d, view.direction) if view.published else None

    value = at(month, day)
    if value and day2 is not None:
        last = at(month2, day2)
        value = f"{value}/{last}" if last and last >= value else None
    return _open(view, value, "stated" if year is not None else "relative")


def _written_day(match: re.Match[str], view: _View) -> Resolved | None:
    """The day of a testimonium: "this eighth day of May, 1972"."""
    day = _ORDINALS.index(match["word"].lower().replace(" ", "-")) + 1
    return _open(view, edtf.day_of(_int(match["year"]) or 0, _month(match["month"]), day), "stated")


def _month_year(match: re.Match[str], view: _View) -> Resolved | None:
    return _open(view, f"{_int(match['year']):04d}-{_month(match['month']):02d}", "stated")


def _month_only(match: re.Match[str], view: _View) -> Resolved | None:
    which, base = (match["which"] or "").lower(), view.published
    if base is None:
        return "date", None, None
    direction = {"last": -1, "next": 1, "past": -1, "coming": 1}.get(which.removeprefix("the "), view.direction)
    strict = which in {"last", "next"}
    return _open(view, edtf.nearest_month(base, _month(match["month"]), direction, strict=strict), "relative")


def _month_of(match: re.Match[str], view: _View) -> Resolved | None:
    """A month of the year before, this one or the next: "May last year"."""
    year, basis = _year_of(match, view)
    return _open(view, f"{year:04d}-{_month(match['month']):02d}" if year else None, basis)


def _range(match: re.Match[str], view: _View) -> Resolved | None:
    first, last = match["y1"], match["y2"]
    last = first[: 4 - len(last)] + last
    if _in_statute(view):
        return None
    if last > first:
        return "date", f"{first}/{last}", "stated"
    # "2019-04" is no span of years
    month = re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", match.group())
    return ("date", month[0], "stated") if month and view.before in _IN else None


def _decade(match: re.Match[str], view: _View) -> Resolved | None:
    base, part = match["year"][:3], (match["part"] or "").lower()
    spans = {"early": ("0", "3"), "mid": ("4", "6"), "late": ("7", "9")}
    value = f"{base}{spans[part][0]}/{base}{spans[part][1]}" if part in spans else f"{base}X"
    return _open(view, value, "stated")


def _year_of(match: re.Match[str], view: _View) -> tuple[int | None, str]:
    g = match.groupdict()
    if g.get("year"):
        return _int(g["year"]), "stated"
    if view.published is None:
        return None, "relative"
    return view.published.year + {"last": -1, "next": 1}.get((g.get("which") or "").lower(), 0), "relative"


def _part_of_year(match: re.Match[str], view: _View) -> Resolved | None:
    year, basis = _year_of(match, view)
    if year is None:
        return "date", None, None
    size = 6 if match["piece"].lower() == "half" else 3
    at = _HALF[match["ordinal"].lower()] % (12 // size)
    if match["ordinal"].lower() in _HALF and _HALF[match["ordinal"].lower()] >= 12 // size:
        return None
    return "date", f"{year:04d}-{at * size + 1:02d}/{year:04d}-{at * size + size:02d}", basis


def _fiscal(match: re.Match[str], _view: _View) -> Resolved | None:
    first, last = match["year"], match["y2"]
    return "date", f"{first}/{first[: 4 - len(last)] + last}" if last else first, "stated"


_SECTION = 4
"""How many words before a number may name a book of laws."""


def _in_statute(view: _View) -> bool:
    """Whether a number is that of a section: "50 U.S.C. 1622(d)", "50 U.S.C. 1701-1706"."""
    before = view.sentence.tokens[max(0, view.first - _SECTION) : view.first]
    return any(t.text.lower().rstrip(".") in word_classes.words("date", "book of laws") for t in before)


def _year(match: re.Match[str], view: _View) -> Resolved | None:
    tokens, i = view.sentence.tokens, view.first
    if tokens[i].text != match.group():
        return None
    before, after = view.before, tokens[i + 1] if i + 1 < len(tokens) else None
    if _in_statute(view):
        return None
    if before == "of" and i > 1 and tokens[i - 2].lemma.lower() in word_classes.words("date", "law"):
        return "name", match.group(), "stated"  # "the Foreign Assistance Act of 1961"
    if before in word_classes.words("date", "numbered") or (after and after.text in {"/", "%"}):
        return None
    governed = before in {*_IN, "year", "between", "than", "on", "over", "("} or "year" in before
    named = after is not None and after.upos in {"NOUN", "PROPN", "ADJ"} and tokens[i].head > i
    if named and (before in {"the", "a", "an", "its", "their", "his", "her", "this", "our"} or before.endswith("s")):
        return "name", match.group(), "stated"
    if named and after is not None and after.xpos == "NNS" and not governed:
        return None
    if not governed and tokens[i].relation not in {"obl", "nmod", "conj", "appos"}:
        return None
    return _open(view, match.group(), "stated")


def _named_day(match: re.Match[str], view: _View) -> Resolved | None:
    text, base = match.group().lower(), view.published
    away = {"day before yesterday": -2, "day after tomorrow": 2, "yesterday": -1, "tomorrow": 1}
    count = next((n for word, n in away.items() if word in text), 0)
    return "date", edtf.days(base, count) if base else None, "relative"


def _weekday(match: re.Match[str], view: _View) -> Resolved | None:
    which, base = (match["which"] or "").lower(), view.published
    if base is None:
        return "date", None, None
    token = view.sentence.tokens[view.first]
    before = view.sentence.tokens[view.first - 1].text if view.first else ""
    figures = _FIGURES.match(view.sentence.text, match.end())  # "Friday (23/07/2019)" is one day
    if before in _NAMED_DAYS or figures or _written_in_full(view):
        return None
    above = view.sentence.tokens[token.head]
    named = above.text.istitle() and above.index == view.first + 1 and view.sentence.part == "text"
    if token.deprel in {"compound", "flat"} and (above.upos == "PROPN" or named):
        # part of a name: "the Wednesday Club"
        return None
    forced = {"last": -1, "next": 1, "coming": 1, "past": -1}.get(which.removeprefix("the "))
    direction = forced or view.direction or -1
    value = edtf.weekday(base, _DAYS.index(match["weekday"].lower()), direction, strict=forced is not None)
    return "date", value, "relative"


def _written_in_full(view: _View) -> bool:
    """Whether the day of the month follows: "Friday, July 23" is one day."""
    after = [t.text.rstrip(".").lower() for t in view.sentence.tokens[view.first + 1 : view.first + 4]]
    words = [w for w in after if w != ","][:2]
    month = any(len(w) > 2 and any(m.startswith(w) for m in _MONTHS) for w in words)
    return len(words) > 1 and month and any(w[:1].isdigit() for w in words)


def _which_unit(match: re.Match[str], view: _View) -> Resolved | None:
    which, unit = match["which"].lower().removeprefix("the "), match["unit"].lower()
    count = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "this": 0, "same": 0, "that": 0}.get(
        which, 1
    )
    away = which in {"same", "following", "previous", "that"}
    if unit == "day" and not away and which != "next":
        return None
    base = view.anchor if away or unit == "day" else view.published
    value = edtf.units(base, unit, count) if base else None
    return _open(view, value, "relative")


def _shift(match: re.Match[str], view: _View) -> Resolved | None:
    """A point some units away: "two days ago", "three weeks later", "five years from now"."""
    number = numerals.value(match["n"])
    way = match["way"].lower()
    sign = -1 if way in {"ago", "earlier", "before", "previously"} else 1
    base = view.published if way in {"ago", "from now"} else view.anchor
    if base is None or number is None or number != int(number) or number > 2000:
        return "date", None, None
    unit = match["unit"].lower()
    count = sign * int(number) * (edtf.TIMES.get(unit, 1) if unit != "quarter" else 1)
    if unit == "year" and (match["on"] or "").lower() == "today" and base.exact:
        on = base.exact  # "sixty years ago today"
        return "date", edtf.day_of(on.year + count, on.month, on.day), "relative"
    step = {"decade": "year", "century": "year", "fortnight": "week"}.get(unit, unit)
    return "date", edtf.units(base, step, count), "relative"


def _span(match: re.Match[str], view: _View) -> Resolved | None:
    """An interval that ends or begins at publication: "the last two months", "the next five years"."""
    number, unit, base = numerals.value(match["n"]), match["unit"].lower(), view.published
    if number is None or number != int(number) or not 0 < number < 1000:
        return "date", None, None
    if view.before == "for":
        return "duration", _length(int(number), unit), "stated"
    ahead = match["which"].lower() in {"next", "coming", "following"}
    count = int(number) * (edtf.TIMES.get(unit, 1) if unit != "quarter" else 1) * (1 if ahead else -1)
    if (
        base is None
        or (away := edtf.units(base, {"decade": "year", "century": "year", "fortnight": "week"}.get(unit, unit), count))
        is None
    ):
        return "date", None, None
    here = str(base)[: len(away.split("/")[0])]
    return "date", f"{here}/{away.split('/')[-1]}" if ahead else f"{away.split('/')[0]}/{here}", "relative"


def _length(number: int, unit: str) -> str:
    return f"P{number * edtf.TIMES.get(unit, 1)}{_STEP[unit]}"


def _duration(match: re.Match[str], _view: _View) -> Resolved | None:
    number = numerals.value(match["n"])
    if number is None or number != int(number) or number <= 0:
        return None
    return "duration", _length(int(number), match["unit"].lower()), "stated"


def _period(match: re.Match[str], _view: _View) -> Resolved | None:
    return "date", periods()[re.sub(r"\s+", " ", match.group().lower())], "era"


Resolver = Callable[[re.Match[str], _View], Resolved | None]


def _rule(pattern: str, resolve: Resolver, *, case: bool = True) -> tuple[re.Pattern[str], Resolver]:
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?:{spaced})(?!\w)", 0 if case else re.IGNORECASE), resolve


_RULES = (
    _rule(
        r"(?P<n1>\d{4})(?P<part>[-/.])(?P<n2>\d{1,2})(?P=part)(?P<n3>\d{1,2})(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?" + _ALONE,
        _numeric,
    ),
    _rule(r"(?P<n1>\d{1,2})(?P<part>\s?[-/.]\s?)(?P<n2>\d{1,2})(?P=part)(?P<n3>\d{4}|['’]?\d\d)" + _ALONE, _numeric),
    _rule(
        r"(?P<n1>\d{1,2})\.?(?:\s?[-–—]\s?| to | and )(?P<n4>\d{1,2})(?P<part>[/.])(?P<n2>\d{1,2})(?P=part)"
        r"(?P<n3>\d{4})" + _ALONE,
        _numeric_span,
    ),
    _rule(
        r"(?P<n1>\d{4})\s?[年년]\s?(?P<n2>\d{1,2})\s?[月월]\s?(?P<n3>\d{1,2})\s?[日일号](?P<part>)",
        _numeric,
    ),
    _rule(r"(?:3[01]|[12]\d|0?[1-9])(?:\.|[./](?:1[0-2]|0?[1-9])\.?)(?=\.?\s?(?:[,;)(]|$))", _dangling),
    _rule(r"2[4-6]\d\d(?=[.,;)]|$)", _dangling),
    _rule(
        rf"(?:{_D} )?(?:(?:{edtf.FOREIGN_MONTHS})(?: {_D})?,? (?:of )?(?:1[0-4]|5[5-9])\d\d"
        rf"|(?:{edtf.ETHIOPIAN_MONTHS})(?: {_D})?,? (?:19|20)\d\d)",
        _unread,
        case=False,
    ),
    _rule(r"(?P<year>(?:19|20)\d\d)(?P<n1>0[1-9]|1[0-2])(?P<n2>0[1-9]|[12]\d|3[01])" + _ALONE, _compact),
    _rule(rf"(?P<n1>0?[1-9]|1[0-2])/(?P<year>{_Y})" + _ALONE, _numeric_month),
    _rule(rf"(?P<day>{_D})\s?(?P<dash>[-/.])\s?{_MONTH}(?:\s?(?P=dash))?\s?(?P<year>{_Y})", _day),
    _rule(rf"(?P<day>{_D})(?P<dash>[-/.])(?P<month>{_SHORT})(?P=dash)(?P<year>{_Y})", _day, case=False),
    _rule(rf"{_D}(?P<dash>[-/.])(?:{_SHORT})(?P=dash)['’]?\d\d" + _ALONE, _unread, case=False),
    _rule(rf"(?P<day>\d\d?)[. /-]\s?(?P<roman>{'|'.join(_ROMAN)})[. /-]\s?(?P<year>{_Y})", _roman),
    _rule(rf"(?P<day>{_D}) (?:of )?(?P<month>{'|'.join(_MONTHS)}),? (?P<year>{_Y})", _day, case=False),
    _rule(rf"(?P<year>{_Y}),? {_MONTH} (?P<day>{_D})(?! {_Y})", _day),
    _rule(rf"(?P<year>{_Y})(?P<dash>[-/]){_MONTH}(?P=dash)(?P<day>{_D})", _day),
    _rule(rf"(?:{_D} )?(?:of )?{_MONTH}(?: {_D})?,? (?P<strange>(?:1[34]|2[1-9])\d\d)", _unread),
    _rule(
        rf"(?:(?P<day>{_D}) (?:of )?{_MONTH},? |{_MONTH2}(?: (?P<day2>{_D}))?,? )?(?:the year )?"
        rf"(?:(?P<era>{_ERAS})(?: year)? (?P<count>\d{{1,4}})|(?P<count2>\d{{4}}),? \(?(?P<era2>{_AFTER})\)?)"
        rf"(?: \((?P<year>{_Y})\))?",
        _era,
    ),
    _rule(
        rf"{_MONTH} (?P<day>{_D})(?:(?:\s?[-–—]\s?| to | and )(?:{_MONTH2} )?(?P<day2>{_D}))?(?:,? (?P<year>{_Y}))?",
        _day,
    ),
    _rule(
        rf"(?P<day>{_D})(?:(?:\s?[-–—]\s?| to | and )(?P<day2>{_D}))? (?:(?:day )?of )?{_MONTH}(?:,? (?P<year>{_Y}))?",
        _day,
    ),
    _rule(rf"(?P<word>(?i:{'|'.join(_ORDINALS)})) (?:day )?of {_MONTH},? (?P<year>{_Y})", _written_day),
    _rule(rf"(?P<day>{_D}) (?:of )?{_MONTH} to (?P<day2>{_D}) {_MONTH2}(?:,? (?P<year>{_Y}))?", _day),
    _rule(rf"{_PARTS}{_MONTH}(?:,| of)? (?P<year>{_Y})", _month_year),
    _rule(rf"{_MONTH} (?:of )?(?P<which>last|next|this) year", _month_of),
    _rule(rf"(?:{_WHICH} )?{_PARTS}{_MONTH}", _month_only),
    _rule(
        # "from 20 million in 2017 to 30 million": a sum, not the year 2030
        rf"(?:(?P<both>[Bb]etween )|[Ff]rom )?(?P<y1>{_Y})(?(both) and |(?:\s?[-–—]\s?| to ))"
        rf"(?P<y2>{_Y}|\d\d(?!{numerals.SCALED}))",
        _range,
    ),
    _rule(rf"(?:[Ff]inancial |[Ff]iscal )?(?P<y1>{_Y})/(?P<y2>\d\d|{_Y})", _range),
    _rule(r"(?:the )?(?:(?P<part>early|mid|late)[ -])?(?P<year>(?:1[5-9]|20)\d)0['’]?s", _decade, case=False),
    _rule(
        # "last quarter" is the one before this, "the last quarter of 2018" is its fourth
        r"(?:the )?(?P<ordinal>first|second|third|fourth|last(?= \w+ (?:of|in) )|final|1st|2nd|3rd|4th)"
        r" (?P<piece>half|quarter)"
        rf"(?: (?:of |in )?(?:the year )?(?:(?P<year>{_Y})|(?P<which>last|this|next) year)| of the year)?",
        _part_of_year,
        case=False,
    ),
    _rule(
        rf"(?:(?:the )?(?:fiscal|financial)(?: year)? |FY\s?)(?P<year>{_Y})(?:[/-](?P<y2>\d\d|{_Y}))?",
        _fiscal,
        case=False,
    ),
    _rule(_Y, _year),
    _rule(
        r"(?:the )?day before yesterday|(?:the )?day after tomorrow|yesterday|today|tomorrow|tonight"
        r"|this (?:morning|afternoon|evening)",
        _named_day,
        case=False,
    ),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|the past|the coming) )?(?P<weekday>(?i:{'|'.join(_DAYS)})){_PAPERS}",
        _weekday,
    ),
    _rule(rf"(?:(?:early|earlier|later?) )?{_WHICH} {_UNIT}", _which_unit, case=False),
    _rule(
        rf"{_N}[ -]{_UNIT}s? (?P<way>ago|earlier|later|before|from now|previously|afterwards)"
        r"(?: (?P<on>today|this (?:week|month)))?",
        _shift,
        case=False,
    ),
    _rule(
        rf"(?:the )?(?P<which>last|past|previous|next|coming|following) (?P<n>{numerals.NUMBER}) {_UNIT}s?",
        _span,
        case=False,
    ),
    _rule(rf"(?P<n>{numerals.NUMBER})[ -]{_UNIT}s?(?:[ -]long)?", _duration, case=False),
    _rule("|".join(sorted(periods(), key=len, reverse=True)), _period, case=False),
)
_WORD = re.compile(r"(?<![\w$£€.,])(?:\d|[^\W\d_]+)")
_FIRST_WORDS = frozenset(
    """a ah an b be beginning between buddhist coming day early earlier end financial fiscal following from fy heisei
    hijri last late later mid middle minguo next of past previous reiwa republic same sept several showa shōwa start
    that the this today tomorrow tonight yesterday""".split()  # noqa: SIM905 - a list of quoted words is harder to read
) | frozenset(
    word
    for names in (_MONTHS, [_SHORT, edtf.FOREIGN_MONTHS, edtf.ETHIOPIAN_MONTHS], _DAYS, _ORDINALS, _HALF, periods(),
                  numerals.VALUES, numerals.VULGAR)
    for word in re.findall(r"[^\W\d_]+", " ".join(names).lower())
)  # fmt: skip
"""The words with which expressions begin, beside figures: no rule is tried at a word that is not here."""
