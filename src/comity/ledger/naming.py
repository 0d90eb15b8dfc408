"""Which known instrument a statement about an agreement names, by whatever title."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from comity.knowledge.known_instruments import KnownInstrument, find_known, known, may_name
from comity.knowledge.names import find_names
from comity.knowledge.states import continuing
from comity.knowledge.wording import light_title_words
from comity.ledger.predecessor import predecessors_of
from comity.ledger.stated_acts import acts_on
from comity.ledger.statement import COLUMNS, Statement, from_row
from comity.records.record import Agreement

_TITLES = """SELECT DISTINCT unnest(list_append(json_extract_string(body, '$.predecessors[*].title'),
                                                 json_extract_string(body, '$.title')))
             FROM statement WHERE kind = 'agreement'"""
_NAMING = f"""SELECT {COLUMNS} FROM statement WHERE kind = 'agreement'
              AND (json_extract_string(body, '$.title') IN (SELECT unnest($1))
                   OR list_has_any(json_extract_string(body, '$.predecessors[*].title'), $1))
              ORDER BY document, id"""  # noqa: S608 - our own names
_WORD = re.compile(r"[^\W_]+")
MARK = "known:"


def mark(instrument: KnownInstrument) -> str:
    """The name of the table of known instruments among the sources of an act or value.

    >>> from comity.knowledge.known_instruments import instruments
    >>> mark(instruments()["npt"])
    'known:npt'
    """
    return MARK + instrument.key


def instrument_of(statement: Statement) -> KnownInstrument | None:
    """The known instrument that a statement is about; null if it is about another agreement.

    Its title decides, whatever states the report is about. A protocol to a known treaty is another agreement.
    """
    if statement.kind != "agreement":
        return None
    day = statement.known or statement.when.last or statement.when.first
    year = day.year if day else None
    return _named(statement.as_a(Agreement).title or "", year, tuple(statement.block.split()))


def naming(ask: Callable[[str, list[Any]], list[tuple[Any, ...]]]) -> list[Statement]:
    """The statements of a ledger that name a known instrument, as their own or as an earlier one."""
    titles = [title for (title,) in ask(_TITLES, []) if title and may_name(title)]
    likely = (from_row(row) for row in ask(_NAMING, [titles])) if titles else ()
    return [s for s in likely if any(instrument_of(one) is not None for one in (s, *predecessors_of(s)))]


def parties_of(instrument: KnownInstrument, statements: Iterable[Statement]) -> str:
    """The states and organisations of a known instrument, sorted, with blanks between.

    They are its parties by the table or, if many may join, those whose own act on it a statement reports.
    """
    if instrument.parties:
        return " ".join(sorted({continuing(p) for p in instrument.parties}))
    acts = [a for s in statements for a in acts_on(s, instrument)]
    return " ".join(sorted({continuing(a.party) for a in acts if a.party is not None}))


@lru_cache(maxsize=100_000)
def _named(title: str, year: int | None, parties: tuple[str, ...]) -> KnownInstrument | None:
    found = known(title, year, parties)
    return found if found is not None else _within(title, year)


def _within(title: str, year: int | None) -> KnownInstrument | None:
    """The instrument that a title names among words without further meaning: "the landmark U.S.-Soviet INF Treaty"."""
    spans = find_known(title, year)
    if len({m.instrument.key for m in spans}) != 1:
        return None
    rest = title
    for m in reversed(spans):
        rest = rest[: m.start] + " " * (m.end - m.start) + rest[m.end :]
    for hit in find_names(rest):
        rest = rest[: hit.start] + " " * (hit.end - hit.start) + rest[hit.end :]
    left = {w.lower() for w in _WORD.findall(rest)}
    return spans[0].instrument if all(w in light_title_words() or w.isdigit() for w in left) else None
