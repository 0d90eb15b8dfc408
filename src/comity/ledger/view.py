"""The view of a ledger's statements with judgements applied, for queries that the database counts itself."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from comity.knowledge.wording import patterns
from comity.ledger.fact import facts_of
from comity.ledger.ingest import STATEMENT
from comity.ledger.judgement import Judgement
from comity.ledger.linked_blocks import Ask, Block, linked_blocks, together
from comity.ledger.naming import instrument_of
from comity.ledger.statement import COLUMNS, Statement, from_row
from comity.ledger.store import insertion

_SHAPE = {name: STATEMENT[name] for name in COLUMNS.split(", ")}
_GONE = {"document": "VARCHAR", "id": "VARCHAR"}
_TURNS = frozenset({"accept", "reject", "correct"})
_VIEW = """CREATE TEMP VIEW {name} AS
    SELECT {columns} FROM statement {rest}
    WHERE kind <> 'visit' OR NOT regexp_matches(coalesce(quote, ''), '{remote}', 'i')
          OR regexp_matches(coalesce(quote, ''), '{in_person}', 'i')
    {more}"""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes by judgements: the statements that no longer count as reported, and those that count as changed."""

    gone: tuple[tuple[str, str], ...] = ()
    changed: tuple[Statement, ...] = ()


def changes(ask: Ask, judged: Mapping[str, tuple[Judgement, ...]], naming: Sequence[Statement] = ()) -> Changes:
    """The changes that judgements make to the statements; `naming` are those that name a known instrument.

    A known instrument is one fact whatever states its statements mention, so that a judgement applies to them all.
    """
    keys = sorted({j.id.partition("/")[0] for js in judged.values() for j in js if j.verdict in _TURNS})
    if not keys:
        return Changes()
    query = "SELECT DISTINCT kind, block FROM statement WHERE id IN (SELECT unnest($1)) OR fact IN (SELECT unnest($1))"
    tied = linked_blocks(ask, judged)
    touched: dict[Block, None] = {}
    for block in ask(query, [keys]):
        touched.update(dict.fromkeys(together(tied, (block[0], block[1]))))
    before = {(s.document, s.id): s for block in sorted(touched) for s in of_block(ask, block)}
    named = {i.key for s in before.values() if (i := instrument_of(s)) is not None}
    before |= {(s.document, s.id): s for s in naming if (i := instrument_of(s)) is not None and i.key in named}
    stands = {(s.document, s.id): s for f in facts_of(before.values(), judged) for s in f.account}
    gone = sorted(key for key, s in before.items() if stands.get(key) != s)
    # a visit by video that a person accepted counts despite its wording
    kept = sorted(key for key, s in before.items() if s.kind == "visit" and stands.get(key) == s)
    out = sorted({*gone, *kept})
    return Changes(tuple(out), tuple(stands[key] for key in out if key in stands))


def of_block(ask: Ask, block: Block) -> Iterable[Statement]:
    """The statements of a kind about the same states."""
    query = f"SELECT {COLUMNS} FROM statement WHERE kind = ? AND block = ?"  # noqa: S608 - our own names
    return [from_row(r) for r in ask(query, list(block))]


def create(connection: Any, name: str, found: Changes) -> None:
    """Creates the view under a name that is visible only to this connection."""
    rest = more = ""
    if found.gone:
        gone = [dict(zip(_GONE, key, strict=True)) for key in found.gone]
        rest = f"ANTI JOIN {filled(connection, f'{name}_gone', _GONE, gone)} USING (document, id)"
    if found.changed:
        changed = filled(connection, f"{name}_changed", _SHAPE, [_row(s) for s in found.changed])
        more = f"UNION ALL SELECT {COLUMNS} FROM {changed}"  # noqa: S608 - our own names
    quoted = {name.replace(" ", "_"): p.replace("'", "''") for name, p in patterns("journey").items()}
    connection.execute(_VIEW.format(name=name, columns=COLUMNS, rest=rest, more=more, **quoted))


def filled(connection: Any, table: str, shape: Mapping[str, str], rows: list[dict[str, Any]]) -> str:
    """Creates a temporary table with some rows; returns its name."""
    connection.execute(f"CREATE TEMP TABLE {table} ({', '.join(f'{n} {t}' for n, t in shape.items())})")
    connection.execute(insertion(table, shape), [json.dumps(rows, ensure_ascii=False)])
    return table


def _row(s: Statement) -> dict[str, Any]:
    row = {f.name: getattr(s, f.name) for f in fields(s) if f.name != "when"}
    days = {"first": s.when.first, "last": s.when.last, "known": s.known}
    return {**row, **{name: day.isoformat() if day else None for name, day in days.items()}}
