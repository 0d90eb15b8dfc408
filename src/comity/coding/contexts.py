"""Contexts: what the words around an instrument say of it, by the rows of `en/instrument_contexts.csv`.

A row's pattern reads the sentence with the phrase for the instrument in ‹ ›; `¤` stands for that phrase and `{of}` for
what may follow it ("between A and B"). It yields a stage, `none` where the words give no stage ("the anniversary of"),
or `nothing` where they are of no instrument between states at all ("without an agreement").
"""

import re
from dataclasses import dataclass
from functools import cache

from comity.coding.instruments import Instrument
from comity.knowledge.agreement_words import pattern
from comity.knowledge.states import rows
from comity.language.tree import Sentence

NONE = "none"
NOTHING = "nothing"
_NOT_DATED = frozenset({NONE, NOTHING, "planned", "negotiated", "signed"})
_PHRASE = "‹[^›]*›"
_PARTNERS = r"(?:\s+(?:between|of|with|and|on|for)\s[^.;,‹›]{1,90}?)?"


@dataclass(frozen=True, slots=True)
class Context:
    """A row that holds: its name, what it yields, the tokens that its words cover, and the one that says so."""

    name: str
    yields: str
    words: frozenset[int]
    token: int

    @property
    def dated(self) -> bool:
        """Whether a date beside the words is that of the act that they report."""
        return self.yields not in _NOT_DATED

    def covers(self, token: int) -> bool:
        """Whether a token is among its words."""
        return token in self.words


@cache
def _rows() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    found = rows("en/instrument_contexts.csv")
    filled = [r["pattern"].replace("{of}", _PARTNERS).replace("¤", _PHRASE) for r in found]
    return tuple((r["name"], re.compile(p, re.MULTILINE), r["yields"]) for r, p in zip(found, filled, strict=True))


def context_of(sentence: Sentence, instrument: Instrument) -> Context | None:
    """The first row that holds for an instrument as its sentence names it, or null.

    `token` is the word by which the row gives its stage: the last one outside the phrase. What may or will be is no
    act that is done.
    """
    begin = sentence.tokens[instrument.first].start - sentence.start
    end = instrument.end - sentence.start
    text = f"{sentence.text[:begin]}‹{sentence.text[begin:end]}›{sentence.text[end:]}"
    text = text[:1].lower() + text[1:]  # "Once", "Talks", "When" as within a sentence
    for name, row, yields in _rows():
        found = next((m for m in row.finditer(text) if m.start() <= begin < m.end()), None)
        if found is None or (yields not in _NOT_DATED and pattern("unsure").search(found.group())):
            continue
        span = range(sentence.start + found.start(), sentence.start + max(end, found.end() - 2) + 1)
        covered = [t.index for t in sentence.tokens if t.start in span and t.end in span] or [instrument.head]
        outside = [i for i in covered if not instrument.first <= i < instrument.last]
        return Context(name, yields, frozenset(covered), outside[-1] if outside else instrument.head)
    return None
