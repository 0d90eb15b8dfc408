"""A line of an answer: what is reported, how sure it is, and who reports it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from comity.ledger.fact import Fact
from comity.ledger.heading import Life
from comity.ledger.provenance import Provenance, provenance
from comity.ledger.values import Value, conflicts, values_of
from comity.pages.facts import fact_line
from comity.records.codes import Status
from comity.records.lines import plain
from comity.records.record import Event, Record, Visit

Documents = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The source of a line: the statement, its document and its exact quote."""

    statement: str
    document: str
    title: str | None
    published: str | None
    quote: str
    addresses: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The document's title or id with its day."""
        return ", ".join(p for p in (self.title or self.document, self.published) if p)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: `fact` is the id under which `comity show` says more; `marks` state its basis.

    `provenance` has the numbers of its reports, outlets and independent sources, and is null for a row of a data set;
    `checked` is what data sets say about it. `fields` are the fact's own values by the names of its record, for
    programs.
    """

    text: str
    fact: str
    sources: tuple[Source, ...] = ()
    independent: int = 0
    marks: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    provenance: Provenance | None = None
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def reported_by(self) -> str:
        """The provenance in words; empty if the single report named is all of it."""
        provenance = self.provenance
        return provenance.text if provenance is not None and (provenance.reports > 1 or provenance.parties) else ""


def line_of(
    fact: Fact,
    documents: Documents,
    family: Mapping[str, str],
    *,
    text: str | None = None,
    marks: Sequence[str] = (),
    first: Sequence[str] = (),
    checked: Sequence[str] = (),
    fields: Mapping[str, Any] | None = None,
) -> Line:
    """The line of a fact, with every value on which its sources differ side by side.

    The statements `first` support the line itself; their sources come before the others.
    """
    sources, origin = sources_of(fact, documents), provenance(fact, family)
    return Line(
        text=text or wording(fact, family),
        fact=fact.id,
        sources=tuple(sorted(sources, key=lambda s: s.statement not in first)),
        independent=origin.independent,
        marks=(*marks, *_judged(fact)),
        differing=tuple(_differing(n, v) for n, v in conflicts(fact, family).items() if n not in {"title", "areas"}),
        checked=tuple(checked),
        provenance=origin,
        fields=fields_of(fact, family) if fields is None else fields,
    )


def sources_of(fact: Fact, documents: Documents) -> tuple[Source, ...]:
    """The sources of a fact in the order of publication."""
    out = []
    for s in fact.statements:
        d = documents[s.document]
        out.append(
            Source(
                statement=s.id,
                document=d["document"],
                title=d["title"],
                published=d["published"],
                quote=s.quote,
                addresses=tuple(d["addresses"]),
            )
        )
    return tuple(out)


def wording(fact: Fact, family: Mapping[str, str]) -> str:
    """A fact in one line: its fullest statement, with corrections and the values of most sources applied.

    An undated act is given as "by" the day of the report, an undated plan as "reported by" it.
    """
    record = _fullest(fact, family)
    if isinstance(record, Event | Visit) and fact.undated:
        by = fact.when.last or fact.known
        planned = "reported " if fact.status == Status.PLANNED else ""
        if by is not None and (planned or fact.when.last is not None):
            record = replace(record, date=f"{planned}by {by}")
    return fact_line(record)


def fields_of(fact: Fact, family: Mapping[str, str]) -> dict[str, Any]:
    """A fact's values by the names of its record: its fullest statement with the values of most sources.

    `first` and `last` are the first and the last possible day, null if unknown.
    """
    record = plain(_fullest(fact, family))
    first, last = (day.isoformat() if day else None for day in (fact.when.first, fact.when.last))
    return {n: v for n, v in record.items() if n not in _OF_A_STATEMENT} | {"first": first, "last": last}


def _fullest(fact: Fact, family: Mapping[str, str]) -> Record:
    alike = [s for s in fact.account if s.status == fact.status]
    record = max(alike, key=lambda s: (_filled(s.record), s.confidence)).record
    values = {name: values_of(fact, name, family) for name in _SET_IN if hasattr(record, name)}
    set_in: dict[str, Any] = {name: found[0].value for name, found in values.items() if found}
    return replace(record, **set_in)


def _filled(record: Record) -> int:
    """The number of fields of a record that its report fills, not counting the wording of an act."""
    return sum(getattr(record, f.name) not in (None, ()) for f in fields(record) if f.name != "wording")


_OF_A_STATEMENT = frozenset(
    {"id", "document", "quote", "part", "start", "end", "attribution", "confidence", "evidence", "wording"}
)
_SET_IN = frozenset({"date", "place", "level", "mode", "title", "type", "value", "change_pct", "period", "founded"})


def agreement_wording(life: Life) -> str:
    """An agreement in one line: its title, the day of its signature, and its status on the day asked about.

    A report states the stage on its own day, which is therefore not used here.
    """
    treaty = life.treaty
    signed = next((a.date for a in treaty.acts if a.kind == "signed" and a.date and ".." not in a.date), None)
    head = treaty.title + (f" ({signed})" if signed and signed not in treaty.title else "")
    return f"{head} · {life.words}"


def _differing(field: str, values: Sequence[Value]) -> str:
    shown = "; ".join(f"{v.value} ({weight(v)})" for v in values)
    return f"{field}: {shown}"


def weight(value: Value) -> str:
    """The number of independent sources of a value, in words; a party is named because it is none.

    >>> weight(Value("Moscow", ("s:1",), 2)), weight(Value("Moscow", ("s:1",), 0))
    ('2', 'a party to it')
    """
    return str(value.independent) if value.independent else "a party to it"


def _judged(fact: Fact) -> list[str]:
    return [f"{j.verdict} by {j.signed}, {j.dated}" for j in fact.judgements[-1:]]
