"""Finding names: states, their adjectives and capitals, seats of government and organisations in running text."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from comity.knowledge.states import at, holder, rows, states


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name in a text. `kind`: `state`, `adjective`, `capital`, `city`, `metonym`, `organisation` or `region`.

    `code` is a state's code, or the acronym of an organisation; `sector` is known for seats and bodies.
    """

    start: int
    end: int
    text: str
    code: str
    kind: str
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    kind: str
    sector: str | None
    name: str


_UNION = "1994"
"""From this year on the European Commission and the Community's other names stand for the Union."""
_LIVING = 1918
"""A state that ended before is no name in running text: Hanover or Parma is a city there, or a region."""
_RANK = ("state", "metonym", "organisation", "region", "adjective", "capital", "city")
# what follows or precedes a name and makes it another thing
_NOT_AFTER = re.compile(
    r"[ -](?:Airlines|Airways|Express|Motors|Telecom|Petroleum|Steel|Shell|Broadcasting|Tobacco|Gas Plc"
    r"|Inc|Corp|Plc|Ltd|Sea\b|Ocean|Gulf(?! states)|Peninsula|Channel|Canal Co|Post\b|Times|Open\b|Shepherd"
    r"|[Aa]ccords?\b|[Cc]lub\b|[Pp]act\b|[Cc]onvention\b|Round\b"
    r"|Street Journal|Carolina|Dakota|Indies|Basin|flu\b|Virginia)"
)
# "British Telecom" is no act of Britain; "the U.S. Convention" is one of the United States
_OWNERS = {"state", "adjective"}
_NOT_BEFORE = re.compile(r"(?:Air|New|Royal|Gulf of|University of|Isle of|Bay of|Bank of|Michael|Air New|Lake|Miss) $")
# newswires set a firm's name or ticker in angle brackets: "Union Carbide <UK>"
_ANGLED = re.compile(r"<[^<>\n]*$")
_KEEPS_BEFORE = {"New": {"Delhi", "Zealand", "York", "Jersey", "Mexico"}}
_GIVEN = re.compile(r"\b(?:George|Denzel|Martin Luther|Michael|Hamilton|Booker T\.|Robert|Hank|Jordan|Mr\.?|Ms\.?) $")
_QUAD = re.compile(
    r"\s(?:partner|leader|countr|member|nation|foreign|joint|summit|senior|ministe|statement|cyber|meeting)|['’]s\b",
    re.IGNORECASE,
)
_LOWER_TRAPS = frozenset({"us", "male", "nice", "who", "quad"})


@cache
def _entries() -> dict[str, _Entry]:
    out: dict[str, _Entry] = {}

    def put(name: str, code: str, kind: str, sector: str | None = None) -> None:
        key = name.replace("’", "'").casefold()
        if key and (key not in out or _RANK.index(kind) < _RANK.index(out[key].kind)):
            out[key] = _Entry(code, kind, sector, name)

    for state in states().values():
        if state.last_year is not None and state.last_year < _LIVING:
            continue
        for name in (state.name, *state.alternatives):
            put(name, state.code, "state")
        for name in state.adjectives:
            put(name, state.code, "adjective")
            if name.endswith(("an", "i", "ian")):
                put(name + "s", state.code, "adjective")
    # a city belongs to the state of today first (Moscow); the date settles the rest
    for state in sorted(states().values(), key=lambda s: s.last_year is not None):
        for name in state.capitals:
            put(name, state.code, "capital")
    for r in rows("cities.csv"):
        put(r["name"], r["state"], "city")
    for r in rows("metonyms.csv"):
        put(r["name"], r["state"], "metonym", r["sector"])
    for r in rows("organisations.csv"):
        for name in (r["acronym"], *r["names"].split(";")):
            put(name, r["acronym"], "organisation", "IGO")
    for r in rows("regions.csv"):
        for name in (r["name"], *r["alternatives"].split(";")):
            put(name, r["name"], "region")
    return out


@cache
def region(name: str) -> tuple[str, ...]:
    """The states that a group's name stands for, which is no organisation that could act for them.

    >>> region("Benelux")
    ('BEL', 'NLD', 'LUX')
    """
    return next((tuple(r["members"].split(";")) for r in rows("regions.csv") if r["name"] == name), ())


def names() -> tuple[str, ...]:
    """Every name that is looked for, in lower case, in alphabetical order.

    >>> "burma" in names()
    True
    """
    return tuple(sorted(_entries()))


_BEGINS = re.compile(r"(?<![\w.@])[^\W\d_a-z]")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The names, the longest first, as one pattern for each two letters that they may begin with."""
    groups: dict[str, list[str]] = {}
    for name in sorted(_entries(), key=len, reverse=True):
        groups.setdefault(name[:2].casefold(), []).append(name)
    out = {}
    for start, names in groups.items():
        body = "|".join(re.escape(n).replace("'", "['’]").replace(r"\ ", r"\s++") for n in names)
        out[start] = re.compile(rf"(?:{body})(?![\w@]|['’](?!s\b)\w|\.\w)", re.IGNORECASE)
    return out


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Where names stand, in order, without overlaps; only words that begin in upper case are looked up."""
    patterns, at = _patterns(), 0
    while begin := _BEGINS.search(text, at):
        at = begin.start() + 1
        pattern = patterns.get(text[begin.start() : begin.start() + 2].casefold())
        found = pattern.match(text, begin.start()) if pattern else None
        if found:
            at = found.end()
            yield found


@lru_cache(maxsize=2_000)
def find_names(text: str, on: str | None = None) -> tuple[NameHit, ...]:
    """The names of a text in order, the longest where several begin alike, without overlaps.

    `on` is the date (EDTF) by which codes are read: "Russia" in a report of 1974 stays `RUS`, "Soviet" is `SUN`.
    A name in lower case is none, nor is one inside a company's name.

    >>> [(h.text, h.code) for h in find_names("Soviet-Chinese talks in Ulan Bator; American Airlines flew.")]
    [('Soviet', 'SUN'), ('Chinese', 'CHN'), ('Ulan Bator', 'MNG')]
    """
    loud = text.isupper()
    out: list[NameHit] = []
    for m in _candidates(text):
        word = m.group()
        if not _is_name(text, m.start(), m.end(), word, loud=loud):
            continue
        entry = _entries()[_key(word)]
        end = m.end()
        # "U.S" at the end of a sentence keeps its stop
        if entry.code == "USA" and word.upper() == "U.S" and text[end : end + 1] == ".":
            end += 1
        code = entry.code
        if entry.kind in {"capital", "city", "metonym"}:
            code = holder(code, on)
        elif entry.kind not in {"organisation", "region"}:
            code = at(code, on)
        elif code == "EC" and on and on[:4] >= _UNION:
            code = "EU"
        before = out[-1] if out else None
        if before and before.kind == "city" and before.code == "USA" and text[before.end : m.start()] == ", ":
            # "Atlanta, Georgia" lies in the United States
            code = "USA"
        out.append(NameHit(m.start(), end, text[m.start() : end], code, entry.kind, entry.sector))
    return tuple(out)


def _key(word: str) -> str:
    return re.sub(r"\s+", " ", word.replace("’", "'")).casefold()


def _is_name(text: str, start: int, end: int, word: str, *, loud: bool) -> bool:
    if not word[0].isupper():
        return False
    if word.casefold() in _LOWER_TRAPS:
        entry = _entries()[word.casefold()]
        acronym = entry.kind in {"organisation", "region"} or word.casefold() == "us"
        if acronym and not word.isupper() and not (word == "Quad" and _QUAD.match(text[end : end + 24])):
            return False
    # "Hurricane Ida" is no development association, "Nato" is the alliance
    if len(word) <= 3 and _entries()[_key(word)].kind == "organisation" and not word.isupper():
        return False
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    if _ANGLED.search(text[max(0, start - 60) : start]) and ">" in text[end : end + 60]:
        return False
    if loud:
        before, after = before.title(), after.title()
    if _NOT_AFTER.match(after) and _entries()[_key(word)].kind in {"capital", "city"} | (
        set() if re.match(r"[ -](?:[Aa]ccord|[Cc]lub|[Pp]act|[Cc]onvention|Round)", after) else _OWNERS
    ):
        return False
    if (m := _NOT_BEFORE.search(before)) and word.title() not in _KEEPS_BEFORE.get(m.group().strip(), ()):
        return False
    return not (word.casefold() in {"washington", "jordan", "chad"} and _GIVEN.search(before))


def mentioned(text: str, title: str | None = None, on: str | None = None) -> list[str]:
    """Codes of the states that a report is about, most mentioned first.

    Those named in its title, its dateline or the first words of its lead count; others do where they are named at
    least `_SHARE` as often as the most mentioned one.
    """
    body = f"{title}\n\n{text}" if title else text
    lead = len(body) - len(text) + _LEAD
    counts: Counter[str] = Counter()
    early: set[str] = set()
    for hit in find_names(body, on):
        if hit.kind in {"organisation", "region"}:
            continue
        counts[hit.code] += 1
        if hit.start < lead:
            early.add(hit.code)
    most = max(counts.values(), default=0)
    return [c for c, n in counts.most_common() if c in early or n >= _SHARE * most]


_LEAD = 150
"""How many characters of the text are the first words of its lead (set on the first half of the development set)."""
_SHARE = 0.35
"""How often, against the most mentioned state, one must be named beyond the lead to count (set likewise)."""
