"""Days of publication as feeds, pages and columns state them: read as they stand, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.document.stamp import order_of, readings, stated_day

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
OFFSETS = ["Z", "+00:00", "+14:00", "-11:00", "+0530", ""]


def named(d):
    return MONTHS[d.month - 1]


FORMS = {
    "ISO": lambda d, t, o: f"{d}T{t}{o}",
    "ISO day": lambda d, t, o: f"{d}",
    "mail": lambda d, t, o: f"{WEEKDAYS[d.weekday()]}, {d.day:02} {named(d)[:3]} {d.year} {t} +1000",
    "mail without weekday": lambda d, t, o: f"{d.day} {named(d)[:3]} {d.year} {t} GMT",
    "JavaScript": lambda d, t, o: (
        f"{WEEKDAYS[d.weekday()]} {named(d)[:3]} {d.day:02} {d.year} {t} GMT-0500 (Eastern Time)"
    ),
    "Java": lambda d, t, o: f"{WEEKDAYS[d.weekday()]} {named(d)[:3]} {d.day:02} {t} UTC {d.year}",
    "year first, slashes": lambda d, t, o: f"{d.year}/{d.month}/{d.day} {t}",
    "compact": lambda d, t, o: f"{d.year}{d.month:02}{d.day:02}",
    "British": lambda d, t, o: f"{d.day} {named(d)}, {d.year}",
    "American": lambda d, t, o: f"{named(d)} {d.day}, {d.year} at {t[:5]}",
}
CLOCKS = st.times().map(lambda t: t.strftime("%H:%M:%S"))


@given(DAYS, CLOCKS, st.sampled_from(OFFSETS), st.sampled_from(sorted(FORMS)))
def test_a_day_printed_in_ten_forms_is_read_back_whatever_its_hour_and_offset(day, clock, offset, form):
    assert stated_day(FORMS[form](day, clock, offset)) == day.isoformat()


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y %H:%M", "%m/%d/%Y"]))
def test_a_day_in_digits_is_read_back_or_null(day, form):
    assert stated_day(day.strftime(form)) in {day.isoformat(), None}
    assert day.isoformat() in readings(day.strftime(form))


@given(DAYS)
def test_where_the_order_is_known_digits_are_read(day):
    assert stated_day(day.strftime("%d/%m/%Y"), "dmy") == day.isoformat()
    assert stated_day(day.strftime("%m/%d/%Y"), "mdy") == day.isoformat()


@given(st.one_of(st.text(max_size=130), st.integers(), st.floats(), st.booleans(), st.none()))
def test_anything_else_is_null_and_never_an_error(stamp):
    found = stated_day(stamp)
    assert found is None or len(found) >= 4


@pytest.mark.parametrize("stamp", [1556150400, 1556150400000, "1556150400", 1556150400.25, 20190425, "20190425T0930Z"])
def test_counts_since_1970_and_compact_days_are_distinguished(stamp):
    assert stated_day(stamp) == "2019-04-25"


@pytest.mark.parametrize(
    "stamp",
    [
        "03/04/2019",
        "29 June 15:07",
        "yesterday",
        "2019-02-30",
        "0001-01-01T00:00:00Z",
        "2562-04-25",
        "Updated 4 May 2019",
        0,
    ],
)
def test_what_is_unsure_is_no_day(stamp):
    assert stated_day(stamp) is None


def test_the_order_of_a_place_is_that_of_its_clear_days():
    assert order_of(["03/04/2019", "25/04/2019"]) == "dmy"
    assert order_of(["03/04/2019", "04/25/2019"]) == "mdy"
    assert order_of(["25/04/2019", "04/25/2019"]) is None
    assert order_of(["03/04/2019", "05/05/2019"]) is None


@pytest.mark.parametrize(
    "stamp",
    [
        "2 septembre 2019",
        "lundi 2 septembre 2019",
        "2 de septiembre de 2019",
        "2. september 2019",
        "2 września 2019",
        "2 сентября 2019 г.",
        "2 Eylül 2019",
        "2 settembre 2019 10:30",
        "2 سبتمبر 2019",
        "2 Σεπτεμβρίου 2019",
        "2019. szeptember 2.",
        "02 Sep 19 10:00:00 GMT",
        "2 Sep 19 10:00 +0200",
    ],
)
def test_the_month_may_be_in_another_language_and_mail_needs_no_weekday(stamp):
    assert stated_day(stamp) == "2019-09-02"


@pytest.mark.parametrize(
    "stamp",
    ["2 listopada 2019", "31 septembre 2019", "2 bananes 2019", "mis à jour 2 septembre 2019", "19 Sep 02"],
)
def test_a_month_of_several_meanings_or_none_is_no_day(stamp):
    assert stated_day(stamp) is None
