"""Entry into force: reported by a source, or following from the agreement's own rule (Vienna Convention art. 24)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from comity.knowledge.states import continuing
from comity.ledger.act import Act, Treaty
from comity.ledger.interval import Interval, interval
from comity.ledger.period import period

# instruments that are in force from their signature unless their text says otherwise
_DEFINITIVE = frozenset({"programme"})


@dataclass(frozen=True, slots=True)
class EntryIntoForce:
    """When an agreement entered into force, as the possible days, with the reason in words."""

    days: Interval
    inferred: bool
    why: str
    sources: tuple[str, ...] = ()


def entry_into_force(treaty: Treaty, party: str | None) -> EntryIntoForce | None:
    """The entry into force of an agreement, for one party if given; null if nothing states or implies it.

    A report that only mentions it as in force brackets the day: after the signature, before the report.

    >>> exchanged = Act(kind="exchanged", date="2020-09-21")
    >>> str(entry_into_force(Treaty(id="a", type="treaty", parties=("MNG", "RUS"), acts=(exchanged,)), None).days)
    '2020-09-21'
    """
    entries = [a for a in treaty.acts if a.kind == "entered into force"]
    own = [a for a in entries if party is not None and a.party is not None and continuing(a.party) == party]
    whole = own or [a for a in entries if a.party is None]
    if treaty.multilateral and party is not None and not own:
        joined = [a for a in treaty.acts if a.kind == "acceded" and continuing(a.party or "") == party]
        if joined:
            return EntryIntoForce(
                _all(joined), inferred=True, why="in force for it by accession", sources=_sources(joined)
            )
    if whole:
        days = _narrowed(treaty, _all(whole))
        return EntryIntoForce(
            days, inferred=all(a.inferred for a in whole), why=f"in force {_since(days)}", sources=_sources(whole)
        )
    by_rule = _by_rule(treaty)
    seen = [a for a in treaty.acts if a.kind == "observed in force"]
    if by_rule is not None:
        return by_rule
    if seen:
        first = min(seen, key=lambda a: interval(a.date).last or date.max)
        days = _narrowed(treaty, Interval(None, interval(first.date).last))
        return EntryIntoForce(
            days, inferred=False, why=f"reported to be in force {first.date or ''}".strip(), sources=first.sources
        )
    return None


def _by_rule(treaty: Treaty) -> EntryIntoForce | None:
    rule, acts = treaty.terms.force, treaty.acts
    delay = period(treaty.terms.delay)
    signed = [a for a in acts if a.kind == "signed"]
    exchanged = [a for a in acts if a.kind == "exchanged"]
    found: Interval | None = None
    why = ""
    sources: tuple[str, ...] = ()
    if rule == "deposits":
        by_party = {
            continuing(a.party or ""): a for a in acts if a.kind in {"deposited", "acceded", "ratified"} and a.party
        }
        deposits = sorted(by_party.values(), key=lambda a: (interval(a.date).last or date.max, a.party or ""))
        count = treaty.terms.count or len(treaty.parties)
        if 0 < count <= len(deposits):
            found, why, sources = interval(deposits[count - 1].date), f"by deposit number {count}", _sources(deposits)
    elif rule == "notes":
        notes = {continuing(a.party): a for a in acts if a.kind == "notified" and a.party}
        if treaty.parties and set(treaty.parties) <= set(notes):
            last = max(notes.values(), key=lambda a: interval(a.date).last or date.max)
            found, why, sources = interval(last.date), "by the last note", _sources(notes.values())
    elif rule == "signature" or (rule is None and treaty.type in _DEFINITIVE):
        if signed:
            found, why, sources = _all(signed), "by signature", _sources(signed)
    elif exchanged:
        # for two parties the exchange of instruments is the usual day
        found, why, sources = _all(exchanged), "by the exchange of instruments", _sources(exchanged)
    if found is None:
        return None
    days = found.shifted(delay) if delay else found
    return EntryIntoForce(days, inferred=True, why=f"in force {why} {_since(days)}", sources=sources)


def _since(days: Interval) -> str:
    """The days of the entry into force, in words.

    >>> _since(Interval(None, date(2015, 7, 10))), _since(Interval(date(2015, 7, 10), date(2015, 7, 10)))
    ('by 2015-07-10', 'since 2015-07-10')
    """
    if days.first is None and days.last is not None:
        return f"by {days.last}"
    return f"since {days}"


def _all(acts: Iterable[Act]) -> Interval:
    """The possible days of an act by several reports: what they share, or the hull if they contradict each other."""
    days = [interval(a.date) for a in acts]
    found = days[0]
    for other in days[1:]:
        if not found.meets(other):
            found = found.hull(other)
            continue
        starts = [d for d in (found.first, other.first) if d]
        ends = [d for d in (found.last, other.last) if d]
        found = Interval(max(starts, default=None), min(ends, default=None))
    return found


def _narrowed(treaty: Treaty, days: Interval) -> Interval:
    """Entry into force does not come before the signature."""
    signed = [interval(a.date) for a in treaty.acts if a.kind == "signed" and a.date]
    first = min((d.first for d in signed if d.first), default=None)
    if first is None or (days.first is not None and days.first >= first) or (days.last and days.last < first):
        return days
    return replace(days, first=first)


def _sources(acts: Iterable[Act]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for a in acts for s in a.sources))
