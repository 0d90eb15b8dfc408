"""The selection of a query: actors, recipients, codes, time, outlet, speaker, confidence.

Conditions on a report (its confidence, its outlet, whom it quotes) must be met by a single statement of a fact; that
statement then represents the fact, so that the shown report is the requested one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from comity.analysis.chronicle import edtf
from comity.errors import CodeError, InputError
from comity.knowledge.state_names import in_prose
from comity.knowledge.states import continuing
from comity.knowledge.typed import code_named, unknown
from comity.ledger.fact import Fact
from comity.ledger.families import Families
from comity.ledger.interval import OPEN, Answer, Interval, asked
from comity.ledger.statement import Statement
from comity.records.record import Actor, Attribution

_NEAR = 0.6
_LISTED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The selection; empty means everything. States are codes, former ones by the continuing state.

    `doers` are actors, visitors or reporters; `receivers` recipients, hosts or partners. `said_by` are the code of a
    state and words of a name, one of which must match the person quoted. `types` are event types or measures.
    """

    states: tuple[str, ...] = ()
    doers: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    days: Interval = OPEN
    min_confidence: float = 0.0
    outlet: str | None = None
    said_by: tuple[str | None, str] | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The states that every fact of the answer is about, so that no other facts need be computed."""
        alone = [next(iter(side)) for side in (self.doers, self.receivers) if len(side) == 1]
        return tuple(dict.fromkeys((*self.states, *alone)))

    def in_window(self, when: Interval) -> Answer:
        """Whether an interval of possible days is within the requested days."""
        return "certain" if self.days == OPEN else when.within(self.days)

    def coded(self, fact: Fact) -> bool:
        """Whether the codes of a fact are among the requested ones."""
        lead = fact.lead
        return (
            (not self.types or lead.type in self.types)
            and (not self.modes or lead.mode in self.modes)
            and (not self.statuses or lead.status in self.statuses)
        )

    def sides(self, doers: Collection[str], receivers: Collection[str]) -> bool:
        """Whether actor and recipient match; in a mutual act each party is both.

        >>> mutual = ({"CHN", "RUS"}, set())
        >>> Choice(doers=frozenset({"CHN"}), receivers=frozenset({"RUS"})).sides(*mutual)
        True
        >>> Choice(receivers=frozenset({"RUS"})).sides({"RUS"}, {"CHN"})
        False
        """
        if not self.doers and not self.receivers:
            return True
        return any(
            (not self.doers or a in self.doers) and (not self.receivers or b in self.receivers)
            for a, b in directed(doers, receivers)
        )

    def statement(self, fact: Fact, families: Families) -> Statement | None:
        """The statement that represents a fact: its lead if that matches, otherwise the first match; null if none."""
        if self.min_confidence <= 0 and self.outlet is None and self.said_by is None:
            return fact.lead
        fitting = [s for s in fact.account if self._fits(s, families)]
        return fact.lead if fact.lead in fitting else next(iter(fitting), None)

    def _fits(self, s: Statement, families: Families) -> bool:
        return (
            s.confidence >= self.min_confidence
            and (self.outlet is None or self.outlet in families.outlets.get(s.document, ()))
            and (self.said_by is None or _says(s.record.attribution, *self.said_by))
        )

    @property
    def words(self) -> str:
        """The restrictions of the query in words, for an empty answer.

        >>> Choice(types=frozenset({"SANCTION"}), days=asked("1950")).words
        'of type SANCTION in 1950'
        """
        parts = [
            f"by {_or(map(in_prose, self.doers))}" if self.doers else "",
            f"to {_or(map(in_prose, self.receivers))}" if self.receivers else "",
            f"of type {_or(self.types)}" if self.types else "",
            f"of mode or rank {_or(self.modes)}" if self.modes else "",
            f"of status {_or(self.statuses)}" if self.statuses else "",
            _when(self.days),
            f"of a confidence of {self.min_confidence:g} and more" if self.min_confidence > 0 else "",
            f"from {self.outlet}" if self.outlet else "",
            f"said by {self.said_by[0] or self.said_by[1]}" if self.said_by else "",
        ]
        return " ".join(p for p in parts if p)


def directed(doers: Collection[str], receivers: Collection[str]) -> list[tuple[str, str | None]]:
    """Actor and recipient, pair by pair; for a mutual act in both directions, and null if the other is not reported.

    >>> directed(["CHN", "RUS"], []), directed(["CHN"], [])
    ([('CHN', 'RUS'), ('RUS', 'CHN')], [('CHN', None)])
    """
    if receivers:
        return [(a, b) for a in doers for b in receivers]
    return [(a, b) for a in doers for b in doers if a != b] or [(a, None) for a in doers]


def among(what: str, given: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """Codes given by a user, in their standard spelling. Raises `CodeError` with the known codes, similar ones first.

    >>> among("type", ["sanction"], ["SANCTION", "AID"])
    frozenset({'SANCTION'})
    >>> among("type", ["SANKTION"], ["SANCTION", "AID"])
    Traceback (most recent call last):
        ...
    comity.errors.CodeError: type 'SANKTION' is none that Comity knows; did you mean SANCTION? There are AID, SANCTION
    """
    spelt = {k.casefold(): k for k in known}
    out = set()
    for word in given:
        key = word.strip().casefold()
        if key not in spelt:
            raise CodeError(f"{what} {word!r} is none that Comity knows{_near(key, spelt)} There are {_all(spelt)}")
        out.add(spelt[key])
    return frozenset(out)


def states_named(given: Iterable[str]) -> frozenset[str]:
    """The codes of states and organisations by any of their names. Raises `CodeError` with similar names.

    >>> sorted(states_named(["Soviet Union", "NATO"]))
    ['NATO', 'RUS']
    """
    out = set()
    for name in given:
        code = code_named(name)
        if code is None:
            raise CodeError(unknown(name))
        out.add(continuing(code))
    return frozenset(out)


def days_asked(
    since: str | None = None, until: str | None = None, during: str | None = None, on: str | None = None
) -> Interval:
    """The days between two dates, in a year, month or interval, or of one day. Raises `InputError` if invalid.

    >>> str(days_asked(since="2019")), str(days_asked(on="2019-09-03"))
    ('2019-01-01/..', '2019-09-03')
    """
    if on and (since or until or during):
        raise InputError("give one day or a span of days, not both")
    days = asked(on or during or "") if on or during else OPEN
    if since or until:
        days = Interval(asked(since).first if since else days.first, asked(until).last if until else days.last)
    if days.first and days.last and days.first > days.last:
        raise InputError(f"{days.first} lies after {days.last}")
    return days


def outlet_named(given: str | None, families: Families) -> str | None:
    """The outlet (host) given by a user. Raises `CodeError` with similar ones if no report was found at it."""
    if not given:
        return None
    host = given.strip().casefold().partition("://")[2] or given.strip().casefold()
    host = host.partition("/")[0].removeprefix("www.")
    there = {h: h for hosts in families.outlets.values() for h in hosts}
    if host not in there:
        instead = f" There are {_all(there)}" if there else " No report of the ledger gives its address"
        raise CodeError(f"no report of the outlet {given!r} is there{_near(host, there)}{instead}")
    return host


def speaker(given: str | None) -> tuple[str | None, str] | None:
    """The speaker given by a user: the code of a state if the words name one, and the words themselves.

    >>> speaker("China"), speaker("Xi Jinping")
    (('CHN', 'china'), (None, 'xi jinping'))
    """
    if given is None or not given.strip():
        return None
    code = code_named(given)
    return (continuing(code) if code else None, " ".join(given.casefold().split()))


def codes_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """The states and organisations of actors, former states by the continuing ones, each once.

    >>> codes_of([Actor(text="Moscow", state="SUN"), Actor(text="NATO", organisation="NATO")])
    ('RUS', 'NATO')
    """
    found = (a.state or a.organisation for a in actors)
    return tuple(dict.fromkeys(continuing(c) for c in found if c))


def _when(days: Interval) -> str:
    """Days in words, as short as possible.

    >>> _when(asked("2019-09")), _when(days_asked(since="2019")), _when(OPEN)
    ('in 2019-09', 'since 2019-01-01', '')
    """
    if days.first and days.last:
        return f"in {edtf(days)}"
    return f"since {days.first}" if days.first else f"until {days.last}" if days.last else ""


def _says(attribution: Attribution | None, code: str | None, words: str) -> bool:
    if attribution is None:
        return False
    if code is not None and attribution.state is not None:
        return continuing(attribution.state) == code
    return words in " ".join(n or "" for n in (attribution.name, attribution.text, attribution.role)).casefold()


def _or(codes: Iterable[str]) -> str:
    return " or ".join(sorted(codes))


def _near(key: str, spelt: Mapping[str, str]) -> str:
    near = get_close_matches(key, list(spelt), n=3, cutoff=_NEAR)
    return f"; did you mean {' or '.join(spelt[n] for n in near)}?" if near else "."


def _all(spelt: Mapping[str, str]) -> str:
    names = sorted(spelt.values())
    return ", ".join(names[:_LISTED]) + (f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else "")
