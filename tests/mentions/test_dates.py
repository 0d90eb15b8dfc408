"""What users rely on in the resolution of dates."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.document.document import Document
from comity.language.analysis import analyse
from comity.mentions import edtf
from comity.mentions.dates import find_dates
from comity.mentions.edtf import Moment, moment
from comity.mentions.mention import DateMention


def dates(text: str, published: str | None = "1987-04-03") -> tuple[DateMention, ...]:
    document = Document(id="x", text=text, published=published)
    return find_dates(analyse(document), moment(document.published))


def dated(text: str, published: str | None = "1987-04-03") -> list[tuple[str, str | None]]:
    return [(d.text, d.edtf) for d in dates(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed it on 2 September 2019.", "2019-09-02"),
        ("They signed it on September 2nd, 2019.", "2019-09-02"),
        ("They signed it on Sept. 2, 2019.", "2019-09-02"),
        ("They signed it in March 1987.", "1987-03"),
        ("They signed it in 1993.", "1993"),
        ("Trade grew in the 1990s.", "199X"),
        ("Trade grew between 2015 and 2017.", "2015/2017"),
        ("Trade grew in the first half of 2019.", "2019-01/2019-06"),
        ("Trade grew in the third quarter of 1986.", "1986-07/1986-09"),
        ("Ministers met from March 3 to 5, 1986.", "1986-03-03/1986-03-05"),
        ("Trade grew during the Cold War.", "1947/1991"),
    ],
)
def test_a_date_in_full_means_the_same_without_a_day_of_publication(text: str, expected: str) -> None:
    for published in (None, "1987-04-03", "2019"):
        assert [e for _, e in dated(text, published)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He arrived yesterday.", "1987-04-02"),
        ("They met on Monday.", "1987-03-30"),
        ("They will meet on Monday.", "1987-04-06"),
        ("They met last Friday.", "1987-03-27"),
        ("They met last week.", "1987-03-23/1987-03-29"),
        ("They will meet next month.", "1987-05"),
        ("They met last April.", "1986-04"),
        ("They met on December 30.", "1986-12-30"),
        ("They will meet on December 30.", "1987-12-30"),
        ("Aid began 60 years ago.", "1927"),
        ("Trade fell last year.", "1986"),
    ],
)
def test_a_relative_date_is_seen_from_the_day_of_publication_and_the_tense(text: str, expected: str) -> None:
    assert [(d.edtf, d.basis) for d in dates(text)] == [(expected, "relative")]


def test_a_relative_date_is_left_open_where_publication_is_not_known() -> None:
    assert [e for _, e in dated("He arrived yesterday and will leave on September 3.", None)] == [None, None]


def test_a_day_takes_the_year_of_a_report_of_which_only_the_year_is_known() -> None:
    assert dated("He will visit Mongolia late on September 2.", "2019") == [("September 2", "2019-09-02")]
    assert dated("The interview was published on Monday.", "2019") == [("Monday", None)]


def test_a_year_in_a_name_dates_the_thing_and_not_the_event() -> None:
    found = dates("The 2015 accord was renewed.")
    assert [(d.kind, d.edtf) for d in found] == [("name", "2015")]


def test_open_intervals_are_told_apart_from_points() -> None:
    found = dates("They have traded since 1998 and it will end by 2030.")
    assert [(d.kind, d.edtf) for d in found] == [("since", "1998/.."), ("until", "../2030")]


def test_a_length_of_time_is_no_date() -> None:
    found = dates("The 20-year accord ran for five years.")
    assert [(d.kind, d.edtf) for d in found] == [("duration", "P20Y"), ("duration", "P5Y")]


def test_a_later_day_is_counted_from_the_day_told_before() -> None:
    assert dated("He came on March 2, 1986. Two days later he left.")[1] == ("Two days later", "1986-03-04")


@pytest.mark.parametrize(
    "text",
    [
        "The treaty may be signed.",
        "Troops march on the capital.",
        "The Sunday Times said so.",
        "Resolution 1973 was adopted.",
        "They sold 2000 tonnes of beef.",
        "He spoke at length.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dated(text) == []


_DAY = st.dates(min_value=dt.date(1900, 1, 1))


@given(day=_DAY, wanted=st.integers(0, 6), way=st.sampled_from([-1, 1]), strict=st.booleans())
def test_a_weekday_lies_within_a_week_on_the_side_asked_for(day: dt.date, wanted: int, way: int, strict: bool) -> None:
    base = edtf.moment(day.isoformat())
    assert base is not None
    found = edtf.weekday(base, wanted, way, strict=strict)
    if found is None:
        return
    there = dt.date.fromisoformat(found)
    assert there.weekday() == wanted
    assert (1 if strict else 0) <= (there - day).days * way <= 7


@given(day=_DAY, month=st.integers(1, 12), number=st.integers(1, 28), way=st.sampled_from([-1, 0, 1]))
def test_a_day_without_a_year_lies_within_a_year_of_publication(
    day: dt.date, month: int, number: int, way: int
) -> None:
    base = edtf.moment(day.isoformat())
    assert base is not None
    found = edtf.nearest_day(base, month, number, way)
    if day.year in (1, 9999):
        return
    assert found is not None
    there = dt.date.fromisoformat(found)
    assert (there.month, there.day) == (month, number)
    assert abs((there - day).days) <= (184 if way == 0 else 366)


@given(text=st.text(max_size=20))
def test_a_moment_is_a_day_of_the_calendar_or_nothing(text: str) -> None:
    found = edtf.moment(text)
    assert found is None or edtf.moment(str(found)) == found


@settings(max_examples=25, deadline=None)
@given(day=st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2049, 1, 1)))
def test_a_written_day_is_read_back(day: dt.date) -> None:
    text = f"The ministers met in Vienna on {day.day} {day.strftime('%B')} {day.year}."
    assert [e for _, e in dated(text)] == [day.isoformat()]


def test_years_joined_by_and_are_two_years() -> None:
    assert [e for _, e in dated("It fell in 1988 and 1989.")] == ["1988", "1989"]


def test_a_weekday_in_a_name_is_no_date() -> None:
    assert dated("The Good Friday agreement was praised.") == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("on 25/04/2019", "2019-04-25"),
        ("on 04/25/2019", "2019-04-25"),
        ("on 25.04.2019", "2019-04-25"),
        ("on 25-04-2019", "2019-04-25"),
        ("on 2019-04-25", "2019-04-25"),
        ("on 2018/03/18", "2018-03-18"),
        ("on 2018 March 18", "2018-03-18"),
        ("on 2018, March 18", "2018-03-18"),
        ("on 18 March, 2018", "2018-03-18"),
        ("on 18-Mar-2018", "2018-03-18"),
        ("on 18 march 2018", "2018-03-18"),
        ("on 25.IV.2019", "2019-04-25"),
        ("on 25-27/04/2019", "2019-04-25/2019-04-27"),
        ("on Thursday (25/04/2019)", "2019-04-25"),
        ("in B.E. 2562", "2019"),
        ("in 2562 BE", "2019"),
        ("in the Buddhist year 2562", "2019"),
        ("on 25 April B.E. 2562 (2019)", "2019-04-25"),
        ("in Heisei 31", "2019"),
    ],
)
def test_a_day_in_figures_or_of_another_era_is_read(written: str, expected: str) -> None:
    assert [e for _, e in dated(f"Norway and Japan signed a pact {written}.", "2019-05-10")] == [expected]


@pytest.mark.parametrize(
    "written",
    ["03/04/2019", "03-04-2019", "25/4/19", "31/02/2019", "2019-02-31", "25 April 2562", "1440 AH", "B.E. 2450"],
)
def test_a_day_that_is_not_certain_is_told_of_and_left_open(written: str) -> None:
    found = dates(f"Norway and Japan signed a pact on {written}.", "2019-05-10")
    assert [(d.kind, d.edtf, d.basis) for d in found] == [("date", None, None)]


@given(
    day=st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2049, 1, 1)),
    form=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d", "%Y.%m.%d"]),
)
def test_a_day_in_figures_is_read_back_or_left_open(day: dt.date, form: str) -> None:
    first, second, third = (day.strftime(form).replace("/", "-").replace(".", "-")).split("-")
    part = next(c for c in form if c in "/-.")
    assert edtf.numeric_day(first, second, third, part) in {None, day.isoformat()}


@pytest.mark.parametrize(
    "text",
    [
        "Pursuant to 50 U.S.C. 1622(d) the embargo goes on.",
        "The sum was paid under 22 U.S.C. 2378 by the agency.",
        "Under the Foreign Assistance Act of 1961 arms were sent.",
        "The Cuban Democracy Act of 1992 bans such trade.",
        "By the Basic Law of 1990 the courts decide.",
    ],
)
def test_the_year_or_section_of_a_law_dates_nothing(text: str) -> None:
    assert [d.edtf for d in dates(text) if d.kind == "date"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sixty years ago today they signed the treaty.", "1927-04-03"),
        ("They met ten years ago this week.", "1977"),
        ("They met ten years ago and today they trade.", "1977"),
    ],
)
def test_years_ago_today_is_a_day_of_long_ago(text: str, expected: str) -> None:
    assert dated(text)[0][1] == expected


def test_a_date_has_its_start_where_its_year_is_plain():
    assert [d.begins for d in dates("Ministers met from March 3 to 5, 1986.")] == [Moment(1986, 3, 3)]
    assert [d.begins for d in dates("Trade grew in the 1990s.")] == [None]


def test_a_date_looks_where_its_clause_looks():
    found = dates("Ministers met on Monday and will meet on Friday.")
    assert [d.direction for d in found] == [-1, 1]
