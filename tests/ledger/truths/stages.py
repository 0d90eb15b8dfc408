"""One page, one number: an agreement stands everywhere under one heading, and what is counted is what is listed."""

import re
from dataclasses import replace

from comity.records.record import Attribution

from . import Text, Truths
from .pages import asked, data, page, rows
from .questions import line_under, lines
from .reports import help_sent, report, treaty, visit, words

TRUTHS = Truths()
say = TRUTHS.say
YEAR_END = {"on": "2019-12-31"}


def text(n: int, title: str, stage: str, date: str | None, *, day: str = "2019-09-04", **more: object):
    """A report that states a stage of an agreement of Russia and Mongolia."""
    fields = {"quote": f"{stage} {title}", "stage": stage, "date": date, "parties": ("MNG", "RUS")}
    return report(day, replace(treaty(title, ""), **(fields | more)), text=words(n))


def went(n: int, guest: str, host: str, date: str, status: str = "occurred"):
    """A report of a visit."""
    made = visit("came", None, host, guest, date=date, date_basis=None, level="head of state", status=status)
    return report("2019-09-04", made, text=words(n))


def aid(n: int, date: str = "2019-09-03", day: str = "2019-09-04"):
    """A report that Russia sent help to Mongolia."""
    return report(day, help_sent(date=date), text=words(n))


SIGNED = text(1, "treaty on transit", "signed", "2019-09-03")
FORCED = text(2, "treaty on transit", "in force", "2020-09-21", day="2020-09-22")


def listed(led, on, **more):
    return list(led.agreements("RUS", "MNG", on=on, **more))


for day in ("2019-09-03", "2019-12-31", "2020-09-20", "2020-09-21", "2024-01-01"):

    @say(f"Show and the dossier give the same stage on {day}.", SIGNED, FORCED, answer=[(True, True, True, True)])
    def _(led, day=day):
        out = []
        for row in listed(led, day):
            heading, line = line_under(led.dossier("RUS", "MNG", on=day), row["id"])
            shown = led.show(row["id"], on=day)["status"]
            said = f"on {day}: {shown['words']}" in led.show_text(row["id"], on=day)
            out.append((shown["stands"] == heading, row["stands"] == heading, shown["words"] in line, said))
        return out


@say(
    "Show says in force of a treaty whose only long report states its signature.",
    SIGNED,
    FORCED,
    answer=["agreement: treaty on transit (2019-09-03) · in force"],
)
def _(led):
    heads = [led.show_text(r["id"], on="2021-01-01").splitlines()[0] for r in listed(led, "2021-01-01")]
    return [h[: len("agreement: treaty on transit (2019-09-03) · in force")] for h in heads]


@say(
    "Show knows no more than the dossier of an earlier day of knowledge.",
    SIGNED,
    FORCED,
    answer=[("Entry into force not reported", "Entry into force not reported", 1)],
)
def _(led):
    at = {"on": "2021-01-01", "known": "2019-12-31"}
    shown = {r["id"]: led.show(r["id"], **at) for r in listed(led, **at)}
    made = led.dossier("RUS", "MNG", **at)
    return [(s["status"]["stands"], line_under(made, k)[0], len(s["statements"])) for k, s in shown.items()]


for kind in ("joint statement", "declaration", "memorandum"):
    for stage in ("planned", "signed"):

        @say(
            f"A {kind} that is {stage} binds nobody, and is neither pending nor in force.",
            text(1, f"{kind} on transit", stage, "2019-09-03", type=kind),
            answer=(
                [("Not binding", "Not binding")],
                Text("0 agreements in force, 0 pending and 0 ended, 1 text not binding"),
            ),
        )
        def _(led):
            made = led.dossier("RUS", "MNG", **YEAR_END)
            return [(r["stands"], line_under(made, r["id"])[0]) for r in listed(led, **YEAR_END)], made.summary


@say(
    "A memorandum that says how it enters into force binds.",
    text(1, "memorandum on transit", "signed", "2019-09-03", type="memorandum", force="signature"),
    answer=[("In force", True)],
)
def _(led):
    return [(r["stands"], r["inferred"]) for r in listed(led, **YEAR_END)]


@say(
    "A treaty of which no more than the signature is reported is not called pending.",
    SIGNED,
    answer=(["Entry into force not reported"], Text("0 pending", "1 whose entry into force is not reported")),
)
def _(led):
    made = led.dossier("RUS", "MNG", on="2024-01-01")
    return [s.heading for s in made.sections], made.summary


@say(
    "A treaty that a parliament has approved is pending.",
    SIGNED,
    text(
        2, "treaty on transit", "ratified", "2020-06-23", day="2020-06-24",
        quote="Russia's State Duma ratified the treaty on transit",
    ),
    answer=[("Pending", "signed")],
)  # fmt: skip
def _(led):
    return [(r["stands"], r["stage"]) for r in listed(led, "2020-07-01")]


@say(
    "A treaty that is still to be signed is pending.",
    text(1, "treaty on transit", "planned", "2019-12-03"),
    answer=[("Pending", "proposed")],
)
def _(led):
    return [(r["stands"], r["stage"]) for r in listed(led, "2019-10-01")]


@say(
    "An agreement that only a later report speaks of, without a day, is in no list of an earlier day.",
    SIGNED,
    text(2, "treaty on fisheries", "signed", None, day="2024-09-03"),
    answer=[
        (1, Text("1 whose entry into force is not reported")),
        (2, Text("2 whose entry into force is not reported")),
    ],
)
def _(led):
    days = ("2020-12-31", "2024-12-31")
    return [(len(listed(led, day)), led.dossier("RUS", "MNG", on=day).summary) for day in days]


SUBJECTS = ("transit", "fisheries", "aviation", "customs", "water")
KINDS = ("treaty", "declaration", "memorandum", "agreement", "convention")
STAGES = ("signed", "signed", "signed", "planned", "in force")


@say(
    "The headline adds up to the list of agreements and to the strip.",
    *(
        text(n, f"{kind} on {subject}", stage, f"201{n}-03-01", type=kind, day=f"201{n}-03-02")
        for n, (subject, kind, stage) in enumerate(zip(SUBJECTS, KINDS, STAGES, strict=True), 1)
    ),
    answer=((5, 5, 5), True, True),
)
def _(led):
    made, found = led.dossier("RUS", "MNG", **YEAR_END), listed(led, **YEAR_END)
    counted = sum(n for what, n in made.counts.items() if what.startswith("agreements"))
    stands = [r["stands"] for r in found]
    under = {h: len(lines(made, h)) for h in set(stands)}
    narrowed = {h: len(listed(led, **YEAR_END, stages=h)) for h in set(stands)}
    each = {h: stands.count(h) for h in set(stands)}
    return (counted, len(found), len(made.strip.bars)), under == each, narrowed == each


@say(
    "Visits that are only planned are counted apart from those that took place.",
    went(1, "RUS", "MNG", "2019-03-01"),
    went(2, "MNG", "RUS", "2019-05-01"),
    went(3, "RUS", "MNG", "2019-12-01", "planned"),
    aid(4),
    answer=(
        (1, 1), (1, 1), Text("1 visit of Russia and 1 of Mongolia, and 1 event"), Text(">Visits (2)<", ">Events (1)<"),
    ),
)  # fmt: skip
def _(led):
    made = led.dossier("RUS", "MNG", **YEAR_END)
    return (
        (len(lines(made, "Visits of Russia to Mongolia")), made.counts["visits of RUS"]),
        (
            len(lines(made, "Visits not reported to have taken place")),
            made.counts["visits not reported to have taken place"],
        ),
        made.summary,
        made.plot(),
    )


@say(
    "A lane that leaves out far days says of how many it shows how many.",
    *(
        aid(n, d, "2019-12-01")
        for n, d in enumerate(["1950-01-01", *(f"2019-{m:02d}-{d:02d}" for m in range(3, 11) for d in (1, 9, 17, 25))])
    ),
    answer=(33, Text(">Events (32 of 33)<")),
)
def _(led):
    made = led.dossier("RUS", "MNG", **YEAR_END)
    return made.counts["events"], made.plot()


@say(
    "An agreement that a state speaks of stands there as in its own list.",
    text(1, "treaty on transit", "signed", "2019-09-03", attribution=Attribution(text="the Kremlin", state="RUS")),
    FORCED,
    answer=(True, 1),
)
def _(led):
    made = led.dossier("RUS", "MNG", on="2021-01-01")
    first = {s.heading: s.lines[0].text for s in made.sections}
    return first["What Russia says"] == first["In force"], len(lines(made, "In force"))


# the pages of one ledger, side by side


def paper(n: int, at: str, day: str, record):
    return report(day, record, text=words(n), at=at, title=f"Report {n}")


def act(title: str, kind: str, stage: str):
    return treaty(title, f"it entered into force {title}", "MNG", "RUS", type=kind, stage=stage, date="2018-05-01")


MARCH, AUGUST = help_sent(date="2019-03-01"), help_sent(date="2019-08-01")
PAGES = (
    paper(1, "https://one.example/1", "2019-03-02", MARCH),
    paper(2, "https://two.example/1", "2019-03-02", MARCH),
    paper(3, "https://kremlin.ru/1", "2019-08-02", AUGUST),
    *(
        paper(n, f"https://one.example/{n}", "2018-05-02", act(*of))
        for n, of in enumerate(
            (
                ("treaty on transit", "treaty", "in force"), ("treaty on water", "treaty", "signed"),
                ("declaration on culture", "declaration", "signed"), ("treaty on air", "treaty", "planned"),
            ),
            4,
        )
    ),
)  # fmt: skip
DYAD = "/dyad/RUS/MNG"


@say(
    "The list of agreements has as many under each heading as the page of the two states.",
    *PAGES,
    answer=({"In force", "Pending", "Not binding", "Entry into force not reported"}, True, ["treaty on air"], 400),
)
def _(led):
    made = data(led, f"{DYAD}?on=2019-12-31")
    found = data(led, "/agreements?state=RUS&state=MNG&on=2019-12-31")["agreements"]["rows"]
    stands = [r["stands"] for r in found]
    sections = {s["heading"]: len(s["lines"]) for s in made["sections"]}
    pending = [r["title"] for r in rows(led, "/agreements?state=RUS&stands=Pending&on=2019-12-31")]
    same = {h: stands.count(h) for h in set(stands)} == {h: sections[h] for h in set(stands)}
    return set(stands), same, pending, asked(led, "/agreements.json?stands=Gone")[0]


for day in ("2018-05-02", "2019-12-31"):

    @say(f"The evidence beside the strip stands as the page does, on {day}.", *PAGES, answer=[(True, True, True)] * 4)
    def _(led, day=day):
        html, made = page(led, f"{DYAD}?on={day}"), data(led, f"{DYAD}?on={day}")
        out = []
        for line in (x for s in made["sections"] for x in s["lines"] if x["fact"].startswith("fact:agreement")):
            drawer = page(led, f"/fact/{line['fact']}?on={day}&part=drawer")
            heading = re.search(r'<h2 class="fact-heading"[^>]*>(.*?)</h2>', drawer)[1]
            life = data(led, f"/agreement/{line['fact']}?on={day}")
            link = f'href="/fact/{line["fact"]}?on={day}"' in html
            out.append((link, line["text"].startswith(heading), life["words"] in line["text"]))
        return out


@say(
    "What only a party reports is shown, and said to be so.",
    *PAGES,
    answer=(
        {"2019-03-01": ("2", "2", "2", ""), "2019-08-01": ("1", "1", "0", "RUS")},
        Text("1 report, 1 outlet, a party to it"),
        1,
    ),
)
def _(led):
    found = {r["date"]: r for r in rows(led, f"{DYAD}?kind=event")}
    numbers = ("reports", "outlets", "independent", "reporting_parties")
    return (
        {d: tuple(r[n] for n in numbers) for d, r in found.items()},
        page(led, f"/fact/{found['2019-08-01']['id']}?part=drawer"),
        len(data(led, f"{DYAD}?kind=event&least=1")["chronicle"]["rows"]),
    )


@say(
    "The headline, the strip and the chronicle count the same events.",
    *PAGES,
    answer=Text(">2 events</a>", ">Events (2)<", "4 agreements, 2 events"),
)
def _(led):
    return page(led, f"{DYAD}?on=2019-12-31")


@say(
    "The network says that it counts statements, and of how many reports.",
    *PAGES,
    answer=(
        [(7, 3, 4, 7)],
        Text("several may be about one event; the page on the two states counts the events", ">on events</th>"),
        [(7, 3, 7)],
    ),
)
def _(led):
    numbers = ("statements", "on_events", "on_agreements", "reports")
    return (
        [tuple(e[n] for n in numbers) for e in data(led, "/network")["edges"]],
        page(led, "/network"),
        [(r["statements"], r["on_events"], r["reports"]) for r in data(led, "/state/MNG")["partners"]["rows"]],
    )


@say(
    "Rivals are shown at the smaller state, unless the other is chosen.",
    *PAGES,
    answer=(*[Text("Who pulls at Mongolia")] * 2, Text("Who pulls at Russia"), 400),
)
def _(led):
    shown = [page(led, p) for p in (DYAD, "/dyad/MNG/RUS", f"{DYAD}?pulled=Russia")]
    return *shown, asked(led, f"{DYAD}.json?pulled=CHN")[0]


@say(
    "The list of agreements says how many state a term.",
    *PAGES,
    answer=(["0 of 4 agreements state a term"], Text("0 of 4 agreements state a term")),
)
def _(led):
    return data(led, "/agreements?on=2019-12-31")["notes"], page(led, "/agreements?on=2019-12-31")
