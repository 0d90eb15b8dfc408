"""Indicators: the available measures, each computed source by source from a ledger's data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from comity.analysis.indicators.acts import Way
from comity.analysis.indicators.data import IndicatorData
from comity.errors import InputError
from comity.influence.estimate import Estimate, total, unknown
from comity.influence.fbic import WINDOW, capacity, normalised
from comity.influence.shares import (
    aid_share,
    arms_share,
    asymmetry,
    concentration,
    trade_dependence,
    trade_share,
    two_rival_share,
)
from comity.influence.ties import LEVELS
from comity.knowledge.states import rows

ARMS_YEARS = 10
"""The number of years of transfers that form a stock of arms if no source gives stocks."""
WORKED_OUT = "worked out"
_TRADE = ("trade", "imports", "exports")
_MILLION = 1e6

Answer = Callable[[IndicatorData, str, str, int, str], Estimate | None]
Times = Callable[[IndicatorData, str, str, str], set[int]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure of A on B as a user names it; `directed` is `yes`, `no`, `either` or `state` (of B alone).

    `needs` are the kinds of records from which it is computed.
    """

    name: str
    title: str
    unit: str
    directed: str
    monthly: bool
    needs: frozenset[str]
    formula: str
    source: str
    sources: Callable[[IndicatorData], list[str]]
    times: Times
    answer: Answer


@cache
def indicators() -> dict[str, Indicator]:
    """All measures by name, in the order of the table `influence_measures.csv`.

    >>> indicators()["trade-share"].unit
    '%'
    """
    out = {}
    for r in rows("influence_measures.csv"):
        sources, times, answer = _WAYS[r["name"]]
        out[r["name"]] = Indicator(
            r["name"], r["title"], r["unit"], r["directed"], r["monthly"] == "yes",
            frozenset(r["needs"].split()), r["formula"], r["source"], sources,
            times, answer,
        )  # fmt: skip
    return out


def chosen(names: Iterable[str]) -> list[Indicator]:
    """The measures of some names; all if none is given. Raises `InputError` for an unknown one."""
    given = [names] if isinstance(names, str) else names
    wanted = [n.strip().casefold() for name in given for n in name.split(",") if n.strip()]
    for name in wanted:
        if name not in indicators():
            raise InputError(f"{name!r} is no measure; the measures are {', '.join(indicators())}")
    return [indicators()[n] for n in dict.fromkeys(wanted)] or list(indicators().values())


def needs(wanted: Iterable[Indicator]) -> frozenset[str]:
    """The kinds of records from which some measures are computed."""
    return frozenset(k for g in wanted for k in g.needs)


def _trade(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.figures.trade(source, a, b, at)


def _imports(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.figures.imports(source, a, b, at)


def _exports(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.figures.imports(source, b, a, at)


def _trade_share(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    part = data.figures.trade(source, a, b, at)
    if part is None:
        return None
    whole, lacking = data.figures.all_trade(source, b, at)
    if whole is None:
        whole = unknown(f"trade of {b}, {data.time_unit.label(at)}", part.unit)
    return trade_share(part, whole, lacking=lacking)


def _rival_share(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    own = data.figures.trade(source, a, b, at)
    rivals = [r for r in data.rivals if r not in {a, b}]
    theirs = [e for r in rivals if (e := data.figures.trade(source, r, b, at)) is not None]
    if own is None or not rivals or len(theirs) < len(rivals):
        return None
    return two_rival_share(own, total(theirs))


def _dependence(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    part = data.figures.trade(source, a, b, at)
    return None if part is None else trade_dependence(part, _product_of(data, b, at, part.unit))


def _product_of(data: IndicatorData, state: str, at: int, unit: str) -> Estimate:
    """A state's GDP in a currency, from the first source that reports it; its name is noted."""
    for source in data.figures.holding("gdp"):
        found = data.figures.figure(source, "gdp", state, None, at)
        if found is not None and (found.unit == unit or found.value is None):
            return found.noted(f"product of {source}")
    return unknown(f"gdp of {state}, {data.time_unit.label(at)}", unit)


def _asymmetry(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    one, other = _trade_share(data, a, b, at, source), _trade_share(data, b, a, at, source)
    return None if one is None or other is None else asymmetry(one, other)


def _concentration(data: IndicatorData, _: str, b: str, at: int, source: str) -> Estimate | None:
    whole, lacking = data.figures.all_trade(source, b, at)
    partners = {p: e for p in data.figures.partners(source, b) if (e := data.figures.trade(source, p, b, at))}
    if whole is None or not partners:
        return None
    index = concentration(partners, whole)
    return index if not lacking else Estimate(
        value=None, low=0.0, high=1.0, unit=index.unit, missing=lacking, notes=(*index.notes, "the total lacks them")
    )  # fmt: skip


def _aid_share(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    part, whole = data.figures.figure(source, "aid", a, b, at), data.figures.given(source, "aid", b, at)
    return None if part is None or whole is None else aid_share(part, whole)


def _arms_share(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    measure = "arms stock" if source in data.figures.holding("arms stock") else "arms"
    years = [at] if measure == "arms stock" else range(at - ARMS_YEARS + 1, at + 1)
    if not all(data.figures.covers(source, y) for y in years):
        return None
    givers = data.figures.givers(source, measure, b)
    if not givers:
        return None
    stocks: dict[str | None, Estimate] = {}
    for giver in sorted(givers, key=str):
        orders = [e for y in years if (e := data.figures.row(source, measure, giver, b, y)) is not None]
        # lists of transfers name only what was delivered
        stocks[giver] = total(orders, "TIV") if orders else total([], "TIV")
    share = arms_share(stocks.get(a, total([], "TIV")), total(stocks.values(), "TIV"))
    return share if measure == "arms stock" else share.noted(f"stock: transfers of {ARMS_YEARS} years")


def _alliance(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.ties.obligations(source, a, b, at)


def _alliance_index(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.ties.alliance(source, a, b, at)


def _organisations(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.ties.organisations(source, a, b, at)


def _posts(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.ties.posts(source, a, b, at)


def _events(side: str | None) -> Answer:
    def answer(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
        return data.acts.events(source, Way(a, b, data.directed), at, side)

    return answer


def _event_share(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.acts.share(source, Way(a, b, data.directed), at)


def _intensity(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.acts.tone(source, Way(a, b, data.directed), at)


def _visits(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.acts.visits(source, Way(a, b, data.directed), at)


def _treaties(data: IndicatorData, a: str, b: str, at: int, _: str) -> Estimate | None:
    return data.treaties.in_force(a, b, at)


def _signatures(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    return data.treaties.signed(source, a, b, at)


def _fbic(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    if not source.startswith(WORKED_OUT):
        return data.figures.figure(source, "fbic", a, b, at)
    return fbic_of(data, a, b, at)


def fbic_of(data: IndicatorData, a: str, b: str, at: int) -> Estimate | None:
    """The index from the ledger's own data; what is lacking stays missing, and the answer has bounds.

    How the index weights organisations and computes military stocks is not published, so these two are always missing.
    """
    trade, used = data.figures.holding(*_TRADE), set[str]()

    def first(sources: Iterable[str], answer: Answer, y: int) -> Estimate | None:
        """The first answer with a value, otherwise the first answer; its source is used."""
        found = {s: e for s in sources if (e := answer(data, a, b, y, s)) is not None}
        best = next((s for s, e in found.items() if e.value is not None), next(iter(found), None))
        if best is None:
            return None
        used.add(best)
        return found[best]

    raw: Mapping[str, Callable[[int], Estimate | None]] = {
        "lor": lambda y: first(data.ties.holding("post"), _level, y),
        "lntrade": lambda y: _normal("lntrade", first(trade, _trade_in_millions, y)),
        "alliance": lambda y: _normal("alliance", first(data.ties.holding("alliance"), _alliance_index, y)),
        "trade_all": lambda y: first(trade, _trade_share, y),
        "trade_gdp": lambda y: first(trade, _dependence, y),
        "aid_all": lambda y: first(data.figures.holding("aid"), _aid_share, y),
        "arms_all": lambda y: first(data.figures.holding("arms", "arms stock"), _arms_share, y),
    }
    given: dict[str, Estimate | None] = {}
    for term, of in raw.items():
        window = [of(y) for y in range(at - WINDOW + 1, at + 1)]
        values = [e for e in window if e is not None]
        if len(values) == WINDOW:
            given[term] = total(values).scaled(1 / WINDOW)
    if not given:
        return None
    computed = capacity(given)
    notes = (
        f"from {', '.join(sorted(used))}",
        "money in current dollars",
        f"constants of the release {computed.release}",
    )
    return replace(computed.value, notes=notes)


def _level(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    """The level of representation, if the source has it on the index's own levels."""
    found = data.ties.posts(source, a, b, at)
    on_scale = found is not None and found.value is not None and 2 * found.value in _SUMS
    return found if on_scale else None


_SUMS = frozenset(x + y for x in LEVELS for y in LEVELS)


def _trade_in_millions(data: IndicatorData, a: str, b: str, at: int, source: str) -> Estimate | None:
    found = data.figures.trade(source, a, b, at)
    return None if found is None or found.unit != "USD" else found.scaled(1 / _MILLION)


def _normal(term: str, e: Estimate | None) -> Estimate | None:
    if e is None:
        return None
    low, value, high = (None if x is None else normalised(term, x) for x in (e.low, e.value, e.high))
    return Estimate(value=value, low=low, high=high, unit="index", missing=e.missing, notes=e.notes)


def _holding(*measures: str) -> Callable[[IndicatorData], list[str]]:
    return lambda data: data.figures.holding(*measures)


def _flow_times(*measures: str) -> Times:
    return lambda data, source, _a, _b: data.figures.times(source, *measures)


def _tied(measure: str) -> tuple[Callable[[IndicatorData], list[str]], Times]:
    return (
        lambda data: data.ties.holding(measure),
        lambda data, source, _a, _b: data.ties.times(source, measure),
    )


def _acted(what: str) -> tuple[Callable[[IndicatorData], list[str]], Times]:
    return (lambda data: data.acts.holding(what), lambda data, source, _a, _b: data.acts.times(source, what))


def _fbic_sources(data: IndicatorData) -> list[str]:
    own = [WORKED_OUT] if data.figures.holding(*_TRADE) or data.ties.holding("alliance") else []
    return [*data.figures.holding("fbic"), *own]


def _fbic_times(data: IndicatorData, source: str, _a: str, _b: str) -> set[int]:
    if source != WORKED_OUT:
        return data.figures.times(source, "fbic")
    return {t for s in data.figures.holding(*_TRADE) for t in data.figures.times(s, *_TRADE)}


_FLOWS = (_holding(*_TRADE), _flow_times(*_TRADE))
_ONE_WAY = (_holding("imports", "exports"), _flow_times("imports", "exports"))
_WAYS: dict[str, tuple[Callable[[IndicatorData], list[str]], Times, Answer]] = {
    "trade": (*_FLOWS, _trade),
    "imports": (*_ONE_WAY, _imports),
    "exports": (*_ONE_WAY, _exports),
    "trade-share": (*_FLOWS, _trade_share),
    "rival-share": (*_FLOWS, _rival_share),
    "trade-dependence": (*_FLOWS, _dependence),
    "asymmetry": (*_FLOWS, _asymmetry),
    "concentration": (*_FLOWS, _concentration),
    "aid-share": (_holding("aid"), _flow_times("aid"), _aid_share),
    "arms-share": (_holding("arms", "arms stock"), _flow_times("arms", "arms stock"), _arms_share),
    "alliance": (*_tied("alliance"), _alliance),
    "alliance-index": (*_tied("alliance"), _alliance_index),
    "organisations": (*_tied("membership"), _organisations),
    "posts": (*_tied("post"), _posts),
    "events": (*_acted("events"), _events(None)),
    "cooperation": (*_acted("events"), _events("cooperation")),
    "conflict": (*_acted("events"), _events("conflict")),
    "event-share": (*_acted("events"), _event_share),
    "intensity": (*_acted("events"), _intensity),
    "visits": (*_acted("visits"), _visits),
    "treaties": (
        lambda data: data.treaties.holding()[:1] if "reports" in data.treaties.holding() else [],
        lambda data, source, a, b: data.treaties.times(source, a, b),
        _treaties,
    ),
    "signatures": (
        lambda data: data.treaties.holding(),
        lambda data, source, a, b: data.treaties.times(source, a, b),
        _signatures,
    ),
    "fbic": (_fbic_sources, _fbic_times, _fbic),
}
