"""Leaders: who held an office of a state or an organisation, from its head to its spokesperson, and when."""

import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from comity.errors import TableError
from comity.knowledge.offices import Office
from comity.knowledge.states import continued, rows, states

# The tables by region, heads of state and government first; add a new table here.
_TABLES = (
    "leaders_africa.csv",
    "leaders_americas.csv",
    "leaders_asia.csv",
    "leaders_europe.csv",
    "leaders_oceania.csv",
    "officials_africa_middle_east.csv",
    "officials_americas.csv",
    "officials_asia_oceania.csv",
    "officials_europe.csv",
)
_OF_ORGANISATIONS = "officials_organisations.csv"
_OF_PHOENIX = "persons_phoenix.csv"
_COLUMNS = ("name", "aliases", "state", "office", "level", "from", "to")
_LEVELS = ("head of state", "head of government", "minister", "other")
_UNKNOWN_END = 9999
_LONG_AGO = 10
# Where the family name comes first; reports on Vietnam then use the last word, on China and Korea the first.
_FAMILY_FIRST = {"CHN", "HKG", "KHM", "KOR", "MAC", "PRK", "TWN", "VDR", "VNM"}
_GIVEN_NAME = {"ETH", "KHM", "MYS", "VDR", "VNM"}
_PARTICLES = ("al", "bin", "da", "de", "del", "di", "van", "von")
_SOVEREIGNS = {"king", "queen", "pope", "emperor"}
# Chinese and Korean family names have one syllable, but for these; "Carrie Lam" and "Paul Chan" end in theirs.
_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]*")
_LONGER = {"hwangbo", "jegal", "namgung", "ng", "sakong", "sima", "situ", "szeto"}
_GIVEN = {"ann", "ben", "bill", "bob", "chris", "frank", "fred", "hans", "jack", "jim", "john", "jon", "ken", "mark"}
_GIVEN |= {"max", "paul", "piers", "sean", "ted", "tom"}
_AFTER_NAMES = {"jr", "sr", "ii", "iii", "iv"}
_TURNED = re.compile(r"(minister|secretary) (?:of|for) (?:the )?(.+)")


@dataclass(frozen=True, slots=True)
class Leader:
    """A person in an office, from and to a year or a more precise date; `to` is null while in office.

    `state` is null for those who act for an `organisation` (its acronym). The persons of Phoenix's lists have a PLOVER
    `sector` and an empty office.
    """

    name: str
    state: str | None
    office: str
    level: str
    from_: str
    to: str | None
    organisation: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of all tables: of states first, the user's own, of organisations, and Phoenix's persons."""

    lines: list[str]
    own: int
    organisations: int
    persons: int


@cache
def leaders() -> tuple[Leader, ...]:
    """Every term of office in the tables."""
    return tuple(_leader(n) for n in range(len(_tables().lines)))


def by_name(name: str, on: str | None = None) -> list[Leader]:
    """The leaders with a name or surname, those in office on the date (EDTF), or nearest to it, first.

    Accents, hyphens and case are ignored. A surname shared by several states' leaders returns them all. Of those in
    office the higher rank comes first; among the others, those who left or took office within ten years.

    >>> [(x.office, x.state) for x in by_name("Putin", on="2019-09-02")][:1]
    [('President', 'RUS')]
    """
    found = _index().get(_fold(name))
    if found is None:
        return []
    if isinstance(found, int):
        return [_leader(found)]
    return sorted(map(_leader, found), key=lambda x: _rank(x, on))


def is_surname(word: str) -> bool:
    """Whether a single word is the name of some leader.

    >>> is_surname("Putin"), is_surname("Vladimir")
    (True, False)
    """
    return (word.lower() if word.isascii() and word.isalpha() else _fold(word)) in _index()


_NEAR = 3
"""A surname alone names a head of state or government so many years before and after the time in office."""


@lru_cache(maxsize=20_000)
def leads(word: str, on: str | None) -> bool:
    """Whether a single word is the name of a head of state or government in a year.

    >>> leads("Putin", "2019"), leads("Lavrov", "2019"), leads("Brezhnev", "2019")
    (True, False, False)
    """
    if not is_surname(word):
        return False
    return any(x.level in _LEVELS[:2] and distance(x, on) <= _NEAR for x in by_name(word, on))


def office_holder(state: str, office: str, on: str) -> Leader | None:
    """Who held an office of a state on a date; null if nobody is listed or the years leave two candidates.

    Variants of an office's title count as the same, and the highest rank comes first if several share a title.

    >>> office_holder("FRA", "President", "1990-05-01").name
    'Francois Mitterrand'
    >>> office_holder("IND", "Minister of External Affairs", "2020-01-01").name
    'S. Jaishankar'
    """
    offices = _offices(state)
    for wording in _wordings(_worded(office), state):
        candidates = [x for x in offices.get(wording, ()) if _in_office(x, on)]
        if candidates:
            highest = min(_LEVELS.index(x.level) for x in candidates)
            candidates = [x for x in candidates if _LEVELS.index(x.level) == highest]
            return candidates[0] if len({x.name for x in candidates}) == 1 else None
    return None


_OUT_OF_OFFICE = 10
"""A minister or an official is known by his full name so many years before and after his time in office."""
_IN_OFFICE = 3
"""A surname alone means a leader at most so many years from his time in office."""
_ACRONYM = 4
"""So many capitals alone are no surname, "BA" and "UN" alike."""
_HIGHEST = frozenset(_LEVELS[:2])


def meant(
    name: str, on: str | None, named: frozenset[str], office: Office | None = None, state: str | None = None
) -> Leader | None:
    """The office-holder whom a name means in a report that names states and organisations, by their codes.

    Of several, it is the one in that office, then the one whose state is named. A surname alone, whose bearers in
    office lead several states none of which the report names, means nobody; so does a name of another state than that
    beside which it stands.

    >>> meant("Putin", "2019", frozenset({"RUS"})).name, meant("Putin", "2019", frozenset(), state="USA")
    ('Vladimir Putin', None)
    """
    found = _meant(name, on, named, office)
    where = found.state if found is not None else None
    if state is None or (where is not None and continued().get(where, where) == continued().get(state, state)):
        return found
    return None


def _meant(name: str, on: str | None, named: frozenset[str], office: Office | None) -> Leader | None:
    if name.isupper() and len(name) <= _ACRONYM:
        return None
    found = by_name(name, on)
    if not found and " " in name:
        # an unlisted spelling or a middle initial: "Joseph R. Biden" is found by its last word
        first, *_, last = name.replace(".", "").split()
        found = [x for x in by_name(last, on) if x.name.split()[0][:2].casefold() == first[:2].casefold()]
        found = [x for x in found if x.level in _HIGHEST or {x.state, x.organisation} & named]
    if " " in name:
        here = [x for x in found if {x.state, x.organisation} & named]
        high = [x for x in found if x.level in _HIGHEST or distance(x, on) <= _OUT_OF_OFFICE]
        return next(iter(here or high), None)
    near = [x for x in found if distance(x, on) <= _IN_OFFICE]
    if office is not None:
        same = [x for x in near if x.office.casefold() == office.title]
        near = same or [x for x in near if x.level == office.level]
    here = [x for x in near if {x.state, x.organisation} & named]
    if not here and name in _common_surnames():
        return None
    near = [x for x in near if x.state and surname(x.name, x.state).casefold() == name.casefold()]
    if on is None and not here:
        near = [x for x in near if x.level in _HIGHEST] or near
        return near[0] if len({x.state for x in near}) == 1 else next(iter(_latest(near)), None)
    for pool in (here, near if any(x.level in _HIGHEST for x in near) else []):
        now = [x for x in pool if distance(x, on) == 0] or pool
        high = [x for x in now if x.level in _HIGHEST] if pool is here else now
        for group in (high, now):
            if group and len({x.state or x.organisation for x in group}) == 1:
                return group[0]
        if pool:
            return None
    return None


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(r["surname"] for r in rows("common_surnames.csv"))


def _latest(found: list[Leader]) -> list[Leader]:
    """In a text without a date: whoever was in office last, where the others had left it years before."""
    ends = [x.to or "9999" for x in found]
    last = max(ends, default="0000")
    late = [x for x, end in zip(found, ends, strict=True) if int(last[:4]) - int(end[:4]) <= _IN_OFFICE]
    return late[:1] if len({x.state for x in late}) == 1 else []


def surname(name: str, state: str) -> str:
    """The word by which a report refers to a person after the first mention; the first if the family name comes first.

    >>> surname("Vladimir Putin", "RUS"), surname("Xi Jinping", "CHN"), surname("Dominique de Villepin", "FRA")
    ('Putin', 'Xi', 'de Villepin')
    """
    return _surname(name.split(), state)


def distance(leader: Leader, on: str | None) -> int:
    """Years between a date and the time in office; 0 within it, or if the date is unknown.

    >>> distance(by_name("Brezhnev", "1980")[0], "1992")
    10
    """
    if on is None or not on[:4].isdigit():
        return 0
    year = int(on[:4])
    first, last = int(leader.from_[:4]), int((leader.to or str(_UNKNOWN_END))[:4])
    return max(first - year, year - last, 0)


def _in_office(leader: Leader, on: str | None) -> bool:
    """Compared to the coarser of the two dates: a term from 2008 may hold any day of 2008."""
    if on is None or not on[:4].isdigit():
        return True
    day = on.split("/")[0].rstrip("~?%")
    to = leader.to or day
    begun = leader.from_[: len(day)] <= day[: len(leader.from_)]
    return begun and day[: len(to)] <= to[: len(day)]


def _rank(leader: Leader, on: str | None) -> tuple[bool, bool, int, bool, int]:
    years = distance(leader, on)
    level = _LEVELS.index(leader.level)
    return not _in_office(leader, on), years > _LONG_AGO, level, leader.sector is not None, years


def own_table() -> Path | None:
    """The user's own table, named by the environment variable `COMITY_LEADERS`: further rows of the same columns."""
    named = os.environ.get("COMITY_LEADERS")
    return Path(named) if named else None


@cache
def _tables() -> _Lines:
    """The tables as lines: cells are cut, and leaders made, only for who is looked up."""
    lines = [line for part in _TABLES for line in _lines(part)]
    own = len(lines)
    if (table := own_table()) is not None:
        lines += _own_lines(table)
    organisations = len(lines)
    lines += _lines(_OF_ORGANISATIONS)
    persons = len(lines)
    lines += _lines(_OF_PHOENIX)
    return _Lines(lines, own, organisations, persons)


def _lines(table: str) -> list[str]:
    try:
        text = (files("comity.knowledge") / "tables" / table).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise TableError(f"{table}: this table is not part of the installation; reinstall comity") from None
    return text.splitlines()[1:]


def _own_lines(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            given = list(csv.DictReader(lines, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path}: the table set in COMITY_LEADERS cannot be read ({error})") from error
    if given and (missing := {*_COLUMNS} - {"aliases"} - set(given[0])):
        raise TableError(f"{path}: lacks the columns {', '.join(sorted(missing))}; see the how-to on leaders")
    for n, r in enumerate(given, 2):
        if not r["name"] or r["state"] not in states() or r["level"] not in _LEVELS or not r["from"][:4].isdigit():
            raise TableError(f"{path}:{n}: {r['name']!r} needs a known state and level, and a first year")
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([" ".join(r.get(c, "").split()) for c in _COLUMNS] for r in given)
    return out.getvalue().splitlines()


def _cells(line: str) -> list[str]:
    return line.split(",") if '"' not in line else next(csv.reader([line]))


def cells_of(line: str, columns: int) -> list[str]:
    """The cells of a line of a table of so many columns; raises `TableError` if it has more or fewer.

    >>> cells_of('Ada Sample,"KEN, UGA"', 2)
    ['Ada Sample', 'KEN, UGA']
    """
    cells = _cells(line)
    if len(cells) != columns:
        raise TableError(
            f"{line!r} in a table of leaders or officials has {len(cells)} cells, but the table has {columns} columns; "
            "quote a cell that contains a comma, and leave a cell empty if its value is unknown"
        )
    return cells


@cache
def _leader(n: int) -> Leader:
    tables = _tables()
    columns = len(_COLUMNS) if n < tables.organisations else 6 if n < tables.persons else 5
    cells = cells_of(tables.lines[n], columns)
    if n < tables.organisations:
        name, _, state, office, level, from_, to = cells
        return Leader(name, state, office, level, from_, to or None)
    if n < tables.persons:
        name, _, organisation, office, from_, to = cells
        return Leader(name, None, office, "other", from_, to or None, organisation)
    name, code, sector, from_, to = cells
    if sector == "IGO":
        return Leader(name, None, "", "other", from_, to or None, code, sector)
    return Leader(name, code, "", "other", from_, to or None, None, sector)


@cache
def _index() -> dict[str, int | list[int]]:
    """The numbers of the lines that contain a folded name or surname."""
    tables = _tables()
    out: dict[str, int | list[int]] = {}
    for n, keys in enumerate(_all_keys(_plain("\n".join(tables.lines)).split("\n"), tables)):
        for key in keys:
            old = out.get(key)
            if old is None:
                out[key] = n
            elif isinstance(old, list):
                old.append(n)
            else:
                out[key] = [old, n]
    return out


def _all_keys(plain: Iterable[str], tables: _Lines) -> Iterator[Iterable[str]]:
    """The keys of each line of the tables in lower case."""
    for n, line in enumerate(plain):
        if n >= tables.persons:
            yield _full(line[: line.index(",")].split())
            continue
        cells = _cells(line)
        if len(cells) < len(_COLUMNS) - 1:
            cells_of(tables.lines[n], len(_COLUMNS))  # no row is so short: it is refused by its words
        name, aliases, state, office, level = cells[:5]
        if n >= tables.organisations:
            level = "other"
        elif n >= tables.own:
            level = ""  # whom a user lists is meant by the surname, too, whatever the office
        keys = set()
        for spelled in (name, *_spelled(name, aliases)) if aliases else (name,):
            words = spelled.split()
            if level == "other":
                keys |= _full(words)
            elif office in _SOVEREIGNS:
                keys |= _sovereign(words, office)
            else:
                keys |= _keys(words, state.upper())
        yield keys


def _spelled(name: str, aliases: str) -> set[str]:
    """Aliases; one word is also another spelling of the last: "Zelenskyy" gives "Volodymyr Zelenskyy"."""
    first = name.rpartition(" ")[0]
    spellings = [x for x in aliases.split(";") if x]
    return {*spellings, *(f"{first} {x}" for x in spellings if first and " " not in x)}


def _sovereign(words: list[str], office: str) -> set[str]:
    """The names of a sovereign: "Elizabeth II" and "Queen Elizabeth"; "Francis" or "Philippe" alone is none."""
    name = " ".join(words)
    short = " ".join(words[:-1]) if set(words[-1]) <= set("ivx") else name
    return {_close(name), _close(f"{office} {name}"), _close(f"{office} {short}")}


def _full(words: list[str]) -> set[str]:
    """A full name, and the same without the letters in its middle: "Louis A. Johnson" is Louis Johnson, too."""
    keys = {_close(" ".join(words))}
    if len(words) > 2 and len(words[0]) > 1:
        kept = [x for x in words if len(x) > 1]
        if 1 < len(kept) < len(words):
            keys.add(_close(" ".join(kept)))
    return keys


def _keys(words: list[str], state: str) -> set[str]:
    keys = _full(words)
    while len(words) > 1 and words[-1] in _AFTER_NAMES:
        words = words[:-1]
    last = _surname(words, state)
    alone = {_close(last)}
    if state in _GIVEN_NAME:
        alone |= {_close(words[0]), _close(words[-1])}
    if last != words[-1] and state not in _FAMILY_FIRST:
        alone.add(_close(words[-1]))
    return keys | (alone - _plain_words())


@cache
def _plain_words() -> frozenset[str]:
    """Words that are somebody's surname, but seldom mean a person where they stand alone: "Day", "Friday"."""
    return frozenset(r["word"] for r in rows("officials_words.csv"))


def _surname(words: list[str], state: str) -> str:
    if len(words) == 1 or (state in _FAMILY_FIRST and (state in _GIVEN_NAME or _is_family_name(words[0]))):
        return words[0]
    for i, word in enumerate(words[1:-1], 1):
        if word.lower() in _PARTICLES:
            return " ".join(words[i:])
    return words[-1]


def _is_family_name(word: str) -> bool:
    low = word.lower()
    one = (len(low) > 1 or low == "o") and _SYLLABLE.fullmatch(low) is not None and low not in _GIVEN
    return one or low in _LONGER


@cache
def _of_states() -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    tables = _tables()
    for n in range(tables.organisations):
        out.setdefault(_cells(tables.lines[n])[2], []).append(n)
    return out


@cache
def _offices(state: str) -> dict[str, list[Leader]]:
    out: dict[str, list[Leader]] = {}
    for n in _of_states().get(state, ()):
        leader = _leader(n)
        out.setdefault(_worded(leader.office), []).append(leader)
    return out


@cache
def _worded(office: str) -> str:
    """An office in a canonical wording: "Minister of Foreign Affairs" is the foreign affairs minister."""
    low = _fold(office).replace("defense", "defence").replace("spokeswoman", "spokesman")
    turned = _TURNED.fullmatch(low)
    return f"{turned[2]} {turned[1]}" if turned else low


@cache
def _wordings(office: str, state: str) -> list[str]:
    """An office's wording, then what the same office is called in a state."""
    out = [office]
    for wording in out:
        out += [x for x, where in _same_offices().get(wording, ()) if x not in out and (not where or state in where)]
    return out


@cache
def _same_offices() -> dict[str, list[tuple[str, frozenset[str]]]]:
    out: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for r in rows("office_names.csv"):
        where = frozenset(r["states"].split(";")) - {""}
        out.setdefault(_worded(r["asked"]), []).append((_worded(r["office"]), where))
    return out


def _plain(text: str) -> str:
    """A text in lower case without accents, full stops and apostrophes."""
    if not text.isascii():
        text = text.replace("’", "'").replace("ł", "l").replace("Ł", "L").replace("ø", "o")
        text = unicodedata.normalize("NFD", text)
        # the tables are one text of two million letters: each letter of the alphabet is looked at once
        text = text.translate({ord(c): None for c in set(text) if unicodedata.combining(c)})
    return text.replace("'", "").replace(".", " ").casefold()


def _close(name: str) -> str:
    return name.replace("-", " ") if "-" in name else name


def _fold(name: str) -> str:
    return " ".join(_plain(name).replace("-", " ").split())
