"""How long an instrument lasts: its term, its renewal and the notice that ends it, as a sentence states them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from comity.coding.clauses import Clause, Span, clauses, first, speaks_of


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


def may_tell_term(text: str) -> bool:
    """Whether a text speaks of a stretch of time, of an end, or of there being none; without it there is no term.

    >>> may_tell_term("valid for ten years"), may_tell_term("a treaty was signed")
    (True, False)
    """
    return speaks_of("timed", text)


def find_terms(text: str) -> tuple[Term, ...]:
    """The terms that a sentence states for treaties and other instruments, in text order.

    Lengths of anything else (a ruling, a certificate, a debt) are left out, as are the ages of instruments.

    >>> find_terms("This Treaty shall remain in force for a period of twenty years.")[0].duration
    'P20Y'
    >>> find_terms("Each certificate shall be valid for one year.")
    ()
    """
    if not (may_tell_term(text) and speaks_of("bearer", text)):
        return ()
    notice, renewal = first("notice", text), first("renewal", text)
    found = sorted(map(_term, clauses("term", text)), key=lambda t: (t.subject or (t.start, 0), t.start))
    if not found and notice and (word := first("notice word", text)):
        found = [Term(*word.found.span(), None)]  # "either party may end it with six months' notice"
    return tuple(_merged(found, renewal, notice.yields if notice else None))


def _term(clause: Clause) -> Term:
    until = clause.found.span("date") if "date" in clause.found.groupdict() else None
    return Term(*clause.found.span(), clause.yields, subject=clause.subject, until=until)


def _merged(found: list[Term], renewal: Clause | None, notice: str | None) -> Iterator[Term]:
    """One term for each subject: what is stated first holds, a period before a mere "until denounced"."""
    kept: list[Term] = []
    for term in found:
        if not any(_touch(term.subject, k.subject) for k in kept):
            kept.append(term)
    for term in kept:
        apart = renewal is not None and not _touch((term.start, term.end), renewal.found.span())
        yield replace(term, renewal=renewal.yields if renewal and apart else None, notice=notice)


def _touch(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]
