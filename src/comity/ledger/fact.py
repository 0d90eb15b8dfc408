"""A fact: the statements, from however many documents, that speak of the same thing.

Facts are a pure function of statements and judgements. Nothing is lost by joining, and the order in which documents
were added changes nothing: statements join in the order of their publication.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from comity.ledger.interval import OPEN, Interval
from comity.ledger.judgement import Judgement, rejected
from comity.ledger.likeness import THRESHOLD, Seen, alike, seen
from comity.ledger.predecessor import predecessors_of
from comity.ledger.statement import Statement

# kinds whose statements join only within some days of each other, so that only neighbours are compared
_NEARBY = frozenset({"event", "visit", "assessment", "cooperation"})
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `statements` are in the order of publication; `score` is the least with which one of them joined."""

    id: str
    kind: str
    block: str
    statements: tuple[Statement, ...]
    score: float
    judgements: tuple[Judgement, ...] = ()

    @property
    def when(self) -> Interval:
        """The days that its sources leave open: what the dates share, or the hull where they contradict each other."""
        found = OPEN
        for s in self.statements:
            if s.when == OPEN:
                continue
            if found.meets(s.when):
                firsts = [d for d in (found.first, s.when.first) if d]
                lasts = [d for d in (found.last, s.when.last) if d]
                found = Interval(max(firsts, default=None), min(lasts, default=None))
            else:
                found = found.hull(s.when)
        return found

    @property
    def known(self) -> date | None:
        """The day from which a source tells it."""
        return min((s.known for s in self.statements if s.known), default=None)

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of the documents that tell it."""
        return tuple(dict.fromkeys(s.document for s in self.statements))


@dataclass(slots=True)
class _Group:
    members: list[Seen]
    score: float = 1.0

    def fits(self, one: Seen) -> float:
        """How well a statement fits: like the best of the group, and in contradiction to none of it."""
        scores = [alike(one, m) for m in self.members[:12]]
        if self.members[0].statement.kind in {"agreement", "figure"} and min(scores) == 0.0:
            return 0.0
        return max(scores)


def facts_of(
    statements: Iterable[Statement],
    judged: Mapping[str, tuple[Judgement, ...]] | None = None,
    *,
    with_rejected: bool = False,
) -> list[Fact]:
    """The facts that statements make up, by kind and block, in the order of their first publication.

    Statements and facts that a person rejected are left out unless they are asked for.
    """
    judged = judged or {}
    blocks: dict[tuple[str, str], list[Statement]] = {}
    for s in statements:
        if with_rejected or not rejected(judged.get(s.id, ())):
            named = predecessors_of(s) if s.kind == "agreement" else []
            blocks.setdefault((s.kind, s.block), []).extend([s, *named])
    groups = [g for members in blocks.values() for g in _grouped(members, judged)]
    facts = [_fact(g, judged) for g in _joined(groups, judged)]
    kept = [f for f in facts if with_rejected or not rejected(f.judgements)]
    return sorted(kept, key=lambda f: (f.kind, f.block, f.known or date.max, f.id))


def _grouped(members: list[Statement], judged: Mapping[str, tuple[Judgement, ...]]) -> list[_Group]:
    groups: list[_Group] = []
    months: dict[int, list[_Group]] = {}
    for s in sorted(members, key=_order):
        one = seen(s)
        best: tuple[float, _Group] | None = None
        if not _is_apart(s, judged):
            nearby = s.kind in _NEARBY
            near = groups if not nearby else [g for m in _months(one) for g in months.get(m, ())]
            for group in {id(g): g for g in near}.values():
                score = group.fits(one)
                if score >= THRESHOLD and (best is None or score > best[0]):
                    best = (score, group)
        if best is None:
            group = _Group([one])
            groups.append(group)
        else:
            group = best[1]
            group.members.append(one)
            group.score = min(group.score, best[0])
        if s.kind in _NEARBY:
            for m in _months(one):
                held = months.setdefault(m, [])
                if not any(h is group for h in held):
                    held.append(group)
    return groups


def _order(s: Statement) -> tuple[date, str, str]:
    return (s.known or date.max, s.document, s.id)


def _months(one: Seen) -> range:
    """The months in which a statement's neighbours lie, numbered."""
    days = one.days if one.days != OPEN else Interval(one.known, one.known)
    first = days.first or days.last or date.min
    last = days.last or days.first or date.min
    if (last - first).days > 400:
        # a span of years is no event of a day: it is compared where it begins
        last = first
    low = first - timedelta(days=min(_MONTH, (first - date.min).days))
    high = last + timedelta(days=min(_MONTH, (date.max - last).days))
    return range(low.year * 12 + low.month, high.year * 12 + high.month + 1)


def _is_apart(s: Statement, judged: Mapping[str, tuple[Judgement, ...]]) -> bool:
    words = [j.verdict for j in judged.get(s.id, ()) if j.verdict in {"apart", "accept"}]
    return bool(words) and words[-1] == "apart"


def _joined(groups: list[_Group], judged: Mapping[str, tuple[Judgement, ...]]) -> list[_Group]:
    """The groups, those joined by a person's `same` made one."""
    pairs = []
    for js in judged.values():
        words = [j for j in js if j.verdict in {"same", "accept"}]
        if words and words[-1].verdict == "same":
            pairs += [(j.id, v) for j in words if j.verdict == "same" for n, v in j.changes if n == "other"]
    for one, other in pairs:
        a = next((g for g in groups if _holds(g, one)), None)
        b = next((g for g in groups if _holds(g, other)), None)
        if a is not None and b is not None and a is not b:
            a.members += b.members
            groups = [g for g in groups if g is not b]
    return groups


def _holds(group: _Group, key: str) -> bool:
    return any(key in (m.statement.id, m.statement.fact) for m in group.members)


def _fact(group: _Group, judged: Mapping[str, tuple[Judgement, ...]]) -> Fact:
    members = sorted((m.statement for m in group.members), key=_order)
    first = members[0]
    found = [j for m in members for j in judged.get(m.fact, ())]
    by_number = {j.number: j for j in found}
    return Fact(
        first.fact,
        first.kind,
        first.block,
        tuple(members),
        round(group.score, 4),
        tuple(by_number[n] for n in sorted(by_number)),
    )
