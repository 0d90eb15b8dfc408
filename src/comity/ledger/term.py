"""The current term of an agreement on a day: its end, its tacit renewals, the last day for notice."""

from dataclasses import dataclass
from datetime import date

from comity.ledger.act import Treaty
from comity.ledger.interval import Interval, interval
from comity.ledger.period import Period, period

_MOST_RENEWALS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The position of an agreement in its terms on a day.

    `end` is the end of the current term (null if there is none or it cannot be computed), `deadline` the last day on
    which notice still stops the next renewal, `renewals` the fewest and the most tacit renewals by then. `expires` is
    true if nothing renews it; `sure` is false if that follows only from the absence of reports. `open_renewal` is
    true if it is renewed tacitly but the start is too vague to count.
    """

    end: Interval | None = None
    deadline: Interval | None = None
    renewals: tuple[int, int] | None = None
    expires: bool = False
    sure: bool = True
    open_renewal: bool = False
    start: Interval | None = None

    def after_notice(self, treaty: Treaty, given: Interval) -> Interval | None:
        """When the agreement ends after a notice; a notice too late for one term counts for the next."""
        notice = period(treaty.terms.notice)
        ends = [_end_after(treaty, self.start, day, notice) for day in (given.first, given.last)]
        if all(e is not None for e in ends):
            return Interval(ends[0], ends[1])
        if treaty.terms.renewal is None and (treaty.terms.duration in {None, "indefinite", "permanent"}):
            return given.shifted(notice or Period(months=12))
        if treaty.terms.afterwards == "indefinite" and notice:
            return given.shifted(notice)
        return None


def course(treaty: Treaty, entered: Interval, on: date) -> Course:
    """The term on a day: `term_end(k) = start + initial + k * renewal`, `deadline = term_end - notice`.

    The start is the entry into force, or the signature if the agreement counts from it. An extension that a source
    states sets a new end. Nothing is computed from a start that is open on one side.
    """
    terms = treaty.terms
    start = entered
    if terms.runs_from == "signature":
        start = next((interval(a.date) for a in treaty.acts if a.kind == "signed"), entered)
    notice = period(terms.notice)
    extended = _extended(treaty, on)
    if extended is not None:
        return _fixed(treaty, extended, notice, start)
    if terms.duration is not None and terms.duration.startswith("until "):
        return _fixed(treaty, interval(terms.duration.removeprefix("until ")), notice, start)
    initial = period(terms.duration)
    if initial is None or terms.afterwards == "indefinite":
        return Course(start=start)
    renewal = period(terms.renewal)
    wide = start.first is None or start.last is None
    if renewal is None:
        return Course(start=start) if wide else _fixed(treaty, start.shifted(initial), notice, start)
    if wide or (start.days or 0) > renewal.least_days:
        return Course(start=start, open_renewal=True)
    first, early = _term(start.first, initial, renewal, on)
    last, late = _term(start.last, initial, renewal, on)
    end = Interval(min(first, last), max(first, last))
    return Course(
        end=end,
        deadline=end.shifted(notice, -1) if notice else None,
        renewals=(min(early, late), max(early, late)),
        start=start,
    )


def _fixed(treaty: Treaty, end: Interval, notice: Period | None, start: Interval) -> Course:
    renews = treaty.terms.renewal is not None or treaty.terms.afterwards is not None
    return Course(
        end=end,
        deadline=end.shifted(notice, -1) if notice and renews else None,
        expires=not renews,
        sure=False,
        start=start,
    )


def _term(start: date | None, initial: Period, renewal: Period, on: date) -> tuple[date, int]:
    """The end of the term current on a day and the number of renewals before it; the end day belongs to the term."""
    if start is None:
        raise ValueError("a term needs a start")
    end, times = initial.after(start), 0
    while end < on and times < _MOST_RENEWALS and end != date.max:
        times += 1
        end = renewal.after(initial.after(start), times)
    return end, times


def _extended(treaty: Treaty, on: date) -> Interval | None:
    """The end set by the latest reported extension, if it names one."""
    acts = [a for a in treaty.acts if a.kind in {"extended", "renewed"} and a.until and interval(a.date).by(on) != "no"]
    if not acts:
        return None
    last = max(acts, key=lambda a: interval(a.date).last or date.max)
    by = period(last.until)
    found = interval(last.date).shifted(by) if by else interval(last.until)
    return found if found.last is not None else None


def _end_after(treaty: Treaty, start: Interval | None, given: date | None, notice: Period | None) -> date | None:
    initial, renewal = period(treaty.terms.duration), period(treaty.terms.renewal)
    if start is None or start.last is None or given is None or initial is None or renewal is None:
        return None
    heard = notice.after(given) if notice else given
    end, _ = _term(start.last, initial, renewal, heard)
    return end
