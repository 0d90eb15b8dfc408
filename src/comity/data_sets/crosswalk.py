"""From the codes and names of data sets to the codes of states, as of the time of the row."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from comity.data_sets.cells import MISSING
from comity.knowledge.lexicon import entries, key
from comity.knowledge.states import by_name, continuing, rows, states

Span = tuple[str, str, str]
_OPEN = ("0000", "9999")


class UnknownCodeError(ValueError):
    """An unknown code; its row is malformed."""


@cache
def _spans() -> dict[tuple[str, str], tuple[Span, ...]]:
    """For each system and code the states to which it referred, each with its first and last day."""
    out: dict[tuple[str, str], tuple[Span, ...]] = {}
    for state in states().values():
        for number in (n for n in (state.cow, *state.cow_also) if n is not None):
            out.setdefault(("cow", str(number)), ((state.code, *_OPEN),))
        out["iso", state.code] = ((state.code, *_OPEN),)
        if state.iso2 and state.last_year is None:
            out.setdefault(("iso2", state.iso2), ((state.code, *_OPEN),))
    exact: dict[tuple[str, str], list[Span]] = {}
    for r in rows("state_codes.csv"):
        exact.setdefault((r["system"], r["code"]), []).append((r["state"], r["from"] or "0000", r["to"] or "9999"))
    out.update({k: tuple(v) for k, v in exact.items()})
    return out


@lru_cache(maxsize=100_000)
def known(system: str, code: str, on: str) -> str | None:
    """The state of a code on a day (ISO 8601), null if unknown.

    Systems: `cow` and `gw` (numbers), `cow_abb` (letters: there MNG is Montenegro and MON Mongolia), `fips`, `cameo`
    (country codes of CAMEO), `cameo_group` (its organisations), `fbic`, `iso`, `iso2`, `m49` (United Nations numbers).

    >>> known("cow", "365", "1991-12-25"), known("cow", "365", "1991-12-26"), known("cow", "712", "1950-01-01")
    ('SUN', 'RUS', 'MNG')
    >>> known("cow_abb", "MNG", "2010-01-01"), known("iso", "MNG", "2010-01-01")
    ('MNE', 'MNG')
    """
    for table in (system, _FALLBACK[system]) if system in _FALLBACK else (system,):
        for state, first, last in _spans().get((table, code), ()):
            if first <= on <= last:
                return known("cow", state, on) if state.isdigit() else as_of(state, on)
    return None


_FALLBACK = {"gw": "cow", "cameo": "iso", "fbic": "iso"}
"""Systems that differ from another one in some codes."""


def state_of(system: str, code: str, on: str) -> str:
    """The state of a code on a day. Raises `UnknownCodeError`."""
    found = known(system, code, on)
    if found is None:
        raise UnknownCodeError(f"unknown {system} code {code!r}")
    return found


@lru_cache(maxsize=20_000)
def as_of(state: str, on: str) -> str:
    """The code of a state's legal person on a day: Russia's is `SUN` from 1922 to 1991.

    >>> as_of("RUS", "1980-01-01"), as_of("SUN", "2001-01-01"), as_of("SRB", "1980-01-01"), as_of("UKR", "1980-01-01")
    ('SUN', 'RUS', 'YUG', 'UKR')
    """
    number = _CHANGING.get(state)
    if number is None:
        return state
    return next(s for s, first, last in _spans()["cow", number] if first <= on <= last)


_CHANGING = {"SUN": "365", "RUS": "365", "YUG": "345", "SCG": "345", "SRB": "345"}
"""States whose code changed while the legal person continued, with their Correlates of War number."""


def named(name: str, on: str) -> str | None:
    """The state, territory or organisation of a name on a day, null if unknown.

    >>> named("Soviet Union", "1970-05-05"), named("Russia", "1970-05-05"), named("Korea, Republic of", "1970-05-05")
    ('SUN', 'SUN', 'KOR')
    >>> named("Yugoslavia (Kosovo)", "1999-11-23"), named("NATO", "1999-11-23"), named("Atlantis", "1999-11-23")
    ('YUG', 'NATO', None)
    """
    found = None if name.strip() in MISSING else _named(name, int(on[:4]) if on[:4].isdigit() else None)
    return as_of(found, on) if found else None


@lru_cache(maxsize=50_000)
def _named(name: str, year: int | None) -> str | None:
    """The reader's own names are included, if they are a state's or an organisation's."""
    for form in _forms(" ".join(name.replace("’", "'").split())):
        if found := _names().get(form.casefold()):
            return found
        if state := by_name(form):
            return state.code
        for entry in entries().get(key(form), ()):
            # a territory is not the state to which it belongs, so territories.csv is not included
            if entry.table in _OWN_NAMES and entry.kind in {"state", "organisation"} and entry.lives(year):
                return entry.code
        if len(form) <= _LONGEST and (found := _spelled().get(spelling(form))):
            return found
    return None


_LONGEST = 120
"""The maximum length of a name."""
_OWN_NAMES = frozenset({"states.csv", "state_variants.csv", "organisations.csv"})


def spelling(name: str) -> str:
    """A name without accents, punctuation, articles and abbreviations; text after a comma or in brackets comes first.

    >>> spelling("Congo, Dem. Rep. of the") == spelling("The Democratic Republic of the Congo")
    True
    >>> spelling("St. Kitts & Nevis"), spelling("Gambia, The")
    ('saint kitts nevis', 'gambia')
    """
    plain = key(name).replace("&", " and ")
    if found := _INVERTED.fullmatch(plain):
        plain = f"{found[2]} {found[1]}"
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return " ".join(_LONG.get(w, w) for w in words if w not in _SMALL)


_INVERTED = re.compile(r"([^,()]+?) ?[,(] ?([^,()]*?\b(?:rep|republic|kingdom|state|union|dr|p\.?d\.?r)\b[\w. ]*)\)?")
_SMALL = frozenset({"the", "of", "and", "de", "la"})
_LONG = {
    "st": "saint", "ste": "saint", "rep": "republic", "dem": "democratic", "fed": "federal", "is": "islands",
    "isl": "islands", "isls": "islands", "isds": "islands", "island": "islands", "utd": "united", "arab": "arab",
    "fmr": "former", "ex": "former", "soc": "socialist", "peoples": "people", "sts": "states",
}  # fmt: skip


@cache
def _spelled() -> dict[str, str]:
    """The code of each unambiguous spelling; the usage of data sets takes precedence over that of reports."""
    of_sets = [(r["name"], r["state"]) for r in rows("state_names.csv")]
    of_reports = [(n, s.code) for s in states().values() if s.last_year is None for n in (s.name, *s.alternatives)]
    of_reports += [(r["name"], r["code"]) for r in rows("state_variants.csv") if r["note"] == "name"]
    out: dict[str, str] = {}
    for names in (of_sets, of_reports):
        found: dict[str, set[str]] = {}
        for name, code in names:
            found.setdefault(spelling(name), set()).add(code)
        for k, codes in found.items():
            if len(codes) == 1 and len(k) > 3:
                out.setdefault(k, *codes)
    return out


def _forms(name: str) -> Iterable[str]:
    """A name unchanged, then without the words around the state's own name."""
    yield name
    bare = _BEFORE.sub("", name.rstrip()).strip(" .,;*")
    yield bare
    yield re.sub(r" ?\([^()]*+\)?$", "", bare)
    yield _STYLE.sub("", bare)
    # "Korea, Republic of": the style after the comma decides which Korea, so only plain styles are removed
    yield _TAIL.sub("", bare)


_TAIL = re.compile(r", (?:the )?(?:(?:Islamic |Federal |United )?Republic|Kingdom|State) of.*$")
_BEFORE = re.compile(r"^(?:and|the) ", re.IGNORECASE)
_STYLE = re.compile(
    r"^(?:the )?(?:(?:Democratic |Federal |Federative |Islamic |People's |Socialist |United |Arab |Co-operative )*"
    r"Republic|Kingdom|State|Principality|Commonwealth|Sultanate|Union|Grand Duchy) of (?:the )?",
    re.IGNORECASE,
)


@cache
def _names() -> dict[str, str]:
    """The names of states and territories in data sets, and the organisations by name and acronym."""
    # the short name used by the United Nations, SIPRI and many lists; in reports it means the larger one
    out = {"congo": "COG"}
    out |= {r["name"].casefold(): r["state"] for r in rows("state_names.csv")}
    for r in rows("organisations.csv"):
        for name in (r["acronym"], *r["names"].split(";")):
            if name:
                out.setdefault(name.casefold(), r["acronym"])
    return out


@lru_cache(maxsize=50_000)
def block(*codes: str | None) -> str:
    """All states and organisations concerned, sorted, a former state by its continuing state.

    >>> block("SUN", None, "MNG")
    'MNG RUS'
    """
    return " ".join(sorted({continuing(c) for c in codes if c}))


def block_of(codes: Iterable[str]) -> str:
    """The same for a list of any length."""
    return " ".join(sorted({continuing(c) for c in codes}))
