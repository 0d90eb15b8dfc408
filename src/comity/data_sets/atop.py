"""ATOP: alliance treaty obligations of two states in a year (codebook of version 5.1).

A row with obligations is one observation with their list; a dyad-year without any has none. An obligation whose cell is
missing is in the list `missing_obligations`: it is neither present nor absent, and if a row has no other the list is
null. In a file of directed dyads the obligations are those of the first state towards the second, and both rows are
stored. The last year of the data set is `censored`: the alliance does not end there.
"""

from collections.abc import Iterable

from comity.data_sets.cells import Cells, text, whole, year
from comity.data_sets.cow_ties import obligations_of
from comity.data_sets.crosswalk import state_of
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.observed import Observed

_NAMES = {
    "defense": "defense",
    "offense": "offense",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}


def _form(one: str, other: str, prefix: str) -> Layout:
    columns = (one, other, "year", *(prefix + n for n in _NAMES))
    return Layout(columns, lambda at: _mapping(at, one, other, prefix))


def _mapping(at: Columns, one: str, other: str, prefix: str) -> Mapped:
    first_at, second_at, when = at(one), at(other), at("year")
    places = [(at(prefix + n), word) for n, word in _NAMES.items()]
    treaties = [i for n, i in at.have(*(f"atopid{k}" for k in range(1, 20))).items()]
    observed, order = Observed(at.release), at.pairs(first_at, second_at)

    def row(cells: Cells) -> Iterable[Row]:
        first, last, middle = year(cells[when])
        pair = [whole(cells[first_at]), whole(cells[second_at])]
        if not order.both:
            pair.sort()
        obligations, missing = obligations_of({word: cells[i] for i, word in places})
        if not obligations and not missing:
            return
        a, b = (state_of("cow", str(n), middle) for n in pair)
        body = {
            "obligations": obligations,
            "missing_obligations": missing,
            "treaties": [t for i in treaties if (t := text(cells[i])) not in (None, "0")],
        }
        key = f"{pair[0]}-{pair[1]}-{first.year}"
        yield observed.tie(
            key, "alliance", a, b, first, last, stated=body, directed=order.both, missing=not obligations
        )

    return row


ATOP = DataSet(
    kind="atop",
    layouts=(
        _form("ccode1", "ccode2", "atop_"),
        _form("mem1", "mem2", ""),
        _form("statea", "stateb", ""),
        _form("ccode1", "ccode2", ""),
    ),
)
