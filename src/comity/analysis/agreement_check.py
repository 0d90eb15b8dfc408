"""A reported agreement compared with the treaties of a data set: a row matches only by title, parties and time.

A row matches an agreement if it has the same parties (or a common name), lies in the years that the reports leave
open, and agrees with it in the weighted words of the title; the less exact the day, the more of them must agree.
Without a day only a name can identify it: closeness in time means nothing. If several agreements fit equally well, none
is named.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.analysis.answer import Answer, unable
from comity.analysis.title import Likeness, Title, apart, likeness, title
from comity.knowledge.known_instruments import instruments
from comity.knowledge.states import continuing
from comity.ledger.agreement import treaties
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN, Interval, interval
from comity.ledger.values import values_of
from comity.records.codes import Stage
from comity.records.observation import DataSource, Observation
from comity.records.record import Agreement

_WEEK, _MONTH, _YEAR = 7, 31, 366
_SOON = 2
_FRESH_YEARS = 5
_RATIFYING_YEARS = 5
_TITLES = 3
_A_THIRD = 1 / 3
_HALF = 0.5
_A_FEW = 3
_BEFORE = frozenset({"proposed", "planned", "negotiated", "initialled", "agreed", "signed"})
"""Stages dated by a signature, actual or intended; a renewal or an entry into force has another date."""
_PENDING = frozenset({"announced", "negotiated", "initialled"})
_NEWS = _PENDING | {"adopted", "signed"}
_DECLARATIONS = frozenset({"declaration", "joint statement", "other"})
_BASE = frozenset({None, "base_treaty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What reports claim about an agreement, as far as it can be looked up.

    `signed` are the possible days of its signature, actual or intended, `entered` those of its entry into force;
    `known` is the day of the first report. `planned` says that they report it as still to come, `news` that they
    report nothing after the signature.
    """

    parties: frozenset[str]
    titles: tuple[Title, ...]
    signed: Interval
    entered: Interval
    known: date | None
    planned: bool
    news: bool

    @property
    def dated(self) -> bool:
        """Whether the reports bound the day of signature on both sides."""
        return self.signed.days is not None

    @property
    def names(self) -> frozenset[str]:
        """The short names that its titles give it."""
        return frozenset(n for t in self.titles for n in t.names)

    @property
    def bound(self) -> frozenset[str]:
        """Its parties without codes that are only its own name (`USMCA` is also the code of an organisation)."""
        return self.parties - self.names - _own_names()


@dataclass(frozen=True, slots=True)
class Match:
    """A row that fits a claim, with the agreement of its title and the reason why its time fits."""

    row: Observation
    like: Likeness
    time: str

    @property
    def order(self) -> tuple[bool, float, float]:
        """The sort key of matches, higher for the better of two."""
        return bool(self.like.named), self.like.heavier, self.like.lighter


def claim_of(fact: Fact) -> Claim:
    """What the reports of a fact claim about an agreement."""
    acts = treaties([fact], {})[fact.id].acts
    planned = all(a.kind in _PENDING for a in acts)
    texts = [str(v.value) for v in values_of(fact, "title", {})[:_TITLES]]
    titles = tuple(title(t, fact.block) for t in texts)
    signed = _signed(fact, [a.date for a in acts if a.kind == "signed" and a.date])
    entered = next((interval(a.date) for a in acts if a.kind == "entered into force" and a.date), OPEN)
    if signed.days is None and (years := sorted({y for t in titles for y in t.years})):
        signed = Interval(date(years[0], 1, 1), date(years[0], 12, 31))
    if not planned and fact.known and signed.first and (signed.first - fact.known).days > _MONTH:
        # a signature reported as done cannot be far after the report: its year was misread
        signed = Interval(None, fact.known)
    records = [s.as_a(Agreement) for s in fact.account]
    return Claim(
        parties=frozenset(continuing(c) for r in records for c in r.parties),
        titles=titles,
        signed=signed,
        entered=entered,
        known=fact.known,
        planned=planned,
        news=all(a.kind in _NEWS for a in acts) and not any(r.stage == Stage.IN_FORCE for r in records),
    )


def _signed(fact: Fact, dates: Sequence[str]) -> Interval:
    days = [interval(d) for d in dates]
    exact = [d for d in days if d.days is not None]
    if exact:
        return min(exact, key=lambda d: d.days or 0)
    records = (s.as_a(Agreement) for s in fact.account)
    meant = [interval(r.date) for r in records if r.stage in _BEFORE and r.date]
    return next((d for d in meant if d.days is not None), days[0] if days else OPEN)


def agreement(
    claim: Claim, rows: Iterable[Observation], source: DataSource, scope: str | None, absent: Callable[[], str | None]
) -> Answer:
    """What a data set says about an agreement: `rows` are its agreements of all parties, `absent` why none."""
    if not claim.parties:
        return unable("no parties", "the reports name none")
    if not any(t.weights or t.names or t.free_trade for t in claim.titles):
        return unable("no name", "the reports give it no title whose words distinguish it from others")
    if claim.dated and not claim.signed.meets(Interval(source.first, source.last)):
        return unable("outside its years", f"{claim.signed} lies outside of what it {source.coverage}")
    if why := absent():
        return unable("nothing on a state", why)
    near = [o for o in rows if o.first is not None and o.record.get("entry") in _BASE]
    matches = [m for o in near if (m := _match(claim, o, scope)) is not None]
    if matches:
        return _best(claim, matches, near)
    if not claim.dated:
        others = "no row of these parties bears its name in plausible years"
        return unable("no day", f"the reports state none, and {others}")
    if another := _another_day(claim, near):
        return another
    same_day = [o for o in near if claim.signed.days == 1 and o.first == claim.signed.first and _parties(claim, o)]
    if same_day:
        shown = "; ".join(dict.fromkeys(shown_title(o) for o in same_day[:3]))
        ids = tuple(o.id for o in same_day)
        return unable("other title", f"these parties signed under other titles on that day: {shown}", ids)
    if all(t.declares for t in claim.titles):
        # declarations are seldom registered
        return unable("a list of some only", f"{source.name} holds few declarations and statements, none of which fits")
    return Answer("not found", "the reports speak of it as planned" if claim.planned else "")


def _best(claim: Claim, matches: Sequence[Match], near: Sequence[Observation]) -> Answer:
    top = max(m.order for m in matches)
    best = [m for m in matches if m.order == top]
    days = {m.row.first for m in best}
    if claim.dated and not best[0].like.named and best[0].like.heavier < _HALF and best[0].like.weight < 3:
        # titles with little in common are one agreement only if these parties concluded no other at that time
        ids = {m.row.id for m in best}
        others = [o for o in near if _parties(claim, o) and o.id not in ids and _signed_then(claim, o)]
        if others:
            shown = "; ".join(dict.fromkeys(shown_title(o) for o in others[:3]))
            why = f"{shown_title(best[0].row)} has little of its title, and these parties signed besides: {shown}"
            return unable("other title", why, tuple(m.row.id for m in best))
    if len(days) > 1:
        shown = "; ".join(f"{shown_title(m.row)}, {m.row.first}" for m in best[:3])
        return unable("several fit", f"{len(best)} rows fit as well: {shown}", tuple(m.row.id for m in best))
    one = best[0]
    parties = " ".join(sorted(claim.bound))
    why = f"{shown_title(one.row)}, {_day(one.row)} ({one.like.text}; parties {parties}; {one.time})"
    return Answer("corroborated", why, tuple(m.row.id for m in best))


def _day(o: Observation) -> str:
    signed = o.record.get("signed")
    if isinstance(signed, str) and signed:
        return signed
    return f"in force {o.first}"


def _match(claim: Claim, o: Observation, scope: str | None) -> Match | None:
    """The match of a row with a claim; null if title, parties or time do not agree."""
    theirs = title(str(o.record.get("title") or ""), o.block)
    best: Match | None = None
    for mine in claim.titles:
        if apart(mine, theirs) or not _one_kind(mine, theirs, o) or _of_another_year(theirs, o):
            continue
        like = _like(mine, theirs, o, scope)
        if like is None or (like.named and _about(mine, theirs, like)):
            continue
        # a common name identifies an agreement of which reports name only some parties
        if not (_parties(claim, o) or (like.named and _among(claim, o))):
            continue
        time = _time(claim, o, mine, like)
        if time is not None and (best is None or Match(o, like, time).order > best.order):
            best = Match(o, like, time)
    return best


def _like(mine: Title, theirs: Title, o: Observation, scope: str | None) -> Likeness | None:
    """How far the two titles agree; null if they do not at all.

    A list of trade agreements calls most of them by their parties: there "free trade" agrees with the parties' names.
    """
    on_trade = scope == "trade agreements" or o.record.get("typesubject") == "Trade"
    if on_trade and mine.free_trade and not theirs.weights and not theirs.names:
        return Likeness(("free trade",), 2, 1.0, 1.0, frozenset())
    like = likeness(mine, theirs)
    return like if like.shared or like.named else None


def _about(mine: Title, theirs: Title, like: Likeness) -> bool:
    """Whether one of two titles with a common name refers to something under it: a secretariat, a side letter."""
    more = [n for w, n in theirs.weights if w not in like.shared]
    mores = sum(n for w, n in mine.weights if w not in like.shared)
    return any(n > 1 for n in more) or mores > _A_FEW


def _one_kind(mine: Title, theirs: Title, o: Observation) -> bool:
    """Whether the instruments can be the same: a declaration is no treaty, a protocol to a treaty is another."""
    if mine.declares and o.measure not in _DECLARATIONS:
        return False
    return o.measure != "protocol" or mine.protocol or bool(mine.names & theirs.names)


def _of_another_year(theirs: Title, o: Observation) -> bool:
    """Whether a row's title names another instrument by its year ("supplement to 1936 convention")."""
    return o.first is not None and any(y != o.first.year for y in theirs.instruments)


@cache
def _own_names() -> frozenset[str]:
    return frozenset(i.label for i in instruments().values() if i.label)


def _of_row(o: Observation) -> frozenset[str]:
    return frozenset(o.states) - _own_names()


def _parties(claim: Claim, o: Observation) -> bool:
    """Whether both have the same parties; an unknown party of a row counts as another party."""
    return _of_row(o) == claim.bound and not o.record.get("others")


def _among(claim: Claim, o: Observation) -> bool:
    """Whether the parties that reports name are among those of a row."""
    return claim.bound <= _of_row(o)


def _time(claim: Claim, o: Observation, mine: Title, like: Likeness) -> str | None:
    """Why the time fits, in words; null if it does not, or if the titles agree too little for it."""
    assert o.first is not None  # noqa: S101 - rows without a day are left out before
    signed, entered = _dates(o)
    if claim.dated:
        if signed is not None and claim.signed.meets(signed):
            return f"signed {o.detail('signed')} as reported" if _enough(claim.signed.days or 0, like) else None
        # if only the entry into force is reported, it follows the signature
        if signed is None and like.named and claim.signed.last is not None:
            years = o.first.year - claim.signed.last.year
            return f"in force {o.first}, after the signature" if 0 <= years <= _RATIFYING_YEARS else None
        return None
    if claim.entered.days is not None and entered is not None and claim.entered.meets(entered):
        return f"in force {o.detail('entered')} as reported" if _enough(claim.entered.days, like) else None
    return _by_name(claim, o, mine, like)


def _dates(o: Observation) -> tuple[Interval | None, Interval | None]:
    signed, entered = o.record.get("signed"), o.record.get("entered")
    return (
        interval(signed) if isinstance(signed, str) and signed else None,
        interval(entered) if isinstance(entered, str) and entered else None,
    )


def _signed_then(claim: Claim, o: Observation) -> bool:
    signed, _ = _dates(o)
    return signed is not None and claim.signed.meets(signed)


def _enough(days: int, like: Likeness) -> bool:
    """Whether titles agree enough for a time of this exactness."""
    if like.named:
        return True
    if days <= _WEEK:
        return like.lighter >= _HALF and (like.heavier >= _A_THIRD or (like.lighter == 1.0 and like.weight >= 2))
    if days <= _MONTH:
        return like.heavier >= _A_THIRD if like.lighter == 1.0 else like.lighter >= 0.6 and like.heavier >= 0.4
    if days <= _YEAR:
        return like.lighter >= 0.75 and like.heavier >= _HALF
    return _is_name(like)


def _is_name(like: Likeness) -> bool:
    """Whether two titles agree so far that they are the same name."""
    if like.named or (like.same and like.weight >= 2):
        return True
    return like.lighter == 1.0 and like.heavier >= _HALF and like.weight >= 3


def _by_name(claim: Claim, o: Observation, mine: Title, like: Likeness) -> str | None:
    """Why a row is the agreement of this name although no day is reported; null if the name does not identify it."""
    assert o.first is not None  # noqa: S101 - rows without a day are left out before
    if mine.plural or not _is_name(like):
        return None
    entered = claim.entered.last if claim.entered.days is not None else None
    # the reported entry into force follows the signature within some years
    if entered is not None and not 0 <= entered.year - o.first.year <= _RATIFYING_YEARS:
        return None
    latest = claim.signed.last or claim.known
    if latest is not None:
        years = latest.year - o.first.year
        if years < (-_SOON if claim.planned else 0):
            return None
        # news was not signed long ago, unless it has a name of its own; an agreement on a subject that
        # many are about is soon replaced by the next one, a treaty seldom
        lasts = mine.distinguishes or mine.free_trade or (mine.treaty and o.measure == "treaty")
        lasting = like.named or (lasts and not claim.news)
        if not lasting and years > _FRESH_YEARS:
            return None
    return f"no day reported, {o.first.year} the only one of this name"


def _another_day(claim: Claim, near: Sequence[Observation]) -> Answer | None:
    """The contradiction by an agreement of the same title and parties within a year, on another day.

    A treaty that shares the words of its title with the only treaty of these parties in that time matches, too.
    """
    day = claim.signed.first
    if claim.planned or claim.signed.days != 1 or day is None:
        return None
    close = [o for o in near if o.first and abs((o.first - day).days) <= _YEAR and _on_a_day(o) and _parties(claim, o)]
    treaty_days = {o.first for o in close if o.measure == "treaty"}
    same = []
    for o in close:
        theirs = title(str(o.record.get("title") or ""), o.block)
        for mine in claim.titles:
            if apart(mine, theirs) or not _one_kind(mine, theirs, o):
                continue
            like = likeness(mine, theirs)
            only = mine.treaty and treaty_days == {o.first} and like.lighter == 1.0
            if _is_name(like) or (only and o.measure == "treaty"):
                same.append(o)
    if len({o.first for o in same}) != 1:
        return None
    why = f"{shown_title(same[0])} is dated {same[0].first}, the reports state {claim.signed}"
    return Answer("contradicted", why, tuple(dict.fromkeys(o.id for o in same)))


def _on_a_day(o: Observation) -> bool:
    signed, _ = _dates(o)
    return signed is not None and signed.days == 1


def shown_title(o: Observation) -> str:
    """The title of a row, shortened if it is long."""
    text = " ".join(str(o.record.get("title") or o.measure).split())
    return text if len(text) <= 100 else text[:99] + "…"
