"""States: their names, adjectives, capitals and codes, each for the years in which it existed."""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from comity.errors import TableError


@dataclass(frozen=True, slots=True)
class State:
    """A state: `code` is ISO 3166-1 alpha-3 (a retired code for a former state); years are null if open.

    A state that ended before ISO 3166 has its Correlates of War abbreviation, or one of the project's, as `code`.
    `cow_also` are further Correlates of War numbers under the same code (260 is West Germany).
    `continued_by` is the state that continues its legal person (Russia for the USSR), not a mere successor;
    `succeeded_by` are the successor states on its territory (Ukraine is one of the USSR's).
    """

    code: str
    name: str
    alternatives: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    cow: int | None
    continued_by: str | None
    iso2: str | None = None
    gleditsch_ward: int | None = None
    succeeded_by: tuple[str, ...] = ()
    cow_also: tuple[int, ...] = ()


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a knowledge table, by its file name.

    Raises `TableError` with the line of a row that has more or fewer cells than the table has columns.
    """
    try:
        text = (files("comity.knowledge") / "tables" / table).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise TableError(f"{table}: this table is not part of the installation; reinstall comity") from None
    return rows_of(text, table)


def rows_of(text: str, table: str) -> list[dict[str, str]]:
    r"""The rows of a table by its text; `table` is how an error calls it.

    >>> rows_of('word,means\n"to, at",place', "words.csv")
    [{'word': 'to, at', 'means': 'place'}]
    """
    lines = csv.reader(text.splitlines())
    columns, found = next(lines, []), []
    for cells in filter(None, lines):
        if len(cells) != len(columns):
            raise TableError(
                f"{table}:{lines.line_num}: has {len(cells)} cells, but the table has {len(columns)} columns; "
                "quote a cell that contains a comma, and leave a cell empty if its value is unknown"
            )
        found.append(dict(zip(columns, cells, strict=True)))
    return found


@cache
def states() -> dict[str, State]:
    """All states by code, in the order of the table."""
    out = {}
    for n, r in enumerate(rows("states.csv"), 2):
        if len(r["code"]) != 3 or r["code"] in out:
            raise TableError(f"states.csv:{n}: code {r['code']!r} is not three letters or occurs twice")
        out[r["code"]] = State(
            r["code"],
            r["name"],
            _list(r["alternatives"]),
            _list(r["adjectives"]),
            _list(r["capitals"]),
            _year(r["from"]),
            _year(r["to"]),
            _year(r["cow"].split(";")[0]),
            r["continued_by"] or None,
            r["iso2"] or None,
            _year(r["gw"]),
            _list(r["succeeded_by"]),
            tuple(int(n) for n in _list(r["cow"])[1:]),
        )
    return out


def by_code(code: str) -> State | None:
    """The state of a code.

    >>> by_code("MNG").name
    'Mongolia'
    """
    return states().get(code)


def by_name(name: str, on: str | None = None) -> State | None:
    """The state that a name referred to on a date (EDTF; today if null).

    >>> by_name("Soviet Union").code, by_name("Burma").code
    ('SUN', 'MMR')
    """
    state = _names().get(name.casefold().removeprefix("the "))
    return states()[at(state.code, on)] if state else None


@cache
def continued() -> dict[str, str]:
    """The states that ended and have a legal continuation, each with that."""
    return {s.code: s.continued_by for s in states().values() if s.continued_by}


def continuing(code: str) -> str:
    """The legal continuation of a former state; any other code unchanged.

    >>> continuing("SUN"), continuing("FRA")
    ('RUS', 'FRA')
    """
    return continued().get(code, code)


@lru_cache(maxsize=10_000)
def at(code: str, on: str | None) -> str:
    """The code of a state on a date: Belgrade's is `YUG` in 1980 and `SRB` in 2010.

    A state named before it existed or after it ended keeps the code of its name: a report of 2019 may be about the
    Soviet Union.

    >>> at("SRB", "1980-05-04"), at("SUN", "2019")
    ('YUG', 'SUN')
    """
    if on is None or not on[:4].isdigit():
        return code
    year, state = int(on[:4]), states().get(code)
    if state and state.first_year and year < state.first_year:
        for former in states().values():
            lived = (former.first_year or 0) <= year <= (former.last_year or 9999)
            if former.continued_by == code and lived:
                return former.code
    return code


@lru_cache(maxsize=10_000)
def holder(code: str, on: str | None) -> str:
    """The state that held the territory of today's state on a date: Prague lay in `CSK`, Moscow and Kyiv in `SUN`.

    >>> holder("UKR", "1986-04-26"), holder("UKR", "2014"), holder("DEU", "1987")
    ('SUN', 'UKR', 'DEU')
    """
    now = states().get(code)
    if on is None or not on[:4].isdigit() or now is None:
        return code
    year = int(on[:4])
    for former in states().values():
        if former.last_year is None or not (former.first_year or 0) <= year <= former.last_year:
            continue
        young = now.first_year is None or year < now.first_year
        if former.continued_by == code or (young and code in former.succeeded_by):
            return former.code
    return code


def by_address(url: str | None) -> State | None:
    """The state whose government publishes at a web address, by its domain; null for any other address.

    >>> by_address("https://www.whitehouse.gov/x").code, by_address("https://www.gov.uk/y").code
    ('USA', 'GBR')
    >>> by_address("https://www.gov-times.com/") is None
    True
    """
    host = (urlsplit(url).hostname or "") if url and "://" in url else ""
    labels = host.split(".")
    domains, inner = _domains()
    # the longest domain that contains the host
    for n in range(len(labels)):
        if code := domains.get(".".join(labels[n:])):
            return states()[code]
    if not inner & set(labels[:-1]):
        return None
    country = {"uk": "GB"}.get(labels[-1], labels[-1].upper())
    return next((s for s in states().values() if s.iso2 == country and s.last_year is None), None)


@cache
def _domains() -> tuple[dict[str, str], frozenset[str]]:
    """Domains of governments with their state, and the labels that mark one below the domain of any country."""
    table = rows("government_domains.csv")
    return {r["domain"]: r["state"] for r in table if r["state"]}, frozenset(
        r["domain"] for r in table if not r["state"]
    )


@cache
def _names() -> dict[str, State]:
    out: dict[str, State] = {}
    for state in states().values():
        for name in (state.name, *state.alternatives):
            out.setdefault(name.casefold(), state)
    return out


def _list(cell: str) -> tuple[str, ...]:
    return tuple(x for x in cell.split(";") if x)


def _year(cell: str) -> int | None:
    return int(cell) if cell else None
