"""Kinds of instruments between states, by the words that name them."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Strength = Literal["strong", "weak", "named"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A word for an instrument and the contract's type of it.

    `strength`: a `strong` word names an instrument wherever it stands; a `weak` one ("deal", "declaration") only
    with an act of treaty-making or in a title; a `named` one ("Pledge", "Amendment") only in a capitalised title.
    """

    word: str
    type: str
    strength: Strength


@cache
def kinds() -> dict[str, Kind]:
    """Every kind word of the table, singular and plural, in lower case.

    >>> kinds()["treaties"].type, kinds()["memorandum of understanding"].type
    ('treaty', 'memorandum')
    """
    table = files("comity.knowledge") / "tables" / "instruments.csv"
    out: dict[str, Kind] = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        kind = Kind(row["word"], row["type"], _strength(row["strength"]))
        for word in (kind.word, plural(kind.word)):
            out.setdefault(word, kind)
    return out


def _strength(word: str) -> Strength:
    if word == "strong":
        return "strong"
    return "weak" if word == "weak" else "named"


def plural(word: str) -> str:
    """The plural of a kind word; the head of "memorandum of understanding" stands first.

    >>> plural("treaty"), plural("exchange of notes"), plural("joint communiqué")
    ('treaties', 'exchanges of notes', 'joint communiqués')
    """
    head, mid, rest = word.partition(" of ")
    if not mid and " " in word:
        lead, _, head = word.rpartition(" ")
        return f"{lead} {plural(head)}"
    if head.endswith("y") and head[-2] not in "aeiou":
        head = head[:-1] + "ies"
    elif not head.endswith("s") and head != "memoranda":
        head += "s"
    return head + mid + rest


@cache
def noun_pattern() -> str:
    """A regular expression (without flags) for any kind word, longest first."""
    words = sorted(kinds(), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words) + ")"


def kind_of(words: str) -> Kind | None:
    """The kind that a word or phrase names, or null."""
    return kinds().get(" ".join(words.lower().split()))
