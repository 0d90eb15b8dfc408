"""Known instruments: a well-known treaty is one fact in a ledger, whatever it is called and whoever speaks of it."""

from datetime import date

from comity.knowledge.known_instruments import instruments
from comity.ledger.agreement import treaties
from comity.ledger.lifecycle import status
from comity.ledger.stated_acts import act_of, actors
from comity.records.record import Predecessor

from . import Truths
from .questions import only, statement
from .reports import report, treaty

TRUTHS = Truths()
say = TRUTHS.say
WHOLE = "Treaty on the Non-Proliferation of Nuclear Weapons"
LEAVES = report(
    "2003-01-11",
    treaty(
        "Nuclear Non-Proliferation Treaty", "North Korea withdrew from the Nuclear Non-Proliferation Treaty", "PRK",
        stage="terminated", date="2003-01-10",
    ),
)  # fmt: skip
TALKS = report("2015-05-02", treaty("NPT", "Kenya and Uganda discussed the NPT", "KEN", "UGA", stage="negotiated"))
NAMED = report("2010-05-02", treaty(WHOLE, f"under the {WHOLE}", "IRN", "USA", stage="in force"))
RATIFIES = report(
    "2000-07-01",
    treaty(
        "Comprehensive Test Ban Treaty", "Russia ratified the Comprehensive Test Ban Treaty", "RUS", stage="ratified",
        date="2000-06-30",
    ),
)  # fmt: skip
UNRATIFIES = report(
    "2023-11-03",
    treaty("CTBT", "Russia withdrew its ratification of the CTBT", "RUS", stage="ratified", date="2023-11-02"),
)
INF = report("2019-08-03", treaty("INF Treaty", "Germany and Poland spoke of the INF Treaty", "DEU", "POL"))


def rows(led, *states, on, **more):
    return list(led.agreements(*states, on=on, **more))


# one fact however it is called


@say(
    "A known treaty is one fact, whatever it is called and whoever speaks of it.",
    LEAVES,
    TALKS,
    NAMED,
    answer=[("npt", 3)],
)
def _(led):
    return [(f.instrument.key, len(f.statements)) for f in led.facts(kinds=["agreement"])]


@say("Two states that mention a treaty have no agreement by that.", LEAVES, TALKS, NAMED, answer=([], [], []))
def _(led):
    return led.facts("KEN", "UGA"), led.facts("IRN"), rows(led, "USA", on="2020-01-01")


@say("A treaty of two is theirs, whoever mentions it.", INF, answer=([], [("INF Treaty", "RUS USA", "in force")]))
def _(led):
    theirs = [(r["title"], r["parties"], r["effect"]) for r in rows(led, "USA", "RUS", on="2018-01-01")]
    return led.facts("DEU", "POL"), theirs


@say(
    "The parties and days of a known treaty come from the table, and say so.",
    report(
        "2018-10-22",
        treaty(
            "INF Treaty", "Russia and the United States signed the INF Treaty in 1990", "RUS", "USA", stage="signed",
            date="1990",
        ),
    ),
    answer=(
        [
            ("signed", "1987-12-08", ["known:inf"]),
            ("entered into force", "1988-06-01", ["known:inf"]),
            ("terminated", "2019-08-02", ["known:inf"]),
        ],
        "1987-12-08",
    ),
)  # fmt: skip
def _(led):
    fact = only(led, "RUS", "USA", kind="agreement")
    return [(a["act"], a["date"], a["sources"]) for a in led.show(fact.id)["acts"]], str(fact.when)


@say(
    "The end in the table stands before what a paragraph says of it.",
    report(
        "2019-02-03",
        treaty(
            "INF Treaty", "The United States withdrew from the INF Treaty", "USA", stage="terminated", date="2019-02-02"
        ),
    ),
    answer=(["in force"], [("ended", "2019-08-02")]),
)
def _(led):
    before = [r["effect"] for r in rows(led, "RUS", "USA", on="2019-06-01")]
    return before, [(r["effect"], r["ended"]) for r in rows(led, "RUS", "USA", on="2019-09-01")]


@say(
    "A protocol to a known treaty, and a treaty that is only like it, are others.",
    report(
        "2022-07-06",
        treaty(
            "protocol to the North Atlantic Treaty", "signed a protocol to the North Atlantic Treaty", "FIN", "SWE",
            stage="signed",
        ),
        treaty("nuclear safety agreement", "signed a nuclear safety agreement", "FIN", "SWE", stage="signed"),
    ),
    answer=[None, None],
)  # fmt: skip
def _(led):
    return [f.instrument for f in led.facts("FIN", "SWE")]


# a state's own act


@say(
    "A state that leaves leaves for itself, and the treaty stays.",
    LEAVES,
    TALKS,
    answer=(["PRK: withdrawn"], ["in force"]),
)
def _(led):
    left = [r["consent"] for r in rows(led, "PRK", on="2004-01-01")]
    return left, [r["effect"] for r in rows(led, on="2004-01-01")]


@say(
    "Who withdraws its ratification has not left, and is a signatory again.",
    RATIFIES,
    UNRATIFIES,
    answer=(
        [("RUS: bound", "not in force")],
        [("RUS: signed", "not in force")],
        [("ratified", "RUS"), ("ratification withdrawn", "RUS")],
    ),
)
def _(led):
    acts = led.show(only(led, "RUS", kind="agreement").id)["acts"]
    at = [[(r["consent"], r["effect"]) for r in rows(led, "RUS", on=f"{y}-01-01")] for y in (2023, 2024)]
    return *at, [(a["act"], a["party"]) for a in acts if a["party"]]


for quote, stage, kind in (
    ("Russia revoked its ratification of the CTBT", "terminated", "ratification withdrawn"),
    ("Russia de-ratified the CTBT", "ratified", "ratification withdrawn"),
    ("Russia withdrew its signature from the Rome Statute", "terminated", "signature withdrawn"),
    ("Russia ratified the CTBT", "ratified", "ratified"),
    ("Russia withdrew from the CTBT", "terminated", "withdrawn"),
    ("The Duma revoked the ratification of the CTBT", "ratified", None),
):
    named = "Rome Statute" if "Rome" in quote else "CTBT"

    @say(
        f"Taking a consent back is reported from leaving, and a parliament's vote from both: “{quote}”.",
        report("2020-01-01", treaty(named, quote, "RUS", stage=stage)),
        answer=kind,
    )
    def _(led):
        act = act_of(statement(led))
        return act and act.kind


@say(
    "Two states that ratify in one breath ratify each for itself.",
    report(
        "2016-11-15",
        treaty(
            "Paris Agreement", "Finland and Sweden ratified the Paris Agreement", "FIN", "SWE", stage="ratified",
            date="2016-11-14",
        ),
    ),
    answer=[("FIN: bound, SWE: bound", "2016-11-04")],
)  # fmt: skip
def _(led):
    return [(r["consent"], r["entered"]) for r in rows(led, "FIN", "SWE", on="2017-01-01")]


for quote, stage, parties, who in (
    ("Finland and Sweden ratified the Paris Agreement", "ratified", ("FIN", "SWE"), ("FIN", "SWE")),
    ("The Paris Agreement was ratified by Finland", "ratified", ("FIN", "SWE"), ("FIN",)),
    ("Russia followed the United States in suspending the Paris Agreement", "suspended", ("RUS", "USA"), ()),
    ("the Paris Agreement, of which Finland told Sweden, was ratified", "ratified", ("FIN", "SWE"), ()),
):

    @say(
        f"Whose act it is is said only where the words say so: “{quote}”.",
        report("2020-01-01", treaty("Paris Agreement", quote, *parties, stage=stage)),
        answer=who,
    )
    def _(led):
        return actors(statement(led), instruments()["paris"])


@say(
    "Who has only signed is not said to be bound by a treaty in force.",
    report(
        "2001-01-01",
        treaty("Rome Statute", "The United States signed the Rome Statute", "USA", stage="signed", date="2000-12-31"),
    ),
    answer=(["USA: signed"], [("unknown", False)]),
)
def _(led):
    made = treaties(led.facts("USA"), {}).values()
    at = [status(t, date(2010, 1, 1), party="USA") for t in made]
    return [r["consent"] for r in rows(led, "USA", on="2010-01-01")], [(s.effect, s.certain) for s in at]


@say(
    "Who comes back to a treaty is bound again.",
    report(
        "2020-11-05",
        treaty(
            "Paris Agreement", "The United States withdrew from the Paris Agreement", "USA", stage="terminated",
            date="2020-11-04",
        ),
    ),
    report(
        "2021-02-20",
        treaty(
            "Paris Agreement", "The United States rejoined the Paris Agreement", "USA", stage="ratified",
            date="2021-02-19",
        ),
    ),
    answer=["USA: withdrawn", "USA: bound"],
)  # fmt: skip
def _(led):
    return [r["consent"] for d in ("2020-12-01", "2021-03-01") for r in rows(led, "USA", on=d)]


@say(
    "Both states that extend their treaty extend it together.",
    report(
        "2021-02-04",
        treaty(
            "New START", "Russia and the United States extended New START", "RUS", "USA", stage="extended",
            date="2021-02-03",
        ),
    ),
    answer=True,
)  # fmt: skip
def _(led):
    acts = led.show(only(led, "RUS", "USA", kind="agreement").id)["acts"]
    return ("extended", "2021-02-03", None) in {(a["act"], a["date"], a["party"]) for a in acts}


@say(
    "Of a treaty whose entry into force is not known it is not said that it is out of force.",
    report("2022-02-18", treaty("Minsk agreements", "honour the Minsk agreements", "DEU", "FRA", stage="in force")),
    answer=[("unknown", False, "")],
)
def _(led):
    return [(r["effect"], r["certain"], r["parties"]) for r in rows(led, on="2022-02-20")]


@say("What was known on a day holds for known treaties too.", RATIFIES, UNRATIFIES, answer=(["RUS: bound"], []))
def _(led):
    then = [r["consent"] for r in rows(led, "RUS", on="2024-01-01", known="2010-01-01")]
    return then, rows(led, "PRK", on="2024-01-01", known="1999-01-01")


@say(
    "A person can take a report out of a known treaty, and reject it whole.",
    LEAVES,
    TALKS,
    NAMED,
    answer=(["KEN UGA"], [None], ((1,),)),
)
def _(led):
    fact = only(led, kind="agreement")
    led.judge(fact.statements[-1].id, "apart", signed="A. Reader", dated="2021-01-01")
    apart = [f.block for f in led.facts(kinds=["agreement"]) if f.instrument is None]
    led.judge(fact.id, "reject", signed="A. Reader", dated="2021-01-02")
    rest = [f.instrument for f in led.facts(kinds=["agreement"])]
    return apart, rest, led.sql("SELECT count(*) FROM standing").rows


@say("The id of any report of a known treaty leads to it.", LEAVES, TALKS, NAMED, answer=True)
def _(led):
    fact = only(led, kind="agreement")
    return {led.fact(key).id for s in fact.statements for key in (s.id, s.fact)} == {fact.id}


REPLACES = report(
    "2018-12-01",
    treaty(
        "USMCA", "Canada, Mexico and the United States signed the USMCA, which replaces NAFTA", "CAN", "MEX", "USA",
        stage="signed", predecessors=(Predecessor(title="NAFTA", date="1992", link="replaces"),),
    ),
)  # fmt: skip


@say("An earlier treaty that a new one replaces is the known one.", REPLACES, answer=({"nafta", "usmca"}, ["nafta"]))
def _(led):
    found = {f.instrument.key: f for f in led.facts("CAN", "MEX", "USA")}
    keys = {f.id: k for k, f in found.items()}
    return set(found), [keys[k] for k in led.show(found["usmca"].id)["supersedes"]]


@say(
    "One treaty under four names is one agreement of its parties.",
    *(
        report(f"2018-10-0{n}", treaty(name, f"leaders praised the {name}", "MEX", "USA"))
        for n, name in enumerate(("USMCA", "CUSMA", "T-MEC", "United States-Mexico-Canada Agreement"), 1)
    ),
    answer=[("USMCA", "CAN MEX USA")],
)
def _(led):
    return [(r["title"], r["parties"]) for r in rows(led, "MEX", "USA", on="2021-01-01")]
