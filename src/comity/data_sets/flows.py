"""World Bank indicators and AidData's projects.

World Bank aggregates (regions, income groups) are not states and are counted, not stored. AidData's amounts are in
constant dollars of the year in the unit.
"""

import re
from collections.abc import Iterable
from functools import cache

from comity.data_sets.cells import Cells, text, year
from comity.data_sets.crosswalk import known, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.observed import Observed
from comity.knowledge.states import rows as table_rows


@cache
def indicators() -> dict[str, tuple[str, str]]:
    """Measure and unit of World Bank indicators; any other keeps its code as the measure."""
    return {r["indicator"]: (r["measure"], r["unit"]) for r in table_rows("world_bank_indicators.csv")}


_YEAR = re.compile(r"(?:x|yr)?_?(\d{4})(?:_yr\d{4})?")


def _world_bank(at: Columns) -> Mapped:
    code, name = at("country_code"), at("indicator_name|series_name")
    indicator = at("indicator_code|series_code")
    # "1992" in the bulk files, "1992 [YR1992]" from the data bank, "X1992" if written by R
    years = [(i, found[1]) for i, n in enumerate(at.header) if (found := _YEAR.fullmatch(n))]
    observed, unknown, number = Observed(at.release), at.unknown, at.numbers(*(i for i, _ in years))
    if not years:
        raise ValueError("has no year column")

    def row(cells: Cells) -> Iterable[Row]:
        sign, letters = cells[indicator].strip(), cells[code].strip()
        if not sign and not letters:
            # notes below the table
            return
        if not sign:
            raise ValueError("has no indicator code")
        measure, unit = indicators().get(sign, (sign, cells[name].strip()))
        for i, when in years:
            if i >= len(cells):
                continue
            a = known("iso", letters, f"{when}-07-01")
            if a is None:
                unknown[letters] += 1
                return
            value = number(cells[i])
            yield observed.figure(f"{letters}-{sign}-{when}", measure, a, None, when, value, unit, {"indicator": sign})

    return row


_SERIES = re.compile(r"(.*?)\s*\[([A-Z0-9_.]+\.[A-Z0-9_.]+)\]\s*")


def _world_bank_times(at: Columns) -> Mapped:
    """The data bank's table with one row per year and one column per series: "GDP (current US$) [NY.GDP.MKTP.CD]"."""
    code, when = at("country_code"), at("time|year")
    series = [(i, found[2], found[1]) for i, n in enumerate(at.raw) if (found := _SERIES.fullmatch(n))]
    if not series:
        raise ValueError("has no series column ([CODE] at its end)")
    observed, unknown = Observed(at.release), at.unknown
    numbers = [(sign, name, i, at.numbers(i)) for i, sign, name in series]

    def row(cells: Cells) -> Iterable[Row]:
        letters = cells[code].strip()
        if not letters:
            return
        middle = year(cells[when])[2]
        a = known("iso", letters, middle)
        if a is None:
            unknown[letters] += 1
            return
        for sign, name, i, number in numbers:
            measure, unit = indicators().get(sign, (sign, name))
            value = number(cells[i]) if i < len(cells) else None
            key = f"{letters}-{sign}-{middle[:4]}"
            yield observed.figure(key, measure, a, None, middle[:4], value, unit, {"indicator": sign})

    return row


def _world_bank_long(at: Columns) -> Mapped:
    code, when, indicator, amount = (at(c) for c in ("countryiso3code", "date", "indicator", "value"))
    observed, unknown, number = Observed(at.release), at.unknown, at.numbers(amount)

    def row(cells: Cells) -> Iterable[Row]:
        sign = cells[indicator].strip()
        a = known("iso", cells[code].strip(), year(cells[when])[2])
        if a is None:
            unknown[cells[code].strip()] += 1
            return
        measure, unit = indicators().get(sign, (sign, sign))
        key = f"{cells[code].strip()}-{sign}-{cells[when].strip()}"
        yield observed.figure(key, measure, a, None, cells[when], number(cells[amount]), unit, {"indicator": sign})

    return row


def _aid(at: Columns) -> Mapped:
    key, donor, recipient, when = (at(c) for c in ("aiddata_id", "donor", "recipient", "year"))
    amount = at("commitment_amount_usd_constant")
    more = at.have("title", "coalesced_purpose_name", "flow_type", "short_description")
    return _projects(at, key, donor, recipient, when, amount, more, "USD (2011)")


def _chinese_aid(at: Columns) -> Mapped:
    key, donor, recipient, when = (at(c) for c in (_RECORD, "financier_country", "recipient", "commitment_year"))
    amount = at("|".join(_AMOUNTS))
    more = at.have("title", "sector_name", "flow_type", "flow_class", "status", "recommended_for_aggregates")
    # the column names the base year of the dollars: "Amount (Constant USD2017)" in 2.0, "… USD 2021)" in 3.0
    base = at.header[amount][-4:]
    return _projects(at, key, donor, recipient, when, amount, more, f"USD ({base})")


_RECORD = "aiddata_record_id|aiddata_tuff_project_id|project_id"
_AMOUNTS = tuple(f"amount_constant_usd_{y}" for y in (2021, 2017, 2014, 2020, 2022, 2023, 2024))


def _projects(
    at: Columns, key: int, donor: int, recipient: int, when: int, amount: int, more: dict[str, int], unit: str
) -> Mapped:
    observed, unknown, number = Observed(at.release), at.unknown, at.numbers(amount)

    def row(cells: Cells) -> Iterable[Row]:
        if not cells[key].strip():
            raise ValueError("has no project number")
        on = year(cells[when])[2]
        states = [known("iso", cells[i].strip(), on) or named(cells[i], on) for i in (donor, recipient)]
        for i, found in zip((donor, recipient), states, strict=True):
            if found is None and text(cells[i]):
                unknown[cells[i].strip()] += 1
        details: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        details |= {"donor": cells[donor].strip(), "recipient": cells[recipient].strip()}
        value = number(cells[amount])
        yield observed.figure(cells[key].strip(), "aid", states[0], states[1], cells[when], value, unit, details)

    return row


WORLD_BANK = DataSet(
    kind="world_bank",
    layouts=(
        Layout(("country_code", "indicator_name|series_name", "indicator_code|series_code"), _world_bank),
        Layout(("countryiso3code", "date", "indicator", "value"), _world_bank_long),
        Layout(("country_name", "country_code", "time|year", "time_code"), _world_bank_times),
    ),
)
AIDDATA = DataSet(
    kind="aiddata",
    layouts=(
        Layout(("aiddata_id", "donor", "recipient", "year", "commitment_amount_usd_constant"), _aid),
        Layout((_RECORD, "financier_country", "recipient", "commitment_year", "|".join(_AMOUNTS)), _chinese_aid),
    ),
)
