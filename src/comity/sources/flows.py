"""Flows of goods, money and arms: UN Comtrade, World Bank indicators, SIPRI arms transfers, AidData.

Comtrade's values are US dollars as reported by one side (imports cif, exports fob): the two sides differ and both are
kept. World Bank aggregates (regions, income groups) are no states and are counted, not kept. SIPRI's unit is its own
trend indicator value; the printed millions are taken times a million. AidData's amounts are in constant dollars.
"""

import re
from collections.abc import Iterable
from functools import cache

from comity.knowledge.states import rows as table_rows
from comity.sources.cells import Cells, month, number, text, whole, year
from comity.sources.crosswalk import known, named
from comity.sources.data_set import Columns, DataSet, Layout, Mapping, Row
from comity.sources.observed import Observed

_MILLION = 1e6
_FLOWS = {
    "M": "imports", "X": "exports", "RX": "re-exports", "RM": "re-imports", "IMPORT": "imports", "EXPORT": "exports",
    "IMPORTS": "imports", "EXPORTS": "exports", "RE-EXPORT": "re-exports", "RE-IMPORT": "re-imports",
}  # fmt: skip
_TOTALS = frozenset({"TOTAL", "AG0"})
_WORLD = frozenset({"0", "W00", "WLD", ""})


def _comtrade(at: Columns) -> Mapping:
    names = ("period", "reportercode", "flowcode", "partnercode", "cmdcode", "primaryvalue")
    when, one, flow, other, goods, amount = (at(c) for c in names)
    # parts of a total by a second partner, customs procedure or means of transport
    parts = at.have("partner2code", "customscode", "motcode")
    more = at.have("cifvalue", "fobvalue", "isreported", "classificationcode")
    made, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        span = cells[when].strip()
        days = month(span) if len(span) == 6 else year(span)[:2]
        on = f"{days[0].year}-07-01"
        world = cells[other].strip() in _WORLD
        a, b = _country(cells[one], on), None if world else _country(cells[other], on)
        for cell, found in ((cells[one], a), (cells[other], b or world)):
            if not found:
                # "Areas not elsewhere specified" and other groups are no states
                unknown[f"m49 {cell.strip()}"] += 1
        if a is None or not (b or world):
            return
        measure, commodity = _FLOWS[cells[flow].strip().upper()], cells[goods].strip().upper()
        part = "/".join(c for i in parts.values() if (c := cells[i].strip()) not in {"0", "C00", ""})
        told: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        if commodity not in _TOTALS or part:
            told |= {"commodity": commodity, "part": part or None}
            measure = f"{measure} of {commodity}" + (" (part)" if part else "")
        key = f"{cells[one].strip()}-{cells[other].strip()}-{span}-{cells[flow].strip()}-{commodity}" + part
        yield made.figure(key, measure, a, b, days, number(cells[amount]), "USD", told)

    return row


def _comtrade_old(at: Columns) -> Mapping:
    names = ("year", "trade_flow", "reporter_iso", "partner_iso", "commodity_code", "trade_value_us")
    when, flow, one, other, goods, amount = (at(c) for c in names)
    made = Observed(at.release)

    def row(cells: Cells) -> Iterable[Row]:
        on = year(cells[when])[2]
        a = known("iso", cells[one].strip(), on)
        b = None if cells[other].strip() in _WORLD else known("iso", cells[other].strip(), on)
        if a is None or (b is None and cells[other].strip() not in _WORLD):
            raise ValueError(f"{cells[one]!r} or {cells[other]!r} is no ISO code")
        measure, commodity = _FLOWS[cells[flow].strip().upper()], cells[goods].strip().upper()
        told = {} if commodity in _TOTALS else {"commodity": commodity}
        key = f"{cells[one].strip()}-{cells[other].strip()}-{cells[when].strip()}-{cells[flow].strip()}-{commodity}"
        measure += f" of {commodity}" if told else ""
        yield made.figure(key, measure, a, b, cells[when], number(cells[amount]), "USD", told)

    return row


def _country(cell: str, on: str) -> str | None:
    """The state of a United Nations number, null for a group of states."""
    return known("m49", str(whole(cell)), on)


@cache
def indicators() -> dict[str, tuple[str, str]]:
    """Measure and unit of World Bank indicators; any other keeps its code as the measure."""
    return {r["indicator"]: (r["measure"], r["unit"]) for r in table_rows("world_bank_indicators.csv")}


def _world_bank(at: Columns) -> Mapping:
    code, name, indicator = at("country_code"), at("indicator_name"), at("indicator_code")
    # "1992" in the bulk files, "1992 [YR1992]" from the data bank
    years = [(i, n[:4]) for i, n in enumerate(at.header) if re.fullmatch(r"\d{4}(_yr\d{4})?", n)]
    made, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        sign = cells[indicator].strip()
        measure, unit = indicators().get(sign, (sign, cells[name].strip()))
        for i, when in years:
            if i >= len(cells):
                continue
            a = known("iso", cells[code].strip(), f"{when}-07-01")
            if a is None:
                unknown[cells[code].strip()] += 1
                return
            value = number(cells[i])
            key = f"{cells[code].strip()}-{sign}-{when}"
            yield made.figure(key, measure, a, None, when, value, unit, {"indicator": sign})

    return row


def _world_bank_long(at: Columns) -> Mapping:
    code, when, indicator, amount = (at(c) for c in ("countryiso3code", "date", "indicator", "value"))
    made, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        sign = cells[indicator].strip()
        a = known("iso", cells[code].strip(), year(cells[when])[2])
        if a is None:
            unknown[cells[code].strip()] += 1
            return
        measure, unit = indicators().get(sign, (sign, sign))
        key = f"{cells[code].strip()}-{sign}-{cells[when].strip()}"
        yield made.figure(key, measure, a, None, cells[when], number(cells[amount]), unit, {"indicator": sign})

    return row


def _register(at: Columns) -> Mapping:
    names = ("sipri_at_database_id", "supplier", "recipient", "delivery_year", "tiv_delivery_values")
    key, one, other, when, amount = (at(c) for c in names)
    more = at.have("designation", "description", "armament_category", "order_date", "numbers_delivered", "status")
    guess = at.maybe("sipri_estimate")
    made, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        on = year(cells[when])[2]
        states = [named(cells[i], on) for i in (one, other)]
        for i, found in zip((one, other), states, strict=True):
            if found is None:
                unknown[cells[i].strip()] += 1
        told: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        told |= {"supplier": cells[one].strip(), "recipient": cells[other].strip()}
        value = number(cells[amount])
        yield made.figure(
            f"{cells[key].strip()}-{whole(cells[when])}",
            "arms",
            states[0],
            states[1],
            cells[when],
            None if value is None else value * _MILLION,
            "TIV",
            told,
            estimated=guess is not None and cells[guess].strip().casefold() == "yes",
        )

    return row


def _tiv_dyads(at: Columns) -> Mapping:
    """A list of supplier, recipient, year and value, as made of SIPRI's tables of one state's partners."""
    one, other, when, amount = (at(c) for c in ("supplier", "recipient", "year", "tiv"))
    made, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        on = year(cells[when])[2]
        states = [named(cells[i], on) for i in (one, other)]
        for i, found in zip((one, other), states, strict=True):
            if found is None:
                unknown[cells[i].strip()] += 1
        value = number(cells[amount])
        key = f"{cells[one].strip()}-{cells[other].strip()}-{whole(cells[when])}"
        tiv = None if value is None else value * _MILLION
        yield made.figure(key, "arms", states[0], states[1], cells[when], tiv, "TIV")

    return row


def _aid(at: Columns) -> Mapping:
    key, donor, recipient, when = (at(c) for c in ("aiddata_id", "donor", "recipient", "year"))
    amount = at("commitment_amount_usd_constant")
    more = at.have("title", "coalesced_purpose_name", "flow_type", "short_description")
    return _projects(at, key, donor, recipient, when, amount, more, "USD (2011)")


def _chinese_aid(at: Columns) -> Mapping:
    key, donor, recipient, when = (
        at(c) for c in ("aiddata_record_id", "financier_country", "recipient", "commitment_year")
    )
    amount = next(i for c in _AMOUNTS if (i := at.maybe(c)) is not None)
    more = at.have("title", "sector_name", "flow_type", "flow_class", "status", "recommended_for_aggregates")
    base = next(c for c in _AMOUNTS if at.maybe(c) is not None)[-4:]
    return _projects(at, key, donor, recipient, when, amount, more, f"USD ({base})")


_AMOUNTS = ("amount_constant_usd_2021", "amount_constant_usd_2017")


def _projects(
    at: Columns, key: int, donor: int, recipient: int, when: int, amount: int, more: dict[str, int], unit: str
) -> Mapping:
    made, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        on = year(cells[when])[2]
        states = [known("iso", cells[i].strip(), on) or named(cells[i], on) for i in (donor, recipient)]
        for i, found in zip((donor, recipient), states, strict=True):
            if found is None:
                unknown[cells[i].strip()] += 1
        told: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        told |= {"donor": cells[donor].strip(), "recipient": cells[recipient].strip()}
        value = number(cells[amount])
        yield made.figure(cells[key].strip(), "aid", states[0], states[1], cells[when], value, unit, told)

    return row


COMTRADE = DataSet(
    kind="comtrade",
    layouts=(
        Layout(("period", "reportercode", "flowcode", "partnercode", "cmdcode", "primaryvalue"), _comtrade),
        Layout(
            ("year", "trade_flow", "reporter_iso", "partner_iso", "commodity_code", "trade_value_us"), _comtrade_old
        ),
    ),
)
WORLD_BANK = DataSet(
    kind="world_bank",
    layouts=(
        Layout(("country_code", "indicator_name", "indicator_code"), _world_bank),
        Layout(("countryiso3code", "date", "indicator", "value"), _world_bank_long),
    ),
)
SIPRI = DataSet(
    kind="sipri",
    layouts=(
        Layout(("sipri_at_database_id", "supplier", "recipient", "delivery_year", "tiv_delivery_values"), _register),
        Layout(("supplier", "recipient", "year", "tiv"), _tiv_dyads),
    ),
)
AIDDATA = DataSet(
    kind="aiddata",
    layouts=(
        Layout(("aiddata_id", "donor", "recipient", "year", "commitment_amount_usd_constant"), _aid),
        *(
            Layout(("aiddata_record_id", "financier_country", "recipient", "commitment_year", c), _chinese_aid)
            for c in _AMOUNTS
        ),
    ),
)
