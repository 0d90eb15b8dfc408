"""Leaders: heads of state and government, foreign ministers and the like, with the years in which they held office."""

import csv
import os
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from comity.errors import TableError
from comity.knowledge.states import rows, states

# The table of a part of the world; a new one is named here.
_TABLES = ("africa", "americas", "asia", "europe", "oceania")
_LEVELS = ("head of state", "head of government", "minister", "other")
_UNKNOWN_END = 9999
# Where the family name leads; Vietnam's reports then go by the last word, China's and Korea's by the first.
_FAMILY_FIRST = {"CHN", "HKG", "KHM", "KOR", "MAC", "PRK", "TWN", "VDR", "VNM"}
_GIVEN_NAME = {"ETH", "KHM", "MYS", "VDR", "VNM"}
_PARTICLES = ("al", "bin", "da", "de", "del", "di", "van", "von")


@dataclass(frozen=True, slots=True)
class Leader:
    """A person in an office, from and to a year or a finer date; `to` is null while in office."""

    name: str
    state: str
    office: str
    level: str
    from_: str
    to: str | None


@cache
def leaders() -> tuple[Leader, ...]:
    """Every term of office in the tables."""
    return tuple(leader for leader, _ in _rows())


def by_name(name: str, on: str | None = None) -> list[Leader]:
    """Those who bear a name or surname, whoever held office on the date (EDTF), or nearest to it, first.

    Accents, hyphens and capitals do not count. A surname of several states' leaders gives them all.

    >>> [(x.office, x.state) for x in by_name("Putin", on="2019-09-02")][:1]
    [('President', 'RUS')]
    """
    found = _index().get(_fold(name), ())
    return sorted(found, key=lambda x: (distance(x, on), not _in_office(x, on), _LEVELS.index(x.level)))


def is_surname(word: str) -> bool:
    """Whether a word alone is how some leader is called.

    >>> is_surname("Putin"), is_surname("Vladimir")
    (True, False)
    """
    return (word.lower() if word.isascii() and word.isalpha() else _fold(word)) in _index()


def office_holder(state: str, office: str, on: str) -> Leader | None:
    """Who held an office of a state on a date; null where nobody is listed or the years leave two to choose from.

    >>> office_holder("FRA", "President", "1990-05-01").name
    'Francois Mitterrand'
    """
    held = [x for x in leaders() if x.state == state and x.office.casefold() == office.casefold() and _in_office(x, on)]
    return held[0] if len({x.name for x in held}) == 1 else None


def surname(name: str, state: str) -> str:
    """The word by which a report calls a person after the first mention; the first where the family name leads.

    >>> surname("Vladimir Putin", "RUS"), surname("Xi Jinping", "CHN"), surname("Dominique de Villepin", "FRA")
    ('Putin', 'Xi', 'de Villepin')
    """
    words = name.split()
    if state in _FAMILY_FIRST and len(words) > 1:
        return words[0]
    for i, word in enumerate(words[1:-1], 1):
        if word.lower() in _PARTICLES:
            return " ".join(words[i:])
    return words[-1]


def distance(leader: Leader, on: str | None) -> int:
    """Years between a date and the time in office; 0 within it, or where the date is unknown.

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


def own_table() -> Path | None:
    """The user's own table, named by the environment variable `COMITY_LEADERS`: further rows of the same columns."""
    named = os.environ.get("COMITY_LEADERS")
    return Path(named) if named else None


@cache
def _rows() -> tuple[tuple[Leader, tuple[str, ...]], ...]:
    tables = [(f"leaders_{part}.csv", rows(f"leaders_{part}.csv")) for part in _TABLES]
    if (own := own_table()) is not None:
        tables.append((str(own), _own_rows(own)))
    return tuple(_row(table, n, r) for table, held in tables for n, r in enumerate(held, 2))


def _own_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            held = list(csv.DictReader(lines, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path}: the table that COMITY_LEADERS names cannot be read ({error})") from error
    if held and (missing := {"name", "state", "office", "level", "from", "to"} - set(held[0])):
        raise TableError(f"{path}: lacks the columns {', '.join(sorted(missing))}; see the how-to on leaders")
    return held


def _row(table: str, line: int, r: dict[str, str]) -> tuple[Leader, tuple[str, ...]]:
    if not r["name"] or r["state"] not in states() or r["level"] not in _LEVELS or not r["from"][:4].isdigit():
        raise TableError(f"{table}:{line}: {r['name']!r} needs a known state and level and the year of taking office")
    leader = Leader(r["name"], r["state"], r["office"], r["level"], r["from"], r["to"] or None)
    return leader, tuple(x for x in r.get("aliases", "").split(";") if x)


@cache
def _index() -> dict[str, tuple[Leader, ...]]:
    out: dict[str, list[Leader]] = {}
    for leader, aliases in _rows():
        for key in {_fold(k) for name in (leader.name, *_spelled(leader.name, aliases)) for k in _keys(name, leader)}:
            out.setdefault(key, []).append(leader)
    return {k: tuple(v) for k, v in out.items()}


def _spelled(name: str, aliases: tuple[str, ...]) -> set[str]:
    """Aliases; one word is also another spelling of the last: "Zelenskyy" gives "Volodymyr Zelenskyy"."""
    first = name.rpartition(" ")[0]
    return {*aliases, *(f"{first} {x}" for x in aliases if first and " " not in x)}


def _keys(name: str, leader: Leader) -> set[str]:
    words = name.removesuffix(" Jr").split()
    keys = {name, surname(" ".join(words), leader.state)}
    if leader.office in {"King", "Queen", "Pope", "Emperor"}:
        # "Francis" or "Philippe" alone is no sovereign; "Elizabeth II" and "Queen Elizabeth" are
        short = name.removesuffix(f" {words[-1]}") if _numeral(words[-1]) else name
        return {name, f"{leader.office} {name}", f"{leader.office} {short}"}
    if leader.state in _GIVEN_NAME:
        keys |= {words[0], words[-1]}
    if surname(name, leader.state) != words[-1] and leader.state not in _FAMILY_FIRST:
        keys.add(words[-1])
    return keys


def _numeral(word: str) -> bool:
    return set(word) <= set("IVX")


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("’", "'").replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.replace("-", " ").replace("'", "").replace(".", " ").casefold().split())
