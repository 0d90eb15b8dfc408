"""Isolated names: the interpretations of a name that covers the whole input, as of a day."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from comity.knowledge import leaders, offices
from comity.knowledge.lexicon import Entry, entries, key, memberships, region, senders, standing_for
from comity.knowledge.states import at, by_code, holder, rows


@dataclass(frozen=True, slots=True)
class Meaning:
    """One interpretation of a name. `code` is a state's alpha-3 as of the day, or an organisation's acronym.

    `kind`: `state`, `people`, `city`, `unit`, `entity` (a territory that is governed apart from its state), `body`,
    `army`, `faction`, `organisation`, `group` (of states; its members follow as further readings), `person`, `office`
    or `phrase` ("Kenyan lawmakers"). `office` is the title, of a person or an office; empty for a person of whom only
    the sector is known. `sector` is PLOVER's. `source` is its table.
    """

    code: str
    name: str
    kind: str
    office: str | None
    sector: str | None
    source: str


_TRAPS = frozenset({"who", "us", "male", "nice", "quad", "it", "is", "aid", "eta", "ida"})
_FAR = 25
"""A person in office longer ago, or later, is dropped if there are other interpretations."""
_LARGE = 200_000
"""The population from which a city precedes a person of its name who was in office at another time."""


def exact(text: str, on: str | None) -> list[Meaning] | None:
    """The interpretations of a name that covers the whole text; empty if the name is known not to be a state's."""
    matches = lexical(text, on)
    if matches is not None and not matches:
        return []
    ranked = [*(matches or ()), *_titled(text, on), *persons(text, on, beside=bool(matches))]
    if not ranked:
        return listed(text, on) or None
    ranked.sort(key=lambda x: x[0])
    return [m for _, m in ranked]


Ranked = list[tuple[tuple[int, int], Meaning]]


def lexical(text: str, on: str | None) -> Ranked | None:
    """The readings of the lexicon with their ranks; null where it lacks the name, empty where that is no state's."""
    year = int(on[:4]) if on else None
    readings = [e for e in entries().get(key(text), ()) if _written(e, text)]
    readings = [e for e in readings if e.lives(year)] or readings
    if not readings:
        return None
    if readings[0].kind == "none":
        return []
    out: Ranked = []
    for n, entry in enumerate(readings):
        found = _meanings(entry, on)
        if found:
            rank = _order(entry, found[0].code, year)
            out += [((rank, n), m) for m in found]
    # Belgrade was Yugoslavia's, but not in 2019
    return [x for x in out if x[0][0] != _GONE] or out


def _written(entry: Entry, text: str) -> bool:
    """Whether a name is written as it can be: "who" is no organisation, "nato" is one."""
    return entry.name == text or not text.islower() or text not in _TRAPS


_GONE = 5
"""The rank of what is read as a state that was not there in the year."""


def _order(entry: Entry, code: str, year: int | None) -> int:
    state = by_code(code)
    if state is not None and year is not None and not (state.first_year or 0) <= year <= (state.last_year or 9999):
        return _GONE
    if entry.kind in {"city", "unit"}:
        return 2 if entry.kind == "unit" or entry.weight >= _LARGE or not entry.weight else 4
    return 1 if entry.kind == "adjective" else 0


def _meanings(entry: Entry, on: str | None) -> list[Meaning]:
    """An entry of the lexicon as a reading; a group of states is followed by its members."""
    kind, code = _kind(entry), entry.code
    if entry.kind == "region":
        return _members(code, entry.name, on, entry.table)
    if kind == "organisation":
        if code == "EC" and on and on[:4] >= "1994":
            code = "EU"
        code = senders().get(code, code)
        if code in _group_acronyms() or region(entry.name, on):
            return _members(code, entry.name, on, entry.table)
        return [Meaning(code, entry.name, kind, None, "IGO", entry.table)]
    return [
        Meaning(
            code_on(code, on, land=kind not in {"state", "people"}), entry.name, kind, None, entry.sector, entry.table
        )
    ]


def _members(code: str, name: str, on: str | None, table: str) -> list[Meaning]:
    """A group of states and then its members; one member alone stands for itself."""
    acronym = standing_for(code, on) or (code if code in memberships() else None)
    year = on[:4] if on else None
    listed = (
        region(code, on)
        or region(name, on)
        or tuple(
            m
            for m, first, last in memberships().get(acronym or "", ())
            if year is None or (first or 0) <= int(year) <= (last or 9999)
        )
    )
    if len(listed) == 1:
        return [Meaning(code_on(listed[0], on), name, "state", None, None, table)]
    source = "organisation_members.csv" if acronym else table
    out = [Meaning(acronym or name, name, "group", None, None, table)] if listed or acronym else []
    for member in listed:
        state = by_code(member)
        if state is not None:
            out.append(Meaning(code_on(member, on), state.name, "state", None, None, source))
    return out


@cache
def _group_acronyms() -> frozenset[str]:
    return frozenset(r["acronym"] for r in rows("organisations.csv") if r["kind"] == "group")


def _kind(entry: Entry) -> str:
    if entry.table == "territories.csv":
        return "people" if entry.kind == "adjective" else _territories().get(key(entry.name), "unit")
    if entry.table == "factions.csv":
        return "faction"
    if entry.kind == "metonym":
        if entry.table == "phoenix_bodies.csv" and entry.sector in {"REB", "PTY", "OPP"}:
            return "faction"
        return "army" if entry.sector == "MIL" else "body"
    return {"adjective": "people", "capital": "city"}.get(entry.kind, entry.kind)


@cache
def _territories() -> dict[str, str]:
    out: dict[str, str] = {}
    for r in rows("territories.csv"):
        for name in (r["name"], *r["aliases"].split(";")):
            out.setdefault(key(name), "entity" if r["kind"] == "entity" else "unit")
    return out


def code_on(code: str, on: str | None, *, land: bool = False) -> str:
    """The code on a day: a state's own while it is one, else that of the state whose part the land is."""
    state = by_code(code)
    if on is None or state is None:
        return code
    year = int(on[:4])
    if not land:
        if (state.first_year or 0) <= year:
            return code
        if (former := at(code, on)) != code:
            return former
    if (former := holder(code, on)) != code or (state.first_year or 0) <= year:
        return former
    for of, by, first, last in _holders():
        if of == code and first <= year <= last:
            return by
    return code


@cache
def _holders() -> tuple[tuple[str, str, int, int], ...]:
    return tuple((r["state"], r["held_by"], int(r["from"]), int(r["to"])) for r in rows("held_by.csv"))


def _titled(text: str, on: str | None) -> Ranked:
    """Who bears a title that only one state has, then the title: "the Taoiseach", "the Shah"."""
    found = _titles().get(key(text)) or _titles().get(key(text).removesuffix("s"))
    if found is None:
        return []
    code, title, sector = found
    code = code_on(code, on)
    out: Ranked = [((1, 1), Meaning(code, title, "office", title, sector, "en/titles.csv"))]
    if (holder := bearer(code, title, on)) is not None:
        out.insert(0, ((1, 0), holder))
    return out


@cache
def _titles() -> dict[str, tuple[str, str, str]]:
    return {key(r["title"]): (r["state"], r["title"], r["sector"]) for r in rows("en/titles.csv")}


def persons(text: str, on: str | None, *, beside: bool) -> Ranked:
    """Leaders of a name, those in office on the day first; `beside` other interpretations, the others last."""
    namesakes = leaders.by_name(text, on)
    if not namesakes and (m := re.fullmatch(r"(.+?)['’]s?", text)):
        namesakes = leaders.by_name(m[1], on)
    near = [x for x in namesakes if leaders.distance(x, on) <= _FAR]
    out: Ranked = []
    for n, leader in enumerate(near or ([] if beside else namesakes)):
        away = leaders.distance(leader, on)
        rank = 1 if on and not away else 3 if away <= 10 else 6
        out.append(((rank, n), _person(leader, on)))
    return out


def _person(leader: leaders.Leader, on: str | None) -> Meaning:
    code = leader.organisation or (at(leader.state, on) if leader.state else "")
    sector = leader.sector or ("IGO" if leader.organisation else office_sector(leader.office))
    return Meaning(code, leader.name, "person", leader.office or None, sector, _table_of(leader))


def office_sector(office: str) -> str | None:
    """The PLOVER sector of an office."""
    words = office.replace("-", " - ").split()
    for i in range(len(words)):
        if (found := offices.find(words[i:])) is not None:
            return found[0].sector
    return "GOV"


@lru_cache(maxsize=4_000)
def _table_of(leader: leaders.Leader) -> str:
    """The table that lists a person."""
    if leader.sector is not None:
        return "persons_phoenix.csv"
    if leader.organisation:
        return "officials_organisations.csv"
    for table, text in _rolls().items():
        if leader.name not in text:
            continue
        lines = (line for line in text.splitlines() if line.lstrip('"').startswith(leader.name))
        if any(f",{leader.state}," in line and leader.office in line for line in lines):
            return table
    own = leaders.own_table()
    return own.name if own else "leaders"


@cache
def _rolls() -> dict[str, str]:
    names = sorted(x.name for x in (files("comity.knowledge") / "tables").iterdir())
    wanted = [n for n in names if re.match(r"leaders_|officials_(?!words|organisations)", n)]
    return {n: (files("comity.knowledge") / "tables" / n).read_text(encoding="utf-8") for n in wanted}


def listed(text: str, on: str | None) -> list[Meaning]:
    """What is a name where it is asked for alone, as airlines are, or a territory that only lists of data sets have."""
    year = int(on[:4]) if on else None
    matches = _asked().get(key(text), [])
    if matches:
        r = next((r for r in matches if year is None or _between(r, year)), matches[-1])
        return [Meaning(code_on(r["code"], on, land=True), r["name"], r["kind"], None, r["sector"], "asked_names.csv")]
    found = _territory_names().get(key(text))
    return [Meaning(found, text, "entity", None, None, "state_names.csv")] if found else []


@cache
def _asked() -> dict[str, list[dict[str, str]]]:
    out: dict[str, list[dict[str, str]]] = {}
    for r in rows("asked_names.csv"):
        for name in filter(None, (r["name"], *r["aliases"].split(";"))):
            out.setdefault(key(name), []).append(r)
    return out


def _between(row: dict[str, str], year: int) -> bool:
    return int(row["from"] or 0) <= year <= int(row["to"] or 9999)


@cache
def _territory_names() -> dict[str, str]:
    return {
        key(r["name"]): r["state"] for r in rows("state_names.csv") if len(r["state"]) == 3 and r["state"].isalpha()
    }


def office_key(title: str) -> str:
    """A title of an office for comparison."""
    return key(title).removesuffix("s").replace("-", " ").replace("defense", "defence")


@cache
def known_offices() -> frozenset[str]:
    """Every office that the tables of leaders and officials, and of other wordings, name."""
    out = {office_key(r["asked"]) for r in rows("office_names.csv")} | {office_key(t) for _, t, _ in _titles().values()}
    for text in _rolls().values():
        for line in text.splitlines()[1:]:
            cells = line.split(",") if '"' not in line else []
            if len(cells) > 3:
                out.add(office_key(cells[3]))
    out |= {office_key(r["office"]) for r in rows("officials_organisations.csv")}
    return frozenset(out)


def bearer(code: str, office: str, on: str | None) -> Meaning | None:
    """The holders of an office of a state or an organisation on a day."""
    if on is None:
        return None
    if by_code(code) is not None:
        leader = leaders.office_holder(code, office, on)
        return _person(leader, on) if leader else None
    matches = [
        r
        for r in rows("officials_organisations.csv")
        if r["organisation"] == code and office_key(r["office"]) == office_key(office)
        and r["from"][: len(on)] <= on[: len(r["from"])] and on[: len(r["to"])] <= (r["to"] or on)[: len(on)]
    ]  # fmt: skip
    if len({r["name"] for r in matches}) != 1:
        return None
    r = matches[0]
    return Meaning(code, r["name"], "person", r["office"], "IGO", "officials_organisations.csv")
