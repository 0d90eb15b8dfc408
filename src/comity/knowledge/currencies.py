"""Currencies by the words and signs of reports, with their ISO 4217 codes at a time."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Currency:
    """A word for a currency: its code, the state where the bare word means it, and its years."""

    word: str
    code: str
    state: str | None
    first: int
    last: int


@cache
def _table() -> dict[str, tuple[Currency, ...]]:
    table = files("comity.knowledge").joinpath("tables/currencies.csv").read_text(encoding="utf-8")
    out: dict[str, list[Currency]] = {}
    for r in csv.DictReader(table.splitlines()):
        one = Currency(r["word"], r["code"], r["state"] or None, int(r["from"] or 1), int(r["to"] or 9999))
        out.setdefault(r["word"].lower(), []).append(one)
    return {k: tuple(v) for k, v in out.items()}


def words() -> tuple[str, ...]:
    """All words and signs of the table, longest first."""
    return tuple(sorted((c[0].word for c in _table().values()), key=len, reverse=True))


def code(word: str, year: int | None = None, state: str | None = None) -> str | None:
    """The ISO 4217 code for a word or sign of a currency; null if several states use the word and none is given.

    >>> code("marks", 1987), code("roubles", 1987), code("roubles", 2019), code("francs"), code("francs", 1987, "CHE")
    ('DEM', 'SUR', 'RUB', None, 'CHF')
    """
    low = " ".join(word.lower().split())
    found = _table().get(low) or _table().get(low.removesuffix("s")) or _table().get(low.removesuffix("es")) or ()
    current = [c for c in found if year is None or c.first <= year <= c.last]
    if state is not None and (own := [c for c in current if c.state == state]):
        return own[-1].code
    codes = {c.code for c in current}
    if len(codes) == 1:
        return codes.pop()
    if low.startswith("pound") and state is None:
        return "GBP"
    # of several at different times, the one in use today
    kept = {c.code for c in current if c.last == 9999 and c.state is None}
    return kept.pop() if year is None and len(kept) == 1 else None
