"""Thin lanes: a share, a series or an alert says on how much it rests, and is left out where that is too little."""

from comity.analysis.pull import pull
from comity.settings import Settings

from . import Text, Truths, refusal
from .reports import help_sent, report, words
from .stages import aid, text

TRUTHS = Truths()
say = TRUTHS.say
YEAR_END = {"on": "2019-12-31"}


def about(n: int, other: str, year: int):
    """A report, one of several, that a state sent help to Mongolia in a year."""
    return report(f"{year}-03-{n % 27 + 1:02d}", help_sent(other, date=f"{year}-03-01"), text=words(n))


def shares(led):
    return {r.code: dict(r.shares) for r in pull(led, "MNG", "RUS").rivals}


FOUR = [about(n, "RUS" if n % 2 else "CHN", 2019) for n in range(4)]


@say(
    "A share of a few reports is not drawn, and the lane says why.",
    *FOUR,
    answer=Text(
        "Who pulls at Mongolia",
        "not drawn: at most 4 reports in a year, a share needs 20",
        without=('class="share"',),
    ),
)
def _(led):
    return led.dossier("RUS", "MNG", **YEAR_END).plot()


@say(
    "A share says on how many reports it rests.",
    *(about(n, "RUS" if n % 4 else "CHN", 2018 if n < 3 else 2019) for n in range(23)),
    answer=(
        "on 20 reports of 2019; 1 year with fewer than 20 reports left out",
        {"RUS": {2018: None, 2019: 0.75}, "CHN": {2018: None, 2019: 0.25}},
    ),
)
def _(led):
    return pull(led, "MNG", "RUS").mass, shares(led)


@say(
    "A report that states ten things weighs no more in a share than one that states one.",
    report("2019-09-04", *(help_sent("CHN", date=f"2019-{m:02d}-01") for m in range(1, 11)), text=words(1)),
    about(2, "RUS", 2019),
    answer={"RUS": {2019: 0.5}, "CHN": {2019: 0.5}},
    settings=Settings(pull_reports=2),
)
def _(led):
    return {code: {2019: years[2019]} for code, years in shares(led).items()}


ONLY_RUSSIA = [about(n, "RUS", 2019) for n in range(4)]
for least, drawn in ((Settings().pull_reports, False), (4, True)):

    @say(
        f"Of four reports a share is {'drawn' if drawn else 'not drawn'} where it needs {least}.",
        *ONLY_RUSSIA,
        answer=drawn,
        settings=Settings(pull_reports=least),
    )
    def _(led):
        return bool(pull(led, "MNG", "RUS").drawn)


for pair in (("RUS", "MNG"), ("MNG", "RUS")):

    @say(
        f"Who pulls is asked of the smaller state where {pair[0]} is named first, and of the other where it is chosen.",
        about(1, "RUS", 2019),
        answer=("MNG", "RUS"),
    )
    def _(led, pair=pair):
        chosen = led.dossier(*pair, **YEAR_END, pulled="Russia").strip.pull.of
        return led.dossier(*pair, **YEAR_END).strip.pull.of, chosen


@say("Who pulls is asked of no third state.", about(1, "RUS", 2019), answer=Text("neither RUS nor MNG"))
def _(led):
    return refusal(lambda: led.dossier("RUS", "MNG", pulled="CHN"))


@say(
    "A share of a handful of events is no influence: it is missing, and says of how few.",
    *ONLY_RUSSIA,
    answer=[("missing", None, "2 foreign events of MNG (1 are reported)")],
    settings=Settings(pull_events=2),
)
def _(led):
    return [(r["availability"], r["value"], r["missing"]) for r in led.influence("MNG", "RUS", measures="event-share")]


@say(
    "A share of enough events says on how many it rests.",
    about(1, "RUS", 2019),
    about(2, "CHN", 2019),
    answer=[(50.0, "on 2 foreign events of MNG")],
    settings=Settings(pull_events=2),
)
def _(led):
    return [(r["value"], r["notes"]) for r in led.influence("MNG", "RUS", measures="event-share")]


# of 1993 no report is held, so that its count is only a least one
OLD, NEW = aid(1, "1993-05-01"), aid(2, "2019-09-04")
LEFT = "26 rows before the first values left out (1 missing, 25 not covered)"


@say(
    "A series begins with its first value and says what it left out.",
    OLD,
    NEW,
    answer=([([("2019", "value")], [LEFT])] * 2, (27, ())),
)
def _(led):
    found = (
        led.series("RUS", "MNG", measures="events").table(),
        led.influence("MNG", "RUS", measures="events"),
    )
    begun = [([(r["time"], r["availability"]) for r in x], [n[: len(LEFT)] for n in x.notes]) for x in found]
    whole = led.series("RUS", "MNG", measures="events", since="1993").table()
    return begun, (len(whole), whole.notes)


@say(
    "A series without any value stays, and says so.",
    OLD,
    answer=(["missing"], ("1 of 1 series hold no value, only bounds",)),
)
def _(led):
    found = led.series("RUS", "MNG", measures="events", until="1993")
    return [m.availability for m in found], found.notes


BARE = [
    text(n, f"treaty on {s}", "signed", f"201{n}-03-01") for n, s in enumerate(("transit", "fisheries", "aviation"), 1)
]
TERM = text(5, "treaty on water", "in force", "2015-06-01", duration="P5Y", quote="entered into force treaty on water")


@say("Alerts say how many agreements state a term at all.", *BARE, answer=(0, ("0 of 3 agreements state a term",)))
def _(led):
    found = led.agreements.alerts("RUS", "MNG", **YEAR_END)
    return len(found), found.notes


@say(
    "Alerts say how many of the agreements that state a term are in force, and of how many something comes up.",
    *BARE,
    TERM,
    answer=(
        ["term_end"],
        ("1 of 4 agreements states a term, 1 of them in force on that day; of 1 something comes up",),
    ),
)
def _(led):
    found = led.agreements.alerts("RUS", "MNG", **YEAR_END)
    return [r["kind"] for r in found], found.notes
