"""Finding names: states, their adjectives and capitals, seats of government and organisations in running text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from comity.knowledge import offices
from comity.knowledge.lexicon import TOWNS, Entry, entries, in_text, key, lengths, year_of
from comity.knowledge.states import rows, states


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name in a text. `kind`: `state`, `adjective`, `capital`, `city`, `unit`, `metonym`, `organisation` or `region`.

    `code` is a state's code, the acronym of an organisation or of a group of states, or a phrase that stands for
    several states (`members` are these); `sector` is known for seats, bodies and factions. `alone` is false for names
    of plain words ("Labour Party"), which are meant only where the report names the state. `key` is the name as the
    lexicon compares names.
    """

    start: int
    end: int
    text: str
    code: str
    kind: str
    sector: str | None = None
    alone: bool = True
    key: str = ""
    members: tuple[str, ...] = ()


# what follows or precedes a name and makes it another thing
_NOT_AFTER = re.compile(
    r"[ -](?:Airlines|Airways|Express|Motors|Telecom|Petroleum|Steel|Shell|Broadcasting|Tobacco|Gas Plc"
    r"|Inc|Corp|Plc|Ltd|Sea\b|Ocean|Gulf(?! states)|Peninsula|Channel|Canal Co|Post\b|Times|Open\b|Shepherd"
    r"|[Aa]ccords?\b|[Cc]lub\b|[Pp]act\b|[Cc]onvention\b|Round\b"
    r"|Street Journal|Carolina|Dakota|Indies|Basin|flu\b|Virginia"
    r"|(?:[A-Z]\w+ )?(?:Avenue|Street|Road|Boulevard|County|Hotel|Bridge|University|College|Museum|Foundation)\b)"
)
# "British Telecom" is no act of Britain; "the U.S. Convention" is one of the United States
_OWNERS = {"state", "adjective"}
_NOT_BEFORE = re.compile(r"(?:Air|New|Royal|Gulf of|University of|Isle of|Bay of|Bank of|Michael|Air New|Lake|Miss) $")
# newswires set a firm's name or ticker in angle brackets: "Union Carbide <UK>"
_ANGLED = re.compile(r"<[^<>\n]*$")
_KEEPS_BEFORE = {"New": {"Delhi", "Zealand", "York", "Jersey", "Mexico"}}
_QUAD = re.compile(
    r"\s(?:partner|leader|countr|member|nation|foreign|joint|summit|senior|ministe|statement|cyber|meeting)|['’]s\b",
    re.IGNORECASE,
)
_LOWER_TRAPS = frozenset({"us", "male", "nice", "who", "quad"})


def names() -> tuple[str, ...]:
    """All names searched in texts, in lower case, in alphabetical order.

    >>> "burma" in names()
    True
    """
    return tuple(sorted(entries()))


@lru_cache(maxsize=2_000)
def find_names(text: str, on: str | None = None) -> tuple[NameHit, ...]:
    """The names in a text in order, the longest if several begin alike, without overlaps.

    `on` is the date (EDTF) by which codes are resolved: "Russia" in a report of 1974 stays `RUS`, "Soviet" is `SUN`.
    Names in lower case and names inside a company's name are ignored.

    >>> [(h.text, h.code) for h in find_names("Soviet-Chinese talks in Ulan Bator; American Airlines flew.")]
    [('Soviet', 'SUN'), ('Chinese', 'CHN'), ('Ulan Bator', 'MNG')]
    """
    loud = text.isupper()
    year = year_of(on)
    out: list[NameHit] = []
    for name in in_text(text, on):
        start, stop, entry, code, kind = name.start, name.end, name.entry, name.code, name.kind
        if text[stop : stop + 1] == "$":
            continue  # "US$450 million" names a currency
        if kind == "adjective" and _former(text, start, code, year):
            continue
        if entry.kind == "none" or not _is_name(text, start, stop, entry, loud=loud):
            continue
        # "U.S" at the end of a sentence keeps its stop
        american = entry.code == "USA" and text[start:stop].upper() == "U.S" and text[stop : stop + 1] == "."
        end = stop + american
        before = out[-1] if out else None
        gap = text[before.end : start] if before else ""
        unit = next((e for e in name.readings if e.kind == "unit"), None)
        if before and unit is not None and kind in {"unit", "state"} and gap == ", " and before.kind in _NAMED_AGAIN:
            # "Paris, Texas" and "Peru, Indiana" lie in the United States, and so does "Atlanta, Georgia"
            out[-1] = replace(before, code=unit.code, kind="city")
            code, kind = unit.code, "unit"
        elif text[start:end] in _US_STATES and (
            _US_OFFICE.match(text[end : end + 24])
            or (
                before
                and gap == ", "
                and before.kind in TOWNS
                and any(e.code == "USA" for e in entries().get(before.key, ()))
            )
        ):
            code, kind = "USA", "unit"
            if before and gap == ", ":
                out[-1] = replace(before, code="USA", kind="city")
        elif before and kind == "metonym" and before.kind in {"adjective", "state"} and gap in {" ", "'s ", "’s "}:
            code = before.code  # "Iraqi Special Operations Forces" are none of another state's
        out.append(NameHit(start, end, text[start:end], code, kind, entry.sector, entry.alone, name.key, name.members))
    return tuple(out)


_NAMED_AGAIN = frozenset({"city", "capital", "state"})
"""Places whose name a unit of another state may bear behind a comma."""
_US_STATES = frozenset({"Georgia"})
"""States of the United States that are called like a state of the world."""
_US_OFFICE = re.compile(
    r"(?:['’]s)? (?:Gov\b|Governor|Sen\b|Senator|Rep\b|Republican|Democrat|Lt\b|Secretary of State|Attorney General"
    r"|state )"
)


def _former(text: str, start: int, code: str, year: int | None) -> bool:
    """Whether an adjective speaks of a state that is gone: "former Soviet leader" in a report of 2018."""
    gone = states()[code].last_year if code in states() else None
    return gone is not None and year is not None and year > gone and bool(_FORMER.search(text[:start]))


_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x)[ -]$")


def _is_name(text: str, start: int, end: int, entry: Entry, *, loud: bool) -> bool:
    word = text[start:end]
    if word.casefold() in _LOWER_TRAPS:
        acronym = entry.kind in {"organisation", "region"} or word.casefold() == "us"
        if loud and word == "WHO":
            return False  # in capitals the pronoun is the likelier
        if acronym and not word.isupper() and not (word == "Quad" and _QUAD.match(text[end : end + 24])):
            return False
    # "Hurricane Ida" is no development association, "Nato" is the alliance
    if len(word) <= 3 and entry.kind == "organisation" and not word.isupper():
        return False
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    if entry.kind in TOWNS and _JOINED.match(after):
        return False  # "Freeport-McMoRan", "Baden-Powell"
    if _ANGLED.search(text[max(0, start - 60) : start]) and ">" in text[end : end + 60]:
        return False
    if loud:
        before, after = before.title(), after.title()
    if _NOT_AFTER.match(after) and entry.kind in TOWNS | (
        set() if re.match(r"[ -](?:[Aa]ccord|[Cc]lub|[Pp]act|[Cc]onvention|Round)", after) else _OWNERS
    ):
        return False
    if (m := _NOT_BEFORE.search(before)) and word.title() not in _KEEPS_BEFORE.get(m.group().strip(), ()):
        return False
    if entry.kind in TOWNS | _OWNERS and (thing := _THING.match(after)) and thing[1] in _things():
        return False  # "Belgian waffles", "Turkey vultures", "Stockholm syndrome"
    return not _of_a_person(word, before, text[end : end + 40], entry)


def _of_a_person(word: str, before: str, after: str, entry: Entry) -> bool:
    """Whether a name is a part of a person's: "Michael Jordan", "Chad Wolf"."""
    if entry.kind not in {"state", "capital", "city", "unit"} or " " in word:
        return False
    found = _LAST_WORD.search(before) if word in _given_names("surname", "both") else None
    if found is not None and found[1].rstrip(".") in _given_names("person"):
        return True
    follows = _NEXT_WORD.match(after)
    if word not in _given_names("given", "both") or follows is None or follows[1].isupper():
        return False
    one = follows[1]
    return not (key(one) in lengths() or offices.find([one.lower()]) or one.lower() in _plain_words())


_JOINED = re.compile(r"-[A-Z][a-z]*[A-Z]|-[A-Z][a-z]+ (?:Inc|Corp|Co|Ltd|Plc)\b")
_LAST_WORD = re.compile(r"\b([A-Z][a-z]+|Mr\.?|Ms\.?|Mrs\.?)(?: [A-Z]\.)? $")
_NEXT_WORD = re.compile(r" ((?:[A-Z][a-z]+|al-[A-Z])[\w'’-]*)")


_THING = re.compile(r" ([a-z]+)\b")


@cache
def _things() -> frozenset[str]:
    """Foods, animals and so on that are named after a country without referring to it."""
    return frozenset(r["word"] for r in rows("en/things.csv"))


@cache
def _given_names(*uses: str) -> frozenset[str]:
    """Names that are given names, or of places that are given names, surnames or both."""
    return frozenset(r["name"] for r in rows("given_names.csv") if r["use"] in uses)


@cache
def _plain_words() -> frozenset[str]:
    """Words of agreements, bodies, events and the calendar, which are no surnames behind a place's name."""
    columns = {
        "en/instruments.csv": "word", "en/group_nouns.csv": "word", "en/event_nouns.csv": "lemma",
        "en/areas.csv": "words", "en/projects.csv": "word", "en/measures.csv": "word", "en/stage_verbs.csv": "word",
        "en/common_words.csv": "word",
    }  # fmt: skip
    calendar = (
        "january february march april may june july august september october november december "
        "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday"
    )
    words = " ".join(r[column] for table, column in columns.items() for r in rows(table))
    return frozenset(f"{words} {calendar}".lower().split())


@cache
def _homonyms() -> tuple[tuple[str, str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((key(r["name"]), r["code"], _any(r["cues"]), _any(r["unless"])) for r in rows("homonyms.csv"))


def _any(cell: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(x)}" for x in cell.split(";")))


@lru_cache(maxsize=2_000)
def moved(text: str, on: str | None = None) -> tuple[tuple[str, str], ...]:
    """Names that refer throughout a report to another place than usual, with their code there.

    "Peru" is a town after "Peru, Indiana"; "Congo" in a report from Brazzaville is the smaller one. Two towns of one
    name in one report are not distinguished.

    >>> moved("He was arrested in Peru, Indiana. Police in Peru said so."), moved("Peru and Chile met.")
    ((('peru', 'USA'),), ())
    """
    out = {
        hit.key: hit.code
        for hit in find_names(text, on)
        if hit.kind == "city" and entries()[hit.key][0].kind in {"state", "capital"}
    }
    low = text.casefold()
    out |= {
        name: code
        for name, code, cues, unless in _homonyms()
        if name in low and cues.search(text) and not unless.search(text)
    }
    return tuple(sorted(out.items()))


def placed(hits: Iterable[NameHit], elsewhere: tuple[tuple[str, str], ...]) -> list[NameHit]:
    """Names with the codes that they have in their report (`moved`); a town that bears a state's name is a town."""
    if not elsewhere:
        return list(hits)
    codes = dict(elsewhere)
    out = []
    for hit in hits:
        code = codes.get(hit.key)
        if code is not None and code != hit.code:
            town = code not in {e.code for e in entries()[hit.key] if e.kind in {"state", "adjective"}}
            hit = replace(hit, code=code, kind="city" if town and hit.kind == "state" else hit.kind)  # noqa: PLW2901
        out.append(hit)
    return out


def titled(text: str, title: str | None) -> str:
    r"""A report as one text, beginning with its title.

    >>> titled("They met.", "Talks"), titled("They met.", None)
    ('Talks\n\nThey met.', 'They met.')
    """
    return f"{title}\n\n{text}" if title else text


def mentioned(text: str, title: str | None = None, on: str | None = None) -> list[str]:
    """Codes of the states that a report is about, most mentioned first.

    Those named in its title or the first words of its lede count; others only if they are named at least `_SHARE` as
    often as the most mentioned one, or `_OFTEN` times. A town weighs less than a state's name.
    """
    body = titled(text, title)
    first = len(body) - len(text)
    counts: dict[str, float] = {}
    early: set[str] = set()
    for hit in placed(find_names(body, on), moved(body, on)):
        if hit.kind in {"organisation", "region"} or not hit.alone:
            continue
        place = hit.kind in TOWNS
        counts[hit.code] = counts.get(hit.code, 0) + (_PLACE if place else 1)
        if hit.start < first + _LEAD and not (place and hit.start < first):
            early.add(hit.code)
    most = max(counts.values(), default=0)
    return [
        c for c, n in sorted(counts.items(), key=lambda x: -x[1]) if c in early or n >= _SHARE * most or n >= _OFTEN
    ]


_LEAD = 150
"""How many characters of the text are the first words of its lead (set on the first half of the development set)."""
_SHARE = 0.4
"""How often, against the most mentioned state, one must be named beyond the lead to count (set likewise)."""
_OFTEN = 3
"""How many times a state must be named to count at any rate (set likewise)."""
_PLACE = 0.4
"""The weight of a town's name relative to a state's (set likewise)."""
