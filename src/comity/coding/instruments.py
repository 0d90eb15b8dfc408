"""Kinds of instruments between states, by the words that name them."""

# ruff: noqa: E501 - lists of words are read best in long lines

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from comity.coding.phrases import DEFINITE, capitalised, determiner_of, left_edge, title_case, title_edge, topic_edge
from comity.knowledge.names import find_names
from comity.language.tree import Sentence

Strength = Literal["strong", "weak", "named", "issued", "signed", "lone"]
_STRENGTHS: dict[str, Strength] = {
    "strong": "strong", "weak": "weak", "named": "named", "issued": "issued", "signed": "signed", "lone": "lone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A word for an instrument and the contract's type of it.

    `strength`: a `strong` word names an instrument wherever it stands; a `weak` one ("deal", "declaration") only
    with an act of treaty-making or in a title; a `named` one ("Pledge", "Amendment") only in a capitalised title; an
    `issued` or `signed` one ("statement", "loan") only where several issue it or it is signed; a `lone` one
    ("Minutes") only at the head of a title that stands alone, as in a treaty series.
    """

    word: str
    type: str
    strength: Strength


@cache
def kinds(*, lone: bool = False) -> dict[str, Kind]:
    """Every kind word of running text, singular and plural, in lower case; with `lone` those of lone titles too.

    >>> kinds()["treaties"].type, kinds()["memorandum of understanding"].type
    ('treaty', 'memorandum')
    """
    out: dict[str, Kind] = {}
    for row in _rows():
        if row["strength"] not in _STRENGTHS or (row["strength"] == "lone" and not lone):
            continue
        kind = Kind(row["word"], row["type"], _STRENGTHS[row["strength"]])
        for word in (kind.word, plural(kind.word)):
            out.setdefault(word, kind)
    return out


@cache
def first_words(*, lone: bool = False) -> frozenset[str]:
    """The words with which kinds begin, as `kinds` gives them.

    >>> "memorandum" in first_words()
    True
    """
    return frozenset(word.split(" ")[0] for word in kinds(lone=lone))


@cache
def private() -> frozenset[str]:
    """Modifiers that mark an instrument of business or of the law of one state: "a merger agreement".

    >>> "merger" in private(), "trade" in private()
    (True, False)
    """
    return frozenset(row["word"] for row in _rows() if row["strength"] == "private")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    table = files("comity.knowledge") / "tables" / "instruments.csv"
    return tuple(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


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


@dataclass(frozen=True, slots=True)
class Instrument:
    """A noun phrase for one or several instruments.

    `head` is the token of the kind word; `first` and `last` bound the whole phrase (`last` exclusive), `title` is its
    text without determiner. `named` where it is a capitalised title; `definite` for "the", "this", "its"; `year` where
    the phrase itself dates the instrument ("the 1993 treaty"); `count` is the number told, 1 for a singular and null
    for a plural without a number. `content` are the words that tell it from others of its kind.
    """

    sentence: int
    head: int
    first: int
    last: int
    start: int
    end: int
    title: str
    kind: Kind
    named: bool
    definite: bool
    determiner: str
    plural: bool
    year: str | None
    count: int | None
    content: frozenset[str]


_ACT_NOUNS = frozenset({"signing", "signature", "ratification", "renewal", "extension", "negotiation", "negotiations", "talks",
                        "text", "implementation", "accession", "deal", "agreement", "pact"})  # fmt: skip
_MONTHS = frozenset({"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                     "november", "december"})  # fmt: skip
_MANY = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
         "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20}  # fmt: skip
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "old")
_PLAIN = frozenset({"new", "major", "bilateral", "interstate", "mutual", "joint", "landmark", "historic", "final", "draft",
                    "proposed", "international", "formal", "permanent", "updated", "planned", "current", "existing",
                    "important", "comprehensive", "signed", "the", "of", "on", "and", "for", "to", "in", "trilateral", "multilateral",
                    "long-term", "indefinite", "old", "previous", "full", "tentative", "preliminary", "possible", "fair", "recent", "prior", "earlier", "similar", "present", "with", "between", "by", "at", "from", "a", "an",
                    "its", "their", "our", "original", "year", "years", "month", "months", *_UNITS, "immediate", "lasting"})  # fmt: skip
BODIES = frozenset({"council", "commission", "committee", "secretariat"})
"""Organs by which an instrument is carried out."""
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d$")


def find_instruments(sentence: Sentence) -> tuple[Instrument, ...]:
    """The noun phrases of a sentence that name instruments, in text order.

    Abstract uses ("in agreement", "any agreement"), instruments of business and words that only modify another noun
    ("treaty obligations") are left out. Whether a weak word is meant as an instrument is for the caller to judge by
    its act.
    """
    shouting = title_case(sentence)
    out: list[Instrument] = []
    i = 0
    while i < len(sentence.tokens):
        hit = _kind_at(sentence, i)
        if hit is None:
            i += 1
            continue
        last, kind = hit
        found = _instrument(sentence, i, last, kind, shouting=shouting)
        if found:
            if out and found.first <= out[-1].head:  # "a treaty protocol": the later head holds
                out.pop()
            out.append(found)
            i = max(last, found.last if found.named else last)
        else:
            i = last
    return tuple(out)


_LAW = re.compile(r"(?:the )?(?:[A-Z][\w.-]+ ){1,3}(?:Amendment|Act|Law|Bill)")


def is_law(title: str) -> bool:
    """Whether a title is that of a law of one state.

    >>> is_law("Hyde Amendment"), is_law("Amendment to the Montreal Protocol")
    (True, False)
    """
    return _LAW.fullmatch(title) is not None


def kind_at(words: Sequence[str], i: int, *, lone: bool = False) -> tuple[int, Kind] | None:
    """The longest kind that begins at a word, with the number of its words; `lone` for a title that stands alone.

    >>> kind_at(["a", "Memorandum", "of", "Understanding"], 1)[0]
    3
    """
    if i >= len(words) or words[i].lower() not in first_words(lone=lone):
        return None
    for n in range(min(5, len(words) - i), 0, -1):
        kind = kinds(lone=lone).get(" ".join(words[i : i + n]).lower())
        if kind:
            return n, kind
    return None


def _kind_at(sentence: Sentence, i: int) -> tuple[int, Kind] | None:
    if sentence.tokens[i].text.lower() not in first_words():
        return None
    found = kind_at([t.text for t in sentence.tokens[i : i + 5]], 0)
    if found is None or sentence.tokens[i + found[0] - 1].upos in {"VERB", "AUX", "ADV"}:
        return None
    return i + found[0], found[1]


def _instrument(sentence: Sentence, at: int, last: int, kind: Kind, *, shouting: bool) -> Instrument | None:
    tokens = sentence.tokens
    follower = tokens[last] if last < len(tokens) else None
    modifies = follower is not None and follower.upos in {"NOUN", "PROPN"} and tokens[last - 1].deprel == "compound"
    organ = follower is not None and follower.text.lower() in BODIES and tokens[at].text[:1].isupper()
    if modifies and follower and not (organ or follower.text.lower() in _ACT_NOUNS or kind_of(follower.text)):
        return None
    first = left_edge(tokens, at, loud=shouting)
    capital = (
        tokens[at].text[:1].isupper() and not shouting and (at > 0 or last - at > 1 or capitalised(tokens, last + 1))
    )
    before = [t.text for t in tokens[first:at]]
    if {w.lower() for w in before} & private():
        return None
    end = (last if organ else title_edge(tokens, last)) if capital else topic_edge(tokens, last)
    if end - last > 1 and end < len(tokens) and tokens[end].upos == "NUM" and tokens[end - 1].text.lower() in _MONTHS:
        end -= 2  # "the Agreement for Cooperation of July 3, 1958"
    if end - last > 2 and tokens[end - 1].upos == "NUM" and tokens[end - 2].text.lower() in _MONTHS:
        end -= 3  # "the treaty on friendship of January 20, 1993"
    named = capital and (end > last or organ or any(w[:1].isupper() for w in before if not _YEAR.match(w)))
    determiner = determiner_of(tokens, first)
    # a short name that the text has given: "an amendment (the “Amendment”) to the Agreement"
    short = capital and determiner == "the" and not before
    if kind.strength == "named" and not (named or (short and kind.word == "amendment")):
        return None
    plural_ = tokens[last - 1].text.lower() != kind.word.split()[-1] or tokens[at].xpos == "NNS"
    plural_ = plural_ and tokens[at].text.lower() not in {"memorandum", "exchange"}
    if determiner in {"any", "no", "every", "each"} or (kind.strength == "named" and shouting):
        return None
    if not plural_ and not determiner and not named and not before and not shouting:
        # "in agreement", "reach agreement": no instrument unless its matter is told
        if at and tokens[at - 1].lemma.lower() in {"in", "by", "of", "to"}:
            return None
        if end == last:
            return None
    year = next((w for w in before if _YEAR.match(w)), None)
    if (
        year is None
        and last + 1 < len(tokens)
        and tokens[last].text.lower() == "of"
        and _YEAR.match(tokens[last + 1].text)
    ):
        year, end = tokens[last + 1].text, max(end, last + 2)
    title_first = first
    while title_first < at and (
        _YEAR.match(tokens[title_first].text)
        or (tokens[title_first].text in {"new", "updated", *_MANY} and tokens[title_first + 1].text not in {"-", "–"})
    ):
        title_first += 1
    start, stop = tokens[title_first].start, tokens[end - 1].end
    if _is_body(sentence.clip(start, stop)):
        return None
    words = frozenset(t.text.lower() for t in tokens[title_first:end] if t.text[:1].isalpha()) - _PLAIN
    return Instrument(
        sentence.index, last - 1 if " of " not in kind.word else at, first, end, start, stop, sentence.clip(start, stop), kind,
        named, determiner in DEFINITE, determiner, plural_, year, _count(before, determiner, plural_),
        frozenset(w for w in words if w not in kinds() and kind_of(w) is None),
    )  # fmt: skip


@cache
def _is_body(title: str) -> bool:
    """Whether a phrase is the name of an organisation: "Warsaw Pact", "General Agreement on Tariffs and Trade"."""
    return any(h.kind == "organisation" and h.end - h.start >= len(title) - 1 for h in find_names(title))


def _count(before: list[str], determiner: str, plural_: bool) -> int | None:  # noqa: FBT001 - private
    if not plural_:
        return 1
    for word in before:
        if word.isdigit() and not _YEAR.match(word):
            return int(word)
        if word.lower() in _MANY:
            return _MANY[word.lower()]
    return 2 if determiner == "both" else None
