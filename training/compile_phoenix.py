"""Compiles the names of Phoenix's actor files (PETRARCH; MIT licence): `persons_phoenix.csv` and `phoenix_bodies.csv`.

usage: python training/compile_phoenix.py SHARED_DATA OUT [--tables TABLES]

SHARED_DATA holds the files `phoenix_*_actors.txt.gz`. A row is a name, the state's code or the organisation's acronym,
its sector and a period, and for bodies the kind. Persons of our own tables of leaders and officials are left out. What
those say otherwise goes to `phoenix_disagreements.csv`, and what was left out is counted by reason. Four files made by
hand lie in training/tables: `phoenix_left_out.csv` (names), `phoenix_kept.csv` (groups, bodies and firms looked at),
`phoenix_words.csv` (words by which names are distinguished) and `phoenix_codes.csv` (CAMEO's codes and ours).
Needs the packages `names`, `english-words` and `wordfreq`.
"""

import argparse
import csv
import gzip
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path

import names
from english_words import get_english_words_set
from wordfreq import zipf_frequency

BY_HAND = Path(__file__).parent / "tables"
TABLES = Path(__file__).parents[1] / "src" / "comity" / "knowledge" / "tables"


def table(path):
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def word_lists():
    out = defaultdict(set)
    for r in table(BY_HAND / "phoenix_words.csv"):
        out[r["kind"]].add(r["word"])
    return out


def code_lists():
    out = defaultdict(dict)
    for r in table(BY_HAND / "phoenix_codes.csv"):
        out[r["kind"]][r["cameo"]] = r["code"]
    return out


WORDS, CODES = word_lists(), code_lists()
FILES = ("countries", "international", "milnonstate")
LISTED = "2010-12-31"
"""The chiefs of state and cabinets were listed to this day; an office without an end is known no longer."""
MADE = "2014-01-30"
"""The day the file was made: the end of what is known of offices that began after LISTED."""
RENAMED = CODES["state"]
"""CAMEO's own forms of states' codes."""
BEGAN = {"RUS": "1991-12-26", "SRB": "1991-06-25", "SVK": "1993-01-01", "CZE": "1993-01-01"}
"""When a state began in the sense of its name, where our table has an older day or a union's end."""
BEFORE = {"RUS": "SUN", "CZE": "CSK", "SVK": "CSK", "SRB": "YUG", "MNE": "YUG"}
"""The state that was there before a state began, for those who governed it."""
SECTORS = WORDS["sector"]
OTHER_SECTORS = {"INS": "REB", "SEP": "REB", "IMG": "REB", "MNC": "BUS"}
ACRONYMS = CODES["organisation"]
"""Acronyms of organisations by the part of CAMEO's code that names them, the later part first."""
OLDER = {"AU": ("OAU", "2002-07-09"), "WTO": ("GATT", "1995-01-01")}
"""What an organisation was before a day."""
TITLES = WORDS["title"]
INSTITUTION = WORDS["institution"]
NO_PARTICLES = WORDS["state without particles"]
PARTICLES = WORDS["particle"]
JOINED = WORDS["joined"]
ARTICLES = {"al", "el", "ul", "ud", "ur"}
ARAB = WORDS["Arab state"]
FIRMS_OF_STATES = WORDS["state's firm"]
CODE = re.compile(r"\[([^\]]*)\]")


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *rows])


def fold(name):
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain.casefold()).split())


def first_names(least):
    """Given names of at least so many in a hundred Americans."""
    for kind in ("first:male", "first:female"):
        for line in Path(names.FILES[kind]).read_text(encoding="ascii").splitlines():
            name, share, *_ = line.split()
            if float(share) >= least:
                yield name.casefold()


def last_names(first):
    """The commonest surnames of Americans, so many of them."""
    lines = Path(names.FILES["last"]).read_text(encoding="ascii").splitlines()
    return {line.split()[0].casefold() for line in lines[:first]}


@dataclass
class Entry:
    """An actor of the files: its names and codes, each with what follows it."""

    file: str
    names: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, order=True)
class Row:
    """A row of the table. Empty dates are open."""

    name: str
    code: str
    kind: str
    sector: str
    start: str = ""
    end: str = ""


def entries(path, file):
    """The actors of a file; names without a code go with the next that has one."""
    entry = Entry(file)
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            line = line.split("#")[0].rstrip()
            if not line.strip():
                continue
            body = re.split(r"[\[;]", line)[0].strip()
            if not line[0].isspace() and body:
                if entry.codes and not body.startswith("+"):
                    yield entry
                    entry = Entry(file)
                entry.names.append(body.lstrip("+"))
            entry.codes += [tuple([*c.split(None, 1), ""][:2]) for c in CODE.findall(line.split(";")[0]) if c.strip()]
    yield entry


def day(text):
    """A day of six or eight digits; None where it is none."""
    century = "" if len(text) == 8 else "20" if text[:2] < "30" else "19"
    try:
        return date.fromisoformat(f"{(century + text)[:4]}-{text[-4:-2]}-{text[-2:]}").isoformat()
    except ValueError:
        return None


def period(text):
    """First and last day of a code's period, empty where open; None where it can't be read."""
    text = text.replace(" ", "")
    if not text:
        return "", ""
    found = re.fullmatch(r"(\d{6}|\d{8})-(\d{6}|\d{8})|([<>])(\d{6}|\d{8})", text)
    if not found:
        return None
    days = [day(d) for d in (found[1], found[2], found[4]) if d]
    if None in days or (len(days) == 2 and days[0] > days[1]):
        return None
    if len(days) == 2:
        return days[0], days[1]
    return ("", days[0]) if found[3] == "<" else (days[0], "")


def sector_of(rest):
    parts = [rest[i : i + 3] for i in range(0, len(rest) - 2, 3)]
    parts = [OTHER_SECTORS.get(p, p) for p in parts]
    return next((p for p in parts if p in SECTORS), "")


class States:
    """What the codes of states stand for."""

    def __init__(self, tables):
        rows = list(table(tables / "states.csv"))
        self.span = {r["code"]: (r["from"], r["to"]) for r in rows}
        self.names = defaultdict(set)
        for r in rows:
            for name in (r["name"], *r["alternatives"].split(";"), *r["adjectives"].split(";")):
                if len(fold(name)) > 2:
                    self.names[fold(name)].add(r["code"])
        for r in table(tables / "state_names.csv"):
            self.names[fold(r["name"])].add(r["state"])
        self.longest = max(len(n.split()) for n in self.names)

    def code(self, code):
        code = RENAMED.get(code, code)
        return code if code in self.span else None

    def foreign(self, name, code):
        """Whether a name has in it that of another state or its people."""
        words = fold(name).split()
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + self.longest) + 1):
                owners = self.names.get(" ".join(words[first:last]))
                if owners and code not in owners:
                    return True
        return False


def token(word, code, first):
    """A word of a name as newswires print it."""
    low = word.casefold()
    if low in PARTICLES and not first and code not in NO_PARTICLES:
        return low
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]?\.?|i{2,3}|iv|vi{1,3}", low):
        return word.upper()
    whole = "-" not in low and code not in ARAB
    parts = [piece(p, whole or (i == 0 and first)) for i, p in enumerate(low.split("-"))]
    return "-".join(parts)


def piece(low, first):
    if low in JOINED and not first:
        return low
    if low.startswith("mc") and len(low) > 3:
        return "Mc" + low[2:].capitalize()
    if low[1:2] == "'":
        head, tail = low.split("'", 1)
        return (head if head == "d" and not first else head.capitalize()) + "'" + tail.capitalize()
    return low.capitalize()


def cased(words, code):
    """Words of a name joined, with Arabic articles bound to what follows."""
    out = []
    bound = ARTICLES if code in ARAB or code in {"PAK", "AFG", "BGD", "IND"} else set()
    for i, word in enumerate(words):
        low = word.casefold()
        if low in bound and i and i + 1 < len(words):
            out.append(low + "-")
        else:
            out.append(token(word, code, i == 0))
    return " ".join(out).replace("- ", "-")


def words_of(raw):
    raw = re.sub(r"\([^)]*\)", " ", raw.split(",")[0])
    return [w for w in re.split(r"[_\s]+", raw.strip(" _")) if w]


def person_words(raw):
    """The words of a person's name without titles; None where it is no person's name."""
    words = words_of(raw)
    if not all(re.fullmatch(r"[A-Z][A-Z'.-]*", w) for w in words):
        return None
    while words and (words[0] in TITLES or re.fullmatch(r"[A-Z]{3,}\.", words[0])):
        words = words[1:]
    if not 2 <= len(words) <= 6 or any(w in INSTITUTION or w in {"MINISTER", "KING"} for w in words):
        return None
    return words


class Rules:
    """What is left out, and why."""

    def __init__(self, tables, entries_):
        self.states = States(tables)
        self.left_out = {fold(r["name"]) for r in table(BY_HAND / "phoenix_left_out.csv")}
        self.kept = {fold(r["name"]) for r in table(BY_HAND / "phoenix_kept.csv")}
        self.given, self.surnames = set(first_names(0.004)), last_names(2500)
        english = get_english_words_set(["web2", "gcide"], lower=False)
        self.words = {w for w in english if w.islower() and zipf_frequency(w, "en") >= 3}
        spoken = [words_of(n) for e in entries_ for n in e.names]
        self.first = Counter(fold(w[0]) for w in spoken if len(w) > 1)
        self.last = Counter(fold(w[-1]) for w in spoken if len(w) > 1)
        self.often = Counter(w for e in entries_ for w in {fold(w) for n in e.names for w in words_of(n)})

    def why(self, row, known):
        if row.kind == "person":
            return self.person(row.name, row.code, row.end, known)
        return None if row.kind == "organisation" else self.body(row.name, row.code)

    def person(self, name, code, end, known):
        """Why a person's name is left out."""
        words = fold(name).split()
        if fold(name) in self.left_out:
            return "left out by hand"
        if self.states.foreign(name, code):
            return "name of another state in it"
        full = [w for w in words if len(w) > 1]
        if len(full) < 2 or sum(map(len, full)) < 8:
            return "too short"
        if any(len(w) > 16 or (not re.search(r"[aeiouy]", w) and len(w) > 3) for w in full):
            return "garbled"
        if re.search(r"(.)\1\1|-\s|-$", name):
            return "garbled"
        if any(re.search(r"[a-z]{4}(?:bin|abd)$|^bin[a-z]{5}", w) for w in full):
            return "garbled"
        if self.twice(full) or len([w for w in full[:-1] if w in self.words and w not in self.given]) > 1:
            return "garbled"
        return None if known else self.mixed(words, code, end) or self.common(full)

    @staticmethod
    def twice(words):
        """Whether a name holds two spellings of itself."""
        half = len(words) // 2
        pairs = list(zip(words[:half], words[half:], strict=False)) if len(words) in {4, 6} else []
        return bool(pairs) and all(SequenceMatcher(None, a, b).ratio() > 0.6 for a, b in pairs)

    def mixed(self, words, code, end):
        """Whether a name may be of a person whom the file has under the wrong state.

        It has Mauritania's people under Mauritius, Guinea-Bissau's under Guinea, Hong Kong's and Macau's under China,
        South Vietnam's under Vietnam, and the occupation's under Iraq.
        """
        foreign = words[0] in self.given
        wrong = {
            "MUS": True,
            "GIN": True,
            "CHN": len(words) > 2 or foreign,
            "VNM": bool(end) and end < "1976-07-02",
            "IRQ": foreign,
        }
        return "perhaps of another state" if wrong.get(code) else None

    def common(self, words):
        if all(w in self.words for w in words):
            return "English words"
        if len(words) > 2:
            return None
        if words[0] in self.given and words[1] in self.surnames:
            return "common name"
        if all(w in self.given for w in words):
            return "common name"
        if self.first[words[1]] >= 3 and self.first[words[1]] > self.last[words[1]]:
            return "given names alone"
        return "common name" if all(self.often[w] >= 8 for w in words) else None

    def body(self, name, code):
        """Why the name of a body or group is left out."""
        words = fold(name).split()
        if fold(name) in self.left_out:
            return "left out by hand"
        if self.states.foreign(name, code):
            return "name of another state in it"
        if fold(name) in self.kept:
            return None
        if len("".join(words)) < 4:
            return "too short"
        return "not looked at"


def organisations(tables):
    """Acronym of each organisation by its names."""
    out = {}
    for r in table(tables / "organisations.csv"):
        for name in (r["acronym"], *r["names"].split(";")):
            out.setdefault(fold(name), r["acronym"])
    return out


def organisation_code(code, start):
    for i in range(len(code) - 3, 2, -3):
        acronym = ACRONYMS.get(code[i : i + 3])
        if acronym:
            older, until = OLDER.get(acronym, ("", ""))
            return older if older and start and start < until else acronym
    return None


def clipped(code, start, end, states):
    """Code and period within the life of the state; None where there was no such state."""
    first, last = states.span[code]
    first = BEGAN.get(code, first)
    if code in BEFORE and end and end[:4] <= first[:4] and start[:4] < first[:4]:
        return clipped(BEFORE[code], start, end, states)
    if end and first and end[:4] < first[:4]:
        return None
    if last and start and start[:4] > last[:4]:
        return None
    if start and first and start[:4] < first[:4]:
        if end and int(end[:4]) <= int(first[:4]) + 2:
            return None  # a governor of the time before, or too short to distinguish
        start = first if len(first) == 10 else f"{first[:4]}-01-01"
    return None if start and end and start > end else (code, start, end)


def closed(start, end):
    """An office's period, with the end of what the file knows."""
    if start and not end:
        return start, LISTED if start <= LISTED else MADE
    return start, end


def person_rows(entry, rules):
    """Rows of a person's entry, before they are judged."""
    names = [w for w in map(person_words, entry.names) if w]
    dated = any(when for _, when in entry.codes)
    for words in names:
        for cameo, when in entry.codes:
            span = period(when)
            if span is None or len(cameo) < 6 or (cameo[3:6] == "ELI" and (dated or len(entry.codes) > 1)):
                continue
            start, end = closed(*span)
            if cameo.startswith("IGO"):
                code = None if "EEC" in cameo or not start else organisation_code(cameo, start)
                if code:
                    yield Row(cased(words, ""), code, "person", "IGO", start, end)
                continue
            code = rules.states.code(cameo[:3])
            if code == "MUS" and {"OULD", "MINT"} & set(words):
                code = "MRT"
            placed = code and sector_of(cameo[3:6]) and clipped(code, start, end, rules.states)
            if placed:
                yield Row(cased(words, code), placed[0], "person", sector_of(cameo[3:]), *placed[1:])


def is_person(entry, rules):
    if entry.file == "milnonstate":
        return False
    words = person_words(entry.names[0])
    if any(when for _, when in entry.codes):
        return True
    return bool(words) and fold(words[0]) in rules.given | {w for w, n in rules.often.items() if n >= 8}


def kind_of(name, sector, entry):
    low = name.casefold()
    if sector == "BUS" and entry.codes[0][0].startswith("MNC"):
        return "firm"
    if entry.file == "milnonstate" or sector == "REB":
        return "party" if re.search(r"\bparty\b", low) else "armed group"
    if re.search(r"\bparty\b", low):
        return "party"
    return "body" if sector in {"GOV", "MIL", "LEG", "JUD", "SPY", "COP"} else "other"


def body_name(raw, code):
    """A name of a body: known acronyms stay upper case."""
    words = words_of(raw)
    if len(words) == 1 and re.fullmatch(r"[A-Z]{3,5}", words[0]) and not re.search(r"[AEIOU].*[AEIOU]", words[0]):
        return words[0]
    return re.sub(r"\bIra\b", "IRA", cased(words, code)).replace("Farc-Ep", "FARC-EP").replace(" On ", " on ")


def body_rows(entry, rules):
    """Rows of a group's, body's or firm's entry, before they are judged."""
    for cameo, when in entry.codes:
        span = period(when)
        code = rules.states.code(cameo[3:6] if cameo.startswith("MNC") else cameo[:3])
        sector = "BUS" if cameo.startswith("MNC") else sector_of(cameo[3:])
        if span is None or not code or not sector:
            continue
        for raw in entry.names:
            words = words_of(raw)
            firm = cameo.startswith("MNC")
            known = not firm or "_".join(words) in FIRMS_OF_STATES
            if words and known and re.fullmatch(r"[A-Za-z0-9' .-]+", " ".join(words)):
                name = body_name(raw.upper(), code)
                yield Row(name, code, kind_of(name, sector, entry), sector, *span)


def merged(rows):
    """Rows with periods of the same office that touch made one."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.name, row.code, row.kind, row.sector].append(row)
    for group in groups.values():
        last = None
        for row in sorted(group, key=lambda r: (r.start, r.end or "9999")):
            if last and (not last.end or not row.start or row.start <= after(last.end)):
                last = replace(last, end=max(last.end, row.end) if last.end and row.end else "")
            else:
                yield from (last,) if last else ()
                last = row
        yield last


def after(end):
    return (date.fromisoformat(end) + timedelta(days=62)).isoformat()


def ours(tables):
    """What our tables say of persons: state or, for an organisation, IGO, first and last year, by name."""
    out = defaultdict(list)
    for path in (*sorted(tables.glob("leaders_*.csv")), *sorted(tables.glob("officials_*.csv"))):
        for r in table(path):
            for name in (r["name"], *r["aliases"].split(";")) if "aliases" in r else ():
                if name:
                    out[key(name)].append((r.get("state", "IGO"), r["from"], r["to"], path.name))
    return out


def key(name):
    return fold(name).replace(" ", "")


def same_state(a, b):
    return a == b or BEFORE.get(a) == b or BEFORE.get(b) == a or {a, b} <= {"DEU", "DDR"}


def agrees(row, ours):
    """Whether one of our rows is of the same state and within two years of the period."""
    for state, start, end, _ in ours:
        if not same_state(state, "IGO" if row.sector == "IGO" else row.code):
            continue
        first, last = int(start[:4] or 0), int(end[:4] or 9999)
        if int(row.start[:4] or 0) <= last + 2 and int(row.end[:4] or 9999) >= first - 2:
            return True
    return False


def in_words(ours):
    return "; ".join(f"{state} {start}-{end} ({file})" for state, start, end, file in sorted(set(ours)))


def one_state(rows):
    """Persons' rows without those of names that stand for two states, or for two offices of different states."""
    codes = defaultdict(set)
    for row in rows:
        if row.kind == "person" and row.sector != "IGO":
            codes[key(row.name)].add(row.code)

    of_two = {name for name, found in codes.items() if not all(same_state(a, b) for a in found for b in found)}
    return [r for r in rows if r.kind != "person" or key(r.name) not in of_two]


def judged(rows, rules, ours, counts):
    """Rows that stay, and those that our tables contradict."""
    stay, against = [], []
    for row in rows:
        found = ours.get(key(row.name), []) if row.kind == "person" else []
        state = "IGO" if row.sector == "IGO" else row.code
        why = rules.why(row, bool(found) and agrees(row, found))
        if why is None and row.kind == "person" and any(same_state(f[0], state) for f in found):
            why = "in our tables"
        if why:
            counts[why] += 1
        elif state != "IGO" and any(f[0] != "IGO" for f in found):
            against.append((row, in_words(found)))
        elif row.kind != "person" or row.start:
            stay.append(row)
        else:
            counts["without a date"] += 1
    return stay, against


def found_rows(found, rules, acronyms):
    for entry in found:
        if not entry.codes or (entry.file == "countries" and all(len(code) == 3 for code, _ in entry.codes)):
            continue
        if is_person(entry, rules):
            yield from person_rows(entry, rules)
        elif entry.codes[0][0].startswith("IGO"):
            for raw in entry.names:
                acronym = acronyms.get(fold(" ".join(words_of(raw))))
                if acronym and len(fold(raw)) > 3:
                    yield Row(organisation_name(raw), acronym, "organisation", "IGO")
        elif not entry.codes[0][0].startswith("NGO"):
            yield from body_rows(entry, rules)


def organisation_name(raw):
    words = words_of(raw)
    if words[0] == "THE":
        words = words[1:]
    if len(words) == 1:
        return words[0] if len(words[0]) < 9 and words[0] != "INTERPOL" else words[0].capitalize()
    return " ".join(w if re.fullmatch(r"UN|U\.N\.|EU|NATO", w) else token(w, "", i == 0) for i, w in enumerate(words))


def compile_all(data, out, tables):
    found = [e for f in FILES for e in entries(data / f"phoenix_{f}_actors.txt.gz", f)]
    rules, counts = Rules(tables, found), Counter()
    rows = sorted(set(found_rows(found, rules, organisations(tables))))
    single = one_state(rows)
    counts["two states"] = len(rows) - len(single)
    stay, against = judged(sorted(merged(single)), rules, ours(tables), counts)
    persons = [r for r in stay if r.kind == "person"]
    bodies = [r for r in stay if r.kind != "person"]
    of_person = ((r.name, r.code, r.sector, r.start, r.end) for r in persons)
    write(out / "persons_phoenix.csv", ("name", "state", "sector", "from", "to"), of_person)
    header = ("name", "code", "kind", "sector", "from", "to")
    write(out / "phoenix_bodies.csv", header, map(fields, bodies))
    write(out / "phoenix_disagreements.csv", (*header, "ours"), ((*fields(r), o) for r, o in sorted(against)))
    return counts + Counter({"persons": len(persons), "bodies": len(bodies), "disagreements": len(against)})


def fields(row):
    return row.name, row.code, row.kind, row.sector, row.start, row.end


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("data", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--tables", type=Path, default=TABLES)
    a = ask.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    for reason, number in compile_all(a.data, a.out, a.tables).most_common():
        print(f"{number:6} {reason}")


if __name__ == "__main__":
    main()
