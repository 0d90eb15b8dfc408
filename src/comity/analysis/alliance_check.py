"""A reported pact compared with the obligations in alliance data: they match only if these begin that year."""

from collections.abc import Iterable
from datetime import date

from comity.analysis.agreement_check import Claim
from comity.analysis.answer import Answer, unable
from comity.analysis.spells import WORDS, Spell, alliances
from comity.knowledge.states import rows
from comity.ledger.fact import Fact
from comity.ledger.interval import Interval
from comity.ledger.values import values_of
from comity.records.observation import DataSource, Observation

_YEAR = 366


def promised(fact: Fact, claim: Claim) -> frozenset[str]:
    """The obligations named by the words of a pact's title, or by its type; none if it is no pact."""
    low = " ".join(t.text for t in claim.titles).casefold()
    found = {o for r in rows("en/pact_words.csv") if r["word"] in low for o in r["obligations"].split()}
    if any(v.value == "alliance" for v in values_of(fact, "type", {})):
        found |= set(WORDS)
    return frozenset(found)


def alliance(
    claim: Claim, words: frozenset[str], ties: Iterable[Observation], source: DataSource, absent: str | None
) -> Answer:
    """What alliance data say about a pact with some obligations; `ties` are those of all its parties."""
    if not claim.parties:
        return unable("no parties", "the reports name none")
    if claim.signed.days is None or claim.signed.days > _YEAR:
        return unable("no day", "the reports state no year in which an obligation could begin")
    if not claim.signed.meets(Interval(source.first, source.last)):
        return unable("outside its years", f"{claim.signed} lies outside of what it {source.coverage}")
    if absent:
        return unable("nothing on a state", absent)
    shown = {WORDS[w] for w in words}
    runs = [s for s in alliances(o for o in ties if set(o.states) == claim.bound) if s.what in shown]
    begun = [s for s in runs if claim.signed.meets(_first_year(s))]
    if begun:
        what = "; ".join(s.text for s in begun)
        parties = " ".join(sorted(claim.bound))
        why = f"{what} (obligations that its title speaks of; parties {parties}; begins in the year reported)"
        return Answer("corroborated", why, tuple(r for s in begun for r in s.rows[:1]))
    running = [s for s in runs if claim.signed.meets(Interval(s.first, s.last))]
    if running:
        why = "; ".join(s.text for s in running)
        return Answer("not found", f"no obligation begins then; in force: {why}", tuple(s.rows[0] for s in running))
    return Answer("not found", "the reports speak of it as planned" if claim.planned else "")


def _first_year(spell: Spell) -> Interval:
    return Interval(date(spell.first.year, 1, 1), date(spell.first.year, 12, 31))
