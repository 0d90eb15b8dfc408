"""Groups of queries of a ledger: on agreements, on influence, on judgements."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from comity.analysis import listing, queue
from comity.analysis.indicators import capacity, pull
from comity.analysis.tables import agreements as by_subject
from comity.analysis.tables import question
from comity.analysis.tables.question import Words
from comity.ledger.interval import as_day
from comity.ledger.judgements import Judgements
from comity.ledger.ledger import Ledger
from comity.ledger.linked_blocks import Ask
from comity.ledger.period import asked_period
from comity.ledger.table import Table


class AgreementQuestions:
    """The queries on agreements, as `ledger.agreements`."""

    __slots__ = ("_ledger",)

    def __init__(self, ledger: Ledger):
        self._ledger = ledger

    def __call__(
        self,
        *states: str,
        on: str | None = None,
        known: str | None = None,
        stages: Words = (),
        types: Words = (),
        **more: Any,
    ) -> Table:
        """The agreements of states with their status on a day.

        `subject="fisheries"`, `ends="next year"` and the like: see `comity.analysis.tables.agreements`.
        """
        chosen = {"stages": question.words(stages), "types": question.words(types), **more}
        return by_subject.agreements(self._ledger, *states, on=day_of(on), known=known_day(known), **chosen)

    def alerts(self, *states: str, within: str = "P12M", on: str | None = None, known: str | None = None) -> Table:
        """Terms that end and last days for notice within a period."""
        period = asked_period(within)
        return listing.upcoming(self._ledger, *states, on=day_of(on), within=period, known=known_day(known))


class InfluenceQuestions:
    """The queries on influence on a state, as `ledger.influence`."""

    __slots__ = ("_ledger",)

    def __init__(self, ledger: Ledger):
        self._ledger = ledger

    def __call__(
        self,
        state: str,
        by: Iterable[str] | str = (),
        *,
        measures: Iterable[str] | str = (),
        since: str | None = None,
        until: str | None = None,
        known: str | None = None,
        sources: Iterable[str] = (),
    ) -> Table:
        """Who exerts influence on a state: measures by year, rival and source, each with its bounds."""
        return pull.influence(
            self._ledger,
            state,
            several(by),
            measures=several(measures),
            first=since,
            last=until,
            known=known_day(known),
            sources=sources,
        )

    def change(
        self,
        state: str,
        by: Iterable[str] | str = (),
        *,
        since: str | None = None,
        until: str | None = None,
        sources: Iterable[str] = (),
    ) -> Table:
        """The causes of change in FBIC of rivals over a state: bandwidth and dependence, with terms if reported."""
        return capacity.change(self._ledger, state, several(by), first=since, last=until, sources=sources)

    def weights(
        self, state: str, by: Iterable[str] | str = (), *, at: str | None = None, sources: Iterable[str] = ()
    ) -> Table:
        """How far the ranking of rivals by FBIC depends on its weights."""
        return capacity.ranks(self._ledger, state, several(by), at=at, sources=sources)


class JudgementQuestions(Judgements):
    """The queries on judgements, and the facts to judge next, as `ledger.judgements`."""

    __slots__ = ("_whole",)

    def __init__(self, ledger: Ledger, ask: Ask):
        super().__init__(ledger, ask)
        self._whole = ledger

    def statements(self) -> Table:
        """Every judgement with its statements, their offsets in their reports, and their records."""
        return queue.judged_statements(self._whole)

    def queue(self, *states: str, kinds: Iterable[str] | str = (), most: int | None = None) -> Table:
        """The facts whose judgement gains most, least certain and most used first; see `comity.analysis.queue`."""
        return queue.as_table(queue.queue(self._whole, *states, kinds=several(kinds), most=most))


def day_of(text: str | None) -> date:
    """The day of an EDTF date; today by default, and the answer names it."""
    return as_day(text) if text else datetime.now().astimezone().date()


def known_day(text: str | None) -> date | None:
    """The day of an EDTF date; null if none is given."""
    return as_day(text) if text else None


def several(given: Iterable[str] | str) -> tuple[str, ...]:
    """The words of a list, or of one string with commas.

    >>> several("RUS, CHN"), several(["RUS"])
    (('RUS', 'CHN'), ('RUS',))
    """
    return tuple(s.strip() for s in given.split(",") if s.strip()) if isinstance(given, str) else tuple(given)
