"""Instruments between states: the words that name their kinds, and the well-known ones by names and parties."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Literal, cast, get_args

from comity.coding import phrases
from comity.coding.phrases import DEFINITE, MONTHS, capitalised
from comity.knowledge.agreement_words import words as agreement_words
from comity.knowledge.known_instruments import KnownInstrument, find_known
from comity.knowledge.names import find_names
from comity.knowledge.states import continuing, rows
from comity.knowledge.word_classes import words
from comity.language.tree import Sentence, Token
from comity.mentions import numerals

Strength = Literal["strong", "weak", "named", "issued", "signed", "lone"]
_words = partial(words, "instrument")
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj"})
_STEPS = frozenset({"signed", "ratified", "terminated", "suspended", "superseded", "in force"})
# a new instrument may bear the name of an older one: "the Tokyo Declaration"
_NEW = frozenset({"proposed", "planned", "negotiated", "initialled", "signed"})
_TWO = 2
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d$")


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
    for row in rows("en/instruments.csv"):
        if row["strength"] in get_args(Strength) and (lone or row["strength"] != "lone"):
            kind = Kind(row["word"], row["type"], cast("Strength", row["strength"]))
            out.setdefault(kind.word, kind)
            out.setdefault(plural(kind.word), kind)
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
    return frozenset(row["word"] for row in rows("en/instruments.csv") if row["strength"] == "private")


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
    """A regular expression (without flags) for any kind word, longest first.

    The words stand by their first letters: at most places of a text a few letters are tried, not each word.
    """
    words = sorted(kinds(), key=lambda w: (w[0], -len(w)))
    each = ((a, "|".join(re.escape(w[1:]) for w in found)) for a, found in groupby(words, key=lambda w: w[0]))
    return "(?:" + "|".join(f"{a}(?:{rest})" for a, rest in each).replace(r"\ ", r"\s+") + ")"


def kind_of(words: str) -> Kind | None:
    """The kind that a word or phrase names, or null."""
    return kinds().get(" ".join(words.lower().split()))


@dataclass(frozen=True, slots=True)
class Instrument:
    """A noun phrase for one or several instruments.

    `head` is the token of the kind word; `first` and `last` bound the whole phrase (`last` exclusive), `title` is its
    text without determiner. `named` where it is a capitalised title; `definite` for "the", "this", "its"; `year` where
    the phrase itself dates the instrument ("the 1993 treaty"); `count` is the number stated, 1 for a singular and null
    for a plural without a number. `content` are the words that distinguish it from others of its kind.
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


def find_instruments(sentence: Sentence) -> tuple[Instrument, ...]:
    """The noun phrases of a sentence that name instruments, in text order.

    Abstract uses ("in agreement", "any agreement"), instruments of business and words that only modify another noun
    ("treaty obligations") are left out. Whether a weak word is meant as an instrument is for the caller to judge by
    its act.
    """
    shouting = phrases.title_case(sentence)
    texts = [t.text for t in sentence.tokens]
    out: list[Instrument] = []
    i = 0
    while i < len(texts):
        size, kind = kind_at(texts, i) or (1, None)
        if kind is None or sentence.tokens[i + size - 1].upos in {"VERB", "AUX", "ADV"}:
            i += 1
            continue
        found = _instrument(sentence, i, i + size, kind, shouting=shouting)
        if found and out and found.first <= out[-1].head:  # "a treaty protocol": the later head counts
            out.pop()
        out += [found] if found else []
        i = max(i + size, found.last if found and found.named else 0)
    return tuple(out)


def stand_ins(sentence: Sentence) -> tuple[Instrument, ...]:
    """The words of a sentence that may stand for an instrument named before it: "it", "the latter"."""
    found = (t for t in sentence.tokens if t.text.lower() in _words("stand-ins") and t.deprel in _ARGUMENTS)
    return tuple(_stand_in(sentence, t) for t in found)


def _stand_in(sentence: Sentence, token: Token) -> Instrument:
    i, kind = token.index, Kind(token.text.lower(), "other", "weak")
    return Instrument(
        sentence.index, i, i, i + 1, token.start, token.end, token.text, kind, named=False, definite=True,
        determiner="the", plural=False, year=None, count=1, content=frozenset(),
    )  # fmt: skip


_LAW = re.compile(r"(?:the )?(?:[A-Z][\w.-]+ ){1,3}(?:Amendment|Act|Law|Bill)")


def is_law(title: str) -> bool:
    """Whether a title is that of a law of one state.

    >>> is_law("Hyde Amendment"), is_law("Amendment to the Montreal Protocol")
    (True, False)
    """
    return _LAW.fullmatch(title) is not None


def borne_out(title: str, parties: tuple[str, ...], stage: str | None) -> tuple[str, ...]:
    """The parties of an instrument that its name does not contradict; all of them where the name is not known.

    Of an instrument of two or a few states only those are kept; one that many states may join is not between those
    who speak of it, unless a step to it or out of it is reported.

    >>> borne_out("Good Friday Agreement", ("KEN", "RWA"), None)
    ()
    >>> borne_out("Paris Agreement", ("CAN", "CHL"), None), borne_out("Paris Agreement", ("CAN", "CHL"), "ratified")
    ((), ('CAN', 'CHL'))
    >>> borne_out("fisheries agreement", ("CAN", "CHL"), None)
    ('CAN', 'CHL')
    """
    named = known_by(title) if len(parties) >= _TWO else None
    if named is not None and named.open:
        return parties if stage in _STEPS else ()
    if named is None or not named.parties or stage in _NEW:
        return parties
    own = {continuing(c) for c in named.parties}
    return tuple(c for c in parties if continuing(c) in own)


def known_by(title: str) -> KnownInstrument | None:
    """The well-known instrument whose name a title is, or null where it only speaks of one among other words.

    >>> known_by("Good Friday Agreement").key, known_by("protocol to the Good Friday Agreement")
    ('good_friday', None)
    """
    for found in find_known(title):
        rest = title.replace(found.text, "", 1).lower().split()
        if len(rest) <= _TWO and not agreement_words("beside a name").intersection(rest):
            return found.instrument
    return None


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


def _instrument(sentence: Sentence, at: int, last: int, kind: Kind, *, shouting: bool) -> Instrument | None:
    """The instrument whose kind word stands at `at` to `last` (exclusive), or null where it names none."""
    tokens = sentence.tokens
    if _modifies(tokens, last):
        return None
    first = phrases.left_edge(tokens, at, loud=shouting)
    before = [t.text for t in tokens[first:at]]
    capital = capitalised(tokens, at) and not shouting and (at > 0 or last - at > 1 or capitalised(tokens, last + 1))
    edge = phrases.title_edge(tokens, last) if capital else phrases.topic_edge(tokens, last)
    organ = capital and _in(tokens, last, _words("organs"))
    end = last if organ else _undated(tokens, last, edge)
    named = capital and (end > last or organ or any(w[:1].isupper() for w in before if not _YEAR.match(w)))
    determiner = phrases.determiner_of(tokens, first)
    # "an amendment (the “Amendment”) to the Agreement": a short name that the text has given
    short = capital and determiner == "the" and not before and kind.word in _words("short names")
    many = tokens[last - 1].text.lower() != kind.word.split()[-1] or tokens[at].xpos == "NNS"
    many = many or tokens[at].text.lower() in _words("plurals")  # a Latin plural that is parsed as a singular
    year = next((w for w in before if _YEAR.match(w)), None)
    if year is None and _in(tokens, last, {"of"}) and last + 1 < len(tokens) and _YEAR.match(tokens[last + 1].text):
        year, end = tokens[last + 1].text, max(end, last + 2)
    of_business = {w.lower() for w in before} & private() and not (year and named)  # "the Labour Agreement of 1973"
    if determiner in _words("asked or counted off") or of_business:
        return None
    if kind.strength == "named" and (shouting or not (named or short)):
        return None
    bare = not (many or determiner or named or before or shouting)
    if bare and (end == last or (at and tokens[at - 1].lemma.lower() in _words("no object before"))):
        return None  # "in agreement", "reach agreement": no instrument unless its matter is named
    first_of_title = first
    while first_of_title < at and _counts_off(tokens[first_of_title].text, tokens[first_of_title + 1].text):
        first_of_title += 1
    start, stop = tokens[first_of_title].start, tokens[end - 1].end
    title = sentence.clip(start, stop)
    if _is_body(title):
        return None
    content = {t.text.lower() for t in tokens[first_of_title:end] if t.text[:1].isalpha()} - _words("no content")
    return Instrument(
        sentence.index, at if " of " in kind.word else last - 1, first, end, start, stop, title, kind, named,
        determiner in DEFINITE, determiner, many, year, _count(before, determiner) if many else 1,
        frozenset(w for w in content if kind_of(w) is None),
    )  # fmt: skip


def _in(tokens: Sequence[Token], i: int, among: Container[str]) -> bool:
    return i < len(tokens) and tokens[i].text.lower() in among


def _modifies(tokens: Sequence[Token], last: int) -> bool:
    """Whether a kind word only modifies the noun behind it: "treaty obligations".

    What is done with an instrument and the organ that carries it out name it: "treaty talks", "the Fish Pact Council".
    """
    if last == len(tokens) or tokens[last].upos not in {"NOUN", "PROPN"} or tokens[last - 1].deprel != "compound":
        return False
    organ = tokens[last - 1].text[:1].isupper() and _in(tokens, last, _words("organs"))
    return not (organ or _in(tokens, last, _words("acts that name it")) or kind_of(tokens[last].text))


def _undated(tokens: Sequence[Token], last: int, end: int) -> int:
    """Where a phrase ends without its date: "the Agreement for Cooperation of July 3, 1958"."""
    for n, (day, month) in ((2, (end, end - 1)), (3, (end - 1, end - 2))):
        if end - last > n - 1 and day < len(tokens) and tokens[day].upos == "NUM" and _in(tokens, month, MONTHS):
            return end - n
    return end


def _counts_off(word: str, after: str) -> bool:
    """Whether a word before a kind is no part of its title: its year, its number, or that it is new."""
    new = word in {"new", "updated"} or (word.islower() and _many(word))
    return bool(_YEAR.match(word) or (new and after not in {"-", "–"}))


def _count(before: Sequence[str], determiner: str) -> int | None:
    """How many instruments the words before them count."""
    counted = (int(w) if w.isdigit() else _many(w) for w in before if not _YEAR.match(w))
    return next(filter(None, counted), 2 if determiner == "both" else None)


@cache
def _many(word: str) -> int | None:
    """The number above one that a word stands for."""
    return n if (n := numerals.VALUES.get(word.lower(), 0)) > 1 else None


@cache
def _is_body(title: str) -> bool:
    """Whether a phrase is the name of an organisation: "Warsaw Pact", "General Agreement on Tariffs and Trade"."""
    return any(h.kind == "organisation" and h.end - h.start >= len(title) - 1 for h in find_names(title))
