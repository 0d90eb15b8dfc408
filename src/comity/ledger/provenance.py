"""The provenance of a fact: the number of its reports, of their outlets, and of independent sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.ledger.fact import Fact
from comity.ledger.families import Families, by_parties, independent


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Three different numbers: reports, outlets and independent sources.

    `outlets` is null if no report gives its address, and `unplaced` is how many do not. `parties` are the states of the
    fact whose own governments report it, `of_parties` the number of their reports and copies of these; they are no
    independent sources.
    """

    reports: int
    outlets: int | None
    unplaced: int
    independent: int
    parties: tuple[str, ...] = ()
    of_parties: int = 0

    @property
    def text(self) -> str:
        """The numbers in words; a single report needs no third number.

        >>> Provenance(reports=5, outlets=1, unplaced=0, independent=0, parties=("USA",), of_parties=5).text
        '5 reports, 1 outlet, a party to it'
        >>> Provenance(reports=8, outlets=8, unplaced=0, independent=1).text
        '8 reports, 8 outlets, 1 independent source'
        >>> Provenance(reports=3, outlets=2, unplaced=1, independent=2, parties=("RUS",), of_parties=1).text
        '3 reports, 2 outlets (1 not reported), 2 independent sources and a party to it'
        """
        parts = [counted(self.reports, "report"), self._outlets()]
        party = {0: "", 1: "a party to it"}.get(len(self.parties), f"{len(self.parties)} parties to it")
        if self.of_parties == self.reports:
            parts.append(party)
        elif self.reports > 1:
            sources = counted(self.independent, "independent source")
            parts.append(f"{sources} and {party}" if party else sources)
        return ", ".join(p for p in parts if p)

    def _outlets(self) -> str:
        if self.outlets is None:
            return "outlet not reported" if self.reports == 1 else "outlets not reported"
        return counted(self.outlets, "outlet") + (f" ({self.unplaced} not reported)" if self.unplaced else "")


def provenance(fact: Fact, family: Mapping[str, str]) -> Provenance:
    """The provenance of a fact."""
    return of_documents(fact.documents, family, fact.block.split())


def of_documents(documents: Iterable[str], family: Mapping[str, str], parties: Iterable[str]) -> Provenance:
    """The provenance of a fact with some parties that documents report.

    >>> found = of_documents("ab", {"a": "a", "b": "a"}, ())
    >>> found.reports, found.outlets, found.independent
    (2, None, 1)
    """
    distinct, states = list(dict.fromkeys(documents)), set(parties)
    known = family if isinstance(family, Families) else Families(dict(family))
    places = {d: known.outlets.get(d, frozenset()) for d in distinct}
    outlets = frozenset[str]().union(*places.values())
    mine = by_parties(distinct, known, states)
    return Provenance(
        reports=len(distinct),
        outlets=len(outlets) or None,
        unplaced=sum(not p for p in places.values()),
        independent=independent(distinct, known, states),
        parties=tuple(sorted({c for d in mine for c in known.publishers.get(d, ()) if c in states})),
        of_parties=len(mine),
    )


def counted(n: int, what: str) -> str:
    """A number with its noun in the singular or plural.

    >>> counted(1, "report"), counted(1200, "report")
    ('1 report', '1,200 reports')
    """
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"
