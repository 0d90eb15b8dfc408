"""Rivals for influence on a state: their shares in it by year, with gaps where nothing is known.

A share needs a minimum of reports: a few random ones give none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from comity.analysis.data_series import wanted_totals
from comity.knowledge.population import smaller
from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger
from comity.ledger.provenance import counted
from comity.records.observation import Observation

_MOST_RIVALS = 4
_TRADE = "trade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A state with its share of the whole (0 to 1) by year; a year without a figure is null, not zero."""

    code: str
    shares: tuple[tuple[int, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """The rivals' shares in a state. `measure` says in words what is shared, `source` is the source of the figures.

    `rests` is the number of reports behind the shares of each year (empty if they come from figures); those of a year
    with fewer than `least` are null. `wanted` says what to import for better shares, empty if nothing.
    """

    of: str
    measure: str
    source: str
    rivals: tuple[Rival, ...] = ()
    rests: tuple[tuple[int, int], ...] = ()
    least: int = 0
    wanted: str = ""

    @property
    def drawn(self) -> bool:
        """Whether there are any shares to draw."""
        return any(v is not None for r in self.rivals for _, v in r.shares)

    @property
    def mass(self) -> str:
        """The number of reports behind the shares, in words; empty if they come from figures.

        >>> Pull(of="MNG", measure="share", source="reports", rests=((2018, 3), (2019, 40)), least=20).mass
        'on 40 reports of 2019; 1 year with fewer than 20 reports left out'
        >>> Pull(of="MNG", measure="share", source="reports", rests=((2019, 4),), least=20).mass
        'not drawn: at most 4 reports in a year, a share needs 20'
        """
        if not self.rests:
            return ""
        enough = [(year, n) for year, n in self.rests if n >= self.least]
        if not enough:
            most = max(n for _, n in self.rests)
            return f"not drawn: at most {counted(most, 'report')} in a year, a share needs {self.least}"
        numbers = [n for _, n in enough]
        if len(enough) == 1:
            mass = f"on {counted(numbers[0], 'report')} of {enough[0][0]}"
        else:
            mass = f"on {min(numbers):,} to {max(numbers):,} reports a year"
        less = len(self.rests) - len(enough)
        return mass + (f"; {counted(less, 'year')} with fewer than {self.least} reports left out" if less else "")


def pull(ledger: Ledger, of: str, by: str) -> Pull:
    """The shares of a state's partners, those of `by` first, then the largest others.

    Trade from imported data sets if there is any; otherwise the share of the reports about the state, in years with at
    least as many reports as the setting `pull_reports`.
    """
    found = ledger.observations(of, kinds=("figure",), measures=(_TRADE, "imports", "exports"))
    of_trade = _trade(found, of, by)
    return of_trade or replace(_reports(ledger, of, by), wanted=wanted_totals(found, ledger.sources(), of))


def pulled(a: str, b: str) -> str:
    """The state of two for which rivals are shown: the smaller, or the second if the sizes are not reported.

    >>> pulled("MNG", "RUS"), pulled("RUS", "MNG"), pulled("MNG", "EU")
    ('MNG', 'MNG', 'EU')
    """
    return smaller(a, b) or b


def _trade(found: Iterable[Observation], of: str, by: str) -> Pull | None:
    """Shares in its two-way trade by data sets; null if none reports a share."""
    totals: dict[int, float | None] = {}
    parts: dict[str, dict[int, float | None]] = {}
    sources = set()
    for r in found:
        if r.measure != _TRADE or r.first is None or r.a is None:
            continue
        sources.add(r.source)
        if r.b is None:
            totals[r.first.year] = r.value
        else:
            parts.setdefault(_other(r, of), {})[r.first.year] = r.value
    shares = {code: {y: _share(v, totals.get(y)) for y, v in by_year.items()} for code, by_year in parts.items()}
    if not any(v is not None for by_year in shares.values() for v in by_year.values()):
        return None
    return Pull(of=of, measure="share of its trade", source=", ".join(sorted(sources)), rivals=_ranked(shares, by))


def _other(row: Observation, of: str) -> str:
    return next((c for c in (continuing(x) for x in (row.a, row.b) if x) if c != of), of)


def _share(part: float | None, whole: float | None) -> float | None:
    """A share; null if either figure is missing or the two are inconsistent."""
    if part is None or not whole or part > whole:
        return None
    return part / whole


_BY_YEAR = """
    SELECT code, year(known) AS y, count(DISTINCT document) FROM (
        SELECT unnest(string_split(block, ' ')) AS code, known, document FROM standing
        WHERE (' ' || block || ' ') LIKE ? AND known IS NOT NULL)
    GROUP BY ALL ORDER BY ALL"""


def _reports(ledger: Ledger, of: str, by: str) -> Pull:
    reports: dict[str, dict[int, int]] = {}
    for code, year, n in ledger.rows(_BY_YEAR, [f"% {of} %"]):
        reports.setdefault(code, {})[int(year)] = n
    whole, least = reports.pop(of, {}), ledger.settings.pull_reports
    shares: dict[str, dict[int, float | None]] = {
        code: {y: by_year.get(y, 0) / n if n >= least else None for y, n in whole.items()}
        for code, by_year in reports.items()
        if code
    }
    return Pull(
        of=of,
        measure="share of the reports on it",
        source="reports in this ledger",
        rivals=_ranked(shares, by),
        rests=tuple(sorted(whole.items())),
        least=least,
    )


def _ranked(shares: dict[str, dict[int, float | None]], by: str) -> tuple[Rival, ...]:
    def weight(code: str) -> float:
        return sum(v or 0.0 for v in shares[code].values())

    others = sorted((c for c in shares if c != by), key=lambda c: (-weight(c), c))[: _MOST_RIVALS - 1]
    years = _years(shares[c] for c in (by, *others) if c in shares)
    first = [by] if by in shares else []
    return tuple(Rival(code=c, shares=tuple((y, shares[c].get(y)) for y in years)) for c in (*first, *others))


def _years(series: Iterable[dict[int, float | None]]) -> range:
    years = {y for one in series for y in one}
    return range(min(years), max(years) + 1) if years else range(0)
