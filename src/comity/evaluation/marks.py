"""The annotations of hand-annotated articles, with which records are compared: events, visits, agreements, figures.

An article's `records` are described in `corpus/GUIDE.md`; other kinds are not compared.
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
    """An annotated fact.

    `first` and `second` are the codes of its participants: actors and recipients, visitors and hosts, parties and none,
    reporter and partner. `types` are an event's PLOVER types, the annotator's own first, then defensible ones. `name`
    is an agreement's title or a visitor's names. `start` to `end` of `part` are the words that express it, with 40
    characters on both sides. `asked` is whether recall requires it, `counts` whether a record of it is correct.
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
    """The id of a hand-annotated article with its annotations."""

    id: str
    marks: tuple[Mark, ...]

    def of(self, kinds: str) -> tuple[Mark, ...]:
        """Its annotations of a kind, by the plural of its name."""
        return tuple(m for m in self.marks if f"{m.kind}s" == kinds)


def read_marks(path: Path) -> Iterator[HandRead]:
    """The annotated articles of a file, in its order. Raises `FormatError` if a line is not such an article."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield marks_of(json.loads(line))
                except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
                    raise FormatError(
                        f"{path}:{number}: is not an annotated article ({type(error).__name__}: {error}); see GUIDE.md"
                    ) from error
    except (OSError, EOFError) as error:
        raise FormatError(f"{path}: is not a gzip file of hand-annotated articles ({error})") from error


def marks_of(article: dict[str, Any]) -> HandRead:
    """The annotations of an article, given as a line of the corpus.

    >>> act = {"p": 1, "k": "event", "type": "ACCUSE", "trig": "accused", "actor": [["Peru", "PER"]],
    ...        "rec": [["Chile", "CHL"]], "main": 1}
    >>> row = {"id": "a", "title": None, "text": "Peru accused Chile of spying.", "records": [act]}
    >>> [(m.types, sorted(m.first), sorted(m.second), m.words) for m in marks_of(row).marks]
    [(('ACCUSE',), ['PER'], ['CHL'], 'accused')]
    """
    places = paragraphs(article)
    return HandRead(article["id"], tuple(_mark(r, places[r.paragraph]) for r in hand_records(article["records"])))


def paragraphs(article: dict[str, Any]) -> list[tuple[str, int, str]]:
    r"""Part, offset and text of what a record's `p` refers to: the title, then the paragraphs of the text.

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
