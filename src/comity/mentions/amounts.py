"""Amounts: money, shares and changes in per cent, quantities of goods, people, and "doubled"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from comity.knowledge import currencies
from comity.knowledge.states import rows
from comity.language.tree import Sentence
from comity.mentions import numerals
from comity.mentions.mention import AmountMention

SCALES: dict[str, float] = {r["word"]: float(r["value"]) for r in rows("en/number_words.csv") if r["kind"] == "scale"}
"""What a number is multiplied by that a word of scale follows: "million", "mln", "crore"."""
_SCALE = (
    r"(?:(?P<scale@>(?:(?:hundred|thousand|million|lakh)[\s-]+)?(?:thousand|million|billion|trillion|milliard|lakh|lac"
    r"|crore)|(?<=\d[\s-])hundred|mln|mn|mio|bln|bn|mrd|tln|tn|cr|m|k)s?\b)"
)
_HALF = re.compile(r"(?:(?P<whole>.+)\s+and\s+a\s+half|half\s+an?)", re.IGNORECASE)
_SCALED = r"(?=[\s-]+(?:thousand|million|billion|trillion|lakh|crore)\b)"
# "a million", "half a million", "two and a half million"
_N = rf"(?P<n@>(?:half\s+an?|\ban?){_SCALED}|{numerals.NUMBER}(?:\s+and\s+a\s+half{_SCALED})?)"
_QUALIFIERS = {r["phrase"]: r["means"] or None for r in rows("en/qualifiers.csv")}
_Q = (
    # what begins with no letter of theirs is passed over at once
    rf"(?:(?=[{''.join(sorted({q[0] for q in _QUALIFIERS}))}])"
    rf"(?P<qualifier>{'|'.join(sorted(map(re.escape, _QUALIFIERS), key=len, reverse=True))})\s+(?:the\s+)?)?"
)
_UNITS = {r["word"]: r["unit"] for r in rows("en/units.csv")}
_PEOPLE = frozenset(r["unit"] for r in rows("en/units.csv") if r["kind"] == "count")
_TO = r"(?(between)\s+and\s+|(?:\s*[-–—]\s*|\s+to\s+))"
_BETWEEN = r"(?P<between>\bbetween\s+)?"
_PCT = r"(?:\s*%|[\s-]+(?:per\s?cent|percent|pct)\b)"
_YEARLY = re.compile(
    r"\s+(?:a|per|each) (?:year|annum)\b|\s+(?:annually|yearly)\b|\s+(?:worth )?of goods a year\b", re.IGNORECASE
)
_TIMES = {r["word"]: float(r["value"]) for r in rows("en/number_words.csv") if r["kind"] == "multiple"}
_PARTS = ("half", "third", "quarter", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "hundredth")
_CODE_LETTERS = 3
_FRACTION = rf"(?P<top>a|an|one|two|three|four|nine)[\s-]+(?P<bottom>{'|'.join(_PARTS)})s?"
# what stands before a number as a sign does: "EUR 5 million", "Rs 500", "KSh 20"
_CODES = tuple(w for w in currencies.words() if w.isalpha() and len(w) <= _CODE_LETTERS and w[0].isupper())
_SHARED = frozenset("$£¥")


# every amount has a number, in figures or in words, or a word of the table of times
_NUMBERED = re.compile(rf"[\d{numerals.VULGAR}]|\b(?:{numerals.WORDS}|an?|{'|'.join(_TIMES)})\b", re.IGNORECASE)


def find_amounts(sentences: Sequence[Sentence], year: int | None = None) -> tuple[AmountMention, ...]:
    """The amounts of sentences, in order, in base units; `year` is that of the text, which decides between currencies.

    A unit is null where the word for a currency does not say whose it is ("crowns" of no state).
    """
    out: list[AmountMention] = []
    commas = any((read := numerals.figure(m[0])) and read.comma for s in sentences for m in _DECIMAL.finditer(s.text))
    for sentence in sentences:
        if not _NUMBERED.search(sentence.text):
            continue
        found: list[tuple[int, int, int, re.Match[str]]] = []
        marks = set(_MARK.findall(sentence.text.lower()))
        for rank, (needed, pattern) in enumerate(_patterns()):
            if needed.isdisjoint(marks):
                continue
            found += [(m.start(), -m.end(), rank, m) for m in _found(pattern, sentence.text)]
        at = 0
        for start, end, rank, match in sorted(found, key=lambda f: f[:3]):
            if start < at:
                continue
            if _is_undecided(sentence, match, rank, commas=commas):
                at = -end
                continue
            one = _amount(sentence, match, rank, year)
            if one is not None:
                out.append(_worth(sentence, one, out))
                at = -end
    return tuple(out)


def words_of_money(amounts: Iterable[AmountMention]) -> frozenset[tuple[int, int]]:
    """The words of sums of money, each with its sentence."""
    return frozenset((a.sentence, i) for a in amounts if a.kind == "money" for i in range(a.first, a.last))


def _found(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern; two amounts of which the second is less are no range: "cut from $7 mln to $5 mln"."""
    for match in pattern.finditer(text):
        g = match.groupdict()
        first, second = _scaled(g.get("n1"), g.get("scale1")), _scaled(g.get("n2"), g.get("scale2"))
        if first is None or second is None or first < second or (g.get("scale2") and not g.get("scale1")):
            yield match
            continue
        border = match.end("scale1") if g.get("scale1") else match.end("n1")
        yield from pattern.finditer(text, match.start(), border)
        yield from pattern.finditer(text, border, match.end())


def _is_undecided(sentence: Sentence, match: re.Match[str], rank: int, *, commas: bool) -> bool:
    """Whether a number in figures may stand for several, or for none: then it is no amount.

    `commas` says that the text writes decimals with a comma elsewhere: then neither "1.250" nor "1,250" is sure.
    """
    g = match.groupdict()
    scaled = g.get("scale1") or g.get("scale2") or rank == _PERCENT
    if g.get("scale1") and _GOES_ON.match(sentence.text, match.end()):
        return True
    for name in ("n1", "n2"):
        text = g.get(name)
        if text is None or not (text[0].isdigit() or text[0] in numerals.VULGAR):
            continue
        read = numerals.figure(text)
        if read is None or _BROKEN.match(sentence.text, match.end(name)):
            return True
        if read.doubtful and rank != _PERCENT and (commas or not scaled or text.endswith("0")):
            return True
        if commas and _ONE_GROUP.fullmatch(text):
            return True
        if read.blank and _DAY_BEFORE.search(sentence.text[: match.start(name)]) and _DAY.match(text):
            return True
        if not scaled and _UNITS.get((g.get("unit") or "").lower()) in _PEOPLE and not read.value.is_integer():
            return True
    return False


# "1 billion 200 million" is one number in two parts
_GOES_ON = re.compile(r"\s+(?:and\s+)?\d{1,3}(?:[.,]\d+)?\s*(?:million|thousand|mln|mn)\b", re.IGNORECASE)
# "$3/11 billion"
_BROKEN = re.compile(r"\s?(?:[/⁄]\d|[¼½¾⅓⅔⅕⅛])")
_PERCENT = 2  # the rank of shares and changes among the patterns
_DECIMAL = re.compile(rf"\b{numerals.DIGITS}(?=\s?%|[\s-]*(?:{_SCALE.replace('?P<scale@>', '?:')}|per\s?cent|pct))")
_ONE_GROUP = re.compile(r"\d{1,3},\d{3}")
_DAY = re.compile(r"(?:3[01]|[12]\d|[1-9])\s")
# "on March 18 500 tonnes were sold" may speak of 500 or of 18 500
_DAY_BEFORE = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s+$"
)
_MARK = re.compile(r"[^\W\d_]+|[^\w\s]")


def _ends(phrases: Iterable[str]) -> frozenset[str]:
    """The last word or sign of each phrase, in the singular and the plural."""
    last = {_MARK.findall(p.lower())[-1] for p in phrases}
    return frozenset(last | {f"{w}s" for w in last})


@cache
def _patterns() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """The patterns in their rank, each with the words or signs of which a text must have one to match."""
    words = [w for w in currencies.words() if w[-1].isalpha()]
    signs = [re.escape(w) for w in currencies.words() if not w[-1].isalpha()]
    names = "|".join(re.escape(w).replace(r"\ ", r"\s++") for w in words)
    n1, n2 = _N.replace("@", "1"), _N.replace("@", "2")
    s1, s2 = _SCALE.replace("@", "1"), _SCALE.replace("@", "2")
    high = rf"(?:{_TO}@SIGN@{n2}(?:[\s-]*{s2})?)?"
    units = "|".join(re.escape(u).replace(r"\ ", r"\s++") for u in sorted(_UNITS, key=len, reverse=True))
    flags = re.IGNORECASE
    money = rf"(?P<sign>{'|'.join(signs)}|\b(?:{'|'.join(_CODES)})(?![^\W\d_])(?:\.(?=\s?\d))?)\s?"
    again = rf"(?:{'|'.join(signs)})?"
    patterns = (
        re.compile(rf"{_Q}{_BETWEEN}{money}{n1}(?:[\s-]*{s1})?{high.replace('@SIGN@', again)}", flags),
        re.compile(
            rf"{_Q}{_BETWEEN}\b{n1}(?:[\s-]+{s1})?{high.replace('@SIGN@', '')}[\s-]+(?P<word>{names})s?\b", flags
        ),
        re.compile(rf"{_Q}{_BETWEEN}\b{n1}(?:{_TO}{n2})?{_PCT}", flags),
        re.compile(rf"{_Q}\b{_FRACTION}\b", flags),
        re.compile(rf"{_Q}{_BETWEEN}\b{n1}(?:[\s-]+{s1})?{high.replace('@SIGN@', '')}[\s-]+(?P<unit>{units})\b", flags),
        re.compile(rf"{_Q}\b{n1}(?P<named>(?:\s+(?-i:[A-Z][\w-]*)){{1,4}})\s+(?P<unit>{units})\b", flags),
        re.compile(rf"\b(?P<times>{'|'.join(_TIMES)})\b", flags),
        re.compile(rf"{_Q}\b{n1}[\s-]+{s1}", flags),
        re.compile(rf"\b(?P<n1>(?=\d{{1,3}}(?:,\d{{3}})++(?![\d.,]*\d)){numerals.DIGITS})"),
    )
    signed = (w for w in currencies.words() if not w[-1].isalpha())
    needed = (
        (*signed, *_CODES), words, ("cent", "percent", "pct", "%"), _PARTS, _UNITS, _UNITS, _TIMES, SCALES, (",",),
    )  # fmt: skip
    return tuple(zip(map(_ends, needed), patterns, strict=True))


def _amount(sentence: Sentence, match: re.Match[str], rank: int, year: int | None) -> AmountMention | None:
    g = match.groupdict()
    start, end = sentence.start + match.start(), sentence.start + match.end()
    value, low, high, unit, kind = None, None, None, None, "count"
    if g.get("times"):
        if not any(t.start == start and t.upos in {"VERB", "AUX"} for t in sentence.tokens):
            return None
        value, kind, unit = _TIMES[g["times"].lower()], "multiple", None
    elif g.get("bottom"):
        top, bottom = numerals.value(g["top"]), numerals.ORDINALS[g["bottom"].lower()]
        if top is None or top >= bottom or not _is_share(sentence, match):
            return None
        value, unit, kind = round(100 * top / bottom, 2), "pct", "percent"
    else:
        if (
            re.search(r"\b(?:several|many|few|some)\s+$", sentence.text[: match.start("n1")])
            and not g["n1"][0].isdigit()
        ):
            return None
        first, second = _scaled(g.get("n1"), g.get("scale1")), _scaled(g.get("n2"), g.get("scale2"))
        if first is None:
            return None
        if second is not None:
            if not g.get("scale1") and g.get("scale2"):
                first = _scaled(g.get("n1"), g.get("scale2")) or first
            if second <= first:
                return None
            low, high = first, second
        value = high if high is not None else first
        if rank == 2:
            kind, unit = "percent", "pct"
        elif g.get("unit"):
            unit = _UNITS[re.sub(r"\s+", " ", g["unit"].lower())]
            kind = "count" if unit in _PEOPLE else "quantity"
        elif g.get("sign") or g.get("word"):
            word = (g.get("sign") or g.get("word") or "").removesuffix(".")
            own = g.get("sign") in _SHARED and sentence.text[: match.start("sign")][-1:].isalpha()
            # a sign that letters go before is of a currency that no table has
            kind, unit = "money", None if own else currencies.code(word, year)
    tokens = [t.index for t in sentence.tokens if t.start < end and t.end > start]
    # "over a thousand": of what is not said
    if not tokens or (kind == "count" and unit is None and g["n1"].lower() in {"a", "an"}):
        return None
    qualifier = _QUALIFIERS.get(re.sub(r"\s+", " ", g["qualifier"].lower())) if g.get("qualifier") else None
    if unit and kind == "quantity" and not unit.endswith("/day") and _YEARLY.match(sentence.text[match.end() :]):
        unit = f"{unit}/year"
    text = sentence.clip(start, end)
    return AmountMention(
        sentence.index, tokens[0], tokens[-1] + 1, start, end, text, kind, value, unit, low, high, qualifier
    )


def _worth(sentence: Sentence, one: AmountMention, before: list[AmountMention]) -> AmountMention:
    """An amount that leaves out the currency that its sentence has just named ("and bought 170.5 mln worth of")."""
    after = sentence.text[one.end - sentence.start :].lstrip().lower()
    if one.kind != "count" or one.unit is not None or not after.startswith("worth"):
        return one
    named = [a for a in before if a.sentence == one.sentence and a.kind == "money"]
    return replace(one, kind="money", unit=named[-1].unit) if named else one


def _scaled(number: str | None, scale: str | None) -> float | None:
    half = _HALF.fullmatch(number) if number else None
    if half is not None:
        number = half["whole"] or "zero"
    if number is None or (plain := numerals.value(number)) is None:
        return None
    plain += 0.5 if half is not None else 0
    factor = 1.0
    for part in re.split(r"[\s-]+", (scale or "").lower()) if scale else ():
        factor *= SCALES[part.removesuffix("s")]
    # decimal digits stay as they are stated: 1.3 billion is 1300000000.0, not 1300000000.0000002
    return round(plain * factor, 4)


def _is_share(sentence: Sentence, match: re.Match[str]) -> bool:
    """A share or a change: "a third of exports", "by one-tenth", "a tenth more", but not "a third round of talks"."""
    after = sentence.text[match.end() :].lstrip().lower()
    before = sentence.text[: match.start()].rstrip().lower()
    return after.startswith(("of ", "more ", "less ", "higher", "lower", "fewer ")) or before.endswith((" by", " to"))
