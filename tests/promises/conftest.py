"""The harnesses of the promises, each a script with a full form and a sample for every change."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def harness() -> Callable[[str], ModuleType]:
    """A harness by its path from the root of the project."""

    def load(path: str) -> ModuleType:
        name = "promise_" + Path(path).stem
        if name not in sys.modules:
            spec = importlib.util.spec_from_file_location(name, ROOT / path)
            assert spec is not None
            assert spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
        return sys.modules[name]

    return load
