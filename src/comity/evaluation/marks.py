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
from comity.evaluation.roles import code_of, occurrence

KINDS = ("events", "visits", "agreements", "figures")
_AROUND = 40
_WORDS = {"event": "trig", "visit": "trig", "agreement": "title", "figure": "text"}
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

    >>> told = {"p": 1, "k": "event", "type": "ACCUSE", "trig": "accused", "actor": [["Peru", "PER"]],
    ...         "rec": [["Chile", "CHL"]], "main": 1}
    >>> row = {"id": "a", "title": None, "text": "Peru accused Chile of spying.", "records": [told]}
    >>> [(m.types, sorted(m.first), sorted(m.second), m.words) for m in marks_of(row).marks]
    [(('ACCUSE',), ['PER'], ['CHL'], 'accused')]
    """
    places = paragraphs(article)
    return HandRead(article["id"], tuple(_mark(r, places[r["p"]]) for r in article["records"] if r["k"] in _WORDS))


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


def _mark(record: dict[str, Any], place: tuple[str, int, str]) -> Mark:
    kind, (part, base, text) = record["k"], place
    words = record.get(_WORDS[kind]) or ""
    nth = f"#{record['nth']}" if record.get("nth") and _WORDS[kind] == "trig" else ""
    start, end = (occurrence(text, words + nth) if words else None) or (0, len(text))
    first, second = (_codes(record.get(side) if side else None) for side in _SIDES[kind])
    main = bool(record.get("main", 1))
    mark = Mark(
        kind, first, second, part, base + max(0, start - _AROUND), base + min(len(text), end + _AROUND), words,
        main=main, asked=main,
    )  # fmt: skip
    if kind == "event":
        return replace(mark, types=(record["type"], *(record.get("alt") or [])))
    if kind == "visit":
        names = " ".join(re.sub(r"#\d+$", "", span) for span, _ in record["visitor"])
        return replace(mark, asked=main and record.get("type", "visit") == "visit", name=names)
    if kind == "agreement":
        # a multilateral instrument mentioned only in passing, and a contract between firms, must not be coded
        counts = bool(record.get("interstate", 1)) and (bool(first) or not record.get("multilateral"))
        return replace(mark, asked=counts and main, counts=counts, name=words)
    return replace(mark, asked=True, value=record.get("value"), change_pct=record.get("change_pct"))


def _codes(given: Any) -> frozenset[str]:
    """The codes of one [words, code] or of several."""
    pairs = [given] if given and isinstance(given[0], str) else given or []
    return frozenset(code_of(code) for _, code in pairs if code)
