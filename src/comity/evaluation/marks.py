"""What readers marked in hand-read articles, as what records are compared with: events, visits, agreements, figures.

An article's `records` are as `corpus/GUIDE.md` has them; kinds beside these four are not compared.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comity.errors import FormatError
from comity.evaluation.hand_record import HandRecord, hand_records
from comity.evaluation.roles import code_of, occurrence

KINDS = ("events", "visits", "agreements", "figures")
_AROUND = 40
_ONE_OF_SEVERAL = re.compile(r"#\d+$")
_SIDES: dict[str, tuple[str, str | None]] = {
    "event": ("actor", "rec"), "visit": ("visitor", "host"),
    "agreement": ("parties", None), "figure": ("reporter", "partner"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked fact.

    `first` and `second` are the codes of its sides: actors and recipients, visitors and hosts, parties and none,
    reporter and partner. `types` are an event's PLOVER types, the reader's own first, then those that may be
    defended. `name` is an agreement's title or a visitor's names. From `start` to `end` of `part` stand the words that
    tell it, with 40 characters on both sides. `asked` tells whether recall asks for it, `counts` whether a record of it
    is right.
    """

    kind: str
    first: frozenset[str]
    second: frozenset[str]
    part: str
    start: int
    end: int
    words: str
    main: bool
    asked: bool
    counts: bool = True
    types: tuple[str, ...] = ()
    name: str = ""
    value: float | None = None
    change_pct: float | None = None


@dataclass(frozen=True, slots=True)
class HandRead:
    """A hand-read article's id with its marks."""

    id: str
    marks: tuple[Mark, ...]

    def of(self, kinds: str) -> tuple[Mark, ...]:
        """Its marks of a kind, by the plural of its name."""
        return tuple(m for m in self.marks if f"{m.kind}s" == kinds)


def read_marks(path: Path) -> Iterator[HandRead]:
    """The articles of a file with their marks, in its order. Raises `FormatError` where a line is no such article."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield marks_of(json.loads(line))
                except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
                    raise FormatError(
                        f"{path}:{number}: is no hand-read article ({type(error).__name__}: {error}); see its GUIDE.md"
                    ) from error
    except (OSError, EOFError) as error:
        raise FormatError(f"{path}: is no file of hand-read articles packed with gzip ({error})") from error


def marks_of(article: dict[str, Any]) -> HandRead:
    """The marks of an article, given as a line of the corpus.

    >>> act = {"p": 1, "k": "event", "type": "ACCUSE", "trig": "accused", "actor": [["Peru", "PER"]],
    ...        "rec": [["Chile", "CHL"]], "main": 1}
    >>> row = {"id": "a", "title": None, "text": "Peru accused Chile of spying.", "records": [act]}
    >>> [(m.types, sorted(m.first), sorted(m.second), m.words) for m in marks_of(row).marks]
    [(('ACCUSE',), ['PER'], ['CHL'], 'accused')]
    """
    places = paragraphs(article)
    return HandRead(article["id"], tuple(_mark(r, places[r.paragraph]) for r in hand_records(article["records"])))


def paragraphs(article: dict[str, Any]) -> list[tuple[str, int, str]]:
    r"""Part, offset and text of what a record's `p` numbers: the title, then the paragraphs of the text.

    >>> paragraphs({"title": None, "text": "One.\n\nTwo."})
    [('title', 0, ''), ('text', 0, 'One.'), ('text', 6, 'Two.')]
    """
    out, at = [("title", 0, article["title"] or "")], 0
    for text in article["text"].split("\n\n"):
        out.append(("text", at, text))
        at += len(text) + 2
    return out


def _mark(record: HandRecord, place: tuple[str, int, str]) -> Mark:
    part, base, text = place
    start, end = (occurrence(text, record.words) if record.words else None) or (0, len(text))
    first, second = (_codes(record, side) for side in _SIDES[record.kind])
    words = _ONE_OF_SEVERAL.sub("", record.words) if record.kind in {"event", "visit"} else record.words
    mark = Mark(
        record.kind, first, second, part, base + max(0, start - _AROUND), base + min(len(text), end + _AROUND), words,
        main=record.main, asked=record.main,
    )  # fmt: skip
    if record.kind == "event":
        return replace(mark, types=record.types)
    if record.kind == "visit":
        names = " ".join(_ONE_OF_SEVERAL.sub("", span) for span, _ in record.side("visitor"))
        return replace(mark, asked=record.main and record.journey, name=names)
    if record.kind == "agreement":
        # an instrument of many that is named only in passing, and a contract of firms, are there to be left out
        counts = record.interstate and (bool(first) or not record.multilateral)
        return replace(mark, asked=counts and record.main, counts=counts, name=words)
    return replace(mark, asked=True, value=record.value, change_pct=record.change_pct)


def _codes(record: HandRecord, side: str | None) -> frozenset[str]:
    """The codes of a side; none where the kind has no such side."""
    return frozenset(code_of(code) for _, code in record.side(side or "") if code)
