"""Contexts: what the words around an instrument say of it, by the rows of `instrument_contexts.csv`.

A row's pattern reads the sentence with the phrase for the instrument in ‹ ›; `¤` stands for that phrase and `{of}` for
what may follow it ("between A and B"). It yields a stage, `none` where the words tell no stage ("the anniversary of"),
or `nothing` where they are of no instrument between states at all ("without an agreement").
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from comity.coding.instruments import Instrument
from comity.language.tree import Sentence

NONE = "none"
NOTHING = "nothing"
_UNTOLD = frozenset({NONE, NOTHING, "planned", "negotiated", "signed"})
_UNSURE = re.compile(r"\b(?:will|would|may|might|could|should|shall|can|must)\b|\bif\b")
"""What keeps words that tell a done act from telling one."""
_PHRASE = "‹[^›]*›"
_PARTNERS = r"(?:\s+(?:between|of|with|and|on|for)\s[^.;,‹›]{1,90}?)?"


@dataclass(frozen=True, slots=True)
class Context:
    """A row that holds: its name, what it yields, and the tokens (`last` exclusive) that its words cover."""

    name: str
    yields: str
    first: int
    last: int
    token: int

    @property
    def dated(self) -> bool:
        """Whether a date beside the words is that of the act that they tell."""
        return self.yields not in _UNTOLD

    def covers(self, token: int) -> bool:
        """Whether a token is among its words."""
        return self.first <= token < self.last


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    pattern: re.Pattern[str]
    yields: str


@cache
def _rows() -> tuple[_Row, ...]:
    table = files("comity.knowledge") / "tables" / "instrument_contexts.csv"
    return tuple(
        _Row(
            row["name"],
            re.compile(row["pattern"].replace("{of}", _PARTNERS).replace("¤", _PHRASE), re.MULTILINE),
            row["yields"],
        )
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    )


def context_of(sentence: Sentence, instrument: Instrument) -> Context | None:
    """The first row that holds for an instrument as its sentence names it, or null.

    `token` is the word by which the row tells its stage: the last one outside the phrase.
    """
    begin = sentence.tokens[instrument.first].start - sentence.start
    end = instrument.end - sentence.start
    text = f"{sentence.text[:begin]}‹{sentence.text[begin:end]}›{sentence.text[end:]}"
    for row in _rows():
        found = next((m for m in row.pattern.finditer(_lower_first(text)) if m.start() <= begin < m.end()), None)
        if found is None or (row.yields not in _UNTOLD and _UNSURE.search(found.group())):
            continue
        covered = [
            t.index
            for t in sentence.tokens
            if sentence.start + found.start() <= t.start and t.end <= sentence.start + max(end, found.end() - 2)
        ]
        outside = [i for i in covered if not instrument.first <= i < instrument.last]
        return Context(
            row.name, row.yields, min(covered, default=instrument.head), max(covered, default=instrument.head) + 1,
            outside[-1] if outside else instrument.head,
        )  # fmt: skip
    return None


def _lower_first(text: str) -> str:
    """A sentence whose first word is written as within it: "Once", "Talks", "When"."""
    return text[:1].lower() + text[1:]
