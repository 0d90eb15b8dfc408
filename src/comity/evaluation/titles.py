"""Titles in treaty registers, read and compared with the registers' own columns.

The World Treaty Index (WTI) gives each title its kind (`title`) and two parties; the environmental register (HUGGO)
its kind (`TypeAgree`) and number of parties (`TypeAmbit`). Most titles of the index give only a subject
("PAYMENTS EXTENSION") and name neither. What a title names is determined here by plain strings, without Comity:

- its kind, if a word of the column's vocabulary precedes the title's first preposition, and neither a year
  nor a word in "-ing" before that ("CULTURAL AGREEMENT", "Protocol to the Convention" name one, "EXTENSION OF THE
  TREATY" and "RENEWING 1904 CONVENTION" name another instrument's);
- its parties, if each of the row's two parties (WTI), or as many states as `TypeAmbit` counts (HUGGO), occur in
  it by a name of the index's party list or of the register of territories.

`kind` agrees where the column's is read; HUGGO's "Amendment" also where the title is read to amend or extend another.
`parties` agree where the codes read are exactly the row's; for HUGGO, which has none, where their number is.
"""

import csv
import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from comity.coding.titles import read_title
from comity.evaluation.halves import Half, sample
from comity.evaluation.score import Score, floor_of, need
from comity.knowledge.states import at, by_code, by_name, rows

_CORPORA = {"wti": "world_treaty_index.tsv.gz", "huggo": "huggo_agreements.csv.gz"}
SIZE = 1000
"""The number of titles sampled from each register, among those that name their kind or parties."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A title of a register with its columns.

    `kinds` are the types that agree with the row's kind, null if the title names none; `parties` are the row's
    codes, or `count` their number; `names` is whether the title names them.
    """

    register: str
    id: str
    title: str
    signed: str | None
    kinds: frozenset[str] | None
    parties: frozenset[str] | None
    count: int | None
    names: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A disagreement between the register and the reading."""

    entry: Entry
    figure: str
    read: str


def score_titles(
    data: Path, *, half: Half = "held out", size: int = SIZE, seed: int = 1
) -> tuple[list[Score], list[Miss]]:
    """The shares of sampled titles whose kind and parties are read as the registers' columns say, and the misses.

    `wti.two_read` is the converse: of the index's titles, whether they name parties or not, from which two parties are
    read, the share in which these are the row's. `data` is the folder of the registers. Raises `InputError` if one
    is missing.
    """
    csv.field_size_limit(sys.maxsize)
    states = _territories(data)
    scores: list[Score] = []
    misses: list[Miss] = []
    for register, entries in (("wti", list(_wti(data, states))), ("huggo", list(_huggo(data, states)))):
        drawn = sample([e for e in entries if e.kinds or e.names], lambda e: e.id, half, size, seed)
        asked = {"kind": [e for e in drawn if e.kinds], "parties": [e for e in drawn if e.names]}
        if register == "wti":
            twos = [e for e in entries if e.parties and len(read_title(e.title, e.signed).parties) == 2]
            asked["two_read"] = sample(twos, lambda e: e.id, half, size, seed)
        for figure, cases in asked.items():
            wrong = [m for e in cases if (m := _miss(e, figure))]
            misses += wrong
            name, corpus = f"{register}.{figure}", data / _CORPORA[register]
            value = 1 - len(wrong) / len(cases) if cases else 0.0
            floor = floor_of("titles", name, corpus) if (half, size, seed) == ("held out", SIZE, 1) else None
            scores.append(Score("titles", name, value, floor, len(cases)))
    return scores, misses


def _miss(entry: Entry, figure: str) -> Miss | None:
    read = read_title(entry.title, entry.signed)
    if figure == "kind":
        kinds = {read.kind.type} if read.kind else set()
        kinds |= {"amendment"} if read.link in {"amends", "renews"} else set()
        return None if entry.kinds and kinds & entry.kinds else Miss(entry, figure, " ".join(sorted(kinds)))
    right = frozenset(read.parties) == entry.parties if entry.parties else len(read.parties) == entry.count
    return None if right else Miss(entry, figure, " ".join(read.parties))


# the index's kinds with the words that name them and the types that they are
_WTI = {
    "TREATY": (r"treat(?:y|ies)", {"treaty"}),
    "CONVEN": (r"conventions?", {"treaty"}),
    "AGREEM": (r"agreements?", {"agreement"}),
    "EXCHAN": (r"exchanges? of (?:notes|letters)", {"agreement"}),
    "PROTOC": (r"protocols?", {"protocol"}),
    "MEMORA": (r"memorand\w+", {"memorandum"}),
    "ARRANG": (r"arrangements?", {"agreement"}),
    "DECLAR": (r"declarations?", {"declaration"}),
    "COMMUN": (r"communiqu\w+", {"joint statement"}),
    "STATEM": (r"statements?", {"joint statement", "declaration"}),
    "PACT": (r"pacts?", {"agreement"}),
    "ACCORD": (r"accords?", {"agreement"}),
    "ARMISTICE": (r"armistices?", {"ceasefire"}),
}
_HUGGO = {
    "Agreement": (
        r"agreements?|treat(?:y|ies)|conventions?|accords?|exchanges? of (?:notes|letters)|arrangements?|pacts?",
        {"agreement", "treaty"},
    ),
    "Protocol": (r"protocols?", {"protocol"}),
    "Amendment": (r"amendments?", {"amendment"}),
    "MOU": (r"memorand\w+", {"memorandum"}),
}
_HEAD = re.compile(
    r"\b(?:of|on|to|for|in|at|by|from|between|among|with|under"
    r"|concerning|regarding|relating|respecting)\b|[(:]",
    re.IGNORECASE,
)


@cache
def _vocabulary(register: str) -> re.Pattern[str]:
    table = _WTI if register == "wti" else _HUGGO
    return re.compile(r"\b(?:" + "|".join(words for words, _ in table.values()) + r")\b", re.IGNORECASE)


def _names_kind(register: str, title: str) -> bool:
    """Whether a kind word of the register is at the head of a title."""
    found = _vocabulary(register).search(title)
    bound = _HEAD.search(title)
    if found is None or (bound is not None and bound.start() < found.start()):
        return False
    return re.search(r"ing\b|\b1[5-9]\d\d\b|\b20\d\d\b", title[: found.start()], re.IGNORECASE) is None


def _wti(data: Path, states: dict[str, set[str]]) -> Iterator[Entry]:
    index, listed = need(data, _CORPORA["wti"], "wti_parties.csv.gz")
    parties = {row["PartyID"]: _party(row) for row in table(listed, "\t")}
    forms = {row["PartyID"]: _forms(row, parties[row["PartyID"]], states) for row in table(listed, "\t")}
    for row in table(index, "\t"):
        pair, title, day = (row["party1"], row["party2"]), row["headnote"], row["Signed"] or None
        names = all(p in forms and forms[p].search(title) for p in pair)
        codes = frozenset(at(parties[p], day) for p in pair) if set(pair) <= set(parties) else None
        kinds = _WTI[row["title"]][1] if row["title"] in _WTI and _names_kind("wti", title) else None
        yield Entry("wti", row["treaty_id"], title, day, frozenset(kinds) if kinds else None, codes, None, names)


def _huggo(data: Path, states: dict[str, set[str]]) -> Iterator[Entry]:
    (register,) = need(data, _CORPORA["huggo"])
    everyone = {name: code for code, names in states.items() for name in names}
    anyone = _pattern(everyone)
    for n, row in enumerate(table(register, ",")):
        title = row["Title"]
        count = {"Bilateral": 2, "External": 2, "Trilateral": 3}.get(row["TypeAmbit"])
        named = {everyone[m.group().casefold()] for m in anyone.finditer(title)}
        kinds = _HUGGO[row["TypeAgree"]][1] if row["TypeAgree"] in _HUGGO and _names_kind("huggo", title) else None
        signed = row["Signature"] if row["Signature"][:1].isdigit() else None
        names = count is not None and len(named) >= count
        types = frozenset(kinds) if kinds else None
        yield Entry("huggo", f"{n} {title}", title, signed, types, None, count, names)


def table(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    """The rows of a compressed table, by the names of its columns."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)


# parties of the index whose name in its list is ambiguous between states
_MEANT = {"GERME": "DDR", "KOREN": "PRK", "KORES": "KOR", "VIETS": "VDR", "VIETN": "VNM", "YEMES": "YMD",
          "CONGO": "COG",
          "KAZAKH": "KAZ", "UKRAIN": "UKR", "TANGAN": "TZA", "GABON": "GAB", "VATICA": "VAT", "YEMENA": "YEM",
          "SRHOD": "ZWE", "MUSCAT": "OMN", "TJORD": "JOR", "EURUN": "EU", "EURCOM": "EC", "SOMALI": "SOM"}  # fmt: skip


def _party(row: dict[str, str]) -> str:
    """The code of a party of the index; a placeholder that matches no reading if it is unknown."""
    if code := _MEANT.get(row["PartyID"]):
        return code
    names = _written(row)
    bodies = {
        n.casefold(): r["acronym"] for r in rows("organisations.csv") for n in (*r["names"].split(";"), r["acronym"])
    }
    for name in names:
        if state := by_name(name):
            return state.code
        if name.casefold() in bodies:
            return bodies[name.casefold()]
    return f"wti:{row['PartyID']}"


def _written(row: dict[str, str]) -> list[str]:
    """The names of a party in the index's list: "France (French Republic)", "Poland, Republic of"."""
    cell = re.sub(r"\((?:see|before|after|aka|use for)[^)]*\)", "", row["PartyName"], flags=re.IGNORECASE)
    lead, _, rest = cell.partition("(")
    plain, _, style = lead.partition(",")
    turned = f"{style.strip()} {plain.strip()}" if style.strip() else ""
    return [n for n in (x.strip(" .,)") for x in (plain, lead, rest, row["ShortName"], turned)) if len(n) > 1]


def _forms(row: dict[str, str], code: str, states: dict[str, set[str]]) -> re.Pattern[str]:
    names = {n.casefold() for n in _written(row)} | states.get(code, set())
    if code == "GBR":
        names |= {"great britain"}
    return _pattern(names)


def _territories(data: Path) -> dict[str, set[str]]:
    """English names of states, in lower case, by code, from the register of territories."""
    (register,) = need(data, "rigour_territories.jsonl.gz")
    out: dict[str, set[str]] = {}
    with gzip.open(register, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            code = (row.get("alpha3") or "").upper()
            if by_code(code) is None:
                continue
            short = row["full_name"].split(" (")[0]
            out.setdefault(code, set()).update(n.casefold() for n in (row["name"], short) if len(n) > 3)
    return out


def _pattern(names: "dict[str, str] | set[str]") -> re.Pattern[str]:
    body = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)
