"""Each rule with sentences that it is for: what is read in them, and what is not.

A row of `examples.csv` names the module of the rule, the rule in a few words, a sentence, and what is right: facts
parted by `;`, each a kind and words that one record of this kind must all have; after `no` that none may have. A row
with words under `misread` is read wrongly today for that reason: whoever mends the rule takes them away.

The tables of English under `knowledge/tables/en` say beside each row what its example gives, and its counter-example
does not, in the same words.
"""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from comity.coding.agreements import code_agreements
from comity.coding.assessments import code_assessments
from comity.coding.commemorations import code_commemorations
from comity.coding.cooperation import code_cooperation
from comity.coding.events import code_events
from comity.coding.figures import code_figures
from comity.coding.projects import code_projects
from comity.coding.visits import code_visits
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Actor, Agreement, Assessment, Commemoration, Event, Figure, Project, Record, Visit

ROWS = list(csv.DictReader(Path(__file__).with_name("examples.csv").read_text("utf-8").splitlines()))
CODERS = (
    code_events, code_agreements, code_visits, code_figures, code_projects, code_cooperation, code_assessments,
    code_commemorations,
)  # fmt: skip
PUBLISHED = "2019-09-02"  # a Monday
TABLES = ("amount_contexts", "anniversaries", "roles", "word_classes")
TABLE_ROWS = [
    pytest.param(row, id=f"{name}: {row['example']}")
    for name in TABLES
    for row in csv.DictReader(
        (files("comity.knowledge") / "tables" / "en" / f"{name}.csv").read_text("utf-8").splitlines()
    )
    if row["reads"]
]


def codes(actors: tuple[Actor, ...]) -> list[str]:
    return sorted({a.state or a.organisation or "?" for a in actors})


def side(*ends: str | list[str] | None) -> str:
    """Who does it to whom: `KEN+UGA>TCD`."""
    return ">".join(e if isinstance(e, str) else "+".join(e) if e else str(e) for e in ends if e != [])


def words(record: Record) -> set[str]:
    """What a row may ask of a record."""
    match record:
        case Event():
            actors, recipients = codes(record.actor), codes(record.recipient)
            found = [side(actors, recipients), *actors, *recipients, record.event, record.mode, record.status]
        case Agreement():
            acts = [f"{s.stage}:{s.date}" for s in record.acts]
            found = [side(list(record.parties)), *record.parties, record.type, *(record.stage or "").split(), *acts]
            found += [record.duration, record.place, record.renewal, record.notice, record.force]
        case Visit():
            found = [
                side(codes(record.visitors), record.host),
                record.status,
                record.place,
                *(record.level or "").split(),
            ]
        case Figure():
            value = None if record.value is None else f"{record.value:.10g}"
            change = None if record.change_pct is None else f"{record.change_pct:g}%"
            found = [side(str(record.reporter), str(record.partner)), record.measure, value, record.unit, change]
            found += [record.direction, record.period]
        case Assessment():
            found = [side(str(record.of), str(record.over)), record.of, record.dimension, record.direction]
            found += [record.against]
        case Commemoration():
            found = [side(list(record.parties)), record.occurred, str(record.ordinal)]
        case Project():
            found = [side(list(record.parties)), record.type, record.founded, *(record.name or "").split()]
        case _:
            found = [side(list(record.parties)), *record.areas]
    return {record.kind, *(w for w in (*found, getattr(record, "date", None)) if w)}


def fits(fact: str, found: list[set[str]]) -> bool:
    kind, *asked = fact.removeprefix("no ").split()
    there = any({kind, *asked} <= record for record in found)
    return there is not fact.startswith("no ")


def cases() -> list[object]:
    return [
        pytest.param(r["text"], r["right"], id=f"{r['module']}: {r['text']}",
                     marks=[pytest.mark.xfail(reason=r["misread"])] if r["misread"] else [])
        for r in ROWS
    ]  # fmt: skip


def misses(text: str, right: str) -> list[str]:
    """The facts that a sentence was to give and does not."""
    article = read_article(Document(id="d", text=text, published=PUBLISHED, language="en"))
    found = [(r.kind, words(r)) for coder in CODERS for r in coder(article)]
    return [f for f in right.split("; ") if not fits(f, [w for k, w in found if k == f.removeprefix("no ").split()[0]])]


@pytest.mark.parametrize(("text", "right"), cases())
def test_a_sentence_gives_what_its_rule_is_for(text: str, right: str) -> None:
    assert not misses(text, right)


@pytest.mark.parametrize("row", TABLE_ROWS)
def test_a_row_of_a_table_decides_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    assert not misses(row["example"], row["reads"])
    assert misses(row["counter_example"], row["reads"])


def test_every_row_asks_for_something_of_a_known_kind() -> None:
    kinds = {coder.__name__.removeprefix("code_").removesuffix("s") for coder in CODERS}
    asked = {f.removeprefix("no ").split()[0] for r in ROWS for f in r["right"].split("; ")}
    assert asked == kinds
    assert len({r["text"] for r in ROWS}) == len(ROWS)
