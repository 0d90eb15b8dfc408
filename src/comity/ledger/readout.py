"""Readouts: a government's accounts of one call or meeting, all of whose acts are dated to its day.

A document is a readout of a day if its title calls it one, or names one call or meeting and no journey as its subject,
and if it gives a single day: all its dated acts are on it, or its opening says "today" and its day of publication is
known. Verbal acts without a time (PLOVER's quads 1 and 3) are then dated to that day if they are reported in the past
tense without reference to earlier times ("has provided", "last year"). Deeds may be earlier, and a noun ("support for")
implies no day; these are only bounded by the day of the report, like everything in other reports.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from comity.document.document import Document
from comity.knowledge.wording import says
from comity.ledger.interval import Interval, interval
from comity.records.codes import DateBasis, Status
from comity.records.record import Event, Record, Visit

_WORDS = frozenset({1, 3})
_OPENING = 600
_LATE = timedelta(days=7)


def day_of(document: Document, records: Iterable[Record]) -> date | None:
    """The day of which a document is a readout; null if it is none, or if it gives more than one day.

    >>> text = "President Kenyatta spoke today with President Museveni of Uganda. They agreed to cut tariffs."
    >>> title = "Readout of the call with President Museveni"
    >>> str(day_of(Document(id="d", text=text, title=title, published="2021-05-04"), ()))
    '2021-05-04'
    """
    title = document.title or ""
    published = interval(document.published)
    if not _is_titled(title) or published.last is None:
        return None
    reported = {when for r in records if (when := _taken_place(r)) is not None}
    opening = document.text[:_OPENING]
    if published.days == 1 and _says("today", opening) and not _says("other day", opening):
        reported.add(published)
    if len(reported) != 1:
        return None
    (when,) = reported
    if when.days != 1 or when.first is None or not published.last - _LATE <= when.first <= published.last:
        return None
    return when.first


def dated(document: Document, records: Iterable[Record]) -> tuple[Record, ...]:
    """The records of a document; those without a time are dated to the day of which it is a readout."""
    records = tuple(records)
    day = day_of(document, records)
    if day is None:
        return records
    return tuple(
        replace(r, date=day.isoformat(), date_basis=DateBasis.DOCUMENT)
        if isinstance(r, Event) and r.date is None and _said_there(r)
        else r
        for r in records
    )


def _says(name: str, text: str) -> bool:
    return says("readout", name, text)


def _is_titled(title: str) -> bool:
    """Whether a title calls its document a readout, or names one call or meeting and nothing of several days."""
    return _says("title", title) and _says("one event", title) and not _says("several", title)


def _taken_place(record: Record) -> Interval | None:
    """The days of an act that a record reports as done; null if it gives no time or no such act."""
    if not isinstance(record, Event | Visit) or record.status != Status.OCCURRED or record.date is None:
        return None
    return interval(record.date)


def _said_there(act: Event) -> bool:
    """Whether an act is verbal, reported by a verb in the past tense, and not about earlier times."""
    quote = act.quote or ""
    if act.status != Status.OCCURRED or act.quad_code not in _WORDS or _says("no clause", quote):
        return False
    return _says("past verb", quote) and not _says("looks back", quote)
