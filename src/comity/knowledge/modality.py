"""Words that mark what they govern as planned, wished for or denied."""

import csv
from functools import cache
from importlib.resources import files
from typing import Literal

Effect = Literal[
    "plan", "wish", "denial", "ahead", "end", "ease", "remember", "renounce", "implicative", "later", "courtesy",
    "drawn", "negative", "possible", "future", "condition", "scheduled",
]  # fmt: skip


@cache
def words(effect: Effect) -> frozenset[str]:
    """Lemmas with an effect.

    `plan`, `wish`, `denial` govern a complement; `ahead` are adjectives of what is to come, `end` verbs after which a
    war is over, `ease` those that take a restriction away, `remember` and `renounce` those of what is past or given
    up, `drawn` verbs of who met with praise or blame, `courtesy` those that are done by saying so. Of other words,
    `negative` ones deny, `possible` and `future` ones are auxiliaries, `condition` ones begin a clause, `later` ones
    stand by what is to come. The infinitive after an `implicative` one has its time ("refused to let them in on
    Monday"); the present tense of `scheduled` ones is of what is on the calendar ("the talks begin on Monday").

    >>> "promise" in words("plan"), "upcoming" in words("ahead")
    (True, True)
    """
    table = files("comity.knowledge") / "tables" / "en/modality.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return frozenset(row["word"] for row in rows if row["effect"] == effect)
