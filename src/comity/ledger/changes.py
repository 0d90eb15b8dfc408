"""What changed in a ledger over a period of its own clock: new facts, stages, sources, terms and judgements.

The clock is that of the ledger, not of the reports: a report of 1993 that was added this morning is new this morning.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from comity.errors import InputError
from comity.ledger.act import Act, Treaty
from comity.ledger.fact import Fact
from comity.ledger.heading import Life
from comity.ledger.interval import Interval, asked
from comity.ledger.judgement import Judgement
from comity.ledger.stated_acts import act_of, steps_of
from comity.ledger.statement import Statement

Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
Sort = Literal["new fact", "new stage", "new source", "ended term", "judgement"]
SORTS: tuple[Sort, ...] = ("new fact", "new stage", "new source", "ended term", "judgement")
"""The kinds of change, in the order in which they are listed."""

_TEXT_ACTS = ("announced", "negotiated", "initialled", "adopted", "signed")
"""The steps towards a text, the earliest first: for a signed text, a report that it was announced is no new stage."""
_TURNS = frozenset({"occurred", "denied"})
_BATCHES = """SELECT min(number) FILTER (WHERE stored >= $1), max(number) FILTER (WHERE stored < $2),
                     max(number) FILTER (WHERE stored < $1) FROM batch"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A period of the ledger's clock: its batches after `after` up to `upto`, and the same period in days.

    Judgements carry only a day: those of the days count, without those up to the number `judged_after`.
    """

    after: int
    upto: int
    first: date
    last: date
    judged_after: int | None = None

    @property
    def days(self) -> Interval:
        """The days from the first to the last."""
        return Interval(self.first, self.last)

    def place(self, batch: int) -> Literal["before", "within", "after"]:
        """Whether a batch lies before, within or after it.

        >>> Window(after=3, upto=5, first=date(2024, 5, 1), last=date(2024, 5, 2)).place(4)
        'within'
        """
        return "before" if batch <= self.after else "within" if batch <= self.upto else "after"

    def counts(self, judgement: Judgement) -> bool:
        """Whether a judgement was made within it."""
        if self.judged_after is not None:
            return judgement.number > self.judged_after
        return asked(judgement.dated).within(self.days) != "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a fact. `statement` is the one that brought it, null where a date or a person did.

    `reports` is the number of new reports of it; `copy` whether all of them copy what the ledger knew of the fact;
    `was` and `now` are the state before and after, in the words of the fact's kind; `title` is that of the
    agreement whose stage or term it is.
    """

    sort: Sort
    fact: Fact
    batch: int | None = None
    statement: Statement | None = None
    reports: int = 0
    copy: bool = False
    was: str | None = None
    now: str | None = None
    title: str | None = None
    judgement: Judgement | None = None


def instant(text: str, *, end: bool = False) -> datetime:
    """The instant that a user's date or time refers to: the beginning of a day, with `end` that of the next one.

    Raises `InputError` where it is neither.

    >>> instant("2024-05-01"), instant("2024-05", end=True), instant("2024-05-01T09:30")
    (datetime.datetime(2024, 5, 1, 0, 0), datetime.datetime(2024, 6, 1, 0, 0), datetime.datetime(2024, 5, 1, 9, 30))
    """
    if "T" in text:
        try:
            found = datetime.fromisoformat(text)
        except ValueError as error:
            raise InputError(f"{text!r} is no time; write YYYY-MM-DD or YYYY-MM-DDTHH:MM") from error
        # batches carry the time of the machine that stored them, without a zone
        return found.astimezone().replace(tzinfo=None) if found.tzinfo else found
    days = asked(text)
    day = days.last if end else days.first
    if day is None or (end and day == date.max):
        raise InputError(f"{text!r} is open on that side; write YYYY-MM-DD")
    return datetime.combine(day + timedelta(days=1) if end else day, time())


def window(ask: Ask, since: datetime, until: datetime) -> Window:
    """The window from one instant until before another. Raises `InputError` if it is empty."""
    if until <= since:
        raise InputError(f"the time asked about ends ({until:%Y-%m-%d %H:%M}) before it begins; name another")
    first, last, before = ask(_BATCHES, [since, until])[0]
    after = before or 0 if first is None else first - 1
    ends = until - timedelta(microseconds=1)
    return Window(after=after, upto=max(last or 0, after), first=since.date(), last=ends.date())


def compared(
    fact: Fact, treaty: Treaty | None, batches: Mapping[str, int], span: Window, family: Mapping[str, str]
) -> list[Change]:
    """What the reports of a window changed of a fact; `batches` are those of its documents, `treaty` its acts.

    A report brings at most one of a new fact, a new stage and a new source; later reports are ignored.
    """
    placed = {s: span.place(batches[s.document]) for s in fact.account}
    fresh = [s for s, where in placed.items() if where == "within"]
    before = [s for s, where in placed.items() if where == "before"]
    if not fresh:
        return []
    if not before:
        lead = fact.lead if placed.get(fact.lead) == "within" else fresh[0]
        reports = len({s.document for s in fresh})
        return [Change(sort="new fact", fact=fact, batch=batches[lead.document], statement=lead, reports=reports)]
    found = _stages(fact, treaty, fresh, before, batches)
    bringing = {c.statement.document for c in found if c.statement is not None}
    there = {family.get(s.document, s.document) for s in before}
    known = {s.document for s in before}
    for document in dict.fromkeys(s.document for s in fresh):
        if document in bringing or document in known:
            continue
        statement = next(s for s in fresh if s.document == document)
        found.append(
            Change(
                sort="new source",
                fact=fact,
                batch=batches[document],
                statement=statement,
                reports=1,
                copy=family.get(document, document) in there,
            )
        )
    return found


def _stages(
    fact: Fact,
    treaty: Treaty | None,
    fresh: Sequence[Statement],
    before: Sequence[Statement],
    batches: Mapping[str, int],
) -> list[Change]:
    """The stages that only new reports state."""
    if treaty is not None:
        return _new_acts(fact, treaty, fresh, before, batches)
    was = sorted({s.status for s in before if s.status})
    turned = next((s for s in fresh if s.status in _TURNS and s.status not in was), None)
    if turned is None or not was:
        return []
    reports = len({s.document for s in fresh if s.status == turned.status})
    return [
        Change(
            sort="new stage",
            fact=fact,
            batch=batches[turned.document],
            statement=turned,
            reports=reports,
            was=", ".join(was),
            now=turned.status,
        )
    ]


def _new_acts(
    fact: Fact, treaty: Treaty, fresh: Sequence[Statement], before: Sequence[Statement], batches: Mapping[str, int]
) -> list[Change]:
    ids_before = {s.id for s in before}
    by_id = {s.id: s for s in fresh if s.id not in ids_before}
    earlier = [a for a in treaty.acts if any(x not in by_id for x in a.sources)]
    known = {(a.kind, a.party) for a in earlier}
    last = earlier[-1] if earlier else None
    out: dict[tuple[str, str | None], Change] = {}
    for act in treaty.acts:
        brought = [by_id[x] for x in act.sources if x in by_id]
        key = (act.kind, act.party)
        if act in earlier or not brought or key in known or key in out or _passed(act, earlier):
            continue
        out[key] = Change(
            sort="new stage",
            fact=fact,
            batch=batches[brought[0].document],
            statement=_saying(brought[0], act),
            title=treaty.title,
            reports=len({s.document for s in brought}),
            was=in_words(last) if last else None,
            now=in_words(act),
        )
    return list(out.values())


def _saying(statement: Statement, act: Act) -> Statement:
    """The statement whose quote reports an act; its own if that reports it."""
    found = ((s, act_of(s)) for s in steps_of(statement))
    quote = next(
        (s.quote for s, reported in found if reported is not None and reported.kind == act.kind), statement.quote
    )
    return replace(statement, quote=quote)


def _passed(act: Act, earlier: Sequence[Act]) -> bool:
    """Whether an act adds nothing to the status of an agreement, because more was known already."""
    if act.kind == "observed in force":
        return any(a.kind in {"observed in force", "entered into force"} for a in earlier)
    if act.kind not in _TEXT_ACTS:
        return False
    rank = _TEXT_ACTS.index(act.kind)
    return any(a.kind not in _TEXT_ACTS or _TEXT_ACTS.index(a.kind) > rank for a in earlier)


def in_words(act: Act) -> str:
    """An act in a few words.

    >>> in_words(Act(kind="ratified", date="2019-12-10", party="MNG"))
    'ratified by MNG 2019-12-10'
    """
    whose = f" by {act.party}" if act.party else ""
    day = f" {act.date.replace('../', 'by ')}" if act.date else ""
    return f"{act.kind}{whose}{day}"


def term_ended(before: Life, now: Life, span: Window) -> Change | None:
    """The end of a term within the days of a window; `before` and `now` are its life cycle before and at the end.

    A term that was tacitly renewed ended too; an end that reports state is a stage, not the end of a term.
    """
    was, at, title = before.status, now.status, now.treaty.title
    if was.effect not in {"in force", "suspended", "provisionally applied"}:
        return None
    if at.effect == "ended" and at.ended is not None and at.ended.meets(span.days) and at.inferred:
        end = f"{at.reason or 'ended'} {at.ended}"
        return Change(sort="ended term", fact=now.fact, was=was.effect, now=end, title=title)
    if at.effect != "ended" and was.term_end is not None and was.term_end.meets(span.days):
        more = "renewed" if now.treaty.terms.renewal is not None else at.stage
        return Change(sort="ended term", fact=now.fact, was=f"term until {was.term_end}", now=more, title=title)
    return None


def batches_of(ask: Ask, documents: Iterable[str]) -> dict[str, int]:
    """The batch with which each document was added."""
    query = "SELECT key, batch FROM document WHERE key IN (SELECT unnest(?))"
    return dict(ask(query, [list(dict.fromkeys(documents))]))


def clock(ask: Ask) -> list[tuple[int, datetime]]:
    """Each batch with the instant at which it was stored, the latest first."""
    return [(n, at) for n, at in ask("SELECT number, stored FROM batch ORDER BY number DESC", [])]


def touched(ask: Ask, span: Window) -> list[tuple[str, str]]:
    """The blocks (kind and states) that the reports of a window are about."""
    query = """SELECT DISTINCT s.kind, s.block FROM statement s JOIN document d ON d.key = s.document
               WHERE d.batch > ? AND d.batch <= ? ORDER BY ALL"""
    return [(kind, block) for kind, block in ask(query, [span.after, span.upto])]
