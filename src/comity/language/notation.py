"""How the encoder is given what it has never seen: figures of other scripts, fractions, signs and short scales."""

import re
import unicodedata

_SCALES = {"mrd": "billion", "mrd.": "billion", "mio": "million", "mio.": "million", "mia": "billion"}
_SIGNS = frozenset("₩₦₱₺₽₴₪₫฿₸₵₡₹")
_POINTS = str.maketrans({"٫": ".", "٬": ","})


def as_seen(word: str) -> str:
    """A word as the encoder knows it: the same, but for what is written in a way of which its training had none.

    >>> as_seen("٧١٫٩"), as_seen("2½"), as_seen("Mrd"), as_seen("₹"), as_seen("café")
    ('71.9', '2.5', 'billion', '$', 'café')
    """
    if word.isascii():
        return _SCALES.get(word.lower(), word)
    if word in _SIGNS:
        return "$"
    if not any(unicodedata.numeric(c, None) is not None for c in word):
        return word
    plain = "".join(str(unicodedata.decimal(c, c)) for c in word.translate(_POINTS))
    found = re.fullmatch(r"(\d*)([¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])", plain)
    if found is None:
        return plain
    return f"{int(found[1] or 0) + unicodedata.numeric(found[2]):.3g}"
