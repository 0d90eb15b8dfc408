"""Clauses of treaties as rows of `en/treaty_clauses.csv`: what a sentence says of an instrument's life by its words.

In a pattern a blank stands for white space of any length, `{name}` for the row of that name that reads a `part`, and
`{kind}` for any word for an instrument. `about` says where the instrument stands: `named` by the pattern's own group
`subject`, or as the subject of its `clause`; a row without it needs none. `unless` keeps a row from holding; it sees
the text with the words of the row in ‹ › and, where the subject stands before them, `⟧` behind that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from comity.coding.instruments import noun_pattern
from comity.errors import TableError
from comity.knowledge.states import rows
from comity.mentions import numerals
from comity.mentions.dates import written_date

TABLE = "en/treaty_clauses.csv"
Span = tuple[int, int]
_PART = re.compile(r"\{([a-z]+(?:_[a-z]+)*)\}")
_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "yr": "Y"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A row that holds: its name, what it yields (null where its words leave that open), and where its words stand.

    `subject` are the words for its instrument, null where the row needs none.
    """

    name: str
    yields: str | None
    found: re.Match[str]
    subject: Span | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    about: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    yields: str


def clauses(reads: str, text: str) -> Iterator[Clause]:
    """The rows of a use that hold in a text, in the order of the table.

    >>> [(c.name, c.yields) for c in clauses("notice", "It may be ended on six months' notice.")]
    []
    >>> [(c.name, c.yields) for c in clauses("notice", "It may be denounced on six months' notice.")]
    [('so long before the end', 'P6M')]
    """
    for row in _rows(reads):
        for found in row.pattern.finditer(text):
            subject = _subject(text, row, found)
            if row.about and subject is None:
                continue
            if row.unless is None or not row.unless.search(_marked(text, found, subject)):
                yield Clause(row.name, _yielded(row.yields, found), found, subject)


def first(reads: str, text: str) -> Clause | None:
    """The first row of a use that holds in a text, or null."""
    return next(clauses(reads, text), None)


def speaks_of(reads: str, text: str) -> bool:
    """Whether a text has the words of a use whose rows are words in small letters alone; costs less than `first`.

    >>> speaks_of("timed", "Valid for Ten Years"), speaks_of("timed", "a treaty was signed")
    (True, False)
    """
    return _words(reads).search(text.lower()) is not None


def _subject(text: str, row: _Row, found: re.Match[str]) -> Span | None:
    if row.about == "named":
        return found.span("subject")
    return _of_clause(text, found.start()) if row.about == "clause" else None


def _of_clause(text: str, at: int) -> Span | None:
    """The words for the instrument that is the subject of a predicate at an offset; null where that is none."""
    start = max((m.end() for m in _part("clause_start").finditer(text, 0, at)), default=0)
    for found in reversed([*_part("clause_subject").finditer(text, start, at)]):
        if not (found["oblique"] or found["apart"]):
            return found.span("subject")
    # a pronoun can only be taken for the instrument where it stands at the head of the clause
    pronoun = _part("pronoun_clause").fullmatch(text, start, at)
    return pronoun.span("subject") if pronoun else None


def _marked(text: str, found: re.Match[str], subject: Span | None) -> str:
    start, end = found.span()
    left = text[:start]
    if subject and subject[1] <= start:
        left = f"{text[: subject[1]]}⟧{text[subject[1] : start]}"
    return f"{left}‹{text[start:end]}›{text[end:]}"


def _yielded(yields: str, found: re.Match[str]) -> str | None:
    """What a row yields with the numbers and dates of its words in it; null for a date without its year."""
    given = found.groupdict()
    if "{period}" in yields:
        letter = _LETTERS[given["unit"].lower()]
        return f"P{'T' if letter == 'H' else ''}{numerals.value(given['n']) or 0:.0f}{letter}"
    if "{date}" in yields:
        date = written_date(given["date"])
        return yields.replace("{date}", date) if date else None
    if "{year}" in yields:
        return yields.replace("{year}", given["from"][: 4 - len(given["year"])] + given["year"])
    return yields.replace("{nth}", str(numerals.ordinal(given["nth"]))) if "{nth}" in yields else yields


@cache
def _rows(reads: str) -> tuple[_Row, ...]:
    table = [r for r in rows(TABLE) if r["use"] == reads]
    if not table:
        raise TableError(f"{TABLE}: has no row that reads {reads!r}; reinstall comity")
    return tuple(
        _Row(r["name"], r["about"], compiled(r["pattern"]), compiled(r["unless"]) if r["unless"] else None, r["yields"])
        for r in table
    )  # fmt: skip


@cache
def _part(name: str) -> re.Pattern[str]:
    return compiled(f"{{{name}}}")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the table with its parts in it; letters may be large or small.

    >>> compiled("for {period}").fullmatch("for twenty-five years")["n"]
    'twenty-five'
    """
    return re.compile(_filled(pattern), re.IGNORECASE)


def _filled(pattern: str) -> str:
    return _PART.sub(lambda m: _parts()[m[1]], pattern.replace(" ", r"\s++"))


@cache
def _words(reads: str) -> re.Pattern[str]:
    return re.compile("|".join(_filled(r["pattern"]) for r in rows(TABLE) if r["use"] == reads))


@cache
def _parts() -> dict[str, str]:
    """The parts by their names, each with the parts in it."""
    given = {r["name"]: f"(?:{r['pattern']})" for r in rows(TABLE) if r["use"] == "part"} | {"kind": noun_pattern()}

    def filled(pattern: str) -> str:
        return _PART.sub(lambda m: filled(given[m[1]]), pattern.replace(" ", r"\s++"))

    return {name: filled(pattern) for name, pattern in given.items()}
