"""Actor resolution: the state or organisation that a name or noun phrase refers to on a day, the best first."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from comity.errors import InputError
from comity.knowledge import offices
from comity.knowledge.lexicon import atoms, key, lengths
from comity.knowledge.meaning import (
    Meaning,
    bearer,
    code_on,
    exact,
    known_offices,
    lexical,
    listed,
    office_key,
    office_sector,
    persons,
)
from comity.knowledge.states import rows
from comity.knowledge.typed import near

__all__ = ["Meaning", "near", "who"]

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")
_STEPPED = re.compile(
    r"(?:the|an?|some|several|many|two|three|four|five|six|\d+|dozens of|hundreds of|thousands of|members? of"
    r"|(?:groups?|bands?|units?|elements|remnants|supporters|representatives?|part|parts|all|both|most|one) of|senior"
    r"|top|high-ranking|high-level|leading|former|ex|acting|interim|caretaker|outgoing|incoming|late|then|new|newly"
    r"|newly elected|visiting|unnamed|unidentified|suspected|alleged|other|more|its|their|his|her|mr\.?|mrs\.?|ms\.?"
    r"|dr\.?|sir|lord|lady|dame|gen\.?|sen\.?|rep\.?|gov\.?|col\.?|lt\.?|maj\.?|adm\.?|sheikh|sheik|ayatollah|imam"
    r"|cardinal|archbishop|comrade|prince|princess|hojatoleslam)(?:-|\s+)(?=\S)",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(.+?)[- ](led|backed|supported|sponsored|installed|trained|armed|funded|flagged|registered|owned|run|controlled"
    r"|based|occupied|held|ruled|administered|allied|aligned|dominated|commanded|operated)\b[ -]?(.*)",
    re.IGNORECASE,
)
_BACKED = {"backed", "supported", "sponsored", "installed", "trained", "armed", "funded"}
"""Backers are not the actor: "the Soviet-backed government in Kabul" is Afghanistan's."""
_WHERE = re.compile(r"\b(?:in|of|at|from) (.+)$")
_PREPOSITION = re.compile(
    r"\b(?:of|in|at|on|to|for|from|with|near|by|against|under|inside|outside|who|whom|which|that|loyal|based|between"
    r"|during|after|before|over|aboard|about|led|backed)\b"
)
_AFTER_A_NAME = re.compile(r"(?:in|under|during|before|after|at)\b")
_GENITIVE = re.compile(r"(?:['’]s?(?=\s)|['’]s$)")
_ENDS = re.compile(r"(?![\w@]|['’](?!s\b|\s)\w|\.\w)")
_DESIGNATION = re.compile(r"[A-Z][A-Za-z]*+-?\d++[\w-]*+")
_PLACES = re.compile(
    r"kingdom|republic|state|sultanate|emirate|principality|union|commonwealth|province|city|town|port|capital|village"
    r"|region|district|islands?|oblast|governorate|county|prefecture|territory|area|peninsula|enclave"
)
_SETTLED = {"city", "unit"}
_FEDERAL = {"governor", "senator", "congressman", "congresswoman", "lawmaker", "attorney general", "legislator"}
"""Who holds these offices in Georgia is more likely of the American state."""


def who(name: str, on: str | None = None) -> tuple[Meaning, ...]:
    """The referents of a name or noun phrase on a day, month or year (EDTF), the most likely first.

    Empty if it refers to no state or organisation. Raises `InputError` if `on` is not such a date.

    >>> [m.code for m in who("Belgrade", "1980")], who("soldiers")
    (['YUG'], ())
    >>> [(m.name, m.code, m.office) for m in who("Lavrov", "2015-06-10")]
    [('Sergei Lavrov', 'RUS', 'Foreign Minister')]
    """
    return _who(" ".join(name.split()), _day(on))


def _day(on: str | None) -> str | None:
    if on is None:
        return None
    found = _DAY.fullmatch(on)
    year, month, day = (int(x or 1) for x in found.groups()) if found else (0, 1, 1)
    if not year or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise InputError(f"{on!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return on.rstrip("~?%")


@lru_cache(maxsize=20_000)
def _who(name: str, on: str | None) -> tuple[Meaning, ...]:
    if not name or len(name) > _LONGEST:
        return ()
    found = _resolved(name, on)
    seen: set[tuple[str, str]] = set()
    out = []
    official = {(m.code, m.name.split()[-1]) for m in found or () if m.kind == "person" and m.office}
    for m in found or ():
        if m.kind == "person" and not m.office and (m.code, m.name.split()[-1]) in official:
            continue
        mark = (m.code, m.name if m.kind == "person" else "office" if m.kind == "office" else "")
        if mark not in seen:
            seen.add(mark)
            out.append(m)
    return tuple(out)


_LONGEST = 300


def _resolved(text: str, on: str | None, depth: int = 0) -> list[Meaning] | None:
    """The interpretations of a phrase; null if it is unknown, empty if it is known not to be a state's."""
    text = text.strip(' ,.;:"“”‘') if not text.endswith((".S.", ".N.", ".K.", ".A.")) else text.strip()
    if not text or depth > 4:
        return None
    steps = [text]
    while found := _STEPPED.match(text):
        text = text[found.end() :]
        steps.append(text)
    for step in steps:
        alone = exact(step, on)
        if alone is not None:
            return alone
    meanings = _phrase(text, on, depth)
    if meanings and any(s.lower().startswith(("former", "ex")) for s in steps[:-1]):
        # the holder of the office on the day is not meant
        return [m for m in meanings if m.kind != "person" or key(m.name.split()[-1]) in key(text)]
    return meanings


def _phrase(text: str, on: str | None, depth: int) -> list[Meaning] | None:
    for rule in (_materiel_of, _aside, _both, _led, _named, _called, _of, _within):
        found = rule(text, on, depth)
        if found is not None:
            return found
    return None


# --- the parts of a phrase


def _starts(text: str, on: str | None) -> Iterable[tuple[int, list[Meaning]]]:
    """The names with which a text begins, the longest first, where each ends, with its readings."""
    word = re.match(r"[^\W_]+", text)
    counts = lengths().get(key(word.group()), ()) if word else ()
    ends = atoms(text, 0, counts[0]) if counts else []
    for n in counts:
        if n <= len(ends) and _ENDS.match(text, ends[n - 1]) and ends[n - 1] < len(text):
            found = lexical(text[: ends[n - 1]], on)
            if found is not None:
                yield ends[n - 1], [m for _, m in sorted(found, key=lambda x: x[0])]
    for space in reversed([m.start() for m in re.finditer(r"[ -]|['’]s", text)][:4]):
        if asked := listed(text[:space], on):
            yield space, asked


def _named(text: str, on: str | None, depth: int) -> list[Meaning] | None:
    """A name and what it says of it: "Kenyan lawmakers", "Israel's ambassador", "KGB officer", "Tigray region"."""
    for end, found in _starts(text, on):
        if not found:
            return []
        rest = text[end:]
        genitive = _GENITIVE.match(rest)
        rest = rest[genitive.end() :] if genitive else rest
        if rest[:1] not in {" ", "-", ""} and not genitive:
            continue
        hyphen = rest[:1] == "-"
        rest = rest.strip(" -")
        if not rest:
            return found
        if hyphen and found[0].kind in {"people", "state"} and (other := _people(rest, on)) is not None:
            # "US-South Korean forces" are of two states, Chinese-American voters of none
            more = None if other in _OF_IMMIGRANTS else _resolved(rest, on, depth + 1)
            return [*(_phrased(m, text, more[0].sector) for m in found), *more] if more else []
        meanings = _described(found, rest, text, on, depth, genitive=bool(genitive))
        if meanings is not None:
            return meanings
    return None


def _described(
    found: list[Meaning], rest: str, text: str, on: str | None, depth: int, *, genitive: bool
) -> list[Meaning] | None:
    words = rest.split()
    people = {m.kind for m in found[:1]} <= {"people"}
    if found[0].kind in _SETTLED and not genitive and all(w[:1].isupper() for w in words) and not _public(words):
        # "Ottawa Senators" is a team, "Austin Powers" a person
        return None
    if _PLACES.fullmatch(words[0].lower()) and (len(words) == 1 or _PREPOSITION.match(words[1])) and not people:
        return found
    if _AFTER_A_NAME.match(rest):
        return found
    title = _title(words)
    if title is not None and not _COMMON.fullmatch(title[0].lower()):
        return _officed(found, title, " ".join(words[title[2] :]), text, on)
    if people or genitive:
        within = exact(rest, on) or []
        same = [m for m in within if m.code in {x.code for x in found}]
        if same:
            return same
    noun = _noun(words)
    if noun is not None:
        return [_phrased(m, text, noun) for m in found]
    if _DESIGNATION.fullmatch(words[-1]) and found[0].kind in {"people", "state"}:
        return [_phrased(m, text, "MIL") for m in found]
    if (people or genitive) and (more := _led(rest, on, depth)) is not None:
        return [*(_phrased(m, text, None) for m in found), *more]
    if genitive:
        return [_phrased(m, text, None) for m in found]
    return None


def _public(words: Sequence[str]) -> bool:
    """Whether words in capitals name what a city or a unit has of its own: "Moscow Mayor", "Boston Police"."""
    if _PLACES.fullmatch(words[-1].lower()) or _noun(words) in {"COP", "JUD", "EDU"}:
        return True
    plural = len(words) == 1 and words[0].endswith("s")
    return (not plural and _title(words) is not None) or _OWN.fullmatch(words[-1].lower()) is not None


_OWN = re.compile(r"government|administration|council|authority|authorities|assembly|parliament|legislature")


_COMMON = re.compile(
    r".*(?:[^s]s|men|women)|official|diplomat|lawmaker|legislator|parliamentarian|delegate|negotiator|counterpart|delegation"
    r"|mission|deputy|aide"
)
"""Offices that many hold at a time are groups: "Kenyan lawmakers", "a Hamas official"."""
_OF_IMMIGRANTS = {"USA", "CAN", "AUS"}


def _people(rest: str, on: str | None) -> str | None:
    """The code of the people with whose adjective the text begins."""
    for end, found in _starts(rest, on):
        return found[0].code if found and found[0].kind == "people" and end < len(rest) else None
    return None


def _phrased(meaning: Meaning, text: str, sector: str | None) -> Meaning:
    if meaning.kind == "group":
        return meaning
    own = meaning.sector if meaning.kind in {"faction", "organisation", "body", "army"} else None
    return Meaning(
        meaning.code, text, "phrase", None, own or sector, "en/group_nouns.csv" if sector else meaning.source
    )


@cache
def _nouns() -> dict[str, str]:
    out: dict[str, str] = {}
    for r in rows("en/group_nouns.csv"):
        out.setdefault(key(r["word"]), r["sector"])
    return out


def _noun(words: Sequence[str]) -> str | None:
    """The sector of the noun that heads the words; names may follow it, and what begins with a preposition."""
    end = next((i for i, w in enumerate(words) if i and _PREPOSITION.fullmatch(w.lower())), len(words))
    while end:
        low = [w.lower().strip(",'’") for w in words[:end]]
        for start in range(end):
            for form in _singulars(low[start:]):
                if form in _nouns():
                    return _nouns()[form]
        if not words[end - 1][:1].isupper():
            return None
        end -= 1
    return None


_ODD = {"men": "man", "women": "woman", "people": "person", "children": "child"}


def _singulars(words: Sequence[str]) -> list[str]:
    *first, last = words
    forms = [last]
    if last.endswith("ies"):
        forms.append(last[:-3] + "y")
    if last.endswith("es"):
        forms.append(last[:-2])
    if last.endswith("s"):
        forms.append(last[:-1])
    forms += [last[: -len(many)] + one for many, one in _ODD.items() if last.endswith(many)]
    return [" ".join([*first, f]) for f in forms]


def _title(words: Sequence[str]) -> tuple[str, str, int] | None:
    """The office with which words begin: its title as it is written, its sector, and how many words it takes."""
    words = [w.strip(",") for w in words]
    skipped = 0
    while skipped < len(words) - 1 and words[skipped].lower() in {
        "deputy",
        "acting",
        "interim",
        "former",
        "then",
        "new",
    }:
        if offices.find(words[skipped:]) is not None:
            break
        skipped += 1
    best: tuple[str, str, int] | None = None
    if (found := offices.find(words[skipped:])) is not None:
        office, taken = found
        best = " ".join(words[skipped : skipped + taken]), office.sector, skipped + taken
    for n in range(min(len(words) - skipped, 9), 0, -1):
        if best and skipped + n <= best[2]:
            break
        title = " ".join(words[skipped : skipped + n])
        if office_key(title) in known_offices():
            return title, office_sector(title) or "GOV", skipped + n
    if best and best[2] < len(words) and words[best[2]].lower() in {"of", "for"} and "minister" in best[0].lower():
        # "Minister of International Relations and Cooperation" is one office
        return " ".join(words[skipped:]), best[1], len(words)
    return best


def _officed(found: list[Meaning], title: tuple[str, str, int], rest: str, text: str, on: str | None) -> list[Meaning]:
    """An office of states: who holds it on the day or is named with it, then the office."""
    office, sector, _ = title
    if office.lower() in _FEDERAL and text.startswith("Georgia "):
        found = [Meaning("USA", "Georgia", "unit", None, None, "divisions.csv"), *found]
    out: list[Meaning] = []
    for m in found:
        if m.kind == "group":
            continue
        named = rest and rest[:1].isupper() and not _PREPOSITION.match(rest)
        if named:
            out += [p for _, p in persons(rest, on, beside=False) if p.code in {m.code, code_on(m.code, on)}]
        elif m.kind != "unit" and (holder := bearer(m.code, office, on)) is not None:
            out.append(holder)
        own = m.sector if m.kind in {"faction", "organisation"} else None
        out.append(Meaning(m.code, text, "office", office, own or sector, "en/offices.csv"))
    return out


# --- the rules for phrases; each returns null if it does not apply


def _materiel_of(text: str, on: str | None, _: int) -> list[Meaning] | None:
    """Ships and weapons that one state's forces have: "Arleigh Burke-class destroyer", "USS Cole"."""
    low = key(text).replace("-", " ")
    for end in (len(low), *(m.start() for m in reversed(list(re.finditer(" ", low))))):
        row = _materiel().get(low[:end]) or _materiel().get(low[:end].removesuffix("s"))
        if row is None:
            continue
        rest = low[end:].strip()
        if row["kind"] == "prefix":
            if not text.startswith(row["name"] + " ") or not text[end + 1 : end + 2].isupper():
                continue
        elif rest and (text[end:].lstrip(" -")[:1].isupper() and not _DESIGNATION.match(text[end:].lstrip(" -"))):
            continue
        code = code_on(row["state"], on, land=True)
        return [
            Meaning(
                code, text if row["kind"] == "prefix" else row["name"], "phrase", None, row["sector"], "materiel.csv"
            )
        ]
    return None


@cache
def _materiel() -> dict[str, dict[str, str]]:
    return {key(r["name"]).replace("-", " "): r for r in rows("materiel.csv")}


def _aside(text: str, on: str | None, depth: int) -> list[Meaning] | None:
    """What stands beside a name in brackets or after a comma steps back: "Lavrov, the Russian foreign minister"."""
    m = re.fullmatch(r"([^(]+?)\s*\(([^)]*)\)", text)
    parts = [m[1], m[2]] if m else text.split(", ", 1)
    if len(parts) < 2:
        return None
    for part in parts:
        if found := _resolved(part, on, depth + 1):
            return found
    return None


def _led(text: str, on: str | None, depth: int) -> list[Meaning] | None:
    m = _LED.fullmatch(text)
    if m is None:
        return None
    by = exact(m[1], on)
    if not by:
        return None if by is None else []
    rest = m[3]
    mine = [_phrased(x, text, _noun(rest.split()) if rest else None) for x in by]
    if m[2].lower() in _BACKED and (place := _WHERE.search(rest)) and (there := _resolved(place[1], on, depth + 1)):
        return [*(_phrased(x, text, _noun(rest.split())) for x in there), *mine]
    return mine


def _called(text: str, on: str | None, _: int) -> list[Meaning] | None:
    """A person by title, or by whom others go: "Foreign Minister Ishaq Dar", "Putin's spokesman"."""
    genitive = re.fullmatch(r"(.+?)['’]s? (.+)", text)
    if genitive and (holders := persons(genitive[1], on, beside=False)):
        words = genitive[2].split()
        title = _title(words)
        sector = title[1] if title else _noun(words)
        if sector is None:
            return None
        kind = "office" if title else "phrase"
        return [replace(m, name=text, kind=kind, office=title[0] if title else None, sector=sector) for _, m in holders]
    words = text.split()
    title = _title(words)
    if title is None or title[2] >= len(words) or not words[title[2]][:1].isupper():
        return None
    holders = persons(" ".join(words[title[2] :]), on, beside=False)
    if not holders:
        return None
    office = office_key(title[0])
    fits = [m for _, m in holders if m.office and office_key(m.office) in {office, _same(office)}]
    return [*fits, *(m for _, m in holders if m not in fits)]


def _same(office: str) -> str:
    return next((office_key(r["office"]) for r in rows("office_names.csv") if office_key(r["asked"]) == office), office)


def _of(text: str, on: str | None, depth: int) -> list[Meaning] | None:
    """Of whom a noun or an office is meanings: "the government of Kenya", "the Captains Regent of San Marino"."""
    for m in re.finditer(r" (?:of|from|in|at|near|inside|loyal to)(?: the)? ", text, re.IGNORECASE):
        left, right = text[: m.start()].split(), text[m.end() :]
        title = _title(left)
        whole = title is not None and title[2] == len(left)
        sector = title[1] if whole and title else _noun(left)
        place = _PLACES.fullmatch(left[-1].lower()) is not None
        if sector is None and not place:
            continue
        found = _resolved(right, on, depth + 1)
        if not found:
            continue
        if whole and title and "of" in m.group().lower():
            return _officed(found, title, "", text, on)
        if place and left[-1].lower() != "state" and len(left) < 4:
            return found
        return [_phrased(x, text, sector) for x in found]
    return None


def _both(text: str, on: str | None, depth: int) -> list[Meaning] | None:
    """Two that are named side by side: "French and British troops"."""
    parts = re.split(r",? and ", text)
    if len(parts) < 2 or any(end > len(parts[0]) for end, _ in _starts(text, on)):
        return None
    found = [_resolved(p, on, depth + 1) for p in parts]
    return [m for f in found for m in f or ()] if all(found) else None


def _within(text: str, on: str | None, depth: int) -> list[Meaning] | None:
    """A name with a capital behind words that describe it: "angry Chinese fishermen", "southern Lebanon"."""
    words = text.split()
    n = next((i for i, w in enumerate(words) if not w.islower()), 0)
    if not n or any(_PREPOSITION.fullmatch(w) for w in words[:n]):
        return None
    rest = " ".join(words[n:])
    for end, found in [(len(rest), exact(rest, on) or []), *_starts(rest, on)]:
        if found and (end < len(rest) or _DIRECTIONS.fullmatch(words[n - 1])):
            return _named(rest, on, depth + 1) if end < len(rest) else found
    return None


_DIRECTIONS = re.compile(
    r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)ern|central|post-?war|communist|imperial"
    r"|capitalist|revolutionary|neighbou?ring|neutral|occupied|mainland|oil-rich|nuclear-armed"
)
