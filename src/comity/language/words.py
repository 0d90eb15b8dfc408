"""Words of a stretch of text, cut as Universal Dependencies cuts English, with exact offsets.

Clitics ("'s", "n't"), hyphenated parts ("Russian-Mongolian" is three words) and currency signs stand alone;
abbreviations ("U.S.", "Mr."), numbers ("1,300.5") and addresses stay whole.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    text: str
    start: int
    end: int


ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen lt col sgt maj capt cmdr adm sen rep gov pres rev hon st jr sr inc corp co cos ltd bros
    no nos vs etc jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun dept est approx fig
    art arts para paras vol pp ed eds ave blvd rd mt ft sec secy amb atty""".split()  # noqa: SIM905 - a list of quoted words is harder to read
)
"""Words that keep the full stop after them, without it."""

_MONEY = frozenset({"Rs", "RS", "rs", "Re", "Tk", "Sh", "Shs", "KSh", "Ksh", "TSh", "USh", "Fr", "Kr", "DM"})

_WORD = re.compile(
    r"""
    (?=\S)(?:  # at a blank nothing else is tried
    (?P<lone>[^\w\s.+*=~#-])  # begins nothing longer
  | (?P<address>(?:https?://|www\.)[^\s<>"”]+[^\s<>"”.,;:!?)\]'’] | (?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+)
  | (?P<dotted>(?:[^\W\d_]\.){2,}|[^\W\d_]\.[^\W\d_](?![\w.]))
  | (?P<number>\d+(?:[.,٫٬]\d+)*(?:st|nd|rd|th|s)?(?![\w]))
  | (?P<word>[^\W_]+(?:['’][^\W\d_]+)*)
  | (?P<dots>\.{2,}|-{2,}|(?P<same>[*=_~#])(?P=same)+)
  | (?P<sign>[^\s])
    )
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))$", re.IGNORECASE)


def cut(text: str, offset: int = 0) -> list[Word]:
    """The words of a text in order; between them lies white space only. `offset` is added to every position.

    >>> [w.text for w in cut("Russian-Mongolian ties don't hurt the U.S.")]
    ['Russian', '-', 'Mongolian', 'ties', 'do', "n't", 'hurt', 'the', 'U.S.']
    """
    out: list[Word] = []
    at = 0
    while (m := _WORD.search(text, at)) is not None:
        start, end = m.span()
        if m.lastgroup == "word":
            end = _with_stop(text, start, end)
            for a, b in _parts(text[start:end]):
                out.append(Word(text[start + a : start + b], offset + start + a, offset + start + b))
        else:
            out.append(Word(text[start:end], offset + start, offset + end))
        at = end
    return out


def _with_stop(text: str, start: int, end: int) -> int:
    """Takes in the full stop of an abbreviation or of an initial before a name."""
    if end >= len(text) or text[end] != ".":
        return end
    word = text[start:end]
    initial = len(word) == 1 and word.isupper() and re.match(r"\.\s+[A-Z]", text[end : end + 4]) is not None
    short = word.lower() in ABBREVIATIONS and word[0].isupper()
    if short and word.lower() in {"no", "mar", "sun", "sat", "art", "co", "ed", "may", "mon"}:
        short = re.match(r"\.\s+[A-Z\d]|\.,|\.\s+[a-z]", text[end : end + 4]) is not None
    # short for money only before a sum: "Rs. 500", "Tk. 3 million"
    money = word in _MONEY and re.match(r"\.\s?\d", text[end : end + 3]) is not None
    return end + 1 if initial or short or money else end


def _parts(word: str) -> list[tuple[int, int]]:
    low = word.lower()
    if low.isalnum() and low != "cannot":
        return [(0, len(word))]
    if low == "cannot":
        return [(0, 3), (3, 6)]
    m = _CLITIC.match(word)
    if m is not None and low not in {"o'clock", "o’clock"}:
        return [(0, m.start(2)), (m.start(2), len(word))]
    return [(0, len(word))]
