"""Correlates of War: membership of the state system, alliances of dyads, contiguity, diplomatic exchange.

Spells that end on a release's last day are censored (`right_censor` of the alliances says the same).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from comity.data_sets.cells import Cells, month, text, whole, year
from comity.data_sets.crosswalk import state_of
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.observed import Observed

OBLIGATIONS = ("defense", "offense", "neutrality", "nonaggression", "consultation", "entente")
"""Names of obligations in the body of an alliance, for Correlates of War and ATOP alike."""
_CONTIGUITY = {
    1: "land or river border",
    2: "up to 12 miles of water",
    3: "up to 24 miles of water",
    4: "up to 150 miles of water",
    5: "up to 400 miles of water",
}
_LEVELS = {1: "chargé d'affaires", 2: "minister", 3: "ambassador", 9: "other"}


def _date(y: str, m: str, d: str) -> date | None:
    """The day of three cells; null with -9 or another missing part."""
    parts = [whole(c) if text(c) else -9 for c in (y, m, d)]
    return date(*parts) if min(parts) > 0 else None


def obligations_of(details: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The obligations of an alliance whose cells are 1, and those whose cells are missing (blank, -9), not 0.

    Raises `ValueError`.

    >>> obligations_of({"defense": "1", "offense": "0", "consultation": "NA"})
    (['defense'], ['consultation'])
    """
    signs = {name: whole(cell) if text(cell) is not None else -9 for name, cell in details.items()}
    if wrong := [details[n] for n, sign in signs.items() if sign > 1]:
        raise ValueError(f"{wrong[0]!r} is neither 0 nor 1")
    return [n for n, sign in signs.items() if sign == 1], [n for n, sign in signs.items() if sign < 0]


def _states(at: Columns) -> Mapped:
    code, name = at("ccode"), at("statenme")
    start, end = ([at(f"{x}{p}") for p in ("year", "month", "day")] for x in ("st", "end"))
    observed = Observed(at.release)

    def row(cells: Cells) -> Iterable[Row]:
        first, last = (_date(*(cells[i] for i in x)) for x in (start, end))
        if first is None:
            raise ValueError("has no first day")
        number = str(whole(cells[code]))
        a = state_of("cow", number, (last or first).isoformat())
        yield observed.tie(f"{number}-{first.isoformat()}", "state", a, None, first, last, stated={"name": cells[name]})

    return row


def _alliances(at: Columns) -> Mapped:
    key, one, other = (at(c) for c in ("version4id", "ccode1", "ccode2"))
    start, end = ([at(f"dyad_{x}_{p}") for p in ("year", "month", "day")] for x in ("st", "end"))
    kinds = at.have("defense", "neutrality", "nonaggression", "entente")
    yearly, asymmetry = at.maybe("year"), at.maybe("asymmetry")
    observed, release = Observed(at.release), at.release

    def row(cells: Cells) -> Iterable[Row]:
        first, last = (_date(*(cells[i] for i in x)) for x in (start, end))
        if first is None:
            raise ValueError("has no first day")
        details: dict[str, object] = {"alliance": cells[key]}
        suffix = first.isoformat()
        if yearly is not None:
            first, last, _ = year(cells[yearly])
            suffix = str(first.year)
        elif last is None:
            # still in force at the end of the release
            last = release.last
        c, d = str(whole(cells[one])), str(whole(cells[other]))
        on = first.isoformat()
        details["obligations"], details["missing_obligations"] = obligations_of({n: cells[i] for n, i in kinds.items()})
        if asymmetry is not None and text(cells[asymmetry]) == "1":
            details["asymmetric"] = True
        a, b = state_of("cow", c, on), state_of("cow", d, on)
        yield observed.tie(f"{cells[key]}-{c}-{d}-{suffix}", "alliance", a, b, first, last, stated=details)

    return row


def _contiguity(at: Columns) -> Mapped:
    one, other, sort, begin, end = (at(c) for c in ("statelno", "statehno", "conttype", "begin", "end"))
    notes = at.maybe("notes")
    observed = Observed(at.release)

    def row(cells: Cells) -> Iterable[Row]:
        c, d, kind = (str(whole(cells[i])) for i in (one, other, sort))
        first, last = _month(cells[begin], end=False), _month(cells[end], end=True)
        on = first.isoformat()
        details = {"how": _CONTIGUITY[int(kind)], "notes": text(cells[notes]) if notes is not None else None}
        a, b = state_of("cow", c, on), state_of("cow", d, on)
        key = f"{c}-{d}-{on[:7]}"
        yield observed.tie(key, "contiguity", a, b, first, last, float(kind), "contiguity type", details)

    return row


def _month(cell: str, *, end: bool) -> date:
    """First or last day of a month written `YYYYMM`."""
    return month(str(whole(cell)))[end]


def _posts(at: Columns) -> Mapped:
    one, other, when, at1, at2 = (at(c) for c in ("ccode1", "ccode2", "year", "dr_at_1", "dr_at_2"))
    observed = Observed(at.release)

    def row(cells: Cells) -> Iterable[Row]:
        first, last, middle = year(cells[when])
        c, d = str(whole(cells[one])), str(whole(cells[other]))
        a, b = state_of("cow", c, middle), state_of("cow", d, middle)
        # DR_at_1 is the representation of side 2 at side 1
        for sender, host, n, m, cell in ((b, a, d, c, cells[at1]), (a, b, c, d, cells[at2])):
            level = whole(cell) if text(cell) else -9
            if level == 0:
                continue
            value = float(level) if level in (1, 2, 3) else None
            details = {"level": _LEVELS.get(level)}
            yield observed.tie(
                f"{n}-{m}-{first.year}", "post", sender, host, first, last, value, "level", details,
                directed=True, missing=level not in _LEVELS,
            )  # fmt: skip

    return row


_DAYS = tuple(f"dyad_{x}_{p}" for x in ("st", "end") for p in ("year", "month", "day"))

COW_STATES = DataSet(
    kind="cow_states",
    layouts=(
        Layout(
            ("ccode", "statenme", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"),
            _states,
        ),
    ),
)
COW_ALLIANCES = DataSet(
    kind="cow_alliances",
    layouts=(Layout(("version4id", "ccode1", "ccode2", "defense", "nonaggression", *_DAYS), _alliances),),
)
COW_CONTIGUITY = DataSet(
    kind="cow_contiguity",
    layouts=(Layout(("statelno", "statehno", "conttype", "begin", "end"), _contiguity),),
)
COW_DIPLOMATIC = DataSet(
    kind="cow_diplomatic",
    layouts=(Layout(("ccode1", "ccode2", "year", "dr_at_1", "dr_at_2"), _posts),),
)
