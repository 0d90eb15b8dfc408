"""The closed lists: made from their tables, kept by every record."""

import subprocess
import sys
from pathlib import Path

import pytest

import comity
from comity.records import codes

ROOT = Path(__file__).parents[2]
REPORT = """Peru And Chile Sign Treaty

LIMA, May 3, 2012 - Peruvian President Julio Quispe and his Chilean counterpart Ana Rojas signed a border treaty in Lima on Thursday. It will remain in force for ten years and replaces a 1929 protocol.

Peru's exports to Chile rose by 12 percent to 1.5 billion dollars in 2011. Brazil condemned Bolivia. Rojas will visit Brazil next week. China's influence over Peru increased.

Peru and Chile will cooperate in trade, energy and culture. This year marks the 90th anniversary of the Treaty of Lima.
"""  # noqa: E501 - a report has long lines


def test_the_enums_are_what_the_tables_say():
    done = subprocess.run(
        [sys.executable, str(ROOT / "training" / "compile_codes.py"), "--check"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_plover_has_sixteen_events_and_thirty_seven_contexts():
    assert len(codes.PloverEvent) == 16
    assert len(codes.PloverContext) == 37


@pytest.fixture(scope="module")
def reading():
    return comity.read(REPORT)


def test_events_use_plovers_codes_alone(reading):
    assert reading.events
    for e in reading.events:
        assert e.event in set(codes.PloverEvent)
        assert e.mode is None or e.mode in set(codes.PloverMode)
        assert set(e.context) <= set(codes.PloverContext)
        assert e.status in set(codes.Status)
        assert e.quad_code in {1, 2, 3, 4}


def test_agreements_use_the_contracts_codes_alone(reading):
    assert reading.agreements
    for a in reading.agreements:
        assert a.type in set(codes.InstrumentType)
        assert a.stage is None or a.stage in set(codes.Stage)
        assert {p.link for p in a.predecessors} <= {None, *codes.PredecessorLink}


def test_the_other_kinds_use_the_contracts_codes_alone(reading):
    assert reading.visits
    assert reading.figures
    assert reading.assessments
    assert {v.level for v in reading.visits} <= {None, *codes.Level}
    assert {f.measure for f in reading.figures} <= set(codes.Measure)
    assert {f.direction for f in reading.figures} <= {None, *codes.Direction}
    assert {a.dimension for a in reading.assessments} <= set(codes.Dimension)
    assert {a.direction for a in reading.assessments} <= set(codes.AssessmentDirection)


def test_confidence_lies_between_nothing_and_near_certainty(reading):
    assert all(0 < r.confidence <= 0.97 for r in reading.records if r.kind != "document")
