"""A fact: the statements, from however many documents, that speak of the same thing.

Facts are a pure function of statements and judgements. Nothing is lost by joining, and the order in which documents
were added changes nothing: statements join in the order of their publication.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.ledger.interval import OPEN, Interval
from comity.ledger.judgement import Judgement, rejected
from comity.ledger.likeness import THRESHOLD, Seen, alike, contradict, seen
from comity.ledger.neighbours import Key, keys
from comity.ledger.predecessor import predecessors_of
from comity.ledger.statement import Statement

# of a fact that very many tell, the first members stand for all
_COMPARED = 12
_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `statements` are in the order of publication; `score` is the least with which one of them joined.

    `when` are the days that its sources leave open: what the dates share, or the hull where they contradict each other.
    """

    id: str
    kind: str
    block: str
    statements: tuple[Statement, ...]
    score: float
    judgements: tuple[Judgement, ...]
    when: Interval

    @property
    def known(self) -> date | None:
        """The day from which a source tells it."""
        return min((s.known for s in self.statements if s.known), default=None)

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of the documents that tell it."""
        return tuple(dict.fromkeys(s.document for s in self.statements))


Kept = tuple[int, float]
"""The number of the group that a statement has joined within its block, and with which score."""


@dataclass(slots=True)
class _Group:
    members: list[Statement]
    score: float = 1.0
    compared: list[Seen] = field(default_factory=list)

    def join(self, statement: Statement, score: float, one: Seen | None = None) -> None:
        """Takes a statement in."""
        self.members.append(statement)
        self.score = min(self.score, score)
        if one is not None and len(self.compared) < _COMPARED:
            self.compared.append(one)

    def fits(self, one: Seen) -> float:
        """How well a statement fits: like the best of the group, and in contradiction to none of it."""
        best = 0.0
        contradicts = one.statement.kind in {"agreement", "figure", "visit"}
        if one.statement.kind == "event" and any(contradict(one, m) for m in self.compared):
            return 0.0
        for m in self.compared:
            score = alike(one, m)
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
    """The facts that statements make up, by kind and block, in the order of their first publication.

    Statements and facts that a person rejected are left out unless they are asked for. What is `kept` of the groups of
    statements, by document and statement, is believed where it tells of every statement of a block.
    """
    judged = judged or {}
    groups: list[_Group] = []
    for members in _blocks(s for s in statements if with_rejected or not rejected(judged.get(s.id, ()))):
        known = _as_kept(members, kept) if kept else None
        groups += known if known is not None else _grouped(members, judged)[0]
    facts = [_fact(g, judged) for g in _joined(groups, judged)]
    standing = [f for f in facts if with_rejected or not rejected(f.judgements)]
    return sorted(standing, key=lambda f: (f.kind, f.block, f.known or date.max, f.id))


def joining(statements: Iterable[Statement]) -> list[tuple[Statement, Kept]]:
    """Each statement, and each earlier agreement named in one, with the group that it joins where nobody has judged.

    A statement joins the same group whether or not later ones are known.
    """
    return [x for members in _blocks(statements) for x in _grouped(members, {})[1]]


def _blocks(statements: Iterable[Statement]) -> Iterable[list[Statement]]:
    blocks: dict[tuple[str, str], list[Statement]] = {}
    for s in statements:
        named = predecessors_of(s) if s.kind == "agreement" else []
        blocks.setdefault((s.kind, s.block), []).extend([s, *named])
    return blocks.values()


def _as_kept(members: list[Statement], kept: Mapping[tuple[str, str], Kept]) -> list[_Group] | None:
    """The groups of a block as they are kept; null where a statement has come since."""
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
        one = seen(s)
        put, sought = keys(one)
        best: tuple[float, int] | None = None
        # what is told of no state can be of anything
        if s.block and not _is_apart(s, judged):
            # the oldest first: of two that fit as well, it is the one
            for n in sorted({n for key in sought for n in places.get(key, ())}):
                score = groups[n].fits(one)
                if score >= THRESHOLD and (best is None or score > best[0]):
                    best = (score, n)
        score, at = best or (1.0, len(groups))
        if best is None:
            groups.append(_Group([]))
        groups[at].join(s, score, one)
        joined.append((s, (at, score)))
        for key in put:
            held = places.setdefault(key, [])
            if at not in held[-8:] and at not in held:
                held.append(at)
    return groups, joined


def _order(s: Statement) -> tuple[date, str, str]:
    return (s.known or date.max, s.document, s.id)


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
    return any(key in (m.id, m.fact) for m in group.members)


def _fact(group: _Group, judged: Mapping[str, tuple[Judgement, ...]]) -> Fact:
    members = sorted(group.members, key=_order)
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
        _when(members),
    )


def _when(members: list[Statement]) -> Interval:
    found = OPEN
    for s in members:
        if s.when == OPEN:
            continue
        if found.meets(s.when):
            firsts = [d for d in (found.first, s.when.first) if d]
            lasts = [d for d in (found.last, s.when.last) if d]
            found = Interval(max(firsts, default=None), min(lasts, default=None))
        else:
            found = found.hull(s.when)
    return found
