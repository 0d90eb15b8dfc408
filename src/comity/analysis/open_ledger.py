"""The ledger of the library: `comity.open`, with every query of the command line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, Unpack, overload

from comity.analysis import calendar, change_page, fact_detail, listing, page
from comity.analysis import changes as changed
from comity.analysis import export as exporting
from comity.analysis.absence import no_finding
from comity.analysis.dossier import dossier
from comity.analysis.indicators import change_points, series
from comity.analysis.indicators.change_points import AskedOfRivals, ChangePoint
from comity.analysis.indicators.series import AskedOfAll, AskedOfTwo, Panel
from comity.analysis.page import Dossier
from comity.analysis.questions import AgreementQuestions, InfluenceQuestions, JudgementQuestions, day_of, known_day
from comity.analysis.search import search
from comity.analysis.tables import question, views
from comity.analysis.tables.question import Asked, Words
from comity.errors import ComityError
from comity.knowledge.states import continuing
from comity.ledger.interval import asked
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.period import asked_period
from comity.ledger.provenance import counted
from comity.ledger.relative_day import as_asked
from comity.ledger.table import Table, TypedTable
from comity.settings import DEFAULTS, Settings


class OpenLedger(Ledger):
    """A ledger with its queries. Dates are EDTF strings; `on` is today by default.

    Days of events, visits, figures, changes and searches may also be relative, as in the commands: "last week",
    "yesterday", and as a beginning "P7D".

    `known` restricts the answer to reports up to that day.
    """

    def __repr__(self) -> str:
        """The file and its numbers of documents and statements, in one line."""
        if not self.path.exists():
            return f"<ledger {self.path}: not made yet, the first add makes it>"
        was_open = self._connection is not None
        try:
            n = self.counts()
        except ComityError as error:
            return f"<ledger {self.path}: {error}>"
        if not was_open:
            self.close()
        return f"<ledger {self.path}: {counted(n['documents'], 'document')}, {counted(n['statements'], 'statement')}>"

    def dossier(
        self, a: str, b: str, *, on: str | None = None, known: str | None = None, pulled: str | None = None
    ) -> Dossier:
        """The dossier of two states; rivals for influence are those on `pulled`, by default the smaller of the two."""
        at = continuing(code_of(pulled)) if pulled else None
        one, other = continuing(code_of(a)), continuing(code_of(b))
        return dossier(self, one, other, on=day_of(on), known=known_day(known), pulled=at)

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
        form_of = {"text": page.as_text, "json": page.as_json, "html": page.as_html, "md": page.as_markdown}[form]
        return form_of(self.dossier(a, b, on=on, known=known, pulled=pulled))

    def events(
        self,
        *states: str,
        actors: Words = (),
        recipients: Words = (),
        types: Words = (),
        modes: Words = (),
        **more: Unpack[Asked],
    ) -> Table:
        """The events of states: `.df()`, `.pl()` and `.arrow()` give data frames. `during="2019"` marks those in it.

        See `comity.analysis.tables.question` for the options: `by` counts; `said_by`, `outlet` and `min_confidence`
        select by report.
        """
        return question.events(
            self, *states, actors=actors, recipients=recipients, types=types, modes=modes, **_said(more)
        )

    def visits(
        self, *states: str, visitors: Words = (), hosts: Words = (), levels: Words = (), **more: Unpack[Asked]
    ) -> Table:
        """The visits of states, of visitors to hosts; with the same options as events."""
        return question.visits(self, *states, visitors=visitors, hosts=hosts, levels=levels, **_said(more))

    def figures(
        self, *states: str, reporters: Words = (), partners: Words = (), measures: Words = (), **more: Unpack[Asked]
    ) -> Table:
        """The reported figures of states (trade, aid, debt and the like); with the same options as events."""
        return question.figures(self, *states, reporters=reporters, partners=partners, measures=measures, **_said(more))

    @property
    def agreements(self) -> AgreementQuestions:
        """The agreements of states: `ledger.agreements("RUS", "MNG")`, and `alerts` of their ends."""
        return AgreementQuestions(self)

    def changes(
        self, *states: str, since: str = "P7D", until: str | None = None, sorts: Iterable[str] | str = ()
    ) -> Table:
        """What is new since a day by the ledger's own clock: facts, stages, sources, ended terms and judgements.

        `since` and `until` are EDTF dates, both included, or times (`2024-05-01T09:30`); `until` is now by default.
        `sorts` selects kinds of change.
        """
        chosen = (sorts,) if isinstance(sorts, str) else tuple(sorts)
        first, last = _first(since), _last(until)
        return changed.changes(self, *states, since=first, until=last, sorts=chosen)

    def changes_as(
        self,
        form: str,
        *states: str,
        since: str = "P7D",
        until: str | None = None,
        sorts: Iterable[str] | str = (),
    ) -> str:
        """The same as `text`, `json`, `csv`, `md` or `atom`, by the states that each change is about."""
        found = self.changes(*states, since=since, until=until, sorts=sorts)
        title = changed.title(states, _first(since), _last(until))
        return change_page.as_form(form, found, title, self.path.name)

    def sql(self, query: str) -> Table:
        """The rows of a query: read only, without files or network, ended after a limit.

        Besides the stored tables there are `standing` (the statements with judgements applied) and `fact_event`,
        `fact_visit`, `fact_agreement`, `fact_figure`: a row for each fact, computed if the query names them.
        """
        return self.asked(query, views.named(self, query, day_of(None)))

    def coming(self, *states: str, within: str | None = None, on: str | None = None, known: str | None = None) -> Table:
        """Ends of terms, last days for notice and planned visits within a period; see the setting `calendar_ahead`."""
        ahead = asked_period(within or self.settings.calendar_ahead)
        return calendar.coming(self, *states, on=day_of(on), within=ahead, known=known_day(known))

    def export_as(
        self,
        form: str,
        *about: str,
        on: str | None = None,
        known: str | None = None,
        within: str | None = None,
        base: str | None = None,
    ) -> str | bytes:
        """Exports what is reported about states, or one fact or report by its id, for other programs.

        `form` is `ics`, `atom`, `ris`, `bibtex`, `xlsx` (bytes), `csv`, `brief` (HTML that prints on one page) or
        `svg`; `base` is the address of a server that shows the ledger, for links. See `comity.analysis.export`.
        """
        return exporting.export(
            self, form, about, on=day_of(on), day=day_of(None), known=known_day(known), within=within, base=base
        )

    @property
    def judgements(self) -> JudgementQuestions:
        """The judgements: `ledger.judgements()`, its `statements`, and the `queue` of facts to judge next."""
        return JudgementQuestions(self, self._ask)

    def corroborate(
        self,
        *states: str,
        kinds: Iterable[str] | str = (),
        outcomes: Iterable[str] | str = (),
        known: str | None = None,
    ) -> Table:
        """What imported data sets say about the facts of states, a row for each fact and data set that could cover it.

        `outcomes` selects from `corroborated`, `contradicted`, `not found` and `not verifiable`. By default the rows
        that are not verifiable are left out and counted in the table's `notes`.
        """
        chosen = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        wanted = (outcomes,) if isinstance(outcomes, str) else tuple(outcomes)
        facts = self.facts(*states, kinds=chosen, known=known_day(known))
        found = listing.corroborated(self, facts, wanted)
        if found or found.notes:
            return found
        return Table(found.columns, (), (no_finding(self, len(facts), states, chosen, known=known_day(known)),))

    @property
    def influence(self) -> InfluenceQuestions:
        """Who exerts influence on a state: `ledger.influence("MNG")`, and its `change` and `weights`."""
        return InfluenceQuestions(self)

    @overload
    def series(
        self, a: str, b: str, *, wide: Literal[False] = False, known: str | None = None, **asked_for: Unpack[AskedOfTwo]
    ) -> Panel: ...

    @overload
    def series(
        self, a: str, b: str, *, wide: Literal[True], known: str | None = None, **asked_for: Unpack[AskedOfTwo]
    ) -> Table: ...

    def series(
        self, a: str, b: str, *, wide: bool = False, known: str | None = None, **asked_for: Unpack[AskedOfTwo]
    ) -> Panel | Table:
        """The series of A on B by year or month, as `Measurement`s; see `comity.analysis.indicators.series.series`.

        `wide` gives a table with a column for each measure.
        """
        found = series.series(self, a, b, known=known_day(known), **asked_for)
        return series.wide(found) if wide else found

    @overload
    def panel(
        self, *, wide: Literal[False] = False, known: str | None = None, **asked_for: Unpack[AskedOfAll]
    ) -> Panel: ...

    @overload
    def panel(self, *, wide: Literal[True], known: str | None = None, **asked_for: Unpack[AskedOfAll]) -> Table: ...

    def panel(self, *, wide: bool = False, known: str | None = None, **asked_for: Unpack[AskedOfAll]) -> Panel | Table:
        """The series of all dyads, as `Measurement`s; see `comity.analysis.indicators.series.panel`.

        `wide` gives a table with a column for each measure.
        """
        found = series.panel(self, known=known_day(known), **asked_for)
        return series.wide(found) if wide else found

    def change_points(
        self, a: str, b: str, *, known: str | None = None, **asked_for: Unpack[AskedOfRivals]
    ) -> TypedTable[ChangePoint]:
        """Breaks in the series of A on B, and crossovers, as `ChangePoint`s.

        See `comity.analysis.indicators.change_points`.
        """
        return change_points.change_points(self, a, b, known=known_day(known), **asked_for)

    def search(
        self,
        words: str,
        *states: str,
        since: str | None = None,
        until: str | None = None,
        quotes: bool = False,
        newest: bool = False,
        limit: int | None = None,
    ) -> Table:
        """The reports that contain all of some words and "phrases", a row each, the best matches (or the newest) first.

        `states` selects the reports with a fact about all of them, `since` and `until` the days of publication; with
        `quotes` the words must occur in the quote of one fact. What was searched and, without a hit, what there is
        instead are in the table's `notes`.
        """
        return search(
            self,
            words,
            states,
            first=asked(_first(since)).first if since else None,
            last=asked(_last(until) or "").last if until else None,
            quotes=quotes,
            newest=newest,
            limit=limit,
        ).table()

    def show(self, key: str, *, on: str | None = None, known: str | None = None) -> dict[str, Any]:
        """One fact with its sources, quotes in context, acts and judgements; or one row of a data set.

        For an agreement `status` is its status on the day, in the words of its dossier.
        """
        return fact_detail.fact_detail(self, key, day_of(on), known_day(known))

    def show_text(self, key: str, *, on: str | None = None, known: str | None = None) -> str:
        """The same for a terminal."""
        return fact_detail.as_text(self, key, day_of(on), known_day(known))


def open_ledger(path: str | Path, *, settings: Settings = DEFAULTS) -> OpenLedger:
    """The ledger at a path; a file that does not exist is created by the first `add`."""
    return OpenLedger(path, settings=settings)


def _first(text: str) -> str:
    return as_asked(text, day_of(None), back=True)


def _last(text: str | None) -> str | None:
    return as_asked(text, day_of(None), end=True) if text else None


def _said(given: Asked) -> Asked:
    """The options of a query with relative days converted to EDTF."""
    asked_for = given.copy()
    if since := given.get("since"):
        asked_for["since"] = _first(since)
    if until := given.get("until"):
        asked_for["until"] = _last(until)
    if during := given.get("during"):
        asked_for["during"] = as_asked(during, day_of(None))
    if on := given.get("on"):
        asked_for["on"] = as_asked(on, day_of(None))
    return asked_for
