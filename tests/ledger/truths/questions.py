"""Questions that several truths ask of a ledger."""

from comity.analysis.open_ledger import OpenLedger
from comity.analysis.page import Dossier
from comity.ledger.fact import Fact
from comity.ledger.statement import Statement


def only(led: OpenLedger, *states: str, kind: str = "event", **more: object) -> Fact:
    """The one fact of a kind about some states."""
    (fact,) = led.facts(*states, kinds=(kind,), **more)
    return fact


def statement(led: OpenLedger) -> Statement:
    """The only statement on an agreement that a ledger holds."""
    (one,) = only(led, kind="agreement").statements
    return one


def correct(led: OpenLedger, fact: Fact, day: str = "2020-01-01", **changes: str) -> None:
    led.judge(fact.id, "correct", changes, signed="A. Reader", dated=day)


def count(led: OpenLedger, a: str, b: str, measure: str = "events", **more: object) -> dict[str, float]:
    """The counts of two states by year."""
    rows = led.series(a, b, measures=measure, **({"since": "2018", "until": "2021"} | more))
    return {m.time: m.value for m in rows if m.measure == measure and m.availability in {"value", "zero"}}


def lines(made: Dossier, heading: str) -> list[str]:
    """The lines of a dossier under a heading; none where it has no such heading."""
    return [x.text for s in made.sections if s.heading == heading for x in s.lines]


def line_under(made: Dossier, key: str) -> tuple[str, str]:
    """The heading and text of the first line about a fact."""
    return next((s.heading, x.text) for s in made.sections for x in s.lines if x.fact == key)
