"""What several tests need: the folder of development material, where there is one."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development material that is never part of the project; tests that need it are skipped without it."""
    for folder in (os.environ.get("COMITY_SHARED"), Path(__file__).parents[1].parent / "shared"):
        if folder and (Path(folder) / "contract" / "records.md").is_file():
            return Path(folder)
    pytest.skip("needs the development material (COMITY_SHARED), which is not part of the project")
