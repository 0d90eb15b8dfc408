"""What a watch remembers beside its ledger, so that it goes on where it was: a JSON file, replaced whole."""

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
    """An article that failed: its feed, what that says of it, and in how many rounds it was asked for in vain."""

    feed: str
    published: str | None
    tries: int


@dataclass(slots=True)
class Memory:
    """What is remembered of feeds, their articles and files, and up to where changes were shown.

    `validators` are those of each feed as it was last dealt with whole; `articles` the links of each feed that are
    settled, with why one was not read where that is so; `files` the size and time of change of each file that was
    added; `resting` hosts that want to be left alone, each until when. `batch`, `stored` and `judgement` are the last
    of the ledger whose changes were shown, `day` the day of that.
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
    """Where the memory of the watch of a ledger lies.

    >>> memory_path(Path("asia.duckdb")).name
    'asia.duckdb.watch.json'
    """
    return ledger.with_name(ledger.name + ".watch.json")


def recall(ledger: Path) -> Memory:
    """What was remembered; nothing where there was no watch before. Raises `LedgerError` where it is damaged."""
    path = memory_path(ledger)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read ({error.strerror or error})") from error
    try:
        made: dict[str, Any] = json.loads(text)
        # memories of before there was `resting` go on
        made.setdefault("resting", {})
        if made.pop("form") != _FORM or set(made) != {f.name for f in fields(Memory)}:
            raise ValueError("it is of another form")
        made["waiting"] = {k: Waiting(**v) for k, v in made["waiting"].items()}
        return Memory(**made)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LedgerError(
            f"{path}: is no memory of a watch of this Comity ({error}); remove it and the watch begins anew: "
            "what the ledger has is not added again"
        ) from error


def remember(ledger: Path, memory: Memory) -> None:
    """Puts what is to be remembered on disk, all of it or nothing. Raises `LedgerError`."""
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
            f"{path}: cannot be written ({error.strerror or error}); make room or name another"
        ) from error


@contextmanager
def alone(ledger: Path) -> Iterator[None]:
    """Lets one watch at a time at a ledger. Raises `LockedError` where another is at it."""
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
            raise LockedError(f"{ledger}: is being watched by another process; wait until that has ended") from error
        yield
    finally:
        os.close(lock)
