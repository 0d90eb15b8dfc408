"""Lists of a ledger: events, agreements with their status, what comes up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from comity.analysis.corroboration import corroborate
from comity.analysis.line import wording
from comity.ledger.agreement import treaties
from comity.ledger.alerts import alerts
from comity.ledger.fact import Fact
from comity.ledger.families import independent
from comity.ledger.interval import OPEN, Answer, Interval
from comity.ledger.ledger import Ledger
from comity.ledger.lifecycle import status
from comity.ledger.period import Period
from comity.ledger.table import Table
from comity.ledger.values import told

_EVENTS = (
    "id", "date", "lies", "event", "mode", "cameo", "quad_code", "scale", "scale_value", "status", "actor", "recipient",
    "place", "independent", "statements", "score", "quote", "document",
)  # fmt: skip
_AGREEMENTS = (
    "id", "title", "type", "parties", "stage", "text", "effect", "certain", "inferred", "entered", "ended", "reason",
    "duration", "renewal", "notice", "term_end", "notice_deadline", "renewals", "consent", "note", "why", "independent",
    "areas",
)  # fmt: skip
_CORROBORATED = ("id", "kind", "fact", "source", "outcome", "why", "text", "rows")
_ALERTS = ("kind", "first", "last", "agreement", "title", "why")


def events(
    ledger: Ledger,
    *states: str,
    within: Interval = OPEN,
    types: Iterable[str] = (),
    known: date | None = None,
) -> Table:
    """The events about all of some states, a row each; `lies` says whether they certainly or possibly lie within.

    `score` is the least with which a report joined the event; the scale of `scale_value` is named beside it.
    """
    family, wanted = ledger.family(), {t.upper() for t in types}
    rows = []
    for fact in ledger.facts(*states, kinds=("event",), known=known):
        lies: Answer = "certain" if within == OPEN else fact.when.within(within)
        if lies == "no" or (wanted and fact.statements[0].type not in wanted):
            continue
        rows.append(_event(fact, lies, family))
    rows.sort(key=lambda r: (r[1] or "", r[0]))
    return Table(_EVENTS, tuple(rows))


def agreements(ledger: Ledger, *states: str, on: date, known: date | None = None, stages: Iterable[str] = ()) -> Table:
    """The agreements of some states with their status on a day; `stages` keeps those of these stages or effects."""
    family, wanted = ledger.family(), {s.casefold() for s in stages}
    facts = {f.id: f for f in ledger.facts(*states, kinds=("agreement",), known=known)}
    made = treaties(facts.values(), family)
    rows = []
    for key, treaty in made.items():
        at = status(treaty, on, known=known, others=made)
        if wanted and not {at.stage, at.effect, at.text} & wanted:
            continue
        rows.append(
            (
                key, treaty.title, treaty.type, " ".join(treaty.parties), at.stage, at.text, at.effect, at.certain,
                at.inferred, _text(at.entered), _text(at.ended), at.reason, treaty.terms.duration,
                treaty.terms.renewal, treaty.terms.notice, _text(at.term_end), _text(at.notice_deadline),
                "-".join(str(n) for n in dict.fromkeys(at.renewals)) if at.renewals else None,
                ", ".join(f"{c}: {how}" for c, how in at.consent), at.note, "; ".join(at.why),
                independent(facts[key].documents, family), areas_of(facts[key]),
            )
        )  # fmt: skip
    return Table(_AGREEMENTS, tuple(sorted(rows, key=lambda r: (r[3], r[1], r[0]))))


def areas_of(fact: Fact) -> str:
    """The areas that any source of a fact names, sorted, with spaces between."""
    return " ".join(sorted({a for s in fact.statements for a in s.record.get("areas") or ()}))


def upcoming(ledger: Ledger, *states: str, on: date, within: Period, known: date | None = None) -> Table:
    """Terms that end and last days for notice from a day until a period later, the earliest first."""
    made = treaties(ledger.facts(*states, kinds=("agreement",), known=known), ledger.family())
    found = alerts(made.values(), on, within, known=known, others=made)
    rows = [(a.kind, _day(a.days.first), _day(a.days.last), a.agreement, a.title, a.why) for a in found]
    return Table(_ALERTS, tuple(rows))


def corroborated(ledger: Ledger, facts: Sequence[Fact]) -> Table:
    """What data sets say of facts: outcome, why, and the rows that it rests on."""
    family, found = ledger.family(), corroborate(ledger, facts)
    rows = [
        (f.id, f.kind, wording(f, family), x.source, x.outcome, x.why, x.text, list(x.rows))
        for f in facts
        for x in found.get(f.id, ())
    ]
    return Table(_CORROBORATED, tuple(rows))


def _event(fact: Fact, lies: Answer, family: Mapping[str, str]) -> tuple[Any, ...]:
    first = fact.statements[0]
    record = first.record
    scale = record["event_scale"] or {}

    def best(field: str) -> Any:
        values = told(fact, field, family)
        return values[0].value if values else None

    return (
        fact.id,
        best("date"),
        lies,
        record["event"],
        best("mode"),
        best("cameo"),
        record["quad_code"],
        scale.get("name"),
        scale.get("value"),
        first.status,
        _codes(record["actor"]),
        _codes(record["recipient"]),
        best("place"),
        independent(fact.documents, family),
        len(fact.statements),
        fact.score,
        first.quote,
        first.document,
    )


def _codes(actors: list[dict[str, Any]]) -> str:
    return " ".join(dict.fromkeys(a["state"] or a["organisation"] or a["text"] for a in actors))


def _text(days: Interval | None) -> str | None:
    return None if days is None else str(days)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
