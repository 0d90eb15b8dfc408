"""What users rely on in the arithmetic of days, months and years, at the ends of months, years and the calendar."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.mentions import edtf
from comity.mentions.edtf import Moment


def at(text: str) -> Moment:
    found = edtf.moment(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2019", "2019"),
        ("2019-09", "2019-09"),
        ("2019-09-02", "2019-09-02"),
        ("2019-09-02/2019-09-05", "2019-09-02"),
        ("2019-09/2019-11", "2019-09"),
        ("2019-09-02T10:00", "2019-09-02"),
        ("2016-02-29", "2016-02-29"),
        ("1900-02-29", None),
        ("2019-02-29", None),
        ("2019-13", None),
        ("2019-00", None),
        ("2019-09-31", None),
        ("2019-09-00", None),
        ("0000", None),
        ("0001", "0001"),
        ("9999-12-31", "9999-12-31"),
        ("19", None),
        ("199X", None),
        ("../2019", None),
        ("", None),
        ("May", None),
    ],
)
def test_the_start_of_a_date_is_a_year_a_month_or_a_day_of_the_calendar(text: str, start: str | None) -> None:
    found = edtf.moment(text)
    assert (None if found is None else str(found)) == start


def test_no_date_has_no_start() -> None:
    assert edtf.moment(None) is None


def test_only_a_day_is_exact() -> None:
    assert [at(t).exact for t in ("2019", "2019-09", "2019-09-02")] == [None, None, dt.date(2019, 9, 2)]


@pytest.mark.parametrize(
    ("base", "unit", "count", "expected"),
    [
        ("2019-09-02", "day", 0, "2019-09-02"),
        ("2019-09-02", "day", 1, "2019-09-03"),
        ("2019-09-02", "day", -2, "2019-08-31"),
        ("2019-12-31", "day", 1, "2020-01-01"),
        ("2020-02-28", "day", 1, "2020-02-29"),
        ("2019-02-28", "day", 1, "2019-03-01"),
        ("2019-09", "day", 1, None),
        ("2019", "day", 1, None),
        ("9999-12-31", "day", 1, None),
        ("0001-01-01", "day", -1, None),
        ("2019-09-02", "day", 400000, "3114-11-01"),
        ("2019-09-02", "day", 400001, None),
        ("2019-09-02", "week", 0, "2019-09-02/2019-09-08"),
        ("2019-09-08", "week", 0, "2019-09-02/2019-09-08"),
        ("2019-09-02", "week", 1, "2019-09-09/2019-09-15"),
        ("2019-09-04", "week", -1, "2019-08-26/2019-09-01"),
        ("2019-12-30", "week", 0, "2019-12-30/2020-01-05"),
        ("2019-09", "week", 1, None),
        ("9999-12-31", "week", 0, None),
        ("2019-09-02", "fortnight", 1, "2019-09-16/2019-09-22"),
        ("2019-09-02", "fortnight", -1, "2019-08-19/2019-08-25"),
        ("2019-09-02", "month", 0, "2019-09"),
        ("2019-09-02", "month", 1, "2019-10"),
        ("2019-09-02", "month", 4, "2020-01"),
        ("2019-09-02", "month", 3, "2019-12"),
        ("2019-09", "month", -8, "2019-01"),
        ("2019-09", "month", -9, "2018-12"),
        ("2019", "month", 1, None),
        ("0001-01", "month", -1, None),
        ("9999-12", "month", 1, None),
        ("9999-11", "month", 1, "9999-12"),
        ("2019-09-02", "quarter", 0, "2019-07/2019-09"),
        ("2019-10-01", "quarter", 0, "2019-10/2019-12"),
        ("2019-09-02", "quarter", 1, "2019-10/2019-12"),
        ("2019-09-02", "quarter", 2, "2020-01/2020-03"),
        ("2019-09-02", "quarter", -3, "2018-10/2018-12"),
        ("2019-01", "quarter", 0, "2019-01/2019-03"),
        ("2019", "quarter", 1, None),
        ("2019-09-02", "year", 0, "2019"),
        ("2019-09-02", "year", 1, "2020"),
        ("2019", "year", -20, "1999"),
        ("2019", "year", -1500, "0519"),
        ("2019", "year", -2019, None),
        ("2019", "year", -2018, "0001"),
        ("2019", "year", 7980, "9999"),
        ("2019", "year", 7981, None),
        ("2019-09-02", "decade", 0, "201X"),
        ("2019-09-02", "decade", -1, "200X"),
        ("2020", "decade", 0, "202X"),
        ("2019", "decade", 1, "202X"),
        ("0015", "decade", -1, None),
        ("2019-09-02", "century", 0, "20XX"),
        ("2019", "century", -1, "19XX"),
        ("1999", "century", 1, "20XX"),
        ("0150", "century", -1, None),
    ],
)
def test_some_units_away_is_told_as_precisely_as_the_unit(
    base: str, unit: str, count: int, expected: str | None
) -> None:
    assert edtf.units(at(base), unit, count) == expected


@pytest.mark.parametrize(
    ("base", "day", "direction", "expected"),
    [
        ("2019-09-02", "12-30", 0, "2019-12-30"),
        ("2019-09-02", "01-30", 0, "2020-01-30"),
        ("2019-01-05", "12-30", 0, "2018-12-30"),
        ("2019-09-02", "12-30", -1, "2018-12-30"),
        ("2019-09-02", "12-30", 1, "2019-12-30"),
        ("2019-09-02", "09-02", -1, "2019-09-02"),
        ("2019-09-02", "09-02", 1, "2019-09-02"),
        ("2019-09-02", "09-03", -1, "2019-09-03"),
        ("2019-09-02", "09-04", -1, "2018-09-04"),
        ("2019-09-02", "09-01", 1, "2019-09-01"),
        ("2019-09-02", "08-31", 1, "2020-08-31"),
        ("2019-09-02", "02-29", 0, "2020-02-29"),
        ("2019-09-02", "02-29", -1, None),
        ("2020-09-02", "02-29", -1, "2020-02-29"),
        ("2019-09-02", "02-30", 0, None),
        ("2019-09", "08-20", -1, "2019-08-20"),
        ("2019-09", "09-20", -1, "2018-09-20"),
        ("2019-09", "09-16", -1, "2019-09-16"),
        ("2019", "09-20", 1, "2019-09-20"),
        ("2019", "02-30", 0, None),
    ],
)
def test_a_day_without_its_year_is_the_nearest_on_the_side_stated(
    base: str, day: str, direction: int, expected: str | None
) -> None:
    month, number = map(int, day.split("-"))
    assert edtf.nearest_day(at(base), month, number, direction) == expected


@pytest.mark.parametrize(
    ("base", "month", "direction", "strict", "expected"),
    [
        ("2019-09-02", 12, 0, False, "2019-12"),
        ("2019-09-02", 2, 0, False, "2020-02"),
        ("2019-01-05", 12, 0, False, "2018-12"),
        ("2019-09-02", 12, -1, False, "2018-12"),
        ("2019-09-02", 12, 1, False, "2019-12"),
        ("2019-09-02", 9, -1, False, "2019-09"),
        ("2019-09-02", 9, 1, False, "2019-09"),
        ("2019-09-02", 8, 1, False, "2020-08"),
        ("2019-09-02", 8, -1, False, "2019-08"),
        ("2019", 8, -1, False, "2019-08"),
        ("2019", 8, 1, False, "2019-08"),
        ("2019-09-02", 9, -1, True, "2018-09"),
        ("2019-09-02", 9, 1, True, "2020-09"),
        ("2019-09-02", 10, 1, True, "2019-10"),
        ("2019-09-02", 8, -1, True, "2019-08"),
        ("2019", 8, -1, True, None),
    ],
)
def test_a_month_without_its_year_is_the_nearest_on_the_side_stated(
    base: str, month: int, direction: int, strict: bool, expected: str | None
) -> None:
    assert edtf.nearest_month(at(base), month, direction, strict=strict) == expected


@pytest.mark.parametrize(
    ("base", "day", "direction", "strict", "expected"),
    [
        ("2019-09-02", 0, -1, False, "2019-09-02"),
        ("2019-09-02", 0, 1, False, "2019-09-02"),
        ("2019-09-02", 1, -1, False, "2019-08-27"),
        ("2019-09-02", 1, 1, False, "2019-09-03"),
        ("2019-09-02", 6, -1, False, "2019-09-01"),
        ("2019-09-02", 6, 1, False, "2019-09-08"),
        ("2019-09", 6, 1, False, None),
        ("2019", 6, 1, False, None),
        ("2019-09-02", 0, -1, True, "2019-08-26"),
        ("2019-09-02", 0, 1, True, "2019-09-09"),
        ("2019-09-02", 1, 1, True, "2019-09-03"),
        ("2019-09-02", 6, -1, True, "2019-09-01"),
    ],
)
def test_a_day_of_the_week_is_the_nearest_on_the_side_stated(
    base: str, day: int, direction: int, strict: bool, expected: str | None
) -> None:
    assert edtf.weekday(at(base), day, direction, strict=strict) == expected


@pytest.mark.parametrize(
    ("first", "second", "third", "part", "expected"),
    [
        ("25", "04", "2019", "/", "2019-04-25"),
        ("04", "25", "2019", "/", "2019-04-25"),
        ("13", "01", "2019", "/", "2019-01-13"),
        ("12", "01", "2019", "/", None),
        ("01", "12", "2019", "/", None),
        ("12", "12", "2019", "/", "2019-12-12"),
        ("12", "13", "2019", "/", "2019-12-13"),
        ("13", "13", "2019", "/", None),
        ("32", "01", "2019", "/", None),
        ("31", "04", "2019", "/", None),
        ("29", "02", "2016", "/", "2016-02-29"),
        ("29", "02", "2019", "/", None),
        ("25", "04", "2019", "-", "2019-04-25"),
        ("03", "04", "2019", "-", None),
        ("03", "04", "2019", ".", "2019-04-03"),
        ("12", "01", "2019", ".", "2019-01-12"),
        ("31", "04", "2019", ".", None),
        ("04", "25", "2019", ".", None),
        ("2019", "04", "03", "-", "2019-04-03"),
        ("2019", "04", "03", "/", "2019-04-03"),
        ("2019", "13", "03", "-", None),
        ("2019", "04", "31", "-", None),
        ("1500", "04", "03", "-", "1500-04-03"),
        ("1499", "04", "03", "-", None),
        ("2099", "04", "03", "-", "2099-04-03"),
        ("2100", "04", "03", "-", None),
        ("03", "04", "19", "/", None),
        ("25", "04", "19", "/", None),
        ("25", "04", "1398", "/", None),
        ("25", "04", "2562", "/", None),
        ("0", "04", "2019", ".", None),
        ("1", "0", "2019", ".", None),
    ],
)
def test_figures_alone_are_a_day_where_their_order_is_certain(
    first: str, second: str, third: str, part: str, expected: str | None
) -> None:
    assert edtf.numeric_day(first, second, third, part) == expected


@pytest.mark.parametrize(
    ("era", "count", "expected"),
    [
        ("b e", 2562, 2019),
        ("be", 2562, 2019),
        ("be", 2484, 1941),
        ("be", 2483, None),
        ("be", 2700, 2157),
        ("be", 2701, None),
        ("buddhist era", 2562, 2019),
        ("buddhist year", 2562, 2019),
        ("heisei", 1, 1989),
        ("heisei", 31, 2019),
        ("heisei", 32, None),
        ("heisei", 0, None),
        ("reiwa", 1, 2019),
        ("reiwa", 80, 2098),
        ("reiwa", 81, None),
        ("showa", 1, 1926),
        ("showa", 64, 1989),
        ("showa", 65, None),
        ("shōwa", 20, 1945),
        ("minguo", 1, 1912),
        ("minguo", 108, 2019),
        ("minguo", 201, None),
        ("the republic of china year", 108, 2019),
        ("ah", 1440, None),
        ("hijri", 1440, None),
    ],
)
def test_a_year_of_another_era_is_one_of_ours_where_it_is_certain(era: str, count: int, expected: int | None) -> None:
    assert edtf.year_of_era(era, count) == expected


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2018-05-05", "2018-05-04"),
        ("2018-05-01", "2018-04-30"),
        ("2018-01-01", "2017-12-31"),
        ("2016-03-01", "2016-02-29"),
        ("2018-05", "2018-05"),
        ("2018", "2018"),
        (None, None),
    ],
)
def test_the_eve_is_the_day_before_a_day(day: str | None, before: str | None) -> None:
    assert edtf.eve(day) == before


_DAYS = st.dates(min_value=dt.date(1600, 1, 1), max_value=dt.date(2400, 12, 31))


@settings(deadline=None)
@given(day=_DAYS, count=st.integers(-2000, 2000))
def test_days_away_and_back_is_the_same_day(day: dt.date, count: int) -> None:
    there = edtf.days(at(day.isoformat()), count)
    assert there is not None
    assert edtf.days(at(there), -count) == day.isoformat()


@settings(deadline=None)
@given(day=_DAYS, count=st.integers(-2000, 2000))
def test_months_away_and_back_is_the_same_month(day: dt.date, count: int) -> None:
    there = edtf.months(at(day.isoformat()), count)
    assert there is not None
    assert edtf.months(at(there), -count) == day.isoformat()[:7]


@settings(deadline=None)
@given(day=_DAYS, count=st.integers(-500, 500))
def test_a_week_runs_from_monday_to_sunday(day: dt.date, count: int) -> None:
    found = edtf.week(at(day.isoformat()), count)
    assert found is not None
    first, last = map(dt.date.fromisoformat, found.split("/"))
    assert (first.weekday(), last.weekday()) == (0, 6)
    assert (last - first).days == 6
    assert 0 <= (day + dt.timedelta(weeks=count) - first).days <= 6


@settings(deadline=None)
@given(day=_DAYS, count=st.integers(-400, 400))
def test_a_quarter_has_three_months_and_begins_in_january_april_july_or_october(day: dt.date, count: int) -> None:
    found = edtf.units(at(day.isoformat()), "quarter", count)
    assert found is not None
    first, last = (at(part) for part in found.split("/"))
    assert first.month in {1, 4, 7, 10}
    assert (first.year, (first.month or 0) + 2) == (last.year, last.month)
    away = (first.year * 12 + (first.month or 0) - 1) - (day.year * 12 + day.month - 1)
    assert 3 * count - 2 <= away <= 3 * count


@settings(deadline=None)
@given(year=st.integers(1, 9999), month=st.integers(0, 13), day=st.integers(0, 32))
def test_a_day_is_written_only_where_the_calendar_has_it(year: int, month: int, day: int) -> None:
    try:
        expected: str | None = dt.date(year, month, day).isoformat()
    except ValueError:
        expected = None
    assert edtf.day_of(year, month, day) == expected


@settings(deadline=None)
@given(year=st.integers(-5, 12_000))
def test_no_day_lies_outside_the_years_that_are_written_with_four_figures(year: int) -> None:
    assert (edtf.day_of(year, 6, 15) is None) == (not 1 <= year <= 9999)


@settings(deadline=None)
@given(day=_DAYS, month=st.integers(1, 12), way=st.sampled_from([-1, 0, 1]), strict=st.booleans())
def test_a_month_without_a_year_lies_within_a_year_of_the_report(
    day: dt.date, month: int, way: int, strict: bool
) -> None:
    found = edtf.nearest_month(at(day.isoformat()), month, way, strict=strict)
    assume(found is not None)
    there = at(found or "")
    away = there.year * 12 + (there.month or 0) - day.year * 12 - day.month
    assert there.month == month
    assert abs(away) <= (12 if way or strict else 6)
    assert away * way >= 0
    assert not (strict and away == 0)
