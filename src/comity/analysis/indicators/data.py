"""All that a ledger holds for measuring the standing of some states, each part by source and time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.analysis.standing.acts import Acts
from comity.analysis.standing.clock import Clock
from comity.analysis.standing.figures import Figures
from comity.analysis.standing.ties import Ties
from comity.analysis.standing.treaties import Treaties
from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.volume import Volume

KINDS = frozenset({"figure", "tie", "event", "visit", "agreement"})
"""What a book can hold; events of data sets are counted in the store."""
_FACTS = KINDS - {"figure", "tie"}
_TRADE = ("trade", "imports", "exports")


@dataclass(frozen=True, slots=True)
class Book:
    """What measures are worked out from; `states` are the continuing ones it is about, all where there are none.

    `sources` keeps these data sets (keys or kinds, `reports` for the ledger's own facts); all where empty.
    """

    clock: Clock
    states: tuple[str, ...]
    rivals: tuple[str, ...]
    figures: Figures
    ties: Ties
    acts: Acts
    treaties: Treaties
    directed: bool = False
    sources: tuple[str, ...] = ()


def open_book(
    ledger: Ledger,
    on: Sequence[str] = (),
    rivals: Sequence[str] = (),
    *,
    clock: Clock,
    directed: bool = False,
    known: date | None = None,
    sources: Iterable[str] = (),
    kinds: frozenset[str] = KINDS,
    since: date | None = None,
) -> Book:
    """The book of a ledger about some states (all of a pair; the whole ledger where there is none) and their rivals.

    `kinds` keeps what is asked for, `since` leaves out what data sets tell of earlier days: both only save time.
    """
    wanted = tuple(sources)
    states = tuple(continuing(code_of(s)) for s in on)
    others = tuple(dict.fromkeys(continuing(code_of(r)) for r in rivals))
    seen = sorted(kinds - {"event", "figure"})
    observations = ledger.observations(*states, kinds=seen, sources=wanted, first=since) if seen else []
    held = ledger.sources()
    figures = ledger.each_figure(*states, sources=wanted, first=since) if "figure" in kinds else ()
    reports = (not wanted or "reports" in wanted) and bool(kinds & _FACTS)
    facts = ledger.facts(*states, kinds=sorted(kinds & _FACTS), known=known) if reports else []
    volume = ledger.volume(clock.unit, known=known) if kinds & _FACTS else Volume({}, {})
    acts = Acts(
        clock,
        {clock.of(d): n for d, n in volume.documents.items()} if reports else {},
        {(s, clock.of(d)): n for (s, d), n in volume.events.items()},
        least=ledger.settings.pull_events,
    )
    acts.read(facts)
    if "event" in kinds:
        acts.count(ledger.dyad_events(*states, unit=clock.unit, sources=wanted))
    acts.travel(observations, held)
    made = Book(
        clock=clock,
        states=states,
        rivals=others,
        figures=Figures(figures, held, clock),
        ties=Ties(observations, held, clock),
        acts=acts,
        treaties=Treaties(facts, ledger.family(), observations, held, clock, known),
        directed=directed,
        sources=wanted,
    )
    if "figure" in kinds:
        totals(ledger, made, (*others, *(states if len(states) > 1 else ())))
    return made


def totals(ledger: Ledger, book: Book, states: Iterable[str]) -> None:
    """Takes in the whole trade of further states, for what it rests on."""
    if book.states:
        for state in states:
            whole = ledger.observations(state, kinds=("figure",), measures=_TRADE, sources=book.sources)
            book.figures.add(o for o in whole if o.b is None)
