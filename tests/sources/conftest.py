"""Imports of the samples: five rows a data set, made up in its true format."""

from collections.abc import Callable
from pathlib import Path

import pytest

import comity
from comity.ledger.import_run import Imported
from comity.records.observation import Observation

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def imported(tmp_path) -> Callable[..., tuple[Imported, dict[str, Observation]]]:
    """Imports a sample into a ledger of its own; what was done, and the observations by row key."""

    def run(kind: str, *names: str, version: str | None = None) -> tuple[Imported, dict[str, Observation]]:
        with comity.open(tmp_path / "ledger.duckdb") as led:
            done = led.import_(kind, [SAMPLES / n for n in names], version)
            return done, {o.row: o for o in led.observations(sources=(kind,))}

    return run
