"""Lists of agreements between two or more states: DESTA, the World Bank's GPTAD, and the tables of manytreaties.

DESTA identifies members by United Nations numbers, GPTAD by names (a row may occur twice: it is one agreement),
manytreaties only in the title: the states named in the title are the parties, and the body says so.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from comity.data_sets.cells import Cells, text, whole, year
from comity.data_sets.crosswalk import as_of, known, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.observed import Observed
from comity.data_sets.treaty_lists import instrument
from comity.knowledge.names import find_names

_FAR = 9000
"""Years from here on mean "no end" in manytreaties."""


def _desta(at: Columns) -> Mapped:
    key, base, name, signed, force = (at(c) for c in ("number", "base_treaty", "name", "year", "entryforceyear"))
    members = [i for n, i in at.have(*(f"c{k}" for k in range(1, 100))).items()]
    sort, region, wto = at.maybe("entry_type"), at.maybe("regioncon"), at.maybe("wto_listed")
    observed, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        # unsuccessful negotiations have no year
        first, middle = None, "2000-01-01"
        if text(cells[signed]):
            first, _, middle = year(cells[signed])
        entered = text(cells[force])
        parties = []
        for i in members:
            if i >= len(cells) or text(cells[i]) is None:
                continue
            number = str(whole(cells[i]))
            found = known("m49", number, middle)
            if found is None:
                unknown[f"m49 {number}"] += 1
            else:
                parties.append(found)
        details = {
            "title": text(cells[name]),
            "entry": (entry := text(cells[sort]) if sort is not None else None),
            "stage": "negotiated" if entry == "negotiation" else "in force" if entered else "signed",
            "base": text(cells[base]),
            "signed": str(first.year) if first else None,
            "entered": str(whole(entered)) if entered else None,
            "region": text(cells[region]) if region is not None else None,
            "wto_listed": text(cells[wto]) == "1" if wto is not None else None,
        }
        # only the year is given, so the day is anywhere in it
        yield observed.agreement(cells[key].strip(), "agreement", parties, first, None, details)

    return row


def _gptad(at: Columns) -> Mapped:
    name, members, signed, force = (
        at(c) for c in ("common_name", "membership", "date_of_signature", "date_of_entry_into_force")
    )
    more = at.have("type", "wto_notified", "in_force_status")
    observed, unknown = Observed(at.release), at.unknown

    def row(cells: Cells) -> Iterable[Row]:
        begun, entered = _american(cells[signed]), _american(cells[force])
        first = begun or entered
        parties, others = members_of(cells[members], (first or date(2000, 1, 1)).isoformat(), unknown)
        details: dict[str, object] = {n: text(cells[i]) for n, i in more.items()}
        details |= {"title": text(cells[name]), "others": others}
        details |= {"signed": begun.isoformat() if begun else None, "entered": entered.isoformat() if entered else None}
        key = f"{cells[name].strip()}/{first.isoformat() if first else 'undated'}"
        yield observed.agreement(key, "agreement", parties, first, None, details)

    return row


def _american(cell: str) -> date | None:
    """A day written month first; null if missing."""
    if text(cell) is None:
        return None
    month, day, y = (int(p) for p in cell.strip().split("/"))
    return date(y, month, day)


def members_of(cell: str, on: str, unknown: Counter[str]) -> tuple[list[str], list[str]]:
    """The states and organisations of a list of members by name, and the unknown names.

    The members of a group in brackets count as members.

    >>> members_of("EFTA (Iceland; Norway), Chile and Peru", "2005-01-01", Counter())
    (['EFTA', 'ISL', 'NOR', 'CHL', 'PER'], [])
    """
    parties, others = [], []
    for part in re.split(r"[,;()]|\\r|\\n", cell):
        name = part.strip(" .\r\n")
        if not name:
            continue
        found = named(name, on)
        halves = [found] if found else [named(h.strip(), on) for h in re.split(r"\band\b", name) if h.strip()]
        if halves and all(halves):
            parties += [h for h in halves if h]
        else:
            unknown[name] += 1
            others.append(name)
    return list(dict.fromkeys(parties)), others


def _manytreaties(at: Columns) -> Mapped:
    title, begin, end, signed, force, term = (at(c) for c in ("title", "begin", "end", "signature", "force", "term"))
    more = at.have("typedomain", "typeagree", "typeambit", "typesubject", "grounds", "language", "location")
    url, key = at.maybe("texturl"), at.maybe("treatyid")
    observed = Observed(at.release)

    def row(cells: Cells) -> Iterable[Row]:
        name = cells[title].strip()
        if not name:
            raise ValueError("has no title")
        first, span = _edtf(cells[signed])
        if first is None:
            first, span = _edtf(cells[begin])
        last, until = _edtf(cells[end])
        if last is None:
            last, until = _edtf(cells[term])
        on = (first or date(2000, 1, 1)).isoformat()
        hits = find_names(name, on)
        parties = [as_of(h.code, on) for h in hits if h.kind in {"state", "adjective", "organisation"}]
        details: dict[str, object] = {n: v for n, i in more.items() if (v := text(cells[i])) is not None}
        details |= {
            "title": name,
            "parties_basis": "title",
            "signed": text(cells[signed]),
            "entered": text(cells[force]),
        }
        details |= {"date": span, "until": until}
        link = text(cells[url]) if url is not None else None
        row_key = text(cells[key]) if key is not None else None
        if row_key is None:
            # the table has no key: use the day on which the agreement begins and a hash of its title
            row_key = f"{cells[begin].strip()}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"
        yield observed.agreement(row_key, instrument(name), parties, first, last, details, link)

    return row


def _edtf(cell: str) -> tuple[date | None, str | None]:
    """The first possible day of a date of manytreaties, and its text if it is not a plain day."""
    cell = cell.strip()
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", cell)
    if found is None or int(found[1]) >= _FAR or text(cell) is None:
        return None, None
    try:
        first = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        # an impossible day ("1976-06-31") is kept in the body as printed
        return None, cell
    return first, None if found[3] and len(cell) == len(found[0]) else cell


DESTA = DataSet(
    kind="desta",
    layouts=(Layout(("number", "base_treaty", "name", "year", "entryforceyear", "c1", "c2"), _desta),),
)
GPTAD = DataSet(
    kind="gptad",
    layouts=(Layout(("common_name", "membership", "date_of_signature", "date_of_entry_into_force"), _gptad),),
)
MANYTREATIES = DataSet(
    kind="manytreaties",
    layouts=(Layout(("title", "begin", "end", "signature", "force", "term"), _manytreaties),),
)
