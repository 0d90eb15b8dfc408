"""Sentences: where a stretch of words ends."""

import re
from statistics import median

from comity.language.words import Word
from comity.settings import DEFAULTS, Settings

_END = frozenset(".!?…") | {"..", "...", "...."}
_CLOSING = frozenset("\"'”’)]»")
_OPENING = frozenset("\"'“‘([«")
_STARTERS = frozenset(
    """the a an he she it they we i you in on at this that these those but and after before when while if as for from
    there his her its their our my what who how why since until however meanwhile also earlier later some many all no
    both president mr mrs""".split()  # noqa: SIM905 - a list of quoted words is harder to read
)
# abbreviations that may stand last in a sentence, where a title or a month may not
_MAY_END = re.compile(r"(?:[A-Za-z]\.){2}$|(?:inc|corp|co|ltd|etc|jr|sr|bros)\.$", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"\n\s*")
_WRAPPED_FROM, _WRAPPED_TO = 50, 100
"""Lines whose median length lies here, most without a full stop, were wrapped by a program."""


def passages(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Start and end of the paragraphs of a text; single line ends count unless the text is hard-wrapped."""
    lines = [ln.strip() for ln in text.split("\n") if ln.strip()]
    long_ones = [len(ln) for ln in lines]
    unfinished = sum(ln[-1] not in '.!?:"”' for ln in lines[:-1])
    wrapped = (
        len(lines) > 3
        and _WRAPPED_FROM <= median(long_ones) <= _WRAPPED_TO
        and max(long_ones) <= 2 * _WRAPPED_TO
        and unfinished > len(lines) / 2
    )
    border = _BLANK if wrapped else _LINE
    out, at = [], 0
    for m in border.finditer(text):
        out.append((at, m.start()))
        at = m.end()
    out.append((at, len(text)))
    return [(offset + a, offset + b) for a, b in out if text[a:b].strip()]


def split(words: list[Word]) -> list[list[Word]]:
    """The words of one paragraph as sentences, in order, none lost.

    >>> from comity.language.words import cut
    >>> [len(s) for s in split(cut("Mr. Xi left the U.S. on Monday. He was pleased."))]
    [8, 4]
    """
    out: list[list[Word]] = []
    now: list[Word] = []
    for i, word in enumerate(words):
        now.append(word)
        if _ends(words, i):
            out.append(now)
            now = []
    if now:
        out.append(now)
    return out


def limited(sentences: list[list[Word]], settings: Settings = DEFAULTS) -> list[list[Word]]:
    """Sentences in as few pieces as the limits allow: what is searched in each takes a bounded time.

    A word longer than the limit of characters is left out.
    """
    out: list[list[Word]] = []
    for sentence in sentences:
        piece: list[Word] = []
        for word in sentence:
            if word.end - word.start > settings.sentence_characters:
                continue
            wide = piece and word.end - piece[0].start > settings.sentence_characters
            if wide or len(piece) == settings.sentence_words:
                out.append(piece)
                piece = []
            piece.append(word)
        if piece:
            out.append(piece)
    return out


def _ends(words: list[Word], i: int) -> bool:
    if i + 1 >= len(words):
        return False
    word, after = words[i], words[i + 1]
    gap = after.start > word.end
    if word.text in _CLOSING:
        # the quotation mark or bracket after the full stop belongs to the sentence that it closes
        return gap and i > 0 and words[i - 1].text in _END and words[i - 1].end == word.start and _starts(words, i + 1)
    if word.text in _END:
        if not gap and after.text in _CLOSING:
            return False
        return (gap or after.text in _OPENING) and _starts(words, i + 1)
    if gap and _MAY_END.search(word.text):
        if i == 0 or (words[i - 1].text in _END | _CLOSING | _OPENING):
            return False  # "U.S. President Biden said": nothing has been said yet that could end
        return after.text.lower() in _STARTERS and after.text[0].isupper()
    return False


def _starts(words: list[Word], i: int) -> bool:
    first = words[i].text[0]
    if first in "“‘([«\"'" and i + 1 < len(words):
        return words[i + 1].text[0].isupper() or words[i + 1].text[0].isdigit()
    return first.isupper() or first.isdigit() or not first.isascii() or first in "-—–$<*•"
