"""Numbers in words: "three", "twenty-five", "a hundred", "third"."""

import re

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
VALUES: dict[str, int] = {
    **{w: n for n, w in enumerate(_ONES)},
    **{w: 10 * n for n, w in enumerate(_TENS, 2)},
    "a": 1,
    "an": 1,
    "hundred": 100,
    "dozen": 12,
}
"""Plain number words."""
ORDINALS: dict[str, int] = {
    **{w: n for n, w in enumerate(_ORDINALS, 1)},
    **{w[:-1] + "ieth": 10 * n for n, w in enumerate(_TENS, 2)},
    "half": 2,
    "quarter": 4,
    "hundredth": 100,
}
"""Words for the part that a number makes of a whole, or for a place in a row."""
WORDS = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?"
    rf"|{'|'.join(sorted(_ONES[1:], key=len, reverse=True))}"
    r"|(?:an?|one) (?:hundred|dozen)|hundred|dozen)"
)
"""A pattern of a number in words, for use in larger patterns (case must be ignored there)."""
NUMBER = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{WORDS})"
"""A pattern of a number in digits or words."""
_PLAIN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?$")


def value(text: str) -> float | None:
    """What a number in digits or words stands for; null where it is none.

    >>> value("twenty-five"), value("1,300.5"), value("a hundred"), value("many")
    (25.0, 1300.5, 100.0, None)
    """
    text = text.strip().lower()
    if _PLAIN.match(text):
        return float(text.replace(",", ""))
    parts = re.split(r"[-\s]+", text)
    if not parts or any(p not in VALUES for p in parts):
        return None
    total = 0
    for part in parts:
        total = max(total, 1) * VALUES[part] if part in {"hundred", "dozen"} else total + VALUES[part]
    return float(total)
