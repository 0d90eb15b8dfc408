"""Phoenix and TERRIER: events coded by PETRARCH from many agencies, in the formats of their four publishers.

The Phoenix files of each day (26 columns, no header), the historical files of the Cline Center, those of the University
of Texas and TERRIER. Actor codes begin with CAMEO country codes. TERRIER's sources change in 2015: its counts before
and after are not one series (coverage_breaks.csv).
"""

from collections.abc import Iterable

from comity.data_sets.cells import Cells, text
from comity.data_sets.coded_event import coded, happened
from comity.data_sets.crosswalk import known
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row

_DAILY = (
    "id", "date", "year", "month", "day", "source", "source_entity", "source_role", "source_attribute", "target",
    "target_entity", "target_role", "target_attribute", "code", "root_code", "quad_class", "goldstein", "issues",
    "lat", "lon", "placename", "statename", "countryname", "sentence", "url", "news_sources",
)  # fmt: skip


def _mapped(key: str, when: str, one: str, other: str, place: str) -> "Layout":
    """A format with a header, by the names of its columns."""
    return Layout((key, when, one, other, "code", "goldstein"), lambda at: _mapping(at, key, when, one, other, place))


def _mapping(at: Columns, key: str, when: str, one: str, other: str, place: str) -> Mapped:
    row_key, date, a_at, b_at, code, score = (at(c) for c in (key, when, one, other, "code", "goldstein"))
    root = at.maybe("root_code")
    where, url, full, issues = (at.maybe(c) for c in (place, "url", "source", "issues"))
    source, unknown = at.release.key, at.unknown
    number, day = at.numbers(score), at.days(date)

    def row(cells: Cells) -> Iterable[Row]:
        on = day(cells[date].removesuffix(".0"))
        iso = on.isoformat()
        measure, before = coded(_code(cells[code], cells[root] if root is not None else ""))
        a, b = (_state(cells[i], iso) for i in (a_at, b_at))
        for state, cell in ((a, cells[a_at]), (b, cells[b_at])):
            if state is None and text(cell):
                unknown[cell.strip()] += 1
        rest: dict[str, object] = {
            "actor": text(cells[full if full is not None else a_at]),
            "recipient": text(cells[b_at]),
        }
        rest["place"] = text(cells[where]) if where is not None else None
        rest["issues"] = text(cells[issues]) if issues is not None else None
        links = [u for u in cells[url].replace(",", ";").split(";") if "://" in u] if url is not None else []
        value = number(cells[score])
        return (
            happened(
                source, cells[row_key], measure, a, b, on, rest, before, value=value, unit="goldstein-phoenix",
                url=links[0].strip() if links else None,
            ),
        )  # fmt: skip

    return row


def _code(cell: str, root: str) -> str:
    """A CAMEO code; a leading zero lost in a spreadsheet is restored from the root code ("14" with root 01 is 014).

    >>> _code("57", "5"), _code("14", "1"), _code("14", "14"), _code("0256", "02")
    ('057', '014', '14', '0256')
    """
    found, top = (c.strip().strip('"').removesuffix(".0") for c in (cell, root))
    if top.isdigit() and not found.startswith(top.zfill(2)) and f"0{found}".startswith(top.zfill(2)):
        return f"0{found}"
    return f"0{found}" if len(found) == 2 and found > "20" else found


def _state(cell: str, on: str) -> str | None:
    """The state or organisation of an actor such as `RUSGOV`."""
    code = (text(cell) or "")[:3].upper()
    return known("cameo", code, on) or known("cameo_group", code, on)


PHOENIX = DataSet(
    kind="phoenix",
    layouts=(
        _mapped("eid", "story_date", "source_root", "target_root", "placename"),
        _mapped("event_id", "date8", "src_actor", "tgt_actor", "geoname"),
        _mapped("id", "date8", "src_actor", "tgt_actor", "geoname"),
        Layout(
            _DAILY,
            lambda at: _mapping(at, "id", "date", "source_entity", "target_entity", "placename"),
            lambda cells: cells[1].isdigit() and len(cells[1]) == 8,
        ),
    ),
    quoted=False,
)
TERRIER = DataSet(kind="terrier", layouts=PHOENIX.layouts[1:3], quoted=False)
