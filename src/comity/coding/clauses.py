"""Clauses: what a sentence says of an instrument's life by its words, by the rows of `en/treaty_clauses.csv`.

In a pattern a blank stands for white space of any length, `{name}` for the row of that name that reads a `part`, and
`{kind}` for any word for an instrument. `about` says where the instrument stands: `named` by the pattern's own group
`subject`, or as the subject of its `clause`; a row without it needs none. `unless` keeps a row from holding; it sees
the text with the words of the row in ‹ › and, where the subject stands before them, `⟧` behind that.

A row of the use `context` reads a sentence with the phrase for an instrument in ‹ ›, which is its part `{it}`. It
yields a stage, `none` where the words give no stage ("the anniversary of"), or `nothing` where they are of no
instrument between states at all ("without an agreement").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from comity.coding.instruments import Instrument, noun_pattern
from comity.errors import TableError
from comity.knowledge.agreement_words import pattern
from comity.knowledge.states import rows
from comity.language.tree import Sentence
from comity.mentions import numerals
from comity.mentions.article import Article
from comity.mentions.dates import written_date
from comity.records.codes import Stage

TABLE = "en/treaty_clauses.csv"
NONE, NOTHING = "none", "nothing"
Force = Literal["signature", "exchange", "deposits", "notes"]
USES = frozenset({
    "part", "timed", "bearer", "term", "afterwards", "renewal", "notice", "notice word", "entry", "force", "delay",
    "context",
})  # fmt: skip
"""What rows are for: parts of other patterns, a term and what follows it, entry into force, the words around a name."""
Span = tuple[int, int]
_PART = re.compile(r"\{([a-z]+(?:_[a-z]+)*)\}")
_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "yr": "Y"}
_SMALL = frozenset({"ADP", "DET", "PRON"})
_NOT_DATED = frozenset({NONE, NOTHING, "planned", "negotiated", "signed"})


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
class Context:
    """The context of an instrument: the name of its row, what that yields, and the token that says so."""

    name: str
    yields: str
    token: int

    @property
    def dated(self) -> bool:
        """Whether a date beside the words is that of the act that they report."""
        return self.yields not in _NOT_DATED


@dataclass(frozen=True, slots=True)
class Term:
    """The term of one instrument, at `start` to `end` of the text that was searched.

    `duration`: `indefinite`, an ISO 8601 period, `until DATE`, `until event` (an event whose date is open), or null
    where only a renewal or a notice is stated. `until` is the span of an end date, for a caller who knows the year that
    it leaves out. `subject` is the span of the words for the instrument.
    """

    start: int
    end: int
    duration: str | None
    renewal: str | None = None
    notice: str | None = None
    subject: Span | None = None
    until: Span | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What brings an instrument into force (Vienna Convention, article 24).

    `count` is the number of deposits, `delay` (ISO 8601 period) how long after them or another act it enters.
    """

    force: Force
    delay: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Testimonium:
    """Where and when an instrument was done; `date` (EDTF) is null where the clause leaves it blank."""

    place: str
    date: str | None


def clauses(use: str, text: str) -> Iterator[Clause]:
    """The rows of a use that hold in a text, in the order of the table.

    >>> [(c.name, c.yields) for c in clauses("notice", "It may be ended on six months' notice.")]
    []
    >>> [(c.name, c.yields) for c in clauses("notice", "It may be denounced on six months' notice.")]
    [('so long before the end', 'P6M')]
    """
    for row in _rows(use):
        for found in compiled(row["pattern"]).finditer(text):
            subject = _subject(text, row["about"], found)
            if row["about"] and subject is None:
                continue
            if not (row["unless"] and compiled(row["unless"]).search(_marked(text, found, subject))):
                yield Clause(row["name"], _yielded(row["yields"], found), found, subject)


def first(use: str, text: str) -> Clause | None:
    """The first row of a use that holds in a text, or null."""
    return next(clauses(use, text), None)


def context_of(sentence: Sentence, instrument: Instrument) -> Context | None:
    """The first row that holds for an instrument as its sentence names it, or null.

    `token` is the word by which the row gives its stage: the last full one outside the phrase. What may or will be is
    no act that is done.
    """
    begin = sentence.tokens[instrument.first].start - sentence.start
    end = instrument.end - sentence.start
    text = f"{sentence.text[:begin]}‹{sentence.text[begin:end]}›{sentence.text[end:]}"
    for clause in clauses("context", text):
        start, stop = clause.found.span()
        yields = clause.yields or NONE
        unsure = yields not in _NOT_DATED and pattern("unsure").search(clause.found.group())
        if unsure or not start <= begin < stop:
            continue
        span = range(sentence.start + start, sentence.start + max(end, stop - 2) + 1)
        said = [t for t in sentence.tokens if t.start in span and t.end in span]
        beside = [t.index for t in said if not instrument.first <= t.index < instrument.last and t.upos not in _SMALL]
        return Context(clause.name, yields, beside[-1] if beside else instrument.head)
    return None


def may_state_term(text: str) -> bool:
    """Whether a text speaks of a stretch of time, of an end, or of there being none; without it there is no term.

    >>> may_state_term("valid for ten years"), may_state_term("a treaty was signed")
    (True, False)
    """
    return _words("timed").search(text.lower()) is not None


def find_terms(text: str) -> tuple[Term, ...]:
    """The terms that a sentence states for treaties and other instruments, in text order.

    Lengths of anything else (a ruling, a certificate, a debt) are left out, as are the ages of instruments. Of two
    terms of one subject the first holds, a period before a mere "until denounced".

    >>> find_terms("This Treaty shall remain in force for a period of twenty years.")[0].duration
    'P20Y'
    >>> find_terms("Each certificate shall be valid for one year.")
    ()
    """
    if not (may_state_term(text) and _words("bearer").search(text.lower())):
        return ()
    notice, renewal = first("notice", text), first("renewal", text)
    found: list[Term] = []
    for term in sorted(map(_term, clauses("term", text)), key=lambda t: (t.subject or (t.start, 0), t.start)):
        if not any(_touch(term.subject, earlier.subject) for earlier in found):
            found.append(term)
    if not found and notice and (word := first("notice word", text)):
        found = [Term(*word.found.span(), None)]  # "either party may end it with six months' notice"
    again = {t: renewal.yields for t in found if renewal and not _touch((t.start, t.end), renewal.found.span())}
    return tuple(replace(t, renewal=again.get(t), notice=notice.yields if notice else None) for t in found)


def _term(clause: Clause) -> Term:
    until = clause.found.span("date") if "date" in clause.found.groupdict() else None
    return Term(*clause.found.span(), clause.yields, subject=clause.subject, until=until)


def _touch(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


def find_condition(text: str) -> Condition | None:
    """The condition of entry into force that a sentence states; null where it states none, or only a date.

    >>> find_condition("The agreement will enter into force 30 days after the last written notification.")
    Condition(force='notes', delay='P30D', count=None)
    """
    entry = first("entry", text)
    force = first("force", entry.found["rest"]) if entry else None
    if entry is None or force is None:
        return None
    delay, given = first("delay", entry.found["rest"]), force.found.groupdict()
    count = numerals.ordinal(given["nth"]) if "nth" in given else numerals.value(given["n"]) if "n" in given else None
    period = delay.yields if delay else None
    return Condition(cast("Force", force.yields), period, int(count) if count is not None else None)


def goes_on(text: str) -> bool:
    """Whether a fixed term is followed by an open one: "for three years and thereafter until denounced".

    >>> goes_on("It shall remain in force for three years and thereafter until it is denounced by either Party.")
    True
    """
    return first("afterwards", text) is not None


def find_testimonium(article: Article) -> Testimonium | None:
    """The testimonium of a document that is a treaty's text, or null: "Done at Rome on 3 May 1991, in duplicate, …".

    It stands before the signatures and says where and when the treaty was done. The clause itself, or the sentence
    before it ("In witness whereof …"), is worded as an attestation.
    """
    texts = {s.index: s.text for s in article.sentences}
    for sentence in reversed(article.sentences):
        found = pattern("done at").search(sentence.text)
        before = texts.get(sentence.index - 1, "")
        if found and (pattern("attested").search(sentence.text) or pattern("witness whereof").search(before)):
            begin = sentence.start + found.start()
            dates = [d.edtf for d in article.dates_in(sentence.index) if d.kind == "date" and d.start >= begin]
            return Testimonium(found["place"].rstrip("."), next(filter(None, dates), None))
    return None


def _subject(text: str, about: str, found: re.Match[str]) -> Span | None:
    if about == "named":
        return found.span("subject")
    return _of_clause(text, found.start()) if about == "clause" else None


def _of_clause(text: str, at: int) -> Span | None:
    """The words for the instrument that is the subject of a predicate at an offset; null where that is none."""
    start = max((m.end() for m in compiled("{clause_start}").finditer(text, 0, at)), default=0)
    for found in reversed([*compiled("{clause_subject}").finditer(text, start, at)]):
        if not (found["oblique"] or found["apart"]):
            return found.span("subject")
    # a pronoun can only be taken for the instrument where it stands at the head of the clause
    pronoun = compiled("{pronoun_clause}").fullmatch(text, start, at)
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
def _rows(use: str) -> tuple[dict[str, str], ...]:
    given = [(r, f"{TABLE}:{n}") for n, r in enumerate(rows(TABLE), 2)]
    for row, line in given:
        if row["use"] not in USES:
            raise TableError(f"{line}: no rule asks for the use {row['use']!r}; write one of {', '.join(sorted(USES))}")
        if row["use"] == use:
            check_row(row, line)
    found = tuple(r for r, _ in given if r["use"] == use)
    if not found:
        raise TableError(f"{TABLE}: has no row that reads {use!r}; reinstall comity")
    return found


def check_row(row: Mapping[str, str], line: str) -> None:
    """Raises `TableError` for a row that yields no stage, or whose pattern cannot be read or lacks its subject.

    >>> check_row({"use": "term", "pattern": "for {perod}", "about": "", "unless": ""}, "treaty_clauses.csv:7")
    Traceback (most recent call last):
    ...
    comity.errors.TableError: treaty_clauses.csv:7: 'for {perod}' cannot be read (no row for a part is named 'perod')
    """
    if row["use"] == "context" and row["yields"] not in {"", NONE, NOTHING, *Stage}:
        raise TableError(f"{line}: {row['yields']!r} is no stage; write one, {NONE} or {NOTHING}")
    for column in ("pattern", "unless"):
        written = row[column]
        try:
            read = compiled(written)
        except (re.error, TableError) as error:
            raise TableError(f"{line}: {written!r} cannot be read ({error})") from error
        if column == "pattern" and row["about"] == "named" and "subject" not in read.groupindex:
            raise TableError(f"{line}: {written!r} has no group `subject`, which `about` names; write (?P<subject>…)")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the table with its parts in it; letters may be large or small.

    >>> compiled("for {period}").fullmatch("for twenty-five years")["n"]
    'twenty-five'
    """
    return re.compile(_filled(pattern), re.IGNORECASE)


@cache
def _words(use: str) -> re.Pattern[str]:
    """The words of a use whose rows are words in small letters alone; a search for them costs less than `first`."""
    return re.compile("|".join(_filled(r["pattern"]) for r in _rows(use)))


def _filled(pattern: str) -> str:
    return _PART.sub(lambda m: _part(m[1]), pattern.replace(" ", r"\s++"))


@cache
def _part(name: str) -> str:
    """A part by its name, with the parts in it."""
    if name == "kind":
        return noun_pattern()
    if name not in _parts():
        raise TableError(f"no row for a part is named {name!r}")
    return f"(?:{_filled(_parts()[name])})"


@cache
def _parts() -> dict[str, str]:
    return {r["name"]: r["pattern"] for r in rows(TABLE) if r["use"] == "part"}
