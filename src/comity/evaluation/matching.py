"""The matching of records with annotated facts, and the resulting precision and recall.

One record matches at most one annotation, the most similar pairs first. For each kind, precision is the share of the
records that match an annotation; recall the share of the required annotations (those an article is about) that are
matched. An event of one party and an agreement without parties are not records between states and are ignored.

- event: its type is among the annotated ones, an actor and a recipient agree; for a mutual act two of the parties.
- visit: a visitor's state and the host agree, and the words touch or a name is the same.
- agreement: at least half of all named parties are the same.
- figure: the value or the change is the same to half a percent, and so is one party.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.evaluation.marks import Mark
from comity.evaluation.roles import code_of
from comity.records.record import Actor, Agreement, Event, Figure, Record, Visit

_SHORTEST = 4
_NEAR = 0.005


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a count of cases; null without cases."""

    right: int
    cases: int

    @property
    def value(self) -> float:
        """The share; 0 without cases."""
        return self.right / self.cases if self.cases else 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Precision and recall of one kind."""

    precision: Share
    recall: Share

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 0 if both are.

        >>> Tally(Share(1, 2), Share(1, 1)).f1
        0.6666666666666666
        """
        p, r = self.precision.value, self.recall.value
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(_sum(self.precision, other.precision), _sum(self.recall, other.recall))


NOTHING = Tally(Share(0, 0), Share(0, 0))


def _sum(a: Share, b: Share) -> Share:
    return Share(a.right + b.right, a.cases + b.cases)


def tally(marks: Sequence[Mark], records: Sequence[Record]) -> tuple[Tally, list[Mark]]:
    """Precision and recall of an article's records of one kind, and the required annotations that no record matches.

    >>> tally((), [Figure(value=3.0)])
    (Tally(precision=Share(right=0, cases=1), recall=Share(right=0, cases=0)), [])
    """
    judged = [r for r in records if between_states(r)]
    found = match(marks, judged)
    asked = [i for i, m in enumerate(marks) if m.asked]
    missed = [marks[i] for i in asked if i not in found]
    right = sum(marks[i].counts for i in found)
    return Tally(Share(right, len(judged)), Share(len(asked) - len(missed), len(asked))), missed


def between_states(record: Record) -> bool:
    """Whether a record is judged: an event with two parties, an agreement with any; visits and figures always.

    >>> between_states(Agreement(parties=("PER", "CHL"))), between_states(Agreement())
    (True, False)
    """
    if isinstance(record, Event):
        return len(_states(record.actor) | _states(record.recipient)) > 1
    return bool(record.parties) if isinstance(record, Agreement) else True


def match(marks: Sequence[Mark], records: Sequence[Record]) -> Mapping[int, int]:
    """The record of each matched annotation, both by their indexes; the most similar pairs come first.

    >>> debt = Mark("figure", frozenset({"PER"}), frozenset({"BOL"}), "text", 0, 9, "30 million", True, True, value=3e7)
    >>> match([debt], [Figure(reporter="PER", value=9.0), Figure(reporter="PER", value=3e7)])
    {0: 1}
    """
    pairs = sorted(((likeness(m, r), i, j) for i, m in enumerate(marks) for j, r in enumerate(records)), reverse=True)
    out: dict[int, int] = {}
    taken: set[int] = set()
    for like, i, j in pairs:
        if like > 0 and i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out


def likeness(mark: Mark, record: Record) -> float:
    """The similarity of a record to an annotation; 0 if it does not match.

    >>> debt = Mark("figure", frozenset({"PER"}), frozenset({"BOL"}), "text", 0, 9, "30 million", True, True, value=3e7)
    >>> likeness(debt, Figure(reporter="PER", partner="BOL", value=3e7)), likeness(debt, Visit(host="PER"))
    (2.0, 0.0)
    """
    if isinstance(record, Event) and mark.kind == "event":
        return _like_event(mark, record)
    if isinstance(record, Visit) and mark.kind == "visit":
        return _like_visit(mark, record)
    if isinstance(record, Agreement) and mark.kind == "agreement":
        return _like_agreement(mark, record)
    if isinstance(record, Figure) and mark.kind == "figure":
        return _like_figure(mark, record)
    return 0.0


def _like_event(mark: Mark, record: Event) -> float:
    actor, recipient = _states(record.actor), _states(record.recipient)
    if mark.second:
        named = bool(actor & mark.first and recipient & mark.second)
    else:
        named = len((actor | recipient) & mark.first) >= min(2, len(mark.first))
    if record.event not in mark.types or not named:
        return 0.0
    # if a record may match two annotations, its own type comes first, then what the article is about
    return 1 + 2 * _touch(mark, record) + 0.5 * (record.event == mark.types[0]) + 0.25 * mark.main


def _like_visit(mark: Mark, record: Visit) -> float:
    if not _states(record.visitors) & mark.first or not _codes([record.host]) & mark.second:
        return 0.0
    named = bool(_words(mark.name) & _words(" ".join(v.name or v.text for v in record.visitors)))
    touch = _touch(mark, record)
    return 1 + 2 * touch + named + 0.5 * mark.asked if touch or named else 0.0


def _like_agreement(mark: Mark, record: Agreement) -> float:
    parties = _common(mark.first, _codes(record.parties))
    if parties < 0.5:
        return 0.0
    return parties + 2 * _touch(mark, record) + _common(_words(mark.name), _words(record.title))


def _like_figure(mark: Mark, record: Figure) -> float:
    sides, read = mark.first | mark.second, _codes([record.reporter, record.partner])
    same = _near(mark.value, record.value) or _near(mark.change_pct, record.change_pct)
    return 1 + _common(sides, read) + _touch(mark, record) if sides & read and same else 0.0


def _near(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(a - b) <= _NEAR * max(abs(a), abs(b))


def _touch(mark: Mark, record: Record) -> bool:
    """Whether the words of both overlap, in the same part."""
    if mark.part != (record.part or "text") or record.start is None or record.end is None:
        return False
    return record.start < mark.end and mark.start < record.end


def _states(actors: Iterable[Actor]) -> frozenset[str]:
    return _codes(a.state or a.organisation for a in actors)


def _codes(given: Iterable[str | None]) -> frozenset[str]:
    return frozenset(code_of(c) for c in given if c)


def _words(text: str | None) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", (text or "").lower()) if len(w) >= _SHORTEST)


def _common(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the union that both contain."""
    return len(a & b) / len(a | b) if a | b else 0.0
