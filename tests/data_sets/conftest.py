"""The samples: five rows a data set, made up in its true format."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from comity.data_sets.catalogue import data_set
from comity.data_sets.data_set import Malformed, Mention, Tally, read, release
from comity.records.observation import Observation

SAMPLES = Path(__file__).parent / "samples"


@dataclass
class Told:
    """What a file tells: observations by row key, mentions, malformed rows, unknown names."""

    rows: dict[str, Observation] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    malformed: list[Malformed] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    read: int = 0

    def __getitem__(self, key: str) -> Observation:
        return self.rows[key]


def read_all(kind: str, path: Path, version: str | None = None) -> Told:
    told, tally = Told(), Tally()
    for item in read(path, data_set(kind), release(kind, version), tally):
        if isinstance(item, Malformed):
            told.malformed.append(item)
        elif isinstance(item, Mention):
            told.mentions.append(item)
        else:
            told.rows.setdefault(item.row, item)
    told.unknown, told.read = tally.unknown, tally.rows
    return told


@pytest.fixture
def told() -> Callable[..., Told]:
    """What a sample tells."""

    def of(kind: str, name: str, version: str | None = None) -> Told:
        return read_all(kind, SAMPLES / name, version)

    return of


@pytest.fixture
def told_by() -> Callable[..., Told]:
    """What any file tells."""
    return read_all
