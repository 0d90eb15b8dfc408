"""The code page of undeclared bytes that are not UTF-8: determined from the words that it yields, or left open.

Western, Central European, Turkish and Baltic code pages assign the same bytes to other letters: "Šefčovič" in one is
"Šefèoviè" in another. A code page is excluded if it puts symbols inside words or capitals after small letters. Of the
others, the one is chosen whose letters occur as they do in names of towns (`cities.csv`) and people
(`code_page_words.csv`); if none is much better than the others, the code page is left undetermined.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from comity.errors import FormatError
from comity.knowledge.states import rows

_FIRST = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859-2", "iso8859-4", "cp1251", "cp1253")
"""The code pages of the web and of Windows."""
_THEN = ("mac-roman", "cp850")
"""Code pages of older systems, tried only if none of the first fits: nearly any bytes form words in them."""
_WIDE = frozenset({"gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp932", "shift_jis", "euc_jp", "euc_kr", "cp949"})
"""The encodings of East Asia."""
_SHOWN = {"cp1252": "windows-1252", "cp1250": "windows-1250", "cp1254": "windows-1254", "cp1257": "windows-1257",
          "iso8859-2": "iso-8859-2", "iso8859-4": "iso-8859-4",
          "cp1251": "windows-1251", "cp1253": "windows-1253", "mac-roman": "macintosh",
          "cp850": "ibm850"}  # fmt: skip
_WORD = re.compile(rb"[A-Za-z0-9'\x80-\xff]*[\x80-\xff][A-Za-z0-9'\x80-\xff]*")
_AROUND = " \u00a0“”„‘’‚‹›«»…–—•·™®©°€£¥§¿¡½¼¾²³ªº±´¨¸†‡‰"
"""Symbols that may precede or follow a word, or separate two."""
_WITHIN = re.compile(r"[a-z]{2}[£¥³²ª¼½¾¿¡‰„‚][^\W\d_]|(?:^|[^\W\d])[£¥³²ª¼½¾¿¡‰][a-z]|[^\W\d_][†‡]")
"""Symbols inside a word, as in "Paw³owski", or at its end where only letters can be."""
_MOST = 400
"""The number of different words examined."""
_MARGIN = math.log(12)
"""The margin by which one code page must fit better than any other."""
_SAMPLE, _WIDE_SAMPLE = 1 << 20, 1 << 15
"""The number of bytes used to determine a code page, and an East Asian encoding."""


def code_page(data: bytes) -> str:
    r"""The code page of bytes that are not UTF-8, by its Python name. Raises `FormatError` if it cannot be determined.

    >>> code_page("Maroš Šefčovič met Andrej Plenković in Łódź.".encode("cp1250"))
    'cp1250'
    >>> code_page("Enrique Peña Nieto met Marcelo Rebelo in São Paulo.".encode("cp1252"))
    'cp1252'
    """
    words = list(dict.fromkeys(_WORD.findall(data[:_SAMPLE])))[:_MOST]
    for pages in (_FIRST, _THEN):
        read = {p: letters for p in pages if (letters := _read(words, p)) is not None}
        if read:
            return _likeliest(read)
    # successive two-byte characters: rarely anything else by chance
    from charset_normalizer import from_bytes

    wide = next((r.encoding for r in from_bytes(data[:_WIDE_SAMPLE]) if r.encoding in _WIDE), None)
    if wide is not None:
        return wide
    raise FormatError("has an unknown encoding; save it as UTF-8")


def label(page: str) -> str:
    """The web name of a code page.

    >>> label("cp1250")
    'windows-1250'
    """
    return _SHOWN.get(page, page)


def _read(words: Iterable[bytes], page: str) -> tuple[str, ...] | None:
    """The words as decoded in a code page; null if they are not words in it."""
    found = []
    for word in words:
        try:
            text = word.decode(page)
        except UnicodeDecodeError:
            return None
        for part in re.split(f"[{re.escape(_AROUND)}]+", text):
            if not _is_word(part):
                return None
        if _WITHIN.search(text):
            return None
        found.append(text)
    return tuple(found)


def _is_word(part: str) -> bool:
    """Whether letters may be a word: one script, no capital after a small letter, mostly plain letters in Latin script.

    >>> [_is_word(w) for w in ("Łódź", "McDonald", "CafÈ", "Ïðåçèäåíò", "Президент")]
    [True, True, False, False, True]
    """
    if part.isascii():
        return True
    letters = [c for c in part if c.isalpha()]
    if any(not (c.isascii() or c.isalpha()) for c in part):
        return False
    if any(a.islower() and b.isupper() and not (a.isascii() and b.isascii()) for a, b in pairwise(part)):
        return False
    latin = sum(c < "\u0250" for c in letters)
    if latin and latin < len(letters):
        return False
    beyond = sum(not c.isascii() for c in letters)
    return not latin or len(letters) < 4 or beyond < len(letters) * (1 if len(letters) < 6 else 0.75)


def _likeliest(read: dict[str, tuple[str, ...]]) -> str:
    pages = list(read)
    differing = [n for n, reading in enumerate(zip(*read.values(), strict=True)) if len(set(reading)) > 1]
    scores = dict.fromkeys(pages, 0.0)
    for n in differing:
        differing_words = {p: read[p][n] for p in pages}
        places = [i for i, letters in enumerate(zip(*differing_words.values(), strict=True)) if len(set(letters)) > 1]
        for p, word in differing_words.items():
            scores[p] += sum(_score(word, i, p) for i in places)
    best = max(pages, key=lambda p: scores[p])
    rivals = [p for p in pages if read[p] != read[best] and scores[p] > scores[best] - _MARGIN]
    if not rivals:
        return best
    other = max(rivals, key=lambda p: scores[p])
    n = next(n for n in differing if read[best][n] != read[other][n])
    raise FormatError(
        f"is not UTF-8 and declares no encoding: as {label(best)} it contains {read[best][n]!r}, "
        f"as {label(other)} {read[other][n]!r}; save it as UTF-8"
    )


def _score(word: str, at: int, page: str) -> float:
    """How common the letters of a word are in their positions, in names from states that use a code page."""
    letter = word[at].casefold()
    before, after = (word[at - 1 : at] or "^").casefold(), (word[at + 1 : at + 2] or "$").casefold()
    if not letter.isalpha():
        return 0.0 if not (before.isalpha() and after.isalpha()) else _UNSEEN
    if before.isdigit() or after.isdigit():
        return _UNSEEN
    counts = _places(_WRITERS.get(page, page))
    near = before if before.isalpha() else "^", after if after.isalpha() else "$"
    seen = counts[letter] / 50 + counts[near[0] + letter] + counts[letter + near[1]]
    return math.log(0.02 + seen + 20 * counts[near[0] + letter + near[1]])


_UNSEEN = math.log(0.02)
_WORTH = 8
"""The weight of a name or word of `code_page_words.csv`, in towns."""
_WRITERS = {"iso8859-2": "cp1250", "iso8859-4": "cp1257", "mac-roman": "cp1252", "cp850": "cp1252"}
_STATES = {
    "cp1250": frozenset({"POL", "CZE", "SVK", "HUN", "SVN", "HRV", "BIH", "SRB", "MNE", "ROU", "ALB"}),
    "cp1254": frozenset({"TUR", "AZE"}),
    "cp1257": frozenset({"EST", "LVA", "LTU"}),
}
"""The states whose towns are written in a code page; all others use the Western one."""


@cache
def _places(page: str) -> Counter[str]:
    """How often non-ASCII letters occur in names of towns, alone and with their neighbours."""
    counts: Counter[str] = Counter()
    others = frozenset().union(*_STATES.values())
    # the Turkish code page differs from the Western one in six letters
    western = page in {"cp1252", "cp1254"}
    for row in rows("cities.csv"):
        mine = row["state"] in _STATES.get(page, ()) or (western and row["state"] not in others)
        if not mine or row["name"].isascii():
            continue
        try:
            row["name"].encode(page)
        except UnicodeEncodeError:
            # a transcription with letters that the code page lacks
            continue
        _count(row["name"], counts, 1)
    for row in rows("code_page_words.csv"):
        if row["page"] == page or (western and row["page"] == "cp1252"):
            _count(row["words"], counts, _WORTH)
    return counts


def _count(names: str, counts: Counter[str], times: int) -> None:
    for name in re.findall(r"[^\W\d_]+", names.casefold()):
        padded = f"^{name}$"
        for a, b, c in zip(padded, padded[1:], padded[2:], strict=False):
            if not b.isascii():
                for seen in (b, a + b, b + c, a + b + c):
                    counts[seen] += times
