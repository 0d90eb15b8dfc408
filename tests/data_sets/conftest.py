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
class FileContents:
    """What a file contains: observations by row key, mentions, malformed rows, unknown names."""

    rows: dict[str, Observation] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    malformed: list[Malformed] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    read: int = 0

    def __getitem__(self, key: str) -> Observation:
        return self.rows[key]


def read_all(kind: str, path: Path, version: str | None = None) -> FileContents:
    contents, tally = FileContents(), Tally()
    for item in read(path, data_set(kind), release(kind, version), tally):
        if isinstance(item, Malformed):
            contents.malformed.append(item)
        elif isinstance(item, Mention):
            contents.mentions.append(item)
        else:
            contents.rows.setdefault(item.row, item)
    contents.unknown, contents.read = tally.unknown, tally.rows
    return contents


@pytest.fixture
def read_sample() -> Callable[..., FileContents]:
    """The contents of a sample."""

    def of(kind: str, name: str, version: str | None = None) -> FileContents:
        return read_all(kind, SAMPLES / name, version)

    return of


@pytest.fixture
def read_file() -> Callable[..., FileContents]:
    """The contents of any file."""
    return read_all
