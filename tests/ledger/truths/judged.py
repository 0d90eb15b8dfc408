"""Judgements are obeyed: what a person has set right is what every query, count, series, page and export uses."""

import json

from click.testing import CliRunner

from comity.analysis.chronicle import Choice
from comity.cli import main
from comity.knowledge import plover
from comity.records.record import Event
from comity.settings import Settings

from . import Text, Truths, refusal
from .pages import data, rows
from .questions import correct, count, only
from .reports import event, of, report, treaty, visit

TRUTHS = Truths()
say = TRUTHS.say
WATER = event("Kenya held talks with Uganda on the lake")
TALKS = report("2019-05-03", WATER)
OTHERS = report("2020-02-02", event("Rwanda held talks with Tanzania", "RWA", "TZA", date="2020-02-01"))
FISH = treaty(
    "Fisheries Agreement", "Kenya and Uganda signed the Fisheries Agreement", "KEN", "UGA", type="agreement",
    stage="signed", date="2019-05-02",
)  # fmt: skip
PLACED = report("2019-05-03", event("Kenya held talks", place="Kampala"))
BOTH = report("2019-05-03", event("Kenya held talks"), visit("Ruto visited Uganda"))


@say("A corrected date is the one by which a year is asked for.", TALKS, answer=(["2018-12-30"], 0, ["judgement"]))
def _(led):
    correct(led, only(led, "KEN"), date="2018-12-30")
    then = [r["date"] for r in led.events("KEN", "UGA", during="2018")]
    return then, len(led.events("KEN", "UGA", during="2019")), [r["date_basis"] for r in led.events("KEN", "UGA")]


@say(
    "A corrected date moves the event in the counts of years and in the series.",
    TALKS,
    OTHERS,
    answer=({"2019": 1.0, "2020": 0.0}, {"2019": 0.0, "2020": 1.0}, [("2020", 1)]),
)
def _(led):
    before = count(led, "KEN", "UGA")
    correct(led, only(led, "KEN"), date="2020-01-09")
    years = [(y.year, y.cooperation) for y in led.dossier("KEN", "UGA", on="2021-01-01").years]
    return before, count(led, "KEN", "UGA"), years


@say(
    "A corrected date moves the mark in the strip and the row in the chronicle.",
    TALKS,
    answer=[("2019-11-20", "2019-11-20")],
)
def _(led):
    correct(led, only(led, "KEN"), date="2019-11-20")
    return [(i.date, str(i.when)) for i in led.dossier("KEN", "UGA", on="2021-01-01").strip.items]


@say("A correction is not known before the day on which it was made.", TALKS, answer=(["2019-05-02"], ["2018-12-30"]))
def _(led):
    correct(led, only(led, "KEN"), day="2020-05-01", date="2018-12-30", actor="Tanzania")
    before = [r["date"] for r in led.events("KEN", "UGA", known="2020-04-30")]
    return before, [r["date"] for r in led.events("TZA", "UGA", known="2020-05-01")]


@say(
    "A corrected type is found, counted and scored as that type.",
    TALKS,
    answer=([("SANCTION", 4, "SANCTION", True)], 0, {"2019": 1.0}),
)
def _(led):
    correct(led, only(led, "KEN"), type="sanction")
    found = [
        (r["event"], r["quad_code"], plover.cameo()[r["cameo"]].event, r["scale_value"] < 0)
        for r in led.events("KEN", "UGA", types="SANCTION")
    ]
    conflict = count(led, "KEN", "UGA", "conflict", since="2019", until="2019")
    return found, len(led.events("KEN", "UGA", types="CONSULT")), conflict


@say(
    "What is corrected to planned is counted as done nowhere.",
    BOTH,
    answer=((0, 0), {"planned"}, False, []),
)
def _(led):
    for kind in ("event", "visit"):
        correct(led, only(led, "KEN", kind=kind), status="planned")
    made = led.dossier("KEN", "UGA", on="2021-01-01")
    return (
        (made.counts["events"], made.counts["visits of KEN"]),
        {r["status"] for r in led.events("KEN", "UGA")},
        any(count(led, "KEN", "UGA", "visits").values()),
        [i for i in made.strip.items if Choice(statuses=("occurred",)).holds(i)],
    )


@say(
    "A corrected place is the place on every list and on the map.",
    PLACED,
    answer=(["Nairobi"], [("Nairobi",)], [{"place": "Nairobi"}]),
)
def _(led):
    correct(led, only(led, "KEN"), place="Nairobi")
    place = "json_extract_string(body, '$.place')"
    return (
        [r["place"] for r in led.events("KEN", "UGA")],
        led.rows(f"SELECT {place} FROM standing WHERE kind = 'event'", []),
        list(led.sql(f"SELECT {place} AS place FROM standing")),
    )


@say(
    "A corrected actor takes the event to the other state and from the first.",
    TALKS,
    OTHERS,
    answer=([], [("TZA", "UGA")], {"2019": 1.0}, 1, [("TZA", 1)]),
)
def _(led):
    correct(led, only(led, "KEN", "UGA"), actor="Tanzania")
    return (
        led.facts("KEN"),
        [(r["actor"], r["recipient"]) for r in led.events("TZA", "UGA")],
        count(led, "TZA", "UGA", since="2019", until="2019"),
        led.dossier("TZA", "UGA", on="2021-01-01").counts["events"],
        led.partners("UGA"),
    )


@say(
    "A corrected recipient turns the direction of an act.",
    TALKS,
    OTHERS,
    answer=({"2019": 0.0}, {"2019": 1.0}, ["ba"]),
)
def _(led):
    correct(led, only(led, "KEN", "UGA"), actor="UGA", recipient="KEN")
    return (
        count(led, "KEN", "UGA", directed=True, since="2019", until="2019"),
        count(led, "UGA", "KEN", directed=True, since="2019", until="2019"),
        [i.side for i in led.dossier("KEN", "UGA", on="2021-01-01").strip.items],
    )


@say(
    "The parties of an agreement can be set right, and it is theirs from then on.",
    report("2019-05-03", FISH),
    answer=(["KEN RWA"], 0),
)
def _(led):
    correct(led, only(led, "KEN", kind="agreement"), party="Kenya, Rwanda")
    found = [r["parties"] for r in led.agreements("KEN", "RWA", on="2020-01-01")]
    return found, len(led.agreements("KEN", "UGA", on="2020-01-01"))


@say(
    "Who travelled, and where, can be set right.",
    report("2019-05-03", visit("Ruto visited Uganda"), event("Kenya met Rwanda", b="RWA")),
    answer=({"2019": 1.0}, False),
)
def _(led):
    correct(led, only(led, "KEN", "UGA", kind="visit"), visitors="Rwanda", host="Kenya")
    there = count(led, "RWA", "KEN", "visits", directed=True, since="2019", until="2019")
    return there, any(count(led, "KEN", "UGA", "visits", since="2019", until="2019").values())


@say(
    "A state that is no state, and a type or status that is none, are refused with the way out, and nothing is kept.",
    TALKS,
    answer=([Text("Uganda"), Text("CONSULT"), Text("denied")], []),
)
def _(led):
    fact = only(led, "KEN")
    changes = ({"actor": "Ugnada"}, {"type": "TALK"}, {"status": "x"})
    return [refusal(lambda c=c: correct(led, fact, **c)) for c in changes], led.judgements()


@say(
    "What the report said stays beside the correction, in the fact and in the export.",
    TALKS,
    answer=(["TZA", "UGA"], "2018-12-30", ["2018-12-30", "2019-05-02"], [["TZA"], ["KEN"]], "KEN", {"date", "actor"}),
)
def _(led):
    fact = only(led, "KEN")
    correct(led, fact, actor="TZA", date="2018-12-30")
    (line,) = [json.loads(x) for x in led.export()]
    return (
        line["states"],
        line["when"],
        [v["value"] for v in line["values"]["date"]],
        [v["value"] for v in line["values"]["actor"]],
        line["statements"][0]["actor"][0]["state"],
        set(led.show(fact.id)["differing"]),
    )


@say(
    "A corrected ledger exports the same bytes when it is built anew, and is sound.",
    TALKS,
    OTHERS,
    report("2019-05-06", FISH),
    answer=(True, []),
)
def _(led):
    one, other = only(led, "KEN"), only(led, "RWA")
    correct(led, one, actor="TZA", date="2018-12-30")
    led.judge(one.id, "same", {"other": other.id}, signed="A. Reader", dated="2020-01-02")
    before = list(led.export())
    led.rebuild()
    return list(led.export()) == before, led.check()


@say("A rejected fact is left out of the counts of pages too.", TALKS, OTHERS, answer=([("RWA TZA",)], []))
def _(led):
    led.judge(only(led, "KEN").id, "reject", signed="A. Reader", dated="2020-01-01")
    return led.rows("SELECT block FROM standing", []), led.partners("KEN")


@say(
    "The pages of states and the network go by the corrected actor.",
    TALKS,
    OTHERS,
    answer=({"RWA", "TZA", "UGA"}, ["RWA", "UGA"], [("RWA", "TZA"), ("TZA", "UGA")], [("2019-05-02", "ab")]),
)
def _(led):
    correct(led, only(led, "KEN", "UGA"), actor="Tanzania")
    chronicle = data(led, "/dyad/TZA/UGA?on=2020-06-01")["chronicle"]["rows"]
    return (
        {p["code"] for p in data(led, "/states")["states"]},
        [p["code"] for p in data(led, "/state/TZA")["partners"]["rows"]],
        sorted((e["a"], e["b"]) for e in data(led, "/network")["edges"]),
        [(r["date"], r["side"]) for r in chronicle],
    )


@say(
    "The map shows an event at its corrected place and day.",
    PLACED,
    answer=(["Nairobi"], ["Nairobi"], []),
)
def _(led):
    correct(led, only(led, "KEN"), place="Nairobi", date="2018-01-02")
    queries = ("", "?to=2018-12-31", "?from=2019-01-01")
    return tuple([p["place"] for p in data(led, f"/map{q}")["points"]] for q in queries)


@say("The page of a report says what was corrected and what was left out.", BOTH, answer=["corrected", "left out"])
def _(led):
    correct(led, only(led, "KEN"), place="Nairobi")
    led.judge(only(led, "KEN", kind="visit").id, "reject", signed="A. Reader", dated="2020-01-02")
    (key,) = (r[0] for r in led.rows("SELECT key FROM document", []))
    lines = [r["line"] for r in rows(led, f"/document/{key}")]
    return [w for line in lines for w in ("corrected", "left out") if line.endswith(w)]


@say(
    "Two facts of other states that are called the same are one wherever they are asked for, until that is taken back.",
    TALKS,
    report("2019-05-04", Event(actor=tuple(map(of, ("KEN", "UGA", "TZA"))), event="CONSULT", quote="they met")),
    answer=(1, {1}, 1, 2),
)
def _(led):
    one, other = (f.id for f in sorted(led.facts("KEN", "UGA"), key=lambda f: f.known))
    led.judge(one, "same", {"other": other}, signed="A. Reader", dated="2020-01-01")
    found = ([led.fact(k).id] for k in (one, other))
    everywhere = [*found, *([f.id for f in led.facts(*s)] for s in (("KEN", "UGA"), ("TZA",)))]
    joined, lines = len(set(map(tuple, everywhere))), len(list(led.export()))
    led.judge(other, "accept", signed="A. Reader", dated="2020-01-02")
    return joined, set(map(len, everywhere)), lines, len(led.facts("KEN", "UGA"))


@say(
    "What is called the same again, after it was taken back, joins only what was named last.",
    *(report(f"2019-0{n}-02", event(f"Kenya held talks number {n}", date=f"2019-0{n}-02")) for n in (5, 6, 7)),
    answer=(True, False),
)
def _(led):
    one, two, three = (f.id for f in sorted(led.facts("KEN"), key=lambda f: f.known))
    led.judge(one, "same", {"other": two}, signed="A. Reader", dated="2020-01-01")
    led.judge(one, "accept", signed="A. Reader", dated="2020-01-02")
    led.judge(one, "same", {"other": three}, signed="A. Reader", dated="2020-01-03")
    return led.fact(one).id == led.fact(three).id, led.fact(one).id == led.fact(two).id


@say(
    "The first statement of a fact can be taken out of it like any other.",
    TALKS,
    report("2019-05-04", event("Kenya again held talks with Uganda on the lake")),
    answer=[1, 1],
)
def _(led):
    led.judge(only(led, "KEN").statements[0].id, "apart", signed="A. Reader", dated="2020-01-01")
    return sorted(len(f.statements) for f in led.facts("KEN"))


@say(
    "The command takes the other fact as the documentation writes it.",
    TALKS,
    report("2019-08-02", event("Kenya held talks with Uganda on roads", date="2019-08-01")),
    answer=(2, 0, 1),
)
def _(led):
    ids = [f.id for f in led.facts("KEN")]
    words = ["judge", str(led.path), ids[0], "same", f"other={ids[1]}", "--by", "A. Reader"]
    done = CliRunner().invoke(main, words)
    led.close()
    return len(ids), done.exit_code, len(led.facts("KEN"))


@say(
    "A correction holds among states of which so much is reported that the groups of statements are kept.",
    *(report(f"2019-0{n}-02", event(f"Kenya held talks number {n}", date=f"2019-0{n}-02")) for n in range(1, 8)),
    answer=(((7,),), 6, 1),
    settings=Settings(statements_kept_grouped=3),
)
def _(led):
    kept = led.sql("SELECT count(*) AS n FROM member").rows
    correct(led, min(led.facts("KEN"), key=lambda f: f.known), recipient="RWA")
    return kept, len(led.facts("KEN", "UGA")), len(led.facts("KEN", "RWA"))
