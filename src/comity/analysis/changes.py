"""What is new in a ledger since a day: each change with its sentence and its report, by the states that it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from comity.analysis.absence import absence
from comity.analysis.line import wording
from comity.errors import FactError, InputError
from comity.knowledge.state_names import name
from comity.knowledge.states import continuing
from comity.ledger.act import Treaty
from comity.ledger.agreement import treaties
from comity.ledger.changes import (
    SORTS,
    Change,
    Window,
    batches_of,
    clock,
    compared,
    instant,
    term_ended,
    touched,
    window,
)
from comity.ledger.heading import life_of
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.provenance import counted
from comity.ledger.table import Table

COLUMNS = (
    "states", "change", "stored", "kind", "id", "fact", "was", "now", "reports", "copy", "quote", "title", "published",
    "outlet", "url", "document", "confidence", "by", "note",
)  # fmt: skip
"""The columns of a table of changes. `stored` is when the ledger learnt of it; `now` the result of a stage, a term or a
judgement; `copy` whether a new source copies one that the ledger knew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The changes about the same states, as rows of the table of changes."""

    states: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]

    @property
    def heading(self) -> str:
        """The states by their names.

        >>> Group(states=("MNG", "RUS"), rows=()).heading
        'Mongolia and Russia'
        """
        names = [name(s) for s in self.states]
        return " and ".join(p for p in (", ".join(names[:-1]), names[-1]) if p) if names else "No state named"


def changes(ledger: Ledger, *states: str, since: str, until: str | None = None, sorts: Sequence[str] = ()) -> Table:
    """The changes of a ledger between two instants of its clock, about all of some states if any are named.

    `until` is now by default. Raises `InputError` for an invalid date, state or kind of change.
    """
    start = instant(since)
    end = instant(until, end=True) if until else _now()
    found = changes_in(ledger, *states, span=window(ledger.rows, start, end), sorts=sorts)
    if found.rows:
        return found
    return Table(found.columns, (), (*found.notes, nothing(ledger, states, since, until, sorts)))


def nothing(ledger: Ledger, states: Sequence[str], since: str, until: str | None, sorts: Sequence[str]) -> str:
    """What was searched for without result, what there is instead, and when reports were last added, in words."""
    asked = f"since {since}" + (f" until {until}" if until else "")
    last = last_stored(ledger)
    came = f"reports last came in on {last:%Y-%m-%d}" if last else "no report has come in yet"
    return f"{absence(ledger, ' or '.join(sorts) or 'change', states, asked=asked)}; {came}"


def changes_in(ledger: Ledger, *states: str, span: Window, sorts: Sequence[str] = ()) -> Table:
    """The changes of a window of the ledger's clock, by states, kind of change and time."""
    if wrong := [s for s in sorts if s not in SORTS]:
        raise InputError(f"{wrong[0]!r} is no kind of change; these are: {', '.join(SORTS)}")
    codes = tuple(dict.fromkeys(continuing(code_of(s)) for s in states))
    if len(codes) < len(states):
        raise InputError(f"{' and '.join(states)} are one state; name two, or only one of them")
    found, notes = _found(ledger, codes, span)
    chosen = [c for c in found if not sorts or c.sort in sorts]
    rows = sorted(_rows(ledger, chosen), key=lambda r: (r[0], SORTS.index(r[1]), r[3], r[2] or "", r[4]))
    return Table(COLUMNS, tuple(rows), tuple(notes))


def groups(found: Table) -> list[Group]:
    """The rows of a table of changes by the states that they are about, most changes first."""
    groups = [
        Group(states=tuple(key.split()), rows=tuple(rows)) for key, rows in groupby(found, key=lambda r: r["states"])
    ]
    return sorted(groups, key=lambda g: (-len(g.rows), g.states))


def title(states: Iterable[str], since: str, until: str | None = None) -> str:
    """The title of a list of changes.

    >>> title(("RUS", "MNG"), "2024-05-01")
    'Changes since 2024-05-01: Mongolia and Russia'
    """
    codes = tuple(sorted(continuing(code_of(s)) for s in states))
    about = f": {Group(states=codes, rows=()).heading}" if codes else ""
    return f"Changes since {since}" + (f" until {until}" if until else "") + about


def summary(found: Table) -> str:
    """The numbers of changes of each kind, in words.

    >>> summary(Table(("change",), (("new fact",), ("new fact",), ("judgement",))))
    '2 new facts, 1 judgement'
    """
    at = found.columns.index("change")
    numbers = {sort: sum(r[at] == sort for r in found.rows) for sort in SORTS}
    return ", ".join(counted(n, sort) for sort, n in numbers.items() if n) or "nothing new"


def last_stored(ledger: Ledger, before: datetime | None = None) -> datetime | None:
    """When reports were last added to the ledger (before an instant); null if never."""
    return next((at for _, at in clock(ledger.rows) if before is None or at < before), None)


def _now() -> datetime:
    # batches carry the time of this machine, without a zone
    return datetime.now() + timedelta(microseconds=1)  # noqa: DTZ005


def _found(ledger: Ledger, codes: tuple[str, ...], span: Window) -> tuple[list[Change], list[str]]:
    new = touched(ledger.rows, span)
    if codes:
        facts = ledger.facts(*codes) if any({*codes} <= {*block.split()} for _, block in new) or _tied(ledger) else []
    else:
        facts = ledger.facts_in(new) if new else []
    batches = batches_of(ledger.rows, (s.document for f in facts for s in f.statements))
    touching = [f for f in facts if any(span.place(batches[s.document]) == "within" for s in f.statements)]
    family = ledger.family()
    by_id = treaties([f for f in facts if f.kind == "agreement"], family) if touching else {}
    found = [change for f in touching for change in compared(f, by_id.get(f.id), batches, span, family)]
    notes: list[str] = []
    found += _terms(ledger, codes, span, notes)
    found += _judged(ledger, codes, span)
    return found, notes


def _tied(ledger: Ledger) -> bool:
    """Whether there are any judgements, which may involve facts of other states."""
    return bool(ledger.judgements())


def _terms(ledger: Ledger, codes: tuple[str, ...], span: Window, notes: list[str]) -> list[Change]:
    """The terms that ended within the days of a window."""
    if span.first > span.last:
        return []
    if not codes:
        many = int(ledger.rows("SELECT count(*) FROM statement WHERE kind = 'agreement'", [])[0][0])
        if many > ledger.settings.serve_listed:
            notes.append(f"terms that ended are left out: {many:,} statements on agreements; name a state to see them")
            return []
    facts = ledger.facts(*codes, kinds=("agreement",))
    by_id = treaties(facts, ledger.family())
    may = [f for f in facts if _may_end(by_id[f.id])]
    batches = batches_of(ledger.rows, (s.document for f in may for s in f.statements))
    out = []
    for fact in may:
        if all(batches[s.document] > span.after for s in fact.statements):
            # a term that the ledger did not know when it ended has not changed: it is new as it is
            continue
        eve = span.first - timedelta(days=1)
        before = life_of(fact, by_id[fact.id], eve, between=codes, others=by_id)
        now = life_of(fact, by_id[fact.id], span.last, between=codes, others=by_id)
        change = term_ended(before, now, span)
        if change is not None:
            out.append(change)
    return out


def _may_end(treaty: Treaty) -> bool:
    """Whether a term, a notice or a later treaty can end it without a report."""
    acts = any(a.kind in {"notice given", "extended", "renewed"} or a.until for a in treaty.acts)
    return acts or treaty.terms.duration not in {None, "indefinite", "permanent"}


def _judged(ledger: Ledger, codes: tuple[str, ...], span: Window) -> list[Change]:
    out = []
    for judgement in ledger.judgements():
        if not span.counts(judgement):
            continue
        try:
            fact = ledger.fact(judgement.id)
        except FactError:
            # its statement disappeared when its report was read again: there is nothing to show it with
            continue
        if {*codes} <= {*fact.block.split()}:
            words = " ".join(f"{n}={v}" for n, v in judgement.changes)
            now = f"{judgement.verdict} {words}".rstrip()
            out.append(Change(sort="judgement", fact=fact, statement=fact.lead, now=now, judgement=judgement))
    return out


def _rows(ledger: Ledger, found: Iterable[Change]) -> list[tuple[Any, ...]]:
    given = list(found)
    documents = ledger.documents(c.statement.document for c in given if c.statement is not None)
    stored = dict(clock(ledger.rows)) if given else {}
    family = ledger.family()
    words: dict[str, str] = {}
    rows = []
    for c in given:
        if c.fact.id not in words:
            words[c.fact.id] = wording(c.fact, family)
        rows.append(_row(c, c.title or words[c.fact.id], documents, stored))
    return rows


def _row(c: Change, words: str, documents: dict[str, dict[str, Any]], stored: dict[int, datetime]) -> tuple[Any, ...]:
    s, j = c.statement, c.judgement
    report = documents.get(s.document, {}) if s is not None else {}
    url = next((a for a in report.get("addresses", ()) if a.startswith(("https://", "http://"))), None)
    at = stored.get(c.batch) if c.batch is not None else None
    learnt = at.isoformat(timespec="seconds") if at is not None else j.dated if j is not None else None
    return (
        c.fact.block,
        c.sort,
        learnt,
        c.fact.kind,
        c.fact.id,
        words,
        c.was,
        c.now,
        c.reports or None,
        c.copy if c.sort == "new source" else None,
        s.quote if s is not None else None,
        report.get("title"),
        report.get("published"),
        _outlet(url),
        url,
        s.document if s is not None else None,
        s.confidence if s is not None else None,
        j.signed if j is not None else None,
        j.note if j is not None else None,
    )


def _outlet(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


def week_before(day: date) -> date:
    """The day from which changes are shown by default.

    >>> week_before(date(2024, 5, 8))
    datetime.date(2024, 5, 1)
    """
    return day - timedelta(days=7)
