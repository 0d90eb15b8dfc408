"""Where the codebooks contradict themselves: what was decided (docs/coding-decisions.md)."""

import pytest

from comity.knowledge import plover


def test_sanction_is_material_conflict():
    assert plover.events()["SANCTION"].quad == 4


def test_accuse_scores_below_nothing():
    assert plover.events()["ACCUSE"].score == -3


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("200", "ASSAULT"),
        ("163", "COERCE"),
        ("175", "ASSAULT"),
        ("1712", "ASSAULT"),
        ("191", "COERCE"),
        ("192", "COERCE"),
    ],
)
def test_cameo_codes_go_where_the_conversion_file_puts_them(code, event):
    assert plover.cameo()[code].event == event


def test_the_published_goldstein_tables_stay_apart():
    values = {t: plover.goldstein("016", t) for t in ("gdelt", "icews", "phoenix")}
    assert {t: s.value for t, s in values.items()} == {"gdelt": -2.0, "icews": -5.0, "phoenix": 3.4}
    assert {s.name for s in values.values()} == {"goldstein-gdelt", "goldstein-icews", "goldstein-phoenix"}


def test_a_code_that_a_table_lacks_has_no_value():
    assert plover.goldstein("1011", "phoenix") is None
    assert plover.goldstein("999") is None


def test_cameo_codes_are_strings_with_their_zeros():
    assert plover.goldstein("57") is None
    assert plover.goldstein("057").value == 8.0
