"""What a corpus run is asked to do, and what it is asked to do it to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.document.file_kind import SUFFIXES
from comity.errors import InputError
from comity.settings import DEFAULTS, Settings

SUFFIXES_READ = tuple(s for s in SUFFIXES if s in {".jsonl", ".ndjson", ".warc", ".wet", ".parquet"})
"""What a file in a folder must be called, with `.gz` or `.zst` after it or not, to be an input shard."""
_LIMITS = ("input_bytes", "document_characters", "sentence_words", "extraction_seconds", "extraction_bytes",
           "page_bytes_least", "page_bytes_most")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """How every shard of a run is coded: the day of publication for documents that state none, and the gates."""

    published: str | None = None
    languages: tuple[str, ...] = ()
    settings: Settings = DEFAULTS

    def stated(self) -> dict[str, Any]:
        """What of an order decides what is in a shard."""
        limits = {name: getattr(self.settings, name) for name in _LIMITS}
        return {"published": self.published, "languages": list(self.languages), **limits}


@dataclass(frozen=True, slots=True)
class Shard:
    """An input file and the name of its coded shard, relative to the folder of a run's output."""

    path: Path
    name: str

    @property
    def input(self) -> str:
        """The input's name, without what of its path differs by machine."""
        return self.name.removesuffix(".parquet")


def shards(inputs: Iterable[Path], out: Path) -> list[Shard]:
    """The input shards of files and folders, sorted by name; the output folder's own files are none.

    Raises `InputError` where two would be coded into one file, or where a folder holds none.
    """
    found: dict[str, Shard] = {}
    for given in inputs:
        paths = _under(given, out) if given.is_dir() else [given]
        if not paths:
            raise InputError(f"{given}: holds no {', '.join(SUFFIXES_READ)} (also .gz, .zst)")
        for path in paths:
            name = f"{path.relative_to(given) if given.is_dir() else path.name}.parquet"
            if name in found and found[name].path.resolve() != path.resolve():
                raise InputError(f"{path} and {found[name].path} have the same name; give the folder that holds both")
            found[name] = Shard(path, name)
    return [found[name] for name in sorted(found)]


def share(found: Sequence[Shard], number: int, of: int) -> list[Shard]:
    """The shards that are the part `number` (from 1) of so many parts; each shard is in exactly one part.

    >>> len(share([Shard(Path("a"), "a"), Shard(Path("b"), "b"), Shard(Path("c"), "c")], 1, 2))
    2
    """
    if not 1 <= number <= of:
        raise InputError(f"--shard {number}/{of}: the first number goes from 1 to {of}")
    return list(found[number - 1 :: of])


def _under(folder: Path, out: Path) -> list[Path]:
    files = [
        p for p in folder.rglob("*") if p.is_file() and not any(n.startswith(".") for n in p.relative_to(folder).parts)
    ]
    names = ((p, p.name.lower().removesuffix(".gz").removesuffix(".zst")) for p in files)
    inside = out.resolve()
    return sorted(p for p, name in names if name.endswith(SUFFIXES_READ) and inside not in p.resolve().parents)
