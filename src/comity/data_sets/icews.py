"""ICEWS: coded events as released on Dataverse, and lists of (source, relation, target, date) derived from them.

Actors have names and, in the release, countries. CAMEO codes that a spreadsheet turned into numbers have lost their
leading zero; since ICEWS has no two-digit codes and CAMEO none above 20, it can be restored unambiguously.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from comity.data_sets.cells import Cells, text
from comity.data_sets.coded_event import coded, happened
from comity.data_sets.crosswalk import as_of, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.knowledge import leaders
from comity.knowledge.states import rows as table_rows


def whole_code(code: str) -> str:
    """A CAMEO code of ICEWS with its leading zero restored.

    >>> whole_code("43"), whole_code("0256"), whole_code("256"), whole_code("190")
    ('043', '0256', '0256', '190')
    """
    code = code.strip().removesuffix(".0")
    return f"0{code}" if len(code) == 2 or (len(code) == 3 and code[:2] > "20") else code


def _release(at: Columns) -> Mapped:
    key, when, score = (at(c) for c in ("event_id", "event_date", "intensity"))
    code, words = at.maybe("cameo_code"), at.maybe("event_text")
    one, other, land1, land2 = (at(c) for c in ("source_name", "target_name", "source_country", "target_country"))
    wanted = ("event_text", "source_sectors", "target_sectors", "publisher", "story_id", "city", "country")
    more = at.have(*wanted)
    source, unknown = at.release.key, at.unknown
    # month first in the release of 2017
    number, day = at.numbers(score), at.days(when, "mdy")

    def row(cells: Cells) -> Iterable[Row]:
        on = day(cells[when])
        iso = on.isoformat()
        details = text(cells[code]) if code is not None else None
        if details is None and words is not None:
            details = relations().get(cells[words].strip().replace(" ", "_"))
            if details is None:
                raise ValueError(f"{cells[words]!r} is not an ICEWS event text")
        measure, before = coded(whole_code(details or ""))
        states = []
        for land, name in ((text(cells[land1]), cells[one]), (text(cells[land2]), cells[other])):
            state = named(land, iso) if land else actor_state(name, iso)
            if land and state is None and land not in _NONE:
                unknown[land] += 1
            states.append(state)
        rest: dict[str, object] = {"actor": text(cells[one]), "recipient": text(cells[other])}
        rest |= {n: text(cells[i]) for n, i in more.items()}
        value = number(cells[score])
        return (
            happened(
                source, cells[key], measure, states[0], states[1], on, rest, before, value=value, unit="intensity-icews"
            ),
        )

    return row


_NONE = frozenset({"None", "International"})


def _lists(at: Columns) -> Mapped:
    one, relation, other, when = (at(c) for c in ("source", "relation", "target", "date"))
    source, unknown, day = at.release.key, at.unknown, at.days(when, "mdy")

    def row(cells: Cells) -> Iterable[Row]:
        on = day(cells[when])
        iso = on.isoformat()
        code = relations().get(cells[relation])
        if code is None:
            raise ValueError(f"{cells[relation]!r} is not an ICEWS event text")
        measure, before = coded(code)
        a, b = actor_state(cells[one], iso), actor_state(cells[other], iso)
        for name, state in ((cells[one], a), (cells[other], b)):
            if state is None:
                unknown[name.replace("_", " ")] += 1
        key = f"{iso}/{cells[one]}/{code}/{cells[other]}"
        rest: dict[str, object] = {"actor": cells[one].replace("_", " "), "recipient": cells[other].replace("_", " ")}
        return (happened(source, key, measure, a, b, on, rest, before),)

    return row


@cache
def relations() -> dict[str, str]:
    """The CAMEO codes of ICEWS's event texts.

    >>> relations()["Make_a_visit"], relations()["Sign_formal_agreement"]
    ('042', '057')
    """
    return {r["text"].replace(" ", "_"): r["cameo"] for r in table_rows("icews_events.csv")}


@lru_cache(maxsize=100_000)
def actor_state(name: str, on: str) -> str | None:
    """The state of an actor by the country in brackets, its own name, or the office it holds on a day.

    >>> actor_state("Citizen_(India)", "2014-01-01"), actor_state("Xi_Jinping", "2018-05-05")
    ('IND', 'CHN')
    >>> actor_state("Police_(Holy_See_(Vatican_City_State))", "2018-05-05"), actor_state("Protester", "2018-05-05")
    ('VAT', None)
    """
    words = name.replace("_", " ").strip()
    if text(words) is None:
        return None
    if found := named(words, on):
        return found
    if bracket := _BRACKET.search(words):
        return named(bracket[1], on)
    # only a full name: a surname may belong to many persons
    if " " not in words or not _terms(words):
        return None
    terms = leaders.by_name(words, on)
    return as_of(terms[0].state, on) if leaders.distance(terms[0], on) == 0 else None


@lru_cache(maxsize=50_000)
def _terms(words: str) -> bool:
    """Whether any leader has a name."""
    return bool(leaders.by_name(words))


_BRACKET = re.compile(r"\(([^()]*(?:\([^()]*\))?)\)$")

ICEWS = DataSet(
    kind="icews",
    layouts=(
        Layout(
            (
                "event_id", "event_date", "source_name", "source_country", "cameo_code|event_text", "intensity",
                "target_name", "target_country",
            ),
            _release,
        ),
        Layout(("source", "relation", "target", "date"), _lists),
    ),
    quoted=False,
)  # fmt: skip
