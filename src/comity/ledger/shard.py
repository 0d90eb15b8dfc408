"""A coded shard: one Parquet file with the documents of a collection and all records read from them.

A row is a record; the row of kind `document` comes first and carries the document too. The columns are those by which
a ledger finds and compares statements, so that a shard is added without reading or parsing anything; `body` is the
complete record, as `comity read --format jsonl` prints it. The file names the versions that made it.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from comity.document.collection import literal
from comity.document.document import Document
from comity.errors import LedgerError
from comity.ledger.ingest import document_of, document_row, statement_rows
from comity.ledger.store import insertion
from comity.records.lines import dumps, plain
from comity.records.record import Record
from comity.settings import Settings
from comity.versions import Versions, code_of

SHAPE = {
    **dict.fromkeys(["kind", "document", "id", "fact", "block", "type", "mode", "status"], "VARCHAR"),
    **dict.fromkeys(["first", "last", "known"], "DATE"),
    "confidence": "DOUBLE",
    **dict.fromkeys(["quote", "title", "published", "language", "source", "text", "text_sha256"], "VARCHAR"),
    "sketch": "UBIGINT[]",
    **dict.fromkeys(["rest", "body"], "VARCHAR"),
}
"""The columns, in their order: `document` is the ledger's key of the document, `id` that of the document or record."""
_NAME = "comity"
_ROW_GROUP = 16_384
"""Rows of a row group: some 2,000 documents, so that a reader needs some tens of megabytes at once."""


COPIES = {"document": "VARCHAR", "other": "VARCHAR", "share": "DOUBLE"}
"""The columns of the pairs of documents that are one source, as `merge-corpus` finds them."""
COPIES_NAME = "copies.parquet"
_COPY_RULES = ("ledger/candidates.py", "ledger/copies.py", "ledger/text_numbers.py", "ledger/sketch.py")


@dataclass(frozen=True, slots=True)
class Seal:
    """The metadata of a coded shard: its input (by SHA-256) and the versions that coded it."""

    input_sha256: str
    versions: Versions


@dataclass(frozen=True, slots=True)
class CopiesSeal:
    """The metadata of a table of copies: its shards (`of`), limits and rules."""

    of: str
    days: int
    likeness: float
    rules: str


def copies_seal(seals: Mapping[str, Seal], settings: Settings) -> CopiesSeal:
    """The metadata of a table of copies among the named shards, made by this version."""
    lines = sorted(f"{name}\0{seal.input_sha256}\0{seal.versions}" for name, seal in seals.items())
    of = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return CopiesSeal(of, settings.copy_days, settings.copy_likeness, code_of(*_COPY_RULES))


def rows(document: Document, records: Sequence[Record]) -> list[dict[str, Any]]:
    """The rows of one reading, the document's own first."""
    row = document_row(document, 0)
    key, rest = row.pop("key"), row.pop("body")
    head = {"kind": "document", "document": key, **row, "source": document.source, "rest": rest}
    head["body"] = dumps(plain(records[0]))
    return [_shaped(r) for r in (head, *statement_rows(document, records, 0))]


def _shaped(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in SHAPE and value is not None}


class Writing:
    """A shard being written: rows are buffered on disk, and the file appears complete under its name or not at all.

    The same rows give the same bytes, in any number of calls.
    """

    def __init__(self, path: Path, seal: Seal, part: Path):
        import duckdb

        self.path, self._seal, self._part = path, seal, part
        part.mkdir(parents=True, exist_ok=True)
        self._connection = duckdb.connect(
            str(part / "rows.duckdb"), config={"threads": "1", "memory_limit": "500MB", "temp_directory": str(part)}
        )
        self._connection.execute(f"CREATE TABLE shard ({', '.join(f'{n} {t}' for n, t in SHAPE.items())})")
        self._insertion = insertion("shard", SHAPE)

    def add(self, readings: Sequence[str]) -> None:
        """Adds the rows of readings, each given as a JSON array."""
        if readings:
            self._connection.execute(self._insertion, ["[" + ",".join(r[1:-1] for r in readings) + "]"])

    def finish(self) -> None:
        """Writes the file, syncs it and gives it its name."""
        new = self._part / "shard.parquet"
        self._connection.execute(
            f"COPY (FROM shard) TO {literal(new)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}, "
            f"{sealed(self._seal)})"
        )
        placed(new, self.path)

    def close(self) -> None:
        """Discards all buffered rows; without `finish` before, nothing is left."""
        self._connection.close()
        for path in self._part.glob("*"):
            path.unlink()
        self._part.rmdir()


def placed(new: Path, path: Path) -> None:
    """Moves a completely written file to its place after syncing it to disk."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    path.parent.mkdir(parents=True, exist_ok=True)
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sealed(seal: Seal | CopiesSeal) -> str:
    """The option of SQL's COPY that puts a seal into the file."""
    quoted = "'" + json.dumps(asdict(seal)).replace("'", "''") + "'"
    return f"KV_METADATA {{{_NAME}: {quoted}}}"


def seal_of(path: Path) -> Seal | CopiesSeal | None:
    """Comity's metadata of a Parquet file; null if it has none. Raises `LedgerError` if the file is damaged."""
    import duckdb

    query = f"SELECT decode(value) FROM parquet_kv_metadata({literal(path)}) WHERE key = '{_NAME}'::BLOB"  # noqa: S608
    try:
        with duckdb.connect(config={"threads": "1"}) as connection:
            found = connection.execute(query).fetchone()
    except duckdb.Error as error:
        raise LedgerError(f"{path}: is damaged or no Parquet file ({str(error).splitlines()[0]})") from error
    if found is None:
        return None
    seal = json.loads(found[0])
    return CopiesSeal(**seal) if "of" in seal else Seal(seal["input_sha256"], Versions(**seal["versions"]))


def shards_in(path: Path) -> dict[Path, Seal]:
    """The coded shards at a path (a file or a folder), in the order of their paths, with their seals."""
    found = [path]
    if path.is_dir():
        # in a hidden folder a shard is being written
        named = ((p, p.relative_to(path).parts) for p in path.rglob("*.parquet"))
        found = sorted(p for p, parts in named if not any(part.startswith(".") for part in parts))
    seals = {p: seal_of(p) for p in found if _is_parquet(p)}
    return {p: seal for p, seal in seals.items() if isinstance(seal, Seal)}


def _is_parquet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


def documents_of(path: Path) -> Iterator[Document]:
    """The documents of a coded shard, in order, each with its place."""
    import duckdb

    query = f"""SELECT document, id, title, text, text_sha256, published, language, rest, source
                FROM {table(path)} WHERE kind = 'document'"""  # noqa: S608 - our own names
    with duckdb.connect(config={"threads": "1"}) as connection:
        found = connection.execute(query)
        while rows := found.fetchmany(64):
            for *row, source in rows:
                yield document_of(tuple(row), source)


def table(*paths: Path, numbered: bool = False) -> str:
    """The rows of Parquet files, as SQL names them, in the files' order; `numbered`: with their file and number."""
    more = ", filename=true, file_row_number=true" if numbered else ""
    return f"read_parquet([{', '.join(literal(p) for p in paths)}]{more})"
