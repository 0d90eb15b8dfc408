"""Travels of leaders: the lists of the US Office of the Historian, and others such as COLT.

The level is that of the traveller's office: a president of the United States is head of state. A trip that the
remarks call a stopover, or to a place that is not a state, is stored as given.
"""

from collections.abc import Iterable

from comity.data_sets.cells import Cells, day, maybe_day, text
from comity.data_sets.crosswalk import known, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.observed import Observed
from comity.knowledge import offices

_ROLES = {"president": "head of state", "secretary": "minister"}


def _historian(at: Columns) -> Mapped:
    key, role, who, start, end, land = (at(c) for c in ("id", "role", "name", "start_date", "end_date", "country"))
    locale, remarks, file = (at.maybe(c) for c in ("locale", "remarks", "file"))
    observed, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        first, last = day(cells[start]), maybe_day(cells[end])
        iso = first.isoformat()
        host = named(cells[land], iso)
        if host is None:
            unknown[cells[land]] += 1
        details = {
            "visitor": cells[who],
            "role": cells[role],
            "host_name": cells[land],
            "place": text(cells[locale]) if locale is not None else None,
            "purpose": text(cells[remarks]) if remarks is not None else None,
        }
        # presidents and secretaries are numbered separately, so the role is part of the key
        stem = f"{cells[role]}-{cells[key]}"
        if file is not None and not cells[key].strip():
            stem = f"{cells[file]}-{iso}"
        yield observed.visit(stem, _ROLES.get(cells[role], "other"), "USA", host, first, last, details)

    return row


def _colt(at: Columns) -> Mapped:
    who, title = at("leaderfullname"), next(i for c in _TITLES if (i := at.maybe(c)) is not None)
    home, host, start, end = (at(c) for c in ("leadercountryiso", "countryvisitediso", "tripstartdate", "tripenddate"))
    key = at.maybe("tripid")
    more = at.have("cityvisited", "leadercountryorigo", "countryvisited", "leaderrole", "leadertitle", "purpose")
    observed, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        first, last = day(cells[start]), maybe_day(cells[end])
        iso = first.isoformat()
        states = []
        for cell in (cells[home], cells[host]):
            code = cell.strip().upper()
            found = known("iso", code, iso) or named(cell, iso)
            if found is None and code:
                unknown[cell.strip()] += 1
            states.append(found)
        details: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        details |= {"visitor": cells[who], "role": text(cells[title])}
        name = text(cells[key]) if key is not None else None
        row_key = name or f"{cells[home]}-{cells[who]}-{cells[host]}-{iso}"
        yield observed.visit(row_key, _level(cells[title]), states[0], states[1], first, last, details)

    return row


_TITLES = ("leaderrole", "leadertitle", "position")


def _level(title: str) -> str:
    """The level of an office by its title."""
    low = title.strip().casefold()
    if low in {"head of state", "head of government"}:
        return low
    return offices.level(title) or "other"


_COLT = ("leaderfullname", "leadercountryiso", "countryvisitediso", "tripstartdate", "tripenddate")

TRAVELS = DataSet(
    kind="us_travels",
    layouts=(Layout(("id", "role", "name", "start_date", "end_date", "country"), _historian),),
)
COLT = DataSet(
    kind="colt",
    layouts=tuple(
        Layout(
            ("leaderfullname", "leadercountryiso", "countryvisitediso", "tripstartdate", "tripenddate", title), _colt
        )
        for title in _TITLES
    ),
)
