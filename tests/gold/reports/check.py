#!/usr/bin/env python3
"""Scores a reading of one of the four reports beside this file against 25 facts that it states.

usage: check.py NAME RECORDS.jsonl   (NAME: brazil_paraguay, kenya_ethiopia, vietnam_japan or india_bangladesh;
                                      RECORDS.jsonl as printed by `comity read NAME.txt --format jsonl`)

Prints a line a fact (found, with the record that carries it, or MISSING, with what was looked for), a note where quotes
are not in the text, and a last line `N of 25`. Exits 0 only where all are found. Standard library only.
Matching is that of the seed's check.py: needles are substrings without regard to case, a date is the wanted EDTF string
or an interval that starts with it, states are sets of accepted codes, a type of event is one of those accepted.
"""

import json
import math
import sys
from pathlib import Path

HERE = Path(__file__).parent


def S(*codes):
    return set(codes)


RUS = S("RUS", "SUN")  # the Soviet Union, by the retired code or the successor's
ARG, BRA, PRY, URY = S("ARG"), S("BRA"), S("PRY"), S("URY")
ETH, KEN, SOM, USA = S("ETH"), S("KEN"), S("SOM"), S("USA")
JPN, VNM = S("JPN"), S("VNM", "VDR")
BGD, IND, PAK = S("BGD"), S("IND"), S("PAK")


def has(value, *needles):
    value = json.dumps(value, ensure_ascii=False).lower() if not isinstance(value, str) else value.lower()
    return all(n.lower() in value for n in needles)


def day(value, *wanted):
    """True where an EDTF string is, or an interval starts at, one of the wanted dates."""
    return isinstance(value, str) and value.split("/")[0] in wanted


def names(actors):
    return " ".join(str(a.get("name") or a.get("text") or "") for a in actors or [])


def states(actors):
    return {a.get("state") for a in actors or []}


def parties(r, *codes):
    got = set(r.get("parties") or [])
    return all(got & c for c in codes)


def number(value, wanted):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isclose(value, wanted, rel_tol=1e-6)


class Reading:
    def __init__(self, records):
        self.records = records

    def of(self, kind):
        return [r for r in self.records if r.get("kind") == kind]

    def first(self, kind, test):
        return next((r for r in self.of(kind) if test(r)), None)

    def agreement(
        self, sides, dates=(), title=(), stages=("signed",), types=(), place="", signers=(), test=lambda a: True
    ):
        """An agreement of at least these sides, at one of these stages on one of these dates."""
        return self.first(
            "agreement",
            lambda a: (
                parties(a, *sides)
                and (not dates or day(a.get("date"), *dates))
                and has(a.get("title") or "", *title)
                and (not stages or a.get("stage") in stages)
                and (not types or a.get("type") in types)
                and has(a.get("place") or "", place)
                and has(names(a.get("signatories")), *signers)
                and test(a)
            ),
        )

    def visit(self, who, host, dates, status="occurred"):
        return self.first(
            "visit",
            lambda v: (
                has(names(v.get("visitors")), who)
                and v.get("host") in host
                and day(v.get("date"), *dates)
                and v.get("status") == status
            ),
        )

    def event(self, types, dates, actor=(), recipient=(), among=()):
        """`actor`, `recipient`: sets each of which must be met on that side; `among`: on either side."""
        return self.first(
            "event",
            lambda e: (
                e.get("event") in types
                and day(e.get("date"), *dates)
                and all(states(e.get("actor")) & c for c in actor)
                and all(states(e.get("recipient")) & c for c in recipient)
                and all((states(e.get("actor")) | states(e.get("recipient"))) & c for c in among)
            ),
        )

    def figure(self, measures, pair, value=None, unit=None, change=None, directed=False):
        def test(f):
            one, two = f.get("reporter"), f.get("partner")
            sides = (one in pair[0] and two in pair[1]) or (not directed and one in pair[1] and two in pair[0])
            return (
                f.get("measure") in measures
                and sides
                and (value is None or number(f.get("value"), value))
                and (unit is None or f.get("unit") == unit)
                and (change is None or f.get("change_pct") == change)
            )

        return self.first("figure", test)

    def figures(self, *found):
        """Value and change may lie on one record or on two: each is looked for by itself."""
        return found[0] if all(found) else None

    def project(self, name, sides=(), types=(), founded=()):
        return self.first(
            "project",
            lambda p: (
                has(p.get("name") or "", name)
                and parties(p, *sides)
                and (not types or p.get("type") in types)
                and (not founded or day(p.get("founded"), *founded))
            ),
        )

    def areas(self, sides, *needles):
        return self.first(
            "cooperation",
            lambda c: (
                parties(c, *sides)
                and len(c.get("areas") or []) == len(needles)
                and all(has(c["areas"], n) for n in needles)
            ),
        )

    def anniversary(self, of, ordinal, occurred):
        return self.first(
            "commemoration",
            lambda c: (
                any(has(c.get("of") or "", n) for n in of)
                and c.get("ordinal") == ordinal
                and day(c.get("occurred"), *occurred)
            ),
        )

    def influence(self, of, over, direction):
        return self.first(
            "assessment",
            lambda s: (
                s.get("of") in of
                and s.get("over") in over
                and s.get("dimension") == "influence"
                and s.get("direction") == direction
            ),
        )

    def relations(self, one, two, who, state, directions=None):
        return self.first(
            "assessment",
            lambda s: (
                s.get("dimension") == "relations"
                and ((s.get("of") in one and s.get("over") in two) or (s.get("of") in two and s.get("over") in one))
                and (directions is None or s.get("direction") in directions)
                and has(s.get("attribution") or "", who)
                and (s.get("attribution") or {}).get("state") in state
            ),
        )


CONCLUDED = ("signed", "agreed")
BINDING = ("treaty", "agreement", "alliance", "other")
STATEMENT = ("joint statement", "declaration")


def brazil_paraguay(r, text):
    two = (BRA, PRY)
    return {
        "the Loizaga–Cotegipe Treaty, signed on 9 January 1872": r.agreement(two, ["1872-01-09"], ["Loizaga"]),
        "Brazil forgave Paraguay's war debt in 1943": r.event(("AID", "CONCEDE", "RETREAT"), ["1943"], [BRA], [PRY]),
        "Vargas's visit to Paraguay in 1941": r.visit("Vargas", PRY, ["1941"]),
        "Argentina's influence over Paraguay fell": r.influence(ARG, PRY, "down"),
        "the Friendship Bridge, inaugurated in March 1965": r.project(
            "Friendship Bridge", two, ["infrastructure"], ["1965-03", "1965"]
        ),
        "the Act of Iguaçu, signed on 22 June 1966": r.agreement(two, ["1966-06-22"], ["Igua"]),
        "by Magalhães and Sapena Pastor": r.agreement(two, ["1966-06-22"], signers=["Magalh", "Sapena"]),
        "the Itaipu Treaty, signed in Brasília on 26 April 1973": r.agreement(
            two, ["1973-04-26"], ["Itaip"], types=["treaty"], place="Bras"
        ),
        "by Gibson Barboza and Sapena Pastor": r.agreement(two, ["1973-04-26"], signers=["Barboza", "Sapena"]),
        "it entered into force on 13 August 1973": r.agreement(two, ["1973-08-13"], stages=["in force"]),
        "Stroessner's visit to Brazil on 26 April 1973": r.visit("Stroessner", BRA, ["1973-04-26"]),
        "Itaipu Binacional, a joint venture founded in 1974": r.project(
            "Itaipu Binacional", two, ["joint venture"], ["1974"]
        ),
        "the Tripartite Agreement of 19 October 1979, of all three": r.agreement(
            (ARG, BRA, PRY), ["1979-10-19"], ["Tripartite"], CONCLUDED
        ),
        "the Treaty of Asunción of 26 March 1991, of all four": r.agreement(
            (ARG, BRA, PRY, URY), ["1991-03-26"], ["Asunci"], types=["treaty"]
        ),
        "Lula's visit to Paraguay on 25 July 2009": r.visit("Lula", PRY, ["2009-07-25"]),
        "the joint declaration of that day": r.agreement(
            two, ["2009-07-25"], stages=(*CONCLUDED, None), types=STATEMENT
        ),
        "Brazil is to pay Paraguay 360 million dollars": r.figure(
            ("other", "aid", "imports", "exports", "trade"), two, 360e6, "USD"
        ),
        "Brazil recalled its ambassador on 23 June 2012": r.event(("SANCTION", "ACCUSE"), ["2012-06-23"], [BRA], [PRY]),
        "Argentina, Brazil and Uruguay suspended Paraguay on 29 June 2012": r.event(
            ("SANCTION",), ["2012-06-29"], [ARG, BRA, URY], [PRY]
        ),
        "Cartes's visit to Brazil on 30 September 2013": r.visit("Cartes", BRA, ["2013-09-30"]),
        "relations are recovering, says Figueiredo of Brazil": r.relations(
            two[0], two[1], "Figueiredo", BRA, ("restoring", "up")
        ),
        "their trade: 4 billion dollars, 12 % up": r.figures(
            r.figure(("trade",), two, 4e9, "USD"), r.figure(("trade",), two, change=12)
        ),
        "Brazil's exports to Paraguay: 3 billion dollars": r.figure(("exports",), two, 3e9, "USD", directed=True)
        or r.figure(("imports",), (PRY, BRA), 3e9, "USD", directed=True),
        "six areas of cooperation": r.areas(two, "health", "educat", "agricult", "transport", "touris", "border")
        or r.areas(two, "energy", "health", "educat", "agricult", "transport", "touris", "border"),
        "the 40th anniversary of the Itaipu Treaty of 1973": r.anniversary(["Itaip"], 40, ["1973-04-26", "1973"]),
    }


def kenya_ethiopia(r, text):
    two = (KEN, ETH)
    doc = (r.of("document") or [{}])[0]
    skip = next((s for s in doc.get("skipped") or [] if "Nyerere" in text[s["start"] : s["end"]]), None)
    stray = [x for x in r.records if x.get("kind") != "document" and "Nyerere" in (x.get("quote") or "")]
    return {
        "Moi's visit to Ethiopia from 1 December 1980": r.visit("Moi", ETH, ["1980-12-01", "1980-12"]),
        "the joint communiqué of 4 December 1980": r.agreement(
            two, ["1980-12-04"], stages=(*CONCLUDED, None), types=(*STATEMENT, "other")
        ),
        "both demand that Somalia renounce its claims": r.event(
            ("REQUEST",), ["1980-12-04", "1980-12"], [KEN, ETH], [SOM]
        ),
        "Somalia rejected it on 5 December 1980": r.event(("REJECT",), ["1980-12-05", "1980-12"], [SOM]),
        "relations are strong, says Ouko of Kenya": r.relations(KEN, ETH, "Ouko", KEN),
        "the defence pact, initialled in July 1963": r.agreement(two, ["1963-07"], ["pact"], ["initialled"]),
        "ratified on 27 December 1963": r.agreement(two, ["1963-12-27"], stages=["ratified"]),
        "the border treaty, signed at Mombasa on 9 June 1970": r.agreement(
            two, ["1970-06-09"], ["border"], place="Mombasa"
        ),
        "by Haile Selassie and Kenyatta": r.agreement(two, ["1970-06-09"], signers=["Selassie", "Kenyatta"]),
        "its 10th anniversary": r.anniversary(["border", "treaty"], 10, ["1970-06-09", "1970-06", "1970"]),
        "the Treaty of Friendship and Cooperation of 30 January 1979": r.agreement(
            two, ["1979-01-30"], ["Friendship and Cooperation"], types=["treaty"]
        ),
        "it is good for ten years": r.agreement(two, ["1979-01-30"], test=lambda a: a.get("duration") == "P10Y"),
        "the story links about Tanzania and cocoa are set aside": None if stray else skip,
        "Kenya accused Somalia in June 1977": r.event(("ACCUSE",), ["1977-06"], [KEN], [SOM]),
        "Somalia invaded the Ogaden in July 1977": r.event(
            ("ASSAULT", "COERCE", "MOBILIZE"), ["1977-07"], [SOM], [ETH]
        ),
        "Somalia ended its treaty with the Soviet Union on 13 November 1977": r.agreement(
            (SOM, RUS), ["1977-11-13"], stages=["terminated"]
        ),
        "the Soviet–Ethiopian treaty, signed in Moscow on 20 November 1978": r.agreement(
            (RUS, ETH), ["1978-11-20"], ["Friendship and Cooperation"], place="Moscow"
        ),
        "for twenty years": r.agreement((RUS, ETH), ["1978-11-20"], test=lambda a: a.get("duration") == "P20Y"),
        "Soviet arms for Ethiopia: 1 billion dollars": r.figure(("arms",), (RUS, ETH), 1e9, "USD"),
        "Soviet influence over Ethiopia rose": r.influence(RUS, ETH, "up"),
        "the agreement of Kenya and the United States of 26 June 1980": r.agreement((KEN, USA), ["1980-06-26"]),
        "Kenya's exports to Ethiopia: 9 million dollars": r.figure(("exports",), two, 9e6, "USD", directed=True)
        or r.figure(("imports",), (ETH, KEN), 9e6, "USD", directed=True),
        "the Nairobi–Addis Ababa highway, completed in 1977": r.project("highway", two, ["infrastructure"], ["1977"]),
        "five areas of cooperation": r.areas(two, "trade", "transport", "telecom", "livestock", "touris"),
        "the report is dated by its anniversary: 1980": doc
        if str(doc.get("published") or "").startswith("1980")
        else None,
    }


def vietnam_japan(r, text):
    two = (JPN, VNM)
    agreements, visits = r.of("agreement"), r.of("visit")
    clean = (
        agreements
        and visits
        and all(set(a.get("parties") or []) <= JPN | VNM for a in agreements)
        and all(v.get("host") in JPN | VNM for v in visits)
    )
    return {
        "Manh's visit to Japan from 19 April 2009": r.visit("Manh", JPN, ["2009-04-19"]),
        "the talks of 20 April 2009": r.event(("CONSULT",), ["2009-04-20"], among=[JPN, VNM]),
        "the Joint Statement, signed on 20 April 2009": r.agreement(
            two, ["2009-04-20"], ["Strategic Partnership"], types=STATEMENT
        ),
        "it is based on that of 2006": r.agreement(
            two,
            stages=(),
            test=lambda a: any(
                day(p.get("date"), "2006-10-19", "2006-10", "2006") for p in a.get("predecessors") or []
            ),
        ),
        "the Joint Statement of 19 October 2006, by Abe and Dung": r.agreement(
            two, ["2006-10-19"], stages=(*CONCLUDED, None), signers=["Abe", "Dung"]
        ),
        "relations have risen, says Aso of Japan": r.relations(JPN, VNM, "Aso", JPN, ("up",)),
        "the Economic Partnership Agreement is to enter into force on 1 October 2009": r.agreement(
            two, ["2009-10-01"], stages=("planned", "in force", "agreed")
        )
        or r.event(("AGREE",), ["2009-10-01"], among=[JPN, VNM]),
        "Viet Nam asks Japan for the status of a market economy": r.first(
            "event",
            lambda e: e.get("event") == "REQUEST" and states(e.get("actor")) & VNM and states(e.get("recipient")) & JPN,
        ),
        "Japan suspended loans in December 2008": r.event(("SANCTION",), ["2008-12"], [JPN], [VNM]),
        "Japan resumed them in February 2009": r.event(
            ("AID", "COOPERATE", "RETREAT", "SUPPORT"), ["2009-02"], [JPN], [VNM]
        ),
        "loans of 83.2 billion yen": r.figure(("loan", "aid"), two, 83.2e9, "JPY"),
        "seven areas of cooperation": r.areas(
            two, "defen", "nuclear", "climate", "educat", "cultur", "touris", "labour"
        ),
        "Dung's visit to Japan in November 2009, planned": r.visit("Dung", JPN, ["2009-11"], "planned"),
        "diplomatic relations from 21 September 1973": r.event(
            ("SUPPORT", "COOPERATE", "CONSULT"), ["1973-09-21"], among=[JPN, VNM]
        ),
        "their 35th anniversary": r.anniversary(["relations"], 35, ["1973-09-21", "1973"]),
        "Murayama's visit to Viet Nam in August 1994": r.visit("Murayama", VNM, ["1994-08"]),
        "the loan of 45.5 billion yen": r.figure(("loan", "aid"), two, 45.5e9, "JPY"),
        "the Economic Partnership Agreement, signed in Tokyo on 25 December 2008": r.agreement(
            two, ["2008-12-25"], ["Economic Partnership"], place="Tokyo"
        ),
        "by Nakasone and Hoang": r.agreement(two, ["2008-12-25"], signers=["Nakasone", "Hoang"]),
        "the investment agreement, signed on 14 November 2003": r.agreement(two, ["2003-11-14"], ["Investment"]),
        "in force since 19 December 2004": r.agreement(two, ["2004-12-19"], stages=["in force"]),
        "for ten years, then with a year's notice": r.agreement(
            two, stages=(), test=lambda a: a.get("duration") == "P10Y" and a.get("notice") in ("P1Y", "P12M")
        ),
        "their trade: 16.8 billion dollars, 37 % up": r.figures(
            r.figure(("trade",), two, 16.8e9, "USD"), r.figure(("trade",), two, change=37)
        ),
        "the Nghi Son company, a joint venture founded in April 2008": r.project(
            "Nghi Son", two, ["joint venture"], ["2008-04"]
        ),
        "no agreement or visit with anyone else": visits[0] if clean else None,
    }


def india_bangladesh(r, text):
    two = (IND, BGD)

    def friends(**more):
        return r.agreement(two, ["1972-03-19"], **more)

    return {
        "the treaty of India and the Soviet Union of 9 August 1971": r.agreement(
            (IND, RUS), ["1971-08-09"], ["Peace, Friendship and Cooperation"], types=["treaty"]
        ),
        "by Swaran Singh and Gromyko, in New Delhi": r.agreement(
            (IND, RUS), ["1971-08-09"], place="Delhi", signers=["Singh", "Gromyko"]
        ),
        "for twenty years, renewed by five, with twelve months' notice": r.agreement(
            (IND, RUS),
            stages=(),
            test=lambda a: (
                a.get("duration") == "P20Y" and a.get("renewal") == "P5Y" and a.get("notice") in ("P1Y", "P12M")
            ),
        ),
        "India recognised Bangladesh on 6 December 1971": r.event(("SUPPORT",), ["1971-12-06"], [IND], [BGD]),
        "Indian troops withdrew by 12 March 1972": r.event(("RETREAT",), ["1972-03-12"], [IND]),
        "Indira Gandhi's visit to Bangladesh from 17 March 1972": r.visit("Gandhi", BGD, ["1972-03-17"]),
        "the Treaty of Friendship, Cooperation and Peace, signed in Dhaka on 19 March 1972": friends(
            title=["Friendship, Cooperation and Peace"], place="Dhaka", types=["treaty"]
        ),
        "for twenty-five years": friends(test=lambda a: a.get("duration") == "P25Y"),
        "it expired on 19 March 1997": r.agreement(two, ["1997-03-19"], stages=["expired"]),
        "six areas of cooperation": r.areas(two, "art", "literature", "educat", "cultur", "sport", "health"),
        "the trade agreement of 5 July 1973 replaces that of 28 March 1972": r.agreement(
            two,
            ["1973-07-05"],
            test=lambda a: any(
                day(p.get("date"), "1972-03-28", "1972") and p.get("link") == "replaces"
                for p in a.get("predecessors") or []
            ),
        ),
        "the tripartite agreement of 9 April 1974, of all three": r.agreement(
            (IND, PAK, BGD), ["1974-04-09"], stages=CONCLUDED
        ),
        "the Land Boundary Agreement, signed on 16 May 1974": r.agreement(
            two, ["1974-05-16"], ["Boundary"], types=BINDING
        ),
        "ratified by Bangladesh in November 1974": r.agreement(two, ["1974-11"], stages=["ratified"])
        or r.event(("SUPPORT",), ["1974-11"], [BGD]),
        "the Farakka Barrage, in operation from April 1975": r.project(
            "Farakka", types=["infrastructure"], founded=["1975-04", "1975"]
        ),
        "India's influence over Bangladesh fell": r.influence(IND, BGD, "down"),
        "the protest march of 16 May 1976": r.event(("PROTEST",), ["1976-05-16"], [BGD]),
        "the agreement on the Ganges of 5 November 1977, for five years": r.agreement(
            two, ["1977-11-05"], ["Ganges"], test=lambda a: a.get("duration") == "P5Y"
        ),
        "Ershad's visit to India from 6 October 1982": r.visit("Ershad", IND, ["1982-10-06"]),
        "the lease of Tin Bigha of 7 October 1982, without end": r.agreement(
            two, ["1982-10-07"], stages=CONCLUDED, test=lambda a: a.get("duration") == "indefinite"
        ),
        "India handed over Tin Bigha on 26 June 1992": r.event(
            ("RETREAT", "CONCEDE", "COOPERATE", "AID"), ["1992-06-26"], [IND], [BGD]
        ),
        "the Ganges Water Treaty of 12 December 1996, for thirty years": r.agreement(
            two, ["1996-12-12"], ["Ganges"], test=lambda a: a.get("duration") == "P30Y"
        ),
        "relations have improved, says Gujral of India": r.relations(IND, BGD, "Gujral", IND, ("up", "restoring")),
        "the 25th anniversary of the victory of 16 December 1971": r.anniversary(
            ["victory"], 25, ["1971-12-16", "1971"]
        ),
        "India's exports to Bangladesh: 869 million dollars, 17 % down": r.figures(
            r.figure(("exports",), two, 869e6, "USD", directed=True),
            r.figure(("exports",), two, change=-17, directed=True),
        ),
    }


REPORTS = {f.__name__: f for f in (brazil_paraguay, kenya_ethiopia, vietnam_japan, india_bangladesh)}


def main(name, path):
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    records = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    facts = REPORTS[name](Reading(records), text)
    assert len(facts) == 25, len(facts)
    for fact, carrier in facts.items():
        if carrier:
            quote = (
                carrier.get("quote")
                or text[carrier.get("start") or 0 : carrier.get("end") or 0]
                or carrier.get("published")
                or ""
            )
            print(
                "found  ",
                fact,
                "<-",
                carrier.get("kind") or "skipped",
                json.dumps(" ".join(quote.split())[:90], ensure_ascii=False),
            )
        else:
            print("MISSING", fact)
    astray = sum(
        text[r["start"] : r["end"]] != r["quote"] for r in records if r.get("quote") and r.get("part") != "title"
    )
    if astray:
        print(f"note: {astray} quotes are not in the text where they say")
    held = sum(map(bool, facts.values()))
    print(f"{held} of {len(facts)}")
    return 0 if held == len(facts) else 1


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in REPORTS:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
