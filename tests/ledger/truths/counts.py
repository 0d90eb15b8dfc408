"""Sources: reports, outlets and independent sources are three numbers, the same wherever they stand."""

import json

from . import Text, Truths
from .reports import help_sent, report, words

TRUTHS = Truths()
say = TRUTHS.say


def sent(n: int, a: str = "RUS", at: str | None = None, text: str | None = None, **more: object):
    """A report, one of several, that help was sent to Mongolia."""
    return report("2019-09-04", help_sent(a, **more), at=at, text=words(n) if text is None else text)


def reported_by(led) -> list[str]:
    """How each event is reported, in words."""
    return [led.show(r["id"])["reported_by"] for r in led.events()]


WIRE = words(1)
KREMLIN = "https://kremlin.ru"

for claim, reports, answer in (
    (
        "A wire that eight outlets print is eight reports and one independent source.",
        [sent(n, at=f"https://paper{n}.example/story", text=WIRE) for n in range(8)],
        "8 reports, 8 outlets, 1 independent source",
    ),
    (
        "Five releases of one government are one outlet, and a party to it.",
        [sent(n, "USA", at=f"https://www.whitehouse.gov/{n}") for n in range(5)],
        "5 reports, 1 outlet, a party to it",
    ),
    (
        "Two stories of one paper are one independent source.",
        [sent(n, at=f"https://www.paper.example/{n}") for n in range(2)],
        "2 reports, 1 outlet, 1 independent source",
    ),
    (
        "A release beside two papers leaves two independent sources and a party.",
        [sent(n, at=f"{at}/1") for n, at in enumerate((KREMLIN, "https://one.example", "https://two.example"))],
        "3 reports, 3 outlets, 2 independent sources and a party to it",
    ),
    (
        "A paper that prints a party's release word for word is no independent source.",
        [sent(1, at=f"{at}/1", text=WIRE) for at in (KREMLIN, "https://one.example")],
        "2 reports, 2 outlets, a party to it",
    ),
    (
        "A government that reports on others is no party.",
        [sent(n, at=f"https://www.whitehouse.gov/{n}") for n in range(2)],
        "2 reports, 1 outlet, 1 independent source",
    ),
):
    say(claim, *reports, answer=[answer])(reported_by)


@say(
    "Reports without an address have no outlet made up for them.",
    sent(1),
    sent(2),
    sent(3, at="https://one.example/3"),
    answer=([(3, 1, 3)], ["3 reports, 1 outlet (2 not reported), 3 independent sources"]),
)
def _(led):
    return [(r["reports"], r["outlets"], r["independent"]) for r in led.events()], reported_by(led)


@say("Where no report has an address, the number of outlets is unknown and not nought.", sent(1), answer=[None])
def _(led):
    return [r["outlets"] for r in led.events()]


@say(
    "What a paper reports stands before what only a party reports.",
    *(sent(n, at=f"{KREMLIN}/{n}", place="Moscow") for n in range(3)),
    sent(7, at="https://one.example/7", place="Ulaanbaatar"),
    answer=[("Ulaanbaatar", Text("Moscow (a party to it)"))],
)
def _(led):
    return [(r["place"], led.show_text(r["id"])) for r in led.events()]


@say(
    "Every list gives the same reports, outlets and sources.",
    *(sent(n, at=f"https://paper{n}.example/a", text=WIRE) for n in range(3)),
    sent(5, at=f"{KREMLIN}/5"),
    answer=([(4, 4, 1, "RUS")], 1, (4, 4, 1)),
)
def _(led):
    (row,) = led.events()
    found = led.dossier("RUS", "MNG", on="2019-12-31")
    (line,) = next(s for s in found.sections if s.heading == "Latest events").lines
    (item,) = found.strip.items
    words_of = {line.reported_by, led.show(row["id"])["reported_by"], item.provenance.text, found.provenance.text}
    (exported,) = (json.loads(x) for x in led.export())
    numbers = ("reports", "outlets", "independent")
    return (
        [tuple(r[n] for n in (*numbers, "reporting_parties")) for r in led.events()],
        len(words_of),
        tuple(exported[n] for n in numbers),
    )
