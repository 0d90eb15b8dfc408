"""Upcoming dates: ends of terms and the last days on which notice still stops a renewal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.ledger.act import Treaty
from comity.ledger.entry_into_force import entry_into_force
from comity.ledger.interval import Interval, interval
from comity.ledger.lifecycle import known_by, status
from comity.ledger.period import Period
from comity.ledger.term import course
from comity.pages.facts import period_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A day to watch; `days` is a range if the entry into force is only bracketed."""

    kind: Literal["term_end", "notice_deadline", "notice_ends"]
    agreement: str
    title: str
    days: Interval
    why: str


def alerts(
    treaties: Iterable[Treaty],
    on: date,
    within: Period,
    *,
    known: date | None = None,
    others: Mapping[str, Treaty] | None = None,
) -> list[Alert]:
    """The alerts from a day until a period later, the earliest first.

    Only agreements in force give alerts, and only if the entry into force is known or bracketed closely enough
    to count terms; an indefinite or permanent agreement gives none until notice is given.
    """
    window = Interval(on, within.after(on))
    out: list[Alert] = []
    for treaty in treaties:
        found = status(treaty, on, known=known, others=others)
        if found.effect not in {"in force", "suspended", "provisionally applied"}:
            continue
        name = treaty.title or treaty.id
        if found.term_end is not None:
            renews = treaty.terms.renewal is not None
            why = "the term ends and renews itself unless notice is given" if renews else "the term ends"
            out.append(Alert(kind="term_end", agreement=treaty.id, title=name, days=found.term_end, why=why))
        if found.notice_deadline is not None:
            why = f"notice of {period_words(treaty.terms.notice or '')} before the end of the term {found.term_end}"
            out.append(
                Alert(kind="notice_deadline", agreement=treaty.id, title=name, days=found.notice_deadline, why=why)
            )
        out += _noticed(treaty, name, on, known)
    return sorted(
        (a for a in out if a.days.meets(window)), key=lambda a: (a.days.first or date.min, a.kind, a.agreement)
    )


def _noticed(treaty: Treaty, name: str, on: date, known: date | None) -> list[Alert]:
    """Ends that follow from a notice already given."""
    given = [a for a in known_by(treaty.acts, known) if a.kind == "notice given" and interval(a.date).by(on) != "no"]
    out: list[Alert] = []
    for act in given:
        if act.until is not None:
            ends = interval(act.until)
        else:
            entry = entry_into_force(treaty, None)
            found = course(treaty, entry.days, on).after_notice(treaty, interval(act.date)) if entry else None
            if found is None:
                continue
            ends = found
        whose = f" of {act.party}" if act.party else ""
        why = f"the notice{whose} given {act.date or 'on an unknown day'} takes effect"
        out.append(Alert(kind="notice_ends", agreement=treaty.id, title=name, days=ends, why=why))
    return out
