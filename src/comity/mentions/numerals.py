"""Numbers in words ("three", "twenty-five", "a hundred", "third") and in the figures of many locales."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from comity.knowledge.states import rows


@cache
def _values(kind: str) -> dict[str, int]:
    """Number words of a kind in the order of the table, each with what it stands for."""
    return {r["word"]: int(r["value"]) for r in rows("en/number_words.csv") if r["kind"] == kind}


_ONES, _TENS = tuple(_values("one")), tuple(_values("ten"))
VALUES: dict[str, int] = {w: n for kind in ("one", "ten", "article", "many") for w, n in _values(kind).items()}
"""Plain number words."""
ORDINALS: dict[str, int] = {w: n for kind in ("ordinal", "part") for w, n in _values(kind).items()}
"""Words for the part that a number makes of a whole, or for a place in a row."""
_SMALL = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?"
    rf"|{'|'.join(sorted(_ONES[1:], key=len, reverse=True))})"
)
_ALONE = "".join(rf"(?<!\b{word}[\s-])" for word in ("an", "a", *_ONES[1:], *_TENS))
_AFTER = "".join(
    rf"(?<!{word}\s)(?<!{word}\sand\s)" for word in ("hundred", "dozen", "thousand", "million", "billion", "trillion")
)
WORDS = (
    # never the tail of a longer number ("two thousand five hundred"), nor a part of "five point two"; what begins with
    # no letter of theirs is passed over at once
    rf"(?:(?=[{''.join(sorted({w[0] for w in VALUES}))}])(?<!point\s){_AFTER}"
    rf"(?:(?:an?|{_SMALL}) hundred(?: (?:and )?{_SMALL})?\b"
    rf"(?!\s(?:hundred|dozen))|(?:an?|{_SMALL}) dozen|{_SMALL}"
    rf"|{_ALONE}(?:hundred|dozen))(?!\spoint\s[a-z]))"
)
"""A pattern of a number in words, for use in larger patterns (case must be ignored there)."""
_BLANK = "[ \u00a0\u2007\u2009\u202f]"
_TICK = "['’ʼ`´˙]"
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = (
    r"(?:\s?[x×*·⋅]\s?10\s?(?:(?:\^|\*\*)\s?\{?[-−]?\d{1,2}(?!\d)\}?|[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})|[eE][+-]?\d{1,2}(?![\w.,]))"
)
_START = (
    # never the tail of a longer number, or without its sign: "71,9", "7,10,000", "12 500", ".5", "1/2", "-5"
    r"(?<![\d٫٬])(?<!\d[.,'’ʼ`´˙·٫٬/⁄:])(?<![\s$£€¥(][.,·])(?<!\s[-−])"
    r"(?<!million\s)(?<!billion\s)(?<!trillion\s)(?!(?:(?<=\b\d[ \u00a0\u2007\u2009\u202f])"
    r"|(?<=\b\d\d[ \u00a0\u2007\u2009\u202f])|(?<=\b\d\d\d[ \u00a0\u2007\u2009\u202f]))\d{3}(?!\d))"
)
_RUN = rf"(?:\d{{1,3}}(?:{_BLANK}\d{{3}}(?!\d))+|\d+)(?:(?:[.,٫٬]|{_TICK}|·(?!\s?10\s?(?:[\^*⁻⁰¹²³⁴⁵⁶⁷⁸⁹])))\d+)*"
VULGAR = "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
"""The fractions that are one sign."""
SCALED = r"(?=[\s-]*(?:hundred|thousand|million|billion|trillion|mln|bln|mn|bn|tn|lakh|crore|per\s?cent|pct|%))"
_SLASHED = rf"[1-9][/⁄](?:[2-9]|16|32)(?![\d/⁄.]){SCALED}"
_MIXED = rf"(?:\d{{1,3}}(?:\s?[{VULGAR}]|[ -]{_SLASHED})|[{VULGAR}]|{_SLASHED})"
DIGITS = rf"(?:(?=[\d{VULGAR}]){_START}(?>{_MIXED}|{_RUN}{_POWER}?))"
"""A pattern of a number in figures, from its first to its last, whatever parts its groups and its decimals."""
NUMBER = rf"(?:{DIGITS}|{WORDS})"
"""A pattern of a number in digits or words."""
_EXPONENT = re.compile(r"(?:10\s?(?:\^|\*\*)?\s?\{?|[eE])([+-]?\d+)")
_FIGURES = re.compile(rf"(?P<plain>{_RUN})(?P<power>{_POWER})?")
_FORMS = (
    # each with what parts its groups and its decimals; no group leads with a zero: "0,125" is an eighth
    (re.compile(r"\d+(?:\.\d+)?"), "", "."),
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"), ",", "."),
    (re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?"), ",", "."),
    (re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?"), " ", ".,"),
    (re.compile(r"[1-9]\d{0,2}(?:'\d{3})+(?:[.,]\d+)?"), "'", ".,"),
    (re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+"), ".", ","),
    (re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}"), ".", ","),
    (re.compile(r"\d+,\d{1,2}|0,\d+"), "", ","),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in figures: what it stands for, and what it leaves open by itself.

    `comma` is true where its comma is that of decimals; `doubtful` where a point with three digits behind it may be
    that of thousands ("1.250"); `blank` is true where blanks part its groups.
    """

    value: float
    comma: bool = False
    doubtful: bool = False
    blank: bool = False


def figure(text: str) -> Figure | None:
    """What a number in figures stands for in the form of whatever locale it has; null where it has the form of none.

    >>> [f.value for t in ("71,9", "12 500", "12'500", "1.234,5", "7,10,000", "1·5") if (f := figure(t))]
    [71.9, 12500.0, 12500.0, 1234.5, 710000.0, 1.5]
    >>> [f.value for t in ("2½", "5-1/4", "3/4", "٧١٫٩") if (f := figure(t))]
    [2.5, 5.25, 0.75, 71.9]
    >>> figure("1,2,3") is None
    True
    """
    if (mixed := _PARTS.fullmatch(text.strip())) is not None:
        return _mixed(mixed)
    found = _FIGURES.fullmatch(text.strip())
    if found is None:
        return None
    plain = re.sub(_TICK, "'", re.sub(_BLANK, " ", found["plain"])).replace("٫", ",").replace("٬", "'")
    plain = "".join(str(unicodedata.decimal(c, c)) for c in plain)
    if re.fullmatch(r"\d+·\d+", plain):
        # the decimal point as British papers set it
        plain = plain.replace("·", ".")
    form = next((f for f in _FORMS if f[0].fullmatch(plain)), None)
    if form is None:
        return None
    _, groups, decimals = form
    bare = plain.replace(groups, "") if groups else plain
    number = bare.replace(",", ".")
    comma = "," in bare and "," in decimals
    doubtful = groups == "" and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain) is not None
    tail = (found["power"] or "").replace("−", "-").translate(_SUPER)
    power = _EXPONENT.search(tail)
    return Figure(float(f"{number}e{power[1] if power else 0}"), comma, doubtful, groups == " ")


_PARTS = re.compile(
    rf"(?:(?P<whole>\d{{1,3}})(?:[ -](?=\d)|\s?(?=\D)))?(?:(?P<sign>[{VULGAR}])|(?P<top>\d)[/⁄](?P<below>\d\d?))"
)


def _mixed(found: re.Match[str]) -> Figure | None:
    """A whole number and a fraction of one: "2½", "5-1/4", "3/4"; null where the fraction is none."""
    if found["sign"]:
        part = unicodedata.numeric(found["sign"])
    else:
        part = int(found["top"]) / int(found["below"] or 1) if int(found["below"]) else 1.0
    return Figure(int(found["whole"] or 0) + part) if part < 1 else None


def value(text: str) -> float | None:
    """What a number in digits or words stands for; null where it is none.

    >>> value("twenty-five"), value("1,300.5"), value("two hundred and five"), value("many")
    (25.0, 1300.5, 205.0, None)
    """
    text = text.strip().lower()
    if text[:1].isdigit() or text[:1] in VULGAR:
        read = figure(text)
        return read.value if read else None
    parts = [p for p in re.split(r"[-\s]+", text) if p != "and"]
    if not parts or any(p not in VALUES for p in parts):
        return None
    total = 0
    for part in parts:
        total = max(total, 1) * VALUES[part] if part in {"hundred", "dozen"} else total + VALUES[part]
    return float(total)


_PLACE = re.compile(
    rf"\b(?:(\d{{1,4}})(?:st|nd|rd|th|[\s-]+years?)|(?:({'|'.join(_TENS)})[\s-]+)?"
    rf"({'|'.join(w for w in ORDINALS if w not in ('half', 'quarter'))}))\b",
    re.IGNORECASE,
)


def ordinal(text: str) -> int | None:
    """The last place in a row that a text names, in figures or words, also as a count of years; null without one.

    >>> ordinal("the 35th"), ordinal("their twenty-fifth"), ordinal("a 10-year"), ordinal("the happy")
    (35, 25, 10, None)
    """
    found = list(_PLACE.finditer(text))
    if not found:
        return None
    figures, tens, place = found[-1].groups()
    return int(figures) if figures else VALUES.get((tens or "").lower(), 0) + ORDINALS[place.lower()]
