"""Numbers and days as people's files write them: the column decides, and what it leaves open is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.data_sets.notation import Days, Numbers, readings, settle

ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
LOCALES = {
    "en": (",", "."), "de": (".", ","), "fr": ("\u202f", ","), "pl": ("\u00a0", ","), "sv": ("\u2009", ","),
    "es": (".", ","), "de-CH": ("’", "."), "it-CH": ("'", "."), "en-ZA": (" ", "."), "hi": (",", "."), "ar": (",", "."),
    "plain": ("", "."), "plain comma": ("", ","),
}  # fmt: skip


def printed(value: Decimal, locale: str) -> str:
    """A number as a locale writes it."""
    group, point = LOCALES[locale]
    whole, _, rest = f"{abs(value):f}".partition(".")
    if locale == "hi" and len(whole) > 3:
        head, tail = whole[:-3], whole[-3:]
        pairs = [head[max(0, i - 2) : i] for i in range(len(head), 0, -2)][::-1]
        whole = ",".join([*pairs, tail])
    elif group:
        whole = f"{int(whole):,}".replace(",", group)
    text = ("-" if value < 0 else "") + whole + (point + rest if rest else "")
    return text.translate(ARABIC) if locale == "ar" else text


def column(*cells: str) -> Numbers:
    made = Numbers((0,))
    for cell in cells:
        made.look([cell])
    return made


numbers = st.decimals(min_value=-10_000_000, max_value=10_000_000, allow_nan=False, places=3).flatmap(
    lambda d: st.sampled_from([d, d.quantize(Decimal("0.1")), d.quantize(Decimal(1))])
)


@given(st.lists(numbers, min_size=1, max_size=6), st.sampled_from(sorted(LOCALES)))
def test_numbers_of_a_column_read_back_in_every_locale_or_are_refused(values, locale):
    cells = [printed(v, locale) for v in values]
    read = column(*cells)
    for value, cell in zip(values, cells, strict=True):
        try:
            assert read(cell) == pytest.approx(float(value))
        except ValueError:
            # only where nothing in the column settles it
            assert read.open


@given(st.lists(numbers, min_size=1, max_size=6), st.sampled_from(sorted(LOCALES)))
def test_one_clear_cell_makes_the_whole_column_clear(values, locale):
    values = [*values, Decimal("1234567.5")]
    cells = [printed(v, locale) for v in values]
    read = column(*cells)
    assert [read(c) for c in cells] == [pytest.approx(float(v)) for v in values]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["136,5", "201277,02"], [136.5, 201277.02]),
        (["12.345", "1.234.567"], [12345, 1234567]),
        (["12.345", "7,5"], [12345, 7.5]),
        (["12,345", "7.5"], [12345, 7.5]),
        (["12,345", "0,125"], [12.345, 0.125]),
        (["12,345", "1 234"], [12.345, 1234]),
        (["12.345", "1'234"], [12.345, 1234]),
        (["1,23,456", "12,345"], [123456, 12345]),
        (["1\u202f234\u202f567,5", "-9"], [1234567.5, -9]),
        (["٢٠١٬٢٧٧٫٠٢", "7"], [201277.02, 7]),
        (["−5", "NA", "-", "..", "N/A", "null", "."], [-5, None, None, None, None, None, None]),
        (["1,5E+3", "2"], [1500, 2]),
    ],
)
def test_the_column_decides_and_not_the_cell(cells, values):
    read = column(*cells)
    assert [read(c) for c in cells] == values


@pytest.mark.parametrize("cell", ["12.345", "12,345", "-1.000", "999,999"])
def test_what_the_column_leaves_open_is_refused(cell):
    with pytest.raises(ValueError, match="nothing in the file determines"):
        column(cell, "5")(cell)


@pytest.mark.parametrize(
    "cell", ["71,9 billion", "1.2.3", "1,23", "7 1", "1 23", "12,34,56.7.8", "abc", "1e400", "1,,2"]
)
def test_a_tail_of_digits_is_no_number(cell):
    assert readings(cell)[0] in {(None, None), (None, 1.23)}


def test_other_columns_of_the_file_decide_where_the_column_does_not():
    open_one, clear = column("12.345"), column("7,5")
    settle([open_one, clear], [])
    assert open_one("12.345") == 12345
    open_one = column("12.345")
    settle([open_one], [["12.345", "-45.86", "Peru 3,5"]])
    assert open_one("12.345") == 12.345


def days(*cells: str, usual: str | None = None) -> Days:
    made = Days(0, usual)
    for cell in cells:
        made.look([cell])
    return made


@given(st.lists(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), min_size=1), st.booleans())
def test_days_of_a_column_read_back_or_are_refused(values, month_first):
    form = "{1}/{0}/{2}" if month_first else "{0:02}/{1:02}/{2}"
    cells = [form.format(d.day, d.month, d.year) for d in values]
    read = days(*cells)
    for value, cell in zip(values, cells, strict=True):
        try:
            assert read(cell) == value
        except ValueError:
            assert not read.dmy
            assert not read.mdy


def test_a_day_beyond_twelve_shows_the_order_of_the_column():
    assert days("1/2/2017", "25/4/2017")("1/2/2017") == date(2017, 2, 1)
    assert days("1/2/2017", "4/25/2017")("1/2/2017") == date(2017, 1, 2)
    assert days("1/2/2017", usual="mdy")("1/2/2017") == date(2017, 1, 2)
    assert days()("1.2.2017") == date(2017, 2, 1)
    assert days()("3/3/2017") == date(2017, 3, 3)
    with pytest.raises(ValueError, match="whether the day or the month"):
        days("1/2/2017")("1/2/2017")


@pytest.mark.parametrize("cell", ["0025-06-30", "0205-01-01", "6/30/0025", "30 June 0025", "00250630", "1/13/17"])
def test_a_year_25_is_none(cell):
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        days(cell, usual="mdy")(cell)


@pytest.mark.parametrize("cell", ["3 September 2019", "03 Sep 2019", "September 3, 2019", "2019-09-03", "20190903"])
def test_days_are_read_in_words_and_digits(cell):
    assert days()(cell) == date(2019, 9, 2) + timedelta(1)
