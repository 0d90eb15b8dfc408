"""POLECAT, and records of its coder NGEC: events in PLOVER's own terms, tab-separated or JSON Lines.

PLOVER lists all actors and all recipients of an act in one row. Here a row with several becomes one observation per
pair (`exploded` in its body gives their number); a mutual act, which has no recipient, one per pair of actors. The
row key then ends in the pair.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from comity.data_sets.cells import MISSING, Cells, text
from comity.data_sets.coded_event import happened, typed
from comity.data_sets.crosswalk import known, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row


def _table(at: Columns) -> Mapped:
    key, when, event = (at(c) for c in ("event_id", "event_date", "event_type"))
    one, other = at("actor_country"), at("recipient_country")
    more = at.have("actor_name", "recipient_name", "country", "city", "source", "publication_date", "language")
    mode, contexts, score = at.maybe("event_mode"), at.maybe("contexts"), at.maybe("intensity")
    source, unknown = at.release.key, at.unknown
    number, day = at.numbers(*(() if score is None else (score,))), at.days(when)

    def row(cells: Cells) -> Iterable[Row]:
        on = day(cells[when])
        actors = _states(cells[one], on.isoformat(), unknown)
        recipients = _states(cells[other], on.isoformat(), unknown)
        how = _mode(cells[mode]) if mode is not None else None
        kind = cells[event].strip().upper()
        before = typed(kind, how)
        details: dict[str, object] = {"context": _list(cells[contexts]) if contexts is not None else []}
        details |= {n: text(cells[i]) for n, i in more.items()}
        value = number(cells[score]) if score is not None else None
        for suffix, a, b, count in pairs(actors, recipients):
            rest = {**details, "exploded": count} if count > 1 else details
            yield happened(
                source,
                cells[key] + suffix,
                kind,
                a,
                b,
                on,
                rest,
                before,
                value=value,
                unit="intensity-polecat",
            )

    return row


def _records(at: Columns) -> Mapped:
    key, when, event, actor, recipient = (at(c) for c in ("id", "date", "event", "actor", "recipient"))
    mode, context, link = (at.maybe(c) for c in ("mode", "context", "link"))
    source, unknown, day = at.release.key, at.unknown, at.days(when)

    def row(cells: Cells) -> Iterable[Row]:
        on = day(cells[when])
        actors = _coded(cells[actor], on.isoformat(), unknown)
        recipients = _coded(cells[recipient], on.isoformat(), unknown)
        how = next(iter(_parts(cells[mode])), None) if mode is not None else None
        kind = cells[event].strip().upper()
        before = typed(kind, how)
        details: dict[str, object] = {"context": _parts(cells[context]) if context is not None else []}
        url = text(cells[link]) if link is not None else None
        for suffix, a, b, count in pairs(actors, recipients):
            rest = {**details, "exploded": count} if count > 1 else details
            yield happened(source, cells[key] + suffix, kind, a, b, on, rest, before, url=url)

    return row


def pairs(actors: list[str], recipients: list[str]) -> Iterator[tuple[str, str | None, str | None, int]]:
    """The pairs of an act with several actors, each with the ending of its row key and the number of pairs.

    >>> [(a, b) for _, a, b, _ in pairs(["MNG"], ["RUS", "CHN"])]
    [('MNG', 'RUS'), ('MNG', 'CHN')]
    >>> [(a, b) for _, a, b, _ in pairs(["CHN", "MNG", "RUS"], [])]
    [('CHN', 'MNG'), ('CHN', 'RUS'), ('MNG', 'RUS')]
    """
    found: list[tuple[str | None, str | None]]
    if recipients:
        found = [(a, b) for a, b in product(actors or _NOBODY, recipients) if a != b or len(recipients) == 1]
    elif len(actors) > 1:
        found = [*combinations(actors, 2)]
    else:
        found = [(actors[0] if actors else None, None)]
    for a, b in found:
        yield f"#{a or ''}-{b or ''}" if len(found) > 1 else "", a, b, len(found)


_NOBODY: tuple[None, ...] = (None,)


def _states(cell: str, on: str, unknown: Counter[str]) -> list[str]:
    """The states of a cell of codes or names, separated by semicolons."""
    out = []
    for part in _list(cell):
        state = known("iso", part, on) or named(part, on)
        if state is None:
            unknown[part] += 1
        else:
            out.append(state)
    return list(dict.fromkeys(out))


def _coded(cell: str, on: str, unknown: Counter[str]) -> list[str]:
    """The states of a list of actors in PLOVER records: objects with a country, or codes such as `RUSGOV`."""
    out = []
    for part in _parts(cell):
        details = part
        if part.startswith("{"):
            cells = json.loads(part)
            details = str(cells.get("country") or cells.get("code") or cells.get("actor") or "")
        state = known("iso", details[:3], on) or named(details, on)
        if state is None:
            unknown[details] += 1
        else:
            out.append(state)
    return list(dict.fromkeys(out))


def _parts(cell: str) -> list[str]:
    """The items of a JSON list (or one item), each as text."""
    cell = text(cell) or ""
    if not cell.startswith("["):
        return [cell] if cell else []
    return [v if isinstance(v, str) else json.dumps(v) for v in json.loads(cell)]


def _list(cell: str) -> list[str]:
    return [p.strip() for p in cell.split(";") if p.strip() and p.strip() not in MISSING]


def _mode(cell: str) -> str | None:
    return (text(cell) or "").lower() or None


POLECAT = DataSet(
    kind="polecat",
    layouts=(
        Layout(("event_id", "event_date", "event_type", "actor_country", "recipient_country"), _table),
        Layout(("id", "date", "event", "actor", "recipient"), _records),
    ),
    quoted=False,
    explodes=True,
)
