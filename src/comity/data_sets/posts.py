"""Diplomatic posts: the Lowy Institute's index of missions, and Diplometrics' levels of representation.

A mission is a tie `post` from the sending state to the host; an absent one has no row. Diplometrics' level (0, .375,
.5, .75, 1: the LOR of FBIC) is its value.
"""

from collections.abc import Iterable

from comity.data_sets.cells import Cells, text, year
from comity.data_sets.crosswalk import known, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.observed import Observed


def _state(cell: str, on: str) -> str | None:
    return named(cell, on) or known("iso", cell.strip().upper(), on)


def _lowy(at: Columns) -> Mapped:
    one, other, city, sort, when = (at(c) for c in ("country", "post_country", "post_city", "post_type", "year"))
    observed, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        first, last, middle = year(cells[when])
        a, b = _state(cells[one], middle), _state(cells[other], middle)
        for cell, found in ((cells[one], a), (cells[other], b)):
            if found is None:
                unknown[cell.strip()] += 1
        details = {"place": text(cells[city]), "type": text(cells[sort]), "host_name": text(cells[other])}
        key = "/".join(cells[i].strip() for i in (one, other, city, sort)) + f"/{first.year}"
        yield observed.tie(key, "post", a, b, first, last, stated=details, directed=True)

    return row


def _diplometrics(at: Columns) -> Mapped:
    one, other, when, level = (at(c) for c in ("sending_country", "destination", "year", "lor"))
    more, number = at.have("embassy", "focus", "concurrent"), at.numbers(level)
    observed, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        first, last, middle = year(cells[when])
        a, b = _state(cells[one], middle), _state(cells[other], middle)
        for cell, found in ((cells[one], a), (cells[other], b)):
            if found is None:
                unknown[cell.strip()] += 1
        value = number(cells[level])
        details = {n: text(cells[i]) for n, i in more.items()}
        key = f"{cells[one].strip()}/{cells[other].strip()}/{first.year}"
        if value == 0:
            return
        yield observed.tie(
            key,
            "post",
            a,
            b,
            first,
            last,
            value,
            "level of representation",
            details,
            directed=True,
            missing=value is None,
        )

    return row


LOWY = DataSet(
    kind="lowy",
    layouts=(Layout(("country", "post_country", "post_city", "post_type", "year"), _lowy),),
)
DIPLOMETRICS = DataSet(
    kind="diplometrics",
    layouts=(Layout(("sending_country", "destination", "year", "lor"), _diplometrics),),
)
