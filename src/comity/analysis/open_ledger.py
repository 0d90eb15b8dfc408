"""The ledger of the library: `comity.open`, with every question of the command line."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from comity.analysis import entry, listing, page
from comity.analysis.dossier import Dossier, dossier
from comity.analysis.standing import capacity, pull, series, turning
from comity.knowledge.states import continuing
from comity.ledger.interval import OPEN, Interval, as_day, asked
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.period import asked_period
from comity.ledger.table import Table
from comity.settings import DEFAULTS, Settings


class OpenLedger(Ledger):
    """A ledger with its questions. Dates are EDTF strings; `on` is today where it is not given.

    `known` keeps what reports of that day and before tell.
    """

    def dossier(
        self, a: str, b: str, *, on: str | None = None, known: str | None = None, pulled: str | None = None
    ) -> Dossier:
        """The dossier of two states; rivals are shown to pull at `pulled`, the smaller of the two where not given."""
        at = continuing(code_of(pulled)) if pulled else None
        one, other = continuing(code_of(a)), continuing(code_of(b))
        return dossier(self, one, other, on=_on(on), known=_known(known), pulled=at)

    def dossier_as(
        self,
        form: str,
        a: str,
        b: str,
        *,
        on: str | None = None,
        known: str | None = None,
        pulled: str | None = None,
    ) -> str:
        """The dossier as `text`, `json`, `html` or `md`."""
        made = {"text": page.as_text, "json": page.as_json, "html": page.as_html, "md": page.as_markdown}[form]
        return made(self.dossier(a, b, on=on, known=known, pulled=pulled))

    def events(
        self,
        *states: str,
        since: str | None = None,
        until: str | None = None,
        within: str | None = None,
        types: Iterable[str] | str = (),
        known: str | None = None,
    ) -> Table:
        """The events of states: `.df()`, `.pl()` and `.arrow()` give frames. `within="2019"` marks what lies in it."""
        days = asked(within) if within else OPEN
        if since or until:
            first = asked(since).first if since else days.first
            last = asked(until).last if until else days.last
            days = Interval(first, last)
        chosen = (types,) if isinstance(types, str) else types
        return listing.events(self, *states, within=days, types=chosen, known=_known(known))

    def agreements(
        self, *states: str, on: str | None = None, known: str | None = None, stages: Iterable[str] | str = ()
    ) -> Table:
        """The agreements of states with their status on a day."""
        chosen = (stages,) if isinstance(stages, str) else stages
        return listing.agreements(self, *states, on=_on(on), known=_known(known), stages=chosen)

    def alerts(self, *states: str, within: str = "P12M", on: str | None = None, known: str | None = None) -> Table:
        """Terms that end and last days for notice within a period."""
        return listing.upcoming(self, *states, on=_on(on), within=asked_period(within), known=_known(known))

    def corroborate(
        self,
        *states: str,
        kinds: Iterable[str] | str = (),
        outcomes: Iterable[str] | str = (),
        known: str | None = None,
    ) -> Table:
        """What imported data sets say of the facts of states, a row for each fact and data set that could speak.

        `outcomes` keeps some of `corroborated`, `contradicted`, `not found` and `not verifiable`. Where none is asked
        for, the rows that are not verifiable are left out and counted in the table's `notes`.
        """
        chosen = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        wanted = (outcomes,) if isinstance(outcomes, str) else tuple(outcomes)
        facts = self.facts(*states, kinds=chosen, known=_known(known))
        return listing.corroborated(self, facts, wanted)

    def influence(
        self,
        on: str,
        by: Iterable[str] | str = (),
        *,
        measures: Iterable[str] | str = (),
        first: str | None = None,
        last: str | None = None,
        known: str | None = None,
        sources: Iterable[str] = (),
    ) -> Table:
        """Who pulls on a state: measures of influence by year, rival and source, each with its bounds."""
        return pull.influence(
            self,
            on,
            _several(by),
            measures=_several(measures),
            first=first,
            last=last,
            known=_known(known),
            sources=sources,
        )

    def influence_change(
        self,
        on: str,
        by: Iterable[str] | str = (),
        *,
        first: str | None = None,
        last: str | None = None,
        sources: Iterable[str] = (),
    ) -> Table:
        """What made FBIC of rivals over a state change: bandwidth and dependence, down to the terms where told."""
        return capacity.change(self, on, _several(by), first=first, last=last, sources=sources)

    def influence_weights(
        self, on: str, by: Iterable[str] | str = (), *, at: str | None = None, sources: Iterable[str] = ()
    ) -> Table:
        """How far the order of rivals by FBIC rests on its weights."""
        return capacity.ranks(self, on, _several(by), at=at, sources=sources)

    def series(self, a: str, b: str, *, wide: bool = False, **asked_for: Any) -> Table:
        """The series of A on B by year or month; see `comity.analysis.standing.series.series` for what can be asked."""
        asked_for["known"] = _known(asked_for.get("known"))
        found = series.series(self, a, b, **asked_for)
        return series.wide(found) if wide else found

    def panel(self, *, wide: bool = False, **asked_for: Any) -> Table:
        """The series of all dyads; see `comity.analysis.standing.series.panel` for what can be asked."""
        asked_for["known"] = _known(asked_for.get("known"))
        found = series.panel(self, **asked_for)
        return series.wide(found) if wide else found

    def turns(self, a: str, b: str, **asked_for: Any) -> Table:
        """Breaks in the series of A on B, and who passes whom; see `comity.analysis.standing.turning.turns`."""
        asked_for["known"] = _known(asked_for.get("known"))
        return turning.turns(self, a, b, **asked_for)

    def show(self, key: str, *, on: str | None = None, known: str | None = None) -> dict[str, Any]:
        """One fact with its sources, quotes in context, acts and judgements; or one row of a data set.

        Of an agreement `status` tells where it stands on the day, in the words of its dossier.
        """
        return entry.entry(self, key, _on(on), _known(known))

    def show_text(self, key: str, *, on: str | None = None, known: str | None = None) -> str:
        """The same for a terminal."""
        return entry.as_text(self, key, _on(on), _known(known))


def open_ledger(path: str | Path, *, settings: Settings = DEFAULTS) -> OpenLedger:
    """The ledger of a path; a file that does not exist is made by the first `add`."""
    return OpenLedger(path, settings=settings)


def _on(text: str | None) -> date:
    # a question without a day is asked today; the answer names the day
    return as_day(text) if text else datetime.now().astimezone().date()


def _known(text: str | None) -> date | None:
    return as_day(text) if text else None


def _several(given: Iterable[str] | str) -> tuple[str, ...]:
    return tuple(s.strip() for s in given.split(",") if s.strip()) if isinstance(given, str) else tuple(given)
