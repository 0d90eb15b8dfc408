"""What decides the records of a document: the code, the networks and the tables, each by a hash of its files."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from comity.knowledge import known_instruments, leaders

_CODE = (
    "document", "knowledge", "language", "mentions", "coding", "records", "reading.py", "settings.py",
    "ledger/interval.py", "ledger/ingest.py", "ledger/readout.py", "ledger/shard.py", "ledger/sketch.py",
    "ledger/statement.py",
)  # fmt: skip
"""What of Comity takes part in making the records and rows of a document."""
_MODELS = ("coding/weights", "language/weights", "mentions/weights")
_TABLES = ("knowledge/tables",)


RELEASE = version("comity")
"""The release that is installed, as `comity.__version__` names it."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of the reader's parts; two readers with the same versions give the same records."""

    code: str
    models: str
    tables: str
    extractor: str

    def __str__(self) -> str:
        return f"{self.code}.{self.models}.{self.tables}"


@cache
def versions() -> Versions:
    """The versions of the reader that is installed here.

    >>> str(versions()).startswith(versions().code)
    True
    """
    code = f"{RELEASE}+{code_of(*_CODE)}"
    return Versions(code, _hash(_MODELS), _hash(_TABLES) + _own(), f"trafilatura {version('trafilatura')}")


def _own() -> str:
    """A hash of each table of the user's own that is given: of leaders, then of instruments."""
    given = (leaders.own_table(), known_instruments.own_table())
    return "".join("-" + hashlib.sha256(t.read_bytes()).hexdigest()[:8] for t in given if t is not None and t.is_file())


def code_of(*places: str) -> str:
    """A hash of modules or packages, given by their paths in Comity."""
    return _hash(places, ".py")


def _hash(places: tuple[str, ...], suffix: str = "") -> str:
    digest = hashlib.sha256()
    for place in places:
        for name, file in _under(files("comity").joinpath(place), place):
            if name.endswith(suffix):
                digest.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:8]


def _under(place: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if place.is_file():
        yield name, place
        return
    for part in sorted(place.iterdir(), key=lambda p: p.name):
        if part.name != "__pycache__":
            yield from _under(part, f"{name}/{part.name}")
