"""Lists from a ledger: events, agreements with their status, upcoming dates."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from comity.analysis.corroboration import asked_outcomes, corroborate
from comity.analysis.line import wording
from comity.ledger.act import Treaty
from comity.ledger.alerts import alerts
from comity.ledger.fact import Fact
from comity.ledger.heading import Life, lives
from comity.ledger.interval import Interval
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.period import Period
from comity.ledger.provenance import Provenance, counted, provenance
from comity.ledger.table import Table

_AGREEMENTS = (
    "id", "title", "type", "parties", "stage", "text", "effect", "certain", "inferred", "entered", "ended", "reason",
    "duration", "renewal", "notice", "term_end", "notice_deadline", "renewals", "consent", "note", "why", "independent",
    "areas", "stands", "reports", "outlets", "reporting_parties", "last_reported", "known",
)  # fmt: skip
_CORROBORATED = ("id", "kind", "fact", "source", "outcome", "why", "text", "rows")
_ALERTS = ("kind", "first", "last", "agreement", "title", "why")


def in_words(found: Table) -> Table:
    """Events in readable form: an undated event was "by" the day of its report.

    >>> in_words(Table(("id", "date"), (("e", "../2023-07-11"), ("f", "2023"), ("g", None)))).rows
    (('e', 'by 2023-07-11'), ('f', '2023'), ('g', None))
    """
    at = found.columns.index("date")
    rows = tuple((*r[:at], r[at] and r[at].replace("../", "by "), *r[at + 1 :]) for r in found.rows)
    return Table(found.columns, rows, found.notes)


def agreements(ledger: Ledger, *states: str, on: date, known: date | None = None, stages: Iterable[str] = ()) -> Table:
    """The agreements of some states with their status on a day; `stages` selects these stages or headings.

    `stands` is the heading of each in a dossier, so that both give the same counts.
    """
    family, wanted = ledger.family(), {s.casefold() for s in stages}
    found = [
        x
        for x in _lives(ledger, states, on, known)
        if not wanted or {x.status.stage, x.status.effect, x.status.text, x.heading.casefold()} & wanted
    ]
    rows = [_agreement(x, provenance(x.fact, family)) for x in found]
    return Table(_AGREEMENTS, tuple(sorted(rows, key=lambda r: (r[3], r[1], r[0]))))


def _lives(ledger: Ledger, states: Sequence[str], on: date, known: date | None) -> list[Life]:
    facts = ledger.facts(*states, kinds=("agreement",), known=known)
    return lives(facts, ledger.family(), on, known=known, between=[code_of(s) for s in states])


def _agreement(life: Life, sources: Provenance) -> tuple[Any, ...]:
    treaty, at = life.treaty, life.status
    return (
        treaty.id, treaty.title, treaty.type, " ".join(treaty.parties), at.stage, at.text, at.effect, at.certain,
        at.inferred, _text(at.entered), _text(at.ended), at.reason, treaty.terms.duration,
        treaty.terms.renewal, treaty.terms.notice, _text(at.term_end), _text(at.notice_deadline),
        "-".join(str(n) for n in dict.fromkeys(at.renewals)) if at.renewals else None,
        ", ".join(f"{c}: {how}" for c, how in at.consent), at.note, "; ".join(at.why + _last(life.last_reported)),
        sources.independent, areas_of(life.fact), life.heading, sources.reports, sources.outlets,
        " ".join(sources.parties) or None, _day(life.fact.last_reported), treaty.known,
    )  # fmt: skip


def _last(day: date | None) -> tuple[str, ...]:
    return (f"last reported on {day}",) if day else ()


def areas_of(fact: Fact) -> str:
    """The areas that any source of a fact names, sorted, with spaces between."""
    return " ".join(sorted({a for s in fact.account for a in getattr(s.record, "areas", ())}))


def upcoming(ledger: Ledger, *states: str, on: date, within: Period, known: date | None = None) -> Table:
    """Ends of terms and last days for notice from a day until a period later, the earliest first.

    The notes say how many agreements state a term at all, and how many of these are in force: if few do, an empty list
    means little.
    """
    living = _lives(ledger, states, on, known)
    by_id = {x.treaty.id: x.treaty for x in living}
    found = alerts(by_id.values(), on, within, known=known, others=by_id)
    rows = [(a.kind, _day(a.days.first), _day(a.days.last), a.agreement, a.title, a.why) for a in found]
    return Table(_ALERTS, tuple(rows), (_terms(living, {a.agreement for a in found}),))


def _terms(living: Sequence[Life], coming: Collection[str]) -> str:
    """The numbers of agreements that state a term, of those in force, and of those with upcoming dates."""
    termed = [x for x in living if _term(x.treaty)]
    running = [x for x in termed if x.heading == "In force"]
    state = "states" if len(termed) == 1 else "state"
    of_all = f"{len(termed):,} of {counted(len(living), 'agreement')} {state} a term"
    if not termed:
        return of_all
    return f"{of_all}, {len(running):,} of them in force on that day; of {len(coming):,} something comes up"


def _term(treaty: Treaty) -> bool:
    """Whether a term or a notice is reported; an agreement of unlimited duration has no term that ends."""
    terms = treaty.terms
    ends = terms.duration not in {None, "indefinite", "permanent"}
    return ends or terms.renewal is not None or any(a.kind == "notice given" or a.until for a in treaty.acts)


def corroborated(ledger: Ledger, facts: Sequence[Fact], outcomes: Iterable[str] = ()) -> Table:
    """What data sets say about facts: outcome, reason, and supporting rows.

    `outcomes` selects outcomes. By default what is not verifiable is left out and counted in the notes, by data set,
    kind and what is lacking.
    """
    family, found, wanted = ledger.family(), corroborate(ledger, facts), asked_outcomes(outcomes)
    lacking: dict[tuple[str, str], Counter[str]] = {}
    rows = []
    for f in facts:
        for x in found.get(f.id, ()):
            if wanted and x.outcome not in wanted:
                continue
            if not wanted and x.lack is not None:
                lacking.setdefault((x.source, f.kind), Counter())[x.lack] += 1
                continue
            rows.append((f.id, f.kind, wording(f, family), x.source, x.outcome, x.why, x.text, list(x.rows)))
    notes = [_not_verifiable(source, kind, lacks) for (source, kind), lacks in sorted(lacking.items())]
    if wanted and not rows and (other := Counter(x.outcome for answers in found.values() for x in answers)):
        there = ", ".join(f"{n:,} {outcome}" for outcome, n in sorted(other.items()))
        notes.append(
            f"no finding is {' or '.join(sorted(wanted))}; of {counted(len(facts), 'fact')} there are: {there}"
        )
    return Table(_CORROBORATED, tuple(rows), tuple(notes))


def _not_verifiable(source: str, kind: str, lacks: Counter[str]) -> str:
    """The number of facts of a kind that a data set cannot verify, and what is lacking, the most frequent first."""
    parts = ", ".join(f"{lack} {n:,}" for lack, n in sorted(lacks.items(), key=lambda x: (-x[1], x[0])))
    return f"not verifiable with {source}: {counted(lacks.total(), kind)} ({parts})"


def findings_text(found: Table) -> str:
    """Findings for a terminal: a line for each fact and data set with the outcome, and the full reason below."""
    out = []
    for r in found:
        out.append(f"{r['outcome']}  {r['source']}  {r['id']}  {r['fact']}\n")
        why = r["why"] or r["text"]
        out.append(f"  {why}\n" + "".join(f"    [{row}]\n" for row in r["rows"]))
    return "".join(out)


def _text(days: Interval | None) -> str | None:
    return None if days is None else str(days)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
