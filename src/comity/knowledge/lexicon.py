"""The lexicon: every name of a state, place, government body, faction or organisation, with its referent and years.

Each entry comes from a row of a table; `table` names it. Nothing is loaded before the first look-up.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from comity.knowledge.states import at, holder, rows, states


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and its referent; years are null if open.

    `alone` is false for names of plain words ("Labour Party"): they count only if the report names the state.

    `kind`: `state`, `adjective`, `capital`, `city`, `unit`, `metonym` (a body, a faction or an entity that acts under a
    state's code), `organisation`, `region` (several states) or `none` (a name that contains a state's name and is not a
    state's).
    """

    name: str
    code: str
    kind: str
    sector: str | None
    table: str
    first: int | None = None
    last: int | None = None
    weight: int = 0
    alone: bool = True

    def lives(self, year: int | None) -> bool:
        """Whether the name referred to this in a year; in any year if the years are unknown."""
        return year is None or (self.first or 0) <= year <= (self.last or 9999)


_UNION = "1994"
"""From this year on the European Commission and the Community's other names refer to the Union."""
TOWNS = frozenset({"capital", "city", "unit"})
_LIVING = 1918
"""A state that ended before is no name in running text: Hanover or Parma is a city there, or a region."""
_RANK = ("none", "state", "metonym", "organisation", "region", "adjective", "capital", "unit", "city")
_ENTITY = {"entity": "metonym", "dependency": "state", "unit": "unit", "disputed": "none"}
_WHERE = re.compile(r" (?:in|for|to) (?:the )?[A-Z]")
_LOOSE = frozenset({"people", "gang"})
_ATOM = re.compile(r"[^\W_]+|[^\w\s]|_")
_SPACES = re.compile(r"\s+")


def key(name: str) -> str:
    """A name for comparison: without accents, capitals and double blanks.

    >>> key("Côte  d’Ivoire")
    "cote d'ivoire"
    """
    if name.isascii():
        return (name if name.isalnum() else _SPACES.sub(" ", name)).lower()
    text = _SPACES.sub(" ", name.replace("’", "'").replace("–", "-")).casefold()
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFD", text.replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def atoms(text: str, start: int, most: int) -> list[int]:
    """Where each of the first words and signs from a place on ends."""
    out = []
    for n, found in enumerate(_ATOM.finditer(text, start)):
        if n == most:
            break
        out.append(found.end())
    return out


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """All interpretations of every name by its key, the preferred one first."""
    out: dict[str, list[Entry]] = {}
    for entry in _all():
        k = key(entry.name)
        if k:
            out.setdefault(k, []).append(entry)
    return {k: tuple(sorted(v, key=lambda e: (_RANK.index(e.kind), -e.weight))) for k, v in out.items()}


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """How many words and signs names have, the most first, by the word with which they begin."""
    out: dict[str, set[int]] = {}
    for k in entries():
        found = _ATOM.findall(k)
        out.setdefault(found[0], set()).add(len(found))
    return {word: tuple(sorted(n, reverse=True)) for word, n in out.items()}


@cache
def phrases() -> dict[str, tuple[tuple[str, int | None, int | None], ...]]:
    """The referents of phrases for several states, by key: members or an organisation, and the years."""
    out: dict[str, list[tuple[str, int | None, int | None]]] = {}
    for r in rows("collectives.csv"):
        out.setdefault(key(r["phrase"]), []).append((r["members"], _year(r["from"]), _year(r["to"])))
    return {k: tuple(v) for k, v in out.items()}


@cache
def memberships() -> dict[str, tuple[tuple[str, int | None, int | None], ...]]:
    """The members of each organisation or group, with the years, by its acronym."""
    out: dict[str, list[tuple[str, int | None, int | None]]] = {}
    for r in rows("organisation_members.csv"):
        out.setdefault(r["acronym"], []).append((r["member"], _year(r["from"]), _year(r["to"])))
    return {k: tuple(v) for k, v in out.items()}


_FEW = 6
"""A group of at most this many states stands for each of them; "the G7" is one party."""


@cache
def groups() -> frozenset[str]:
    """Acronyms of the groups without organs of their own whose mention stands for their members, who are few."""
    found = (r["acronym"] for r in rows("organisations.csv") if r["kind"] == "group")
    return frozenset(a for a in found if 0 < len({m for m, _, _ in memberships().get(a, ())}) <= _FEW)


@cache
def senders() -> dict[str, str]:
    """The organisation that sent each mission, and acts through it."""
    missions = (r["acronym"] for r in rows("organisations.csv") if r["kind"] == "mission")
    members = {a: {m for m, _, _ in memberships().get(a, ())} for a in missions}
    return {a: next(iter(m)) for a, m in members.items() if len(m) == 1 and not m & set(states())}


@dataclass(frozen=True, slots=True)
class InText:
    """A name where it stands in a text: its key, its readings, and the one that the text's date gives.

    `code` and `kind` are what that one refers to on the date, `members` the states of a group without organs.
    """

    start: int
    end: int
    key: str
    readings: tuple[Entry, ...]
    entry: Entry
    code: str
    kind: str
    members: tuple[str, ...]


def region(name: str, on: str | None = None) -> tuple[str, ...]:
    """The states that a group's name or a phrase refers to on a date, if it has no organs that could act for them.

    Empty for an organisation, and for a phrase that refers to one.

    >>> region("BENELUX"), region("P5+1", "2014"), region("NATO allies")
    (('BEL', 'LUX', 'NLD'), ('CHN', 'DEU', 'FRA', 'GBR', 'RUS', 'USA'), ())
    """
    year = year_of(on)
    for members, first, last in phrases().get(key(name), ()):
        if _within(year, first, last):
            name = members
            break
    if ";" in name:
        return tuple(name.split(";"))
    if name not in groups():
        return ()
    return tuple(sorted(m for m, first, last in memberships().get(name, ()) if _within(year, first, last)))


def standing_for(name: str, on: str | None = None) -> str | None:
    """The organisation that a phrase refers to: "NATO allies" for NATO; null for every other phrase."""
    found = [m for m, first, last in phrases().get(key(name), ()) if _within(year_of(on), first, last)]
    return found[0] if found and ";" not in found[0] and found[0] not in groups() else None


def year_of(on: str | None) -> int | None:
    """The year of a date in EDTF.

    >>> year_of("2019-09-02"), year_of(None)
    (2019, None)
    """
    return int(on[:4]) if on and on[:4].isdigit() else None


def _within(year: int | None, first: int | None, last: int | None) -> bool:
    return year is None or (first or 0) <= year <= (last or 9999)


_BEGINS = re.compile(r"(?<![\w.@])(?:[^\W\d_a-z]|[a-z](?=[A-Z])|al-(?=[A-Z])|(?=six-party|permanent five))")
_WORD = re.compile(r"[^\W_]+")
_ENDS = re.compile(r"(?![\w@]|['’](?![sS]\b)\w|\.\w)")


def in_text(text: str, on: str | None = None) -> Iterator[InText]:
    """The names in a text as of a date, in order, without overlaps; the longest where several begin alike.

    >>> [(n.key, n.code) for n in in_text("Soviet-Chinese talks in Prague", "1987")]
    [('soviet', 'SUN'), ('chinese', 'CHN'), ('prague', 'CSK')]
    """
    place, known, found, year = 0, lengths(), entries(), year_of(on)
    while begin := _BEGINS.search(text, place):
        start = begin.start()
        word = _WORD.match(text, start)
        counts = known.get(key(word.group()), ()) if word else ()
        place = word.end() if word else start + 1
        if not counts:
            continue
        ends = atoms(text, start, counts[0])
        for n in counts:
            if n > len(ends) or not _ENDS.match(text, ends[n - 1]):
                continue
            words = text[start : ends[n - 1]]
            name = key(words)
            if name in found and (fitting := tuple([e for e in found[name] if _cased(e, words)])):
                entry = next((e for e in fitting if e.lives(year)), fitting[0])
                yield InText(start, ends[n - 1], name, fitting, entry, *_meaning(entry, on))
                place = ends[n - 1]
                break


def _cased(entry: Entry, text: str) -> bool:
    """Whether a text has the capitals of a name: "WHO" is none where it is "Who", "NATO" is one where it is "Nato"."""
    if text.isupper() or text == entry.name:
        return True
    if entry.kind == "region":
        # "the Six" is a group of states, "the six" are not
        return all(
            b[:1].isupper() or not a[:1].isupper() for a, b in zip(entry.name.split(), text.split(), strict=False)
        )
    if entry.name.isupper() and entry.name.isascii() and not entry.name[0].isdigit():
        long = len(entry.name) > 3 and entry.kind == "organisation"
        return long and text.istitle()
    return True


def _meaning(entry: Entry, on: str | None) -> tuple[str, str, tuple[str, ...]]:
    """The code and the kind of a name on a date, and the states of a group."""
    code, kind = entry.code, entry.kind
    if kind == "region":
        one = standing_for(code, on)
        return (one, "organisation", ()) if one else (code, kind, region(code, on))
    if kind == "organisation":
        if code == "EC" and on and on[:4] >= _UNION:
            code = "EU"
        members = region(code, on)
        return (code, "region", members) if members else (senders().get(code, code), kind, ())
    if entry.table in {"territories.csv", "larger_names.csv"}:
        return code, kind, ()
    return (holder(code, on) if kind in TOWNS | {"metonym"} else at(code, on)), kind, ()


def _all() -> Iterator[Entry]:  # noqa: C901 - one branch a table
    yield from _states()
    for r in rows("territories.csv"):
        kind = _ENTITY[r["kind"]] if r["code"] else "none"
        sector = "REB" if r["kind"] == "entity" else None
        for name in _several(r["name"], r["aliases"]):
            yield Entry(name, r["code"], kind, sector, "territories.csv")
        if kind == "state" or r["kind"] == "entity":
            for name in _several(r["adjectives"]):
                yield Entry(name, r["code"], "adjective", sector, "territories.csv")
    for r in rows("cities.csv"):
        yield Entry(r["name"], r["state"], "city", None, "cities.csv", weight=int(r["population"] or 0))
    for r in rows("divisions.csv"):
        yield Entry(r["name"], r["state"], "city", None, "divisions.csv")
    for table in ("bodies.csv", "factions.csv"):
        for r in rows(table):
            if r["kind"] in _LOOSE:
                continue
            kind = "metonym" if r["code"] else "none"
            for name in _several(r["name"], r["aliases"]):
                years = (_year(r["from"]), _year(r["to"]))
                yield Entry(name, r["code"], kind, r["sector"], table, *years, alone=r["alone"] != "no")
    for r in rows("phoenix_bodies.csv"):
        if r["kind"] in {"body", "armed group", "party"}:
            yield Entry(r["name"], r["code"], "metonym", r["sector"], "phoenix_bodies.csv", weight=-1)
    for r in rows("organisations.csv"):
        # acronyms that are mostly something else; those organisations go by their names
        own = () if r["alone"] == "no" else (r["acronym"],)
        for name in _several(*own, r["names"]):
            if r["kind"] == "mission" and _WHERE.search(name):
                continue  # "the UN Mission in Haiti" is the UN, in Haiti
            yield Entry(
                name, r["acronym"], "organisation", "IGO", "organisations.csv", _year(r["from"]), _year(r["to"])
            )
    for r in rows("collectives.csv"):
        yield Entry(r["phrase"], r["phrase"], "region", None, "collectives.csv", _year(r["from"]), _year(r["to"]))
    for r in rows("larger_names.csv"):
        yield Entry(r["name"], r["code"], r["kind"], None, "larger_names.csv")


def _states() -> Iterator[Entry]:
    folded = {r["name"] for r in rows("territories.csv") if r["kind"] == "dependency" and r["code"]}
    for state in states().values():
        if (state.last_year is not None and state.last_year < _LIVING) or state.name in folded:
            continue
        for name in (state.name, *state.alternatives):
            yield Entry(name, state.code, "state", None, "states.csv")
        for name in state.adjectives:
            yield Entry(name, state.code, "adjective", None, "states.csv")
            if name.endswith(("an", "i", "ian")):
                yield Entry(name + "s", state.code, "adjective", None, "states.csv")
        # a city belongs to the state of today first (Moscow); the date settles the rest
        for name in state.capitals:
            yield Entry(name, state.code, "capital", None, "states.csv", weight=0 if state.last_year else 1)
    for r in rows("state_variants.csv"):
        kind = "state" if r["note"] == "name" else "adjective"
        if r["code"] in states() and (states()[r["code"]].last_year or 9999) >= _LIVING:
            yield Entry(r["name"], r["code"], kind, None, "state_variants.csv", _year(r["from"]), _year(r["to"]), -1)


def _several(*cells: str) -> list[str]:
    return [name for cell in cells for name in cell.split(";") if name]


def _year(cell: str) -> int | None:
    return int(cell[:4]) if cell else None
