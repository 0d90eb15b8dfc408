"""Machine-coded events: CAMEO codes in PLOVER's terms, and the common part of event data sets.

CAMEO codes are strings: "010" is not "10". PLOVER drops CAMEO 01 and 02; they are stored with the measures
`STATEMENT` and `APPEAL`, which are not PLOVER types. The data sets do not verify their events: the standing of a row
is `unverified`.
"""

from datetime import date
from functools import cache, lru_cache
from typing import Any

from comity.data_sets.cells import body
from comity.data_sets.crosswalk import block
from comity.knowledge.plover import cameo, events, scale
from comity.records.observation import Observation, Standing

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_DROPPED = {"01": "STATEMENT", "02": "APPEAL"}


@cache
def coded(code: str) -> tuple[str, str]:
    """The measure of a CAMEO code, and its PLOVER equivalent: the first fields of a body, encoded.

    A code missing in the conversion table is treated as its parent code. Raises `ValueError` if it is invalid.

    >>> coded("057")[0], coded("010"), '"mode": "visit"' in coded("043")[1]
    ('SUPPORT', ('STATEMENT', '"cameo": "010"'), True)
    """
    if not code.isdigit() or not 2 <= len(code) <= 4 or not "01" <= code[:2] <= "20":
        raise ValueError(f"{code!r} is not a CAMEO code")
    if code[:2] in _DROPPED:
        return _DROPPED[code[:2]], f'"cameo": "{code}"'
    table = cameo()
    found = next((table[c] for c in (code, code[:3], code[:2], f"{code[:2]}0") if c in table), None)
    if found is None:
        raise ValueError(f"{code!r} is not a CAMEO code")
    return found.event, _fields({"cameo": code, **_plover(found.event, found.mode), "context": list(found.contexts)})


@lru_cache(maxsize=1000)
def typed(event: str, mode: str | None = None) -> str:
    """Quad and score of a PLOVER type and mode, as the first fields of a body, encoded.

    Raises `ValueError` for another type.

    >>> typed("CONSULT", "visit")[:34]
    '"mode": "visit", "quad_code": 1, "'
    """
    if event not in events():
        raise ValueError(f"{event!r} is not a PLOVER type")
    return _fields(_plover(event, mode))


def _plover(event: str, mode: str | None) -> dict[str, Any]:
    found = scale(event, mode)
    return {
        "mode": mode,
        "quad_code": events()[event].quad,
        "event_scale": {"name": found.name, "version": found.version, "value": found.value},
    }


def _fields(details: dict[str, Any]) -> str:
    return body(details)[1:-1]


def happened(
    source: str,
    row: str,
    measure: str,
    a: str | None,
    b: str | None,
    first: date,
    details: dict[str, Any],
    before: str = "",
    *,
    last: date | None = None,
    value: float | None = None,
    unit: str | None = None,
    url: str | None = None,
    standing: Standing = "unverified",
) -> Observation:
    """An event between two actors, directed if both are known; `before` is the result of `coded` or `typed`.

    Raises `ValueError` for a year outside of event data sets, and without a key.
    """
    if not _FIRST_YEAR <= first.year <= _LAST_YEAR:
        raise ValueError(f"{first.isoformat()}: {first.year} is outside the years of event data sets")
    if not row.strip():
        raise ValueError("has no key")
    return Observation(
        source=source,
        row=row,
        kind="event",
        measure=measure,
        a=a,
        b=b,
        block=block(a, b),
        directed=a is not None and b is not None,
        first=first,
        last=last or first,
        value=value,
        unit=None if value is None else unit,
        standing=standing,
        url=url,
        body=body(details, before),
    )
