"""Corroboration: reported facts compared with data sets.

An agreement is searched among treaties by its title, parties and time, a visit among journeys by traveller, place and
time, a figure among figures of the same year, a pact among the obligations that begin then. Each imported data set
that covers such facts answers for itself; whether it can answer at all is part of the answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from comity.analysis.agreement_check import agreement, claim_of
from comity.analysis.alliance_check import alliance, promised
from comity.analysis.answer import Answer, Lack, Outcome
from comity.analysis.figure_check import figure
from comity.analysis.observation_cache import ObservationCache
from comity.analysis.visit_check import journey_of, visit
from comity.errors import InputError
from comity.knowledge.states import continuing, rows
from comity.ledger.fact import Fact
from comity.ledger.ledger import Ledger
from comity.records.observation import DataSource, Observation

Asked = Literal["corroborated", "contradicted", "not found", "not verifiable"]
"""Outcomes as named in queries."""
ASKED: dict[str, Outcome] = {
    "corroborated": "corroborated",
    "contradicted": "contradicted",
    "not found": "not found",
    "not verifiable": "not verifiable with this source",
}
"""The outcomes that can be requested, with the outcome of a finding that each names."""

_MOST_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one data set says about a fact: `why` in words, `rows` the supporting observations.

    `lack` is what is lacking if it cannot answer. `silent` marks a data set that need not contain the fact: a list of
    a part only, in which this fact is not.
    """

    fact: str
    source: str
    name: str
    coverage: str
    outcome: Outcome
    why: str
    rows: tuple[str, ...] = ()
    lack: Lack | None = None
    silent: bool = False

    @property
    def text(self) -> str:
        """The finding in one line."""
        if self.outcome == "not found":
            return f"not found in {self.name} ({self.coverage})" + (f"; {self.why}" if self.why else "")
        if self.outcome == "not verifiable with this source":
            return f"{self.outcome} ({self.name}): {self.why}"
        return f"{self.outcome} by {self.name}: {self.why}"


def corroborate(ledger: Ledger, facts: Sequence[Fact]) -> dict[str, tuple[Finding, ...]]:
    """The findings on each fact that a data set could cover, by the fact's id; empty without data sets."""
    sources = {s.key: s for s in ledger.sources()}
    if not sources:
        return {}
    observations = ObservationCache(ledger)
    out = {}
    for fact in facts:
        found = tuple(_finding(fact, s, answer) for s in sources.values() for answer in _answers(observations, fact, s))
        if found:
            out[fact.id] = found
    return out


def asked_outcomes(outcomes: Iterable[str]) -> frozenset[Outcome]:
    """The requested outcomes of findings. Raises `InputError` for any other word.

    >>> sorted(asked_outcomes(["not verifiable", "corroborated"]))
    ['corroborated', 'not verifiable with this source']
    """
    for word in outcomes:
        if word not in ASKED:
            raise InputError(f"{word!r} is no outcome; ask for one of: {', '.join(ASKED)}")
    return frozenset(ASKED[w] for w in outcomes)


def _finding(fact: Fact, source: DataSource, answer: Answer) -> Finding:
    outcome, why, lack = answer.outcome, answer.why, answer.lack
    scope = scopes().get(source.kind)
    silent = scope is not None and outcome in {"not found", "not verifiable with this source"}
    if outcome == "not found" and scope:
        # absence from a partial list says nothing about an agreement
        outcome, lack = "not verifiable with this source", "a list of some only"
        why = f"it holds {scope}, none of which fits"
    return Finding(
        fact=fact.id,
        source=source.key,
        name=source.name,
        coverage=source.coverage,
        outcome=outcome,
        why=why,
        rows=answer.rows[:_MOST_ROWS],
        lack=lack,
        silent=silent,
    )


@cache
def scopes() -> dict[str, str]:
    """The scope of a data set, by its kind; a comprehensive one has none.

    >>> scopes()["desta"], "wti" in scopes()
    ('trade agreements', False)
    """
    return {r["kind"]: r["scope"] for r in rows("data_sets.csv") if r["scope"]}


def _answers(observations: ObservationCache, fact: Fact, source: DataSource) -> Iterable[Answer]:
    roles = observations.roles[source.key]
    kinds = {kind for kind, _ in roles}
    if fact.kind == "agreement":
        claim = claim_of(fact)
        if "agreement" in kinds:
            rows = observations.of_source(claim.bound, ("agreement",), source.key) if claim.parties else []
            yield agreement(
                claim,
                rows,
                source,
                scopes().get(source.kind),
                lambda: _absent(observations, claim.bound, source, "agreement"),
            )
        if ("tie", "alliance") in roles and (words := promised(fact, claim)):
            ties = observations.of_source(claim.bound, ("tie",), source.key) if claim.parties else []
            yield alliance(claim, words, ties, source, _absent(observations, claim.bound, source, "tie"))
    elif fact.kind == "visit" and "visit" in kinds:
        journey = journey_of(fact)
        yield visit(journey, _journeys(observations, journey.homes, source), source)
    elif fact.kind == "figure" and (answer := figure(observations, fact, source)) is not None:
        yield answer


def _absent(observations: ObservationCache, states: Iterable[str], source: DataSource, kind: str) -> str | None:
    """Why nothing can be found about a state: the imported rows contain nothing on it."""
    for state in sorted(states):
        if not observations.speaks(state, kind, source.key):
            return f"the rows that were imported hold nothing on {state}"
    return None


def _journeys(observations: ObservationCache, states: Iterable[str], source: DataSource) -> list[Observation]:
    """The journeys of visitors of some states in a data set."""
    return [
        o
        for state in sorted(states)
        for o in observations.of_source([state], ("visit",), source.key)
        if o.a is not None and continuing(o.a) == state
    ]


def by_outcome(found: Mapping[str, tuple[Finding, ...]]) -> dict[str, int]:
    """The number of findings of each outcome."""
    out: dict[str, int] = {}
    for findings in found.values():
        for f in findings:
            out[f.outcome] = out.get(f.outcome, 0) + 1
    return dict(sorted(out.items()))
