"""Every kind of fact passes through every room: coded, written, filed, compared, joined, corrected, shown."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from comity.ledger import correction
from comity.ledger.blocking import keys
from comity.ledger.fact import facts_of
from comity.ledger.interval import OPEN
from comity.ledger.similarity import THRESHOLD, features, similarity
from comity.ledger.statement import Statement, block_of, body_of, fact_id, traits
from comity.ledger.values import conflicts
from comity.pages.facts import HEADINGS, fact_line
from comity.reading import CODERS
from comity.records.codes import Kind
from comity.records.kinds import KINDS
from comity.records.lines import from_json, to_json
from comity.records.record import SHAPES, Actor, DocumentRecord

DAY = date(2019, 5, 3)
ACTORS = {"actor": "KEN", "recipient": "UGA", "visitors": "KEN"}
SEVERAL = {"parties": ("KEN", "UGA")}
REPORTED = {
    "event": {"event": "SANCTION", "quote": "Kenya banned imports of maize and sugar"},
    "agreement": {"title": "Northern Corridor Transit Treaty", "stage": "signed"},
    "visit": {"place": "Kampala"},
    "project": {"name": "Lake Victoria Ferry"},
    "figure": {"measure": "trade", "value": 5e8, "unit": "USD"},
    "cooperation": {"areas": ("trade",)},
    "assessment": {"dimension": "influence", "direction": "up"},
    "commemoration": {"of": "opening of the railway", "occurred": "1963"},
}
"""What a report says of each kind, besides the states and the date."""
ANOTHER = {
    "event": "AID", "status": "planned", "measure": "debt", "dimension": "rivalry", "direction": "down",
    "quote": "Uganda seized two fishing boats", "title": "Cross-Border Police Protocol",
    "name": "Standard Gauge Bridge",
}  # fmt: skip
"""Another code or other words of a field; of a field that names a state it is Rwanda."""
OTHERS = {"host": "UGA", "reporter": "KEN", "partner": "UGA", "of": "KEN", "over": "UGA", "against": "TZA"}


def example(kind):
    """A record of a kind in which its fields of states and its date are filled in."""
    spec = KINDS[kind]
    given = {f: (Actor(text="who", state=ACTORS[f]),) for f in spec.parties if f in ACTORS}
    given |= {f: SEVERAL[f] for f in spec.parties if f in SEVERAL}
    given |= {f: OTHERS[f] for f in spec.parties if f in OTHERS}
    given |= {spec.date: "2019-05-03"} if spec.date else {}
    return spec.shape(**given, **REPORTED[kind])


def statement(kind, document, day=DAY, **changes):
    """The statement of a document of a day whose record is the example of a kind, but for some fields."""
    dated = {KINDS[kind].date: day.isoformat()} if KINDS[kind].date else {}
    record = replace(example(kind), **{**dated, **changes})
    code, mode, status, when = traits(record)
    key = fact_id(document, record.id, kind)
    of = block_of(example(kind))
    return Statement(
        document, key, key, kind, of, code, mode, status, when, day, 0.9, record.quote or "", body_of(record)
    )


def test_the_kinds_are_those_of_the_contract_and_of_the_coders():
    assert {*KINDS, "document"} == {k.value for k in Kind}
    assert [*KINDS] == [*CODERS]
    assert (DocumentRecord, *(s.shape for s in KINDS.values())) == SHAPES


@pytest.mark.parametrize("kind", KINDS)
class TestEachKind:
    def test_names_only_fields_that_its_shape_has(self, kind):
        spec = KINDS[kind]
        single = {spec.date, spec.type, spec.mode, spec.status, spec.words} - {None}
        names = {*spec.states, *spec.parties, *spec.compared, *spec.alike, *single}
        assert names <= {f.name for f in fields(spec.shape)}
        assert {*spec.states} <= {*spec.parties}
        assert spec.shape().kind == kind

    def test_is_written_and_read_back(self, kind):
        assert from_json(to_json(example(kind))) == example(kind)

    def test_is_filed_under_its_states_and_its_day(self, kind):
        assert block_of(example(kind)) == "KEN UGA"
        day = traits(example(kind))[3]
        assert str(day) == "2019-05-03" if KINDS[kind].date else day == OPEN

    def test_can_be_corrected_in_its_states_and_in_what_is_compared(self, kind):
        assert {*KINDS[kind].parties, *KINDS[kind].compared} <= {*correction.fields_of(kind)}

    def test_two_reports_of_the_same_are_found_and_are_one_fact(self, kind):
        both = [statement(kind, "first"), statement(kind, "second")]
        a, b = map(features, both)
        assert keys(a)[1] & keys(b)[0]
        assert similarity(a, b) >= THRESHOLD
        (fact,) = facts_of(both)
        assert fact.documents == ("first", "second")
        assert not conflicts(fact, {})

    def test_has_a_heading_and_a_line(self, kind):
        assert HEADINGS[kind]
        assert fact_line(example(kind))


@pytest.mark.parametrize(("kind", "field"), [(k, f) for k, spec in KINDS.items() for f in spec.alike])
def test_reports_that_differ_in_what_must_agree_are_two_facts(kind, field):
    one, other = statement(kind, "first"), statement(kind, "second", **{field: ANOTHER.get(field, "RWA")})
    assert similarity(features(one), features(other)) == 0.0
    assert len(facts_of([one, other])) == 2


@pytest.mark.parametrize(("kind", "field"), [(k, spec.words) for k, spec in KINDS.items() if spec.words])
def test_reports_in_other_words_are_two_facts(kind, field):
    words = ANOTHER.get(field, "founding of the university")
    assert len(facts_of([statement(kind, "first"), statement(kind, "second", **{field: words})])) == 2


@pytest.mark.parametrize(("kind", "apart"), [(k, spec.apart) for k, spec in KINDS.items() if spec.apart is not None])
def test_reports_of_days_too_far_apart_are_not_even_compared(kind, apart):
    # keys are weeks, so that some days more are compared
    later = statement(kind, "second", DAY + timedelta(days=apart + 14))
    assert not keys(features(statement(kind, "first")))[1] & keys(features(later))[0]
    assert len(facts_of([statement(kind, "first"), later])) == 2
