"""Spells: consecutive yearly rows of a data set on one tie, joined."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.records.observation import Observation

WORDS = {
    "defense": "defence pact",
    "offense": "offence pact",
    "neutrality": "neutrality pact",
    "nonaggression": "non-aggression pact",
    "consultation": "consultation pact",
    "entente": "entente",
}
"""Obligations of alliances in words."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell: `last` is null if its end is open or not reported, `censored` says that the data set ends there.

    `rows` are the ids of its observations.
    """

    what: str
    source: str
    first: date
    last: date | None
    censored: bool
    rows: tuple[str, ...]

    @property
    def text(self) -> str:
        """The spell in words.

        >>> Spell("defence pact", "atop@5.1", date(1936, 1, 1), date(1993, 12, 31), False, ()).text
        'defence pact 1936–1993'
        """
        last = str(self.last.year) if self.last else "…"
        years = str(self.first.year) if last == str(self.first.year) else f"{self.first.year}–{last}"
        return f"{self.what} {years}" + (" (where the data set ends)" if self.censored else "")


def alliances(found: Iterable[Observation]) -> list[Spell]:
    """The spells of each obligation of each data set, the earliest first."""
    # a row whose obligations are all missing states none
    ties = [o for o in found if o.measure == "alliance" and o.standing != "missing"]
    return spells((WORDS.get(w, w), o) for o in ties for w in o.record.get("obligations", ["alliance"]))


def spells(found: Iterable[tuple[str, Observation]]) -> list[Spell]:
    """Spells of observations: one that begins within a day of the end of another of its kind continues it."""
    by_tie: dict[tuple[str, str], list[Observation]] = {}
    for what, o in found:
        if o.first is not None:
            by_tie.setdefault((what, o.source), []).append(o)
    out = []
    for (what, source), rows in by_tie.items():
        run: list[Observation] = []
        for o in sorted(rows, key=lambda x: (x.first or date.min, x.row)):
            if run and not _follows(run, o):
                out.append(_spell(what, source, run))
                run = []
            run.append(o)
        out.append(_spell(what, source, run))
    return sorted(out, key=lambda s: (s.first, s.source, s.what))


def _follows(run: list[Observation], o: Observation) -> bool:
    lasts = [x.last for x in run]
    if any(x is None for x in lasts):
        return True
    end = max(x for x in lasts if x is not None)
    return o.first is not None and (o.first - end).days <= 1


def _spell(what: str, source: str, run: list[Observation]) -> Spell:
    lasts = [o.last for o in run]
    last = None if any(x is None for x in lasts) else max(x for x in lasts if x is not None)
    censored = any(o.censored and o.last == last for o in run)
    first = min(o.first for o in run if o.first is not None)
    return Spell(what, source, first, last, censored, tuple(o.id for o in run))
