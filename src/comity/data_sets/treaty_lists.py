"""World Treaty Index and listings of the UN Treaty Series: bilateral and other treaties with their dates.

The index identifies parties by its own codes (wti_parties.csv). The coordinates and country codes in copies of it are
a geocoder's guesses (they place the Soviet Union in Israel) and are not read.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from comity.data_sets.cells import Cells, maybe_day, text
from comity.data_sets.crosswalk import as_of, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.observed import Observed
from comity.knowledge.states import rows as table_rows


def _index(at: Columns) -> Mapped:
    key, signed, force, one, other = (at(c) for c in ("treaty_id", "signed", "force", "party1", "party2"))
    more = at.have("headnote", "topic", "laterality")
    title, extra, regis = at.maybe("title"), at.maybe("extra_entry"), at.maybe("regis")
    source, vol, page = at.maybe("source"), at.maybe("vol"), at.maybe("page")
    observed, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        begun, entered = maybe_day(cells[signed]), maybe_day(cells[force])
        first = begun or entered
        if first is None:
            raise ValueError("gives neither signature nor entry into force")
        if not cells[key].strip():
            raise ValueError("has no treaty_id")
        iso = first.isoformat()
        parties, others = _known((cells[one].strip(), cells[other].strip()), party, iso, unknown)
        word = cells[title].strip().upper() if title is not None else ""
        details: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        details |= {"instrument": word or None, "others": others}
        details["extra"] = text(cells[extra]) if extra is not None else None
        details["signed"] = begun.isoformat() if begun else None
        details["entered"] = entered.isoformat() if entered else None
        details["registered"] = _registered(cells[regis]) if regis is not None else None
        if source is not None and vol is not None and page is not None and text(cells[source]):
            details["published"] = f"{cells[source]} {cells[vol]}, {cells[page]}"
        details["title"] = details.get("headnote")
        # several treaties signed together share an id
        name = f"{cells[key].strip()}/{cells[one].strip()}-{cells[other].strip()}/{iso}"
        yield observed.agreement(name, _types().get(word, "other"), parties, first, None, details)

    return row


def _registered(cell: str) -> str | None:
    """The day of registration, null if it is missing or impossible ("0927-06-10"): the treaty is stored without it."""
    try:
        found = maybe_day(cell)
    except ValueError:
        return None
    return found.isoformat() if found else None


def party(code: str, on: str) -> str | None:
    """The state or organisation of a party code of the World Treaty Index on a day.

    >>> party("USSR", "1966-01-15"), party("RUSSIA", "1993-01-20"), party("GERME", "1960-01-01")
    ('SUN', 'RUS', 'DDR')
    """
    found = _parties().get(code)
    return as_of(found, on) if found else None


@cache
def _types() -> dict[str, str]:
    """The index's abbreviations for instruments in terms of the record contract."""
    return {r["word"]: r["type"] for r in table_rows("wti_instruments.csv")}


@cache
def _parties() -> dict[str, str]:
    return {r["code"]: r["state"] for r in table_rows("wti_parties.csv")}


def _known(
    names: Iterable[str], find: Callable[[str, str], str | None], on: str, unknown: Counter[str]
) -> tuple[list[str], list[str]]:
    """The codes of the known parties, and the names of the others, which are counted."""
    parties, others = [], []
    for name in names:
        if not name:
            continue
        if found := find(name, on):
            parties.append(found)
        else:
            unknown[name] += 1
            others.append(name)
    return parties, others


def _listing(at: Columns) -> Mapped:
    key, name, who = (at(c) for c in ("registration_number", "title", "participants"))
    signed = next(i for n in _CONCLUSION if (i := at.maybe(n)) is not None)
    force = next((i for n in _FORCE if (i := at.maybe(n)) is not None), None)
    sort, link = at.maybe("treaty_type"), at.maybe("url")
    more = at.have("volume", "submitter", "subject_terms", "place", "languages")
    observed, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        begun = maybe_day(_iso(cells[signed]))
        entered = maybe_day(_iso(cells[force])) if force is not None else None
        first = begun or entered
        if not cells[key].strip():
            raise ValueError("has no registration number")
        iso = first.isoformat() if first else "2000-01-01"
        listed = (p.strip() for p in re.split(r"[;|\n]", cells[who]))
        parties, others = _known(listed, named, iso, unknown)
        details: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        details |= {"title": text(cells[name]), "registration": cells[key].strip(), "others": others}
        details |= {"signed": begun.isoformat() if begun else None, "entered": entered.isoformat() if entered else None}
        kind = instrument(cells[sort] if sort is not None and text(cells[sort]) else cells[name])
        url = text(cells[link]) if link is not None else None
        yield observed.agreement(cells[key].strip(), kind, parties, first, None, details, url)

    return row


_CONCLUSION = ("conclusion_date", "date_of_conclusion", "date_of_effect")
_FORCE = ("entry_into_force", "entry_into_force_date", "date_of_entry_into_force")


def _iso(cell: str) -> str:
    """A day of the United Nations (`20/01/1993`, day first) as ISO 8601; any other unchanged.

    >>> _iso("20/01/1993"), _iso("1993-01-20")
    ('1993-01-20', '1993-01-20')
    """
    found = re.fullmatch(r"\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*", cell)
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else cell


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = sorted(table_rows("en/instruments.csv"), key=lambda r: -len(r["word"]))
    return tuple((re.compile(rf"\b{re.escape(r['word'])}s?\b", re.IGNORECASE), r["type"]) for r in found)


def instrument(title: str) -> str:
    """The type of the instrument that a title names first, `other` if it names none.

    >>> instrument("Protocol to the Treaty of Friendship"), instrument("Rules of procedure")
    ('protocol', 'other')
    """
    first = min(
        ((m.start(), -len(m[0]), kind) for pattern, kind in _words() if (m := pattern.search(title))), default=None
    )
    return first[2] if first else "other"


WTI = DataSet(
    kind="wti",
    layouts=(Layout(("treaty_id", "signed", "force", "party1", "party2"), _index),),
)
UNTS = DataSet(
    kind="unts",
    layouts=tuple(Layout(("registration_number", "title", "participants", c), _listing) for c in _CONCLUSION),
)
