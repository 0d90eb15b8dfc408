"""Reports and ledgers that several tests use; the texts in `reports` are written for the tests."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from truths.reports import stored

import comity
from comity.analysis.open_ledger import OpenLedger

REPORTS = Path(__file__).parent / "reports"
_PAIRS = (
    ("Kenya", "Uganda"), ("Chile", "Peru"), ("France", "Germany"), ("Japan", "India"), ("Egypt", "Jordan"),
    ("Norway", "Sweden"), ("Brazil", "Argentina"), ("Vietnam", "Laos"),
)  # fmt: skip
_ACTS = ("signed a fisheries agreement", "signed a trade agreement", "held talks on water", "condemned {b}'s tariffs")


def write(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def short_reports(count: int) -> list[dict[str, object]]:
    """Reports of one sentence, no two alike, so that reading them takes no time."""
    rows: list[dict[str, object]] = []
    for n in range(count):
        a, b = _PAIRS[n % len(_PAIRS)]
        act = _ACTS[n // len(_PAIRS) % len(_ACTS)].format(b=b)
        day = f"20{10 + n // 28 % 10}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        joined = f"{a} {act} on day {n}." if "condemned" in act else f"{a} and {b} {act} in city number {n}."
        rows.append({"id": f"r{n:05d}", "title": None, "date": day, "text": joined})
    return rows


@pytest.fixture(scope="session")
def four() -> Path:
    """Four reports on the treaty of 2019 and what went before."""
    return REPORTS / "four.jsonl"


@pytest.fixture(scope="session")
def mongolia(tmp_path_factory, four) -> Path:
    """A ledger of these four."""
    path = tmp_path_factory.mktemp("ledger") / "asia.duckdb"
    with comity.open(path) as led:
        led.add(four)
    return path


@pytest.fixture
def own(tmp_path, mongolia) -> Path:
    """A copy of that ledger that a test may change."""
    path = tmp_path / "asia.duckdb"
    path.write_bytes(mongolia.read_bytes())
    return path


@pytest.fixture(scope="session")
def eight(tmp_path_factory) -> Path:
    """A ledger of eight reports of one signing: a preview, an agency with two copies, and four others."""
    path = tmp_path_factory.mktemp("eight") / "signing.duckdb"
    with comity.open(path) as led:
        led.add(REPORTS / "eight.jsonl")
    return path


@pytest.fixture(scope="session")
def short(tmp_path_factory) -> Path:
    """Forty reports of one sentence."""
    return write(tmp_path_factory.mktemp("short") / "short.jsonl", short_reports(40))


@pytest.fixture
def ledger(tmp_path):
    """Makes a ledger of some made-up reports with their records, and opens it."""
    opened = []

    def make(*readings, settings=None):
        path = tmp_path / f"{len(opened)}.duckdb"
        stored(path, *readings, settings=settings)
        opened.append(OpenLedger(path, settings=settings) if settings else OpenLedger(path))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
