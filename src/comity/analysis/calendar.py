"""Upcoming dates as a calendar: ends of terms, last days for notice, and planned visits."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from comity.analysis.line import wording
from comity.analysis.listing import upcoming
from comity.ledger.fact import Fact
from comity.ledger.interval import Interval
from comity.ledger.ledger import Ledger
from comity.ledger.period import Period
from comity.ledger.provenance import counted, provenance
from comity.ledger.table import Table
from comity.versions import RELEASE

NAMESPACE = uuid.UUID("0b6c1a52-3c4e-5f0e-9d53-6f1c9a7b2d10")
"""The namespace of the ids of facts in calendars and feeds: the same fact has the same id in every export."""
COLUMNS = ("kind", "first", "last", "id", "states", "title", "why", "known", "source", "url")
"""The columns of upcoming dates; `first` is null if only the last day is known, `source` is a report of it."""
HEADINGS = {
    "term_end": "Term ends",
    "notice_deadline": "Last day for notice",
    "notice_ends": "Notice takes effect",
    "visit": "Planned visit",
}
"""The name of each kind of entry."""


def coming(ledger: Ledger, *states: str, on: date, within: Period, known: date | None = None) -> Table:
    """Terms that end, last days for notice and planned visits from a day until a period later, the earliest first.

    The notes say how many agreements report a term, and how many planned visits are left out because they state no day.
    """
    alerts = upcoming(ledger, *states, on=on, within=within, known=known)
    agreements = {f.id: f for f in ledger.facts(*states, kinds=("agreement",), known=known)} if len(alerts) else {}
    window = Interval(on, within.after(on))
    planned = [f for f in ledger.facts(*states, kinds=("visit",), known=known) if f.status == "planned"]
    undated = [f for f in planned if f.when.first is None and f.when.last is None]
    visits = [f for f in planned if f not in undated and f.when.first is not None and f.when.meets(window)]
    ending = [agreements[a["agreement"]] for a in alerts if a["agreement"] in agreements]
    documents = ledger.documents(s.document for f in (*ending, *visits) for s in f.statements)
    rows = [
        (a["kind"], a["first"], a["last"], a["agreement"], *_of(agreements.get(a["agreement"]), documents, a))
        for a in alerts
    ]
    family = ledger.family()
    for fact in visits:
        words = {"title": wording(fact, family), "why": f"reported as planned by {provenance(fact, family).text}"}
        days = (d.isoformat() if d else None for d in (fact.when.first, fact.when.last))
        rows.append(("visit", *days, fact.id, *_of(fact, documents, words)))
    rows.sort(key=lambda r: (r[1] or r[2] or "", r[0], r[3]))
    notes = alerts.notes
    if undated:
        notes += (f"{counted(len(undated), 'planned visit')} without a day stand in no calendar",)
    return Table(COLUMNS, tuple(rows), notes)


def _of(fact: Fact | None, documents: Mapping[str, Mapping[str, Any]], words: Mapping[str, Any]) -> tuple[Any, ...]:
    """States, title, reason, the day of the last report, and the report with its address."""
    if fact is None:
        return ("", words["title"], words["why"], None, None, None)
    reports = [documents[s.document] for s in fact.statements]
    first = next((d for d in reports if d["addresses"]), reports[0])
    named = ", ".join(p for p in (first["title"] or first["document"], first["published"]) if p)
    last = fact.last_reported.isoformat() if fact.last_reported else None
    address = next(iter(first["addresses"]), None)
    return (fact.block, words["title"], words["why"], last, named, address)


def as_ics(found: Table, *, title: str, on: date, version: str, base: str | None = None) -> str:
    """Upcoming dates as an iCalendar file (RFC 5545) of whole days, to which any calendar program can subscribe.

    An entry with several possible days is on the first of them that is not past (`on`) and says so, because a desk
    must not miss it; a visit of several reported days covers them all. Ids are derived from the fact and its kind, so
    that a corrected day moves its entry. `base` is the address of a server, for links to the facts.
    """
    from icalendar import Calendar, Event, vUri

    calendar = Calendar()
    calendar.add("prodid", f"-//Comity//Comity {RELEASE}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-caldesc", version)
    for row in found:
        first_day = date.fromisoformat(row["first"] or row["last"])
        last = date.fromisoformat(row["last"] or row["first"])
        spans = row["kind"] == "visit" and (last - first_day).days < _LONGEST_VISIT
        loose = first_day != last and not spans
        # a desk looks ahead: of a range that has begun, the next possible day is today
        first = max(first_day, on) if loose else first_day
        event = Event()
        event.add("uid", f"{uuid.uuid5(NAMESPACE, row['kind'] + ' ' + row['id'])}@comity")
        # the day of the last report, not of now: the same ledger gives the same bytes
        event.add("dtstamp", datetime.combine(date.fromisoformat(row["known"]) if row["known"] else on, time(), UTC))
        event.add("dtstart", first)
        event.add("dtend", (last if spans else first) + timedelta(days=1))
        heading = HEADINGS[row["kind"]]
        when = "" if not loose else ", perhaps already" if first_day < first else ", at the earliest"
        event.add("summary", f"{heading}{when}: {row['title']}")
        days = f"On one of the days from {first_day} to {last}." if loose else ""
        why = f"{row['why'][:1].upper()}{row['why'][1:]}."
        words = (days, why, row["source"] and f"Source: {row['source']}.", f"{version}, {row['id']}")
        event.add("description", "\n".join(w for w in words if w))
        event.add("categories", [heading])
        event.add("transp", "TRANSPARENT")
        address = f"{base.rstrip('/')}/fact/{quote(row['id'], safe=':')}" if base else row["url"]
        if address:
            event.add("url", vUri(address))
        calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


_LONGEST_VISIT = 15
"""The days of an entry: a visit reported for a month or a year is on some day of it, others last all their days."""
