"""A data set that Comity does not know is imported by a file of its user's."""

import runpy
from pathlib import Path

import pytest

import comity

EXAMPLES = Path(__file__).parents[2] / "examples"
TABLE = EXAMPLES / "data" / "scholarships.csv"


@pytest.fixture(scope="module")
def scholarships() -> comity.DataSet:
    return runpy.run_path(str(EXAMPLES / "scholarships.py"))["SCHOLARSHIPS"]


def test_the_example_is_short_enough_to_be_read_at_once():
    assert len((EXAMPLES / "scholarships.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_its_rows_stand_beside_all_others(scholarships, tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        done = led.import_(scholarships, TABLE)
        again = led.import_(scholarships, TABLE)
        found = led.observations("CHN", "MNG", measures=["scholarships"])
        (source,) = led.sources()
        assert led.check() == []
        assert any('"scholarships@1"' in line for line in led.export())
    assert (done.added, again.added, done.unknown) == (5, 0, (("Atlantis", 1),))
    assert [(o.a, o.b, o.value, o.standing) for o in found] == [
        ("CHN", "MNG", 2400.0, "reported"),
        ("CHN", "MNG", None, "missing"),
    ]
    assert (source.key, source.licence) == ("scholarships@1", "CC0")


def test_another_release_of_it_stands_beside_the_first(scholarships, tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_(scholarships, TABLE)
        led.import_(scholarships, TABLE, "2")
        assert [s.key for s in led.sources()] == ["scholarships@1", "scholarships@2"]


def test_without_a_release_it_is_refused(scholarships, tmp_path):
    bare = comity.DataSet("scholarships", scholarships.layouts)
    with comity.open(tmp_path / "l.duckdb") as led, pytest.raises(comity.InputError, match="has no release"):
        led.import_(bare, TABLE)


def test_a_release_under_another_key_is_refused(scholarships, tmp_path):
    wrong = comity.DataSet("grants", scholarships.layouts, release=scholarships.release)
    with comity.open(tmp_path / "l.duckdb") as led, pytest.raises(comity.InputError, match="its release is of kind"):
        led.import_(wrong, TABLE)
