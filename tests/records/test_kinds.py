"""Every kind of fact passes through every room: coded, written, filed, compared, corrected, shown."""

from dataclasses import fields

import pytest

from comity.records.codes import Kind
from comity.ledger import correction
from comity.ledger.interval import OPEN
from comity.ledger.statement import block_of, traits
from comity.pages.facts import HEADINGS, fact_line
from comity.reading import CODERS
from comity.records.kinds import KINDS
from comity.records.lines import from_json, to_json
from comity.records.record import SHAPES, Actor, DocumentRecord

ACTORS = {"actor": "KEN", "recipient": "UGA", "visitors": "KEN"}
SEVERAL = {"parties": ("KEN", "UGA")}
OTHERS = {"host": "UGA", "reporter": "KEN", "partner": "UGA", "of": "KEN", "over": "UGA", "against": "TZA"}


def example(kind):
    """A record of a kind in which its fields of states and its date are filled in."""
    spec = KINDS[kind]
    given = {f: (Actor(text="who", state=ACTORS[f]),) for f in spec.parties if f in ACTORS}
    given |= {f: SEVERAL[f] for f in spec.parties if f in SEVERAL}
    given |= {f: OTHERS[f] for f in spec.parties if f in OTHERS}
    given |= {spec.date: "2019-05-03"} if spec.date else {}
    return spec.shape(**given)


def test_the_kinds_are_those_of_the_contract_and_of_the_coders():
    assert {*KINDS, "document"} == {k.value for k in Kind}
    assert [*KINDS] == [*CODERS]
    assert (DocumentRecord, *(s.shape for s in KINDS.values())) == SHAPES


@pytest.mark.parametrize("kind", KINDS)
class TestEachKind:
    def test_names_only_fields_that_its_shape_has(self, kind):
        spec = KINDS[kind]
        names = {*spec.states, *spec.parties, *spec.compared, spec.date, spec.type, spec.mode, spec.status} - {None}
        assert names <= {f.name for f in fields(spec.shape)}
        assert {*spec.states} <= {*spec.parties}
        assert spec.shape().kind == kind

    def test_is_written_and_read_back(self, kind):
        assert from_json(to_json(example(kind))) == example(kind)

    def test_is_filed_under_its_states_and_its_day(self, kind):
        assert block_of(example(kind)) == "KEN UGA"
        day = traits(example(kind))[3]
        assert str(day) == "2019-05-03" if KINDS[kind].date else day == OPEN

    def test_can_be_corrected_in_its_states(self, kind):
        assert {*KINDS[kind].parties} <= {*correction.fields_of(kind)}

    def test_has_a_heading_and_a_line(self, kind):
        assert HEADINGS[kind]
        assert fact_line(example(kind))
