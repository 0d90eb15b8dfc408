"""The matches of a search in a report, and the passages around them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from comity.ledger.search_terms import SearchTerm, folded, unfolded
from comity.ledger.word_index import TOKENIZER

Span = tuple[int, int]

_OPEN, _CLOSE = "\x02", "\x03"
_OWN = str.maketrans(dict.fromkeys("\x00\x02\x03", " "))
_AROUND = 110
_MOST = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text around matches: `pieces` are its parts in order, each with whether it is a match.

    `start` is its offset in the text; `cut` says whether the text continues before and after it.
    """

    start: int
    pieces: tuple[tuple[str, bool], ...]
    cut: tuple[bool, bool]

    @property
    def end(self) -> int:
        """The offset of its end in the text."""
        return self.start + sum(len(t) for t, _ in self.pieces)

    def text(self, before: str = "[", after: str = "]") -> str:
        """The passage in one line, with matches between two marks.

        >>> Passage(0, (("They signed a ", False), ("treaty", True)), (False, True)).text()
        'They signed a [treaty]…'
        """
        inner = "".join(f"{before}{t}{after}" if found else t for t, found in self.pieces)
        return ("…" if self.cut[0] else "") + " ".join(inner.split()) + ("…" if self.cut[1] else "")


def places(texts: Mapping[str, Sequence[str]], asked: Sequence[SearchTerm]) -> dict[str, list[list[Span]]]:
    """The matches of any term in some texts, by key: a list of spans for each text.

    >>> asked = (SearchTerm("treaty", "word", ("treaty", "treaties")),)
    >>> places({"a": ("Treaties", "Of a treaty")}, asked)
    {'a': [[(0, 8)], [(5, 11)]]}
    """
    query = " OR ".join(w.expression() for w in asked)
    found = _rows(texts, query, "highlight")
    return {
        key: [unfolded(text, _spans(marked)) for text, marked in zip(texts[key], row, strict=True)]
        for key, row in found.items()
    }


def holding(texts: Mapping[str, str], asked: Sequence[SearchTerm]) -> set[str]:
    """The keys of the texts that contain all terms.

    >>> sorted(holding({"a": "signed", "b": "sealed"}, (SearchTerm("sign*", "beginning", ("sign",)),)))
    ['a']
    """
    query = " AND ".join(w.expression() for w in asked)
    return {*_rows({k: (t,) for k, t in texts.items()}, query, "")}


def _rows(texts: Mapping[str, Sequence[str]], query: str, function: str) -> dict[str, list[str]]:
    """The texts that match, by key, as SQLite's own index of them marks them."""
    if not texts:
        return {}
    width = len(next(iter(texts.values())))
    names = [f"t{n}" for n in range(width)]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (key UNINDEXED, {', '.join(names)}, {TOKENIZER})")
        rows = [(key, *(folded(t.translate(_OWN)) for t in row)) for key, row in texts.items()]
        connection.executemany(f"INSERT INTO texts VALUES (?{', ?' * width})", rows)  # noqa: S608 - our own names
        marked = [f"highlight(texts, {n + 1}, '{_OPEN}', '{_CLOSE}')" if function else names[n] for n in range(width)]
        found = connection.execute(f"SELECT key, {', '.join(marked)} FROM texts WHERE texts MATCH ?", [query])  # noqa: S608
        return {key: list(row) for key, *row in found.fetchall()}


def _spans(marked: str) -> list[Span]:
    """The spans between the marks of a text, counted without them."""
    out: list[Span] = []
    first, *rest = marked.split(_OPEN)
    at = len(first)
    for part in rest:
        found, _, between = part.partition(_CLOSE)
        out.append((at, at + len(found)))
        at += len(found) + len(between)
    return out


def passages(text: str, spans: Sequence[Span], most: int = _MOST) -> list[Passage]:
    """The passages of a text around some matches, preferring those with the most different words, in order.

    >>> [p.text() for p in passages("Kenya and Uganda signed it.", [(0, 5), (17, 23)])]
    ['[Kenya] and Uganda [signed] it.']
    """
    groups: list[list[Span]] = []
    for span in spans:
        if groups and span[0] - groups[-1][-1][1] <= _AROUND and span[1] - groups[-1][0][0] <= 2 * _AROUND:
            groups[-1].append(span)
        else:
            groups.append([span])
    best = sorted(groups, key=lambda g: (-len({text[a:b].casefold() for a, b in g}), g[0]))[:most]
    out: list[Passage] = []
    end = 0
    for group in sorted(best):
        out.append(_passage(text, group, end))
        end = out[-1].end
    return out


def opening(text: str) -> Passage:
    """The beginning of a text, if nothing in it is to be marked."""
    return _passage(text, [(0, 0)])


def whole(text: str, spans: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """A text in parts, each with whether it is a match.

    >>> whole("a treaty", [(2, 8)])
    (('a ', False), ('treaty', True))
    """
    return tuple(_pieces(text, 0, len(text), spans))


def _passage(text: str, spans: Sequence[Span], after: int = 0) -> Passage:
    start, end = max(after, spans[0][0] - _AROUND), min(len(text), spans[-1][1] + _AROUND)
    # words are not cut if a space is near
    if start > after and (space := text.find(" ", start, spans[0][0])) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", spans[-1][1], end)) >= 0:
        end = space
    return Passage(start, tuple(_pieces(text, start, end, spans)), (start > 0, end < len(text)))


def _pieces(text: str, start: int, end: int, spans: Iterable[Span]) -> Iterable[tuple[str, bool]]:
    at = start
    for a, b in spans:
        if a > at:
            yield text[at:a], False
        if b > a:
            yield text[a:b], True
        at = b
    if end > at:
        yield text[at:end], False
