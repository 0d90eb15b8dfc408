"""Correlates of War intergovernmental organisations: memberships, and how many organisations two states share.

Codes of a cell: 0 not a member, 1 full, 2 associate, 3 observer, -9 missing, -1 the organisation does not exist then.
Only memberships and missing values become observations; non-members have none.
"""

from collections.abc import Iterable
from functools import cache

from comity.data_sets.cells import Cells, text, whole, year
from comity.data_sets.crosswalk import state_of
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.observed import Observed
from comity.knowledge.states import rows as table_rows

_ROLES = {1: "full member", 2: "associate member", 3: "observer"}
_NOT_ORGANISATIONS = frozenset({"ccode", "year", "state", "stateabb", "version", "political"})


def _members(at: Columns) -> Mapped:
    code, when = at("ccode"), at("year")
    organisations = {n: acronym(n) for n in at.header if n and n not in _NOT_ORGANISATIONS}
    places = [(at(n), n, shown) for n, shown in organisations.items()]
    observed = Observed(at.release)

    def row(cells: Cells) -> Iterable[Row]:
        first, last, middle = year(cells[when])
        c = str(whole(cells[code]))
        a = state_of("cow", c, middle)
        for i, name, shown in places:
            role = whole(cells[i]) if text(cells[i]) else -9
            if role in (0, -1):
                continue
            if role != -9 and role not in _ROLES:
                raise ValueError(f"{name}: {role} is not a membership code")
            yield observed.tie(
                f"{c}-{first.year}-{name}", "membership", a, shown, first, last, None, None,
                {"role": _ROLES.get(role)}, directed=True, missing=role == -9,
            )  # fmt: skip

    return row


def _shared(at: Columns) -> Mapped:
    one, other, when, count = (at(c) for c in ("ccode1", "ccode2", "year", "dyadigos"))
    observed, number = Observed(at.release), at.numbers(count)

    def row(cells: Cells) -> Iterable[Row]:
        first, last, middle = year(cells[when])
        pair = sorted((whole(cells[one]), whole(cells[other])))
        a, b = (state_of("cow", str(n), middle) for n in pair)
        value = number(cells[count], -9)
        key = f"{pair[0]}-{pair[1]}-{first.year}"
        yield observed.tie(key, "membership", a, b, first, last, value, "organisations", missing=value is None)

    return row


def _dyads(at: Columns) -> Mapped:
    """The dyadic format: one column per organisation, 1 if both are full members."""
    one, other, when = (at(c) for c in ("ccode1", "ccode2", "year"))
    skip = {"ccode1", "ccode2", "year", "country1", "country2", "dyadid", "version", "state1", "state2"}
    places = [(at(n), n) for n in at.header if n and n not in skip]
    observed = Observed(at.release)

    def row(cells: Cells) -> Iterable[Row]:
        first, last, middle = year(cells[when])
        pair = sorted((whole(cells[one]), whole(cells[other])))
        a, b = (state_of("cow", str(n), middle) for n in pair)
        shared = [acronym(n) for i, n in places if text(cells[i]) in ("1", "1.0")]
        details = {
            "organisations": shared,
            "missing": [acronym(n) for i, n in places if text(cells[i]) in ("-9", "-9.0")],
        }
        key = f"{pair[0]}-{pair[1]}-{first.year}"
        yield observed.tie(key, "membership", a, b, first, last, float(len(shared)), "organisations", details)

    return row


@cache
def acronym(column: str) -> str:
    """The organisation of a column, by Comity's acronym if it has one.

    >>> acronym("nato"), acronym("aaaid")
    ('NATO', 'AAAID')
    """
    known = {r["acronym"].casefold(): r["acronym"] for r in table_rows("organisations.csv")}
    return known.get(column, column.upper())


COW_IGO = DataSet(
    kind="cow_igo",
    layouts=(
        Layout(("ccode1", "ccode2", "year", "dyadigos"), _shared),
        Layout(("ccode1", "ccode2", "year", "un"), _dyads),
        Layout(("ccode", "year", "un"), _members),
    ),
)
