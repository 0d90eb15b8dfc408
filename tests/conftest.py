"""What tests of several folders need: the bundled sample, and the development material, where there is one."""

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import comity
from comity.analysis.open_ledger import OpenLedger
from comity.settings import DEFAULTS
from comity.site.sample import sample_ledger


def pytest_configure(config: pytest.Config) -> None:
    # the tables of names stay; the tests read as a command does, which looks through them seldom
    gc.set_threshold(DEFAULTS.collect_after)
    # hundreds of tests start the command in a process of its own: where none may write compiled modules beside the
    # sources, they share those of this run, or each would compile every module anew
    if "PYTEST_XDIST_WORKER" not in os.environ and os.environ.get("PYTHONDONTWRITEBYTECODE"):
        patch = pytest.MonkeyPatch()
        folder = tempfile.TemporaryDirectory(prefix="compiled-", ignore_cleanup_errors=True)
        patch.setenv("PYTHONPYCACHEPREFIX", folder.name)
        patch.delenv("PYTHONDONTWRITEBYTECODE")
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(patch.undo)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development material that is never part of the project; tests that need it are skipped without it."""
    for folder in (os.environ.get("COMITY_SHARED"), Path(__file__).parents[1].parent / "shared"):
        if folder and (Path(folder) / "contract" / "records.md").is_file():
            return Path(folder)
    pytest.skip("needs the development material (COMITY_SHARED), which is not part of the project")


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The bundled sample, in a folder of the tests; a test that changes it takes a copy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("sample")))
        return sample_ledger()


@pytest.fixture(scope="session")
def opened_sample(sample) -> Iterator[OpenLedger]:
    """The same, opened in Python."""
    with comity.open(sample) as ledger:
        yield ledger
