"""The bundled sample: reports of imaginary outlets in the project's own words, with their records."""

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from comity.data_sets.provider import cache_folder
from comity.document.document import Document, Skipped
from comity.errors import InputError
from comity.ledger import ingest
from comity.ledger.schema import FORMAT
from comity.ledger.store import Writer
from comity.records.lines import from_json
from comity.records.record import Record

_BATCH = 100


def sample_ledger() -> Path:
    """The sample as a ledger, built at its first use from the bundled texts and records; no text is read again.

    It is in the user's cache folder, under a name derived from its contents, and may be judged like any other.
    """
    packed = (files("comity.site") / "sample.jsonl.gz").read_bytes()
    path = _folder() / f"sample-{hashlib.sha256(packed).hexdigest()[:12]}-{FORMAT}.duckdb"
    if not path.exists():
        _make(packed, path)
    return path


def copy_sample(path: Path) -> int:
    """Writes the sample as a new ledger, with its reports added now; returns the number of reports.

    Raises `InputError` if the file cannot be written.
    """
    packed = (files("comity.site") / "sample.jsonl.gz").read_bytes()
    if not path.parent.is_dir():
        raise InputError(f"{path}: its folder does not exist; create it first")
    _make(packed, path)
    return len(gzip.decompress(packed).splitlines()) - 1


def _folder() -> Path:
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        # the home folder is not writable: use a temporary folder
        folder = Path(tempfile.mkdtemp(prefix="comity-"))
    return folder


def _make(packed: bytes, path: Path) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    reader = json.loads(lines[0])["reader"]
    writer = Writer(aside)
    try:
        for at in range(1, len(lines), _BATCH):
            ingest.store(writer, ingest.Batch(readings=list(_readings(lines[at : at + _BATCH]))))
        # the records are those of the reader that built the sample, whichever version is installed
        writer.execute("UPDATE batch SET reader = ?", [reader])
        writer.execute("CHECKPOINT")
    finally:
        writer.close()
    aside.replace(path)
    aside.with_name(aside.name + ".lock").unlink(missing_ok=True)


def _readings(lines: list[str]) -> Iterator[tuple[Document, list[Record]]]:
    for line in lines:
        packed = json.loads(line)
        yield _document(packed["document"]), [from_json(json.dumps(r)) for r in packed["records"]]


def _document(packed: dict[str, Any]) -> Document:
    span, source = packed["title_span"], packed["source"]
    return Document(
        **{
            **packed,
            # the project's own texts have no other origin
            "source": source if source and "://" in source else None,
            "title_span": (span[0], span[1]) if span else None,
            "skipped": tuple(Skipped(**s) for s in packed["skipped"]),
        }
    )
