"""Formal Bilateral Influence Capacity: the published values, with the release's intermediate columns in the body.

`iso3a` is the state with the capacity, `iso3b` its target. Figures are `fbic`, `bandwidth` and `dependence`, each an
index; other releases have other scales.
"""

from collections.abc import Iterable

from comity.data_sets.cells import Cells, text, year
from comity.data_sets.crosswalk import known
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.notation import Numbers
from comity.data_sets.observed import Observed

_LETTERS = 3
_MEASURES = ("fbic", "bandwidth", "dependence")
_KEYS = frozenset({"iso3a", "iso3b", "year", *_MEASURES, "countrya", "countryb"})


def _dyads(at: Columns) -> Mapped:
    one, other, when = (at(c) for c in ("iso3a", "iso3b", "year"))
    values = [(n, at(n)) for n in _MEASURES]
    rest = [(n, i) for i, n in enumerate(at.header) if n and n not in _KEYS]
    observed, unknown = Observed(at.release), at.unknown
    number = at.numbers(*(i for _, i in values), *(i for n, i in rest if not n.startswith("country")))

    def row(cells: Cells) -> Iterable[Row]:
        first, _, middle = year(cells[when])
        codes = [cells[i].strip() for i in (one, other)]
        states = []
        for code in codes:
            if len(code) != _LETTERS or not code.isupper():
                raise ValueError(f"{code!r} is not a code of three letters")
            found = known("fbic", code, middle)
            if found is None:
                # Biafra and Northern Cyprus have no ISO 3166 code and are kept unchanged
                unknown[code] += 1
            states.append(found or code)
        a, b = states
        details = {n: _value(cells[i], number) for n, i in rest if i < len(cells)}
        for measure, i in values:
            yield observed.figure(
                f"{codes[0]}-{codes[1]}-{first.year}-{measure}", measure, a, b, cells[when], number(cells[i]), "index",
                details if measure == "fbic" else None,
            )  # fmt: skip

    return row


def _value(cell: str, number: Numbers) -> float | str | None:
    """A number if the cell is one, otherwise its text."""
    try:
        return number(cell)
    except ValueError:
        return text(cell)


FBIC = DataSet(kind="fbic", layouts=(Layout(("iso3a", "iso3b", "year", *_MEASURES), _dyads),))
