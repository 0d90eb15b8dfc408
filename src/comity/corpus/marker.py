"""The done-marker: what a coded shard was made of and with, and what failed; written only once the shard is whole."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from comity.document.document import Failure
from comity.ledger.shard import placed
from comity.versions import Versions


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands beside a coded shard as `NAME.done.json`.

    `asked` is the order that it was coded by, `passed` how many documents were passed by and why; `failed` lists
    each input that could not be read.
    """

    input: str
    input_sha256: str
    versions: Versions
    asked: dict[str, Any]
    output_bytes: int
    documents: int
    records: int
    passed: dict[str, int] = field(default_factory=dict)
    failed: tuple[Failure, ...] = ()

    def fits(self, digest: str, versions: Versions, asked: dict[str, Any], output: Path) -> bool:
        """Whether the shard is whole and was made of this input, by these versions, as it is asked now."""
        same = (self.input_sha256, self.versions, self.asked) == (digest, versions, asked)
        return same and output.is_file() and output.stat().st_size == self.output_bytes

    def write(self, output: Path, part: Path) -> None:
        """Puts the marker beside its shard."""
        part.mkdir(parents=True, exist_ok=True)
        new = part / "done.json"
        new.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        placed(new, path_of(output))

    @classmethod
    def read(cls, output: Path) -> Self | None:
        """The marker of a coded shard; null where there is none that can be read, so that the shard is coded anew."""
        try:
            stated = json.loads(path_of(output).read_text(encoding="utf-8"))
            failed = tuple(Failure(**f) for f in stated.pop("failed"))
            return cls(versions=Versions(**stated.pop("versions")), failed=failed, **stated)
        except (OSError, ValueError, TypeError, KeyError):
            return None


def path_of(output: Path) -> Path:
    """Where the marker of a coded shard stands."""
    return output.with_name(output.name + ".done.json")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
