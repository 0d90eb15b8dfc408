"""All data in a ledger for measuring the standing of some states, each part by source and time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.analysis.indicators.acts import Acts
from comity.analysis.indicators.figures import Figures
from comity.analysis.indicators.ties import Ties
from comity.analysis.indicators.time_unit import TimeUnit
from comity.analysis.indicators.treaties import Treaties
from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.reporting_volume import ReportingVolume

KINDS = frozenset({"figure", "tie", "event", "visit", "agreement"})
"""The kinds of data; events of data sets are counted in the store."""
_FACTS = KINDS - {"figure", "tie"}
_TRADE = ("trade", "imports", "exports")


@dataclass(frozen=True, slots=True)
class IndicatorData:
    """The data from which measures are computed; `states` are the continuing ones it is about, all if empty.

    `sources` selects data sets (keys or kinds, `reports` for the ledger's own facts); all if empty.
    """

    time_unit: TimeUnit
    states: tuple[str, ...]
    rivals: tuple[str, ...]
    figures: Figures
    ties: Ties
    acts: Acts
    treaties: Treaties
    directed: bool = False
    sources: tuple[str, ...] = ()


def indicator_data(
    ledger: Ledger,
    on: Sequence[str] = (),
    rivals: Sequence[str] = (),
    *,
    time_unit: TimeUnit,
    directed: bool = False,
    known: date | None = None,
    sources: Iterable[str] = (),
    kinds: frozenset[str] = KINDS,
    since: date | None = None,
) -> IndicatorData:
    """The data of a ledger on some states (all of a pair; the whole ledger if none is given) and their rivals.

    `kinds` selects what is needed, `since` leaves out earlier days in data sets: both only save time.
    """
    wanted = tuple(sources)
    states = tuple(continuing(code_of(s)) for s in on)
    others = tuple(dict.fromkeys(continuing(code_of(r)) for r in rivals))
    seen = sorted(kinds - {"event", "figure"})
    observations = ledger.observations(*states, kinds=seen, sources=wanted, first=since) if seen else []
    imported = ledger.sources()
    figures = ledger.each_figure(*states, sources=wanted, first=since) if "figure" in kinds else ()
    reports = (not wanted or "reports" in wanted) and bool(kinds & _FACTS)
    facts = ledger.facts(*states, kinds=sorted(kinds & _FACTS), known=known) if reports else []
    volume = ledger.volume(time_unit.unit, known=known) if kinds & _FACTS else ReportingVolume({}, {})
    acts = Acts(
        time_unit,
        {time_unit.of(d): n for d, n in volume.documents.items()} if reports else {},
        {(s, time_unit.of(d)): n for (s, d), n in volume.events.items()},
        least=ledger.settings.pull_events,
    )
    acts.read(facts)
    if "event" in kinds:
        acts.count(ledger.dyad_events(*states, unit=time_unit.unit, sources=wanted))
    acts.travel(observations, imported)
    data = IndicatorData(
        time_unit=time_unit,
        states=states,
        rivals=others,
        figures=Figures(figures, imported, time_unit),
        ties=Ties(observations, imported, time_unit),
        acts=acts,
        treaties=Treaties(facts, ledger.family(), observations, imported, time_unit, known),
        directed=directed,
        sources=wanted,
    )
    if "figure" in kinds:
        totals(ledger, data, (*others, *(states if len(states) > 1 else ())))
    return data


def totals(ledger: Ledger, data: IndicatorData, states: Iterable[str]) -> None:
    """Adds the whole trade of further states, which some measures need."""
    if data.states:
        for state in states:
            whole = ledger.observations(state, kinds=("figure",), measures=_TRADE, sources=data.sources)
            data.figures.add(o for o in whole if o.b is None)
