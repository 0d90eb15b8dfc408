"""Correlates of War trade: imports of states from each other, and their totals, in millions of current US dollars.

`flow1` is what `ccode1` imports from `ccode2`, `flow2` the reverse; -9 is missing (codebook of version 4.0). Zeros
between states of the Soviet bloc are missing values (table missing_rules.csv).
"""

from collections.abc import Iterable
from functools import cache

from comity.data_sets.cells import Cells, whole, year
from comity.data_sets.crosswalk import state_of
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped
from comity.data_sets.notation import counted
from comity.data_sets.observed import Observed
from comity.knowledge.states import continuing, rows
from comity.records.observation import Observation

_UNIT = 1e6
_MISSING = -9


def _dyads(at: Columns) -> Mapped:
    one, other, when, flow1, flow2 = (at(c) for c in ("ccode1", "ccode2", "year", "flow1", "flow2"))
    smooth = at.have("smoothflow1", "smoothflow2")
    observed = Observed(at.release)
    number = at.numbers(flow1, flow2, *smooth.values())

    def row(cells: Cells) -> Iterable[Observation]:
        first, last, middle = year(cells[when])
        c, d = str(whole(cells[one])), str(whole(cells[other]))
        a, b = state_of("cow", c, middle), state_of("cow", d, middle)
        out, values = [], []
        for x, y, m, n, cell, name in (
            (a, b, c, d, cells[flow1], "smoothflow1"),
            (b, a, d, c, cells[flow2], "smoothflow2"),
        ):
            value = counted(number(cell, _MISSING))
            rest: dict[str, object] = {}
            if value == 0 and (rule := zero_rule(a, b, first.year)):
                value, rest = None, {"printed": 0, "why": rule}
            if value is None and name in smooth and "why" not in rest:
                rest["smoothed"] = number(cells[smooth[name]], _MISSING)
            values.append(value)
            key = f"{m}-{n}-{first.year}-imports"
            out.append(observed.figure(key, "imports", x, y, (first, last), _dollars(value), "USD", rest))
        known = [v for v in values if v is not None]
        total = sum(known) if len(known) == 2 else None
        low, high = sorted((c, d), key=int)
        rest = {} if total is not None or not known else {"at_least": known[0] * _UNIT, "why": "one direction missing"}
        if total is None and not known and (rule := zero_rule(a, b, first.year)) and number(cells[flow1]) == 0:
            rest = {"printed": 0, "why": rule}
        key, x, y = f"{low}-{high}-{first.year}-trade", *((a, b) if low == c else (b, a))
        out.append(observed.figure(key, "trade", x, y, (first, last), _dollars(total), "USD", rest, directed=False))
        return out

    return row


def _totals(at: Columns) -> Mapped:
    state, when, imports, exports = (at(c) for c in ("ccode", "year", "imports", "exports"))
    observed = Observed(at.release)
    number = at.numbers(imports, exports)

    def row(cells: Cells) -> Iterable[Observation]:
        first, last, middle = year(cells[when])
        code = str(whole(cells[state]))
        a = state_of("cow", code, middle)
        bought, sold = counted(number(cells[imports], _MISSING)), counted(number(cells[exports], _MISSING))
        total = None if bought is None or sold is None else bought + sold
        rule = zero_rule(a, None, first.year)
        rest = {"note": f"without what is missing: {rule}"} if rule else {}
        return [
            observed.figure(
                f"{code}-{first.year}-{measure}",
                measure,
                a,
                None,
                (first, last),
                _dollars(value),
                "USD",
                rest,
                directed=False,
            )
            for measure, value in (("imports", bought), ("exports", sold), ("trade", total))
        ]

    return row


def _dollars(millions: float | None) -> float | None:
    return None if millions is None else millions * _UNIT


@cache
def _rules() -> tuple[tuple[str, int, int, str], ...]:
    return tuple(
        (r["state"], int(r["from"]), int(r["to"]), r["reason"])
        for r in rows("missing_rules.csv")
        if r["kind"] == "cow_trade"
    )


@cache
def zero_rule(a: str, b: str | None, on: int) -> str | None:
    """The rule by which a zero between two states in a year is missing (for one state: whether any of its may be).

    >>> zero_rule("MNG", "SUN", 1970) is not None, zero_rule("MNG", "CHN", 1970), zero_rule("MNG", "RUS", 1992)
    (True, None, None)
    """
    inside = [
        [reason for state, first, last, reason in _rules() if state == continuing(s) and first <= on <= last]
        for s in (a, b)
        if s is not None
    ]
    return inside[0][0] if all(inside) else None


COW_TRADE = DataSet(
    kind="cow_trade",
    layouts=(
        Layout(("ccode1", "ccode2", "year", "flow1", "flow2"), _dyads),
        Layout(("ccode", "year", "imports", "exports"), _totals),
    ),
)
