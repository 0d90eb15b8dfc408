"""The state of a watch next to its ledger, from which it resumes: a JSON file, replaced as a whole."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from comity.errors import LedgerError, LockedError

_FORM = 1


@dataclass(slots=True)
class Waiting:
    """An article that failed: its feed, the feed's data on it, and the number of failed rounds."""

    feed: str
    published: str | None
    tries: int


@dataclass(slots=True)
class Memory:
    """The recorded state of feeds, their articles and files, and up to where changes were shown.

    `validators` are those of each feed when last processed completely; `articles` the processed links of each feed,
    with the reason if one was not read; `files` the size and modification time of each added file; `resting` the hosts
    that asked to be left alone, each with its time. `batch`, `stored` and `judgement` are the last ones of the ledger
    whose changes were shown, `day` the day of that.
    """

    validators: dict[str, dict[str, str | None]] = field(default_factory=dict)
    articles: dict[str, dict[str, str | None]] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)
    resting: dict[str, str] = field(default_factory=dict)
    batch: int | None = None
    stored: str | None = None
    judgement: int = 0
    day: str | None = None


def memory_path(ledger: Path) -> Path:
    """The path of the watch state of a ledger.

    >>> memory_path(Path("asia.duckdb")).name
    'asia.duckdb.watch.json'
    """
    return ledger.with_name(ledger.name + ".watch.json")


def recall(ledger: Path) -> Memory:
    """The recorded state; empty before the first watch. Raises `LedgerError` if it is damaged."""
    path = memory_path(ledger)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read ({error.strerror or error})") from error
    try:
        values: dict[str, Any] = json.loads(text)
        # older files without `resting` remain valid
        values.setdefault("resting", {})
        if values.pop("form") != _FORM or set(values) != {f.name for f in fields(Memory)}:
            raise ValueError("it has another format")
        values["waiting"] = {k: Waiting(**v) for k, v in values["waiting"].items()}
        return Memory(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LedgerError(
            f"{path}: is not a valid watch state of this version ({error}); remove it and the watch starts again: "
            "reports in the ledger are not added again"
        ) from error


def remember(ledger: Path, memory: Memory) -> None:
    """Writes the state to disk atomically. Raises `LedgerError`."""
    path = memory_path(ledger)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump({"form": _FORM, **asdict(memory)}, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise LedgerError(
            f"{path}: cannot be written ({error.strerror or error}); free some space or choose another"
        ) from error


@contextmanager
def alone(ledger: Path) -> Iterator[None]:
    """Allows one watch at a time on a ledger. Raises `LockedError` if there is another."""
    import fcntl

    path = ledger.with_name(ledger.name + ".watch.lock")
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise LedgerError(f"{path}: cannot be written ({error.strerror or error})") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise LockedError(f"{ledger}: is being watched by another process; wait until it has ended") from error
        yield
    finally:
        os.close(lock)
