"""Records of made-up data sets, in the shape in which importers give them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import comity
from comity.knowledge.states import continuing
from comity.records.observation import DataSource, Observation

RIVALS = """ccode1,ccode2,year,flow1,flow2
712,365,1989,0,0
712,365,1990,0,0
712,365,1991,0,0
712,365,1992,200,250
712,365,1993,220,80
712,365,1994,150,50
712,365,1995,200,40
712,365,1996,150,80
712,365,1997,160,80
712,365,1998,150,50
712,710,1989,20,10
712,710,1990,30,10
712,710,1991,30,20
712,710,1992,60,50
712,710,1993,70,70
712,710,1994,-9,80
712,710,1995,40,100
712,710,1996,60,120
712,710,1997,60,190
712,710,1998,60,200
"""
TOTALS = """ccode,year,imports,exports
712,1989,120,110
712,1990,140,90
712,1991,160,70
712,1992,400,400
712,1993,380,380
712,1994,260,360
712,1995,420,470
712,1996,450,420
712,1997,470,450
712,1998,500,350
"""


@pytest.fixture(scope="session")
def source() -> Callable[..., DataSource]:
    """Makes a data set that covers some years."""

    def make(key: str, first: int | None = None, last: int | None = None) -> DataSource:
        kind, _, version = key.partition("@")
        return DataSource(
            key=key, kind=kind, title=kind, version=version, licence="none", citation="made up",
            first=None if first is None else date(first, 1, 1), last=None if last is None else date(last, 12, 31),
        )  # fmt: skip

    return make


@pytest.fixture(scope="session")
def observed() -> Callable[..., Observation]:
    """Makes an observation of a year or a span of years."""

    def make(
        key: str, kind: str, measure: str, a: str | None, b: str | None, first: int, value: float | None = None,
        *, last: int | None = None, unit: str | None = None, body: str = "{}", row: str = "",
    ) -> Observation:  # fmt: skip
        return Observation(
            source=key, row=row or f"{a}-{b}-{first}-{measure}", kind=kind, measure=measure, a=a, b=b,
            block=" ".join(sorted({continuing(c) for c in (a, b) if c})), directed=True,
            first=date(first, 1, 1), last=date(last or first, 12, 31), value=value, unit=unit,
            standing="missing" if value is None and kind == "figure" else "reported", body=body,
        )  # fmt: skip

    return make


@pytest.fixture(scope="session")
def trading(tmp_path_factory) -> Path:
    """A ledger with a made-up file in the form of the Correlates of War trade data."""
    folder = tmp_path_factory.mktemp("trading")
    for name, text in (("rivals.csv", RIVALS), ("totals.csv", TOTALS)):
        (folder / name).write_text(text, encoding="utf-8")
    with comity.open(folder / "trade.duckdb") as led:
        led.import_("cow_trade", [folder / "rivals.csv", folder / "totals.csv"])
    return folder / "trade.duckdb"


@pytest.fixture(scope="session")
def mongolia(tmp_path_factory, shared) -> Path:
    """A ledger with the trade of Mongolia from the Correlates of War data."""
    path = tmp_path_factory.mktemp("cow") / "asia.duckdb"
    with comity.open(path) as led:
        names = ("cow_trade_mng_rus_chn.csv", "cow_trade_mng_national.csv")
        led.import_("cow_trade", [shared / "data" / n for n in names])
    return path
