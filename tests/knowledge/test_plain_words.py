"""Every code that a record or a status can hold has a plain phrase, and the glossary prints all of them."""

from pathlib import Path
from typing import get_args

from comity.knowledge import plover
from comity.knowledge.offices import RANKS
from comity.knowledge.plain_words import FIELDS, as_markdown, codes, event_said, plain_words
from comity.knowledge.states import rows
from comity.ledger.act import ActKind
from comity.ledger.heading import HEADINGS
from comity.ledger.lifecycle import Consent, Effect, Text
from comity.records.record import SHAPES

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def column(table, name):
    return {r[name] for r in rows(table) if r[name]}


def test_every_type_and_mode_of_events_has_its_phrase():
    assert set(codes("event")) == set(plover.events())
    for event in plover.events():
        assert set(codes("mode", of=event)) == set(plover.modes().get(event, {}))


def test_every_stage_status_act_and_rank_has_its_phrase():
    assert set(codes("act")) == set(get_args(ActKind))
    assert set(codes("text")) == set(get_args(Text))
    assert set(codes("effect")) == set(get_args(Effect))
    assert set(codes("consent")) == set(get_args(Consent))
    assert set(codes("heading")) == set(HEADINGS)
    assert set(codes("level")) == set(RANKS)
    # what a report says of a stage, and what a list shows of it
    assert column("en/stage_verbs.csv", "stage") <= set(codes("stage"))
    assert {e for e in get_args(Effect) if e != "unknown"} <= set(codes("stage"))
    assert {t for t in get_args(Text) if t != "none reported"} <= set(codes("stage"))


def test_every_measure_kind_and_word_of_standing_has_its_phrase():
    assert column("en/measures.csv", "measure") - {"none", "up", "down", "give"} <= set(codes("measure"))
    assert column("en/instruments.csv", "type") <= set(codes("agreement"))
    assert column("en/projects.csv", "type") <= set(codes("project"))
    standing = rows("en/standing.csv")
    assert {r["value"] for r in standing if r["role"] == "dimension"} <= set(codes("dimension"))
    assert {r["value"] for r in standing if r["role"] == "direction"} <= set(codes("direction"))
    assert {next(f.default for f in s.__dataclass_fields__.values() if f.name == "kind") for s in SHAPES} <= set(
        codes("kind")
    )


def test_a_phrase_stands_beside_its_code():
    phrase = event_said("SANCTION", "discontinue")
    assert phrase.startswith("imposes sanctions or tariffs")
    assert phrase.endswith("· SANCTION discontinue")
    assert event_said("SANCTION", "no mode of it").startswith(event_said("SANCTION").split(" · ")[0])


def test_the_glossary_of_the_documentation_is_the_table():
    page = GLOSSARY.read_text(encoding="utf-8")
    assert as_markdown() in page, "run: comity glossary --format md, and put it into docs/glossary.md"
    assert {w.field for w in plain_words().values()} == set(FIELDS)
