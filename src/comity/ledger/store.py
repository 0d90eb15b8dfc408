"""The file of a ledger: one writer at a time, readers on a published copy, every failure in plain words."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from comity.errors import LedgerError, LockedError
from comity.ledger import schema

STORAGE = "v1.5.0"
"""The storage format, which every DuckDB from 1.5 on opens."""
_MAGIC, _MAGIC_AT = b"DUCK", 8
"""The signature of every DuckDB file, and its offset."""


def snapshot_path(path: Path) -> Path:
    """The path of the copy for readers."""
    return path.with_name(path.name + ".snapshot")


def _lock_path(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turns errors of DuckDB or the system into a `LedgerError` that says what to do."""
    import duckdb

    try:
        yield
    except LedgerError as error:
        text = str(error)
        raise type(error)(text if text.startswith(str(path)) else f"{path}: {text}") from error
    except (duckdb.Error, OSError) as error:
        raise _refusal(error, path) from error


def _refusal(error: Exception, path: Path) -> LedgerError:
    text = str(error).strip()
    low = text.lower()
    if "set lock" in low or "conflicting lock" in low or isinstance(error, BlockingIOError):
        return LockedError(f"{path}: is being written by another process; wait until that has ended")
    full = "no space left" in low or "file too large" in low or getattr(error, "errno", None) in {27, 28}
    if not full and ("read-only" in low or "permission denied" in low or isinstance(error, PermissionError)):
        return LockedError(f"{path}: cannot be written: its folder or file is read-only; copy it to a folder of yours")
    return LedgerError(f"{path}: {_plain(error, path, full=full)}")


def _plain(error: Exception, path: Path, *, full: bool) -> str:
    text = str(error).strip()
    low = text.lower()
    if "newer version" in low or "version number" in low or "storage version" in low:
        return f"was written by a newer DuckDB than is installed here; update it (pip install -U duckdb) ({text})"
    if full:
        return "the disk is full; what was acknowledged is kept: make room and run the same command again"
    if isinstance(error, FileNotFoundError) or "no such file" in low or "cannot open file" in low:
        return "does not exist or lies in a folder that does not exist"
    if (
        "not a valid duckdb" in low
        or "corrupt" in low
        or "checksum" in low
        or "serialization" in low
        or "enough bytes" in low
    ):
        return (
            f"is damaged or no ledger ({text.splitlines()[0][:200]}); take a copy from before, or the published one "
            f"({snapshot_path(path).name}) if it still opens"
        )
    return text.splitlines()[0][:500] if text else type(error).__name__


def _writable(path: Path) -> Any:
    import duckdb

    connection = duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE, "threads": "1"})
    return _silent(connection)


def _silent(connection: Any) -> Any:
    """A connection without a progress bar: standard output is for data, however long a query takes."""
    connection.execute("SET enable_progress_bar = false")
    return connection


def _readable(path: Path) -> Any:
    """A new connection to a file in its current state, whatever this process has opened before under its name."""
    import duckdb

    # one thread: a ledger's queries are small, and rows come in the same order each time
    connection = _silent(duckdb.connect(":memory:", config={"threads": "1"}))
    try:
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS ledger (READ_ONLY)")
        connection.execute("USE ledger")
    except BaseException:
        connection.close()
        raise
    return connection


def insertion(table: str, shape: Mapping[str, str]) -> str:
    """The SQL statement that inserts all rows, given as one JSON array in its parameter, into a table."""
    types = ", ".join(f'"{n}": "{t}"' for n, t in shape.items()).replace('"UBIGINT[]"', '["UBIGINT"]')
    return (
        f"INSERT INTO {table} ({', '.join(shape)}) SELECT {', '.join('r.' + c for c in shape)} "  # noqa: S608 - our own
        f"FROM (SELECT unnest(from_json(?::JSON, '[{{{types}}}]')) AS r)"
    )


class Writer:
    """The single process that may write; it has a lock next to the ledger until it is closed."""

    def __init__(self, path: Path):
        self.path = path
        self._lock: int | None = None
        self._connection: Any = None
        self._made = not path.exists()
        with refusals(path):
            refuse_other(path)
            self._lock = _locked(path)
            try:
                self._open()
                schema.migrate(self._connection)
            except BaseException:
                self.close()
                raise

    def _open(self) -> None:
        self._connection = _writable(self.path)

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        """The result of one statement."""
        return self._connection.execute(sql, parameters)

    def insert(self, table: str, shape: Mapping[str, str], rows: str) -> None:
        """Inserts all rows, given as one JSON array, into a table."""
        self._connection.execute(insertion(table, shape), [rows])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: committed and on disk at its end, rolled back if anything failed."""
        with refusals(self.path):
            self.execute("BEGIN")
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                self._undo()
                raise

    def _undo(self) -> None:
        import duckdb

        try:
            self.execute("ROLLBACK")
        except duckdb.Error:
            # a failed commit has rolled back by itself, and the owner closes a broken connection
            return

    def publish(self) -> None:
        """Writes the copy for readers completely next to the ledger, then replaces the previous one."""
        with refusals(self.path):
            self.execute("CHECKPOINT")
            self._connection.close()
            try:
                publish(self.path)
            finally:
                self._open()

    def publish_if_stale(self) -> None:
        """Publishes if anything was stored since the last copy, just before the writer is closed.

        A ledger that this writer created without storing anything, for example after mistyped inputs, is removed.
        """
        with refusals(self.path):
            if self._made and self._blank():
                self._discard()
                return
            self.execute("CHECKPOINT")
            if not _fresh(self.path, snapshot_path(self.path)):
                self.publish()

    def replace_by(self, other: Path) -> None:
        """Replaces this ledger by another closed one; this connection is closed."""
        self.execute("CHECKPOINT")
        self._connection.close()
        self._connection = None
        other.replace(self.path)

    def _blank(self) -> bool:
        tables = ("document", "observation", "mention", "judgement")
        return not any(self.execute(f"SELECT 1 FROM {t} LIMIT 1").fetchone() for t in tables)  # noqa: S608 - our own

    def _discard(self) -> None:
        self._connection.close()
        self._connection = None
        for file in (self.path, self.path.with_name(self.path.name + ".wal"), snapshot_path(self.path)):
            file.unlink(missing_ok=True)
        _lock_path(self.path).unlink(missing_ok=True)

    def close(self) -> None:
        """Lets the next writer in."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def refuse_other(path: Path, *, blank: bool = True) -> None:
    """Raises `LedgerError` if a path is something other than a ledger, before any file is created next to it.

    An unused path may become a ledger, and with `blank` also a DuckDB file without tables.
    """
    if path.is_dir():
        raise LedgerError("is a folder, not a ledger; name the file of the ledger")
    if not path.exists():
        if not path.parent.is_dir():
            raise LedgerError("lies in a folder that does not exist")
        return
    if not path.is_file():
        raise LedgerError("is no file, and so no ledger")
    if not path.stat().st_size:
        raise LedgerError("is an empty file, not a ledger; remove it, or give another name")
    with path.open("rb") as file:
        if file.read(_MAGIC_AT + len(_MAGIC))[_MAGIC_AT:] != _MAGIC:
            raise LedgerError("is damaged or no ledger (it is no DuckDB file); name the ledger's own, or a new one")
    if _lock_path(path).exists():
        # it was written as a ledger before, and may be in use by a writer
        return
    connection = _readable(path)
    try:
        found = schema.format_of(connection)
    finally:
        connection.close()
    schema.refuse_newer(found)
    if not found and not blank:
        raise LedgerError("is a DuckDB file but no ledger; give another name, or the ledger's own")


def _locked(path: Path) -> int:
    import fcntl

    lock = os.open(_lock_path(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def publish(path: Path) -> None:
    """Copies a closed ledger for readers: written completely, synced, renamed."""
    target = snapshot_path(path)
    part = target.with_name(target.name + ".part")
    try:
        with path.open("rb") as source, part.open("wb") as copy:
            if not _cloned(source.fileno(), copy.fileno()):
                shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _cloned(source: int, copy: int) -> bool:
    """Whether the file system could clone the file by sharing its blocks, which takes no time."""
    import fcntl

    try:
        fcntl.ioctl(copy, 0x40049409, source)  # FICLONE
    except OSError:
        return False
    return True


def reader(path: Path) -> tuple[Any, str | None]:
    """A read-only connection to the published copy, or to the ledger itself if it cannot be published.

    The second value is a note if the copy is not of the newest state.

    A copy older than the ledger (its writer was killed) is published again first, unless a writer is active.
    Raises `LedgerError`.
    """
    with refusals(path):
        if not path.exists():
            raise LedgerError("does not exist; make it with: comity add LEDGER FILES…")
        refuse_other(path, blank=False)
        copy, note = snapshot_path(path), None
        if not _fresh(path, copy):
            try:
                writer = Writer(path)
            except LockedError:
                # an active writer or a read-only folder: the existing copy, otherwise the ledger itself
                if copy.exists():
                    note = "the answer is from the last published state; newer documents are being stored"
                else:
                    copy = path
            else:
                try:
                    writer.publish()
                finally:
                    writer.close()
        return _understood(_readable(copy)), note


def published(path: Path) -> tuple[Any, str | None]:
    """A read-only connection to the published copy as it is, or to the ledger itself if there is none.

    Nothing is locked and nothing written, so that a long-running server never blocks a writer.
    """
    with refusals(path):
        copy = snapshot_path(path)
        if not copy.exists() and not path.exists():
            raise LedgerError("does not exist; make it with: comity add LEDGER FILES…")
        if not copy.exists():
            refuse_other(path)
        return _understood(_readable(copy if copy.exists() else path)), None


def beside(connection: Any) -> Any:
    """Another connection to the same state of a ledger, for another thread."""
    cursor = connection.cursor()
    cursor.execute("USE ledger")
    return _understood(cursor)


def _understood(connection: Any) -> Any:
    """A connection to a ledger whose format this Comity can read; otherwise it is closed."""
    try:
        found = schema.format_of(connection)
        schema.refuse_newer(found)
        schema.complete(connection, found)
    except BaseException:
        connection.close()
        raise
    return connection


def _fresh(path: Path, copy: Path) -> bool:
    """Whether the copy is current: not older than the ledger, and no write-ahead log is pending."""
    log = path.with_name(path.name + ".wal")
    return copy.exists() and not log.exists() and copy.stat().st_mtime_ns >= path.stat().st_mtime_ns
