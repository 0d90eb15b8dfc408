"""Corroboration: what reports say beside what data sets hold.

An agreement is looked for among treaties of the same parties and time, a visit among journeys, a figure among figures
of the same year, an alliance among alliance obligations. Each data set that was imported and speaks of such things
answers for itself; whether it can answer at all is part of the answer.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from comity.analysis.figure_check import Answer, figure
from comity.analysis.shelf import Shelf
from comity.analysis.spells import alliances
from comity.knowledge.common_words import title_words
from comity.knowledge.states import continuing, rows, states
from comity.ledger.agreement import treaties
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN, Interval, interval
from comity.ledger.ledger import Ledger
from comity.ledger.values import told
from comity.records.observation import DataSource, Observation

Outcome = Literal["corroborated", "not found", "contradicted", "not verifiable with this source"]

_STEM = 5
_MOST_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one data set says of a fact: `why` in words, `rows` the observations that it rests on.

    `silent` marks what could not be expected to speak: a list of some things only, in which this one is not.
    """

    fact: str
    source: str
    name: str
    coverage: str
    outcome: Outcome
    why: str
    rows: tuple[str, ...] = ()
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
    """The findings on each fact that a data set could speak of, by the fact's id; empty without data sets."""
    sources = {s.key: s for s in ledger.sources()}
    if not sources:
        return {}
    shelf = Shelf(ledger)
    out = {}
    for fact in facts:
        found = tuple(_finding(fact, s, answer) for s in sources.values() for answer in _answers(shelf, fact, s))
        if found:
            out[fact.id] = found
    return out


def _finding(fact: Fact, source: DataSource, answer: Answer) -> Finding:
    outcome, why = answer.outcome, answer.why
    scope = scopes().get(source.kind)
    if outcome == "not found" and scope:
        # the silence of a list of some agreements says nothing of the others
        outcome, why = "not verifiable with this source", f"it holds {scope}, none of which fits"
    return Finding(
        fact=fact.id,
        source=source.key,
        name=source.name,
        coverage=source.coverage,
        outcome=outcome,
        why=why,
        rows=answer.rows[:_MOST_ROWS],
        silent=scope is not None and outcome == "not verifiable with this source",
    )


@cache
def scopes() -> dict[str, str]:
    """What a data set is confined to, by its kind; those that hold all of their sort have none.

    >>> scopes()["desta"], "wti" in scopes()
    ('trade agreements', False)
    """
    return {r["kind"]: r["scope"] for r in rows("data_sets.csv") if r["scope"]}


def _answers(shelf: Shelf, fact: Fact, source: DataSource) -> Iterable[Answer]:
    roles = shelf.roles[source.key]
    kinds = {kind for kind, _ in roles}
    if fact.kind == "agreement":
        if "agreement" in kinds:
            yield _agreement(shelf, fact, source)
        if ("tie", "alliance") in roles and _is_pact(fact):
            yield _alliance(shelf, fact, source)
    elif fact.kind == "visit" and "visit" in kinds:
        yield _visit(shelf, fact, source)
    elif fact.kind == "figure" and (answer := figure(shelf, fact, source)) is not None:
        yield answer


def _unable(why: str) -> Answer:
    return Answer("not verifiable with this source", why)


def _outside(when: Interval, source: DataSource) -> str | None:
    """Why a time cannot be looked up: it is not told, or lies outside of what the data set covers."""
    if when == OPEN or (when.first is None and when.last is None):
        return "the reports tell no day to look up"
    covers = Interval(source.first, source.last)
    if not when.meets(covers):
        return f"{when} lies outside of what it {source.coverage}"
    return None


def _absent(shelf: Shelf, states: Iterable[str], source: DataSource, kind: str) -> str | None:
    """Why nothing can be found of a state: the rows that were imported hold nothing on it."""
    for state in states:
        if not shelf.speaks(state, kind, source.key):
            return f"the rows that were imported hold nothing on {state}"
    return None


def _agreement(shelf: Shelf, fact: Fact, source: DataSource) -> Answer:
    if not fact.block:
        return _unable("the reports name no parties")
    signed, planned = _signature(fact)
    if why := _outside(signed, source):
        return _unable(why)
    if why := _absent(shelf, fact.block.split(), source, "agreement"):
        return _unable(why)
    held = shelf.held(fact.block, ("agreement",), source.key)
    words = _words(_title(fact), fact.block)
    near = [o for o in held if o.first is not None and _meets(signed, o)]
    matched = [o for o in near if _share(words, o, fact.block) > 0]
    if not matched and len(near) == 1 and not words:
        matched = near
    if matched:
        best = max(matched, key=lambda o: (_share(words, o, fact.block), o.row))
        return Answer("corroborated", f"{_shown(best)}, {best.first}", tuple(o.id for o in matched))
    # the same title of the same parties within a year, but another day
    close = [
        o
        for o in held
        if o.first is not None and signed.days == 1 and signed.first is not None
        and abs((o.first - signed.first).days) <= 366 and _share(words, o, fact.block) >= 0.6
    ]  # fmt: skip
    if close and not planned:
        best = max(close, key=lambda o: (_share(words, o, fact.block), o.row))
        return Answer("contradicted", f"{_shown(best)} is dated {best.first}, the reports tell {signed}", (best.id,))
    return Answer("not found", "the reports tell of it as planned" if planned else "")


def _signature(fact: Fact) -> tuple[Interval, bool]:
    """When it was signed, or is to be; and whether it is only planned."""
    treaty = treaties([fact], {})[fact.id]
    signed = next((a for a in treaty.acts if a.kind == "signed" and a.date), None)
    if signed is not None:
        return interval(signed.date), False
    planned = all(a.kind in {"announced", "negotiated", "initialled"} for a in treaty.acts)
    dates = (s.record["date"] for s in fact.statements if s.record["stage"] in _BEFORE)
    return next((interval(d) for d in dates if d), OPEN), planned


_BEFORE = frozenset({"proposed", "planned", "negotiated", "initialled", "agreed", "signed"})
"""Stages whose date is that of a signature, made or meant; a renewal or an entry into force has another."""


def _title(fact: Fact) -> str:
    values = told(fact, "title", {})
    return str(values[0].value) if values else ""


_WORD = re.compile(r"[^\W\d_]+")


def _words(title: str, block: str) -> frozenset[str]:
    """The stems of the words that tell one agreement of two states from another."""
    drop = title_words() | _names(block)
    return frozenset(w[:_STEM] for w in _WORD.findall(title.casefold()) if len(w) > 3 and w not in drop)


@lru_cache(maxsize=4096)
def _names(block: str) -> frozenset[str]:
    codes = set(block.split())
    out: set[str] = set()
    for s in states().values():
        if continuing(s.code) in codes:
            for name in (s.name, *s.alternatives, *s.adjectives):
                out.update(_WORD.findall(name.casefold()))
    return frozenset(out)


def _share(words: frozenset[str], o: Observation, block: str) -> float:
    """Which part of the shorter title's words the two have in common."""
    theirs = _words(str(o.record.get("title") or ""), block)
    return len(words & theirs) / min(len(words), len(theirs)) if words and theirs else 0.0


def _meets(when: Interval, o: Observation) -> bool:
    signed = o.record.get("signed")
    days = interval(signed) if isinstance(signed, str) and signed else Interval(o.first, o.first)
    return when.meets(days)


def _shown(o: Observation) -> str:
    title = " ".join(str(o.record.get("title") or o.measure).split())
    return title if len(title) <= 100 else title[:99] + "…"


def _is_pact(fact: Fact) -> bool:
    kinds = {v.value for v in told(fact, "type", {})}
    low = _title(fact).lower()
    return "alliance" in kinds or any(r["word"] in low for r in rows("pact_words.csv"))


def _alliance(shelf: Shelf, fact: Fact, source: DataSource) -> Answer:
    if not fact.block:
        return _unable("the reports name no parties")
    signed, planned = _signature(fact)
    if why := _outside(signed, source):
        return _unable(why)
    if why := _absent(shelf, fact.block.split(), source, "tie"):
        return _unable(why)
    runs = alliances(shelf.held(fact.block, ("tie",), source.key))
    begun = [s for s in runs if signed.meets(Interval(date(s.first.year, 1, 1), date(s.first.year, 12, 31)))]
    if begun:
        rows = tuple(r for s in begun for r in s.rows[:1])
        return Answer("corroborated", "; ".join(s.text for s in begun), rows)
    held = [s for s in runs if signed.meets(Interval(s.first, s.last))]
    if held:
        why = "; ".join(s.text for s in held)
        return Answer("not found", f"no obligation begins then; in force: {why}", tuple(s.rows[0] for s in held))
    return Answer("not found", "the reports tell of it as planned" if planned else "")


def _visit(shelf: Shelf, fact: Fact, source: DataSource) -> Answer:
    who = {v["state"] for s in fact.statements for v in s.record["visitors"] if v.get("state")}
    hosts = {s.record["host"] for s in fact.statements if s.record["host"]}
    if not who or not hosts:
        return _unable("the reports do not tell who went where")
    if why := _outside(fact.when, source):
        return _unable(why)
    held = [
        o
        for state in sorted(who)
        for o in shelf.held(continuing(state), ("visit",), source.key)
        if o.a is not None and continuing(o.a) == continuing(state)
    ]
    if not held:
        return _unable(f"the rows that were imported hold no journeys of {', '.join(sorted(who))}")
    there = [o for o in held if o.b is not None and continuing(o.b) in {continuing(h) for h in hosts}]
    met = [o for o in there if fact.when.meets(Interval(o.first, o.last))]
    levels = {v.value for v in told(fact, "level", {})}
    same = [o for o in met if not levels or o.measure in levels or "other" in (o.measure, *levels)]
    if same:
        shown = f"{same[0].record.get('visitor') or same[0].measure}, {same[0].first}"
        return Answer("corroborated", shown, tuple(o.id for o in same))
    if met:
        # the same journey by the same names: two journeys of persons of other ranks are no contradiction
        names = _visitors(fact)
        named = [o for o in met if _surname(o) in names]
        if named:
            why = f"{named[0].record.get('visitor')} went as {named[0].measure}, the reports tell {', '.join(levels)}"
            return Answer("contradicted", why, tuple(o.id for o in named))
    return Answer("not found", "")


def _visitors(fact: Fact) -> frozenset[str]:
    names = (v.get("name") or v.get("text") or "" for s in fact.statements for v in s.record["visitors"])
    return frozenset(n.split()[-1].casefold() for n in names if n.split())


def _surname(o: Observation) -> str:
    words = str(o.record.get("visitor") or "").split()
    return words[-1].casefold() if words else ""


def by_outcome(found: Mapping[str, tuple[Finding, ...]]) -> dict[str, int]:
    """How many findings there are of each outcome."""
    out: dict[str, int] = {}
    for findings in found.values():
        for f in findings:
            out[f.outcome] = out.get(f.outcome, 0) + 1
    return dict(sorted(out.items()))
