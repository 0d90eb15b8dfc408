"""The reach of judgements: which states' statements must be read together because a person has linked them.

Statements are compared within their block, the kind and the states. A person may judge facts of two blocks to be the
same, or correct who takes part; a query on the states of one block must then read the other as well.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from comity.knowledge.states import continuing
from comity.ledger.account import PARTIES
from comity.ledger.judgement import Judgement

Block = tuple[str, str]
"""A kind of statements, and the states that they are about."""
Ask = Callable[[str, list[Any]], list[tuple[Any, ...]]]
_PARTIES = frozenset(p for fields in PARTIES.values() for p in fields)
_OF_KEYS = """SELECT DISTINCT id, fact, kind, block FROM statement
              WHERE id IN (SELECT unnest($1)) OR fact IN (SELECT unnest($1))"""


@dataclass(frozen=True, slots=True)
class LinkedBlocks:
    """Blocks that belong together, with all the states that their facts may be about."""

    blocks: tuple[Block, ...]
    states: frozenset[str]


def linked_blocks(ask: Ask, judged: Mapping[str, tuple[Judgement, ...]]) -> list[LinkedBlocks]:
    """The groups of blocks that judgements link to each other or to other states, in the order of blocks."""
    ties: list[tuple[tuple[str, ...], set[str]]] = []
    for j in (j for js in judged.values() for j in js):
        if j.verdict == "same":
            ties.append(((j.id, *(v for n, v in j.changes if n == "other")), set()))
        elif j.verdict == "correct":
            codes = {continuing(c) for n, v in j.changes if n in _PARTIES for c in v.split()}
            if any(n in _PARTIES for n, _ in j.changes):
                ties.append(((j.id,), codes))
    if not ties:
        return []
    blocks_of = _blocks(ask, {key for keys, _ in ties for key in keys})
    found: list[tuple[set[Block], set[str]]] = []
    for keys, codes in ties:
        blocks = {b for key in keys for b in blocks_of.get(key.partition("/")[0], ())}
        states = codes | {s for _, block in blocks for s in block.split()}
        apart = []
        for other in found:
            if other[0] & blocks:
                blocks |= other[0]
                states |= other[1]
            else:
                apart.append(other)
        found = [*apart, (blocks, states)]
    return sorted((LinkedBlocks(tuple(sorted(b)), frozenset(s)) for b, s in found if b), key=lambda r: r.blocks)


def beyond(found: Iterable[LinkedBlocks], states: Iterable[str], kinds: Iterable[str] = ()) -> list[Block]:
    """The blocks that may contain a fact about all of some states although its statements name others."""
    wanted, only = set(states), set(kinds)
    return [
        (kind, block)
        for r in found
        if wanted <= r.states
        for kind, block in r.blocks
        if (not only or kind in only) and not wanted <= set(block.split())
    ]


def together(found: Iterable[LinkedBlocks], block: Block) -> tuple[Block, ...]:
    """The blocks that must be read together with one, including itself."""
    return next((r.blocks for r in found if block in r.blocks), (block,))


def _blocks(ask: Ask, keys: Iterable[str]) -> dict[str, set[Block]]:
    out: dict[str, set[Block]] = {}
    for key, fact, kind, block in ask(_OF_KEYS, [sorted({k.partition("/")[0] for k in keys})]):
        for one in (key, fact):
            out.setdefault(one, set()).add((kind, block))
    return out
