"""Places: states, capitals, cities, seats and other named places, with the state in which they lie where known."""

import re
from collections.abc import Sequence

from comity.language.tree import Sentence
from comity.mentions.mention import PlaceMention
from comity.mentions.names import Names

_HYPHENED = re.compile(r"[A-Z][\w'’]*+(?:-(?:[\w'’]++-){0,3}?[A-Z][\w'’]*+)++")
"""A name in parts with hyphens, the last with a capital: "Stratford-upon-Avon", not "London-based"."""
_FISCAL = re.compile(r"FY\W?\d")
_LIES = frozenset({"capital", "city", "unit", "state", "metonym"})


def find_places(sentences: Sequence[Sentence], names: Names) -> tuple[PlaceMention, ...]:
    """The places of an article in order of sentence and offset; an adjective or an organisation is none.

    A name that no table holds counts as a place where it follows "in", "at" or "near"; its state is then null.
    """
    out: list[PlaceMention] = []
    for sentence in sentences:
        taken: set[int] = set()
        found = []
        for name in names.in_sentence.get(sentence.index, ()):
            taken.update(range(name.first, name.last))
            at = name.start - sentence.start
            whole = _HYPHENED.match(sentence.text, at) if name.kind == "city" else None
            if whole and whole.end() > name.end - sentence.start:
                # a city's name is a part of it: "Stratford-upon-Avon", "Garmisch-Partenkirchen"
                last = next(t.index for t in sentence.tokens if t.end >= sentence.start + whole.end())
                end = sentence.tokens[last].end
                taken.update(range(name.first, last + 1))
                found.append(
                    PlaceMention(sentence.index, name.first, last + 1, name.start, end, whole[0], whole[0], None)
                )
            elif name.kind in _LIES:
                found.append(
                    PlaceMention(
                        sentence.index, name.first, name.last, name.start, name.end, name.text, name.text, name.code
                    )
                )
        found += _unlisted(sentence, taken)
        out += sorted(found, key=lambda p: p.first)
    return tuple(out)


def _unlisted(sentence: Sentence, taken: set[int]) -> list[PlaceMention]:
    out = []
    words = sentence.tokens
    i = 0
    while i + 1 < len(words):
        k = i + 1
        if words[i].text.lower() in {"in", "at", "near", "on"} and words[i].upos == "ADP":
            if words[k].text.lower() == "the" and k + 1 < len(words):
                k += 1
            end = k
            while end < len(words) and end not in taken and words[end].upos == "PROPN" and words[end].text[0].isupper():
                end += 1
            whole = _HYPHENED.match(sentence.text, words[end - 1].start - sentence.start) if end > k else None
            while whole and end < len(words) and words[end].end <= sentence.start + whole.end() and end not in taken:
                end += 1
            dated = any(w.text.rstrip(".").lower() in CALENDAR or _FISCAL.match(w.text) for w in words[k:end])
            if end > k and not dated:
                start, stop = words[k].start, words[end - 1].end
                text = sentence.clip(start, stop)
                out.append(PlaceMention(sentence.index, k, end, start, stop, text, text, None))
            i = max(end, k)
        else:
            i += 1
    return out


CALENDAR = frozenset(
    [
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ]
)
"""Words for months and days, in lower case: no places and no names of persons."""
