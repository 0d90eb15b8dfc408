"""Who pulls at a state: the shares that rivals have in it, year by year, with gaps where nothing is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger
from comity.records.observation import Observation

_MOST_RIVALS = 4
_TRADE = "trade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A state with its share of the whole (0 to 1) by year; a year without a figure is null, not nought."""

    code: str
    shares: tuple[tuple[int, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """The rivals' shares in a state. `measure` says in words of what, `source` whose figures these are."""

    of: str
    measure: str
    source: str
    rivals: tuple[Rival, ...] = ()


def pull(ledger: Ledger, of: str, by: str) -> Pull:
    """The shares of a state's partners, those of `by` first, then the largest others.

    Trade as imported from data sets where the ledger holds any; else the share of the statements about the state.
    """
    return _trade(ledger, of, by) or _statements(ledger, of, by)


def _trade(ledger: Ledger, of: str, by: str) -> Pull | None:
    """Shares in its trade both ways as data sets tell it; null where none tells a share."""
    totals: dict[int, float | None] = {}
    parts: dict[str, dict[int, float | None]] = {}
    sources = set()
    for r in ledger.observations(of, kinds=("figure",), measures=(_TRADE,)):
        if r.first is None or r.a is None:
            continue
        sources.add(r.source)
        if r.b is None:
            totals[r.first.year] = r.value
        else:
            parts.setdefault(_other(r, of), {})[r.first.year] = r.value
    shares = {code: {y: _share(v, totals.get(y)) for y, v in held.items()} for code, held in parts.items()}
    if not any(v is not None for held in shares.values() for v in held.values()):
        return None
    return Pull(of=of, measure="share of its trade", source=", ".join(sorted(sources)), rivals=_ranked(shares, by))


def _other(row: Observation, of: str) -> str:
    return next((c for c in (continuing(x) for x in (row.a, row.b) if x) if c != of), of)


def _share(part: float | None, whole: float | None) -> float | None:
    """A share, null where either figure is missing or the two do not fit each other."""
    if part is None or not whole or part > whole:
        return None
    return part / whole


_BY_YEAR = """
    SELECT code, year(known) AS y, count(*) FROM (
        SELECT unnest(string_split(block, ' ')) AS code, known FROM statement
        WHERE (' ' || block || ' ') LIKE ? AND known IS NOT NULL)
    GROUP BY ALL ORDER BY ALL"""


def _statements(ledger: Ledger, of: str, by: str) -> Pull:
    counted: dict[str, dict[int, int]] = {}
    for code, year, n in ledger.rows(_BY_YEAR, [f"% {of} %"]):
        counted.setdefault(code, {})[int(year)] = n
    whole = counted.pop(of, {})
    shares: dict[str, dict[int, float | None]] = {
        code: {y: held.get(y, 0) / n for y, n in whole.items()} for code, held in counted.items() if code
    }
    return Pull(
        of=of,
        measure="share of what is told of it",
        source="reports in this ledger",
        rivals=_ranked(shares, by),
    )


def _ranked(shares: dict[str, dict[int, float | None]], by: str) -> tuple[Rival, ...]:
    def weight(code: str) -> float:
        return sum(v or 0.0 for v in shares[code].values())

    others = sorted((c for c in shares if c != by), key=lambda c: (-weight(c), c))[: _MOST_RIVALS - 1]
    years = _years(shares[c] for c in (by, *others) if c in shares)
    first = [by] if by in shares else []
    return tuple(Rival(code=c, shares=tuple((y, shares[c].get(y)) for y in years)) for c in (*first, *others))


def _years(held: Iterable[dict[int, float | None]]) -> range:
    years = {y for one in held for y in one}
    return range(min(years), max(years) + 1) if years else range(0)
