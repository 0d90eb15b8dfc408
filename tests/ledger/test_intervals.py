"""Dates as precise as reports give them, and periods as treaties state them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import InputError
from comity.ledger.interval import Interval, as_day, asked, interval
from comity.ledger.period import Period, asked_period, period

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


@pytest.mark.parametrize(
    ("reported", "answer"),
    [
        ("2019-09-03", "certain"),
        ("2019", "certain"),
        ("2018-12-31/2019-01-02", "possible"),
        ("201X", "possible"),
        ("../2019-03", "possible"),
        ("2020", "no"),
        (None, "possible"),
    ],
)
def test_a_question_in_2019_says_certain_or_possible(reported, answer):
    assert interval(reported).within(interval("2019")) == answer


def test_by_a_day_a_month_may_or_may_not_have_come():
    assert interval("2019-05").by(date(2019, 5, 10)) == "possible"
    assert interval("2019-05").by(date(2019, 5, 31)) == "certain"
    assert interval("2019-05").by(date(2019, 4, 30)) == "no"


@given(DAYS, DAYS)
def test_every_day_lies_certainly_in_an_interval_that_holds_it(a, b):
    held = Interval(min(a, b), max(a, b))
    assert interval(a.isoformat()).within(held) == "certain"
    assert held.hull(interval(a.isoformat())) == held


@given(DAYS, st.integers(1, 400), st.integers(1, 20))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day, months, times):
    moved = Period(months=months).after(day, times)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months * times or moved == date.max
    assert moved.day <= day.day or moved == date.max


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader_of_dates_and_periods(text):
    interval(text)
    period(text)


@given(st.integers(1, 999), st.sampled_from("YMWD"))
def test_periods_are_read_as_iso_8601_writes_them(n, unit):
    found = period(f"P{n}{unit}")
    assert found == {"Y": Period(12 * n), "M": Period(n), "W": Period(0, 7 * n), "D": Period(0, n)}[unit]


def test_a_leap_day_that_the_year_lacks_is_the_last_of_february():
    assert Period(months=12).after(date(2020, 2, 29)) == date(2021, 2, 28)


@pytest.mark.parametrize("text", ["yesterday", "2019-13-45x", ""])
def test_what_is_no_date_is_refused_with_the_way_out(text):
    with pytest.raises(InputError, match="YYYY"):
        asked(text)


def test_a_year_stands_for_its_last_day():
    assert as_day("2019") == date(2019, 12, 31)


def test_what_is_no_period_is_refused_with_the_way_out():
    with pytest.raises(InputError, match="P12M"):
        asked_period("a year")
