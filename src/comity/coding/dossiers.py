"""Dossiers: all that an article reports of one instrument, however it calls it.

Which mentions are of one instrument is decided by sieves, one mention after another, the latest dossier first: the rows
of `en/agreement_decisions.csv` under "one instrument", of which the first that holds joins the two or keeps them apart.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from comity.coding import parties
from comity.coding.clauses import Condition, Term
from comity.coding.constructions import Construction, Fact, decide
from comity.coding.instrument_mentions import (
    FACTS,
    FUTURE,
    InstrumentMention,
    answer,
    named_day,
    points_back,
    when,
)
from comity.coding.instruments import Instrument
from comity.knowledge.names import find_names

Values = bool | Collection[str]
_GENERIC = frozenset({"agreement", "other"})
_AMENDMENT = "amendment"
_LATTER = "latter"
_NEAR = 2
"""So many sentences before "it" the instrument may be named that it stands for."""
_LEAD = 2
"""So many sentences after the headline are its own story once more."""
_PAIR = 2
_QUOTES = frozenset({'"', "“", "''", "``", "‘"})
_STEM = 5
"""Words are alike that begin with so many letters alike."""


@dataclass(slots=True)
class Dossier:
    """All mentions of one instrument, its terms, what it is built on and what is built on it."""

    mentions: list[InstrumentMention]
    terms: list[Term] = field(default_factory=list)
    predecessors: list[tuple["Dossier", str]] = field(default_factory=list)
    condition: Condition | None = None
    goes_on: bool = False
    later: "Dossier | None" = None

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties of the mention that names most; only where none names two, the states around one."""
        most = max((m.parties for m in self.mentions), key=len)
        wide = (m.around for m in self.mentions if len(m.around) >= _PAIR and set(most) <= set(m.around))
        return most if len(most) >= _PAIR else next(wide, most)

    @property
    def instruments(self) -> list[Instrument]:
        """What its mentions call it."""
        return [m.instrument for m in self.mentions]

    @property
    def stages(self) -> set[str]:
        """The stages that its mentions support."""
        return {m.stage for m in self.mentions if m.stage}

    @property
    def matter(self) -> set[str]:
        """The words that set it apart from other instruments of its parties."""
        return {w for i in self.instruments for w in matter(i)}

    @property
    def year(self) -> str | None:
        """The year in its name: "the 1993 treaty"."""
        return next((i.year for i in self.instruments if i.year), None)

    @property
    def type(self) -> str:
        """The most specific type that a mention gives it."""
        types = [i.kind.type for i in self.instruments]
        return next((t for t in types if t not in _GENERIC), next((t for t in types if t != "other"), "other"))

    @property
    def headline(self) -> bool:
        """Whether only the headline has spoken of it."""
        return all(m.sentence.part == "title" or m.sentence.index == 0 for m in self.mentions)

    @property
    def private(self) -> bool:
        """Whether firms or armed groups make it, as its first mention says."""
        return self.mentions[0].private

    @property
    def plural(self) -> bool:
        """Whether several instruments are spoken of together."""
        return self.instruments[0].plural

    @property
    def named_days(self) -> list[tuple[InstrumentMention, str]]:
        """The days by which mentions name it."""
        return [(m, day) for m in self.mentions if (day := named_day(m))]


@dataclass(frozen=True, slots=True)
class Pair:
    """A mention and a dossier to which it may belong."""

    mention: InstrumentMention
    dossier: Dossier


def _of(fact: Callable[[InstrumentMention], Values]) -> Callable[[Pair], Values]:
    return lambda pair: fact(pair.mention)


def _dated(mention: InstrumentMention, year: str | None) -> bool:
    return bool(year) and (when(mention)[0] or "").startswith(year or "")


def _amends(mention: InstrumentMention) -> bool:
    return mention.instrument.kind.word == _AMENDMENT


def _stems(pair: Pair) -> tuple[set[str], set[str]]:
    """The stems of what sets the mention, and the dossier, apart from others."""
    return {w[:_STEM] for w in matter(pair.mention.instrument)}, {w[:_STEM] for w in pair.dossier.matter}


def _one_title(pair: Pair) -> bool:
    """Whether a name says no more, or no less, than a name of the dossier: "Lima Treaty", "Treaty of Lima on Fish"."""
    it = pair.mention.instrument
    full = [i for i in pair.dossier.instruments if i.named and matter(i)]
    alike = (matter(it) <= matter(i) or matter(i) <= matter(it) for i in full if i.kind.type == it.kind.type)
    return not full or not matter(it) or any(alike)


def _story_of_headline(pair: Pair) -> bool:
    """Whether the lead reports once more what the headline does; not where one sentence names two of other matter."""
    near, last = pair.mention.sentence.index <= _LEAD, pair.dossier.mentions[-1]
    two = last.sentence is pair.mention.sentence and matter(pair.mention.instrument) and pair.dossier.matter
    return near and pair.dossier.headline and not two


def _short_name(pair: Pair) -> bool:
    """Whether a mention only gives another its short name: "the Pact of May 12 (the “Lima Pact”)"."""
    last, it, tokens = pair.dossier.mentions[-1], pair.mention.instrument, pair.mention.sentence.tokens
    before = [t.text for t in tokens[max(0, it.first - 3) : it.first] if t.text != "the"]
    given = before[-2:-1] == ["("] and before[-1] in _QUOTES
    return given and last.sentence is pair.mention.sentence and last.instrument.kind.word == it.kind.word


def _bare(mention: InstrumentMention) -> InstrumentMention:
    """A mention that gives its instrument a name, and says no more of it."""
    return replace(mention, act=None, parties=(), named=(), around=(), private=False, strange=False)


def _other_kind(pair: Pair) -> bool:
    kind, theirs = pair.mention.instrument.kind.type, pair.dossier.type
    return kind not in _GENERIC and kind != theirs and not (theirs in _GENERIC and pair.dossier.headline)


def _other_parties(pair: Pair) -> bool:
    """Whether fewer than two parties are common, where both have two; who discusses "the pact" need not be of them."""
    mention, theirs = pair.mention, set(pair.dossier.parties)
    own = set(mention.named if points_back(mention) else mention.parties)
    return len(own & theirs) < min(_PAIR, len(own), len(theirs))


def matter(it: Instrument) -> frozenset[str]:
    """What the name of an instrument says beyond its parties: "Agreement with Jordan" says nothing."""
    return _without_parties(it.title, it.content)


@cache
def _without_parties(title: str, content: frozenset[str]) -> frozenset[str]:
    named = " ".join(h.text for h in find_names(title) if h.kind in {"state", "adjective", "organisation"}).lower()
    return content.difference(re.split(r"[\s-]+", named))


RECORD_FACTS: Mapping[str, Callable[[InstrumentMention], Values]] = {
    **FACTS,
    "named by its day": lambda m: named_day(m) is not None,
}
"""What a rule may ask of a mention that may be enough for a record."""
SIEVE_FACTS: Mapping[str, Callable[[Pair], Values]] = {
    **{name: _of(fact) for name, fact in FACTS.items()},
    "ahead": lambda p: bool(p.dossier.stages) and p.dossier.stages <= FUTURE,
    "dated that year": lambda p: any(_dated(m, p.mention.instrument.year) for m in p.dossier.mentions),
    "matter": lambda p: bool(matter(p.mention.instrument)),
    "one title": _one_title,
    "other kind": _other_kind,
    "other number": lambda p: p.dossier.plural != p.mention.instrument.plural,
    "other parties": _other_parties,
    "other role": lambda p: _amends(p.dossier.mentions[0]) != _amends(p.mention),
    "other time": lambda p: {s in FUTURE for s in p.dossier.stages} == {p.mention.stage not in FUTURE},
    "same stage": lambda p: p.mention.stage in p.dossier.stages,
    "same year": lambda p: p.mention.instrument.year == p.dossier.year,
    "short name": _short_name,
    "similar": lambda p: len(_stems(p)[0] & _stems(p)[1]) * 2 >= min(map(len, _stems(p))) > 0,
    "story of the headline": _story_of_headline,
    "that one built on": lambda p: p.dossier.later is not None,
    "that one named": lambda p: any(i.named for i in p.dossier.instruments),
    "that one with matter": lambda p: bool(p.dossier.matter),
    "that one with year": lambda p: p.dossier.year is not None,
}
"""What a sieve may ask of a mention and a dossier; names without "that one" are of the mention or of both."""


@dataclass(slots=True)
class Gathering:
    """The dossiers of an article in the order of their first mentions, with every rule that decided on a mention."""

    dossiers: list[Dossier] = field(default_factory=list)
    applied: list[Construction[Fact]] = field(default_factory=list)

    def file(self, mention: InstrumentMention) -> Dossier | None:
        """The dossier that a mention repeats or points back to, or a new one; null where it is neither."""
        # "under the deal Argentina will …": the deal of Argentina before the last one
        acting = set(parties.codes(parties.acting(mention.article, mention.sentence)))
        aimed, latest = points_back(mention) and bool(acting), self.dossiers[::-1]
        for dossier in sorted(latest, key=lambda d: not (aimed and acting <= set(d.parties))):
            rule = decide("one instrument", SIEVE_FACTS, Pair(mention, dossier))
            self.applied += [rule] if rule else []
            if rule is not None and rule.yields != "apart":
                dossier.mentions.append(mention if rule.yields == "join" else _bare(mention))
                return dossier
        return self._found(mention)

    def _found(self, mention: InstrumentMention) -> Dossier | None:
        """A new dossier where a mention is enough for a record."""
        rule = decide("a record of its own", RECORD_FACTS, mention)
        self.applied += [rule] if rule else []
        return None if rule is not None and rule.yields == "no" else self.open(mention)

    def stood_for(self, mention: InstrumentMention, besides: Dossier | None = None) -> Dossier | None:
        """What "it" and "the latter" stand for: the first, or the last, that the nearest sentence before names."""
        spot = (mention.sentence.index, mention.instrument.first)
        spots = [((m.sentence.index, m.instrument.first), d) for d in self.dossiers for m in d.mentions]
        before = sorted((s for s in spots if s[0] < spot and s[1] is not besides), key=lambda s: s[0])
        named = [d for at, d in before if before[-1][0][0] == at[0] >= spot[0] - _NEAR]
        if mention.instrument.kind.word == _LATTER:
            return named[-1] if named else None
        # "Building on the 1993 treaty, the accord covers rail. It was signed …"
        return next((d for d in named if d.later is None), next(iter(named), None))

    def open(self, mention: InstrumentMention) -> Dossier:
        """A new dossier of a mention."""
        self.dossiers.append(Dossier([mention]))
        return self.dossiers[-1]


def counts(mention: InstrumentMention) -> bool:
    """Whether a paper that is an instrument only by its act is one here: "issued a statement", "signed a loan"."""
    return answer("an instrument", mention) != "no"
