"""A figure of a task with its floor and its number of cases."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from comity.errors import InputError
from comity.knowledge.states import rows


@dataclass(frozen=True, slots=True)
class Score:
    """A figure of a task; `floor` is null if none was set, or it was set for another corpus.

    `cases` is the number of cases of a share, null for other figures.
    """

    task: str
    figure: str
    value: float
    floor: float | None
    cases: int | None = None

    @property
    def is_met(self) -> bool:
        """Whether the figure is at or above its floor."""
        return self.floor is None or self.value >= self.floor


def floor_of(task: str, figure: str, corpus: Path) -> float | None:
    """The floor of a figure, or null if none is set or it was set for another corpus."""
    for row in rows("floors.csv"):
        if (row["task"], row["figure"], row["corpus"]) == (task, figure, corpus.name):
            return float(row["floor"]) if hashlib.sha256(corpus.read_bytes()).hexdigest() == row["sha256"] else None
    return None


def material(name: str) -> Path:
    """A folder of the development material: in `$COMITY_SHARED`, otherwise in `../shared`.

    The material is not part of the installation; raises `InputError` if it is missing.
    """
    root = Path(os.environ.get("COMITY_SHARED") or Path("..", "shared"))
    if not (root / name).is_dir():
        raise InputError(f"{root / name}: no such folder; name the folder of the sets, or set COMITY_SHARED")
    return root / name


def need(folder: Path, *names: str) -> list[Path]:
    """The files of a folder by name; raises `InputError` that names a missing one."""
    for name in names:
        if not (folder / name).is_file():
            raise InputError(f"{folder / name}: this file is missing; give its folder")
    return [folder / name for name in names]
