"""How likely two statements report the same thing: explicit rules with a score, and exclusions.

Statements are compared within their block (kind and set of states). Each rule gives 0 if the two contradict each
other in something unique (two signature days, two hosts), otherwise a weighted sum of parts from 0 to 1; a part that
one side does not report counts one half. Statements join at `THRESHOLD` or more.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Generic, TypeVar

from comity.knowledge.common_words import everywhere, title_words
from comity.knowledge.states import by_code
from comity.knowledge.wording import amounts, is_indefinite, year_named
from comity.ledger.interval import OPEN, Interval, interval
from comity.ledger.statement import Statement
from comity.records.codes import InstrumentType, Kind, Measure, PloverEvent, Stage, Status
from comity.records.kinds import KINDS
from comity.records.record import (
    Actor,
    Agreement,
    Assessment,
    Commemoration,
    Cooperation,
    Event,
    Figure,
    Project,
    Record,
    Visit,
)  # fmt: skip

R = TypeVar("R", bound=Record)

THRESHOLD = 0.6
_UNREPORTED = 0.5
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"\b[A-Za-z]+-?\d{1,3}\b")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_FAINT = 0.1
_SIMILAR = 0.5
_LIKE = 0.3
_VISITS = frozenset({"042", "043"})
_CALL = "041"
_MONTH = 31
# PLOVER's quads of material acts
_MATERIAL = frozenset({2, 4})
_GENERAL: frozenset[str | None] = frozenset({InstrumentType.AGREEMENT, InstrumentType.OTHER, None})
_TOTALS: frozenset[str | None] = frozenset({Measure.TRADE, Measure.EXPORTS, Measure.IMPORTS})
_CONCLUDED: frozenset[str | None] = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE})
_AHEAD: frozenset[str | None] = frozenset({Stage.PROPOSED, Stage.PLANNED, Stage.NEGOTIATED})
_SOON = 60
# how many days after its report an undated journey may still be the one that took place
PLANNED_DAYS = 183
_LATER = 450


@dataclass(frozen=True, slots=True)
class Features(Generic[R]):
    """A statement with the features of its comparison, computed once.

    `alike` are the values of the fields in which statements of one fact agree (`KindSpec.alike`).
    """

    statement: Statement
    record: R
    alike: tuple[str | None, ...]
    words: frozenset[str]
    days: Interval
    names: frozenset[str]
    year: str | None = None
    ends: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    people: tuple[tuple[str, str], ...] = ()
    amounts: frozenset[str] = frozenset()
    signed: Interval = OPEN

    @property
    def known(self) -> date | None:
        """The day of publication."""
        return self.statement.known


def features(statement: Statement) -> Features[Any]:
    """A statement prepared for comparison."""
    record, spec = statement.record, KINDS[statement.kind]
    # an agreement is identified by its title alone: the words around it say who did what with it
    text = statement.quote if spec.words == "quote" else (getattr(record, spec.words) or "") if spec.words else ""
    named = [a for a in _people(record) if a.name and a.role]
    names = frozenset(a.name.split()[-1].casefold() for a in named if a.name)
    words: frozenset[str] = frozenset()
    if spec.words is not None:
        # that something was signed distinguishes no signing from another
        common = title_words() if statement.kind in {Kind.AGREEMENT, Kind.EVENT} else everywhere()
        drop = _state_words(statement.block) | common
        words = frozenset(w[:5] for w in _WORD.findall(text.casefold()) if len(w) > 2 and w not in drop)
    if isinstance(record, Agreement):
        words |= {m.casefold() for m in _NUMBERED.findall(text)}
    is_event = isinstance(record, Event)
    return Features(
        statement,
        record,
        tuple([getattr(record, f) for f in spec.alike]),
        words - {n[:5] for n in names},
        statement.when,
        names,
        _year(statement, record.title) if isinstance(record, Agreement) else None,
        (_codes(record.actor), _codes(record.recipient)) if isinstance(record, Event) else (frozenset(), frozenset()),
        tuple((a.state or a.organisation or "", _plain(a.name or "")) for a in named) if is_event else (),
        amounts(text) if is_event else frozenset(),
        _signed(record, statement.when) if isinstance(record, Agreement) else OPEN,
    )


def _people(record: Record) -> tuple[Actor, ...]:
    """The actors of an event or the visitors of a visit; none for a record of another kind."""
    if isinstance(record, Event):
        return (*record.actor, *record.recipient)
    return record.visitors if isinstance(record, Visit) else ()


def _signed(record: Agreement, days: Interval) -> Interval:
    """When an agreement was signed, also if it is at a later stage and the same report gives its signature."""
    if record.stage == Stage.SIGNED:
        return days
    return next((interval(step.date) for step in record.acts if step.stage == Stage.SIGNED), OPEN)


def _year(statement: Statement, title: str | None) -> str | None:
    """The year in the name of an agreement: "the 1993 treaty"."""
    if found := _YEAR.search(title or ""):
        return found[1]
    words = (title or "").split()
    return year_named(words[0], statement.quote) if len(words) == 1 else None


def similarity(a: Features[Any], b: Features[Any]) -> float:
    """The score of two statements of one block, 0 to 1; 0 if they cannot report the same thing."""
    return _RULES[a.statement.kind](a, b) if a.alike == b.alike else 0.0


def _event(a: Features[Event], b: Features[Event]) -> float:
    x, y = a.record, b.record
    if _differ(x.mode, y.mode):
        return 0.0
    if a.ends != b.ends and x.recipient and y.recipient:
        return 0.0
    if contradict(a, b):
        return 0.0
    meeting = x.event == PloverEvent.CONSULT
    if meeting and (x.cameo in _VISITS) != (y.cameo in _VISITS):
        # a journey is reported beside the meetings on it
        return 0.0
    words = _shared(a.words, b.words)
    if not meeting and words < 0.25:
        return 0.0
    if not _as_exact(a, b) and words < _SIMILAR:
        return 0.0
    # meetings on successive days are different; statements are new each day, deeds are reported for some days
    near = _near(a, b, days=0 if meeting else 1, undated=3 if meeting or x.quad_code in _MATERIAL else 1)
    if near == 0.0:
        return 0.0
    code = 1.0 if x.cameo == y.cameo else 0.5 if _root(x) == _root(y) else 0.0
    if meeting:
        if not _one_meeting(a, b, near, words):
            return 0.0
        # a meeting is identified by who met whom and when; reports stress different matters of it
        words = max(words, 0.6)
    return 0.35 * near + 0.15 * _same(x.place, y.place) + 0.15 * code + 0.35 * words


def _one_meeting(a: Features[Event], b: Features[Event], near: float, words: float) -> bool:
    """Whether more than the states and the time indicates that two reports are of one meeting or journey."""
    x, y = a.record, b.record
    shared = sum(any(c == d and _one_name(n, m) for d, m in b.people) for c, n in a.people)
    enough = 1 if x.cameo in _VISITS else 2
    if (x.cameo == _CALL) != (y.cameo == _CALL) and near < 1.0:
        return False  # they spoke on Sunday and met on Tuesday
    if shared >= enough or words >= _LIKE:
        return True
    # a report that names nobody may mean the same; one that names other persons does not
    nameless = not a.people or not b.people
    there = x.place is not None and y.place is not None and _same(x.place, y.place) == 1.0
    return nameless and (there or (near == 1.0 and x.cameo == y.cameo))


def contradict(a: Features[Any], b: Features[Any]) -> bool:
    """Whether two events cannot be the same whatever else is reported: other people, other amounts."""
    return _others(a, b) or bool(a.amounts and b.amounts and not a.amounts & b.amounts)


def _others(a: Features[Any], b: Features[Any]) -> bool:
    """Whether the two name different people for a state: its president met the other's, not its adviser."""
    for code in {c for c, _ in a.people} & {c for c, _ in b.people}:
        ours, theirs = ([n for c, n in one.people if c == code] for one in (a, b))
        if not any(_one_name(n, m) for n in ours for m in theirs):
            return True
    return False


def _one_name(one: str, other: str) -> bool:
    """Whether two last names are the same in different spellings: Zelensky and Zelenskyy, Kadhimi and Al-Kadhimi."""
    return one[:4] == other[:4] or one.endswith(other) or other.endswith(one)


def _plain(name: str) -> str:
    """The last word of a name without its accents."""
    letters = unicodedata.normalize("NFKD", name.rsplit(maxsplit=1)[-1].casefold())
    return "".join(c for c in letters if c.isalpha())


def _as_exact(a: Features[Any], b: Features[Any]) -> bool:
    """Whether both give their time about equally exactly, or the same time."""
    if a.days == b.days:
        return True
    return all(one.days == OPEN or (one.days.days or 999) <= _MONTH for one in (a, b))


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of common words of two reports; a single word means little, however short the other report is."""
    common = len(a & b)
    if not common:
        return 0.0 if a and b else _UNREPORTED
    return (common / min(len(a), len(b)) + common / len(a | b)) / 2 * min(1.0, (common + 1) / 3)


def _visit(a: Features[Visit], b: Features[Visit]) -> float:
    x, y = a.record, b.record
    if a.names and b.names and not a.names & b.names:
        return 0.0
    if Status.DENIED in {x.status, y.status} and x.status != y.status:
        return 0.0
    near = _near(a, b, days=2, undated=7)
    for plan, done in ((a, b), (b, a)):
        ahead = _ahead_of(plan, done)
        if ahead is not None and ahead < -1:
            return 0.0  # somebody who is still to come was not there the week before
        if ahead is not None and ahead <= PLANNED_DAYS and plan.days == OPEN and a.names & b.names:
            near = max(near, 0.6)
    if near == 0.0:
        return 0.0
    who = 1.0 if a.names & b.names else _UNREPORTED
    return 0.5 * near + 0.3 * who + 0.2 * _same(x.place, y.place)


def _ahead_of(plan: Features[Visit], done: Features[Visit]) -> int | None:
    """How many days before a visit it was reported as planned; null if the two are not a plan and a visit."""
    if plan.statement.status != Status.PLANNED or done.statement.status != Status.OCCURRED:
        return None
    day = done.days.last or done.known
    return None if day is None or plan.known is None else (day - plan.known).days


def _agreement(a: Features[Agreement], b: Features[Agreement]) -> float:
    x, y = a.record, b.record
    words = _titles(a.words, b.words)
    if words == 0.0:
        return 0.0
    types = {x.type, y.type} - _GENERAL
    if len(types) > 1 or (x.count is None) != (y.count is None) or _differ(x.count, y.count):
        return 0.0
    for one, other in ((a, b), (b, a)):
        if one.year and (other.year or _signature(other).first) and not _in_year(one.year, other):
            return 0.0
        # a text that is still to be signed is not one that was signed before
        if _ahead(one) and (was := _concluded(other).last) and one.known and was < one.known - timedelta(days=7):
            return 0.0
        # nor does an agreement enter into force before its signature
        signed_from, force_to = _signature(one).first, _force(other).last
        if signed_from and force_to and force_to < signed_from - timedelta(days=7):
            return 0.0
    signed = _signature(a), _signature(b)
    if signed[0] != OPEN and signed[1] != OPEN and signed[0].gap(signed[1]) > 3:
        return 0.0
    same_day = signed[0] != OPEN and signed[1] != OPEN
    kind = 1.0 if x.type == y.type else 0.6
    called = any(
        one.year and (one.year == other.year or (_signature(other) != OPEN and _in_year(one.year, other)))
        for one, other in ((a, b), (b, a))
    )
    time = 1.0 if same_day or called else _closeness(a, b)
    if not (a.words and b.words) and (time < 1.0 or _indefinite(a) or _indefinite(b)):
        return _FAINT
    return 0.5 * words + 0.15 * kind + 0.35 * time


def _indefinite(one: Features[Agreement]) -> bool:
    """Whether an agreement without a title of its own is only "an agreement", which refers to none reported before."""
    if one.words or one.year or one.signed != OPEN:
        return False
    return is_indefinite((one.record.title or one.record.type or "agreement").split()[-1], one.statement.quote)


def _titles(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of common words of two titles; 0 if each has words of its own, as titles of two agreements do."""
    if not a or not b:
        # "the treaty": the one of the same type last mentioned
        return 0.7
    common = len(a & b)
    least, every = common / min(len(a), len(b)), common / len(a | b)
    return 0.0 if least < 0.75 and every < 0.5 else (least + every) / 2


def _figure(a: Features[Figure], b: Features[Figure]) -> float:
    x, y = a.record, b.record
    if _differ(x.unit, y.unit) or (("planned" in (x.qualifier or "")) != ("planned" in (y.qualifier or ""))):
        return 0.0
    if x.value is not None and y.value is not None:
        # a total for a stated period is given roughly; amounts without one are successive and not the same
        total = x.measure in _TOTALS and OPEN not in (a.days, b.days)
        wide = 0.05 if total else 0.01
        if abs(x.value - y.value) > wide * max(abs(x.value), abs(y.value)):
            return 0.0
    if x.change_pct is not None and y.change_pct is not None and abs(x.change_pct - y.change_pct) > 3:
        return 0.0
    if (x.value is None) != (y.value is None) and (x.change_pct is None or y.change_pct is None):
        return 0.0
    one, other = _period(a), _period(b)
    if not one.meets(other) or one == OPEN or other == OPEN:
        return 0.0
    both = Interval(
        max(one.first or date.min, other.first or date.min), min(one.last or date.max, other.last or date.max)
    )
    longest = max(one.days or 1, other.days or 1)
    time = min(1.0, (both.days or 1) / longest)
    return 0.4 + 0.6 * time if time >= 0.4 else 0.0


def _assessment(a: Features[Assessment], b: Features[Assessment]) -> float:
    return _near(a, b, days=31, undated=31)


def _cooperation(a: Features[Cooperation], b: Features[Cooperation]) -> float:
    near = _near(a, b, days=7, undated=7)
    return near if set(a.record.areas) & set(b.record.areas) else 0.0


def _project(a: Features[Project], b: Features[Project]) -> float:
    if _differ(a.record.type, b.record.type) or not (a.words and b.words):
        return 0.0
    return _overlap(a.words, b.words)


def _commemoration(a: Features[Commemoration], b: Features[Commemoration]) -> float:
    one, other = interval(a.record.occurred), interval(b.record.occurred)
    if OPEN in (one, other) or not one.meets(other) or _differ(a.record.ordinal, b.record.ordinal):
        return 0.0
    return 0.4 + 0.6 * (_overlap(a.words, b.words) if a.words and b.words else _UNREPORTED)


_RULES: dict[str, Callable[[Features[Any], Features[Any]], float]] = {
    "event": _event,
    "visit": _visit,
    "agreement": _agreement,
    "figure": _figure,
    "assessment": _assessment,
    "cooperation": _cooperation,
    "project": _project,
    "commemoration": _commemoration,
}


def _near(a: Features[Any], b: Features[Any], *, days: int, undated: int) -> float:
    """How close two statements are in time; 0 if too far apart. Without a date the day of publication is used."""
    if a.days != OPEN and b.days != OPEN:
        gap = a.days.gap(b.days)
        if gap > days:
            return 0.0
        exact = (a.days.days or 999) <= 3 and (b.days.days or 999) <= 3
        if gap and not exact and days <= 2:
            return 0.0  # 2023 and 2024 are a day apart, but two years
        return (1.0 if gap == 0 else 0.7) if exact else 0.7
    one = a.days if a.days != OPEN else Interval(a.known, a.known)
    other = b.days if b.days != OPEN else Interval(b.known, b.known)
    if OPEN in (one, other) or one.gap(other) > undated:
        return 0.0
    return 0.6


def _closeness(a: Features[Agreement], b: Features[Agreement]) -> float:
    one = a.days if a.days != OPEN else Interval(a.known, a.known)
    other = b.days if b.days != OPEN else Interval(b.known, b.known)
    if OPEN in (one, other):
        return 0.3
    gap = min(one.gap(other), Interval(a.known, a.known).gap(Interval(b.known, b.known)))
    return 1.0 if gap <= _SOON else 0.6 if gap <= _LATER else 0.3


def _signature(one: Features[Agreement]) -> Interval:
    """When the statement says that its agreement was signed; open if it does not."""
    return one.signed


def _force(one: Features[Agreement]) -> Interval:
    return one.days if one.record.stage == Stage.IN_FORCE else OPEN


def _concluded(one: Features[Agreement]) -> Interval:
    """The day of an act that presupposes a signed text."""
    return one.days if one.record.stage in _CONCLUDED else OPEN


def _in_year(year: str, other: Features[Agreement]) -> bool:
    return other.year == year if other.year else _signature(other).meets(interval(year))


def _ahead(one: Features[Agreement]) -> bool:
    return one.record.stage in _AHEAD


def _period(one: Features[Figure]) -> Interval:
    if one.days != OPEN:
        return one.days
    return interval(str(one.known.year)) if one.known else OPEN


def _codes(actors: tuple[Actor, ...]) -> frozenset[str]:
    return frozenset(a.state or a.organisation or "" for a in actors)


def _root(record: Event) -> str:
    return str(record.cameo or "")[:2]


def _differ(a: Any, b: Any) -> bool:
    return a is not None and b is not None and a != b


def _same(a: str | None, b: str | None) -> float:
    if a is None or b is None:
        return _UNREPORTED
    one, other = a.casefold(), b.casefold()
    return 1.0 if one == other or one in other or other in one else 0.0


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    least = min(len(a), len(b))
    return len(a & b) / least if least else _UNREPORTED


@lru_cache(maxsize=4096)
def _state_words(block: str) -> frozenset[str]:
    out: set[str] = set()
    for code in block.split():
        state = by_code(code)
        if state is not None:
            for name in (state.name, *state.alternatives, *state.adjectives):
                out.update(_WORD.findall(name.casefold()))
    return frozenset(out)
