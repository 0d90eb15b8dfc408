"""A reported visit compared with the journeys of a data set: they match only by traveller, place and time.

The traveller is compared by name; by office alone only if the reports give no name. Without a day a journey is found
by its traveller: the one around the report, or the only one that a past traveller ever made there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from comity.analysis.answer import Answer, unable
from comity.knowledge.states import continuing, rows
from comity.ledger.fact import Fact
from comity.ledger.interval import Interval
from comity.ledger.values import values_of
from comity.records.codes import Status
from comity.records.observation import DataSource, Observation
from comity.records.record import Visit

_DAY = timedelta(days=1)
_NEWS = timedelta(days=31)
_PAST = timedelta(days=5 * 366)
_MONTH = 31
_OTHER = "other"
_OFFICES = {"minister": ("secretary of state", "foreign minister", "minister of foreign affairs", "foreign secretary")}
"""The offices of a level whose holders such data sets follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What reports claim about a visit, as far as it can be looked up.

    `names` and `roles` of the visitors are in lower case; `when` are the possible days by the reports, `known` is the
    day of the first of them.
    """

    homes: frozenset[str]
    hosts: frozenset[str]
    names: tuple[str, ...]
    roles: tuple[str, ...]
    levels: frozenset[str]
    places: frozenset[str]
    when: Interval
    known: date | None
    occurred: bool


def journey_of(fact: Fact) -> Journey:
    """What the reports of a fact claim about a visit."""
    visits = [s.as_a(Visit) for s in fact.account]
    visitors = [v for one in visits for v in one.visitors]
    return Journey(
        homes=frozenset(continuing(v.state) for v in visitors if v.state),
        hosts=frozenset(continuing(one.host) for one in visits if one.host),
        names=tuple(dict.fromkeys(v.name.casefold() for v in visitors if v.name)),
        roles=tuple(dict.fromkeys(v.role.casefold() for v in visitors if v.role)),
        levels=frozenset(str(v.value) for v in values_of(fact, "level", {})),
        places=frozenset(str(v.value).casefold() for v in values_of(fact, "place", {})),
        when=fact.when,
        known=fact.known,
        occurred=any(one.status == Status.OCCURRED for one in visits),
    )


def visit(claim: Journey, journeys: Iterable[Observation], source: DataSource) -> Answer:
    """What a data set says about a visit; `journeys` are all those of the visitors' states in it."""
    if not claim.homes or not claim.hosts:
        return unable("no parties", "the reports do not say who went where")
    if not claim.names and (_OTHER in claim.levels or not claim.levels):
        return unable("no person", "the reports state neither the visitor's name nor an office that could be looked up")
    if claim.when.days is not None and not claim.when.meets(Interval(source.first, source.last)):
        return unable("outside its years", f"{claim.when} lies outside of what it {source.coverage}")
    listed = list(journeys)
    if not listed:
        states = ", ".join(sorted(claim.homes))
        return unable("nothing on a state", f"the rows that were imported hold no journeys of {states}")
    theirs = [o for o in listed if o.b is not None and continuing(o.b) in claim.hosts and _who(claim, o) is not None]
    fits = [o for o in theirs if _rank(claim, o)]
    if claim.when.days is None:
        return _undated(claim, fits, listed)
    met = _met(claim.when, fits)
    if met:
        return _one_of(claim, met, f"{claim.when} as reported")
    # the same journey by the same name with another rank; two persons of different ranks are no contradiction
    other = [o for o in _met(claim.when, theirs) if claim.names]
    if other:
        levels = ", ".join(sorted(claim.levels))
        why = f"{other[0].record.get('visitor')} went as {other[0].measure}, the reports state {levels}"
        return Answer("contradicted", why, tuple(o.id for o in other))
    return Answer("not found", "")


def _met(when: Interval, journeys: Sequence[Observation]) -> list[Observation]:
    met = [o for o in journeys if when.meets(Interval(o.first, o.last))]
    if met or when.days != 1 or when.first is None or when.last is None:
        return met
    # a day of departure or return reported by another clock
    return [o for o in journeys if Interval(when.first - _DAY, when.last + _DAY).meets(Interval(o.first, o.last))]


def _one_of(claim: Journey, met: Sequence[Observation], time: str) -> Answer:
    """The answer if journeys fit: the one at the reported place, or the only one; several give none."""
    there = [o for o in met if claim.places & _towns(o)]
    chosen = there or list(met)
    if len(_trips(chosen)) > 1:
        shown = "; ".join(str(o.first) for o in chosen[:4])
        return unable("several fit", f"{len(_trips(chosen))} journeys fit: {shown}", tuple(o.id for o in chosen))
    one = chosen[0]
    who = one.record.get("visitor") or one.measure
    parts = [_who(claim, one) or "", f"host {one.b}", time]
    if there:
        parts.append(f"place {', '.join(sorted(claim.places & _towns(one)))}")
    return Answer("corroborated", f"{who}, {one.first} ({'; '.join(parts)})", tuple(o.id for o in chosen))


def _undated(claim: Journey, fits: Sequence[Observation], listed: Sequence[Observation]) -> Answer:
    """The answer to a visit without a day: by the traveller's name and the day of the report."""
    if not claim.names or not claim.occurred:
        return unable("no day", "the reports state none")
    known = claim.known
    lasts = [o.last for o in listed if _who(claim, o) is not None and o.last is not None]
    if not lasts or not fits:
        return unable("no day", "the reports state none, and no journey there bears this name")
    if known is None or max(lasts) + _PAST < known:
        if len(_trips(fits)) == 1:
            return _one_of(claim, fits, "no day reported, the only journey there of this name")
        return unable("no day", f"the reports state none, and {len(_trips(fits))} journeys there bear this name")
    # for somebody still travelling, a report states the latest journey, or one that is not listed yet
    recent = [o for o in fits if o.first is not None and o.first <= known and (o.last or o.first) >= known - _NEWS]
    if not recent:
        return unable("no day", "the reports state none, and no journey of this name lies in the month before them")
    return _one_of(claim, recent, f"no day reported, in the month before the report of {known}")


def _trips(journeys: Iterable[Observation]) -> list[list[Observation]]:
    """Journeys by stay: rows of one traveller that overlap or follow within a day are one."""
    out: list[list[Observation]] = []
    for o in sorted(journeys, key=lambda x: (str(x.record.get("visitor")), x.first or date.min)):
        last = out[-1][-1] if out else None
        if (
            last is not None
            and last.record.get("visitor") == o.record.get("visitor")
            and last.last is not None
            and o.first is not None
            and o.first <= last.last + _DAY
        ):
            out[-1].append(o)
        else:
            out.append([o])
    return out


def _who(claim: Journey, o: Observation) -> str | None:
    """How the traveller of a row matches one of the visitors, in words; null if none does."""
    theirs = str(o.record.get("visitor") or "").casefold().split()
    if claim.names:
        found = next((n for n in claim.names if theirs and _one_person(n.split(), theirs)), None)
        return f"name {found}" if found else None
    return f"office {o.measure}"


def _rank(claim: Journey, o: Observation) -> bool:
    """Whether the rank of a row is the reported one; an unnamed minister is looked up as the foreign minister."""
    if not claim.names:
        offices = _OFFICES.get(o.measure)
        return o.measure in claim.levels and (offices is None or any(w in r for r in claim.roles for w in offices))
    return not claim.levels or o.measure in claim.levels or o.measure == _OTHER


def _one_person(mine: list[str], theirs: list[str]) -> bool:
    """Whether two names can be of one person: the same surname, and compatible given names.

    >>> _one_person("joe biden".split(), "joseph r. biden".split())
    True
    >>> _one_person("hillary clinton".split(), "william j. clinton".split()), _one_person(["bush"], ["george", "bush"])
    (False, True)
    """
    one, other = ([w.strip(".,") for w in n if w.strip(".,") not in _SUFFIXES] for n in (mine, theirs))
    if not one or not other or one[-1] != other[-1]:
        return False
    if len(one) == 1 or len(other) == 1:
        return True
    given = set(other[:-1])
    first = one[0]
    return bool(({first} | _longer(first)) & given) or (len(first) == 1 and other[0].startswith(first))


_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@cache
def _longer(name: str) -> frozenset[str]:
    return frozenset(r["name"] for r in rows("nicknames.csv") if r["short"] == name)


def _towns(o: Observation) -> frozenset[str]:
    place = str(o.record.get("place") or "").casefold()
    return frozenset(p.strip() for p in place.split(",") if p.strip())
