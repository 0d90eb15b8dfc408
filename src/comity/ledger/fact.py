"""A fact: the statements, from any number of documents, that report the same thing.

Facts are a pure function of statements and judgements. Joining loses nothing, and the order in which documents
were added has no effect: statements join in the order of their publication.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from comity.knowledge.known_instruments import KnownInstrument
from comity.knowledge.wording import is_remote
from comity.ledger.account import corrected
from comity.ledger.blocking import Key, keys
from comity.ledger.interval import OPEN, Interval, interval
from comity.ledger.judgement import Judgement, accepted, called_one, corrections, rejected, set_apart
from comity.ledger.naming import instrument_of, parties_of
from comity.ledger.predecessor import predecessors_of
from comity.ledger.similarity import THRESHOLD, Features, contradict, features, similarity
from comity.ledger.statement import R, Statement
from comity.records.codes import Kind, Status
from comity.records.record import Record

# if very many statements report a fact, the first ones represent all
_COMPARED = 12
_SURE = 0.95
_ACTS: frozenset[str] = frozenset({Kind.EVENT, Kind.VISIT})
# for these kinds a statement that contradicts one of a fact does not join it, however well it fits another
_EXCLUSIVE: frozenset[str] = frozenset({Kind.AGREEMENT, Kind.FIGURE, Kind.VISIT})
# with one of these statuses, an undated report does not imply that it took place by the day of the report
_NOT_YET: dict[str, frozenset[str | None]] = {
    Kind.EVENT: frozenset({Status.PLANNED}),
    Kind.VISIT: frozenset({Status.PLANNED, Status.HYPOTHETICAL, Status.DENIED}),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `statements` are in the order of publication; `score` is the lowest with which one of them joined.

    `statements` are what its sources say; `account`, `record`, `status`, `block` and `when` include the corrections
    by persons. `when` are the possible days: what the dates share, or the hull if they contradict each other. If no
    source dates it, an event or a visit that took place lies on or before the day of its report; for one that is only
    planned every day is possible. `instrument` is the known instrument if it is one; its parties and days then come
    from the table of known instruments.
    """

    id: str
    kind: str
    block: str
    statements: tuple[Statement, ...]
    score: float
    judgements: tuple[Judgement, ...]
    when: Interval
    instrument: KnownInstrument | None = None

    @property
    def known(self) -> date | None:
        """The day of the first report of it."""
        return min((s.known for s in self.statements if s.known), default=None)

    @property
    def last_reported(self) -> date | None:
        """The day of the last report of it."""
        return max((s.known for s in self.statements if s.known), default=None)

    @property
    def undated(self) -> bool:
        """Whether no source dates it, so that its days are those up to the report, or unknown."""
        return self.when.first is None and all(s.when == OPEN for s in self.account)

    @property
    def account(self) -> tuple[Statement, ...]:
        """Its statements with the corrections by persons."""
        return _account(self.statements, self.judgements)

    @property
    def lead(self) -> Statement:
        """The statement of its account that represents it: the first that reports it as done, otherwise the first."""
        account = self.account
        return next((s for s in account if s.status == Status.OCCURRED), account[0])

    @property
    def record(self) -> Record:
        """The record that represents it, of the class of its kind."""
        return self.lead.record

    def as_a(self, shape: type[R]) -> R:
        """The record that represents it, as a given class. Raises `TypeError` if the fact is of another kind."""
        return self.lead.as_a(shape)

    @property
    def status(self) -> str | None:
        """Whether it took place, is planned or is denied; null for kinds that have no status."""
        return self.lead.status

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of the documents that report it."""
        return tuple(dict.fromkeys(s.document for s in self.statements))


Kept = tuple[int, float]
"""The number of the group that a statement has joined within its block, and the score."""


@dataclass(slots=True)
class _Group:
    members: list[Statement]
    score: float = 1.0
    compared: list[Features[Any]] = field(default_factory=list)
    instrument: KnownInstrument | None = None

    def join(self, statement: Statement, score: float, one: Features[Any] | None = None) -> None:
        """Adds a statement."""
        self.members.append(statement)
        self.score = min(self.score, score)
        if one is not None and len(self.compared) < _COMPARED:
            self.compared.append(one)

    def fits(self, one: Features[Any]) -> float:
        """How well a statement fits: its best score in the group, 0 if it contradicts any member."""
        best = 0.0
        contradicts = one.statement.kind in _EXCLUSIVE
        if one.statement.kind == Kind.EVENT and any(contradict(one, m) for m in self.compared):
            return 0.0
        for m in self.compared:
            score = similarity(one, m)
            if contradicts and score == 0.0:
                return 0.0
            best = max(best, score)
            if best >= _SURE and not contradicts:
                break
        return best


def facts_of(
    statements: Iterable[Statement],
    judged: Mapping[str, tuple[Judgement, ...]] | None = None,
    *,
    with_rejected: bool = False,
    kept: Mapping[tuple[str, str], Kept] | None = None,
) -> list[Fact]:
    """The facts formed by statements, by kind and block, in the order of their first publication.

    Statements and facts that a person rejected, and visits by video or telephone, are left out unless requested.
    Stored groups (`kept`, by document and statement) are used if they cover every statement of a block.
    """
    judged = judged or {}
    groups: list[_Group] = []
    for instrument, members in _blocks((s for s in statements if with_rejected or _stands(s, judged)), judged):
        if instrument is not None:
            groups.append(_Group(members, instrument=instrument))
            continue
        known = _as_kept(members, kept) if kept else None
        groups += known if known is not None else _grouped(members, judged)[0]
    facts = [_fact(g, judged) for g in _joined(groups, judged)]
    standing = [f for f in facts if with_rejected or not rejected(f.judgements)]
    return sorted(standing, key=in_order)


def in_order(fact: Fact) -> tuple[str, str, date, str]:
    """The sort key of facts: kind, states, the day from which they are known."""
    return (fact.kind, fact.block, fact.known or date.max, fact.id)


def joining(statements: Iterable[Statement]) -> list[tuple[Statement, Kept]]:
    """Each statement, and each earlier agreement named in one, with the group that it joins without judgements.

    A statement joins the same group whether or not later statements are known.
    """
    out: list[tuple[Statement, Kept]] = []
    for instrument, members in _blocks((s for s in statements if _stands(s, {})), {}):
        out += [(s, (0, 1.0)) for s in members] if instrument is not None else _grouped(members, {})[1]
    return out


def _stands(s: Statement, judged: Mapping[str, tuple[Judgement, ...]]) -> bool:
    """Whether a statement counts: nobody rejected it, and it is no visit by video, unless accepted as one."""
    mine = judged.get(s.id, ())
    if rejected(mine):
        return False
    return s.kind != Kind.VISIT or not is_remote(s.quote) or accepted(mine) or accepted(judged.get(s.fact, ()))


def _blocks(
    statements: Iterable[Statement], judged: Mapping[str, tuple[Judgement, ...]]
) -> Iterable[tuple[KnownInstrument | None, list[Statement]]]:
    """The statements that are compared with each other, and the known instrument that all of them name, if any.

    A statement that names a known instrument belongs to it, whatever its states, unless a person separated it.
    """
    blocks: dict[tuple[str, str], tuple[KnownInstrument | None, list[Statement]]] = {}
    for s in statements:
        named = predecessors_of(s) if s.kind == Kind.AGREEMENT else []
        for one in (s, *named):
            instrument = None if set_apart(judged.get(one.id, ())) else instrument_of(one)
            of = instrument.key if instrument is not None else one.block
            blocks.setdefault((one.kind, of), (instrument, []))[1].append(one)
    return blocks.values()


def _as_kept(members: list[Statement], kept: Mapping[tuple[str, str], Kept]) -> list[_Group] | None:
    """The stored groups of a block; null if a statement was added since."""
    groups: dict[int, _Group] = {}
    for s in members:
        found = kept.get((s.document, s.id))
        if found is None:
            return None
        groups.setdefault(found[0], _Group([])).join(s, found[1])
    return list(groups.values())


def _grouped(
    members: list[Statement], judged: Mapping[str, tuple[Judgement, ...]]
) -> tuple[list[_Group], list[tuple[Statement, Kept]]]:
    """The groups of the statements of a block, and which of them each has joined."""
    groups: list[_Group] = []
    joined: list[tuple[Statement, Kept]] = []
    places: dict[Key, list[int]] = {}
    for s in sorted(members, key=_order):
        one = features(s)
        put, sought = keys(one)
        best: tuple[float, int] | None = None
        # a statement about no state could belong to any fact
        alone = not s.block or set_apart(judged.get(s.id, ())) or not _stands(s, judged)
        if not alone:
            # the oldest first: of two that fit equally well, the older is chosen
            for n in sorted({n for key in sought for n in places.get(key, ())}):
                score = groups[n].fits(one)
                if score >= THRESHOLD and (best is None or score > best[0]):
                    best = (score, n)
        score, at = best or (1.0, len(groups))
        if best is None:
            groups.append(_Group([]))
        groups[at].join(s, score, one)
        joined.append((s, (at, score)))
        for key in () if alone else put:
            found = places.setdefault(key, [])
            if at not in found[-8:] and at not in found:
                found.append(at)
    return groups, joined


def _order(s: Statement) -> tuple[date, str, str]:
    return (s.known or date.max, s.document, s.id)


def _joined(groups: list[_Group], judged: Mapping[str, tuple[Judgement, ...]]) -> list[_Group]:
    """The groups, with those joined by a person's `same` merged."""
    for one, other in called_one(judged):
        a = next((g for g in groups if _holds(g, one)), None)
        b = next((g for g in groups if _holds(g, other)), None)
        if a is not None and b is not None and a is not b:
            a.members += b.members
            a.instrument = a.instrument or b.instrument
            groups = [g for g in groups if g is not b]
    return groups


def _holds(group: _Group, key: str) -> bool:
    return any(key in (m.id, m.fact) for m in group.members)


def _fact(group: _Group, judged: Mapping[str, tuple[Judgement, ...]]) -> Fact:
    members = sorted(group.members, key=_order)
    first = members[0]
    found = {j.number: j for m in members for j in judged.get(m.fact, ())}
    mine = tuple(sorted(found.values(), key=lambda j: (j.dated, j.number)))
    account = _account(members, mine)
    known = group.instrument
    return Fact(
        first.fact,
        first.kind,
        " ".join(sorted({code for s in account for code in s.block.split()}))
        if known is None
        else parties_of(known, account),
        tuple(members),
        round(group.score, 4),
        mine,
        _when(account) if known is None else interval(known.dated),
        known,
    )


def _account(statements: Sequence[Statement], judgements: tuple[Judgement, ...]) -> tuple[Statement, ...]:
    fixed = {name: value for name, (value, _) in corrections(judgements).items()} if judgements else {}
    return tuple(corrected(s, fixed) for s in statements) if fixed else tuple(statements)


def _when(members: Sequence[Statement]) -> Interval:
    """The possible days of a fact by its statements."""
    if members[0].kind not in _ACTS:
        return _shared(s.when for s in members)
    done = [s for s in members if s.status == Status.OCCURRED] or list(members)
    by = min((s.known for s in done if s.known), default=None)
    dated = [_past(s) for s in done if s.when != OPEN]
    if not dated and by is not None:
        # a plan that was carried out gives its day if no later report does
        dated = [s.when for s in members if s.when.last is not None and s.when.last <= by]
    if not dated and done[0].status in _NOT_YET[members[0].kind]:
        return OPEN  # it is in the future, or never happened
    return _shared(dated) if dated else Interval(None, by)


def _past(s: Statement) -> Interval:
    """The possible days of an act; what took place "since 2019" did so by the day of its report."""
    if s.when.last is not None or s.status != Status.OCCURRED or s.known is None:
        return s.when
    if s.when.first is not None and s.when.first > s.known:
        return s.when
    return Interval(s.when.first, s.known)


def _shared(days: Iterable[Interval]) -> Interval:
    """The intersection of some intervals, or their hull if they contradict each other."""
    found = OPEN
    for when in days:
        if when == OPEN:
            continue
        if found.meets(when):
            firsts = [d for d in (found.first, when.first) if d]
            lasts = [d for d in (found.last, when.last) if d]
            found = Interval(max(firsts, default=None), min(lasts, default=None))
        else:
            found = found.hull(when)
    return found
