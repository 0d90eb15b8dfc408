"""Time: nothing is stated of a time that no report speaks of, what only later reports state was not known before."""

from click.testing import CliRunner

from comity.cli import main

from . import Text, Truths
from .judged import OTHERS, TALKS
from .questions import count, lines, only
from .reports import event, report, treaty, visit

TRUTHS = Truths()
say = TRUTHS.say
ACCUSES = {"event": "ACCUSE", "cameo": "111", "date": None, "date_basis": None}
CONDEMNED = report("2023-07-11", event("Kenya condemned Uganda", **ACCUSES))
ELSEWHERE = report("2024-01-05", event("Rwanda met Tanzania", "RWA", "TZA", date="2024-01-04"))
ON = {"on": "2020-01-01"}


@say(
    "What no report dates was by the day of the report, and is possible in no later year.",
    CONDEMNED,
    ELSEWHERE,
    answer=(["possible"], ["certain"], 0, 0, [("2023", 0.0, 1.0), ("2024", 0.0, 0.0)]),
)
def _(led):
    rows = led.series("KEN", "UGA", measures="events", since="2023", until="2024")
    return (
        [r["in_window"] for r in led.events("KEN", "UGA", during="2023")],
        [r["in_window"] for r in led.events("KEN", "UGA", until="2023-12-31")],
        len(led.events("KEN", "UGA", during="2024")),
        len(led.events("KEN", "UGA", since="2023-07-12")),
        [(m.time, m.value, m.high) for m in rows],
    )


@say(
    "What no report dates is said to have been by that day, to people and to programs.",
    CONDEMNED,
    answer=(
        [("../2023-07-11", "report")],
        Text("by 2023-07-11"),
        Text("by 2023-07-11"),
        [("by 2023-07-11", "2023-07-11")],
        0,
    ),
)
def _(led):
    made = led.dossier("KEN", "UGA", on="2024-01-01")
    return (
        [(r["date"], r["date_basis"]) for r in led.events("KEN", "UGA")],
        CliRunner().invoke(main, ["events", str(led.path), "KEN", "UGA"]).output,
        lines(made, "Latest events")[0],
        [(i.day, str(i.place)) for i in made.strip.items],
        led.dossier("KEN", "UGA", on="2023-07-10").counts["events"],
    )


@say(
    "The earliest report bounds what nobody dates.",
    report("2023-07-12", event("Kenya condemned Uganda", **ACCUSES)),
    CONDEMNED,
    answer="../2023-07-11",
)
def _(led):
    return str(only(led, "KEN").when)


@say(
    "What took place since a day did so by the day of its report.",
    report("2023-07-11", event("Kenya has met Uganda since 2019", date="2019/..")),
    answer=("2019-01-01/2023-07-11", 0),
)
def _(led):
    return str(only(led, "KEN").when), len(led.events("KEN", during="2024"))


CALL = "Readout of President Ruto’s Call with President Museveni of Uganda"
SPOKE = event("President Ruto spoke with President Museveni", date="2023-07-10", date_basis="relative")
AGREED = event("They agreed to lower tariffs", event="AGREE", cameo="030", date=None, date_basis=None)
READOUT = report("2023-07-11", SPOKE, AGREED, title=CALL)


@say(
    "Acts of a readout without a time lie on its day, and say on what that rests.",
    READOUT,
    answer={"CONSULT": ("2023-07-10", "relative"), "AGREE": ("2023-07-10", "document")},
)
def _(led):
    return {r["event"]: (r["date"], r["date_basis"]) for r in led.events("KEN", "UGA")}


for title, more, why in (
    ("Kenya and Uganda to lower tariffs", (), "a report is no readout"),
    ("Readout of President Ruto’s Trip to Uganda", (), "a journey takes days"),
    (CALL, (event("Ruto met Museveni", date="2023-07-08"),), "it speaks of two days"),
    ("Statement on President Ruto’s Upcoming Call with President Museveni", (), "the call is still to come"),
):

    @say(
        f"No report but a readout of one day gives its day to what it reports without a time: {why}.",
        report("2023-07-11", SPOKE, AGREED, *more, title=title),
        answer=["../2023-07-11"],
    )
    def _(led):
        return [r["date"] for r in led.events("KEN", "UGA", types="AGREE")]


AID = event("Kenya has provided aid to Uganda", event="AID", cameo="070", date=None, date_basis=None)


@say(
    "What a readout looks back on does not lie on its day.",
    report("2023-07-11", SPOKE, AID, title=CALL),
    answer=["../2023-07-11"],
)
def _(led):
    return [r["date"] for r in led.events("KEN", "UGA", types="AID")]


@say("A ledger that is rebuilt from its records has the same days.", READOUT, answer=True)
def _(led):
    before = list(led.export())
    led.rebuild()
    return list(led.export()) == before


PLAN = report("2019-04-01", visit("Ruto will visit Uganda", status="planned", date=None, date_basis=None))
FOR_A_DAY = visit("Ruto will visit Uganda on May 1", status="planned", date="2019-05-01")
DONE = report("2019-05-03", visit("Ruto visited Uganda"))


@say(
    "A later report of the visit makes the planned one done, and nothing but planned before it was known.",
    PLAN,
    DONE,
    answer=(2, "occurred", "2019-05-02", [Text("occurred")], 0, "planned"),
)
def _(led):
    fact = only(led, "KEN", kind="visit")
    made = led.dossier("KEN", "UGA", **ON)
    return (
        len(fact.statements),
        fact.status,
        str(fact.when),
        lines(made, "Visits of Kenya to Uganda"),
        made.counts["visits not reported to have taken place"],
        only(led, "KEN", kind="visit", known=fact.known).status,
    )


@say(
    "A plan for a day gives way to the day on which the visit was.",
    report("2019-04-01", FOR_A_DAY),
    DONE,
    answer=(2, "2019-05-02"),
)
def _(led):
    fact = only(led, "KEN", kind="visit")
    return len(fact.statements), str(fact.when)


@say(
    "A visit reported as done without a day was on the day for which it was planned.",
    report("2019-04-28", FOR_A_DAY),
    report("2019-05-03", visit("Ruto visited Uganda", date=None, date_basis=None)),
    answer=(2, "occurred", "2019-05-01"),
)
def _(led):
    fact = only(led, "KEN", kind="visit")
    return len(fact.statements), fact.status, str(fact.when)


@say(
    "A visit that is only planned is reported and not dated.",
    PLAN,
    answer=[(None, "reported by 2019-04-01", "planned")],
)
def _(led):
    return [(i.date, i.day, i.status) for i in led.dossier("KEN", "UGA", **ON).strip.items]


@say(
    "A visit planned after one that took place is another.",
    DONE,
    report("2019-05-06", visit("Ruto will visit Uganda", status="planned", date=None, date_basis=None)),
    answer=2,
)
def _(led):
    return len(led.facts("KEN", kinds=("visit",)))


@say(
    "A visit of somebody else does not make the planned one done.",
    PLAN,
    report("2019-05-03", visit("Odinga visited Uganda", "Raila Odinga")),
    answer={"planned", "occurred"},
)
def _(led):
    return {f.status for f in led.facts("KEN", kinds=("visit",))}


VIRTUAL = report("2019-05-03", visit("Ruto met Museveni of Uganda in a virtual summit"))


@say("A meeting by video is no visit in any count.", VIRTUAL, OTHERS, answer=(0, [], False, [(0,)]))
def _(led):
    made = led.dossier("KEN", "UGA", **ON)
    return (
        made.counts["visits of KEN"],
        [i.kind for i in made.strip.items],
        any(count(led, "KEN", "UGA", "visits").values()),
        led.rows("SELECT count(*) FROM standing WHERE kind = 'visit'", []),
    )


@say(
    "A visit on which somebody also telephoned is a visit.",
    report("2019-05-03", visit("Ruto, who had spoken with Museveni by telephone, visited Uganda")),
    answer=1,
)
def _(led):
    return len(led.facts("KEN", kinds=("visit",)))


@say("A person may say that it was a journey all the same.", VIRTUAL, answer=(True, 1, [(1,)]))
def _(led):
    (key,) = (s[0] for s in led.sql("SELECT fact FROM statement WHERE kind = 'visit'").rows)
    found = led.show(key)["id"] == key
    led.judge(key, "accept", signed="A. Reader", dated="2020-01-01")
    visits = len(led.facts("KEN", kinds=("visit",)))
    return found, visits, led.rows("SELECT count(*) FROM standing WHERE kind = 'visit'", [])


IN_FORCE = report(
    "2019-05-03",
    treaty(
        "Fisheries Agreement", "the Fisheries Agreement entered into force", "KEN", "UGA", type="agreement",
        stage="in force", date="2019-05-02",
    ),
)  # fmt: skip


@say(
    "After the last report the state of things is given as last reported.",
    IN_FORCE,
    TALKS,
    report("2019-06-01", event("Kenya held talks on roads", date="2019-05-31")),
    answer=(True, [Text("in force, last reported on 2019-05-03")], [("2019-05-03", "last reported on 2019-05-03")]),
)
def _(led):
    made = led.dossier("KEN", "UGA", on="2025-01-01")
    begins = "On 2025-01-01, as last reported on 2019-06-01, Kenya and Uganda have 1 agreement"
    listed = [(r["last_reported"], r["why"].split("; ")[-1]) for r in led.agreements("KEN", "UGA", on="2025-01-01")]
    return made.summary.startswith(begins), lines(made, "In force"), listed


@say(
    "On the day of the last report nothing is said to be last reported.",
    IN_FORCE,
    answer=(Text(without=("last reported",)), [Text(without=("last reported",))]),
)
def _(led):
    made = led.dossier("KEN", "UGA", on="2019-05-03").summary
    return made, [r["why"] for r in led.agreements("KEN", "UGA", on="2019-05-03")]
