"""Search terms: words in all their forms, exact words, prefixes of words, phrases."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from comity.errors import InputError
from comity.settings import DEFAULTS, Settings

_LETTERS = str.maketrans("łŁøØđĐðÐıħĦŧŦŀĿ", "lLoOdDdDihHtTlL") | str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"}
)
"""Letters that Unicode does not decompose but that people also write without strokes and ligatures."""
_TWO = re.compile("[ßẞæÆœŒþÞ]")
"""Those of them that are written as two letters."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_SHORTEST = 3


def folded(text: str) -> str:
    """A text with such letters replaced by plain ones; accents are handled by the index.

    >>> folded("Łódź, Weißrussland, Færøerne, Ærø")
    'Lódź, Weissrussland, Faeroerne, AEro'
    """
    return text.translate(_LETTERS)


def unfolded(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The offsets in a text for offsets in its folded form.

    >>> unfolded("Weißrussland und Minsk", [(0, 13), (18, 23)])
    [(0, 12), (17, 22)]
    """
    # each letter written as two shifts all later offsets of the folded text by one
    twos = [m.start() + n for n, m in enumerate(_TWO.finditer(text))]
    if not twos:
        return list(spans)
    return [(a - bisect_left(twos, a), b - bisect_left(twos, b)) for a, b in spans]


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One term that a text must contain: a word in any of its `forms`, an exact phrase or word, or a prefix.

    `asked` is the term as typed.
    """

    asked: str
    kind: Literal["word", "phrase", "beginning"]
    forms: tuple[str, ...]

    def expression(self) -> str:
        """The term in FTS5 syntax; the input is always quoted, never interpreted as syntax."""
        quoted = ['"' + folded(f).replace('"', '""') + '"' for f in self.forms]
        if self.kind == "beginning":
            return f"{quoted[0]} *"
        return "(" + " OR ".join(quoted) + ")"

    def __str__(self) -> str:
        more = [f for f in self.forms if f.casefold() != self.asked.casefold()]
        if self.kind == "phrase":
            return f'"{self.forms[0]}"'
        return self.asked if self.kind == "beginning" or not more else f"{self.asked} ({', '.join(more)})"


def search_terms(text: str, settings: Settings = DEFAULTS) -> tuple[SearchTerm, ...]:
    """The terms that a text must all contain. Raises `InputError` if there are none, or too many.

    A word is searched in all forms that a dictionary lists, text in quotation marks exactly, and a word that ends in
    `*` as a prefix. An unclosed quotation mark is closed at the end.

    >>> [str(w) for w in search_terms('treaty "comprehensive partnership" fish*')]
    ['treaty (treaties)', '"comprehensive partnership"', 'fish*']
    """
    out: dict[str, SearchTerm] = {}
    for phrase, word in _ASKED.findall(_plain(text)):
        found = _phrase(phrase) if phrase else _word(word)
        if found is not None:
            out.setdefault(found.expression(), found)
    if not out:
        raise InputError(f'{text.strip()!r} holds nothing to look for; give words, or a phrase in quotation marks: "…"')
    if len(out) > settings.search_words:
        raise InputError(
            f"{len(out)} words and phrases are looked for at once, more than {settings.search_words}; give fewer"
        )
    return tuple(out.values())


def expression(found: tuple[SearchTerm, ...]) -> str:
    """All terms in FTS5 syntax.

    >>> expression(search_terms('Łukasiewicz "a b"'))
    '("Lukasiewicz") AND ("a b")'
    """
    return " AND ".join(w.expression() for w in found)


def _plain(text: str) -> str:
    """The text with quotation marks of one kind, and without characters that no text contains."""
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return text.translate(_QUOTES)


def _phrase(text: str) -> SearchTerm | None:
    words = " ".join(text.split())
    return SearchTerm(words, "phrase", (words,)) if _holds_word(words) else None


def _word(text: str) -> SearchTerm | None:
    if not _holds_word(text):
        return None
    stem = text.rstrip("*")
    if stem != text:
        return SearchTerm(stem + "*", "beginning", (stem,))
    return SearchTerm(text, "word", tuple(dict.fromkeys((text, *forms(text)))))


def _holds_word(text: str) -> bool:
    """Whether a text contains a letter or a numeral; nothing else is indexed."""
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in text)


@lru_cache(maxsize=2_000)
def forms(word: str) -> tuple[str, ...]:
    """The other forms of an English word in the dictionary, sorted; none for a name or a very short word.

    >>> forms("Withdrew"), forms("Putin"), forms("US")
    (('withdraw', 'withdrawing', 'withdrawn', 'withdraws'), (), ())
    """
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return ()
    from lemminflect import getAllInflections, getAllLemmas

    low, out = word.lower(), set[str]()
    for upos, lemmas in getAllLemmas(low).items():
        for lemma in lemmas:
            for found in getAllInflections(lemma, upos=upos).values():
                out.update(f.lower() for f in found)
    return tuple(sorted(out - {low}))
