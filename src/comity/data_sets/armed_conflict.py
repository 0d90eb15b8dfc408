"""ACLED and the georeferenced events of UCDP: coded by people from named sources, therefore `reported`.

ACLED's types are converted to PLOVER types by a table (acled_events.csv). UCDP counts deaths: the value is its best
estimate. Both name armed groups; only states and their forces become actors, the names are in the body.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from comity.data_sets.cells import Cells, text, whole
from comity.data_sets.coded_event import happened, typed
from comity.data_sets.crosswalk import as_of, known, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.notation import counted
from comity.knowledge.names import find_names
from comity.knowledge.states import rows as table_rows

_FORCES = ("military forces of", "police forces of", "government of")


_BEHIND = re.compile(r"^(?:military forces|police forces|government) of (?:the )?", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def state_behind(name: str, on: str) -> str | None:
    """The state whose forces or government an actor's name refers to, null for any other group.

    >>> state_behind("Military Forces of Mongolia (2017-)", "2019-05-05"), state_behind("Rioters (India)", "2019-05-05")
    ('MNG', None)
    """
    if not name.lower().startswith(_FORCES):
        return None
    # "(2017-)" and what follows it are the government's years and the unit's name
    group = re.split(r" ?\(\d{4}\s*-| - ", _BEHIND.sub("", name))[0].strip()
    if found := named(group, on):
        return found
    hits = [h for h in find_names(group, on) if h.kind == "state"]
    return as_of(hits[0].code, on) if hits else None


def _acled(at: Columns) -> Mapped:
    key, when, sort, kind, one, other, land = (
        at(c) for c in ("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2", "country")
    )
    more = at.have("location", "admin1", "source", "notes", "fatalities", "time_precision", "civilian_targeting")
    source, day = at.release.key, at.days(when)
    number = at.numbers(*(() if "fatalities" not in more else (more["fatalities"],)))

    def row(cells: Cells) -> Iterable[Row]:
        on = day(cells[when])
        iso = on.isoformat()
        found = acled_types().get((cells[sort].strip().casefold(), cells[kind].strip().casefold()))
        if found is None:
            raise ValueError(f"{cells[sort]!r}, {cells[kind]!r} is not a type in ACLED's codebook")
        measure, mode = found
        before = typed(measure, mode) if measure in _PLOVER else ""
        details: dict[str, object] = {"acled": f"{cells[sort]}: {cells[kind]}"}
        details |= {"actor": text(cells[one]), "recipient": text(cells[other]), "place_state": _place(cells[land], iso)}
        details |= {n: text(cells[i]) for n, i in more.items()}
        a, b = (state_behind(cells[i], iso) for i in (one, other))
        deaths = counted(number(cells[more["fatalities"]])) if "fatalities" in more else None
        return (
            happened(
                source, cells[key], measure, a, b, on, details, before, value=deaths, unit="deaths", standing="reported"
            ),
        )

    return row


_PLOVER = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT", "AGREE", "SUPPORT"})


@lru_cache(maxsize=1000)
def _place(land: str, on: str) -> str | None:
    return named(land, on)


@cache
def acled_types() -> dict[tuple[str, str], tuple[str, str | None]]:
    """The PLOVER type and mode of ACLED's event and sub-event types, in lower case.

    >>> acled_types()["protests", "peaceful protest"]
    ('PROTEST', 'demo')
    """
    return {
        (r["event_type"].casefold(), r["sub_event_type"].casefold()): (r["event"], r["mode"] or None)
        for r in table_rows("acled_events.csv")
    }


def _ucdp(at: Columns) -> Mapped:
    key, begin, end, best, one, other = (at(c) for c in ("id", "date_start", "date_end", "best", "side_a", "side_b"))
    sort, land = at("type_of_violence"), at("country_id")
    codes = (at.maybe("gwnoa"), at.maybe("gwnob"))
    more = at.have("low", "high", "where_coordinates", "source_article", "conflict_name", "deaths_civilians")
    source, number = at.release.key, at.numbers(best)
    starts, ends = at.days(begin), at.days(end)

    def row(cells: Cells) -> Iterable[Row]:
        first, last = starts(cells[begin]), ends(cells[end])
        iso = first.isoformat()
        a, b = (_gw(cells[i], iso) if i is not None else None for i in codes)
        details: dict[str, object] = {"violence": _VIOLENCE[whole(cells[sort])]}
        details |= {"actor": text(cells[one]), "recipient": text(cells[other]), "place_state": _gw(cells[land], iso)}
        details |= {n: text(cells[i]) for n, i in more.items()}
        before, deaths = typed("ASSAULT"), counted(number(cells[best]))
        yield happened(
            source,
            cells[key],
            "ASSAULT",
            a,
            b,
            first,
            details,
            before,
            last=last,
            value=deaths,
            unit="deaths",
            standing="reported",
        )

    return row


_VIOLENCE = {1: "state-based conflict", 2: "non-state conflict", 3: "one-sided violence"}


def _gw(cell: str, on: str) -> str | None:
    """The state of the first Gleditsch–Ward number of a cell; a group has none."""
    first = cell.replace(";", ",").split(",")[0].strip()
    return known("gw", str(whole(first)), on) if text(first) else None


_GED = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""The columns of a file without a header, in the order of the releases since 17.1."""


def _ged_begins(cells: Cells) -> bool:
    return cells[0].strip().isdigit() and cells[2].strip().isdigit() and cells[38][:4].isdigit()


ACLED = DataSet(
    kind="acled",
    layouts=(
        Layout(("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2", "country"), _acled),
    ),
)
UCDP = DataSet(
    kind="ucdp_ged",
    layouts=(
        Layout(
            (
                "id", "type_of_violence", "side_a", "side_b", "country_id", "date_start", "date_end", "best",
            ),
            _ucdp,
        ),
        Layout(_GED, _ucdp, _ged_begins),
    ),
)  # fmt: skip
