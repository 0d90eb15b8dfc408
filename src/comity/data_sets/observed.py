"""Builder of the observations of one release."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.data_sets.cells import body, year
from comity.data_sets.crosswalk import block, block_of
from comity.records.observation import DataSource, Observation, ObservationKind, Standing


@dataclass(frozen=True, slots=True)
class Observed:
    """Builds the observations of a release; a spell that reaches its last day is `censored`."""

    release: DataSource

    def _ends(self, last: date | None) -> bool:
        return last is not None and last == self.release.last

    def figure(
        self,
        row: str,
        measure: str,
        a: str | None,
        b: str | None,
        when: str | tuple[date, date],
        value: float | None,
        unit: str,
        stated: Mapping[str, Any] | None = None,
        *,
        directed: bool = True,
        estimated: bool = False,
    ) -> Observation:
        """A figure for a year (or a span of days); without a value it is missing, never zero."""
        first, last = year(when)[:2] if isinstance(when, str) else when
        standing: Standing = "missing" if value is None else "estimated" if estimated else "reported"
        return self._of_pair(
            "figure", row, measure, (a, b), (first, last), stated, directed=directed, value=value, unit=unit,
            standing=standing,
        )  # fmt: skip

    def tie(
        self,
        row: str,
        measure: str,
        a: str | None,
        b: str | None,
        first: date,
        last: date | None,
        value: float | None = None,
        unit: str | None = None,
        stated: Mapping[str, Any] | None = None,
        *,
        directed: bool = False,
        missing: bool = False,
    ) -> Observation:
        """A tie of two states, or of a state and an organisation, from a day to a day."""
        standing: Standing = "missing" if missing else "reported"
        return self._of_pair(
            "tie", row, measure, (a, b), (first, last), stated, directed=directed, value=value, unit=unit,
            standing=standing,
        )  # fmt: skip

    def agreement(
        self,
        row: str,
        measure: str,
        parties: Iterable[str],
        first: date | None,
        last: date | None,
        stated: Mapping[str, Any],
        url: str | None = None,
    ) -> Observation:
        """An agreement: `first` is its signature, or its entry into force if only that is given, `last` its end."""
        codes = tuple(dict.fromkeys(parties))
        two = codes if len(codes) == 2 else (None, None)
        return Observation(
            source=self.release.key,
            row=row,
            kind="agreement",
            measure=measure,
            a=two[0],
            b=two[1],
            block=block_of(codes),
            first=first,
            last=last,
            url=url,
            body=body({"parties": list(codes), **stated}),
        )

    def visit(
        self,
        row: str,
        level: str,
        a: str | None,
        b: str | None,
        first: date,
        last: date | None,
        stated: Mapping[str, Any],
    ) -> Observation:
        """A journey of an office-holder of `a` to `b`."""
        return self._of_pair("visit", row, level, (a, b), (first, last or first), stated, directed=True)

    def _of_pair(
        self,
        kind: ObservationKind,
        row: str,
        measure: str,
        pair: tuple[str | None, str | None],
        days: tuple[date, date | None],
        rest: Mapping[str, Any] | None,
        *,
        directed: bool,
        value: float | None = None,
        unit: str | None = None,
        standing: Standing = "reported",
    ) -> Observation:
        """A row on two states; a journey has its own last day, all else may reach that of the release."""
        first, last = days
        return Observation(
            source=self.release.key,
            row=row,
            kind=kind,
            measure=measure,
            a=pair[0],
            b=pair[1],
            block=block(*pair),
            directed=directed,
            first=first,
            last=last,
            censored=kind != "visit" and self._ends(last),
            value=value,
            unit=unit,
            standing=standing,
            body=body(dict(rest or {})),
        )
