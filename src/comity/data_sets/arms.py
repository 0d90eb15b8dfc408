"""SIPRI's arms transfers: the full register, the registers and tables exported by the site, and lists.

SIPRI's unit is its own trend indicator value (TIV); printed millions are multiplied by a million. The register of the
site has no deal numbers: the key is built from what describes a deal and leaves out what SIPRI revises (what was
delivered, when, and its value). In tables a "0" is less than half a million, and a blank means no delivery.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from comity.data_sets.cells import Cells, text, whole, year
from comity.data_sets.crosswalk import named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.notation import counted
from comity.data_sets.observed import Observed

_MILLION = 1e6


def _sides(names: Iterable[str], on: str, unknown: Counter[str]) -> list[str | None]:
    """The states of supplier and recipient; unknown names are counted."""
    states = []
    for name in names:
        found = named(name, on)
        if found is None and text(name):
            unknown[name.strip()] += 1
        states.append(found)
    return states


def _tiv(value: float | None) -> float | None:
    return None if value is None or counted(value) is None else value * _MILLION


def _register(at: Columns) -> Mapped:
    names = ("sipri_at_database_id", "supplier", "recipient", "delivery_year", "tiv_delivery_values")
    key, one, other, when, amount = (at(c) for c in names)
    more = at.have("designation", "description", "armament_category", "order_date", "numbers_delivered", "status")
    guess = at.maybe("sipri_estimate")
    observed, unknown, number = Observed(at.release), at.unknown, at.numbers(amount)

    def row(cells: Cells) -> Iterable[Row]:
        a, b = _sides((cells[one], cells[other]), year(cells[when])[2], unknown)
        details: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        details |= {"supplier": cells[one].strip(), "recipient": cells[other].strip()}
        name = f"{cells[key].strip()}-{whole(cells[when])}"
        estimated = guess is not None and cells[guess].strip().casefold() == "yes"
        value = _tiv(number(cells[amount]))
        yield observed.figure(name, "arms", a, b, cells[when], value, "TIV", details, estimated=estimated)

    return row


_DEAL = "supplier", "recipient", "year_of_order|order_year|order_date", "weapon_designation|designation"
_DELIVERED = (
    "year_s_of_delivery|year_s_of_deliveries|years_of_delivery|years_of_deliveries|delivery_year|delivery_years"
)
_WORTH = "sipri_tiv_of_delivered_weapons|tiv_of_delivered_weapons|sipri_tiv_delivered|tiv_delivered_weapons"


def _trade_register(at: Columns) -> Mapped:
    one, other, ordered, weapon = (at(c) for c in _DEAL)
    delivered, amount = at(_DELIVERED), at(_WORTH)
    number_ordered = at.maybe("number_ordered|numbers_ordered|no_ordered")
    more = at.have(
        "weapon_description", "description", "number_ordered", "number_delivered", "status", "comments",
        "sipri_tiv_per_unit", "sipri_tiv_for_total_order",
    )  # fmt: skip
    # a "?" in an unnamed column marks the preceding column as uncertain
    doubts = [i for i, n in enumerate(at.header) if not n and i]
    described = [i for i in (number_ordered, *(more.get(n) for n in _DESCRIBED)) if i is not None]
    observed, unknown, number = Observed(at.release), at.unknown, at.numbers(amount)

    def row(cells: Cells) -> Iterable[Row]:
        order, years = cells[ordered].strip(), delivery_years(cells[delivered])
        if not text(cells[one]) or not text(cells[other]):
            raise ValueError("has no supplier or no recipient")
        first, last, on = _span(years or delivery_years(order))
        a, b = _sides((cells[one], cells[other]), on, unknown)
        details: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        details |= {"supplier": cells[one].strip(), "recipient": cells[other].strip(), "ordered": order}
        details |= {"designation": text(cells[weapon]), "delivered": [str(y) for y in years]}
        words = "\0".join(cells[i].strip() for i in described if i < len(cells))
        deal = "-".join((cells[one].strip(), cells[other].strip(), order, cells[weapon].strip()))
        key = f"{deal}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
        uncertain = any(cells[i].strip() == "?" for i in doubts if i < len(cells))
        value = _tiv(number(cells[amount])) if years else None
        yield observed.figure(key, "arms", a, b, (first, last), value, "TIV", details, estimated=uncertain)

    return row


_DESCRIBED = ("weapon_description", "description", "status", "comments")


def delivery_years(cell: str) -> list[int]:
    """The years of a cell such as "2005; 2007-2009", none if it is empty. Raises `ValueError`.

    >>> delivery_years("2005; 2007-2009"), delivery_years("")
    ([2005, 2007, 2008, 2009], [])
    """
    out: list[int] = []
    if text(cell) is None:
        return out
    for part in re.split(r"[;,/]", cell.replace("(", "").replace(")", "").replace("?", "")):
        found = re.fullmatch(r"\s*(\d{4})(?:\.0)?(?:\s*[-–]\s*(\d{4}))?\s*", part)
        if found is None:
            raise ValueError(f"{cell!r} is not a list of years")
        first, last = int(found[1]), int(found[2] or found[1])
        year(found[1]), year(found[2] or found[1])
        if last < first:
            raise ValueError(f"{cell!r} ends before it begins")
        out += range(first, last + 1)
    return out


def _span(years: list[int]) -> tuple[date, date, str]:
    if not years:
        raise ValueError("gives neither the year of the order nor of a delivery")
    return date(min(years), 1, 1), date(max(years), 12, 31), f"{min(years)}-07-01"


def _dyads(at: Columns) -> Mapped:
    """A list of supplier, recipient, year and value, derived from SIPRI's tables of one state's partners."""
    one, other, when, amount = (at(c) for c in ("supplier", "recipient", "year", "tiv"))
    observed, unknown, number = Observed(at.release), at.unknown, at.numbers(amount)

    def row(cells: Cells) -> Iterable[Row]:
        a, b = _sides((cells[one], cells[other]), year(cells[when])[2], unknown)
        key = f"{cells[one].strip()}-{cells[other].strip()}-{whole(cells[when])}"
        yield observed.figure(key, "arms", a, b, cells[when], _tiv(number(cells[amount])), "TIV")

    return row


_YEAR = re.compile(r"\d{4}")
_NO_YEARS = frozenset({"", "total", "sum"})
_ABOUT = re.compile(
    r"\b(?P<flow>exports?|imports?)\b(?:\s++(?:of|values)\b)*+\s++(?:from|by|to|for|of)\s++(?P<who>.+?)(?=$|[,;(]\s?\d{4}|\s\d{4}|[.;])",
    re.IGNORECASE,
)
_EVERYONE = re.compile(r"\b(?:all|top|largest|every|each|world|countries|states)\b", re.IGNORECASE)


def is_table(header: tuple[str, ...]) -> bool:
    """Whether a line is the header of a table by year: a first column, then years, possibly a total.

    >>> is_table(("", "2010", "2011", "total")), is_table(("supplier", "recipient", "year", "tiv"))
    (True, False)
    """
    years = [n for n in header[1:] if n not in _NO_YEARS]
    return bool(years) and all(_YEAR.fullmatch(n) for n in years) and not _YEAR.fullmatch(header[0])


def _table(at: Columns) -> Mapped:
    """A table of trend indicator values with one column per year: partners of one state, or the largest overall."""
    years = [(i, n) for i, n in enumerate(at.header) if i and _YEAR.fullmatch(n)]
    found = next((m for note in at.notes if (m := _ABOUT.search(note))), None)
    if found is None:
        raise ValueError("does not say above its years whose exports or imports it contains")
    flow = "exports" if found["flow"].lower().startswith("export") else "imports"
    who = None if _EVERYONE.search(found["who"]) else found["who"].strip(" .;,")
    observed, unknown, number = Observed(at.release), at.unknown, at.numbers(*(i for i, _ in years))

    def row(cells: Cells) -> Iterable[Row]:
        name = cells[0].strip()
        # only its first cell: a note below the table
        if name.casefold() in {"total", "world total", "others", ""} or len(cells) <= 1:
            return
        for i, when in years:
            value = number(cells[i]) if i < len(cells) else None
            if value is None:
                continue
            details = {"note": "less than 0.5 million"} if value == 0 else {}
            if who is None:
                (one,), other = _sides((name,), f"{when}-07-01", unknown), None
                measure, key = f"arms {flow}", f"{name}-{flow}-{when}"
            else:
                ends = (who, name) if flow == "exports" else (name, who)
                one, other = _sides(ends, f"{when}-07-01", unknown)
                measure, key = "arms", f"{ends[0]}-{ends[1]}-{when}"
            yield observed.figure(key, measure, one, other, when, _tiv(value), "TIV", details)

    return row


SIPRI = DataSet(
    kind="sipri",
    layouts=(
        Layout(("sipri_at_database_id", "supplier", "recipient", "delivery_year", "tiv_delivery_values"), _register),
        Layout((*_DEAL, _DELIVERED, _WORTH), _trade_register),
        Layout(("supplier", "recipient", "year", "tiv"), _dyads),
        Layout((), _table, heads=is_table),
    ),
)
